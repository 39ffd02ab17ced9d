"""Tx: one op, one transaction, one journal line per record touched.

Starts with `BEGIN IMMEDIATE`, so that what is checked inside it holds until it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from migdesk.domain.change import Change, ChangeSet, Op
from migdesk.domain.errors import Stale
from migdesk.domain.record import Record
from migdesk.domain.register import BY_TABLE, RECORDS
from migdesk.domain.stay_facts import touched_people
from migdesk.store import search
from migdesk.store.chain import OpLines
from migdesk.store.database import Store, refuse_gone
from migdesk.store.engine import Connection, guarded
from migdesk.store.rows import (
    column_names,
    computed_names,
    derived,
    derived_names,
    field_names,
    from_row,
    quoted,
    stored,
    to_values,
)
from migdesk.store.series import numbered

R = TypeVar("R", bound=Record)

_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Signature:
    """Who writes, where, when, under which rules: what every journal line carries beside the op itself."""

    operator: str
    machine: str
    at: str
    stamp: str
    rules: str
    today: date


class Tx:
    """A write in progress. Use as a context manager: commits on the way out, rolls back on any error."""

    def __init__(
        self, store: Store, op: Op, sign: Callable[[], Signature], new_uid: Callable[[], str]
    ) -> None:
        self._store = store
        self._connection = store.connection
        self._op = op
        self._sign = sign
        self._new_uid = new_uid
        self._changes: list[Change] = []
        self._noted = 0
        self._lines: OpLines | None = None
        self._touched = search.Touched(self._connection)
        self._waiting: dict[type[Record], list[tuple[Any, ...]]] = {}
        self._undoes: str | None = None
        self._op_uid = new_uid()
        self.stays_of: set[str] = set()
        """People of whom something was written by which the end of their stay is counted."""

    def __enter__(self) -> Tx:
        """Lock the office, then sign: an op that waited for another one is later than that."""
        refuse_gone(self._store.path)
        with guarded():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._signature = self._sign()
        except BaseException:
            self._roll_back()
            raise
        self.today = self._signature.today
        self._store.before_reading(self.flush)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        self._store.before_reading(None)
        if kind is not None:
            self._roll_back()
            return
        try:
            self.flush()
            with guarded():
                if self._changes:
                    self._note().seal()
                    self._touched.refresh()
                self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        """SQLite rolls back by itself when the disk is full."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    @property
    def op_uid(self) -> str:
        """Identity of the op."""
        return self._op_uid

    @property
    def place(self) -> int:
        """Where in the journal the op stands; 0 as long as nothing of it does."""
        return self._lines.place if self._lines else 0

    @property
    def changes(self) -> ChangeSet:
        """What was changed so far; complete after the block. Of a bulk op it tells only which tables."""
        return ChangeSet(self._op, self._op_uid, tuple(self._changes))

    def find(self, cls: type[R], uid: str) -> R | None:
        """A record as it stands inside this transaction."""
        return self._store.find(cls, uid)

    def select(self, cls: type[R], where: str, args: Sequence[Any] = ()) -> list[R]:
        """Records as they stand inside this transaction."""
        return self._store.select(cls, where, args)

    def live(self, cls: type[R], **given: Any) -> list[R]:
        """Records that count, with the values given, as they stand inside this transaction."""
        return self._store.live(cls, **given)

    def value(self, sql: str, args: Sequence[Any] = ()) -> Any:
        """One value as it stands inside this transaction."""
        return self._store.value(sql, args)

    def put(self, rec: R, **given: Any) -> R:
        """Write a new record, or a changed one, with the fields given; the answer has its uid and rev.

        Fields that are worked out (`computed`) keep what the register has unless they are among those given.

        Raises:
            Stale: the record was changed since this copy of it was read.
        """
        if rec.rev == 0:
            return self._put_new(replace(rec, **given, uid=rec.uid or self._new_uid(), rev=1))
        rec = replace(rec, **given)
        old = self._store.find(type(rec), rec.uid)
        if old is None or old.rev != rec.rev:
            raise Stale
        was, now = to_values(old), to_values(rec)
        kept = computed_names(type(rec)) - given.keys()
        changed = [name for name in now if now[name] != was[name] and name not in kept]
        if not changed:
            return rec
        self.stays_of.update(touched_people(old, rec, changed))
        own = derived(replace(rec, **{name: getattr(old, name) for name in kept}) if kept else rec)
        names = [*changed, *own, "rev"]
        assignments = ", ".join(f"[{name}] = ?" for name in names)
        values = [*(now[name] for name in changed), *own.values(), rec.rev + 1]
        with guarded():
            self._connection.execute(
                f"UPDATE [{rec.table}] SET {assignments} WHERE uid = ?", [*values, rec.uid]
            )
        before = {name: was[name] for name in changed}
        after = {name: now[name] for name in changed}
        self._changes.append(Change(rec.table, rec.uid, before, after))
        self._let_go()
        return replace(rec, rev=rec.rev + 1)

    def settle(self, cls: type[Record], uid: str, name: str, before: Any, after: Any) -> None:
        """Give a field that is worked out its new value, both as stored; copies of the record stay good to write."""
        with guarded():
            self._connection.execute(f"UPDATE [{cls.table}] SET [{name}] = ? WHERE uid = ?", (after, uid))
        self._derive(cls, uid)
        self._changes.append(Change(cls.table, uid, {name: before}, {name: after}))
        self._let_go()

    def _derive(self, cls: type[Record], uid: str) -> None:
        """Make the store's own columns of a record anew after one of its fields was settled."""
        names, rec = derived_names(cls), None
        if names:
            rec = self._store.find(cls, uid)
        if rec is not None:
            assignments = ", ".join(f"[{name}] = ?" for name in names)
            with guarded():
                self._connection.execute(
                    f"UPDATE [{cls.table}] SET {assignments} WHERE uid = ?", [*derived(rec).values(), uid]
                )

    def put_new(self, records: Iterable[Record]) -> None:
        """Write many new records that have their uids already; for bulk work, which needs no answer."""
        for rec in records:
            self._put_new(rec)

    def _put_new(self, rec: R) -> R:
        values = stored(rec)
        named = zip(field_names(type(rec)), values, strict=True)
        after = {name: value for name, value in named if value is not None and value != ""}
        self._changes.append(Change(rec.table, rec.uid, {}, after, created=True))
        self.stays_of.update(touched_people(None, rec, ()))
        waiting = self._waiting.setdefault(type(rec), [])
        waiting.append((rec.uid, 1, *values, *derived(rec).values()))
        if len(waiting) >= _CHUNK:
            self.flush()
        self._let_go()
        return rec

    def _let_go(self) -> None:
        """Keep no more changes in memory than a chunk: a bulk op may have half a million."""
        if len(self._changes) - self._noted >= _CHUNK:
            self.flush()
            self._note(forget=True)

    def flush(self) -> None:
        """Write the new records that wait, table by table; done before anything is read."""
        waiting, self._waiting = self._waiting, {}
        for cls in RECORDS:
            if cls in waiting:
                names = (*column_names(cls), *derived_names(cls))
                marks = ", ".join("?" * len(names))
                sql = f"INSERT INTO [{cls.table}] ({quoted(names)}) VALUES ({marks})"
                with guarded():
                    self._connection.executemany(sql, waiting[cls])

    def annul(self, rec: R, why: str) -> R:
        """Take a record out of account; it stays readable."""
        return self.put(replace(rec, annulled_on=self.today, annulled_why=why))

    def undo(self, op_uid: str, changes: Iterable[Change]) -> None:
        """Put back what another op changed, as new changes of this one.

        Raises:
            Stale: a later op changed one of those fields since.
        """
        self._undoes = op_uid
        for change in changes:
            self._put_back(change)

    def _put_back(self, change: Change) -> None:
        rec = self._store.find(BY_TABLE[change.table], change.uid)
        if rec is None or _differing(rec, change):
            raise Stale
        if change.created:
            self.annul(rec, "undo")
        else:
            self.put_back(change, change.before)

    def put_back(self, change: Change, names: Iterable[str]) -> None:
        """Give some fields of a record the values they had before a change.

        Raises:
            NotFound: the record is not there.
        """
        cls = BY_TABLE[change.table]
        rec = self._store.get(cls, change.uid)
        values = to_values(rec) | {name: change.before[name] for name in names}
        self.put(from_row(cls, (rec.uid, rec.rev, *(values[name] for name in field_names(cls)))))

    def next_number(self, series: str, digits: int) -> str:
        """The next number of a series, which is named by what all its numbers begin with: `PVL-C2026-`.

        A rolled-back op gives its number back.
        """
        with guarded():
            row = self._connection.execute(
                "INSERT INTO series(name, last) VALUES (?, 1) "
                "ON CONFLICT(name) DO UPDATE SET last = last + 1 RETURNING last",
                (series,),
            ).fetchone()
        return numbered(series, row[0], digits)

    @property
    def connection(self) -> Connection:
        """The connection of this transaction, for tables that are not records."""
        return self._connection

    def _head(self) -> tuple[str, ...]:
        sign = self._signature
        return self._op_uid, self._op.value, sign.operator, sign.machine, sign.at, sign.stamp, sign.rules

    def _note(self, *, forget: bool = False) -> OpLines:
        """Write the journal lines of the changes that have none yet; of a bulk op keep only their tables."""
        fresh = self._changes[self._noted :]
        with guarded():
            if self._lines is None:
                self._lines = OpLines(self._connection, self._head(), self._undoes)
            self._lines.note(fresh)
            self._touched.add(fresh)
        if forget:
            self._changes[self._noted :] = [_elsewhere(one.table) for one in fresh]
        self._noted = len(self._changes)
        return self._lines


def changed_since(store: Store, change: Change) -> set[str]:
    """Fields that a change set and that have another value by now.

    Raises:
        Stale: the record is not there any more.
    """
    rec = store.find(BY_TABLE[change.table], change.uid)
    if rec is None:
        raise Stale
    return _differing(rec, change)


def _differing(rec: Record, change: Change) -> set[str]:
    now, own = to_values(rec), computed_names(type(rec))
    return {
        name for name, value in change.after.items() if name in now and name not in own and now[name] != value
    }


@cache
def _elsewhere(table: str) -> Change:
    """Stands for each change of a bulk op, which only the journal holds: half a million would fill the memory."""
    return Change(table, "", {}, {})
