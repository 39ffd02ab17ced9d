"""Days said from today: a kept filter "last 7 days" asks every morning for other days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from migdesk.domain.fields import Day, Moment, PartialDay
from migdesk.domain.listing import Column, Condition, Filter, Group, Test
from migdesk.i18n import N_

PERIODS: dict[str, str] = {
    "today": N_("today"),
    "last 7 days": N_("last 7 days"),
    "last 30 days": N_("last 30 days"),
    "next 7 days": N_("next 7 days"),
    "next 30 days": N_("next 30 days"),
    "this week": N_("this week"),
    "last week": N_("last week"),
    "this month": N_("this month"),
    "last month": N_("last month"),
    "next month": N_("next month"),
    "this year": N_("this year"),
    "last year": N_("last year"),
}
"""Spans that are offered, with their English messages; any number of days is understood."""

Span = tuple[date, date]

_DAY = re.compile(r"today(?:([+-])(\d{1,5}))?")
_RUN = re.compile(r"(last|next) (\d{1,5}) days")
_STEP = {"last": -1, "this": 0, "next": 1}


def day_of(word: str, today: date) -> date | None:
    """The day that `today`, `today-7` or `today+30` means; nothing for other words."""
    found = _DAY.fullmatch(word.replace(" ", "").lower())
    if not found:
        return None
    days = int(found[2] or 0) * (-1 if found[1] == "-" else 1)
    return today + timedelta(days=days)


def span_of(word: str, today: date) -> Span | None:
    """First and last day of `last 7 days` (today is one of them), `this month`, `next year` and the like."""
    said = " ".join(word.lower().split())
    if run := _RUN.fullmatch(said):
        days = timedelta(days=max(int(run[2]) - 1, 0))
        return (today - days, today) if run[1] == "last" else (today, today + days)
    which, _blank, unit = said.partition(" ")
    if which in _STEP and unit in ("week", "month", "year"):
        return _whole(unit, _STEP[which], today)
    day = day_of(said, today)
    return (day, day) if day else None


def _whole(unit: str, step: int, today: date) -> Span:
    if unit == "week":
        monday = today + timedelta(days=7 * step - today.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    months = today.year * 12 + today.month - 1 + step
    return _month(months), _month(months + 1) - timedelta(days=1)


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def settled(conditions: Iterable[Condition], columns: Sequence[Column], today: date) -> tuple[Condition, ...]:
    """The conditions with their days said plainly, as the store keeps them; of a moment whole days count.

    Raises:
        ValueError: a span that means nothing.
    """
    fields = {column.key: column.field for column in columns}

    def settle(one: Condition) -> Condition:
        if isinstance(one, Group):
            return replace(one, parts=tuple(settle(part) for part in one.parts))
        field = fields.get(one.key)
        if not isinstance(field, Day | PartialDay | Moment) or one.value is None:
            return one
        return _settled(one, today, by_moment=isinstance(field, Moment))

    return tuple(settle(one) for one in conditions)


def _settled(one: Filter, today: date, *, by_moment: bool) -> Filter:
    if one.test is Test.WITHIN:
        span = span_of(one.value, today) if isinstance(one.value, str) else one.value
        if span is None:
            raise ValueError(one.value)
        return replace(one, value=_stored(span, by_moment=by_moment))
    if not isinstance(one.value, str):
        return one
    day = day_of(one.value, today) or (_plain(one.value) if by_moment else None)
    if day is None:
        return one
    since, until = _stored((day, day), by_moment=by_moment)
    if one.test is Test.IS and by_moment:
        return replace(one, test=Test.WITHIN, value=(since, until))
    return replace(one, value=until if one.test is Test.UNTIL else since)


def _plain(text: str) -> date | None:
    """A day without its hour, as it is typed for a moment."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _stored(span: Span, *, by_moment: bool) -> tuple[str, str]:
    since, until = span
    if not by_moment:
        return since.isoformat(), until.isoformat()
    # moments are kept in UTC, a day is the office's own
    first = datetime.combine(since, time.min).astimezone(UTC)
    last = datetime.combine(until, time(23, 59, 59)).astimezone(UTC)
    return f"{first:%Y-%m-%dT%H:%M:%SZ}", f"{last:%Y-%m-%dT%H:%M:%SZ}"
