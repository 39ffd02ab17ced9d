"""`register`: what a script may write, what is refused, and that a refusal writes nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest

from migdesk.domain.dates import PartialDate
from migdesk.domain.mrz import MrzReading
from migdesk.domain.mrz_make import make_mrz
from migdesk.store.database import FILE
from migdesk.store.engine import dbapi
from tests.cli.documents import arrival


def without(document: dict, *keys: str) -> dict:
    return {key: value for key, value in document.items() if key not in keys}


def in_register(office) -> int:
    return len(office("find", "Қасымова").document)


def test_one_person(office, registered):
    assert {"uid", "number", "findings", "deadlines"} <= set(registered)
    assert registered["number"] == "PVL-2026-000001"
    assert {term["kind"] for term in registered["deadlines"]} == {"notice", "registration", "stay"}
    assert {term["due"] for term in registered["deadlines"]} == {"2026-11-25", "2026-12-20", "2026-12-19"}
    (found,) = office("find", "KASYMOVA").document
    assert found["uid"] == registered["uid"]
    assert (found["birth_date"], found["citizenship"], found["iin"]) == ("1990-05-17", "UZB", None)


def test_a_family(office):
    child = {"person": {"surname": "Қасымов", "birth_date": "2018", "sex": "m", "citizenship": "UZB"}}
    said = office("register", "-", given=arrival(members=[{**child, "relation": "son"}]))
    assert said.code == 0
    assert [one["number"] for one in said.document["arrivals"]] == ["PVL-2026-000001", "PVL-2026-000002"]
    assert said.document["family"]
    assert len(office("journal").document) == 2


def test_members_and_family_are_two_words_for_one(office):
    head = {key: value for key, value in arrival().items() if key in ("person", "documents")}
    child = {
        "person": {**head["person"], "given": "Әли", "sex": "m", "birth_date": "2018-05-17"},
        "relation": "son",
    }
    said = office("register", "-", given=without(arrival(family=[head, child]), "person", "documents"))
    assert len(said.document["arrivals"]) == 2
    again = without(arrival(family={"members": [child]}), "documents")
    nested = office("register", "--apart", "-", given=again)
    assert len(nested.document["arrivals"]) == 2


def test_words_as_people_write_them(office):
    given = arrival(
        document={"number": "AB1234567", "issuer": "Өзбекстан", "expires_on": "2032-03-01"},
        person={"surname": "Али", "birth_date": "1990", "sex": "муж.", "citizenship": "узбекистан"},
        host={"name": "Серікова Алма", "kind": "individual", "address": {"place": "551010000"}},
        arrival={"purpose": "kandas", "arrived_on": "2026-11-20"},
        stay={"entered_on": "2026-11-20", "basis": "visa_free"},
    )
    said = office("register", "-", given=without(given, "documents", "party"))
    assert said.code == 0
    assert office("status", said.document["uid"]).document["person"]["citizenship"] == "UZB"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"person": {"surname": "Али", "birth_date": "never", "citizenship": "UZB"}}, "person.birth_date"),
        (
            {"person": {"surname": "Али", "birth_date": "1990", "citizenship": "Atlantis"}},
            "person.citizenship",
        ),
        ({"person": {"surname": ["Али"], "birth_date": "1990", "citizenship": "UZB"}}, "person.surname"),
        ({"person": {"surname": True, "birth_date": "1990", "citizenship": "UZB"}}, "person.surname"),
        ({"person": {"surname": "А\u0000ли", "birth_date": "1990", "citizenship": "UZB"}}, "person.surname"),
        ({"person": {"surname": "А" * 81, "birth_date": "1990", "citizenship": "UZB"}}, "person.surname"),
        ({"person": {"surname": "Али", "height": 5}}, "person.height"),
        ({"person": {"surname": "Али", "iin": 9.5}}, "person.iin"),
        ({"person": {"uid": "nobody"}}, "person.uid"),
        ({"documents": [{"kind": "passport"}]}, "documents[0].number"),
        ({"documents": None, "document": {"kind": "passport"}}, "document.number"),
        ({"document": {"number": "1"}}, "document"),
        ({"arrival": {"purpose": "kandas"}}, "arrival.arrived_on"),
        ({"arrival": {"purpose": "kandas", "arrived_on": "2026-11-24"}}, "arrival.arrived_on"),
        ({"arrival": {"purpose": "kandas", "arrived_on": "2026-11-20", "number": "1"}}, "arrival.number"),
        ({"arrival": {"purpose": "kandas", "arrived_on": -1}}, "arrival.arrived_on"),
        ({"documents": [{"number": "AB1", "expires_on": -1}]}, "documents[0].expires_on"),
        ({"stay": {"entered_on": "2026-11-19"}}, "stay.entered_on"),
        ({"stay": {"length": 5}}, "stay.length"),
        ({"address": {"place": "123"}}, "address.place"),
        ({"party": {"number": "1"}}, "party.name"),
        ({"party": {"name": "A", "colour": "b"}}, "party.colour"),
        ({"host": {"name": "A"}}, "party"),
        (
            {"members": [{"person": {"surname": "Али", "birth_date": "2018", "citizenship": "UZB"}}]},
            "members[0].relation",
        ),
        ({"members": [{"relation": "emperor", "person": {"surname": "Али"}}]}, "members[0].relation"),
        ({"weather": "cold"}, "weather"),
        ({"documents": [{"number": "AB1"}, {"number": "AB2", "issuer": "Нарния"}]}, "documents[1].issuer"),
        ({"documents": [{"number": "AB1"}, {"kind": "passport"}]}, "documents[1].number"),
    ],
)
def test_a_finding_names_its_key(office, change, field):
    said = office("register", "-", given=arrival(**change))
    assert said.code == 1
    assert field in said.fields, said.document
    assert said.err
    assert in_register(office) == 0
    assert len(office("journal").document) == 1


def test_everything_wrong_is_said_at_once(office):
    said = office(
        "register", "-", given={"person": {"birth_date": "never"}, "arrival": {"purpose": "nothing"}}
    )
    assert {"person.birth_date", "person.citizenship", "arrival.purpose", "arrival.arrived_on"} <= said.fields
    told = [(one["code"], one["field"]) for one in said.document["findings"]]
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"person": []}, "person"),
        ({"person": {}, "documents": "AB1"}, "documents"),
        ({"person": {}, "documents": ["AB1"]}, "documents[0]"),
        ({"members": {"members": 5}}, "members.members"),
        ({"members": [5]}, "members[0]"),
        ({"members": [{"person": 5}]}, "members[0].person"),
        ({"members": [{"person": {}, "relation": 5}]}, "members[0].relation"),
        ({"arrival": "today"}, "arrival"),
        ({"stay": 5}, "stay"),
        ({"party": 5}, "party"),
        ({"address": [5]}, "address"),
        ([], ""),
    ],
)
def test_a_document_of_another_shape_cannot_be_read(office, given, place):
    said = office("register", "-", given=given)
    assert said.code == 3
    assert said.document["place"] == place
    assert len(office("journal").document) == 1


def test_somebody_known_arrives_again(office, registered):
    again = arrival(
        person={"uid": registered["uid"], "phone": "+7 701 123 45 67"},
        arrival={"purpose": "kandas", "arrived_on": "2026-11-22"},
    )
    said = office("register", "-", given=again)
    assert said.code == 0
    assert said.document["uid"] == registered["uid"]
    assert said.document["number"] == "PVL-2026-000002"
    assert in_register(office) == 1


def test_a_second_file_of_the_same_person_is_not_made_unasked(office, registered):
    """The group refused it, and one document with the same passport made a second file."""
    said = office("register", "-", given=arrival())
    assert said.code == 1
    assert ("known_person", "person") in {(one["code"], one["field"]) for one in said.document["findings"]}
    assert len(office("find", "KASYMOVA").document) == 1
    other = office("register", "--apart", "-", given=arrival())
    assert other.code == 0
    assert ("duplicate", "person") in {(one["code"], one["field"]) for one in other.document["findings"]}


def test_a_person_reads_what_was_registered(call, home, tmp_path):
    file = tmp_path / "arrival.json"
    file.write_text(json.dumps(arrival()), encoding="utf-8")
    said = call("--home", home, "--on", "2026-11-23", "register", file)
    assert said.code == 0
    assert "PVL-2026-000001  Қасымова Айгүл" in said.out
    assert "25.11.2026  Notice of arrival" in said.out


def test_a_departure_closes_the_arrival(office, registered):
    words = (
        "depart",
        registered["uid"],
        "--left",
        "2026-11-22",
        "--kind",
        "abroad",
        "--to-country",
        "Өзбекстан",
    )
    said = office(*words)
    assert said.code == 0
    assert (said.document["left_on"], said.document["to_country"]) == ("2026-11-22", "UZB")
    assert said.document["arrival"] == registered["arrivals"][0]["uid"]
    assert office("status", registered["uid"]).document["deadlines"] == []
    assert office("undo").code == 0


def test_departure_refusals(office, registered):
    uid = registered["uid"]
    assert office("depart", "nobody").code == 1
    assert office("depart", uid, "--left", "2026-11-24").code == 1
    assert office("depart", uid, "--left", "2026-11-01").code == 1
    assert office("depart", uid, "--to-country", "Atlantis").fields == {"to_country"}
    assert office("depart", uid, "--kind", "dream").code == 2
    assert office("depart").code == 2


def test_the_person_who_left_is_named_with_his_departure(office, registered):
    first = office("depart", registered["uid"])
    assert first.code == 0
    again = office("depart", registered["uid"], "--kind", "abroad", "--to-country", "UZB")
    assert again.code == 0  # the address was left, now the country
    for kind in ("address", "abroad"):
        said = office("depart", registered["uid"], "--kind", kind)
        assert (said.code, said.codes) == (1, ["left_already"])
        assert again.document["number"] in said.document["text"]


@pytest.mark.parametrize("typed", ["-5", ".", "today", "-", "05.03.1990", "050390"])
@pytest.mark.parametrize("place", [("person", "birth_date"), ("arrival", "arrived_on")])
def test_what_people_type_for_a_day_is_no_date_of_a_document(office, place, typed):
    given = arrival()
    given[place[0]][place[1]] = typed
    said = office("register", "-", given=given)
    assert said.code == 1
    assert {"wrong_kind"} <= {one["code"] for one in said.document["findings"]}
    assert ".".join(place) in said.fields


@pytest.mark.parametrize(
    ("words", "near"), [("qq", "CCK"), ("кор", "KOR"), ("UZ", "Did you mean Uzbekistan")]
)
def test_a_scrap_is_no_citizenship(office, words, near):
    said = office("register", "-", given=arrival(person={**arrival()["person"], "citizenship": words}))
    assert said.code == 1
    (told,) = [one for one in said.document["findings"] if one["field"] == "person.citizenship"]
    assert near in told["text"]
    assert ("several" in told["text"]) == (words != "UZ")


@pytest.mark.parametrize("address", ["<b>", 0, [], "01a20888-35ba-770f-a278-904f1a8677b8"])
@pytest.mark.parametrize("key", ["party", "host"])
def test_an_address_that_is_no_object_is_refused_with_its_key(office, key, address):
    given = without(arrival(**{key: {"name": "Серікова Алма", "address": address}}), *{"party"} - {key})
    said = office("register", "-", given=given)
    assert (said.code, said.document["place"]) == (3, f"{key}.address")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"party": {"uid": "01a20888-35ba-770f-a278-904f1a8677b8"}}, "party.uid"),
        ({"arrival": {**arrival()["arrival"], "host": "01a20888"}}, "arrival.host"),
    ],
)
def test_a_host_that_is_not_in_the_register_is_named_by_its_key(office, change, field):
    said = office("register", "-", given=arrival(**change))
    assert said.code == 1
    assert field in said.fields


@pytest.mark.parametrize(
    ("word", "code"), [("Ж", "f"), ("муж", "m"), ("әйел", "f"), ("Male", "m"), ("F", "f")]
)
def test_sex_is_taken_in_the_words_of_a_workbook(office, home, word, code):
    said = office("register", "-", given=arrival(person={**arrival()["person"], "sex": word}))
    assert said.code == 0
    stored = dbapi.connect(str(home / FILE)).execute("SELECT sex FROM person").fetchall()
    assert stored == [(code,)]


def test_a_word_for_sex_that_nobody_knows_is_refused_with_the_known_ones(office):
    said = office("register", "-", given=arrival(person={**arrival()["person"], "sex": "x"}))
    (told,) = [one for one in said.document["findings"] if one["field"] == "person.sex"]
    assert told["text"] == "“x” is none of: m (male), f (female)."


ZONE = make_mrz(
    MrzReading(
        format="TD3",
        document_code="P",
        issuer="UZB",
        number="AB1234567",
        surname="TASHKENTOV",
        given_names="OTABEK",
        nationality="UZB",
        birth_date=PartialDate(1988, 3, 12),
        sex="m",
        expires_on=date(2031, 5, 1),
    )
)
ELSEWHERE = {"place": "551010000", "line": "Абай к-сі, 1"}


def comes_again(registered, **given) -> dict:
    """Somebody of the register arrives at another address while he is registered at the first."""
    again = without(arrival(), "documents", "address")
    return {**again, "person": {"uid": registered["uid"]}, "address": ELSEWHERE, **given}


def test_a_second_open_arrival_is_refused_with_the_options_that_answer_for_the_first(office, registered):
    said = office("register", "-", given=comes_again(registered))
    assert said.code == 1
    told = {one["code"]: one["text"] for one in said.document["findings"]}
    assert all(option in told["still_here"] for option in ("--moves", "--earlier-left", "--stays-at-both"))


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (["--moves"], None),
        ([], "move"),
        (["--earlier-left", "2026-11-20"], None),
        ([], {"way": "left", "left_on": "2026-11-20"}),
    ],
)
def test_the_answer_is_an_option_or_a_key(office, registered, options, key):
    given = comes_again(registered, **({"earlier": key} if key else {}))
    said = office("register", *options, "-", given=given)
    assert said.code == 0
    events = office("event", "list", registered["uid"]).document
    assert [one["number"] for one in events if "-D" in one["number"]] == ["PVL-D2026-000001"]


@pytest.mark.parametrize("place", ["member", "document"])
def test_a_zone_may_stand_beside_the_document_of_any_member(office, place):
    member = {"mrz": ZONE} if place == "member" else {"document": {"mrz": ZONE}}
    given = without(arrival(members=[{**member, "person": {}}]), "person", "documents")
    said = office("register", "-", given=given)
    assert said.code == 0
    assert said.document["arrivals"][0]["name"] == "TASHKENTOV OTABEK"


def test_the_zone_of_a_member_fills_what_its_document_leaves_open(office):
    given = without(
        arrival(members=[{"mrz": ZONE, "document": {"issued_on": "2022-03-01"}}]), "person", "documents"
    )
    said = office("register", "-", given=given)
    assert office("find", "AB1234567").document[0]["uid"] == said.document["uid"]


def test_an_impossible_date_is_refused_by_the_part_that_is_impossible(call, office, home):
    born = arrival(person={**arrival()["person"], "birth_date": "1990-02-30"})
    told = [(one["field"], one["text"]) for one in office("register", "-", given=born).document["findings"]]
    assert ("person.birth_date", "February 1990 has 28 days.") in told
    option = call("--home", home, "register", "-", "--earlier-left", "2026-04-31", given=born)
    assert option.code == 2
    assert "April 2026 has 30 days." in option.err
    group = call("check", "deadline", "--length", "3", "--unit", "working_days", "--from", "2026-02-29")
    assert "February 2026 has 28 days." in group.err
