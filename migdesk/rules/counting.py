"""A term counted from its event: by the calendar, less the days on which a special regime lets it stand still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from migdesk.domain.finding import Finding, Severity
from migdesk.rules.pack import Special, Term, Unit
from migdesk.rules.specials import Lasting, Specials
from migdesk.rules.workdays import Calendar, Deadline


def count_term(calendar: Calendar, specials: Specials, term: Term, start: date) -> Deadline:
    """The last day of a term whose event was on `start`, with the special regimes that moved it.

    Raises:
        Invalid: the term ends outside the calendar.
    """
    found = _plain(calendar, term, start, 0)
    if term.before:
        return found
    found, paused = _with_pauses(calendar, specials, term, start, found)
    due, prolonged = specials.lasts(Lasting(term=term.code), found.due)
    notes = [
        Finding(Severity.NOTE, "term.extended", source=one.citation.source, texts=one.title)
        for one in (*paused, *prolonged)
    ]
    by = tuple(dict.fromkeys(one.code for one in (*paused, *prolonged)))
    return replace(found, due=due, extended_by=by, notes=(*found.notes, *notes))


def _with_pauses(
    calendar: Calendar, specials: Specials, term: Term, start: date, found: Deadline
) -> tuple[Deadline, Sequence[Special]]:
    """The term made longer by its idle days, until the days gained bring no further idle ones."""
    idle, paused = 0, specials.idle_days(term.code, start, found.due)
    while True:
        days = {
            day
            for one in paused
            for day in _days(max(one.since, start + timedelta(days=1)), min(one.until or date.max, found.due))
        }
        now = sum(calendar.is_working_day(day) for day in days) if _in_working_days(term) else len(days)
        if now <= idle:
            return found, paused
        idle = now
        found = _plain(calendar, term, start, idle)
        paused = specials.idle_days(term.code, start, found.due)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def _in_working_days(term: Term) -> bool:
    return term.unit is Unit.WORKING_DAYS


def _plain(calendar: Calendar, term: Term, start: date, idle: int) -> Deadline:
    """The term by the calendar alone, with so many idle days of its unit more; months gain calendar days."""
    match term.unit, term.before:
        case Unit.WORKING_DAYS, False:
            return calendar.add_working_days(start, term.length + idle)
        case Unit.WORKING_DAYS, True:
            return calendar.subtract_working_days(start, term.length)
        case Unit.CALENDAR_DAYS, False:
            return calendar.add_calendar_days(start, term.length + idle, term.roll)
        case Unit.CALENDAR_DAYS, True:
            return calendar.subtract_calendar_days(start, term.length)
        case Unit.MONTHS, False:
            whole = calendar.add_months(start, term.length, term.roll)
            return calendar.add_calendar_days(whole.due, idle, term.roll) if idle else whole
        case _:
            return calendar.subtract_months(start, term.length)
