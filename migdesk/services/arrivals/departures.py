"""Departures: what one would end is said before it is saved; a wrong one is corrected or annulled by a new fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from migdesk.domain.appointment import Appointment, VisitState
from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.case import Case, CaseMember, CaseState
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, refuse_if_blocked
from migdesk.domain.finding import Finding, block, blocking, note, warn
from migdesk.domain.permit import Permit
from migdesk.domain.quota import Quota, Reservation, ReservationState
from migdesk.domain.record import faults, tidied
from migdesk.domain.terms import OpenTerm
from migdesk.i18n import N_, _
from migdesk.services import checks
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.payments import obligations
from migdesk.services.quotas import quotas
from migdesk.services.reasons import reason
from migdesk.services.stays import overlaps
from migdesk.store import terms
from migdesk.store.writer import Tx

_COUNTRY = (DepartureKind.ABROAD, DepartureKind.FOR_GOOD)


@dataclass(frozen=True, slots=True)
class Ends:
    """What a departure ends: arrivals, stays, terms that run no longer, quota units that go back, appointments."""

    arrivals: tuple[Arrival, ...] = ()
    stays: tuple[Stay, ...] = ()
    terms: tuple[OpenTerm, ...] = ()
    units: tuple[Reservation, ...] = ()
    visits: tuple[Appointment, ...] = ()


def check_departure(desk: Desk, departure: Departure) -> list[Finding]:
    """What is wrong with a departure, and what it would end and leave open; writes nothing."""
    ends = find_ends(desk, departure)
    wrong = _check(desk, departure, ends)
    return wrong if blocking(wrong) else [*wrong, *_told(desk, departure, ends)]


def find_ends(desk: Desk, departure: Departure) -> Ends:
    """What a departure ends; one entered late leaves the arrivals and stays of a return alone."""
    arrivals, stays = _ended_by(desk, departure)
    ended = {one.uid for one in arrivals}
    open_terms = terms.terms_of(desk.store, departure.person or "")
    return Ends(
        tuple(arrivals),
        tuple(stays),
        tuple(one for one in open_terms if one.record_uid in ended),
        tuple(_held(desk, departure)) if departure.kind is DepartureKind.FOR_GOOD else (),
        tuple(_expected(desk, departure)) if departure.kind in _COUNTRY else (),
    )


def register_departure(desk: Desk, departure: Departure) -> Done[Departure]:
    """Record that a person left an address: closes that arrival. Who leaves the country leaves every address.

    Who leaves for good gives back the quota units that were only held for him.

    Raises:
        Invalid: the person is not here, left that address before, or dates contradict.
    """
    departure = tidied(departure)
    check = partial(check_departure, desk, departure)
    with checked_op(desk, Op.REGISTER_DEPARTURE, check) as (tx, findings):
        saved = write_departure(desk, tx, departure)
    return Done(saved, tx.changes, tuple(findings))


def write_departure(desk: Desk, tx: Tx, departure: Departure) -> Departure:
    """Write a checked departure inside an op that is being written, and end what it ends."""
    saved = tx.put(replace(departure, number=departure.number or desk.next_number(tx, "D", 6)))
    ends = find_ends(desk, saved)
    for ended in (*ends.arrivals, *ends.stays):
        tx.put(ended, left_on=saved.left_on)
    for unit in ends.units:
        quotas.let_go(desk, tx, unit, saved.number)
    for visit in ends.visits:
        tx.put(visit, state=VisitState.CANCELLED)
    return saved


def correct_departure(desk: Desk, departure: Departure) -> Done[Departure]:
    """Another day, kind or country of a departure: what it ended is ended anew; the old words stay in the journal.

    Quota units that went back stay back: somebody else may hold them by now.

    Raises:
        Invalid: dates contradict.
        Stale: it was changed since it was read.
    """
    departure, old = tidied(departure), desk.store.get(Departure, departure.uid)
    with desk.write(Op.CORRECT_DEPARTURE) as tx:
        stays = _stays_of(desk, old)
        reopened = _reopen(desk, tx, old)
        findings = [
            *check_departure(desk, departure),
            *_past_the_next(desk, departure, old, reopened),
            *_before_it_began(departure, reopened, stays),
            *_stays_over(desk, departure, stays),
        ]
        refuse_if_blocked(findings)
        saved = write_departure(desk, tx, departure)
    return Done(saved, tx.changes, tuple(findings))


def annul_departure(desk: Desk, uid: str, why: str) -> Done[Departure]:
    """The person did not leave after all: what the departure ended is open again.

    Raises:
        NotFound: no such departure.
        Invalid: no reason is given, or the person has arrived somewhere since.
    """
    departure = desk.store.get(Departure, uid)
    why = reason(why)
    with desk.write(Op.ANNUL_EVENT) as tx:
        stays = _stays_of(desk, departure)
        reopened = _reopen(desk, tx, departure)
        _refuse_two_homes(desk, departure, reopened)
        refuse_if_blocked([replace(one, field=None) for one in _stays_over(desk, None, stays)])
        saved = tx.annul(departure, why)
    return Done(saved, tx.changes)


def ended_arrivals(desk: Desk, departure: Departure) -> list[Arrival]:
    """The arrivals that a departure ended: the one it names, and of one from the country those of the same day."""
    closed = desk.store.live(Arrival, person=departure.person, left_on=departure.left_on)
    if departure.kind in _COUNTRY:
        return closed
    return [one for one in closed if one.uid == departure.arrival]


def _stays_of(desk: Desk, departure: Departure) -> list[Stay]:
    """The stays that a departure from the country ended."""
    if departure.kind not in _COUNTRY:
        return []
    return desk.store.live(Stay, person=departure.person, left_on=departure.left_on)


def _reopen(desk: Desk, tx: Tx, departure: Departure) -> list[Arrival]:
    stays = _stays_of(desk, departure)
    reopened = [tx.put(one, left_on=None) for one in ended_arrivals(desk, departure)]
    for stay in stays:
        tx.put(stay, left_on=None)
    return reopened


def _stays_over(desk: Desk, departure: Departure | None, stays: Iterable[Stay]) -> Iterator[Finding]:
    """Stays that would go on, or end later, over one that followed them."""
    left = departure.left_on if departure and departure.kind in _COUNTRY else None
    for was in stays:
        for one in overlaps.newly_over_others(desk, replace(was, left_on=left), was):
            yield replace(one, field="left_on")


def _before_it_began(
    departure: Departure, arrivals: Iterable[Arrival], stays: Iterable[Stay]
) -> Iterator[Finding]:
    """What a departure ended began before it also after a correction."""
    left = departure.left_on
    begun = [one.arrived_on for one in arrivals if one.uid != departure.arrival]
    late = [day for day in (*begun, *(one.entered_on for one in stays)) if day and left and day > left]
    if late:
        message = N_("The person left before arriving: that was on {day}.")
        yield block("before_start", message, "left_on", day=show_day(max(late)))


def _past_the_next(
    desk: Desk, departure: Departure, old: Departure, reopened: Iterable[Arrival]
) -> Iterator[Finding]:
    """A departure is not moved behind the arrival that followed it: the person would live twice at once."""
    again = {one.uid for one in reopened}
    for one in desk.store.live(Arrival, person=departure.person):
        came, was, left = one.arrived_on, old.left_on, departure.left_on
        if one.uid not in again and came and was and left and was <= came < left:
            message = N_("The person arrived again on {day}, arrival {number}: the departure is not later.")
            yield block("arrived_since", message, "left_on", day=show_day(came), number=one.number)


def _refuse_two_homes(desk: Desk, departure: Departure, reopened: Iterable[Arrival]) -> None:
    later = overlaps.two_homes(desk, departure.person or "", reopened, departure.left_on)
    if later:
        message = N_("The person arrived again on {day}, arrival {number}: annul that first.")
        day = show_day(later.arrived_on)
        raise Invalid([block("arrived_since", message, None, day=day, number=later.number)])


def _ended_by(desk: Desk, departure: Departure) -> tuple[list[Arrival], list[Stay]]:
    """The open arrivals and stays that a departure closes."""
    person, left = departure.person or "", departure.left_on or desk.today
    here = desk.store.live(Arrival, person=person, left_on=None)
    named = [one for one in here if one.uid == departure.arrival]
    if departure.kind not in _COUNTRY:
        return named, []
    others = [one for one in here if one not in named and (one.arrived_on or left) <= left]
    stays = desk.store.live(Stay, person=person, left_on=None)
    return named + others, [one for one in stays if (one.entered_on or left) <= left]


def _held(desk: Desk, departure: Departure) -> list[Reservation]:
    return desk.store.live(Reservation, person=departure.person, state=ReservationState.HELD)


def _expected(desk: Desk, departure: Departure) -> list[Appointment]:
    """Appointments from the day of departure on: nobody comes to them from abroad."""
    left = departure.left_on or desk.today
    booked = desk.store.live(Appointment, person=departure.person, state=VisitState.DUE)
    return [one for one in booked if one.day and one.day >= left]


def _check(desk: Desk, departure: Departure, ends: Ends) -> list[Finding]:
    findings = [*faults(departure), *checks.check_codes(desk, departure)]
    if departure.left_on and departure.left_on > desk.today:
        findings.append(block("in_future", N_("The day of departure is in the future."), "left_on"))
    return findings + _check_leaving(desk, departure, ends)


def _check_leaving(desk: Desk, departure: Departure, ends: Ends) -> list[Finding]:
    """What contradicts: nobody leaves twice, or before coming."""
    named = next((one for one in ends.arrivals if one.uid == departure.arrival), None)
    if named is None and (departure.arrival or not (ends.arrivals or ends.stays)):
        return [_not_here(desk, departure)]
    came, left = named.arrived_on if named else None, departure.left_on
    if came and left and left < came:
        message = N_("The person left before arriving: that was on {day}.")
        return [block("before_start", message, "left_on", day=show_day(came))]
    return []


def _not_here(desk: Desk, departure: Departure) -> Finding:
    """Why a departure closes no arrival: it is before that began, or the person left before, or never came."""
    left = departure.left_on
    came = min((one.arrived_on for one in _open_later(desk, departure) if one.arrived_on), default=None)
    if came and left and not departure.arrival:
        message = N_("The person left before arriving: that was on {day}.")
        return block("before_start", message, "left_on", day=show_day(came))
    ended = desk.store.live(Departure, person=departure.person, order="left_on DESC, id DESC")
    of_this = [one for one in ended if departure.arrival in (None, one.arrival) and one.uid != departure.uid]
    if of_this:
        message = N_("The person left already on {day}, departure {number}.")
        last = of_this[0]
        return block("left_already", message, "arrival", day=show_day(last.left_on), number=last.number)
    return block(
        "not_here", N_("The person is not here by the register: there is no open arrival."), "arrival"
    )


def _open_later(desk: Desk, departure: Departure) -> list[Arrival]:
    here = desk.store.live(Arrival, person=departure.person, left_on=None)
    return [
        one for one in here if departure.left_on and (one.arrived_on or departure.left_on) > departure.left_on
    ]


def _told(desk: Desk, departure: Departure, ends: Ends) -> Iterator[Finding]:
    """What ends with the departure, and what somebody has to end himself."""
    for arrival in ends.arrivals:
        message = N_("Ends the arrival {number} of {day}.")
        yield note("ends.arrival", message, None, number=arrival.number, day=show_day(arrival.arrived_on))
    for term in ends.terms:
        message = N_("Runs no longer: {what}, due on {day}.")
        yield note("ends.term", message, None, what=_(term.title), day=show_day(term.due))
    for unit in ends.units:
        pot = desk.store.find(Quota, unit.quota or "")
        message = N_("Goes back to the quota of {year}: units held, {n}.")
        yield note("ends.quota", message, None, year=pot.year if pot else None, n=unit.units)
    for visit in ends.visits:
        message = N_("Calls off the appointment {number} of {day}.")
        yield note("ends.visit", message, None, number=visit.number, day=show_day(visit.day))
    yield from _bound(desk, departure)
    if departure.kind in _COUNTRY and (ends.arrivals or ends.stays):
        yield from _left_open(desk, departure)


def cases_of(desk: Desk, person: str, *states: CaseState) -> list[Case]:
    """Cases of a person in some states, as the applicant or as one of those they are about."""
    named = desk.store.live(CaseMember, person=person)
    found = [*desk.store.live(Case, person=person), *(desk.store.get(Case, one.case or "") for one in named)]
    counting = [one for one in found if one.state in states and not one.is_annulled]
    return list({one.uid: one for one in counting}.values())


def _bound(desk: Desk, departure: Departure) -> Iterator[Finding]:
    """The obligation to stay of whoever leaves for good, or for another region; a journey abroad breaks none."""
    is_gone, to = departure.kind is DepartureKind.FOR_GOOD, departure.to_place
    if is_gone or (departure.kind is DepartureKind.ADDRESS and to):
        person, day = departure.person or "", departure.left_on or desk.today
        yield from obligations.check_leaving(desk, person, day, "" if is_gone else to)


def _left_open(desk: Desk, departure: Departure) -> Iterator[Finding]:
    if departure.kind is DepartureKind.FOR_GOOD:
        yield note("coupon", N_("A statistical coupon of departure is due: the person leaves for good."))
    else:
        for unit in _held(desk, departure):
            yield warn("keeps.quota", N_("Quota units stay held for the person: {n}."), None, n=unit.units)
    for case in cases_of(desk, departure.person or "", CaseState.OPEN):
        message = N_("The case {number} stays open until it is decided.")
        yield warn("keeps.case", message, None, number=case.number)
    if departure.kind is DepartureKind.FOR_GOOD:
        for permit in desk.store.live(Permit, person=departure.person):
            if permit.in_force_on(departure.left_on or desk.today):
                message = N_("The permit {number} stays in force; revoke it if it ends with the departure.")
                yield warn("keeps.permit", message, None, number=permit.number)
