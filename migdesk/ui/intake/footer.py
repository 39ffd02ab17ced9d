"""The footer of the intake: what is still missing, what Enter does, and the way to save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import ElidedLabel, Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Button, Command
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.growth_bar import GrowthBar
from migdesk.ui.parts.panel import Drawing

_MISSING = N_("Still missing for an official paper:")
_WHOLE = N_("Nothing is missing for an official paper.")
_OF_MEMBER = N_("{label} ({n})")
_MORE = N_("and {n} more")
_MOST = 12
_LINE = 24


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: the English label, the member (0 the head, -1 nobody's own), and its place."""

    label: str
    member: int
    place: str

    def words(self) -> str:
        """As a clerk reads it; of members after the first with their number."""
        return (
            said(_OF_MEMBER, label=said(self.label), n=self.member + 1)
            if self.member > 0
            else said(self.label)
        )


class _Lacks(QWidget):
    """One line of links, as many as there is room for; the height never changes under the pointer."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lacks: tuple[Lack, ...] = ()
        self._links = [self._link(at) for at in range(_MOST)]
        self._more = Label("", "muted")
        self.setFixedHeight(_LINE)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._is_fitting = False
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.XS)
        for part in (*self._links, self._more):
            line.addWidget(part)
        line.addStretch(1)

    def fit(self) -> None:
        """Show what fits into the width there is; showing may change the width, so look again at the end."""
        if self._is_fitting:
            return
        self._is_fitting = True
        for _turn in range(3):
            width = self.width()
            self._show_what_fits()
            if self.width() == width:
                break
        self._is_fitting = False

    def _show_what_fits(self) -> None:
        rest_room = fonts.width(said(_MORE, n=99)) + theme.S
        self.setMinimumWidth(rest_room)
        room = self.width() - rest_room
        shown = 0
        for link, lack in zip(self._links, self.lacks, strict=False):
            link.setText(lack.words().replace("&", "&&"))
            link.setAccessibleName(lack.words())
            room -= link.sizeHint().width() + theme.XS
            shown += 1 if room >= 0 else 0
        for at, link in enumerate(self._links):
            link.setVisible(at < shown)
        rest = self.lacks[shown:]
        self._more.setVisible(bool(rest))
        self._more.say(_MORE, n=len(rest))
        self._more.setToolTip(", ".join(lack.words() for lack in rest))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of links."""
        super().resizeEvent(event)
        self.fit()

    def _link(self, at: int) -> QPushButton:
        link = PushButton()
        mark(link, look="link")
        link.setFont(fonts.font())
        link.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        link.clicked.connect(lambda _on=False: self.wanted.emit(self.lacks[at].place))
        link.hide()
        return link


class IntakeFooter(QFrame):
    """`wanted` carries the place of a missing field that was asked for."""

    wanted = Signal(str)

    def __init__(self, save: Command, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, look="card")
        self._row = _Lacks()
        self._row.wanted.connect(self.wanted)
        self._signs = {True: Drawing("ok", Tone.OK, 16), False: Drawing("warn", Tone.WARN, 16)}
        self.bar = GrowthBar()
        self._words = ElidedLabel("", "body")
        self._enter = ElidedLabel("", "small")
        self.save = Button(save, "primary")
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        for part in (*self._signs.values(), self.bar, self._words):
            top.addWidget(part)
        top.addWidget(self._row, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(top)
        words.addWidget(self._enter)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        line.setSpacing(theme.L)
        line.addLayout(words, 1)
        line.addWidget(self.save, 0, Qt.AlignmentFlag.AlignVCenter)
        self._show()

    def show_lacks(self, lacks: Sequence[Lack], asked: int) -> None:
        """Say what is missing of so many things; each is a link to its field."""
        self.bar.show_growth(len(lacks), asked)
        if tuple(lacks) != self._row.lacks:
            self._row.lacks = tuple(lacks)
            self._show()

    def lacks(self) -> tuple[Lack, ...]:
        """What is missing now."""
        return self._row.lacks

    def says(self) -> str:
        """What Enter does here, as it is said now."""
        return self._enter.text()

    def say_enter(self, message: str, **values: object) -> None:
        """Say what Enter does here."""
        self._enter.say(message, **values)

    def retranslate(self) -> None:
        """Say the links in the current language."""
        self._show()

    def _show(self) -> None:
        whole = not self._row.lacks
        for good, sign in self._signs.items():
            sign.setVisible(good is whole)
        self._words.say(_WHOLE if whole else _MISSING)
        self._row.fit()
