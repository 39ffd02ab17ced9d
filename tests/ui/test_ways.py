"""The ways through the whole window by keys alone: F7, Ctrl+P, Ctrl+O, Ctrl+comma, and back with Esc."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from migdesk.domain.printout import Printout
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.ui.assembly import make_window
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.intake.page import IntakePage
from migdesk.ui.memory import Forgetful
from migdesk.ui.papers.print_page import PrintPage
from migdesk.ui.workbooks.import_wizard import ImportWizard
from migdesk.ui.workplace import Kind
from tests import make
from tests.ui.counter import CONTROL, zone
from tests.ui.keys import press, type_text


@pytest.fixture
def desk(new_desk):
    return new_desk


@pytest.fixture
def window(application, desk, tasks, qtbot):
    made = make_window(desk, tasks, Forgetful())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    settle()
    return made


def key(window, name, modifiers=Qt.KeyboardModifier.NoModifier):
    press(QApplication.focusWidget() or window, name, modifiers)
    settle()


def intake_of(window) -> IntakePage:
    page = window.findChildren(IntakePage)[-1]
    while not page.form.is_ready:
        settle()
    return page


def registered(desk):
    member = Member(make.person(), (make.document(),))
    draft = ArrivalDraft((member,), make.arrival(), make.address(), make.host())
    return arrivals.register_arrival(desk, draft).value


def test_f7_opens_the_intake_and_a_saved_family_opens_its_file(window, desk):
    key(window, Qt.Key.Key_F7)
    page = intake_of(window)
    type_text(QApplication.focusWidget(), zone() + "\n")
    for name, value in (("arrival.purpose", "work"), ("arrival.arrived_on", make.TODAY)):
        page.typing.fill(-1, name, value)
    key(window, Qt.Key.Key_Return, CONTROL)
    (tab,) = window.tabs()
    assert tab.startswith(f"{Kind.PERSON}/")
    assert "registered" in window.frame(window.current()).told().words
    assert intake_of_none(window)


def intake_of_none(window) -> bool:
    settle()
    return not any(page.isVisible() for page in window.findChildren(IntakePage))


def test_f7_in_the_file_of_a_person_is_his_next_arrival(window, desk):
    person = registered(desk).people[0]
    window.work.open(Kind.PERSON, person.uid)
    settle()
    (command,) = [one for one in window.frame(window.current()).commands if one.objectName() == "arrival.new"]
    assert command.text() == f"Arrival again: {person.latin_name}"
    key(window, Qt.Key.Key_F7)
    page = intake_of(window)
    settle()
    assert page.book.members[0].known.uid == person.uid


def test_ctrl_p_in_the_file_of_a_person_shows_the_paper_and_esc_goes_back(window, desk):
    made = registered(desk)
    window.work.open(Kind.PERSON, made.people[0].uid)
    settle()
    key(window, Qt.Key.Key_P, CONTROL)
    page = window.findChild(PrintPage)
    assert page.pages.count() >= 1
    assert desk.store.select(Printout, "1") == []
    key(window, Qt.Key.Key_Escape)
    assert window.tabs() == [f"{Kind.PERSON}/{made.people[0].uid}"]


def test_exchange_takes_a_workbook_by_ctrl_o(window, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (asked.append(args), ("", ""))[1])
    window.open("exchange")
    settle()
    key(window, Qt.Key.Key_O, CONTROL)
    assert window.findChild(ImportWizard).isVisible()
    key(window, Qt.Key.Key_O, CONTROL)
    assert len(asked) == 1


def test_a_list_is_exported_from_its_page(window, desk, monkeypatch, tmp_path):
    registered(desk)
    target = tmp_path / "people.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    frame = window.open("people")
    settle()
    next(command for command in frame.commands if command.spec.key == "list.export").trigger()
    settle()
    assert "Қасымова" in target.read_text(encoding="utf-8-sig")


def test_settings_open_by_key(window):
    key(window, Qt.Key.Key_Comma, CONTROL)
    dialog = window.findChild(SettingsDialog)
    assert dialog.isVisible()
    dialog.close()


def test_every_page_of_the_side_bar_opens(window):
    for page in (
        "today",
        "arrivals",
        "people",
        "cases",
        "permits",
        "quota",
        "papers",
        "reports",
        "exchange",
        "journal",
    ):
        assert window.open(page) is not None
        settle()
        assert window.current() == page
