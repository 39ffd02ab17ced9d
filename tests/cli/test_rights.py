"""`note allow`, `operator`, `undo`, `journal`: who may do what, and what is said of it."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from tests.cli.documents import arrival

MARK = "Белгілінов"


def member(surname: str) -> dict[str, object]:
    given = arrival()
    given["person"] = given["person"] | {"surname": surname, "surname_latin": "BELGILINOV"}
    return given


def test_nobody_takes_the_right_to_restricted_notes(office, registered, working_as):
    working_as("clerk2")
    assert office("note", "add", registered["uid"], "x", "--about", "victim").codes == [
        "no_reader",
        "in_clear",
    ]
    assert office("note", "allow", "clerk2").codes == ["no_right"]
    working_as("tester")
    assert office("note", "allow", "tester").codes == ["to_oneself"]
    assert office("note", "allow", "clerk2").code == 0
    assert office("note", "allow", "clerk2", "--off").codes == ["no_right"]
    assert office("note", "allow").document == ["clerk2"]
    working_as("clerk2")
    assert office("note", "allow", "clerk2", "--off").codes == ["last_reader"]
    assert office("undo").codes == ["cannot_be_undone"]
    assert office("note", "allow", "clerk2", "--off", "--last").code == 0
    newest = [(one["title"], one["about"]) for one in office("journal").document[:2]]
    assert newest == [
        ("The right to restricted notes withdrawn", "clerk2"),
        ("The right to restricted notes given", "clerk2"),
    ]


def test_the_doctor_tells_of_restricted_text_that_lies_readable(office, registered):
    assert office("doctor").code == 0
    office("note", "add", registered["uid"], "x", "--about", "victim")
    said = office("doctor")
    ill = [one["detail"] for one in said.document if not one["ok"]]
    assert (said.code, len(ill)) == (1, 1)
    assert "no passphrase" in ill[0]


def test_the_head_sets_roles_and_a_viewer_changes_nothing(office, registered, working_as):
    assert office("operator", "role", "clerk2", "viewer").codes == ["unknown_login"]
    listed = office("operator", "list").document
    assert listed["you"] == "tester"
    assert [(one["login"], one["role"], one["is_head"]) for one in listed["operators"]] == [
        ("clerk2", "viewer", False),
        ("tester", "head", True),
    ]
    working_as("clerk2")
    assert office("operator", "role", "clerk2", "head").codes == ["heads_only"]
    assert office("register", "-", given=member("Умаров")).codes == ["viewer"]
    assert office("operator", "role", "clerk2", "king").code == 2
    assert office("find", "Қасымова").code == 0


def test_undo_says_what_it_would_take_back_and_what_it_took(office, call, home, registered):
    """After a refused command it took back whatever came before, naming nobody."""
    looked = office("undo", "--check")
    assert (looked.code, looked.document["would_undo"]["op"]) == (0, "register_arrival")
    assert registered["number"] in looked.document["would_undo"]["about"]
    assert looked.document["stops_at"] is None
    said = call("--home", home, "undo").out
    for part in ("Arrival registered", "Қасымова", registered["number"], "tester"):
        assert part in said
    assert office("undo", "--check").codes == ["nothing_to_undo"]


def test_undo_that_stops_at_a_paper_says_which(office, registered, tmp_path):
    words = ("form", "print", "registration_slip", registered["uid"], "--lang", "kk", "--to")
    number = office(*words, tmp_path / "a.pdf").document["number"]
    for said in (office("undo"), office("undo", "--check")):
        assert (said.code, said.codes) == (1, ["cannot_be_undone"])
        text = said.document["findings"][0]["text"]
        assert number in text and "Қасымова" in text and "tester" in text
    assert office("undo", "--check").document["stops_at"]["op"] == "print_form"


def test_the_journal_is_in_the_time_of_the_office(office, call, home, registered):
    at = office("journal").document[0]["at"]
    assert datetime.fromisoformat(at).utcoffset() is not None
    shown = datetime.fromisoformat(at).astimezone().strftime("%d.%m.%Y %H:%M")
    table = call("--home", home, "journal").out
    assert shown in table and at not in table


def test_the_journal_of_a_person_has_the_notes(office, registered):
    office("note", "add", registered["uid"], "x", "--open")
    assert [one["op"] for one in office("journal", registered["uid"]).document] == [
        "save_note",
        "register_arrival",
    ]


@pytest.mark.parametrize(("words", "rows"), [("Қасымова", 1), ("Kasymova", 1), ("ешкім", 0)])
def test_the_exported_journal_is_narrowed_by_words(office, registered, tmp_path, words, rows):
    """The words were ignored: everything was given out."""
    target = tmp_path / "j.json"
    assert office("export", "journal", "--words", words, "--to", target).document == {"rows": rows}


@pytest.mark.parametrize("name", ["printouts", "batches"])
def test_a_list_without_words_refuses_them(office, tmp_path, name):
    said = office("export", name, "--words", "x", "--to", tmp_path / "x.csv")
    assert (said.code, "--filter" in said.err) == (2, True)


def test_neither_log_nor_debug_lines_name_anybody(call, home, tmp_path):
    """What a person asked for stands in the answer, and nowhere else."""
    words = ("--debug", "--home", home)
    uid = json.loads(call(*words, "register", "-", given=member(MARK), json_out=True).out)["uid"]
    told = [
        call(*words, "note", "add", uid, MARK, "--about", "victim"),
        call(*words, "note", "allow", "colleague"),
        call(*words, "operator", "list"),
        call(*words, "operator", "role", "colleague", "viewer"),
        call(*words, "journal"),
        call(*words, "journal", uid),
        call(*words, "export", "journal", "--words", MARK, "--to", tmp_path / "j.csv"),
        call(*words, "undo", "--check"),
        call(*words, "backup", tmp_path / "copy.sqlite"),
        call(*words, "restore", tmp_path / "copy.sqlite"),
        call(*words, "doctor"),
    ]
    assert MARK in told[4].out and MARK in told[5].out
    assert MARK in (tmp_path / "j.csv").read_text(encoding="utf-8")
    assert not any(MARK in one.err or "BELGILINOV" in one.err for one in told)
    logged = "".join(path.read_text(encoding="utf-8") for path in home.rglob("*.log*"))
    assert MARK not in logged and "BELGILINOV" not in logged
