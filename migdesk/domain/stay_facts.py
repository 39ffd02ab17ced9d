"""Which fields of which records the end of somebody's stay is counted by."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from migdesk.domain.arrival import Arrival, Stay
from migdesk.domain.case import Case
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.domain.record import Record

SHORTENED = "shortened_stay"
"""The service by whose decision a stay ends earlier."""
_EVER = frozenset({"person", "annulled_on"})
_FIELDS: dict[str, frozenset[str]] = {
    Arrival.table: _EVER | {"entered_on", "arrived_on", "basis", "stay_until", "left_on"},
    Stay.table: _EVER | {"entered_on", "left_on", "basis", "valid_until"},
    Permit.table: _EVER | {"kind", "granted_on", "valid_from", "valid_until", "state", "revoked_on"},
    Person.table: frozenset({"citizenship", "annulled_on"}),
    Case.table: _EVER | {"state", "decided_on"},
}


def touched_people(old: Record | None, rec: Record, changed: Collection[str]) -> Iterator[str]:
    """The uids of those whose stay may end on another day when a record is written; nobody for most records."""
    fields = _FIELDS.get(rec.table)
    if fields is None or (old is None and isinstance(rec, Person)):
        return
    if isinstance(rec, Case) and rec.service != SHORTENED:
        return
    if old is not None and fields.isdisjoint(changed):
        return
    for one in (old, rec):
        uid = one.uid if isinstance(one, Person) else getattr(one, "person", None)
        if uid:
            yield uid
