"""What a clerk's hands must do, counted in real keys: it may become less and never more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.ui.assembly import make_window
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.memory import Forgetful
from migdesk.ui.papers import printer
from migdesk.ui.papers.print_page import PrintPage
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.shell.search_popup import SearchPopup
from tests import make
from tests.ui.counter import CONTROL
from tests.ui.keys import press, type_text

FIND, OPEN, PRINT = 5, 6, 3
"""F3 and four letters; Enter opens the file; a row of a list to paper."""
SPELLINGS = ["каси", "қасы", "kass", "КАСИ", "айгү", "aigu"]

HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt)
"""Held down with another key: no stroke of its own."""


class Keys(QObject):
    """Counts the keys that reach the program, each once however many widgets it passes."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed = 0
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key goes to the widget with the keyboard first."""
        is_key = event.type() is QEvent.Type.ShortcutOverride and event.key() not in HELD
        if is_key and watched is QApplication.focusWidget():
            self.pressed += 1
        return False

    def stop(self) -> None:
        QApplication.instance().removeEventFilter(self)


@pytest.fixture
def desk(new_desk):
    for surname, latin in (("Қасымова", "KASSYMOVA"), ("Отажонова", "OTAJONOVA"), ("Серікова", "SERIKOVA")):
        given = {"given": "Айгүл", "given_latin": "AIGUL"} if surname == "Қасымова" else {"given": "Дина"}
        person = make.person(surname=surname, surname_latin=latin, **given)
        draft = ArrivalDraft(
            (Member(person, (make.document(),)),), make.arrival(), make.address(), make.host()
        )
        arrivals.register_arrival(new_desk, draft, duplicates=False)
    return new_desk


@pytest.fixture
def window(application, desk, tasks, qtbot):
    made = make_window(desk, tasks, Forgetful())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    settle()
    return made


@pytest.fixture
def keys(window):
    made = Keys()
    yield made
    made.stop()


def key(window, name, modifiers=Qt.KeyboardModifier.NoModifier):
    press(QApplication.focusWidget() or window, name, modifiers)
    settle()


@pytest.mark.parametrize("letters", SPELLINGS)
def test_anybody_is_found_by_four_letters_and_opened_by_enter(window, keys, desk, letters, qtbot):
    key(window, Qt.Key.Key_F3)
    type_text(QApplication.focusWidget(), letters)
    popup = window.findChild(SearchPopup)
    qtbot.waitUntil(lambda: [one.title for one in popup.hits()][:1] == ["Қасымова Айгүл"])
    assert keys.pressed <= FIND
    key(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.tabs()))
    assert window.tabs()[-1].startswith("person/")
    assert keys.pressed <= OPEN


def test_a_row_of_a_list_is_printed_in_three_keys(window, keys, desk, monkeypatch):
    printed = []
    monkeypatch.setattr(printer, "installed", lambda: ["Office"])
    window.open("arrivals")
    settle()
    page = window.frame("arrivals").findChild(ListPage)
    page.list.setFocus()
    before = keys.pressed
    key(window, Qt.Key.Key_Down)
    key(window, Qt.Key.Key_P, CONTROL)
    paper = window.findChild(PrintPage)
    monkeypatch.setattr(paper, "make_printer", lambda: printed.append(1) or None)
    window.activateWindow()
    settle()
    key(window, Qt.Key.Key_P, CONTROL)
    assert printed == [1]
    assert keys.pressed - before <= PRINT
