"""One stay counted in days: by the limit of its entry, by the window, and both for the visits before it.

Part of `rules.stay`, which says what law this follows and what is open in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, Severity, Source, warn
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.pack import Regime, Special, Window
from migdesk.rules.presence import Span, Visit, WindowCount, days_of, plus, without
from migdesk.rules.specials import Lasting
from migdesk.rules.stay_question import PerEntry, StayJudgement, StayQuestion, WindowUse

ENTRY_DAY = "stay.entry_day"
WINDOW_METHOD = "stay.window_method"
_OVER = frozenset({"stay.over", "stay.used_up"})


@dataclass(frozen=True, slots=True)
class Visited:
    """What is judged: the visits of a person up to a day, under one regime."""

    law: Law
    regime: Regime
    question: StayQuestion
    visits: tuple[Visit, ...]
    on: date

    @property
    def visit(self) -> Visit | None:
        """The visit of the day or, after a departure, the last one before it."""
        return self.visits[-1] if self.visits else None

    @property
    def judged(self) -> date:
        """The day that is judged: the departure, or the day asked about."""
        return self.visit.last_day(self.on) if self.visit else self.on


def disputed(found: StayJudgement, source: Source) -> StayJudgement:
    """An overstay by a limit that nobody compared with the act: told, but not held against the person."""
    why = [replace(one, severity=Severity.WARN) if one.code in _OVER else one for one in found.why]
    message = N_("What makes the stay too long is disputed or was not compared with the act: it is not sure.")
    why.append(Finding(Severity.WARN, "stay.disputed", message, None, {}, source))
    return replace(found, lawful=None, why=tuple(why))


def extended(stay: Visited, last: date, why: list[Finding]) -> tuple[date, tuple[str, ...]]:
    """The last day by special regimes, such as those of the quarantine, and their codes."""
    if stay.visit and last < stay.visit.entered:
        return last, ()
    until, used = stay.law.specials.lasts(_stay_of(stay.question, stay.regime), last)
    why += prolonged(last, until, used)
    return until, tuple(one.code for one in used)


def prolonged(ends: date, lasts: date, by: Sequence[Special]) -> list[Finding]:
    """That a stay ends on one day and lasts to another by special regimes, with each of them."""
    if not by:
        return []
    message = N_("The stay ends on {ends}, by special regimes it lasts to {lasts}.")
    values = {"ends": show_day(ends), "lasts": show_day(lasts)}
    source = by[-1].citation.source
    told = Finding(Severity.NOTE, "stay.prolonged", message, None, values, source)
    more = (
        Finding(Severity.NOTE, "stay.extended", source=one.citation.source, texts=one.title) for one in by
    )
    return [told, *more]


def _stay_of(question: StayQuestion, regime: Regime) -> Lasting:
    return Lasting(ground=regime.basis, citizenship=question.citizenship)


def over_stayed(last: date, judged: date, source: Source) -> Finding:
    """That a stay went on after its last lawful day."""
    message = N_("The last lawful day was {last}; days over on {day}: {days}.")
    values = {"last": show_day(last), "days": (judged - last).days, "day": show_day(judged)}
    return Finding(Severity.BLOCK, "stay.over", message, None, values, source)


class DayCount:
    """One stay counted in days: by its entry, by the window, and both for the visits before it."""

    def __init__(self, stay: Visited) -> None:
        self._stay = stay
        self._law = stay.law
        self._regime = stay.regime
        self._question = stay.question
        self._visits = stay.visits
        self._on = stay.on
        self._method = stay.law.setting(WINDOW_METHOD)
        self._counts_entry_day = stay.law.setting(ENTRY_DAY) == "day_1"

    def judgement(self, why: list[Finding]) -> StayJudgement:
        """The answer, with every count explained in `why`."""
        window = self._window_use(why)
        visit, code = self._stay.visit, self._regime.code
        if visit is None:
            return StayJudgement(None, code, None, None, window, why=tuple(why))
        per_entry = self._per_entry(visit, self._stay.judged, why)
        ends = self._ends(visit, per_entry)
        last = min((day for day, _source in ends), default=None)
        extended_by: tuple[str, ...] = ()
        own = last
        if last is not None:
            last, extended_by = extended(self._stay, last, why)
        over = [source for day, source in ends if max(day, last or day) < self._stay.judged]
        open_day = len(over) == 1 and self._is_open_day(last, per_entry)
        if over and last is not None:
            why.append(self._told(visit, last, open_day))
        why += self._earlier()
        shown = last if last is None or last >= visit.entered else None
        found = StayJudgement(not over, code, shown, per_entry, window, extended_by, tuple(why))
        found = replace(found, own_last_day=own if extended_by else None)
        return disputed(found, over[0]) if over and not any(one.confidence.is_sure for one in over) else found

    def _ends(self, visit: Visit, per_entry: PerEntry | None) -> list[tuple[date, Source]]:
        """The last day by each limit, with the source of the limit."""
        found = [(per_entry.last_day, self._regime.citation.source)] if per_entry else []
        by_window = self._window_end(visit, per_entry)
        if by_window is not None and self._regime.window:
            found.append((by_window, self._regime.window.citation.source))
        return found

    def _per_entry(self, visit: Visit, judged: date, why: list[Finding]) -> PerEntry | None:
        limit = self._regime.per_entry
        if limit is None:
            return None
        earlier, later = plus(visit.entered, limit - 1), plus(visit.entered, limit)
        message = (
            N_(
                "{limit} days for this entry: the last day is {earlier} when the day of entry is counted,"
                " {later} when it is not. The earlier date is used."
            )
            if self._counts_entry_day
            else N_(
                "{limit} days for this entry: the last day is {earlier} when the day of entry is counted,"
                " {later} when it is not. By the office's setting the later date is used."
            )
        )
        values = {"limit": limit, "earlier": show_day(earlier), "later": show_day(later)}
        source = self._regime.citation.source
        why.append(Finding(Severity.NOTE, "stay.per_entry", message, None, values, source))
        used = (judged - visit.entered).days + int(self._counts_entry_day)
        return PerEntry(limit, used, earlier if self._counts_entry_day else later)

    def _count(self, window: Window, spans: Sequence[Span]) -> WindowCount:
        counted = without(spans, self._question.covered)
        return WindowCount(window, self._regime.count_from, self._method, counted)

    def _window_use(self, why: list[Finding]) -> WindowUse | None:
        window = self._regime.window
        if window is None or self._on < self._regime.count_from:
            return None
        used = self._count(window, days_of(self._visits, self._on)).used(self._on)
        found = WindowUse(window.limit, window.days, used, max(0, window.limit - used), self._method)
        message = (
            N_(
                "{used} of {limit} days used in the last {days} days, {remaining} remain. The count is advisory."
            )
            if self._method == "rolling"
            else N_(
                "{used} of {limit} days used in the {days} days that began with an entry, {remaining} remain."
                " The count is advisory."
            )
        )
        values = {"used": used, "limit": window.limit, "days": window.days, "remaining": found.remaining}
        why.append(Finding(Severity.NOTE, "stay.window", message, None, values, window.citation.source))
        return found

    def _window_end(self, visit: Visit, per_entry: PerEntry | None) -> date | None:
        """The last day the window allows if the person stays on; nothing when it allows them all."""
        window = self._regime.window
        if window is None:
            return None
        staying = [*self._visits[:-1], Visit(visit.entered, None)]
        since = max(visit.entered, self._regime.count_from)
        first = per_entry.last_day if per_entry else max(since, self._on)
        # no further than the window can reach: hostile dates must not make this a walk of centuries
        reach = plus(first, 2 * window.days)
        until = min(max(first, self._stay.judged), reach) if per_entry else reach
        over = self._count(window, days_of(staying, date.max)).first_over(since, until)
        return plus(over, -1) if over else None

    def _is_open_day(self, last: date | None, per_entry: PerEntry | None) -> bool:
        """Whether the judged day is the one that is lawful only if the day of entry does not count: a warning."""
        if last is None or per_entry is None or not self._counts_entry_day:
            return False
        return last == per_entry.last_day and self._stay.judged == last + timedelta(days=1)

    def _told(self, visit: Visit, last: date, open_day: bool) -> Finding:
        if last < visit.entered and self._regime.window:
            message = N_("All {limit} days were used before the entry of {entered}.")
            values = {"limit": self._regime.window.limit, "entered": show_day(visit.entered)}
            return Finding(
                Severity.BLOCK, "stay.used_up", message, None, values, self._regime.window.citation.source
            )
        if open_day:
            message = N_(
                "The last day was {last} if the day of entry is counted; this day is lawful only if it is not."
            )
            values = {"last": show_day(last)}
            return Finding(
                Severity.WARN, "stay.over_disputed", message, None, values, self._regime.citation.source
            )
        return over_stayed(last, self._stay.judged, self._regime.citation.source)

    def _earlier(self) -> list[Finding]:
        """A warning for each visit before the judged one that lasted longer than it might."""
        found = []
        message = N_(
            "The stay from {entered} to {left} was longer than allowed: the last lawful day was {last}."
        )
        for position, visit in enumerate(self._visits[:-1]):
            last = self._earlier_end(position)
            if last is not None:
                last, _used = self._law.specials.lasts(_stay_of(self._question, self._regime), last)
            if visit.left is not None and last is not None and last < visit.left:
                days = {"entered": show_day(visit.entered), "left": show_day(visit.left)}
                found.append(warn("stay.earlier_over", message, "crossings", last=show_day(last), **days))
        return found

    def _earlier_end(self, position: int) -> date | None:
        visit = self._visits[position]
        regime = self._law.regime(self._question.citizenship, self._regime.basis, visit.entered)
        left = visit.last_day(self._on)
        if regime is None or any(
            start <= left and visit.entered <= end for start, end in self._question.covered
        ):
            return None
        end = None
        if regime.per_entry is not None:
            end = plus(visit.entered, regime.per_entry - int(self._counts_entry_day))
        if regime.window is None:
            return end
        count = self._count(regime.window, days_of(self._visits[: position + 1], self._on))
        since = max(visit.entered, regime.count_from)
        over = count.first_over(since, min(left, end) if end else left)
        return plus(over, -1) if over else end
