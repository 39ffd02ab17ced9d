"""What is typed into a form outlives Esc, a crash and a change by somebody else; F8 repeats what was saved last."""

from __future__ import annotations

import ast
import functools
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut

import migdesk.ui
from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case, CaseState
from migdesk.domain.other_names import OtherName
from migdesk.domain.person import Person
from migdesk.domain.protection import PersonNote, Visibility
from migdesk.services import parked
from migdesk.services.arrivals import arrivals
from migdesk.services.people import people
from migdesk.store import drafts
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.files.cases.new_case import ask_new_case
from migdesk.ui.files.money.payment_questions import ask_payment
from migdesk.ui.files.people.edit_record import ask_edit
from migdesk.ui.files.people.notes_part import ask_note, ask_referral
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.parts.choice_button import ChoiceButton
from migdesk.ui.screens.drafts import DraftsDialog, ask_draft
from migdesk.ui.workplace import Kind, Target
from tests.ui.keys import press, type_text

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(desk) -> Person:
    """Somebody of the register."""
    return desk.store.live(Person, order="id", limit=1)[0]


def edit(eye, person, name="phone"):
    """The form of a person, with the cursor in a field."""
    ask_edit(eye.window.work, Target(Kind.PERSON, person.uid, name))
    dialog = eye.dialog()
    settle()
    return dialog


def write(dialog, name, text):
    """Type into a field of a small window and leave it."""
    write_into(dialog.form, name, text)


def write_into(form, name, text):
    """Type into a field and leave it."""
    form.go_to(name)
    line = form.boxes[name].input.widget()
    line.selectAll()
    type_text(line, text)
    line.clearFocus()
    settle()


def elsewhere(desk, person, **changes):
    """Another window saves the person."""
    return people.save_person(desk, replace(people.get_person(desk, person.uid), **changes)).value


def told(dialog, name):
    """The words below a field."""
    return " ".join(one.words() for one in dialog.form.boxes[name].findings())


def choose(eye, dialog, keys):
    """Ctrl+1 or Ctrl+2."""
    [one] = [one for one in dialog.findChildren(QShortcut) if one.key().toString() == keys]
    one.activated.emit()
    settle()


def test_what_is_typed_is_kept_when_the_field_is_left_and_comes_back_after_a_crash(eye, desk, person):
    dialog = edit(eye, person)
    write(dialog, "phone", "+77011112233")
    [one] = parked.list_parked(desk)
    assert (one.code, one.about, one.title) == ("person.edit", person.uid, dialog.windowTitle())
    dialog.reject()  # Esc asks nothing
    again = edit(eye, person, "surname")
    assert again.form.values()["phone"] == "+77011112233"
    assert again.form.focused() == "phone"
    assert not again.draft.isHidden() and "Draft of" in again.draft.words.text()


def test_a_draft_is_begun_anew_or_saved_and_then_it_is_gone(eye, desk, person):
    write(edit(eye, person), "phone", "+77011112233")
    eye.dialog().reject()
    dialog = edit(eye, person)
    dialog.draft.drop.click()
    assert dialog.form.values()["phone"] == person.phone
    assert dialog.draft.isHidden() and parked.list_parked(desk) == []
    write(dialog, "phone", "+77014445566")
    assert parked.list_parked(desk)
    dialog.save()
    assert people.get_person(desk, person.uid).phone == "+77014445566"
    assert parked.list_parked(desk) == []


def test_a_form_in_which_nothing_was_typed_leaves_no_draft(eye, desk, person):
    edit(eye, person).reject()
    assert parked.list_parked(desk) == []


def test_a_form_begins_in_its_first_field_as_before(eye, person):
    ask_edit(eye.window.work, Target(Kind.PERSON, person.uid))
    assert eye.dialog().form.focused() == "surname"


def test_names_below_the_fields_are_kept_with_them(eye, desk, person):
    dialog = edit(eye, person)
    dialog._question.more.add(OtherName("Омарова"))
    dialog.reject()
    again = edit(eye, person)
    assert "Омарова" in again._question.more.values()["other_names"]


def test_fields_that_somebody_else_changed_are_taken_over_when_they_do_not_overlap(eye, desk, person):
    dialog = edit(eye, person, "job")
    write(dialog, "job", "Сварщик")
    elsewhere(desk, person, phone="+77010000001")
    dialog.save()
    settle()
    saved = people.get_person(desk, person.uid)
    assert (saved.job, saved.phone) == ("Сварщик", "+77010000001")
    assert "Changed meanwhile by somebody else: Phone" in eye.told()


