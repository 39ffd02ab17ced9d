"""A date that no calendar has is refused by the part that is impossible, whoever reads it."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.dates import NoSuchDay, PartialDate, read_day, read_iso_day, read_written_day
from migdesk.domain.fields import Day, PartialDay, Unreadable

TODAY = date(2026, 11, 23)
FEBRUARY, MONTH = "February 1990 has 28 days.", "There is no month 13: a year has 12."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1990-02-30", FEBRUARY),
        ("30.02.1990", FEBRUARY),
        ("30021990", FEBRUARY),
        ("29.2.24", None),
        ("29.02.2023", "February 2023 has 28 days."),
        ("31.04.2026", "April 2026 has 30 days."),
        ("1990-13-01", MONTH),
        ("1790-01-01", "The year 1790 is outside 1870 to 2199."),
    ],
)
def test_the_impossible_part_is_named(text, told):
    fields = (Day("a"), PartialDay("b"))
    if told is None:
        assert [str(one.read(text, today=TODAY)) for one in fields] == ["2024-02-29"] * 2
        return
    for one in fields:
        with pytest.raises(Unreadable) as refused:
            one.read(text, today=TODAY)
        assert (refused.value.code, refused.value.words()) == ("not_a_date", told)


@pytest.mark.parametrize(
    "read", [lambda text: read_day(text, today=TODAY), read_iso_day, read_written_day, PartialDate.parse]
)
def test_every_reader_says_it(read):
    with pytest.raises(NoSuchDay) as refused:
        read("1990-02-30")
    assert refused.value.words() == FEBRUARY


@pytest.mark.parametrize("text", ["1990/02", "later", "30 02", ""])
def test_what_is_no_date_at_all_is_told_otherwise(text):
    with pytest.raises(ValueError) as refused:
        read_iso_day(text)
    assert not isinstance(refused.value, NoSuchDay)
