"""A window shows what another one wrote, and does not call it its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from migdesk.domain.person import Person
from migdesk.services import particulars
from migdesk.services.desk import Clock, open_desk
from migdesk.services.people import people
from migdesk.ui.assembly import Assembly, make_window
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.memory import Forgetful
from tests import make


@pytest.fixture
def other(desk):
    opened = open_desk(desk.home, clock=Clock(make.TODAY), operator="tester")
    yield opened
    opened.close()


def test_the_minute_brings_what_another_window_wrote(qtbot, desk, tasks, other):
    window = make_window(desk, tasks, Forgetful())
    qtbot.addWidget(window)
    work = window.work
    told, saved = [], []
    work.changed.connect(lambda changes: told.append(changes.tables))
    window.show_saved = saved.append
    people.save_person(other, make.person())
    particulars.save_office(other, replace(other.office, name="Басқарма"))
    next(one for one in window.children() if isinstance(one, Assembly)).findChildren(QTimer)[0].timeout.emit()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [{"person", "name_spelling"}, {"office"}]
    assert saved == []
    assert "Басқарма" in {label.text() for label in window.findChildren(QLabel)}


def test_undo_takes_back_what_another_window_wrote_only_when_asked_twice(qtbot, desk, tasks, other):
    """Ctrl+Z after a save took back the arrival that a colleague had registered a moment later."""
    window = make_window(desk, tasks, Forgetful())
    qtbot.addWidget(window)
    mine = people.save_person(desk, make.person(surname="Серікова")).value
    theirs = people.save_person(other, make.person(surname="Жақсылықова")).value

    told = []
    window.work.noticed.connect(told.append)
    settle()

    def standing():
        return [not desk.store.get(Person, one.uid).is_annulled for one in (mine, theirs)]

    window.work.undo_wanted.emit("")
    assert standing() == [True, True]
    assert "Жақсылықова" in told[-1].words
    settle()
    window.work.undo_wanted.emit("")
    assert standing() == [True, False]
    settle()
    window.work.undo_wanted.emit("")
    assert standing() == [False, False]
