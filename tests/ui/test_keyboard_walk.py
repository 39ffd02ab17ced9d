"""Every screen by the keyboard alone: Tab comes everywhere and back, each stop has a name, none is a trap.

What is walked is read from the program's own tables: a page, a kind of file or a way out of the pages that is
neither walked here nor told in `ELSEWHERE` fails the first test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QScrollBar, QWidget

from migdesk.domain.appointment import Appointment
from migdesk.domain.arrival import Arrival, Departure, Stay
from migdesk.domain.batch import Batch
from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.finding import Confidence, Source
from migdesk.domain.party import Party
from migdesk.domain.payment import Obligation, Payment
from migdesk.domain.permit import Permit
from migdesk.domain.person import Family, Person
from migdesk.domain.printout import Printout
from migdesk.domain.protection import PersonNote, Visibility
from migdesk.domain.session import Session
from migdesk.services.cases import sessions
from migdesk.services.payments import obligations, payments
from migdesk.services.payments.payments import Demand
from migdesk.services.people import notes
from migdesk.services.upkeep import journal
from migdesk.ui import assembly
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.gallery.pictures import put_away, settle
from migdesk.ui.groups.page import GroupPage
from migdesk.ui.intake.page import IntakePage
from migdesk.ui.later import Later
from migdesk.ui.parts.blocks import Link
from migdesk.ui.screens import ways
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.tasks import Tasks
from migdesk.ui.workbooks.import_wizard import COLUMNS, ROWS, ImportWizard
from migdesk.ui.workplace import Kind, Target
from tests.ui import offices
from tests.ui.counter import ALT, CONTROL, SHIFT
from tests.ui.keys import press
from tests.ui.offices import Eye

MOST = 400
REST_MS = 60
"""After so long what comes a moment after its page is there."""
PAGES = tuple(page.key for page in assembly.PAGES)
FILES = {
    Kind.PERSON: Person,
    Kind.ARRIVAL: Arrival,
    Kind.CASE: Case,
    Kind.PERMIT: Permit,
    Kind.PARTY: Party,
    Kind.FAMILY: Family,
    Kind.DEPARTURE: Departure,
    Kind.STAY: Stay,
    Kind.PRINTOUT: Printout,
    Kind.OP: None,
    Kind.BATCH: Batch,
    Kind.SESSION: Session,
    Kind.PAYMENT: Payment,
    Kind.OBLIGATION: Obligation,
    Kind.NOTE: PersonNote,
}
"""The record of each kind of file; an operation is none."""

TABS: dict[str, Callable[[Eye], object]] = {
    "screens.departures:open_departures": lambda eye: eye.window.work.departures_wanted.emit(),
    "screens.hosts:open_hosts": lambda eye: eye.window.work.hosts_wanted.emit(),
    "screens.exchange:open_import": lambda eye: eye.window.work.import_wanted.emit(),
    "screens.sessions:open_sessions": lambda eye: eye.press(Qt.Key.Key_J, CONTROL),
    "screens.terms:tab": lambda eye: eye.window.work.open(Kind.TERMS, "overdue"),
    "duplicates.opening:open_duplicates": lambda eye: eye.window.work.duplicates_wanted.emit(""),
    "visits.opening:open_visits": lambda eye: eye.window.work.visits_wanted.emit(),
    "visits.opening:open_visit": lambda eye: eye.window.work.open(Kind.VISIT, uid_of(eye, Appointment)),
    "papers.print_page:open_print": lambda eye: print_of(eye, Kind.PERSON, Person),
    "a paper of an arrival": lambda eye: print_of(eye, Kind.ARRIVAL, Arrival),
}
"""What opens in a tab of its own, by its room and what opens it."""

WINDOWS: dict[str, Callable[[Eye], object]] = {
    "files.people.edit_record:ask_edit": lambda eye: edit(eye, Kind.PERSON, Person),
    "editing an arrival": lambda eye: edit(eye, Kind.ARRIVAL, Arrival),
    "editing a receiving person": lambda eye: edit(eye, Kind.PARTY, Party),
    "dialogs.about:AboutDialog": lambda eye: eye.window.findChild(object, "window.about").trigger(),
    "dialogs.source:show_source": lambda eye: eye.window.work.source_wanted.emit(
        Source("№ 477-IV", "52", Confidence.VERIFIED)
    ),
    "conditions of a list": lambda eye: on_page(eye, "people", Qt.Key.Key_F),
    "workbooks.stoplists:open_lists": lambda eye: on_page(eye, "exchange", Qt.Key.Key_L),
}
"""What opens as a small window."""

ALONE = ("intake.opening:open_intake", "groups.opening:open_group", "dialogs.settings:SettingsDialog")
"""Those with a walk of their own below."""

ELSEWHERE = {
    "workbooks.export_list:ask_and_export": "the system's own window for files",
    "dialogs.backup:ask_and_back_up": "the system's own window for files",
    "help.window:open_help": "test_help walks it",
    "duplicates.apart:ask_apart": "test_duplicates answers it by keys",
    "intake.opening:open_intake_at": "the page of open_intake",
}


@pytest.fixture(scope="module")
def seat(dressed, filled, tmp_path_factory) -> Iterator[Eye]:
    """One clerk before one window for all walks."""
    dressed.speak("en")
    desk = offices.copy_of(filled, tmp_path_factory.mktemp("walk") / "office")
    person = desk.store.live(Person)[0].uid
    payments.demand_payment(desk, Demand("support.rent", person, {"persons": 3, "settlement": "urban"}))
    obligations.begin(desk, person)
    notes.write(
        desk, PersonNote(person=person, visibility=Visibility.OFFICE, text="Ескертпе", written_on=desk.today)
    )
    sessions.open_session(desk, Session(commission="nationality", held_on=desk.today))
    with desk.write(Op.IMPORT_WORKBOOK) as tx:
        tx.put(Batch(number="PVL-B2026-0001", file="a.xlsx", taken_at=datetime(2026, 11, 23).astimezone()))
    yield Eye(desk, Tasks.inline())
    put_away()
    desk.close()


@pytest.fixture
def eye(seat) -> Iterator[Eye]:
    """The clerk, with nothing open but a page."""
    seat.back()
    yield seat
    for dialog in seat.window.findChildren(QDialog):
        dialog.close()
    for tab in seat.window.tabs():
        seat.window.close_tab(tab)
    settle()


def uid_of(eye: Eye, record: type | None) -> str:
    return eye.desk.store.live(record)[0].uid if record else journal.entries(eye.desk, limit=1)[0].uid


def edit(eye: Eye, kind: Kind, record: type) -> None:
    eye.window.work.edit_wanted.emit(Target(kind, uid_of(eye, record)))


def print_of(eye: Eye, kind: Kind, record: type) -> None:
    eye.file(kind, uid_of(eye, record))
    eye.press(Qt.Key.Key_P, CONTROL)
    QTest.qWait(REST_MS)
    eye.back()


def on_page(eye: Eye, page: str, key: Qt.Key) -> None:
    eye.open(page)
    eye.press(key, CONTROL | SHIFT)


def named(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}”"


def walk(key: Qt.Key = Qt.Key.Key_Tab, modifiers=Qt.KeyboardModifier.NoModifier) -> list:
    """Press one key until the focus is where it began; the stops on the way."""
    first = QApplication.focusWidget()
    assert first is not None, "nothing has the focus"
    stops = [first]
    for _turn in range(MOST):
        before = QApplication.focusWidget()
        press(before, key, modifiers)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        assert now is not None, f"the focus is lost after {told(before)}"
        if now is first:  # at once, where there is but one stop
            return stops
        assert now is not before, f"the focus is trapped in {told(before)}"
        stops.append(now)
    raise AssertionError(f"the way does not come back: {[told(one) for one in stops[-6:]]}")


def by_arrows(widget: QWidget, stops: list) -> bool:
    """Of buttons of which one is chosen Tab comes to that one; arrows go to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(one in stops for one in group.buttons())


