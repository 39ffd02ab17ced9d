"""The window of status work: a person as known on a day, lights of many, many permits extended at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from migdesk.domain.change import Op
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person
from migdesk.services import bulk_status
from migdesk.services.people import people
from migdesk.services.stays import status
from migdesk.services.upkeep import journal
from migdesk.store import journal as book
from migdesk.ui.files.people.standing_part import StandingPart
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.gallery.scenes import full_life
from migdesk.ui.parts.actions import Command
from migdesk.ui.screens.many_lights import LightsDialog
from migdesk.ui.screens.many_permits import ExtensionDialog
from migdesk.ui.workplace import Kind
from tests.ui.keys import press
from tests.ui.seen import assert_all_named, assert_nothing_clipped


def words_in(widget) -> str:
    settle()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def dialog_of(eye, kind):
    found = [one for one in eye.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def standing(eye) -> StandingPart:
    content = eye.file(Kind.PERSON, full_life(eye.desk))
    content.tabs.open("standing")
    return content.tabs.findChild(StandingPart)


def test_a_day_and_the_day_of_knowledge_are_asked_by_keyboard(eye, standing):
    real = eye.desk.clock.now().astimezone().date()
    standing.on.set_value(date(2026, 11, 20))
    standing.known_on.set_value(real)
    standing.known_on.setFocus()
    press(standing.known_on, Qt.Key.Key_Return)
    told = words_in(standing)
    assert "As known on" in told
    assert real.strftime("%d.%m.%Y") in told
    assert_all_named(standing)
    assert_nothing_clipped(eye.window)


def test_what_was_done_to_others_is_not_said_in_a_persons_file(eye):
    """It named whose restricted notes had been opened last."""
    someone = full_life(eye.desk)
    other = next(one for one in eye.desk.store.live(Person) if one.uid != someone and one.surname)
    people.save_person(eye.desk, replace(other, phone="+7 701 111 22 33"))
    assert other.surname in journal.entries(eye.desk, limit=1)[0].about
    content = eye.file(Kind.PERSON, someone)
    content.tabs.open("standing")
    part = content.tabs.findChild(StandingPart)
    part.known_on.set_value(eye.desk.clock.now().astimezone().date())
    press(part.known_on, Qt.Key.Key_Return)
    told = words_in(part)
    assert "Last op that counts" in told
    assert other.surname not in told


@pytest.mark.parametrize(("days", "words"), [(4000, "still to come"), (-9000, "no records")])
def test_a_day_on_which_nothing_is_known_is_told_in_place(eye, standing, days, words):
    standing.known_on.set_value(eye.desk.clock.now().date() + timedelta(days))
    standing.ask()
    assert words in words_in(standing)


def test_without_a_day_of_knowledge_it_says_what_he_was(eye, standing):
    standing.button.click()
    told = words_in(standing)
    assert "What he was" in told
    assert status.person_status(eye.desk, full_life(eye.desk)).findings[0].words() in told


def test_the_rows_selected_in_a_list_are_looked_at_together(eye):
    page = eye.open("people")
    rows = page.list.rows
    rows.setFocus()
    rows.setCurrentIndex(page.list.model.index(0, 0))
    for _ in range(2):
        press(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = [page.list.model.uid(row) for row in page.list.selected_rows()]
    run(eye, "list.lights")
    dialog = dialog_of(eye, LightsDialog)
    assert sorted(one.status.person.uid for one in dialog._found) == sorted(chosen)
    assert_all_named(dialog)
    assert_nothing_clipped(dialog)
    first = dialog._found[0].status.person.uid
    press(dialog.table.rows, Qt.Key.Key_Return)
    assert eye.window.current().endswith(first)


def run(eye, key: str) -> None:
    frame = eye.window.frame(eye.window.current())
    frame.findChild(Command, key).trigger()


def test_the_whole_list_when_one_row_is_chosen(eye):
    page = eye.open("people")
    run(eye, "list.lights")
    assert len(dialog_of(eye, LightsDialog)._found) == page.list.model.rowCount()


def test_a_workbook_names_whom_to_look_at_and_unknown_numbers_stand_with_the_gravest(eye, tmp_path):
    person = next(one for one in eye.desk.store.live(Person) if one.iin)
    file = tmp_path / "a.csv"
    file.write_text(f"ИИН\n{person.iin}\n900517400016\n", "utf-8")
    eye.open("people")
    run(eye, "list.lights")
    dialog = dialog_of(eye, LightsDialog)
    dialog.read_book(file)
    assert [one.place for one in dialog._found if one.trouble] == ["a!A3"]
    assert {one.asked for one in dialog._found} == {person.iin, "900517400016"}
    dialog.read_book(tmp_path / "none.csv")
    assert "There is no such file" in words_in(dialog)


def test_the_staff_of_a_receiving_person(eye):
    uid = eye.first("parties")
    content = eye.file(Kind.PARTY, uid)
    next(one for one in content.acts() if one.key == "party.lights").run()
    found = dialog_of(eye, LightsDialog)._found
    assert [one.asked for one in found] or bulk_status.at_party(eye.desk, uid, eye.desk.today) == []


def test_many_permits_are_shown_line_by_line_then_extended_in_one_act(eye):
    page = eye.open("permits")
    run(eye, "permits.extend_many")
    dialog = dialog_of(eye, ExtensionDialog)
    by_term = [one.until for one in dialog.lines]
    dialog.until.set_value(date(2029, 6, 30))
    dialog.look()
    good = [one for one in dialog.lines if not one.refused]
    assert by_term != [one.until for one in dialog.lines]
    assert {one.until for one in good if "capped" not in {told.code for told in one.findings}} == {
        date(2029, 6, 30)
    }
    assert_all_named(dialog)
    assert_nothing_clipped(dialog)
    ops = book.count_entries(eye.desk.store)
    dialog.extend()
    assert book.count_entries(eye.desk.store) == ops + 1
    assert str(len(good)) in eye.told()
    assert journal.coming(eye.desk).entry.op is Op.EXTEND_PERMITS
    journal.undo_last(eye.desk)
    assert eye.desk.store.get(Permit, good[0].permit.uid).state is PermitState.GRANTED
    assert page.list.model.rowCount()


def test_without_the_tick_dependants_stay(eye):
    eye.open("permits")
    run(eye, "permits.extend_many")
    dialog = dialog_of(eye, ExtensionDialog)
    dialog.follow.click()
    assert not [one for one in dialog.lines if one.follows and not one.refused]
