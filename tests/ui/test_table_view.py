"""A list on a page: keys, sorting, selection, columns that stay, copying, states; and it never stands still."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import StoreProblem
from migdesk.domain.fields import Day, Moment, PartialDay, Text, Whole
from migdesk.domain.listing import Column, Query
from migdesk.ui.lists import clipboard
from migdesk.ui.lists.heading import CORNER
from migdesk.ui.lists.table import Reading
from migdesk.ui.lists.table_view import ListPart, RecordView
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.words import said
from migdesk.ui.memory import FileMemory, Forgetful, memory_of
from migdesk.ui.parts.clickable import ToolButton
from tests.ui.keys import press
from tests.ui.lists import Counted
from tests.ui.watchdog import assert_stays_alive

TODAY = date(2026, 11, 23)
CONTROL = Qt.KeyboardModifier.ControlModifier


class Opener:
    """Opens lists and remembers the queries."""

    def __init__(self, listing: Counted) -> None:
        self.listing = listing
        self.queries: list[Query] = []

    def __call__(self, query: Query) -> Counted:
        self.queries.append(query)
        made = Counted(self.listing.size, slow=self.listing.slow, turned=query.order.startswith("-"))
        made.first, made.rows = (
            (self.listing.first, made.rows) if isinstance(self.listing, Broken) else (made.first, made.rows)
        )
        if isinstance(self.listing, Broken):
            made.ids = self.listing.ids
        return made


class Broken(Counted):
    def first(self, limit):
        raise StoreProblem("The file is locked.", hint="Close the other program.")

    def ids(self):
        raise StoreProblem("The file is locked.", hint="Close the other program.")


def a_view(qtbot, tasks, listing, memory=None) -> tuple[RecordView, Opener]:
    opener = Opener(listing)
    view = RecordView(ListPart("Permits", tasks, Reading(TODAY), opener, memory or Forgetful()))
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    view.show_list(Query("permits"))
    QApplication.processEvents()
    return view, opener


def test_rows_in_sight_are_fetched_before_they_are_drawn(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(5000))
    first, last = view.rows.visible_rows()
    assert (first, view.model.row(first)[0]) == (0, "N0000000")
    assert last < 20
    view.rows.verticalScrollBar().setValue(view.rows.verticalScrollBar().maximum())
    QApplication.processEvents()
    first, last = view.rows.visible_rows()
    assert last == 4999
    assert all(view.model.row(row) for row in range(first, last + 1))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_row(tasks, qtbot, key):
    view, _opener = a_view(qtbot, tasks, Counted(50))
    opened: list[str] = []
    view.opened.connect(opened.append)
    view.rows.selectRow(3)
    press(view.rows, key)
    assert opened == ["uid-3"]


def test_a_double_click_opens_the_row(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(50))
    opened: list[str] = []
    view.opened.connect(opened.append)
    place = view.rows.visualRect(view.model.index(2, 0)).center()
    QTest.mouseClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["uid-2"]


def test_the_page_hears_which_row_is_current(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(500))
    heard: list[str] = []
    view.current_changed.connect(heard.append)
    view.rows.selectRow(2)
    press(view.rows, Qt.Key.Key_Up)
    press(view.rows, Qt.Key.Key_End)
    press(view.rows, Qt.Key.Key_Home)
    assert heard == ["uid-2", "uid-1", "uid-499", "uid-0"]
    assert view.current_uid() == "uid-0"


def test_a_click_on_a_heading_sorts_and_a_second_turns_round(tasks, qtbot):
    view, opener = a_view(qtbot, tasks, Counted(50))
    place = QPoint(view.rows.heading.sectionViewportPosition(1) + 20, 10)
    for _click in range(2):
        QTest.mouseClick(view.rows.heading.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [query.order for query in opener.queries] == ["", "person", "-person"]
    assert view.model.uid(0) == "uid-49"
    assert view.rows.heading.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_a_column_that_cannot_be_sorted_is_not(tasks, qtbot):
    view, opener = a_view(qtbot, tasks, Counted(50))
    view.sort_by(4)
    assert len(opener.queries) == 1


def test_selection_and_cursor_stay_with_their_records_in_another_order(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(5000))
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (3, 4, 200):
        view.rows.selectionModel().select(view.model.index(row, 0), select)
    view.rows.selectionModel().setCurrentIndex(
        view.model.index(4, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    view.sort_by(0)
    view.sort_by(0)
    assert view.model.uid(0) == "uid-4999"
    assert sorted(map(view.model.uid, view.selected_rows())) == ["uid-200", "uid-3", "uid-4"]
    assert view.current_uid() == "uid-4"
    view.refresh()
    assert view.current_uid() == "uid-4"


def test_copying_gives_headings_words_and_types(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(50))
    view.rows.selectRow(1)
    press(view.rows, Qt.Key.Key_C, CONTROL)
    data = QApplication.clipboard().mimeData()
    assert data.text() == (
        "Number\tPerson\tValid until\tFee\tState\nN0000001\tPerson 1\t21.11.2026\t1000\tgranted"
    )
    assert r'mso-number-format:"\@"' in data.html()
    assert r'mso-number-format:"dd\.mm\.yyyy"' in data.html()


def test_copied_cells_have_types_that_a_spreadsheet_keeps_in_any_language(qapp):
    columns = [
        Column("on", Day("On")),
        Column("born", PartialDay("Born")),
        Column("about", PartialDay("About")),
        Column("iin", Text("IIN")),
        Column("units", Whole("Units")),
        Column("at", Moment("At")),
    ]
    row = (
        date(2026, 11, 23),
        PartialDate(1990, 5, 17),
        PartialDate(1990),
        "001230550017",
        1200,
        datetime(2026, 11, 23, 5, 0, tzinfo=UTC),
    )
    reading = Reading(date(2026, 11, 23), lambda _name, code: code)
    clipboard.copy(list(enumerate(columns)), [row], reading)
    data = QApplication.clipboard().mimeData()
    cells = re.findall(r"<td ([^>]*)>([^<]*)</td>", data.html())
    assert [words for _marks, words in cells][:5] == [
        "23.11.2026",
        "17.05.1990",
        "1990",
        "001230550017",
        "1200",
    ]
    numbers = [re.search(r'x:num="(\d+)"', marks) for marks, _words in cells]
    assert [found and found[1] for found in numbers] == ["46349", "33010", None, None, "1200", None]
    assert [r"\@" in marks for marks, _words in cells] == [False, False, True, True, False, True]
    assert data.text().splitlines()[0] == "On\tBorn\tAbout\tIIN\tUnits\tAt"


def test_rows_that_were_never_in_sight_are_copied_too(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(2000))
    view.rows.selectAll()
    view.copy()
    lines = QApplication.clipboard().text().splitlines()
    assert (len(lines), lines[-1].split("\t")[0]) == (2001, "N0001999")


def test_too_many_rows_are_not_copied_but_said(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(clipboard.MOST + 1))
    QApplication.clipboard().setText("as before")
    told: list[str] = []
    view.told.connect(told.append)
    view.rows.selectAll()
    view.copy()
    assert told == ["At most 5\u00a0000 rows can be copied; export the list instead."]
    assert QApplication.clipboard().text() == "as before"


def test_hidden_columns_and_their_order_come_back(tasks, qtbot):
    memory = Forgetful()
    view, _opener = a_view(qtbot, tasks, Counted(50), memory)
    view.rows.heading.hide_wanted.emit(1, True)
    view.rows.heading.moveSection(4, 0)
    again, _opener = a_view(qtbot, tasks, Counted(50), memory)
    heading = again.rows.heading
    assert heading.isSectionHidden(1)
    assert [heading.logicalIndex(at) for at in range(5)] == [4, 0, 1, 2, 3]
    heading.reset_wanted.emit()
    assert not heading.isSectionHidden(1)
    assert [heading.logicalIndex(at) for at in range(5)] == [0, 1, 2, 3, 4]


def test_a_width_set_by_hand_comes_back(tasks, qtbot, tmp_path):
    memory = FileMemory(tmp_path / "window.ini")
    view, _opener = a_view(qtbot, tasks, Counted(50), memory)
    heading = view.rows.heading
    border = heading.sectionViewportPosition(0) + heading.sectionSize(0) - 1
    QTest.mousePress(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(border, 10))
    QTest.mouseMove(heading.viewport(), QPoint(border + 57, 10))
    QTest.mouseRelease(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(border + 57, 10))
    wide = heading.sectionSize(0)
    again, _opener = a_view(qtbot, tasks, Counted(50), FileMemory(tmp_path / "window.ini"))
    assert again.rows.heading.sectionSize(0) == wide
    assert wide != view.model.columns[0].width


def test_each_operator_has_columns_of_his_own_begun_with_those_of_all(tmp_path):
    FileMemory(tmp_path / "window.ini").keep("columns/permits", "of all")  # written as it goes out of sight
    mine, other = memory_of(tmp_path, "АУМАҚ\\aigerim"), memory_of(tmp_path, "daniyar")
    mine.keep("columns/permits", "mine")
    del mine
    assert other.recall("columns/permits") == "of all"
    assert memory_of(tmp_path, "АУМАҚ\\aigerim").recall("columns/permits") == "mine"
    assert memory_of(tmp_path / "nowhere", "aigerim").recall("columns/permits") == ""


def test_a_spoiled_memory_is_forgotten(tasks, qtbot):
    memory = Forgetful()
    memory.keep("columns/permits", "{not json")
    view, _opener = a_view(qtbot, tasks, Counted(5), memory)
    assert view.model.rowCount() == 5


def test_the_last_column_cannot_be_hidden(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(5))
    for at in range(4):
        view.rows.heading.hide_wanted.emit(at, True)
    menu = view.rows.heading.menu()
    shown = menu.actions()[1].menu().actions()
    assert [action.isEnabled() for action in shown] == [True, True, True, True, False]


def test_the_menu_of_columns_sorts_without_a_mouse(tasks, qtbot):
    view, opener = a_view(qtbot, tasks, Counted(5))
    view.rows.heading.menu().actions()[0].menu().actions()[2].trigger()
    assert opener.queries[-1].order == "until"


def test_columns_use_the_room_and_headings_are_whole(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(5))
    heading = view.rows.heading
    assert sum(heading.sectionSize(at) for at in range(5)) <= view.rows.viewport().width() + 1
    assert all(heading.sectionSize(at) >= heading.needed(at) for at in range(5))


def test_words_that_do_not_fit_have_a_tooltip(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(5))
    index = view.model.index(1, 1)
    assert not view.rows.cells.is_elided(index, 300)
    assert view.rows.cells.is_elided(index, 40)


def test_a_failed_list_says_why_and_how_to_go_on(tasks, qtbot):
    view, opener = a_view(qtbot, tasks, Broken(5))
    assert not view.rows.isVisible()
    texts = [label.text() for label in view.findChildren(type(view._failed.text)) if label.isVisible()]
    assert texts == ["The list cannot be shown", "The file is locked. Close the other program."]
    opener.listing = Counted(5)
    again = next(one for one in view.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert view.rows.isVisible()


def test_an_empty_list_says_what_it_is(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(0))
    assert [label.text() for label in view.findChildren(type(view._empty.title)) if label.isVisible()] == [
        "Nothing here"
    ]


def test_compact_rows_are_lower(tasks, qtbot):
    view, _opener = a_view(qtbot, tasks, Counted(50))
    assert view.rows.rowHeight(0) == theme.ROW
    view.set_compact(True)
    assert view.rows.rowHeight(0) == theme.ROW_COMPACT


def test_rows_on_the_way_are_drawn_as_grey_bars(threads, qtbot):
    view, _opener = a_view(qtbot, threads, Counted(50, slow=0.3))
    qtbot.waitUntil(lambda: view.model.rowCount() == 50)
    assert view.model.row(0) is None
    picture = view.rows.viewport().grab().toImage()
    drawn = {picture.pixelColor(x, theme.ROW // 2).name() for x in range(200)}
    assert theme.LIGHT.sunken.lower() in drawn
    qtbot.waitUntil(lambda: view.model.row(0) is not None)


def test_a_list_of_a_million_scrolls_without_standing_still(threads, qtbot):
    view, _opener = a_view(qtbot, threads, Counted(1_000_000))
    qtbot.waitUntil(lambda: view.model.is_complete)
    bar = view.rows.verticalScrollBar()

    def scroll() -> None:
        for part in range(1, 21):
            bar.setValue(bar.maximum() * part // 20)
            qtbot.wait(5)
        for _step in range(30):
            bar.setValue(bar.value() - 108)
            qtbot.wait(1)

    assert_stays_alive(scroll)
    first, last = view.rows.visible_rows()
    qtbot.waitUntil(lambda: all(view.model.row(row) for row in range(first, last + 1)))


def test_a_slow_list_leaves_the_window_alive(threads, qtbot):
    view, _opener = a_view(qtbot, threads, Counted(100_000, slow=0.15))
    qtbot.waitUntil(lambda: view.model.is_complete)

    def scroll() -> None:
        for part in range(10):
            view.rows.verticalScrollBar().setValue(part * 40_000)
            qtbot.wait(20)

    assert_stays_alive(scroll)
    assert view.model.rowCount() == 100_000


def test_the_button_of_columns_covers_no_heading_and_no_number(qtbot, tasks, application):
    """The last heading and its numbers, right-aligned, end short of the corner; scrolled ones too."""
    view, _opener = a_view(qtbot, tasks, Counted(50))
    heading, last = view.rows.heading, 3
    heading.setSectionHidden(4, True)
    QApplication.processEvents()
    button = view.rows.findChild(ToolButton)
    assert heading.cornered() == last
    assert heading.needed(last) > fonts.width(said(view.model.columns[last].label)) + CORNER
    edge = heading.viewport().width() - CORNER
    drawn = heading.grab().toImage()
    ground = drawn.pixel(2, 4)
    strip = range(edge + 1, button.x())
    assert all(drawn.pixel(x, y) == ground for x in strip for y in range(2, heading.height() - 4))


def wide_view(qtbot, tasks, memory=None) -> RecordView:
    """A list that is wider than its window, with widths set by hand."""
    view, _opener = a_view(qtbot, tasks, Counted(200), memory)
    view.resize(420, 400)
    for at in range(len(view.model.columns)):
        view.rows.heading.resizeSection(at, 150)
    QApplication.processEvents()
    return view


def frozen_line(view, count):
    menu = next(
        line for line in view.rows.heading.menu().actions() if line.text() == said("Stays while scrolling")
    )
    return menu.menu().actions()[count]


def left_edge(view, wide):
    """The pixels at the left: heading and rows, without the round corner."""
    QApplication.processEvents()
    return view.grab().toImage().copy(6, 6, wide - 6, 300)


def test_the_first_columns_stay_while_the_others_are_scrolled(tasks, qtbot):
    view = wide_view(qtbot, tasks)
    frozen_line(view, 1).trigger()
    before = left_edge(view, 148)
    bar = view.rows.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert view.rows.heading.frozen_sections() == [(0, 0, 150)]
    assert left_edge(view, 148) == before
    frozen_line(view, 0).trigger()
    assert left_edge(view, 148) != before


def test_which_columns_stay_is_remembered_for_each_list_of_this_user(tasks, qtbot):
    memory = Forgetful()
    view = wide_view(qtbot, tasks, memory)
    assert view.rows.heading.frozen == 1
    frozen_line(view, 2).trigger()
    again = wide_view(qtbot, tasks, memory)
    assert again.rows.heading.frozen == 2
    assert frozen_line(again, 2).isChecked()
    again.rows.heading.reset_wanted.emit()
    assert again.rows.heading.frozen == 1


def test_columns_that_would_cover_most_of_the_list_do_not_stay(tasks, qtbot):
    view = wide_view(qtbot, tasks)
    view.rows.heading.resizeSection(0, 400)
    view.rows.horizontalScrollBar().setValue(60)
    assert view.rows.heading.frozen_sections() == []


def test_the_keyboard_never_walks_below_the_columns_that_stay(tasks, qtbot):
    view = wide_view(qtbot, tasks)
    last = len(view.model.columns) - 1
    for at in (last, *range(last, -1, -1)):
        view.rows.setCurrentIndex(view.model.index(3, at))
        QApplication.processEvents()
        left = view.rows.columnViewportPosition(at)
        assert left >= view.rows.heading.frozen_width() or at == 0


def test_a_click_on_a_heading_that_stays_sorts_by_it(tasks, qtbot):
    view = wide_view(qtbot, tasks)
    view.rows.horizontalScrollBar().setValue(view.rows.horizontalScrollBar().maximum())
    QTest.mouseClick(view.rows.heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert view.query().order == view.model.columns[0].key
