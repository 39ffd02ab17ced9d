"""Questions of a service: answered, corrected, kept, and judged by the rules instead of asked of the clerk."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.case import Case, CaseDetail
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import blocking
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, cases
from migdesk.services.facts import case_answers
from migdesk.services.matter import Verdict
from migdesk.services.quotas import quotas
from migdesk.services.upkeep import journal
from tests.services.test_arrivals import family
from tests.services.test_cases import LABOUR, labour_permit, receive_all
from tests.services.trial_service import with_trial

FILED = date(2026, 11, 20)
LABOUR_ANSWERS = {"vacancy_code": "V-1", "vacancy_on": date(2026, 11, 1), "exemption": "none"}


@pytest.fixture
def person(desk):
    return arrivals.register_arrival(desk, family(members=family().members[:1])).value.people[0]


def trial(desk, person, answers=None, **given):
    with_trial(desk)
    case = Case(service="trial", person=person.uid, applied_on=given.pop("applied_on", FILED), **given)
    return cases.open_case(desk, case, (), answers).value


def answers_of(desk, case):
    return {one.key: one.words for one in case_file.open_file(desk, case.uid).answers}


def test_answers_are_kept_and_shown_as_people_read_them(desk, person):
    case = trial(desk, person, {"purpose": "work", "contract_until": date(2027, 5, 1), "is_branch": False})
    assert answers_of(desk, case) == {
        "purpose": "work",
        "contract_until": "01.05.2027",
        "lease_until": "",
        "replaces": "",
        "is_branch": "no",
    }
    kept = {one.key: one.value for one in desk.store.live(CaseDetail, case=case.uid)}
    assert kept == {"purpose": "work", "contract_until": "2027-05-01", "is_branch": "0"}


def test_an_answer_is_corrected_and_taken_back(desk, person):
    case = trial(desk, person, {"purpose": "work", "contract_until": date(2027, 5, 1)})
    cases.answer(desk, case.uid, {"purpose": "study", "contract_until": None})
    assert answers_of(desk, case)["purpose"] == "study"
    assert answers_of(desk, case)["contract_until"] == ""
    journal.undo_last(desk)
    assert answers_of(desk, case)["contract_until"] == "01.05.2027"


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"purpose": "war"}, "details.purpose"),
        ({"weather": "fine"}, "details.weather"),
        ({"replaces": "x" * 501}, "details.replaces"),
    ],
)
def test_what_is_no_answer_is_refused_at_its_key(desk, person, answers, place):
    with pytest.raises(Invalid) as refused:
        trial(desk, person, answers)
    assert [one.field for one in blocking(refused.value.findings)] == [place]
    case = trial(desk, person)
    with pytest.raises(Invalid):
        cases.answer(desk, case.uid, answers)


def test_typed_answers_are_read_by_their_words(desk, person):
    with_trial(desk)
    service = desk.get_procedure("trial", FILED)
    given = {"purpose": "учёба", "contract_until": "01.05.2027", "is_branch": "иә"}
    values, findings = case_answers.read_answers(desk, service, given)
    assert (values, findings) == (
        {"purpose": "study", "contract_until": date(2027, 5, 1), "is_branch": True},
        [],
    )
    _values, findings = case_answers.read_answers(desk, service, {"contract_until": "often", "sky": "1"})
    assert [one.field for one in findings] == ["details.contract_until", "details.sky"]


def test_papers_follow_the_answers_but_what_came_in_stays(desk, person):
    case = trial(desk, person, {"purpose": "study"})
    assert "contract" not in [one.code for one in case_file.open_file(desk, case.uid).papers]
    cases.answer(desk, case.uid, {"purpose": "work"})
    assert "contract" in [one.code for one in case_file.open_file(desk, case.uid).lacking]
    cases.receive_paper(desk, case.uid, "contract")
    cases.answer(desk, case.uid, {"purpose": "study"})
    contract = next(one for one in case_file.open_file(desk, case.uid).papers if one.code == "contract")
    assert (contract.required, contract.received_on) == (False, desk.today)


def test_nothing_is_granted_before_a_required_question_is_answered(desk, person):
    case = trial(desk, person)
    found = cases.check_decision(desk, case.uid, Verdict("grant"))
    told = next(one for one in found if one.code == "unanswered")
    assert told in blocking(found) and told.values["codes"] == "purpose"
    cases.answer(desk, case.uid, {"purpose": "study"})
    codes = {one.code for one in cases.check_decision(desk, case.uid, Verdict("grant"))}
    assert "unanswered" not in codes
    assert "unanswered" not in {
        one.code for one in cases.check_decision(desk, case.uid, Verdict("refuse", grounds=("late",)))
    }


def labour_case(desk, person, answers, **given):
    values = {"service": "foreign_labour_permit", "person": person.uid, "category": "3", "applied_on": FILED}
    return cases.open_case(desk, Case(**{**values, **given}), (), answers)


@pytest.mark.parametrize(
    ("published", "stops"), [(date(2026, 11, 5), False), (date(2026, 11, 6), True), (FILED, True)]
)
def test_the_vacancy_stands_fifteen_days_before_the_filing(desk, person, published, stops):
    """It was a question to the clerk: no record held the day of publication."""
    answers = {"vacancy_code": "V-1", "vacancy_on": published}
    if not stops:
        codes = {one.code for one in labour_case(desk, person, answers).findings}
        assert not [one for one in codes if one.startswith("labour.vacancy_short")]
        return
    with pytest.raises(Invalid) as refused:
        labour_case(desk, person, answers)
    assert "labour.vacancy_short" in {one.code for one in blocking(refused.value.findings)}


@pytest.mark.parametrize(
    ("citizens", "foreigners", "category", "stops"),
    [(9, 1, "3", False), (8, 1, "3", True), (7, 3, "1", False), (69, 31, "2", True), (899, 101, "4", True)],
)
def test_local_content_is_counted_from_the_staff(desk, person, citizens, foreigners, category, stops):
    """share = citizens / (citizens + foreigners with the asked one), 70 % and 90 % (order 30.06.2023 No. 279 [V])."""
    pair = "12" if category in "12" else "34"
    answers = {**LABOUR_ANSWERS, f"citizens_{pair}": citizens, f"foreigners_{pair}": foreigners - 1}
    if stops:
        with pytest.raises(Invalid) as refused:
            labour_case(desk, person, answers, category=category)
        told = {one.code for one in blocking(refused.value.findings)}
        assert f"labour.local_content_{pair}" in told
    else:
        told = {one.code for one in labour_case(desk, person, answers, category=category).findings}
        assert not [one for one in told if one.startswith(f"labour.local_content_{pair}")]


def test_a_small_branch_needs_no_local_content(desk, person):
    answers = {**LABOUR_ANSWERS, "citizens_34": 1, "foreigners_34": 9, "is_branch": True, "branch_staff": 10}
    assert labour_case(desk, person, answers).value.number
    with pytest.raises(Invalid):
        labour_case(desk, person, {**answers, "branch_staff": 11})


def test_without_an_answer_the_clerk_is_asked_as_before(desk, person):
    codes = {one.code for one in labour_case(desk, person, {}).findings}
    assert {"labour.vacancy_short.ask", "labour.local_content_34.ask"} <= codes


def test_a_grant_is_judged_by_the_answers_too(desk, person):
    """An employer whose staff changed since the filing is told at the decision."""
    quotas.allot(desk, LABOUR, 1, "letter")
    employer = labour_permit(desk, person.uid).employer
    case = labour_case(desk, person, LABOUR_ANSWERS, party=employer).value
    receive_all(desk, case)
    with pytest.raises(Invalid) as refused:
        cases.answer(desk, case.uid, {"citizens_34": 1, "foreigners_34": 1})
    assert "labour.local_content_34" in {one.code for one in blocking(refused.value.findings)}
    cases.answer(desk, case.uid, {"citizens_34": 9, "foreigners_34": 0})
    verdict = Verdict("grant", valid_until=date(2027, 11, 19), given={"activity": "F"})
    asked = [one.code for one in cases.check_decision(desk, case.uid, verdict) if one.code.endswith(".ask")]
    assert asked == []
    cases.decide(desk, case.uid, verdict)
    with pytest.raises(Refused):
        cases.answer(desk, case.uid, {"citizens_34": 10})
