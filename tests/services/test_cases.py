"""From application to decision and certificate; and against the quota."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.case import CASE_TRANSITIONS, Case, CaseState
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import blocking
from migdesk.domain.party import PartySize
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.quota import Stream
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, cases
from migdesk.services.laws import explaining
from migdesk.services.matter import Verdict
from migdesk.services.permits import permits
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from tests import make
from tests.services.test_arrivals import family

KANDAS = Pot(Stream.KANDAS, "550000000", 2026)
LABOUR = Pot(Stream.FOREIGN_LABOUR, "550000000", 2026, "3")


@pytest.fixture
def arrived(desk):
    return arrivals.register_arrival(desk, family()).value


def opened(desk, arrived, service="kandas_status", **given):
    values = {"service": service, "person": arrived.people[0].uid, "applied_on": date(2026, 11, 23)}
    return cases.open_case(desk, Case(**{**values, **given})).value


def receive_all(desk, case):
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code)


def test_a_kandas_case_from_application_to_certificate(desk, arrived):
    case = opened(desk, arrived, family=arrived.family.uid)
    assert (case.number, case.persons, case.state) == ("PVL-C2026-00001", 3, CaseState.OPEN)
    assert case.due_on is not None and case.due_on > desk.today
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("grant"))
    assert {one.code for one in blocking(refused.value.findings)} == {"papers_missing"}
    receive_all(desk, case)
    decided = cases.decide(desk, case.uid, Verdict("grant", protocol="7")).value
    assert decided.state is CaseState.GRANTED
    assert decided.certificate
    made = desk.store.select(Permit, '"case" = ?', (case.uid,))
    assert len(made) == 3
    assert {one.valid_until for one in made} == {date(2027, 11, 23)}
    with pytest.raises(Refused):
        cases.decide(desk, case.uid, Verdict("refuse", grounds=("x",)))


def test_a_refusal_names_a_legal_ground(desk, arrived):
    case = opened(desk, arrived)
    legal = [
        code for decision, code, _title in case_file.open_file(desk, case.uid).grounds if decision == "refuse"
    ]
    for grounds in ((), ("because",)):
        with pytest.raises(Invalid):
            cases.decide(desk, case.uid, Verdict("refuse", grounds=grounds))
    decided = cases.decide(desk, case.uid, Verdict("refuse", grounds=(legal[0],))).value
    assert (decided.state, decided.grounds) == (CaseState.REFUSED, legal[0])


def test_inclusion_in_the_quota_uses_units_and_stops_at_the_last(desk, arrived):
    quotas.allot(desk, KANDAS, 4, "letter")
    case = opened(desk, arrived, "kandas_quota", family=arrived.family.uid)
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("grant"))
    assert quotas.check_pot(desk, KANDAS).balance.used == 3
    rests = explaining.explain(desk, case.uid)["changes"][-1]["rules"]["values"]
    assert {one["code"]: one["values"] for one in rests}["quota.kandas.2026"]["units"] == 977
    others = arrivals.register_arrival(desk, family(), duplicates=False).value
    other = opened(desk, others, "kandas_quota")
    receive_all(desk, other)
    with pytest.raises(Refused) as refused:
        cases.decide(desk, other.uid, Verdict("grant"))
    assert refused.value.findings[0].code == "quota.exhausted"
    assert case_file.get_case(desk, other.uid).state is CaseState.OPEN
    with pytest.raises(Invalid) as again:
        opened(desk, arrived, "kandas_quota")
    assert "kandas.quota_once" in {one.code for one in again.value.findings}


def test_steps_and_papers_are_those_of_the_service(desk, arrived):
    case = opened(desk, arrived)
    file = case_file.open_file(desk, case.uid)
    cases.do_step(desk, case.uid, file.steps[0].code)
    for code in (file.steps[0].code, "dance"):
        with pytest.raises(Invalid):
            cases.do_step(desk, case.uid, code)
    with pytest.raises(Invalid):
        cases.receive_paper(desk, case.uid, "napkin")
    assert case_file.open_file(desk, case.number).steps[0].done_on == desk.today


def test_the_look_at_the_papers_says_which_are_missing(desk, arrived):
    """One Enter did it with none of them, and the term of the commission ran."""
    case = opened(desk, arrived)
    assert cases.do_step(desk, case.uid, "registration").findings == ()
    (told,) = cases.do_step(desk, case.uid, "completeness").findings
    missing = [one.code for one in case_file.open_file(desk, case.uid).lacking]
    assert (told.code, told.severity, told.values["codes"].split()) == ("papers_missing", "warn", missing)
    other = opened(desk, arrived, person=arrived.people[1].uid)
    receive_all(desk, other)
    assert cases.do_step(desk, other.uid, "completeness").findings == ()


def labour_permit(desk, person, **given):
    employer = arrivals.register_arrival(desk, family(members=family().members[:1]), duplicates=False).value
    values = {
        "kind": "labour_permit",
        "category": "3",
        "person": person,
        "employer": employer.arrivals[0].host,
        "region": "550000000",
        "valid_from": date(2026, 12, 1),
        "valid_until": date(2027, 11, 30),
    }
    return Permit(**{**values, **given})


def test_a_labour_permit_takes_a_unit_of_its_category(desk, arrived):
    draft = labour_permit(desk, arrived.people[0].uid)
    with pytest.raises(Refused):
        permits.issue(desk, draft)
    quotas.allot(desk, LABOUR, 1, "letter")
    issued = permits.issue(desk, draft).value
    assert issued.state is PermitState.GRANTED and issued.number
    assert quotas.check_pot(desk, LABOUR).balance.free == 0
    permits.issue(desk, replace(draft, category="ict"))
    permits.revoke(desk, issued.uid, "contract ended")
    assert quotas.check_pot(desk, LABOUR).balance.free == 1


def test_an_extension_begins_the_day_after(desk, arrived):
    quotas.allot(desk, LABOUR, 1, "letter")
    ending = labour_permit(
        desk, arrived.people[0].uid, valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)
    )
    issued = permits.issue(desk, ending).value
    with pytest.raises(Invalid):
        permits.extend(desk, issued.uid, date(2026, 12, 31))
    longer = permits.extend(desk, issued.uid, date(2027, 12, 31)).value
    assert (longer.valid_from, longer.extends) == (date(2027, 1, 1), issued.uid)
    assert desk.store.get(Permit, issued.uid).state is PermitState.EXTENDED
    with pytest.raises(Refused):
        permits.extend(desk, issued.uid, date(2028, 1, 1))


def test_an_extension_is_filed_in_its_window(desk, arrived):
    """Not earlier than 60 and not later than 30 calendar days before the end."""
    quotas.allot(desk, LABOUR, 1, "letter")
    issued = permits.issue(desk, labour_permit(desk, arrived.people[0].uid)).value
    with pytest.raises(Invalid) as refused:
        permits.extend(desk, issued.uid, date(2028, 11, 30))
    assert "labour.extension_window" in {one.code for one in refused.value.findings}


def granted_status(desk, arrived):
    case = opened(desk, arrived)
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("grant"))
    return desk.store.select(Permit, '"case" = ?', (case.uid,))[0]


def test_an_extension_of_status_goes_on_where_the_old_one_ends(desk, arrived):
    """It was written as a refusal; its length is the term that the decision names."""
    old = granted_status(desk, arrived)
    case = opened(desk, arrived)
    receive_all(desk, case)
    decided = cases.decide(desk, case.uid, Verdict("extend")).value
    new = desk.store.select(Permit, '"case" = ?', (case.uid,))[0]
    assert (decided.state, decided.certificate) == (CaseState.GRANTED, new.number)
    assert (new.extends, new.valid_from, new.valid_until) == (old.uid, date(2027, 11, 24), date(2028, 5, 23))
    assert desk.store.get(Permit, old.uid).state is PermitState.EXTENDED


def test_a_termination_of_status_ends_it(desk, arrived):
    status = granted_status(desk, arrived)
    case = opened(desk, arrived)
    cases.decide(desk, case.uid, Verdict("terminate", grounds=("citizenship",)))
    assert case_file.get_case(desk, case.uid).state is CaseState.TERMINATED
    ended = desk.store.get(Permit, status.uid)
    assert (ended.state, ended.revoked_on, ended.grounds) == (PermitState.REVOKED, desk.today, "citizenship")


@pytest.mark.parametrize(("code", "grounds"), [("extend", ()), ("terminate", ("citizenship",))])
def test_there_must_be_a_status_to_extend_or_to_end(desk, arrived, code, grounds):
    case = opened(desk, arrived)
    receive_all(desk, case)
    with pytest.raises(Refused):
        cases.decide(desk, case.uid, Verdict(code, grounds=grounds))
    assert case_file.get_case(desk, case.uid).state is CaseState.OPEN


def test_an_extended_labour_permit_takes_no_second_unit(desk, arrived):
    quotas.allot(desk, LABOUR, 1, "letter")
    issued = permits.issue(
        desk,
        labour_permit(
            desk, arrived.people[0].uid, valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)
        ),
    ).value
    case = opened(desk, arrived, "foreign_labour_extension", category="3", party=issued.employer)
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("extend", valid_until=date(2027, 12, 31), given={"activity": "F"}))
    assert desk.store.get(Permit, issued.uid).state is PermitState.EXTENDED
    assert quotas.check_pot(desk, LABOUR).balance.used == 1


def test_a_granted_labour_permit_is_checked_like_an_issued_one(desk, arrived):
    """A grant wrote permits without an employer, of no category, and without an end."""
    case = opened(desk, arrived, "foreign_labour_permit", category="9")
    receive_all(desk, case)
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("grant"))
    assert {"category", "employer", "valid_until"} <= {one.field for one in refused.value.findings}


@pytest.mark.parametrize(
    ("until", "is_too_long"),
    [(date(2027, 12, 1), False), (date(2027, 12, 2), True), (date(2026, 12, 30), False)],
)
def test_months_of_a_permit_are_those_of_the_calendar(desk, arrived, until, is_too_long):
    """Days divided by 30.4 let a thirteenth month begin."""
    draft = labour_permit(
        desk, arrived.people[0].uid, kind="labour_immigrant", category="", valid_until=until
    )
    codes = {one.code for one in permits.check_permit(desk, draft)}
    assert ("labour_immigrant.too_long" in codes) is is_too_long


def test_a_granted_case_ends_as_terminated_and_nothing_else(desk, arrived):
    """The end of a status was written as a refusal of the application."""
    status = granted_status(desk, arrived)
    for code in ("grant", "refuse", "extend"):
        with pytest.raises(Refused):
            cases.decide(desk, status.case, Verdict(code, grounds=("commission",)))
    ended = cases.decide(desk, status.case, Verdict("terminate", grounds=("year_passed",))).value
    assert (ended.state, ended.grounds) == (CaseState.TERMINATED, "year_passed")
    assert desk.store.get(Permit, status.uid).state is PermitState.REVOKED
    with pytest.raises(Refused):
        cases.decide(desk, status.case, Verdict("terminate", grounds=("year_passed",)))
    with pytest.raises(Refused):
        cases.receive_paper(desk, status.case, "application")


@pytest.mark.parametrize("state", list(CaseState))
def test_every_state_of_a_case_has_its_transitions_and_words(state):
    assert CASE_TRANSITIONS[state] <= set(CaseState)
    assert choice_label(state)


def test_a_protocol_is_not_later_than_the_decision(desk, arrived):
    case = opened(desk, arrived)
    receive_all(desk, case)
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("grant", protocol="7", protocol_on=date(2026, 11, 24)))
    assert {one.field for one in blocking(refused.value.findings)} == {"protocol_on"}
    decided = cases.decide(desk, case.uid, Verdict("grant", protocol="7", protocol_on=desk.today)).value
    assert decided.protocol_on == desk.today


def test_a_decision_keeps_the_law_it_rests_on(desk, arrived):
    """Only versions of packs were kept: of terms and sums nobody could say later what they had been."""
    case = opened(desk, arrived)
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("grant"))
    rests = explaining.explain(desk, case.uid)["changes"][-1]["rules"]
    assert rests["terms"] == desk.law.versions()["terms"]
    values = {one["code"]: one for one in rests["values"]}
    assert values["kandas.decision"]["values"]["length"] == 30
    status = values["kandas.status"]
    assert (status["values"]["length"], status["values"]["unit"], status["version"]) == (
        12,
        "months",
        desk.law.versions()["terms"],
    )
    assert status["source"]["act"] and status["source"]["confidence"]


def test_a_labour_decision_keeps_fee_index_and_limit(desk, arrived):
    quotas.allot(desk, LABOUR, 1, "letter")
    employer = labour_permit(desk, arrived.people[0].uid).employer
    case = opened(desk, arrived, "foreign_labour_permit", category="3", party=employer)
    cases.answer(desk, case.uid, {"vacancy_code": "17", "vacancy_on": date(2026, 11, 1)})
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("grant", valid_until=date(2027, 11, 22), given={"activity": "F"}))
    values = {
        one["code"]: one for one in explaining.explain(desk, case.uid)["changes"][-1]["rules"]["values"]
    }
    assert {"labour.decision", "fee.labour_permit", "mrp"} <= set(values)
    assert values["mrp"]["values"]["mrp_in_tenge"] == 4325


def test_what_no_record_holds_is_asked_of_the_clerk(desk, arrived):
    case = Case(
        service="foreign_labour_permit",
        person=arrived.people[0].uid,
        applied_on=date(2026, 11, 23),
        category="1",
    )
    asked = {one.code: one for one in cases.check_case(desk, case) if one.code.endswith(".ask")}
    assert set(asked) == {
        "labour.exempt.ask",
        "labour.local_content_12.ask",
        "labour.vacancy_short.ask",
    }
    assert "70 %" in asked["labour.local_content_12.ask"].words()
    employer = parties_of_size(desk, PartySize.SMALL)
    asked = {one.code for one in cases.check_case(desk, replace(case, party=employer))}
    assert "labour.local_content_12.ask" not in asked


def parties_of_size(desk, size):
    party = make.host(name=f"ЖШС {size}", size=size)
    made = arrivals.register_arrival(
        desk, family(members=family().members[:1], host=party), duplicates=False
    ).value
    return made.arrivals[0].host


def test_a_sixth_worker_of_a_household_is_told(desk, arrived):
    employer = parties_of_size(desk, None)
    draft = labour_permit(
        desk,
        arrived.people[0].uid,
        kind="labour_immigrant",
        category="",
        employer=employer,
        valid_from=desk.today,
        valid_until=date(2027, 2, 22),
    )
    with desk.write(Op.ISSUE_PERMIT) as tx:
        for _ in range(5):
            tx.put(replace(draft, state=PermitState.GRANTED))
    told = {one.code: one for one in permits.check_permit(desk, replace(draft, applied_on=desk.today))}
    assert told["labour_immigrant.too_many"].values["employer_labour_immigrants"] == 6


def test_a_petition_for_refuge_counts_from_the_entry(desk):
    came = arrivals.register_arrival(
        desk, family(members=family().members[:1], arrival=make.arrival(entered_on=date(2026, 11, 10)))
    ).value.people[0]
    petition = Permit(person=came.uid, kind="asylum_seeker", applied_on=desk.today, valid_from=desk.today)
    told = {one.code: one for one in permits.check_permit(desk, petition)}
    assert told["asylum.petition_late"].values["asylum_days_since_arrival"] == 13


def test_a_decision_judges_the_window_of_an_extension_too(desk, arrived):
    """`permit extend` refused what was filed too early, the decision of a case did not."""
    quotas.allot(desk, LABOUR, 1, "letter")
    issued = permits.issue(desk, labour_permit(desk, arrived.people[0].uid)).value
    case = opened(desk, arrived, "foreign_labour_extension", party=issued.employer, category="3")
    receive_all(desk, case)
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("extend", valid_until=date(2028, 11, 30)))
    assert "labour.extension_window" in {one.code for one in blocking(refused.value.findings)}
