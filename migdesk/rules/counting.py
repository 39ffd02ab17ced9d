"""A term counted from its event: by the calendar, less the days on which a special regime lets it stand still."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from migdesk.domain.finding import Finding, Severity
from migdesk.rules.pack import Special, Term, Unit
from migdesk.rules.specials import Lasting, Specials
from migdesk.rules.workdays import Calendar, Deadline, Span


def count_term(calendar: Calendar, specials: Specials, term: Term, start: date) -> Deadline:
    """The last day of a term whose event was on `start`, with the special regimes that moved it.

    Raises:
        Invalid: the term ends outside the calendar.
    """
    if term.before:
        return _back(calendar, term, start)
    pausing = specials.pausing(term.code, start)
    found = _on(calendar, term, start, joined((one.since, one.until or date.max) for one in pausing))
    paused = [one for one in pausing if one.since <= found.due]
    due, prolonged = specials.lasts(Lasting(term=term.code), found.due)
    moved: Sequence[Special] = (*paused, *prolonged)
    notes = [
        Finding(Severity.NOTE, "term.extended", source=one.citation.source, texts=one.title) for one in moved
    ]
    by = tuple(dict.fromkeys(one.code for one in moved))
    return replace(found, due=due, extended_by=by, notes=(*found.notes, *notes))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans of days in order, those that overlap or touch made one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first - timedelta(days=1) <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def _back(calendar: Calendar, term: Term, start: date) -> Deadline:
    """A term that runs backwards from its event stands still for nothing."""
    match term.unit:
        case Unit.WORKING_DAYS:
            return calendar.subtract_working_days(start, term.length)
        case Unit.CALENDAR_DAYS:
            return calendar.subtract_calendar_days(start, term.length)
        case _:
            return calendar.subtract_months(start, term.length)


def _on(calendar: Calendar, term: Term, start: date, idle: Sequence[Span]) -> Deadline:
    """The term by the calendar, less its idle days; months gain them as calendar days."""
    match term.unit:
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(start, term.length, idle)
        case Unit.CALENDAR_DAYS:
            return calendar.add_calendar_days(start, term.length, term.roll, idle)
        case _:
            return calendar.add_months(start, term.length, term.roll, idle)
