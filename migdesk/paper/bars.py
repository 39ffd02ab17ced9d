"""Bars under a table of a report: the same numbers as the table, for the eye."""

from __future__ import annotations

from typing import Any

from migdesk.domain.report import ColumnKind, Section, show_cell
from migdesk.paper.blocks import MM
from migdesk.paper.fitting import wrap
from migdesk.paper.fonts import clean, face

_SIZE = 8
_BAR = 4.2 * MM
_MOST = 12


def bar_chart(section: Section, width: float, language: str) -> Any:
    """Horizontal bars of the section's chart column, at most a dozen, each with its name and number."""
    # reportlab is heavy; this module is entered only for reports with a chart
    from reportlab.graphics.shapes import Drawing, Rect, String  # noqa: PLC0415
    from reportlab.lib.colors import Color  # noqa: PLC0415

    keys = [column.key for column in section.columns]
    at = keys.index(section.chart)
    named = next(n for n, column in enumerate(section.columns) if column.kind is ColumnKind.TEXT)
    rows = [row for row in section.rows if isinstance(row[at], int | float)][:_MOST]
    numbers = [float(str(row[at])) for row in rows]
    longest = max(numbers, default=0) or 1
    in_face = face("sans")
    label_width = width * 0.32
    room = width - label_width - 26 * MM
    height = len(rows) * (_BAR + 1.8 * MM)
    drawing = Drawing(width, height)
    for n, (row, number) in enumerate(zip(rows, numbers, strict=True)):
        y = height - (n + 1) * (_BAR + 1.8 * MM) + 0.9 * MM
        base = y + _BAR / 2 - _SIZE * 0.35
        name = clean(str(row[named] or "—"))
        if in_face.lacks(name) == "":
            size = _SIZE if len(wrap(name, in_face, _SIZE, label_width - 3 * MM)) == 1 else _SIZE * 0.8
            shown = wrap(name, in_face, size, label_width - 3 * MM)
            drawing.add(String(0, base, shown[0], fontName=in_face.name, fontSize=size))
        long = max(0.4, room * max(number, 0) / longest)
        drawing.add(Rect(label_width, y, long, _BAR, fillColor=Color(0, 0.439, 0.561), strokeColor=None))
        text = show_cell(section.columns[at], row[at], language)
        drawing.add(String(label_width + long + 1.5 * MM, base, text, fontName=in_face.name, fontSize=_SIZE))
    return drawing
