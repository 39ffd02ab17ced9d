"""The day: what is due, overdue and coming, the quota at a glance, arrivals of the last weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from migdesk.domain.arrival import Arrival
from migdesk.domain.finding import Source
from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.services import quotas
from migdesk.services.desk import Desk
from migdesk.services.quotas import PotState
from migdesk.store import reports, terms

LONG_AGO = date(2000, 1, 1)
_LINES = 200
_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Counters:
    """How many open terms are overdue, due today, and due within 7 and 30 days; and unfinished files."""

    overdue: int
    today: int
    week: int
    month: int
    unfinished: int


@dataclass(frozen=True, slots=True)
class Day:
    """What the first page shows."""

    on: date
    counters: Counters
    terms: tuple[OpenTerm, ...]
    pots: tuple[PotState, ...]
    weeks: tuple[tuple[date, int], ...]


def count_day(desk: Desk) -> Counters:
    """The counters alone, for the status bar."""
    on, store = desk.today, desk.store
    return Counters(
        overdue=terms.count_terms(store, LONG_AGO, on - timedelta(days=1)),
        today=terms.count_terms(store, on, on),
        week=terms.count_terms(store, on + timedelta(days=1), on + timedelta(days=7)),
        month=terms.count_terms(store, on + timedelta(days=1), on + timedelta(days=30)),
        unfinished=int(
            store.value(
                "SELECT count(*) FROM arrival WHERE state IN ('draft', 'incomplete') "
                "AND left_on IS NULL AND annulled_on IS NULL"
            )
        ),
    )


def open_day(desk: Desk) -> Day:
    """Everything the first page shows, in a handful of index reads."""
    on = desk.today
    return Day(
        on=on,
        counters=count_day(desk),
        terms=tuple(list_terms(desk)),
        pots=tuple(quotas.list_pots(desk, on.year)),
        weeks=tuple(reports.arrivals_by_week(desk.store, on, _WEEKS)),
    )


def list_terms(
    desk: Desk, *, since: date = LONG_AGO, until: date | None = None, limit: int = _LINES
) -> list[OpenTerm]:
    """Open terms, overdue first; up to 30 days ahead when no end is given."""
    return terms.open_terms(desk.store, since, until or desk.today + timedelta(days=30), limit=limit)


TERM_CODES = {TermKind.NOTICE: "notice.arrival", TermKind.REGISTRATION: "stay.registration"}


def source_of(desk: Desk, term: OpenTerm) -> Source | None:
    """The law behind a term: of its rule on the day the term began."""
    code = TERM_CODES.get(term.kind)
    if code is None:
        return None
    arrival = desk.store.find(Arrival, term.record_uid)
    start = arrival and (arrival.arrived_on if term.kind is TermKind.NOTICE else arrival.entered_on)
    return desk.law.term(code, start).citation.source if start else None
