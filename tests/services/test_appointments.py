"""Who is expected when: slots by the office's hours and calendar, no time given twice, who did not come."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import date, datetime

import pytest

from migdesk.domain.appointment import Appointment, OfficeHours, VisitState, read_time
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.office import CalendarDay
from migdesk.services.desk import Clock
from migdesk.services.laws import choices
from migdesk.services.people import people
from migdesk.services.terms import appointments, office_hours, visit_checks
from migdesk.services.upkeep import journal
from tests import make
from tests.services.test_two_windows import saved_between

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
    assert visit_checks.of_day(desk, FRIDAY) == []


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


def test_two_windows_of_the_program_do_not_give_one_time_twice(desk, other):
    """Both checked before either wrote: the second finds out under the lock."""

    def book(window):
        appointments.book(window, visit(name=window.operator))

    assert saved_between(desk, other, book, book) == ["taken"]
    assert len(visit_checks.of_day(desk, FRIDAY)) == 1


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
    ("first", "second", "is_refused"),
    [
        ({"person": True}, {"person": True}, True),
        ({"person": True}, {"person": True, "at": "10:10"}, True),
        ({"phone": "+7701"}, {"phone": "+7701"}, True),
        ({"person": True, "phone": "+7701"}, {"phone": "+7701"}, True),
        ({}, {}, False),
        ({"phone": "+7701"}, {"phone": "+7702"}, False),
    ],
    ids=["one file", "times that meet", "name and phone", "file and phone", "name alone", "another phone"],
)
def test_one_person_is_not_expected_at_two_windows_at_once(desk, first, second, is_refused):
    office_hours.set_hours(desk, OfficeHours(windows=("A", "B")))
    person = people.save_person(desk, make.person()).value

    def given(values, window):
        who = {"person": person.uid} if values.get("person") else {}
        return visit(**{**values, **who, "name": person.full_name, "window": window})

    made = appointments.book(desk, given(first, "A")).value
    if not is_refused:
        assert appointments.book(desk, given(second, "B")).value.window == "B"
        return
    with pytest.raises(Invalid) as refusal:
        appointments.book(desk, given(second, "B"))
    assert codes(refusal) == {("booked_twice", "at")}
    assert made.number in refusal.value.findings[0].words()


def test_the_next_free_time_of_a_person_is_not_one_at_which_he_is_expected_elsewhere(desk):
    office_hours.set_hours(desk, OfficeHours(windows=("A", "B")))
    person = people.save_person(desk, make.person()).value
    asked = visit(person=person.uid, window="")
    first = appointments.book_next(desk, asked, FRIDAY).value
    second = appointments.book_next(desk, asked, FRIDAY).value
    assert (first.at, first.window) == ("09:00", "A")
    assert second.at == "09:20"


def test_a_longer_visit_gets_a_time_that_holds_it(desk):
    appointments.book(desk, visit(at="9:20"))
    made = appointments.book_next(desk, visit(minutes=60), FRIDAY).value
    assert (made.at, made.minutes) == ("09:40", 60)


def test_a_window_that_is_not_there_has_no_free_time(desk):
    with pytest.raises(Invalid) as refusal:
        appointments.book_next(desk, visit(window="7"))
    assert codes(refusal) == {("no_window", "window")}


def test_programs_that_ask_at_once_each_get_a_free_time(desk):
    """Four processes at one moment: nobody is refused, no time is given twice."""
    script = textwrap.dedent("""
        import sys
        from datetime import date, datetime
        from pathlib import Path
        from migdesk.domain.appointment import Appointment
        from migdesk.domain.errors import StoreProblem
        from migdesk.services.desk import Clock, open_desk
        from migdesk.services.terms import appointments
        desk = open_desk(Path(sys.argv[1]), clock=Clock(date(2026, 11, 23)))
        print("ready", flush=True)
        sys.stdin.readline()
        for n in range(3):
            while True:
                try:
                    wish = Appointment(name=sys.argv[2] + str(n))
                    made = appointments.book_next(desk, wish, date(2026, 11, 27))
                except StoreProblem:  # on a slow machine the others kept the file for too long
                    continue
                break
            print(made.value.at, flush=True)
    """)
    command = [sys.executable, "-c", script, str(desk.home)]
    running = [
        subprocess.Popen([*command, f"Q{n}-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    for one in running:
        assert one.stdout.readline() == "ready\n"
    for one in running:
        one.stdin.write("go\n")
        one.stdin.flush()
    given = [at for one in running for at in one.communicate(timeout=60)[0].split()]
    assert [one.returncode for one in running] == [0] * 4
    assert len(given) == len(set(given)) == 12
    assert sorted(given) == sorted(one.at for one in visit_checks.of_day(desk, FRIDAY))


def test_a_window_with_another_name_takes_its_appointments_along(desk):
    made = appointments.book(desk, visit()).value
    done = office_hours.set_hours(desk, replace(office_hours.get_hours(desk), windows=("A",)))
    assert [one.code for one in done.findings] == ["visits_moved"]
    assert made.name in done.findings[0].words()
    assert appointments.get_visit(desk, made.uid).window == "A"
    with pytest.raises(Invalid):
        appointments.book(desk, visit(name="Каримов", window="A"))
    journal.undo_last(desk)
    assert appointments.get_visit(desk, made.uid).window == office_hours.get_hours(desk).windows[0] == "1"


def test_a_window_is_not_given_up_while_somebody_is_expected_there(desk):
    office_hours.set_hours(desk, OfficeHours(windows=("A", "B")))
    made = appointments.book(desk, visit(window="B")).value
    wanted = OfficeHours(windows=("A",))
    assert [one.code for one in office_hours.check_hours(desk, wanted)] == ["window_in_use"]
    with pytest.raises(Invalid) as refusal:
        office_hours.set_hours(desk, wanted)
    assert codes(refusal) == {("window_in_use", "windows")} and made.name in refusal.value.findings[0].words()
    appointments.cancel(desk, made.uid)
    assert office_hours.set_hours(desk, wanted).value.windows == ("A",)


def test_appointments_outside_new_hours_stay_and_are_named(desk):
    made = appointments.book(desk, visit(at="17:00")).value
    done = office_hours.set_hours(desk, OfficeHours(closes="16:00"))
    assert [one.code for one in done.findings] == ["visits_outside"]
    assert made.name in done.findings[0].words()
    assert appointments.board(desk, FRIDAY).others == (appointments.get_visit(desk, made.uid),)


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


def test_the_next_free_time_of_a_day_that_is_over_is_not_sought(desk):
    """It gave the next day without a word."""
    with pytest.raises(Invalid) as refused:
        appointments.book_next(desk, visit(), date(2026, 11, 22))
    assert [one.code for one in refused.value.findings] == ["in_past"]


@pytest.mark.parametrize(("day", "minute"), [(MONDAY, 990), (FRIDAY, 0)])
def test_the_hour_counts_on_the_day_that_is_on_the_wall_even_when_it_is_named(desk, monkeypatch, day, minute):
    """`--on` of the present day offered a time that was over."""
    wall = datetime(2026, 11, 23, 16, 30).astimezone()
    monkeypatch.setattr(Clock, "now", lambda _clock: wall)
    desk.clock = Clock(pretended=day)
    assert appointments.minute_now(desk) == minute
    found = appointments.next_free(desk)
    assert found[1].at == ("16:40" if minute else "09:00")
