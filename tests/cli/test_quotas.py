"""`quota`: the ledger answers with the line and what is free, and says no with reasons."""

from __future__ import annotations

import pytest


def ops(office) -> list[str]:
    return [entry["op"] for entry in office("journal").document]


def test_quota_ledger(office, pot, registered):
    assert pot["units"] == 10
    assert pot["pot"]["free"] == 10
    assert pot["findings"] == []
    held = office("quota", "reserve", "kandas", "--units", "3", "--person", registered["uid"]).document
    assert (held["state"], held["person"], held["pot"]["free"]) == ("held", registered["uid"], 7)
    back = office("quota", "release", held["uid"], "--reason", "withdrawn")
    assert (back.code, back.document["state"]) == (0, "released")
    again = office("quota", "release", held["uid"], "--reason", "withdrawn")
    assert (again.code, again.codes) == (1, ["quota.state"])
    moved = office("quota", "transfer", "kandas", "--units", "4", "--to", "AST", "--act", "№ 2").document
    assert (moved["kind"], moved["partner"], moved["pot"]["free"]) == ("transfer_out", "AST", 6)
    received = office("quota", "transfer", "kandas", "--units", "-1", "--to", "AST", "--act", "№ 3").document
    assert received["pot"]["free"] == 7
    (listed,) = office("quota", "list").document
    assert listed["free"] == 7
    assert ops(office)[:2] == ["transfer_quota", "transfer_quota"]


def test_an_overdrawn_quota_is_refused(office, pot):
    said = office("quota", "reserve", "kandas", "--units", "11")
    assert said.code == 1
    assert said.codes == ["quota.exhausted"]
    assert office("check", "quota", "kandas").document["free"] == 10
    assert office("quota", "allot", "kandas", "--units", "999999", "--act", "№").codes == ["quota.over_limit"]
    assert office("quota", "transfer", "kandas", "--units", "99", "--to", "AST", "--act", "№").code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("allot", "kandas", "--units", "0", "--act", "№"), 1),
        (("allot", "kandas", "--units", "5", "--act", " "), 1),
        (("allot", "kandas", "--units", "five", "--act", "№"), 2),
        (("allot", "kandas", "--act", "№"), 2),
        (("allot", "dreams", "--units", "5", "--act", "№"), 2),
        (("reserve", "kandas", "--units", "0"), 2),
        (("reserve", "kandas", "--person", "nobody"), 1),
        (("reserve", "kandas", "--region", "Atlantis"), 1),
        (("release", "nothing", "--reason", "x"), 1),
        (("release", "nothing"), 2),
    ],
)
def test_quota_refusals(office, pot, words, code):
    before = ops(office)
    assert office("quota", *words).code == code
    assert ops(office) == before


def test_a_labour_permit_needs_a_free_unit(office, registered):
    party = office("explain", registered["arrivals"][0]["uid"]).document
    assert party["table"] == "arrival"
    said = office("quota", "reserve", "foreign_labour", "--category", "1")
    assert (said.code, said.codes) == (1, ["quota.exhausted"])


@pytest.mark.parametrize("year", ["0", "99999", "1900", "-5", "2026.5", "двадцать"])
def test_a_year_that_is_none_is_wrong_usage(office, year):
    """Year 0 was taken for this year, and 99999 was a crash."""
    assert office("quota", "reserve", "kandas", "--year", year).code == 2
    assert office("quota", "allot", "kandas", "--year", year, "--units", "1", "--act", "x").code == 2
    assert office("quota", "list", "--year", year).code == 2


@pytest.mark.parametrize("partner", ["PVL", "Павлодар облысы", ""])
def test_units_are_not_handed_to_the_office_itself(office, pot, partner):
    said = office("quota", "transfer", "kandas", "--units", "1", "--to", partner, "--act", "№ 2")
    assert (said.code, said.fields) == (1, {"partner"})
    assert office("check", "quota", "kandas").document["free"] == 10


@pytest.mark.parametrize("where", [("--year", "2027"), ("--region", "750000000")])
def test_units_without_a_known_limit_are_allotted_with_a_warning(office, where):
    said = office("quota", "allot", "kandas", "--units", "50", "--act", "x", *where)
    assert said.code == 0
    assert said.document["pot"]["limit"] is None
    assert said.codes == ["quota.no_limit"]


def test_a_known_limit_is_nothing_to_warn_of(office):
    assert office("quota", "allot", "kandas", "--units", "1", "--act", "x").codes == []
