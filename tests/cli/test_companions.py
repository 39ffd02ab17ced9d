"""`find --travelled-with`: contacts as a list and as a file."""

from __future__ import annotations

from tests.cli.documents import arrival


def test_who_travelled_with_somebody_is_listed_and_written(office, tmp_path):
    mine = office("register", "-", given=arrival()).document
    second = arrival()
    second["person"]["given"], second["documents"][0]["number"] = "Болат", "FA7654321"
    other = office("register", "-", given=second).document
    found = office("find", "--travelled-with", mine["uid"]).document
    assert {one["uid"] for one in found} == {other["uid"]}
    assert {one["tie"] for one in found} <= {"transport", "crossing", "list", "address"}
    assert set(found[0]) >= {"uid", "name", "birth_date", "iin", "citizenship", "matched", "since", "until"}
    target = tmp_path / "contacts.pdf"
    assert office("find", "--travelled-with", mine["uid"], "--to", target).document == {"rows": len(found)}
    assert target.read_bytes().startswith(b"%PDF")
    assert office("find", "--travelled-with", mine["uid"], "--until", "2000-01-01").document == []
    assert office("find").code == 2
    assert office("find", "Асан", "--travelled-with", mine["uid"]).code == 2
