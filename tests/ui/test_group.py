"""A bus, a flight, a class list: typed, pasted, scanned, corrected, saved as one op."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.detail import Detail
from migdesk.domain.person import Family, Person, Sex
from migdesk.i18n import LANGUAGES
from migdesk.services import parked
from migdesk.services.arrivals import arrivals, groups
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.groups import GroupDraft, GroupRow
from migdesk.services.desk import Clock, open_desk
from migdesk.services.upkeep import journal
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.groups.cells import HIGH
from migdesk.ui.groups.column_names import kept_names
from migdesk.ui.groups.keeper import KEY
from migdesk.ui.groups.opening import TAB, open_group
from migdesk.ui.groups.page import GroupPage
from migdesk.ui.groups.rows import COLUMNS
from migdesk.ui.parts.clickable import PushButton
from tests import make
from tests.ui.counter import SHIFT, office_in, window_of, zone
from tests.ui.keys import press, type_text
from tests.ui.offices import until
from tests.ui.seen import assert_all_named, assert_nothing_clipped
from tests.ui.watchdog import assert_stays_alive

ROOT = Path(__file__).resolve().parents[2]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
HEAD = "Фамилия\tИмя\tДата рождения\tПол\tГражданство\tПаспорт"


class Clerk:
    """Somebody at the grid, without a mouse."""

    def __init__(self, window) -> None:
        self.window = window

    def open(self) -> GroupPage:
        open_group(self.window)
        self.rest()
        return self.page

    @property
    def page(self) -> GroupPage:
        return self.window.findChildren(GroupPage)[-1]

    def rest(self) -> None:
        """Checks come at a pause in typing."""
        QTest.qWait(170)
        for _turn in range(3):
            settle()

    def type(self, text: str) -> None:
        for letter in text:
            type_text(QApplication.focusWidget(), letter)
            settle()

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        press(QApplication.focusWidget(), key, modifiers)
        settle()

    def above(self) -> None:
        """What all of them share."""
        for name, value in {
            "arrival.purpose": "family",
            "arrival.entered_on": date(2026, 11, 20),
            "arrival.arrived_on": date(2026, 11, 20),
            "address.place": "551010000",
        }.items():
            self.page.above.set_value(name, value)

    def paste(self, *lines: str) -> None:
        QApplication.clipboard().setText("\r\n".join(lines))
        self.page.grid.setFocus()
        self.press(Qt.Key.Key_V, CONTROL)
        self.rest()

    def told(self) -> str:
        notice = self.window.frame(TAB).told()
        return notice.words if notice else ""


@pytest.fixture
def desk(new_desk):
    return new_desk


@pytest.fixture
def hands(application, desk, tasks, qtbot) -> Clerk:
    window = window_of(desk, tasks)
    qtbot.addWidget(window)
    window.activateWindow()
    return Clerk(window)


def value(page, at, name):
    return page.book.rows[at].value(name)


def test_rows_are_typed_with_enter_and_the_next_row_begins_by_itself(hands):
    page = hands.open()
    page.grid.go_to(0)
    hands.type("Юсупов\nЖасур\nШухратович\n14081991\nm\n")
    hands.type("UZB\nFA1234567\n\n\n\nЮсупова\n")
    first = page.book.rows[0]
    assert (first.value("person.birth_date"), first.value("person.sex")) == (
        PartialDate(1991, 8, 14),
        Sex.MALE,
    )
    assert first.value("person.citizenship") == "UZB"
    assert value(page, 1, "person.surname") == "Юсупова"
    assert page.grid.place() == (1, "person.given")


def test_enter_takes_what_the_row_above_offers(hands):
    page = hands.open()
    hands.paste("Юсупов\tЖасур\t\t14.08.1991\tм\tUZB", "Каримов")
    page.grid.go_to(1, "person.citizenship")
    hands.press(Qt.Key.Key_Return)
    assert value(page, 1, "person.citizenship") == "UZB"


def test_f8_takes_the_cell_above_and_ctrl_d_fills_down(hands):
    page = hands.open()
    hands.paste("Юсупов\tЖасур", "Каримов", "Саидов")
    page.grid.go_to(1, "person.given")
    hands.press(Qt.Key.Key_F8)
    assert value(page, 1, "person.given") == "Жасур" and page.grid.place() == (1, "person.patronymic")
    page.grid.go_to(0, "person.sex")
    hands.type("m\n")
    page.grid.go_to(0, "person.sex")
    for _row in range(2):
        hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    hands.press(Qt.Key.Key_D, CONTROL)
    assert [value(page, at, "person.sex") for at in range(3)] == [Sex.MALE] * 3


def test_tab_shift_tab_and_the_arrows_walk_and_del_empties(hands):
    page = hands.open()
    hands.paste("Юсупов\tЖасур", "Каримов\tАли")
    page.grid.go_to(0)
    hands.press(Qt.Key.Key_Tab)
    assert page.grid.place() == (0, "person.given")
    hands.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    hands.press(Qt.Key.Key_Down)
    assert page.grid.place() == (1, "person.surname")
    hands.press(Qt.Key.Key_Delete)
    assert value(page, 1, "person.surname") == ""


def test_an_editor_is_left_with_tab_and_the_arrows(hands):
    page = hands.open()
    page.grid.go_to(0)
    hands.type("Юсупов")
    hands.press(Qt.Key.Key_Tab)
    hands.type("Жасур")
    hands.press(Qt.Key.Key_Down)
    assert (value(page, 0, "person.surname"), value(page, 0, "person.given")) == ("Юсупов", "Жасур")
    assert page.grid.place() == (1, "person.given")


def test_a_row_is_taken_off_and_comes_back(hands):
    page = hands.open()
    hands.paste("Юсупов", "Каримов", "Саидов")
    page.grid.go_to(1)
    hands.press(Qt.Key.Key_Delete, CONTROL)
    assert [one.sheet.title() for one in page.book.rows] == ["Юсупов", "Саидов"]
    hands.window.frame(TAB).told().act()
    assert [one.sheet.title() for one in page.book.rows] == ["Юсупов", "Каримов", "Саидов"]


def test_a_pasted_table_says_what_it_did_not_take(hands):
    page = hands.open()
    hands.paste(
        "№\tФамилия\tИмя\tДата рождения\tДата прибытия\tРост",
        "1\tЮсупов\tЖасур\t14.08.1991\t20.11.2026\t180",
        "2\tКаримов\tАли\t31.02.1985\t20.11.2026\t175",
    )
    told = hands.told()
    assert "2 rows were pasted" in told and "Рост" in told and "missing" in told
    assert page.above.boxes["arrival.arrived_on"].value() == date(2026, 11, 20)
    assert page.model.pill(1).tone.value == "bad"
    assert "31.02.1985" in page.model.words(1, COLUMNS.index("person.birth_date") + 1)


def test_a_column_nobody_knows_is_named_by_hand_once_and_known_from_then_on(hands):
    page = hands.open()
    table = (f"{HEAD}\tТел. родителя", "Юсупов\tЖасур\t14.08.1991\tм\tUZB\tFA1\t+7 701 111 22 33")
    hands.paste(*table)
    notice = hands.window.frame(TAB).told()
    assert "Тел. родителя" in notice.words
    dialog = notice.act()
    settle()
    (picker,) = dialog.table.pickers.values()
    picker.set_value("person.phone")
    picker.changed.emit()
    dialog.take()
    hands.rest()
    assert value(page, 0, "person.phone") == "+7 701 111 22 33"
    assert len(page.book.filled()) == 1
    hands.window.activateWindow()  # a desktop does it by itself
    settle()
    hands.paste(table[0], "Каримов\tОлим\t14.08.1992\tм\tUZB\tFA2\t+7 701 111 22 44")
    assert value(page, 1, "person.phone") == "+7 701 111 22 44"
    assert "Тел. родителя" not in hands.told()
    dialog = hands.window.frame(TAB).told().act()  # and may be let go
    dialog.table.mapped.emit(0, "")
    dialog.take()
    assert kept_names(hands.window.work.memory) == {}


def test_a_pasted_cell_that_is_read_otherwise_says_so(hands):
    page = hands.open()
    hands.above()
    hands.paste(HEAD, "Karimоv\tЖасур\t14.08.1991\tм\tУзбекистанн\tFA1")
    told = {
        name: [one.code for one in page.model.remarks(0, COLUMNS.index(name) + 1)]
        for name in ("person.surname", "person.citizenship")
    }
    assert told == {"person.surname": ["mixed_scripts"], "person.citizenship": ["read_as"]}
    assert page.model.pill(0).tone.value == "warn"


def test_an_iin_tells_birth_date_and_sex(hands):
    page = hands.open()
    hands.paste("Серікова\tАлма")
    page.grid.go_to(0, "person.iin")
    hands.type("850312450124\n")
    assert value(page, 0, "person.birth_date") == PartialDate(1985, 3, 12)
    assert value(page, 0, "person.sex") is Sex.FEMALE


def test_a_scanned_passport_fills_the_row_and_the_next_one_waits(hands):
    page = hands.open()
    page.grid.go_to(0)
    QTest.qWait(60)
    for letter in zone() + "\n":
        type_text(QApplication.focusWidget(), letter)
    hands.rest()
    row = page.book.rows[0]
    assert (row.value("document.number"), row.value("person.surname_latin")) == ("AB1234567", "TASHKENTOV")
    assert row.value("person.surname") == "" and row.sheet.zone
    assert page.grid.place()[0] == 1
    QApplication.clipboard().setText(
        zone("AB1234568", "TASHKENTOVA", "DILNOZA", PartialDate(1990, 7, 2), "f")
    )
    hands.press(Qt.Key.Key_V, CONTROL)
    hands.rest()
    assert page.book.rows[1].value("person.given_latin") == "DILNOZA"


def test_a_family_is_proposed_its_relation_and_saved_as_one(hands, desk):
    hands.open()
    hands.above()
    hands.paste(
        f"{HEAD}\tСемья\tРодство",
        "Юсупов\tЖасур\t14.08.1991\tм\tUZB\tFA1\t1\t",
        "Каримов\tАли\t01.02.1985\tм\tUZB\tFA2\t\t",
        "Юсупова\tНилуфар\t02.09.1993\tж\tUZB\tFA3\t1\tжена",
    )
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.rest()
    assert TAB not in hands.window.tabs()
    assert journal.entries(desk)[0].op is Op.REGISTER_GROUP
    assert len(desk.store.live(Person)) == 3 and len(desk.store.live(Family)) == 1
    assert parked.find_draft(desk, KEY) is None
    journal.undo_last(desk)
    assert desk.store.live(Person) == []


def test_what_is_wrong_stops_the_save_and_the_list_leads_there(hands, desk):
    page = hands.open()
    hands.above()
    hands.paste(HEAD, "Юсупов\tЖасур\t14.08.1991\tм\tUZB\tFA1", "Каримов\tАли\t31.02.1985\tм\tНарния\tFA2")
    page.grid.go_to(0)
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert "To be corrected: 2" in hands.told()
    assert page.grid.place() == (1, "person.birth_date")
    assert [one.name for one in page.stops.stops()] == ["person.birth_date", "person.citizenship"]
    hands.press(Qt.Key.Key_Down, ALT)
    assert page.grid.place() == (1, "person.citizenship")
    page.stops.list.setFocus()
    page.stops.list.setCurrentRow(0)
    hands.press(Qt.Key.Key_Return)
    assert page.grid.place() == (1, "person.birth_date")
    assert desk.store.live(Person) == []


def test_good_rows_are_saved_and_the_rest_stays_as_a_draft(hands, desk):
    page = hands.open()
    hands.above()
    hands.paste(HEAD, "Юсупов\tЖасур\t14.08.1991\tм\tUZB\tFA1", "Каримов\tАли\t31.02.1985\tм\tUZB\tFA2")
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.window.frame(TAB).told().act()
    hands.rest()
    assert [one.surname for one in desk.store.live(Person)] == ["Юсупов"]
    assert [one.sheet.title() for one in page.book.rows] == ["Каримов Али"]
    assert "Каримов" in parked.find_draft(desk, KEY)


def known(desk):
    draft = ArrivalDraft(
        (Member(make.person(), (make.document(),)),),
        make.arrival(arrived_on=date(2026, 11, 2), entered_on=None),
    )
    return arrivals.register_arrival(desk, draft).value.people[0]


def test_somebody_of_the_register_is_taken_with_a_key(hands, desk):
    person = known(desk)
    page = hands.open()
    hands.above()
    hands.paste(HEAD, "Касымова\tАйгуль\t17.05.1990\tж\tUZB\t")
    page.grid.go_to(0)
    assert page.model.pill(0).tone.value in ("bad", "warn")
    assert person.full_name in page.details.likely()[0].person.full_name
    hands.press(Qt.Key.Key_1, ALT)
    hands.rest()
    assert page.book.rows[0].is_known
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.rest()
    assert [one.uid for one in desk.store.live(Person)] == [person.uid]


def test_who_is_registered_elsewhere_is_recorded_as_a_move_from_the_strip(hands, desk):
    draft = ArrivalDraft((Member(make.person(), (make.document(),)),), make.arrival(
        arrived_on=date(2026, 11, 2), entered_on=None), make.address(place="552210000", line="Абай 1"))  # fmt: skip
    old = arrivals.register_arrival(desk, draft).value.arrivals[0]
    page = hands.open()
    hands.above()
    hands.paste(HEAD, "Касымова\tАйгуль\t17.05.1990\tж\tUZB\t")
    page.grid.go_to(0)
    hands.press(Qt.Key.Key_1, ALT)
    hands.rest()
    page.save()
    hands.rest()
    ((words, move),) = hands.window.frame(TAB).told().also
    assert words == "Record as a move: 1"
    move()
    hands.rest()
    (new,) = desk.store.live(Arrival, person=old.person, left_on=None)
    assert new.moved_from == old.uid


def test_somebody_else_of_the_same_name_is_said_with_a_key(hands, desk):
    known(desk)
    page = hands.open()
    hands.above()
    hands.paste(HEAD, "Қасымова\tАйгүл\t17.05.1990\tж\tUZB\tFA1")
    page.grid.go_to(0)
    hands.press(Qt.Key.Key_0, ALT)
    hands.rest()
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.rest()
    assert len(desk.store.live(Person)) == 2


def test_a_draft_comes_back_in_the_same_cell_after_the_window_is_gone(application, hands, desk, tasks, qtbot):
    page = hands.open()
    hands.above()
    hands.paste(f"{HEAD}\tСемья", "Юсупов\tЖасур\t14.08.1991\tм\tUZB\tFA1\t7", "Каримов\tАли\t99.99.1985")
    page.grid.go_to(1, "document.number")
    hands.type("FA")
    hands.press(Qt.Key.Key_Tab)
    # the program is killed here: nothing is closed, nothing told
    window = window_of(desk, tasks)
    qtbot.addWidget(window)
    window.activateWindow()
    again = Clerk(window)
    page = again.open()
    assert [one.sheet.title() for one in page.book.rows] == ["Юсупов Жасур", "Каримов Али"]
    assert page.grid.place() == (1, "person.iin")
    assert value(page, 0, "family") == "7" and value(page, 1, "document.number") == "FA"
    assert page.above.boxes["arrival.purpose"].value() == "family"
    assert page.model.pill(1).tone.value == "bad"
    assert page.foot.accessibleName().startswith("Draft of ") and page.foot.accessibleName().endswith(
        "restored."
    )


KILLED = """
    import os, sys, time
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from migdesk.services.desk import Clock, open_desk
    from migdesk.ui.application import Application
    from migdesk.ui.tasks import Tasks
    from tests import make
    from tests.ui.counter import window_of
    from tests.ui.test_group import Clerk

    application = Application()
    desk = open_desk(Path(sys.argv[1]), clock=Clock(make.TODAY), operator="tester")
    clerk = Clerk(window_of(desk, Tasks()))
    page = clerk.open()
    page.grid.go_to(0)
    until = time.monotonic() + 20
    clerk.window.activateWindow()
    while QApplication.focusWidget() is not page.grid and time.monotonic() < until:
        clerk.rest()
    clerk.type("Ташкентов\\nОтабек\\n")
    while time.monotonic() < until:
        QApplication.processEvents()
        kept = desk.store.rows("SELECT content FROM draft")
        if kept and "Отабек" in kept[0][0]:
            os._exit(9)
