"""Published specimens and vectors, asked by the command: zones, numbers, names and letters of `tests/data`.

Each row names its source. Zones of libraries and of Doc 9303 were read against their pages; those made up follow its
parts 3 to 7, with check digits of their own. Names of private persons in published documents were left out.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
DAY = "2026-11-23"
ZONE_KEYS = ("format", "issuer", "number", "nationality", "surname", "given_names", "birth_date", "sex")
BIRTHS = {
    "none": ("", ""),
    "equal": ("1990-05-07", "1990-05-07"),
    "swapped": ("1990-05-07", "1990-07-05"),
    "digit": ("1990-05-07", "1990-05-17"),
    "year": ("1990", "1990-05-07"),
    "other": ("1990-05-07", "1961-02-03"),
}


def table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def asked(call, verb, questions, *more):
    given = "".join(json.dumps(one) + "\n" for one in questions)
    said = call("--on", DAY, "check", verb, "--each", "-", *more, given=given)
    assert said.code == 0
    return said.lines


def test_zones(call):
    rows = table("mrz_specimens.tsv")
    answers = asked(call, "mrz", [{"lines": row["zone"].split("/")} for row in rows])
    assert len(answers) == len(rows) > 250
    told = [
        {
            "valid": "yes" if answer["valid"] else "no",
            "problems": " ".join(answer["problems"]),
            **{key: answer[key] or "" for key in (*ZONE_KEYS, "expires_on", "optional")},
        }
        for answer in answers
    ]
    wanted = [{key: row[key] for key in told[0]} for row in rows]
    assert [pair for pair in zip(wanted, told, strict=True) if pair[0] != pair[1]] == []
    assert Counter(one["valid"] for one in told)["yes"] > 150


def test_numbers(call):
    rows = [json.loads(line) for line in (DATA / "iin_numbers.jsonl").read_text("utf-8").splitlines()]
    answers = asked(call, "iin", [{"number": row["number"]} for row in rows])
    told = [
        {
            **{key: answer[key] for key in answer if key != "findings"},
            "findings": [finding["code"] for finding in answer["findings"]],
        }
        for answer in answers
    ]
    wanted = [{key: row[key] for key in row if key not in ("number", "source")} for row in rows]
    assert told == wanted


def test_latin_spellings(call):
    rows = table("latin_spellings.tsv")
    answers = asked(
        call, "transliterate", [{"text": row["text"], "to": "latin", "scheme": row["scheme"]} for row in rows]
    )
    assert [answer["text"] for answer in answers] == [row["latin"] for row in rows]


@pytest.fixture(scope="module")
def variants():
    return table("name_variants.tsv")


def verdicts(call, rows, births):
    one, other = BIRTHS[births]
    told = {"birth_date_a": one, "birth_date_b": other} if one else {}
    answers = asked(call, "names", [{"a": row["a"], "b": row["b"]} | told for row in rows])
    return [(row["a"], row["b"], answer["verdict"]) for row, answer in zip(rows, answers, strict=True)]


@pytest.mark.parametrize("births", BIRTHS)
def test_two_people_are_never_the_same(call, variants, births):
    rows = [row for row in variants if row["persons"] == "two"]
    assert len(rows) > 150
    assert [one for one in verdicts(call, rows, births) if one[2] == "same"] == []


@pytest.mark.parametrize("births", ["none", "equal", "year"])
def test_one_person_is_found_in_every_spelling(call, variants, births):
    rows = [row for row in variants if row["persons"] == "one"]
    found = verdicts(call, rows, births)
    assert [one for one in found if one[2] == "different"] == []
    assert Counter(verdict for *_names, verdict in found)["same"] / len(found) > 0.8


def test_another_birth_date_parts_all(call, variants):
    assert {verdict for *_names, verdict in verdicts(call, variants, "other")} == {"different"}
