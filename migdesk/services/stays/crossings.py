"""Crossings of the border: stays that begin and end, whether or not the person then came to an address here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding, Severity, block, warn
from migdesk.domain.person import Person
from migdesk.domain.record import faults, tidied
from migdesk.i18n import N_
from migdesk.services import checks
from migdesk.services.checked_ops import checked_op, prepared_op
from migdesk.services.desk import Desk
from migdesk.services.facts import bans
from migdesk.services.reasons import reason
from migdesk.services.stays.overlaps import over_others
from migdesk.services.terms.arrival_terms import with_terms
from migdesk.store.writer import Tx


def check_crossing(desk: Desk, stay: Stay) -> list[Finding]:
    """What is wrong with the days of a stay: in the future, the wrong way round, over another stay."""
    findings = [*faults(stay), *checks.check_codes(desk, stay)]
    for name, day in (("entered_on", stay.entered_on), ("left_on", stay.left_on)):
        if day and day > desk.today:
            findings.append(block("in_future", N_("This day is in the future."), name))
    if stay.entered_on is None:
        return findings
    if stay.left_on and stay.left_on < stay.entered_on:
        message = N_("The person left the country before entering it on {day}.")
        findings.append(block("before_start", message, "left_on", day=show_day(stay.entered_on)))
    person = desk.store.find(Person, stay.person or "")
    if person and person.birth_date and person.birth_date.earliest() > stay.entered_on:
        findings.append(block("before_birth", N_("The entry is before the birth."), "entered_on"))
    findings += bans.remark_entry(desk, stay.person or "", stay.entered_on)
    return [*findings, *over_others(desk, stay)]


def register_crossing(desk: Desk, stay: Stay) -> Done[Stay]:
    """Enter a stay that is no arrival here: it counts for the days of stay, and no term of an address begins.

    Raises:
        Invalid: what is wrong with its days, field by field.
    """
    stay = tidied(stay)
    with checked_op(desk, Op.REGISTER_CROSSING, partial(check_crossing, desk, stay)) as (tx, findings):
        saved = tx.put(stay)
    return Done(saved, tx.changes, tuple(findings))


def correct_crossing(desk: Desk, stay: Stay) -> Done[Stay]:
    """Other days of a stay; the arrival that began with it follows, with its terms. The old days stay in the journal.

    Raises:
        Invalid: what is wrong with its days; or the arrival would be before the entry.
        Stale: it was changed since it was read.
    """
    stay = tidied(stay)

    def prepare() -> tuple[Arrival | None, list[Finding]]:
        arrival = desk.store.find(Arrival, stay.arrival or "")
        findings = [*check_crossing(desk, stay), *_about_exit(desk, stay, arrival)]
        if arrival and arrival.arrived_on and stay.entered_on and stay.entered_on > arrival.arrived_on:
            message = N_("The border was crossed after the arrival of {day}.")
            day = show_day(arrival.arrived_on)
            findings.append(block("before_start", message, "entered_on", day=day))
        return arrival, findings

    with prepared_op(desk, Op.CORRECT_CROSSING, prepare) as (tx, arrival, findings):
        saved = tx.put(stay)
        if arrival and not arrival.is_annulled:
            tx.put(with_terms(desk, replace(arrival, entered_on=stay.entered_on)))
    return Done(saved, tx.changes, tuple(findings))


def _about_exit(desk: Desk, stay: Stay, arrival: Arrival | None) -> list[Finding]:
    """What is wrong or odd about another day of exit: it stands in a departure, or the person still lives here."""
    was = desk.store.get(Stay, stay.uid)
    if stay.left_on == was.left_on:
        return []
    for one in desk.store.live(Departure, person=stay.person, left_on=was.left_on) if was.left_on else ():
        if one.kind is not DepartureKind.ADDRESS:
            message = N_("This exit stands in the departure {number}: correct or annul that.")
            return [block("in_departure", message, "left_on", number=one.number)]
    if arrival is None or arrival.is_annulled or stay.left_on is None:
        return []
    if arrival.arrived_on and stay.left_on < arrival.arrived_on:
        message = N_("The person arrived at the address on {day}, after this exit.")
        return [block("before_start", message, "left_on", day=show_day(arrival.arrived_on))]
    if arrival.left_on is None:
        message = N_("The person still lives here by arrival {number}: a departure would end it.")
        return [warn("still_here", message, "left_on", number=arrival.number)]
    return []


def annul_crossing(desk: Desk, uid: str, why: str) -> Done[Stay]:
    """The border was not crossed then after all.

    Raises:
        NotFound: no such stay.
        Invalid: no reason is given, or an arrival here began with it, which is corrected instead.
    """
    stay = desk.store.get(Stay, uid)
    why = reason(why)
    arrival = desk.store.find(Arrival, stay.arrival or "")
    if arrival and not arrival.is_annulled:
        message = N_("The arrival {number} began with this crossing: correct the arrival.")
        raise Invalid([block("has_arrival", message, None, number=arrival.number)])
    with desk.write(Op.ANNUL_EVENT) as tx:
        saved = tx.annul(stay, why)
    return Done(saved, tx.changes)


def remark_again(desk: Desk, person: Person, arrival: Arrival) -> list[Finding]:
    """What is odd when somebody known arrives again: he lived elsewhere on that day, or was in the country."""
    return [*_lived_elsewhere(desk, person, arrival), *_entered_again(desk, person, arrival)]


def _lived_elsewhere(desk: Desk, person: Person, arrival: Arrival) -> list[Finding]:
    came = arrival.arrived_on
    for one in desk.store.live(Arrival, person=person.uid, order="arrived_on DESC, id DESC"):
        if came is None or one.arrived_on is None or one.arrived_on > came or one.uid == arrival.uid:
            continue
        if one.left_on is None:
            return []  # services/earlier asks what becomes of it
        if one.left_on > came:
            message = N_("{name} lived elsewhere until {day}, by arrival {number}.")
            day = show_day(one.left_on)
            values = {"name": person.full_name, "number": one.number, "day": day}
            return [warn("overlap", message, "arrived_on", **values)]
    return []


def _entered_again(desk: Desk, person: Person, arrival: Arrival) -> list[Finding]:
    """An entry while the person was here is impossible; one without an exit known before is odd."""
    stay = Stay(person=person.uid, entered_on=arrival.entered_on)
    known = desk.store.live(Stay, person=person.uid, entered_on=arrival.entered_on)
    if arrival.entered_on is None or known:
        return []
    return [
        one if one.values["until"] else replace(one, severity=Severity.WARN)
        for one in over_others(desk, stay)
        if one.values["until"] or _since(desk, person) < arrival.entered_on
    ]


def _since(desk: Desk, person: Person) -> date:
    """The day since which somebody is here without a known exit."""
    here = (one.entered_on for one in desk.store.live(Stay, person=person.uid, left_on=None))
    return min((day for day in here if day), default=date.max)


def write_stay(tx: Tx, arrival: Arrival, *, is_known: bool) -> None:
    """The stay that begins with a crossing; a known person's crossing may be in the register already."""
    if arrival.entered_on is None:
        return
    if is_known and tx.live(Stay, person=arrival.person, entered_on=arrival.entered_on):
        return
    tx.put(
        Stay(
            person=arrival.person,
            entered_on=arrival.entered_on,
            basis=arrival.basis,
            valid_until=arrival.stay_until,
            arrival=arrival.uid,
        )
    )


def correct_stay(tx: Tx, arrival: Arrival) -> None:
    """The stay that began with an arrival has its day of entry, its ground and its end."""
    began = tx.live(Stay, arrival=arrival.uid)
    if not began:
        write_stay(tx, arrival, is_known=True)
    for stay in began if arrival.entered_on else ():
        tx.put(stay, entered_on=arrival.entered_on, basis=arrival.basis, valid_until=arrival.stay_until)
