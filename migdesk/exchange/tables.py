"""Table: any list on its way out, and the two engines that write it as a workbook.

openpyxl writes up to 5 000 rows; above that XlsxWriter streams with flat memory. Both make the same file:
header in row 1, frozen, with a filter; hidden uid and rev; real dates; everything else as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from migdesk.domain.fields import Text
from migdesk.domain.listing import Column
from migdesk.exchange.outcells import (
    FORMULA_STARTS,
    CellKind,
    OutCell,
    Show,
    check_text,
    escaped,
    kind_of,
    needs_check,
)
from migdesk.exchange.peek import KEY_PREFIX
from migdesk.exchange.problem import letters
from migdesk.exchange.sheet import REV, UID

FORMATS = {
    CellKind.TEXT: "@",
    CellKind.NOTE: "General",
    CellKind.DAY: "dd.mm.yyyy",
    CellKind.MOMENT: "dd.mm.yyyy hh:mm",
    CellKind.WHOLE: "0",
}
"""Number formats."""

HEADER_FILL, HEADER_LINE = "E8EEF4", "9FB3C8"

_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_PIXELS_A_CHARACTER = 7


@dataclass(frozen=True)
class Table:
    """A list to be written: `code` names it when it comes back, `rows` give values in column order.

    With `identified` every row begins with the uid and rev of its record, so that an edited export finds it
    again. `total` is for progress and the choice of the engine. `show` gives names for codes of lists.
    """

    code: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    total: int
    identified: bool = False
    show: Show | None = None

    def all_columns(self) -> list[Column]:
        """The columns with uid and rev before them when rows are identified."""
        own = [Column(UID, Text("uid"), 90), Column(REV, Text("rev"), 40)] if self.identified else []
        return [*own, *self.columns]


@dataclass(frozen=True, slots=True)
class Head:
    """One column as written: key, header, kind, width in characters."""

    key: str
    label: str
    kind: CellKind
    width: int

    @property
    def is_hidden(self) -> bool:
        """Whether people need not see it."""
        return self.key in (UID, REV)


def heads(columns: Sequence[Column], labels: Sequence[str]) -> list[Head]:
    """The columns of a table with their headers in the language of the export."""
    return [
        Head(one.key, label, kind_of(one.field), max(6, one.width // _PIXELS_A_CHARACTER))
        for one, label in zip(columns, labels, strict=True)
    ]


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: 31 characters, without those Excel forbids."""
    plain = " ".join(_FORBIDDEN_IN_NAME.sub(" ", title).split())[:31].strip("' ")
    return plain or "List"


def key_name(code: str, key: str) -> str:
    """The defined name by which a column of our own workbook is known when it comes back."""
    return f"{KEY_PREFIX}{code}.{key}"


class Sink(Protocol):
    """Where rows of a workbook go; `row` counts from 2."""

    def write(self, row: int, cells: Sequence[OutCell]) -> None:
        """One row."""

    def finish(self, last_row: int) -> None:
        """Filter, names, and the file itself."""

    def abandon(self) -> None:
        """Let go of everything that is open."""


