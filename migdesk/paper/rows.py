"""Rows and tables of a form: labels, dotted lines, combs, boxes to tick, ruled tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from migdesk.paper.blocks import MM, Cell, RowBlock, TableBlock
from migdesk.paper.fitting import Fitted, flow, wrap
from migdesk.paper.fonts import face
from migdesk.paper.marks import Area, Box, Mark, Rule, Run, Strip, Tick
from migdesk.paper.setting import FILLED, Sheet
from migdesk.paper.values import Facts, Value

_GAP = 3 * MM
_CAPTION = 0.64
_BOX = 3.1 * MM
_PAD = 1.1 * MM


class Set(NamedTuple):
    """A set cell: its marks and its height below the top of the row."""

    marks: list[Mark]
    height: float


def row_strip(sheet: Sheet, row: RowBlock, left: float, right: float) -> Strip:
    """A row; it grows by as many lines as its longest value needs."""
    size = sheet.template.size
    marks: list[Mark] = []
    label_height = _label(sheet, row, (left, right), marks)
    top = label_height if row.above else 0
    start = left if row.above else left + row.label_width
    if row.number and (row.above or not row.label):
        start += size * 1.9
    total = sum(cell.share for cell in row.cells)
    room = right - start - _GAP * (len(row.cells) - 1)
    height = label_height
    for cell in row.cells:
        width = room * cell.share / total
        done = _cell(sheet, cell, (start, start + width), top)
        marks += done.marks
        height = max(height, top + done.height)
        start += width + _GAP
    return Strip(height + size * 0.12, marks)


def _label(sheet: Sheet, row: RowBlock, room: tuple[float, float], marks: list[Mark]) -> float:
    """Number and label; the height they take."""
    in_face = face("serif")
    size = sheet.template.size * 0.95
    base = sheet.template.size * 1.15
    left = room[0]
    if row.number:
        marks.append(Run(left, base, in_face, size, row.number))
        left += sheet.template.size * 1.9
    if not row.label:
        return 0
    edge = room[1] if row.above else room[0] + row.label_width - 1.5 * MM
    text = sheet.words(row.label, in_face)
    lines = wrap(text, in_face, size, edge - left)
    pitch = size * 1.18
    for n, line in enumerate(lines):
        marks.append(Run(left, base + n * pitch, in_face, size, line))
    return base + (len(lines) - 1) * pitch + size * 0.4


def _cell(sheet: Sheet, cell: Cell, room: tuple[float, float], top: float) -> Set:
    setters = {"plain": _plain, "comb": _comb, "ticks": _ticks}
    marks: list[Mark] = []
    base = top + sheet.template.size * 1.15
    left, right = room
    if cell.label:
        in_face = face("serif")
        size = sheet.template.size * 0.95
        text = sheet.words(cell.label, in_face).replace("\n", " ")
        marks.append(Run(left, base, in_face, size, text))
        left += in_face.width(text) * size + (1.2 if cell.style == "plain" else 2) * MM
    bottom = setters[cell.style](sheet, cell, (left, right, base), marks)
    if cell.value is not None:
        marks.append(Area(left, top, right - left, bottom - top, cell.value.name))
    if cell.caption:
        bottom = _caption(sheet, cell, (left, right, bottom), marks)
    return Set(marks, bottom - top)


def _plain(sheet: Sheet, cell: Cell, place: tuple[float, float, float], marks: list[Mark]) -> float:
    """The value on dotted lines; where the last of them ends."""
    left, right, base = place
    in_face = face(FILLED)
    size = sheet.template.size
    text = sheet.text(cell.value, in_face)
    if right - left < 4 * size:
        sheet.too_long(cell.value)
        return base
    fitted = flow(text, in_face, size, right - left - 1.6 * MM) if text else Fitted(size, ("",))
    pitch = size * 1.5
    drop = size * 0.3
    for n, line in enumerate(fitted.lines):
        y = base + n * pitch
        if line:
            marks.append(Run(left + 0.8 * MM, y, in_face, fitted.size, line))
        marks.append(Rule(left, y + drop, right, y + drop, 0.55, "dotted"))
    return base + (len(fitted.lines) - 1) * pitch + drop


def _comb(sheet: Sheet, cell: Cell, place: tuple[float, float, float], marks: list[Mark]) -> float:
    left, right, base = place
    in_face = face(FILLED)
    size = sheet.template.size
    text = sheet.text(cell.value, in_face)
    if len(text) > cell.count:
        sheet.too_long(cell.value)
        text = ""
    width = min(4.7 * MM, (right - left) / cell.count)
    comb(text, (left, base - size * 0.98, width * cell.count, size * 1.35), (cell.count, size), marks)
    return base + size * 0.37


def comb(
    text: str, room: tuple[float, float, float, float], shape: tuple[int, float], marks: list[Mark]
) -> None:
    """A row of boxes with one letter in each."""
    left, top, width, height = room
    count, size = shape
    in_face = face(FILLED)
    each = width / count
    marks.append(Box(left, top, width, height))
    for n in range(1, count):
        marks.append(Rule(left + n * each, top, left + n * each, top + height, 0.5))
    base = top + height / 2 + size * 0.35
    for n, letter in enumerate(text.replace("\n", " ")):
        x = left + n * each + (each - in_face.width(letter) * size) / 2
        marks.append(Run(x, base, in_face, size, letter))


def _ticks(sheet: Sheet, cell: Cell, place: tuple[float, float, float], marks: list[Mark]) -> float:
    """Boxes with their words, as many on a line as fit."""
    left, right, base = place
    in_face = face("serif")
    size = sheet.template.size * 0.95
    pitch = size * 1.45
    x, y = left, base
    for option in cell.options:
        words = sheet.words(option.words, in_face)
        lines = wrap(words, in_face, size, right - left - _BOX - 1.4 * MM)
        width = _BOX + 1.4 * MM + max(in_face.width(line) for line in lines) * size
        if x > left and x + width > right:
            x, y = left, y + pitch
        top = y - size * 0.36 - _BOX / 2
        marks.append(Box(x, top, _BOX, _BOX, None, 0.6))
        marks.append(Area(x, top, _BOX, _BOX, option.value.name))
        if sheet.holds(option.value):
            marks.append(Tick(x, top, _BOX))
        for n, line in enumerate(lines):
            marks.append(Run(x + _BOX + 1.4 * MM, y + n * size * 1.2, in_face, size, line))
        y += (len(lines) - 1) * size * 1.2
        x = right if len(lines) > 1 else x + width + 4.5 * MM
    return y + size * 0.35


def _caption(sheet: Sheet, cell: Cell, place: tuple[float, float, float], marks: list[Mark]) -> float:
    left, right, bottom = place
    in_face = face("serif")
    size = sheet.template.size * _CAPTION
    lines = wrap(sheet.words(cell.caption, in_face), in_face, size, right - left)
    for n, line in enumerate(lines):
        x = left + (right - left - in_face.width(line) * size) / 2
        marks.append(Run(x, bottom + size * (1.05 + 1.15 * n), in_face, size, line))
    return bottom + size * (0.25 + 1.15 * len(lines))


def table_strips(
    sheet: Sheet, table: TableBlock, left: float, right: float
) -> tuple[tuple[Strip, ...], list[Strip]]:
    """Head and rows of a table; rows that the list lacks up to `min_rows` stay empty to be written in."""
    total = sum(column.width for column in table.columns)
    edges = [left]
    for column in table.columns:
        edges.append(edges[-1] + (right - left) * column.width / total)
    head = _head_strips(sheet, table, edges)
    given = sheet.facts[table.rows] or ()
    assert isinstance(given, Sequence)
    rows = [
        _table_row(sheet, table, edges, sheet.with_row(table.rows, row), [c.value for c in table.columns])
        for row in given
    ]
    rows += [_ruled(edges, table.row_height, [], [], last=False) for _n in range(table.min_rows - len(rows))]
    return head, rows


def _head_strips(sheet: Sheet, table: TableBlock, edges: list[float]) -> tuple[Strip, ...]:
    in_face = face("serif")
    size = table.size * 0.95
    cells = []
    for column, left, right in zip(table.columns, edges, edges[1:], strict=False):
        text = sheet.words(column.title, in_face)
        cells.append(flow(text, in_face, size, right - left - 2 * _PAD))
    shades: list[Mark] = [Rule(edges[0], 0, edges[-1], 0, 0.5)]
    height = max(len(one.lines) * one.size * 1.15 for one in cells) + 2.4 * MM
    shades.insert(0, Box(edges[0], 0, edges[-1] - edges[0], height, 0.94))
    aligned = [(fitted, "center") for fitted in cells]
    strips = [_ruled(edges, height, aligned, shades, last=True)]
    if table.numbered:
        numbers = [(Fitted(size * 0.9, (str(n),)), "center") for n in range(1, len(cells) + 1)]
        strips.append(_ruled(edges, size * 1.35, numbers, [], last=True))
    return tuple(strips)


def _table_row(
    sheet: Sheet, table: TableBlock, edges: list[float], facts: Facts, values: list[Value | None]
) -> Strip:
    in_face = face(FILLED)
    cells = []
    areas: list[Mark] = []
    height = table.row_height
    for column, value, left, right in zip(table.columns, values, edges, edges[1:], strict=False):
        fitted = flow(sheet.text(value, in_face, facts), in_face, table.size, right - left - 2 * _PAD)
        cells.append((fitted, column.align))
        height = max(height, len(fitted.lines) * fitted.size * 1.18 + 1.6 * MM)
        if value is not None:
            areas.append(Area(left, 0, right - left, table.row_height, value.name))
    return _ruled(edges, height, cells, areas, last=False)


def _ruled(
    edges: list[float], height: float, cells: list[tuple[Fitted, str]], marks: list[Mark], *, last: bool
) -> Strip:
    """One line of a table with its rules; `last` keeps it with the next one."""
    in_face = face("serif" if last else FILLED)
    done = list(marks)
    done += [Rule(x, 0, x, height, 0.5) for x in edges]
    done.append(Rule(edges[0], height, edges[-1], height, 0.5))
    for (fitted, align), left, right in zip(cells, edges, edges[1:], strict=False):
        pitch = fitted.size * (1.15 if last else 1.18)
        base = (height - len(fitted.lines) * pitch) / 2 + fitted.size * 0.9
        for n, line in enumerate(fitted.lines):
            spare = right - left - 2 * _PAD - in_face.width(line) * fitted.size
            shift = {"left": 0.0, "center": spare / 2, "right": spare}[align]
            done.append(Run(left + _PAD + shift, base + n * pitch, in_face, fitted.size, line))
    return Strip(height, done, keep_next=last)
