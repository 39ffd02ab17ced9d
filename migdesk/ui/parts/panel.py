"""What stands in place of a list that has nothing to show: empty, loading, failed; each says the way on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.ui.look import icons, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.parts.actions import Action, Button, Command

_ICON = 44


@dataclass(frozen=True, slots=True)
class Words:
    """Icon, English title and text, and the one action that helps; `tone` colours the icon."""

    icon: str
    title: str
    text: str = ""
    action: Action | None = None
    tone: Tone = Tone.PLAIN


class Drawing(QWidget):
    """An icon, large and calm."""

    def __init__(self, name: str, tone: Tone, size: int = _ICON) -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.current()
        ink = QColor(colours.muted if self._tone is Tone.PLAIN else colours.ink(self._tone))
        icons.paint(QPainter(self), self._name, QRectF(self.rect()), ink.name())


class Panel(QWidget):
    """Title, text and button in the middle of an empty room."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(words.title, "section", self).wrapped()
        self.text = Label(words.text, "muted", self).wrapped()
        self.text.setVisible(bool(words.text))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addStretch(1)
        column.addWidget(Drawing(words.icon, words.tone), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        if words.action:
            column.addSpacing(theme.S)
            button = Button(Command(words.action, self), "plain", self)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.setFocusProxy(button)
        column.addStretch(2)
