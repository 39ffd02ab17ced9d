"""The quota ledger: allot, adjust, transfer, reserve, renew, use, release. What is free is always a sum.

Every line has its day, and none may leave the pot overdrawn on that day or any later one. The check is made inside
the write lock, so two windows on one file cannot overdraw a pot together. What an order known here gives a region
may be passed over only by the head, with a reason (`override`); what was allotted, by nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.quota import (
    RESERVATION_TRANSITIONS,
    Allotment,
    AllotmentKind,
    PartnerKind,
    Quota,
    Reservation,
    ReservationState,
)
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.quotas import quota_guard, turns
from migdesk.services.quotas.pots import (
    Light,
    Pot,
    PotState,
    burn_down,
    check_pot,
    list_pots,
    no_limit,
    partners,
    pot_for,
    pot_of,
    quote_limit,
    refuse_unknown,
)
from migdesk.services.reasons import reason
from migdesk.store import quotas as ledger
from migdesk.store.writer import Tx

__all__ = [
    "Light",
    "Pot",
    "PotState",
    "burn_down",
    "check_pot",
    "list_pots",
    "partners",
    "pot_for",
    "pot_of",
    "quote_limit",
]

HELD_DAYS = "quota.reservation_days"
"""The setting that says after how many days units that are only held go back."""


@dataclass(frozen=True, slots=True)
class Partner:
    """With whom units are exchanged: name, who that is, and the letter that came from there."""

    name: str
    kind: PartnerKind = PartnerKind.OFFICE
    letter: str = ""


def allot(
    desk: Desk, pot: Pot, units: int, act: str, *, on: date | None = None, override: str = ""
) -> Done[Allotment]:
    """Hand units of the region's limit to this office.

    Raises:
        Invalid: no units, or no act named.
        Refused: more than the limit published for that day and region; where none is known, a finding says so.
    """
    line = Allotment(kind=AllotmentKind.ALLOT, units=units, given_on=on, act=act, override=override)
    return _give(desk, pot, line)


def adjust(desk: Desk, pot: Pot, units: int, act: str, *, on: date | None = None) -> Done[Allotment]:
    """Change the limit by an act that the packs do not know yet; `units` may be negative.

    Raises:
        Refused: the limit would fall below what is allotted.
    """
    return _give(desk, pot, Allotment(kind=AllotmentKind.ADJUST, units=units, given_on=on, act=act))


def give_back(desk: Desk, pot: Pot, units: int, act: str, *, on: date | None = None) -> Done[Allotment]:
    """Return units that this office does not need to those who allotted them.

    Raises:
        Refused: fewer are free on that day or later.
    """
    return _give(desk, pot, Allotment(kind=AllotmentKind.RETURN, units=units, given_on=on, act=act))


def transfer(
    desk: Desk, pot: Pot, units: int, partner: str | Partner, act: str, *, on: date | None = None
) -> Done[Allotment]:
    """Hand units to a sub-office, another office or another region; negative units are received from there.

    Raises:
        Invalid: no partner is named.
        Refused: fewer are free, a sub-office gives back more than it has, or the partner is this office itself:
            the units would be lost.
    """
    other = partner if isinstance(partner, Partner) else Partner(partner)
    name = other.name.strip()
    if not name:
        raise Invalid([block("missing", N_("Name the other office."), "partner")])
    if name.casefold() in _own_names(desk, pot):
        message = N_("“{partner}” is this office itself: nothing is handed over.")
        raise Refused([block("quota.own_office", message, "partner", partner=name)])
    line = Allotment(
        kind=AllotmentKind.TRANSFER_OUT if units > 0 else AllotmentKind.TRANSFER_IN,
        units=abs(units),
        given_on=on,
        act=act,
        partner=name,
        partner_is=other.kind,
        letter=other.letter.strip(),
    )
    return _give(desk, pot, line)


def _own_names(desk: Desk, pot: Pot) -> set[str]:
    """What this office, and the region of a pot, are called."""
    office, place = desk.office, desk.lists.place(pot.region)
    names = [office.code, office.name, office.uid, pot.region]
    return {name.casefold() for name in (*names, *((place.kk, place.ru, place.en) if place else ()))}


def _give(desk: Desk, pot: Pot, line: Allotment) -> Done[Allotment]:
    units, adjusts = line.units or 0, line.kind is AllotmentKind.ADJUST
    if units == 0 or (units < 0 and not adjusts):
        raise Invalid([block("no_units", N_("Say how many units."), "units")])
    if not line.act.strip():
        raise Invalid([block("missing", N_("Name the act or the letter."), "act")])
    refuse_unknown(desk, pot)
    day = line.given_on or desk.today
    op = Op.TRANSFER_QUOTA if line.partner else Op.ALLOT_QUOTA
    with desk.write(Op.OVERRIDE_QUOTA if line.override.strip() else op) as tx:
        found = find_or_make(desk, tx, pot)
        free = quota_guard.lowest_free(desk, found, day)
        saved = tx.put(replace(line, quota=found.uid, given_on=day))
        quota_guard.refuse_overdrawn(desk, found, day, free)
        quota_guard.refuse_sub_office(desk, found, saved)
        limit = quota_guard.refuse_over_limit(desk, pot, saved)
    return Done(saved, tx.changes, tuple(_told(pot, saved, limit)))


def _told(pot: Pot, line: Allotment, limit: int | None) -> list[Finding]:
    found = [no_limit(pot)] if line.kind is AllotmentKind.ALLOT and limit is None else []
    if line.partner and not line.letter:
        found.append(warn("quota.no_letter", N_("No letter of the other office is named."), "letter"))
    return found


def find_or_make(desk: Desk, tx: Tx, pot: Pot) -> Quota:
    """The record of a pot, made when nothing was entered in it yet."""
    made = Quota(
        stream=pot.stream,
        year=pot.year,
        region=pot.region,
        category=pot.category,
        activity=pot.activity,
        country=pot.country,
    )
    return ledger.find_pot(desk.store, pot.key) or tx.put(made)


@dataclass(frozen=True, slots=True)
class Hold:
    """Units of a pot for one matter, from a day on to a last day, or today and as long as the office says.

    `override` is the reason for which the head passes over the limit of the region and over those who wait in line.
    """

    pot: Pot
    units: int
    person: str | None = None
    reason: str = ""
    on: date | None = None
    until: date | None = None
    override: str = ""


def reserve(desk: Desk, asked: Hold) -> Done[Reservation]:
    """Hold units for one matter.

    Raises:
        Refused: fewer are free on that day or later, or others wait in line.
        Invalid: the days are in the wrong order or in the future.
    """
    with desk.write(Op.OVERRIDE_QUOTA if asked.override.strip() else Op.RESERVE_QUOTA) as tx:
        held = hold(desk, tx, asked)
    return Done(held, tx.changes)


def hold(desk: Desk, tx: Tx, asked: Hold) -> Reservation:
    """Hold units inside an op that is being written; the check and the write share the lock.

    Raises:
        Refused: fewer are free on that day or later, or others wait in line.
        Invalid: no units, a day in the future, or a last day before the first.
    """
    pot, units, override = asked.pot, asked.units, asked.override.strip()
    if units < 1:
        raise Invalid([block("no_units", N_("Say how many units."), "units")])
    refuse_unknown(desk, pot)
    day = asked.on or desk.today
    if day > desk.today:
        raise Invalid([block("in_future", N_("This day is in the future."), "on")])
    last = asked.until or _last_day(desk, day)
    _refuse_before(last, day)
    found = ledger.find_pot(desk.store, pot.key)
    quota_guard.refuse_taken(desk, pot, found, units, day, past_limit=bool(override))
    assert found is not None
    taken = turns.claim(desk, found, asked.person, past_line=bool(override))
    held = tx.put(
        Reservation(
            quota=found.uid,
            person=asked.person,
            units=units,
            reserved_on=day,
            held_until=last,
            reason=asked.reason,
            override=override,
        )
    )
    if taken:
        turns.settle(desk, tx, found, taken, held)
    return held


def _last_day(desk: Desk, day: date) -> date | None:
    chosen = desk.law.setting(HELD_DAYS)
    return day + timedelta(days=int(chosen)) if chosen.isdigit() else None


def _refuse_before(last: date | None, day: date) -> None:
    if last and last < day:
        message = N_("The last day is before {day}.")
        raise Invalid([block("before_start", message, "until", day=show_day(day))])


def renew(desk: Desk, uid: str, until: date | None) -> Done[Reservation]:
    """Hold units to a later last day, or without one; those that went back are held again if they are free.

    Raises:
        NotFound: no such reservation.
        Refused: they were used or returned, or others have them by now.
        Invalid: the new last day is past.
    """
    held = desk.store.get(Reservation, uid)
    _refuse_before(until, desk.today)
    with desk.write(Op.RENEW_QUOTA) as tx:
        if held.state is not ReservationState.HELD:
            _refuse_transition(held, ReservationState.HELD)
        renewed = tx.put(replace(held, held_until=until))
        quota_guard.refuse_kept(desk, renewed, held.held_until)
    return Done(renewed, tx.changes)


def use(desk: Desk, tx: Tx, reservation: Reservation, on: date | None = None) -> Reservation:
    """Turn held units into used ones, on the day of the decision; it may be before the day of the reservation.

    Raises:
        Refused: they were used or returned, went back with their last day, or the pot had no such units then.
    """
    day = on or desk.today
    _refuse_transition(reservation, ReservationState.USED)
    if reservation.is_expired(day):
        message = N_(
            "These units were held until {day} and went back to the pot: renew the reservation first."
        )
        raise Refused([block("quota.expired", message, "state", day=show_day(reservation.held_until))])
    first = min(day, reservation.reserved_on or day)
    used = replace(reservation, state=ReservationState.USED, used_on=day, reserved_on=first)
    saved = tx.put(used)
    if first != reservation.reserved_on or reservation.held_until:
        quota_guard.refuse_kept(desk, saved, None, first)
    return saved


def take(desk: Desk, tx: Tx, asked: Hold, held: str | None) -> Reservation:
    """Use the units held for a matter, or others where none are held any more, on the day of its decision.

    Raises:
        Refused: fewer are free on that day or later, or others wait in line.
    """
    found, on = desk.store.find(Reservation, held or ""), asked.on or desk.today
    if found and found.is_expired(on):
        let_go(desk, tx, found, "expired")
        found = None
    if found is None or found.state is not ReservationState.HELD:
        found = hold(desk, tx, asked)
    return use(desk, tx, found, on)


def let_go(desk: Desk, tx: Tx, reservation: Reservation, why: str, on: date | None = None) -> Reservation:
    """Return units to the pot, inside an op that is being written."""
    _refuse_transition(reservation, ReservationState.RELEASED)
    day = max(on or desk.today, reservation.reserved_on or date.min)
    return tx.put(replace(reservation, state=ReservationState.RELEASED, released_on=day, reason=why))


def release(desk: Desk, uid: str, why: str) -> Done[Reservation]:
    """Return units to the pot.

    Raises:
        NotFound: no such reservation.
        Refused: they were returned already.
        Invalid: no reason given.
    """
    why = reason(why, N_("Say why the units are returned."), of=Reservation, name="reason")
    with desk.write(Op.RELEASE_QUOTA) as tx:
        released = let_go(desk, tx, desk.store.get(Reservation, uid), why)
    return Done(released, tx.changes)


def expired(desk: Desk) -> list[Reservation]:
    """Reservations whose units went back by themselves: each waits to be renewed or released."""
    return ledger.expired(desk.store, desk.today)


def _refuse_transition(reservation: Reservation, target: ReservationState) -> None:
    assert reservation.state is not None
    if target not in RESERVATION_TRANSITIONS[reservation.state]:
        raise Refused([block("quota.state", N_("These units were used or returned already."), "state")])
