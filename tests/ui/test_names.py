"""Names in the window: corrected spellings, former names as entries; which document counts."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from migdesk.domain.other_names import NameKind
from migdesk.domain.person import Person
from migdesk.services.people import people, spellings
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.files.questions.other_names import OtherNamesPart
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.intake.page import IntakePage
from migdesk.ui.workplace import Kind
from tests import make
from tests.ui.seen import assert_all_named, assert_nothing_clipped


def saved(eye, **given) -> Person:
    return people.save_person(eye.desk, make.person(**given)).value


def edited(eye, person):
    eye.file(Kind.PERSON, person.uid)
    eye.press(Qt.Key.Key_F2)
    dialog = eye.dialog()
    part = dialog.findChild(OtherNamesPart)
    assert isinstance(part, OtherNamesPart)
    return dialog, part


def test_what_was_learned_is_seen_in_the_settings_and_forgotten_there(eye):
    saved(eye, surname="Құсайынов", surname_latin="KHUSSAINOV")
    dialog = SettingsDialog(eye.window.work)
    dialog.show()
    dialog.tabs.setCurrentIndex(4)
    settle()
    before = len(spellings.list_spellings(eye.desk))
    assert before and dialog.names.view.model.rowCount() == before
    assert_nothing_clipped(dialog)
    assert_all_named(dialog)
    dialog.names.view.rows.setCurrentIndex(dialog.names.view.model.index(0, 0))
    dialog.names.button.click()
    settle()
    assert len(spellings.list_spellings(eye.desk)) == before - 1
    assert "→" in dialog.told.text()
    dialog.close()


def test_the_name_of_now_is_offered_as_a_former_one(eye):
    dialog, part = edited(eye, saved(eye, surname="Омарова", surname_latin="OMAROVA"))
    assert part.keep.isHidden()
    dialog.form.boxes["surname"].set_value("Ким")
    dialog.form.changed.emit("surname")
    settle()
    assert part.keep.isVisible() and part.keep.value()
    assert "Омарова" in part.keep.text()
    assert_nothing_clipped(dialog)
    assert_all_named(dialog)
    dialog.save()
    settle()
    found = people.find_people(eye.desk, "Омарова Айгүл")
    kept = [one.person for one in found if one.person.surname == "Ким"]
    assert [one.other_names for one in kept] == ["Омарова Айгүл (former)"]


@pytest.mark.parametrize(("surname", "kept"), [("Омарава", False), ("Ким", True)])
def test_a_mended_slip_is_not_kept_unless_somebody_ticks(eye, surname, kept):
    dialog, part = edited(eye, saved(eye, surname="Омарова", surname_latin="OMAROVA", patronymic="Болатқызы"))
    dialog.form.boxes["surname"].set_value(surname)
    dialog.form.changed.emit("surname")
    assert part.keep.isVisible() and part.keep.value() is kept
    dialog.form.boxes["surname"].set_value("Омарова")
    dialog.form.changed.emit("surname")
    assert part.keep.isHidden()
    assert part.values() == {"other_names": ""}


def test_entries_are_edited_one_by_one(eye):
    dialog, part = edited(eye, saved(eye, other_names="Умарова (maiden); Umarova"))
    assert [one.name.text() for one in part.entries] == ["Умарова", "Umarova"]
    part.entries[1].remove.click()
    part.entries[0].kind.set_value(NameKind.FORMER)
    assert part.values() == {"other_names": "Умарова (former)"}
    dialog.reject()
    settle()


def test_an_edit_that_makes_somebody_look_like_another_says_so(eye):
    known = saved(
        eye, surname="Сейтқалиева", given="Мадина", surname_latin="SEITKALIYEVA", given_latin="MADINA"
    )
    other = saved(eye, surname="Ким", given="Ирина", surname_latin="KIM", given_latin="IRINA")
    dialog, _part = edited(eye, other)
    for name in ("surname", "given", "surname_latin", "given_latin"):
        dialog.form.boxes[name].set_value(getattr(known, name))
    dialog.save()
    settle()
    assert "may be the same person" in eye.told()


def test_the_documents_say_which_one_counts_and_why(eye):
    old = make.document(number="OLD11111", expires_on=date(2026, 1, 1))
    person = people.save_person(eye.desk, make.person(), old).value
    people.save_person(eye.desk, people.get_person(eye.desk, person.uid), make.document(number="NEW22222"))
    content = eye.file(Kind.PERSON, person.uid)
    content.tabs.open("documents")
    settle()
    words = [one.text() for one in content.findChildren(QLabel)]
    assert any(text.startswith("NEW22222: ") and "valid" in text for text in words)


def test_a_correction_is_offered_in_the_next_intake(eye, qtbot):
    saved(eye, surname="Құсайынов", surname_latin="KHUSSAINOV")
    assert spellings.propose(eye.desk.store, "KHUSSAINOV", "cyrillic", "UZB") == "Құсайынов"
    eye.press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: hasattr(eye.window.findChild(IntakePage), "typing"), timeout=3000)
    typing = eye.window.findChild(IntakePage).typing
    typing.fill(0, "person.citizenship", "UZB")
    typing.fill(0, "person.surname_latin", "KHUSSAINOV")
    typing.offer()
    assert typing.offered_words("person.surname") == "Құсайынов"
