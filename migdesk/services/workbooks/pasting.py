"""Rows copied from a spreadsheet: which column is which, what each cell means, and what was not taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from migdesk.domain.errors import Invalid
from migdesk.domain.fields import Code, Field, Text, Unreadable, spec
from migdesk.domain.finding import Finding, Severity, block
from migdesk.domain.ids import clean_document_number
from migdesk.domain.person import Membership, Person, TravelDocument
from migdesk.exchange.cells import CLEAR, Converter, Reading, Remarked, converter
from migdesk.exchange.daytext import DayAnswers
from migdesk.exchange.header import is_numbering
from migdesk.exchange.recognise import Recognition, recognise
from migdesk.exchange.sheet import SheetColumn, SheetSpec
from migdesk.i18n import N_, Worded, _
from migdesk.services.asked_values import PLACE
from migdesk.services.desk import Desk
from migdesk.services.law import load_panels
from migdesk.services.workbooks.import_people import named
from migdesk.services.workbooks.importing import SPEC, sheet_specs

FAMILY, RELATION = "family", "relation"
"""Names of the two cells of a row that are of no person: the mark of the family, and the relation to its head."""

MOST = 1000
"""Rows of one group; longer lists are workbooks to be imported."""

_SEARCHED = 6
"""A header stands in one of the first lines, below titles."""

_ENOUGH = 2
"""Column names that make a line a header."""

_NAMES = {"family.number": FAMILY, "membership.relation": RELATION, "address.place_text": "address.place"}
_FULL = "person.full_name"
_SHARED = ("arrival", "address", "host")
_NEEDED = ("person.surname", "person.birth_date", "person.sex", "person.citizenship", "document.number")
_SAY_NAME = ("person.surname", "person.surname_latin", _FULL)

Cells = dict[str, str]
"""Texts of one row by the names of its cells."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste holds. `shared` are columns of the part above with one value in all rows; `above` the labels
    of those with several, which are not taken; `extra` the headings nobody knows; `named` those of which
    somebody said what they are, with their cells; `missing` labels of columns that a group wants and the paste
    lacks; `skipped` lines above the header."""

    rows: tuple[Cells, ...]
    shared: Mapping[str, str] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    skipped: int = 0
    has_header: bool = False


def field_of(name: str) -> Field:
    """The field behind a cell of a row.

    Raises:
        KeyError: there is no such cell.
    """
    if name == FAMILY:
        return Text(N_("Family"), max=20)
    if name == RELATION:
        return spec(Membership, RELATION).field
    owner, _dot, attribute = name.partition(".")
    if owner == PLACE:
        return _detail_fields()[attribute]
    return spec({"person": Person, "document": TravelDocument}[owner], attribute).field


def is_table(text: str) -> bool:
    """Whether a copied text has several cells: rows or columns of a spreadsheet."""
    lines = _lines(text.strip())
    return len(lines) > 1 or any(len(line) > 1 for line in lines)


@cache
def _detail_fields() -> dict[str, Field]:
    """The fields of all purposes by key, as the first panel that has them words them."""
    panels = reversed(tuple(load_panels().values()))
    return {one.key: one.field for panel in panels for one in panel.fields}


@cache
def _detail_headings() -> dict[str, str]:
    """Words of a header that name a purpose's own field."""
    found: dict[str, str] = {}
    for one in (one for panel in load_panels().values() for one in panel.fields):
        label = one.field.label
        words = (one.key, *one.aliases, *(label.texts.values() if isinstance(label, Worded) else ()))
        for word in words:
            found.setdefault(word.casefold(), f"{PLACE}.{one.key}")
    return found


