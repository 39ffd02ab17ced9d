"""A clerk's day without a mouse: every journey in one window, one key after the other, the keyboard never lost."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.domain.appointment import Appointment
from migdesk.domain.arrival import Departure
from migdesk.domain.dates import PartialDate
from migdesk.domain.person import Person
from migdesk.domain.protection import PersonNote
from migdesk.services.people import people
from migdesk.services.terms import visit_checks
from migdesk.services.upkeep import journal
from migdesk.ui.assembly import make_window
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.groups.page import GroupPage
from migdesk.ui.intake.page import IntakePage
from migdesk.ui.memory import Forgetful
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.workplace import Kind
from tests.ui.counter import ALT, CONTROL, SHIFT, zone
from tests.ui.keys import press, type_text
from tests.ui.test_keyboard_walk import named

NONE = Qt.KeyboardModifier.NoModifier
HEAD = "Фамилия\tИмя\tДата рождения\tПол\tГражданство\tПаспорт"
SHARED = {
    "arrival.purpose": "work",
    "arrival.entered_on": "20.11.2026",
    "arrival.arrived_on": "20.11.2026",
    "address.place": "551010000",
    "address.line": "Абай 5",
}
MOST = 150


class Windows(QObject):
    """Windows that came up by themselves: a part shown before it has a page takes the keyboard away."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            kinds = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Tool)
            if not isinstance(watched, QDialog) and watched.windowType() not in kinds:
                self.shown.append(type(watched).__name__)
        return False


