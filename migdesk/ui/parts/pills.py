"""Pills: a state said by colour, by a symbol and by a word, all three every time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.theme import Theme, Tone

HEIGHT = 20
_SYMBOL = 12
_SIDE, _GAP = 8, 4

SYMBOLS = {Tone.OK: "ok", Tone.WARN: "warn", Tone.BAD: "bad", Tone.INFO: "clock", Tone.PLAIN: "more"}


@dataclass(frozen=True, slots=True)
class Pill:
    """What to say: the tone and the word, already in the reader's language; a symbol other than the tone's own."""

    tone: Tone
    words: str
    symbol: str = ""

    @property
    def drawing(self) -> str:
        """Name of the icon in front of the word."""
        return self.symbol or SYMBOLS[self.tone]


def width(pill: Pill) -> int:
    """Pixels at 100 % the pill takes."""
    return 2 * _SIDE + _SYMBOL + _GAP + fonts.width(pill.words, theme.SMALL, fonts.SEMIBOLD) + 1


def paint(painter: QPainter, room: QRect, pill: Pill, colours: Theme) -> None:
    """Draw at the left of a room, in the middle of its height; words that do not fit end in …"""
    wide = min(width(pill), room.width())
    body = QRectF(room.left(), room.center().y() - HEIGHT / 2 + 0.5, wide, HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.ground(pill.tone)))
    painter.drawRoundedRect(body, theme.PILL_RADIUS, theme.PILL_RADIUS)
    ink = colours.muted if pill.tone is Tone.PLAIN else colours.ink(pill.tone)
    symbol = QRectF(body.left() + _SIDE, body.center().y() - _SYMBOL / 2, _SYMBOL, _SYMBOL)
    icons.paint(painter, pill.drawing, symbol, ink)
    painter.setFont(fonts.font(theme.SMALL, fonts.SEMIBOLD))
    painter.setPen(QColor(ink))
    left = symbol.right() + _GAP
    words_room = QRectF(left, body.top(), body.right() - _SIDE + 1 - left, HEIGHT)
    words = painter.fontMetrics().elidedText(
        pill.words, Qt.TextElideMode.ElideRight, int(words_room.width()) + 1
    )
    painter.drawText(words_room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
    painter.restore()


class PillLabel(QWidget):
    """A pill on its own."""

    def __init__(self, pill: Pill, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pill = pill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_pill(pill)

    def show_pill(self, pill: Pill) -> None:
        """Say something else."""
        self._pill = pill
        self.setAccessibleName(pill.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(width(self._pill), HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint(painter, self.rect(), self._pill, theme.current())
