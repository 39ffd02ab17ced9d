"""The calendar strip of a stay: a mark for each day, the arrow keys walk along it, and every day is told in words."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_
from migdesk.services.stays.stay_strip import DayKind, Strip, runs
from migdesk.ui.charts.gauges import hatch
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.theme import Theme
from migdesk.ui.look.words import locale, number, said

_NAME = N_("Calendar of the stay")
_TODAY, _LAST, _AGAIN = N_("today"), N_("last lawful day"), N_("next possible entry")
_FROM = N_("the window of today begins")
_INKS = {_TODAY: "text", _LAST: "warn", _AGAIN: "ok"}
_BAR, _TOP, _MONTHS, _ROW, _LEGEND = 30, 16, 24, 20, 620
_SIGN, _STEP = 12, 7
_SHOWN = tuple(DayKind)[1:]


class StayStrip(QWidget):
    """Left and Right walk day by day, with Ctrl stretch by stretch, Page Up and Down by weeks, T goes to today."""

    def __init__(self, strip: Strip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip = strip
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def strip(self) -> Strip:
        """What is shown."""
        return self._strip

    def chosen(self) -> date | None:
        """The day under the keyboard or the pointer."""
        return self._strip.first + timedelta(days=self._at) if self._at >= 0 else None

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.setAccessibleName(said(_NAME))
        self.setFixedHeight(self._height())
        self._choose(self._at)

    def words(self) -> str:
        """The whole strip in words, stretch by stretch, then the days that are marked."""
        stretches = [
            f"{show_day(first)}–{show_day(last)}: {choice_label(kind)} ({number((last - first).days + 1)})"
            for kind, first, last in runs(self._strip)
        ]
        return "; ".join([*stretches, *(f"{said(name)}: {show_day(day)}" for name, day in self._marks())])

    def day_words(self, day: date) -> str:
        """One day: what it is, and what is marked on it."""
        marked = [said(name) for name, on in self._marks() if on == day]
        return ", ".join([f"{show_day(day)}: {choice_label(self._strip.kind(day))}", *marked])

    def sizeHint(self) -> QSize:
        """Wide enough to tell the days apart."""
        return QSize(640, self._height())

    def minimumSizeHint(self) -> QSize:
        """Two pixels for a day."""
        return QSize(2 * len(self._strip.kinds), self._height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the days."""
        last, at = len(self._strip.kinds) - 1, self._at
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
        ):
            self._choose(self._next_stretch(forward=event.key() == Qt.Key.Key_Right))
            return
        moves = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_PageUp: at - _STEP,
            Qt.Key.Key_PageDown: at + _STEP,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_T: (self._strip.today - self._strip.first).days,
        }
        if event.key() not in moves:
            super().keyPressEvent(event)
            return
        self._choose(min(max(moves[Qt.Key(event.key())], 0), last))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Today first."""
        super().focusInEvent(event)
        if self._at < 0:
            self._choose((self._strip.today - self._strip.first).days)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is chosen without focus."""
        super().focusOutEvent(event)
        self._choose(-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The day under the pointer tells what it is."""
        at = int(event.position().x() / self._day_wide())
        self._choose(at if 0 <= at < len(self._strip.kinds) else -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw marks, days, months and the legend."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setFont(fonts.font(theme.SMALL))
        for at, kind in enumerate(self._strip.kinds):
            _paint_day(painter, self._room_of(at), kind, colours)
        self._paint_months(painter, colours)
        self._paint_marks(painter, colours)
        self._paint_legend(painter, colours)
        if self._at >= 0:
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawRect(self._room_of(self._at).adjusted(-1, -2, 1, 2))
        if self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _choose(self, at: int) -> None:
        self._at = at
        day = self.chosen()
        words = self.day_words(day) if day else self.words()
        self.setAccessibleDescription(words)
        self.setToolTip(self.day_words(day) if day else "")
        self.update()

    def _next_stretch(self, *, forward: bool) -> int:
        kinds, at = self._strip.kinds, max(self._at, 0)
        step = 1 if forward else -1
        was = kinds[at]
        while 0 <= at + step < len(kinds) and kinds[at] is was:
            at += step
        return at

    def _marks(self) -> list[tuple[str, date]]:
        strip = self._strip
        found = [(_FROM, strip.counted_from)] if strip.limit is not None else []
        found.append((_TODAY, strip.today))
        if strip.last_lawful:
            found.append((_LAST, strip.last_lawful))
        if strip.again and strip.again.on:
            found.append((_AGAIN, strip.again.on))
        return [(name, day) for name, day in found if strip.first <= day <= strip.last]

    def _day_wide(self) -> float:
        return self.width() / max(len(self._strip.kinds), 1)

    def _room_of(self, at: int) -> QRectF:
        wide = self._day_wide()
        return QRectF(at * wide, _TOP, max(wide - 1, 1), _BAR)

    def _height(self) -> int:
        return _TOP + _BAR + _MONTHS + len(self._legend()) * _ROW + 6

    def _legend(self) -> list[list[tuple[DayKind | str, str]]]:
        """What the marks and the colours mean, in as many lines as are needed."""
        there = set(self._strip.kinds)
        told: list[tuple[DayKind | str, str]] = [
            (name, f"{said(name)} {show_day(day)}") for name, day in self._marks() if name != _FROM
        ]
        told += [(kind, choice_label(kind)) for kind in _SHOWN if kind in there]
        lines: list[list[tuple[DayKind | str, str]]] = [[]]
        left = _LEGEND
        for sign, words in told:
            wide = _legend_wide(words)
            if wide > left and lines[-1]:
                lines.append([])
                left = _LEGEND
            lines[-1].append((sign, words))
            left -= wide
        return lines

    def _paint_months(self, painter: QPainter, colours: Theme) -> None:
        painter.setPen(QColor(colours.muted))
        free = 0.0
        for at in range(len(self._strip.kinds)):
            day = self._strip.first + timedelta(days=at)
            left = self._room_of(at).left()
            if day.day != 1:
                continue
            painter.drawLine(QPointF(left, _TOP + _BAR), QPointF(left, _TOP + _BAR + 8))
            words = locale().standaloneMonthName(day.month, locale().FormatType.ShortFormat)
            if left >= free and left + fonts.width(words, theme.SMALL) < self.width():
                painter.drawText(QPointF(left + 3, _TOP + _BAR + 19), words)
                free = left + fonts.width(words, theme.SMALL) + 8

    def _paint_marks(self, painter: QPainter, colours: Theme) -> None:
        """A line through the bar with a triangle: today below, the others above it."""
        for name, day in self._marks():
            middle = self._room_of((day - self._strip.first).days).center().x()
            if name == _FROM:
                continue
            painter.setPen(QPen(QColor(getattr(colours, _INKS[name])), 2))
            painter.drawLine(QPointF(middle, _TOP - 3), QPointF(middle, _TOP + _BAR + 3))
            _paint_sign(
                painter, QPointF(middle, _TOP + _BAR + 6 if name == _TODAY else _TOP - 6), name, colours
            )

    def _paint_legend(self, painter: QPainter, colours: Theme) -> None:
        top = _TOP + _BAR + _MONTHS
        for line in self._legend():
            left = 0.0
            for sign, words in line:
                if isinstance(sign, DayKind):
                    _paint_day(painter, QRectF(left, top + 3, _SIGN, _SIGN), sign, colours)
                else:
                    _paint_sign(painter, QPointF(left + _SIGN / 2, top + 3 + _SIGN / 2), sign, colours)
                painter.setPen(QColor(colours.text))
                painter.drawText(QPointF(left + _SIGN + 5, top + 14), words)
                left += _legend_wide(words)
            top += _ROW


def _paint_sign(painter: QPainter, at: QPointF, name: str, colours: Theme) -> None:
    """The triangle of a mark: upwards for today, downwards for the others."""
    ink = QColor(getattr(colours, _INKS[name]))
    high = -5 if name == _TODAY else 5
    corners = [
        QPointF(at.x() - 5, at.y() - high),
        QPointF(at.x() + 5, at.y() - high),
        QPointF(at.x(), at.y() + high),
    ]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(ink)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF(corners))
    painter.restore()


def _legend_wide(words: str) -> int:
    return _SIGN + 5 + fonts.width(words, theme.SMALL) + 18


def _paint_day(painter: QPainter, room: QRectF, kind: DayKind, colours: Theme) -> None:
    """One day; each kind has its own shape, so that a grey print can be read: full, hatched, half, outlined."""
    low = QRectF(room.left(), room.bottom() - 4, room.width(), 4)
    half = QRectF(room.left(), room.center().y(), room.width(), room.height() / 2)
    if kind is DayKind.AWAY:
        painter.fillRect(low, QColor(colours.line))
    elif kind is DayKind.USED:
        painter.fillRect(room, QColor(colours.accent))
    elif kind is DayKind.OVER:
        painter.fillRect(room, QColor(colours.bad))
        painter.fillRect(QRectF(room.left(), room.top(), room.width(), 4), QColor(colours.text))
    elif kind is DayKind.COVERED:
        painter.fillRect(room, QColor(colours.ok_tint))
        hatch(painter, room, colours.ok)
    elif kind is DayKind.UNCOUNTED:
        painter.fillRect(half, QColor(colours.edge))
    else:
        painter.fillRect(half, QColor(colours.ok))
