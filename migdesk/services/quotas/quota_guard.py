"""What keeps a pot from being overdrawn: after a line, and on every day from its own on.

All of it is asked inside the write lock; what is refused here rolls the op back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from migdesk.domain.dates import show_day
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, Severity, block
from migdesk.domain.quota import Allotment, AllotmentKind, PartnerKind, Quota, Reservation
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.quotas import pots
from migdesk.services.quotas.pots import Limits, Pot
from migdesk.store import quotas as ledger
from migdesk.store.quotas import Standing

_OVER = N_("The region's limit is {limit}; with this line {allotted} would be allotted.")
_TAKEN_OVER = N_("From {day} the region's limit is {limit}; {taken} are taken already.")


def lowest_free(desk: Desk, found: Quota, day: date) -> int:
    """The fewest free units of a pot on a day or any later one."""
    return min(one.given - one.taken for one in _since(desk, [found], day))


def refuse_overdrawn(desk: Desk, found: Quota, day: date, free: int) -> None:
    """After a line of allotment is in: no day from its own on may be overdrawn; `free` is what was before it.

    Raises:
        Refused: one is.
    """
    if lowest_free(desk, found, day) < 0:
        raise Refused([block("quota.overdrawn", N_("Not enough is free: {n}."), "units", n=max(0, free))])


def refuse_taken(
    desk: Desk, pot: Pot, found: Quota | None, units: int, day: date, *, past_limit: bool = False
) -> None:
    """Before units are taken from a day on: they must be free on it and later, within what the orders give.

    Raises:
        Refused: fewer are free, or an order known here gives the region fewer.
    """
    days = _since(desk, [found], day) if found else [Standing(day)]
    fewest = min(days, key=lambda one: one.given - one.taken)
    free = fewest.given - fewest.taken
    if found is None or free < units:
        raise Refused([_exhausted(desk, pot, units, free, max(fewest.day, day))])
    if past_limit:
        return
    for limits in pots.limits_of(desk, pot):
        for on, limit, standing in _limited(desk, limits, day):
            if standing.taken + units > limit:
                values = {"day": show_day(on), "limit": limit, "taken": standing.taken}
                raise Refused([_over(limits, on, _TAKEN_OVER, values)])


def within_limits(desk: Desk, pot: Pot, day: date) -> list[int]:
    """What the orders still let take on each day from one on; nothing where none is known."""
    found = (one for limits in pots.limits_of(desk, pot) for one in _limited(desk, limits, day))
    return [limit - standing.taken for _on, limit, standing in found]


def refuse_kept(desk: Desk, unit: Reservation, last: date | None, first: date | None = None) -> None:
    """After units are held longer, or used from an earlier day: others may have counted on them.

    `last` is the last day they were held until now, `first` that from which they are taken.

    Raises:
        Refused: a day is overdrawn.
    """
    found = desk.store.get(Quota, unit.quota or "")
    day = first or (last + timedelta(days=1) if last else unit.reserved_on or desk.today)
    if (free := lowest_free(desk, found, day)) < 0:
        units = unit.units or 0
        raise Refused([_exhausted(desk, pots.pot_of(found), units, max(0, free + units), day)])


def refuse_over_limit(desk: Desk, pot: Pot, line: Allotment) -> int | None:
    """After a line of allotment is in: what is allotted stays within the orders, unless the head passed over them.

    The answer is the limit on its day, where one is known.

    Raises:
        Refused: more would be allotted than the region has on that day or a later one.
    """
    day = line.given_on or desk.today
    limit = None
    for limits in pots.limits_of(desk, pot):
        for on, units, standing in _limited(desk, limits, day):
            limit = units
            if _adds(line) and not line.override.strip() and standing.given > units:
                raise Refused([_over(limits, on, _OVER, {"limit": units, "allotted": standing.given})])
    return limit


def refuse_sub_office(desk: Desk, found: Quota, line: Allotment) -> None:
    """A sub-office gives back no more than it was given.

    Raises:
        Refused: it would.
    """
    if line.partner_is is not PartnerKind.SUB_OFFICE:
        return
    held = ledger.outstanding(desk.store, found, line.partner)
    if any(units < 0 for _day, units in held):
        had = min(units for _day, units in held) + (line.units or 0)
        message = N_("“{partner}” holds {n} units of this pot: no more can come back from there.")
        values = {"partner": line.partner, "n": max(0, had)}
        raise Refused([block("quota.sub_office", message, "units", **values)])


def _adds(line: Allotment) -> bool:
    """Whether a line may bring what is allotted over the limit; what another region gives raises both."""
    if line.kind is AllotmentKind.ADJUST:
        return (line.units or 0) < 0
    from_region = line.partner_is is PartnerKind.REGION
    return line.kind in (AllotmentKind.ALLOT, AllotmentKind.TRANSFER_IN) and not from_region


def _since(desk: Desk, found: Sequence[Quota], day: date) -> list[Standing]:
    """How pots stood on a day and on each later one on which something changed."""
    all_days = ledger.standings(desk.store, found)
    start = max(day, date(found[0].year or day.year, 1, 1)) if found else day
    return [ledger.standing_on(all_days, start), *(one for one in all_days if one.day > start)]


def _limited(desk: Desk, limits: Limits, day: date) -> Iterator[tuple[date, int, Standing]]:
    """Each day from one on, on which a sum or a limit changes, with limit and sums; none where it is unknown."""
    days = ledger.standings(desk.store, limits.pots)
    year = limits.pots[0].year or day.year if limits.pots else day.year
    start = max(day, date(year, 1, 1))
    changes = {
        start,
        *_later((one.day for one in days), start),
        *_later((s.since for s in limits.steps), start),
    }
    for on in sorted(changes):
        standing, order = ledger.standing_on(days, on), limits.on(on)
        limit = standing.limit(order.units if order else None)
        if limit is not None:
            yield on, limit, standing


def _later(days: Iterable[date], start: date) -> Iterator[date]:
    return (day for day in days if day > start)


def _over(limits: Limits, on: date, message: str, values: dict[str, object]) -> Finding:
    order = limits.on(on)
    source = order.citation.source if order else None
    return Finding(Severity.BLOCK, "quota.over_limit", message, "units", values, source)


def _exhausted(desk: Desk, pot: Pot, units: int, free: int, day: date) -> Finding:
    order = pots.limit_on(desk, pot, day)
    values = {"units": units, "free": free, "year": pot.year, "day": show_day(day)}
    values["pot"] = pots.words_of(desk, pot)
    message = (
        N_("{units} asked, {free} free in the quota of {year} ({pot}).")
        if day <= desk.today
        else N_("{units} asked, {free} free in the quota of {year} from {day} on ({pot}).")
    )
    source = order.citation.source if order else None
    return Finding(Severity.BLOCK, "quota.exhausted", message, "units", values, source)
