"""A strip above a page: what is the matter with the law of the office, and the way to have it counted anew."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout

from migdesk.domain.finding import Finding
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui.errors import finding_of
from migdesk.ui.later import Later
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.workplace import Workplace

_LOOK = N_("See what changes…")
_ASK = Later("screens.law_recount:ask_recount")


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be said of the law, and whether it may be counted anew by this program."""

    findings: tuple[Finding, ...]
    may_recount: bool


def load(desk: Desk) -> Matter:
    """Whether due days are counted by the law of this program, and which packs it cannot read."""
    from migdesk.services.laws import law_counted, law_packs  # noqa: PLC0415 - after the first page is painted

    counted = law_counted.not_counted(desk)
    found = [*([counted] if counted else []), *law_counted.doubts(desk), *law_packs.unread(desk)]
    return Matter(tuple(found), law_counted.standing(desk) is law_counted.Standing.NEWER)


class LawStrip(QFrame):
    """Hidden while every due day is counted by the law of this program and every pack is read."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        mark(self, look="card")
        self._matter = Matter((), False)
        self.words = Label("").wrapped()
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
        """All words in the current language."""
        self.button.setText(said(_LOOK))
        self.words.show_text("\n".join(one.words() for one in self._matter.findings))

    def look(self) -> None:
        """Ask whether there is something to say."""
        self._work.tasks.read(load, self._work.desk, done=self.show_matter, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        """Nobody takes silence for a law that is well."""
        self.show_matter(Matter((finding_of(error, self._work.desk.home),), False))

    def show_matter(self, found: Matter) -> None:
        """Say what there is to say, or hide."""
        self._matter = found
        self.retranslate()
        self.button.setVisible(found.may_recount)
        self.setVisible(bool(found.findings))