class SmallSink:
    """openpyxl, in memory."""

    def __init__(self, file: Path, table: Table, columns: Sequence[Head]) -> None:
        import openpyxl  # noqa: PLC0415 - 0.1 s, only when a workbook is written
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

        self.file, self.code, self.columns = file, table.code, columns
        self.book = openpyxl.Workbook()
        self.book.properties.title = table.title
        sheet = self.book.active
        assert sheet is not None
        self.sheet: Any = sheet
        self.sheet.title = sheet_name(table.title)
        self.sheet.freeze_panes = "A2"
        line = Border(bottom=Side("thin", HEADER_LINE))
        for at, head in enumerate(columns, 1):
            cell = self.sheet.cell(1, at)
            set_text(cell, head.label)
            cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", HEADER_FILL), line
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            column = self.sheet.column_dimensions[letters(at - 1)]
            column.width, column.hidden = head.width, head.is_hidden
            column.number_format = FORMATS[head.kind]

    def write(self, row: int, cells: Sequence[OutCell]) -> None:
        """One row."""
        for at, (head, value) in enumerate(zip(self.columns, cells, strict=True), 1):
            if value is None:
                continue
            cell = self.sheet.cell(row, at)
            if isinstance(value, str):
                if needs_check(value):
                    check_text(value, row, head.label)
                set_text(cell, value)
            else:
                cell.value = value
            cell.number_format = FORMATS[head.kind]

    def finish(self, last_row: int) -> None:
        """Filter, names, and the file itself."""
        from openpyxl.workbook.defined_name import DefinedName  # noqa: PLC0415 - with openpyxl

        last = letters(len(self.columns) - 1)
        self.sheet.auto_filter.ref = f"A1:{last}{max(last_row, 1)}"
        quoted = self.sheet.title.replace("'", "''")
        for at, head in enumerate(self.columns):
            name, column = key_name(self.code, head.key), letters(at)
            place = f"'{quoted}'!${column}:${column}"
            self.book.defined_names[name] = DefinedName(name, attr_text=place, hidden=True)
        self.book.save(self.file)

    def abandon(self) -> None:
        """Nothing is open."""


def set_text(cell: Any, text: str) -> None:
    """Text that stays text, whatever it begins with."""
    cell.value = escaped(text)
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


class LargeSink:
    """XlsxWriter, streaming: memory stays flat whatever the number of rows."""

    def __init__(self, file: Path, scratch: Path, table: Table, columns: Sequence[Head]) -> None:
        import xlsxwriter  # noqa: PLC0415 - only when a large workbook is written

        self.columns = columns
        title = table.title
        self.book = xlsxwriter.Workbook(str(file), {"constant_memory": True, "tmpdir": str(scratch)})
        self.book.set_properties({"title": title})
        name = sheet_name(title)
        self.sheet = self.book.add_worksheet(name)
        self.sheet.freeze_panes(1, 0)
        formats = {kind: self.book.add_format({"num_format": look}) for kind, look in FORMATS.items()}
        guarded = {
            kind: self.book.add_format({"num_format": look, "quote_prefix": True})
            for kind, look in FORMATS.items()
        }
        header = self.book.add_format(
            {"bold": True, "bg_color": f"#{HEADER_FILL}", "bottom": 1, "bottom_color": f"#{HEADER_LINE}"}
        )
        header.set_text_wrap()
        for at, head in enumerate(columns):
            options = {"hidden": True} if head.is_hidden else {}
            self.sheet.set_column(at, at, head.width, formats[head.kind], options)
            self.sheet.write_string(0, at, head.label, header)
            column = letters(at)
            quoted = name.replace("'", "''")
            self.book.define_name(key_name(table.code, head.key), f"='{quoted}'!${column}:${column}")
        self._formats = [formats[head.kind] for head in columns]
        self._guarded = [guarded[head.kind] for head in columns]

    def write(self, row: int, cells: Sequence[OutCell]) -> None:
        """One row."""
        sheet, row = self.sheet, row - 1
        for at, value in enumerate(cells):
            if value is None:
                continue
            if isinstance(value, str):
                if needs_check(value):
                    check_text(value, row + 1, self.columns[at].label)
                looks = self._guarded if value.startswith(FORMULA_STARTS) else self._formats
                sheet.write_string(row, at, value, looks[at])
            elif isinstance(value, date | datetime):
                sheet.write_datetime(row, at, value, self._formats[at])
            else:
                sheet.write_number(row, at, value, self._formats[at])

    def finish(self, last_row: int) -> None:
        """Filter, and the file itself."""
        from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - with xlsxwriter

        self.sheet.autofilter(0, 0, max(last_row - 1, 0), len(self.columns) - 1)
        try:
            self.book.close()
        except FileCreateError as problem:
            raise OSError(*problem.args) from None

    def abandon(self) -> None:
        """Close the stream, so that its file can be removed on Windows too."""
        self.book.fileclosed = True
        for sheet in self.book.worksheets():
            if sheet.row_data_fh:
                sheet.row_data_fh.close()
