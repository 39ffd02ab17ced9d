"""Bad law, and what the law forbids: each is refused in words, with file, key and line, or with the field."""

from __future__ import annotations

import json
import re

import pytest

WORDS = 'title = { kk = "а", ru = "б", en = "c" }\n'
HEAD = f'id = "own.bad"\nversion = "1"\n{WORDS}'
SOURCE = '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "verified"\nmark = "V"\n'
TERM = f'[[term]]\ncode = "own.term"\nstarts = "arrival"\nunit = "working_days"\nsource = "s"\n{WORDS}'
RULE = (
    '[[rule]]\ncode = "own.rule"\nfrom = 2026-01-01\njudged_on = "event"\nseverity = "warn"\nsource = "s"\n'
    'text = { kk = "а", ru = "б", en = "c" }\n'
)
HOLIDAY = f'[[holiday]]\ncode = "h"\ndays = ["02-30"]\nfrom = 2027-01-01\nsource = "s"\n{WORDS}'
GAP = "from = 2026-01-01\nuntil = 2026-03-31\nlength = 3\n", "from = 2026-05-01\nlength = 5\n"
OVERLAP = "from = 2026-01-01\nlength = 3\n", "from = 2026-05-01\nlength = 5\n"


@pytest.mark.parametrize(
    ("text", "line", "place", "words"),
    [
        (TERM + GAP[0] + TERM + GAP[1], 11, "term own.term", "Nothing holds from 2026-04-01 to 2026-04-30"),
        (TERM + OVERLAP[0] + TERM + OVERLAP[1], 11, "term own.term", "Two entries hold on 2026-05-01."),
        (RULE + 'when = { fact = "person_years", over = 1 }\n', 17, "rule[1].when.fact", "“person_years” is not"),
        (TERM.replace(', en = "c"', "") + OVERLAP[0], 15, "term[1].title.en", "This key is missing."),
        (TERM + "from = 2026-02-30\nlength = 3\n", 16, "term[1].from", "There is no such day: 2026-02-30."),
        (TERM + 'from = "soon"\nlength = 3\n', 16, "term[1].from", "A date is expected here"),
        (TERM + "from = 2026-05-01\nuntil = 2026-04-01\nlength = 3\n", 17, "term[1].until", "before the first day"),
        (HOLIDAY, 12, "holiday[1].days[1]", "“02-30” is not a day of the year"),
        (TERM.replace('"s"', '"order"') + OVERLAP[0], 14, "term[1].source", "“order” is not known here"),
    ],
    ids=["gap", "overlap", "fact", "language", "no such day", "no date", "reversed", "holiday", "source"],
)  # fmt: skip
def test_a_bad_pack_is_refused_by_file_line_and_key(office, tmp_path, text, line, place, words):
    file = tmp_path / "bad.toml"
    file.write_text(HEAD + SOURCE + text, encoding="utf-8")
    for verb in ("take", "try"):
        said = office("rules", verb, file)
        assert said.code == 3
        assert re.search(rf"bad\.toml:{line}: {re.escape(place)}: ", said.err)
        assert words in said.err
        assert (said.document["error"], said.document["place"]) == ("bad_file", place)
    assert office("rules", "own").document == []


def test_a_word_that_is_nearly_a_fact_is_told_the_fact(office, tmp_path):
    file = tmp_path / "bad.toml"
    text = RULE + 'when = { fact = "person_citizen", is = "UZB" }\n'
    file.write_text(HEAD + SOURCE + text, encoding="utf-8")
    assert "nearest are: person_citizenship" in office("rules", "take", file).err


@pytest.mark.parametrize(
    ("words", "field", "told"),
    [
        (("check", "deadline", "notice.arrival", "--from", "2029-12-28"), "from", "No calendar is known for 2029"),
        (("check", "workdays", "2031-05"), "month", "No calendar is known for 2031"),
        (("check", "amount", "mrp", "--with", "count=1", "--on", "2031-01-01"), "on", "No figure is published"),
    ],
    ids=["term", "month", "sum"],
)  # fmt: skip
def test_a_year_of_which_the_law_says_nothing_is_told_and_not_guessed(office, words, field, told):
    said = office(*words)
    (finding,) = (one for one in said.document["findings"] if one["severity"] == "block")
    assert (said.code, finding["field"]) == (1, field)
    assert told in finding["text"]
    assert not {"due", "tenge", "working_days"} & said.document.keys()


@pytest.mark.parametrize("day", ["2012-01-10", "2031-01-10"])
def test_a_payment_in_a_year_without_mrp_is_refused(office, registered, day):
    said = office("payment", "add", "mrp", registered["uid"], "--with", "count=2", "--day", day)
    assert said.code == 1
    (finding,) = said.document["findings"]
    assert finding["field"] in ("rule", "on")
    assert day[:4] in finding["text"]
    assert office("payment", "list").document == []


@pytest.fixture
def worker(office, registered) -> str:
    return registered["uid"]


@pytest.fixture
def firm(office) -> str:
    given = json.dumps({"name": "ЖШС Құрылыс", "kind": "organisation", "role": "employer"})
    return office("party", "-", given=given).document["uid"]


def test_a_permit_outside_its_quota_names_the_pot(office, worker, firm):
    office("quota", "allot", "foreign_labour", "--category", "3", "--units", "5", "--act", "№ 1")
    days = ("--from", "2026-11-24", "--until", "2027-11-20")
    said = office("permit", "issue", "labour_permit", worker, "--employer", firm, "--category", "2", *days)
    (finding,) = (one for one in said.document["findings"] if one["severity"] == "block")
    assert (said.code, finding["code"], finding["field"]) == (1, "quota.exhausted", "units")
    assert "1 asked, 0 free in the quota of 2026 (Foreign labour, Pavlodar" in finding["text"]
    assert "2 — " in finding["text"]


@pytest.mark.parametrize(
    ("ground", "told"), [((), "Name a legal ground: commission,"), (("--ground", "x"), "“x” is none of: ")]
)
def test_a_refusal_without_one_of_its_grounds_is_refused(office, worker, ground, told):
    case = office("case", "open", "kandas_status", worker).document["number"]
    said = office("case", "decide", case, "refuse", *ground)
    (finding,) = (one for one in said.document["findings"] if one["severity"] == "block")
    assert (said.code, finding["field"]) == (1, "grounds")
    assert told in finding["text"]
    assert office("case", "show", case).document["state"] == "open"


def test_an_employer_below_local_content_is_told_the_numbers(office, worker, firm):
    given = (
        "vacancy_code=V-1",
        "vacancy_on=2026-11-01",
        "exemption=none",
        "position=x",
        "citizens_34=8",
        "foreigners_34=0",
    )
    answers = [word for one in given for word in ("--answer", one)]
    words = ("foreign_labour_permit", worker, "--party", firm, "--category", "3", *answers)
    said = office("case", "open", *words)
    finding = next(one for one in said.document["findings"] if one["severity"] == "block")
    assert (said.code, finding["code"]) == (1, "labour.local_content_34")
    assert "88 %" in finding["text"] and "90 %" in finding["text"]
    assert finding["source"]["act"]