"""


def test_a_program_that_is_killed_finds_its_rows_again(application, tasks, qtbot, tmp_path):
    office_in(tmp_path / "office").close()
    program = tmp_path / "killed.py"
    program.write_text(textwrap.dedent(KILLED), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, str(program), str(tmp_path / "office")], env=environment, timeout=120, check=False
    )
    assert ended.returncode == 9
    desk = open_desk(tmp_path / "office", clock=Clock(make.TODAY), operator="tester")
    window = window_of(desk, tasks)
    qtbot.addWidget(window)
    window.activateWindow()
    page = Clerk(window).open()
    assert [one.sheet.title() for one in page.book.rows] == ["Ташкентов Отабек"]
    assert page.grid.place() == (0, "person.patronymic")
    desk.close()


def test_a_draft_that_came_back_is_thrown_away_with_a_key_and_comes_back_again(hands):
    hands.open()
    hands.above()
    hands.window.close_tab(TAB)
    settle()
    page = hands.open()
    assert page.foot.accessibleName() and page.book.shared
    button = page.foot.findChild(PushButton)
    button.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    assert page.foot.accessibleName() == "" and not page.book.shared
    hands.window.frame(TAB).told().act()
    hands.rest()
    assert page.foot.accessibleName() and page.above.boxes["arrival.purpose"].value() == "family"


def test_what_is_being_typed_stays_when_a_check_comes_back(hands):
    page = hands.open()
    hands.paste("Юсупов\tЖасур", "Каримов\tАли")
    page.grid.go_to(0, "person.given")
    hands.type("Ж")
    page.model.show_looks()
    hands.type("а\n")
    assert value(page, 0, "person.given") == "Жа"


def test_a_field_above_that_a_key_reaches_is_typed_over(hands):
    page = hands.open()
    hands.above()
    page.above.go_to("arrival.entered_on")
    hands.type("21112026\n")
    assert page.above.boxes["arrival.entered_on"].value() == date(2026, 11, 21)
    hands.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    hands.type("22112026\n")
    assert page.above.boxes["arrival.entered_on"].value() == date(2026, 11, 22)


def test_a_line_is_gone_on_with_by_whoever_looked_elsewhere_meanwhile(hands):
    page = hands.open()
    page.above.go_to("address.line")
    hands.type("Abai 5")
    hands.window.open("today")
    settle()
    open_group(hands.window)
    hands.rest()
    hands.type("6")
    assert page.above.boxes["address.line"].input.typed() == "Abai 56"


def test_ctrl_z_takes_back_what_was_done_in_the_rows_and_nothing_else(hands, desk):
    known(desk)
    before = len(journal.entries(desk))
    page = hands.open()
    hands.paste("Юсупов\tЖасур", "Каримов\tАли")
    page.grid.go_to(1, "person.given")
    hands.type("Вали\n")
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert value(page, 1, "person.given") == "Али" and page.grid.place() == (1, "person.given")
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert page.book.rows == []
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert "Nothing more" in hands.told() and len(journal.entries(desk)) == before
    hands.press(Qt.Key.Key_Y, CONTROL)
    hands.press(Qt.Key.Key_Y, CONTROL)
    assert value(page, 1, "person.given") == "Вали"
    hands.press(Qt.Key.Key_Delete, CONTROL)
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert [one.sheet.title() for one in page.book.rows] == ["Юсупов Жасур", "Каримов Вали"]
    assert len(desk.store.live(Person)) == 1


def test_ctrl_z_also_empties_what_a_paste_wrote_above(hands):
    page = hands.open()
    hands.paste(f"{HEAD}\tДата прибытия", "Юсупов\tЖасур\t14.08.1991\tм\tUZB\tFA1\t20.11.2026")
    assert page.above.boxes["arrival.arrived_on"].value() == date(2026, 11, 20)
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert page.above.boxes["arrival.arrived_on"].value() is None and not page.book.rows


def test_what_is_in_the_register_is_not_taken_back_into_the_rows(hands, desk):
    page = hands.open()
    hands.above()
    hands.paste(HEAD, "Юсупов\tЖасур\t14.08.1991\tм\tUZB\tFA1", "Каримов\tАли\t31.02.1985\tм\tUZB\tFA2")
    page.save_good()
    hands.rest()
    assert [one.sheet.title() for one in page.book.rows] == ["Каримов Али"]
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert [one.sheet.title() for one in page.book.rows] == ["Каримов Али"]
    assert len(desk.store.live(Person)) == 1


def test_a_table_pasted_into_a_field_above_goes_into_the_rows(hands):
    page = hands.open()
    page.above.go_to("arrival.host")
    QApplication.clipboard().setText(f"{HEAD}\nЮсупов\tЖасур\t14.08.1991\tм\tUZB\tFA1")
    hands.press(Qt.Key.Key_V, CONTROL)
    hands.rest()
    assert page.above.boxes["arrival.host"].input.typed() == ""
    assert [one.sheet.title() for one in page.book.rows] == ["Юсупов Жасур"]
    assert "goes into the rows" in hands.told()
    page.above.go_to("address.line")
    QApplication.clipboard().setText("Абай 5")
    hands.press(Qt.Key.Key_V, CONTROL)
    assert page.above.boxes["address.line"].input.typed() == "Абай 5" and len(page.book.rows) == 1


@pytest.mark.parametrize("is_whole", [True, False], ids=["above complete", "above empty"])
def test_ten_rows_are_to_be_seen_while_errors_are_told(hands, is_whole):
    hands.window.resize(1366, 768)
    page = hands.open()
    if is_whole:
        hands.above()
    rows = (f"Юсупов\tЖасур{chr(1072 + at)}\t31.02.1991\tм\tUZB\tFA{at}" for at in range(14))
    hands.paste(HEAD, *rows)
    page.save()
    hands.rest()
    assert page.stops.isVisible() and "To be corrected" in hands.told()
    assert page.grid.viewport().height() >= 10 * HIGH
    if not is_whole:
        assert "To correct here: " in page.folding.says()


def test_what_the_purpose_asks_is_entered_once_for_all(hands, desk):
    page = hands.open()
    hands.above()
    page.above.set_value("arrival.purpose", "study")
    page.above.go_to("details.school_name")
    hands.type("Павлодарский колледж\n")
    hands.paste(HEAD, "Юсупов\tЖасур\t14.08.2005\tм\tUZB\tFA1", "Каримов\tАли\t01.02.2006\tм\tUZB\tFA2")
    assert not [name for name in page.grid.shown_names() if name.startswith("details.")]
    page.grid.go_to(0)
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.rest()
    kept = [(one.key, one.value) for one in desk.store.live(Detail)]
    assert kept == [("school_name", "Павлодарский колледж")] * 2


def test_rows_with_details_of_their_own_get_columns(hands, desk):
    page = hands.open()
    hands.above()
    page.above.set_value("arrival.purpose", "study")
    page.above.set_value("details.school_name", "Колледж")
    hands.paste(
        f"{HEAD}\tМамандығы, курсы",
        "Юсупов\tЖасур\t14.08.2005\tм\tUZB\tFA1\tМедицина",
        "Каримов\tАли\t01.02.2006\tм\tUZB\tFA2\tПраво",
    )
    assert "details.course" in page.grid.shown_names(), hands.told()
    hands.press(Qt.Key.Key_Right, ALT)
    at = COLUMNS.index("details.school_name") + 1
    assert page.model.offered(0, at) == "Колледж"
    page.grid.go_to(1, "details.school_name")
    hands.type("Лицей\n")
    page.above.set_value("arrival.purpose", "work")
    page.above.left.emit("arrival.purpose")
    assert set(page.book.dropped()) == {"details.school_name", "details.course"}
    page.above.set_value("arrival.purpose", "study")
    page.above.left.emit("arrival.purpose")
    hands.window.close_tab(TAB)
    settle()
    page = hands.open()
    page.grid.go_to(0)
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.rest()
    kept = sorted((one.key, one.value) for one in desk.store.live(Detail))
    assert kept == [
        ("course", "Медицина"),
        ("course", "Право"),
        ("school_name", "Колледж"),
        ("school_name", "Лицей"),
    ]


def test_pins_stay_for_the_next_group(hands):
    page = hands.open()
    hands.above()
    page.above.go_to("arrival.arrived_on")
    for _turn in range(2):  # the second time takes the pin back
        hands.press(Qt.Key.Key_F8, SHIFT)
    page.above.go_to("arrival.purpose")
    hands.press(Qt.Key.Key_F8, SHIFT)
    page.grid.go_to(0)
    hands.press(Qt.Key.Key_F8, SHIFT)
    assert "cannot keep its value" in hands.told()
    hands.paste(HEAD, "Юсупов\tЖасур\t14.08.1991\tм\tUZB\tFA1")
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.rest()
    assert hands.open().above.pinned() == ["arrival.purpose"]


def test_the_part_above_folds_while_rows_are_typed_and_comes_back_with_a_key(hands):
    page = hands.open()
    assert page.above.isVisible()
    page.grid.go_to(0)
    settle()
    assert not page.above.isVisible()
    hands.press(Qt.Key.Key_Up, ALT)
    assert page.above.isVisible() and page.above.focused() == "arrival.purpose"


def test_what_the_editor_holds_is_never_lost_on_the_way_out(hands, desk):
    page = hands.open()
    page.grid.go_to(0)
    hands.type("Юсуп")
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    hands.window.close_tab(TAB)
    settle()
    assert "Юсуп" in parked.find_draft(desk, KEY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_and_everything_has_a_name(application, catalogues, hands, desk, language):
    known(desk)
    application.speak(language)
    page = hands.open()
    assert_nothing_clipped(hands.window)
    hands.above()
    hands.paste(HEAD, "Қасымова\tАйгүл\t17.05.1990\tж\tUZB\tFA1", "Каримов\tАли\t31.02.1985\tм\tНарния\tFA2")
    page.grid.go_to(0)
    page.save()
    for size in (QSize(1366, 768), QSize(1024, 640), QSize(683, 384)):
        hands.window.resize(size)
        settle()
        assert_nothing_clipped(hands.window)
        page.folding.unfold()
        settle()
        assert_nothing_clipped(hands.window)
        page.grid.go_to(0)
    assert_all_named(hands.window)


def test_300_rows_stay_smooth(application, desk, threads, qtbot):
    lines = [HEAD] + [
        f"Юсупов{chr(1072 + at % 32)}\tЖасур{chr(1072 + at // 32)}\t{1 + at % 28:02d}.08.{1950 + at % 50}"
        f"\tм\tUZB\tFA{at:07d}"
        for at in range(300)
    ]
    rows = tuple(
        GroupRow(
            Member(make.person(surname=f"Ахмет{chr(1072 + at % 32)}", birth_date=PartialDate(1950 + at)), ())
        )
        for at in range(40)
    )
    groups.register_group(desk, GroupDraft(rows, make.arrival()))
    window = window_of(desk, threads)
    qtbot.addWidget(window)
    window.activateWindow()
    open_group(window)
    page = window.findChildren(GroupPage)[-1]
    QApplication.clipboard().setText("\n".join(lines))

    def paste_and_type() -> None:
        page.begin_empty()
        until(qtbot, lambda: not page.book.rows)
        page.grid.go_to(0)
        press(page.grid, Qt.Key.Key_V, CONTROL)
        until(qtbot, lambda: len(page.book.rows) == 300)
        for letter in "Абвг":
            type_text(QApplication.focusWidget() or page.grid, letter)
            QTest.qWait(20)
        press(QApplication.focusWidget() or page.grid, Qt.Key.Key_Return)
        until(qtbot, lambda: page.checking.is_whole, timeout=20_000)

    assert_stays_alive(paste_and_type)


def test_rows_that_are_still_checked_are_saved_as_soon_as_that_is_done(application, desk, threads, qtbot):
    window = window_of(desk, threads)
    qtbot.addWidget(window)
    window.activateWindow()
    open_group(window)
    clerk = Clerk(window)
    clerk.rest()
    page = clerk.page
    clerk.above()
    rows = (f"Юсупов\tЖасур{chr(1072 + at)}\t14.08.1991\tм\tUZB\tFA{at:07d}" for at in range(30))
    QApplication.clipboard().setText("\n".join([HEAD, *rows]))
    press(page.grid, Qt.Key.Key_V, CONTROL)
    until(qtbot, lambda: len(page.book.rows) == 30)
    page.save()
    assert "then they are saved" in clerk.told()
    until(qtbot, lambda: len(desk.store.live(Person)) == 30)
    until(qtbot, lambda: TAB not in window.tabs())
