"""Opening: passphrase, newer, damaged, locked, full; and a kill in the middle of an op."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from migdesk.domain.change import Op
from migdesk.domain.errors import BadFile, StoreProblem
from migdesk.domain.person import Person
from migdesk.services import opening
from migdesk.services.desk import open_desk
from migdesk.services.upkeep import journal
from migdesk.services.upkeep.office import back_up, init_office, restore
from migdesk.store import database, replay
from migdesk.store.database import FILE, check_integrity
from migdesk.store.engine import dbapi
from tests import make


def test_no_office_here(tmp_path):
    with pytest.raises(StoreProblem) as problem:
        open_desk(tmp_path)
    assert "migdesk init" in problem.value.words()


def test_a_second_office_in_the_folder_is_refused(tmp_path):
    make.desk(tmp_path).close()
    with pytest.raises(StoreProblem):
        init_office(tmp_path, make.office())


def test_an_encrypted_office_needs_its_passphrase(tmp_path):
    desk = init_office(tmp_path, make.office(), passphrase="құпия 'сөз'")
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(make.person())
    desk.close()
    assert "Қасымова".encode() not in (tmp_path / FILE).read_bytes()
    for wrong in (None, "", "құпия"):
        with pytest.raises(StoreProblem):
            open_desk(tmp_path, passphrase=wrong).office  # noqa: B018 - reading opens the file
    again = open_desk(tmp_path, passphrase="құпия 'сөз'")
    assert len(again.store.select(Person, "1")) == 1
    again.close()


def test_a_plain_office_opens_with_any_tool(tmp_path):
    import sqlite3

    make.desk(tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE)
    assert connection.execute("SELECT code FROM office").fetchone() == ("PVL",)
    connection.close()


def test_a_newer_office_is_refused_politely(tmp_path):
    desk = make.desk(tmp_path)
    desk.store.connection.execute("PRAGMA user_version = 999")
    desk.close()
    with pytest.raises(StoreProblem) as problem:
        open_desk(tmp_path)
    assert "999" in problem.value.words()


def test_a_damaged_office_says_so(tmp_path):
    make.desk(tmp_path).close()
    file = tmp_path / FILE
    content = bytearray(file.read_bytes())
    content[:100] = b"x" * 100
    file.write_bytes(content)
    with pytest.raises(StoreProblem):
        open_desk(tmp_path).office  # noqa: B018


def test_a_locked_office_says_so(tmp_path, monkeypatch):
    desk = make.desk(tmp_path)
    desk.store.connection.execute("PRAGMA busy_timeout = 50")
    other = dbapi.connect(str(tmp_path / FILE), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreProblem) as problem, desk.write(Op.SAVE_PERSON) as tx:
        tx.put(make.person())
    assert problem.value.hint
    other.execute("ROLLBACK")
    other.close()
    desk.close()


def test_a_full_disk_leaves_no_half_op(tmp_path):
    desk = make.desk(tmp_path)
    pages = desk.store.value("PRAGMA page_count")
    desk.store.connection.execute(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(StoreProblem) as problem, desk.write(Op.SAVE_PERSON) as tx:
        for _ in range(200):
            tx.put(make.person(note="ұзын мәтін " * 200))
    assert problem.value.hint
    desk.store.connection.execute("PRAGMA max_page_count = 1000000")
    assert desk.store.select(Person, "1") == []
    assert list(check_integrity(desk.store)) == []
    desk.close()


def test_an_older_office_is_copied_before_it_grows(tmp_path, monkeypatch):
    desk = make.desk(tmp_path)
    desk.store.connection.execute('ALTER TABLE person DROP COLUMN "email"')
    desk.close()
    from migdesk.store import migrations

    newer = migrations.SCHEMA + 1
    monkeypatch.setattr(migrations, "SCHEMA", newer)
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS | {newer: lambda connection: None})
    again = open_desk(tmp_path)
    assert "email" in {row[1] for row in again.store.rows("PRAGMA table_info(person)")}
    again.close()
    assert len(list((tmp_path / "backups").glob("before-schema-*.sqlite"))) == 1


def test_two_windows_that_bring_an_office_up_to_date_take_each_step_once(tmp_path, monkeypatch):
    """The second had read the number before it waited for the lock, and took the step again."""
    make.desk(tmp_path).close()
    from migdesk.store import files, migrations

    newer = migrations.SCHEMA + 1
    done, copy = [], files._copy_before_migration
    monkeypatch.setattr(migrations, "SCHEMA", newer)
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS | {newer: done.append})

    def meanwhile(store, version):
        monkeypatch.setattr(files, "_copy_before_migration", copy)
        open_desk(tmp_path).close()
        copy(store, version)

    monkeypatch.setattr(files, "_copy_before_migration", meanwhile)
    open_desk(tmp_path).close()
    assert len(done) == 1


def test_a_step_is_done_after_schemas_that_only_had_more_fields(tmp_path, monkeypatch):
    """Steps were counted by their place: an office of schema 2, which has none, missed that of schema 3."""
    desk = make.desk(tmp_path)
    from migdesk.store import migrations

    without, newer = migrations.SCHEMA + 1, migrations.SCHEMA + 2
    desk.store.connection.execute(f"PRAGMA user_version = {without}")
    desk.close()
    done = []
    monkeypatch.setattr(migrations, "SCHEMA", newer)
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS | {newer: done.append})
    open_desk(tmp_path).close()
    assert len(done) == 1


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE person SET surname = 'Басқа'",
        "UPDATE person SET surname = ''",
        "UPDATE person SET note = 'жаңа'",
        "DELETE FROM person",
        "UPDATE change SET after = '{' WHERE tbl = 'person'",
        "UPDATE change SET after = '5' WHERE tbl = 'person'",
    ],
)
def test_replay_sees_what_was_changed_from_outside(tmp_path, meddling):
    """A deleted row went unseen."""
    desk = make.desk(tmp_path)
    with desk.write(Op.SAVE_PERSON) as tx:
        saved = tx.put(make.person())
    assert list(replay.differences(desk.store)) == []
    desk.store.connection.execute(meddling)
    assert list(replay.differences(desk.store)) == [f"person {saved.uid}"]
    desk.close()


def test_backup_and_restore_keep_the_old_office(tmp_path):
    desk = make.desk(tmp_path / "office")
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(make.person())
    back_up(desk, tmp_path / "copy.sqlite")
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(make.person(given="Әсел"))
    desk.close()
    kept = restore(tmp_path / "office", tmp_path / "copy.sqlite")
    assert kept is not None and kept.exists()
    again = open_desk(tmp_path / "office")
    assert [one.given for one in again.store.select(Person, "1")] == ["Айгүл"]
    again.close()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", None], ids=["empty", "header", "foreign"])
def test_restore_takes_no_file_that_is_no_office(tmp_path, content):
    make.desk(tmp_path / "office").close()
    before = (tmp_path / "office" / FILE).read_bytes()
    wrong = tmp_path / "wrong.sqlite"
    if content is None:
        with dbapi.connect(str(wrong)) as connection:
            connection.execute("CREATE TABLE other(x)")
    else:
        wrong.write_bytes(content)
    with pytest.raises((BadFile, StoreProblem)):
        restore(tmp_path / "office", wrong)
    assert (tmp_path / "office" / FILE).read_bytes() == before
    assert [one.name for one in (tmp_path / "office").iterdir()] == [FILE]


@pytest.mark.parametrize("damage", [b"", b"no database at all", None], ids=["empty", "garbage", "cut"])
def test_restore_mends_a_damaged_office_and_keeps_it_as_it_is(tmp_path, damage):
    desk = make.desk(tmp_path / "office")
    back_up(desk, tmp_path / "copy.sqlite")
    desk.close()
    file = tmp_path / "office" / FILE
    broken = file.read_bytes()[:200_000] if damage is None else damage
    file.write_bytes(broken)
    kept = restore(tmp_path / "office", tmp_path / "copy.sqlite")
    assert kept is not None and kept.read_bytes() == broken
    open_desk(tmp_path / "office").close()


def test_two_restores_in_one_second_keep_both_old_offices(tmp_path):
    desk = make.desk(tmp_path / "office")
    back_up(desk, tmp_path / "copy.sqlite")
    desk.close()
    kept = {restore(tmp_path / "office", tmp_path / "copy.sqlite") for _ in range(3)}
    assert len(kept) == 3 and all(one and one.exists() for one in kept)


def test_restore_waits_for_nobody_and_takes_no_office_from_under_another_program(tmp_path):
    desk = make.desk(tmp_path / "office")
    back_up(desk, tmp_path / "copy.sqlite")
    with pytest.raises(StoreProblem) as problem:
        restore(tmp_path / "office", tmp_path / "copy.sqlite")
    assert "Another program" in problem.value.words()
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(make.person())
    desk.close()
    again = open_desk(tmp_path / "office")
    assert len(again.store.select(Person, "1")) == 1
    again.close()


def test_the_key_of_an_encrypted_office_is_worked_out_once(tmp_path):
    """Each command worked it out twice, and the window once more for every thread."""
    init_office(tmp_path, make.office(), passphrase="құпия").close()
    database._derived.cache_clear()
    assert opening.remembered_language(tmp_path, "құпия") is None
    desk = open_desk(tmp_path, passphrase="құпия")
    reader = threading.Thread(target=lambda: desk.store.value("SELECT count(*) FROM person"))
    reader.start()
    reader.join()
    desk.close()
    assert database._derived.cache_info().misses == 1


def test_a_wrong_passphrase_leaves_no_lines_of_the_engine_on_the_terminal(tmp_path, capfd):
    init_office(tmp_path, make.office(), passphrase="құпия").close()
    with pytest.raises(StoreProblem):
        open_desk(tmp_path, passphrase="басқа")
    assert capfd.readouterr() == ("", "")


_CHILD = """
import sys
import threading
from pathlib import Path
from migdesk.services.desk import open_desk
from migdesk.domain.change import Op
from tests import make
desk = open_desk(Path(sys.argv[1]), operator="child")
for n in range(100000):
    with desk.write(Op.SAVE_PERSON) as tx:
        person = tx.put(make.person(note=str(n)))
        for _ in range(3):
            tx.put(make.document(person=person.uid))
    print(n, flush=True)
"""


@pytest.mark.parametrize("pause", [0.05, 0.3])
def test_a_kill_loses_nothing_acknowledged_and_leaves_no_half_op(tmp_path, pause):
    make.desk(tmp_path).close()
    child = subprocess.Popen([sys.executable, "-c", _CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    acknowledged = int(child.stdout.readline())
    time.sleep(pause)
    child.kill()
    with child.stdout:
        acknowledged = max([acknowledged, *(int(line) for line in child.stdout.read().split())])
    child.wait()
    desk = open_desk(tmp_path)
    people = desk.store.value("SELECT count(*) FROM person")
    assert acknowledged + 1 <= people <= acknowledged + 2
    assert desk.store.value("SELECT count(*) FROM document") == 3 * people
    assert list(check_integrity(desk.store)) == []
    assert journal.broken_links(desk) == []
    desk.close()
