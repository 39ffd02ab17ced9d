"""`init`, `doctor`, `backup`, `restore`: making, checking, copying and bringing back an office."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migdesk.store.database import FILE
from migdesk.store.engine import dbapi
from tests.cli.conftest import DAY
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
    office("register", "--apart", "-", given=arrival(person={**arrival()["person"], "given": "Сәуле"}))
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
    said = office("register", "--apart", "-", given=arrival())
    connection.execute("ROLLBACK")
    connection.close()
    assert said.code == 4
    assert len(office("find", "Қасымова").document) == 1


def meddle(home: Path, script: str) -> None:
    """Work on the office's file with another tool."""
    connection = dbapi.connect(str(home / FILE), isolation_level=None)
    connection.executescript(script)
    connection.close()


def test_the_doctor_mends_what_can_be_made_from_the_records(office, home, registered):
    meddle(home, "DROP INDEX person_iin; DELETE FROM person_search; UPDATE series SET last = 0")
    assert office("find", "Қасымова").document == []
    assert office("register", "--apart", "-", given=arrival()).code == 4
    said = office("doctor")
    ill = {one["name"]: one["detail"] for one in said.document if not one["ok"]}
    assert (said.code, list(ill)) == (1, ["tables and indexes", "search", "series of numbers"])
    assert all("doctor --mend" in detail for detail in ill.values())
    mended = office("doctor", "--mend")
    assert mended.code == 0
    assert "index person_iin" in mended.err
    assert [one["uid"] for one in office("find", "Қасымова").document] == [registered["uid"]]
    assert office("register", "--apart", "-", given=arrival()).document["number"] == "PVL-2026-000002"


def test_a_journal_whose_end_was_cut_off_is_not_whole(office, home, registered):
    newest = office("journal").document[0]["uid"]
    assert office("journal", "verify").code == 0
    meddle(home, "DELETE FROM change WHERE op = 2; DELETE FROM op WHERE id = 2")
    said = office("journal", "verify")
    assert (said.code, said.document) == (1, {"ok": False, "broken": [newest]})


@pytest.mark.parametrize("table", ["arrival", "change", "series", "person_search", "office"])
@pytest.mark.parametrize(
    "verb", [("find", "Қасымова"), ("register", "-"), ("journal", "verify"), ("doctor",)]
)
def test_a_lost_table_is_a_problem_of_the_store_and_no_crash(office, home, registered, table, verb):
    meddle(home, f"PRAGMA foreign_keys = OFF; DROP TABLE {table}")
    said = office(*verb, given=arrival())
    assert said.code == (1 if verb == ("doctor",) else 4)
    assert table in said.out


def test_a_file_without_a_version_is_a_problem_of_the_store(office, home):
    meddle(home, "PRAGMA user_version = 0")
    assert office("find", "x").code == 4
    assert office("doctor").code == 4


def test_restore_never_takes_the_passphrase_away(ask, office, tmp_path, registered):
    copy, secret, home = tmp_path / "copy.sqlite", tmp_path / "secret", tmp_path / "encrypted"
    secret.write_text("Құпия сөз\n", encoding="utf-8")
    assert office("backup", copy).code == 0
    locked = ("--home", home, "--passphrase-file", secret)
    assert ask(*locked, "init", *NAMED, "--region", "550000000").code == 0
    refused = ask("--home", home, "restore", copy)
    assert (refused.code, refused.codes) == (1, ["would_be_plain"])
    other = ask(*locked, "restore", copy)
    assert (other.code, other.codes) == (1, ["other_office", "say_so"])
    assert ask(*locked, "restore", "--other-office", copy).codes == ["other_office", "sealed"]
    assert b"SQLite format" not in (home / FILE).read_bytes()[:16]
    assert [one["uid"] for one in ask(*locked, "find", "Қасымова").document] == [registered["uid"]]
    assert ask("--home", home, "find", "x").code == 4
    assert ask(*locked, "backup", tmp_path / "locked.sqlite").code == 0
    assert office("restore", tmp_path / "locked.sqlite").code == 3


def test_a_backup_of_another_office_takes_no_place_unasked(ask, call, office, home, tmp_path, registered):
    """It replaced the office without a word; the next clerk registered into somebody else's numbers."""
    copy, other = tmp_path / "copy.sqlite", tmp_path / "other"
    assert office("backup", copy).code == 0
    assert (
        ask("--home", other, "init", "--office", "SKO", "--region", "590000000", "--name", "Басқа").code == 0
    )
    before = (other / FILE).read_bytes()
    refused = ask("--home", other, "restore", copy)
    assert (refused.code, refused.codes) == (1, ["other_office", "say_so"])
    for words in ("PVL “Павлодар облысы”, people: 1", "SKO “Басқа”, people: 0", "--other-office"):
        assert words in refused.document["text"]
    assert (other / FILE).read_bytes() == before
    assert sorted(path.name for path in other.iterdir()) == [FILE]
    told = call("--home", other, "restore", "--other-office", copy)
    assert (told.code, "another office: PVL" in told.err) == (0, True)
    assert ask("--home", other, "journal").document[-1]["about"] == "tester"
    own = office("restore", copy)
    assert (own.code, own.codes) == (0, ["backup_of", "office_before"])


