"""Undo that names what it takes back, rights and roles in the window, and the warning of an office in clear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.office import Role
from migdesk.domain.person import Person
from migdesk.domain.protection import Visibility
from migdesk.services.desk import Desk
from migdesk.services.people import notes, people
from migdesk.services.upkeep import journal, rights
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.files.people.notes_part import NotesPart, ask_right
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Kind
from tests.ui.offices import Eye
from tests.ui.seen import assert_nothing_clipped


def undo_of(window: OfficeWindow):
    return next(one for one in window.menu().actions() if one.objectName() == "window.undo")


def test_the_menu_the_hint_and_the_strip_name_what_undo_takes_back(eye):
    uid = eye.first("people")
    person = eye.desk.store.get(Person, uid)
    people.save_person(eye.desk, replace(person, phone="+77010001122"))
    settle()
    command = undo_of(eye.window)
    for words in (command.text(), command.toolTip()):
        assert "Person saved" in words and person.full_name in words
    assert "tester" in command.toolTip()
    command.trigger()
    settle()
    assert "Person saved" in eye.told() and person.full_name in eye.told()
    assert eye.desk.store.get(Person, uid).phone == person.phone


def test_undo_that_stops_says_why(eye):
    rights.give_right(eye.desk, "colleague")
    settle()
    assert "never undone" in undo_of(eye.window).toolTip()
    undo_of(eye.window).trigger()
    settle()
    for part in ("Undo stops at", "restricted notes given: colleague", "tester"):
        assert part in eye.told()


def test_the_page_of_the_journal_has_a_column_of_whom_and_finds_by_name(eye):
    uid = eye.first("people")
    person = eye.desk.store.get(Person, uid)
    people.save_person(eye.desk, replace(person, phone="+77010001122"))
    page = eye.open("journal")
    keys = [column.key for column in page.list.model.columns]
    page.words.setText(person.full_name)
    page.words.asked.emit(person.full_name)
    settle()
    assert "about" in keys
    assert 1 <= page.list.model.rowCount() < len(journal.entries(eye.desk, limit=1000))
    page.filters["operator"].choose("tester")
    page.filters["operator"].changed.emit()
    settle()
    assert page.list.model.rowCount() == 1


def test_the_note_window_warns_that_the_text_lies_readable(eye):
    uid = eye.first("people")
    content = eye.file(Kind.PERSON, uid)
    content.tabs.open("notes")
    content.findChild(NotesPart).write.click()
    dialog = eye.dialog()
    settle()
    assert "lie readable in its file" in dialog.foretold.words()
    assert_nothing_clipped(dialog)
    dialog.form.set_values({"visibility": Visibility.OFFICE})
    dialog.form.changed.emit("visibility")
    dialog._foretell()
    settle()
    assert dialog.foretold.words() == ""
    dialog.reject()


def test_the_last_holder_says_in_the_window_that_it_is_meant(eye):
    """Everybody could give himself the right here, and take it from others."""
    rights.give_right(eye.desk, "colleague")
    colleague = Desk(eye.desk.home, eye.desk.store, clock=eye.desk.clock, operator="colleague")
    rights.give_right(colleague, "tester")
    rights.withdraw_right(colleague, "colleague")
    eye.desk.hear()
    found = notes.look(eye.desk, eye.first("people"))
    dialog = ask_right(eye.window.work, found)
    dialog.form.set_values({"login": "tester", "reads": False, "last": False})
    dialog.save()
    settle()
    assert notes.readers(eye.desk)
    dialog.form.set_values({"login": "tester", "reads": False, "last": True})
    dialog.save()
    settle()
    assert notes.readers(eye.desk) == []
    assert "may no longer read" in eye.told()


@pytest.mark.parametrize(("role", "is_hidden"), [(Role.HEAD, False), (Role.CLERK, True)])
def test_only_who_may_give_the_right_is_offered_it(application, desk, tasks, qtbot, role, is_hidden):
    rights.set_role(desk, "other", role)
    desk.store.close()
    eye = Eye(Desk(desk.home, desk.store, clock=desk.clock, operator="other"), tasks)
    qtbot.addWidget(eye.window)
    content = eye.file(Kind.PERSON, eye.first("people"))
    content.tabs.open("notes")
    assert content.findChild(NotesPart).right.isHidden() is is_hidden


def test_a_head_sets_a_role_in_the_settings(eye):
    dialog = SettingsDialog(eye.window.work)
    dialog.open()
    dialog.tabs.setCurrentIndex(dialog.tabs.count() - 1)
    settle()
    assert_nothing_clipped(dialog)
    asked = dialog.operators.ask_role()
    asked.form.set_values({"login": "clerk2", "role": Role.VIEWER})
    asked.save()
    settle()
    assert [one.role for one in rights.operators(eye.desk) if one.login == "clerk2"] == [Role.VIEWER]
    assert "clerk2: viewer" in dialog.told.text()
    dialog.close()


def test_who_is_no_head_reads_why_the_button_is_locked(application, desk, tasks, qtbot):
    eye = Eye(Desk(desk.home, desk.store, clock=desk.clock, operator="clerk2"), tasks)
    qtbot.addWidget(eye.window)
    dialog = SettingsDialog(eye.window.work)
    assert not dialog.operators.button.isEnabled()
    assert "Only the head of the office" in dialog.operators.button.toolTip()
    dialog.close()
