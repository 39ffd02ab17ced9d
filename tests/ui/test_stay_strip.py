"""The calendar strip of a stay: the keyboard reaches every day, each is told in words; the next entry is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from migdesk.domain.arrival import Stay, StayBasis
from migdesk.services.people import people
from migdesk.services.stays import crossings, stay_strip
from migdesk.services.stays.status import person_status
from migdesk.services.stays.stay_strip import DayKind
from migdesk.ui.charts.stay_strip import StayStrip
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.files.people.stay_calendar import StayCalendar
from migdesk.ui.workplace import Kind
from tests.services.test_status import entered, register
from tests.ui.keys import press

TODAY = date(2026, 11, 23)


@pytest.fixture
def overstayed(eye) -> str:
    """A citizen of Germany five days over, who was here in June, and in August on a visa."""
    person = register(eye.desk, "DEU", **entered(date(2026, 10, 20))).uid
    for first, last, basis, until in (
        (date(2026, 6, 10), date(2026, 6, 30), StayBasis.VISA_FREE, None),
        (date(2026, 8, 1), date(2026, 8, 20), StayBasis.VISA, date(2026, 8, 25)),
    ):
        stay = Stay(person=person, entered_on=first, left_on=last, basis=basis, valid_until=until)
        crossings.register_crossing(eye.desk, stay)
    return person


def drawn(desk, uid):
    return stay_strip.draw_strip(desk, people.open_file(desk, uid), person_status(desk, uid))


def calendar(eye, uid) -> StayCalendar:
    content = eye.file(Kind.PERSON, uid)
    assert isinstance(content, PersonContent)
    return content.tabs.open("stay").findChild(StayCalendar)


def test_each_day_is_what_it_was(eye, overstayed):
    strip = drawn(eye.desk, overstayed)
    assert strip.counted_from == TODAY - timedelta(days=179)
    assert (strip.last_lawful, strip.used, strip.limit) == (date(2026, 11, 18), 56, 90)
    for day, kind in (
        (date(2026, 6, 9), DayKind.AWAY),
        (date(2026, 6, 10), DayKind.USED),
        (date(2026, 8, 20), DayKind.COVERED),
        (date(2026, 11, 18), DayKind.USED),
        (date(2026, 11, 19), DayKind.OVER),
        (date(2026, 11, 24), DayKind.AWAY),
    ):
        assert strip.kind(day) is kind
    assert strip.kinds.count(DayKind.USED) + strip.kinds.count(DayKind.OVER) == strip.used


def test_the_keyboard_walks_along_it_and_every_day_is_told(eye, overstayed, qtbot):
    made = StayStrip(drawn(eye.desk, overstayed))
    qtbot.addWidget(made)
    press(made, Qt.Key.Key_T)
    assert made.chosen() == TODAY
    assert made.accessibleDescription() == made.day_words(TODAY)
    assert "today" in made.day_words(TODAY)
    press(made, Qt.Key.Key_Left)
    press(made, Qt.Key.Key_PageUp)
    assert made.chosen() == TODAY - timedelta(days=8)
    press(made, Qt.Key.Key_Home)
    assert made.chosen() == made.strip().first
    press(made, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert made.chosen() == date(2026, 6, 10)
    press(made, Qt.Key.Key_End)
    assert made.chosen() == made.strip().last


def test_the_whole_strip_is_told_to_who_does_not_see_it(eye, overstayed, qtbot):
    made = StayStrip(drawn(eye.desk, overstayed))
    qtbot.addWidget(made)
    told = made.accessibleDescription()
    for words in (
        "10.06.2026–30.06.2026: here, counted (21)",
        "here, covered by a visa or permit (20)",
        "here after the last lawful day (5)",
        "last lawful day: 18.11.2026",
    ):
        assert words in told


def test_the_file_asks_for_the_next_entry_of_so_many_days(eye, overstayed):
    shown = calendar(eye, overstayed)
    assert "23.11.2026" in shown.answer.text()
    shown.days.set_value(31)
    shown.days.changed.emit()
    assert "at most 30 days" in shown.answer.text()


def test_another_reading_is_told_by_the_name_of_its_setting(eye, overstayed):
    assert "How the day of entry counts" in "\n".join(
        one.words() for one in person_status(eye.desk, overstayed).findings
    )
    assert [one.last_lawful_day for one in drawn(eye.desk, overstayed).readings] == [date(2026, 11, 19)]


def test_a_citizen_has_no_strip(eye):
    citizen = register(eye.desk, "KAZ", entered_on=None, basis=StayBasis.CITIZEN).uid
    assert drawn(eye.desk, citizen) is None
