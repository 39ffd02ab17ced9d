"""The filter window of a list, by the keyboard alone; views kept under a name, their chips and counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migdesk.domain.fields import Choice, Code, Day, Moment, Text, Whole, spec
from migdesk.domain.listing import Filter, Group, Test
from migdesk.domain.person import Person
from migdesk.domain.saved_view import Audience, SavedView
from migdesk.services import listing, views
from migdesk.services.desk import Desk
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.lists.filter_ways import Asks, way_of, ways_of
from migdesk.ui.lists.filter_window import FilterWindow
from migdesk.ui.screens.list_page import ListPage
from tests.ui.keys import press, type_text
from tests.ui.seen import assert_all_named, assert_nothing_clipped

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

ANSWERS = {
    Asks.NOTHING: None,
    Asks.VALUE: None,
    Asks.PERIOD: "this month",
    Asks.DAYS: 12,
    Asks.PLACE: "550000000",
}


def page_of(eye, key) -> ListPage:
    body = eye.open(key)
    assert isinstance(body, ListPage)
    return body


def opened(eye, page) -> FilterWindow:
    eye.press(Qt.Key.Key_F, CONTROL | SHIFT)
    found = [one for one in eye.window.findChildren(FilterWindow) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def typed(eye, *boxes):
    """Words into box after box, each left by Enter."""
    for words in boxes:
        type_text(QApplication.focusWidget(), words)
        settle()
        press(QApplication.focusWidget(), Qt.Key.Key_Return)
        settle()


@pytest.mark.parametrize(
    "field",
    [
        Day("Day"),
        Moment("When"),
        Whole("Units"),
        Text("Name"),
        Code("Country", list="countries"),
        Code("Place", list="kato"),
        spec(Person, "state").field,
    ],
    ids=lambda field: field.label,
)
def test_a_filter_comes_back_the_way_it_was_made(field):
    from datetime import UTC, date, datetime

    values = {Day: date(2026, 1, 2), Moment: date(2026, 1, 2), Whole: 5, Text: "сер", Code: "UZB"}
    for way in ways_of(field).values():
        several = (field.options("incomplete"),) if isinstance(field, Choice) else ("UZB", "CHN")
        answer = several if way.asks is Asks.SEVERAL else ANSWERS.get(way.asks) or values.get(type(field))
        if isinstance(field, Moment) and way.asks is Asks.VALUE:
            answer = datetime(2026, 1, 2, tzinfo=UTC)
        made = way.make("key", field, answer)
        found = way_of(made, field)
        assert found and found[0].code == way.code
        assert way.asks is Asks.NOTHING or found[1] == answer


def test_an_unanswered_way_asks_nothing():
    assert ways_of(Text("Name"))["has"].make("name", Text("Name"), "") is None


def test_conditions_are_built_by_the_keyboard_alone(eye):
    page = page_of(eye, "people")
    window = opened(eye, page)
    typed(eye, "citiz", "one of", "uzb", "Chin")
    line = window.groups[0].lines[0]
    assert line.filter() == Filter("citizenship", Test.IN, ("UZB", "CHN"))
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    typed(eye, "Sex", "one of", "female")
    press(QApplication.focusWidget(), Qt.Key.Key_Insert)
    settle()
    assert len(window.groups[0].lines) == 3
    press(QApplication.focusWidget(), Qt.Key.Key_Delete, CONTROL)
    settle()
    assert len(window.groups[0].lines) == 2
    press(QApplication.focusWidget(), Qt.Key.Key_Return, CONTROL)
    settle()
    people = listing.open_list(eye.desk, page.query())
    rows = people.rows(people.ids().tolist())
    keys = [column.key for column in people.columns]
    assert rows and {row[keys.index("citizenship")] for row in rows} <= {"UZB", "CHN"}
    assert {row[keys.index("sex")].value for row in rows} == {"f"}
    assert page.list.model.rowCount() == len(rows)
    assert "2" in page.conditions.text()


def test_groups_are_joined_as_chosen_and_come_back(eye):
    page = page_of(eye, "people")
    asked = (
        Group(
            (
                Group((Filter("citizenship", Test.IN, ("UZB",)), Filter("sex", Test.IN, ("f",))), False),
                Group((Filter("birth_date", Test.WITHIN, "last year"), Filter("iin", Test.EMPTY)), True),
            ),
            True,
        ),
    )
    page.conditions.choose(asked)
    window = opened(eye, page)
    assert window.conditions() == asked
    assert window.joined.isVisible()
    window.take()
    settle()
    assert page.conditions.conditions() == asked


def test_how_many_rows_fit_is_said_meanwhile(eye, qtbot):
    page = page_of(eye, "people")
    page.conditions.choose((Group((Filter("iin", Test.EMPTY),)),))
    window = opened(eye, page)
    without = listing.open_list(eye.desk, page.query()).count()
    qtbot.waitUntil(lambda: window._fit.text().endswith(str(without)), timeout=3000)


def test_clearing_shows_every_row_again(eye):
    page = page_of(eye, "people")
    page.conditions.choose((Group((Filter("iin", Test.EMPTY),)),))
    window = opened(eye, page)
    window.show_conditions(())
    window.take()
    settle()
    assert page.conditions.conditions() == ()
    assert not page.conditions.isChecked()


@pytest.mark.parametrize("name", ["people", "arrivals", "cases", "permits", "papers", "journal", "exchange"])
def test_every_list_has_the_window_and_nothing_in_it_is_clipped_or_nameless(eye, name):
    page = page_of(eye, name)
    window = opened(eye, page)
    for key in list(window.groups[0]._fields)[:6]:
        line = window.groups[0].add()
        line.column.set_value(key)
        line._offer_ways()
    settle()
    assert_nothing_clipped(window)
    assert_all_named(window)
    window.reject()
    settle()


def test_a_view_is_kept_by_its_name_pinned_counted_and_brought_back(eye):
    page = page_of(eye, "people")
    page.conditions.choose((Group((Filter("citizenship", Test.IN, ("UZB",)),)),))
    page.list.order_by("-birth_date")
    page.apply()
    settle()
    wanted = page.list.model.rowCount()
    page.saved.keep()
    dialog = eye.dialog()
    dialog.form.boxes["name"].set_value("Өзбекстан")
    dialog.form.boxes["pinned"].set_value(True)
    dialog.save()
    settle()
    settle()
    chip = page.saved.chips[0]
    assert chip.isVisible() and "Өзбекстан" in chip.text() and str(wanted) in chip.text()
    page.conditions.choose(())
    page.list.order_by("name")
    page.apply()
    settle()
    assert page.list.model.rowCount() > wanted
    chip.click()
    settle()
    assert page.list.model.rowCount() == wanted
    assert page.query().order == "-birth_date"
    page.saved.forget(page.saved.kept()[0])
    settle()
    assert page.saved.kept() == [] and not chip.isVisible()


def test_a_shared_view_says_whose_it_is_and_is_not_for_others_to_forget(eye):
    page = page_of(eye, "people")
    asked = views.written(views.Asked(ready="no_iin"))
    shared = SavedView(of_list="people", name="Ортақ", content=asked, audience=Audience.ALL)
    views.keep_view(Desk(eye.desk.home, eye.desk.store, clock=eye.desk.clock, operator="asem"), shared)
    menu = page.saved.fill()
    assert menu.actions()[0].text() == "Ортақ  (asem)"
    assert all(one.menu() is None for one in menu.actions())
    menu.actions()[0].trigger()
    settle()
    assert page.view().key == "no_iin"


def test_columns_and_order_come_back_as_at_first(eye):
    page = page_of(eye, "people")
    first = page.list.shown_keys()
    heading = page.list.rows.heading
    heading.hide_wanted.emit(0, True)
    at = next(n for n, column in enumerate(page.list.model.columns) if column.key == "phone")
    heading.hide_wanted.emit(at, False)
    page.list.sort_by(at)
    settle()
    assert set(page.list.shown_keys()) == {*first[1:], "phone"}
    assert page._exported().columns == page.list.shown_keys()
    heading.reset_wanted.emit()
    settle()
    assert page.list.shown_keys() == first
    assert page.query().order == page.spec.order
    assert page.list.kept_order("people") == ""


def test_the_order_of_a_heading_is_kept_for_this_user(eye):
    page = page_of(eye, "people")
    at = next(n for n, column in enumerate(page.list.model.columns) if column.key == "birth_date")
    page.list.sort_by(at)
    settle()
    assert page.list.kept_order("people") == "birth_date"
    assert eye.memory.recall("order/people") == "birth_date"
