"""Number cards: a figure, what it counts, and a click or Enter that opens the list behind it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.clickable import Clickable
from migdesk.ui.parts.pills import SYMBOLS

_HEIGHT = 76


class NumberCard(Clickable):
    """A number that opens its list: `clicked` is sent by the mouse, Enter and Space."""

    def __init__(self, message: str, tone: Tone = Tone.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = message
        self._tone = tone
        self._count: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_count(self, count: int | None, tone: Tone | None = None) -> None:
        """Show a number; `None` while it is being counted."""
        self._count = count
        self._tone = self._tone if tone is None else tone
        self.retranslate()

    def figure(self) -> str:
        """The number as shown."""
        return "…" if self._count is None else number(self._count)

    def is_elided(self) -> bool:
        """Whether the end of the words is left out."""
        return fonts.width(self.text()) > self._words_room().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip follows the room there is."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.is_elided() else "")

    def retranslate(self) -> None:
        """Say what is counted in the current language."""
        words = said(self._message)
        self.setText(words)
        self.setAccessibleName(f"{self.figure()} {words}")
        self.setToolTip(words if self.is_elided() else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words, with air."""
        return QSize(2 * theme.L + max(fonts.width(self.text()), 96), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """It may become narrow; the words then end in … and have a tooltip."""
        return QSize(112, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, figure, symbol of the tone, words."""
        colours = theme.current()
        painter = QPainter(self)
        fill = colours.hover if self.isDown() else colours.surface
        edge = colours.edge if self.underMouse() else colours.line
        self.paint_ground(painter, fill, edge, theme.CARD_RADIUS)
        ink = colours.ink(self._tone if self._count else Tone.PLAIN)
        painter.setPen(QColor(ink))
        painter.setFont(fonts.font(theme.FIGURE, fonts.BOLD))
        figure_room = QRect(theme.L, theme.M, self.width() - 2 * theme.L, 32)
        left_middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(figure_room, left_middle, self.figure())
        if self._tone is not Tone.PLAIN and self._count:
            after = theme.L + fonts.width(self.figure(), theme.FIGURE, fonts.BOLD) + theme.S
            icons.paint(
                painter, SYMBOLS[self._tone], QRectF(after, figure_room.center().y() - 8, 18, 18), ink
            )
        painter.setFont(fonts.font())
        painter.setPen(QColor(colours.muted))
        room = self._words_room()
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, left_middle, words)

    def _words_room(self) -> QRect:
        return QRect(theme.L, 44, self.width() - 2 * theme.L, 20)
