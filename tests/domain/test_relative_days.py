"""Days said from today."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.fields import Day, Moment, Text
from migdesk.domain.kept_conditions import as_plain, from_plain
from migdesk.domain.listing import Column, Filter, Group, Test, keys_of
from migdesk.domain.relative_days import PERIODS, day_of, settled, span_of

TODAY = date(2026, 11, 23)  # a Monday
COLUMNS = (Column("on", Day("On")), Column("at", Moment("At")), Column("note", Text("Note")))


@pytest.mark.parametrize(
    ("word", "since", "until"),
    [
        ("today", "2026-11-23", "2026-11-23"),
        ("today-7", "2026-11-16", "2026-11-16"),
        ("today + 30", "2026-12-23", "2026-12-23"),
        ("last 7 days", "2026-11-17", "2026-11-23"),
        ("last 1 days", "2026-11-23", "2026-11-23"),
        ("Next 30 days", "2026-11-23", "2026-12-22"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("next year", "2027-01-01", "2027-12-31"),
    ],
)
def test_a_span_in_words(word, since, until):
    assert span_of(word, TODAY) == (date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize(
    ("today", "word", "since", "until"),
    [
        ("2026-12-31", "next month", "2027-01-01", "2027-01-31"),
        ("2026-01-15", "last month", "2025-12-01", "2025-12-31"),
        ("2028-02-10", "this month", "2028-02-01", "2028-02-29"),
    ],
)
def test_months_end_where_they_end(today, word, since, until):
    assert span_of(word, date.fromisoformat(today)) == (date.fromisoformat(since), date.fromisoformat(until))


def test_every_span_that_is_offered_is_understood():
    assert [word for word in PERIODS if span_of(word, TODAY) is None] == []


@pytest.mark.parametrize("word", ["", "yesterday", "last days", "today-", "this day", "7"])
def test_other_words_mean_no_day(word):
    assert span_of(word, TODAY) is None
    assert day_of(word, TODAY) is None


def test_conditions_are_settled_in_groups_too_and_only_for_days():
    asked = (
        Filter("on", Test.FROM, "today-7"),
        Group((Filter("on", Test.WITHIN, "this month"), Filter("note", Test.IS, "today")), either=True),
    )
    first, group = settled(asked, COLUMNS, TODAY)
    assert first == Filter("on", Test.FROM, "2026-11-16")
    assert group == Group(
        (
            Filter("on", Test.WITHIN, ("2026-11-01", "2026-11-30")),
            Filter("note", Test.IS, "today"),
        ),
        either=True,
    )


def test_of_a_moment_the_whole_day_counts(monkeypatch):
    import time

    monkeypatch.setenv("TZ", "Asia/Almaty")
    time.tzset()
    try:
        (until,) = settled((Filter("at", Test.UNTIL, "2026-11-23"),), COLUMNS, TODAY)
        (day,) = settled((Filter("at", Test.IS, "today"),), COLUMNS, TODAY)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert until.value == "2026-11-23T18:59:59Z"
    assert day == Filter("at", Test.WITHIN, ("2026-11-22T19:00:00Z", "2026-11-23T18:59:59Z"))


def test_a_span_that_means_nothing_is_refused():
    with pytest.raises(ValueError, match="some day"):
        settled((Filter("on", Test.WITHIN, "some day"),), COLUMNS, TODAY)


def test_kept_conditions_come_back_as_they_were():
    asked = (
        Group((Filter("on", Test.WITHIN, "last 7 days"), Filter("note", Test.IN, ("a", "b"), True)), True),
        Filter("at", Test.EMPTY),
    )
    assert from_plain(as_plain(asked), frozenset(keys_of(asked))) == asked
    with pytest.raises(KeyError):
        from_plain(as_plain(asked), frozenset({"on"}))
