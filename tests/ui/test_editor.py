"""A form: the keyboard walks it, findings stand below their fields, nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migdesk.domain.fields import specs
from migdesk.domain.finding import block, warn
from migdesk.domain.person import Person, Sex
from migdesk.i18n import LANGUAGES, N_
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.entry.picking import Sources
from tests.ui.keys import press, type_text
from tests.ui.seen import assert_all_named, assert_nothing_clipped

TODAY = date(2026, 11, 23)
CONTROL = Qt.KeyboardModifier.ControlModifier
ROWS = (("surname", "given"), ("birth_date", "birth_estimated"), ("sex", "citizenship"), ("note",))


@pytest.fixture
def form(qtbot, tasks):
    before = {"surname": "Ким", "citizenship": "UZB"}
    sources = Sources(
        today=lambda: TODAY,
        tasks=tasks,
        choices=lambda _list, text: [
            one for one in (("UZB", "Өзбекстан"),) if text.casefold() in one[1].casefold()
        ],
        names=lambda _list, code: {"UZB": "Өзбекстан"}.get(code, code),
        before=before.get,
    )
    made = Form(specs(Person), [Section(N_("Person"), ROWS)], sources)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.go_to("surname")
    return made


def focused() -> object:
    return QApplication.focusWidget()


def test_a_person_is_typed_with_nothing_but_enter(form):
    for text in ("Қасымова\n", "Айгүл\n", "12031987\n", "\n", "female\n", "өзб\n", "бір ескертпе"):
        type_text(focused(), text)
    assert form.values()["surname"] == "Қасымова"
    assert form.values()["birth_date"].show() == "12.03.1987"
    assert (form.values()["sex"], form.values()["citizenship"]) == (Sex.FEMALE, "UZB")
    assert form.values()["note"] == "бір ескертпе"


def test_enter_in_the_last_field_ends_the_form(form, qtbot):
    form.go_to("note")
    with qtbot.waitSignal(form.ended):
        press(focused(), Qt.Key.Key_Return)


@pytest.mark.parametrize("name", ["surname", "birth_date", "birth_estimated", "citizenship", "note"])
def test_control_and_enter_save_from_everywhere(form, qtbot, name):
    form.go_to(name)
    with qtbot.waitSignal(form.save_wanted):
        press(focused(), Qt.Key.Key_Return, CONTROL)


def test_shift_and_tab_go_back(form):
    form.go_to("given")
    press(focused(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert form.focused() == "surname"


def test_f8_repeats_the_record_before_and_goes_on(form):
    press(focused(), Qt.Key.Key_F8)
    assert (form.values()["surname"], form.focused()) == ("Ким", "given")
    press(focused(), Qt.Key.Key_F8)
    assert (form.values()["given"], form.focused()) == ("", "given")


def test_pinned_values_stay_for_the_next_record(form):
    form.set_values({"surname": "Ким", "citizenship": "UZB"})
    form.boxes["citizenship"].set_pinned(True)
    form.clear()
    assert (form.values()["surname"], form.values()["citizenship"]) == ("", "UZB")


def test_findings_go_to_their_fields_and_the_cursor_to_the_first_that_blocks(form):
    others = form.show_findings(
        [
            warn("odd", N_("Nothing here"), "surname"),
            block("bad", N_("Nothing found"), "citizenship"),
            block("whole", N_("Try again")),
        ]
    )
    assert [one.code for one in others] == ["whole"]
    assert form.focused() == "citizenship"
    assert [one.code for one in form.boxes["surname"].findings()] == ["odd"]
    form.show_findings([])
    assert form.boxes["citizenship"].findings() == ()


def test_what_cannot_be_read_is_named_by_field(form):
    form.go_to("birth_date")
    type_text(focused(), "жаңа\n")
    found = form.problems()
    assert [(one.code, one.field) for one in found] == [("not_a_date", "birth_date")]
    assert form.boxes["birth_date"].input.typed() == "жаңа"


def test_required_and_empty_fields_are_missing(form):
    form.set_values({"citizenship": "UZB"})
    assert [box.name for box in form.missing()] == ["birth_date"]
    form.go_to("birth_date")
    type_text(focused(), "1987\n")
    assert form.missing() == []


def test_a_draft_brings_back_even_what_could_not_be_read(form):
    form.go_to("birth_date")
    type_text(focused(), "99.99\n")
    form.set_values({"surname": "Ким", "sex": Sex.MALE})
    draft = form.typed()
    form.clear()
    assert form.typed()["birth_date"] == ""
    form.set_typed(draft)
    assert form.typed() == draft
    assert form.values()["sex"] is Sex.MALE


def test_a_form_tells_what_changed_and_what_was_left(form):
    heard: list[str] = []
    form.changed.connect(lambda name: heard.append(f"changed {name}"))
    form.left.connect(lambda name: heard.append(f"left {name}"))
    type_text(focused(), "A\n")
    assert heard == ["changed surname", "left surname"]


def test_a_narrow_form_has_one_column(form):
    assert form.boxes["given"].y() == form.boxes["surname"].y()
    form.resize(400, 500)
    QApplication.processEvents()
    assert form.boxes["given"].y() > form.boxes["surname"].y()
    form.resize(700, 500)
    QApplication.processEvents()
    assert form.boxes["given"].y() == form.boxes["surname"].y()


def test_the_field_with_the_cursor_is_in_sight(form):
    form.resize(400, 160)
    QApplication.processEvents()
    form.go_to("note")
    QApplication.processEvents()
    box = form.boxes["note"]
    top = box.mapTo(form.viewport(), box.rect().topLeft()).y()
    assert 0 <= top < form.viewport().height()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [700, 400])
def test_a_form_is_whole_and_named_in_every_language(application, catalogues, form, language, width):
    application.speak(language)
    form.show_findings(
        [block("bad", N_("Something went wrong in the program."), name) for name in form.boxes]
    )
    form.resize(width, 500)
    for _turn in range(3):
        QApplication.processEvents()
    assert_nothing_clipped(form)
    assert_all_named(form)
