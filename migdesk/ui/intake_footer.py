"""The footer of the intake: what is still missing, what Enter does, and the way to save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui import fonts, theme
from migdesk.ui.actions import Button, Command
from migdesk.ui.blocks import clear
from migdesk.ui.flow import FlowRow
from migdesk.ui.labels import ElidedLabel, Label
from migdesk.ui.panel import Drawing
from migdesk.ui.style import mark
from migdesk.ui.theme import Tone
from migdesk.ui.words import said

_MISSING = N_("Still missing for an official paper:")
_WHOLE = N_("Nothing is missing for an official paper.")
_OF_MEMBER = N_("{label} ({n})")
_MOST = 8
_MORE = N_("and {n} more")


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: the English label, the member (0 the head, -1 nobody's own), and its place."""

    label: str
    member: int
    place: str


class IntakeFooter(QFrame):
    """`wanted` carries the place of a missing field that was asked for."""

    wanted = Signal(str)

    def __init__(self, save: Command, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, look="card")
        self._lacks: tuple[Lack, ...] = ()
        self._row = FlowRow(gap=theme.XS, lines=2)
        self._enter = ElidedLabel("", "small")
        self.save = Button(save, "primary")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._row)
        words.addWidget(self._enter)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        line.setSpacing(theme.L)
        line.addLayout(words, 1)
        line.addWidget(self.save, 0, Qt.AlignmentFlag.AlignVCenter)
        self.retranslate()

    def show_lacks(self, lacks: Sequence[Lack]) -> None:
        """Say what is missing; each is a link to its field."""
        if tuple(lacks) != self._lacks:
            self._lacks = tuple(lacks)
            self.retranslate()

    def lacks(self) -> tuple[Lack, ...]:
        """What is missing now."""
        return self._lacks

    def say_enter(self, message: str, **values: object) -> None:
        """Say what Enter does here."""
        self._enter.say(message, **values)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        clear(self._row.flow)
        tone = Tone.WARN if self._lacks else Tone.OK
        self._row.flow.addWidget(Drawing("warn" if self._lacks else "ok", tone, 16))
        self._row.flow.addWidget(Label(_MISSING if self._lacks else _WHOLE, "body"))
        for lack in self._lacks[:_MOST]:
            self._row.flow.addWidget(self._link(lack))
        if len(self._lacks) > _MOST:
            more = Label("", "muted")
            more.say(_MORE, n=len(self._lacks) - _MOST)
            self._row.flow.addWidget(more)

    def _link(self, lack: Lack) -> QPushButton:
        label = said(lack.label)
        words = said(_OF_MEMBER, label=label, n=lack.member + 1) if lack.member > 0 else label
        link = QPushButton(words)
        mark(link, look="link")
        link.setFont(fonts.font())
        link.setAutoDefault(False)
        link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAccessibleName(words)
        link.clicked.connect(lambda _on=False: self.wanted.emit(lack.place))
        return link
