"""Stay: judged against a count that goes through the days one by one, and with hostile crossings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migdesk.domain.arrival import StayBasis
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Severity
from migdesk.i18n import LANGUAGES, language
from migdesk.rules.presence import Crossing, days_of, unite, without
from migdesk.rules.stay import judge_stay
from migdesk.rules.stay_question import StayQuestion, read_question
from tests.rules.worked import answered

START = date(2025, 12, 1)
COUNT_FROM = date(2023, 1, 27)
ON = date(2026, 11, 23)
METHOD = {"stay.window_method": "fixed_from_first_entry"}


def day(offset: int) -> date:
    return START + timedelta(days=offset)


@st.composite
def crossings(draw, most: int = 6):
    """Closed crossings anywhere in a year, and perhaps one that is still open."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        entered = draw(st.integers(0, 300))
        found.append(Crossing(day(entered), day(entered + draw(st.integers(0, 60)))))
    if draw(st.booleans()):
        found.append(Crossing(day(draw(st.integers(0, 340)))))
    return found


def presence(found, on: date) -> set[date]:
    return {
        one.entered + timedelta(days=offset)
        for one in found
        for offset in range((min(one.left or on, on) - one.entered).days + 1)
    }


def rolling(present: set[date], on: date, length: int) -> int:
    return sum((on - timedelta(days=back)) in present for back in range(length))


def judged(law, found, on, citizenship="DEU", settings=None):
    question = StayQuestion(citizenship, StayBasis.VISA_FREE, tuple(found))
    return judge_stay(answered(law, settings or {}), question, on)


@given(crossings(), st.integers(0, 360))
def test_the_rolling_window_equals_a_count_day_by_day(law, found, on):
    answer = judged(law, found, day(on))
    usable = [one for one in found if one.entered <= day(on)]
    assert answer.window.used == rolling(presence(usable, day(on)), day(on), 180)
    assert answer.window.remaining == max(0, 90 - answer.window.used)


@given(crossings(), st.integers(0, 360))
def test_the_last_lawful_day_equals_a_count_day_by_day(law, found, on):
    answer = judged(law, found, day(on))
    usable = [one for one in found if one.entered <= day(on)]
    if not usable:
        assert (answer.lawful, answer.last_lawful_day) == (None, None)
        return
    visits = unite(
        Crossing(one.entered, None if one.left and one.left > day(on) else one.left) for one in usable
    )
    entered = visits[-1].entered
    present = presence([Crossing(visit.entered, visit.left) for visit in visits[:-1]], day(on))
    last = None
    for offset in range(30):
        present.add(entered + timedelta(days=offset))
        if rolling(present, entered + timedelta(days=offset), 180) > 90:
            break
        last = entered + timedelta(days=offset)
    assert answer.last_lawful_day == last
    reached = min(visits[-1].left or day(on), day(on))
    assert answer.lawful is (last is not None and reached <= last)


def fixed_windows(present: set[date], on: date) -> int:
    start = None
    for offset in range((on - START).days + 1):
        if day(offset) in present and (start is None or day(offset) >= start + timedelta(days=180)):
            start = day(offset)
    if start is None or on >= start + timedelta(days=180):
        return 0
    return sum(start <= one <= on for one in present)


@given(crossings(), st.integers(0, 400))
def test_fixed_windows_equal_a_count_day_by_day(law, found, on):
    answer = judged(law, found, day(on), settings=METHOD)
    usable = [one for one in found if one.entered <= day(on)]
    assert answer.window.used == fixed_windows(presence(usable, day(on)), day(on))
    assert answer.window.method == "fixed_from_first_entry"


@given(crossings(), st.randoms(use_true_random=False), st.integers(0, 360))
def test_the_order_of_crossings_does_not_matter(law, found, random, on):
    shuffled = list(found)
    random.shuffle(shuffled)
    answers = [judged(law, order, day(on)) for order in (found, shuffled)]
    parts = [(one.lawful, one.last_lawful_day, one.per_entry, one.window) for one in answers]
    assert parts[0] == parts[1]


@given(crossings())
def test_crossings_given_twice_count_once(law, found):
    once, twice = judged(law, found, day(200)), judged(law, found + found, day(200))
    assert (once.lawful, once.last_lawful_day, once.window) == (
        twice.lawful,
        twice.last_lawful_day,
        twice.window,
    )


@given(crossings(), st.integers(0, 200), st.integers(0, 200))
def test_a_window_is_never_negative_and_more_presence_never_leaves_more_days(law, found, start, length):
    more = [*found, Crossing(day(start), day(start + length))]
    few, many = judged(law, found, day(400)), judged(law, more, day(400))
    assert 0 <= many.window.remaining <= few.window.remaining <= 90
    assert few.window.used >= 0


