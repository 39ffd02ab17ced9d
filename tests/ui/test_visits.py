"""The board of appointments at the keyboard: book, move, mark, find a free time, print."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from migdesk.domain.appointment import Appointment, OfficeHours, VisitState
from migdesk.domain.change import Op
from migdesk.domain.person import Person
from migdesk.i18n import LANGUAGES
from migdesk.services.terms import appointments, office_hours, visit_checks
from migdesk.ui.files.pieces.timeline import Timeline
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.papers.print_page import PrintPage
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.screens.home import HomePage
from migdesk.ui.screens.report_paper import ReportPaper
from migdesk.ui.visits.opening import TAB
from migdesk.ui.visits.page import VisitsPage
from migdesk.ui.workplace import Kind
from tests.ui.keys import type_text
from tests.ui.seen import assert_all_named, assert_nothing_clipped

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def desk(desk):
    """The sample office with an empty board."""
    with desk.write(Op.MARK_VISIT) as tx:
        for one in tx.live(Appointment):
            tx.annul(one, "test")
    return desk


@pytest.fixture
def page(eye) -> VisitsPage:
    eye.press(Qt.Key.Key_B, CONTROL)
    settle()
    return eye.window.findChildren(VisitsPage)[-1]


def book(desk, at, name="Юсупов Жасур", day=date(2026, 11, 23), **more) -> Appointment:
    return appointments.book(desk, Appointment(name=name, day=day, at=at, **more)).value


def names(page) -> list[str]:
    return [slot.visit.name for _at, line in page.board.times.lines for slot in line if slot.visit]


def test_a_key_opens_the_board_of_today(eye, page):
    assert TAB in eye.window.tabs()
    assert page.day == eye.desk.today
    assert [at for at, _line in page.board.times.lines][:2] == ["09:00", "09:20"]


def test_enter_on_a_free_time_books_it(eye, page):
    page.board.go_to("10:20")
    eye.press(Qt.Key.Key_Return)
    dialog = eye.dialog()
    dialog.form.go_to("name")
    type_text(dialog.form.boxes["name"].input.widget(), "Саидов Дилшод")
    dialog.save()
    settle()
    assert names(page) == ["Саидов Дилшод"]
    (made,) = visit_checks.of_day(eye.desk, eye.desk.today)
    assert made.at == "10:20"


def test_a_person_of_the_register_is_named_by_his_file(eye, page):
    person = eye.desk.store.live(Person)[0]
    page.board.go_to("11:00")
    eye.press(Qt.Key.Key_N, CONTROL)
    dialog = eye.dialog()
    dialog.form.boxes["person"].set_value(person.uid)
    dialog.form.changed.emit("person")
    dialog.save()
    settle()
    assert names(page) == [person.full_name]


def test_a_taken_time_is_refused_at_its_field(eye, page):
    book(eye.desk, "10:20")
    page.board.go_to("10:00")
    eye.press(Qt.Key.Key_Return)
    dialog = eye.dialog()
    dialog.form.set_values({"name": "Каримов", "at": "10:20"})
    dialog.save()
    settle()
    assert [one.code for one in dialog.form.boxes["at"].findings()] == ["taken"]
    dialog.reject()


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_1, VisitState.CAME),
        (Qt.Key.Key_2, VisitState.DONE),
        (Qt.Key.Key_3, VisitState.NO_SHOW),
        (Qt.Key.Key_4, VisitState.CANCELLED),
    ],
)
def test_a_key_says_what_became_of_it(eye, page, key, state):
    made = book(eye.desk, "10:20")
    settle()
    page.board.go_to("10:20")
    eye.press(key, ALT)
    assert appointments.get_visit(eye.desk, made.uid).state is state
    assert made.name in eye.told()


def test_who_did_not_come_stands_at_the_side_and_is_found_from_there(eye, page):
    made = book(eye.desk, "10:20")
    appointments.mark(eye.desk, made.uid, VisitState.NO_SHOW)
    settle()
    page.go_to(FRIDAY)
    page.side.visit_wanted.emit(made)
    assert page.day == made.day and page.current() == appointments.get_visit(eye.desk, made.uid)


def test_days_are_turned_and_typed(eye, page):
    page.board.setFocus()
    eye.press(Qt.Key.Key_Right, ALT)
    assert page.day == date(2026, 11, 24)
    eye.press(Qt.Key.Key_Left, ALT)
    eye.press(Qt.Key.Key_Left, ALT)
    assert page.day == date(2026, 11, 22) and page.off.isVisible() and page.board.times.lines == []
    page.line.setFocus()
    page.line.selectAll()
    type_text(page.line, "27112026\n")
    assert page.day == FRIDAY


def test_the_next_free_time_passes_what_is_taken(eye, page):
    office_hours.set_hours(eye.desk, OfficeHours(opens="9:00", closes="9:40", minutes=20))
    for at in ("9:00", "9:20"):
        book(eye.desk, at, name=at)
    settle()
    eye.press(Qt.Key.Key_F, CONTROL)
    assert page.day == date(2026, 11, 24) and page.board.current().at == "09:00"


def test_f2_gives_another_time(eye, page):
    made = book(eye.desk, "10:20")
    settle()
    page.board.go_to("10:20")
    eye.press(Qt.Key.Key_F2)
    dialog = eye.dialog()
    assert dialog.form.values()["at"] == "10:40"
    dialog.save()
    settle()
    assert appointments.get_visit(eye.desk, made.uid).at == "10:40"


def test_the_slip_is_printed_from_the_board(eye, page):
    book(eye.desk, "10:20")
    settle()
    page.board.go_to("10:20")
    eye.press(Qt.Key.Key_P, CONTROL)
    settle()
    paper = eye.window.findChildren(PrintPage)[-1]
    assert paper.forms.keys() == ["slip_visit"]
    paper.questions.answer("tongue", "fa")
    settle()
    assert paper.questions.answers() == {"tongue": "fa"}
    assert paper.pages.count() == 1


def test_the_day_is_printed_as_a_list(eye, page):
    book(eye.desk, "10:20")
    settle()
    eye.press(Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert eye.window.findChildren(ReportPaper)
    assert eye.window.current().startswith("report/appointments/")


def test_today_counts_who_is_expected_and_opens_the_board(eye):
    book(eye.desk, "10:20")
    settle()
    home = eye.open("today")
    assert isinstance(home, HomePage)
    assert home.visits.figure() == "1"
    home.visits.click()
    settle()
    assert eye.window.current() == TAB


def test_the_hours_are_changed_in_a_small_window(eye, page):
    next(one for one in eye.window.frame(TAB).commands if one.objectName() == "visit.hours").trigger()
    dialog = eye.dialog()
    dialog.form.set_values({"opens": "8:00", "windows": "A, B"})
    dialog.save()
    settle()
    assert page.board.times.windows == ("A", "B")
    assert page.board.times.lines[0][0] == "08:00"


def test_the_board_is_said_to_a_screen_reader(eye, page):
    book(eye.desk, "9:00")
    settle()
    said = page.board.times.data(page.board.times.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "09:00" in said and "Юсупов" in said and "expected" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_and_everything_has_a_name(application, catalogues, eye, page, language):
    office_hours.set_hours(eye.desk, OfficeHours(windows=("1", "2", "3")))
    book(eye.desk, "10:20", person=eye.desk.store.live(Person)[0].uid, purpose="РВП", phone="+77010000000")
    missed = book(eye.desk, "9:00", window="2")
    appointments.mark(eye.desk, missed.uid, VisitState.NO_SHOW)
    appointments.cancel(eye.desk, book(eye.desk, "11:00", window="3").uid)
    application.speak(language)
    settle()
    page.board.go_to("10:20", "1")
    for size in (QSize(1366, 768), QSize(1024, 640), QSize(683, 384)):
        eye.window.resize(size)
        settle()
        assert_nothing_clipped(eye.window)
    assert_all_named(eye.window)


def test_an_appointment_is_opened_from_where_it_is_named(eye):
    made = book(eye.desk, "10:20", day=FRIDAY)
    eye.window.work.open(Kind.VISIT, made.uid)
    settle()
    page = eye.window.findChildren(VisitsPage)[-1]
    assert page.day == FRIDAY and page.current().uid == made.uid


def person_in(eye) -> Person:
    return eye.desk.store.live(Person)[0]


def test_a_person_is_booked_from_his_file_with_keys_alone(eye):
    person = person_in(eye)
    eye.file(Kind.PERSON, person.uid)
    eye.press(Qt.Key.Key_B, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    dialog = eye.dialog()
    assert dialog.form.values()["name"] == person.full_name
    assert dialog.form.focused() == "day"
    eye.press(Qt.Key.Key_Return, CONTROL)
    settle()
    (made,) = appointments.of_person(eye.desk, person.uid)
    assert (made.day, made.at) == (eye.desk.today, "09:00")
    assert made.number in eye.told()


def test_a_file_shows_when_its_person_is_expected_and_what_became_of_it(eye):
    person = person_in(eye)
    gone = book(eye.desk, "9:00", name=person.full_name, person=person.uid)
    appointments.mark(eye.desk, gone.uid, VisitState.NO_SHOW)
    made = book(eye.desk, "10:00", name=person.full_name, day=FRIDAY, person=person.uid)
    content = eye.file(Kind.PERSON, person.uid)
    (line,) = [one for one in content.band.findChildren(PushButton) if made.number in one.text()]
    assert "27.11.2026" in line.text() and "10:00" in line.text()
    rows = content.findChild(Timeline).model()
    told = [rows.index(at, 0).data() for at in range(rows.rowCount())]
    assert [one for one in told if "Appointment" in one] == [
        f"27.11.2026 Appointment at 10:00: expected. {made.number}",
        f"23.11.2026 Appointment at 09:00: did not come. {gone.number}",
    ]
    line.click()
    settle()
    assert eye.window.findChildren(VisitsPage)[-1].day == FRIDAY


def test_a_proposed_time_that_was_given_away_becomes_the_next_one(eye):
    person = person_in(eye)
    eye.file(Kind.PERSON, person.uid)
    eye.press(Qt.Key.Key_B, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    dialog = eye.dialog()
    book(eye.desk, "9:00", name="Каримов")
    dialog.save()
    settle()
    (made,) = appointments.of_person(eye.desk, person.uid)
    assert made.at == "09:20" and "09:20" in eye.told()


def test_the_small_window_tells_whom_other_windows_touch(eye, page):
    made = book(eye.desk, "10:20")
    next(one for one in eye.window.frame(TAB).commands if one.objectName() == "visit.hours").trigger()
    dialog = eye.dialog()
    dialog.form.set_values({"windows": "A"})
    dialog.form.changed.emit("windows")
    settle()
    QTest.qWait(200)
    assert made.name in dialog.foretold.words()
    dialog.save()
    settle()
    assert made.name in eye.told()
    assert appointments.get_visit(eye.desk, made.uid).window == "A"


def test_a_name_of_two_alphabets_is_told_below_it(eye):
    eye.file(Kind.PERSON, person_in(eye).uid)
    eye.press(Qt.Key.Key_B, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    dialog = eye.dialog()
    for name, value in (("person", None), ("name", "Петpов")):
        dialog.form.boxes[name].set_value(value)
    dialog.form.boxes["name"].input.left.emit()
    assert [one.code for one in dialog.form.boxes["name"].findings()] == ["mixed_scripts"]
    dialog.reject()
