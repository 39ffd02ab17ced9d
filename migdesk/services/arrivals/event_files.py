"""A departure or a crossing as it is looked at: whose it is, what it ended, what was corrected."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.arrival import Arrival, Departure, Stay
from migdesk.domain.person import Person
from migdesk.services.arrivals import departures, happened
from migdesk.services.arrivals.happened import Happened
from migdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class EventFile:
    """A departure or a crossing with its person, the arrivals it ended or began, and its corrected days."""

    event: Departure | Stay
    person: Person
    arrivals: tuple[Arrival, ...]
    struck: tuple[Happened, ...]


def open_departure(desk: Desk, uid: str) -> EventFile:
    """A departure with everything its file shows.

    Raises:
        NotFound: no such departure.
    """
    departure = desk.store.get(Departure, uid)
    ended = [] if departure.is_annulled else departures.ended_arrivals(desk, departure)
    return _file(desk, departure, tuple(ended))


def open_stay(desk: Desk, uid: str) -> EventFile:
    """A crossing with everything its file shows.

    Raises:
        NotFound: no such crossing.
    """
    stay = desk.store.get(Stay, uid)
    began = desk.store.find(Arrival, stay.arrival or "")
    return _file(desk, stay, (began,) if began else ())


def _file(desk: Desk, event: Departure | Stay, arrivals: tuple[Arrival, ...]) -> EventFile:
    person = desk.store.get(Person, event.person or "")
    struck = [one for one in happened.struck_of(desk, person.uid) if one.uid == event.uid]
    return EventFile(event, person, arrivals, tuple(struck))