@given(st.lists(st.tuples(st.dates(), st.none() | st.dates()), max_size=5), st.dates())
@pytest.mark.parametrize("method", [{}, METHOD])
def test_no_dates_of_the_calendar_crash_the_check(law, method, found, on):
    answer = judged(law, [Crossing(entered, left) for entered, left in found], on, settings=method)
    assert answer.light in ("red", "amber", "green")
    assert set(answer.as_json()["extended_by"]) <= {one.code for one in law.specials}
    for code in LANGUAGES:
        with language(code):
            assert all(finding.words() for finding in answer.why)


def test_the_last_day_of_the_calendar(law):
    last = date.max
    answer = judged(law, [Crossing(last)], last)
    assert (answer.lawful, answer.last_lawful_day, answer.per_entry.used) == (True, last, 1)
    assert judged(law, [Crossing(date.min)], last).lawful is None
    assert judged(law, [Crossing(date(2026, 1, 1))], last, settings=METHOD).lawful is False


def test_nothing_given_is_nothing_said(law):
    answer = judged(law, [], ON)
    assert (answer.lawful, answer.last_lawful_day, answer.per_entry) == (None, None, None)
    assert (answer.window.used, answer.window.remaining) == (0, 90)
    assert "stay.no_entry" in [one.code for one in answer.why]


def test_days_covered_by_a_permit_do_not_count_for_the_window(law):
    found = (Crossing(date(2026, 1, 1), date(2026, 6, 30)), Crossing(date(2026, 7, 10)))
    covered = ((date(2026, 1, 20), date(2026, 6, 30)),)
    question = StayQuestion("UZB", StayBasis.VISA_FREE, found, covered=covered)
    answer = judge_stay(law, question, date(2026, 7, 15))
    assert (answer.lawful, answer.window.used) == (True, 3 + 6)
    assert "stay.earlier_over" not in [one.code for one in answer.why]


def test_both_last_days_are_named(law):
    answer = judged(law, [Crossing(date(2026, 11, 1))], ON)
    [told] = [one for one in answer.why if one.code == "stay.per_entry"]
    assert "30.11.2026" in told.words()
    assert "01.12.2026" in told.words()
    assert answer.last_lawful_day == date(2026, 11, 30)
    assert told.source.act.startswith("Government resolution 21.01.2012")


def test_an_open_entry_followed_by_another_is_one_stay_and_told(law):
    answer = judged(law, [Crossing(date(2026, 11, 10)), Crossing(date(2026, 11, 1))], ON)
    assert answer.per_entry.used == 23
    [told] = [one for one in answer.why if one.code == "crossing.overlap"]
    assert told.severity is Severity.WARN


def test_a_regime_nobody_knows_is_amber_and_says_so(law):
    answer = judged(law, [Crossing(date(2026, 11, 1))], ON, citizenship="NGA")
    assert (answer.lawful, answer.regime, answer.light) == (None, None, "amber")
    assert "NGA" in answer.why[-1].words()


def test_unite_keeps_a_return_on_the_same_day_apart():
    visits = unite([Crossing(day(5), day(9)), Crossing(day(0), day(5))])
    assert [visit.entered for visit in visits] == [day(0), day(5)]
    assert days_of(visits, day(99)) == [(day(0), day(9))]


def test_spans_lose_what_is_covered():
    spans = [(day(0), day(10)), (day(20), day(30))]
    assert without(spans, [(day(5), day(25))]) == [(day(0), day(4)), (day(26), day(30))]
    assert without(spans, [(day(3), day(4)), (day(0), day(0))]) == [
        (day(1), day(2)), (day(5), day(10)), (day(20), day(30)),
    ]  # fmt: skip
    assert without(spans, [(date.min, date.max)]) == []


