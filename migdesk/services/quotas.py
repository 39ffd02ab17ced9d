"""The quota ledger: allot, adjust, reserve, use, release, transfer. What is free is always a sum.

Every check that guards the sum is made again inside the write lock, so two windows on one file cannot
overdraw it together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, Severity, Source, block, warn
from migdesk.domain.quota import (
    RESERVATION_TRANSITIONS,
    Allotment,
    AllotmentKind,
    Balance,
    Quota,
    Reservation,
    ReservationState,
    Stream,
)
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store import quotas as ledger
from migdesk.store.writer import Tx


@dataclass(frozen=True, slots=True)
class Pot:
    """Which pot is meant; the category is empty for streams that have none."""

    stream: Stream
    region: str
    year: int
    category: str = ""


@dataclass(frozen=True, slots=True)
class PotState:
    """A pot's sums on a day, the act behind its limit, and when it runs out at the present rate."""

    pot: Pot
    balance: Balance
    forecast: date | None
    source: Source | None


def check_pot(desk: Desk, pot: Pot, *, on: date | None = None) -> PotState:
    """The sums of a pot; writes nothing. An unknown pot has only the published limit.

    Raises:
        Invalid: the region is none.
    """
    day = _day_in_year(pot, on or desk.today)
    _refuse_unknown_pot(desk, pot)
    published = desk.law.quota_limit(pot.stream, pot.region, pot.year, pot.category or None, day)
    limit = published.units if published else None
    found = ledger.find_pot(desk.store, pot.stream, pot.year, pot.region, pot.category)
    if found is None:
        return PotState(pot, Balance(limit, 0, 0, 0), None, published.citation.source if published else None)
    balance = ledger.balance(desk.store, found, day, limit)
    return PotState(
        pot, balance, _forecast(desk, found, balance, day), published.citation.source if published else None
    )


def quote_limit(desk: Desk, pot: Pot, on: date) -> list[dict[str, object]]:
    """What a decision stores of the limit it was made under, ready for JSON; nothing where no order gives one."""
    limit = desk.law.quota_limit(pot.stream, pot.region, pot.year, pot.category or None, on)
    if limit is None:
        return []
    values = {"region": limit.region, "category": limit.category, "units": limit.units, "unit": limit.unit}
    source = limit.citation.source.as_json() | {"address": limit.citation.source.address}
    code = f"quota.{limit.stream}.{limit.year}"
    return [{"on": on.isoformat(), "code": code, "kind": "quota", "values": values, "source": source}]


def list_pots(desk: Desk, year: int) -> list[PotState]:
    """Every pot of a year that the office has touched, with its sums today."""
    states = []
    for one in ledger.pots(desk.store, year):
        assert one.stream is not None
        states.append(check_pot(desk, Pot(one.stream, one.region, year, one.category)))
    return states


def burn_down(desk: Desk, pot: Pot) -> list[tuple[date, int]]:
    """Units used by each week's end."""
    found = ledger.find_pot(desk.store, pot.stream, pot.year, pot.region, pot.category)
    return ledger.burn_down(desk.store, found, _day_in_year(pot, desk.today)) if found else []


def allot(desk: Desk, pot: Pot, units: int, act: str, *, on: date | None = None) -> Done[Allotment]:
    """Hand units of the region's limit to this office.

    Raises:
        Invalid: no units, or no act named.
        Refused: more than the limit published for that day and region; where none is known, a finding says so.
    """
    return _give(desk, pot, AllotmentKind.ALLOT, units, act, on=on)


def adjust(desk: Desk, pot: Pot, units: int, act: str, *, on: date | None = None) -> Done[Allotment]:
    """Change the limit by an act that the packs do not know yet; `units` may be negative.

    Raises:
        Refused: the limit would fall below what is allotted.
    """
    return _give(desk, pot, AllotmentKind.ADJUST, units, act, on=on)


