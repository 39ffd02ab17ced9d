"""`family`, `note`: what happened to families, notes not everybody reads, children who came alone."""

from __future__ import annotations

import pytest

from migdesk.services import account
from tests.cli.documents import arrival


def member(given: str, born: str, sex: str, relation: str | None = None) -> dict[str, object]:
    person = {"surname": "Оспанов", "given": given, "birth_date": born, "sex": sex, "citizenship": "MNG"}
    documents = [{"number": f"M{born.replace('-', '')}", "issuer": "MNG", "expires_on": "2032-03-01"}]
    found: dict[str, object] = {"person": person, "documents": documents}
    return found | {"relation": relation} if relation else found


@pytest.fixture
def home_of_four(office):
    """The answer of `register` for a father, a mother and two children."""
    people = [
        member("Болат", "1980-02-01", "m"),
        member("Сауле", "1982-05-03", "f", "spouse"),
        member("Ерлан", "2008-06-10", "m", "son"),
        member("Аяла", "2012-07-04", "f", "daughter"),
    ]
    document = arrival(members=people)
    document.pop("person")
    document.pop("documents")
    said = office("register", "--apart", "-", given=document)
    assert said.code == 0, said.document
    return said.document["family"]


def names(said) -> list[tuple[str, str]]:
    return [(one["name"].split()[1], one["relation"]) for one in said.document["members"]]


def uid_of(office, family, given) -> str:
    found = office("family", "show", family).document["members"]
    return next(one["uid"] for one in found if given in one["name"])


def test_a_family_is_shown_with_relations_both_ways(office, call, home, home_of_four):
    said = office("family", "show", home_of_four)
    assert names(said) == [("Болат", "head"), ("Сауле", "spouse"), ("Ерлан", "son"), ("Аяла", "daughter")]
    assert [one["head_is"] for one in said.document["members"]] == [None, "spouse", "father", "father"]
    assert [one["on"] for one in said.document["coming_of_age"]] == ["2030-07-04"]
    spoken = call("--home", home, "--on", "2026-11-23", "family", "show", home_of_four)
    assert "of age: Оспанов Аяла" in spoken.out


def test_a_family_from_split_to_reunion(office, home_of_four):
    wife, daughter = (uid_of(office, home_of_four, name) for name in ("Сауле", "Аяла"))
    parted = office(
        "family", "split", home_of_four, "--head", wife, "--member", daughter, "--why", "divorced"
    )
    assert parted.code == 0, parted.document
    assert names(parted) == [("Сауле", "head"), ("Аяла", "daughter")]
    assert len(office("family", "show", home_of_four).document["members"]) == 2
    before = office("family", "show", home_of_four, "--on", "2026-11-22").document
    assert len(before["members"]) == 4
    back = office("family", "reunite", home_of_four, parted.document["uid"], "--relation", "spouse")
    assert back.code == 0, back.document
    assert sorted(names(back)) == sorted(
        [("Болат", "head"), ("Сауле", "spouse"), ("Ерлан", "son"), ("Аяла", "daughter")]
    )


def test_joining_leaving_and_another_head(office, home_of_four):
    new = office("register", "--apart", "-", given=arrival(**member("Мәди", "1950-01-01", "m"))).document[
        "uid"
    ]
    joined = office("family", "join", home_of_four, new, "--relation", "father")
    assert (joined.code, joined.document["relation"]) == (0, "father")
    wife = uid_of(office, home_of_four, "Сауле")
    headed = office("family", "head", home_of_four, wife)
    assert ("Мәди", "parent_in_law") in names(headed)
    gone = office("family", "leave", home_of_four, new, "--why", "died")
    assert (gone.code, len(gone.document["members"])) == (0, 4)


def test_a_family_begins_with_a_person(office, registered):
    child = office("register", "--apart", "-", given=arrival(**member("Ерлан", "2018-06-10", "m"))).document[
        "uid"
    ]
    made = office("family", "join", registered["uid"], child, "--relation", "son")
    assert made.code == 0, made.document
    assert len(office("family", "show", child).document["members"]) == 2


