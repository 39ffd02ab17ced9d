"""`register`: the machine-readable zone of a document fills what is not given, and is compared with what is."""

from __future__ import annotations

import json
from datetime import date

import pytest

from migdesk.cli.output import as_text, record_document
from migdesk.domain.dates import PartialDate
from migdesk.domain.mrz import MrzReading
from migdesk.domain.mrz_make import make_mrz
from migdesk.services.desk import open_desk
from migdesk.services.people import people
from tests.cli.documents import arrival

DAY = PartialDate(1990, 5, 17)


def zone(kind="TD3", **given):
    """The zone of a document of Uzbekistan."""
    code = {"TD3": "P", "TD1": "I", "TD2": "I"}[kind]
    said = {
        "format": kind,
        "document_code": code,
        "issuer": "UZB",
        "number": "AA7654321",
        "nationality": "UZB",
        "surname": "KARIMOV",
        "given_names": "RUSTAM",
        "birth_date": DAY,
        "sex": "m",
        "expires_on": date(2031, 4, 12),
        **given,
    }
    return make_mrz(MrzReading(**said))


def document(mrz, person=None, **given):
    """A document of the command line of which the zone says nearly everything."""
    return arrival(person=person or {}, documents=[{"mrz": mrz, **given}])


@pytest.fixture
def kept(home):
    """The person and the document that were written, with plain values."""

    def read(said):
        desk = open_desk(home)
        person = people.get_person(desk, said.document["arrivals"][0]["person"])
        found = record_document(person), record_document(people.open_file(desk, person.uid).documents[0])
        desk.close()
        return json.loads(as_text(found))

    return read


@pytest.mark.parametrize(("kind", "paper"), [("TD3", "passport"), ("TD1", "id_card"), ("TD2", "id_card")])
def test_a_zone_fills_the_document_and_its_person(office, kept, kind, paper):
    said = office("register", "-", given=document(zone(kind)))
    assert said.code == 0
    person, paper_kept = kept(said)
    assert [
        person[name] for name in ("surname_latin", "given_latin", "birth_date", "sex", "citizenship")
    ] == [
        "KARIMOV",
        "RUSTAM",
        "1990-05-17",
        "m",
        "UZB",
    ]
    assert [paper_kept[name] for name in ("kind", "number", "issuer", "expires_on")] == [
        paper,
        "AA7654321",
        "UZB",
        "2031-04-12",
    ]


@pytest.mark.parametrize("shape", [str.splitlines, lambda text: text.replace("\n", ""), str.lower])
def test_the_zone_is_taken_as_lines_in_one_piece_and_in_small_letters(office, kept, shape):
    said = office("register", "-", given=document(shape(zone())))
    assert kept(said)[1]["number"] == "AA7654321"


def test_the_iin_of_a_document_of_kazakhstan_is_taken(office, kept):
    mrz = zone(issuer="KAZ", nationality="KAZ", number="N12345678", optional="900517300118")
    said = office("register", "-", given=document(mrz))
    assert (said.code, kept(said)[0]["iin"]) == (0, "900517300118")


@pytest.mark.parametrize("kind", ["TD3", "TD2"])
def test_the_zone_of_a_visa_fills_its_holder_and_is_told(office, kept, kind):
    said = office("register", "-", given=document(f"V{zone(kind)[1:]}", number="AB1234567", issuer="UZB"))
    person, paper = kept(said)
    assert (person["surname_latin"], paper["number"]) == ("KARIMOV", "AB1234567")
    assert ("zone_of_visa", "documents[0].mrz") in [
        (one["code"], one["field"]) for one in said.document["findings"]
    ]


def test_what_is_given_stays_and_each_difference_is_told_at_its_field(office, kept):
    person = {"surname_latin": "KARIMOW", "given_latin": "Rustam", "sex": "f", "birth_date": "1990-05-18"}
    given = document(zone(), person, number="AA 7654321", issuer="TJK", expires_on="2031-04-13")
    said = office("register", "-", given=given)
    told = {one["field"] for one in said.document["findings"] if one["code"] == "zone_differs"}
    assert told == {
        "person.surname_latin",
        "person.sex",
        "person.birth_date",
        "documents[0].issuer",
        "documents[0].expires_on",
    }
    found, paper = kept(said)
    assert (found["surname_latin"], found["sex"], paper["issuer"]) == ("KARIMOW", "f", "TJK")


def test_a_part_whose_check_digit_does_not_fit_fills_nothing(office, kept):
    lines = zone().splitlines()
    damaged = f"{lines[0]}\nAA7654322{lines[1][9:]}"
    said = office("register", "-", given=document(damaged))
    assert said.code == 1
    assert "documents[0].number" in said.fields
    again = office("register", "-", given=document(damaged, number="AA7654321"))
    assert again.code == 0
    assert "documents[0].mrz" in again.fields
    assert kept(again)[0]["surname_latin"] == "KARIMOV"


def test_what_is_no_zone_is_told_and_fills_nothing(office):
    said = office("register", "-", given=document("hello", number="AA7654321"))
    assert (said.code, "documents[0].mrz" in said.fields) == (1, True)


def test_the_zones_of_a_group(office):
    shared = {key: value for key, value in arrival().items() if key not in ("person", "documents")}
    rows = [
        {"person": {}, "documents": [{"mrz": zone(number=f"AA000000{n}", surname=f"KARIMOV{'ABC'[n]}")}]}
        for n in range(3)
    ]
    rows[1]["person"]["sex"] = "f"
    said = office("register", "--group", "-", given={**shared, "rows": rows})
    assert (said.code, len(said.document["arrivals"])) == (0, 3)
    told = [one["field"] for one in said.document["findings"] if one["code"] == "zone_differs"]
    assert told == ["rows[1].person.sex"]


def test_the_keys_tell_of_the_zone(office, call):
    assert "mrz is the machine-readable zone" in call("register", "--keys").out


def test_a_document_that_is_added_is_filled_too(office, registered):
    added = office("document", "save", "-", given={"person": registered["uid"], "mrz": zone()}).document
    assert [added[name] for name in ("number", "issuer", "expires_on")] == ["AA7654321", "UZB", "2031-04-12"]
