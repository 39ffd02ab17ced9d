"""The page of the quota: units are held and return, the waiting list goes on, and “what if” writes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from migdesk.domain.change import Op
from migdesk.domain.quota import PartnerKind, Reservation, Stream, Waiting, WaitingState
from migdesk.services.quotas import quotas, waiting
from migdesk.services.quotas.quotas import Light, Pot
from migdesk.services.quotas.waiting import Wish
from migdesk.ui.charts.pot_line import line_words
from migdesk.ui.files.quotas.what_if_dialog import Source, ask_what_if
from migdesk.ui.gallery.pictures import settle
from tests import make
from tests.ui import keys
from tests.ui.seen import assert_all_named, assert_nothing_clipped

POT = Pot(Stream.RESETTLER, "550000000", 2026)


@pytest.fixture
def page(eye):
    with eye.desk.write(Op.SAVE_PERSON) as tx:
        people = [tx.put(make.person(surname=f"Кезек{n}", surname_latin=f"KEZEK{n}")) for n in range(3)]
    for one in people:
        waiting.enter(eye.desk, Wish(POT, one.uid))
    found = eye.open("quota")
    next(line for line in found.lines if line.state.pot == POT).click()
    settle()
    return found


def press(eye, key: str) -> None:
    next(one for one in eye.window.frame("quota").commands if one.objectName() == key).trigger()
    settle()


def test_the_next_in_line_is_passed_over_and_another_taken(eye, page):
    first, second, _third = (one.entry for one in waiting.line(eye.desk, POT))
    press(eye, "quota.skip")
    window = eye.dialog()
    window.form.set_values({"reason": "absent", "words": "келмеді"})
    window.save()
    settle()
    press(eye, "quota.next")
    assert eye.desk.store.get(Waiting, second.uid).state is WaitingState.INCLUDED
    assert waiting.next_of(eye.desk, POT).uid == first.uid
    assert page.entries.current() == "line"
    assert page._lists["waiting"].model.rowCount() == 3


def test_a_skip_without_words_stays_on_the_screen(eye, page):
    press(eye, "quota.skip")
    window = eye.dialog()
    window.form.set_values({"reason": "absent"})
    window.save()
    settle()
    assert window.isVisible()
    assert waiting.line(eye.desk, POT)[0].skipped == 0


def test_units_are_held_renewed_and_returned(eye, page):
    other = next(line for line in page.lines if line.state.pot.category == "1")
    other.click()
    settle()
    before = quotas.check_pot(eye.desk, other.state.pot).balance.free
    press(eye, "quota.reserve")
    window = eye.dialog()
    last = eye.desk.today + timedelta(days=5)
    window.form.set_values({"units": 2, "until": last})
    window.save()
    settle()
    (held,) = eye.desk.store.live(Reservation, held_until=last)
    page.entries.open("taken")
    settle()
    page._rows["reservations"] = held.uid
    press(eye, "quota.renew")
    window = eye.dialog()
    window.form.set_values({"until": last + timedelta(days=9)})
    window.save()
    settle()
    assert eye.desk.store.get(Reservation, held.uid).held_until == last + timedelta(days=9)
    press(eye, "quota.release")
    window = eye.dialog()
    window.form.set_values({"why": "керек болмады"})
    window.save()
    settle()
    assert quotas.check_pot(eye.desk, other.state.pot).balance.free == before


def test_units_go_to_a_sub_office_with_its_letter(eye, page):
    press(eye, "quota.transfer")
    window = eye.dialog()
    given = {
        "units": 2,
        "partner": "Ақсу",
        "partner_is": PartnerKind.SUB_OFFICE,
        "act": "№ 1",
        "letter": "№ 2",
    }
    window.form.set_values(given)
    window.save()
    settle()
    assert quotas.partners(eye.desk, POT) == [("Ақсу", "sub_office", 2, 0)]


def test_what_went_back_is_said_on_the_line_of_its_pot(eye, page):
    pot = Pot(Stream.KANDAS, "550000000", 2026)
    earlier = eye.desk.today - timedelta(days=9)
    quotas.reserve(eye.desk, quotas.Hold(pot, 1, on=earlier, until=earlier))
    settle()
    line = next(one for one in eye.open("quota").lines if one.state.pot == pot)
    assert line.state.balance.expired == 1
    assert line_words(line.state) in line.accessibleName()
    assert line.state.light is Light.AMBER


@pytest.mark.parametrize(("source", "count", "rows"), [(Source.LINE, None, 3), (Source.COUNT, 7, 7)])
def test_what_if_lists_what_would_become_of_each(eye, page, source, count, rows):
    ops = eye.desk.store.value("SELECT count(*) FROM op")
    dialog = ask_what_if(eye.window.work, POT)
    assert isinstance(dialog, QDialog)
    dialog.form.set_values({"source": source, "count": count})
    dialog.show_answer()
    settle()
    assert dialog.table.cells.rowCount() == rows
    assert eye.desk.store.value("SELECT count(*) FROM op") == ops
    dialog.reject()


def test_what_if_reckons_with_the_applications_that_are_ticked(eye, page):
    dialog = ask_what_if(eye.window.work, POT)
    dialog.form.set_values({"source": Source.LINE})
    dialog.show_answer()
    settle()
    before = dialog.summary.text()
    first, second, _third = dialog.ticks.lines.values()
    keys.press(second, Qt.Key.Key_Space)
    settle()
    assert (first.isChecked(), second.isChecked(), dialog.table.cells.rowCount()) == (True, False, 2)
    assert dialog.summary.text() != before
    keys.press(second, Qt.Key.Key_Space)
    settle()
    assert (dialog.table.cells.rowCount(), dialog.summary.text()) == (3, before)
    assert_nothing_clipped(dialog)
    assert_all_named(dialog)
    dialog.reject()


def test_what_if_says_that_there_is_nobody(eye, page):
    dialog = ask_what_if(eye.window.work, Pot(Stream.FOREIGN_LABOUR, "550000000", 2026, "2"))
    dialog.form.set_values({"source": Source.LINE})
    dialog.show_answer()
    assert dialog.table is None
    assert dialog.summary.text()
    dialog.reject()
