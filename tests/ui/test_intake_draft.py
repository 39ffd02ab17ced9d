"""Nothing typed is lost: Esc, another tab, the end of the program, a kill in the middle of a word."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from migdesk.domain.dates import PartialDate
from migdesk.domain.person import Person
from migdesk.services import parked
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.desk import Clock, open_desk
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.intake.opening import open_intake
from tests import make
from tests.ui import counter
from tests.ui.counter import FAMILY, Clerk, zone
from tests.ui.watchdog import assert_stays_alive

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def desk(new_desk):
    return new_desk


def type_some(clerk):
    """A member scanned, a name typed, words nobody can read, a list field half typed."""
    page = clerk.page
    clerk.scan(zone())
    page.form.go_to("person.given")
    clerk.type("Отабек\n")
    page.form.go_to("arrival.entered_on")
    clerk.type("99\n")
    page.form.go_to("arrival.purpose")
    clerk.type("work\n")
    page.form.go_to("address.line")
    clerk.type("Лермонтов к-сі")


def test_esc_closes_without_asking_and_the_draft_comes_back_in_the_same_field(clerk, desk):
    clerk.open()
    type_some(clerk)
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.window.tabs() == []
    page = clerk.open()
    assert clerk.place() == "address.line"
    assert page.form.boxes["address.line"].input.typed() == "Лермонтов к-сі"
    assert page.form.boxes["arrival.entered_on"].input.typed() == "99"
    assert page.book.value("arrival.purpose") == "work"
    assert page.book.members[0].value("person.birth_date") == PartialDate(1988, 3, 12)
    assert page.book.members[0].reading is not None
    assert "is back" in clerk.window.frame("intake/new").told().words
    assert desk.store.select(Person, "1") == []


def test_a_draft_comes_back_in_another_language(application, catalogues, clerk, desk):
    application.speak("kk")
    clerk.open()
    type_some(clerk)
    clerk.press(Qt.Key.Key_Escape)
    application.speak("ru")
    page = clerk.open()
    assert page.book.value("arrival.purpose") == "work"
    assert page.form.boxes["arrival.purpose"].input.typed() == desk.lists.label("purposes", "work")


def test_the_draft_of_a_known_person_brings_his_file_back(clerk, desk):
    draft = ArrivalDraft((Member(make.person(), (make.document(),)),), make.arrival(), make.address())
    person = arrivals.register_arrival(desk, draft).value.people[0]
    page = clerk.open(person.uid)
    page.form.go_to("person.phone")
    clerk.type("+77010000000\n")
    clerk.press(Qt.Key.Key_Escape)
    page = clerk.open(person.uid)
    assert page.book.members[0].known.uid == person.uid
    assert page.book.members[0].person().phone == "+77010000000"
    assert page.book.members[0].person().rev == person.rev


def test_an_empty_form_leaves_no_draft(clerk, desk):
    clerk.open()
    clerk.enter(3)
    clerk.press(Qt.Key.Key_Escape)
    assert desk.store.rows("SELECT key FROM draft") == []


def test_a_draft_may_be_set_aside_and_brought_back(clerk, desk):
    clerk.open()
    type_some(clerk)
    clerk.press(Qt.Key.Key_Escape)
    page = clerk.open()
    clerk.window.frame("intake/new").told().act()
    assert page.book.is_blank
    assert parked.find_draft(desk, "intake/new") is None
    clerk.window.frame("intake/new").told().act()
    assert page.form.boxes["address.line"].input.typed() == "Лермонтов к-сі"


def test_a_draft_of_another_edition_is_left_alone(clerk, desk):
    parked.keep_draft(desk, "intake/new", '{"edition": 99}')
    page = clerk.open()
    assert page.book.is_blank


def test_every_member_of_a_family_comes_back(clerk):
    page = clerk.open()
    for one in FAMILY:
        clerk.scan(one)
    page.form.family.go_to(2)
    clerk.type("son\nТашкентов")
    clerk.press(Qt.Key.Key_Escape)
    page = clerk.open()
    assert [one.value("document.number") for one in page.book.members] == [
        "AB1234567",
        "AB1234568",
        "AB1234569",
        "AB1234570",
    ]
    assert clerk.place() == "family/2/person.surname"
    assert page.form.family.editor(2, "person.surname").typed() == "Ташкентов"


def test_another_tab_and_back_leaves_the_cursor_where_it_was(clerk):
    page = clerk.open()
    type_some(clerk)
    clerk.window.open("today")
    settle()
    open_intake(clerk.window)
    settle()
    assert clerk.place() == "address.line"
    assert page.form.boxes["address.line"].input.typed() == "Лермонтов к-сі"


KILLED = """
    import os, sys, time
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from migdesk.services.desk import Clock, open_desk
    from migdesk.ui.application import Application
    from migdesk.ui.tasks import Tasks
    from tests import make
    from tests.ui import counter

    application = Application()
    desk = open_desk(Path(sys.argv[1]), clock=Clock(make.TODAY), operator="tester")
    clerk = counter.Clerk(counter.window_of(desk, Tasks()))
    page = clerk.open()
    page.form.go_to("person.surname")
    clerk.type("Ташкентов\\n")
    clerk.type("Отаб")
    until = time.monotonic() + 20
    while time.monotonic() < until:
        QApplication.processEvents()
        kept = desk.store.rows("SELECT content FROM draft")
        if kept and "Отаб" in kept[0][0]:
            os._exit(9)
