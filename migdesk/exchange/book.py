"""Book: a file of any accepted kind as sheets of rows. Refuses what cannot be read, and says what to do."""

from __future__ import annotations

import csv
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from migdesk.domain.errors import BadFile
from migdesk.exchange.givenfile import not_read, open_given
from migdesk.exchange.ods import peek_ods
from migdesk.exchange.peek import OUR_SHEETS, Marks, Outline, StrayCell, peek_sheet, read_outline
from migdesk.exchange.plaintext import detect_text, unguard
from migdesk.exchange.problem import address
from migdesk.i18n import N_

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell = str | float | int | bool | date | time | timedelta
"""A raw cell: blank is `""`, numbers are `float`, dates and times come typed (`datetime` is a `date`)."""

Span = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, rows and columns counted from 0."""

UNZIPPED_LIMIT = 700_000_000
"""Bytes a workbook may unfold to: about half a million rows of 20 cells."""

TEXT_LIMIT = 300_000_000
"""Bytes of a text file."""

_READABLE_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
_MOST_A_BYTE_UNFOLDS_TO = 1_032
_SAVE_AS = N_("Open it in Excel or LibreOffice and save it as .xlsx.")
_ASK_AGAIN = N_("Ask for the file again, or open it in Excel and save it anew.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the top, each with its number as the screen shows it, from column A on."""

    name: str
    grid: CalamineSheet | None
    text: TextFile | None = None
    marks: Marks = field(default_factory=Marks)
    merged: tuple[Span, ...] = ()

    @property
    def height(self) -> int:
        """Number of the last row that holds something; 0 for an empty sheet. Unknown (0) for text files."""
        return self.grid.end[0] + 1 if self.grid and self.grid.end else 0

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """All rows anew, blank ones too."""
        if self.text:
            yield from enumerate(self.text.rows(), 1)
        elif self.grid and self.grid.start:
            before: list[Cell] = [""] * self.grid.start[1]
            for number, cells in enumerate(self.grid.iter_rows(), 1):
                yield number, (before + cells if before else cells)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A .csv: encoding and delimiter as found."""

    path: Path
    encoding: str
    delimiter: str

    def rows(self) -> Iterator[list[Cell]]:
        """Rows as spreadsheets number them.

        Raises:
            BadFile: a quotation mark is never closed.
        """
        number = 0
        with self.path.open(encoding=self.encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
            try:
                for cells in reader:
                    number += 1
                    yield [unguard(text) for text in cells]
            except csv.Error:
                raise self._bad(
                    number + 1, N_("This row is damaged: a quotation mark is not closed.")
                ) from None
            except UnicodeDecodeError:
                raise self._bad(number + 1, N_("The letters of this row cannot be read.")) from None

    def _bad(self, row: int, text: str) -> BadFile:
        return BadFile(self.path, str(row), text, hint=N_("Open it in Excel and save it as .xlsx."))


class Book:
    """An open file. `kind` is xlsx, xls, ods or csv; `hidden` names sheets that Excel does not show.

    Our own help, lists and problems sheets are left out of `names`.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
        self.kind = kind
        self.names: tuple[str, ...] = ()
        self.hidden: frozenset[str] = frozenset()
        self.outline = Outline()
        self._ods_marks: dict[str, Marks] = {}
        self._text: TextFile | None = None
        self._calamine: CalamineWorkbook | None = None

    def close(self) -> None:
        """Let go of the file; sheets that were taken stay readable."""
        if self._calamine:
            self._calamine.close()

    def sheet(self, name: str) -> Sheet:
        """One sheet, read into memory.

        Raises:
            BadFile: it is damaged or has a stray cell.
        """
        if self._text:
            return Sheet(name, None, self._text)
        assert self._calamine is not None
        marks = self._marks(name)
        with _Reading(self.path, name):
            grid = self._calamine.get_sheet_by_name(name)
            return Sheet(name, grid, marks=marks, merged=tuple(grid.merged_cell_ranges or ()))

    def _marks(self, name: str) -> Marks:
        if self.kind != "xlsx":
            return self._ods_marks.get(name, Marks())
        part = self.outline.parts.get(name, "")
        with _Reading(self.path, name), zipfile.ZipFile(self.path) as archive:
            marks = peek_sheet(archive, part)
            for (row, column), error in marks.errors.items():
                if error not in _READABLE_ERRORS:
                    text = N_("The error {error} in this cell makes the sheet unreadable. Clear the cell.")
                    raise BadFile(self.path, f"{name}!{address(row, column)}", text, error=error)
            return marks

    def open(self, *, one_column: bool = False) -> Book:
        """Read what the file has besides its cells."""
        if self.kind == "csv":
            encoding, delimiter = detect_text(self.path, one_column=one_column)
            self._text = TextFile(self.path, encoding, delimiter)
            self.names = (self.path.stem,)
            return self
        from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook  # noqa: PLC0415 - on use

        with _Reading(self.path, ""):
            if self.kind in ("xlsx", "ods"):
                self._peek()
            # told a path, calamine believes the ending; a workbook often goes by the name of another kind
            with self.path.open("rb") as stream:
                is_named = self.path.suffix.lower() == f".{self.kind}"
                self._calamine = load_workbook(self.path if is_named else stream)
            told = [one for one in self._calamine.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        self.names = tuple(one.name for one in told if not one.name.startswith(OUR_SHEETS))
        self.hidden = frozenset(one.name for one in told if one.visible != SheetVisibleEnum.Visible)
        return self

    def _peek(self) -> None:
        with zipfile.ZipFile(self.path) as archive:
            if self.kind == "ods":
                self._ods_marks = peek_ods(archive)
            else:
                self.outline = read_outline(archive)


class _Reading:
    """Turns what readers raise on damaged files into `BadFile`."""

    def __init__(self, path: Path, sheet: str) -> None:
        self.path = path
        self.sheet = sheet

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, _trace: object
    ) -> None:
        if problem is None or isinstance(problem, BadFile):
            return
        if isinstance(problem, StrayCell):
            where = "!".join(part for part in (self.sheet, problem.cell) if part)
            raise BadFile(self.path, where, problem.text, hint=problem.hint) from None
        if type(problem).__name__ == "PasswordError":
            raise _encrypted(self.path) from None
        if _is_damage(problem):
            raise damaged(self.path, self.sheet) from None