@pytest.mark.parametrize(("keys", "stands"), [("Ctrl+1", "+77019999999"), ("Ctrl+2", "+77010000001")])
def test_a_field_that_both_changed_asks_and_a_key_chooses(eye, desk, person, keys, stands):
    dialog = edit(eye, person)
    write(dialog, "phone", "+77019999999")
    elsewhere(desk, person, phone="+77010000001")
    dialog.save()
    assert "+77010000001" in told(dialog, "phone")
    dialog.save()  # it is not answered yet
    assert people.get_person(desk, person.uid).phone == "+77010000001"
    choose(eye, dialog, keys)
    dialog.save()
    assert people.get_person(desk, person.uid).phone == stands


def test_a_draft_whose_record_was_changed_says_so_and_asks_where_both_differ(eye, desk, person):
    dialog = edit(eye, person)
    write(dialog, "phone", "+77019999999")
    dialog.reject()
    elsewhere(desk, person, phone="+77010000001", job="Сварщик")
    again = edit(eye, person)
    assert "Changed meanwhile by somebody else: Phone" in again.draft.words.text()
    assert "+77010000001" in told(again, "phone")
    assert again.form.values()["job"] == "Сварщик"


def test_names_that_somebody_else_wrote_meanwhile_are_not_overwritten(eye, desk, person):
    dialog = edit(eye, person, "job")
    write(dialog, "job", "Сварщик")
    elsewhere(desk, person, other_names="Омарова (maiden)")
    dialog.save()
    assert people.get_person(desk, person.uid).other_names == "Омарова (maiden)"


def test_a_restricted_note_is_not_kept_and_the_form_says_so(eye, desk, person):
    dialog = ask_note(eye.window.work, person.uid, person.full_name)
    settle()
    write(dialog, "text", "Тайна")
    assert "not kept" in dialog.draft.words.text() and not dialog.draft.isHidden()
    assert not drafts.kept_of(desk.store, "form/")
    dialog.form.set_values({"visibility": Visibility.OFFICE})
    dialog.form.changed.emit("visibility")
    write(dialog, "text", "Для всех")
    assert dialog.draft.isHidden()
    assert parked.list_parked(desk)
    dialog.reject()
    assert ask_referral(eye.window.work, person.uid, "")._question.key == ""


def test_what_was_saved_last_with_a_question_is_repeated_by_f8(eye, desk, person):
    other = desk.store.live(Person, order="id", limit=2)[1]
    dialog = edit(eye, person)
    write(dialog, "phone", "+77014445566")
    dialog.save()
    dialog = edit(eye, other)
    eye.press(Qt.Key.Key_F8)
    assert dialog.form.values()["phone"] == "+77014445566"
    note = ask_note(eye.window.work, person.uid, "")
    note.form.boxes["text"].input.set_value("Тайна")
    note.save()
    assert desk.store.live(PersonNote, person=person.uid)
    assert "person.note" not in eye.window.work.saved


