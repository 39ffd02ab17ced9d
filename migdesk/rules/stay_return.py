"""The next day on which somebody may come for so many days: by the limit of an entry and by the window.

Whoever is still here is taken to leave on the day asked about. Leaving and coming again on one day is a new entry.
Each day of the new visit has to keep the window, not only its first; where the two ways of cutting the window give
different days, both are told. Part of `rules.stay`, which says what law this follows and what is open in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from migdesk.domain.arrival import StayBasis
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, Severity, warn
from migdesk.i18n import N_, Worded
from migdesk.rules.law import Law
from migdesk.rules.pack import Regime
from migdesk.rules.presence import Crossing, Visit, WindowCount, days_of, plus, unite, without
from migdesk.rules.stay import usable
from migdesk.rules.stay_count import ENTRY_DAY, WINDOW_METHOD
from migdesk.rules.stay_question import StayQuestion

MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Return:
    """The first day on which a visit of `days` days could begin, and its last day; nothing when none can.

    `method` is how the window was cut, `other` the day by the other method where that differs.
    """

    days: int
    on: date | None
    until: date | None
    method: str
    other: date | None = None
    why: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Keys for a script."""
        return {
            "days": self.days,
            "on": self.on.isoformat() if self.on else None,
            "until": self.until.isoformat() if self.until else None,
            "method": self.method,
            "by_other_method": self.other.isoformat() if self.other else None,
            "why": [one.as_json() for one in self.why],
        }


def next_return(law: Law, question: StayQuestion, days: int, on: date) -> Return:
    """When somebody may come next for so many days without a visa, asked on a day.

    Raises:
        NotFound: the packs lack one of the two settings this check needs.
    """
    crossings, _refused = usable(question.crossings, on)
    visits = [_left_by(one, on) for one in unite(crossings)]
    chosen = law.setting(WINDOW_METHOD)
    first, why = _first_day(law, question, visits, days, on, chosen)
    others = [one for one in ("rolling", "fixed_from_first_entry") if one != chosen]
    other = _first_day(law, question, visits, days, on, others[0])[0]
    other = other if other != first else None
    if first is None:
        return Return(days, None, None, chosen, other, tuple(why))
    why.append(_told(days, first, question.crossings, on))
    if other is not None:
        why.append(_other_told(law, other))
    return Return(days, first, plus(first, days - 1), chosen, other, tuple(why))


def _left_by(visit: Visit, on: date) -> Visit:
    return Visit(visit.entered, visit.last_day(on))


def _first_day(
    law: Law, question: StayQuestion, visits: list[Visit], days: int, on: date, method: str
) -> tuple[date | None, list[Finding]]:
    start = max([on, *(one.left or on for one in visits[-1:])])
    regime = _regime(law, question, start)
    if regime is None or regime.ends != "days":
        message = N_("No visa-free stay counted in days is known for {country}: no day can be named.")
        return None, [warn("reentry.no_regime", message, "citizenship", country=question.citizenship)]
    most = _longest(law, regime)
    if most is not None and days > most:
        message = N_("One entry gives at most {n} days: {days} are not possible without a permit.")
        return None, [warn("reentry.too_long", message, "reentry", n=most, days=days)]
    if regime.window is None:
        return start, []
    for offset in range(2 * regime.window.days + 1):
        day = plus(start, offset)
        coming = Visit(day, plus(day, days - 1))
        spans = without(days_of([*visits, coming], date.max), question.covered)
        count = WindowCount(regime.window, regime.count_from, method, spans)
        if count.first_over(day, coming.left or day) is None:
            return day, []
    return None, []


def _regime(law: Law, question: StayQuestion, day: date) -> Regime | None:
    return law.regime(question.citizenship, StayBasis.VISA_FREE, day)


def _longest(law: Law, regime: Regime) -> int | None:
    """How many days of presence one entry gives, and the window at most."""
    per_entry = regime.per_entry
    if per_entry is not None and law.setting(ENTRY_DAY) != "day_1":
        per_entry += 1
    limits = [one for one in (per_entry, regime.window.limit if regime.window else None) if one is not None]
    return min(limits, default=None)


def _told(days: int, first: date, crossings: tuple[Crossing, ...], on: date) -> Finding:
    values = {"days": days, "day": show_day(first), "until": show_day(first + timedelta(days=days - 1))}
    message = N_("A visit of {days} days is possible again from {day}, until {until}.")
    here = any(one.entered <= on and (one.left is None or one.left > on) for one in crossings)
    if here:
        message = N_("Leaving on {on}, a visit of {days} days is possible again from {day}, until {until}.")
        values["on"] = show_day(on)
    return Finding(Severity.NOTE, "reentry.day", message, None, values)


def _other_told(law: Law, other: date) -> Finding:
    setting = next(one for one in law.settings() if one.code == WINDOW_METHOD)
    message = N_("“{setting}”: by the other reading it would be {day}.")
    values = {"setting": Worded(setting.title), "day": show_day(other)}
    return Finding(Severity.NOTE, "reentry.reading", message, None, values)
