"""What hangs on a record: every row of any table that names its uid."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from migdesk.domain.fields import Ref, specs
from migdesk.domain.record import Record
from migdesk.domain.register import RECORDS
from migdesk.store.database import Store

_LOOSE = {"about"}
"""Fields that name a record of any table."""


@cache
def links_to(table: str) -> tuple[tuple[type[Record], tuple[str, ...]], ...]:
    """Record classes with the names of their fields that may name a record of this table."""
    found = []
    for cls in RECORDS:
        names = tuple(
            one.name
            for one in specs(cls)
            if one.name in _LOOSE or (isinstance(one.field, Ref) and one.field.to == table)
        )
        if names:
            found.append((cls, names))
    return tuple(found)


def linked(store: Store, table: str, uid: str) -> Iterator[Record]:
    """Every row that names this record, annulled ones too, each once."""
    for cls, names in links_to(table):
        where = " OR ".join(f"[{name}] = ?" for name in names)
        yield from store.select(cls, where, [uid] * len(names))


def created_since(store: Store, op_uid: str) -> set[str]:
    """Uids of the rows that were made by ops after this one."""
    sql = "SELECT uid FROM change WHERE created AND op > (SELECT id FROM op WHERE uid = ?)"
    return {row[0] for row in store.rows(sql, (op_uid,))}
