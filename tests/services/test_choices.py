"""Answers of the office to what the sources leave open: only those that are offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.errors import Invalid, NotFound
from migdesk.domain.office import CalendarDay, Setting
from migdesk.services.desk import Clock, open_desk
from migdesk.services.laws import choices
from tests import make

KEY = "stay.window_method"


def test_an_answer_that_is_not_offered_is_refused_by_name(desk):
    with pytest.raises(Invalid) as refused:
        choices.choose(desk, KEY, "fixed")
    assert "fixed_from_first_entry" in refused.value.findings[0].words()
    assert desk.store.live(Setting, key=KEY) == []


def test_a_question_that_no_pack_asks_is_not_answered(desk):
    with pytest.raises(NotFound):
        choices.choose(desk, "stay.windw_method", "rolling")


def test_a_day_of_the_calendar_is_corrected_and_not_called_stale(desk):
    """The day itself was annulled as the one it replaces, and then was not what had been read."""
    storm = choices.save_calendar_day(
        desk, CalendarDay(day=date(2026, 11, 24), works=False, reason="Storm", act="5")
    ).value
    choices.save_calendar_day(desk, replace(storm, act="akimat 5"))
    assert [(one.day, one.act) for one in choices.own_days(desk)] == [(storm.day, "akimat 5")]


def test_two_windows_answer_one_question_one_after_the_other(desk):
    """The second had looked whether there is an answer before the first gave one, and was told that it is taken."""
    other = open_desk(desk.home, clock=Clock(make.TODAY), operator="tester")
    write = desk.write

    def late(*args, **given):
        desk.write = write
        choices.choose(other, KEY, "fixed_from_first_entry")
        desk.hear()
        return write(*args, **given)

    desk.write = late
    try:
        choices.choose(desk, KEY, "rolling")
    finally:
        other.close()
    assert [one.value for one in desk.store.live(Setting, key=KEY)] == ["rolling"]