def test_an_office_is_encrypted_by_its_own_backup(ask, office, home, tmp_path, registered):
    copy, secret = tmp_path / "copy.sqlite", tmp_path / "secret"
    secret.write_text("Құпия сөз\n", encoding="utf-8")
    assert office("backup", copy).code == 0
    said = ask("--home", home, "--passphrase-file", secret, "restore", copy)
    assert said.codes == ["backup_of", "office_before", "sealed", "kept_in_clear"]
    assert b"SQLite format" not in (home / FILE).read_bytes()[:16]
    assert office("find", "x").code == 4


def test_a_garbled_backup_cannot_be_read(office, tmp_path, registered):
    copy = tmp_path / "copy.sqlite"
    assert office("backup", copy).code == 0
    content = copy.read_bytes()
    for garbled in (
        content[:100_000],
        b"x" * 100 + content[100:],
        content[:9000] + bytes(9000) + content[18_000:],
    ):
        copy.write_bytes(garbled)
        assert office("restore", copy).code == 3
    assert len(office("find", "Қасымова").document) == 1


def test_an_office_that_may_only_be_read(office, home, tmp_path, registered):
    """Nothing could be asked of an office on a disc or in a folder of somebody else's."""
    (home / f"{FILE}-wal").mkdir()  # where no log can be made, SQLite cannot write
    number = registered["number"]
    for verb in (
        ("find", "Қасымова"),
        ("status", registered["uid"]),
        ("explain", number),
        ("journal", "verify"),
        ("doctor",),
        ("duplicates",),
        ("export", "people", "--to", tmp_path / "people.csv"),
        (
            "report",
            "run",
            "arrivals_journal",
            "--from",
            DAY,
            "--to",
            DAY,
            "--to-file",
            tmp_path / "journal.csv",
        ),
        ("form", "proof", "kandas_application", "--to", tmp_path / "proof.pdf"),
        ("backup", tmp_path / "copy.sqlite"),
    ):
        assert office(*verb).code == 0, verb
    for verb in (
        ("register", "--apart", "-"),
        ("depart", registered["uid"]),
        ("form", "print", "notification_arrival", number, "--to", tmp_path / "paper.pdf"),
        ("quota", "allot", "kandas", "--units", "1", "--act", "№"),
        ("undo",),
        ("doctor", "--mend"),
    ):
        said = office(*verb, given=arrival())
        assert (said.code, "only be read" in said.out) == (4, True), verb
    assert not (tmp_path / "paper.pdf").exists()


@pytest.mark.parametrize("posix", ["mode"] if os.name == "posix" else [])
def test_what_is_made_is_for_the_owner_only(ask, office, tmp_path, registered, posix):
    """Databases, papers and lists could be read by everybody on the machine."""
    out = tmp_path / "out"
    out.mkdir()
    before = os.umask(0o022)
    try:
        assert ask("--home", tmp_path / "new" / "office", "init", *NAMED, "--region", "550000000").code == 0
        for number, verb in enumerate(
            (
                ("backup", out / "copy.sqlite"),
                ("form", "print", "notification_arrival", registered["number"], "--to", out / "a.pdf"),
                ("form", "proof", "kandas_application", "--to", out / "b.pdf"),
                *(("export", "people", "--to", out / f"people{end}") for end in (".xlsx", ".csv", ".json")),
                ("template", out / "empty.xlsx"),
            )
        ):
            assert office(*verb).code == 0, number
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)
    made = [tmp_path / "new" / "office" / FILE, *out.iterdir()]
    assert len(made) == 8
    assert {file.name: oct(file.stat().st_mode & 0o777) for file in made} == dict.fromkeys(
        (file.name for file in made), "0o600"
    )
    assert (tmp_path / "new" / "office").stat().st_mode & 0o777 == 0o700


def test_the_name_of_an_office_has_no_unseen_signs(ask, tmp_path):
    named = ("--office", "PVL", "--name", "Пав\u202eло\u200bдар", "--region", "550000000")
    assert ask("--home", tmp_path / "o", "init", *named).code == 0
    stored = dbapi.connect(str(tmp_path / "o" / FILE)).execute("SELECT name FROM office").fetchone()
    assert stored == ("Павлодар",)


def test_the_proof_of_the_journal_says_what_it_proves(call, home):
    assert "doctor" in call("--home", home, "journal", "verify").out
