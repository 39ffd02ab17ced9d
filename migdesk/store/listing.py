"""A list over an office's file: ids by an index first, the rows of a page when they are seen."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from migdesk.domain.fields import Field
from migdesk.domain.listing import Condition, Filter, Group, Query, Test, keys_of
from migdesk.store.database import Store
from migdesk.store.list_cells import ALONE, MASK
from migdesk.store.lists import LISTS, PERSON_WORDS, TODAY
from migdesk.store.search import phrase, wide_expression

_PERSON_AMONG = (
    "(SELECT p.id FROM person p WHERE p.uid = t.person) IN "
    "(SELECT rowid FROM person_search WHERE person_search MATCH ?)"
)
"""Whether the person of a row has the words, asked row by row: quicker than all such people where they are many."""
_COMMON = 3_000
"""When so many people have the words, the newest rows are soon enough to fill a page."""
_NEWEST = 50_000
"""So many of the newest rows are looked through for a page, before all are asked."""


class StoreListing:
    """A list over one office's file; makes SQL from the columns it declares and nothing else.

    `masked`: where children who came alone are found is neither shown nor asked for; their rows stay.
    """

    def __init__(self, store: Store, query: Query, today: date, *, masked: bool = False) -> None:
        self._store = store
        self._spec = LISTS[query.name]
        self._query = query
        self._cells = {cell.column.key: cell for cell in self._spec.cells}
        self._sql = {key: cell.sql.replace(TODAY, today.isoformat()) for key, cell in self._cells.items()}
        owner = "t.uid" if self._spec.table == "person" else "t.person"
        guarded = {key for key, cell in self._cells.items() if cell.is_guarded}
        self._closed = {key: f"{owner} IN ({ALONE})" for key in (*guarded, *self._spec.guarded) if masked}
        self._masked = self._sql | {
            key: f"CASE WHEN {closed} THEN '{MASK}' ELSE {self._sql[key]} END"
            for key, closed in self._closed.items()
            if key in self._sql
        }
        self.columns = tuple(self._cells[key].column for key in query.columns or self._cells)
        # most columns are text, which is shown as it is stored: only the others are read by their field
        fields = enumerate(column.field for column in self.columns)
        self._readers = [(at, one.from_sql) for at, one in fields if type(one).from_sql is not Field.from_sql]

    def first(self, limit: int) -> list[int]:
        """Row ids of the first page."""
        found = self._among_newest(limit) if self._is_common() else []
        if len(found) == limit:
            return found
        sql, args = self._ids_sql()
        return [row[0] for row in self._store.rows(f"{sql} LIMIT ?", [*args, limit])]

    def ids(self) -> array[int]:
        """All row ids in order."""
        sql, args = self._ids_sql()
        return array("q", map(itemgetter(0), self._store.each(sql, args)))

    def count(self) -> int:
        """How many rows there are."""
        joins, where, args = self._where()
        return int(self._store.value(f"SELECT count(*) FROM [{self._spec.table}] t {joins} {where}", args))

    def total(self, key: str) -> int:
        """The sum of a column of whole numbers over all rows."""
        joins, where, args = self._where()
        joins = self._spec.joins if self._cells[key].joined else joins
        sql = f"SELECT coalesce(sum({self._sql[key]}), 0) FROM [{self._spec.table}] t {joins} {where}"
        return int(self._store.value(sql, args))

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Values of these rows in this order; a row that is gone meanwhile is left out."""
        return self._read(ids)

    def identified_rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """The same rows, each beginning with the uid and rev of its record: what an export carries."""
        return self._read(ids, "t.uid", "t.rev")

    def _read(self, ids: Sequence[int], *before: str) -> list[tuple[Any, ...]]:
        columns = ", ".join(["t.id", *before, *(self._masked[column.key] for column in self.columns)])
        rows = self._store.rows(
            f"SELECT {columns} FROM [{self._spec.table}] t {self._spec.joins} "
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
        return str(self._store.value(f"SELECT uid FROM [{self._spec.table}] WHERE id = ?", (row_id,)))

    def _is_common(self) -> bool:
        """Whether this is the usual order of rows about people, narrowed only by words that very many have."""
        query = self._query
        if not query.words or query.filters or query.order or self._spec.words != PERSON_WORDS:
            return False
        sql = "SELECT count(*) FROM (SELECT 1 FROM person_search WHERE person_search MATCH ? LIMIT ?)"
        return bool(self._store.value(sql, (_match(query.words), _COMMON)) == _COMMON)

    def _among_newest(self, limit: int) -> list[int]:
        """The first rows with the words, if they are among the newest."""
        sql = (
            f"SELECT t.id FROM [{self._spec.table}] t WHERE {self._spec.live} "
            f"AND t.id > (SELECT max(id) FROM [{self._spec.table}]) - ? AND {_PERSON_AMONG} "
            f"ORDER BY {self._spec.order} LIMIT ?"
        )
        return [row[0] for row in self._store.rows(sql, (_NEWEST, _match(self._query.words), limit))]

    def _ids_sql(self) -> tuple[str, list[Any]]:
        joins, where, args = self._where()
        order = self._order()
        return f"SELECT t.id FROM [{self._spec.table}] t {joins} {where} ORDER BY {order}", args

    def _order(self) -> str:
        key = self._query.order.removeprefix("-")
        if key not in self._cells or not self._cells[key].column.sortable:
            return self._spec.order
        sql = "sort_key" if key == "name" and self._spec.table in ("person", "party") else self._masked[key]
        if key == "name" and self._spec.words == PERSON_WORDS:
            sql = "p.sort_key"
        direction = " DESC" if self._query.order.startswith("-") else ""
        return f"{sql}{direction}, t.id{direction}"

    def _where(self) -> tuple[str, str, list[Any]]:
        conditions, args = [self._spec.live], list[Any]()
        keys = {*keys_of(self._query.filters), self._query.order.removeprefix("-")}
        joined = any(self._cells[key].joined for key in keys if key in self._cells)
        for one in self._query.filters:
            conditions.append(self._asked(one, args))
        if self._query.words and self._spec.words:
            conditions.append(self._spec.words)
            args.append(_match(self._query.words))
        joins = self._spec.joins if joined else ""
        return joins, "WHERE " + " AND ".join(conditions), args

    def _asked(self, one: Condition, args: list[Any]) -> str:
        """The SQL of a condition or a group; its values go to the end of `args`."""
        if isinstance(one, Group):
            parts = [self._asked(part, args) for part in one.parts]
            return f"({(' OR ' if one.either else ' AND ').join(parts)})" if parts else "1"
        condition, values = _condition(self._sql.get(one.key) or self._spec.asked[one.key], one)
        args += values
        if closed := self._closed.get(one.key):
            condition = f"({condition} AND NOT {closed})"
        return f"NOT coalesce({condition}, 0)" if one.negated else condition


def _match(words: str) -> str:
    """What the search table is asked; of words without a letter or digit nothing has any."""
    return wide_expression(words) or phrase("-")


def _condition(sql: str, one: Filter) -> tuple[str, list[Any]]:
    if one.test is Test.EMPTY:
        return f"coalesce({sql}, '') = ''", []
    if one.test is Test.FILLED:
        return f"coalesce({sql}, '') <> ''", []
    if one.test is Test.IN:
        return f"{sql} IN ({','.join('?' * len(one.value))})", list(one.value)
    if one.test is Test.WITHIN:
        return f"{sql} BETWEEN ? AND ?", list(one.value)
    if one.test is Test.CONTAINS:
        return f"instr(plain({sql}), ?) > 0", [one.value.casefold()]
    sign = {Test.IS: "=", Test.FROM: ">=", Test.UNTIL: "<="}[one.test]
    return f"{sql} {sign} ?", [one.value]
