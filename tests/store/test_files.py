"""An office's file as a whole: made or not made, private, read where nobody can write, kept encrypted."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from migdesk.cli import files as cli_files
from migdesk.domain.change import Op
from migdesk.domain.errors import BadFile, Invalid, Refused, StoreProblem
from migdesk.domain.person import Person
from migdesk.exchange.wholefile import whole_file
from migdesk.services import parked
from migdesk.services.desk import Desk, open_desk
from migdesk.services.people import people
from migdesk.services.upkeep import doctor, journal
from migdesk.services.upkeep.office import back_up, init_office, restore
from migdesk.store import database, files, search, soundness
from migdesk.store.database import FILE, check_integrity
from migdesk.store.engine import dbapi
from migdesk.store.writer import Tx
from tests import make

posix = pytest.mark.parametrize("_posix", ["mode"] if os.name == "posix" else [])


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def save_person(desk: Desk, **given: object) -> Person:
    with desk.write(Op.SAVE_PERSON) as tx:
        return tx.put(make.person(**given))


_INIT = (
    "import sys; from pathlib import Path; from migdesk.services.upkeep.office import init_office; "
    "from tests import make; init_office(Path(sys.argv[1]), make.office()).close()"
)


def test_a_kill_in_the_middle_of_making_leaves_no_office_and_the_next_attempt_goes_on(tmp_path):
    """A file without an office was left: `init` called it one, and nothing else would open it."""
    home = tmp_path / "office"
    child = subprocess.Popen([sys.executable, "-c", _INIT, str(home)])
    while not list(home.glob("*")) and child.poll() is None:
        time.sleep(0.005)
    child.kill()
    child.wait()
    assert FILE not in names(home) and names(home)
    with pytest.raises(StoreProblem) as none_here:
        open_desk(home)
    assert "migdesk init" in none_here.value.words()
    for left in home.iterdir():
        os.utime(left, (0, 0))
    init_office(home, make.office()).close()
    assert names(home) == [FILE]


def test_of_three_who_make_an_office_at_once_one_does_and_the_others_hear_why(tmp_path):
    home = tmp_path / "office"
    told = [
        subprocess.Popen([sys.executable, "-c", _INIT, str(home)], stderr=subprocess.PIPE) for _ in range(3)
    ]
    errors = [child.communicate()[1].decode() for child in told]
    assert sorted(child.returncode for child in told) == [0, 1, 1]
    assert all("StoreProblem" in error for child, error in zip(told, errors, strict=True) if child.returncode)
    assert names(home) == [FILE]
    open_desk(home).close()


@pytest.mark.parametrize("name", [FILE, f"{FILE}-wal", FILE.upper()])
def test_no_paper_list_or_copy_is_written_over_an_office(tmp_path, name):
    """`--to office.sqlite` put a paper in the place of the register."""
    desk = make.desk(tmp_path / "office")
    target = desk.home / name
    with pytest.raises(BadFile), whole_file(target):
        pass
    with pytest.raises(BadFile):
        cli_files.write(str(target), b"%PDF")
    with pytest.raises(Invalid):
        back_up(desk, target)
    desk.close()
    again = open_desk(desk.home)
    assert list(check_integrity(again.store)) == []
    again.close()


def test_an_office_that_cannot_be_finished_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), files.making(tmp_path / FILE):
        raise ZeroDivisionError
    assert names(tmp_path) == []


def test_an_office_is_not_parted_from_its_log(tmp_path):
    """On a full disk closing did not fold the log into the file, which got its name without it: damaged."""
    with pytest.raises(StoreProblem), files.making(tmp_path / FILE) as store:
        store.connection.execute("PRAGMA busy_timeout=0")
        reader = dbapi.connect(str(store.path), isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        store.connection.execute("CREATE TABLE late (id)")
    reader.close()
    assert not (tmp_path / FILE).exists()


def test_an_office_made_at_the_same_moment_is_not_overwritten(tmp_path):
    with pytest.raises(StoreProblem), files.making(tmp_path / FILE):
        (tmp_path / FILE).write_bytes(b"the other one")
    assert (tmp_path / FILE).read_bytes() == b"the other one"
    assert names(tmp_path) == [FILE]


@posix
def test_only_the_owner_reads_an_office_its_copies_and_its_folder(tmp_path, _posix):
    before = os.umask(0)
    try:
        desk = make.desk(tmp_path / "office")
        back_up(desk, tmp_path / "copy.sqlite")
        desk.close()
        kept = restore(tmp_path / "office", tmp_path / "copy.sqlite")
    finally:
        os.umask(before)
    assert kept
    for file in (tmp_path / "office" / FILE, tmp_path / "copy.sqlite", kept):
        assert file.stat().st_mode & 0o777 == 0o600, file.name
    assert (tmp_path / "office").stat().st_mode & 0o777 == 0o700


@pytest.fixture
def unwritable(tmp_path):
    """An office beside which no log can be made, as on a disk that may only be read."""
    desk = make.desk(tmp_path)
    save_person(desk)
    desk.close()
    (tmp_path / f"{FILE}-wal").mkdir()
    return tmp_path


@pytest.mark.parametrize("passphrase", [None, "құпия"])
def test_where_nothing_can_be_written_an_office_is_read(tmp_path, passphrase):
    desk = init_office(tmp_path, make.office(), passphrase=passphrase)
    save_person(desk)
    desk.close()
    (tmp_path / f"{FILE}-wal").mkdir()
    desk = open_desk(tmp_path, passphrase=passphrase)
    assert desk.store.is_read_only
    assert len(people.find_people(desk, "касымова")) == 1
    assert journal.broken_links(desk) == []
    back_up(desk, tmp_path / "copy.sqlite")
    desk.close()


def test_where_nothing_can_be_written_writing_is_refused_in_words(unwritable):
    desk = open_desk(unwritable)
    parked.remember(desk, "width", "5")
    assert parked.recall(desk, "width") is None
    with pytest.raises(StoreProblem) as refused:
        save_person(desk)
    assert "only be read" in refused.value.words()
    with pytest.raises(StoreProblem):
        doctor.mend(desk)
    desk.close()


def test_a_log_that_waits_is_never_passed_over(tmp_path):
    """What was written last stands in the log: an office read without it would lack the newest people."""
    desk = make.desk(tmp_path / "office")
    save_person(desk)
    copy = tmp_path / "copy"
    copy.mkdir()
    for end in ("", "-wal"):
        (copy / f"{FILE}{end}").write_bytes((tmp_path / "office" / f"{FILE}{end}").read_bytes())
    desk.close()
    (copy / f"{FILE}-shm").mkdir()
    again = open_desk(copy)
    assert len(again.store.live(Person)) == 1
    again.close()


def encrypted(home: Path) -> None:
    init_office(home, make.office(), passphrase="құпия 'сөз'").close()


@pytest.fixture
def plain_copy(tmp_path):
    desk = make.desk(tmp_path / "plain")
    save_person(desk)
    back_up(desk, tmp_path / "plain.sqlite")
    desk.close()
    return tmp_path / "plain.sqlite"


def test_a_plain_backup_does_not_take_an_office_its_passphrase(tmp_path, plain_copy):
    home = tmp_path / "office"
    encrypted(home)
    before = (home / FILE).read_bytes()
    with pytest.raises(Refused) as refused:
        restore(home, plain_copy)
    assert "--passphrase-file" in refused.value.words()
    assert (home / FILE).read_bytes() == before
    assert names(home) == [FILE]
    restore(home, plain_copy, passphrase="құпия 'сөз'")
    assert "Қасымова".encode() not in (home / FILE).read_bytes()
    with pytest.raises(StoreProblem):
        open_desk(home)
    desk = open_desk(home, passphrase="құпия 'сөз'")
    assert len(people.find_people(desk, "касымова")) == 1
    assert (
        soundness.look(desk.store) == soundness.Unsound((), (), (), ())
        and list(search.unsound(desk.store)) == []
    )
    desk.close()


def test_an_encrypted_backup_is_told_from_a_damaged_one(tmp_path):
    encrypted(tmp_path / "office")
    desk = open_desk(tmp_path / "office", passphrase="құпия 'сөз'")
    back_up(desk, tmp_path / "copy.sqlite")
    desk.close()
    make.desk(tmp_path / "other").close()
    for wrong in (None, "басқа"):
        with pytest.raises(BadFile) as refused:
            restore(tmp_path / "other", tmp_path / "copy.sqlite", passphrase=wrong)
        assert "passphrase" in refused.value.words()
    restore(tmp_path / "other", tmp_path / "copy.sqlite", passphrase="құпия 'сөз'")
    open_desk(tmp_path / "other", passphrase="құпия 'сөз'").close()


def garbled(content: bytes) -> dict[str, bytes]:
    return {
        "cut": content[:200_000],
        "blanked": content[:20_000] + bytes(40_000) + content[60_000:],
        "header": b"x" * 100 + content[100:],
        "scattered": bytes(65 if n % 301 == 0 else byte for n, byte in enumerate(content)),
        "empty": b"",
        "text": b"no database at all",
    }


@pytest.mark.parametrize("damage", garbled(b""))
def test_a_garbled_backup_is_a_file_that_cannot_be_read(tmp_path, plain_copy, damage):
    """It was told as a problem of the office's own store."""
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_bytes(garbled(plain_copy.read_bytes())[damage])
    home = tmp_path / "plain"
    before = (home / FILE).read_bytes()
    with pytest.raises(BadFile):
        restore(home, wrong)
    assert (home / FILE).read_bytes() == before
    assert names(home) == [FILE]


