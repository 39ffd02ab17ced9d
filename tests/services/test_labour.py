"""Applications of employers: several workers, several regions, local content, transfers, replacement, households."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.case import Case, CaseState
from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import blocking
from migdesk.domain.party import Party, PartyKind, PartyRole, PartySize
from migdesk.domain.payment import Payment
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Sex
from migdesk.domain.quota import Stream
from migdesk.services.cases import case_file, cases
from migdesk.services.facts.members import household
from migdesk.services.laws import choices
from migdesk.services.matter import Verdict
from migdesk.services.payments import receipts
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from migdesk.services.upkeep import journal
from tests import make

FILED = date(2026, 11, 20)
UNTIL = date(2027, 11, 19)
VACANCY = {"vacancy_code": "V-1", "vacancy_on": date(2026, 11, 1)}
PAVLODAR, ATYRAU = "550000000", "230000000"


def pot(region=PAVLODAR, category="3"):
    return Pot(Stream.FOREIGN_LABOUR, region, 2026, category)


def put(desk, *records):
    with desk.write(Op.SAVE_PERSON) as tx:
        return [tx.put(one) for one in records]


@pytest.fixture
def employer(desk):
    [one] = put(
        desk,
        Party(kind=PartyKind.ORGANISATION, role=PartyRole.EMPLOYER, name="ЖШС Құрылыс", activity="F"),
    )
    return one


@pytest.fixture
def workers(desk):
    born = PartialDate(1990, 5, 6)
    names = ("Ли", "Ван", "Чжан", "Чэнь")
    return put(
        desk,
        *(
            make.person(surname=one, given="Вэй", citizenship="CHN", sex=Sex.MALE, birth_date=born, iin="")
            for one in names
        ),
    )


def opened(desk, employer, workers, answers=None, *, service="foreign_labour_permit", **given):
    values = {"category": "3", "party": employer.uid, "applied_on": FILED, "region": PAVLODAR, **given}
    case = Case(service=service, person=workers[0].uid, **values)
    asked = desk.get_procedure(service, FILED).fields
    known = {**VACANCY, "exemption": "none"} if any(one.code == "vacancy_on" for one in asked) else {}
    return cases.open_case(desk, case, [one.uid for one in workers], {**known, **(answers or {})})


def ready(desk, *args, **given):
    case = opened(desk, *args, **given).value
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code)
    return case


def made_by(desk, case):
    return desk.store.live(Permit, case=case.uid, order="id")


def told(findings):
    return {one.code: one for one in findings}


def test_one_application_for_several_workers_is_one_decision(desk, employer, workers):
    """Each worker gets a permit of his own, resting on nobody's, all in one op that withdraws together too."""
    quotas.allot(desk, pot(), 3, "letter")
    case = ready(desk, employer, workers[:3], {"position": "Дәнекерлеуші"})
    assert (case.persons, case.family) == (3, None)
    cases.decide(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    permits = made_by(desk, case)
    assert [one.person for one in permits] == [one.uid for one in workers[:3]]
    assert {(one.position, one.activity, one.principal) for one in permits} == {("Дәнекерлеуші", "F", None)}
    assert len({one.number for one in permits}) == 3
    assert quotas.check_pot(desk, pot()).balance.free == 0
    assert journal.entries(desk, limit=1)[0].op is Op.DECIDE_CASE
    cases.decide(desk, case.uid, Verdict("terminate", grounds=("own_request",)))
    assert {one.state for one in made_by(desk, case)} == {PermitState.REVOKED}
    assert case_file.get_case(desk, case.uid).state is CaseState.TERMINATED
    assert quotas.check_pot(desk, pot()).balance.free == 3


def test_workers_beyond_the_quota_are_refused_in_one_number(desk, employer, workers):
    quotas.allot(desk, pot(), 2, "letter")
    case = ready(desk, employer, workers[:3])
    with pytest.raises(Refused) as refused:
        cases.decide(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    assert "3 asked, 2 free" in refused.value.findings[0].words()
    assert (made_by(desk, case), quotas.check_pot(desk, pot()).balance.free) == ([], 2)


def test_a_stranger_may_be_a_worker_but_not_somebody_unknown(desk, employer, workers):
    case = opened(desk, employer, workers[:1]).value
    chosen = cases.choose_members(desk, case.uid, [workers[0].uid, workers[3].uid]).value
    assert chosen.persons == 2
    with pytest.raises(Invalid):
        cases.choose_members(desk, case.uid, [workers[0].uid, "nobody"])
    offered = {person.uid for _one, person in household(desk, chosen)}
    assert offered == {workers[0].uid, workers[3].uid}


def test_workers_of_the_employer_are_offered(desk, employer, workers):
    quotas.allot(desk, pot(), 2, "letter")
    first = ready(desk, employer, workers[:2])
    cases.decide(desk, first.uid, Verdict("grant", valid_until=UNTIL))
    case = Case(
        service="foreign_labour_extension", person=workers[0].uid, party=employer.uid, applied_on=FILED
    )
    assert {person.uid for _one, person in household(desk, case)} == {one.uid for one in workers[:2]}


def test_a_decision_against_an_employer_names_a_ground(desk, employer, workers):
    case = opened(desk, employer, workers[:1]).value
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("refuse"))
    assert "no_ground" in told(refused.value.findings)
    cases.decide(desk, case.uid, Verdict("refuse", grounds=("no_quota",)))
    assert case_file.get_case(desk, case.uid).state is CaseState.REFUSED


@pytest.mark.parametrize(
    ("foreigners", "count", "stops"), [(0, 1, False), (0, 2, True), (1, 1, True), (8, 2, True)]
)
def test_local_content_counts_those_who_are_asked_for(desk, employer, workers, foreigners, count, stops):
    """kz / (kz + foreign, the requested counted): 9 of 10 are 90 %, 9 of 11 are 81 %."""
    answers = {"citizens_34": 9, "foreigners_34": foreigners}
    if not stops:
        assert opened(desk, employer, workers[:count], answers).value.number
        return
    with pytest.raises(Invalid) as refused:
        opened(desk, employer, workers[:count], answers)
    words = told(blocking(refused.value.findings))["labour.local_content_34"].words()
    share = 100 * 9 // (9 + foreigners + count)
    assert f"citizens 9, foreigners {foreigners + count}" in words
    assert f"{share} %, at least 90 %" in words


def test_local_content_is_not_asked_of_small_business(desk, workers):
    [small] = put(
        desk, Party(kind=PartyKind.ORGANISATION, name="ЖШС", size=PartySize.SMALL, role=PartyRole.EMPLOYER)
    )
    assert opened(desk, small, workers[:1], {"citizens_34": 1, "foreigners_34": 9}).value.number


def test_permits_the_register_has_count_though_nobody_named_them(desk, employer, workers):
    quotas.allot(desk, pot(), 2, "letter")
    case = ready(desk, employer, workers[:1], {"citizens_34": 9, "foreigners_34": 0})
    cases.decide(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    with pytest.raises(Invalid) as refused:
        opened(
            desk,
            employer,
            workers[1:2],
            {"citizens_34": 9, "foreigners_34": 0},
            applied_on=date(2026, 11, 23),
        )
    assert "foreigners 2" in told(refused.value.findings)["labour.local_content_34"].words()


def test_outstaffed_workers_count_since_july_2023(desk, employer, workers):
    answers = {"citizens_34": 8, "foreigners_34": 0, "outstaffed_citizens_34": 1}
    assert opened(desk, employer, workers[:1], answers).value.number
    with pytest.raises(Invalid) as refused:
        opened(desk, employer, workers[1:2], {**answers, "outstaffed_citizens_34": 0})
    assert "labour.local_content_34" in told(refused.value.findings)
    before = {one.code for one in desk.get_procedure("foreign_labour_permit", date(2023, 6, 30)).fields}
    since = {one.code for one in desk.get_procedure("foreign_labour_permit", date(2023, 7, 1)).fields}
    assert {one for one in since - before if one.startswith("outstaffed")} == {
        f"outstaffed_{who}_{group}" for who in ("citizens", "foreigners") for group in ("12", "34")
    }


@pytest.mark.parametrize(
    ("choice", "stops"), [("left_out", False), ("foreigners", True), ("citizens", False)]
)
def test_how_those_without_permits_count_is_a_setting(desk, employer, workers, choice, stops):
    choices.choose(desk, "labour.exempt_foreigners", choice)
    answers = {"citizens_34": 9, "foreigners_34": 0, "exempt_34": 3}
    if stops:
        with pytest.raises(Invalid):
            opened(desk, employer, workers[:1], answers)
    else:
        assert opened(desk, employer, workers[:1], answers).value.number


def test_a_permit_for_two_regions_takes_a_unit_of_each(desk, employer, workers):
    """Order 30.06.2023 No. 279 [V]: the consent of the further region, within its own quota; both return together."""
    quotas.allot(desk, pot(), 1, "letter")
    case = opened(desk, employer, workers[:1], {"region_2": ATYRAU}).value
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code)
    verdict = Verdict("grant", valid_until=UNTIL)
    missing = told(cases.check_decision(desk, case.uid, verdict))["regions.consent"]
    assert missing in blocking([missing])
    cases.receive_paper(desk, case.uid, "regions_consent")
    with pytest.raises(Refused) as refused:
        cases.decide(desk, case.uid, verdict)
    assert "1 asked, 0 free" in refused.value.findings[0].words()
    assert refused.value.findings[1].code == "quota.outside"
    quotas.allot(desk, pot(ATYRAU), 1, "consent 17")
    cases.decide(desk, case.uid, verdict)
    assert [quotas.check_pot(desk, pot(one)).balance.used for one in (PAVLODAR, ATYRAU)] == [1, 1]
    cases.decide(desk, case.uid, Verdict("terminate", grounds=("own_request",)))
    assert [quotas.check_pot(desk, pot(one)).balance.used for one in (PAVLODAR, ATYRAU)] == [0, 0]


def test_a_region_is_named_once(desk, employer, workers):
    with pytest.raises(Invalid) as refused:
        opened(desk, employer, workers[:1], {"region_2": PAVLODAR})
    assert "region_twice" in told(refused.value.findings)


def test_another_worker_takes_the_place_under_a_permit(desk, employer, workers):
    quotas.allot(desk, pot(), 1, "letter")
    first = ready(desk, employer, workers[:1])
    cases.decide(desk, first.uid, Verdict("grant", valid_until=UNTIL))
    [old] = made_by(desk, first)
    case = ready(desk, employer, workers[1:2], {"replaces": old.number}, service="foreign_labour_replacement")
    assert case.due_on == date(2026, 11, 27)
    cases.decide(desk, case.uid, Verdict("replace"))
    [new] = made_by(desk, case)
    assert (new.person, new.valid_until, new.reservation) == (workers[1].uid, UNTIL, old.reservation)
    assert new.number != old.number
    assert desk.store.get(Permit, old.uid).state is PermitState.REVOKED
    assert quotas.check_pot(desk, pot()).balance.used == 1


def test_a_permit_is_issued_again_for_a_new_passport(desk, employer, workers):
    quotas.allot(desk, pot(), 1, "letter")
    first = ready(desk, employer, workers[:1])
    cases.decide(desk, first.uid, Verdict("grant", valid_until=UNTIL))
    case = ready(desk, employer, workers[:1], {"reason": "worker_changed"}, service="foreign_labour_reissue")
    papers = {one.code for one in case_file.open_file(desk, case.uid).papers}
    assert papers == {"application", "new_passport"}
    cases.decide(desk, case.uid, Verdict("replace"))
    [new] = made_by(desk, case)
    assert (new.valid_until, new.position) == (UNTIL, "")


@pytest.mark.parametrize(
    ("citizens", "here", "stops"), [(4, 1, False), (3, 1, True), (2, 0, False), (1, 0, True)]
)
def test_transfers_are_at_most_half_of_the_citizens(desk, employer, workers, citizens, here, stops):
    answers = {"transfer_citizens": citizens, "transfer_foreigners": here, "transfer_years": 1}
    given = {"service": "ict_permit", "category": "ict"}
    if stops:
        with pytest.raises(Invalid) as refused:
            opened(desk, employer, workers[:1], answers, **given)
        words = told(blocking(refused.value.findings))["labour.transfer_share"].words()
        assert f"citizens of these categories {citizens}" in words
    else:
        assert opened(desk, employer, workers[:1], answers, **given).value.number


def test_a_transfer_takes_no_quota_and_ends_with_its_contract(desk, employer, workers):
    answers = {
        "transfer_years": 2,
        "condition": "training",
        "contract_until": date(2028, 5, 31),
        "exemption": "none",
    }
    case = ready(desk, employer, workers[:1], answers, service="ict_permit", category="ict")
    cases.decide(desk, case.uid, Verdict("grant", valid_until=date(2029, 5, 31)))
    [permit] = made_by(desk, case)
    assert (permit.valid_until, permit.reservation) == (date(2028, 5, 31), None)
    assert desk.get_procedure("ict_permit", FILED).decision("grant").fee is None


def test_the_clerk_is_told_that_a_citizen_of_the_union_needs_no_permit(desk, employer):
    [worker] = put(desk, make.person(citizenship="KGZ", iin=""))
    found = told(opened(desk, employer, [worker], {"exemption": "eaeu"}).findings)
    assert {"labour.eaeu", "labour.exempt"} <= set(found)


HOUSEHOLD = {"months": 12}


def test_a_labour_immigrant_changes_his_employer_by_notification(desk, workers):
    [worker] = put(desk, make.person(citizenship="UZB", iin=""))
    first, second = put(desk, Party(name="Ахметов А."), Party(name="Иванов И."))
    home = Pot(Stream.LABOUR_IMMIGRANT, PAVLODAR, 2026)
    quotas.allot(desk, home, 1, "letter")
    given = {"category": "", "service": "labour_immigrant_permit", "channel": "egov"}
    case = ready(desk, first, [worker], HOUSEHOLD, **given)
    assert case.due_on == date(2026, 11, 24)
    [tax] = desk.store.live(Payment, case=case.uid)
    receipts.pay(desk, tax.uid, "R-1")
    cases.decide(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    days = {"old_ended_on": FILED, "contract_on": FILED}
    moved = ready(desk, second, [worker], days, category="", service="labour_immigrant_change")
    cases.decide(desk, moved.uid, Verdict("register"))
    [new] = made_by(desk, moved)
    assert (new.employer, new.valid_until) == (second.uid, UNTIL)
    assert quotas.check_pot(desk, home).balance.used == 1


def test_a_labour_immigrant_of_another_country_is_remarked(desk, workers, employer):
    given = {"service": "labour_immigrant_permit", "category": ""}
    found = told(opened(desk, employer, workers[:1], HOUSEHOLD, **given).findings)
    assert "labour_immigrant.citizenship_2025" in found


@pytest.mark.parametrize(("filed", "stops"), [(date(2026, 5, 29), True), (date(2026, 6, 1), False)])
def test_only_the_portal_was_open_in_the_pilot(desk, workers, employer, filed, stops):
    given = {"service": "labour_immigrant_permit", "category": "", "channel": "csc", "applied_on": filed}
    found = told(cases.check_case(desk, Case(person=workers[0].uid, party=employer.uid, **given)))
    assert ("labour_immigrant.portal_only" in found) is stops


def test_a_certificate_for_self_employment_is_for_three_months_then_three_years(desk, workers):
    case = Case(service="self_employment_certificate", person=workers[0].uid, applied_on=FILED)
    case = cases.open_case(desk, case, (), {"occupation": "Инженер"}).value
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code)
    cases.do_step(desk, case.uid, "registration", on=FILED)
    forward = next(one for one in case_file.open_file(desk, case.uid).steps if one.code == "forward")
    assert forward.due_on == date(2026, 11, 24)
    cases.decide(desk, case.uid, Verdict("grant"))
    [first] = made_by(desk, case)
    assert (first.valid_until, first.number.split("-")[1][:2]) == (date(2027, 2, 23), "SE")
    longer = Case(service="self_employment_certificate", person=workers[0].uid, applied_on=FILED)
    longer = cases.open_case(desk, longer, (), {"occupation": "Инженер"}).value
    for paper in case_file.open_file(desk, longer.uid).lacking:
        cases.receive_paper(desk, longer.uid, paper.code)
    for until, stops in ((date(2029, 11, 23), False), (date(2029, 11, 24), True)):
        found = told(cases.check_decision(desk, longer.uid, Verdict("extend", valid_until=until)))
        assert ("self_employment.too_long" in found) is stops


def test_a_school_has_five_working_days_for_the_contract(desk, workers):
    school, *_ = put(desk, Party(name="Торайғыров университеті", role=PartyRole.SCHOOL))
    given = {"service": "student_admission", "category": ""}
    case = opened(desk, school, workers[:2], {"lives_at": "flat"}, **given).value
    file = case_file.open_file(desk, case.uid)
    assert file.steps[0].due_on == date(2026, 11, 27)
    assert "landlord_consent" in {one.code for one in file.lacking}
    left = opened(
        desk, school, workers[:1], {"reason": "expelled"}, service="student_departure", category=""
    ).value
    assert left.due_on == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("category", "told"), [("C9", "study.visa_no_work"), ("B12-1", "neo_nomad.visa_no_work"), ("C3", None)]
)
def test_a_visa_that_gives_no_right_to_work_is_told(desk, employer, workers, category, told):
    """The permit of a student with a C9 visa was asked for without a word."""
    days = {"valid_from": date(2026, 9, 1), "valid_until": date(2027, 6, 30), "granted_on": date(2026, 9, 1)}
    put(
        desk,
        Permit(
            person=workers[1].uid,
            kind="visa",
            category=category,
            number="V1",
            state=PermitState.GRANTED,
            **days,
        ),
    )
    codes = {one.code for one in opened(desk, employer, workers[:2]).findings}
    assert {one for one in codes if one.endswith("visa_no_work")} == ({told} if told else set())