def transfer(desk: Desk, pot: Pot, units: int, partner: str, act: str) -> Done[Allotment]:
    """Hand units to another office or region (negative: receive them).

    Raises:
        Invalid: no partner is named.
        Refused: fewer are free, or the partner is this office itself: the units would be lost.
    """
    if not partner.strip():
        raise Invalid([block("missing", N_("Name the other office."), "partner")])
    if partner.strip().casefold() in _own_names(desk, pot):
        message = N_("“{partner}” is this office itself: nothing is handed over.")
        raise Refused([block("quota.own_office", message, "partner", partner=partner.strip())])
    kind = AllotmentKind.TRANSFER_OUT if units > 0 else AllotmentKind.TRANSFER_IN
    return _give(desk, pot, kind, abs(units), act, partner=partner)


def _own_names(desk: Desk, pot: Pot) -> set[str]:
    """What this office, and the region of a pot, are called."""
    office, place = desk.office, desk.lists.place(pot.region)
    names = [office.code, office.name, office.uid, pot.region]
    return {name.casefold() for name in (*names, *((place.kk, place.ru, place.en) if place else ()))}


def reserve(
    desk: Desk, pot: Pot, units: int, *, person: str | None = None, reason: str = ""
) -> Done[Reservation]:
    """Hold units for one matter.

    Raises:
        Refused: fewer are free.
    """
    with desk.write(Op.RESERVE_QUOTA) as tx:
        held = hold(desk, tx, pot, units, person=person, reason=reason)
    return Done(held, tx.changes)


def hold(
    desk: Desk, tx: Tx, pot: Pot, units: int, *, person: str | None = None, reason: str = ""
) -> Reservation:
    """Hold units inside an op that is being written; the check and the write share the lock."""
    if units < 1:
        raise Invalid([block("no_units", N_("Say how many units."), "units")])
    _refuse_unknown_pot(desk, pot)
    found = ledger.find_pot(desk.store, pot.stream, pot.year, pot.region, pot.category)
    day = _day_in_year(pot, desk.today)
    free = ledger.balance(desk.store, found, day, None).free if found else 0
    if found is None or free < units:
        raise Refused([_no_quota(desk, pot, units, free, day)])
    return tx.put(
        Reservation(quota=found.uid, person=person, units=units, reserved_on=desk.today, reason=reason)
    )


def use(desk: Desk, tx: Tx, reservation: Reservation) -> Reservation:
    """Turn held units into used ones, when the decision is made."""
    _refuse_transition(reservation, ReservationState.USED)
    return tx.put(replace(reservation, state=ReservationState.USED, used_on=desk.today))


def let_go(desk: Desk, tx: Tx, reservation: Reservation, why: str) -> Reservation:
    """Return units to the pot, inside an op that is being written."""
    _refuse_transition(reservation, ReservationState.RELEASED)
    return tx.put(replace(reservation, state=ReservationState.RELEASED, released_on=desk.today, reason=why))


def release(desk: Desk, uid: str, why: str) -> Done[Reservation]:
    """Return units to the pot.

    Raises:
        NotFound: no such reservation.
        Refused: they were returned already.
        Invalid: no reason given.
    """
    if not why.strip():
        raise Invalid([block("missing", N_("Say why the units are returned."), "reason")])
    with desk.write(Op.RELEASE_QUOTA) as tx:
        released = let_go(desk, tx, desk.store.get(Reservation, uid), why)
    return Done(released, tx.changes)


def _give(
    desk: Desk,
    pot: Pot,
    kind: AllotmentKind,
    units: int,
    act: str,
    *,
    on: date | None = None,
    partner: str = "",
) -> Done[Allotment]:
    if units == 0 or (units < 0 and kind is not AllotmentKind.ADJUST):
        raise Invalid([block("no_units", N_("Say how many units."), "units")])
    if not act.strip():
        raise Invalid([block("missing", N_("Name the act or the letter."), "act")])
    _refuse_unknown_pot(desk, pot)
    day = on or desk.today
    op = Op.TRANSFER_QUOTA if partner else Op.ALLOT_QUOTA
    with desk.write(op) as tx:
        found = ledger.find_pot(desk.store, pot.stream, pot.year, pot.region, pot.category) or tx.put(
            Quota(stream=pot.stream, year=pot.year, region=pot.region, category=pot.category)
        )
        free = ledger.balance(desk.store, found, _day_in_year(pot, max(day, desk.today)), None).free
        line = tx.put(
            Allotment(quota=found.uid, kind=kind, units=units, given_on=day, act=act, partner=partner)
        )
        limit = _refuse_overdrawn(desk, pot, found, _day_in_year(pot, max(day, desk.today)), free)
    unknown = [_no_limit(pot)] if kind is AllotmentKind.ALLOT and limit is None else []
    return Done(line, tx.changes, tuple(unknown))


