"""Read the journal: what happened to a record, what one op did, and whether the chain holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from migdesk.domain.change import NOT_UNDOABLE, PASSED_BY, Change, ChangeSet, Entry, Op
from migdesk.domain.register import BY_TABLE
from migdesk.i18n import N_
from migdesk.store import told
from migdesk.store.chain import chain_hash
from migdesk.store.database import Store
from migdesk.store.engine import Damaged

_ENTRY = f"""
SELECT o.uid, o.code, o.operator, o.machine, o.at, o.rules, o.undoes,
  EXISTS (SELECT 1 FROM op u WHERE u.undoes = o.uid),
  (SELECT count(*) FROM change c WHERE c.op = o.id),
  {told.about("o")},
  (SELECT u.code FROM op u WHERE u.uid = o.undoes)
FROM op o
"""


def entries(store: Store, limit: int = 100) -> list[Entry]:
    """The newest ops first."""
    return _entries(store, f"{_ENTRY} ORDER BY o.id DESC LIMIT ?", (limit,))


def find_entry(store: Store, op_uid: str) -> Entry | None:
    """One op by its uid."""
    return next(iter(_entries(store, f"{_ENTRY} WHERE o.uid = ?", (op_uid,))), None)


def last_before(store: Store, until: str) -> Entry | None:
    """The last op before a moment, said as the journal says it."""
    return next(iter(_entries(store, f"{_ENTRY} WHERE o.at < ? ORDER BY o.id DESC LIMIT 1", (until,))), None)


def entries_of(store: Store, uids: list[str]) -> list[Entry]:
    """Ops that touched any of these records, newest first."""
    marks = ",".join("?" * len(uids))
    sql = f"{_ENTRY} WHERE o.id IN (SELECT op FROM change WHERE uid IN ({marks})) ORDER BY o.id DESC"
    return _entries(store, sql, tuple(uids))


def _entries(store: Store, sql: str, args: tuple[object, ...]) -> list[Entry]:
    return [
        Entry(
            uid, Op(code), who, where, at, rules, undoes, bool(undone), n, about, Op(undid) if undid else None
        )
        for uid, code, who, where, at, rules, undoes, undone, n, about, undid in store.rows(sql, args)
    ]


def last_standing(store: Store) -> Entry | None:
    """The newest op that undo would come to: not taken back yet, and not one that it walks past."""
    marks = ", ".join("?" * len(PASSED_BY))
    where = f"o.code NOT IN ({marks}) AND NOT EXISTS (SELECT 1 FROM op u WHERE u.undoes = o.uid)"
    return next(iter(_entries(store, f"{_ENTRY} WHERE {where} ORDER BY o.id DESC LIMIT 1", PASSED_BY)), None)


def last_undoable(store: Store) -> Entry | None:
    """The newest op that undo may take back; `None` when a later op forbids going further.

    Undo walks back in order: an op that printed or numbered something official is a wall.
    """
    found = last_standing(store)
    return found if found and found.op not in NOT_UNDOABLE else None


def first_operator(store: Store) -> str:
    """Who made the office: the journal begins with it."""
    return str(store.value("SELECT operator FROM op ORDER BY id LIMIT 1") or "")


def operators(store: Store) -> list[str]:
    """Everybody with a record here, and who wrote the newest ops: a million would be too many to look through."""
    newest = "SELECT operator FROM op ORDER BY id DESC LIMIT 5000"
    sql = f"SELECT login FROM operator WHERE annulled_on IS NULL UNION SELECT operator FROM ({newest}) ORDER BY 1"
    return [row[0] for row in store.rows(sql)]


def has_worked(store: Store, login: str) -> bool:
    """Whether somebody of this login ever wrote here."""
    return bool(store.value("SELECT EXISTS (SELECT 1 FROM op WHERE operator = ?)", (login,)))


def works_alone(store: Store, login: str) -> bool:
    """Whether nobody of another login ever wrote here."""
    return not store.value("SELECT EXISTS (SELECT 1 FROM op WHERE operator <> ?)", (login,))


def changes_of(store: Store, op_uid: str, limit: int = -1, *, record: str = "") -> list[Change]:
    """What one op changed, in order; all of it, the first so many records, or what it did to one record."""
    rows = store.rows(
        "SELECT c.tbl, c.uid, c.created, c.before, c.after FROM change c JOIN op o ON o.id = c.op "
        "WHERE o.uid = ? AND ? IN ('', c.uid) ORDER BY c.id LIMIT ?",
        (op_uid, record, limit),
    )
    return [
        Change(table, uid, _values(before), _values(after), bool(created))
        for table, uid, created, before, after in rows
    ]


def changes_backwards(store: Store, op_uid: str) -> Iterator[Change]:
    """What one op changed, the last first; read part by part, since an op may have half a million changes."""
    before = _AFTER_ALL
    while True:
        rows = store.rows(
            "SELECT c.id, c.tbl, c.uid, c.created, c.before, c.after FROM change c JOIN op o ON o.id = c.op "
            "WHERE o.uid = ? AND c.id < ? ORDER BY c.id DESC LIMIT ?",
            (op_uid, before, _PART),
        )
        if not rows:
            return
        before = rows[-1][0]
        for _id, table, uid, created, was, now in rows:
            yield Change(table, uid, _values(was), _values(now), bool(created))


def _values(stored: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(stored)
    except (ValueError, RecursionError):
        raise Damaged(
            N_("The office's database is damaged."),
            hint=N_("Restore the last backup with: migdesk restore FILE"),
        ) from None
    return found


_MOST_LINES = 2_000
"""Of a longer op it is not asked which tables it touched: it counts as one that touched all."""


_PART = 2_000
_AFTER_ALL = 2**63 - 1


def newest(store: Store) -> int:
    """The place of the newest op, which grows with every op that any program writes."""
    return int(store.value("SELECT max(id) FROM op") or 0)


def written_since(store: Store, place: int) -> list[ChangeSet]:
    """What was written after the op at a place, as another window is told of it: which tables, op by op."""
    ops = store.rows("SELECT id, uid, code FROM op WHERE id > ? ORDER BY id", (place,))
    return [
        ChangeSet(Op(code), uid, tuple(Change(table, "", {}, {}) for table in _tables_of(store, op)), True)
        for op, uid, code in ops
    ]


def _tables_of(store: Store, op: int) -> list[str]:
    lines = store.rows("SELECT tbl FROM change WHERE op = ? LIMIT ?", (op, _MOST_LINES))
    return sorted(BY_TABLE if len(lines) == _MOST_LINES else {row[0] for row in lines})


def broken_links(store: Store) -> Iterator[str]:
    """Uids of ops whose hash no longer fits: the journal was changed from outside, or its end was cut off."""
    prev, last, count, broken = "", "", 0, set[str]()
    ops = store.rows(
        "SELECT id, uid, code, operator, machine, at, stamp, rules, undoes, prev, hash FROM op ORDER BY id"
    )
    for op_id, uid, code, operator, machine, at, stamp, rules, undoes, said_prev, said in ops:
        lines = store.each(
            "SELECT tbl, uid, created, before, after FROM change WHERE op = ? ORDER BY id", (op_id,)
        )
        head = [uid, code, operator, machine, at, stamp, rules, undoes or ""]
        if said_prev != prev or chain_hash(prev, head, lines) != said:
            broken.add(uid)
            yield uid
        prev, last, count = said, uid, count + 1
    heads = store.rows("SELECT ops, uid, hash FROM journal_head")
    end = heads[0][1] if heads else last
    if heads != [(count, last, prev)] and end not in broken:
        yield end


def last_stamp(store: Store) -> tuple[int, int]:
    """The time, in milliseconds, and the count of the newest op's stamp."""
    said = store.value("SELECT stamp FROM op ORDER BY id DESC LIMIT 1") or "0-0"
    millis, number = said.split("-")[:2]
    return int(millis), int(number)


def count_entries(store: Store) -> int:
    """How many ops the journal has."""
    return int(store.value("SELECT count(*) FROM op"))
