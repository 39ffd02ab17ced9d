"""Possible duplicates by keys alone: compare, choose, merge, undo, tell apart, take apart again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Cancelled, StoreProblem
from migdesk.domain.person import Distinct, Person, TravelDocument
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.people import duplicates, merging, people
from migdesk.ui.assembly import make_window
from migdesk.ui.duplicates.apart import ApartDialog
from migdesk.ui.duplicates.page import DuplicatesPage
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.gallery.scenes import file_content
from migdesk.ui.memory import Forgetful
from migdesk.ui.parts.blocks import Link
from migdesk.ui.parts.choice_button import ChoiceButton
from migdesk.ui.workplace import Kind
from tests import make
from tests.ui.counter import CONTROL
from tests.ui.keys import press, type_text
from tests.ui.seen import assert_all_named, assert_nothing_clipped

KEY = Qt.Key


@pytest.fixture
def desk(new_desk):
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


def arrive(desk, **given) -> str:
    member = Member(make.person(**given), (make.document(),), apart=True)
    draft = ArrivalDraft((member,), make.arrival(), make.address(), make.host())
    return arrivals.register_arrival(desk, draft).value.people[0].uid


@pytest.fixture
def two(desk) -> tuple[str, str]:
    """The same woman twice; on the first file hang more rows."""
    first = arrive(desk, phone="+7 700 000 00 01", job="teacher")
    second = arrive(desk, surname="Касимова", surname_latin="KASIMOVA", patronymic="Болатқызы", job="nurse")
    people.save_person(desk, desk.store.get(Person, first), make.document())
    return first, second


@pytest.fixture
def page(window, two) -> DuplicatesPage:
    window.open("people")
    settle()
    key(window, KEY.Key_D, CONTROL)
    return page_of(window)


def page_of(window) -> DuplicatesPage:
    settle()
    return window.findChildren(DuplicatesPage)[-1]


def key(window, name, modifiers=Qt.KeyboardModifier.NoModifier):
    press(QApplication.focusWidget() or window, name, modifiers)
    settle()


def sides(page) -> dict[str, int]:
    return page.compare.table.sides()


def told(window) -> str:
    notice = window.frame(window.current()).told()
    return notice.words if notice else ""


def test_the_pair_stands_there_with_score_reasons_and_rows(page, two):
    (pair,) = page.list.pairs
    assert pair.uids == set(two)
    words = page.list.model_of_pairs.index(0).data()
    assert "Қасымова Айгүл" in words and "same birth date" in words and f"{pair.match.score} of 100" in words
    assert page.compare.kept == two[0]
    assert page.compare.seen.rows[0].total() == page.compare.seen.rows[1].total() + 1
    assert_all_named(page)
    assert_nothing_clipped(page)


def test_what_merge_would_do_is_chosen_and_an_empty_value_cannot_be(window, page):
    own = 0 if page.compare.kept == page.compare.seen.one.uid else 1
    assert sides(page)["job"] == own
    assert {sides(page)["phone"], sides(page)["patronymic"]} == {0, 1}
    at = [line.name for line in page.compare.table.fields.lines].index("patronymic")
    page.compare.table.setCurrentIndex(page.compare.table.fields.index(at, 0))
    before = sides(page)
    for name in (KEY.Key_1, KEY.Key_2):
        key(window, name)
    assert sides(page) == before
    assert "empty" in told(window)


def test_a_screen_reader_hears_which_value_stays(page):
    model = page.compare.table.fields
    at = [line.name for line in model.lines].index("job")
    side = model.sides["job"]
    spoken = [model.index(at, one + 1).data(Qt.ItemDataRole.AccessibleTextRole) for one in (side, 1 - side)]
    assert spoken[0].endswith(", stays") and not spoken[1].endswith(", stays")
    assert QAccessible.queryAccessibleInterface(page.compare.table).text(QAccessible.Text.Name)


def test_keys_choose_merge_and_undo(window, page, desk, two):
    table = page.compare.table
    assert QApplication.focusWidget() is table
    theirs = 1 if page.compare.kept == page.compare.seen.one.uid else 0
    fields = [line.name for line in table.fields.lines]
    for _step in range(fields.index("job")):
        key(window, KEY.Key_Down)
    key(window, (KEY.Key_1, KEY.Key_2)[theirs])
    assert page.compare.take() >= {"job", "patronymic"}
    key(window, KEY.Key_Return, CONTROL)
    joined = desk.store.get(Person, two[0])
    assert (joined.job, joined.patronymic, joined.phone) == ("nurse", "Болатқызы", "+7 700 000 00 01")
    assert desk.store.get(Person, two[1]).merged_into == two[0]
    assert page.list.pairs == [] and page.finished.isVisible()
    notice = window.frame(window.current()).told()
    assert "Rows moved: 3" in notice.words
    notice.act()
    settle()
    assert desk.store.get(Person, two[1]).merged_into is None
    assert len(page.list.pairs) == 1 and page.compare.isVisible()


def test_the_other_file_is_kept_when_swapped(window, page, desk, two):
    key(window, KEY.Key_R, CONTROL)
    assert page.compare.kept == two[1]
    key(window, KEY.Key_Return, CONTROL)
    assert desk.store.get(Person, two[0]).merged_into == two[1]
    assert desk.store.get(Person, two[1]).job == "nurse"


def test_two_people_are_remembered_with_the_reason(window, page, desk, two):
    key(window, KEY.Key_N, CONTROL)
    dialog = next(one for one in window.findChildren(FormDialog) if one.isVisible())
    dialog.save()
    settle()
    assert dialog.isVisible() and desk.store.live(Distinct) == []
    type_text(dialog.form.boxes["why"].input.widget(), "Сестры")
    dialog.save()
    settle()
    (said,) = desk.store.live(Distinct)
    assert {said.one, said.other} == set(two) and said.why == "Сестры"
    assert page.finished.isVisible()


def test_skipping_leaves_the_pair_and_what_was_chosen_is_that_of_its_pair(window, page, desk, two):
    arrive(desk, birth_date=PartialDate(1990, 5, 18))
    key(window, KEY.Key_F5)
    assert len(page.list.pairs) == 3
    key(window, KEY.Key_F9)
    assert page.list.row() == 1 and len(page.list.pairs) == 3
    key(window, KEY.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert page.list.row() == 0


def test_pairs_of_the_file_that_went_are_pairs_of_the_one_that_stayed(window, page, desk, two):
    arrive(desk, birth_date=PartialDate(1990, 5, 18))
    key(window, KEY.Key_F5)
    key(window, KEY.Key_Return, CONTROL)
    (left,) = page.list.pairs
    assert all(not desk.store.get(Person, uid).is_annulled for uid in left.uids)
    assert page.compare.isVisible()
    key(window, KEY.Key_Return, CONTROL)
    assert len(desk.store.live(Person)) == 1 and page.finished.isVisible()


def test_a_pair_settled_elsewhere_is_said_politely(window, page, desk, two):
    merging.merge(desk, *two)
    settle()
    assert page.settled.isVisible()
    assert not page.merge_command.isEnabled()
    key(window, KEY.Key_Return, CONTROL)
    assert len(page.list.pairs) == 1


def test_a_file_changed_meanwhile_is_shown_anew(window, page, desk, two):
    people.save_person(desk, replace(desk.store.get(Person, two[0]), job="doctor"))
    settle()
    at = [line.name for line in page.compare.table.fields.lines].index("job")
    assert "doctor" in page.compare.table.fields.lines[at].values


def test_two_different_numbers_lock_the_merge(window, page, desk, two):
    for uid, iin in zip(two, ("900517400015", "900517400025"), strict=True):
        people.save_person(desk, replace(desk.store.get(Person, uid), iin=iin))
    settle()
    assert page.compare.findings.isVisible() and not page.merge_command.isEnabled()


@pytest.fixture
def apart(desk, two) -> tuple[str, str]:
    """The second file has its open arrival at another address and its own passport, issued later."""
    number = desk.store.live(Arrival, person=two[1])[0]
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(number, address=tx.put(make.address(line="Абай 77")).uid)
        paper = desk.store.live(TravelDocument, person=two[1])[0]
        tx.put(paper, issued_on=date(2025, 1, 1))
    return two


def test_what_will_be_double_is_said_and_one_open_arrival_is_chosen(window, desk, apart, page):
    compare, store = page.compare, desk.store
    numbers = {uid: store.live(Arrival, person=uid)[0] for uid in apart}
    lines = [button.text() for button in compare.arrivals.findChildren(ChoiceButton)]
    assert any(numbers[apart[1]].number in line and "Абай 77" in line for line in lines)
    assert compare.stays_open() == numbers[compare.kept].uid
    assert "current document becomes" in compare.findings.words()
    assert_all_named(page)
    assert_nothing_clipped(page)
    kept, gone = compare.kept, compare.gone()
    next(one for one in compare.arrivals.findChildren(ChoiceButton) if one.key == numbers[gone].uid).click()
    key(window, KEY.Key_Return, CONTROL)
    assert [one.uid for one in store.live(Arrival, person=kept, left_on=None)] == [numbers[gone].uid]
    assert store.get(Arrival, numbers[kept].uid).annulled_why == "same_stay"
    key(window, KEY.Key_Z, CONTROL)
    assert {one.person for one in store.live(Arrival, left_on=None)} == set(apart)


def test_what_is_said_follows_the_file_that_is_kept(window, apart, page):
    before = page.compare.findings.words()
    key(window, KEY.Key_R, CONTROL)
    assert page.compare.findings.words() != before


def test_the_file_of_a_person_offers_his_own_and_takes_a_merged_one_apart(window, desk, two, qtbot):
    window.work.open(Kind.PERSON, two[0])
    content = file_content(window)
    assert isinstance(content, PersonContent)
    next(one for one in content.acts() if one.key == "person.duplicates").run()
    page = page_of(window)
    assert window.current() == f"duplicates/{two[0]}" and len(page.list.pairs) == 1
    key(window, KEY.Key_Return, CONTROL)
    people.save_person(desk, replace(desk.store.get(Person, two[0]), email="a@example.org"), make.document())
    window.work.open(Kind.PERSON, two[0])
    for _turn in range(3):
        content = file_content(window)
    way = next(one for one in content.band.findChildren(Link) if "Take apart" in one.accessibleName())
    way.click()
    settle()
    (dialog,) = window.findChildren(ApartDialog)
    assert len(dialog.rows) == 1 and set(dialog.edits) == {"email"}
    assert_all_named(dialog)
    assert_nothing_clipped(dialog)
    for line in (*dialog.rows.values(), *dialog.edits.values()):
        press(line, KEY.Key_Space)
    press(dialog, KEY.Key_Return, CONTROL)
    settle()
    assert desk.store.get(Person, two[1]).email == "a@example.org"
    assert desk.store.get(Person, two[0]).email == ""
    assert len(people.open_file(desk, two[1]).documents) == 2
    assert window.current() == f"{Kind.PERSON}/{two[1]}"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_language_fits(application, window, page, language):
    application.speak(language)
    settle()
    assert_nothing_clipped(page)
    assert_all_named(page)


def test_nobody_alike_says_so(window, desk):
    arrive(desk)
    window.work.duplicates_wanted.emit("")
    assert page_of(window).nobody.isVisible()


@pytest.mark.parametrize(
    ("error", "panel"), [(Cancelled(), "stopped"), (StoreProblem("The disk is full."), "failed")]
)
def test_a_stopped_or_failed_comparison_says_the_way_on(window, two, monkeypatch, error, panel):
    def fail(*_args, **_named):
        raise error

    monkeypatch.setattr(duplicates, "find_pairs", fail)
    window.work.duplicates_wanted.emit("")
    page = page_of(window)
    assert getattr(page, panel).isVisible()
    monkeypatch.undo()
    key(window, KEY.Key_F5)
    assert len(page.list.pairs) == 1


def test_the_comparison_is_stopped_with_its_tab(application, desk, two, threads, qtbot, monkeypatch):
    """A tab that is closed does not leave a thread behind that compares for nobody."""
    seen = []

    def slow(_desk, *, limit, progress):
        seen.append(progress)
        while True:
            progress.step(1, 10)

    monkeypatch.setattr(duplicates, "find_pairs", slow)
    window = make_window(desk, threads, Forgetful())
    qtbot.addWidget(window)
    window.show()
    window.work.duplicates_wanted.emit("")
    page = page_of(window)
    qtbot.waitUntil(lambda: bool(seen))
    assert page.progress.isVisible()
    assert QApplication.focusWidget() in (None, page.progress.stop)
    window.close_tab("duplicates")
    settle()
    assert seen[0].cancelled


def test_the_words_of_the_window_that_takes_apart_are_whole_with_nothing_to_tick(window):
    kept, gone = (
        make.person(given="Айгүл Жұмагелдіқызы-Сейтмағанбетова", surname="Әбдірахманова") for _ in "ab"
    )
    dialog = ApartDialog(window.work, SimpleNamespace(kept=kept, gone=gone, later=(), edits=()))
    dialog.show()
    settle()
    for label in dialog.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
