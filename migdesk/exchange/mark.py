"""The same workbook back: every problem cell coloured and commented, and a sheet that lists them with links."""

from __future__ import annotations

import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migdesk.domain.finding import Finding, Severity
from migdesk.exchange.book import Book, open_book
from migdesk.exchange.header import SEARCHED_ROWS
from migdesk.exchange.outcells import FORMULA_STARTS
from migdesk.exchange.problem import Problem, column_number
from migdesk.exchange.tables import HEADER_FILL, OUR_SHEETS, set_text, sheet_name
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_, _, current_language, language

COLOURS = {Severity.BLOCK: "FFC7CE", Severity.WARN: "FFEB9C", Severity.NOTE: "DDEBF7"}
"""Fill of a marked cell by the gravest of its problems."""

WHOLE_LIMIT = 40_000_000
"""Bytes of XML up to which a workbook is marked as it is; of a larger one only the rows with problems return."""

COPIED_ROWS = 20_000
"""Rows of another kind of file that are copied whole."""

_GRAVITY = (Severity.BLOCK, Severity.WARN, Severity.NOTE)
_AUTHOR = OUR_SHEETS
_APART = "\n\u2014 MigDesk \u2014\n"


@dataclass(frozen=True, slots=True)
class Marked:
    """What came back: whether all rows are in it, and how many cells are marked."""

    whole: bool
    cells: int


def mark_workbook(source: Path, target: Path, problems: Iterable[Problem], *, lang: str = "") -> Marked:
    """Write a copy of a workbook with its problems marked; `target` may be the source itself.

    An .xlsx keeps its other content, except charts and drawings. Other kinds of file come back as .xlsx with
    their rows; so do very large ones, with only the rows that have problems. Marks of an earlier time go.

    Raises:
        BadFile: the source cannot be read or the target not written.
    """
    found = list(problems)
    book = open_book(source)
    try:
        opened = _open_whole(source) if book.kind == "xlsx" else None
        workbook, rows, whole = (opened, None, True) if opened else _copy(book, found)
    finally:
        book.close()
    with language(lang or current_language()), whole_file(target) as file:
        _forget_old_marks(workbook)
        placed = _mark_cells(workbook, found, rows)
        _list_problems(workbook, found, rows)
        workbook.save(file)
    return Marked(whole, placed)


def _open_whole(source: Path) -> Any:
    """The workbook with everything openpyxl keeps; `None` when it is too large or openpyxl refuses it."""
    import openpyxl  # noqa: PLC0415 - 0.1 s, only when a workbook is written
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    with zipfile.ZipFile(source) as archive:
        if sum(part.file_size for part in archive.infolist()) > WHOLE_LIMIT:
            return None
    try:
        with warnings.catch_warnings():
            # it warns of parts it will leave out; the docstring of `mark_workbook` tells which
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(source, keep_vba=source.suffix.lower() == ".xlsm")
    except (InvalidFileException, KeyError, ValueError, TypeError, IndexError, AttributeError):
        return None


Rows = Mapping[str, Mapping[int, int]]
"""By sheet: row of the source → row of the copy."""


def _copy(book: Book, problems: Sequence[Problem]) -> tuple[Any, Rows, bool]:
    """The cells of the sheets that have problems, in a new workbook."""
    import openpyxl  # noqa: PLC0415 - only when a workbook is written

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    wanted: dict[str, set[int]] = defaultdict(set)
    for problem in problems:
        wanted[problem.sheet].add(_row_of(problem.cell))
    rows: dict[str, dict[int, int]] = {}
    whole = True
    for name in [name for name in book.names if name in wanted] or book.names[:1]:
        taken = book.sheet(name)
        all_rows = sum(1 for _row in taken.rows()) <= COPIED_ROWS
        whole = whole and all_rows
        copied = workbook.create_sheet(sheet_name(name))
        places = rows.setdefault(name, {})
        for number, cells in taken.rows():
            if all_rows or number <= SEARCHED_ROWS or number in wanted[name]:
                places[number] = number if all_rows else len(places) + 1
                _copy_row(copied, places[number], cells)
    return workbook, rows, whole


def _copy_row(sheet: Any, row: int, cells: Sequence[object]) -> None:
    for at, value in enumerate(cells, 1):
        if isinstance(value, str):
            if value:
                set_text(sheet.cell(row, at), value)
                sheet.cell(row, at).number_format = "@"
        else:
            whole = isinstance(value, float) and value.is_integer()
            sheet.cell(row, at).value = int(value) if whole else value  # type: ignore[call-overload]


def _row_of(cell: str) -> int:
    digits = "".join(letter for letter in cell if letter.isdecimal())
    return int(digits) if digits else 0


def _column_of(cell: str) -> int:
    name = "".join(letter for letter in cell if letter.isalpha())
    return column_number(name) if name else -1


def _forget_old_marks(workbook: Any) -> None:
    """A workbook that comes the second time must not carry the marks of the first."""
    old = [sheet for sheet in workbook.worksheets if sheet.title.startswith(_list_title())]
    old += [sheet for sheet in workbook.worksheets if sheet.title.startswith(f"{OUR_SHEETS} !")]
    if not old:
        return
    for sheet in {sheet.title: sheet for sheet in old}.values():
        workbook.remove(sheet)
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                _forget_cell(cell)
