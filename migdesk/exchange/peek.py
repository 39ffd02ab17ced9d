"""What calamine does not tell of an .xlsx: hidden rows and columns, error cells, formulas without a value,
machine keys, the epoch; and whether a stray or false address would make it reserve memory for a billion cells,
which ends the whole program: nothing can catch that.

The XML of a sheet is read by pattern in pieces that end with a row: 100 000 rows of 20 cells cost about half
a second, a parser six.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree

from migdesk.exchange.problem import column_number, letters
from migdesk.i18n import N_

LAST_ROW, LAST_COLUMN = 1_048_576, 16_383
"""Where a sheet of Excel ends; rows are counted from 1, columns from 0."""

CELLS_LIMIT = 15_000_000
"""Rows times columns that are still read; calamine reserves about 30 bytes for each."""

KEY_PREFIX = "_md."
"""Our workbooks name their columns `_md.<spec>.<key>`: the names follow a column that is moved."""

OUR_SHEETS = "MigDesk"
"""Sheets whose names begin so are ours: help, words of lists, problems. They are never read."""

_PIECE = 1 << 20
_WRITTEN = re.compile(rf"^{re.escape(KEY_PREFIX)}(\w+)\.([\w.]+)$")
_COLUMN = re.compile(r"^'?(.+?)'?!\$?([A-Z]{1,3})(?:\$?\d+)?(?::|$)")
_REF = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d+)""")
_WIDE_REF = re.compile(rb"""\sr\s*=\s*["']([A-Z]{2,3})\d""")
_USUAL_WIDE_REF = re.compile(rb""" r="([A-Z]{2,3})\d""")
_ODD_QUOTES = re.compile(rb"""r(?:=| =|= )(?:'| )""")
_USUAL_ROWS = 99_999
_UNUSUAL_REF = re.compile(rb"""r\s*=\s*["'](?![A-Z]{0,3}[1-9]\d{0,4}["'])([^"'<>]*)""")
"""Of rows and cells: what is no address at all, or one below the usual rows."""
_TAG_OF_REF = re.compile(rb"<(?:\w+:)?(?:c|row)\s(?:[^<]*\s)?\Z")
_ADDRESS = re.compile(rb"([A-Za-z]{0,3})([1-9]\d{0,6})")
_NUMBER = rb"""\s%s\s*=\s*["'](\d+)"""
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)""")
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_EMPTY_TEXT = re.compile(rb"""\st\s*=\s*["']str["']""")


class StrayCell(Exception):
    """A cell so far from the others that the sheet cannot be held in memory; `cell` is its address."""

    text = N_("This cell stands so far from the table that the sheet is too large to read.")
    hint = N_("Delete the rows and columns beyond the table, save, and try again.")

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


class NoSuchCell(StrayCell):
    """A row or cell with an address that no sheet has; `cell` is what stands there."""

    text = N_("A sheet has no cell of this address: the file is damaged or was not made by a spreadsheet.")
    hint = N_("Ask for the file again, or open it in Excel and save it anew.")


@dataclass(frozen=True, slots=True)
class Outline:
    """The workbook's own part: sheets and their files, the epoch, machine keys by sheet, spec and column."""

    parts: dict[str, str] = field(default_factory=dict)
    from_1904: bool = False
    written: dict[str, dict[str, dict[int, str]]] = field(default_factory=dict)


@dataclass(slots=True)
class Marks:
    """What else is known of a sheet; rows are counted from 1, columns from 0.

    `errors` maps a cell to its error (`#N/A`), `uncomputed` holds formulas whose value was never stored.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)


def read_outline(archive: zipfile.ZipFile) -> Outline:
    """Sheets, epoch and machine keys of a workbook.

    Raises:
        KeyError, ElementTree.ParseError: the workbook is damaged.
    """
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    files = {one.get("Id"): _part(one.get("Target", "")) for one in links}
    parts: dict[str, str] = {}
    written: dict[str, dict[str, dict[int, str]]] = {}
    from_1904 = False
    for one in book.iter():
        tag = one.tag.rpartition("}")[2]
        if tag == "sheet":
            parts[one.get("name", "")] = files.get(_relation(one.attrib), "")
        elif tag == "workbookPr":
            from_1904 = one.get("date1904") in ("1", "true")
        elif tag == "definedName":
            _take_name(written, one.get("name", ""), one.text or "")
    return Outline(parts, from_1904, written)


def _relation(attributes: Mapping[str, str]) -> str | None:
    """The sheet's link, whichever of the two namespaces (usual, strict) the program wrote."""
    return next((value for name, value in attributes.items() if name.endswith("}id")), None)


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _take_name(written: dict[str, dict[str, dict[int, str]]], name: str, ref: str) -> None:
    key, place = _WRITTEN.match(name), _COLUMN.match(ref.strip())
    if key and place:
        sheet = place[1].replace("''", "'")
        written.setdefault(sheet, {}).setdefault(key[1], {})[column_number(place[2])] = key[2]


def peek_sheet(archive: zipfile.ZipFile, part: str) -> Marks:
    """Marks of one sheet.

    Raises:
        StrayCell: reading the sheet would take more memory than an office's machine has.
        NoSuchCell: an address that no sheet has.
        KeyError: the workbook has no such part.
        ValueError: the sheet is not written in UTF-8, as every program writes it.
    """
    marks = Marks()
    last_row, last_column = 0, 0
    with archive.open(part) as stream:
        patterns = _Patterns(b"")
        for number, piece in enumerate(_pieces(stream)):
            if not number:
                if b"\0" in piece:
                    raise ValueError
                patterns = _Patterns(piece)
                _hidden_columns(patterns, piece, marks)
            rows = [int(found[1]) for found in patterns.row_number.finditer(piece)]
            last_row = max(last_row, *rows, *_unusual_rows(piece), 0)
            pattern = _WIDE_REF if patterns.odd else _USUAL_WIDE_REF
            wide = [column_number(name.decode()) for name in set(pattern.findall(piece))]
            last_column = max(last_column, 25, *wide)
            _take_marks(patterns, piece, marks)
    if max(last_row, _USUAL_ROWS) * (last_column + 1) > CELLS_LIMIT:
        with archive.open(part) as stream:
            _refuse_stray(patterns, stream)
    return marks


class _Patterns:
    """Patterns for one sheet: some programs write every tag with a prefix."""

    def __init__(self, start: bytes) -> None:
        root = re.search(rb"<(\w+:)?worksheet[\s>]", start)
        p = (root[1] or b"") if root else b""
        self.odd = bool(_ODD_QUOTES.search(start))
        self.row = re.compile(rb"<" + p + rb"row\s[^>]*>")
        self.row_number = re.compile(rb"<" + p + rb"row\s(?:[^>]*?\s)?r\s*=\s*[\"'](\d+)")
        self.column = re.compile(rb"<" + p + rb"col\s[^>]*>")
        f, v = p + rb"f", p + rb"v"
        formula = rb"<" + f + rb"(?:\s[^>]*)?(?:/>|>[^<]*</" + f + rb">)"
        self.error = re.compile(rb"<" + p + rb"c(\s[^>]*)>(?:" + formula + rb")?\s*<" + v + rb">([^<]*)<")
        self.formula_tag = b"<" + f
        self.uncomputed = re.compile(
            rb"<"
            + p
            + rb"c(\s[^>]*)>\s*"
            + formula
            + rb"\s*(?:<"
            + v
            + rb"\s*/>|<"
            + v
            + rb">\s*</"
            + v
            + rb">)?"
            rb"\s*</" + p + rb"c>"
        )
        self.filled = re.compile(rb"<" + p + rb"c(\s[^>]*)>\s*<" + p + rb"(?:v|is|f)\b")


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces of about a megabyte, each cut behind a row."""
    rest = b""
    while chunk := stream.read(_PIECE):
        whole = rest + chunk
        cut = whole.rfind(b"row>") + 4
        if cut < 4:
            rest = whole
            continue
        yield whole[:cut]
        rest = whole[cut:]
    yield rest


def _unusual_rows(piece: bytes) -> Iterator[int]:
    """Rows of the addresses below the usual ones, whatever row they stand in.

    Raises:
        NoSuchCell: no address at all, or beyond the end of a sheet.
    """
    for found in _UNUSUAL_REF.finditer(piece):
        tag = piece.rfind(b"<", 0, found.start())
        if not _TAG_OF_REF.match(piece, tag, found.start()):
            continue
        said = _ADDRESS.fullmatch(found[1])
        if not said or int(said[2]) > LAST_ROW or column_number(said[1].decode()) > LAST_COLUMN:
            raise NoSuchCell(found[1][:40].decode("utf-8", "replace"))
        yield int(said[2])


def _attribute(name: bytes, tag: bytes) -> int:
    found = re.search(_NUMBER % name, tag)
    return int(found[1]) if found else 0


def _hidden_columns(patterns: _Patterns, piece: bytes, marks: Marks) -> None:
    for tag in patterns.column.findall(piece):
        if _HIDDEN.search(tag):
            first, last = _attribute(b"min", tag), min(_attribute(b"max", tag), 16_384)
            marks.hidden_columns.update(range(first - 1, last))


def _take_marks(patterns: _Patterns, piece: bytes, marks: Marks) -> None:
    if b"hidden" in piece:
        tags = (tag for tag in patterns.row.findall(piece) if _HIDDEN.search(tag))
        marks.hidden_rows.update(_attribute(b"r", tag) for tag in tags)
    if b't="e"' in piece or b"t='e'" in piece:
        for found in patterns.error.finditer(piece):
            if _ERROR.search(found[1]) and (place := _place(found[1])):
                marks.errors[place] = found[2].decode("utf-8", "replace")
    if patterns.formula_tag in piece:
        for found in patterns.uncomputed.finditer(piece):
            if not _EMPTY_TEXT.search(found[1]) and (place := _place(found[1])):
                marks.uncomputed.add(place)


def _place(attributes: bytes) -> tuple[int, int] | None:
    found = _REF.search(attributes)
    return (int(found[2]), column_number(found[1].decode())) if found else None


def _refuse_stray(patterns: _Patterns, stream: IO[bytes]) -> None:
    """Look at the cells that hold something: formatted empty ones cost nothing."""
    row, column = (0, 0), (0, 0)
    for piece in _pieces(stream):
        for found in patterns.filled.finditer(piece):
            if place := _place(found[1]):
                row, column = max(row, place), max(column, (place[1], place[0]))
    if row[0] * (column[0] + 1) > CELLS_LIMIT:
        far = (row[0], row[1]) if column[0] < 200 else (column[1], column[0])
        raise StrayCell(f"{letters(far[1])}{far[0]}")
