"""Days of presence: crossings of the border made into visits, and visits into days that a window counts.

Both the day of entry and the day of departure are days of presence; a day on which somebody left and came
again counts once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from migdesk.rules.pack import Window

Span = tuple[date, date]
"""A first and a last day, both included."""


def plus(day: date, days: int) -> date:
    """A day some days away, kept inside the calendar: hostile dates must not stop a check."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


@dataclass(frozen=True, slots=True)
class Crossing:
    """One entry and, when it is known, the departure that ended it."""

    entered: date
    left: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One unbroken presence; `merged` are the entries that lay inside it, which contradicts it."""

    entered: date
    left: date | None
    merged: tuple[date, ...] = ()

    def last_day(self, on: date) -> date:
        """The departure, or the day of judgement while there is none."""
        return on if self.left is None or self.left > on else self.left


def unite(crossings: Iterable[Crossing]) -> list[Visit]:
    """Crossings as visits in order of entry, whatever order they came in.

    Overlapping crossings become one visit. A crossing that begins on the day another ends is a new visit:
    leaving and coming back the same day starts a new stay.
    """
    visits: list[Visit] = []
    for one in sorted(set(crossings), key=lambda crossing: (crossing.entered, crossing.left or date.max)):
        last = visits[-1] if visits else None
        if last is not None and (last.left is None or one.entered < last.left):
            left = None if last.left is None or one.left is None else max(last.left, one.left)
            visits[-1] = Visit(last.entered, left, (*last.merged, one.entered))
        else:
            visits.append(Visit(one.entered, one.left))
    return visits


def days_of(visits: Sequence[Visit], on: date) -> list[Span]:
    """The days of presence up to a day as separate spans in order."""
    spans: list[Span] = []
    for visit in visits:
        first, last = visit.entered, visit.last_day(on)
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        else:
            spans.append((first, last))
    return spans


def without(spans: Iterable[Span], covered: Iterable[Span]) -> list[Span]:
    """Spans less the days that a visa or permit covers."""
    left = list(spans)
    for start, end in covered:
        cut: list[Span] = []
        for first, last in left:
            if end < first or last < start:
                cut.append((first, last))
                continue
            if first < start:
                cut.append((first, plus(start, -1)))
            if end < last:
                cut.append((plus(end, 1), last))
        left = cut
    return left


class WindowCount:
    """How many days of a window are used on a day.

    `rolling` looks back from the day over the length of the window. `fixed_from_first_entry` cuts time
    into windows: the first begins with the first counted day, the next with the first presence after it.
    """

    def __init__(self, window: Window, count_from: date, method: str, spans: Sequence[Span]) -> None:
        self._window = window
        counted = [(max(first, count_from), last) for first, last in spans if last >= count_from]
        self._spans = counted
        self._starts = [first for first, _last in counted]
        methods: dict[str, Callable[[date], date]] = {
            "rolling": self._rolling_start,
            "fixed_from_first_entry": self._fixed_start,
        }
        self._window_start = methods[method]

    def used(self, on: date) -> int:
        """Days of presence in the window that a day belongs to, the day itself included."""
        start, total = self._window_start(on), 0
        for position in range(bisect_right(self._starts, on) - 1, -1, -1):
            first, last = self._spans[position]
            if last < start:
                break
            total += (min(last, on) - max(first, start)).days + 1
        return total

    def first_over(self, since: date, until: date) -> date | None:
        """The first day from `since` to `until` on which the limit is passed."""
        for offset in range((until - since).days + 1):
            day = since + timedelta(days=offset)
            if self.used(day) > self._window.limit:
                return day
        return None

    def _rolling_start(self, on: date) -> date:
        return plus(on, 1 - self._window.days)

    def _fixed_start(self, on: date) -> date:
        start = self._next_presence(date.min)
        while start is not None and start <= on:
            after = plus(start, self._window.days)
            if after > on or after <= start:
                return start
            start = self._next_presence(after)
        return on

    def _next_presence(self, day: date) -> date | None:
        position = bisect_right(self._starts, day)
        if position and self._spans[position - 1][1] >= day:
            return day
        return self._starts[position] if position < len(self._starts) else None
