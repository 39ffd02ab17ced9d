"""On an office of 5 000 persons the window never stands still: real threads, a watchdog in the event loop."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt

from migdesk.domain.listing import Filter, Query, Test
from migdesk.services import listing
from migdesk.ui.files.pieces.file_view import FileView
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.shell.search_popup import SearchPopup
from migdesk.ui.workplace import Kind
from tests.ui import offices
from tests.ui.keys import press, type_text
from tests.ui.watchdog import assert_stays_alive

PERSONS = 5000


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return offices.fill(tmp_path_factory.mktemp("large") / "office", PERSONS)


@pytest.fixture
def eye(application, desk, threads, qtbot):
    made = offices.Eye(desk, threads)
    qtbot.addWidget(made.window)
    qtbot.waitUntil(lambda: made.window.frame("today") is not None)
    return made


def uids(eye, name, *filters, count=6):
    opened = listing.open_list(eye.desk, Query(name, filters))
    return itertools.cycle([opened.uid(row) for row in opened.first(count * 7)[::7]])


@pytest.mark.parametrize("key", ["arrivals", "people", "cases", "permits", "journal", "quota", "today"])
def test_coming_back_to_a_page_that_must_ask_anew(eye, qtbot, key):
    def act():
        eye.window.open("papers" if key != "papers" else "today")
        qtbot.wait(60)
        body = offices.body_of(eye.window.open(key))
        body.is_stale = True
        qtbot.wait(200)

    eye.window.open(key)
    qtbot.wait(400)
    assert_stays_alive(act)


def test_typing_in_the_filter(eye, qtbot):
    page = eye.open("people")
    qtbot.waitUntil(lambda: page.list.model.is_complete)

    def act():
        page.words.clear()
        qtbot.wait(250)
        for letter in "касым":
            type_text(page.words, letter)
            qtbot.wait(40)
        qtbot.wait(300)

    assert_stays_alive(act)
    assert 0 < page.list.model.rowCount() < PERSONS


def test_walking_down_the_rows_with_files_at_the_right(eye, qtbot):
    page = eye.open("people")
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: page.list.model.is_complete)
    page.list.rows.setFocus()

    def act():
        for _step in range(4):
            press(page.list.rows, Qt.Key.Key_Down)
            qtbot.wait(160)

    assert_stays_alive(act)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Kind.PERSON, "people"), (Kind.CASE, "cases"), (Kind.ARRIVAL, "arrivals"), (Kind.PERMIT, "permits")],
)
def test_opening_a_file_in_a_tab(eye, qtbot, kind, name):
    several = uids(eye, name)

    def act():
        eye.window.work.open(kind, next(several))
        qtbot.wait(250)

    assert_stays_alive(act)
    view = eye.window.frame(eye.window.current()).findChild(FileView)
    qtbot.waitUntil(lambda: view.content is not None)


def test_searching(eye, qtbot):
    popup = eye.window.findChild(SearchPopup)

    def act():
        eye.window.search.clear()
        popup.close_list()
        for letter in "кас 19":
            type_text(eye.window.search, letter)
            qtbot.wait(30)
        qtbot.wait(200)

    assert_stays_alive(act)
    qtbot.waitUntil(popup.isVisible)


def test_an_act_and_the_refresh_that_follows(eye, qtbot):
    several = uids(
        eye,
        "arrivals",
        Filter("left_on", Test.EMPTY),
        Filter("notice_due", Test.FILLED),
        Filter("notified_on", Test.EMPTY),
        count=1,
    )
    uid = next(several)
    eye.window.work.open(Kind.ARRIVAL, uid)
    view = eye.window.frame(eye.window.current()).findChild(FileView)
    qtbot.waitUntil(lambda: view.content is not None)

    def act():
        view.content.mark_notified()
        qtbot.wait(300)
        eye.window.work.undo_wanted.emit("")
        qtbot.wait(300)

    assert_stays_alive(act)
