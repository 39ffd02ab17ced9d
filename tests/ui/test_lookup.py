"""Find and pick a record from the keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from migdesk.domain.fields import Ref, Spec
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.entry.lookup import Lookup
from migdesk.ui.entry.picking import Sources
from tests.ui.keys import press, type_text
from tests.ui.seen import assert_all_named

PEOPLE = (("p1", "Қасымова Айгүл"), ("p2", "Zhang Wei"), ("p3", "Қайрат Ғани"))


@pytest.fixture
def sources(tasks) -> Sources:
    return Sources(
        today=lambda: date(2026, 11, 23),
        tasks=tasks,
        find=lambda _table, text: [one for one in PEOPLE if text.casefold() in one[1].casefold()],
        titles=lambda _table, uid: dict(PEOPLE)[uid],
    )


@pytest.fixture
def lookup(qtbot, sources) -> Lookup:
    made = Lookup(Ref("Person", to="person"), sources)
    qtbot.addWidget(made)
    made.show()
    return made


def line(lookup) -> QLineEdit:
    return lookup.findChild(QLineEdit)


def test_typing_narrows_and_enter_takes(lookup):
    type_text(line(lookup), "қа")
    press(line(lookup), Qt.Key.Key_Down)
    press(line(lookup), Qt.Key.Key_Return)
    assert (lookup.result(), lookup.uid) == (QDialog.DialogCode.Accepted, "p3")


def test_escape_takes_nothing(lookup):
    press(line(lookup), Qt.Key.Key_Escape)
    assert (lookup.result(), lookup.uid) == (QDialog.DialogCode.Rejected, "")


def test_nothing_found_is_said_and_cannot_be_taken(lookup):
    type_text(line(lookup), "zzz\n")
    assert lookup.isVisible()
    assert "Nothing found" in [one.text() for one in lookup.findChildren(QLabel) if one.isVisible()]


def test_everything_has_a_name(lookup):
    assert lookup.windowTitle() == "Find: Person"
    assert_all_named(lookup)


def test_f4_in_a_form_opens_it_and_the_record_is_taken(qtbot, sources, monkeypatch):
    form = Form([Spec("host", Ref("Person", to="person"), True)], [Section("", (("host",),))], sources)
    qtbot.addWidget(form)
    form.show()
    monkeypatch.setattr(Lookup, "choose", classmethod(lambda *_args: "p2"))
    press(form.boxes["host"].input.widget(), Qt.Key.Key_F4)
    assert (form.values(), form.typed()) == ({"host": "p2"}, {"host": "Zhang Wei"})
