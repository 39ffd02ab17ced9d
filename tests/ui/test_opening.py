"""An office that cannot be opened says why in a window, and how to go on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from migdesk import crash
from migdesk.domain.errors import StoreProblem
from migdesk.domain.office import Office
from migdesk.i18n import LANGUAGES
from migdesk.services import opening
from migdesk.services.desk import Clock
from migdesk.services.upkeep import office
from migdesk.store import database
from migdesk.store.database import FILE
from migdesk.store.engine import Damaged, dbapi
from migdesk.ui import start
from migdesk.ui.dialogs import problem
from migdesk.ui.dialogs.passphrase import PassphraseDialog
from migdesk.ui.dialogs.problem import ProblemDialog, Way
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.opening import Door
from tests.ui import offices
from tests.ui.keys import press
from tests.ui.seen import assert_all_named, assert_nothing_clipped

CLOCK = Clock(offices.TODAY)
PHRASE = "Алатау 17 қыран"


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    return make_office(tmp_path_factory.mktemp("filled") / "office")


def make_office(home: Path, passphrase: str | None = None) -> Path:
    made = Office(code="AKT", name="Ақтөбе", region="150000000")
    office.init_office(home, made, clock=CLOCK, passphrase=passphrase).close()
    return home


@pytest.fixture
def home(filled, tmp_path) -> Path:
    offices.copy_of(filled, tmp_path / "office").close()
    return tmp_path / "office"


@pytest.fixture
def backup(home, tmp_path) -> Path:
    desk = opening.open_whole(home, clock=CLOCK)
    made = office.back_up(desk, tmp_path / "kept.sqlite")
    desk.close()
    return made


def damage(home: Path, _patch: pytest.MonkeyPatch) -> None:
    (home / FILE).write_bytes(b"SQLite format 3\x00" + b"spoiled" * 2000)


def write_along(home: Path, _patch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(home / FILE)
    connection.execute("CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM person; END")
    connection.close()


def make_newer(home: Path, _patch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(home / FILE)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def empty_office(home: Path, _patch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(home / FILE)
    connection.execute("UPDATE office SET annulled_on = '2026-11-01'")
    connection.commit()
    connection.close()


def engine_says(words: str):
    def spoil(_home: Path, patch: pytest.MonkeyPatch) -> None:
        def refuse(*_given: object) -> None:
            raise dbapi.OperationalError(words)

        patch.setattr(database, "_opened", refuse)

    return spoil


def forbid_reading(_home: Path, patch: pytest.MonkeyPatch) -> None:
    def refuse(_file: Path) -> bool:
        raise PermissionError(13, "no")

    patch.setattr(opening, "is_sealed", refuse)


FAULTS = {
    "locked": (engine_says("database is locked"), "Another program is using", False),
    "full": (engine_says("database or disk is full"), "The disk is full", False),
    "disk": (engine_says("disk I/O error"), "The disk is full or does not answer", False),
    "newer": (make_newer, "newer MigDesk", False),
    "damaged": (damage, "damaged", True),
    "strange": (write_along, "not of this program: trigger t", True),
    "nobody": (empty_office, "holds no office", False),
    "forbidden": (forbid_reading, "may not be read", False),
}


@pytest.fixture
def told(monkeypatch):
    """What a person does in the window; closing it when nothing else is said."""
    seen: list[ProblemDialog] = []
    acts: list = []

    def exec_(self: ProblemDialog) -> int:
        self.show()
        settle()
        seen.append(self)
        if acts:
            acts.pop(0)(self)
        return 0

    monkeypatch.setattr(ProblemDialog, "exec", exec_)
    seen_and_acts = type("Told", (), {"seen": seen, "acts": acts})
    yield seen_and_acts
    for one in seen:
        one.close()


def words_of(dialog: ProblemDialog) -> str:
    return dialog._what.text()


@pytest.mark.parametrize("fault", FAULTS)
def test_the_window_says_what_happened_and_the_ways_on(fault, home, tasks, told, monkeypatch):
    spoil, words, can_restore = FAULTS[fault]
    spoil(home, monkeypatch)
    assert Door(CLOCK, tasks).open(home) is None
    (dialog,) = told.seen
    assert words in words_of(dialog)
    assert dialog._to_do.text() and dialog._to_do.text() not in words_of(dialog)
    assert "migdesk " not in dialog._to_do.text() or fault == "nobody"
    assert dialog._again_button.isVisible() and dialog._others[0].isVisible()
    assert dialog._others[1].isVisible() is can_restore
    assert_all_named(dialog)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("fault", ["newer", "damaged"])
def test_nothing_of_it_is_cut_off(application, catalogues, code, fault, home, tasks, told, monkeypatch):
    application.speak(code)
    FAULTS[fault][0](home, monkeypatch)
    Door(CLOCK, tasks).open(home)
    assert_nothing_clipped(told.seen[0])
    application.speak("en")


def test_trying_again_opens_what_is_free_again(home, tasks, told, monkeypatch):
    with monkeypatch.context() as patch:
        engine_says("database is locked")(home, patch)
        told.acts.append(lambda dialog: (patch.undo(), dialog.try_again()))
        desk = Door(CLOCK, tasks).open(home)
    assert desk.home == home and len(told.seen) == 1
    desk.close()


def test_another_folder_may_be_chosen(home, tasks, told, tmp_path, monkeypatch):
    broken = tmp_path / "broken"
    broken.mkdir()
    damage(broken, monkeypatch)
    monkeypatch.setattr(problem, "ask_folder", lambda *_asked: home)
    told.acts.append(lambda dialog: dialog.other.trigger())
    desk = Door(CLOCK, tasks).open(broken)
    assert desk.home == home
    desk.close()


def test_a_window_closed_by_esc_opens_nothing(home, tasks, told, monkeypatch):
    damage(home, monkeypatch)
    told.acts.append(lambda dialog: press(dialog, Qt.Key.Key_Escape))
    assert Door(CLOCK, tasks).open(home) is None
    assert told.seen[0].way is Way.CLOSE


def test_a_backup_takes_the_place_of_a_damaged_file_which_is_kept(home, backup, tasks, told, monkeypatch):
    damage(home, monkeypatch)
    spoiled = (home / FILE).read_bytes()
    monkeypatch.setattr(problem, "ask_backup", lambda *_asked: backup)

    def put_back(dialog: ProblemDialog) -> None:
        dialog.backup.trigger()
        settle()
        assert "cannot be read, so look whether this is its backup: AKT “Ақтөбе”" in dialog._findings.words()
        assert (home / FILE).read_bytes() == spoiled
        dialog.nevertheless.trigger()
        settle()
        kept = next(home.glob("office-before-restore-*"))
        assert kept.name in dialog._to_do.text()
        assert kept.read_bytes() == spoiled
        assert not dialog._again_button.isVisible()
        assert_nothing_clipped(dialog)
        dialog.enter.trigger()

    told.acts.append(put_back)
    desk = Door(CLOCK, tasks).open(home)
    assert desk.office.code
    desk.close()


def test_a_backup_that_was_changed_is_taken_only_when_the_person_says_so(
    home, backup, tasks, told, monkeypatch
):
    damage(home, monkeypatch)
    spoiled = (home / FILE).read_bytes()
    connection = sqlite3.connect(backup)
    connection.execute("UPDATE op SET operator = 'x' WHERE id = 1")
    connection.commit()
    connection.close()
    monkeypatch.setattr(problem, "ask_backup", lambda *_asked: backup)

    def put_back(dialog: ProblemDialog) -> None:
        dialog.backup.trigger()
        settle()
        assert "was changed from outside" in dialog._findings.words()
        assert (home / FILE).read_bytes() == spoiled
        assert_nothing_clipped(dialog)
        dialog.nevertheless.trigger()
        settle()
        assert "was changed from outside" in dialog._findings.words()
        assert not dialog._others[2].isVisible()
        dialog.enter.trigger()

    told.acts.append(put_back)
    desk = Door(CLOCK, tasks).open(home)
    assert desk.office.code
    desk.close()


def test_a_backup_of_another_office_is_asked_about(home, tasks, told, tmp_path, monkeypatch):
    """The office itself is whole and only held by a trigger of somebody else; the backup is not its own."""
    other = office.init_office(
        tmp_path / "other", Office(code="SKO", name="Солтүстік", region="590000000"), clock=CLOCK
    )
    backup = office.back_up(other, tmp_path / "other.sqlite")
    other.close()
    write_along(home, monkeypatch)
    before = (home / FILE).read_bytes()
    monkeypatch.setattr(problem, "ask_backup", lambda *_asked: backup)

    def put_back(dialog: ProblemDialog) -> None:
        dialog.backup.trigger()
        settle()
        said = dialog._findings.words()
        assert "another office: SKO “Солтүстік”, people: 0" in said and "AKT “Ақтөбе”" in said
        assert (home / FILE).read_bytes() == before
        assert dialog._others[2].isVisible()
        assert_nothing_clipped(dialog)

    told.acts.append(put_back)
    assert Door(CLOCK, tasks).open(home) is None
    assert (home / FILE).read_bytes() == before


def test_a_backup_that_is_none_is_refused_and_the_window_stays(home, tasks, told, tmp_path, monkeypatch):
    damage(home, monkeypatch)
    spoiled = (home / FILE).read_bytes()
    other = tmp_path / "letter.sqlite"
    other.write_bytes(spoiled)
    monkeypatch.setattr(problem, "ask_backup", lambda *_asked: other)
    told.acts.append(lambda dialog: dialog.backup.trigger())
    assert Door(CLOCK, tasks).open(home) is None
    assert "damaged" in told.seen[0]._findings.words()
    assert told.seen[0].backup.isEnabled()
    assert (home / FILE).read_bytes() == spoiled


@pytest.mark.parametrize("given", [True, False])
def test_an_encrypted_backup_asks_for_its_passphrase(home, tasks, told, tmp_path, monkeypatch, given):
    sealed = make_office(tmp_path / "sealed", PHRASE)
    damage(home, monkeypatch)
    monkeypatch.setattr(problem, "ask_backup", lambda *_asked: sealed / FILE)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_asked: (PHRASE, given))
    told.acts.append(
        lambda dialog: (
            (
                dialog.backup.trigger(),
                settle(),
                dialog.nevertheless.trigger(),
                settle(),
                dialog.enter.trigger(),
            )
            if given
            else None
        )
    )
    dialog_answers = []
    monkeypatch.setattr(
        PassphraseDialog,
        "exec",
        lambda self: dialog_answers.append(self.form.boxes["passphrase"].set_value(PHRASE)),
    )
    assert Door(CLOCK, tasks).open(home) is None
    assert bool(dialog_answers) is given


def test_a_lost_passphrase_leads_to_the_other_ways(application, tasks, told, tmp_path, monkeypatch):
    home = make_office(tmp_path / "sealed", PHRASE)

    def give_up(self: PassphraseDialog) -> None:
        self.show()
        assert not self._other_button.isVisible()
        self.form.boxes["passphrase"].set_value("Алатау")
        self.open_office()
        settle()
        assert self._other_button.isVisible()
        self.other.trigger()
        self.close()

    monkeypatch.setattr(PassphraseDialog, "exec", give_up)
    assert Door(CLOCK, tasks).open(home) is None
    assert "passphrase is wrong" in words_of(told.seen[0])
    assert told.seen[0]._others[1].isVisible()


def test_what_breaks_while_the_window_is_made_is_told_too(application, home, told, monkeypatch):
    """A page that finds its table gone: the program ended with a line on standard error."""

    def broken(*_given: object, **_named: object) -> None:
        raise Damaged("A part of the office's database is missing.")

    monkeypatch.setattr(start, "make_window", broken)
    assert start.run(home, language="en") == 0
    assert "A part of" in words_of(told.seen[0])
    assert told.seen[0].home == home


def test_a_bug_while_the_window_is_made_is_told_and_written_down_without_anybodys_name(
    application, home, told, monkeypatch, capsys
):
    """It ended on standard error, with the words of the error, and no window ever came."""

    def broken(*_given: object, **_named: object) -> None:
        raise KeyError("Қасымова 870312300123")

    monkeypatch.setattr(start, "make_window", broken)
    assert start.run(home, language="en") == 0
    [report] = (home / crash.FOLDER).glob("crash-*.txt")
    words = f"{words_of(told.seen[0])} {told.seen[0]._to_do.text()}"
    assert "Something went wrong in the program." in words
    assert report.name in words
    logged = "".join(path.read_text(encoding="utf-8") for path in home.rglob("*.log"))
    assert "KeyError" in logged
    for where in (words, report.read_text(encoding="utf-8"), logged, *capsys.readouterr()):
        assert "870312300123" not in where


def test_only_a_damaged_file_asks_for_a_backup():
    assert opening.is_damaged(Damaged("x")) and not opening.is_damaged(StoreProblem("x"))
