"""Stay: examples that others published for a window of 90 days in 180, and what comes next after a stay.

The first four are the examples of the European calculator as several open programs repeat them (multiple stays, the
exact limit, an overstay, unsorted stamps); citizens of Russia have 90 days an entry here, so only the window speaks.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migdesk.domain.arrival import StayBasis
from migdesk.rules.presence import Crossing
from migdesk.rules.stay import judge_stay
from migdesk.rules.stay_answers import answer_stay
from migdesk.rules.stay_question import StayQuestion
from migdesk.rules.stay_return import next_return
from tests.rules.test_stay_counting import METHOD, presence, rolling
from tests.rules.worked import answered


def crossings(*spans: tuple[str, str]) -> tuple[Crossing, ...]:
    days = ((date.fromisoformat(first), date.fromisoformat(last) if last else None) for first, last in spans)
    return tuple(Crossing(first, last) for first, last in days)


def asked(citizenship: str, *spans: tuple[str, str], **more) -> StayQuestion:
    return StayQuestion(citizenship, StayBasis.VISA_FREE, crossings(*spans), **more)


FOUR = (
    ("2024-01-10", "2024-01-16"),
    ("2024-03-05", "2024-03-18"),
    ("2024-06-01", "2024-06-21"),
    ("2024-09-01", "2024-09-28"),
)


@pytest.mark.parametrize(
    ("spans", "on", "used"),
    [
        (FOUR, "2024-12-15", 31),
        (tuple(reversed(FOUR)), "2024-12-15", 31),
        ((("2024-10-03", "2024-12-31"),), "2024-12-31", 90),
        ((("2024-05-01", "2024-08-15"),), "2024-08-15", 107),
        ((("2026-02-01", "2026-02-05"), ("2026-02-04", "2026-02-06")), "2026-02-15", 6),
        ((("2023-05-01", "2023-05-01"),), "2023-05-10", 1),
        ((("2023-05-01", "2023-05-01"),), "2024-05-10", 0),
        ((("2025-04-01", "2025-05-10"), ("2025-05-17", "2025-07-05")), "2025-07-05", 90),
    ],
)
def test_days_used_as_published(law, spans, on, used):
    found = judge_stay(law, asked("RUS", *spans), date.fromisoformat(on))
    assert (found.window.used, found.window.remaining) == (used, max(0, 90 - used))
    assert found.lawful is (used <= 90)


def test_same_day_exit_and_entry_counts_once(law):
    spans = (("2026-05-01", "2026-05-10"), ("2026-05-10", "2026-05-20"))
    assert judge_stay(law, asked("RUS", *spans), date(2026, 5, 20)).window.used == 20


def test_nothing_before_the_window_came_into_force_counts(law):
    found = judge_stay(law, asked("RUS", ("2022-12-01", "2023-01-26"), ("2023-02-01", "")), date(2023, 2, 10))
    assert (found.window.used, found.last_lawful_day) == (10, date(2023, 5, 1))
    astride = judge_stay(law, asked("RUS", ("2023-02-01", "")), date(2023, 2, 1))
    assert astride.last_lawful_day == date(2023, 5, 1)


def test_an_impossible_crossing_is_refused_and_the_rest_counted(law):
    found = judge_stay(
        law, asked("RUS", ("2026-05-10", "2026-05-01"), ("2026-06-01", "2026-06-10")), date(2026, 6, 10)
    )
    assert found.window.used == 10
    assert "crossing.reversed" in {one.code for one in found.why}


def test_days_under_a_permit_are_excluded(law):
    covered = ((date(2026, 1, 1), date(2026, 3, 31)),)
    found = judge_stay(
        law, asked("RUS", ("2026-01-01", "2026-03-31"), ("2026-04-05", ""), covered=covered), date(2026, 5, 1)
    )
    assert (found.window.used, found.last_lawful_day) == (27, date(2026, 7, 3))


@pytest.mark.parametrize(
    ("days", "on", "expected"),
    [
        (1, date(2026, 7, 1), date(2026, 9, 29)),
        (30, date(2026, 6, 30), date(2026, 9, 29)),
        (90, date(2026, 6, 30), date(2026, 9, 29)),
        (90, date(2026, 12, 1), date(2026, 12, 1)),
    ],
)
def test_an_absence_of_ninety_days_gives_ninety_days_again(law, days, on, expected):
    """As the European manual says of its window; the 90 days were 02.04.2026-30.06.2026."""
    found = next_return(law, asked("RUS", ("2026-04-02", "2026-06-30")), days, on)
    assert (found.on, found.until) == (expected, expected + timedelta(days=days - 1))


def test_more_days_than_an_entry_gives_are_never_possible(law):
    found = next_return(law, asked("DEU", ("2026-04-02", "2026-04-10")), 31, date(2026, 6, 1))
    assert (found.on, [one.code for one in found.why]) == (None, ["reentry.too_long"])


def test_the_other_reading_of_the_window_is_told_where_it_differs(law):
    question = asked("DEU", ("2026-06-01", "2026-06-30"), ("2026-08-01", "2026-08-30"), ("2026-10-10", ""))
    found = next_return(law, question, 30, date(2026, 11, 23))
    assert (found.on, found.other) == (date(2027, 1, 13), date(2026, 11, 28))
    assert "reentry.reading" in {one.code for one in found.why}
    fixed = next_return(answered(law, METHOD), question, 30, date(2026, 11, 23))
    assert (fixed.on, fixed.other) == (date(2026, 11, 28), date(2027, 1, 13))


@given(
    st.lists(st.tuples(st.integers(0, 250), st.integers(0, 40)), min_size=1, max_size=5),
    st.integers(1, 90),
)
def test_the_first_day_of_a_return_equals_a_count_day_by_day(law, stays, days):
    start, on = date(2026, 1, 1), date(2026, 11, 1)
    found = [Crossing(start + timedelta(days=at), start + timedelta(days=at + n)) for at, n in stays]
    present = presence(found, on)

    def keeps(first: date) -> bool:
        coming = {first + timedelta(days=k) for k in range(days)}
        return all(rolling(present | coming, day, 180) <= 90 for day in coming)

    expected = next(on + timedelta(days=k) for k in range(361) if keeps(on + timedelta(days=k)))
    assert next_return(law, StayQuestion("RUS", StayBasis.VISA_FREE, tuple(found)), days, on).on == expected


@pytest.mark.parametrize(
    ("over", "count"), [(1, 0), (3, 0), (4, 10), (5, 10), (6, 15), (10, 15), (11, 25), (60, 25)]
)
def test_an_overstay_meets_its_step_of_the_code(law, over, count):
    last = date(2026, 9, 30)
    found = answer_stay(law, asked("DEU", ("2026-09-01", "")), last + timedelta(days=over))
    assert (found.lawful, found.last_lawful_day) == (False, last)
    assert (found.overstay.days, found.overstay.step.mrp_count) == (over, count)
    told = next(one for one in found.why if one.code == "stay.step")
    assert told.source.confidence.value == ("verified" if over <= 5 else "unverified")


def test_a_lawful_stay_has_no_step_and_both_readings_by_the_name_of_their_setting(law):
    found = answer_stay(law, asked("DEU", ("2026-11-10", "")), date(2026, 11, 23))
    assert found.overstay is None
    assert [(one.setting, one.last_lawful_day) for one in found.readings] == [
        ("stay.entry_day", date(2026, 12, 10))
    ]
    assert "How the day of entry counts" in found.why[-1].words()