def test_a_question_is_read_from_json(law):
    raw = {
        "citizenship": " uzb ",
        "basis": "visa_free",
        "crossings": [
            {"entered": "2026-11-01", "left": None},
            {"entered": "01.11.2026"},
            7,
            {"left": "2026-01-01"},
        ],
        "on": "2026-11-23",
    }
    question = read_question(raw)
    assert (question.citizenship, len(question.crossings)) == ("UZB", 1)
    assert [(one.code, one.field) for one in question.refused] == [
        ("crossing.unreadable", "crossings[2]"),
        ("crossing.unreadable", "crossings[3]"),
        ("crossing.unreadable", "crossings[4]"),
    ]
    answer = judge_stay(law, question, ON).as_json()
    assert answer["lawful"] is None
    assert answer["per_entry"] == {"limit": 30, "used": 23, "last_day": "2026-11-30"}
    assert answer["window"] == {"limit": 90, "days": 180, "used": 23, "remaining": 67, "method": "rolling"}
    assert [one["code"] for one in answer["why"]][:3] == ["crossing.unreadable"] * 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"citizenship": "Uzbekistan"}, "citizenship"),
        ({"citizenship": None}, "citizenship"),
        ({"basis": "luck"}, "basis"),
        ({"basis": ["visa"]}, "basis"),
        ({"crossings": None}, "crossings"),
        ({"crossings": "2026-01-01"}, "crossings"),
        ({"valid_until": "soon"}, "valid_until"),
        ({"valid_until": 20260101}, "valid_until"),
        ({"covered": [{"from": "2026-02-01", "until": "2026-01-01"}]}, "covered[1]"),
        ({"covered": 5}, "covered[1]"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_question_that_cannot_be_read_names_its_field(change, field):
    raw = {"citizenship": "UZB", "basis": "visa_free", "crossings": []} | change
    with pytest.raises(Invalid) as problem:
        read_question(raw)
    assert [one.field for one in problem.value.findings] == [field]


@pytest.mark.parametrize(("word", "basis"), [("refugee", "refuge"), ("asylum", "refuge"), ("RVP", "rvp")])
def test_other_words_for_a_ground(word, basis):
    assert read_question({"citizenship": "D", "basis": word, "crossings": []}) == StayQuestion(
        "DEU", StayBasis(basis)
    )


OPEN = {"entered": "2026-11-01"}
OVER = {"entered": "2026-01-01", "left": "2026-03-20"}


@pytest.mark.parametrize(
    ("basis", "valid_until", "crossings", "lawful"),
    [
        ("visa_free", None, [{"entered": "2026-02-30"}, OPEN], None),
        # the rest is counted: with its days exchanged it would change nothing, or it would
        ("visa_free", None, [{"entered": "2026-09-20", "left": "2026-09-01"}, OPEN], True),
        ("visa_free", None, [{"entered": "2026-11-10", "left": "2026-09-01"}, OPEN], None),
        ("visa_free", None, [{"entered": "2026-09-20", "left": "2026-09-01"}, {"entered": "?"}, OPEN], None),
        ("visa_free", None, [{"entered": "?"}, {"entered": "2026-01-01"}], None),  # he may have left between
        ("visa_free", None, [{"entered": "?"}, OVER], False),  # what is over stays over
        ("visa", "2026-12-31", [{"entered": "?"}, OPEN], True),  # the visa covers the day anyway
        ("visa", "2026-11-10", [{"entered": "?"}, {"entered": "2026-11-01", "left": "2026-11-05"}], None),
        ("pmzh", None, [{"entered": "?"}], True),
        ("visa_free", None, [OPEN], True),
    ],
)
def test_a_crossing_left_out_makes_the_answer_unknown_where_it_could_matter(
    law, basis, valid_until, crossings, lawful
):
    """It was dropped with a warning, and the stay was called lawful."""
    raw = {"citizenship": "DEU", "basis": basis, "crossings": crossings, "valid_until": valid_until}
    answer = judge_stay(law, read_question(raw), ON)
    assert answer.lawful is lawful
    gap = lawful is None
    assert ("stay.gap" in [one.code for one in answer.why]) is gap
    assert answer.light == {None: "amber", False: "red"}.get(lawful, answer.light)


@pytest.mark.parametrize("citizenship", ["CHN", "UKR", "GEO", "MNG", "SRB", "MDA"])
def test_a_limit_nobody_compared_with_the_act_is_disputed_not_held_against_anybody(law, citizenship):
    answer = judged(law, [Crossing(date(2026, 10, 1))], ON, citizenship=citizenship)
    assert (answer.lawful, answer.light) == (None, "amber")
    assert Severity.BLOCK not in {one.severity for one in answer.why}
    [told] = [one for one in answer.why if one.code == "stay.disputed"]
    assert not told.source.confidence.is_sure


def test_a_total_that_is_only_a_cautious_reading_is_disputed_too(law):
    """Three entries of 30 days keep each entry's limit; the total of a treaty was not read."""
    found = [
        Crossing(day(0), day(29)),
        Crossing(day(40), day(69)),
        Crossing(day(80), day(109)),
        Crossing(day(115)),
    ]
    assert judged(law, found, day(120), citizenship="UZB").lawful is None
    assert judged(law, found, day(120), citizenship="DEU").lawful is False
