"""The quiet line that says that what stands in a form is a draft, with the way to begin anew."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migdesk.domain.dates import show_moment
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import link

_BACK = N_("Draft of {at}: typed and not saved.")
CHANGED = N_("Changed meanwhile by somebody else: {fields}.")
_ANEW = N_("Begin anew")
_SECRET = N_("Restricted: what is typed here is not kept as a draft.")


class DraftLine(QWidget):
    """Out of sight while there is nothing to say; `anew` comes when the draft is dropped."""

    anew = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_back = False
        self.words = Label("", "small").wrapped()
        self.drop = link(said(_ANEW))
        self.drop.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a small window would begin with its main button
        self.drop.clicked.connect(lambda _on=False: self.anew.emit())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.M)
        line.addWidget(self.words, 1)
        line.addWidget(self.drop)
        self.hide()

    def show_back(self, desk: Desk, at: str, changed: str) -> None:
        """A draft of this moment stands there; these fields of its record are others than they were then."""
        told = [said(_BACK, at=moment_words(desk, at))]
        if changed:
            told.append(said(CHANGED, fields=changed))
        self._is_back = True
        self.words.show_text(" ".join(told))
        self.drop.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.drop.show()
        self.show()

    def end(self) -> None:
        """It is no draft any more."""
        self._is_back = False
        self.hide()

    def show_secret(self, secret: bool) -> None:
        """Whether what is typed is too restricted to be kept."""
        if secret:
            self._is_back = False
            self.words.say(_SECRET)
            self.drop.hide()
        if not self._is_back:
            self.setVisible(secret)


def moment_words(desk: Desk, at: str) -> str:
    """The hour of today, else the day with it."""
    moment = datetime.fromisoformat(at).astimezone()
    is_today = moment.date() == desk.clock.now().astimezone().date()
    return moment.strftime("%H:%M") if is_today else show_moment(moment)
