"""One column of a workbook or text file: numbers that name people or permits, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from pathlib import Path

from migdesk.domain.errors import BadFile
from migdesk.exchange.book import Cell, Sheet, open_book
from migdesk.exchange.header import SEARCHED_ROWS
from migdesk.exchange.problem import address, column_number
from migdesk.exchange.sheet import fold_header
from migdesk.i18n import N_

_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True, repr=False)
class NumberCell:
    """What stands in a cell, as text, and where: `Sheet1!B7`."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which column is meant: by name or letter when one is given, else by its heading or by what it holds."""

    column: str
    is_heading: Callable[[str], bool]
    is_number: Callable[[str], bool]


def read_numbers(path: Path, wanted: Wanted) -> list[NumberCell]:
    """The filled cells of the column that is meant, of the first sheet that has it, from below its heading on.

    Raises:
        BadFile: the file cannot be read, or has no such column.
    """
    book = open_book(path, one_column=True)
    try:
        shown = [name for name in book.names if name not in book.hidden] or list(book.names)
        for sheet in map(book.sheet, shown):
            if found := _find_column(sheet, wanted):
                return _cells(sheet, *found)
    finally:
        book.close()
    if wanted.column:
        raise BadFile(path, "", N_("There is no column “{name}”."), name=wanted.column)
    message = N_("No column with IINs, document or permit numbers is found.")
    raise BadFile(path, "", message, hint=N_("Name the column by its heading or its letter."))


def _find_column(sheet: Sheet, wanted: Wanted) -> tuple[int, int] | None:
    """The column, counted from 0, and the last row above its numbers."""
    top = list(islice(sheet.rows(), _LOOKED_AT))
    name = fold_header(wanted.column)
    for number, cells in top[:SEARCHED_ROWS]:
        for at, cell in enumerate(cells):
            text = cell if isinstance(cell, str) else ""
            if text and (fold_header(text) == name if name else wanted.is_heading(text)):
                return at, number
    if _LETTERS.fullmatch(wanted.column):
        at = column_number(wanted.column)
        rows = [number for number, cells in top if at < len(cells) and wanted.is_number(_text(cells[at]))]
        return (at, rows[0] - 1) if rows else None
    return None if wanted.column else _by_content(top, wanted)


def _by_content(top: Sequence[tuple[int, Sequence[Cell]]], wanted: Wanted) -> tuple[int, int] | None:
    """The first column of which most filled cells are numbers, when no heading tells."""
    width = max((len(cells) for _number, cells in top), default=0)
    for at in range(width):
        filled = [(number, _text(cells[at])) for number, cells in top if at < len(cells) and _text(cells[at])]
        rows = [number for number, text in filled if wanted.is_number(text)]
        if rows and len(rows) * 2 > len(filled):
            return at, rows[0] - 1
    return None


def _cells(sheet: Sheet, at: int, above: int) -> list[NumberCell]:
    return [
        NumberCell(text, f"{sheet.name}!{address(number, at)}")
        for number, cells in sheet.rows()
        if number > above and at < len(cells) and (text := _text(cells[at]))
    ]


def _text(cell: Cell) -> str:
    if isinstance(cell, bool | date | time | timedelta):
        return ""
    if isinstance(cell, float | int):
        return f"{cell:.0f}" if float(cell).is_integer() else str(cell)
    return " ".join(cell.split())
