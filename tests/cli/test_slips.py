"""What is written otherwise than it looks, or than it is read, is told where it stands."""

from __future__ import annotations

import pytest

from tests.cli.documents import arrival

TAG = "Tag\U000e0041x"


def person(**given):
    return arrival(person={**arrival()["person"], **given})


def told(said, code):
    return [(one["severity"], one["field"]) for one in said.document["findings"] if one["code"] == code]


def test_a_name_of_two_alphabets_is_told_at_its_field(office):
    said = office("register", "-", given=person(surname="Karimоv", given="Петpов"))
    assert said.code == 0
    assert told(said, "mixed_scripts") == [("warn", "person.surname"), ("warn", "person.given")]
    rows = [{"person": person(surname="Homоglyphov")["person"], "document": {"number": "FA1234567"}}]
    shared = {key: value for key, value in arrival().items() if key not in ("person", "documents")}
    group = office("register", "--group", "-", given={**shared, "rows": rows})
    assert told(group, "mixed_scripts") == [("warn", "rows[0].person.surname")]


def test_a_name_of_two_alphabets_is_told_at_an_appointment(office):
    said = office("visit", "book", "--name", "Kaоrimov", "--day", "2026-11-25", "--at", "9:00")
    assert told(said, "mixed_scripts") == [("warn", "name")]


@pytest.mark.parametrize("unseen", [TAG, "Tag\u202ex", "Ta\u200cgx", "Tag\ufe0fx"])
def test_unseen_signs_are_left_out_and_that_is_told(office, unseen):
    said = office("register", "-", given=person(surname=unseen))
    assert told(said, "invisible_characters") == [("note", "person.surname")]
    assert [one["name"] for one in said.document["arrivals"]] == ["Tagx Айгүл"]
    visit = office("visit", "book", "--name", unseen, "--day", "2026-11-25", "--at", "9:00")
    assert told(visit, "invisible_characters") == [("note", "name")]
    assert visit.document["name"] == "Tagx"


def test_a_word_that_was_corrected_is_told_with_what_was_read(office):
    said = office("register", "-", given=person(citizenship="Узбекистанн", ethnicity="казашка"))
    assert said.code == 0
    assert told(said, "read_as") == [("note", "person.citizenship")]
    [note] = [one for one in said.document["findings"] if one["code"] == "read_as"]
    assert "“Узбекистанн” was read as “Uzbekistan”" in note["text"]


def test_a_corrected_word_of_an_option_is_told_too(office, registered, call, home):
    words = ("--line", "Абай 5", "--day", "2026-11-21")
    said = office("event", "move", registered["uid"], "--place", "Павлодарр", *words)
    assert (said.code, told(said, "read_as")) == (0, [("note", None)])
    plain = call("--home", home, "--on", "2026-11-23", "event", "move", registered["uid"], "--place", "Экибастузз",
                 "--line", "Абай 5", "--day", "2026-11-22")  # fmt: skip
    assert "“Экибастузз” was read as" in plain.out


def test_a_refusal_tells_what_was_corrected_too(office):
    said = office("register", "-", given=person(citizenship="Узбекистанн", iin="1"))
    assert (said.code, told(said, "read_as")) == (1, [("note", "person.citizenship")])


@pytest.mark.parametrize(
    ("purpose", "code"),
    [("работа", "work"), ("жұмыс", "work"), ("учёба", "study"), ("оқу", "study"), ("study", "study")],
)
def test_a_purpose_in_everyday_words(office, purpose, code):
    given = arrival(arrival={**arrival()["arrival"], "purpose": purpose})
    said = office("register", "-", given=given)
    assert (said.code, told(said, "read_as")) == (0, [])
    assert office("export", "arrivals", "--columns", "purpose", "--to", "-").code in (0, 2)


def test_a_correction_tells_it_at_its_key(office, registered):
    given = {"uid": registered["uid"], "citizenship": "Кыргызстанн", "given": "Ай\U000e0041гүл"}
    said = office("person", "-", given=given)
    assert (told(said, "read_as"), told(said, "invisible_characters")) == (
        [("note", "citizenship")],
        [("note", "given")],
    )
    assert told(office("party", "-", given={"name": "А\u200bлма"}), "invisible_characters") == [
        ("note", "name")
    ]
