"""External lists in the window: taken in and removed by keyboard, a match seen in the file and judged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from migdesk.domain.stoplist import StopList
from migdesk.services.people import people
from migdesk.services.stoplists import stop_checks, stop_taking, stoplists
from migdesk.ui.files.people.stop_matches import StopMatchesDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.parts.blocks import Link
from migdesk.ui.workbooks.stoplists import StopListsDialog
from migdesk.ui.workplace import Kind
from tests import make
from tests.ui import counter
from tests.ui.counter import zone
from tests.ui.keys import press
from tests.ui.seen import assert_all_named, assert_nothing_clipped

ROWS = "ФИО;Дата рождения;Основание\nКАСЫМОВА АЙГУЛЬ;17.05.1991;сот шешімі\n;;x\n"


@pytest.fixture
def desk(new_desk):
    return new_desk


@pytest.fixture
def window(application, desk, tasks, qtbot):
    made = counter.window_of(desk, tasks)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def take(desk, file, days=1):
    given = StopList(name="РКЛ", source="МВД РФ", listed_on=desk.today - timedelta(days))
    return stop_taking.take(desk, stop_taking.preview(desk, file), given).value


def test_a_list_is_taken_in_and_removed(window, desk, file, qtbot):
    dialog = StopListsDialog(window.work)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert dialog.chosen() is None and dialog.ask_drop() is None
    asked = dialog.ask_edition(stop_taking.preview(desk, file))
    asked.form.set_values({"name": "РКЛ", "source": "МВД РФ", "listed_on": desk.today, "stale_after": 7})
    asked.save()
    settle()
    taken = dialog.chosen()
    assert taken is not None and (taken.name, taken.people, taken.stale_after) == ("РКЛ", 1, 7)
    assert_all_named(dialog)
    assert_nothing_clipped(dialog)
    gone = dialog.ask_drop()
    gone.form.set_values({"why": "қате файл"})
    gone.save()
    settle()
    assert dialog.chosen() is None and stoplists.in_force(desk) == ()


def test_the_next_edition_has_the_name_of_the_chosen_one(window, desk, file, qtbot):
    take(desk, file)
    dialog = StopListsDialog(window.work)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    file.write_text(ROWS.replace("1991", "1990"), encoding="utf-8")
    asked = dialog.ask_edition(stop_taking.preview(desk, file))
    assert (asked.form.values()["name"], asked.form.values()["source"]) == ("РКЛ", "МВД РФ")
    asked.reject()


def test_a_match_is_seen_and_judged(window, desk, file, qtbot):
    take(desk, file)
    person = people.save_person(desk, make.person(), make.document()).value
    dialog = StopMatchesDialog(window.work, person.uid)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert [one.text() for one in dialog.buttons] == ["Not the same person…"]
    assert_all_named(dialog)
    match = stop_checks.matches(desk, person)[0]
    asked = dialog.ask_why(person, match)
    asked.form.set_values({"why": "туған жері басқа"})
    asked.save()
    settle()
    assert stop_checks.remarks(desk, person) == []
    assert [one.text() for one in dialog.buttons] == ["Take that back"]
    dialog.buttons[0].click()
    settle()
    assert len(stop_checks.remarks(desk, person)) == 1


def test_the_intake_warns_below_the_surname(clerk, desk, file):
    file.write_text("ФИО;Дата рождения\nТашкентов Отабек;12.03.1988\n", encoding="utf-8")
    take(desk, file)
    clerk.open()
    clerk.scan(zone())
    found = clerk.page.form.boxes["person.surname"].findings()
    assert [one.code for one in found] == ["stoplist.match"]


def test_the_file_leads_to_the_match_from_its_band_and_its_reasons(eye, desk, file):
    take(desk, file)
    person = people.save_person(desk, make.person(), make.document()).value
    content = eye.file(Kind.PERSON, person.uid)
    content.tabs.open("stay")
    settle()
    ways = [one for one in content.findChildren(Link) if "external list" in one.text()]
    assert len(ways) == 2
    ways[-1].click()
    settle()
    dialog = next(one for one in eye.window.findChildren(StopMatchesDialog))
    stop_checks.judge(desk, person, stop_checks.matches(desk, person)[0].row.uid, "басқа")
    dialog.accept()
    settle()
    told = [one.text() for one in eye.content().findChildren(Link) if "Not the same person" in one.text()]
    assert len(told) == 1 and "басқа" in told[0]


def test_the_exchange_page_opens_the_lists_by_key(eye):
    body = eye.open("exchange")
    press(body, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert eye.window.findChildren(StopListsDialog)


def test_today_tells_of_a_list_out_of_date(eye, desk, file):
    take(desk, file, days=30)
    settle()
    page = eye.open("today")
    page.refresh()
    settle()
    assert page.old_lists.text() == "External lists out of date: 1"
    page.old_lists.click()
    settle()
    assert eye.window.findChildren(StopListsDialog)