def test_no_question_is_without_the_name_under_which_it_is_kept():
    """An empty key stands only where what is typed is restricted."""
    lacking = []
    for path in Path(migdesk.ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Question":
                keys = [one.value for one in node.keywords if one.arg == "key"]
                if not keys or (isinstance(keys[0], ast.Constant) and not keys[0].value):
                    lacking.append(path.name)
    assert sorted(lacking) == ["minor_part.py", "notes_part.py"]


def test_a_draft_of_another_edition_of_the_program_is_left_alone(eye, desk, person):
    parked.keep_draft(desk, f"form/person.edit/{person.uid}", '{"edition": 0}')
    dialog = edit(eye, person)
    assert dialog.draft.isHidden()


def open_case(eye):
    """The decision of an open case that may be refused."""
    for case in eye.desk.store.live(Case, state=CaseState.OPEN, order="id"):
        panel = eye.file(Kind.CASE, case.uid).decision
        if panel and "refuse" in panel.choices:
            return case, panel
    raise AssertionError


def closed_and_opened(eye, case):
    """The decision after its tab was closed and opened again."""
    eye.window.close_tab(f"case/{case.uid}")
    settle()
    return eye.file(Kind.CASE, case.uid).decision


def test_what_is_typed_in_a_decision_outlives_its_window(eye, desk):
    case, panel = open_case(eye)
    panel.choices["refuse"].click()
    code, ground = next(iter(panel.grounds.items()))
    ground.click()
    write_into(panel.form, "words", "Нет жилья")
    panel = closed_and_opened(eye, case)
    assert panel.verdict().words == "Нет жилья"
    assert (panel.choice(), panel.verdict().grounds) == ("refuse", (code,))
    assert not panel.draft.isHidden()
    [one] = parked.list_parked(desk)
    assert (one.code, one.about) == ("case.decide", case.uid)
    panel.draft.drop.click()
    assert (panel.choice(), panel.verdict().words) == ("", "")
    assert parked.list_parked(desk) == []


def test_a_decision_that_is_recorded_leaves_no_draft(eye, desk):
    case, panel = open_case(eye)
    panel.choices["refuse"].click()
    next(iter(panel.grounds.values())).click()
    assert parked.list_parked(desk)
    panel.decide()
    assert desk.store.get(Case, case.uid).decision == "refuse"
    assert parked.list_parked(desk) == []


def test_a_draft_of_a_form_is_gone_on_with_or_thrown_away_from_the_list(eye, desk, person):
    write(edit(eye, person), "phone", "+77011112233")
    eye.dialog().reject()
    ask_draft(eye.window.work, parked.list_parked(desk))
    settle()
    found = eye.window.findChild(DraftsDialog)
    assert person.surname in found.choices.findChildren(ChoiceButton)[0].text()
    found.accept()
    settle()
    dialog = eye.dialog()
    settle()
    assert dialog.form.values()["phone"] == "+77011112233"
    dialog.reject()
    settle()
    ask_draft(eye.window.work, parked.list_parked(desk))
    settle()
    found = next(one for one in eye.window.findChildren(DraftsDialog) if one.isVisible())
    press(found.choices.findChildren(ChoiceButton)[0], Qt.Key.Key_Delete)
    assert found.drop.hasFocus() and parked.list_parked(desk)
    found.drop.click()
    assert parked.list_parked(desk) == []


def chosen(dialog, name, value):
    """A value picked from a list."""
    dialog.form.boxes[name].set_value(value)
    dialog.form.changed.emit(name)


def test_the_service_of_a_new_case_comes_back_with_its_questions_and_people(eye, desk, person):
    ask = functools.partial(ask_new_case, eye.window.work, person)
    dialog = ask()
    settle()
    codes = (one.code for one in desk.procedures if one.fields)
    service = next(code for code in codes if desk.find_procedure(code, desk.today))
    chosen(dialog, "service", service)
    boxes = dialog._question.more.boxes
    name = next(name for name, box in boxes.items() if isinstance(box.input, LineInput))
    boxes[name].input.set_typed("7")
    dialog.reject()
    again = ask()
    settle()
    assert again.form.values()["service"] == service
    assert again._question.more.boxes[name].input.typed() == "7"


def test_the_fields_of_a_sum_come_back_with_it(eye, desk):
    dialog = ask_payment(eye.window.work)
    settle()
    code, _title = desk.lists.find("amounts", "")[0]
    chosen(dialog, "rule", code)
    visible = [name for name, box in dialog.form.boxes.items() if not box.isHidden()]
    dialog.reject()
    again = ask_payment(eye.window.work)
    settle()
    assert again.form.values()["rule"] == code
    assert [name for name, box in again.form.boxes.items() if not box.isHidden()] == visible


def test_an_arrival_takes_over_what_does_not_overlap_too(eye, desk):
    arrival = desk.store.live(Arrival, order="id", limit=1)[0]
    ask_edit(eye.window.work, Target(Kind.ARRIVAL, arrival.uid, "note"))
    dialog = eye.dialog()
    settle()
    write(dialog, "note", "Созвонились")
    arrivals.correct_arrival(desk, replace(arrival, previous_address="Алматы, Абай 5"))
    dialog.save()
    saved = desk.store.get(Arrival, arrival.uid)
    assert (saved.note, saved.previous_address) == ("Созвонились", "Алматы, Абай 5")


def test_a_window_that_is_closed_over_a_form_keeps_what_stands_in_the_field(eye, desk, person):
    dialog = edit(eye, person)
    type_text(dialog.form.boxes["phone"].input.widget(), "+77011112233")
    dialog.hide()
    assert parked.list_parked(desk)
