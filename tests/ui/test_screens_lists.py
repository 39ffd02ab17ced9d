"""List pages as a clerk uses them: filters, words, the file at the right, tabs, what is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.arrival import Arrival
from migdesk.domain.dates import PartialDate
from migdesk.domain.listing import Filter, Test
from migdesk.domain.person import Person
from migdesk.services.arrivals import arrivals
from migdesk.services.people import people
from migdesk.ui.files.pieces.file_view import FileView
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.workplace import Kind, ListWanted
from tests.ui.keys import press, type_text
from tests.ui.offices import body_of

CONTROL = Qt.KeyboardModifier.ControlModifier


def page_of(eye, key):
    body = eye.open(key)
    assert isinstance(body, ListPage)
    return body


def shown(page):
    model = page.list.model
    model.want(0, model.rowCount() - 1)
    return [model.row(at) for at in range(model.rowCount())]


def test_typed_words_leave_only_the_rows_that_have_them(eye, qtbot):
    page = page_of(eye, "people")
    before = page.list.model.rowCount()
    somebody = people.get_person(eye.desk, page.list.model.uid(5))
    type_text(page.words, somebody.surname[:4])
    qtbot.waitUntil(lambda: page.list.model.rowCount() < before)
    names = [row[0] for row in shown(page)]
    assert names and somebody.full_name in names
    press(page.words, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == before)


def test_an_estimated_birth_date_says_so_in_the_list(eye, qtbot):
    """It stood there as if somebody knew the day."""
    page = page_of(eye, "people")
    person = people.get_person(eye.desk, page.list.model.uid(0))
    born = PartialDate(1987, 3, 12)
    people.save_person(eye.desk, replace(person, birth_date=born, birth_estimated=True))
    at = [one.key for one in page.list.model.columns].index("birth_date")
    qtbot.waitUntil(lambda: "12.03.1987 (est.)" in {page.list.model.index(0, at).data()})


def test_letters_typed_in_the_rows_go_to_the_words(eye, qtbot):
    page = page_of(eye, "people")
    page.list.rows.setFocus()
    type_text(page.list.rows, "қа")
    assert page.words.text() == "қа"
    assert page.words.hasFocus()
    press(page.words, Qt.Key.Key_Down)
    assert page.list.rows.hasFocus()


def test_letters_typed_on_the_page_of_the_law_go_to_its_words_and_no_row_jumps(eye):
    eye.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = body_of(eye.window.frame("law"))
    rows = page.list.rows
    assert rows.hasFocus() and rows.model().rowCount() > 20
    before = page.list.current_uid()
    other = rows.model().index(7, 0).data()
    type_text(rows, other[:2])
    assert (page.words.text(), page.words.hasFocus()) == (other[:2], True)
    assert page.list.current_uid() == before
    rows.setFocus()
    eye.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.words.hasFocus()


@pytest.mark.parametrize("key", ["arrivals", "people", "cases", "permits", "papers", "journal"])
def test_each_view_shows_as_many_rows_as_its_chip_says(eye, key):
    page = page_of(eye, key)
    for chip in page.views.values():
        chip.click()
        settle()
        count = page.list.model.rowCount()
        assert chip.text().replace("\u00a0", "").endswith(str(count))


def test_a_menu_filter_narrows_and_says_what_it_asks(eye):
    page = page_of(eye, "arrivals")
    page.views["all"].click()
    every = page.list.model.rowCount()
    page.filters["purpose"].choose("kandas")
    page.filters["purpose"].changed.emit()
    settle()
    assert 0 < page.list.model.rowCount() < every
    at = [column.key for column in page.list.model.columns].index("purpose")
    assert {row[at] for row in shown(page)} == {"kandas"}
    assert "Kandas" in page.filters["purpose"].text()


def test_a_typed_filter_takes_a_country_in_any_language(eye, qtbot):
    page = page_of(eye, "people")
    box = page.filters["citizenship"]
    box.setFocus()
    type_text(box, "өзбек")
    press(box, Qt.Key.Key_Return)
    settle()
    at = [column.key for column in page.list.model.columns].index("citizenship")
    assert {row[at] for row in shown(page)} == {"UZB"}


def test_the_row_under_the_cursor_has_its_file_at_the_right(eye, qtbot):
    page = page_of(eye, "people")
    page.show_file_now()
    assert page.file.target.uid == page.current_uid()
    press(page.list.rows, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.file.target.uid == page.current_uid())
    assert page.file.content is not None


def test_enter_opens_a_tab_control_tab_walks_escape_closes(eye):
    page = page_of(eye, "people")
    page.show_file_now()
    page.list.rows.setFocus()
    uid = page.current_uid()
    press(page.list.rows, Qt.Key.Key_Return)
    settle()
    window = eye.window
    assert window.tabs() == [f"{Kind.PERSON}/{uid}"]
    assert window.current() == f"{Kind.PERSON}/{uid}"
    eye.press(Qt.Key.Key_Tab, CONTROL)
    assert window.current() == "people"
    eye.press(Qt.Key.Key_Tab, CONTROL)
    assert window.current() == f"{Kind.PERSON}/{uid}"
    eye.press(Qt.Key.Key_Escape)
    assert window.tabs() == []
    assert window.current() == "people"


def test_the_same_file_is_opened_once_and_comes_to_the_front(eye):
    uid = eye.first("people")
    eye.file(Kind.PERSON, uid)
    eye.window.open("today")
    eye.file(Kind.PERSON, uid)
    assert len(eye.window.tabs()) == 1
    assert eye.window.current() == f"{Kind.PERSON}/{uid}"


def test_the_tab_has_the_name_of_the_person(eye):
    uid = eye.first("people")
    eye.file(Kind.PERSON, uid)
    person = people.get_person(eye.desk, uid)
    bar = eye.window._tabs._bar
    assert bar.tabText(1).casefold() in (person.full_name.casefold(), person.latin_name.casefold())


def test_a_change_of_the_desk_is_seen_in_the_list_and_in_the_file(eye):
    page = page_of(eye, "people")
    page.show_file_now()
    uid = page.current_uid()
    person = people.get_person(eye.desk, uid)
    people.save_person(eye.desk, replace(person, phone="+77011112233", surname="Ааа"))
    settle()
    at = page.list.rows.currentIndex().row()
    assert page.list.model.uid(at) == uid
    assert "Ааа" in page.list.model.row(at)[0]
    assert page.file.target.uid == uid


def test_a_change_while_the_page_is_hidden_is_asked_when_it_comes_back(eye):
    page = page_of(eye, "people")
    count = page.list.model.rowCount()
    eye.open("today")
    people.save_person(
        eye.desk, Person(surname="Ааа", given="Ббб", birth_date=PartialDate(1990, 1, 2), citizenship="UZB")
    )
    settle()
    assert page.list.model.rowCount() == count
    eye.open("people")
    assert page.list.model.rowCount() == count + 1


def test_sorting_stays_when_the_list_is_narrowed(eye, qtbot):
    page = page_of(eye, "people")
    at = [column.key for column in page.list.model.columns].index("birth_date")
    page.list.sort_by(at)
    settle()
    page.views["no_iin"].click()
    settle()
    days = [str(row[at]) for row in shown(page)]
    assert len(days) > 3
    assert days == sorted(days)


def test_a_closed_term_is_a_date_an_open_one_a_pill(eye):
    page = page_of(eye, "arrivals")
    page.show_wanted(ListWanted("arrivals", "all"))
    settle()
    keys = [column.key for column in page.list.model.columns]
    due, given, left = keys.index("notice_due"), keys.index("notified_on"), keys.index("left_on")
    closed = opened = 0
    for row in shown(page):
        pill = eye.window.work.reading.pill(page.list.model.columns[due], row[due])
        if row[due] and (row[given] or row[left]):
            assert pill is None
            closed += 1
        elif row[due]:
            assert pill is not None
            opened += 1
    assert closed
    assert opened


def test_control_c_copies_the_chosen_rows_with_headings(eye):
    page = page_of(eye, "people")
    page.list.rows.setFocus()
    page.list.rows.selectRow(0)
    press(page.list.rows, Qt.Key.Key_C, CONTROL)
    settle()
    data = QApplication.clipboard().mimeData()
    assert isinstance(data, QMimeData)
    lines = data.text().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Person\t")


def test_columns_and_the_splitter_are_remembered(eye, desk, tasks, qtbot):
    page = page_of(eye, "people")
    page._splitter.setSizes([500, 600])
    page._keep_splitter()
    kept = page._splitter.sizes()
    assert eye.memory.recall("splitter/people") == ",".join(map(str, kept))
    hidden = page.list.rows.heading.isSectionHidden(
        [column.key for column in page.list.model.columns].index("phone")
    )
    assert hidden


def test_words_and_numbers_of_today_open_the_list_they_count(eye):
    page = page_of(eye, "arrivals")
    eye.window.work.list_wanted.emit(
        ListWanted("arrivals", "all", (Filter("arrived_on", Test.FROM, "2026-11-01"),), "01.11–07.11.2026")
    )
    settle()
    narrowed = page.list.model.rowCount()
    assert page._extra_chip.isVisible()
    page._extra_chip.click()
    settle()
    assert page.list.model.rowCount() > narrowed
    assert not page._extra_chip.isVisible()


def test_a_file_that_cannot_be_read_says_so_and_offers_the_way_on(eye):
    eye.window.work.open(Kind.PERSON, "nobody")
    settle()
    view = eye.window.frame(eye.window.current()).findChild(FileView)
    assert view.content is None
    assert "nobody" in view._failed.text.text()


def test_an_empty_list_says_what_to_do_first(eye):
    page = page_of(eye, "people")
    page.words.setText("99999999999")
    page.words.asked.emit("99999999999")
    settle()
    assert page.list.model.rowCount() == 0
    assert page.list._empty.isVisible()
    assert page.file.content is None


def test_control_z_takes_the_last_operation_back_and_says_what(eye):
    page = page_of(eye, "arrivals")
    page.show_wanted(ListWanted("arrivals", "all"))
    arrival = eye.desk.store.get(Arrival, eye.first("arrivals", Filter("left_on", Test.EMPTY)))
    arrivals.correct_arrival(eye.desk, replace(arrival, note="x"))
    settle()
    eye.press(Qt.Key.Key_Z, CONTROL)
    assert eye.desk.store.get(Arrival, arrival.uid).note == ""
    assert "Undone" in eye.told()


def test_a_view_is_offered_by_its_words_and_brought_back(eye):
    page = page_of(eye, "arrivals")
    page.views["all"].click()
    page.filters["purpose"].choose("kandas")
    page.apply()
    settle()
    wanted = page.list.model.rowCount()
    page.saved.keep()
    eye.dialog().save()
    settle()
    assert [one.name for one in page.saved.kept()] == ["All · Kandas status"]
    page.show_wanted(ListWanted("arrivals", "left"))
    settle()
    assert page.list.model.rowCount() != wanted
    page.saved.fill().actions()[0].trigger()
    settle()
    assert page.list.model.rowCount() == wanted


def test_a_small_window_keeps_the_rows_and_opens_the_file_by_enter(eye):
    page = page_of(eye, "people")
    eye.window.resize(683, 384)
    settle()
    assert not page.file.isVisible()
    page.show_file_now()
    page.list.rows.setFocus()
    press(page.list.rows, Qt.Key.Key_Return)
    settle()
    assert eye.window.tabs() == [f"{Kind.PERSON}/{page.current_uid()}"]
    eye.window.resize(1366, 768)
    settle()
    eye.window.close_current()
    settle()
    assert page.file.isVisible()


@pytest.mark.parametrize("key", ["today", "arrivals", "cases", "quota", "journal"])
def test_tab_walks_through_all_that_takes_the_keyboard_and_comes_round(eye, key):
    body = eye.open(key)
    if isinstance(body, ListPage):
        body.show_file_now()
        settle()
    start = QApplication.focusWidget()
    seen = []
    for _step in range(120):
        eye.press(Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is start:
            break
        seen.append(now)
    else:
        raise AssertionError("Tab never came back")
    assert len(seen) == len(set(map(id, seen)))
    wanted = {
        one
        for one in body.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached = {*seen, start}
    lost = [one for one in wanted if one not in reached and one.focusProxy() not in reached]
    exclusive = [one for one in lost if not getattr(one, "autoExclusive", lambda: False)()]
    assert [type(one).__name__ for one in exclusive if not _in_group(one)] == []


def _in_group(widget) -> bool:
    """Of several that exclude each other, Tab stops at the chosen one and the arrows walk the others."""
    group = getattr(widget, "group", lambda: None)()
    return group is not None and group.exclusive()


def test_rows_that_a_filter_hides_are_selected_again_without_it_and_never_acted_on(eye):
    page = eye.open("people")
    view = page.list

    def narrow(words: str) -> None:
        page.words.setText(words)
        page.apply()
        settle()

    view.rows.selectRow(0)
    for _turn in range(2):
        press(view.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    three = [view.model.uid(row) for row in range(3)]
    assert view.chosen() == three and not page.hidden.isVisible()
    narrow("жжжж")
    assert view.chosen() == []
    assert page.hidden.text() == "3 selected are not shown" and page.hidden.isVisible()
    narrow(eye.desk.store.get(Person, three[1]).surname)
    assert view.chosen() == [three[1]]
    narrow("")
    assert sorted(view.chosen()) == sorted(three) and not page.hidden.isVisible()
    narrow(eye.desk.store.get(Person, three[1]).surname)
    press(view.rows, Qt.Key.Key_End)  # a new selection takes the place of the old one, seen or not
    narrow("")
    assert view.chosen() == [] and view.selected_count() == 1 and not page.hidden.isVisible()


def test_f6_and_f6_come_back_to_the_rows(eye):
    page = page_of(eye, "people")
    page.begin()
    assert eye.window.focusWidget() is page.list.rows
    eye.press(Qt.Key.Key_F6)
    assert eye.window.focusWidget() is not page.list.rows
    eye.press(Qt.Key.Key_F6)
    assert eye.window.focusWidget() is page.list.rows
