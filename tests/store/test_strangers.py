"""What is not of this program in an office's file or its copy: refused where it would write along, else told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date

import pytest

from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import BadFile, Invalid, StoreProblem
from migdesk.services import parked
from migdesk.services.desk import Clock, open_desk
from migdesk.services.upkeep import doctor, journal, office
from migdesk.services.upkeep.office import Doubtful, restore, restore_unchanged
from migdesk.store import database, files
from migdesk.store.database import FILE
from migdesk.store.engine import dbapi
from migdesk.store.strangers import Strange
from tests import make

WRITES_ALONG = "CREATE TRIGGER t AFTER INSERT ON op BEGIN UPDATE person SET surname = 'x'; END"
NOTHING = "CREATE TRIGGER person_refigured AFTER UPDATE ON person BEGIN SELECT 1; END"
OURS_CHANGED = f"DROP TRIGGER person_refigured; {NOTHING}"
LIKE_A_SEARCH = "CREATE TRIGGER a_search_b AFTER INSERT ON op BEGIN DELETE FROM person; END"
STRANGE = {
    "trigger t": WRITES_ALONG,
    "trigger person_refigured": OURS_CHANGED,
    "trigger a_search_b": LIKE_A_SEARCH,
    "view v": "CREATE VIEW v AS SELECT 1",
}
DEEP = (
    "UPDATE change SET after = replace(hex(zeroblob(100000)), '00', '[') "
    "WHERE id = (SELECT max(id) FROM change)"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An office with one person, and its backup: making one reads the whole classifier of places."""
    folder = tmp_path_factory.mktemp("made")
    desk = make.desk(folder / "one")
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(make.person())
    office.back_up(desk, folder / "copy.sqlite")
    desk.close()
    return folder