def _is_damage(problem: BaseException) -> bool:
    from python_calamine import CalamineError  # noqa: PLC0415 - on use

    known = (CalamineError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError)
    # the Rust reader's own failures reach Python as a class that no module exports
    return isinstance(problem, (*known, KeyError, ValueError, EOFError, NotImplementedError)) or (
        type(problem).__name__ == "PanicException"
    )


def damaged(path: Path, place: str) -> BadFile:
    """The file is of a known kind and cannot be read."""
    return BadFile(path, place, N_("The workbook is damaged."), hint=_ASK_AGAIN)


def open_book(path: Path, *, one_column: bool = False) -> Book:
    """Open a workbook or a text file with columns; one column suffices when that is said.

    Raises:
        BadFile: not there, not a workbook, encrypted, damaged, or unfolding to more than a machine can hold.
    """
    try:
        with open_given(path) as stream:
            start, size = stream.read(4096), os.fstat(stream.fileno()).st_size
    except OSError as problem:
        raise not_read(path, problem) from None
    if path.name.startswith("~$"):
        raise BadFile(path, "", N_("This is the trace of a workbook open in Excel, not the workbook itself."))
    if not start:
        raise BadFile(path, "", N_("The file is empty."))
    return Book(path, _kind(path, start, size)).open(one_column=one_column)


def _kind(path: Path, start: bytes, size: int) -> str:
    if start.startswith(b"PK"):
        return _zip_kind(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole_kind(path)
    _refuse_pages(path, start)
    binary = b"\0" in start and not start.startswith(_TEXT_MARKS)
    if binary or path.suffix.lower() not in (".csv", ".txt", ".tsv"):
        raise BadFile(path, "", N_("This is not a workbook."), hint=_SAVE_AS)
    if size > TEXT_LIMIT:
        raise _too_large(path)
    return "csv"


_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def _refuse_pages(path: Path, start: bytes) -> None:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        raise BadFile(path, "", N_("This is a PDF, not a workbook."), hint=_ASK_AGAIN)
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<head")):
        raise BadFile(path, "", N_("This is a web page or XML with the name of a workbook."), hint=_SAVE_AS)


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            _refuse_bomb(path, archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError):
        raise damaged(path, "") from None
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise BadFile(path, "", N_("Binary workbooks (.xlsb) are not read."), hint=_SAVE_AS)
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    if "word/document.xml" in names:
        raise BadFile(path, "", N_("This is a Word document, not a workbook."), hint=_ASK_AGAIN)
    raise BadFile(path, "", N_("This is not a workbook."), hint=_SAVE_AS)


def _ole_kind(path: Path) -> str:
    if path.stat().st_size > TEXT_LIMIT:
        raise _too_large(path)
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _encrypted(path)
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    raise BadFile(path, "", N_("This is not a workbook."), hint=_SAVE_AS)


def _encrypted(path: Path) -> BadFile:
    return BadFile(
        path,
        "",
        N_("The workbook is encrypted with a password."),
        hint=N_("Open it in Excel with its password, save it without one, and try again."),
    )


def _too_large(path: Path) -> BadFile:
    return BadFile(
        path,
        "",
        N_("The file is too large to read: it unfolds to more than {limit} MB."),
        hint=N_("Divide it into several workbooks."),
        limit=UNZIPPED_LIMIT // 1_000_000,
    )


def _refuse_bomb(path: Path, archive: zipfile.ZipFile) -> None:
    """Sizes that the directory tells are believed only when the bytes could not unfold to too much."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > UNZIPPED_LIMIT:
        raise _too_large(path)
    if sum(part.compress_size for part in parts) * _MOST_A_BYTE_UNFOLDS_TO <= UNZIPPED_LIMIT:
        return
    with path.open("rb") as stream:
        left = UNZIPPED_LIMIT
        for part in parts:
            left -= _unfolded(stream, part, left)
            if left < 0:
                raise _too_large(path)


def _unfolded(stream: IO[bytes], part: zipfile.ZipInfo, limit: int) -> int:
    """How many bytes a part truly unfolds to; stops a little over the limit."""
    stream.seek(part.header_offset)
    header = stream.read(30)
    if len(header) < 30:
        raise zipfile.BadZipFile
    stream.seek(sum(struct.unpack("<HH", header[26:30])), io.SEEK_CUR)
    if part.compress_type != zipfile.ZIP_DEFLATED:
        return part.compress_size
    unfolding, total, left = zlib.decompressobj(-zlib.MAX_WBITS), 0, part.compress_size
    while left > 0 and total <= limit and not unfolding.eof:
        chunk = stream.read(min(65_536, left))
        if not chunk:
            break
        left -= len(chunk)
        while chunk and total <= limit:
            total += len(unfolding.decompress(chunk, 1 << 20))
            chunk = unfolding.unconsumed_tail
    return total
