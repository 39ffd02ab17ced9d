"""What a special regime closes on a day: a ground of entry, or a channel through which something is filed.

It is remarked and does not stop the work: a closed border lets diplomats and crews in, and what was filed through
a closed channel is there to be answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, warn
from migdesk.i18n import N_, pick
from migdesk.rules.pack import Special
from migdesk.services.desk import Desk

_GROUND = N_("On {day} entry on this ground is closed: {regime}")
_CHANNEL = N_("On {day} this channel is closed: {regime}")


def of_arrival(desk: Desk, arrival: Arrival, citizenship: str) -> Iterator[Finding]:
    """The ground of the entry, and the channel of the notice."""
    on = arrival.entered_on or arrival.arrived_on
    if arrival.basis and not arrival.moved_from:
        found = desk.law.specials.closes(arrival.basis.value, on, citizenship) if on else None
        yield from _told(found, on, ("closed.ground", "basis"), _GROUND)
    yield from _channel(desk, arrival.channel, arrival.notified_on)


def of_case(desk: Desk, case: Case) -> Iterator[Finding]:
    """The channel through which an application was filed."""
    yield from _channel(desk, case.channel, case.applied_on)


def _channel(desk: Desk, channel: str, on: date | None) -> Iterator[Finding]:
    found = desk.law.specials.closes(channel, on) if channel and on else None
    yield from _told(found, on, ("closed.channel", "channel"), _CHANNEL)


def _told(by: Special | None, on: date | None, of: tuple[str, str], message: str) -> Iterator[Finding]:
    if by:
        told = warn(of[0], message, of[1], day=show_day(on), regime=pick(by.title))
        yield replace(told, source=by.citation.source)
