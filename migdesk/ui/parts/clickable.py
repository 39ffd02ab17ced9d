"""What can be clicked: by the mouse, by Space, and by Enter, which Qt's own buttons outside of dialogs ignore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from migdesk.ui.look import theme

if TYPE_CHECKING:
    _Pressed = QAbstractButton
else:
    _Pressed = object

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterClicks(_Pressed):
    """Beside a button of Qt: Enter clicks like Space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter clicks; with Ctrl it is the page's."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.click()
        else:
            super().keyPressEvent(event)


class PushButton(EnterClicks, QPushButton):
    """A button with words, never the one that Enter in a field of its dialog presses."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class ToolButton(EnterClicks, QToolButton):
    """A small button, with a drawing or a menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class Clickable(EnterClicks, QAbstractButton):
    """A button that draws itself: a card, a line, a box of a picture. The ring shows where the keyboard is.

    Whoever makes one gives it its words (`setText`) and its name for screen readers (`setAccessibleName`).
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paint_ground(
        self, painter: QPainter, fill: str = "", edge: str = "", radius: float = theme.RADIUS
    ) -> None:
        """Ground and edge (nothing for an empty colour); with the keyboard here the edge is the ring."""
        ring = self.hasFocus()
        ink = theme.current().accent if ring else edge
        thick = 2 if ring else 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ink), thick) if ink else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        inset = thick / 2
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(body, radius, radius)
