"""Read a workbook: rows with the addresses of their cells, values by column, and everything that is odd.

The cells stay in the reader's memory and the rows are made one by one: 100 000 rows of 20 cells take about
190 MB while they are read. A reading can be gone through as often as needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from migdesk.domain.errors import BadFile
from migdesk.domain.finding import Finding, block
from migdesk.exchange.book import Book, Cell, Sheet, open_book
from migdesk.exchange.cells import Converter, Reading, Remarked, converter, identity_column
from migdesk.exchange.daytext import DayAnswers
from migdesk.exchange.header import SEARCHED_ROWS, Header, KnownColumns, find_header, is_numbering
from migdesk.exchange.problem import Problem, address
from migdesk.exchange.recognise import Recognition
from migdesk.exchange.remarks import (
    OtherSheet,
    duplicate_column,
    other_sheet_problems,
    sheet_problems,
)
from migdesk.exchange.sheet import REV, UID, SheetSpec
from migdesk.exchange.survey import ColumnDoubt, take_census
from migdesk.i18n import N_

Step = Callable[[int, int], None]
"""Told every 1 000 rows: rows done, rows in all (0 when unknown). May raise `Cancelled`."""

STEP = 1_000


@dataclass(frozen=True, slots=True)
class Answers:
    """What the operator decided: which sheet, in which row the header begins, which column is which (`None`
    sets one aside), by column key how its text dates are to be read, and whether people who are registered at
    another address have moved from there."""

    sheet: str = ""
    header_row: int = 0
    mapping: Mapping[int, str | None] = field(default_factory=dict)
    days: Mapping[str, DayAnswers] = field(default_factory=dict)
    moves: bool = False


class Row:
    """One row: `values` by column key without blank cells, and the problems of its cells."""

    __slots__ = ("_cells", "_reading", "hidden", "number", "problems", "values")

    def __init__(self, reading: SheetReading, number: int, cells: list[Cell]) -> None:
        self._reading = reading
        self._cells = cells
        self.number = number
        self.hidden = number in reading.hidden_rows
        self.values: dict[str, object] = {}
        self.problems: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        """Only where it is: a row holds personal data."""
        return f"<Row {self.number}>"

    @property
    def uid(self) -> str:
        """Identity of the record it was exported from; empty for a new row."""
        return str(self.values.get(UID, ""))

    @property
    def rev(self) -> int | None:
        """Revision of the record when it was exported; `None` when it is not told or not a number."""
        text = str(self.values.get(REV, ""))
        return int(text) if text.isdecimal() else None

    def has(self, key: str) -> bool:
        """Whether the sheet has a column for the key, filled in this row or not."""
        return key in self._reading.keys

    def raw(self, key: str) -> Cell:
        """The cell as the file holds it; `""` when blank.

        Raises:
            KeyError: the sheet has no such column.
        """
        at = self._reading.place(key)
        return self._cells[at] if at < len(self._cells) else ""

    def address(self, key: str) -> str:
        """Address of the cell: D17.

        Raises:
            KeyError: the sheet has no such column.
        """
        return address(self.number, self._reading.place(key))

    def problem(self, key: str, finding: Finding) -> Problem:
        """A finding of somebody else about this row: at the key's cell, or at the row when it has none."""
        return self._reading.problem(self.number, key, finding)


