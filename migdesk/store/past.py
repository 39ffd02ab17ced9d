"""The past: some records as they stood after the last op of a day, in memory, read with the queries of the office.

The journal says of every change what a field was before; taken back from the newest on, what is there now becomes
what was there then. A record that was made later is left out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from migdesk.domain.person import Person
from migdesk.domain.record import Record
from migdesk.domain.register import BY_TABLE
from migdesk.store.database import Store
from migdesk.store.engine import Connection, dbapi, guarded
from migdesk.store.rows import column_names, derived, derived_names, field_names, from_row, quoted, to_values

_PART = 500
_LEAN = ("op", "change")
"""Tables that are asked about by everybody who reads; in memory they stay empty."""


class PastStore(Store):
    """A store that holds only what it was given, in memory, and writes nothing."""

    def __init__(self, now: Store, records: Iterable[Record]) -> None:
        super().__init__(Path(":memory:"))
        self.is_read_only = True
        self._memory = _made_like(now)
        for cls, some in groupby(sorted(records, key=lambda one: one.table), key=type):
            _insert(self._memory, cls, some)

    @property
    def connection(self) -> Connection:
        """The one connection there is, for whichever thread asks."""
        return self._memory

    def close(self) -> None:
        """Forget what was held."""
        self._memory.close()


def _made_like(now: Store) -> Connection:
    """An empty store in memory with the tables of an office; its few rows need no index."""
    wanted = (*BY_TABLE, *_LEAN)
    marks = ", ".join("?" * len(wanted))
    tables = now.rows(f"SELECT sql FROM sqlite_master WHERE type = 'table' AND name IN ({marks})", wanted)
    made = dbapi.connect(":memory:", isolation_level=None, check_same_thread=False)
    made.create_function("plain", 1, lambda text: str(text or "").casefold(), deterministic=True)
    for (sql,) in tables:
        made.execute(sql)
    return made


def _insert(connection: Connection, cls: type[Record], records: Iterable[Record]) -> None:
    names = (*column_names(cls), *derived_names(cls))
    sql = f"INSERT INTO [{cls.table}] ({quoted(names)}) VALUES ({', '.join('?' * len(names))})"
    rows = ((one.uid, one.rev, *to_values(one).values(), *derived(one).values()) for one in records)
    with guarded():
        connection.executemany(sql, rows)


def last_op(store: Store, until: str) -> int:
    """The place of the last op before a moment, said as the journal says it; 0 when there was none."""
    return int(store.value("SELECT id FROM op WHERE at < ? ORDER BY id DESC LIMIT 1", (until,)) or 0)


def as_they_stood(store: Store, records: Iterable[Record], after: int) -> Iterator[Record]:
    """Records as they stood when the op at a place was the last one; those made later are left out."""
    given = list({one.uid: one for one in records}.values())
    for start in range(0, len(given), _PART):
        part = given[start : start + _PART]
        taken_back = _taken_back(store, [one.uid for one in part], after)
        for one in part:
            was = taken_back.get(one.uid, {})
            if was is not None:
                yield _with(one, was) if was else one


def _taken_back(store: Store, uids: Collection[str], after: int) -> dict[str, dict[str, Any] | None]:
    """Fields with the values they had, by uid; nothing for a record that was not there yet."""
    marks = ", ".join("?" * len(uids))
    sql = f"SELECT uid, created, before FROM change WHERE uid IN ({marks}) AND op > ? ORDER BY id DESC"
    found: dict[str, dict[str, Any] | None] = {}
    for uid, created, before in store.rows(sql, (*uids, after)):
        said = found.setdefault(uid, {})
        if created:
            found[uid] = None
        elif said is not None:
            said.update(json.loads(before))
    return found


def _with(now: Record, was: dict[str, Any]) -> Record:
    cls = type(now)
    values = to_values(now) | was
    return from_row(cls, (now.uid, now.rev, *(values[name] for name in field_names(cls))))


def merges(store: Store) -> list[tuple[str, str]]:
    """Every merge of files that ever was, also those taken apart since: the file that went, and the one kept."""
    sql = """
      SELECT c.uid, json_extract(c.after, '$.merged_into') FROM op o JOIN change c ON c.op = o.id
      WHERE o.code = 'merge_files' AND c.tbl = 'person' AND json_extract(c.after, '$.merged_into') IS NOT NULL"""
    return [(gone, kept) for gone, kept in store.rows(sql)]


def once_of(store: Store, number: str, after: int) -> set[str]:
    """Persons who had an IIN or a document number after an op, and have it no more or hold it no more."""
    sql = """
      SELECT c.tbl, c.uid, json_extract(c.before, '$.person') FROM change c
      WHERE c.op > ? AND c.tbl IN ('person', 'document') AND c.before LIKE '%' || ? || '%'"""
    rows = store.rows(sql, (after, json.dumps(number, ensure_ascii=False)))
    documents = [uid for table, uid, _holder in rows if table != Person.table]
    found = {uid for table, uid, _holder in rows if table == Person.table}
    return found | {holder for _table, _uid, holder in rows if holder} | _holders(store, documents)


def _holders(store: Store, documents: Collection[str]) -> set[str]:
    if not documents:
        return set()
    marks = ", ".join("?" * len(documents))
    return {
        row[0] for row in store.rows(f"SELECT person FROM document WHERE uid IN ({marks})", tuple(documents))
    }


def told_of(store: Store, uids: Collection[str]) -> dict[str, tuple[str, str]]:
    """When the office first wrote each of some records, and when it last changed it, as the journal says it."""
    given, found = sorted(uids), dict[str, tuple[str, str]]()
    for start in range(0, len(given), _PART):
        part = given[start : start + _PART]
        sql = f"""
          SELECT c.uid, min(o.at), max(o.at) FROM change c JOIN op o ON o.id = c.op
          WHERE c.uid IN ({", ".join("?" * len(part))}) GROUP BY c.uid"""
        found |= {uid: (first, last) for uid, first, last in store.rows(sql, part)}
    return found


def values_of(store: Store, uid: str, name: str) -> list[tuple[str, Any]]:
    """The values that a field of a record had, each with the moment of the op that wrote it, from the first on."""
    sql = """
      SELECT o.at, json_extract(c.after, ?) FROM change c JOIN op o ON o.id = c.op
      WHERE c.uid = ? AND (c.created OR json_type(c.after, ?) IS NOT NULL) ORDER BY c.id"""
    return [(at, value) for at, value in store.rows(sql, (f"$.{name}", uid, f"$.{name}"))]
