"""The files of many people at once: read part by part, a few queries for hundreds instead of a dozen for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from migdesk.domain.arrival import Arrival, Departure, Stay
from migdesk.domain.case import Case, CaseMember
from migdesk.domain.current_document import by_rule
from migdesk.domain.kin import HEAD
from migdesk.domain.permit import Permit
from migdesk.domain.person import Membership, Person, TravelDocument
from migdesk.services.desk import Desk
from migdesk.services.people.people import PersonFile
from migdesk.store import terms

T = TypeVar("T")
Owned = TypeVar("Owned", TravelDocument, Arrival, Departure, Stay, Permit)

PART = 500
"""People read at once: few enough for the memory and for the places that a query has."""


def open_files(desk: Desk, persons: Iterable[str]) -> Iterator[PersonFile]:
    """The files of some people by uid, in their order, with all that says how somebody stands.

    How far a file has grown and its papers are left out; so is who is not in the register.
    """
    wanted = list(dict.fromkeys(persons))
    for start in range(0, len(wanted), PART):
        yield from _part(desk, wanted[start : start + PART])


def _part(desk: Desk, uids: Sequence[str]) -> Iterator[PersonFile]:
    store, today = desk.store, desk.today
    people = {one.uid: one for one in store.live(Person, uid=uids)}
    documents = _by_person(store.live(TravelDocument, person=uids))
    arrivals = _by_person(store.live(Arrival, person=uids, order="arrived_on DESC, id DESC"))
    departures = _by_person(store.live(Departure, person=uids, order="left_on DESC"))
    stays = _by_person(store.live(Stay, person=uids, order="entered_on DESC"))
    permits = _by_person(store.live(Permit, person=uids, order="id DESC"))
    cases, families = _cases(desk, uids), _families(desk, uids)
    due = _grouped(terms.terms_of_people(store, uids, today), lambda term: term.person_uid)
    for uid in uids:
        if uid in people:
            came = arrivals.get(uid, ())
            yield PersonFile(
                person=people[uid],
                documents=tuple(by_rule(list(documents.get(uid, ())), today)),
                family=families.get(uid, ()),
                arrivals=came,
                departures=departures.get(uid, ()),
                stays=stays.get(uid, ()),
                permits=permits.get(uid, ()),
                cases=cases.get(uid, ()),
                printouts=(),
                terms=due.get(uid, ()),
                last=next((one for one in came if one.left_on is None), came[0] if came else None),
            )


def _by_person(rows: Iterable[Owned]) -> dict[str, tuple[Owned, ...]]:
    return _grouped(rows, lambda row: row.person or "")


def _grouped(rows: Iterable[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return {name: tuple(some) for name, some in found.items()}


def _cases(desk: Desk, uids: Collection[str]) -> Mapping[str, tuple[Case, ...]]:
    """Cases of some people, and those they are named in, the newest first."""
    named = desk.store.live(CaseMember, person=uids)
    others = sorted({one.case for one in named if one.case})
    known = {one.uid: one for one in desk.store.live(Case, person=uids, order="id DESC")}
    known |= {one.uid: one for one in desk.store.live(Case, uid=others)} if others else {}
    found: defaultdict[str, dict[str, Case]] = defaultdict(dict)
    wanted = set(uids)
    for one in known.values():
        if one.person in wanted:
            found[one.person][one.uid] = one
    for member in named:
        if member.case in known and member.person:
            found[member.person][member.case] = known[member.case]
    return {
        person: tuple(sorted(some.values(), key=lambda one: one.uid, reverse=True))
        for person, some in found.items()
    }


def _families(desk: Desk, uids: Collection[str]) -> Mapping[str, tuple[tuple[Membership, Person], ...]]:
    """Who is in a family today with each of some people, he himself too."""
    store, today = desk.store, desk.today
    mine = [one for one in store.live(Membership, person=uids, order="since, id") if one.holds_on(today)]
    known = sorted({one.family for one in mine if one.family})
    if not known:
        return {}
    places = [one for one in store.live(Membership, family=known) if one.holds_on(today)]
    people = {one.uid: one for one in store.live(Person, uid=sorted({one.person or "" for one in places}))}
    together = _grouped(sorted(places, key=lambda one: one.relation != HEAD), lambda one: one.family or "")
    found: defaultdict[str, list[tuple[Membership, Person]]] = defaultdict(list)
    for place in mine:
        once = {one.person or "": one for one in together.get(place.family or "", ())}
        found[place.person or ""] += [(one, people[uid]) for uid, one in once.items() if uid in people]
    return {person: tuple(some) for person, some in found.items()}
