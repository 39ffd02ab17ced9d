"""Replay: what the journal says every record must be, against what the tables hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from migdesk.domain.fields import specs
from migdesk.domain.record import Record
from migdesk.domain.register import RECORDS
from migdesk.store.database import Store
from migdesk.store.rows import quoted


def differences(store: Store, limit: int = 20) -> Iterator[str]:
    """Records whose row is gone or not what their changes add up to, as `table uid`; at most `limit`."""
    yield from islice((f"{cls.table} {uid}" for cls in RECORDS for uid in _differing(store, cls)), limit)


def _differing(store: Store, cls: type[Record]) -> Iterator[str]:
    names = [one.name for one in specs(cls)]
    for uid, *values in store.each(f"SELECT uid, {quoted(names)} FROM [{cls.table}]"):
        if not _agrees(store, uid, dict(zip(names, values, strict=True))):
            yield uid
    gone = f"SELECT uid FROM change WHERE tbl = ? AND created AND uid NOT IN (SELECT uid FROM [{cls.table}])"
    yield from (uid for (uid,) in store.each(gone, (cls.table,)))


def _agrees(store: Store, uid: str, row: dict[str, Any]) -> bool:
    said: dict[str, Any] = {}
    for (after,) in store.each("SELECT after FROM change WHERE uid = ? ORDER BY id", (uid,)):
        try:
            said |= json.loads(after)
        except (ValueError, TypeError, RecursionError):
            return False
    return all(said.get(name, value if value in (None, "") else None) == value for name, value in row.items())
