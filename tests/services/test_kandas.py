"""Services for kandas and resettlers: what their files ask, grant, refuse and make due, on the day that counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from migdesk.domain.case import Case, CaseState
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Severity, blocking
from migdesk.domain.permit import Permit
from migdesk.domain.quota import Stream
from migdesk.rules.law import NotInForce
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, cases
from migdesk.services.matter import Verdict
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from tests.services.test_arrivals import family

KANDAS = Pot(Stream.KANDAS, "550000000", 2026)
RESETTLER = Pot(Stream.RESETTLER, "550000000", 2026)
FILED = date(2026, 11, 20)
YEAR_AGO = FILED - timedelta(days=365)
SEEKER = {"job_seeker": True, "registered_since": YEAR_AGO}


@pytest.fixture
def person(desk):
    return arrivals.register_arrival(desk, family(members=family().members[:1])).value.people[0]


def opened(desk, person, service, answers=None, **given):
    asked = Case(**{"service": service, "person": person.uid, "applied_on": FILED, **given})
    return cases.open_case(desk, asked, (), answers).value


def receive_all(desk, case):
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code)


def told(desk, case, code="grant"):
    return {one.code: one for one in cases.check_decision(desk, case.uid, Verdict(code))}


def test_an_extension_asks_for_the_earlier_status_and_not_for_the_whole_package(desk, person):
    granted = opened(desk, person, "kandas_status")
    receive_all(desk, granted)
    cases.decide(desk, granted.uid, Verdict("grant"))
    case = opened(desk, person, "kandas_extension")
    assert [one.code for one in case_file.open_file(desk, case.uid).papers] == [
        "application",
        "earlier_status",
    ]
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("extend"))
    (permit,) = desk.store.live(Permit, case=case.uid)
    assert (permit.valid_from, permit.valid_until) == (date(2027, 11, 24), date(2028, 5, 23))


def test_a_status_ends_with_a_ground_of_the_law_and_its_permit_with_it(desk, person):
    case = opened(desk, person, "kandas_status")
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("grant"))
    ended = cases.decide(desk, case.uid, Verdict("terminate", grounds=("citizenship",))).value
    assert ended.state is CaseState.TERMINATED
    (permit,) = desk.store.live(Permit, case=case.uid)
    assert permit.revoked_on == desk.today


def test_the_pilot_has_its_test_points_and_interview_without_a_limit(desk, person):
    answers = {"test_points": 1, "points": 9999, "interview_on": FILED, "interview_passed": True}
    case = opened(desk, person, "kandas_pilot", answers)
    steps = [one.code for one in case_file.open_file(desk, case.uid).steps]
    assert steps[:4] == ["registration", "test", "questionnaire", "interview"]
    assert case.due_on is None
    receive_all(desk, case)
    assert cases.decide(desk, case.uid, Verdict("grant")).value.state is CaseState.GRANTED


def test_the_pilot_did_not_exist_before_it_began(desk, person):
    with pytest.raises(NotInForce):
        opened(desk, person, "kandas_pilot", applied_on=date(2026, 2, 12))
    assert desk.find_procedure("kandas_pilot", date(2026, 2, 12)) is None
    assert desk.find_procedure("kandas_pilot", date(2026, 2, 13))
    assert desk.find_procedure("kandas_oralman", date(2020, 12, 31))
    assert desk.find_procedure("kandas_oralman", date(2021, 1, 1)) is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (SEEKER, set()),
        ({**SEEKER, "job_seeker": False}, {"resettler.no_job_seeker"}),
        ({**SEEKER, "registered_since": YEAR_AGO + timedelta(days=1)}, {"resettler.registered_short"}),
        ({**SEEKER, "divorced_on": date(2024, 1, 1)}, {"resettler.divorced"}),
        ({**SEEKER, "divorced_on": date(2020, 1, 1)}, set()),
        ({**SEEKER, "graduated_on": date(2026, 6, 1)}, set()),
        ({**SEEKER, "graduated_on": date(2026, 1, 1)}, {"resettler.graduated_late"}),
    ],
)
def test_what_a_resettler_must_show_is_asked_and_judged_on_the_day_of_filing(desk, person, answers, expected):
    asked = Case(service="resettler_quota", person=person.uid, applied_on=FILED)
    found = {one.code for one in cases.check_case(desk, asked, (), answers)}
    assert {one for one in found if one.startswith("resettler.")} - {"resettler.not_citizen"} == expected
    assert "resettler.not_citizen" in found


def test_an_inclusion_of_resettlers_waits_for_the_answers(desk, person):
    quotas.allot(desk, RESETTLER, 5, "№ 1")
    case = opened(desk, person, "resettler_quota")
    receive_all(desk, case)
    assert told(desk, case)["unanswered"].severity is Severity.BLOCK
    cases.answer(desk, case.uid, SEEKER)
    cases.decide(desk, case.uid, Verdict("grant"))
    assert quotas.check_pot(desk, RESETTLER).balance.used == 1


@pytest.mark.parametrize(("basis", "stops"), [("clause_9_1", False), ("widow_child", False), ("other", True)])
def test_only_the_grounds_of_the_order_lead_into_the_quota(desk, person, basis, stops):
    asked = Case(service="kandas_quota", person=person.uid, applied_on=FILED)
    found = cases.check_case(desk, asked, (), {"quota_basis": basis})
    assert ("kandas.quota_basis" in {one.code for one in blocking(found)}) is stops


def test_units_used_without_a_case_count_as_an_inclusion(desk, person):
    """An office that began with its ledger has no cases of those it included."""
    quotas.allot(desk, KANDAS, 5, "№ 1")
    held = quotas.reserve(desk, quotas.Hold(KANDAS, 1, person=person.uid)).value
    asked = Case(service="kandas_quota", person=person.uid, applied_on=FILED)
    assert "kandas.quota_once" not in {one.code for one in cases.check_case(desk, asked)}
    from migdesk.domain.change import Op

    with desk.write(Op.RESERVE_QUOTA) as tx:
        quotas.use(desk, tx, held)
    assert "kandas.quota_once" in {one.code for one in blocking(cases.check_case(desk, asked))}


def test_one_stream_counts_for_the_other_and_for_resettlers_it_is_a_remark(desk, person):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    case = opened(desk, person, "kandas_quota")
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("grant"))
    asked = Case(service="resettler_quota", person=person.uid, applied_on=FILED)
    found = {one.code: one for one in cases.check_case(desk, asked, (), SEEKER)}
    assert found["resettler.quota_once"].severity is Severity.WARN


def test_a_decision_of_an_earlier_day_is_judged_by_the_quota_of_that_day(desk, person):
    quotas.allot(desk, KANDAS, 5, "№ 1", on=date(2026, 11, 22))
    case = opened(desk, person, "kandas_quota")
    receive_all(desk, case)
    with pytest.raises(Refused):
        cases.decide(desk, case.uid, Verdict("grant", on=date(2026, 11, 21)))
    assert quotas.check_pot(desk, KANDAS).balance.used == 0
    cases.decide(desk, case.uid, Verdict("grant", on=date(2026, 11, 22)))
    assert quotas.check_pot(desk, KANDAS, on=date(2026, 11, 21)).balance.used == 0
    assert quotas.check_pot(desk, KANDAS).balance.used == 1


@pytest.mark.parametrize(
    ("service", "answers", "payments"),
    [
        ("kandas_quota", None, ("support.relocation", "support.rent")),
        ("resettler_quota", SEEKER, ("support.relocation", "support.rent")),
        ("resettler_certificate", {"use": "buy"}, ("support.mobility_certificate",)),
        ("resettler_employer", None, ("support.employer",)),
        ("invitation_reunion", {"invited": "Тұрсынов Е.", "country": "CHN"}, ()),
        ("kandas_nationality", None, ()),
    ],
)
def test_a_grant_makes_the_support_of_its_service_due(desk, person, service, answers, payments):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    quotas.allot(desk, RESETTLER, 5, "№ 1")
    found = desk.get_procedure(service, FILED)
    assert found.decision("grant").payments == payments
    assert found.decision("refuse").payments == ()


def test_the_plan_of_adaptation_has_its_four_parts(desk, person):
    case = opened(desk, person, "kandas_adaptation", {"arrived_on": FILED, "members_arriving": 4})
    steps = [one.code for one in case_file.open_file(desk, case.uid).steps]
    assert steps == ["consultation", "plan", "placement", "aid", "work", "home", "decision"]


def test_the_commissions_of_a_way_are_kept_apart(desk):
    for service in ("kandas_status", "kandas_pilot"):
        steps = {
            one.code: one.commission for one in desk.get_procedure(service, FILED).steps if one.commission
        }
        assert steps == {"nationality": "nationality", "commission": "reception"}


def test_the_quota_tells_of_whom_the_register_has_no_status(desk, person):
    """A family was included without any status, and nobody said a word."""
    case = opened(desk, person, "kandas_quota", {"quota_basis": "clause_9_1"})
    assert told(desk, case)["kandas.quota_status"].severity is Severity.WARN
    status = opened(desk, person, "kandas_status")
    receive_all(desk, status)
    cases.decide(desk, status.uid, Verdict("grant"))
    assert "kandas.quota_status" not in told(desk, case)


def test_a_refusal_of_several_people_says_that_it_is_for_all(desk):
    people = arrivals.register_arrival(desk, family()).value.people
    case = opened(desk, people[0], "kandas_status")
    cases.choose_members(desk, case.uid, [one.uid for one in people])
    assert "for_all" in told(desk, case, "refuse")
    cases.choose_members(desk, case.uid, [people[0].uid])
    assert "for_all" not in told(desk, case, "refuse")
