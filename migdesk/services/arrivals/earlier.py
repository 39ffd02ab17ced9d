"""Nobody is registered at a second address before it is said what becomes of the first: terms would run twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from migdesk.domain.arrival import Arrival, Departure, DepartureKind
from migdesk.domain.dates import show_day
from migdesk.domain.earlier import Earlier, EarlierWay
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.party import Address
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.arrivals import departures
from migdesk.services.desk import Desk
from migdesk.store.rows import house_key
from migdesk.store.writer import Tx

STILL_HERE = "still_here"
"""The code of what stops a second open arrival."""


def open_arrivals(desk: Desk, person: str, came: date | None) -> list[Arrival]:
    """Arrivals of somebody that began by a day and are open, the latest first."""
    found = desk.store.live(Arrival, person=person, left_on=None, order="arrived_on DESC, id DESC")
    return [one for one in found if came and one.arrived_on and one.arrived_on <= came]


def check(
    desk: Desk, person: Person, arrival: Arrival, address: Address | None, answer: Earlier | None
) -> list[Finding]:
    """What is said of the earlier arrivals of somebody known who arrives; names are those of the arrival and of
    `earlier.…`."""
    came = arrival.arrived_on
    others = [one for one in open_arrivals(desk, person.uid, came) if one.uid != arrival.uid]
    if not others:
        return list(_later(desk, person, arrival))
    if answer is None and all(_may_be_same(desk, one, address) for one in others):
        message = N_(
            "{name} is registered already: arrival {number} of {day} is open. Register the departure first if the "
            "person had left."
        )
        values = {"number": others[0].number, "day": show_day(others[0].arrived_on)}
        return [warn("here_already", message, "arrival.arrived_on", name=person.full_name, **values)]
    if answer is None:
        message = N_(
            "{name} still lives elsewhere: arrival {number} of {day} is open. Say what becomes of it: this is a "
            "move, the person left on a day, or lives at both addresses."
        )
        values = {"number": others[0].number, "day": show_day(others[0].arrived_on)}
        return [block(STILL_HERE, message, "arrival.arrived_on", name=person.full_name, **values)]
    return list(_unsound(desk, answer, others, came, address))


def continued(desk: Desk, answer: Earlier, person: str, new: Arrival) -> Arrival:
    """The arrival as it follows those that are still open: a move from the last one, or a second home."""
    open_ones = open_arrivals(desk, person, new.arrived_on)
    if not open_ones or answer.way is EarlierWay.LEFT:
        return new
    if answer.way is EarlierWay.BOTH:
        return replace(new, second_home=answer.why.strip())
    last = open_ones[0]
    return replace(
        new,
        moved_from=last.uid,
        entered_on=new.entered_on or last.entered_on,
        previous_address=new.previous_address or address_words(desk, last.address),
    )


def end_others(desk: Desk, tx: Tx, answer: Earlier, new: Arrival) -> None:
    """End, by a departure each, the arrivals that were open when this one was written, as the answer says."""
    if answer.way is EarlierWay.BOTH:
        return
    address = tx.find(Address, new.address or "")
    for old in open_arrivals(desk, new.person or "", new.arrived_on):
        if old.uid != new.uid:
            departure = Departure(
                person=old.person,
                arrival=old.uid,
                kind=DepartureKind.ADDRESS,
                left_on=new.arrived_on if answer.way is EarlierWay.MOVE else answer.left_on,
                to_place=address.place if address else "",
                source=new.source,
            )
            departures.write_departure(desk, tx, departure)


def same_house(one: Address, other: Address) -> bool:
    """Whether two addresses are one house or flat, however they are written."""
    key = house_key(one.place, one.line)
    return bool(key) and key == house_key(other.place, other.line)


def address_words(desk: Desk, uid: str | None) -> str:
    """An address of the register as a previous address is written."""
    address = desk.store.find(Address, uid) if uid else None
    if address is None:
        return ""
    return ", ".join(part for part in (desk.lists.place_text(address.place), address.line) if part)[:200]


def _unsound(
    desk: Desk, answer: Earlier, others: Sequence[Arrival], came: date | None, address: Address | None
) -> Iterator[Finding]:
    """Why the answer cannot stand."""
    if answer.way is EarlierWay.MOVE:
        before = desk.store.find(Address, others[0].address or "")
        if address is None:
            message = N_("Somebody who moved has a new address: give it.")
            yield block("missing", message, "address.place")
        elif before and same_house(before, address):
            message = N_("This is the address where the person lives already.")
            yield block("same_address", message, "address.line")
    elif answer.way is EarlierWay.LEFT:
        yield from _unsound_day(answer.left_on, others, came)
    elif not answer.why.strip():
        message = N_("Say why the person lives at both addresses: it stays in the journal.")
        yield block("missing", message, "earlier.why")


def _unsound_day(left: date | None, others: Sequence[Arrival], came: date | None) -> Iterator[Finding]:
    began = max(one.arrived_on for one in others if one.arrived_on)
    if left is None:
        message = N_("Give the day on which the person left the earlier address.")
        yield block("missing", message, "earlier.left_on")
    elif left < began:
        message = N_("The person left before arriving: that was on {day}.")
        yield block("before_start", message, "earlier.left_on", day=show_day(began))
    elif came and left > came:
        message = N_("The person arrived here on {day}, and left the earlier address by then.")
        yield block("after_end", message, "earlier.left_on", day=show_day(came))


def _may_be_same(desk: Desk, old: Arrival, address: Address | None) -> bool:
    """Whether an open arrival is at the address of the new one, or nobody can tell by what is known of the two."""
    before = desk.store.find(Address, old.address or "")
    if before is None or address is None:
        return True
    told = before.line.strip() and address.line.strip()
    return same_house(before, address) if told else before.place == address.place


def _later(desk: Desk, person: Person, arrival: Arrival) -> Iterator[Finding]:
    """An arrival entered late, before one that is open: it ended by then."""
    came = arrival.arrived_on
    for one in desk.store.live(Arrival, person=person.uid, left_on=None, order="arrived_on, id"):
        if came and one.uid != arrival.uid and one.arrived_on and one.arrived_on > came:
            message = N_(
                "{name} lives elsewhere since {day}, by arrival {number}: enter the departure from this address too."
            )
            values = {"name": person.full_name, "number": one.number, "day": show_day(one.arrived_on)}
            yield warn("lives_since", message, "arrival.arrived_on", **values)
            return
