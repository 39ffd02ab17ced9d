"""`case` for an employer: several workers, the numbers of local content, and the register of monthly reports."""

from __future__ import annotations

import json

import pytest

ANSWERS = ("vacancy_code=V-1", "vacancy_on=2026-11-01", "exemption=none", "position=Инженер")


@pytest.fixture
def firm(office):
    given = json.dumps({"name": "ЖШС Құрылыс", "kind": "organisation", "role": "employer"})
    return office("party", "-", given=given).document["uid"]


@pytest.fixture
def worker(office, registered):
    return registered["uid"]


def opened(office, worker, firm, *more, service="foreign_labour_permit", category="3"):
    given = [word for one in ANSWERS for word in ("--answer", one)] if service.startswith("foreign") else []
    return office("case", "open", service, worker, "--party", firm, "--category", category, *given, *more)


def test_an_employer_below_local_content_is_refused_with_the_numbers(office, worker, firm):
    said = opened(office, worker, firm, "--answer", "citizens_34=8", "--answer", "foreigners_34=0")
    assert said.code == 1
    told = {one["code"]: one for one in said.document["findings"]}["labour.local_content_34"]
    assert told["severity"] == "block"
    for part in ("citizens 8", "foreigners 1", "88 %", "90 %"):
        assert part in told["text"], part


def test_a_permit_outside_its_quota_and_a_refusal_without_ground_are_refused(office, worker, firm):
    case = opened(office, worker, firm, "--answer", "citizens_34=9", "--answer", "foreigners_34=0").document
    for code in ("application", "qualification", "conformity", "passport", "local_content", "vacancy"):
        assert office("case", "paper", case["number"], code).code == 0
    granted = ("grant", "--valid-until", "2027-11-22", "--with", "activity=F")
    said = office("case", "decide", case["number"], *granted)
    assert (said.code, said.codes[0]) == (1, "quota.exhausted")
    assert "1 asked, 0 free" in said.document["text"]
    assert office("case", "decide", case["number"], "refuse").codes[0] == "no_ground"
    assert office("case", "decide", case["number"], "refuse", "--ground", "no_quota").code == 0


def test_the_reports_of_a_month_are_told(office, worker, firm):
    assert office("case", "reports").document == []
    office("quota", "allot", "foreign_labour", "--category", "3", "--units", "1", "--act", "№ 1")
    made = office(
        "permit",
        "issue",
        "labour_permit",
        worker,
        "--employer",
        firm,
        "--category",
        "3",
        "--from",
        "2026-11-23",
        "--until",
        "2027-11-22",
    )
    assert made.code == 0, made.err
    (one,) = office("case", "reports").document
    assert (one["employer"], one["permits"], one["due"], one["case"]) == (
        "ЖШС Құрылыс",
        1,
        "2026-11-30",
        None,
    )
    figures = ("foreigners=1", "trained=0", "replaced=0", "citizens=9", "jobs=0", "month=2026-11-23")
    given = [word for one in figures for word in ("--answer", one)]
    report = office("case", "open", "employer_report", "--party", firm, *given).document
    assert report["members"] == [worker]
    assert office("case", "open", "employer_report", *given).code == 2
    (one,) = office("case", "reports").document
    assert (one["case"], one["received_on"], one["days_late"]) == (report["number"], "2026-11-23", 0)
    assert office("case", "reports", "--missing").document == []