def test_a_backup_that_lacks_a_table_is_refused(tmp_path, plain_copy):
    connection = dbapi.connect(str(plain_copy))
    connection.execute("DROP TABLE change")
    connection.close()
    with pytest.raises(BadFile):
        restore(tmp_path / "plain", plain_copy)


def test_a_copy_made_by_hand_brings_its_log(tmp_path):
    """Two files of a running office that somebody copied: the newest people were lost."""
    desk = make.desk(tmp_path / "office")
    save_person(desk)
    for end in ("", "-wal"):
        (tmp_path / f"copy.sqlite{end}").write_bytes((desk.home / f"{FILE}{end}").read_bytes())
    desk.close()
    restore(tmp_path / "new", tmp_path / "copy.sqlite")
    again = open_desk(tmp_path / "new")
    assert len(again.store.live(Person)) == 1
    again.close()


@pytest.mark.parametrize("table", ["change", "series", "place", "person_search", "office"])
def test_a_missing_table_is_named_and_no_crash(tmp_path, table):
    make.desk(tmp_path).close()
    connection = dbapi.connect(str(tmp_path / FILE))
    connection.execute(f"DROP TABLE {table}")
    connection.close()
    with pytest.raises(StoreProblem) as problem:
        open_desk(tmp_path)
    assert table in problem.value.words()


