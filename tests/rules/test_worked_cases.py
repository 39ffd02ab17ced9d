"""Every worked case of every shipped pack, and no entry of a pack without one."""

from __future__ import annotations

import pytest

from migdesk import paths
from migdesk.domain.errors import BadFile
from migdesk.rules.load import load_pack
from migdesk.rules.pack import in_force
from tests.rules.worked import load_cases, uncovered

FOLDER = paths.resources() / "rules"
PACKS = sorted(path for path in FOLDER.rglob("*.toml") if not path.name.endswith(".cases.toml"))


def cases_of(path):
    beside = path.with_name(f"{path.stem}.cases.toml")
    return load_cases(beside.name, beside.read_text(encoding="utf-8"))


ALL = [case for path in PACKS for case in cases_of(path)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}-{case.place}-{case.code}")
def test_the_law_gives_what_was_worked_out_by_hand(law, case):
    assert case.problem(law) is None


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_entry_has_a_case(path):
    assert uncovered(load_pack(path.name, path.read_text(encoding="utf-8")), cases_of(path)) == []


def test_every_period_of_a_term_amount_and_regime_has_a_case(law):
    tried = {(case.kind, case.code, case.on) for case in ALL if case.expected is not None}
    periods = [
        (kind, entry)
        for pack in law.packs
        for kind, entries in (("term", pack.terms), ("amount", pack.amounts), ("regime", pack.regimes))
        for entry in entries
    ]
    untried = [
        f"{kind} {entry.code} {entry.since}"
        for kind, entry in periods
        if not any(one[:2] == (kind, entry.code) and in_force(entry, one[2]) for one in tried)
    ]
    assert untried == []


def test_a_wrong_case_says_what_was_expected_and_what_was_found(law):
    text = '[[term]]\ncode = "notice.arrival"\nfrom = 2026-11-23\ndue = 2026-11-27\n'
    [case] = load_cases("x.cases.toml", text)
    assert case.problem(law) == (
        "x.cases.toml: term[1]: notice.arrival: expected 2026-11-27, found 2026-11-26"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[term]]\ncode = "a"\nfrom = 2026-01-01\n', "term[1].due"),
        ('[[term]]\ncode = "a"\nfrom = 2026-01-01\ndue = 2026-01-02\nwhy = 1\n', "term[1].why"),
        ('[[rule]]\ncode = "a"\non = 2026-01-01\nfacts = { moon = 1 }\n', "rule[1].facts"),
        ('[[stay]]\ncitizenship = "?"\nbasis = "visa"\ncrossings = []\non = 2026-01-01\n', "stay[1]"),
        ("[[wish]]\n", "wish"),
    ],
)
def test_a_case_that_cannot_be_read_names_its_key(text, place):
    with pytest.raises(BadFile) as problem:
        load_cases("x.cases.toml", text)
    assert (problem.value.path, problem.value.place) == ("x.cases.toml", place)
