"""`status` of many, as known on a day, with its history; `permit extend` of many."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from migdesk.domain.party import Party
from migdesk.services.desk import open_desk


def real_today():
    return datetime.now().astimezone().date()


def party_records(home):
    opened = open_desk(home)
    found = opened.store.live(Party)
    opened.close()
    return found


@pytest.fixture
def permit(office, registered):
    made = office(
        "permit", "issue", "rvp", registered["uid"], "--from", "2026-11-20", "--until", "2026-12-31"
    )
    assert made.code == 0
    return made.document


def test_a_person_as_known_on_a_day(office, call, home, registered):
    said = office("status", registered["uid"], "--on", "2026-11-21", "--known-on", real_today().isoformat())
    assert said.code == 0
    assert said.document["known_on"] == real_today().isoformat()
    assert said.document["known_now"] == said.document["light"]
    assert said.document["known_by"]["op"] == "register_arrival"
    assert said.document["since"] == []
    shown = call("--home", home, "status", "AB1234567", "--known-on", real_today().isoformat())
    assert "As known on" in shown.out


@pytest.mark.parametrize(
    ("day", "code", "finding"),
    [("2020-01-01", 1, "known.before_office"), ("2099-01-01", 1, "known.in_future")],
)
def test_a_day_on_which_nothing_is_known(office, registered, day, code, finding):
    said = office("status", registered["uid"], "--known-on", day)
    assert (said.code, said.codes) == (code, [finding])


def test_history(office, call, home, registered, permit):
    told = office("status", registered["uid"], "--history").document["history"]
    assert [one["what"] for one in told] == ["permit", "stay", "citizenship"]
    assert (told[0]["from"], told[0]["until"]) == ("2026-11-20", "2026-12-31")
    assert told[0]["known_on"] == real_today().isoformat()
    assert "History" in call("--home", home, "status", registered["uid"], "--history").out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["x", "--family", "y"],
        ["x", "--to", "a.csv"],
        ["x", "--light", "red"],
        ["--family", "x", "--history"],
        ["--host", "x", "--column", "A"],
        ["x", "--history", "--known-on", "2026-11-01"],
        ["--each", "-", "--to", "a.txt"],
    ],
)
def test_what_does_not_belong_together_is_wrong_usage(office, registered, words):
    words = [registered["uid"] if word == "x" and words[0] == "x" else word for word in words]
    assert office("status", *words).code == 2


def test_a_family_a_host_and_a_view(office, home, registered):
    uid = registered["uid"]
    family = office("status", "--family", uid)
    assert family.code in (0, 1)
    party = next(one.uid for one in party_records(home))
    staff = office("status", "--host", party).document
    assert [one["person"]["uid"] for one in staff["people"]] == [uid]
    assert sum(staff["counts"].values()) == 1
    light = staff["people"][0]["light"]
    assert office("status", "--host", party, "--light", light).document["people"] == staff["people"]
    other = next(one for one in ("green", "amber", "red") if one != light)
    assert office("status", "--host", party, "--light", other).document["people"] == []
    assert office("status", "--view", "нет").code == 1


def test_a_column_of_numbers_and_what_is_not_known(office, registered, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("Имя;Номер паспорта\nа;AB1234567\nб;ZZ000\n", "utf-8")
    said = office("status", "--each", str(file)).document
    assert [(one["asked"], one["cell"]) for one in said["people"]] == [("AB1234567", "a!B2")]
    assert [(one["asked"], one["cell"], one["code"]) for one in said["unknown"]] == [
        ("ZZ000", "a!B3", "number.nobody")
    ]
    assert said["counts"]["unknown"] == 1
    target = tmp_path / "out.xlsx"
    written = office("status", "--each", str(file), "--column", "B", "--to", str(target))
    assert (written.document["rows"], target.exists()) == (2, True)
    assert office("status", "--each", str(file), "--column", "ZZ").code == 3
    assert office("status", "--each", str(tmp_path / "none.csv")).code == 3


def test_many_permits_are_looked_at_then_extended_and_taken_back(office, registered, permit, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(f"Номер разрешения\n{permit['number']}\nAB1234567\nZZ\n", "utf-8")
    words = ("permit", "extend", "--each", str(file), "--column", "A", "--until", "2027-06-30")
    looked = office(*words, "--check").document
    assert (looked["would_extend"], looked["refused"], looked["extended"]) == (1, 1, 0)
    done = office(*words).document
    assert (done["extended"], done["refused"]) == (1, 1)
    assert [one["until"] for one in done["permits"]] == ["2027-06-30", None]
    again = office(*words)
    assert (again.code, again.codes) == (1, ["extend.nothing"])
    assert office("undo").document["undone"]["op"] == "extend_permits"
    assert office(*words, "--check").document["would_extend"] == 1


def test_a_permit_by_the_term_of_its_kind(office, registered, permit):
    said = office("permit", "extend", permit["number"], "--by-term").document
    assert [one["until"] for one in said["permits"]] == ["2027-12-31"]


@pytest.mark.parametrize(
    "words",
    [
        ["P"],
        ["--by-term"],
        ["P", "--by-term", "--until", "2027-01-01"],
        ["--each", "x", "--view", "y", "--by-term"],
        ["P", "--by-term", "--with-dependants"],
    ],
)
def test_extend_that_names_too_little_or_too_much(office, registered, words):
    assert office("permit", "extend", *words).code == 2


def test_the_day_before_the_office_was_made_knows_nobody(office, registered):
    day = (real_today() - timedelta(days=1)).isoformat()
    assert office("status", registered["uid"], "--known-on", day).codes == ["known.before_office"]