def assert_walks(holder: QWidget) -> None:
    """Fail when a stop has no name, or when something that takes the focus by Tab is never come to."""
    settle()
    stops = walk()
    nameless = [told(one) for one in stops if not named(one)]
    assert not nameless, nameless
    missed = [
        told(one)
        for one in holder.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one, QScrollBar)
        and (one.focusProxy() or one) not in stops
        and not by_arrows(one, stops)
    ]
    assert not missed, missed
    assert len(walk(Qt.Key.Key_Backtab, SHIFT)) == len(stops)


def test_no_page_no_file_and_no_room_is_forgotten():
    walked = {page.build.path for page in assembly.PAGES} | {one.path for one in assembly.FILES.values()}
    assert set(FILES) == set(assembly.FILES)
    rooms = {one.path for part in (assembly, ways) for one in vars(part).values() if isinstance(one, Later)}
    assert rooms - walked - {*TABS, *WINDOWS, *ALONE, *ELSEWHERE} == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_walked_by_tab_and_left_by_f6(eye, page):
    body = eye.open(page)
    if isinstance(body, ListPage):
        body.show_file_now()
    frame = eye.window.frame(page)
    eye.window.focus_search()
    eye.window.focus_next_area()
    assert_walks(eye.window)
    inside = frame.isAncestorOf(QApplication.focusWidget())
    eye.press(Qt.Key.Key_F6)
    assert frame.isAncestorOf(QApplication.focusWidget()) is not inside
    eye.open(page)


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_walked_by_tab_and_left_by_esc(eye, kind):
    eye.file(kind, uid_of(eye, FILES[kind]))
    eye.press(Qt.Key.Key_F6)
    assert_walks(eye.window)
    tabs = eye.window.tabs()
    assert tabs
    eye.press(Qt.Key.Key_Escape)
    assert eye.window.tabs() == tabs[:-1]


