"""Who crossed, came and lived with somebody: by index, from the arrivals and crossings that are there anyway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migdesk.domain.arrival import Arrival
from migdesk.store.database import Store

_LAST = "9999-12-31"
_ACTS = ("register_group", "register_arrival")
"""Ops that enter people who came together: a list of a bus, a family at the window."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry on a day: where, and by which flight, train or bus, as far as either is known."""

    person: str
    point: str
    transport: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Days that somebody else lived in a house; `until` is nothing while both are still there."""

    person: str
    since: date
    until: date | None
    line: str


def entries_on(store: Store, day: date) -> list[Entry]:
    """Everybody who entered on a day; the crossing tells of him where no arrival of that entry does."""
    sql = """SELECT s.person, coalesce(nullif(a.border_point, ''), s.border_point), coalesce(a.transport, '')
        FROM stay s LEFT JOIN arrival a
        ON a.person = s.person AND a.entered_on = s.entered_on AND a.annulled_on IS NULL
        WHERE s.entered_on = ? AND s.annulled_on IS NULL ORDER BY s.id"""
    return [Entry(*row) for row in store.rows(sql, (day.isoformat(),))]


def entered_with(store: Store, arrival: str) -> set[str]:
    """Arrivals that were entered in one act with this one, itself among them."""
    marks = ", ".join("?" * len(_ACTS))
    sql = f"""SELECT b.uid FROM change a JOIN op o ON o.id = a.op JOIN change b ON b.op = a.op
        WHERE a.uid = ? AND a.created = 1 AND o.code IN ({marks}) AND b.tbl = 'arrival' AND b.created = 1"""
    return {row[0] for row in store.rows(sql, (arrival, *_ACTS))}


def housemates(store: Store, arrival: Arrival) -> list[Shared]:
    """Who lived in the same house and flat on days of this arrival, however its address was written."""
    if arrival.address is None or arrival.arrived_on is None:
        return []
    sql = f"""SELECT b.person, max(b.arrived_on, ?1), min(coalesce(b.left_on, '{_LAST}'), ?2), d.line
        FROM address own JOIN address d ON d.uid = own.uid OR (own.house_key <> '' AND d.house_key = own.house_key)
        JOIN arrival b ON b.address = d.uid
        WHERE own.uid = ?3 AND b.person <> ?4 AND b.annulled_on IS NULL AND b.arrived_on <= ?2
        AND coalesce(b.left_on, '{_LAST}') >= ?1 ORDER BY 2, b.id"""
    left = arrival.left_on.isoformat() if arrival.left_on else _LAST
    given = (arrival.arrived_on.isoformat(), left, arrival.address, arrival.person)
    return [
        Shared(person, date.fromisoformat(since), None if until == _LAST else date.fromisoformat(until), line)
        for person, since, until, line in store.rows(sql, given)
    ]
