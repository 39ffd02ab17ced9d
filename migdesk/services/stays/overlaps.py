"""Nobody lives at two addresses, or is in the country twice, at once: what a dated correction must not bring about.

What lay over something else before a correction is not held against it: it may be what puts that right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from migdesk.domain.arrival import Arrival, Stay
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, block
from migdesk.i18n import N_
from migdesk.services.desk import Desk


def over_others(desk: Desk, stay: Stay) -> list[Finding]:
    """A block when the person was here already; who leaves and enters on one day was not in two stays."""
    for one in desk.store.live(Stay, person=stay.person, order="entered_on"):
        if one.uid != stay.uid and one.entered_on and _overlap(stay, one):
            if one.left_on:
                message = N_("The person was here from {since} to {until} already.")
            else:
                message = N_("The person is here since {since} already: no exit is known.")
            since, until = show_day(one.entered_on), show_day(one.left_on)
            return [block("overlap", message, "entered_on", since=since, until=until)]
    return []


def newly_over_others(desk: Desk, stay: Stay, was: Stay | None) -> list[Finding]:
    """A block when a corrected stay lies over another over which it did not lie before."""
    if was and was.entered_on and over_others(desk, was):
        return []
    return over_others(desk, stay) if stay.entered_on else []


def check_corrected(desk: Desk, arrival: Arrival, was: Arrival | None) -> Iterator[Finding]:
    """What is wrong with other days of an arrival: over another one, over another stay, after its own end."""
    if was is None:
        return
    if was.is_annulled:
        yield from annulled(was)
        return
    if arrival.left_on != was.left_on:
        message = N_("The day of leaving stands in the departure: correct or annul that.")
        yield block("in_departure", message, "left_on")
        return
    came = arrival.arrived_on
    if came and came != was.arrived_on:
        yield from _homes(desk, arrival, was)
    if came and came != was.arrived_on and was.left_on and came > was.left_on:
        message = N_("The person left this address on {day}: he arrived before.")
        yield block("before_start", message, "arrived_on", day=show_day(was.left_on))
    if arrival.entered_on and arrival.entered_on != was.entered_on:
        yield from _entry(desk, arrival, was)


def annulled(arrival: Arrival) -> Iterator[Finding]:
    """A block when an arrival did not happen: nothing follows from it any more."""
    if arrival.is_annulled:
        message = N_("The arrival {number} is annulled: register the right one instead.")
        yield block("annulled", message, None, number=arrival.number)


def two_homes(desk: Desk, person: str, reopened: Iterable[Arrival], left: date | None) -> Arrival | None:
    """The arrival that followed a departure: what the departure ended is not opened again under it."""
    again = {one.uid for one in reopened}
    for one in desk.store.live(Arrival, person=person):
        if one.uid not in again and one.arrived_on and left and one.arrived_on >= left:
            return one
    return None


def _homes(desk: Desk, arrival: Arrival, was: Arrival) -> Iterator[Finding]:
    for one in desk.store.live(Arrival, person=arrival.person):
        if one.uid == arrival.uid or not _at_once(arrival, one) or _at_once(was, one):
            continue
        if one.left_on:
            message = N_("The person lived elsewhere from {since} to {until}, by arrival {number}.")
        else:
            message = N_("The person lives elsewhere since {since}, by arrival {number}.")
        since, until = show_day(one.arrived_on), show_day(one.left_on)
        yield block("overlap", message, "arrived_on", since=since, until=until, number=one.number)


def _entry(desk: Desk, arrival: Arrival, was: Arrival) -> list[Finding]:
    """The stay that began with an arrival follows its day of entry, so it may come to lie over another."""
    began = desk.store.live(Stay, arrival=arrival.uid)
    if not began and desk.store.live(Stay, person=arrival.person, entered_on=arrival.entered_on):
        return []
    old = began[0] if began else Stay(person=arrival.person, entered_on=was.entered_on)
    ends = old.left_on or arrival.left_on
    new = Stay(uid=old.uid, person=arrival.person, entered_on=arrival.entered_on, left_on=ends)
    return newly_over_others(desk, new, old if began else None)


def _at_once(one: Arrival, other: Arrival) -> bool:
    if one.arrived_on is None or other.arrived_on is None:
        return False
    one_end, other_end = one.left_on or date.max, other.left_on or date.max
    return one.arrived_on < other_end and other.arrived_on < one_end


def _overlap(one: Stay, other: Stay) -> bool:
    assert one.entered_on and other.entered_on
    one_end, other_end = one.left_on or date.max, other.left_on or date.max
    if one.entered_on == other.entered_on:
        return True
    return one.entered_on < other_end and other.entered_on < one_end
