"""Whether a file has all that keeps its records sound, and putting back what can be made from them.

Tables, indexes and triggers are compared with those of a new file. Records and the journal are never made anew:
what is lost of them comes back from a backup only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migdesk.domain.place import Place
from migdesk.i18n import N_
from migdesk.store import figures, migrations, places, search, series
from migdesk.store.database import Store
from migdesk.store.engine import Connection, Damaged, dbapi, guarded
from migdesk.store.files import missing_tables

_SEARCHED = ("person_search", "party_search", "place_search", "stop_search")
_SHADOWS = {
    f"{table}_{end}" for table in _SEARCHED for end in ("data", "idx", "content", "docsize", "config")
}
_REMADE = ("series", "draft", "memory", "place", "journal_head", *_SEARCHED)
"""Tables whose content can be made anew, or may be lost; an empty head of the journal goes on being told."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table, index or trigger with the SQL that makes it; a table is compared by its columns."""

    kind: str
    name: str
    sql: str
    columns: frozenset[tuple[object, ...]]

    @property
    def words(self) -> str:
        """What it is called in messages: `index person_iin`."""
        return f"{self.kind} {self.name}"

    def is_like(self, other: Part) -> bool:
        """Whether both do the same; a table grown field by field is written otherwise than a new one."""
        if self.columns or other.columns:
            return self.columns == other.columns
        return self.sql.split() == other.sql.split()


@dataclass(frozen=True, slots=True)
class Unsound:
    """What of the schema is missing, is another than it should be, and is not of this program.

    `extra` are foreign tables: they do nothing by themselves, and an office works with them.
    """

    missing: tuple[Part, ...]
    changed: tuple[Part, ...]
    foreign: tuple[Part, ...]
    extra: tuple[Part, ...]


def look(store: Store) -> Unsound:
    """The schema of a file against that of a new one."""
    there, wanted = _parts(store.connection), _wanted()
    unknown = [part for name, part in there.items() if name not in wanted]
    return Unsound(
        missing=tuple(part for name, part in wanted.items() if name not in there),
        changed=tuple(
            part for name, part in wanted.items() if name in there and not part.is_like(there[name])
        ),
        foreign=tuple(part for part in unknown if part.kind != "table"),
        extra=tuple(part for part in unknown if part.kind == "table"),
    )


def mend(store: Store, office: str, shipped: Iterable[Place]) -> Iterator[str]:
    """Put back everything that can be made from the records, in one go; says each thing it did.

    Raises:
        StoreProblem: the file cannot be written, or lacks tables that only a backup brings back.
    """
    if lost := [name for name in missing_tables(store) if name not in _REMADE]:
        raise Damaged(
            N_("Tables of the office's database are missing: {names}."),
            hint=N_("Restore the last backup with: migdesk restore FILE"),
            names=", ".join(lost),
        )
    connection = store.connection
    with guarded():
        connection.execute("BEGIN IMMEDIATE")
        try:
            done = [*_mend_schema(store), *_mend_contents(store, office, shipped)]
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    yield from done


def _mend_schema(store: Store) -> Iterator[str]:
    found, connection = look(store), store.connection
    for part in (*found.foreign, *found.changed):
        if part.kind != "table":
            connection.execute(f"DROP {part.kind} [{part.name}]")
            if part in found.foreign:
                yield f"- {part.words}"
    for name in _SEARCHED:
        connection.execute(f"DROP TABLE IF EXISTS [{name}]")
    later = look(store)
    for part in later.missing + later.changed:
        if part.kind == "table" and part.name not in _REMADE:
            continue
        if part.kind == "table":
            connection.execute(f"DROP TABLE IF EXISTS [{part.name}]")
        try:
            connection.execute(part.sql)
        except dbapi.IntegrityError:
            continue  # the values of two records contradict it; the doctor goes on naming it
        if part.name not in _SEARCHED:
            yield f"+ {part.words}"


def _mend_contents(store: Store, office: str, shipped: Iterable[Place]) -> Iterator[str]:
    connection = store.connection
    if not places.count_places(store):
        places.replace_all(connection, shipped)
        yield "+ place"
    search.rebuild(connection)
    places.index(connection)
    yield "+ search"
    if count_stale(store):
        for statement in figures.REFRESH:
            connection.execute(statement)
        yield "+ figure"
    for one in series.list_set_back(store, office):
        series.bring_forward(connection, one)
        yield f"{one.name} {one.last} → {one.highest}"


def count_stale(store: Store) -> int:
    """Rows with another figure for reports than they should have."""
    return sum(int(store.value(sql)) for sql in figures.STALE)


def _wanted() -> dict[str, Part]:
    fresh = dbapi.connect(":memory:", isolation_level=None)
    try:
        migrations.grow(fresh)
        return _parts(fresh)
    finally:
        fresh.close()


def _parts(connection: Connection) -> dict[str, Part]:
    """Everything of a schema by name, but what SQLite makes by itself."""
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    ).fetchall()
    return {
        name: Part(kind, name, sql, _columns(connection, name) if kind == "table" else frozenset())
        for kind, name, sql in rows
        if not (kind == "table" and _is_shadow(name))
    }


def _columns(connection: Connection, table: str) -> frozenset[tuple[object, ...]]:
    return frozenset(
        connection.execute("SELECT name, type, [notnull], pk FROM pragma_table_info(?)", (table,)).fetchall()
    )


def _is_shadow(name: str) -> bool:
    """The tables in which SQLite keeps a search table; they come and go with it."""
    return name in _SHADOWS
