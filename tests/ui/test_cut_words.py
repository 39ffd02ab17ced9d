"""At 1366x768 nothing is cut in the languages with the longest words: files, their tabs, small windows over them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QTabBar

from migdesk.domain.arrival import Arrival
from migdesk.domain.batch import Batch
from migdesk.domain.change import Op
from migdesk.domain.person import Person
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.files.people.edit_record import ask_edit
from migdesk.ui.files.pieces.file_view import FileView
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.lists.rows import Rows
from migdesk.ui.workplace import Kind, Target
from tests.ui.seen import assert_cells_whole, assert_nothing_clipped


@pytest.fixture(params=["kk", "ru"])
def speaks(request, application, catalogues, eye):
    application.speak(request.param)
    settle()
    return eye


def test_the_tabs_of_a_person_are_all_in_sight(speaks):
    content = speaks.file(Kind.PERSON, speaks.first("people"))
    settle()
    bar = content.findChild(QTabBar)
    assert bar.count() >= 10
    assert_nothing_clipped(speaks.window)


def test_the_purposes_in_the_file_of_a_receiving_person_are_whole(speaks):
    found = [one for one in speaks.desk.store.live(Arrival, purpose="kandas", left_on=None) if one.host]
    speaks.file(Kind.PARTY, found[0].host)
    settle()
    assert_nothing_clipped(speaks.window)
    assert_cells_whole(speaks.window)


@pytest.mark.parametrize("page", ["today", "exchange"])
def test_no_cell_of_a_page_is_cut_while_another_column_has_room(speaks, page):
    """The number of an import ended in … beside wide columns of figures."""
    with speaks.desk.write(Op.IMPORT_WORKBOOK) as tx:
        tx.put(Batch(number="PVL-B2026-0003", file="Шетелдік қызметкерлер.xlsx"))
    rows = speaks.open(page).findChildren(Rows)[0]
    assert rows.model().rowCount()
    assert_cells_whole(speaks.window)


def test_the_roles_of_operators_are_whole(speaks):
    dialog = SettingsDialog(speaks.window.work)
    dialog.open()
    dialog.tabs.setCurrentIndex(dialog.tabs.count() - 1)
    settle()
    assert_cells_whole(dialog)
    dialog.close()


def test_the_first_part_of_the_form_of_a_person_needs_no_scrolling(speaks):
    """The phone lay beneath the edge of its form, above an empty room."""
    person = next(one for one in speaks.desk.store.live(Person) if one.phone)
    speaks.file(Kind.PERSON, person.uid)
    ask_edit(speaks.window.work, Target(Kind.PERSON, person.uid))
    dialog = speaks.dialog()
    form, phone = dialog.form, dialog.form.boxes["phone"]
    place = QRect(phone.mapTo(form.viewport(), QPoint(0, 0)), phone.size())
    assert form.viewport().rect().contains(place)
    assert_nothing_clipped(dialog)


@pytest.mark.parametrize("tab", ["", "standing", "journal"])
def test_what_is_still_loading_says_so_in_whole_words(speaks, monkeypatch, qtbot, tab):
    uid = speaks.first("people")
    content = speaks.file(Kind.PERSON, uid) if tab else None
    monkeypatch.setattr(speaks.window.work.tasks, "read", lambda *_given, **_more: None)
    if content:
        content.tabs.open(tab)
    else:
        speaks.window.work.open(Kind.PERSON, uid)
        view = speaks.window.findChildren(FileView)[-1]
        qtbot.waitUntil(lambda: view._loading.isVisible())
    settle()
    assert_nothing_clipped(speaks.window)
