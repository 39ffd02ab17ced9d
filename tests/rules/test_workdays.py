"""Working days and deadlines: against the published table, an independent package, and hostile dates."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from migdesk.domain.errors import Invalid
from migdesk.domain.office import CalendarDay
from migdesk.i18n import LANGUAGES, language
from migdesk.rules.kinds import LONGEST_DAYS
from migdesk.rules.pack import Roll, Unit
from migdesk.rules.workdays import Calendar

YEARS = range(2018, 2028)
WORKING_DAYS = dict(zip(YEARS, (246, 246, 246, 245, 246, 246, 249, 246, 247, 247), strict=True))
"""Working days of a year as published."""

DIFFERENT_FROM_THE_PACKAGE: set[date] = set()
"""Days on which the package and the table disagree: none in 2018-2027."""

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
lengths = st.integers(0, 400)


@pytest.fixture(scope="module")
def calendar(law) -> Calendar:
    return law.calendar


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_its_published_number_of_working_days(calendar, year):
    assert sum(calendar.working_days(year, month) for month in range(1, 13)) == WORKING_DAYS[year]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_the_independent_package(calendar, year):
    package = holidays.country_holidays("KZ", years=year)
    first = date(year, 1, 1)
    every = [first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days)]
    differ = {day for day in every if package.is_working_day(day) != calendar.is_working_day(day)}
    assert differ == {day for day in DIFFERENT_FROM_THE_PACKAGE if day.year == year}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("month", range(1, 13))
def test_days_off_and_working_days_make_the_month(calendar, year, month):
    off = calendar.days_off(year, month)
    following = date(year + month // 12, month % 12 + 1, 1)
    assert len(off) + calendar.working_days(year, month) == (following - date(year, month, 1)).days
    for code in LANGUAGES:
        with language(code):
            assert all(day.reason() for day in off)


def test_reasons_are_told(calendar):
    march = {day.on: day.reason() for day in calendar.days_off(2026, 3)}
    assert march[date(2026, 3, 9)] == "Day off instead of: International Women’s Day"
    assert march[date(2026, 3, 7)] == "Weekend"
    assert march[date(2026, 3, 23)] == "Nauryz"
    moved = {day.on: day.reason() for day in calendar.days_off(2025, 1)}
    assert moved[date(2025, 1, 3)] == "Day off moved from 05.01.2025"


def test_skipped_days_are_told(calendar):
    found = calendar.add_working_days(date(2026, 3, 5), 3)
    assert found.due == date(2026, 3, 11)
    assert [day.on.day for day in found.skipped] == [7, 8, 9]
    answer = found.as_json()
    assert (answer["due"], answer["unit"], answer["length"]) == ("2026-03-11", "working_days", 3)
    assert answer["skipped"][0] == {"date": "2026-03-07", "reason": "Weekend"}
    assert (answer["extended_by"], answer["source"], answer["findings"]) == ([], None, [])


def test_the_office_lays_its_own_days_over_the_law(law):
    own = [
        CalendarDay(day=date(2026, 11, 24), works=False, reason="Blizzard"),
        CalendarDay(day=date(2026, 11, 28), works=True, reason="Instead of the 24th"),
        CalendarDay(day=date(2026, 11, 25), works=False, reason="Mistake", annulled_on=date(2026, 11, 1)),
    ]
    calendar = Calendar.of(law.packs, own)
    assert calendar.day_off(date(2026, 11, 24)).reason() == "Blizzard"
    assert calendar.is_working_day(date(2026, 11, 28))
    assert calendar.add_working_days(date(2026, 11, 23), 2).due == date(2026, 11, 26)
    assert calendar.working_days(2026, 11) == 21


def test_a_reason_with_braces_is_shown_as_it_was_typed(law):
    own = [CalendarDay(day=date(2026, 11, 24), works=False, reason="{0} {x.y}")]
    assert Calendar.of(law.packs, own).day_off(date(2026, 11, 24)).reason() == "{0} {x.y}"


def test_a_term_of_calendar_days_rolls_only_when_told(calendar):
    friday = date(2026, 11, 20)
    assert calendar.add_calendar_days(friday, 8).due == date(2026, 11, 28)
    rolled = calendar.add_calendar_days(friday, 8, Roll.NEXT_WORKING_DAY)
    assert rolled.due == date(2026, 11, 30)
    assert [day.on.day for day in rolled.skipped] == [28, 29]


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(calendar, start, months, due):
    found = calendar.add_months(start, months)
    assert (found.due, found.unit) == (due, Unit.MONTHS)


def test_days_outside_the_calendar_are_doubted(calendar):
    assert [one.code for one in calendar.add_working_days(date(2030, 3, 1), 5).notes] == [
        "calendar.not_covered"
    ]
    assert [one.code for one in calendar.add_working_days(date(2015, 3, 2), 5).notes] == [
        "calendar.not_covered"
    ]
    assert calendar.add_working_days(date(2026, 3, 2), 5).notes == ()
    assert calendar.add_calendar_days(date(2030, 3, 1), 5).notes == ()


def test_a_year_that_is_a_forecast_is_named(calendar):
    [told] = calendar.add_working_days(date(2026, 12, 30), 5).notes
    assert (told.code, told.words()) == (
        "calendar.forecast",
        "The days off of 2027 are a forecast: the date may move.",
    )


@pytest.mark.parametrize("length", [-1, LONGEST_DAYS + 1, 10**9])
def test_an_impossible_length_is_refused(calendar, length):
    for count in (calendar.add_working_days, calendar.add_calendar_days, calendar.add_months,
                  calendar.subtract_working_days, calendar.subtract_calendar_days):  # fmt: skip
        with pytest.raises(Invalid) as problem:
            count(date(2026, 3, 5), length)
        assert problem.value.findings[0].code == "term.length"


def test_the_end_of_time_is_refused_and_not_a_crash(calendar):
    last, first = date(9999, 12, 31), date(1, 1, 1)
    for attempt in (
        lambda: calendar.add_working_days(last, 1),
        lambda: calendar.add_calendar_days(last, 1),
        lambda: calendar.add_months(last, 1),
        lambda: calendar.subtract_working_days(first, 1),
        lambda: calendar.subtract_calendar_days(first, 1),
    ):
        with pytest.raises(Invalid) as problem:
            attempt()
        assert problem.value.findings[0].code == "date.beyond"
    assert calendar.working_days(9999, 12) == 22
    assert calendar.days_off(1, 1)


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (0, 1), (10000, 1), (2026, -1)])
def test_a_month_that_does_not_exist_is_refused(calendar, year, month):
    with pytest.raises(Invalid):
        calendar.days_off(year, month)
    with pytest.raises(Invalid):
        calendar.working_days(year, month)


@given(days, lengths, lengths)
def test_a_longer_term_never_ends_earlier(law, start, one, other):
    shorter, longer = sorted((one, other))
    for count in (law.calendar.add_working_days, law.calendar.add_calendar_days, law.calendar.add_months):
        assert count(start, shorter).due <= count(start, longer).due
    rolled = [law.calendar.add_calendar_days(start, n, Roll.NEXT_WORKING_DAY).due for n in (shorter, longer)]
    assert rolled == sorted(rolled)


@given(days, days, lengths)
def test_a_later_start_never_ends_earlier(law, one, other, length):
    earlier, later = sorted((one, other))
    assert (
        law.calendar.add_working_days(earlier, length).due <= law.calendar.add_working_days(later, length).due
    )


@given(days, st.integers(1, 400))
def test_a_working_term_holds_exactly_its_working_days(law, start, length):
    calendar = law.calendar
    found = calendar.add_working_days(start, length)
    between = [start + timedelta(days=offset) for offset in range(1, (found.due - start).days + 1)]
    assert sum(calendar.is_working_day(day) for day in between) == length
    assert calendar.is_working_day(found.due)
    assert [day.on for day in found.skipped] == [day for day in between if not calendar.is_working_day(day)]


@given(days, st.integers(1, 400))
def test_counting_back_undoes_counting_on(law, start, length):
    assume(law.calendar.is_working_day(start))
    there = law.calendar.add_working_days(start, length).due
    assert law.calendar.subtract_working_days(there, length).due == start
