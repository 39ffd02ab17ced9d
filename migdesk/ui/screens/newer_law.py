"""A strip above a page: a newer program brought another law, and the head has not had it counted yet."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui.later import Later
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.workplace import Workplace

_NEWER = N_(
    "A newer program brought another law. Due days and sums that were kept before it are not counted anew yet."
)
_LOOK = N_("See what changes…")
_ASK = Later("screens.law_newer:ask_recount")


def is_newer(desk: Desk) -> bool:
    """Whether the program's law is another than that by which the office's due days were counted."""
    from migdesk.services import law_shipped  # noqa: PLC0415 - after the first page is painted

    return law_shipped.is_newer(desk)


class NewerLaw(QFrame):
    """Hidden while every due day is counted by the law of this program."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        mark(self, look="card")
        self.words = Label(_NEWER).wrapped()
        self.button = PushButton()
        self.button.clicked.connect(lambda _on=False: _ASK(work))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        line.setSpacing(theme.M)
        line.addWidget(self.words, 1)
        line.addWidget(self.button)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The button in the current language."""
        self.button.setText(said(_LOOK))

    def look(self) -> None:
        """Ask whether there is something to say."""
        self._work.tasks.read(is_newer, self._work.desk, done=self.setVisible, failed=lambda _error: None)
