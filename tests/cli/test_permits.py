"""`permit`: issue, extend, revoke."""

from __future__ import annotations

import pytest

from tests.cli.documents import arrival


def ops(office) -> list[str]:
    return [entry["op"] for entry in office("journal").document]


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


@pytest.mark.parametrize(
    ("words", "code", "severity"),
    [
        (("rvp", "--from", "2026-12-01", "--until", "2199-01-01"), "rvp.too_long", "warn"),
        (("rvp", "--from", "1900-01-01", "--until", "1900-03-01"), "before_birth", "block"),
        (("pmzh", "--from", "1900-01-01"), "before_birth", "block"),
        (("rvp", "--from", "2020-01-01", "--until", "2020-03-01"), "before_entry", "warn"),
        (("rvp", "--applied", "2050-01-01", "--until", "2027-01-01"), "in_future", "block"),
        (("pmzh", "--applied", "2050-01-01"), "in_future", "block"),
    ],
)
def test_dates_of_a_permit_that_cannot_be(office, registered, words, code, severity):
    said = office("permit", "issue", words[0], registered["uid"], *words[1:])
    told = {one["code"]: one["severity"] for one in said.document["findings"]}
    assert told[code] == severity
    assert said.code == (1 if severity == "block" else 0)


@pytest.mark.parametrize("kind", ["rvp", "pmzh", "visa", "labour_immigrant", "kandas"])
def test_a_citizen_gets_no_permit_of_foreigners(office, kind):
    citizen = {**arrival()["person"], "citizenship": "KAZ"}
    uid = office("register", "-", given=arrival(person=citizen)).document["uid"]
    said = office("permit", "issue", kind, uid, "--until", "2026-12-31")
    assert said.code == 1
    assert "permit.citizen" in said.codes


def test_an_extension_is_measured_by_its_own_months(office, registered):
    first = office("permit", "issue", "rvp", registered["uid"], "--until", "2027-11-22").document
    longer = office("permit", "extend", first["number"], "--until", "2028-11-24")
    assert longer.code == 0
    assert "rvp.too_long" in longer.codes
    year = office("permit", "issue", "rvp", registered["uid"], "--until", "2027-11-22").document
    assert "rvp.too_long" not in office("permit", "extend", year["number"], "--until", "2028-11-22").codes


def test_months_of_a_labour_immigrant_run_on_through_extensions(office, registered):
    assert office("quota", "allot", "labour_immigrant", "--units", "1", "--act", "x").code == 0
    tax = office("payment", "add", "tax.labour_immigrant", registered["uid"], "--with", "months=6").document
    assert office("payment", "pay", tax["payments"][0]["number"], "--receipt", "1").code == 0
    issue = ("permit", "issue", "labour_immigrant", registered["uid"])
    first = office(*issue, "--from", "2026-11-23", "--until", "2027-05-22")
    assert first.code == 0
    said = office("permit", "extend", first.document["number"], "--until", "2027-11-24")
    assert said.code == 1
    assert "labour_immigrant.too_long" in said.codes
    more = office("payment", "add", "tax.labour_immigrant", registered["uid"], "--with", "months=6").document
    office("payment", "pay", more["payments"][0]["number"], "--receipt", "2")
    assert office("permit", "extend", first.document["number"], "--until", "2027-11-23").code == 0
