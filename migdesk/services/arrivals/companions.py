"""Contacts of somebody: who came by the same bus or flight, crossed at the same point, lived in the same house.

Nothing is entered for it: it is read from arrivals and crossings. Where the flight is not known, the same border
point on the same day counts; where neither is, only who was entered in the same act, as the list of a bus is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from migdesk.domain.arrival import Arrival, Stay
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import Choice, Day, Text
from migdesk.domain.letters import fold
from migdesk.domain.listing import Column
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import shielded
from migdesk.store import companions as shelf
from migdesk.store.companions import Entry
from migdesk.store.list_cells import MASK


class Tie(StrEnum):
    """What two people had in common, the surest first."""

    TRANSPORT = "transport"
    CROSSING = "crossing"
    LIST = "list"
    ADDRESS = "address"

    @classmethod
    def labels(cls) -> dict[Tie, str]:
        """What a person reads."""
        return {
            cls.TRANSPORT: N_("same flight, train or bus"),
            cls.CROSSING: N_("same border point, same day"),
            cls.LIST: N_("entered in the register together"),
            cls.ADDRESS: N_("same address"),
        }


@dataclass(frozen=True, slots=True)
class Companion:
    """One contact: who, by what, from which day to which (nothing: still), and where it was."""

    person: Person
    tie: Tie
    since: date
    until: date | None
    where: str


COLUMNS: tuple[Column, ...] = (
    Column("name", Text(N_("Person")), 230),
    Column("tie", Choice(N_("What they shared"), options=Tie), 210),
    Column("since", Day(N_("From")), 100),
    Column("until", Day(N_("Until")), 100),
    Column("where", Text(N_("Where")), 220),
    Column("birth", Text(N_("Date of birth")), 100),
    Column("phone", Text(N_("Phone")), 140),
)
"""What a list of contacts has."""


def row(one: Companion) -> tuple[object, ...]:
    """The values of `COLUMNS`."""
    person = one.person
    born = person.born_words
    return person.full_name, one.tie, one.since, one.until, one.where, born, person.phone


def of_person(desk: Desk, uid: str, since: date | None = None, until: date | None = None) -> list[Companion]:
    """The contacts of somebody on days of a period, the newest first; without days all that are known.

    Of a child whose file is closed at this desk the phone is not told, nor the house where it lives.

    Raises:
        NotFound: no such person.
        Refused: it is such a child whose contacts are asked for.
    """
    person = desk.store.get(Person, uid)
    if person.is_annulled:
        raise NotFound(uid)
    shielded.refuse(desk, uid)
    arrivals = desk.store.live(Arrival, person=uid)
    found = [*_of_entries(desk, uid, arrivals), *_of_houses(desk, arrivals)]
    first, last = since or date.min, until or date.max
    kept = [one for one in found if one.since <= last and (one.until or date.max) >= first]
    if shielded.any_closed(desk):
        kept = [_closed(one) if shielded.is_closed(desk, one.person.uid) else one for one in kept]
    return sorted(
        kept, key=lambda one: (-one.since.toordinal(), list(Tie).index(one.tie), one.person.full_name)
    )


def _closed(one: Companion) -> Companion:
    where = MASK if one.tie is Tie.ADDRESS else one.where
    return replace(one, person=replace(one.person, phone=MASK), where=where)


def people_of(found: Iterable[Companion]) -> list[str]:
    """The uids of the people of a list of contacts, each once."""
    return list(dict.fromkeys(one.person.uid for one in found))


def _of_entries(desk: Desk, uid: str, arrivals: Sequence[Arrival]) -> Iterator[Companion]:
    """Those of the same crossings: of each of them and each day only the surest tie."""
    days = {one.entered_on for one in desk.store.live(Stay, person=uid) if one.entered_on}
    for day in sorted(days):
        others = shelf.entries_on(desk.store, day)
        mine = [one for one in others if one.person == uid]
        listed = _listed(desk, [one for one in arrivals if one.entered_on == day])
        ties: dict[str, tuple[Tie, str]] = {}
        for one in others:
            tie = _tie(mine, one, listed) if one.person != uid else None
            if tie and (
                one.person not in ties or list(Tie).index(tie) < list(Tie).index(ties[one.person][0])
            ):
                ties[one.person] = tie, ", ".join(part for part in (one.transport, one.point) if part)
        for other, (tie, where) in ties.items():
            if person := _live(desk, other):
                yield Companion(person, tie, day, day, where)


def _listed(desk: Desk, arrivals: Iterable[Arrival]) -> set[str]:
    uids = {uid for one in arrivals for uid in shelf.entered_with(desk.store, one.uid)}
    return {one.person for one in desk.store.live(Arrival, uid=sorted(uids)) if one.person} if uids else set()


def _tie(mine: Sequence[Entry], other: Entry, listed: set[str]) -> Tie | None:
    """What an entry of one day has in common with mine; another flight through the same point is no tie."""
    for own in mine:
        if own.transport and other.transport:
            if _same(own.transport, other.transport):
                return Tie.TRANSPORT
        elif own.point and _same(own.point, other.point):
            return Tie.CROSSING
    return Tie.LIST if other.person in listed else None


def _same(one: str, other: str) -> bool:
    """Whether two ways of writing name the same: `KC 121` is `kc-121`."""
    return _letters(one) == _letters(other)


def _letters(words: str) -> str:
    return "".join(sign for sign in fold(words) if sign.isalnum())


def _of_houses(desk: Desk, arrivals: Iterable[Arrival]) -> Iterator[Companion]:
    for arrival in arrivals:
        for one in shelf.housemates(desk.store, arrival):
            if person := _live(desk, one.person):
                yield Companion(person, Tie.ADDRESS, one.since, one.until, one.line)


def _live(desk: Desk, uid: str) -> Person | None:
    person = desk.store.find(Person, uid)
    return person if person and not person.is_annulled else None
