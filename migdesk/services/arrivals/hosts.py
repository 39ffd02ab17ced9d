"""Receiving persons: who lives there now and lived there before, year by year; a template for the next arrival."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migdesk.domain.arrival import Arrival
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Person
from migdesk.services.arrivals import crowding
from migdesk.services.desk import Desk
from migdesk.store import arrivals as homes

_MOST = 200

Guest = tuple[Arrival, Person]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a receiving person: how many arrived and left, and how many lived there at its end."""

    year: int
    arrived: int
    left: int
    at_end: int


@dataclass(frozen=True, slots=True)
class HostFile:
    """A receiving person with its guests, its years, and how crowded its address is."""

    party: Party
    address: Address | None
    here: tuple[Guest, ...]
    before: tuple[Guest, ...]
    counts: tuple[int, int]
    years: tuple[Year, ...]
    living: int
    limit: int | None

    @property
    def newest(self) -> Arrival | None:
        """The newest arrival there: of those who are here, else of those who left."""
        return next((one for one, _person in (*self.here, *self.before)), None)

    @property
    def is_crowded(self) -> bool:
        """Whether more people live at the address than the office's own limit allows."""
        return self.limit is not None and self.living > self.limit


@dataclass(frozen=True, slots=True)
class Template:
    """What a new arrival at a receiving person has in common with the last one there."""

    arrival: Arrival
    address: Address | None


def open_host(desk: Desk, uid: str) -> HostFile:
    """A receiving person with everything its file shows; of the guests the newest two hundred of each kind.

    Raises:
        NotFound: no such receiving person.
    """
    store = desk.store
    party = store.get(Party, uid)
    place = _home(desk, party)
    return HostFile(
        party=party,
        address=store.find(Address, party.address) if party.address else None,
        here=_guests(desk, "host = ? AND left_on IS NULL", uid, "arrived_on DESC, id DESC"),
        before=_guests(desk, "host = ? AND left_on IS NOT NULL", uid, "left_on DESC, id DESC"),
        counts=homes.count_guests(store, uid),
        years=tuple(Year(*row) for row in homes.guests_by_year(store, uid)),
        living=crowding.count_living(desk, place) if place else 0,
        limit=crowding.limit_of(desk, party.role),
    )


def template_of(desk: Desk, uid: str) -> Template:
    """Host, purpose, ground, channel and address of the last arrival at a receiving person.

    Without one: the host and its own address.

    Raises:
        NotFound: no such receiving person.
    """
    party = desk.store.get(Party, uid)
    last = desk.store.live(Arrival, host=uid, order="arrived_on DESC, id DESC", limit=1)
    if not last:
        own = desk.store.find(Address, party.address) if party.address else None
        return Template(Arrival(host=uid), own)
    one = last[0]
    made = Arrival(host=uid, purpose=one.purpose, basis=one.basis, channel=one.channel)
    return Template(made, desk.store.find(Address, one.address) if one.address else None)


def notices_of(desk: Desk, uid: str) -> list[str]:
    """The arrivals of those who live at a receiving person now: for their notices in one file."""
    here = desk.store.live(Arrival, host=uid, left_on=None, order="arrived_on, id")
    return [one.uid for one in here]


def arrivals_query(uid: str, year: int | None = None, *, here: bool | None = None) -> Query:
    """The list of arrivals at a receiving person: all, of a year, of those who are here, or of those who left."""
    filters = [Filter("host_uid", Test.IS, uid)]
    if year:
        filters.append(Filter("arrived_on", Test.FROM, date(year, 1, 1).isoformat()))
        filters.append(Filter("arrived_on", Test.UNTIL, date(year, 12, 31).isoformat()))
    if here is not None:
        filters.append(Filter("left_on", Test.EMPTY if here else Test.FILLED))
    return Query("arrivals", tuple(filters))


def _home(desk: Desk, party: Party) -> Address | None:
    """Where the guests live: the address of the newest arrival there, else the host's own."""
    return template_of(desk, party.uid).address


def _guests(desk: Desk, where: str, uid: str, order: str) -> tuple[Guest, ...]:
    sql = f"{where} AND annulled_on IS NULL"
    found = desk.store.select(Arrival, sql, (uid,), f"{order} LIMIT {_MOST}")
    return tuple((one, desk.store.get(Person, one.person or "")) for one in found)
