"""Yes or no: a box to tick, its words beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from migdesk.domain.finding import Finding
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.look import fonts, icons, theme

_BOX, _EDGE = 18, 5


class FlagInput(QCheckBox):
    """Yes or no; the words stand beside the box."""

    changed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(fonts.font())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _on: self.changed.emit())

    def value(self) -> Any:
        """Whether the box is ticked."""
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick or clear."""
        self.setChecked(bool(value))

    def typed(self) -> str:
        """`1` or nothing."""
        return "1" if self.isChecked() else ""

    def set_typed(self, text: str) -> None:
        """Bring a draft back."""
        self.setChecked(text == "1")

    def problem(self) -> Finding | None:
        """A box can always be read."""
        return None

    def propose(self, value: Any) -> None:
        """A box takes no proposals."""

    def widget(self) -> QWidget:
        """Itself."""
        return self

    def sizeHint(self) -> QSize:
        """Box, gap, words."""
        return QSize(_BOX + theme.S + fonts.width(self.text()) + 2 * _EDGE, theme.CONTROL)

    def minimumSizeHint(self) -> QSize:
        """The words may end in …"""
        return QSize(120, theme.CONTROL)

    def is_elided(self) -> bool:
        """Whether the end of the words is left out; the tooltip then has all of them."""
        return self.sizeHint().width() > self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip follows the room there is."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.is_elided() else "")

    def hitButton(self, pos: QPoint) -> bool:
        """Words and box both tick."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, tick, words, focus."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(_EDGE, (self.height() - _BOX) / 2, _BOX, _BOX)
        edge = colours.accent if self.isChecked() or self.hasFocus() else colours.edge
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(colours.accent if self.isChecked() else colours.surface))
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.isChecked():
            icons.paint(painter, "ok", room.adjusted(2, 2, -2, -2), colours.on_accent)
        painter.setFont(fonts.font())
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        left = int(room.right()) + theme.S
        words_room = QRect(left, 0, self.width() - left, self.height())
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words_room.width())
        painter.drawText(words_room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            wide = min(self.sizeHint().width() + theme.XS, self.width() - 2)
            painter.drawRoundedRect(QRectF(1, 3, wide, self.height() - 6), theme.RADIUS, theme.RADIUS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Space ticks."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusOutEvent(event)
        self.left.emit()
