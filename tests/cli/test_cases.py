"""`case`: from filing to decision, each verb one op."""

from __future__ import annotations

from tests.cli.conftest import DAY
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


def test_questions_are_given_with_the_case_and_corrected_later(office, registered):
    given = ("--answer", "purpose=study", "--answer", "study_until=30.06.2027")
    opened = office("case", "open", "rvp", registered["uid"], *given)
    assert opened.code == 0, opened.document
    number = opened.document["number"]
    shown = office("case", "show", number).document
    assert {one["key"]: one["answer"] for one in shown["answers"]} == {
        "purpose": "full-time study",
        "contract_until": None,
        "study_until": "30.06.2027",
        "treatment_until": None,
    }
    codes = {one["code"] for one in shown["papers"]}
    assert "enrolment" in codes and "work_contract" not in codes
    said = office("case", "answer", number, "purpose=work", "contract_until=2027-05-01")
    assert said.document["answers"]["contract_until"] == "01.05.2027"
    codes = {one["code"] for one in office("case", "show", number).document["papers"]}
    assert "work_contract" in codes and "enrolment" not in codes
    assert office("undo").document["undone"]["op"] == "answer_case"


def test_wrong_answers_are_refused_and_write_nothing(office, registered):
    before = ops(office)
    open_rvp = ("case", "open", "rvp", registered["uid"])
    assert office(*open_rvp, "--answer", "purpose=war").codes[0] == "unknown_code"
    assert office(*open_rvp, "--answer", "weather=fine").codes[0] == "unknown_field"
    assert office(*open_rvp, "--answer", "study_until=soon").codes[0] == "not_a_date"
    assert office(*open_rvp, "--answer", "purpose").code == 2
    assert ops(office) == before


def test_a_grant_waits_for_answers_and_is_capped_by_them(office, registered):
    number = office("case", "open", "rvp", registered["uid"]).document["number"]
    for paper in office("case", "show", number).document["papers"]:
        office("case", "paper", number, paper["code"])
    assert office("case", "decide", number, "grant", "--valid-until", "2027-11-01").codes[:1] == [
        "unanswered"
    ]
    office("case", "answer", number, "purpose=study", "study_until=30.06.2027")
    office("case", "paper", number, "enrolment")
    granted = office("case", "decide", number, "grant", "--valid-until", "2027-11-01")
    assert granted.code == 0, granted.document
    assert "capped" in granted.codes
    assert granted.document["payments"] == []


def test_an_appeal_from_filing_to_reversal(office, registered):
    number = office("case", "open", "rvp", registered["uid"]).document["number"]
    assert office("case", "appeal", number).codes == ["appeal.nothing"]
    refused = office("case", "decide", number, "refuse", "--ground", "papers", "--words", "two missing")
    assert (refused.document["decision"], refused.document["circumstances"]) == ("refuse", "two missing")
    assert "appeal_unknown" in refused.codes
    assert office("case", "decide", number, "refuse", "--words", "no ground").codes == ["case.closed"]
    filed = office("case", "appeal", number, "--body", "Court")
    assert (filed.code, filed.document["body"], filed.document["decision"]) == (0, "Court", "refuse")
    assert office("case", "ruling", number, "maybe").code == 2
    ruled = office("case", "ruling", number, "reversed", "--due", "2026-12-01")
    assert (ruled.document["state"], ruled.document["due_on"]) == ("open", "2026-12-01")
    shown = office("case", "show", number).document
    assert [one["outcome"] for one in shown["appeals"]] == ["reversed"]
    assert office("case", "decide", number, "withdraw").document["state"] == "withdrawn"
    assert ops(office)[:3] == ["decide_case", "settle_appeal", "file_appeal"]


def test_what_becomes_due_is_told_with_the_grant(office, pot, registered):
    number = office("case", "open", "kandas_quota", registered["uid"]).document["number"]
    for paper in office("case", "show", number).document["papers"]:
        office("case", "paper", number, paper["code"])
    granted = office("case", "decide", number, "grant", "--protocol", "№ 7")
    assert granted.document["payments"] == ["support.relocation", "support.rent"]
    assert office("case", "show", number).document["payments"] == granted.document["payments"]


def test_a_case_is_shown_to_people_in_lines(call, home, office, registered):
    number = office("case", "open", "rvp", registered["uid"], "--answer", "purpose=work").document["number"]
    out = call("--home", home, "--on", DAY, "case", "show", number).out
    for part in ("purpose: Purpose: work", "[>] filing", "[ ] identity", "withdraw:", "Who may apply"):
        assert part in out, part
