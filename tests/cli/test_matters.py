"""`case`, `permit`, `quota`: each writes one op, answers with the record, and says no with reasons."""

from __future__ import annotations

import pytest


@pytest.fixture
def pot(office):
    """Ten units of the kandas quota of the office's region."""
    said = office("quota", "allot", "kandas", "--units", "10", "--act", "№ 1")
    assert said.code == 0
    return said.document


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


def test_a_case_from_filing_to_decision(office, pot, registered):
    opened = office("case", "open", "kandas_quota", registered["uid"], "--applied", "2026-11-20")
    assert opened.code == 0
    case = opened.document
    assert case["number"] == "PVL-C2026-00001"
    assert not [one for one in case["findings"] if one["severity"] == "block"]
    shown = office("case", "show", case["number"]).document
    assert shown["title"]
    for paper in shown["papers"]:
        said = office("case", "paper", case["number"], paper["code"], "--pages", "2")
        assert said.code == 0
        assert said.document["code"] == paper["code"]
    assert said.document["lacking"] == []
    step = office("case", "step", case["number"], shown["steps"][0]["code"], "--done", "2026-11-21")
    assert step.document["done_on"] == "2026-11-21"
    decided = office("case", "decide", case["number"], "grant", "--protocol", "№ 7")
    assert decided.code == 0, decided.document
    assert decided.document["state"] == "granted"
    assert office("check", "quota", "kandas").document["used"] == 1
    (quota,) = office("explain", decided.document["reservation"]).document["rules"]
    assert (quota["field"], quota["rule"], quota["value"]) == ("units", "quota.kandas.2026", 1)
    assert quota["source"]["act"]
    assert office("case", "decide", case["number"], "grant").codes == ["case.closed"]
    assert office("undo").code == 1


def test_case_refusals(office, registered):
    case = office("case", "open", "kandas_status", registered["uid"]).document
    assert case["due_on"] > "2026-11-23"
    number = case["number"]
    before = ops(office)
    assert office("case", "open", "nothing", registered["uid"]).code == 1
    assert office("case", "open", "kandas_status", "nobody").code == 1
    assert office("case", "open", "kandas_status", registered["uid"], "--applied", "2027-01-01").code == 1
    assert office("case", "open", "kandas_status", registered["uid"], "--party", registered["uid"]).code == 1
    assert office("case", "open", "kandas_status").code == 2
    assert office("case", "show", "nothing").code == 1
    assert office("case", "paper", number, "nothing").codes == ["unknown_paper"]
    assert office("case", "step", number, "nothing").codes == ["unknown_step"]
    assert office("case", "decide", number, "dream").code == 2
    assert office("case", "decide", number, "grant").code == 1
    assert ops(office) == before


def test_a_paper_comes_in_once(office, registered):
    number = office("case", "open", "kandas_status", registered["uid"]).document["number"]
    paper = office("case", "show", number).document["papers"][0]["code"]
    assert office("case", "paper", number, paper).code == 0
    assert office("case", "paper", number, paper).codes == ["received"]
    assert office("undo").document["undone"]["op"] == "receive_paper"
    assert office("case", "paper", number, paper).code == 0


def test_a_permit_from_issue_to_revocation(office, registered):
    issued = office("permit", "issue", "rvp", registered["uid"], "--until", "2027-11-22")
    assert issued.code == 0, issued.document
    permit = issued.document
    assert (permit["state"], permit["valid_from"], permit["granted_on"]) == (
        "granted",
        "2026-11-23",
        "2026-11-23",
    )
    assert permit["number"]
    longer = office("permit", "extend", permit["number"], "--until", "2028-11-22")
    assert longer.code == 0
    assert longer.document["extends"] == permit["uid"]
    ended = office("permit", "revoke", longer.document["uid"], "--grounds", "left the country")
    assert (ended.code, ended.document["state"]) == (0, "revoked")
    assert office("permit", "revoke", longer.document["uid"], "--grounds", "again").codes == ["permit.state"]


def test_permit_refusals(office, registered):
    before = ops(office)
    uid = registered["uid"]
    assert office("permit", "issue", "dream", uid).code == 1
    assert office("permit", "issue", "rvp", "nobody").code == 1
    assert office("permit", "issue", "rvp", uid, "--until", "2020-01-01").code == 1
    assert office("permit", "issue", "labour_permit", uid).fields >= {"category", "employer"}
    assert office("permit", "issue", "rvp", uid, "--employer", uid).code == 1
    assert office("permit", "issue", "rvp").code == 2
    assert office("permit", "extend", uid, "--until", "2028-01-01").code == 1
    assert office("permit", "extend", "nothing", "--until", "2028-01-01").code == 1
    assert office("permit", "extend", "nothing").code == 2
    assert office("permit", "revoke", "nothing", "--grounds", "x").code == 1
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
