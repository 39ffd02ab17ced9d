"""Working days, days off and deadlines.

The calendar comes from the pack `calendar`, over which lie the days the office itself changed. The day of
the event is never counted: a term of one day ends on the next day.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from operator import itemgetter

from migdesk.domain.datafile import Texts
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Confidence, Finding, Severity, Source, block, note, warn
from migdesk.domain.office import CalendarDay
from migdesk.i18n import N_, _, pick
from migdesk.rules.kinds import LONGEST_DAYS
from migdesk.rules.pack import Holiday, Pack, Roll, SpecialDay, Unit, in_force

NOT_COVERED = "calendar.not_covered"
"""Code of the finding that a year has no calendar."""

_SATURDAY = 5

Span = tuple[date, date]
"""A first and a last day, both included."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which offices are closed, and why.

    `message` is an English text that may name the `holiday`, whose words come in three languages.
    """

    on: date
    message: str
    holiday: Texts | None = None

    def reason(self) -> str:
        """Why, in the current language."""
        words = _(self.message)
        return words.format(holiday=pick(self.holiday)) if self.holiday else words

    def as_json(self) -> dict[str, str]:
        """The keys of the public contract."""
        return {"date": self.on.isoformat(), "reason": self.reason()}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term, and how it was found.

    `start` is the day of the event, which is not counted; `starts` is what the event was; `skipped` are
    the days off that did not count; `extended_by` names special regimes; `notes` tell what is open.
    """

    due: date
    unit: Unit
    length: int
    start: date
    skipped: tuple[DayOff, ...] = ()
    extended_by: tuple[str, ...] = ()
    source: Source | None = None
    starts: str = ""
    notes: tuple[Finding, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether the calendar knows every year the term touches."""
        return all(one.code != NOT_COVERED for one in self.notes)

    def as_json(self) -> dict[str, object]:
        """The keys of the public contract, and what else explains the day."""
        return {
            "due": self.due.isoformat(),
            "unit": self.unit.value,
            "length": self.length,
            "from": self.start.isoformat(),
            "starts": self.starts or None,
            "skipped": [day.as_json() for day in self.skipped],
            "extended_by": list(self.extended_by),
            "source": self.source.as_json() if self.source else None,
            "findings": [finding.as_json() for finding in self.notes],
        }


class Calendar:
    """Which days are worked, year by year; years are worked out when first asked for."""

    def __init__(
        self,
        holidays: Sequence[Holiday],
        days: Sequence[SpecialDay],
        own: Iterable[CalendarDay] = (),
        known: Iterable[int] = (),
    ) -> None:
        self._holidays = tuple(holidays)
        self._days = tuple(days)
        self._own = {day.day: day for day in own if day.day is not None and not day.is_annulled}
        self._years: dict[int, dict[date, DayOff | None]] = {}
        self._forecast = {
            day.on.year
            for day in self._days
            if day.citation.confidence in (Confidence.DERIVED, Confidence.UNVERIFIED)
        }
        self._known = frozenset(known)

    @classmethod
    def of(cls, packs: Iterable[Pack], own: Iterable[CalendarDay] = ()) -> Calendar:
        """The calendar that packs describe, with the days the office changed laid over it.

        A year is known by the days of a pack that has holidays of its own: a pack that only moves a day or two says
        nothing of the rest of its year.
        """
        every = list(packs)
        holidays = [holiday for pack in every for holiday in pack.holidays]
        days = [day for pack in every for day in pack.days]
        known = {day.on.year for pack in every if pack.holidays for day in pack.days}
        return cls(holidays, days, own, known)

    @property
    def says(self) -> object:
        """All it rests on: in calendars that say the same every day is worked, or off, alike."""
        return self._holidays, self._days, self._own

    def doubts(self, first: date, last: date) -> tuple[Finding, ...]:
        """What is not known of the days off between two days: years without a calendar, or a mere forecast."""
        years = range(min(first.year, last.year), max(first.year, last.year) + 1)
        unknown = [year for year in years if year not in self._known]
        if unknown:
            message = N_(
                "No calendar is known for {years}: weekends and fixed holidays are assumed, the date may move."
            )
            return (warn(NOT_COVERED, message, years=_years(unknown)),)
        forecast = [year for year in years if year in self._forecast]
        if forecast:
            message = N_("The days off of {years} are a forecast: the date may move.")
            return (note("calendar.forecast", message, years=_years(forecast)),)
        return ()

    def day_off(self, day: date) -> DayOff | None:
        """Why a day is off, or nothing when it is worked."""
        if day in self._own:
            own = self._own[day]
            return None if own.works else DayOff(day, "{holiday}", _one_language(own.reason))
        found = self._year(day.year)
        if day in found:
            return found[day]
        return DayOff(day, N_("Weekend")) if day.weekday() >= _SATURDAY else None

    def is_working_day(self, day: date) -> bool:
        """Whether offices with a five-day week work."""
        return self.day_off(day) is None

    def days_off(self, year: int, month: int) -> list[DayOff]:
        """Every day off of a month, weekends included.

        Raises:
            Invalid: there is no such month.
        """
        days = (self.day_off(day) for day in _days_of(year, month))
        return [day for day in days if day is not None]

    def working_days(self, year: int, month: int) -> int:
        """How many days of a month are worked.

        Raises:
            Invalid: there is no such month.
        """
        return sum(self.is_working_day(day) for day in _days_of(year, month))

    def _year(self, year: int) -> dict[date, DayOff | None]:
        """Days that differ from their weekday: a reason for a day off, nothing for a worked weekend."""
        if year not in self._years:
            self._years[year] = self._work_out(year)
        return self._years[year]

    def _work_out(self, year: int) -> dict[date, DayOff | None]:
        fixed = {}
        for holiday in self._holidays:
            day = date(year, holiday.month, holiday.day)
            if holiday.off and in_force(holiday, day):
                fixed[day] = holiday
        special = [day for day in self._days if day.on.year == year]
        off: dict[date, DayOff | None] = {
            day: DayOff(day, "{holiday}", holiday.title) for day, holiday in fixed.items()
        }
        off.update({day.on: DayOff(day.on, "{holiday}", day.title) for day in special if day.off})
        for day, holiday in sorted(fixed.items()):
            if holiday.moves and day.weekday() >= _SATURDAY:
                moved = day + timedelta(days=1)
                while moved.weekday() >= _SATURDAY or moved in off:
                    moved = _shift(moved, 1)
                off[moved] = DayOff(moved, N_("Day off instead of: {holiday}"), holiday.title)
        off.update({day.on: None for day in special if not day.off})
        return off

    def add_working_days(self, start: date, length: int, idle: Sequence[Span] = ()) -> Deadline:
        """The `length`-th working day after `start` that is none of the `idle` days, spans in order and apart.

        Raises:
            Invalid: the term is negative or longer than a hundred years, or ends after the year 9999.
        """
        return self._walk(start, length, 1, idle)

    def subtract_working_days(self, start: date, length: int) -> Deadline:
        """The `length`-th working day before `start`.

        Raises:
            Invalid: as `add_working_days`.
        """
        return self._walk(start, length, -1)

    def _walk(self, start: date, length: int, direction: int, idle: Sequence[Span] = ()) -> Deadline:
        _refuse_length(length)
        due, left = start, length
        skipped: list[DayOff] = []
        while left:
            due = _past(_shift(due, direction), idle)
            off = self.day_off(due)
            if off is None:
                left -= 1
            elif len(skipped) < LONGEST_DAYS:
                skipped.append(off)
            else:
                raise _beyond()
        return Deadline(due, Unit.WORKING_DAYS, length, start, tuple(skipped), notes=self.doubts(start, due))

    def add_calendar_days(
        self, start: date, length: int, roll: Roll = Roll.NONE, idle: Sequence[Span] = ()
    ) -> Deadline:
        """The day `length` days after `start`; rolled to the next working day only where the term says so.

        Raises:
            Invalid: as `add_working_days`.
        """
        _refuse_length(length)
        due = _run(start, _shift(start, length), idle)
        return self._rolled(Deadline(due, Unit.CALENDAR_DAYS, length, start), roll, idle)

    def subtract_calendar_days(self, start: date, length: int) -> Deadline:
        """The day `length` days before `start`; it never rolls, so that the earlier day is kept.

        Raises:
            Invalid: as `add_working_days`.
        """
        _refuse_length(length)
        return Deadline(_shift(start, -length), Unit.CALENDAR_DAYS, length, start)

    def add_months(
        self, start: date, length: int, roll: Roll = Roll.NONE, idle: Sequence[Span] = ()
    ) -> Deadline:
        """The same day of the month `length` months later, or the last day of a shorter month.

        Raises:
            Invalid: as `add_working_days`.
        """
        _refuse_length(length)
        due = _run(start, _shift_months(start, length), idle)
        return self._rolled(Deadline(due, Unit.MONTHS, length, start), roll, idle)

    def subtract_months(self, start: date, length: int) -> Deadline:
        """The same day of the month `length` months earlier, or the last day of a shorter month.

        Raises:
            Invalid: as `add_working_days`.
        """
        _refuse_length(length)
        return Deadline(_shift_months(start, -length), Unit.MONTHS, length, start)

    def _rolled(self, found: Deadline, roll: Roll, idle: Sequence[Span]) -> Deadline:
        if roll is Roll.NONE:
            return found
        due, skipped = found.due, []
        while (off := self.day_off(due)) is not None:
            skipped.append(off)
            due = _past(_shift(due, 1), idle)
        return replace(found, due=due, skipped=tuple(skipped), notes=self.doubts(found.due, due))


def _past(day: date, idle: Sequence[Span]) -> date:
    """A day, or the first after the idle days it is one of."""
    at = bisect_right(idle, day, key=itemgetter(0)) - 1
    return _shift(idle[at][1], 1) if at >= 0 and day <= idle[at][1] else day


def _run(start: date, due: date, idle: Sequence[Span]) -> date:
    """The last day of a term that runs after `start` and would end on `due` if no day were idle."""
    for first, last in idle:
        begins = max(first, _shift(start, 1))
        if begins > due:
            break
        if begins <= last:
            due = _shift(due, (last - begins).days + 1)
    return due


def _years(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _one_language(words: str) -> Texts:
    return {"kk": words, "ru": words, "en": words}


def _days_of(year: int, month: int) -> list[date]:
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12):
        raise Invalid([block("not_a_month", N_("There is no such month. Write it as 2025-03."), "month")])
    return [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]


def _refuse_length(length: int) -> None:
    if not 0 <= length <= LONGEST_DAYS:
        message = N_("A term has 0 to {most} days.")
        raise Invalid([Finding(Severity.BLOCK, "term.length", message, "length", {"most": LONGEST_DAYS})])


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise _beyond() from None


def _shift_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise _beyond()
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _beyond() -> Invalid:
    return Invalid([block("date.beyond", N_("The term ends after the last year a calendar has."), "from")])