@pytest.fixture
def copy(tmp_path, made):
    """The backup, with the office it is of beside it in `one`."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "copy.sqlite"


def tamper(file, sql):
    connection = dbapi.connect(str(file), isolation_level=None)
    connection.executescript(sql)
    connection.close()


@pytest.mark.parametrize(("name", "sql"), [*STRANGE.items(), ("table evil", "CREATE TABLE evil(x)")])
def test_a_copy_with_parts_of_somebody_else_is_refused_by_name(tmp_path, copy, name, sql):
    tamper(copy, sql)
    with pytest.raises(BadFile) as caught:
        restore(tmp_path / "two", copy)
    assert (caught.value.path, caught.value.place) == (str(copy), name)
    assert list((tmp_path / "two").iterdir()) == []


@pytest.mark.parametrize(("name", "sql"), STRANGE.items())
def test_an_office_with_parts_that_would_write_along_stays_shut_until_it_is_mended(tmp_path, copy, name, sql):
    home = tmp_path / "two"
    restore(home, copy)
    tamper(home / FILE, sql)
    with pytest.raises(Strange) as caught:
        open_desk(home)
    assert caught.value.values["names"] == name
    desk = open_desk(home, in_parts=True)
    doctor.mend(desk)
    desk.close()
    open_desk(home).close()


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE op SET operator = 'x' WHERE id = 2", "journal_changed"),
        ("DELETE FROM change; DELETE FROM op WHERE id > 1; DELETE FROM journal_head", "journal_changed"),
        ("UPDATE person SET surname = 'Evil'", "records_changed"),
        (DEEP, "records_changed"),
    ],
)
def test_a_copy_that_was_changed_is_told_before_it_takes_its_place(tmp_path, copy, sql, code):
    tamper(copy, sql)
    home, told = tmp_path / "two", []
    with pytest.raises(Doubtful) as caught:
        restore_unchanged(home, copy)
    assert code in [one.code for one in caught.value.findings]
    assert not (home / FILE).exists()
    restore(home, copy, told=lambda found: told.extend([(one.code, (home / FILE).exists()) for one in found]))
    assert (code, False) in told
    assert (home / FILE).exists()


def test_of_a_copy_that_nobody_changed_only_its_office_is_told(tmp_path, copy):
    told = []
    restore(tmp_path / "two", copy, told=told.extend)
    assert [one.code for one in told] == ["backup_of"]
    assert restore_unchanged(tmp_path / "three", copy) is None


def test_a_copy_of_a_newer_program_is_named_as_the_file_it_is(tmp_path, copy):
    tamper(copy, "PRAGMA user_version = 999")
    with pytest.raises(BadFile) as caught:
        restore(tmp_path / "two", copy)
    assert (caught.value.path, "newer" in caught.value.words()) == (str(copy), True)


def test_places_where_no_copy_can_lie_are_named_as_the_person_wrote_them(tmp_path, copy):
    desk = open_desk(tmp_path / "one")
    with pytest.raises(Invalid) as folder:
        office.back_up(desk, tmp_path)
    with pytest.raises(StoreProblem) as missing:
        office.back_up(desk, tmp_path / "none" / "copy")
    desk.close()
    with pytest.raises(BadFile) as no_file:
        restore(tmp_path / "two", tmp_path)
    assert [one.code for one in folder.value.findings] == ["folder"]
    assert missing.value.values["folder"] == str(tmp_path / "none")
    assert "folder" in no_file.value.words()


def test_the_doctor_and_the_journal_say_no_to_a_line_that_cannot_be_unfolded(tmp_path, copy):
    tamper(copy, DEEP)
    restore(tmp_path / "two", copy)
    desk = open_desk(tmp_path / "two")
    ill = [one for one in doctor.examine(desk) if not one.ok]
    with pytest.raises(StoreProblem):
        journal.changes_of(desk, journal.entries(desk)[0].uid)
    desk.close()
    assert len(ill) == 2


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE op SET hash = '' WHERE id = (SELECT max(id) FROM op)", None),
        ("DELETE FROM change; DELETE FROM op; DELETE FROM journal_head", "its entries are gone. "),
    ],
)
def test_the_doctor_names_an_entry_once_and_an_emptied_journal_in_words(tmp_path, copy, sql, said):
    tamper(tmp_path / "one" / FILE, sql)
    desk = open_desk(tmp_path / "one")
    (chain,) = [one.detail for one in doctor.examine(desk) if one.name == "journal chain"]
    uid = desk.store.value("SELECT uid FROM op ORDER BY id DESC LIMIT 1") or ""
    desk.close()
    assert chain.startswith(said or f"{uid}. ")


@pytest.mark.usefixtures("copy")
def test_an_office_whose_folder_went_away_is_not_made_anew(tmp_path):
    home = tmp_path / "one"
    desk = open_desk(home)
    shutil.rmtree(home)
    home.mkdir()
    fresh = database.Store(home / FILE)
    with pytest.raises(StoreProblem) as reading:
        fresh.value("SELECT 1")
    with pytest.raises(StoreProblem) as writing, desk.write(Op.SAVE_PERSON) as tx:
        tx.put(make.person(birth_date=PartialDate(1990)))
    with pytest.raises(StoreProblem):
        parked.keep_draft(desk, "arrival/new", "{}")
    desk.close()
    assert [one.value.values["folder"] for one in (reading, writing)] == [str(home), str(home)]
    assert list(home.iterdir()) == []


def gone() -> int:
    """The number of a process that ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize("again", ["make", "open"])
def test_what_a_killed_init_left_goes_with_the_next_start_but_not_what_is_being_made(tmp_path, again):
    home = tmp_path / "office"
    if again == "open":
        make.desk(home).close()
    home.mkdir(exist_ok=True)
    left = [f"{FILE}.making-{gone()}{end}" for end in ("", "-wal", "-shm")]
    alive = f"{FILE}.making-{os.getppid()}"
    for name in (*left, alive):
        (home / name).write_bytes(b"x")
    (make.desk(home) if again == "make" else open_desk(home)).close()
    assert sorted(one.name for one in home.iterdir() if "making" in one.name) == [alive]
    assert files.missing_tables(database.Store(home / FILE)) == []


@pytest.mark.parametrize("day", [date(2025, 10, 19), date(2019, 1, 1), date(2027, 6, 1)])
def test_rules_that_are_not_in_force_on_a_day_are_no_fault_of_the_program(tmp_path, copy, day):
    restore(tmp_path / "two", copy)
    desk = open_desk(tmp_path / "two", clock=Clock(day))
    services = [one for one in doctor.examine(desk) if one.name == "public services"]
    desk.close()
    assert [(one.ok, one.detail) for one in services] == [(True, f"services: {len(desk.procedures)}")]
