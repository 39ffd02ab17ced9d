"""A window opens as its operator left it: its place, its files behind the page of the day; nothing gone or unseen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from migdesk.domain.errors import Refused
from migdesk.ui.assembly import FILES, make_window
from migdesk.ui.come_back import PLACE, TABS
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.memory import Forgetful
from migdesk.ui.tasks import Tasks
from migdesk.ui.workplace import Kind, Target


@pytest.fixture
def again(eye, qtbot):
    """The next window of the same operator."""

    def open_again(memory):
        window = make_window(eye.desk, Tasks.inline(), memory)
        qtbot.addWidget(window)
        window.show()
        settle()
        return window

    return open_again


def test_open_files_come_back_behind_the_day_and_are_built_when_they_are_looked_at(eye, again):
    person, arrival = eye.first("people"), eye.first("arrivals")
    eye.file(Kind.PERSON, person)
    eye.file(Kind.ARRIVAL, arrival)
    eye.window.work.hosts_wanted.emit()
    eye.window.close()
    window = again(eye.memory)
    wanted = [Target(Kind.PERSON, person).key, Target(Kind.ARRIVAL, arrival).key]
    assert window.tabs() == wanted
    assert window.current() == "today"
    assert window.frame(wanted[0]) is None
    window.open(wanted[0])
    settle()
    assert window.current() == wanted[0]
    window.close_tab(wanted[1])
    assert window.tabs() == wanted[:1] and window.current() == wanted[0]


def test_a_file_that_is_gone_or_not_for_this_operator_stays_away(eye, again, monkeypatch):
    refused, shown = eye.first("people"), eye.first("people", at=1)
    spec = FILES[Kind.PERSON].get()

    def load(desk, uid):
        if uid == refused:
            raise Refused(())
        return spec.load(desk, uid)

    monkeypatch.setattr("migdesk.ui.files.people.person_file.SPEC", replace(spec, load=load))
    eye.memory.keep(TABS, f"nothing person/gone person/{refused} visits person/{shown} robot/1 terms/today")
    assert again(eye.memory).tabs() == [f"person/{shown}"]


def test_the_window_stands_where_it_was_but_never_off_the_screen(eye, again):
    screen = QGuiApplication.primaryScreen().availableGeometry()
    memory = eye.memory
    eye.window.setGeometry(40, 60, 720, 500)
    eye.window.close()
    window = again(memory)
    assert window.geometry() == QRect(40, 60, 720, 500)
    window.move(-5000, screen.bottom() + 900)
    window.showMaximized()
    window.close()
    window = again(memory)
    assert window.isMaximized()
    window.showNormal()
    settle()
    assert screen.intersects(window.geometry())


def test_a_memory_that_cannot_be_read_is_an_ordinary_window(again):
    memory = Forgetful()
    memory.keep(PLACE, "no place")
    memory.keep(TABS, "/ person/ ///")
    window = again(memory)
    assert (window.width(), window.tabs()) == (1366, [])
