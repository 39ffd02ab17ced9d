"""The lists of the program as SQL: ids by an index first, the rows of a page when they are seen."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.batch import Batch
from migdesk.domain.case import Case
from migdesk.domain.fields import Field, Moment, Text, Whole, spec
from migdesk.domain.listing import Column, Filter, Look, Query, Test
from migdesk.domain.party import Address, Party
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.printout import Printout
from migdesk.domain.quota import Allotment, Quota, Reservation
from migdesk.i18n import N_
from migdesk.store.database import Store
from migdesk.store.search import match_expression


@dataclass(frozen=True, slots=True)
class _Cell:
    """A column and the SQL behind it; `joined` when it needs more than the base table."""

    column: Column
    sql: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list: base table under the name `t`, joins for its rows, and its usual order by an index."""

    table: str
    joins: str
    cells: tuple[_Cell, ...]
    order: str
    words: str = ""
    live: str = "t.annulled_on IS NULL"


def _cell(cls: type, name: str, width: int, sql: str = "", **more: Any) -> _Cell:
    field = spec(cls, name).field
    align = "right" if isinstance(field, Whole) else "left"
    look = more.pop("look", Look.PLAIN)
    key = more.pop("key", name)
    return _Cell(
        Column(key, more.pop("field", field), width, align, look=look), sql or f't."{name}"', joined=bool(sql)
    )


def _made(key: str, field: Field, width: int, sql: str, *, joined: bool = True) -> _Cell:
    align = "right" if isinstance(field, Whole) else "left"
    return _Cell(Column(key, field, width, align), sql, joined)


_NAME = (
    "CASE WHEN p.surname || p.given <> '' THEN trim(p.surname || ' ' || p.given || ' ' || p.patronymic) "
    "WHEN p.surname_latin || p.given_latin <> '' THEN trim(p.surname_latin || ' ' || p.given_latin) "
    "ELSE p.document_name END"
)
_NAME_FIELD = Text(N_("Name"))
_PERSON = 'JOIN person p ON p.uid = t."person"'
_DOCUMENT = (
    "(SELECT d.number FROM document d WHERE d.person = {} AND d.annulled_on IS NULL "
    "ORDER BY d.expires_on DESC, d.id DESC LIMIT 1)"
)


def _name(sql: str = _NAME, *, joined: bool = True) -> _Cell:
    return _made("name", _NAME_FIELD, 240, sql, joined=joined)


_OWN_WORDS = "t.id IN (SELECT rowid FROM {0}_search WHERE {0}_search MATCH ?)"
_PERSON_WORDS = (
    "t.person IN (SELECT uid FROM person WHERE id IN "
    "(SELECT rowid FROM person_search WHERE person_search MATCH ?))"
)

