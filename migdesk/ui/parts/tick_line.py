"""A line that is ticked, chosen or done: a sign, words over as many lines as they need, a quiet line below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.theme import Theme
from migdesk.ui.parts import pills
from migdesk.ui.parts.clickable import Clickable
from migdesk.ui.parts.pills import Pill

_SIGN, _LEFT, _AIR = 18, 30, 5
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class Shape(StrEnum):
    """What the sign is: a box to tick, a ring to choose one of several, a step of a line."""

    TICK = "tick"
    CHOICE = "choice"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class LineWords:
    """Words, a pill, a quiet line below it; `strong` for the one that is next; `required` adds the mark."""

    title: str
    detail: str = ""
    pill: Pill | None = None
    strong: bool = False
    required: bool = False


class TickLine(Clickable):
    """One line. Locked lines show their state and cannot be clicked."""

    def __init__(self, shape: Shape, words: LineWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self._words = words
        self._heights: dict[int, int] = {}
        self.above, self.below = False, False
        self.setCheckable(True)
        self.setText(words.title)
        parts = (words.title, words.detail, words.pill.words if words.pill else "")
        self.setAccessibleName(", ".join(part for part in parts if part))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def lock(self) -> None:
        """Only to be looked at."""
        self.setEnabled(False)
        self.unsetCursor()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def is_elided(self) -> bool:
        """Words wrap, so none is left out."""
        return False

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Words, quiet line or pill, air; measured once for each width."""
        if width not in self._heights:
            self._heights[width] = self._title_height(width) + self._below_height(width) + 2 * _AIR
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """At a calm width."""
        return QSize(260, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """Words wrap down to this."""
        return QSize(140, self.heightForWidth(max(self.width(), 140)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, sign, words."""
        colours = theme.current()
        painter = QPainter(self)
        lit = self.isEnabled() and (self.underMouse() or self.hasFocus())
        self.paint_ground(painter, colours.hover if lit else "")
        sign = QRectF(6, _AIR + 1, _SIGN, _SIGN)
        if self._shape is Shape.STEP:
            self._paint_axis(painter, sign, colours)
        self._paint_sign(painter, sign, colours)
        self._paint_words(painter, colours)

    def _paint_axis(self, painter: QPainter, sign: QRectF, colours: Theme) -> None:
        x = sign.center().x()
        painter.setPen(QPen(QColor(colours.line), 2))
        if self.above:
            painter.drawLine(QPointF(x, 0), QPointF(x, sign.top()))
        if self.below:
            painter.drawLine(QPointF(x, sign.bottom()), QPointF(x, self.height()))

    def _paint_sign(self, painter: QPainter, sign: QRectF, colours: Theme) -> None:
        done = self.isChecked()
        strong = self._words.strong or self.hasFocus()
        ink = colours.accent if done or strong else colours.edge
        painter.setPen(QPen(QColor(ink), 2 if strong and not done else 1.2))
        filled = done and self._shape is not Shape.CHOICE
        painter.setBrush(QColor(colours.accent if filled else colours.surface))
        room = sign.adjusted(1, 1, -1, -1)
        if self._shape is Shape.TICK:
            painter.drawRoundedRect(room, 4, 4)
        else:
            painter.drawEllipse(room)
        if filled:
            icons.paint(painter, "ok", sign.adjusted(3, 3, -3, -3), colours.on_accent)
        elif done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(sign.adjusted(5, 5, -5, -5))

    def _paint_words(self, painter: QPainter, colours: Theme) -> None:
        words = self._words
        wide = self._room(self.width())
        painter.setFont(self._font())
        painter.setPen(QColor(colours.text))
        room = QRect(_LEFT, _AIR, wide, self._title_height(self.width()))
        painter.drawText(room, _WRAP, words.title)
        if words.required:
            icons.paint(painter, "required", QRectF(self.width() - 16, _AIR + 4, 10, 10), colours.bad)
        if not self._below_height(self.width()):
            return
        below = QRect(_LEFT, room.bottom() + 2, wide, self._below_height(self.width()) - 2)
        if words.pill:
            line = QRect(below.left(), below.top(), wide, pills.HEIGHT + 2)
            pills.paint(painter, line, words.pill, colours)
            below.setTop(line.bottom() + 2)
        if not words.detail:
            return
        painter.setFont(fonts.font(theme.SMALL))
        painter.setPen(QColor(colours.muted))
        painter.drawText(below, _WRAP, words.detail)

    def _font(self) -> QFont:
        return fonts.font(theme.BODY, fonts.SEMIBOLD if self._words.strong else fonts.REGULAR)

    def _room(self, width: int) -> int:
        return max(width - _LEFT - (20 if self._words.required else 6), 80)

    def _title_height(self, width: int) -> int:
        metrics = QFontMetrics(self._font())
        room = QRect(0, 0, self._room(width), 10_000)
        return max(metrics.boundingRect(room, _WRAP, self._words.title).height(), 20)

    def _below_height(self, width: int) -> int:
        pill = pills.HEIGHT + 4 if self._words.pill else 0
        if not self._words.detail:
            return pill
        metrics = QFontMetrics(fonts.font(theme.SMALL))
        room = QRect(0, 0, self._room(width), 10_000)
        return pill + metrics.boundingRect(room, _WRAP, self._words.detail).height() + 3


def ticked(lines: Mapping[str, TickLine]) -> str:
    """The codes of the lines that are ticked, as text."""
    return " ".join(code for code, line in lines.items() if line.isChecked())


def tick(lines: Mapping[str, TickLine], text: str) -> None:
    """Tick the lines with the codes of a text and no others; those that are only looked at stay."""
    codes = set(text.split())
    for code, line in lines.items():
        if line.isEnabled():
            line.setChecked(code in codes)
