"""The same workbook back: every problem cell coloured and commented, and a sheet that lists them with links."""

from __future__ import annotations

import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from migdesk.domain.errors import BadFile
from migdesk.domain.finding import Finding, Severity
from migdesk.exchange.book import Book, open_book
from migdesk.exchange.header import SEARCHED_ROWS
from migdesk.exchange.outcells import escaped
from migdesk.exchange.peek import OUR_SHEETS
from migdesk.exchange.problem import Problem, address, column_number, letters
from migdesk.exchange.tables import HEADER_FILL, set_text, sheet_name
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_, _, current_language, language

COLOURS = {Severity.BLOCK: "FFC7CE", Severity.WARN: "FFEB9C", Severity.NOTE: "DDEBF7"}
"""Fill of a marked cell by the gravest of its problems."""

WHOLE_LIMIT = 40_000_000
"""Bytes of XML up to which a workbook is marked as it is; of a larger one only the rows with problems return."""

COPIED_ROWS = 20_000
"""Rows of another kind of file that are copied whole."""

GRAVITY_WORDS = {
    Severity.BLOCK: N_("must be corrected"),
    Severity.WARN: N_("look again"),
    Severity.NOTE: N_("for information"),
}
"""How the sheet of problems calls each severity."""

_GRAVITY = (Severity.BLOCK, Severity.WARN, Severity.NOTE)
# openpyxl reads styles and properties too, and trips over damage there that the reader never sees
_OPENPYXL_TRIPS = (KeyError, ValueError, TypeError, IndexError, AttributeError, zipfile.BadZipFile)
_AUTHOR = f"{OUR_SHEETS} import"
_LIST_NAME = "_mdproblems"
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
    if target.suffix.lower() not in (".xlsx", ".xlsm"):
        raise BadFile(target, "", N_("A marked workbook is written as .xlsx."))
    book = open_book(source)
    try:
        macros = source.suffix.lower() == target.suffix.lower() == ".xlsm"
        opened = _open_whole(source, macros) if book.kind == "xlsx" else None
        workbook, rows, whole = (opened, None, True) if opened else _copy(book, found)
    finally:
        book.close()
    with language(lang or current_language()), whole_file(target) as file:
        _forget_old_marks(workbook)
        placed = _mark_cells(workbook, found, rows)
        _list_problems(workbook, found, rows)
        workbook.save(file)
    return Marked(whole, placed)


def _open_whole(source: Path, macros: bool) -> Any:
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
            return openpyxl.load_workbook(source, keep_vba=macros)
    except (InvalidFileException, ParseError, OSError, *_OPENPYXL_TRIPS):
        return None


Rows = Mapping[str, Mapping[int, int]]
"""By sheet: row of the source → row of the copy."""


def _copy(book: Book, problems: Sequence[Problem]) -> tuple[Any, Rows, bool]:
    """The cells of the sheets that have problems, in a new workbook."""
    import openpyxl  # noqa: PLC0415 - only when a workbook is written

    workbook: Any = openpyxl.Workbook()
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
    known = workbook.defined_names.pop(_LIST_NAME, None)
    if known is None:
        return
    for sheet in [sheet for sheet in workbook.worksheets if _reference(sheet.title) in known.attr_text]:
        workbook.remove(sheet)
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment:
                    _forget_cell(cell)


def _forget_cell(cell: Any) -> None:
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - with openpyxl

    own, apart, _ours = cell.comment.text.partition(_APART)
    if apart:
        cell.comment = _comment(own, cell.comment.author)
    elif cell.comment.author == _AUTHOR:
        cell.comment = None
    else:
        return
    cell.fill = PatternFill()


def _reference(title: str) -> str:
    quoted = title.replace("'", "''")
    return f"'{quoted}'!"


def _place(sheet: Any, problem: Problem, rows: Rows | None) -> str:
    """Where a problem stands in the copy: of a row its first cell, of a column its first word; of a sheet ""."""
    row, column = _row_of(problem.cell), _column_of(problem.cell)
    if row < 1 and column < 0:
        return ""
    if not row:
        filled = (one for one in range(1, SEARCHED_ROWS + 1) if sheet.cell(one, column + 1).value)
        return address(next(filled, 1), column)
    if rows is not None:
        row = rows.get(problem.sheet, {}).get(row, 1)
    return address(row, max(column, 0))


