"""First run, passphrase, settings, about: what they leave in the folder and in the desk."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from migdesk.domain.errors import StoreProblem
from migdesk.domain.office import CalendarDay
from migdesk.i18n import current_language
from migdesk.services import opening, parked
from migdesk.services.desk import Clock, open_desk
from migdesk.services.laws import choices
from migdesk.services.opening import Found
from migdesk.services.papers import number_series
from migdesk.services.upkeep import doctor, journal, office
from migdesk.services.upkeep.doctor import Check
from migdesk.store.database import FILE
from migdesk.ui import start
from migdesk.ui.dialogs import backup, first_run
from migdesk.ui.dialogs.about import AboutDialog, Checkup, diagnostics
from migdesk.ui.dialogs.first_run import FirstRun
from migdesk.ui.dialogs.passphrase import PassphraseDialog
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import sound, theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.opening import Door
from migdesk.ui.parts.messages import Notice
from tests.ui import offices
from tests.ui.keys import press, type_text
from tests.ui.seen import assert_all_named, assert_nothing_clipped

CLOCK = Clock(offices.TODAY)
CTRL = Qt.KeyboardModifier.ControlModifier
PHRASE = "Алатау 17 қыран"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return offices.fill(tmp_path_factory.mktemp("filled") / "office", 60)


@pytest.fixture
def eye(application, desk, tasks, qtbot):
    made = offices.Eye(desk, tasks)
    qtbot.addWidget(made.window)
    start.connect(made.window, application, desk, tasks)
    return made


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "new"


@pytest.fixture
def first(application, home, tasks, qtbot):
    dialog = FirstRun(home, CLOCK, tasks, application.speak)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    settle()
    yield dialog
    if dialog.desk:
        dialog.desk.close()


@pytest.fixture
def locked(home, application) -> Path:
    """The folder of an encrypted office."""
    made = first_run.Office(code="PVL", name="Павлодар", region="550000000")
    office.init_office(home, made, clock=CLOCK, passphrase=PHRASE).close()
    return home


def type_office(dialog: FirstRun, phrase: str = "", again: str = "") -> None:
    """As a clerk does: from field to field with Enter."""
    boxes = dialog.form.boxes
    type_text(boxes["code"].input.widget(), "PVL\n")
    type_text(boxes["region"].input.widget(), "Павлод\n")
    type_text(boxes["name"].input.widget(), "Павлодар облысының көші-қон басқармасы\n")
    type_text(boxes["passphrase"].input.widget(), f"{phrase}\n")
    type_text(boxes["again"].input.widget(), again)


def said_below(dialog: FirstRun | PassphraseDialog, field: str) -> str:
    return " ".join(one.words() for one in dialog.form.boxes[field].findings())


# --- first run


def test_an_office_is_made_by_keyboard(first, home):
    type_office(first)
    press(first.form.boxes["again"].input.widget(), Qt.Key.Key_Return, CTRL)
    made = first.desk.office
    assert (made.code, made.region) == ("PVL", "550000000")
    assert made.name == "Павлодар облысының көші-қон басқармасы"
    assert first.result() == QDialog.DialogCode.Accepted
    assert opening.look_into(home) is Found.OFFICE


def test_with_a_passphrase_its_file_cannot_be_read_without_it(first, home):
    type_office(first, PHRASE, PHRASE)
    first.make_office()
    first.desk.close()
    assert opening.look_into(home) is Found.LOCKED
    with pytest.raises(StoreProblem):
        open_desk(home, clock=CLOCK)
    first.desk = open_desk(home, clock=CLOCK, passphrase=PHRASE)
    assert first.desk.office.code == "PVL"


@pytest.mark.parametrize(
    ("phrase", "again", "field"),
    [(PHRASE, "Алатау", "again"), (f"{PHRASE} ", f"{PHRASE} ", "passphrase"), ("", "x", "again")],
)
def test_passphrases_that_would_lock_somebody_out_make_nothing(first, home, phrase, again, field):
    type_office(first, phrase, again)
    first.make_office()
    assert first.desk is None
    assert said_below(first, field)
    assert not home.exists()


def test_what_is_missing_is_said_below_its_field(first, home):
    first.make_office()
    assert said_below(first, "code") == "“Office code” is empty."
    assert said_below(first, "region") and said_below(first, "name")
    assert not home.exists()


def test_letters_of_a_passphrase_are_hidden_until_asked(first):
    line = first.form.boxes["passphrase"].input.widget()
    type_text(line, "қыран")
    assert line.displayText() == "●" * 5
    press(first.form.boxes["shown"].input.widget(), Qt.Key.Key_Space)
    assert line.displayText() == "қыран"


def test_an_office_that_is_there_already_is_said_and_kept(first, home, filled):
    home.mkdir()
    before = (filled / FILE).read_bytes()
    (home / FILE).write_bytes(before)
    type_office(first)
    first.make_office()
    assert first.desk is None
    assert "already" in first._others.words()
    assert (home / FILE).read_bytes() == before


def test_a_sample_office_is_made_beside_with_its_papers(first, home, monkeypatch):
    monkeypatch.setattr(first_run, "make_sample", functools.partial(opening.make_sample, persons=300))
    first.make_sample()
    assert first.desk.home == home.with_name("new-sample")
    assert opening.look_into(first.desk.home) is Found.OFFICE
    assert list((first.desk.home / "papers").glob("*.pdf"))
    assert not home.exists()


def test_a_second_sample_never_lies_over_the_first(home):
    home.with_name("new-sample").mkdir(parents=True)
    assert opening.sample_home(home) == home.with_name("new-sample-2")


def test_a_stopped_sample_leaves_nothing(application, threads, home, qtbot, tmp_path):
    dialog = FirstRun(home, CLOCK, threads, application.speak)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.make_sample()
    offices.until(qtbot, lambda: dialog.progress.bar.maximum() > 0)
    press(dialog, Qt.Key.Key_Escape)
    offices.until(qtbot, lambda: not dialog._is_busy)
    assert dialog.isVisible()
    assert dialog._sample_findings.words() == "Stopped. Nothing was changed."
    assert list(tmp_path.iterdir()) == []


def test_the_language_may_be_chosen_first(first, catalogues):
    first.language.chosen.emit("kk")
    settle()
    assert current_language() == "kk"
    assert first.form.boxes["region"].input.widget().accessibleName().startswith("Өңір")
    first.language.chosen.emit("en")


# --- passphrase


@pytest.fixture
def asked(application, locked, tasks, qtbot):
    dialog = PassphraseDialog(locked, CLOCK, tasks)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    if dialog.desk:
        dialog.desk.close()


def test_a_wrong_passphrase_says_so_and_the_right_one_opens(asked):
    line = asked.form.boxes["passphrase"].input.widget()
    type_text(line, "Алатау\n")
    assert asked.desk is None
    assert "passphrase is wrong" in said_below(asked, "passphrase")
    assert line.selectedText() == line.text()
    type_text(line, f"{PHRASE}\n")
    assert asked.desk.office.code == "PVL"
    assert asked.result() == QDialog.DialogCode.Accepted


def test_no_passphrase_at_all_is_not_tried(asked):
    asked.open_office()
    assert said_below(asked, "passphrase") == "“Passphrase” is empty."


def test_a_passphrase_from_a_file_opens_without_asking(locked, tasks, monkeypatch):
    monkeypatch.setattr(PassphraseDialog, "exec", lambda _self: pytest.fail("asked"))
    opened = Door(CLOCK, tasks, passphrase=PHRASE).open(locked)
    assert opened.office.code == "PVL"
    opened.close()


def test_one_from_a_file_that_does_not_fit_is_asked_again(locked, tasks, monkeypatch):
    seen = []
    monkeypatch.setattr(PassphraseDialog, "exec", lambda self: seen.append(said_below(self, "passphrase")))
    assert Door(CLOCK, tasks, passphrase="Алатау").open(locked) is None
    assert "passphrase is wrong" in seen[0]


# --- the door


def test_a_plain_office_opens_at_once(desk, tasks):
    opened = Door(CLOCK, tasks).open(desk.home)
    assert opened.office.code == desk.office.code
    opened.close()


def test_a_closed_first_window_ends_the_program_and_makes_nothing(application, home, monkeypatch):
    monkeypatch.setattr(FirstRun, "exec", lambda self: self.reject())
    assert start.run(home, language="en") == 0
    assert not home.exists()


def test_a_new_office_speaks_the_language_it_was_made_in(application, desk, tasks):
    application.speak("ru")
    start._speak_as_before(desk, application, tasks)
    assert parked.recall(desk, start.own(desk, start.LANGUAGE)) == "ru"
    application.speak("en")
    start._speak_as_before(desk, application, tasks)
    assert current_language() == "ru"


# --- settings


@pytest.fixture
def settings(eye) -> SettingsDialog:
    eye.open("people")
    eye.press(Qt.Key.Key_Comma, CTRL)
    found = eye.window.findChild(SettingsDialog)
    assert found.isVisible()
    return found


def test_an_error_is_heard_only_by_those_who_asked_for_it(eye, settings, monkeypatch):
    heard = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append("beep"))
    refused = Notice(Tone.BAD, "no")
    eye.window.tell(refused)
    assert heard == []
    settings.sound.chosen.emit("1")
    assert (heard, eye.memory.recall(sound.KEPT)) == (["beep"], "1")
    eye.window.tell(refused)
    eye.window.tell(Notice(Tone.OK, "yes"))
    assert heard == ["beep"] * 2
    settings.sound.chosen.emit("")
    eye.window.tell(refused)
    assert heard == ["beep"] * 2


def test_an_answer_of_the_office_is_the_law_from_then_on(settings, desk):
    question = next(one for one in choices.open_questions(desk) if one.chosen == one.default)
    other = next(option for option in question.options if option != question.default)
    settings.questions[question.code].chosen.emit(other)
    assert desk.law.setting(question.code) == other
    assert journal.entries(desk)[0].op == "save_setting"
    assert settings.told.text() == f"Decided: {question.title}"


def test_every_question_shows_its_answer_its_words_and_its_source(settings, desk):
    questions = choices.open_questions(desk)
    assert list(settings.questions) == [one.code for one in questions]
    assert [column.key() for column in settings.questions.values()] == [one.chosen for one in questions]
    assert all(one.source.act and one.text for one in questions)


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_answers_are_offered_in_words_and_not_by_their_codes(application, desk, code):
    application.speak(code)
    for question in choices.open_questions(desk):
        assert question.default in question.options
        for option, words in question.options.items():
            assert words != option and "_" not in words
            assert f"{option}:" not in question.text
    application.speak("en")


def test_a_series_is_looked_at_and_goes_on_with_an_own_number(settings, desk, qtbot):
    """It could be done nowhere in the program."""
    settings.tabs.setCurrentIndex(6)
    page = settings.series
    qtbot.waitUntil(lambda: page.view is not None)
    last = number_series.get_series(desk, "PVL-2026-").last
    dialog = page.ask_start()
    dialog.form.boxes["series"].set_value("PVL-2026-")
    dialog.form.boxes["first"].set_value(last + 100)
    dialog.save()
    qtbot.waitUntil(lambda: number_series.get_series(desk, "PVL-2026-").last == last + 99)
    assert settings.told.text() == f"PVL-2026-: the next number is PVL-2026-{last + 100:06d}"


def test_the_office_and_its_people_are_named_as_papers_show_them(settings, desk):
    page = settings.office
    page.form.boxes["head"].set_value("Әлия Нұрланқызы")
    page.form.boxes["name_ru"].set_value("Управление")
    page.form.boxes["operator.name"].set_value("С. Қ. Ғабитова")
    page.save()
    settle()
    assert (desk.office.head, desk.office.on_paper("ru").name) == ("Әлия Нұрланқызы", "Управление")
    assert desk.signer.name == "С. Қ. Ғабитова"
    assert settings.told.text() == "Particulars of the office saved"


def test_an_office_without_a_name_is_refused_and_keeps_what_is_typed(settings, desk):
    page = settings.office
    before = desk.office
    page.form.boxes["name"].set_value("")
    page.form.boxes["phone"].set_value("+7 700 000 00 01")
    page.save()
    settle()
    assert page.form.boxes["name"].findings()
    assert page.form.boxes["phone"].value() == "+7 700 000 00 01"
    assert desk.office == before


def test_a_moved_day_counts_at_once(settings, desk):
    settings.tabs.setCurrentIndex(3)
    boxes = settings.calendar.form.boxes
    type_text(boxes["day"].input.widget(), "18122026\n")
    press(boxes["works"].input.widget(), Qt.Key.Key_Return)
    type_text(boxes["reason"].input.widget(), "Үкімет қаулысымен ауыстырылды\n")
    press(boxes["act"].input.widget(), Qt.Key.Key_Return, CTRL)
    saved = choices.own_days(desk)
    assert [(one.day, one.works, one.reason) for one in saved] == [
        (date(2026, 12, 18), False, "Үкімет қаулысымен ауыстырылды")
    ]
    assert not desk.law.calendar.is_working_day(date(2026, 12, 18))
    assert settings.calendar.form.values()["reason"] == ""


def test_the_limit_of_people_at_an_address_is_a_number_of_the_office(settings, desk):
    """It was a list of twelve among the open questions of the law."""
    page = settings.office
    page.form.boxes["crowd_hotel"].set_value(12)
    page.save()
    settle()
    assert (desk.office.crowd_hotel, desk.office.crowd_host) == (12, None)
    page.form.boxes["crowd_hotel"].set_value(None)
    page.save()
    settle()
    assert desk.office.crowd_hotel is None


def test_a_day_without_its_reason_is_not_saved(settings, desk):
    type_text(settings.calendar.form.boxes["day"].input.widget(), "18122026")
    settings.calendar.save()
    assert choices.own_days(desk) == []
    assert settings.calendar.form.boxes["reason"].findings()


def test_language_and_colours_are_kept_by_the_office(settings, desk):
    settings.language.chosen.emit("ru")
    settings.colours.chosen.emit("dark")
    assert parked.recall(desk, start.own(desk, start.LANGUAGE)) == "ru"
    assert parked.recall(desk, start.own(desk, start.THEME)) == "dark"
    assert settings.language.key() == "ru"


def test_low_rows_in_every_list_at_once_and_later(settings, eye):
    settings.rows.chosen.emit("1")
    open_now = eye.window.frame("people").findChild(RecordView)
    assert open_now.rows.verticalHeader().defaultSectionSize() == theme.ROW_COMPACT
    settings.reject()
    later = eye.open("cases").findChild(RecordView)
    assert later.rows.verticalHeader().defaultSectionSize() == theme.ROW_COMPACT


# --- about


@pytest.fixture
def about(eye) -> AboutDialog:
    eye.open("people")
    next(one for one in eye.window.menu().actions() if one.objectName() == "window.about").trigger()
    found = eye.window.findChild(AboutDialog)
    assert found.isVisible()
    return found


def test_versions_are_copied_and_hold_nothing_of_the_office(about, desk):
    about.copy.click()
    copied = QApplication.clipboard().text()
    assert copied == diagnostics()
    assert copied.startswith("MigDesk ")
    assert str(desk.home) not in copied and desk.office.code not in copied.split()


def test_the_checks_are_those_of_the_doctor(about, desk):
    found = about.tabs.open("checks")
    assert isinstance(found, Checkup)
    assert found.checks == doctor.examine(desk)


def test_a_check_that_fails_says_what_to_do(about, monkeypatch):
    monkeypatch.setattr(doctor, "examine", lambda _desk: [Check("places", False, "only 3 places")])
    found = about.tabs.open("checks")
    words = [label.text() for label in found.findChildren(first_run.Label)]
    assert "not ok" in words and "only 3 places" in words


def test_the_licences_of_fonts_and_window_system_are_named(about):
    words = " ".join(one.text() for one in about.tabs.open("licences").findChildren(first_run.Label))
    assert "Open Font License" in words and "Lesser General Public License" in words


# --- looks


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_is_cut_off_in_the_first_windows(application, catalogues, home, tasks, qtbot, language):
    application.speak(language)
    refused = StoreProblem(
        "The disk is full.", hint="Free some space and try again: nothing was half written."
    )
    for dialog in (
        FirstRun(home, CLOCK, tasks, application.speak),
        PassphraseDialog(home, CLOCK, tasks, refused),
    ):
        qtbot.addWidget(dialog)
        dialog.show()
        settle()
        assert_nothing_clipped(dialog)
        assert_all_named(dialog)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_is_cut_off_in_settings_and_about(application, catalogues, eye, language):
    application.speak(language)
    choices.save_calendar_day(eye.desk, CalendarDay(day=date(2026, 12, 18), reason="Ауыстыру", act="ҚР ҮҚ"))
    settings, about = SettingsDialog(eye.window.work), AboutDialog(eye.window.work)
    for dialog in (settings, about):
        dialog.show()
    for at in range(settings.tabs.count()):
        settings.tabs.setCurrentIndex(at)
        settle()
        assert_nothing_clipped(settings)
        assert_all_named(settings)
    for tab in about.tabs.names():
        about.tabs.open(tab)
        settle()
        assert_nothing_clipped(about)
        assert_all_named(about)


# --- backup


def back_up(eye, monkeypatch, target) -> None:
    monkeypatch.setattr(backup, "ask_save", lambda *_asked: target)
    next(one for one in eye.window.menu().actions() if one.objectName() == "window.backup").trigger()
    settle()


def test_a_backup_is_made_from_the_menu_and_opens_as_an_office(eye, tmp_path, monkeypatch):
    target = tmp_path / "kept" / FILE
    target.parent.mkdir()
    target.write_bytes(b"an older copy")
    back_up(eye, monkeypatch, target)
    assert eye.told() == f"Backup made: {FILE}"
    assert [one.name for one in target.parent.iterdir()] == [FILE]
    kept = open_desk(target.parent, clock=CLOCK)
    assert kept.office.code == eye.desk.office.code
    kept.close()


def test_a_backup_that_cannot_be_made_leaves_the_older_one(eye, tmp_path, monkeypatch):
    target = tmp_path / "kept.sqlite"
    target.write_bytes(b"an older copy")

    def full(*_given: object) -> None:
        raise StoreProblem("The disk is full.")

    monkeypatch.setattr(office, "back_up", full)
    back_up(eye, monkeypatch, target)
    assert eye.told() == "The disk is full."
    assert target.read_bytes() == b"an older copy"


def test_no_name_no_backup(eye, monkeypatch):
    back_up(eye, monkeypatch, None)
    assert eye.told() == ""
