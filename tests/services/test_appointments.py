"""Who is expected when: slots by the office's hours and calendar, no time given twice, who did not come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.appointment import Appointment, OfficeHours, VisitState, read_time
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.office import CalendarDay
from migdesk.services import appointments, choices, journal, office_hours, people
from tests import make

MONDAY, FRIDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 29)


def visit(**given) -> Appointment:
    return Appointment(**{"name": "Юсупов Жасур", "day": FRIDAY, "at": "10:00", "window": "1", **given})


def codes(refusal):
    return {(one.code, one.field) for one in refusal.value.findings}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("9", "09:00"), ("930", "09:30"), ("9.30", "09:30"), ("14:05", "14:05"), ("1405", "14:05")],
)
def test_times_are_typed_as_digits(typed, read):
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["", "25", "9:75", "утром", "123456"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ValueError):
        read_time(typed)


def test_an_appointment_gets_a_number_and_undo_takes_it_back(desk):
    made = appointments.book(desk, visit(at="930")).value
    assert (made.number, made.at, made.minutes) == ("PVL-V2026-00001", "09:30", 20)
    journal.undo_last(desk)
    assert appointments.of_day(desk, FRIDAY) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"at": "8:00"}, ("not_open", "at")),
        ({"at": "17:50"}, ("not_open", "at")),
        ({"at": "13:20"}, ("lunch", "at")),
        ({"at": "noon"}, ("not_a_time", "at")),
        ({"day": SUNDAY}, ("day_off", "day")),
        ({"day": date(2026, 11, 20)}, ("in_past", "day")),
        ({"window": "7"}, ("no_window", "window")),
        ({"name": " "}, ("missing", "name")),
        ({"service": "tea"}, ("unknown_code", "service")),
    ],
)
def test_what_cannot_be_is_said_at_its_field(desk, given, told):
    with pytest.raises(Invalid) as refusal:
        appointments.book(desk, visit(**given))
    assert told in codes(refusal)


def test_one_time_is_given_once_but_at_another_window(desk):
    office_hours.set_hours(desk, OfficeHours(windows=("1", "2")))
    appointments.book(desk, visit())
    for at in ("10:00", "10:10", "9:50"):
        with pytest.raises(Invalid) as refusal:
            appointments.book(desk, visit(at=at, name="Каримов"))
        assert ("taken", "at") in codes(refusal)
    assert appointments.book(desk, visit(window="2")).value.window == "2"


def test_two_windows_of_the_program_do_not_give_one_time_twice(desk, monkeypatch):
    """Both checked before either wrote: the second finds out under the lock."""
    appointments.book(desk, visit())
    monkeypatch.setattr(appointments, "_meetings", lambda _desk, _visit: [])
    with pytest.raises(Refused):
        appointments.book(desk, visit(name="Каримов"))
    assert len(appointments.of_day(desk, FRIDAY)) == 1


def test_a_called_off_time_is_free_again(desk):
    first = appointments.book(desk, visit()).value
    appointments.cancel(desk, first.uid, "ауырып қалды")
    assert appointments.book(desk, visit(name="Каримов")).value.at == "10:00"
    assert appointments.get_visit(desk, first.number).note == "ауырып қалды"
    with pytest.raises(Refused):
        appointments.mark(desk, first.uid, VisitState.CAME)


def test_the_board_of_a_day(desk):
    appointments.book(desk, visit(minutes=40))
    shown = appointments.board(desk, FRIDAY)
    times = [one.at for one in shown.slots]
    assert times[0] == "09:00" and times[-1] == "17:40" and "13:00" not in times and len(times) == 24
    assert [one.at for one in shown.slots if one.visit] == ["10:00", "10:20"]
    assert appointments.board(desk, SUNDAY).slots == ()
    assert appointments.board(desk, SUNDAY).day_off is not None


def test_the_next_free_time_passes_days_off_and_what_is_taken(desk):
    office_hours.set_hours(desk, OfficeHours(opens="9:00", closes="10:00", minutes=30))
    for at in ("9:00", "9:30"):
        appointments.book(desk, visit(at=at, name=at))
    day, slot = appointments.next_free(desk, FRIDAY)
    assert (day, slot.at) == (date(2026, 11, 30), "09:00")
    choices.save_calendar_day(desk, CalendarDay(day=date(2026, 11, 30), reason="қаулы"))
    assert appointments.next_free(desk, FRIDAY)[0] == date(2026, 12, 1)


def test_a_moved_appointment_keeps_its_number_and_frees_its_time(desk):
    made = appointments.book(desk, visit()).value
    moved = appointments.move(desk, made.number, FRIDAY, "11").value
    assert (moved.number, moved.at) == (made.number, "11:00")
    assert appointments.next_free(desk, FRIDAY, "9:59")[1].at == "10:00"


def test_who_did_not_come_is_listed_until_he_has_a_new_time(desk):
    person = people.save_person(desk, make.person()).value
    made = appointments.book(desk, visit(day=MONDAY, person=person.uid, name="")).value
    assert made.name == person.full_name
    appointments.mark(desk, made.uid, VisitState.NO_SHOW)
    assert [one.uid for one in appointments.missed(desk)] == [made.uid]
    counts = appointments.count_visits(desk)
    assert (counts.expected, counts.no_show, counts.missed) == (0, 1, 1)
    appointments.book(desk, visit(person=person.uid))
    assert appointments.missed(desk) == []


def test_nobody_came_on_a_day_still_ahead(desk):
    made = appointments.book(desk, visit()).value
    with pytest.raises(Refused):
        appointments.mark(desk, made.uid, VisitState.CAME)


def test_a_second_time_on_one_day_is_a_warning(desk):
    person = people.save_person(desk, make.person()).value
    appointments.book(desk, visit(person=person.uid))
    done = appointments.book(desk, visit(person=person.uid, at="15:00"))
    assert [one.code for one in done.findings] == ["same_day"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"opens": "утро"}, "opens"),
        ({"closes": "8:00"}, "closes"),
        ({"lunch_to": ""}, "lunch_to"),
        ({"lunch_from": "15:00"}, "lunch_to"),
        ({"minutes": 1}, "minutes"),
        ({"windows": (" ",)}, "windows"),
    ],
)
def test_hours_that_cannot_be_are_refused(desk, given, told):
    with pytest.raises(Invalid) as refusal:
        office_hours.set_hours(desk, replace(OfficeHours(), **given))
    assert told in {field for _code, field in codes(refusal)}


def test_hours_are_kept_and_an_empty_break_is_none(desk):
    wanted = OfficeHours("8:30", "17", "", "", 15, ("A", "B"))
    office_hours.set_hours(desk, wanted)
    kept = office_hours.get_hours(desk)
    assert (kept.opens, kept.closes, kept.lunch_from, kept.windows) == ("08:30", "17:00", "", ("A", "B"))
    assert "13:00" in kept.slots()
