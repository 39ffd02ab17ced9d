"""Events of a person's stay: which may come next, and what was once said of them and corrected since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, EventSource, Stay, StayBasis
from migdesk.domain.change import Change, Done, Entry, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, refuse_if_blocked
from migdesk.domain.finding import block
from migdesk.domain.person import Membership
from migdesk.domain.record import Record
from migdesk.domain.register import BY_TABLE
from migdesk.domain.terms import TermKind
from migdesk.domain.terms import title_of as term_title
from migdesk.i18n import N_
from migdesk.services.arrivals import arrivals
from migdesk.services.desk import Desk
from migdesk.services.people.people import PersonFile
from migdesk.store import journal
from migdesk.store.rows import field_names, from_row, to_values


class Next(StrEnum):
    """An event that a clerk may enter."""

    ARRIVAL = "arrival"
    NOTICE = "notice"
    REGISTRATION = "registration"
    MOVE = "move"
    LEFT_ADDRESS = "left_address"
    LEFT_COUNTRY = "left_country"
    LEFT_FOR_GOOD = "left_for_good"
    RETURN = "return"
    CROSSING = "crossing"

    @classmethod
    def labels(cls) -> dict[Next, str]:
        """What a person reads."""
        return {
            cls.ARRIVAL: N_("Arrival at an address"),
            cls.NOTICE: N_("Notice by the receiving person"),
            cls.REGISTRATION: TermKind.labels()[TermKind.REGISTRATION],
            cls.MOVE: N_("Move to another address"),
            cls.LEFT_ADDRESS: N_("Departure from the address"),
            cls.LEFT_COUNTRY: N_("Departure from the country"),
            cls.LEFT_FOR_GOOD: N_("Departure for good"),
            cls.RETURN: N_("Return to the country"),
            cls.CROSSING: N_("Crossing that is no arrival here"),
        }


def possible(file: PersonFile) -> list[Next]:
    """The events that may come next for a person, the most likely first."""
    here = open_arrival(file)
    found: list[Next] = []
    if here:
        if here.notice_due and not here.notified_on:
            found.append(Next.NOTICE)
        if here.registration_due and not here.registered_on:
            found.append(Next.REGISTRATION)
        found += [Next.MOVE, Next.LEFT_ADDRESS]
    if here or any(one.left_on is None for one in file.stays):
        found += [Next.LEFT_COUNTRY, Next.LEFT_FOR_GOOD]
    elif file.arrivals:
        found.append(Next.RETURN)
    if not here:
        found.insert(0 if not file.arrivals else len(found), Next.ARRIVAL)
    return [*found, Next.CROSSING]


def title_of(event: Next, file: PersonFile) -> str:
    """What an event is called for this person, as an English message: a citizen registers as a citizen."""
    here = open_arrival(file)
    is_citizen = here is not None and here.basis is StayBasis.CITIZEN
    if event is Next.REGISTRATION:
        return term_title(TermKind.REGISTRATION, is_citizen=is_citizen)
    return Next.labels()[event]


def open_arrival(file: PersonFile) -> Arrival | None:
    """Where the person lives now, by the register."""
    return next((one for one in file.arrivals if one.left_on is None), None)


@dataclass(frozen=True, slots=True)
class Said:
    """A notice or a registration: when, by which channel, from what it is known."""

    arrival: str
    on: date | None
    channel: str = ""
    source: EventSource | None = None


def give_notice(desk: Desk, said: Said) -> Done[Arrival]:
    """The receiving person told of the arrival.

    Raises:
        NotFound: no such arrival.
        Invalid: no day, one before the arrival, or the notice was given already.
    """
    _refuse_no_day(said)
    arrival = desk.store.get(Arrival, said.arrival)
    _refuse_again(arrival, arrival.notified_on)
    if said.on and arrival.arrived_on and said.on < arrival.arrived_on:
        raise Invalid([block("before_start", N_("The notice was given before the arrival."), "on")])
    return arrivals.correct_arrival(desk, replace(arrival, notified_on=said.on, channel=said.channel))


def mark_registered(desk: Desk, said: Said) -> Done[Arrival]:
    """The immigrant registered himself.

    Raises:
        NotFound: no such arrival.
        Invalid: no day, one in the future or before the arrival, or he is registered already.
    """
    _refuse_no_day(said)
    arrival = desk.store.get(Arrival, said.arrival)
    _refuse_again(arrival, arrival.registered_on)
    came = arrival.entered_on or arrival.arrived_on
    if said.on and said.on > desk.today:
        raise Invalid([block("in_future", N_("This day is in the future."), "on")])
    if said.on and came and said.on < came:
        raise Invalid([block("before_start", N_("The registration is before the arrival."), "on")])
    changed = replace(arrival, registered_on=said.on, registered_source=said.source)
    return arrivals.correct_arrival(desk, changed)


def correct_arrival(desk: Desk, arrival: Arrival, given: Mapping[str, object]) -> Done[Arrival]:
    """Other days of an arrival, its notice or its registration, or another receiving person, by field name.

    Raises:
        Invalid: nothing was said yet that could be corrected, or the days contradict.
        Stale: it was changed since it was read.
    """
    message = N_("There is nothing to correct yet: write it down as a new event.")
    unsaid = [
        name for name in ("notified_on", "registered_on") if name in given and not getattr(arrival, name)
    ]
    refuse_if_blocked([block("not_said", message, name) for name in unsaid])
    changed: dict[str, Any] = dict(given)
    return arrivals.correct_arrival(desk, replace(arrival, **changed))


def _refuse_again(arrival: Arrival, before: date | None) -> None:
    if before:
        message = N_(
            "This is in arrival {number} already, of {day}: correct it there instead of writing it again."
        )
        told = block("said_already", message, "on", number=arrival.number, day=show_day(before))
        raise Invalid([told])


def _refuse_no_day(said: Said) -> None:
    if said.on is None:
        raise Invalid([block("missing", N_("“{label}” is empty."), "on", label=N_("Date"))])


@dataclass(frozen=True, slots=True, repr=False)
class Struck:
    """Something once said of an event and corrected since: the record as it was then, and the op that corrected it.

    `fields` are the names of the fields that were corrected.
    """

    record: Record
    fields: frozenset[str]
    entry: Entry


_DAYS: dict[str, frozenset[str]] = {
    "arrival": frozenset(
        {"arrived_on", "entered_on", "notified_on", "registered_on", "purpose", "address", "annulled_on"}
    ),
    "departure": frozenset({"left_on", "kind", "to_country", "annulled_on"}),
    "stay": frozenset({"entered_on", "left_on", "annulled_on"}),
    "membership": frozenset({"since", "until", "relation", "annulled_on"}),
}
"""Fields by which an event stands on the timeline: a correction of any other strikes nothing."""

_OF_STAY = frozenset({Op.CORRECT_CROSSING, Op.UNDO})
"""Ops that correct an exit for its own sake: otherwise its departure is corrected, and is struck itself."""


def struck_events(desk: Desk, person: str) -> list[Struck]:
    """What was once said of a person's stay and families and no longer holds, newest first.

    It is read from the journal, where the old words stay.
    """
    found: list[Struck] = []
    for cls in (Arrival, Departure, Stay, Membership):
        for rec in desk.store.select(cls, "person = ?", (person,)):
            found += _struck(desk, rec)
    return sorted(found, key=lambda one: one.entry.at, reverse=True)


def _struck(desk: Desk, rec: Record) -> Iterator[Struck]:
    """Walk back from the record as it is now: each change that overwrote a day gives one struck event."""
    now = rec
    for entry in journal.entries_of(desk.store, [rec.uid]):
        for change in reversed(journal.changes_of(desk.store, entry.uid, record=rec.uid)):
            if change.created:
                continue
            was = _before(now, change)
            names = frozenset(name for name in _DAYS[rec.table] if _corrects(change, name))
            if not rec.is_annulled:
                names -= {"annulled_on"}  # annulled once and put back: it holds
            if rec.table == Stay.table and entry.op not in _OF_STAY:
                names -= {"left_on"}
            if names:
                yield Struck(was, names, entry)
            now = was


def _corrects(change: Change, name: str) -> bool:
    """Whether a change took back what had been said; the first word about something takes nothing back."""
    if name not in change.after:
        return False
    return name == "annulled_on" or change.before.get(name) not in (None, "")


def _before(rec: Record, change: Change) -> Record:
    """A record as it was before a change."""
    values, cls = to_values(rec) | dict(change.before), BY_TABLE[rec.table]
    return from_row(cls, (rec.uid, rec.rev, *(values[name] for name in field_names(cls))))


DEPARTURE_KINDS = {
    Next.LEFT_ADDRESS: DepartureKind.ADDRESS,
    Next.LEFT_COUNTRY: DepartureKind.ABROAD,
    Next.LEFT_FOR_GOOD: DepartureKind.FOR_GOOD,
}
