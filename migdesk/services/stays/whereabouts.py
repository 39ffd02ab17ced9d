"""Whether somebody is in the country on a day, by his crossings, arrivals and departures."""

from __future__ import annotations

from datetime import date

from migdesk.domain.arrival import DepartureKind
from migdesk.services.people.people import PersonFile


def left_country_on(file: PersonFile, day: date) -> date | None:
    """The day since which a person is out of the country, as known on a day; nothing while he is here.

    The day of an exit is one of presence for the count of days, but nothing is asked of who went on it.
    """
    exits = [one.left_on for one in file.stays] + [
        one.left_on for one in file.departures if one.kind is not DepartureKind.ADDRESS
    ]
    left = max((one for one in exits if one and one <= day), default=None)
    if left is None:
        return None
    spans = [(one.entered_on, one.left_on) for one in file.stays]
    spans += [(one.arrived_on, one.left_on) for one in file.arrivals]
    came = [(begins, ends) for begins, ends in spans if begins and begins <= day]
    is_here = any(ends is None or ends > day or begins > left for begins, ends in came)
    return None if is_here else left