def test_a_file_without_a_version_is_damaged_and_not_migrated(tmp_path):
    """The schema was made a second time over the first: a crash."""
    desk = make.desk(tmp_path)
    desk.store.connection.execute("PRAGMA user_version = 0")
    desk.close()
    with pytest.raises(StoreProblem):
        open_desk(tmp_path)
    assert names(tmp_path) == [FILE]


def test_logs_without_their_database_are_not_played_into_a_new_office(tmp_path):
    """Somebody had taken `office.sqlite` away and left its log: SQLite would have mixed the two."""
    desk = make.desk(tmp_path / "old")
    save_person(desk)
    log = (desk.home / f"{FILE}-wal").read_bytes()
    desk.close()
    home = tmp_path / "office"
    home.mkdir()
    (home / f"{FILE}-wal").write_bytes(log)
    again = init_office(home, make.office())
    assert again.store.live(Person) == []
    assert list(check_integrity(again.store)) == []
    again.close()
    assert (home / f"{FILE}-wal.old").read_bytes() == log


def test_a_copy_is_read_back_before_it_is_called_one(tmp_path, monkeypatch):
    desk = make.desk(tmp_path / "office")
    monkeypatch.setattr(database, "_refuse_bad_copy", garbling(database._refuse_bad_copy))
    with pytest.raises(StoreProblem):
        back_up(desk, tmp_path / "copy.sqlite")
    assert names(tmp_path) == ["office"]
    desk.close()


def garbling(check):
    """The check of a copy that a bad disk spoiled."""

    def check_spoiled(file, passphrase):
        content = bytearray(file.read_bytes())
        content[4096 : 4096 * 40] = bytes(4096 * 39)
        file.write_bytes(content)
        check(file, passphrase)

    return check_spoiled


@posix
def test_the_doctor_sees_a_file_that_everybody_may_read(tmp_path, _posix):
    desk = make.desk(tmp_path)
    (tmp_path / FILE).chmod(0o644)
    assert "rights on the file" in [one.name for one in doctor.examine(desk) if not one.ok]
    desk.close()


def test_stamps_never_go_back_even_over_a_restart(tmp_path, monkeypatch):
    """A machine whose clock was set back wrote ops that were older than those before them."""
    desk = make.desk(tmp_path)
    save_person(desk)
    desk.close()
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    again = open_desk(tmp_path)
    save_person(again, given="Әсел")
    stamps = [row[0] for row in again.store.rows("SELECT stamp FROM op ORDER BY id")]
    assert stamps == sorted(stamps) and len(set(stamps)) == 3
    again.close()


def test_an_op_that_waited_for_another_window_is_later_than_what_that_one_wrote(tmp_path, monkeypatch):
    """The time was taken before the lock: the op written last looked older than the one it had waited for."""
    desk = make.desk(tmp_path)
    other = open_desk(tmp_path)
    begin = Tx.__enter__

    def late(tx):
        monkeypatch.setattr(Tx, "__enter__", begin)
        time.sleep(0.005)
        save_person(other)
        return begin(tx)

    monkeypatch.setattr(Tx, "__enter__", late)
    save_person(desk, given="Әсел")
    stamps = [row[0] for row in desk.store.rows("SELECT stamp FROM op ORDER BY id")]
    assert stamps == sorted(stamps) and len(set(stamps)) == 3
    other.close()
    desk.close()