@pytest.mark.parametrize("room", TABS)
def test_a_tab_is_walked_by_tab(eye, room):
    TABS[room](eye)
    settle()
    if isinstance(page := offices.body_of(eye.window.frame(eye.window.current())), ListPage):
        page.show_file_now()
    assert eye.window.current() in eye.window.tabs()
    assert_walks(eye.window)


@pytest.mark.parametrize("room", WINDOWS)
def test_a_small_window_is_walked_by_tab_and_left_by_esc(eye, room):
    WINDOWS[room](eye)
    settle()
    (dialog,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()
    ]
    assert_walks(dialog)
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert not [one for one in eye.window.findChildren(QDialog) if one.isVisible()]


def test_every_tab_of_the_settings_is_walked(eye):
    eye.press(Qt.Key.Key_Comma, CONTROL)
    dialog = eye.window.findChild(SettingsDialog)
    for at in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(at)
        dialog.tabs.setFocus()
        assert_walks(dialog)


@pytest.mark.parametrize("is_short", [False, True], ids=["full", "short"])
def test_the_intake_is_walked_by_tab(eye, is_short):
    eye.press(Qt.Key.Key_F7)
    page = eye.window.findChildren(IntakePage)[-1]
    while not page.form.is_ready:
        settle()
    settle()
    page.typing.fill(-1, "arrival.purpose", "work")
    page.form.show_short(short=is_short)
    QTest.qWait(REST_MS)
    assert_walks(eye.window)


def test_the_group_is_walked_by_tab_and_its_rows_are_left_by_a_key(eye):
    """The fields above fold as the rows are come to; Tab comes to the link that opens them again."""
    eye.press(Qt.Key.Key_G, CONTROL)
    page = eye.window.findChild(GroupPage)
    QTest.qWait(REST_MS)
    fields = {box.input.widget() for box in page.above.boxes.values() if box.isVisible()}
    stops = set()
    while page.above.isVisible() and len(stops) < MOST:
        stops.add(QApplication.focusWidget())
        eye.press(Qt.Key.Key_Tab)
    assert page.grid.isAncestorOf(QApplication.focusWidget()) or page.grid.hasFocus()
    assert stops == fields
    eye.window.focus_search()
    assert_walks(eye.window)
    page.folding.findChild(Link).setFocus()
    eye.press(Qt.Key.Key_Return)
    assert page.above.focused()
    page.grid.go_to(0)
    eye.press(Qt.Key.Key_Up, ALT)
    assert page.above.focused()


def test_the_steps_of_an_import_are_walked_by_tab(eye, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text(
        "Фамилия;Имя;Дата рождения;Пол;Гражданство;Номер паспорта;Рост\nАлиев;Али;01.02.1990;м;Нарния;AB1;180\n",
        encoding="utf-8",
    )
    eye.window.work.import_wanted.emit()
    page = eye.window.findChild(ImportWizard)
    page.open_file(people)
    for step in (COLUMNS, ROWS):
        page.go_to(step)
        QTest.qWait(REST_MS)
        assert page.bar.at() == step
        eye.window.focus_search()
        assert_walks(eye.window)


def test_arrows_walk_a_list_and_enter_opens_its_row(eye):
    page = eye.open("people")
    page.list.setFocus()
    eye.press(Qt.Key.Key_Down)
    eye.press(Qt.Key.Key_Return)
    assert eye.window.tabs()[-1].startswith(f"{Kind.PERSON}/")
