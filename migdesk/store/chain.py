"""Chain: an op's lines in the journal, sealed by a hash over them and over the op before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from migdesk.domain.change import Change
from migdesk.store.engine import Connection

Line = tuple[str, str, int, str, str]
"""A change as the journal keeps it: table, uid, created, before, after."""


class OpLines:
    """The lines of one op while it is written: noted part by part, so that a bulk op keeps none in memory."""

    def __init__(self, connection: Connection, head: Sequence[str], undoes: str | None) -> None:
        self._connection = connection
        previous = connection.execute("SELECT hash FROM op ORDER BY id DESC LIMIT 1").fetchone()
        prev = previous[0] if previous else ""
        cursor = connection.execute(
            "INSERT INTO op(uid, code, operator, machine, at, stamp, rules, undoes, prev, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
            [*head, undoes, prev],
        )
        self.place: int = cursor.lastrowid
        self._uid = head[0]
        self._digest = _Digest(prev, [*head, undoes or ""])

    def note(self, changes: Iterable[Change]) -> None:
        """Write the lines of some changes."""
        self._connection.executemany(
            "INSERT INTO change(op, tbl, uid, created, before, after) VALUES (?, ?, ?, ?, ?, ?)",
            ((self.place, *self._digest.take(_line(change))) for change in changes),
        )

    def seal(self) -> None:
        """Write the hash over everything noted, and keep it apart as the head, so that a cut end is seen."""
        said = self._digest.hash()
        self._connection.execute("UPDATE op SET hash = ? WHERE id = ?", (said, self.place))
        self._connection.execute(
            "INSERT INTO journal_head(id, ops, uid, hash) VALUES (1, 1, ?, ?) "
            "ON CONFLICT(id) DO UPDATE SET ops = ops + 1, uid = excluded.uid, hash = excluded.hash",
            (self._uid, said),
        )


class _Digest:
    """SHA-256 over the previous link, the op's own words, and every line it takes."""

    def __init__(self, prev: str, head: Sequence[str]) -> None:
        self._digest = hashlib.sha256("\x1f".join([prev, *head]).encode())

    def take(self, line: Line) -> Line:
        table, uid, created, before, after = line
        self._digest.update(f"\x1e{table}\x1f{uid}\x1f{created}\x1f{before}\x1f{after}".encode())
        return line

    def hash(self) -> str:
        return self._digest.hexdigest()


def chain_hash(prev: str, head: Sequence[str], lines: Iterable[Line]) -> str:
    """The hash an op must have after the previous one, with its own words and all its lines in order."""
    digest = _Digest(prev, head)
    for line in lines:
        digest.take(line)
    return digest.hash()


def _line(change: Change) -> Line:
    before = _json(dict(change.before)) if change.before else "{}"
    return change.table, change.uid, int(change.created), before, _json(dict(change.after))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
