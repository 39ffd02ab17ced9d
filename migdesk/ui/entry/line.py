"""A line to type in that leaves no word out unsaid."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolTip

from migdesk.ui.look import theme

_PADS, _SIGN = 24, 26
"""Pixels of the edges of a line, and of the sign at its right end."""
_OVER = 6
"""Pixels by which Qt draws the words into the right edge."""


_ELSEWHERE = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


def by_keyboard(event: QFocusEvent) -> bool:
    """Whether a key brought the cursor: not the mouse, nor a window or a menu that gives it back."""
    return event.reason() not in _ELSEWHERE


class Line(QLineEdit):
    """What does not fit ends in … and is the tooltip; where the keyboard is, it stands below at once."""

    def __init__(self) -> None:
        super().__init__()
        self._offered = ""
        self._takes = "  · Enter"
        self._hint = ""
        self._was_here = False
        """Whether the cursor was here before: a small window that opens with it here begins anew."""
        self.textChanged.connect(lambda _text: self._fit())

    def offer_words(self, words: str) -> None:
        """Say in grey what Enter takes, with the key where there is room for it."""
        self._offered = words
        self._fit()

    def set_label(self, words: str) -> None:
        """Say in grey what is asked, where Enter takes nothing."""
        self._takes = ""
        self.offer_words(words)

    def set_hint(self, words: str) -> None:
        """Explain the line in its tooltip, while all its words are to be seen."""
        self._hint = words
        self._fit()

    def needed(self) -> int:
        """Pixels that all its words, or those offered, take with the edges."""
        words = self.text() or self._offered
        return self.fontMetrics().horizontalAdvance(words) + _PADS + (_SIGN if self.actions() else 0)

    def is_elided(self) -> bool:
        """Whether the end of the words is left out now."""
        return self.needed() > self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other words."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say the whole where the keyboard comes; what is typed takes the place of what stands there."""
        super().focusInEvent(event)
        begins = not self._was_here and event.reason() is Qt.FocusReason.ActiveWindowFocusReason
        if (by_keyboard(event) or begins) and not self.isReadOnly():
            self.selectAll()
        self._was_here = True
        if self.is_elided() and self.isVisible():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line; three dots over an end that is left out."""
        super().paintEvent(event)
        if self.text() and not self.hasFocus() and self.is_elided():
            wide = self.fontMetrics().horizontalAdvance("…") + 2
            right = self.width() - _PADS // 2 - (_SIGN if self.actions() else 0)
            room = QRect(right - wide, 3, wide + _OVER, self.height() - 6)
            painter = QPainter(self)
            colours = theme.current()
            painter.fillRect(room, QColor(colours.surface if self.isEnabled() else colours.window))
            painter.setPen(QColor(colours.text))
            painter.setFont(self.font())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), "…")

    def _fit(self) -> None:
        room = self.width() - self.needed()
        has_room = room >= self.fontMetrics().horizontalAdvance(self._takes)
        takes = self._takes if self._offered and has_room else ""
        self.setPlaceholderText(f"{self._offered}{takes}")
        self.setToolTip((self.text() or self._offered) if room < 0 else self._hint)
