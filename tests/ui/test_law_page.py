"""The page of the law at the keyboard: find an entry, read it, change it by an act, switch the pack on, undo."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Op
from migdesk.domain.fields import choice_label
from migdesk.domain.law_pack import LawPack
from migdesk.domain.office import Role, Setting
from migdesk.i18n import LANGUAGES
from migdesk.services.laws import choices, law_counted, law_packs
from migdesk.services.upkeep import journal, rights
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery import law_scenes
from migdesk.ui.gallery.pictures import put_away, settle
from migdesk.ui.screens import law_own
from migdesk.ui.screens.home import HomePage
from migdesk.ui.screens.law import LawPage
from migdesk.ui.screens.law_touches import Touches
from migdesk.ui.workplace import Kind
from tests.ui.keys import press, type_text
from tests.ui.seen import assert_all_named, assert_nothing_clipped

CONTROL = Qt.KeyboardModifier.ControlModifier
FIRST = date(2026, 11, 20)


@pytest.fixture
def page(eye) -> LawPage:
    eye.press(Qt.Key.Key_L, CONTROL)
    settle()
    return eye.window.findChildren(LawPage)[-1]


def find(page: LawPage, kind: str, words: str) -> None:
    page.kinds.choose(kind)
    type_text(page.words, words)
    press(page.words, Qt.Key.Key_Down)
    settle()
    page.list.rows.selectRow(0)
    settle()


def dialog_of(eye) -> FormDialog:
    settle()
    return eye.window.findChildren(FormDialog)[-1]


def fill(dialog: FormDialog, **values) -> None:
    for name, value in values.items():
        dialog.form.boxes[name].set_value(value)


def test_what_is_in_force_stands_first_and_the_newest_above(eye, page):
    find(page, "value", "mrp")
    lines = [line.entry for line in page.lines.values() if line.entry.code == "mrp"]
    assert lines[0].since == max(one.since for one in lines if one.since <= eye.desk.today)
    assert [one.since for one in lines[1:]] == sorted((one.since for one in lines[1:]), reverse=True)
    assert eye.window.focusWidget() is page.list.rows


def longer_notice(eye, page) -> LawPack:
    """Write down that notice of an arrival has five days."""
    find(page, "term", "notice.arrival")
    eye.press(Qt.Key.Key_F2)
    dialog = dialog_of(eye)
    fill(dialog, length=5, since=FIRST, act="Order No. 10")
    dialog.save()
    settle()
    return law_packs.list_packs(eye.desk)[-1]


def test_what_narrows_the_list_and_what_stands_beside_it(eye, page):
    everything = len(page.lines)
    find(page, "value", "mrp")
    assert 0 < len(page.lines) < everything
    assert {one.entry.kind.value for one in page.lines.values()} == {"value"}
    words = " ".join(label.text() for label in page.entry.findChildren(type(page._count)))
    assert "4\u00a0325 tenge" in words
    page.confidences.choose("unverified")
    page.refresh()
    assert {one.entry.citation.confidence.value for one in page.lines.values()} == {"unverified"}
    page.confidences.choose("")
    page.day.set_value(date(2020, 4, 1))
    page.refresh()
    assert [one.entry.values["is"] for one in page.lines.values()] == [2778]


def test_whom_a_term_touched_opens_their_file(eye, page):
    find(page, "term", "notice.arrival")
    running = [one for one in eye.desk.store.live(Arrival) if one.notified_on is None and one.left_on is None]
    assert running
    links = [one for one in page.entry.findChildren(law_own.PushButton) if "PVL" in one.accessibleName()]
    assert links
    links[0].click()
    settle()
    assert any(key.startswith(Kind.ARRIVAL.value) for key in eye.window.tabs())


def test_an_act_is_written_down_switched_on_and_undone(eye, page):
    before = {one.uid: (one.notice_due, one.registration_due) for one in eye.desk.store.live(Arrival)}
    pack = longer_notice(eye, page)
    assert not pack.in_use
    assert page.own is not None and page.own.isVisible()
    assert {one.uid: (one.notice_due, one.registration_due) for one in eye.desk.store.live(Arrival)} == before
    page.own.choose(pack.code)
    page.own.switch_on.click()
    dialog = dialog_of(eye)
    touched = dialog.findChildren(Touches)[-1].found
    assert dialog.form.boxes["reason"].value() == "Order No. 10"
    dialog.save()
    settle()
    after = {one.uid: (one.notice_due, one.registration_due) for one in eye.desk.store.live(Arrival)}
    differ = [uid for uid in before if before[uid] != after[uid]]
    assert len(differ) == len(touched)
    assert all(before[uid][1] == after[uid][1] for uid in differ)
    assert eye.desk.law.term("notice.arrival", FIRST).length == 5
    journal.undo_last(eye.desk)
    assert {one.uid: (one.notice_due, one.registration_due) for one in eye.desk.store.live(Arrival)} == before


def test_what_is_missing_is_said_at_its_field(eye, page):
    find(page, "value", "mrp")
    page.change()
    dialog = dialog_of(eye)
    dialog.save()
    assert dialog.form.boxes["since"].findings()
    assert dialog.form.boxes["act"].findings()
    fill(dialog, figure="much", since=date(2027, 1, 1), act="Order")
    dialog.save()
    settle()
    assert dialog.form.boxes["figure"].findings()
    assert law_packs.list_packs(eye.desk) == []
    dialog.reject()


def test_a_sum_that_follows_a_figure_says_which(eye, page):
    find(page, "amount", "mrp")
    line = next(one for one in page.lines.values() if one.entry.code == "mrp")
    page._change(line)
    settle()
    told = eye.window.frame("law").told()
    assert told is not None and "follows the figure “mrp”" in told.words


def test_a_clerk_reads_and_changes_nothing(eye, page):
    rights.set_role(eye.desk, "other", Role.HEAD)
    rights.set_role(eye.desk, "tester", Role.CLERK)
    find(page, "value", "mrp")
    page.change()
    settle()
    told = eye.window.frame("law").told()
    assert told is not None and "Only the head of the office" in told.words
    own = page.tabs.open("own")
    assert not any(one.isEnabled() for one in (own.switch_on, own.switch_off, own.take_button))


def test_packs_are_given_and_taken_as_files(eye, page, tmp_path, monkeypatch):
    pack = longer_notice(eye, page)
    own, file = page.own, tmp_path / "given.toml"
    assert own is not None
    monkeypatch.setattr(law_own, "ask_save", lambda *_given: file)
    own.choose(pack.code)
    own.give_file()
    assert file.read_text(encoding="utf-8") == law_packs.sealed(pack)
    file.write_text(file.read_text(encoding="utf-8").replace("length = 5", "length = 6"), encoding="utf-8")
    monkeypatch.setattr(law_own, "ask_open", lambda *_given: file)
    own.take_file()
    settle()
    told = eye.window.frame("law").told()
    assert told is not None and "changed after it was sealed" in told.words
    file.write_bytes(b"\xff\xfe")
    own.take_file()
    settle()
    assert "UTF-8" in eye.window.frame("law").told().words
    assert [one.uid for one in law_packs.list_packs(eye.desk)] == [pack.uid]


def test_a_new_version_of_what_counts_asks_why_and_takes_its_place(eye, page, tmp_path, monkeypatch):
    """Nothing is switched off in silence: the window asks, with everybody it touches."""
    pack = longer_notice(eye, page)
    law_packs.switch_pack(eye.desk, pack.code, on=True, why="order 10")
    page.refresh()
    settle()
    file = tmp_path / "later.toml"
    file.write_text(
        pack.content.replace(pack.version, "2027.1").replace("length = 5", "length = 6"), encoding="utf-8"
    )
    monkeypatch.setattr(law_own, "ask_open", lambda *_given: file)
    page.own.take_file()
    settle()
    dialog = dialog_of(eye)
    assert_nothing_clipped(dialog)
    fill(dialog, reason="order 11")
    dialog.save()
    settle()
    assert [(one.version, one.in_use, one.reason) for one in law_packs.list_packs(eye.desk)] == [
        ("2027.1", True, "order 11")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_nothing_is_clipped_and_everything_named(application, desk, language, size):
    application.speak(language)
    for name, scene in law_scenes.typed(desk).items():
        window = scene()
        if not isinstance(window, FormDialog):
            window.resize(QSize(*size))
        window.show()
        settle()
        try:
            assert_nothing_clipped(window)
            assert_all_named(window)
        except AssertionError as complaint:
            raise AssertionError(f"{name}: {complaint}") from None
        finally:
            put_away()


def test_words_of_the_list_follow_the_language(eye, page, application, catalogues):
    find(page, "value", "mrp")
    application.speak("ru")
    eye.window.work.language_changed.emit()
    settle()
    assert choice_label(next(iter(page.lines.values())).entry.kind)


def test_a_day_that_moves_with_another_is_said_before_and_taken_back(eye):
    settings = SettingsDialog(eye.window.work)
    settings.show()
    calendar = settings.calendar
    calendar.form.boxes["day"].set_value(date(2026, 12, 18))
    calendar.form.boxes["instead"].set_value(date(2026, 12, 19))
    calendar.form.boxes["reason"].set_value("Moved")
    calendar._foretell()
    settle()
    assert not calendar.foretold.isHidden()
    calendar.save()
    settle()
    assert [(one.day, one.works) for one in choices.own_days(eye.desk)] == [
        (date(2026, 12, 19), True),
        (date(2026, 12, 18), False),
    ]
    calendar.drop(choices.own_days(eye.desk)[0])
    settle()
    assert [one.day for one in choices.own_days(eye.desk)] == [date(2026, 12, 18)]
    assert "19.12.2026" in settings.told.text()


def test_a_newer_law_is_told_and_counted_anew_by_the_head(eye):
    """The office remembers another law than the program has: both pages say so until it is written, and undo."""
    with eye.desk.write(Op.SAVE_SETTING) as tx:
        tx.put(tx.live(Setting, key=law_counted.KEY)[0], value="another")
        tx.put(tx.live(Arrival, left_on=None)[0], notice_due=date(2026, 12, 20), notified_on=None)
    home = eye.window.findChild(HomePage)
    home.refresh()
    settle()
    assert not home.strip.isHidden()
    eye.press(Qt.Key.Key_L, CONTROL)
    settle()
    page = eye.window.findChildren(LawPage)[-1]
    assert not page.strip.isHidden()
    page.strip.button.click()
    dialog = dialog_of(eye)
    assert (date(2026, 12, 20), 1) in Counter(line.before for line in dialog.findChild(Touches).found).items()
    assert_nothing_clipped(dialog)
    dialog.save()
    settle()
    assert page.strip.isHidden() and law_counted.not_counted(eye.desk) is None
    journal.undo_last(eye.desk)
    settle()
    assert not page.strip.isHidden()


def test_a_pack_that_cannot_be_read_and_an_older_program_are_told_above_the_law(eye, page):
    """Neither may be counted anew here, so nothing is offered for it."""
    with eye.desk.write(Op.TAKE_LAW) as tx:
        tx.put(
            LawPack(code="own.old", version="1", content="year = [", digest="0", taken_on=date(2026, 1, 1))
        )
        kept = tx.live(Setting, key=law_counted.KEY)[0]
        tx.put(kept, value="another another 99.0.0/2099.1")
    page.refresh()
    settle()
    words = page.strip.words.text()
    assert "own.old.toml" in words and "newer program: 99.0.0/2099.1" in words
    assert not page.strip.isHidden() and page.strip.button.isHidden()


def test_a_holiday_of_every_year_is_abolished_from_a_day_on(eye, page):
    find(page, "holiday", "independence")
    eye.press(Qt.Key.Key_F2)
    dialog = dialog_of(eye)
    assert dialog.form.boxes["days"].input.typed() == "16.12"
    fill(dialog, days="16.12", works=True, since=date(2027, 1, 1), until=None, act="Law 1")
    assert_nothing_clipped(dialog)
    dialog.save()
    settle()
    (pack,) = eye.desk.store.live(LawPack)
    law_packs.switch_pack(eye.desk, pack.code, on=True, why="law 1")
    day = eye.desk.law.calendar.day_off
    assert (day(date(2026, 12, 16)) is not None, day(date(2027, 12, 16))) == (True, None)


def test_columns_fit_and_every_entry_says_its_figure(eye, page, application, catalogues):
    """A bar to the side stood there for a few pixels; the figure was empty for rules, regimes and days off."""
    eye.window.resize(QSize(1366, 768))
    for language in LANGUAGES:
        application.speak(language)
        eye.window.work.language_changed.emit()
        settle()
        heading = page.list.rows.horizontalHeader()
        assert heading.length() <= page.list.rows.viewport().width(), language
    at = next(at for at, one in enumerate(page.list.model.columns) if one.key == "figure")
    figures = [row[at] for row in page._open_lines(page.list.query()).rows(range(len(page.lines)))]
    assert sum(not one for one in figures) < 15


def test_a_condition_stands_in_short_lines_below_its_label(eye, page):
    find(page, "rule", "residence.passport_short")
    words = [label.text() for label in page.entry.findChildren(type(page._count))]
    at = words.index("all of this:")
    assert words[at + 1].startswith("• Public service: one of: ")
    assert words[at + 2] == "• Days until the document expires: less than 180"
    assert not [one for one in words if "document_days_left" in one]