LISTS: dict[str, ListSpec] = {
    "people": ListSpec(
        "person",
        "",
        (
            _name(_NAME.replace("p.", "t."), joined=False),
            _made(
                "latin",
                Text(N_("Name in Latin")),
                190,
                "trim(t.surname_latin || ' ' || t.given_latin)",
                joined=False,
            ),
            _cell(Person, "birth_date", 100),
            _cell(Person, "sex", 70),
            _cell(Person, "citizenship", 130),
            _cell(Person, "iin", 120),
            _Cell(
                Column("document", spec(TravelDocument, "number").field, 120, sortable=False),
                _DOCUMENT.format("t.uid"),
                joined=True,
            ),
            _cell(Person, "ethnicity", 110),
            _cell(Person, "phone", 130),
            _cell(Person, "state", 110, look=Look.STATE),
        ),
        "t.sort_key",
        words=_OWN_WORDS.format("person"),
    ),
    "arrivals": ListSpec(
        "arrival",
        f"{_PERSON} LEFT JOIN address ad ON ad.uid = t.address LEFT JOIN party h ON h.uid = t.host",
        (
            _cell(Arrival, "number", 130),
            _name(),
            _cell(Person, "citizenship", 120, "p.citizenship"),
            _cell(Arrival, "purpose", 120),
            _cell(Arrival, "arrived_on", 100),
            _cell(Arrival, "entered_on", 100),
            _cell(Address, "place", 160, "ad.place"),
            _cell(Party, "name", 180, "h.name", key="host", field=Text(N_("Receiving person"))),
            _cell(Arrival, "notice_due", 120, look=Look.DUE),
            _cell(Arrival, "notified_on", 110),
            _cell(Arrival, "stay_until", 120, look=Look.DUE),
            _cell(Arrival, "left_on", 100),
            _cell(Arrival, "state", 110, look=Look.STATE),
        ),
        "t.id DESC",
        words=_PERSON_WORDS,
    ),
    "parties": ListSpec(
        "party",
        "LEFT JOIN address ad ON ad.uid = t.address",
        (
            _cell(Party, "name", 260),
            _cell(Party, "number", 120),
            _cell(Party, "kind", 110),
            _cell(Party, "role", 110),
            _cell(Party, "activity", 160),
            _cell(Address, "place", 180, "ad.place"),
            _cell(Party, "phone", 130),
        ),
        "t.sort_key",
        words=_OWN_WORDS.format("party"),
    ),
    "cases": ListSpec(
        "cases",
        _PERSON,
        (
            _cell(Case, "number", 130),
            _cell(Case, "service", 200),
            _name(),
            _cell(Person, "citizenship", 120, "p.citizenship"),
            _cell(Case, "persons", 70),
            _cell(Case, "applied_on", 100),
            _cell(Case, "due_on", 120, look=Look.DUE),
            _cell(Case, "state", 110, look=Look.STATE),
            _cell(Case, "decided_on", 100),
            _cell(Case, "certificate", 140),
        ),
        "t.id DESC",
        words=_PERSON_WORDS,
    ),
    "permits": ListSpec(
        "permit",
        f"{_PERSON} LEFT JOIN party h ON h.uid = t.employer",
        (
            _cell(Permit, "number", 140),
            _cell(Permit, "kind", 180),
            _cell(Permit, "category", 80),
            _name(),
            _cell(Person, "citizenship", 120, "p.citizenship"),
            _cell(Party, "name", 180, "h.name", key="employer", field=Text(N_("Employer"))),
            _cell(Permit, "valid_from", 100),
            _cell(Permit, "valid_until", 120, look=Look.DUE),
            _cell(Permit, "state", 120, look=Look.STATE),
        ),
        "t.id DESC",
        words=_PERSON_WORDS,
    ),
    "reservations": ListSpec(
        "reservation",
        'JOIN quota q ON q.uid = t.quota LEFT JOIN person p ON p.uid = t."person"',
        (
            _cell(Quota, "stream", 140, "q.stream"),
            _cell(Quota, "year", 70, "q.year"),
            _cell(Quota, "region", 160, "q.region"),
            _cell(Quota, "category", 80, "q.category"),
            _name(),
            _cell(Reservation, "units", 70),
            _cell(Reservation, "reserved_on", 100),
            _cell(Reservation, "used_on", 100),
            _cell(Reservation, "released_on", 100),
            _cell(Reservation, "state", 110, look=Look.STATE),
        ),
        "t.id DESC",
    ),
    "allotments": ListSpec(
        "allotment",
        "JOIN quota q ON q.uid = t.quota",
        (
            _cell(Quota, "stream", 140, "q.stream"),
            _cell(Quota, "year", 70, "q.year"),
            _cell(Quota, "region", 160, "q.region"),
            _cell(Quota, "category", 80, "q.category"),
            _cell(Allotment, "kind", 120),
            _cell(Allotment, "units", 80),
            _cell(Allotment, "given_on", 100),
            _cell(Allotment, "act", 300),
        ),
        "t.id DESC",
    ),
    "printouts": ListSpec(
        "printout",
        "",
        (
            _cell(Printout, "number", 140),
            _cell(Printout, "form", 200),
            _cell(Printout, "revision", 90),
            _cell(Printout, "language", 70),
            _cell(Printout, "copy", 60),
            _cell(Printout, "pages", 60),
            _cell(Printout, "printed_at", 140),
            _cell(Printout, "digest", 120),
        ),
        "t.id DESC",
    ),
    "batches": ListSpec(
        "batch",
        "",
        (
            _cell(Batch, "number", 120),
            _cell(Batch, "file", 240),
            _cell(Batch, "taken_at", 140),
            _cell(Batch, "read", 80),
            _cell(Batch, "added", 90),
            _cell(Batch, "changed", 90),
            _cell(Batch, "unchanged", 100),
            _cell(Batch, "skipped", 90),
            _cell(Batch, "failed", 90),
        ),
        "t.id DESC",
    ),
    "journal": ListSpec(
        "op",
        "",
        (
            _made("at", Moment(N_("When")), 140, "t.at", joined=False),
            _made("code", Text(N_("What was done")), 220, "t.code", joined=False),
            _made("operator", Text(N_("Operator")), 160, "t.operator", joined=False),
            _made("machine", Text(N_("Machine")), 120, "t.machine", joined=False),
            _made(
                "changes",
                Whole(N_("Changes")),
                90,
                "(SELECT count(*) FROM change c WHERE c.op = t.id)",
            ),
        ),
        "t.id DESC",
        live="1",
    ),
}