def _mark_cells(workbook: Any, problems: Sequence[Problem], rows: Rows | None) -> int:
    """Colour and comment each cell once, whatever the number of its problems; how many cells were marked."""
    by_cell: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        title = _title_in(workbook, problem.sheet)
        if title and (cell := _place(workbook[title], problem, rows)):
            by_cell[title, _unmerged(workbook[title], cell)].append(problem)
    for (title, cell), found in by_cell.items():
        _mark(workbook[title][cell], [problem.finding for problem in found])
    return len(by_cell)


def _title_in(workbook: Any, name: str) -> str:
    """The sheet's name in the copy, which may lack letters that Excel forbids; empty when it is not there."""
    return next((title for title in (name, sheet_name(name)) if title in workbook.sheetnames), "")


def _unmerged(sheet: Any, cell: str) -> str:
    """A cell inside a merged range cannot be marked: the range's first one is."""
    from openpyxl.cell.cell import MergedCell  # noqa: PLC0415 - with openpyxl

    if not isinstance(sheet[cell], MergedCell):
        return cell
    spans = (span for span in sheet.merged_cells.ranges if cell in span)
    return next((address(span.min_row, span.min_col - 1) for span in spans), cell)


def _mark(cell: Any, findings: Sequence[Finding]) -> None:
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - with openpyxl

    gravest = min((finding.severity for finding in findings), key=_GRAVITY.index)
    cell.fill = PatternFill("solid", COLOURS[gravest])
    words = "\n".join(dict.fromkeys(finding.words() for finding in findings))
    if cell.comment:
        cell.comment = _comment(f"{cell.comment.text}{_APART}{words}", cell.comment.author)
    else:
        cell.comment = _comment(words, _AUTHOR)


def _comment(text: str, author: str) -> Any:
    from openpyxl.comments import Comment  # noqa: PLC0415 - with openpyxl

    lines = text.count("\n") + len(text) // 38 + 1
    return Comment(escaped(text), author, height=min(24 + 18 * lines, 400), width=300)


def _list_problems(workbook: Any, problems: Sequence[Problem], rows: Rows | None) -> None:
    """The sheet of problems, the gravest first, each with a link to its cell."""
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - with openpyxl
    from openpyxl.workbook.defined_name import DefinedName  # noqa: PLC0415

    sheet = workbook.create_sheet(sheet_name(f"{OUR_SHEETS} \u2013 {_(N_('problems'))}"))
    name = DefinedName(_LIST_NAME, attr_text=f"{_reference(sheet.title)}$A:$A", hidden=True)
    workbook.defined_names[_LIST_NAME] = name
    titles = (N_("Sheet"), N_("Cell"), N_("How grave"), N_("What is wrong"))
    for at, (head, width) in enumerate(zip(titles, (24, 12, 16, 100), strict=True), 1):
        cell = sheet.cell(1, at)
        set_text(cell, _(head))
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", HEADER_FILL)
        sheet.column_dimensions[letters(at - 1)].width = width
    ordered = sorted(problems, key=_order)
    for row, problem in enumerate(ordered, 2):
        set_text(sheet.cell(row, 1), problem.sheet)
        set_text(sheet.cell(row, 2), problem.cell or "\u2014")
        set_text(sheet.cell(row, 3), _(GRAVITY_WORDS[problem.finding.severity]))
        set_text(sheet.cell(row, 4), problem.words())
        sheet.cell(row, 3).fill = PatternFill("solid", COLOURS[problem.finding.severity])
        if title := _title_in(workbook, problem.sheet):
            _link(sheet.cell(row, 2), title, _place(workbook[title], problem, rows))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:D{max(len(ordered) + 1, 2)}"


def _order(problem: Problem) -> tuple[int, int, int]:
    return _GRAVITY.index(problem.finding.severity), _row_of(problem.cell), _column_of(problem.cell)


def _link(cell: Any, title: str, place: str) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 - with openpyxl
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415

    if place:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{_reference(title)}{place}")
        cell.font = Font(color="0563C1", underline="single")