class CellReader:
    """What the text of a cell means, whoever wrote it: words of three languages, dates of any spreadsheet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._converters: dict[str, Converter] = {}

    @cached_property
    def _spec(self) -> SheetSpec:
        return next(one for one in sheet_specs() if one.code == SPEC)

    @cached_property
    def _columns(self) -> dict[str, SheetColumn]:
        return {_NAMES.get(column.target, column.target): column for column in self._spec.columns}

    def read(self, name: str, text: str) -> tuple[Any, Finding | None]:
        """The value of a cell (the field's empty value when it has none), and what must be said of it."""
        column = self._columns.get(name)
        of = column.field if column else field_of(name)
        if not text.strip():
            return of.empty, None
        value, told = self._convert(name, column, text)
        if told and told.severity is Severity.BLOCK:
            return of.empty, told
        if name == "document.number":
            value = clean_document_number(str(value))
        of_list = column.list if column and column.list else of.list if isinstance(of, Code) else ""
        if of_list:
            heard = self._desk.lists.hear(of_list, str(value))
            if heard.code is None:
                return of.empty, self._unknown(of_list, str(value))
            return heard.code, next(iter(heard.told(str(value))), told)
        try:
            return of.read(value, today=self._desk.today), told
        except Unreadable as wrong:
            return of.empty, block(wrong.code, wrong.text, None, **wrong.values)

    def label(self, name: str) -> str:
        """What a cell is called."""
        column = self._columns.get(name)
        return column.label if column else _(field_of(name).label)

    def paste(self, text: str, columns: Sequence[str], named: Mapping[str, str] | None = None) -> Pasted:
        """The rows of a copied table; without a header line its cells fill `columns` from the left.

        `named` are cells of a row by headings (casefolded) of which somebody said what they are.

        Raises:
            Invalid: more rows than a group takes.
        """
        lines = [line for line in _lines(text) if any(cell.strip() for cell in line)]
        if len(lines) > MOST:
            message = N_("{n} rows were pasted; a group takes {most}. Import the workbook instead.")
            raise Invalid([block("too_many", message, "rows", n=len(lines), most=MOST)])
        for at, line in enumerate(lines[:_SEARCHED]):
            found = recognise([" ".join(cell.split()) for cell in line], [self._spec])
            if found and found.spoken >= _ENOUGH:
                body = [one for one in lines[at + 1 :] if not is_numbering(one)]
                return self._with_header(found, body, at, named or {})
        return _without_header(lines, columns)

    def _with_header(
        self, found: Recognition, lines: Sequence[Sequence[str]], skipped: int, named: Mapping[str, str]
    ) -> Pasted:
        keys = self._spec.by_key
        targets = {at: keys[key].target for at, key in found.columns.items() if key in keys}
        places = {_NAMES.get(target, target): at for at, target in targets.items()}
        headings = [" ".join(one) for one in found.headings]
        details = {
            _detail_headings()[one.casefold()]: at
            for at, one in enumerate(headings)
            if at not in targets and one.casefold() in _detail_headings()
        }
        known = {*targets, *details.values()}
        said = {
            named[one.casefold()]: at
            for at, one in enumerate(headings)
            if at not in known and named.get(one.casefold(), "") not in {"", *places, *details}
        }
        own = {name: at for name, at in places.items() if name.partition(".")[0] not in _SHARED} | said
        own |= {name: at for name, at in details.items() if not _is_one_value(at, lines)}
        shared, above = self._shared({**places, **details}, own, lines)
        told = [one for at, one in enumerate(headings) if at not in known and at not in said.values()]
        return Pasted(
            rows=tuple(_row(own, line) for line in lines),
            shared=shared,
            above=above,
            extra=tuple(one for one in told if one),
            named={headings[at]: name for name, at in said.items()},
            missing=tuple(self.label(name) for name in _missing(own)),
            skipped=skipped,
            has_header=True,
        )

    def _shared(
        self, places: Mapping[str, int], own: Mapping[str, int], lines: Sequence[Sequence[str]]
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        """Columns of the part above: one value for all is taken there, several cannot be."""
        one_value: dict[str, str] = {}
        several: list[str] = []
        for name, at in places.items():
            if name in own:
                continue
            said = {line[at].strip() for line in lines if at < len(line)} - {""}
            if self._is_one(name, said) and not name.startswith("host."):
                one_value[name] = next(iter(said))
            elif said:
                several.append(self.label(name))
        return one_value, tuple(several)

    def _is_one(self, name: str, said: set[str]) -> bool:
        """Whether a column says one thing that can be read."""
        told = self.read(name, next(iter(said)))[1] if len(said) == 1 else None
        return len(said) == 1 and (told is None or told.severity is Severity.NOTE)

    def _convert(self, name: str, column: SheetColumn | None, text: str) -> tuple[object, Finding | None]:
        if column is None:
            return text, None
        if name not in self._converters:
            self._converters[name] = converter(column, Reading(self._desk.today), DayAnswers())
        value = self._converters[name](text)
        if isinstance(value, Remarked):
            return value.value, value.finding
        return ("" if value is CLEAR else value), None

    def _unknown(self, of_list: str, value: str) -> Finding:
        names = self._desk.lists.several(of_list, value)
        message = N_("“{value}” is not in the list.")
        if names:
            message = N_("“{value}” may mean {names}: write one of them.")
        return block("unknown_code", message, None, value=value, names="; ".join(names))


def _lines(text: str) -> list[list[str]]:
    """Cells as spreadsheets put them on the clipboard: tabs between, quotes round a cell with a line break."""
    try:
        return list(csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t"))
    except csv.Error:
        return [line.split("\t") for line in text.splitlines()]


def _is_one_value(at: int, lines: Sequence[Sequence[str]]) -> bool:
    """Whether a column says the same in all lines."""
    return len({line[at].strip() if at < len(line) else "" for line in lines}) == 1


def _without_header(lines: Sequence[Sequence[str]], columns: Sequence[str]) -> Pasted:
    wide = max((len(line) for line in lines), default=0)
    beyond = [
        at for at in range(len(columns), wide) if any(at < len(line) and line[at].strip() for line in lines)
    ]
    rows = tuple(
        {name: cell.strip() for name, cell in zip(columns, line, strict=False) if cell.strip()}
        for line in lines
    )
    return Pasted(rows, extra=tuple(str(at + 1) for at in beyond))


def _row(places: Mapping[str, int], line: Sequence[str]) -> Cells:
    cells = {name: line[at].strip() for name, at in places.items() if at < len(line) and line[at].strip()}
    full = cells.pop(_FULL, "")
    if not full:
        return cells
    person = named(Person(), full)
    said = {
        f"person.{name}": str(getattr(person, name))
        for name in ("surname", "given", "patronymic", "surname_latin", "given_latin")
    }
    return {name: text for name, text in said.items() if text} | cells


def _missing(own: Mapping[str, int]) -> list[str]:
    has_name = any(name in own for name in _SAY_NAME)
    return [name for name in _NEEDED if name not in own and not (has_name and name == "person.surname")]