"""


def test_a_program_that_is_killed_finds_its_draft_again(application, tasks, qtbot, tmp_path):
    counter.office_in(tmp_path / "office").close()
    program = tmp_path / "killed.py"
    program.write_text(textwrap.dedent(KILLED), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, str(program), str(tmp_path / "office")], env=environment, timeout=120, check=False
    )
    assert ended.returncode == 9
    desk = open_desk(tmp_path / "office", clock=Clock(make.TODAY), operator="tester")
    window = counter.window_of(desk, tasks)
    qtbot.addWidget(window)
    clerk = Clerk(window)
    page = clerk.open()
    assert page.book.members[0].value("person.surname") == "Ташкентов"
    assert page.form.boxes["person.given"].input.typed() == "Отаб"
    assert clerk.place() == "person.given"
    assert "is back" in window.frame("intake/new").told().words
    desk.close()


def test_what_two_killed_windows_left_comes_back_one_after_the_other(clerk, desk, monkeypatch):
    """Both kept their draft under one name, and the second wiped out the first."""
    for pid, surname in ((1001, "Первов"), (1002, "Вторых")):
        with monkeypatch.context() as alive:
            alive.setattr(parked, "is_running", lambda _pid: True)
            alive.setattr(os, "getpid", lambda pid=pid: pid)
            page = clerk.open()
            page.form.go_to("person.surname")
            clerk.type(f"{surname}\n")
            clerk.press(Qt.Key.Key_Escape)
    monkeypatch.setattr(parked, "is_running", lambda _pid: False)
    page = clerk.open()
    assert page.book.members[0].value("person.surname") == "Вторых"
    assert "left drafts too: 1" in clerk.window.frame("intake/new").told().words
    clerk.window.frame("intake/new").told().act()
    clerk.press(Qt.Key.Key_Escape)
    page = clerk.open()
    assert page.book.members[0].value("person.surname") == "Первов"
    assert "left drafts" not in clerk.window.frame("intake/new").told().words


def test_the_intake_opens_without_holding_the_window_up(application, desk, threads, qtbot):
    window = counter.window_of(desk, threads)
    qtbot.addWidget(window)

    def act():
        open_intake(window)
        page = window.findChildren(counter.IntakePage)[-1]
        qtbot.waitUntil(lambda: page.form.is_ready, timeout=10_000)
        qtbot.wait(60)
        window.close_tab("intake/new")
        settle()

    assert_stays_alive(act)


def test_a_passport_scanned_while_the_form_is_being_made_is_not_lost(clerk):
    open_intake(clerk.window)
    assert not clerk.page.form.is_ready
    clerk.page.form.scan_box.sent.emit(zone())
    page = clerk.open()
    assert page.book.members[0].value("document.number") == "AB1234567"


def test_the_window_never_stands_still_while_somebody_types_and_saves(application, desk, threads, qtbot):
    """Real threads: checks, likely people, drafts and the save all run elsewhere."""
    window = counter.window_of(desk, threads)
    qtbot.addWidget(window)
    clerk = Clerk(window)
    page = clerk.open()
    turns = iter(range(1, 9))

    def act():
        turn = next(turns)
        for name, text in (
            ("document.number", f"AB100000{turn}"),
            ("person.surname_latin", "TASHKENTOV"),
            ("person.given_latin", f"OTABEK{turn}"),
            ("person.birth_date", "12031988"),
        ):
            page.form.boxes[name].input.set_typed(text)
            page.form.changed.emit(name)
            page.form.left.emit(name)
            qtbot.wait(30)
        for name, value in (
            ("person.citizenship", "UZB"),
            ("arrival.purpose", "work"),
            ("arrival.arrived_on", make.TODAY),
        ):
            page.form.boxes[name].input.set_value(value)
            page.form.changed.emit(name)
            qtbot.wait(10)
        page.save_and_next()
        qtbot.waitUntil(lambda: page.book.is_blank, timeout=10_000)

    assert_stays_alive(act)
    assert len(desk.store.select(Person, "1")) >= 1
