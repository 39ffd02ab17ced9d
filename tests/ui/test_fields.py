"""Editors: what is typed becomes a value, what cannot be read stays and is explained."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from migdesk.domain.dates import PartialDate
from migdesk.domain.fields import (
    Choice,
    Code,
    Day,
    Flag,
    Note,
    PartialDay,
    Ref,
    Spec,
    Text,
    Whole,
)
from migdesk.domain.finding import Confidence, Finding, Severity, Source, note, warn
from migdesk.i18n import N_
from migdesk.ui.entry.day_sheet import DaySheet
from migdesk.ui.entry.fields import FieldBox
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.entry.picking import Sources
from tests.ui.keys import press, type_text

TODAY = date(2026, 11, 23)
COUNTRIES = {"UZB": "Өзбекстан", "CHN": "Қытай", "MNG": "Моңғолия", "KGZ": "Қырғызстан"}
PEOPLE = {"p1": "Қасымова Айгүл", "p2": "Zhang Wei"}


class Sex(StrEnum):
    MALE = "m"
    FEMALE = "f"

    @classmethod
    def labels(cls):
        return {cls.MALE: N_("male"), cls.FEMALE: N_("female")}


def fitting(known):
    return lambda _where, text: [
        one for one in known.items() if any(text.casefold() in part.casefold() for part in one)
    ]


@pytest.fixture
def sources(tasks) -> Sources:
    return Sources(
        today=lambda: TODAY,
        tasks=tasks,
        choices=fitting(COUNTRIES),
        names=lambda _list, code: COUNTRIES.get(code, code),
        find=fitting(PEOPLE),
        titles=lambda _table, uid: PEOPLE.get(uid, uid),
    )


@pytest.fixture
def box(qtbot, sources):
    """Makes a field on a window, with another line to go to."""

    kept: list[QWidget] = []

    def make(field) -> FieldBox:
        window = QWidget()
        kept.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        made = FieldBox(Spec("it", field, True), sources)
        made.elsewhere = QLineEdit()
        column.addWidget(made)
        column.addWidget(made.elsewhere)
        window.resize(500, 400)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        made.input.widget().setFocus()
        return made

    return make


def leave(box) -> None:
    box.elsewhere.setFocus()
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("field", "typed", "value", "shown"),
    [
        (Text("T"), "  Қасымова   Айгүл ", "Қасымова Айгүл", "Қасымова Айгүл"),
        (Day("T"), "05032026", date(2026, 3, 5), "05.03.2026"),
        (Day("T"), "5.3.26", date(2026, 3, 5), "05.03.2026"),
        (Day("T"), "today", TODAY, "23.11.2026"),
        (Day("T"), "бүгін", TODAY, "23.11.2026"),
        (Day("T"), "+30", date(2026, 12, 23), "23.12.2026"),
        (PartialDay("T"), "1987", PartialDate(1987), "1987"),
        (PartialDay("T"), "12031987", PartialDate(1987, 3, 12), "12.03.1987"),
        (Whole("T"), "1234567", 1234567, "1\u00a0234\u00a0567"),
        (Code("T", list="countries"), "UZB", "UZB", "Өзбекстан"),
        (Code("T", list="countries"), "өзбекстан", "UZB", "Өзбекстан"),
        (Choice("T", options=Sex), "female", Sex.FEMALE, "female"),
        (Ref("T", to="person"), "Zhang Wei", "p2", "Zhang Wei"),
    ],
)
def test_what_is_typed_is_read_and_shown_tidily(box, field, typed, value, shown):
    made = box(field)
    type_text(made.input.widget(), typed)
    leave(made)
    assert (made.value(), made.input.typed(), made.findings()) == (value, shown, ())


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (Day("T"), "32 мамыр", "not_a_date"),
        (PartialDay("T"), "somewhen", "not_a_date"),
        (Whole("T", max=10), "11", "out_of_range"),
        (Whole("T"), "много", "not_a_number"),
        (Text("T", max=3), "Қасым", "too_long"),
        (Code("T", list="countries"), "Атлантида", "not_in_list"),
        (Choice("T", options=Sex), "x", "not_in_list"),
    ],
)
def test_what_cannot_be_read_stays_with_its_reason(box, field, typed, code):
    made = box(field)
    type_text(made.input.widget(), typed)
    assert made.findings()[0].code == code
    leave(made)
    assert made.input.typed() == typed
    assert made.value() == field.empty
    assert made.input.widget().property("state") == "bad"
    assert typed in made.input.widget().accessibleDescription() or code in ("too_long", "out_of_range")


def test_a_thin_space_in_a_number_is_read_back(box):
    made = box(Whole("T"))
    made.set_value(5_400_000)
    press(made.input.widget(), Qt.Key.Key_Return)
    assert made.value() == 5_400_000


def test_remarks_go_when_typing_goes_on(box):
    made = box(Text("T"))
    made.show_findings([warn("odd", N_("Nothing here"))])
    assert made.input.widget().property("state") == "warn"
    type_text(made.input.widget(), "a")
    assert made.findings() == ()
    assert made.input.widget().property("state") == ""


def test_findings_say_the_gravest_first_and_link_the_law(box, qtbot):
    made = box(Text("T"))
    law = Source("Order 83", "item 4", confidence=Confidence.REPORTED)
    asked: list[Source] = []
    made.source_asked.connect(asked.append)
    made.show_findings(
        [note("n", N_("Try again")), Finding(Severity.BLOCK, "b", N_("Nothing found"), source=law)]
    )
    assert made.input.widget().accessibleDescription() == "Nothing found Try again"
    link = next(one for one in made.findChildren(QWidget) if one.accessibleName().startswith("Why?"))
    assert link.toolTip() == "Order 83, item 4 (reported, compare with the act)"
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked == [law]


def test_an_unverified_source_is_marked(box):
    made = box(Text("T"))
    made.show_findings([Finding(Severity.WARN, "w", N_("Nothing found"), source=Source("Order 1"))])
    assert any(one.accessibleName() == "not verified" for one in made.findChildren(QWidget))


def test_a_required_field_says_so_by_sign_and_word(box):
    made = box(Text("Surname", required=True))
    assert made.input.widget().accessibleName() == "Surname, required"
    assert any(getattr(one, "text", str)() == "required" for one in made.findChildren(QWidget))


def test_a_proposal_is_taken_with_enter_and_only_when_nothing_is_typed(box):
    made = box(Text("T"))
    made.input.propose("QASYMOVA")
    assert made.input.widget().placeholderText().startswith("QASYMOVA")
    press(made.input.widget(), Qt.Key.Key_Return)
    assert made.value() == "QASYMOVA"
    made.set_value("")
    type_text(made.input.widget(), "KASYMOVA\n")
    assert made.value() == "KASYMOVA"


def test_a_proposal_is_not_a_value_until_taken(box):
    made = box(Code("T", list="countries"))
    made.input.propose("UZB")
    leave(made)
    assert made.value() == ""
    made.input.widget().setFocus()
    press(made.input.widget(), Qt.Key.Key_Return)
    assert made.value() == "UZB"


def test_typing_offers_what_fits_and_enter_takes_the_best(box):
    made = box(Code("T", list="countries"))
    type_text(made.input.widget(), "қы")
    assert made.input._list.is_open()
    assert made.input._list.current() == ("CHN", "Қытай")
    press(made.input.widget(), Qt.Key.Key_Down)
    press(made.input.widget(), Qt.Key.Key_Return)
    assert (made.value(), made.input.typed(), made.input._list.is_open()) == ("KGZ", "Қырғызстан", False)


def test_tab_takes_the_marked_line_and_goes_on(box):
    made = box(Code("T", list="countries"))
    type_text(made.input.widget(), "моң")
    press(made.input.widget(), Qt.Key.Key_Tab)
    assert made.value() == "MNG"


@pytest.mark.parametrize("key", [Qt.Key.Key_F4, Qt.Key.Key_Down])
def test_a_key_shows_all_there_is(box, key):
    made = box(Code("T", list="countries"))
    press(made.input.widget(), key)
    assert made.input._list.is_open()
    press(made.input.widget(), Qt.Key.Key_Escape)
    assert (made.input._list.is_open(), made.value()) == (False, "")


@pytest.mark.parametrize("chosen", ["", "UZB"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_the_line_marked_among_all_there_is_is_taken(box, chosen, key):
    """The mark begins at what is chosen, so that a look changes nothing."""
    made = box(Code("T", list="countries"))
    made.set_value(chosen)
    press(made.input.widget(), Qt.Key.Key_F4)
    marked = made.input._list.current()[0]
    assert not chosen or marked == chosen
    press(made.input.widget(), Qt.Key.Key_Down)
    wanted = made.input._list.current()[0]
    press(made.input.widget(), key)
    assert (made.value(), wanted != marked) == (wanted, True)


def test_escape_keeps_what_is_typed(box):
    made = box(Code("T", list="countries"))
    type_text(made.input.widget(), "қ")
    press(made.input.widget(), Qt.Key.Key_Escape)
    assert made.input.typed() == "қ"


def test_a_click_picks(box):
    made = box(Code("T", list="countries"))
    type_text(made.input.widget(), "қ")
    view = made.input._list._view
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert made.value() == "KGZ"


def test_nothing_that_fits_is_said_and_cannot_be_picked(box):
    made = box(Code("T", list="countries"))
    type_text(made.input.widget(), "zzz")
    assert made.input._list.current() is None
    press(made.input.widget(), Qt.Key.Key_Return)
    assert (made.value(), made.input.typed()) == ("", "zzz")


def test_the_list_stays_inside_the_window(box):
    made = box(Code("T", list="countries"))
    made.window().resize(320, 90)
    QApplication.processEvents()
    type_text(made.input.widget(), "қ")
    assert made.window().rect().contains(made.input._list.geometry())


def test_options_are_found_in_every_language(box, catalogues):
    made = box(Choice("T", options=Sex))
    type_text(made.input.widget(), "әйел\n")
    assert made.value() is Sex.FEMALE


def test_a_chosen_value_is_said_again_in_another_language(application, catalogues, box):
    made = box(Choice("T", options=Sex))
    made.set_value(Sex.MALE)
    application.speak("ru")
    assert (made.input.typed(), made.value()) == ("мужской", Sex.MALE)


def test_emptying_a_choice_empties_the_value(box):
    made = box(Code("T", list="countries"))
    made.set_value("UZB")
    made.input.widget().selectAll()
    press(made.input.widget(), Qt.Key.Key_Delete)
    assert (made.value(), made.findings()) == ("", ())


def test_a_note_breaks_lines_with_shift_and_goes_on_with_enter(box):
    made = box(Note("T"))
    entered: list[str] = []
    made.entered.connect(entered.append)
    type_text(made.input.widget(), "бір")
    press(made.input.widget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_text(made.input.widget(), "екі\n")
    assert (made.value(), entered) == ("бір\nекі", ["it"])


def test_a_flag_is_ticked_by_space_and_left_by_enter(box):
    made = box(Flag("Birth date is estimated"))
    entered: list[str] = []
    made.entered.connect(entered.append)
    press(made.input.widget(), Qt.Key.Key_Space)
    press(made.input.widget(), Qt.Key.Key_Return)
    assert (made.value(), entered) == (True, ["it"])
    assert made.input.widget().accessibleName() == "Birth date is estimated"


def test_a_draft_comes_back_as_it_was_typed(box):
    for field, text in (
        (Day("T"), "32.13."),
        (Code("T", list="countries"), "Атлант"),
        (Flag("T"), "1"),
        (Note("T"), "a\nb"),
    ):
        made = box(field)
        made.input.set_typed(text)
        assert made.input.typed() == text


def test_f4_opens_a_calendar_for_those_who_prefer_it(box):
    made = box(Day("T"))
    press(made.input.widget(), Qt.Key.Key_F4)
    sheet = QApplication.activePopupWidget()
    assert isinstance(sheet, DaySheet)
    assert sheet.month.accessibleName() == "Monday, 23 November 2026"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Return):
        press(sheet.month, key)
    assert made.value() == date(2027, 1, 2)


def test_a_click_in_the_calendar_picks_its_day(box):
    made = box(Day("T"))
    made.set_value(date(2026, 3, 31))
    press(made.input.widget(), Qt.Key.Key_F4)
    month = QApplication.activePopupWidget().month
    month.turn(-1)
    assert month.day == date(2026, 2, 28)
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=QPoint(34 * 2 + 10, 34 - 8 + 34 + 10))
    assert made.value() == date(2026, 2, 4)


def test_a_field_that_may_be_pinned_shows_its_pin(box):
    made = box(Text("Surname"))
    assert not made.is_pinned()
    made.allow_pin()
    made.set_pinned(True)
    assert made.is_pinned()


@pytest.mark.parametrize(
    ("wide", "placeholder", "tip"), [(300, "Қасымова  · Enter", ""), (60, "Қасымова", "Қасымова")]
)
def test_an_offer_names_its_key_where_there_is_room_and_is_never_cut_unsaid(
    application, qtbot, wide, placeholder, tip
):
    line = LineInput(Text(N_("Surname")), lambda: TODAY)
    qtbot.addWidget(line)
    line.setMinimumWidth(0)
    line.resize(wide, 32)
    line.propose("Қасымова")
    line.show()
    assert (line.placeholderText(), line.toolTip()) == (placeholder, tip)


def test_words_that_are_cut_end_in_dots_until_the_keyboard_comes(application, qtbot):
    line = LineInput(Text(N_("Surname")), lambda: TODAY)
    qtbot.addWidget(line)
    line.setMinimumWidth(0)
    line.resize(60, 32)
    line.set_value("Абдрахманова-Сүлейменова")
    line.set_hint("As in the passport")
    line.show()
    assert line.is_elided()
    assert line.toolTip() == "Абдрахманова-Сүлейменова"
    line.resize(400, 32)
    assert line.toolTip() == "As in the passport"


def test_signs_that_nobody_sees_are_left_out_and_that_is_said_until_something_else_is_typed(sources, qtbot):
    box = FieldBox(Spec("surname", Text("Surname"), False), sources)
    qtbot.addWidget(box)
    box.show()
    box.input.insert("Tag\U000e0041x")
    box.input.tidy()
    box.input.left.emit()
    assert box.input.text() == "Tagx"
    assert [one.code for one in box.findings()] == ["invisible_characters"]
    box.input.setFocus()
    type_text(box.input, "y")
    box.input.tidy()
    assert box.findings() == ()
