"""Bars under a table of a report: the same numbers as the table, for the eye."""

from __future__ import annotations

from typing import Any

from migdesk.domain.report import ColumnKind, Section, show_cell
from migdesk.paper.blocks import MM
from migdesk.paper.fitting import wrap
from migdesk.paper.fonts import Face, clean, face, fallback

_SIZE = 8
_BAR = 4.2 * MM
_GAP = 1.8 * MM
_MOST = 12


def bar_chart(section: Section, width: float, language: str) -> Any:
    """Horizontal bars of the section's chart column, at most a dozen, each with its name and number."""
    # reportlab is heavy; this module is entered only for reports with a chart
    from reportlab.graphics.shapes import Drawing, Rect, String  # noqa: PLC0415
    from reportlab.lib.colors import Color  # noqa: PLC0415

    at = [column.key for column in section.columns].index(section.chart)
    named = next(n for n, column in enumerate(section.columns) if column.kind is ColumnKind.TEXT)
    label_width = width * 0.32
    rows = [
        (_label(row[named], label_width - 3 * MM), number)
        for row, number in ((row, row[at]) for row in section.rows)
        if isinstance(number, int | float)
    ][:_MOST]
    longest = max((number for _named, number in rows), default=0) or 1
    room = width - label_width - 26 * MM
    heights = [max(_BAR, len(lines) * _SIZE * 1.2) + _GAP for (_face, lines), _number in rows]
    y = sum(heights)
    drawing: Any = Drawing(width, y)
    for ((in_face, lines), number), height in zip(rows, heights, strict=True):
        y -= height
        middle = y + height / 2
        for n, line in enumerate(lines):
            base = middle + (len(lines) / 2 - n) * _SIZE * 1.2 - _SIZE * 0.95
            drawing.add(String(0, base, line, fontName=in_face.name, fontSize=_SIZE))
        long = max(0.4, room * max(number, 0) / longest)
        bar: Any = Rect(label_width, middle - _BAR / 2, long, _BAR)
        bar.fillColor, bar.strokeColor = Color(0, 0.439, 0.561), None
        drawing.add(bar)
        text = show_cell(section.columns[at], number, language)
        left = label_width + long + 1.5 * MM
        drawing.add(String(left, middle - _SIZE * 0.35, text, fontName=face("sans").name, fontSize=_SIZE))
    return drawing


def _label(value: object, width: float) -> tuple[Face, tuple[str, ...]]:
    """Lines of a name in a face that has its letters; the table above was refused if none has."""
    text = clean(str(value or "—"))
    in_face = face("sans")
    if in_face.lacks(text):
        in_face = fallback("sans") or in_face
    return in_face, wrap(text, in_face, _SIZE, width)
