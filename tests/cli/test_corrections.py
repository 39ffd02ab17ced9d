"""`person`, `arrival`, `document`, `party`: what was registered wrongly is put right by scripts too."""

from __future__ import annotations

import pytest

from migdesk.domain.party import Address
from migdesk.services.desk import open_desk
from tests.cli.documents import arrival

BIN = "150140000012"


@pytest.fixture
def one(office, registered):
    """The uids of a registered person, the arrival, the document and the host."""
    person = registered["uid"]
    document = office("document", "list", person).document[0]
    came = office("explain", registered["number"]).document["uid"]
    return {"person": person, "document": document["uid"], "arrival": came}


def test_a_mistyped_document_is_corrected(office, one):
    said = office("document", "save", "-", given={"uid": one["document"], "number": "AB7654321"})
    assert (said.code, said.document["number"], said.document["issuer"]) == (0, "AB7654321", "UZB")
    held = office("document", "list", "AB7654321").document
    assert [(each["uid"], each["number"]) for each in held] == [(one["document"], "AB7654321")]
    assert office("undo").document["undone"]["op"] == "save_document"


def test_a_document_is_added_and_the_wrong_one_annulled(office, one):
    added = office("document", "save", "-", given={"person": one["person"], "number": "N7", "issuer": "UZB"})
    assert added.code == 0, added.document
    gone = office("document", "annul", one["document"], "--why", "басқа адамдікі")
    assert (gone.code, gone.document["annulled_why"]) == (0, "басқа адамдікі")
    assert [each["number"] for each in office("document", "list", one["person"]).document] == ["N7"]
    assert office("document", "annul", one["document"], "--why", "қайта").code == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"number": "N7"}, "uid"),
        ({"uid": "none"}, "uid"),
        ({"uid": "", "nomber": "N7"}, "nomber"),
        ({"uid": "", "expires_on": "never"}, "expires_on"),
        ({"uid": "", "issuer": "Atlantis"}, "issuer"),
    ],
)
def test_a_refused_correction_names_its_key(office, one, given, field):
    if given.get("uid") == "":
        given = given | {"uid": one["document"]}
    said = office("document", "save", "-", given=given)
    assert said.code == 1
    assert field in said.fields
    assert office("document", "list", one["person"]).document[0]["number"] == "AB1234567"


@pytest.mark.parametrize("given", [[], {"person": 5, "number": "N7"}])
def test_a_document_of_another_shape_is_refused(office, one, given):
    assert office("document", "save", "-", given=given).code == 3


def test_a_person_is_corrected(office, one):
    said = office("person", "-", given={"uid": one["person"], "given": "Айгерім", "birth_estimated": True})
    assert (said.document["given"], said.document["birth_estimated"]) == ("Айгерім", True)
    assert office("person", "-", given={"given": "Айгерім"}).fields == {"uid"}


def test_an_address_is_corrected_and_what_is_not_given_stays(office, one, home):
    fixed = {"uid": one["arrival"], "address": {"line": "Абай к-сі, 7", "rka": "2201300123456789"}}
    first = office("arrival", "-", given=fixed)
    assert first.code == 0, first.document
    again = office("arrival", "-", given={"uid": one["arrival"], "address": {"line": "Абай к-сі, 9"}})
    assert again.document["address"] != first.document["address"]
    desk = open_desk(home)
    before, after = (desk.store.get(Address, said.document["address"]) for said in (first, again))
    desk.close()
    assert (before.place, before.line, before.rka) == ("551010000", "Абай к-сі, 7", "2201300123456789")
    assert (after.place, after.line, after.rka) == ("551010000", "Абай к-сі, 9", "")


def test_a_host_is_changed_by_its_number(office, one):
    saved = office("party", "-", given={"name": "«Ромашка» ЖШС", "number": BIN}).document
    said = office("arrival", "-", given={"uid": one["arrival"], "host": BIN})
    assert said.document["host"] == saved["uid"]
    assert office("arrival", "-", given={"uid": one["arrival"], "host": "nobody"}).code == 1


def test_the_kind_follows_from_the_number_when_it_is_not_given(office):
    said = office("party", "-", given={"name": "«Ромашка» ЖШС", "number": BIN})
    assert (said.document["kind"], said.document["findings"]) == ("organisation", [])


def test_a_kind_against_its_number_is_said_in_plain_words(office):
    said = office("party", "-", given={"name": "Ромашка", "number": BIN, "kind": "individual"})
    (finding,) = said.document["findings"]
    assert (finding["field"], finding["severity"]) == ("kind", "warn")
    assert f"“{BIN}” is a BIN" in finding["text"]


def test_a_change_of_a_party_says_how_many_records_show_it(office):
    made = office("party", "-", given={"name": "«Ромашка» ЖШС", "number": BIN}).document
    assert office("register", "-", given=arrival(party={"uid": made["uid"]})).code == 0
    said = office("party", "-", given={"uid": made["uid"], "phone": "+7 718 2"})
    (finding,) = said.document["findings"]
    assert finding["code"] == "named_elsewhere"
    assert ": 1." in finding["text"]


def test_every_key_of_register_is_listed_from_its_field(ask):
    said = ask("register", "--keys")
    keys = {each["key"]: each for each in said.document}
    assert keys["person.citizenship"]["takes"] == "code or word of the list countries"
    assert keys["person.birth_date"]["required"]
    assert {"address.rka", "party.address.line", "stay.entered_on", "members[].relation"} <= set(keys)
    assert not {"arrival.number", "person.photo", "party.annulled_on"} & set(keys)


def test_each_listed_key_is_known_to_register(office, ask):
    given: dict = {}
    for each in ask("register", "--keys").document:
        place, _dot, name = each["key"].rpartition(".")
        if place in ("person", "address", "arrival", "stay"):
            given.setdefault(place, {})[name] = None
    assert "unknown_field" not in office("register", "-", given=given).codes


@pytest.mark.parametrize(
    ("change", "near"),
    [
        ({"person": {"surename": "A"}}, "surname"),
        ({"stay": {"crossings": []}}, "entered_on"),
        ({"adress": {}}, "address"),
    ],
)
def test_an_unknown_key_is_told_with_those_nearest_to_it(office, change, near):
    told = office("register", "-", given=change).document["findings"]
    assert any(each["code"] == "unknown_field" and near in each["text"] for each in told)


def test_register_without_a_file_is_told_how(ask):
    assert ask("register").code == 2


def test_a_code_of_an_office_is_written_in_capitals(call, ask, tmp_path):
    where = ("--home", tmp_path / "a", "init", "--region", "550000000", "--name", "Бөлім", "--office")
    assert ask(*where, "pvl-2").document["office"] == "PVL-2"
    said = call("--home", tmp_path / "b", *where[2:], "pvl")
    assert "PVL" in said.out
