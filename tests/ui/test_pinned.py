"""Pinned views on the side bar: their counts, how they open, what the keyboard and a narrow window do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from migdesk.domain.listing import Filter, Test
from migdesk.domain.saved_view import SavedView
from migdesk.i18n import LANGUAGES, language
from migdesk.services import listing, views
from migdesk.ui import pinned
from migdesk.ui.assembly import PAGES
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.look import theme
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.shell.side_bar import SideBar, SideItem
from tests.ui.keys import press
from tests.ui.seen import assert_all_named, assert_nothing_clipped

WOMEN = Filter("sex", Test.IS, "f")


def keep(eye, of_list="people", name="Әйелдер", asked=WOMEN, **more) -> SavedView:
    content = views.written(views.Asked(own=(asked,), whole=(asked,)))
    view = SavedView(of_list=of_list, name=name, content=content, pinned=True, **more)
    kept = views.keep_view(eye.desk, view).value
    settle()
    return kept


def items(eye) -> dict[str, SideItem]:
    """The pinned views of the side bar by name."""
    bar = eye.window.findChild(SideBar)
    return {one.text(): one for one in bar.findChildren(SideItem) if one.place.named and not one.isHidden()}


def test_a_pinned_view_stands_on_the_side_bar_with_its_count_and_opens_its_list(eye):
    kept = keep(eye)
    rows = listing.open_list(eye.desk, views.read(kept).query("people")).count()
    item = items(eye)["Әйелдер"]
    assert item.accessibleName() == f"Әйелдер, {rows}"
    item.click()
    settle()
    assert eye.window.current() == "people"
    page = eye.window.frame("people").body()
    assert isinstance(page, ListPage)
    assert page.list.model.rowCount() == rows
    views.pin_view(eye.desk, kept.uid, pinned=False)
    settle()
    assert items(eye) == {}


def test_a_pinned_view_of_receiving_persons_opens_their_tab(eye):
    keep(eye, "parties", "Жұмыс берушілер", Filter("role", Test.IS, "employer"))
    items(eye)["Жұмыс берушілер"].click()
    settle()
    assert eye.window.current() == "hosts"


def test_a_view_that_was_forgotten_elsewhere_is_told_and_not_opened(eye):
    kept = keep(eye)
    item = items(eye)["Әйелдер"]
    eye.desk.store.connection.execute(
        "UPDATE saved_view SET annulled_on = '2026-11-23' WHERE uid = ?", (kept.uid,)
    )
    before = eye.window.current()
    item.click()
    settle()
    assert eye.window.current() == before
    assert eye.window.frame(before).told() is not None


def test_the_keyboard_walks_from_the_pages_to_the_pinned_views(eye):
    keep(eye)
    bar = eye.window.findChild(SideBar)
    eye.open(PAGES[-1].key)
    bar.focus_current()
    press(eye.window.focusWidget(), Qt.Key.Key_Down)
    assert items(eye)["Әйелдер"].hasFocus()
    press(eye.window.focusWidget(), Qt.Key.Key_Space)
    settle()
    assert eye.window.current() == "people"


def test_a_narrow_bar_hides_them_and_few_stand_on_it(eye):
    for number in range(pinned.MOST + 2):
        keep(eye, name=f"Көрініс {number}")
    assert len(items(eye)) == pinned.MOST
    eye.window.resize(theme.NARROW_WINDOW - 100, 700)
    settle()
    assert items(eye) == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_side_bar_with_pinned_views_is_whole_and_named(eye, code):
    keep(eye, name="Қысқа")
    with language(code):
        bar = eye.window.findChild(SideBar)
        bar.retranslate()
        settle()
        assert_nothing_clipped(bar)
        assert_all_named(bar)


def test_a_view_is_pinned_from_the_menu_of_its_list(eye):
    kept = views.keep_view(eye.desk, SavedView(of_list="people", name="Барлығы", content="")).value
    page = eye.open("people")
    page.saved.pin(kept, True)
    settle()
    assert "Барлығы" in items(eye)
    pins = next(line.menu() for line in page.saved.fill().actions() if line.menu())
    assert [line.isChecked() for line in pins.actions()] == [True]
