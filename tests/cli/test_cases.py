"""`case`: from filing to decision, each verb one op."""

from __future__ import annotations

from tests.cli.documents import arrival


def ops(office) -> list[str]:
    return [entry["op"] for entry in office("journal").document]


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


def test_a_family_or_party_that_is_none_is_told_and_no_crash(office, registered):
    said = office("case", "open", "kandas_status", registered["uid"], "--family", "nothing")
    assert (said.code, said.codes[0]) == (1, "not_found")
    given = arrival(arrival={**arrival()["arrival"], "address": "nothing"}, address=None)
    assert office("register", "-", given=given).code == 1


def test_who_of_the_family_a_case_is_for(office, registered):
    opened = office("case", "open", "kandas_status", registered["uid"], "--member", registered["uid"])
    assert opened.document["members"] == [opened.document["person"]]
    assert opened.document["persons"] == 1
    number = opened.document["number"]
    assert office("case", "show", number).document["members"] == opened.document["members"]
    again = office("case", "members", number, "--member", registered["uid"])
    assert (again.code, again.document["persons"]) == (0, 1)
    assert office("case", "members", number, "--member", "nobody").code == 1
    assert office("case", "members", number).code == 2
    assert office("case", "decide", number, "refuse_filing", "--ground", "incomplete").code == 0
    assert office("case", "members", number, "--member", registered["uid"]).codes == ["case.closed"]


def test_a_service_that_is_not_known_on_the_day_of_filing(office, registered):
    said = office("case", "open", "kandas_status", registered["uid"], "--applied", "1900-01-01")
    assert said.code == 1
    assert "01.01.1900" in said.document["text"]
    assert "Nothing found" not in said.document["text"]
