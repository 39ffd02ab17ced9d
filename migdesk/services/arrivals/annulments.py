"""An arrival that did not happen: annulled with what began with it, unless something rests on it; that is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.case import CaseState
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import NotFound
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person
from migdesk.domain.printout import Printout
from migdesk.domain.quota import Reservation, ReservationState
from migdesk.i18n import N_, _
from migdesk.services.arrivals import departures
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.people import growth
from migdesk.services.reasons import reason
from migdesk.store import people as shelf
from migdesk.store import terms
from migdesk.store.writer import Tx

_PERMITS = (PermitState.APPLIED, PermitState.GRANTED, PermitState.EXTENDED)


def check_annulment(desk: Desk, uid: str) -> list[Finding]:
    """What rests on an arrival and forbids to annul it; else what ends with it and what stays. Writes nothing.

    Raises:
        NotFound: no such arrival, or it is annulled already.
    """
    arrival = desk.store.get(Arrival, uid)
    if arrival.is_annulled:
        raise NotFound(uid)
    others = [one for one in desk.store.live(Arrival, person=arrival.person) if one.uid != uid]
    resting = [*_followed_by(desk, arrival, others), *_rests(desk, arrival, others)]
    return resting or [*_ends(desk, arrival, others), *_stays(desk, arrival)]


def annul_arrival(desk: Desk, uid: str, why: str) -> Done[Arrival]:
    """The person did not arrive there after all: no term of it runs, no day of the stay that began with it counts.

    Raises:
        NotFound: no such arrival, or it is annulled already.
        Invalid: no reason is given; or a departure, a later arrival, a case or a permit rests on it.
    """
    why = reason(why)
    with checked_op(desk, Op.ANNUL_EVENT, partial(check_annulment, desk, uid)) as (tx, findings):
        saved = tx.annul(desk.store.get(Arrival, uid), why)
        for stay, heir in _stays_of(desk, saved):
            if heir:
                tx.put(stay, arrival=heir.uid)
            else:
                tx.annul(stay, why)
        _settle_person(desk, tx, saved)
    return Done(saved, tx.changes, tuple(findings))


def _settle_person(desk: Desk, tx: Tx, arrival: Arrival) -> None:
    """The file of the person is as complete as the arrivals that are left make it."""
    person = desk.store.get(Person, arrival.person or "")
    tx.put(growth.settled(tx, person, shelf.documents_of(desk.store, person.uid, desk.today)))


def _stays_of(desk: Desk, arrival: Arrival) -> list[tuple[Stay, Arrival | None]]:
    """The stays that began with an arrival, each with another arrival that tells of the same crossing, if any."""
    same = desk.store.live(Arrival, person=arrival.person, entered_on=arrival.entered_on)
    heir = next((one for one in same if one.uid != arrival.uid), None)
    return [(one, heir) for one in desk.store.live(Stay, arrival=arrival.uid)]


def _followed_by(desk: Desk, arrival: Arrival, others: Sequence[Arrival]) -> Iterator[Finding]:
    """The departure that ended it, and an arrival that came from it by a move: each is annulled before."""
    for one in others:
        if one.moved_from == arrival.uid:
            message = N_("The person arrived again on {day}, arrival {number}: annul that first.")
            day = show_day(one.arrived_on)
            yield block("arrived_since", message, None, day=day, number=one.number)
    for left in desk.store.live(Departure, person=arrival.person):
        ended = {one.uid for one in departures.ended_arrivals(desk, left)}
        if left.arrival == arrival.uid or ended == {arrival.uid}:
            message = N_("The departure {number} of {day} ended this arrival: annul the departure first.")
            day = show_day(left.left_on)
            yield block("has_departure", message, None, number=left.number, day=day)


def _rests(desk: Desk, arrival: Arrival, others: Sequence[Arrival]) -> Iterator[Finding]:
    """Cases and permits of days on which the person was here by this arrival alone."""

    def by_this_alone(day: date | None) -> bool:
        return day is not None and _held(arrival, day) and not any(_held(one, day) for one in others)

    for case in departures.cases_of(desk, arrival.person or "", CaseState.OPEN, CaseState.GRANTED):
        if by_this_alone(case.applied_on):
            message = N_(
                "The case {number} of {day} rests on this arrival: correct the arrival instead, or end the case "
                "first."
            )
            day = show_day(case.applied_on)
            yield block("has_case", message, None, number=case.number, day=day)
    for permit in desk.store.live(Permit, person=arrival.person):
        given = permit.applied_on or permit.granted_on
        if permit.state in _PERMITS and by_this_alone(given):
            message = N_(
                "The permit {number} of {day} rests on this arrival: correct the arrival instead, or revoke the "
                "permit first."
            )
            yield block("has_permit", message, None, number=permit.number or "—", day=show_day(given))


def _held(arrival: Arrival, day: date) -> bool:
    """Whether the person was here by an arrival on a day, the first and the last day included."""
    came, left = arrival.arrived_on or date.max, arrival.left_on or date.max
    return came <= day <= left


def _ends(desk: Desk, arrival: Arrival, others: Sequence[Arrival]) -> Iterator[Finding]:
    """Terms and days of stay that end with the arrival."""
    for term in terms.terms_of(desk.store, arrival.person or ""):
        if term.record_uid == arrival.uid:
            message = N_("Runs no longer: {what}, due on {day}.")
            yield note("ends.term", message, None, what=_(term.title), day=show_day(term.due))
    for stay, heir in _stays_of(desk, arrival):
        if heir is None:
            message = N_("The crossing of {day} is annulled with it: its days of stay no longer count.")
            yield note("ends.stay", message, None, day=show_day(stay.entered_on))
    if arrival.left_on is None and not any(one.left_on is None for one in others):
        yield note("nowhere", N_("By the register the person lives nowhere here afterwards."))


def _stays(desk: Desk, arrival: Arrival) -> Iterator[Finding]:
    """What is not annulled with the arrival, and may have to be."""
    came_from = desk.store.live(Departure, person=arrival.person, left_on=arrival.arrived_on)
    for one in came_from:
        if one.kind is DepartureKind.ADDRESS and one.arrival != arrival.uid:
            message = N_(
                "The departure {number} of {day} from the earlier address stays: annul it too if the person never "
                "left."
            )
            yield warn("keeps.departure", message, None, number=one.number, day=show_day(one.left_on))
    if arrival.family and arrival.arrived_on:
        along = desk.store.live(Arrival, family=arrival.family, arrived_on=arrival.arrived_on)
        numbers = ", ".join(one.number for one in along if one.uid != arrival.uid)
        if numbers:
            yield note(
                "keeps.along", N_("Those who came along stay registered: {numbers}."), None, numbers=numbers
            )
    for unit in desk.store.live(Reservation, person=arrival.person, state=ReservationState.HELD):
        yield warn("keeps.quota", N_("Quota units stay held for the person: {n}."), None, n=unit.units)
    printed = len(desk.store.live(Printout, about=arrival.uid))
    if printed:
        yield note(
            "keeps.papers", N_("Papers printed from it stay in the register of papers: {n}."), None, n=printed
        )
