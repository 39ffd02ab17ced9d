"""`host`: its people now and before, and their notices in one file."""

from __future__ import annotations

import pytest

from migdesk.services import account
from tests.cli.documents import arrival

NUMBER = "220640001232"


@pytest.fixture
def guest(office):
    """Somebody registered at a company."""
    party = {"name": "«Ертіс» ЖШС", "number": NUMBER, "role": "employer"}
    return office("register", "-", given=arrival(party=party)).document


def test_a_host_is_shown_with_its_people(office, guest):
    shown = office("host", "show", NUMBER).document
    assert (shown["counts"], shown["crowded"]) == ({"here": 1, "before": 0}, False)
    assert shown["here"][0]["person"] == guest["uid"]
    assert shown["years"] == [{"year": 2026, "arrived": 1, "left": 0, "at_end": 1}]
    office("depart", guest["uid"])
    assert office("host", "show", NUMBER).document["before"][0]["left_on"] == "2026-11-23"
    assert office("host", "show", "nobody").code == 1


def test_the_notices_of_a_host_are_one_file(office, guest, tmp_path):
    target = tmp_path / "notices.pdf"
    said = office("host", "notices", NUMBER, "--to", target, "--lang", "kk")
    assert (said.code, said.document["pages"], len(said.document["numbers"])) == (0, 1, 1)
    assert target.read_bytes().startswith(b"%PDF")
    office("depart", guest["uid"])
    assert office("host", "notices", NUMBER, "--to", target).code == 1


def test_the_limit_of_people_at_an_address_is_a_number_of_the_office(office, guest, monkeypatch):
    monkeypatch.setattr(account, "login", lambda: "tester")
    assert set(office("host", "limits").document.values()) == {None}
    said = office("host", "limits", "--set", "hotel=12", "--set", "employer=1").document
    assert (said["hotel"], said["employer"], said["host"]) == (12, 1, None)
    party = {"name": "«Ертіс» ЖШС", "number": NUMBER, "role": "employer"}
    second = arrival(party=party)
    second["person"]["given"], second["documents"][0]["number"] = "Болат", "FA7654321"
    made = office("register", "-", given=second)
    assert made.code == 0, made.out
    assert "crowded" in made.codes
    assert office("host", "limits", "--set", "employer=").document["employer"] is None
    for wrong in ("hotel", "barn=4", "hotel=many"):
        assert office("host", "limits", "--set", wrong).code == 2
    assert office("host", "limits", "--set", "hotel=0").code == 1


def test_a_template_is_kept_used_called_otherwise_and_forgotten(office, guest):
    number = office("host", "show", NUMBER).document["here"][0]["arrival"]
    kept = office("host", "keep-template", number, "--name", "Жатақхана").document
    shown = office("host", "templates", NUMBER).document
    assert [(one["uid"], one["name"]) for one in shown] == [(kept["uid"], "Жатақхана")]
    assert "person" not in str(shown[0]["values"])
    second = arrival()
    for name in ("address", "arrival", "party"):
        second.pop(name)
    second["stay"] = {"entered_on": "2026-11-20", "basis": "visa"}
    second["arrival"] = {"arrived_on": "2026-11-21"}
    second["person"]["given"], second["documents"][0]["number"] = "Болат", "FA7654321"
    made = office("register", "-", "--template", kept["uid"], given=second)
    assert made.code == 0, made.out
    people = office("host", "show", NUMBER).document["here"]
    assert {one["purpose"] for one in people} == {shown[0]["values"]["arrival.purpose"]}
    assert len(people) == 2
    assert office("register", "-", "--group", "--template", kept["uid"], given=second).code == 2
    assert office("host", "rename-template", kept["uid"], "--name", "Б").document["name"] == "Б"
    assert office("host", "forget-template", kept["uid"]).code == 0
    assert office("register", "-", "--template", kept["uid"], given=second).code == 1
    assert office("host", "keep-template", "nothing", "--name", "А").code == 1