class StoreListing:
    """A list over one office's file; makes SQL from the columns it declares and nothing else."""

    def __init__(self, store: Store, query: Query) -> None:
        self._store = store
        self._spec = LISTS[query.name]
        self._query = query
        self._cells = {cell.column.key: cell for cell in self._spec.cells}
        self.columns = tuple(cell.column for cell in self._spec.cells)
        # most columns are text, which is shown as it is stored: only the others are read by their field
        fields = enumerate(column.field for column in self.columns)
        self._readers = [(at, one.from_sql) for at, one in fields if type(one).from_sql is not Field.from_sql]

    def first(self, limit: int) -> list[int]:
        """Row ids of the first page."""
        sql, args = self._ids_sql()
        return [row[0] for row in self._store.rows(f"{sql} LIMIT ?", [*args, limit])]

    def ids(self) -> array[int]:
        """All row ids in order."""
        sql, args = self._ids_sql()
        return array("q", (row[0] for row in self._store.rows(sql, args)))

    def count(self) -> int:
        """How many rows there are."""
        joins, where, args = self._where()
        return int(self._store.value(f'SELECT count(*) FROM "{self._spec.table}" t {joins} {where}', args))

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Values of these rows in this order; a row that is gone meanwhile is left out."""
        return self._read(ids)

    def identified_rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """The same rows, each beginning with the uid and rev of its record: what an export carries."""
        return self._read(ids, "t.uid", "t.rev")

    def _read(self, ids: Sequence[int], *before: str) -> list[tuple[Any, ...]]:
        columns = ", ".join(["t.id", *before, *(cell.sql for cell in self._spec.cells)])
        rows = self._store.rows(
            f'SELECT {columns} FROM "{self._spec.table}" t {self._spec.joins} '
            f"WHERE t.id IN ({','.join('?' * len(ids))})",
            list(ids),
        )
        readers = [(at + len(before), read) for at, read in self._readers]
        found: dict[int, tuple[Any, ...]] = {}
        for row_id, *values in rows:
            for at, read in readers:
                values[at] = read(values[at])
            found[row_id] = tuple(values)
        return [found[row_id] for row_id in ids if row_id in found]

    def uid(self, row_id: int) -> str:
        """Identity of the record behind a row."""
        return str(self._store.value(f'SELECT uid FROM "{self._spec.table}" WHERE id = ?', (row_id,)))

    def _ids_sql(self) -> tuple[str, list[Any]]:
        joins, where, args = self._where()
        order = self._order()
        return f'SELECT t.id FROM "{self._spec.table}" t {joins} {where} ORDER BY {order}', args

    def _order(self) -> str:
        key = self._query.order.removeprefix("-")
        if key not in self._cells or not self._cells[key].column.sortable:
            return self._spec.order
        sql = (
            "sort_key" if key == "name" and self._spec.table in ("person", "party") else self._cells[key].sql
        )
        if key == "name" and self._spec.words == _PERSON_WORDS:
            sql = "p.sort_key"
        direction = " DESC" if self._query.order.startswith("-") else ""
        return f"{sql}{direction}, t.id{direction}"

    def _where(self) -> tuple[str, str, list[Any]]:
        conditions, args = [self._spec.live], list[Any]()
        keys = {one.key for one in self._query.filters} | {self._query.order.removeprefix("-")}
        joined = any(self._cells[key].joined for key in keys if key in self._cells)
        for one in self._query.filters:
            condition, values = _condition(self._cells[one.key].sql, one)
            conditions.append(condition)
            args += values
        if self._query.words and self._spec.words:
            conditions.append(self._spec.words)
            args.append(match_expression(self._query.words) or '"-"')
        joins = self._spec.joins if joined else ""
        return joins, "WHERE " + " AND ".join(conditions), args


def _condition(sql: str, one: Filter) -> tuple[str, list[Any]]:
    if one.test is Test.EMPTY:
        return f"coalesce({sql}, '') = ''", []
    if one.test is Test.FILLED:
        return f"coalesce({sql}, '') <> ''", []
    if one.test is Test.IN:
        return f"{sql} IN ({','.join('?' * len(one.value))})", list(one.value)
    if one.test is Test.CONTAINS:
        return f"instr({sql}, ?) > 0", [one.value]
    sign = {Test.IS: "=", Test.FROM: ">=", Test.UNTIL: "<="}[one.test]
    return f"{sql} {sign} ?", [one.value]
