"""`permit`: issue, extend, revoke."""

from __future__ import annotations


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