def _no_limit(pot: Pot) -> Finding:
    message = N_("No limit is known for this region and {year}: how much may be allotted, only the act says.")
    return warn("quota.no_limit", message, "units", year=pot.year)


def _refuse_overdrawn(desk: Desk, pot: Pot, found: Quota, day: date, free: int) -> int | None:
    """After the line is in: the sums must still hold, else the op rolls back; `free` is what was before it.

    The answer is the limit, where one is known.
    """
    published = desk.law.quota_limit(pot.stream, pot.region, pot.year, pot.category or None, day)
    now = ledger.balance(desk.store, found, day, published.units if published else None)
    if now.limit is not None and now.allotted > now.limit:
        raise Refused(
            [
                Finding(
                    Severity.BLOCK,
                    "quota.over_limit",
                    N_("The region's limit is {limit}; with this line {allotted} would be allotted."),
                    "units",
                    {"limit": now.limit, "allotted": now.allotted},
                    published.citation.source if published else None,
                )
            ]
        )
    if now.free < 0:
        raise Refused(
            [
                block(
                    "quota.overdrawn",
                    N_("Not enough is free: {n}."),
                    "units",
                    n=max(0, free),
                )
            ]
        )
    return now.limit


def _no_quota(desk: Desk, pot: Pot, units: int, free: int, day: date) -> Finding:
    published = desk.law.quota_limit(pot.stream, pot.region, pot.year, pot.category or None, day)
    return Finding(
        Severity.BLOCK,
        "quota.exhausted",
        N_("{units} asked, {free} free in the quota of {year}."),
        "units",
        {"units": units, "free": free, "year": pot.year},
        published.citation.source if published else None,
    )


def _refuse_transition(reservation: Reservation, target: ReservationState) -> None:
    assert reservation.state is not None
    if target not in RESERVATION_TRANSITIONS[reservation.state]:
        raise Refused([block("quota.state", N_("These units were used or returned already."), "state")])


def _refuse_unknown_pot(desk: Desk, pot: Pot) -> None:
    refuse_if_blocked(_check_category(desk, pot))
    if not desk.lists.has("kato", pot.region):
        raise Invalid(
            [block("unknown_region", N_("“{code}” is not the code of a region."), "region", code=pot.region)]
        )


def _check_category(desk: Desk, pot: Pot) -> list[Finding]:
    """A block for a category that no order names; most quotas have none at all."""
    known = desk.law.quota_categories(pot.stream)
    if not pot.category or pot.category in known:
        return []
    if not known:
        message = N_("This quota has no categories: leave “{code}” out.")
        return [block("unknown_category", message, "category", code=pot.category)]
    values = {"code": pot.category, "known": ", ".join(known)}
    return [block("unknown_category", N_("“{code}” is none of: {known}."), "category", **values)]


def _day_in_year(pot: Pot, day: date) -> date:
    """A pot of another year is judged on its last, or first, day."""
    return min(max(day, date(pot.year, 1, 1)), date(pot.year, 12, 31))


def _forecast(desk: Desk, found: Quota, balance: Balance, day: date) -> date | None:
    """The day the free units end at the rate of the last 90 days; `None` when they last to the end of the year."""
    span = min(90, (day - date(day.year, 1, 1)).days + 1)
    used = ledger.used_since(desk.store, found, day - timedelta(days=span - 1), day)
    if used <= 0:
        return None
    if balance.free <= 0:
        return day
    days = -(-balance.free * span // used)
    return day + timedelta(days=days) if days <= (date(day.year, 12, 31) - day).days else None