@pytest.mark.parametrize(
    ("verb", "more", "field"),
    [
        ("join", ["{wife}", "--relation", "son"], "person"),
        ("join", ["{stranger}", "--relation", "father"], "relation"),
        ("join", ["{stranger}", "--relation", "brother", "--date", "2019-01-01"], "on"),
        ("leave", ["{head}"], "next_head"),
        ("leave", ["{stranger}"], "person"),
        ("head", ["{head}"], "head"),
        ("split", ["--head", "{head}"], "members"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(office, home_of_four, verb, more, field):
    stranger = office(
        "register", "--apart", "-", given=arrival(**member("Асан", "1985-01-01", "m"))
    ).document["uid"]
    known = {"head": uid_of(office, home_of_four, "Болат"), "wife": uid_of(office, home_of_four, "Сауле")}
    words = [one.format(stranger=stranger, **known) for one in more]
    said = office("family", verb, home_of_four, *words)
    assert said.code == 1
    assert field in said.fields


def test_wrong_usage_of_families(office, home_of_four):
    assert office("family", "show", "nobody").code == 1
    assert office("family", "leave", home_of_four, "x", "--why", "bored").code == 2
    assert (
        office("family", "head", home_of_four, uid_of(office, home_of_four, "Сауле"), "--relation", "x").code
        == 2
    )
    assert office("family").code == 2


# --- notes -------------------------------------------------------------------------------------------


def test_a_restricted_note_is_not_told_without_the_right(office, registered, monkeypatch):
    monkeypatch.setattr(account, "login", lambda: "tester")
    assert office("note", "allow", "protector").code == 0
    monkeypatch.setattr(account, "login", lambda: "protector")
    uid = registered["uid"]
    assert office("note", "add", uid, "қорғалған", "--about", "victim").code == 0
    assert office("note", "add", uid, "ашық", "--open").code == 0
    assert {one["text"] for one in office("note", "list", uid).document["notes"]} == {"қорғалған", "ашық"}
    opened = [one["op"] for one in office("journal").document]
    assert opened[0] == "view_notes"
    monkeypatch.setattr(account, "login", lambda: "clerk")
    said = office("note", "list", uid)
    assert [one["text"] for one in said.document["notes"]] == ["ашық"]
    assert (said.document["restricted_exist"], said.document["readers"]) == (True, ["protector"])
    for words in (["find", "қорғалған"], ["journal"], ["journal", uid], ["explain", uid], ["status", uid]):
        assert "қорғалған" not in office(*words).out
    assert office("note", "allow", "clerk").code == 1
    assert office("note", "allow").document == ["protector"]


def test_a_note_that_cannot_be(office, registered):
    assert "visibility" in office("note", "add", registered["uid"], "x", "--about", "victim", "--open").fields
    assert office("note", "add", "nobody", "x").code == 1
    assert office("note", "allow", "--off").code == 2


# --- children who came alone -------------------------------------------------------------------------


def test_a_child_alone_gets_a_guardian_and_kin_are_traced(office, monkeypatch):
    given = member("Нұрлан", "2014-04-04", "m")
    given["person"] = given["person"] | {"patronymic": "Болатұлы", "birth_place": "Өлгий"}
    child = office("register", "--apart", "-", given=arrival(**given)).document["uid"]
    father = member("Болат", "1985-01-01", "m")
    father["person"] = father["person"] | {"birth_place": "Өлгий"}
    kin = office("register", "--apart", "-", given=arrival(**father)).document["uid"]
    alone = office("family", "minor", child)
    assert (alone.code, alone.codes) == (0, ["no_guardian", "no_reader"])
    assert "minor.own_certificate" in [one["code"] for one in alone.document["law"]]
    named = office("family", "minor", child, "--guardian", kin, "--basis", "№ 5")
    assert (named.code, named.document.get("guardian")) == (0, None)
    for verb in ("guardian", "trace"):
        assert office("family", verb, child).codes == ["no_right"]
    found = office("find", "Нұрлан").document[0]
    assert (found["protection"], kin in str(found)) == ("minor", False)
    monkeypatch.setattr(account, "login", lambda: "tester")
    assert office("note", "allow", "protector").code == 0
    monkeypatch.setattr(account, "login", lambda: "protector")
    opened = office("family", "guardian", child).document
    assert (opened["guardian"], opened["basis"]) == (kin, "№ 5")
    traced = office("family", "trace", child).document
    assert traced[0]["uid"] == kin and len(traced[0]["signs"]) >= 3
    assert office("family", "minor", child, "--ended", "2026-11-23").code == 0
    assert "under_age" not in office("family", "minor", kin).codes
    assert office("family", "minor", kin).code == 1


# --- dependants --------------------------------------------------------------------------------------


def test_a_change_of_a_permit_names_those_of_the_family(office, home_of_four):
    numbers = []
    for name in ("Болат", "Сауле"):
        uid = uid_of(office, home_of_four, name)
        numbers.append(office("permit", "issue", "rvp", uid, "--until", "2027-11-22").document["number"])
    longer = office("permit", "extend", numbers[0], "--until", "2028-11-22")
    assert numbers[1] in next(
        one["text"] for one in longer.document["findings"] if one["code"] == "permit.dependant"
    )


def test_permits_of_dependants_are_changed_along_by_word(office, call, home, home_of_four):
    numbers = []
    for name in ("Болат", "Сауле", "Ерлан"):
        uid = uid_of(office, home_of_four, name)
        numbers.append(office("permit", "issue", "rvp", uid, "--until", "2027-11-22").document["number"])
    longer = office("permit", "extend", numbers[0], "--until", "2028-11-22", "--with-dependants")
    assert [one["permit"] for one in longer.document["along"]] == numbers[1:]
    son = office("status", uid).document["permits"]
    assert son[0]["valid_until"] == "2027-11-22"
    again = longer.document["number"]
    wrong = office("permit", "revoke", again, "--grounds", "art. 1", "--with-dependants", numbers[2])
    assert wrong.codes == ["permit.not_along"]
    spoken = call("--home", home, "permit", "revoke", again, "--grounds", "art. 1", "--with-dependants")
    assert spoken.code == 0
    assert "Changed along" not in spoken.out


def test_somebody_without_a_family_is_named_and_told_what_to_do(office, registered):
    for verb in (["show"], ["head"], ["reunite"]):
        more = {"head": [registered["uid"]], "reunite": [registered["uid"]]}.get(verb[0], [])
        said = office("family", *verb, registered["uid"], *more)
        assert said.codes == ["no_family"]
        assert "Қасымова" in said.document["findings"][0]["text"]


def test_a_person_at_the_head_of_two_families_is_shown_both(office, home_of_four):
    father = uid_of(office, home_of_four, "Болат")
    pair = [member("Болат", "1980-02-01", "m"), member("Айша", "1984-05-03", "f", "spouse")]
    pair[0]["documents"][0]["number"] = "M7777777"
    document = arrival(members=pair)
    document.pop("person")
    document.pop("documents")
    second = office("register", "--apart", "-", given=document).document["family"]
    again = uid_of(office, second, "Болат")
    checked = office("merge", father, again, "--check")
    assert {"merge.families", "merge.spouses"} <= {one["code"] for one in checked.document["findings"]}
    assert len(office("find", "Оспанов Болат").document) == 2
    assert office("merge", father, again).code == 0
    shown = office("family", "show", father).document
    assert {shown["uid"], *(one["uid"] for one in shown["also"])} == {home_of_four, second}
    assert [one["code"] for one in shown["findings"]] == ["family.heads_several"]
    joined = office("family", "reunite", home_of_four, second)
    assert sorted(one["relation"] for one in joined.document["members"]).count("spouse") == 2
    assert "kin.second_spouse" in {one["code"] for one in joined.document["findings"]}


def test_a_place_in_a_family_is_corrected_and_annulled(office, home_of_four):
    son, daughter = (uid_of(office, home_of_four, name) for name in ("Ерлан", "Аяла"))
    said = office("family", "correct", home_of_four, son, "--relation", "ward", "--joined", "2026-11-21")
    assert (said.code, said.document["relation"], said.document["since"]) == (0, "ward", "2026-11-21")
    assert office("family", "correct", home_of_four, son).fields == {"relation"}
    office("family", "leave", home_of_four, son)
    assert (
        office("family", "correct", home_of_four, son, "--left", "2026-11-22").document["until"]
        == "2026-11-22"
    )
    assert office("family", "correct", home_of_four, son, "--stayed").document["until"] is None
    gone = office("family", "annul", home_of_four, daughter, "--reason", "error")
    assert (gone.code, len(gone.document["members"])) == (0, 3)
    assert office("family", "annul", home_of_four, daughter, "--reason", "error").codes == ["not_member"]
