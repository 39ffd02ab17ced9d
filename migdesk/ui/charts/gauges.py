"""Quota gauges: used is solid, reserved is hatched, free is empty, over the limit is red; and all in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.theme import Theme, Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.pills import SYMBOLS

BAR = 8
_FREE = N_("free {free} of {limit}")
_OVER = N_("over by {over}, limit {limit}")
_ALL = N_("{name}: used {used}, reserved {reserved}, limit {limit}")


@dataclass(frozen=True, slots=True)
class Level:
    """Where a quota stands, in units."""

    used: int
    reserved: int
    limit: int

    @property
    def free(self) -> int:
        """What may still be given; below zero when too much was given."""
        return self.limit - self.used - self.reserved

    @property
    def tone(self) -> Tone:
        """Over is bad, under a tenth left is a warning."""
        if self.free < 0:
            return Tone.BAD
        return Tone.WARN if self.free * 10 < self.limit else Tone.PLAIN

    def words(self) -> str:
        """How much is free, or over."""
        if self.free < 0:
            return said(_OVER, over=number(-self.free), limit=number(self.limit))
        return said(_FREE, free=number(self.free), limit=number(self.limit))


def paint(painter: QPainter, room: QRectF, level: Level, colours: Theme) -> None:
    """Draw the bar of a gauge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(room, room.height() / 2, room.height() / 2)
    painter.setClipPath(shape)
    painter.fillRect(room, QColor(colours.line))
    whole = max(level.limit, level.used + level.reserved, 1)
    used = room.width() * level.used / whole
    taken = room.width() * (level.used + level.reserved) / whole
    painter.fillRect(
        QRectF(room.left() + used, room.top(), taken - used, room.height()), QColor(colours.surface)
    )
    hatch(painter, QRectF(room.left() + used, room.top(), taken - used, room.height()), colours.accent)
    painter.fillRect(QRectF(room.left(), room.top(), used, room.height()), QColor(colours.accent))
    if level.free < 0:
        over = room.width() * -level.free / whole
        past = QRectF(room.right() - over, room.top(), over, room.height())
        painter.fillRect(past, QColor(colours.bad))
        painter.fillRect(QRectF(past.left() - 1, room.top(), 2, room.height()), QColor(colours.surface))
    painter.restore()


def hatch(painter: QPainter, room: QRectF, colour: str) -> None:
    """Slanting lines across a room: a pattern that is told from a full colour in grey too."""
    painter.save()
    painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QBrush(QColor(colour)), 1.5))
    at = room.left() - room.height()
    while at < room.right():
        painter.drawLine(int(at), int(room.bottom()) + 1, int(at + room.height()) + 1, int(room.top()))
        at += 5
    painter.restore()


class QuotaGauge(QWidget):
    """One quota: its name, how much is free in words, and the bar."""

    def __init__(self, name: str, level: Level, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._level = level
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(36)
        self.retranslate()

    def is_elided(self) -> bool:
        """Whether the end of the name is left out; the tooltip has all of it."""
        return fonts.width(self._name) > self._name_room()

    def retranslate(self) -> None:
        """Say the numbers in the current language."""
        level = self._level
        words = said(
            _ALL,
            name=self._name,
            used=number(level.used),
            reserved=number(level.reserved),
            limit=number(level.limit),
        )
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the name and the words in one line."""
        return QSize(fonts.width(self._name) + fonts.width(self._level.words()) + 48, 36)

    def minimumSizeHint(self) -> QSize:
        """The name may end in …, the numbers stay."""
        return QSize(fonts.width(self._level.words()) + 96, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words and bar."""
        colours = theme.current()
        painter = QPainter(self)
        tone = self._level.tone
        words = self._level.words()
        line = QRect(0, 0, self.width(), 20)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.font())
        painter.setPen(QColor(colours.muted if tone is Tone.PLAIN else colours.ink(tone)))
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignRight), words)
        right = self._name_room()
        if tone is not Tone.PLAIN:
            icons.paint(painter, SYMBOLS[tone], QRectF(right + 6, 3, 14, 14), colours.ink(tone))
        painter.setPen(QColor(colours.text))
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, right)
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignLeft), name)
        paint(painter, QRectF(0, 25, self.width(), BAR), self._level, colours)

    def _name_room(self) -> int:
        sign = 0 if self._level.tone is Tone.PLAIN else 18
        return self.width() - fonts.width(self._level.words()) - theme.S - sign