class SheetReading:
    """One recognised sheet of a file.

    `problems` are those of the sheet and its columns; `doubts` wait for an answer; `others` are the sheets
    that were not read.
    """

    def __init__(self, book: Book, sheet: Sheet, header: Header, answers: Answers, today: date) -> None:
        self.path: Path = book.path
        self.kind = book.kind
        self.sheet = sheet.name
        self.spec: SheetSpec = header.recognition.spec
        self.recognition: Recognition = header.recognition
        self.header_rows = (header.first_row, header.last_row)
        self.hidden_rows = sheet.marks.hidden_rows
        self.others: tuple[OtherSheet, ...] = ()
        self._grid = sheet
        self._places = {key: at for at, key in self.recognition.columns.items()}
        columns = [
            (at, self.spec.by_key.get(key) or identity_column(key))
            for at, key in self.recognition.columns.items()
        ]
        census = take_census(self._rows(), columns)
        reading = Reading(today, book.outline.from_1904)
        self._plan: list[tuple[int, str, Converter]] = []
        for at, column in columns:
            said = census.answers_for(column.key, answers.days.get(column.key, DayAnswers()))
            self._plan.append((at, column.key, converter(column, reading, said)))
        self._duplicates = [one for one in self.recognition.unclear if len(one.keys) == 1]
        self.doubts: tuple[ColumnDoubt, ...] = census.doubts(answers.days)
        self.problems: tuple[Problem, ...] = sheet_problems(book, sheet, header, census)

    def __repr__(self) -> str:
        """Kind and spec only."""
        return f"<SheetReading {self.kind} as {self.spec.code}>"

    @property
    def code(self) -> str:
        """Code of the spec."""
        return self.spec.code

    @property
    def keys(self) -> Mapping[str, int]:
        """Place of every read column, counted from 0."""
        return self._places

    @property
    def shape(self) -> str:
        """The header without case and punctuation: by it a mapping is remembered."""
        return self.recognition.shape

    @property
    def height(self) -> int:
        """Rows below the header up to the last that holds something; 0 when unknown (text files)."""
        return max(0, self._grid.height - self.header_rows[1])

    def place(self, key: str) -> int:
        """Column of a key, counted from 0.

        Raises:
            KeyError: the sheet has no such column.
        """
        return self._places[key]

    def problem(self, number: int, key: str, finding: Finding) -> Problem:
        """A finding about a row that was read: at the key's cell, or at the row when it has none."""
        at = self._places.get(key)
        return Problem(self.sheet, str(number) if at is None else address(number, at), finding)

    def rows(self, step: Step | None = None) -> Iterator[Row]:
        """Every row that holds something, hidden ones too, anew on each call.

        Raises:
            Cancelled: `step` raised it.
            BadFile: a row of a text file is damaged.
        """
        done = 0
        for number, cells in self._rows():
            if not any(_is_filled(cell) for cell in cells) and not self._marked(number):
                continue
            yield self._row(number, cells)
            done += 1
            if step and not done % STEP:
                step(done, self.height)
        if step:
            step(done, done)

    def _rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Rows below the header; a row that numbers the columns is part of it."""
        last = self.header_rows[1]
        for number, cells in self._grid.rows():
            if number > last and not (number == last + 1 and is_numbering(cells)):
                yield number, cells

    def _marked(self, number: int) -> bool:
        marks = self._grid.marks
        if not marks.errors and not marks.uncomputed:
            return False
        return any(
            (number, at) in marks.errors or (number, at) in marks.uncomputed
            for at in self.recognition.columns
        )

    def _row(self, number: int, cells: list[Cell]) -> Row:
        row = Row(self, number, cells)
        values, width = row.values, len(cells)
        problems: list[Problem] = []
        for at, key, read in self._plan:
            raw = cells[at] if at < width else ""
            if raw == "":
                if finding := self._unread(number, at, key):
                    problems.append(Problem(self.sheet, address(number, at), finding))
                continue
            value = read(raw)
            if type(value) is Remarked:
                problems.append(Problem(self.sheet, address(number, at), value.finding))
                value = value.value
            if value is not None and value != "":
                values[key] = value
        problems += self._undecided(number, cells)
        if not values and not problems:
            finding = block("stray_row", N_("This row has something only in columns that are not read."))
            problems.append(Problem(self.sheet, str(number), finding))
        row.problems = tuple(problems)
        return row

    def _undecided(self, number: int, cells: list[Cell]) -> Iterator[Problem]:
        """What stands in columns of one heading: the row waits for the answer which of them is meant."""
        for one in self._duplicates:
            filled = [at for at in one.columns if at < len(cells) and _is_filled(cells[at])]
            if filled:
                column = self.spec.by_key.get(one.keys[0])
                finding = duplicate_column(one, column.label if column else one.keys[0])
                yield Problem(self.sheet, address(number, filled[0]), finding)

    def _unread(self, number: int, at: int, key: str) -> Finding | None:
        """Why a cell looks blank to the reader though it is not."""
        marks = self._grid.marks
        if error := marks.errors.get((number, at)):
            return block(
                "error_cell", N_("The cell holds the error {error} instead of a value."), key, error=error
            )
        if (number, at) in marks.uncomputed:
            return block(
                "formula_uncomputed",
                N_("The formula in this cell has no stored value. Open the file in Excel and save it."),
                key,
            )
        return None


def _is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


def read_workbook(
    path: Path, specs: Sequence[SheetSpec], *, today: date, answers: Answers | None = None
) -> SheetReading:
    """Open a file, choose the sheet and the spec that fit best, and read it.

    `today` decides the century of two-digit years that nobody was asked about.

    Raises:
        BadFile: cannot be read, is empty, or no sheet is recognised: says which file, sheet and why.
    """
    answers = answers or Answers()
    book = open_book(path)
    try:
        chosen, others = _choose(book, specs, answers)
        reading = SheetReading(book, *chosen, answers, today)
    finally:
        book.close()
    reading.others = others
    reading.problems += other_sheet_problems(others)
    return reading


def _choose(
    book: Book, specs: Sequence[SheetSpec], answers: Answers
) -> tuple[tuple[Sheet, Header], tuple[OtherSheet, ...]]:
    """The sheet whose header is known best; a hidden one only when nothing else fits or it was asked for."""
    names = _named(book, answers.sheet)
    best: tuple[Sheet, Header] | None = None
    others: list[OtherSheet] = []
    for name in names:
        sheet = book.sheet(name)
        known = KnownColumns(book.outline.written.get(name, {}), answers.mapping, answers.header_row)
        header = find_header(sheet, specs, known)
        if header is None:
            others.append(OtherSheet(name, is_empty=_is_empty(sheet), fits=False))
        elif best is None or _rank(book, sheet, header) > _rank(book, *best):
            if best:
                others.append(OtherSheet(best[0].name, is_empty=False, fits=True))
            best = sheet, header
        else:
            others.append(OtherSheet(name, is_empty=False, fits=True))
    if best is None:
        raise _unrecognised(book, others)
    return best, tuple(others)


def _named(book: Book, wanted: str) -> tuple[str, ...]:
    if not wanted:
        return book.names
    if wanted not in book.names:
        raise BadFile(book.path, wanted, N_("The workbook has no such sheet."))
    return (wanted,)


def _rank(book: Book, sheet: Sheet, header: Header) -> tuple[bool, tuple[int, int, int]]:
    return sheet.name not in book.hidden, header.recognition.score


def _is_empty(sheet: Sheet) -> bool:
    return not any(_is_filled(cell) for _number, cells in sheet.rows() for cell in cells)


def _unrecognised(book: Book, others: list[OtherSheet]) -> BadFile:
    if all(one.is_empty for one in others):
        return BadFile(book.path, ", ".join(book.names), N_("The sheet is empty."))
    return BadFile(
        book.path,
        ", ".join(one.name for one in others if not one.is_empty),
        N_("No header with known columns was found in the first {n} rows."),
        hint=N_("Use the template, or tell which column is which."),
        n=SEARCHED_ROWS,
    )
