"""`init`, `doctor`, `backup`, `restore`: making, checking, copying and bringing back an office."""

from __future__ import annotations

import pytest

from migdesk.store.database import FILE
from migdesk.store.engine import dbapi
from tests.cli.documents import arrival

NAMED = ("--office", "PVL", "--name", "Павлодар облысы")


def test_an_office_is_made(ask, tmp_path):
    folder = tmp_path / "new" / "office"
    said = ask("--home", folder, "init", *NAMED, "--region", "550000000")
    assert said.code == 0
    assert said.document["home"] == str(folder)
    assert (folder / FILE).is_file()
    assert ask("--home", folder, "find", "x").document == []


@pytest.mark.parametrize("region", ["Павлодар облысы", "Павлодарская область", "павлодар"])
def test_a_region_may_be_named(ask, tmp_path, region):
    assert ask("--home", tmp_path / "o", "init", *NAMED, "--region", region).document["region"] == "550000000"


def test_a_region_that_is_none(ask, tmp_path):
    said = ask("--home", tmp_path / "o", "init", *NAMED, "--region", "Atlantis")
    assert said.code == 1
    assert said.codes == ["unknown_region"]
    assert not (tmp_path / "o" / FILE).exists()


def test_a_second_office_is_not_made_over_the_first(ask, home):
    said = ask("--home", home, "init", *NAMED, "--region", "550000000")
    assert said.code == 4
    assert said.document["error"] == "store"


def test_a_folder_that_is_a_file(ask, tmp_path):
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    assert ask("--home", file, "init", *NAMED, "--region", "550000000").code == 4
    assert ask("--home", file, "find", "x").code == 4


def test_what_init_needs(ask, tmp_path):
    assert ask("--home", tmp_path, "init", "--office", "PVL").code == 2
    assert ask("--home", tmp_path, "init", *NAMED, "--region", "").code == 1


@pytest.mark.parametrize(
    "words", [("find", "x"), ("status", "x"), ("register", "-"), ("journal",), ("doctor",), ("undo",)]
)
def test_no_office_here(ask, tmp_path, words):
    said = ask("--home", tmp_path / "none", *words, given=arrival())
    assert said.code == 4
    assert "migdesk init" in said.document["text"]
    assert not (tmp_path / "none").exists()


def test_a_passphrase(ask, tmp_path):
    secret, wrong, empty = (tmp_path / name for name in ("secret", "wrong", "empty"))
    secret.write_text("Құпия сөз 1\nsecond line\n", encoding="utf-8")
    wrong.write_text("other\n", encoding="utf-8")
    empty.write_text("\n\n", encoding="utf-8")
    words = ("--home", tmp_path / "o")
    assert ask(*words, "--passphrase-file", secret, "init", *NAMED, "--region", "550000000").code == 0
    assert b"SQLite format" not in (tmp_path / "o" / FILE).read_bytes()[:16]
    assert ask(*words, "--passphrase-file", secret, "find", "x").code == 0
    assert ask(*words, "find", "x").code == 4
    assert ask(*words, "--passphrase-file", wrong, "find", "x").code == 4
    assert ask(*words, "--passphrase-file", empty, "find", "x").code == 3
    assert ask(*words, "--passphrase-file", tmp_path / "none", "find", "x").code == 3


def test_backup_and_restore(office, home, tmp_path, registered):
    copy = tmp_path / "copy.sqlite"
    said = office("backup", copy)
    assert said.code == 0
    assert said.document["file"] == str(copy)
    office("register", "-", given=arrival(person={**arrival()["person"], "given": "Сәуле"}))
    assert len(office("find", "Қасымова").document) == 2
    back = office("restore", copy)
    assert back.code == 0
    assert [one["uid"] for one in office("find", "Қасымова").document] == [registered["uid"]]
    kept = home / back.document["kept"]
    assert kept.is_file()
    assert kept.parent == home


def test_backup_refuses_to_write_over_a_file(office, tmp_path):
    copy = tmp_path / "copy.sqlite"
    copy.write_text("precious", encoding="utf-8")
    said = office("backup", copy)
    assert said.code == 1
    assert copy.read_text(encoding="utf-8") == "precious"
    assert office("backup", tmp_path / "none" / "copy.sqlite").code == 4
    assert office("backup", "-").code == 2


def test_restore_refuses_what_is_no_office(office, tmp_path, registered):
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_bytes(b"x" * 5000)
    assert office("restore", wrong).code in (3, 4)
    assert office("restore", tmp_path / "none.sqlite").code == 3
    assert len(office("find", "Қасымова").document) == 1


@pytest.mark.parametrize("verb", [("doctor",), ("find", "x"), ("journal", "verify"), ("undo",)])
def test_an_emptied_file_is_a_damaged_office_and_no_new_one(office, home, tmp_path, registered, verb):
    copy = tmp_path / "copy.sqlite"
    assert office("backup", copy).code == 0
    (home / "office.sqlite").write_bytes(b"")
    said = office(*verb)
    assert said.code == 4
    assert said.document["error"] == "store"
    assert office("restore", copy).code == 0
    assert len(office("find", "Қасымова").document) == 1


def test_the_doctor_finds_all_in_order(office):
    said = office("doctor")
    assert all(set(one) == {"name", "ok", "detail"} for one in said.document)
    assert [one for one in said.document if not one["ok"]] == []
    assert said.code == 0


def test_the_doctor_finds_a_table_changed_from_outside(office, home, registered):
    connection = dbapi.connect(str(home / FILE))
    connection.execute("UPDATE person SET surname = 'Other'")
    connection.commit()
    connection.close()
    said = office("doctor")
    assert said.code == 1
    assert [one["name"] for one in said.document if not one["ok"]] == ["journal and tables agree"]


def test_a_damaged_store(office, home):
    (home / FILE).write_bytes(b"\x00\x01damaged" * 1000)
    for leftover in home.glob(f"{FILE}-*"):
        leftover.unlink()
    assert office("find", "x").code == 4


def test_a_newer_store(office, home):
    connection = dbapi.connect(str(home / FILE))
    connection.execute("PRAGMA user_version = 9999")
    connection.commit()
    connection.close()
    said = office("find", "x")
    assert said.code == 4
    assert "newer" in said.document["text"]


def test_a_locked_store(office, home, registered, monkeypatch):
    from migdesk.store import database

    monkeypatch.setattr(database, "_PRAGMAS", tuple(one.replace("5000", "50") for one in database._PRAGMAS))
    connection = dbapi.connect(str(home / FILE), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    said = office("register", "-", given=arrival())
    connection.execute("ROLLBACK")
    connection.close()
    assert said.code == 4
    assert len(office("find", "Қасымова").document) == 1
