"""Small parts of which files are built: cards, headings, lines, rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import PushButton

_LINK_SIDES, _LINK_AIR = 7, 3


def card(*parts: QWidget | QLayout, title: str = "", gap: int = theme.S) -> QFrame:
    """A card with a heading (an English message) and parts below each other."""
    made = QFrame()
    mark(made, look="card")
    column = QVBoxLayout(made)
    column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
    column.setSpacing(gap)
    if title:
        column.addWidget(Label(title, "section"))
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return made


def column(*parts: QWidget | QLayout, gap: int = theme.S, stretch: bool = False) -> QWidget:
    """Parts below each other, without a frame; `stretch` leaves what is over at the bottom."""
    made = QWidget()
    lines = QVBoxLayout(made)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(gap)
    for part in parts:
        if isinstance(part, QWidget):
            lines.addWidget(part)
        else:
            lines.addLayout(part)
    if stretch:
        lines.addStretch(1)
    return made


def row(*parts: QWidget, gap: int = theme.S, stretch: int = -1) -> QWidget:
    """Parts beside each other; `stretch` is the place of the one that takes what is left, -1 for none."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(gap)
    for at, part in enumerate(parts):
        line.addWidget(part, 1 if at == stretch else 0)
    if stretch < 0:
        line.addStretch(1)
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    mark(made, look="rule")
    made.setFixedHeight(1)
    return made


class Link(PushButton):
    """Words that open something; they end in … when there is no room, with the whole as tooltip."""

    def __init__(self, words: str, hint: str = "") -> None:
        super().__init__()
        self._words = words
        self._hint = hint
        mark(self, look="link")
        self.setFont(fonts.font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        self._fit(10_000)

    def sizeHint(self) -> QSize:
        """All its words."""
        return QSize(fonts.width(self._words) + _LINK_SIDES + _LINK_AIR, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It may become narrow."""
        return QSize(min(self.sizeHint().width(), 56), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what fits."""
        super().resizeEvent(event)
        self._fit(self.width() - _LINK_SIDES)

    def is_elided(self) -> bool:
        """Whether the end of the words is left out now."""
        return self.text() != self._words.replace("&", "&&")

    def say(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self.setAccessibleName(words)
        self._fit(10_000)
        self.updateGeometry()

    def _fit(self, room: int) -> None:
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, 24))
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._hint or (self._words if shown != self._words else ""))


def link(words: str, hint: str = "") -> Link:
    """Words that open something; data such as a name, not a message."""
    return Link(words, hint)


class Title(Label):
    """Data in one line when there is room for it, else over several."""

    def sizeHint(self) -> QSize:
        """All in one line."""
        room = self.fontMetrics().boundingRect(self.text())
        return QSize(room.width() + 6, super().sizeHint().height() if not self.text() else room.height() + 4)


def title(words: str, kind: str = "title") -> Title:
    """The name of a file."""
    made = Title("", kind)
    made.show_text(words)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def text(words: str, kind: str = "body", *, wrapped: bool = True) -> Label:
    """Data as a label that can be copied with the mouse."""
    made = Label("", kind)
    made.show_text(words)
    made.setWordWrap(wrapped)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def grow(owner: QWidget, layout: QBoxLayout, stages: Sequence[Callable[[], Sequence[QWidget]]]) -> None:
    """Add parts before the last item of a layout, a stage in each turn of the event loop.

    A file with much in it then never holds the window up; what is seen first is built first.
    """
    waiting = list(stages)

    def step() -> None:
        for widget in waiting.pop(0)():
            layout.insertWidget(layout.count() - 1, widget)
        if waiting:
            QTimer.singleShot(0, owner, step)

    if waiting:
        QTimer.singleShot(0, owner, step)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        inner = item.layout() if item else None
        if widget:
            widget.hide()
            widget.deleteLater()
        elif inner:
            clear(inner)


def plain(message: str, kind: str = "body", **values: object) -> Label:
    """A message with values, said once; for parts that are built anew in every language."""
    made = Label("", kind).wrapped()
    made.show_text(said(message, **values))
    return made