class Hands:
    """Types where the keyboard is, and fails where it is nowhere."""

    def __init__(self, eye) -> None:
        self.window, self.desk = eye.window, eye.desk

    def here(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, f"the keyboard is lost on {self.window.current()}"
        return widget

    def rest(self, moment: int = 170) -> None:
        QTest.qWait(moment)
        for _turn in range(3):
            settle()

    def press(self, key: Qt.Key, modifiers=NONE) -> None:
        press(self.here(), key, modifiers)
        settle()

    def type(self, text: str) -> None:
        for part in text.splitlines(keepends=True):
            type_text(self.here(), part.removesuffix("\n"))
            settle()
            if part.endswith("\n"):
                self.press(Qt.Key.Key_Return)

    def scan(self, lines: str) -> None:
        QTest.qWait(60)
        type_text(self.here(), lines + "\n")
        self.rest()

    def tab_to(self, words: str) -> None:
        for _turn in range(MOST):
            if words in f"{named(self.here())} {self.here().accessibleName()}":
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {words}")

    def dialog(self) -> QDialog:
        settle()
        (found,) = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        assert found.isAncestorOf(self.here()), f"{found.windowTitle()} opened without the cursor in it"
        assert any(one.isDefault() for one in found.findChildren(PushButton)), found.windowTitle()
        return found

    def answered(self) -> str:
        """The small window closed, and the page below it says what was done; a desktop wakes it by itself."""
        settle()
        assert not [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        self.window.activateWindow()
        self.rest(20)
        self.here()
        notice = self.window.frame(self.window.current()).told()
        return notice.words if notice else ""

    def home(self) -> None:
        for _turn in range(12):
            if self.window.current() != "today":
                self.press(Qt.Key.Key_Escape)
        assert self.window.current() == "today"

    def people(self) -> int:
        return len(self.desk.store.live(Person))

    def find(self, words: str) -> None:
        self.home()
        self.press(Qt.Key.Key_F3)
        self.type(words)
        self.rest(400)
        self.press(Qt.Key.Key_Return)
        self.rest()
        assert self.window.current().startswith("person/"), f"nobody of {words} was opened"

    def arrive(self, *zones: str, **answers: str) -> None:
        """F7, the passports, Enter through everything, Ctrl+Enter."""
        self.home()
        self.press(Qt.Key.Key_F7)
        page = self.window.findChildren(IntakePage)[-1]
        while not page.form.is_ready:
            settle()
        before = self.people()
        for one in zones:
            self.scan(one)
        typed = {**SHARED, "arrival.host": "ТОО Стройка", **answers}
        while place := page.form.place():
            self.type(f"{typed.get(place, '')}\n")
        assert self.here() is page.footer.save, "Enter through all fields ends at the button that saves"
        self.press(Qt.Key.Key_Return)
        self.rest()
        assert self.people() == before + len(zones), self.window.frame(self.window.current()).told()


@pytest.fixture
def hands(eye) -> Iterator[Hands]:
    windows = Windows()
    yield Hands(eye)
    QApplication.instance().removeEventFilter(windows)
    assert windows.shown == []


def passport(number: str, surname: str, given: str, year: int, sex: str = "m") -> str:
    return zone(number, surname, given, PartialDate(year, 5, 6), sex)


def test_a_day_at_the_counter_goes_by_keys_alone(hands):
    hands.arrive(passport("AB7654321", "JURAEV", "BAHROM", 1988))
    hands.arrive(
        passport("AC7654321", "SAIDOV", "RUSTAM", 1980),
        passport("AC7654322", "SAIDOVA", "LOLA", 1983, "f"),
        passport("AC7654323", "SAIDOV", "AZIZ", 2010),
        **{"arrival.purpose": "family"},
    )
    hands.find("saidov r")
    book(hands)
    write_a_note(hands)
    preview(hands)
    leave(hands)
    register_a_bus(hands)
    take_back(hands)


def book(hands: Hands) -> None:
    hands.press(Qt.Key.Key_B, CONTROL | SHIFT)
    assert isinstance(hands.dialog(), FormDialog)
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert "No. PVL-V" in hands.answered()
    made = max(hands.desk.store.live(Appointment), key=lambda one: one.number)
    hands.press(Qt.Key.Key_B, CONTROL)
    hands.rest()
    hands.press(Qt.Key.Key_Home, ALT)
    assert made in visit_checks.of_day(hands.desk, hands.desk.today)
    hands.press(Qt.Key.Key_Escape)


def write_a_note(hands: Hands) -> None:
    hands.tab_to("Parts of the page")
    bar = hands.here()
    while not bar.tabText(bar.currentIndex()).startswith("Notes"):
        hands.press(Qt.Key.Key_Right)
    hands.tab_to("Write a note")
    hands.press(Qt.Key.Key_Space)
    hands.dialog()
    hands.type("Told on the phone.")
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert hands.answered()
    assert [one.text for one in hands.desk.store.live(PersonNote)][-1] == "Told on the phone."


def preview(hands: Hands) -> None:
    hands.press(Qt.Key.Key_P, CONTROL)
    hands.rest(300)
    assert hands.window.current().startswith("print/")
    hands.press(Qt.Key.Key_Escape)


def leave(hands: Hands) -> None:
    hands.tab_to("Event")
    hands.press(Qt.Key.Key_Space)
    hands.dialog()
    hands.press(Qt.Key.Key_5)
    assert isinstance(hands.dialog(), FormDialog)
    hands.type("\n22.11.2026\n")
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert "registered" in hands.answered()
    assert max(one.left_on for one in hands.desk.store.live(Departure)).isoformat() >= "2026-11-22"


def register_a_bus(hands: Hands) -> None:
    hands.home()
    hands.press(Qt.Key.Key_G, CONTROL)
    hands.rest()
    page = hands.window.findChildren(GroupPage)[-1]
    while name := page.above.focused():
        hands.type(f"{SHARED.get(name, '')}\n")
    assert hands.here() is page.grid
    before = hands.people()
    rows = [
        f"Бекмуродов{chr(1072 + at)}\tНодир\t{at + 1:02d}.08.1991\tм\tUZB\tFB10000{at:02d}"
        for at in range(12)
    ]
    QApplication.clipboard().setText("\r\n".join([HEAD, *rows]))
    hands.press(Qt.Key.Key_V, CONTROL)
    hands.rest()
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.rest()
    assert hands.people() == before + 12


def take_back(hands: Hands) -> None:
    hands.home()
    people, ops = hands.people(), len(journal.entries(hands.desk))
    hands.press(Qt.Key.Key_Z, CONTROL)
    hands.rest()
    assert hands.people() == people - 12 and len(journal.entries(hands.desk)) == ops + 1


def test_a_file_that_is_closed_before_it_was_read_is_forgotten(
    application, desk, threads, qtbot, monkeypatch
):
    read = people.open_file
    monkeypatch.setattr(people, "open_file", lambda *given: (time.sleep(0.1), read(*given))[1])
    window = make_window(desk, threads, Forgetful())
    qtbot.addWidget(window)
    window.show()
    for person in desk.store.live(Person)[:3]:
        window.work.open(Kind.PERSON, person.uid)
        QTest.qWait(30)
        window.close_tab(window.current())
    QTest.qWait(800)
    assert window.tabs() == []
