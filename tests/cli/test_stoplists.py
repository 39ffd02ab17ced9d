"""`stoplist`: taken in, listed, checked, judged, dropped."""

from __future__ import annotations

import pytest

ROWS = (
    "ФИО;Дата рождения;Гражданство;Паспорт;Основание\n"
    "КАСЫМОВА АЙГУЛЬ;17.05.1990;Узбекистан;;решение суда\n"
    "Petrov Petr;01.02.1980;Россия;N7654321;\n"
    ";;;;x\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(ROWS, encoding="utf-8")
    return str(path)


@pytest.fixture
def taken(office, file):
    said = office("stoplist", "take", file, "--name", "РКЛ", "--source", "МВД РФ", "--of", "2026-11-20")
    assert said.code == 0
    return said.document


def test_a_look_writes_nothing(office, file):
    given = ("stoplist", "take", file, "--name", "РКЛ", "--source", "МВД", "--of", "2026-10-01", "--dry-run")
    said = office(*given)
    assert (said.document["people"], said.document["refused"], said.document["list"]) == (2, 1, None)
    assert said.document["columns"][0] == {"column": "A", "header": "ФИО", "field": "Full name"}
    assert [one["cell"] for one in said.document["problems"]] == ["4"]
    assert said.codes == ["stoplist.stale"]
    assert office("stoplist", "list").document == []


def test_taken_checked_judged_dropped(office, registered, taken):
    assert taken["list"]["in_force"] is True and taken["list"]["people"] == 2
    assert [one["uid"] for one in office("stoplist", "list").document] == [taken["list"]["uid"]]
    uid = registered["uid"]
    found = office("stoplist", "check", uid).document["matches"]
    assert (found[0]["list"], found[0]["entry"]["reason"]) == ("РКЛ", "решение суда")
    assert found[0]["reasons"] and found[0]["judged"] is None
    assert "stoplist.match" in office("status", uid).codes
    judged = office("stoplist", "judge", uid, "--why", "salystyryldy").document
    assert judged["why"] == "salystyryldy"
    assert office("stoplist", "check", uid).document["matches"][0]["judged"]["operator"] == "tester"
    assert "stoplist.match" not in office("status", uid).codes
    assert office("stoplist", "judge", uid, "--again").code == 0
    assert office("stoplist", "drop", "ркл", "--why", "mistake").document["annulled_why"] == "mistake"
    assert office("stoplist", "check", uid).document["matches"] == []
    assert office("stoplist", "judge", uid, "--why", "x").code == 1


def test_registration_warns_and_registers(office, taken):
    from tests.cli.documents import arrival

    said = office("register", "-", given=arrival())
    assert said.code == 0 and "stoplist.match" in said.codes


def test_for_people_it_says_why(call, home, registered, taken):
    said = call("--home", home, "--on", "2026-11-23", "stoplist", "check", registered["uid"])
    assert "РКЛ, МВД РФ, 20.11.2026" in said.out and "same birth date" in said.out


def test_of_several_entries_one_is_named(office, registered, file, tmp_path):
    path = tmp_path / "two.csv"
    path.write_text(ROWS + "КАСЫМОВА АЙГУЛЬ;17.05.1990;;;другое\n", encoding="utf-8")
    office("stoplist", "take", str(path), "--name", "РКЛ", "--source", "МВД РФ", "--of", "2026-11-20")
    entries = [
        one["entry"]["uid"] for one in office("stoplist", "check", registered["uid"]).document["matches"]
    ]
    said = office("stoplist", "judge", registered["uid"], "--why", "x")
    assert (said.code, said.codes) == (1, ["stoplist.which"])
    assert all(uid in said.err for uid in entries) and len(entries) == 2


def test_days_beyond_every_calendar_are_refused(office, file):
    given = ("--name", "РКЛ", "--source", "МВД РФ", "--of", "2026-11-20", "--stale-after", "99999999")
    said = office("stoplist", "take", file, *given)
    assert (said.code, said.fields) == (1, {"stale_after"})
