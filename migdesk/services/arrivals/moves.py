"""Moves to another address and returns to the country: a new arrival with terms of its own, the old one kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, EventSource, Stay
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Person
from migdesk.domain.record import faults, tidied
from migdesk.i18n import N_
from migdesk.services import checks, panels
from migdesk.services.arrivals import arrivals, crowding, departures
from migdesk.services.arrivals.earlier import address_words, same_house
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.facts import bans
from migdesk.services.payments import obligations
from migdesk.services.people import growth
from migdesk.services.stays import overlaps
from migdesk.services.terms.arrival_terms import with_terms
from migdesk.store import people as shelf
from migdesk.store.writer import Tx


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody goes from the address of an arrival to another one; `also` are arrivals that end and begin with it."""

    arrival: str
    moved_on: date | None
    address: Address
    host: str | None = None
    source: EventSource | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody who had left the country is back, at the address where he lived last."""

    person: str
    entered_on: date | None
    arrived_on: date | None
    border_point: str = ""
    source: EventSource | None = None


def check_move(desk: Desk, move: Move) -> list[Finding]:
    """What is wrong with a move, at its field, and what else is to be said; writes nothing."""
    old = desk.store.get(Arrival, move.arrival)
    findings = [*overlaps.annulled(old), *_check_day(desk, move, old)]
    address = tidied(move.address)
    told = [*faults(address), *checks.check_codes(desk, address)]
    findings += [replace(one, field=f"address.{one.field}") for one in told]
    before = desk.store.find(Address, old.address or "")
    if before and same_house(before, address):
        message = N_("This is the address where the person lives already.")
        findings.append(block("same_address", message, "address.line"))
    if old.left_on:
        message = N_("The person left this address on {day}: register an arrival instead.")
        findings.append(block("left_already", message, "moved_on", day=show_day(old.left_on)))
    people = len({move.arrival, *move.also})
    findings += _host_stays(desk, move)
    findings += _bound(desk, move)
    return [*findings, *crowding.warn_of_crowd(desk, address, move.host, people)]


def register_move(desk: Desk, move: Move) -> Done[Arrival]:
    """Close the arrival at the old address by a departure, and open one at the new: its notice and its
    registration are due by the terms of a move.

    Raises:
        NotFound: no such arrival.
        Invalid: what is wrong, field by field.
    """
    with checked_op(desk, Op.REGISTER_MOVE, partial(check_move, desk, move)) as (tx, findings):
        address = tx.put(tidied(move.address))
        made = [_move_one(desk, tx, uid, move, address) for uid in dict.fromkeys((move.arrival, *move.also))]
    return Done(made[0], tx.changes, tuple(findings))


def check_return(desk: Desk, back: Return) -> list[Finding]:
    """What is wrong with a return, at its field; writes nothing."""
    last = growth.last_arrival(desk.store, back.person)
    if last is None:
        message = N_("The person was never here by the register: register an arrival.")
        return [block("never_here", message, "arrived_on")]
    if last.left_on is None:
        message = N_(
            "The person never left by the register: arrival {number} is open. Register the departure first."
        )
        return [block("return_without_departure", message, "entered_on", number=last.number)]
    findings = checks.check_arrival(desk, _returned(desk, back, last))
    if back.entered_on is None:
        findings.append(block("missing", N_("“{label}” is empty."), "entered_on", label=N_("Date of entry")))
    elif back.entered_on < last.left_on:
        message = N_("The person returned before leaving on {day}.")
        findings.append(block("before_start", message, "entered_on", day=show_day(last.left_on)))
    else:
        findings += overlaps.over_others(desk, Stay(person=back.person, entered_on=back.entered_on))
        banned = bans.check_entry(desk, back.person, back.entered_on)
        findings += [replace(one, field="entered_on") for one in banned]
    return findings


def register_return(desk: Desk, back: Return) -> Done[Arrival]:
    """A new arrival at the address of the last one, with a new entry and its terms.

    Raises:
        Invalid: the person never left, or dates contradict.
    """
    with checked_op(desk, Op.REGISTER_RETURN, partial(check_return, desk, back)) as (tx, findings):
        last = growth.last_arrival(desk.store, back.person)
        assert last
        made = _put_arrival(desk, tx, _returned(desk, back, last), last)
        tx.put(
            Stay(
                person=back.person,
                entered_on=back.entered_on,
                border_point=back.border_point,
                source=back.source,
                basis=made.basis,
                arrival=made.uid,
            )
        )
    return Done(made, tx.changes, tuple(findings))


def _host_stays(desk: Desk, move: Move) -> list[Finding]:
    """Whoever received those who move stays at the old address: another is named, or nobody for own housing."""
    olds = [one for one in _arrivals(desk, (move.arrival, *move.also)) if one.left_on is None]
    if move.host:
        return []
    hosts = [desk.store.get(Party, uid) for uid in dict.fromkeys(one.host for one in olds) if uid]
    message = N_(
        "{name} stays the receiving person of the old address only. Name the one of the new address in “{label}”;"
        " leave it empty only for housing of one's own."
    )
    names = ", ".join(one.name for one in hosts)
    return [warn("host_stays", message, "host", name=names, label=N_("Receiving person"))] if hosts else []


def _bound(desk: Desk, move: Move) -> list[Finding]:
    """The obligations to stay of those who move to another region."""
    place, day = move.address.place, move.moved_on or desk.today
    people = [one.person for one in _arrivals(desk, dict.fromkeys((move.arrival, *move.also))) if place]
    return [one for uid in people if uid for one in obligations.check_leaving(desk, uid, day, place)]


def _check_day(desk: Desk, move: Move, old: Arrival) -> list[Finding]:
    if move.moved_on is None:
        return [block("missing", N_("“{label}” is empty."), "moved_on", label=N_("Moved on"))]
    if move.moved_on > desk.today:
        return [block("in_future", N_("This day is in the future."), "moved_on")]
    olds = [old, *_arrivals(desk, move.also)]
    came = max((one.arrived_on for one in olds if one.arrived_on), default=None)
    if came and move.moved_on < came:
        message = N_("The person moved before arriving: that was on {day}.")
        return [block("before_start", message, "moved_on", day=show_day(came))]
    return []


def _arrivals(desk: Desk, uids: Iterable[str]) -> list[Arrival]:
    return [desk.store.get(Arrival, uid) for uid in uids]


def _move_one(desk: Desk, tx: Tx, uid: str, move: Move, address: Address) -> Arrival:
    old = desk.store.get(Arrival, uid)
    departures.write_departure(
        desk,
        tx,
        Departure(
            person=old.person,
            arrival=old.uid,
            kind=DepartureKind.ADDRESS,
            left_on=move.moved_on,
            to_place=address.place,
            source=move.source,
        ),
    )
    new = replace(
        _fresh(old),
        arrived_on=move.moved_on,
        address=address.uid,
        host=move.host,
        source=move.source,
        moved_from=old.uid,
        previous_address=address_words(desk, old.address),
    )
    return _put_arrival(desk, tx, new, old)


def _returned(desk: Desk, back: Return, last: Arrival) -> Arrival:
    gone = desk.store.live(Departure, person=back.person, order="left_on DESC, id DESC", limit=1)
    return replace(
        _fresh(last),
        entered_on=back.entered_on,
        arrived_on=back.arrived_on,
        border_point=back.border_point,
        from_country=(gone[0].to_country if gone else "") or last.from_country,
        stay_until=None,
        source=back.source,
    )


def _fresh(old: Arrival) -> Arrival:
    """A new arrival for the same matter: who, why, on what ground; nothing that was done about the old one."""
    return replace(
        old,
        uid="",
        rev=0,
        number="",
        left_on=None,
        notified_on=None,
        channel="",
        registered_on=None,
        registered_source=None,
        moved_from=None,
        previous_address="",
        second_home="",
        note="",
    )


def _put_arrival(desk: Desk, tx: Tx, new: Arrival, old: Arrival) -> Arrival:
    person = desk.store.get(Person, new.person or "")
    documents = shelf.documents_of(desk.store, person.uid, desk.today)
    details = panels.details_of(desk.store, old)
    wanted = growth.arrival_with_state(person, documents, with_terms(desk, new), details)
    made = tx.put(wanted, number=arrivals.arrival_number(desk, tx))
    panels.write_details(tx, made, details)
    tx.put(growth.settled(tx, person, documents))
    return made
