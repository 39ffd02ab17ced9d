"""The services of stay, refuge, registration and return, worked from the filing to what they do."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Severity, blocking
from migdesk.domain.payment import Payment
from migdesk.domain.permit import Permit, PermitState
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, cases
from migdesk.services.matter import Verdict
from migdesk.services.payments import receipts
from migdesk.services.permits import permits
from migdesk.services.stays import status
from tests import make
from tests.services.test_arrivals import family

FILED = date(2026, 11, 2)


@pytest.fixture
def people(desk):
    """A mother with a husband and two children, all citizens of Uzbekistan."""
    return arrivals.register_arrival(desk, family()).value.people


def opened(desk, person, service, answers=None, members=(), on=FILED, **given):
    case = Case(service=service, person=person.uid, applied_on=on, **given)
    return cases.open_case(desk, case, members, answers or {}).value


def complete(desk, case):
    """Every paper that is asked for, as of the filing, and every step before the decision."""
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(
            desk, case.uid, paper.code, issued_on=case.applied_on if paper.valid_days else None
        )
    for step in case_file.open_file(desk, case.uid).steps:
        if step.code == "decision":
            break
        if step.required:
            cases.do_step(desk, case.uid, step.code, on=case.applied_on)
    return case


def codes(findings, severity=None):
    return {one.code for one in findings if severity is None or one.severity is severity}


def made(desk, case):
    return desk.store.live(Permit, case=case.uid, order="id")


# ------------------------------------------------------------------------------------------ temporary permit


@pytest.mark.parametrize(
    ("purpose", "paper", "cap", "until"),
    [
        ("work", "work_contract", "contract_until", date(2027, 3, 1)),
        ("study", "enrolment", "study_until", date(2027, 6, 30)),
        ("treatment", "referral", "treatment_until", date(2026, 12, 20)),
        ("family", "kinship", None, date(2027, 11, 2)),
        ("missionary", "religious_body", None, date(2027, 11, 2)),
        ("business", "office_petition", None, date(2027, 11, 2)),
    ],
)
def test_a_temporary_permit_by_each_purpose(desk, people, purpose, paper, cap, until):
    """A year at most, not longer than the contract, the study or the treatment (reported)."""
    case = opened(desk, people[0], "rvp", {"purpose": purpose, **({cap: until} if cap else {})})
    assert case.due_on == date(2026, 11, 3)
    assert paper in [one.code for one in case_file.open_file(desk, case.uid).papers]
    complete(desk, case)
    cases.decide(desk, case.uid, Verdict("grant", on=FILED))
    (permit,) = made(desk, case)
    assert (permit.kind, permit.valid_until) == ("rvp", until)


def test_the_end_of_a_contract_that_nobody_gave_is_missed(desk, people):
    case = complete(desk, opened(desk, people[0], "rvp", {"purpose": "work"}))
    assert "rvp.no_contract_end" in codes(cases.check_decision(desk, case.uid, Verdict("grant", on=FILED)))


def test_a_permit_ends_with_the_passport(desk, people):
    with desk.write(Op.SAVE_DOCUMENT) as tx:
        for one in tx.live(type(make.document()), person=people[0].uid):
            tx.annul(one, "replaced")
        tx.put(make.document(person=people[0].uid, expires_on=date(2027, 5, 1)))
    case = complete(desk, opened(desk, people[0], "rvp", {"purpose": "family"}))
    told = cases.decide(desk, case.uid, Verdict("grant", on=FILED)).findings
    assert made(desk, case)[0].valid_until == date(2027, 5, 1) and "capped" in codes(told)


# ------------------------------------------------------------------------------------------ permanent residence

ANSWERS = {"ground": "visa_free", "exit_consent": "needed", "knb_approved": True, "housing_agreement": True}
MRP = 4325


def judged(desk, people, answers, members=()):
    case = complete(desk, opened(desk, people[0], "pmzh", {**ANSWERS, **answers}, members))
    return case, cases.check_decision(desk, case.uid, Verdict("grant", on=FILED))


@pytest.mark.parametrize(
    ("answers", "short"),
    [
        ({"balance": 1320 * MRP, "members_16": 1}, None),
        ({"balance": 1320 * MRP - 1, "members_16": 1}, 1),
        ({"balance": 1320 * MRP, "members_16": 2}, 1320 * MRP),
        (
            {
                "balance": 1320 * MRP,
                "members_16": 1,
                "household": 4,
                "metre_price": 400_000,
                "housing_agreement": False,
            },
            15 * 4 * 400_000,
        ),
        ({"balance": 0, "members_16": 1, "ground": "kazakh"}, None),
        ({"balance": 0, "members_16": 1, "ground": "compatriot"}, None),
    ],
)
def test_solvency_is_counted_to_the_tenge(desk, people, answers, short):
    """1320 MRP a member of 16 and older on the day of filing, 15 square metres a member without housing."""
    _case, told = judged(desk, people, answers)
    found = [one for one in told if one.code == "pmzh.solvency_short_decision"]
    assert [one.values["solvency_short_by"] for one in found] == ([short] if short else [])


def test_members_of_16_are_counted_from_the_people_of_the_case(desk, people):
    grown = [one for one in people if one.birth_date and one.birth_date.age_on(FILED) >= 16]
    _case, told = judged(desk, people, {"balance": 1}, [one.uid for one in people])
    (found,) = [one for one in told if one.code == "pmzh.solvency_short_decision"]
    assert found.values["solvency_members"] == len(grown)
    assert found.values["solvency_needed"] == 1320 * MRP * len(grown)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, "pmzh.no_solvency"),
        ({"balance": 1320 * MRP, "knb_approved": False}, "pmzh.knb"),
        ({"balance": 1320 * MRP, "members_16": 2}, "pmzh.solvency_short_decision"),
    ],
)
def test_permanent_residence_is_stopped(desk, people, answers, code):
    case, told = judged(desk, people, answers)
    assert code in codes(told, Severity.BLOCK)
    with pytest.raises(Invalid):
        cases.decide(desk, case.uid, Verdict("grant", on=FILED))
    cases.decide(desk, case.uid, Verdict("refuse", on=FILED, grounds=("solvency",)))


def test_permanent_residence_is_granted_in_45_days(desk, people):
    case, told = judged(desk, people, {"balance": 1320 * MRP, "members_16": 1}, [people[0].uid])
    assert (case.due_on, [one.code for one in blocking(told)]) == (date(2026, 12, 17), ["fee.unpaid"])
    [duty] = desk.store.live(Payment, case=case.uid)
    receipts.pay(desk, duty.uid, "R-1")
    assert "pmzh.pilot_missing" in codes(told, Severity.WARN)
    cases.decide(desk, case.uid, Verdict("grant", on=FILED))
    card = date(2036, 11, 2)
    assert [(one.kind, one.valid_until) for one in made(desk, case)] == [("pmzh", card)]
    judged_later = status.person_status(desk, people[0].uid, on=date(2036, 11, 3))
    assert judged_later.stay.lawful is True


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"test_listening": 30, "test_reading": 30, "points": 400}, set()),
        ({"test_listening": 29, "test_reading": 90, "points": 400}, {"pmzh.pilot_test"}),
        ({"test_listening": 90, "test_reading": 90, "points": 399}, {"pmzh.pilot_points"}),
    ],
)
def test_the_pilot_of_2026(desk, people, answers, expected):
    case = opened(desk, people[0], "pmzh", {**ANSWERS, **answers})
    told = codes(cases.check_case(desk, case, (), {**ANSWERS, **answers}))
    assert told & {"pmzh.pilot_test", "pmzh.pilot_points"} == expected


@pytest.mark.parametrize("days", [180, 181])
def test_a_clearance_of_over_180_days_stops_the_grant(desk, people, days):
    case = opened(desk, people[0], "pmzh", {**ANSWERS, "balance": 1320 * MRP, "members_16": 1})
    for paper in case_file.open_file(desk, case.uid).lacking:
        issued = date.fromordinal(FILED.toordinal() - days) if paper.code == "clearance" else FILED
        cases.receive_paper(desk, case.uid, paper.code, issued_on=issued if paper.valid_days else None)
    told = cases.check_decision(desk, case.uid, Verdict("grant", on=FILED))
    assert ("paper_old" in codes(told, Severity.BLOCK)) is (days > 180)


@pytest.mark.parametrize(
    ("answers", "there", "not_there"),
    [
        ({"exit_consent": "needed", "ground": "visa_free"}, {"exit_consent", "solvency"}, set()),
        ({"exit_consent": "kazakh_china", "ground": "kazakh"}, set(), {"exit_consent", "solvency"}),
        ({"exit_consent": "refugee", "ground": "visa_free"}, {"solvency"}, {"exit_consent"}),
    ],
)
def test_papers_of_permanent_residence_follow_the_exemptions(desk, people, answers, there, not_there):
    case = opened(desk, people[0], "pmzh", {**ANSWERS, **answers})
    asked = {one.code for one in case_file.open_file(desk, case.uid).papers}
    assert there <= asked and not asked & not_there


# ------------------------------------------------------------------------------------------ visa


def test_a_visa_is_extended_before_its_passport_is_short(desk, people):
    visa = Permit(
        kind="visa",
        person=people[0].uid,
        valid_from=date(2026, 10, 1),
        valid_until=date(2026, 11, 8),
        number="V-1",
    )
    permits.issue(desk, visa)
    case = complete(desk, opened(desk, people[0], "visa_extension", {"reason": "treatment"}))
    told = cases.check_decision(desk, case.uid, Verdict("extend", on=FILED, valid_until=date(2027, 1, 8)))
    assert "visa.extension_late" in codes(told)
    cases.decide(desk, case.uid, Verdict("extend", on=FILED, valid_until=date(2027, 1, 8)))
    assert [(one.kind, one.valid_until) for one in made(desk, case)] == [("visa", date(2027, 1, 8))]


# ------------------------------------------------------------------------------------------ refuge

PETITION = {"entered_illegally": False, "language": "ru", "interpreter": "signed"}


def test_children_stand_in_the_certificate_of_a_parent(desk, people):
    """From 18 a certificate of his own, for three months; a new one for three more, with the children again."""
    members = [one.uid for one in people]
    case = complete(desk, opened(desk, people[0], "asylum_petition", PETITION, members, on=date(2026, 8, 3)))
    cases.decide(desk, case.uid, Verdict("grant", on=date(2026, 8, 3)))
    first = made(desk, case)
    day = date(2026, 8, 3)
    children = {one.uid for one in people if one.birth_date and one.birth_date.age_on(day) < 18}
    head = first[0]
    assert {one.valid_until for one in first} == {date(2026, 11, 3)}
    assert {one.person for one in first if one.number.startswith(f"{head.number}/")} == children
    assert head.number.startswith("PVL-AS2026-") and children
    again = complete(desk, opened(desk, people[0], "asylum_petition", PETITION, members))
    cases.decide(desk, again.uid, Verdict("extend", on=FILED))
    later = made(desk, again)
    assert {one.valid_until for one in later} == {date(2027, 2, 3)} and later[0].number != head.number
    assert {one.person for one in later if one.number.startswith(f"{later[0].number}/")} == children


def test_the_petition_asks_for_the_statement_when_the_interpreter_wrote_it(desk, people):
    case = opened(desk, people[0], "asylum_petition", {**PETITION, "interpreter": "from_words"})
    assert "satisfaction" in [one.code for one in case_file.open_file(desk, case.uid).papers]
    told = cases.check_case(desk, case, (), {**PETITION, "interpreter": "none"})
    assert "asylum.unsigned" in codes(told)


@pytest.mark.parametrize(("known", "late"), [(date(2026, 10, 28), False), (date(2026, 10, 27), True)])
def test_five_days_from_learning_of_the_danger(desk, people, known, late):
    case = Case(service="asylum_petition", person=people[0].uid, applied_on=FILED)
    told = cases.check_case(desk, case, (), {**PETITION, "danger_known_on": known})
    assert ("asylum.danger_late" in codes(told)) is late


def test_fingerprints_within_three_days_of_the_certificate(desk, people):
    case = complete(desk, opened(desk, people[0], "asylum_petition", PETITION))
    cases.decide(desk, case.uid, Verdict("grant", on=FILED))
    step = next(one for one in case_file.open_file(desk, case.uid).steps if one.code == "fingerprints")
    assert step.due_on == date(2026, 11, 5)


def test_refugee_status_lasts_a_year_and_is_extended_yearly(desk, people):
    on = date(2025, 11, 23)
    case = complete(
        desk, opened(desk, people[0], "refugee_status", {"asked": "assign"}, on=date(2025, 11, 3))
    )
    assert case.due_on == date(2026, 2, 3)
    cases.decide(desk, case.uid, Verdict("grant", on=on))
    assert made(desk, case)[0].valid_until == date(2026, 11, 23)
    again = complete(desk, opened(desk, people[0], "refugee_status", {"asked": "extend"}))
    cases.decide(desk, again.uid, Verdict("extend", on=FILED))
    assert made(desk, again)[0].valid_until == date(2027, 11, 23)
    cases.decide(desk, again.uid, Verdict("terminate", on=FILED, grounds=("grounds_ended",)))
    assert made(desk, again)[0].state is PermitState.REVOKED


# ------------------------------------------------------------------------------------------ statelessness


def test_a_person_in_custody_brings_a_petition_and_the_sentence(desk, people):
    answers = {"in_custody": True, "by_representative": False, "reasons": "no citizenship", "warned": False}
    case = complete(desk, opened(desk, people[0], "stateless_status", answers, on=FILED))
    asked = {one.code for one in case_file.open_file(desk, case.uid).papers}
    assert {"petition", "sentence", "photos", "fingerprints"} <= asked and "representative" not in asked
    told = cases.check_decision(desk, case.uid, Verdict("grant", on=FILED))
    assert "stateless.not_warned" in codes(told, Severity.WARN)
    assert case.due_on is None


# ------------------------------------------------------------------------------------------ citizens

HERE = {"kind": "permanent", "housing": "other", "owners_consent": True}


@pytest.mark.parametrize(
    ("answers", "given", "expected"),
    [
        ({}, {"channel": "egov"}, set()),
        ({}, {"channel": "csc"}, {"citizen.online_only"}),
        ({"arrived_on": date(2026, 10, 23)}, {"channel": "egov"}, set()),
        ({"arrived_on": date(2026, 10, 22)}, {"channel": "egov"}, {"citizen.late"}),
        (
            {"kind": "temporary", "temporary_until": date(2027, 11, 4)},
            {"channel": "egov"},
            {"citizen.temporary_long"},
        ),
        ({"kind": "temporary", "temporary_until": date(2027, 11, 3)}, {"channel": "egov"}, set()),
    ],
)
def test_registration_of_citizens(desk, people, answers, given, expected):
    case = Case(service="citizen_registration", person=people[0].uid, applied_on=FILED, **given)
    told = codes(cases.check_case(desk, case, (), {**HERE, **answers}))
    assert {one for one in told if one.startswith("citizen.")} - {"citizen.under_14"} == expected


def test_no_registration_without_all_owners(desk, people):
    case = complete(desk, opened(desk, people[0], "citizen_registration", {**HERE, "owners_consent": False}))
    told = cases.check_decision(desk, case.uid, Verdict("grant", on=FILED))
    assert "citizen.no_consent" in codes(told, Severity.BLOCK)


# ------------------------------------------------------------------------------------------ return

RETURN = {"country": "UZB", "documents": "expired", "voluntary": True, "partner": "iom"}


def test_an_assisted_return_from_the_wish_to_the_confirmed_departure(desk, people):
    case = complete(desk, opened(desk, people[0], "return_assisted", RETURN, [one.uid for one in people]))
    assert "embassy" in [one.code for one in case_file.open_file(desk, case.uid).steps]
    cases.decide(desk, case.uid, Verdict("grant", on=FILED))
    cases.do_step(desk, case.uid, "departure", on=FILED)
    assert case_file.open_file(desk, case.uid).steps[-1].done_on == FILED


def test_nobody_is_returned_against_his_will(desk, people):
    case = complete(desk, opened(desk, people[0], "return_assisted", {**RETURN, "voluntary": False}))
    told = cases.check_decision(desk, case.uid, Verdict("grant", on=FILED))
    assert "return.not_voluntary" in codes(told, Severity.BLOCK)


# ------------------------------------------------------------------------------------------ shortened stay


@pytest.mark.parametrize(("decision", "kind"), [("shorten_visa", "visa"), ("shorten_rvp", "rvp")])
def test_a_shortened_stay_ends_the_permit_earlier(desk, people, decision, kind):
    dates = {"valid_from": date(2026, 10, 1), "valid_until": date(2027, 9, 30)}
    permits.issue(desk, Permit(kind=kind, person=people[0].uid, **dates))
    answers = {"basis": kind, "leave_by": date(2026, 11, 30), "act": "order 1"}
    case = complete(desk, opened(desk, people[0], "shortened_stay", answers))
    cases.decide(desk, case.uid, Verdict(decision, on=FILED, grounds=(f"breach_{kind}",)))
    assert made(desk, case)[0].valid_until == date(2026, 11, 30)
    (ended,) = desk.store.live(Permit, person=people[0].uid, state=PermitState.REVOKED)
    assert (ended.valid_until, ended.revoked_on) == (date(2027, 9, 30), FILED)
