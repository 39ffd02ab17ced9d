"""Charts drawn with one function on screen, on a picture and on a printer.

Series differ by colour and by pattern, so that a grey print can still be read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from migdesk.ui.look import fonts, theme
from migdesk.ui.look.theme import Theme
from migdesk.ui.look.words import number

_LEGEND = 26
_AXIS = 18
_TICK_ROOM = 26


class Kind(StrEnum):
    """How values are drawn."""

    BARS = "bars"
    STACKED = "stacked"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers and what it counts, in the reader's language."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw: a label and one value of each series for every step."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Kind = Kind.BARS

    @property
    def top(self) -> int:
        """The highest point."""
        if not self.labels:
            return 0
        columns = zip(*(one.values for one in self.series), strict=True)
        return max(
            (sum(column) if self.kind is Kind.STACKED else max(column) for column in columns), default=0
        )

    def words(self, at: int) -> str:
        """One step in words: `45: 38`, or each series by name."""
        if len(self.series) == 1:
            return f"{self.labels[at]}: {number(self.series[0].values[at])}"
        parts = (f"{one.name} {number(one.values[at])}" for one in self.series)
        return f"{self.labels[at]}: " + ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Plot:
    """Where things are on the paper: the field of the values, and the room of each step."""

    field: QRectF
    tick: int
    ticks: int
    step: float

    @property
    def ceiling(self) -> int:
        """The value at the upper edge."""
        return self.tick * self.ticks

    def column(self, at: int) -> QRectF:
        """The room of one step, full height."""
        return QRectF(self.field.left() + at * self.step, self.field.top(), self.step, self.field.height())

    def height(self, value: float) -> float:
        """How high a value reaches, in pixels."""
        return self.field.height() * value / self.ceiling


def plan(room: QRectF, chart: Chart) -> Plot:
    """Divide a room into legend, scale at the left, values, labels below."""
    above = _LEGEND if len(chart.series) > 1 else theme.L
    most = 5 if room.height() - above - _AXIS > 5 * _TICK_ROOM else 3
    tick, ticks = even_steps(chart.top, most)
    scale = fonts.width(number(tick * ticks), theme.CAPTION) + theme.S
    field = room.adjusted(scale, above, 0, -_AXIS)
    return Plot(field, tick, ticks, field.width() / max(len(chart.labels), 1))


def paint(painter: QPainter, room: QRectF, chart: Chart, colours: Theme, chosen: int = -1) -> None:
    """Draw a chart; `chosen` is the step that has the focus or the pointer."""
    plot = plan(room, chart)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_scale(painter, plot, colours)
    _paint_labels(painter, plot, chart, colours, chosen)
    if chosen >= 0:
        painter.fillRect(plot.column(chosen), QColor(colours.hover))
    if chart.kind is Kind.LINE:
        for at, one in enumerate(chart.series):
            _paint_line(painter, plot, one, pen_of(at, colours), chosen)
    else:
        _paint_bars(painter, plot, chart, colours, chosen)
    if len(chart.series) > 1:
        _paint_legend(painter, room, chart, colours)
    painter.restore()


def ink_of(at: int, colours: Theme) -> str:
    """Colour of the series with this place."""
    return (colours.accent, colours.gold, colours.muted)[at % 3]


def brush_of(at: int, colours: Theme) -> QBrush:
    """Fill of the series with this place: solid first, then patterns that survive a grey print."""
    patterns = (
        Qt.BrushStyle.SolidPattern,
        Qt.BrushStyle.BDiagPattern,
        Qt.BrushStyle.Dense5Pattern,
        Qt.BrushStyle.CrossPattern,
    )
    return QBrush(QColor(ink_of(at, colours)), patterns[at % len(patterns)])


def pen_of(at: int, colours: Theme) -> QPen:
    """Line of the series with this place: solid, dashed, dotted."""
    pen_styles = (
        Qt.PenStyle.SolidLine,
        Qt.PenStyle.DashLine,
        Qt.PenStyle.DotLine,
        Qt.PenStyle.DashDotLine,
    )
    return QPen(QBrush(QColor(ink_of(at, colours))), 2, pen_styles[at % len(pen_styles)])


def even_steps(top: int, most: int) -> tuple[int, int]:
    """Step of the scale and number of steps: round numbers that reach just over the top."""
    tick = power = 1
    factors = (1, 2, 5)
    at = 0
    while tick * most < top:
        at += 1
        power = 10 ** (at // len(factors))
        tick = factors[at % len(factors)] * power
    return tick, max(math.ceil(top / tick), 2)


def _paint_scale(painter: QPainter, plot: Plot, colours: Theme) -> None:
    painter.setFont(fonts.font(theme.CAPTION))
    for tick in range(plot.ticks + 1):
        value = plot.tick * tick
        y = round(plot.field.bottom() - plot.height(value)) + 0.5
        painter.setPen(QPen(QColor(colours.line if tick else colours.edge), 1))
        painter.drawLine(QPointF(plot.field.left(), y), QPointF(plot.field.right(), y))
        painter.setPen(QColor(colours.muted))
        room = QRectF(plot.field.left() - 80, y - 8, 80 - theme.XS - 2, 16)
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), number(value)
        )


def _paint_labels(painter: QPainter, plot: Plot, chart: Chart, colours: Theme, chosen: int) -> None:
    """Every label when there is room, else every second, third …; none overlaps another."""
    if not chart.labels:
        return
    widest = max(fonts.width(label, theme.CAPTION, fonts.SEMIBOLD) for label in chart.labels) + theme.XS
    every = max(1, math.ceil(widest / plot.step))
    for at, label in enumerate(chart.labels):
        if at % every and at != chosen:
            continue
        column = plot.column(at)
        room = QRectF(column.center().x() - widest / 2, plot.field.bottom() + 3, widest, _AXIS - 3)
        painter.setFont(fonts.font(theme.CAPTION, fonts.SEMIBOLD if at == chosen else fonts.REGULAR))
        painter.setPen(QColor(colours.text if at == chosen else colours.muted))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter), label)


def _paint_bars(painter: QPainter, plot: Plot, chart: Chart, colours: Theme, chosen: int) -> None:
    stacked = chart.kind is Kind.STACKED
    beside = 1 if stacked else len(chart.series)
    bar = min(max(plot.step * 0.62, 3), 44 * beside) / beside
    for at in range(len(chart.labels)):
        column = plot.column(at)
        left = column.center().x() - bar * beside / 2
        floor = plot.field.bottom()
        for place, one in enumerate(chart.series):
            tall = plot.height(one.values[at])
            x = left if stacked else left + place * bar
            _paint_bar(painter, QRectF(x, floor - tall, bar - (0 if stacked else 1), tall), place, colours)
            floor -= tall if stacked else 0
        if at == chosen:
            _paint_value(painter, plot, chart, at, colours)


def _paint_bar(painter: QPainter, bar: QRectF, place: int, colours: Theme) -> None:
    if bar.height() <= 0:
        return
    corner = min(2.0, bar.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.surface))
    painter.drawRoundedRect(bar, corner, corner)
    painter.setBrush(brush_of(place, colours))
    if place:
        painter.setPen(QPen(QColor(ink_of(place, colours)), 1))
        bar = bar.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(bar, corner, corner)


def _paint_value(painter: QPainter, plot: Plot, chart: Chart, at: int, colours: Theme) -> None:
    values = [one.values[at] for one in chart.series]
    tall = plot.height(sum(values) if chart.kind is Kind.STACKED else max(values))
    words = " / ".join(number(value) for value in values)
    painter.setFont(fonts.font(theme.CAPTION, fonts.BOLD))
    painter.setPen(QColor(colours.text))
    wide = fonts.width(words, theme.CAPTION, fonts.BOLD) + 2
    left = plot.column(at).center().x() - wide / 2
    left = max(plot.field.left(), min(left, plot.field.right() - wide))
    top = max(plot.field.bottom() - tall - 16, plot.field.top() - 14)
    painter.drawText(QRectF(left, top, wide, 14), int(Qt.AlignmentFlag.AlignCenter), words)


def _paint_line(painter: QPainter, plot: Plot, one: Series, pen: QPen, chosen: int) -> None:
    points = [
        QPointF(plot.column(at).center().x(), plot.field.bottom() - plot.height(value))
        for at, value in enumerate(one.values)
    ]
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(QPen(pen.color(), 2))
    painter.setBrush(pen.color())
    for at, point in enumerate(points):
        if at == chosen or len(points) == 1:
            painter.drawEllipse(point, 4, 4)


def _paint_legend(painter: QPainter, room: QRectF, chart: Chart, colours: Theme) -> None:
    painter.setFont(fonts.font(theme.CAPTION))
    left = room.left()
    for at, one in enumerate(chart.series):
        swatch = QRectF(left, room.top() + 4, 10, 10)
        if chart.kind is Kind.LINE:
            swatch.setWidth(22)
            painter.setPen(pen_of(at, colours))
            painter.drawLine(QPointF(left, swatch.center().y()), QPointF(swatch.right(), swatch.center().y()))
        else:
            _paint_bar(painter, swatch, at, colours)
        wide = fonts.width(one.name, theme.CAPTION)
        painter.setPen(QColor(colours.muted))
        words = QRectF(swatch.right() + 5, room.top(), wide + 2, 18)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), one.name)
        left = words.right() + theme.M
