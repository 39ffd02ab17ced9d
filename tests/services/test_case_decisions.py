"""What decisions do: caps of a permit, papers with an age, amounts that become due, replacement, taking back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from migdesk.domain.case import Case, CasePaper, CaseState, CaseStep
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import Severity, blocking
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.quota import Stream
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, cases
from migdesk.services.laws import explaining
from migdesk.services.matter import Verdict
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from tests import make
from tests.services.test_arrivals import family
from tests.services.test_case_answers import FILED, trial
from tests.services.trial_service import TEXT, with_trial


@pytest.fixture
def person(desk):
    return arrivals.register_arrival(desk, family(members=family().members[:1])).value.people[0]


def passport_until(desk, person, day):
    from migdesk.domain.change import Op
    from migdesk.store import people as shelf

    with desk.write(Op.SAVE_DOCUMENT) as tx:
        known = shelf.documents_of(desk.store, person.uid, desk.today)
        if known:
            tx.put(replace(known[0], expires_on=day))
        else:
            tx.put(make.document(person=person.uid, expires_on=day))


def ready(desk, person, answers=None, **given):
    """A case with every paper and step before the decision."""
    case = trial(desk, person, {"purpose": "study", **(answers or {})}, **given)
    for paper in case_file.open_file(desk, case.uid).lacking:
        issued = FILED if paper.valid_days else None
        cases.receive_paper(desk, case.uid, paper.code, issued_on=issued)
    return case


def made_by(desk, case):
    return desk.store.select(Permit, '"case" = ? AND annulled_on IS NULL', (case.uid,))


def told(findings, code):
    return next((one for one in findings if one.code == code), None)


@pytest.mark.parametrize(
    ("passport", "contract", "lease", "end", "cap"),
    [
        (date(2036, 1, 1), None, None, date(2027, 11, 23), ""),
        (date(2027, 3, 1), date(2027, 5, 1), None, date(2027, 3, 1), "Travel document"),
        (date(2036, 1, 1), date(2027, 5, 1), date(2027, 4, 30), date(2027, 4, 30), "End of the lease"),
        (date(2036, 1, 1), date(2027, 5, 1), date(2028, 1, 1), date(2027, 5, 1), "eng"),
    ],
)
def test_a_permit_ends_with_the_earliest_cap_and_says_which(
    desk, person, passport, contract, lease, end, cap
):
    passport_until(desk, person, passport)
    case = ready(desk, person, {"contract_until": contract, "lease_until": lease})
    done = cases.decide(desk, case.uid, Verdict("grant"))
    (permit,) = made_by(desk, case)
    assert permit.valid_until == end
    found = told(done.findings, "capped")
    assert (found.values["label"] if found else "") == cap
    kept = explaining.explain(desk, case.uid)["changes"][-1]["rules"]["values"]
    assert bool([one for one in kept if one["code"] == "capped"]) is bool(cap)


def test_an_end_the_clerk_names_stands_before_the_cap_and_not_behind_it(desk, person):
    passport_until(desk, person, date(2036, 1, 1))
    case = ready(desk, person, {"contract_until": date(2027, 5, 1)})
    early = cases.check_decision(desk, case.uid, Verdict("grant", valid_until=date(2027, 4, 1)))
    assert told(early, "capped") is None
    late = cases.check_decision(desk, case.uid, Verdict("grant", valid_until=date(2027, 6, 1)))
    assert "not on 01.06.2027" in told(late, "capped").words()


def test_a_passport_without_an_end_is_told_and_caps_nothing(desk, person):
    passport_until(desk, person, None)
    case = ready(desk, person)
    found = cases.check_decision(desk, case.uid, Verdict("grant"))
    assert told(found, "cap_unknown").severity is Severity.WARN
    assert told(found, "capped") is None


def test_an_extension_is_capped_too(desk, person):
    passport_until(desk, person, date(2036, 1, 1))
    cases.decide(desk, ready(desk, person).uid, Verdict("grant"))
    longer = ready(desk, person, {"contract_until": date(2028, 2, 1)})
    cases.decide(desk, longer.uid, Verdict("extend"))
    (permit,) = made_by(desk, longer)
    assert (permit.valid_from, permit.valid_until) == (date(2027, 11, 24), date(2028, 2, 1))


@pytest.mark.parametrize(("days", "old"), [(180, False), (181, True)])
def test_a_paper_may_be_so_old_on_the_day_of_filing(desk, person, days, old):
    case = trial(desk, person, {"purpose": "study"})
    issued = FILED - timedelta(days=days)
    done = cases.receive_paper(desk, case.uid, "clearance", issued_on=issued)
    assert bool(told(done.findings, "paper_old")) is old
    lacking = [one.code for one in case_file.open_file(desk, case.uid).lacking]
    assert ("clearance" in lacking) is old
    found = told(cases.check_decision(desk, case.uid, Verdict("grant")), "paper_old")
    assert (found in blocking([found]) if found else False) is old


def test_a_newer_paper_takes_the_place_of_one_that_was_too_old(desk, person):
    case = trial(desk, person, {"purpose": "study"})
    cases.receive_paper(desk, case.uid, "clearance", issued_on=date(2025, 1, 1))
    cases.receive_paper(desk, case.uid, "clearance", issued_on=date(2026, 11, 22))
    assert [one.issued_on for one in desk.store.live(CasePaper, case=case.uid)] == [date(2026, 11, 22)]
    with pytest.raises(Invalid):
        cases.receive_paper(desk, case.uid, "clearance", issued_on=date(2026, 11, 23))


@pytest.mark.parametrize(("issued", "code"), [(None, "no_day"), (date(2026, 11, 24), "in_future")])
def test_the_day_of_a_paper_whose_age_counts_is_asked(desk, person, issued, code):
    case = trial(desk, person)
    with pytest.raises(Invalid) as refused:
        cases.receive_paper(desk, case.uid, "clearance", issued_on=issued)
    assert [one.code for one in refused.value.findings] == [code]


def test_an_age_from_memory_only_warns(desk, person):
    case = ready(desk, person)
    cases.receive_paper(desk, case.uid, "hearsay", issued_on=date(2026, 1, 1))
    found = told(cases.check_decision(desk, case.uid, Verdict("grant")), "paper_old")
    assert found.severity is Severity.WARN


def test_a_grant_says_and_keeps_what_becomes_due(desk, person):
    case = ready(desk, person)
    done = cases.decide(desk, case.uid, Verdict("grant"))
    assert told(done.findings, "payments_due").values["codes"] == "support.relocation"
    assert case_file.open_file(desk, case.uid).payments == ("support.relocation",)
    kept = explaining.explain(desk, case.uid)["changes"][-1]["rules"]["values"]
    due = [one["code"] for one in kept if one.get("becomes") == "due"]
    assert due == ["support.relocation"]


def test_a_refusal_makes_nothing_due(desk, person):
    case = ready(desk, person)
    cases.decide(desk, case.uid, Verdict("refuse", grounds=("late",)))
    assert case_file.open_file(desk, case.uid).payments == ()


def test_free_words_stand_beside_a_ground_and_never_instead(desk, person):
    case = ready(desk, person)
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("refuse", words="because I say so"))
    assert [one.code for one in blocking(refused.value.findings)] == ["no_ground"]
    decided = cases.decide(desk, case.uid, Verdict("refuse", grounds=("late",), words="two days late")).value
    assert (decided.grounds, decided.circumstances, decided.decision) == ("late", "two days late", "refuse")


def test_a_reissued_permit_takes_the_place_of_the_old_one(desk, person):
    passport_until(desk, person, date(2036, 1, 1))
    granted = ready(desk, person)
    cases.decide(desk, granted.uid, Verdict("grant", on=FILED))
    (old,) = made_by(desk, granted)
    case = ready(desk, person)
    decided = cases.decide(desk, case.uid, Verdict("reissue")).value
    (new,) = made_by(desk, case)
    old = desk.store.get(Permit, old.uid)
    assert (new.valid_from, new.valid_until, new.extends) == (desk.today, old.valid_until, old.uid)
    assert (old.state, old.revoked_on, decided.certificate) == (PermitState.REVOKED, desk.today, new.number)
    assert not old.in_force_on(desk.today) and new.in_force_on(desk.today)


def test_a_replacement_may_name_the_permit_of_somebody_else(desk, person):
    passport_until(desk, person, date(2036, 1, 1))
    granted = ready(desk, person)
    cases.decide(desk, granted.uid, Verdict("grant"))
    (old,) = made_by(desk, granted)
    other = arrivals.register_arrival(
        desk, family(members=family().members[1:2]), duplicates=False
    ).value.people[0]
    case = ready(desk, other, {"replaces": old.number})
    cases.decide(desk, case.uid, Verdict("reissue"))
    (new,) = made_by(desk, case)
    assert (new.person, new.extends) == (other.uid, old.uid)
    assert desk.store.get(Permit, old.uid).state is PermitState.REVOKED


@pytest.mark.parametrize("number", ["", "PVL-NONE-1"])
def test_there_must_be_a_permit_to_replace(desk, person, number):
    case = ready(desk, person, {"replaces": number})
    with pytest.raises(Refused):
        cases.decide(desk, case.uid, Verdict("reissue"))
    assert case_file.get_case(desk, case.uid).state is CaseState.OPEN


def test_an_applicant_takes_any_application_back(desk, person):
    case = cases.open_case(desk, Case(service="kandas_quota", person=person.uid, applied_on=FILED)).value
    decided = cases.decide(desk, case.uid, Verdict("withdraw")).value
    assert (decided.state, decided.appeal_until) == (CaseState.WITHDRAWN, None)
    with pytest.raises(Refused):
        cases.decide(desk, case.uid, Verdict("grant"))


def test_a_decision_marks_its_step_and_leaves_those_behind_it(desk, person):
    case = ready(desk, person)
    cases.decide(desk, case.uid, Verdict("grant"))
    file = case_file.open_file(desk, case.uid)
    states = {one.code: (one.done_on, one.due_on) for one in file.steps}
    assert states["decision"][0] == desk.today
    assert states["issue"] == (None, date(2026, 11, 24))
    assert file.next_step.code == "issue"
    cases.do_step(desk, case.uid, "issue")
    assert case_file.open_file(desk, case.uid).next_step is None
    with pytest.raises(Refused):
        cases.do_step(desk, case.uid, "check")
    assert {one.code for one in desk.store.live(CaseStep, case=case.uid)} == {"decision", "issue"}


def test_a_decision_in_favour_names_a_ground_where_the_service_has_some(desk, person):
    ground = '[[ground]]\ncode = "kin"\ndecision = "grant"\n' + TEXT[TEXT.index("title") :].split("\n")[0]
    with_trial(desk, TEXT + ground + "\n")
    case = cases.open_case(
        desk, Case(service="trial", person=person.uid, applied_on=FILED), (), {"purpose": "study"}
    ).value
    assert "no_ground" in {one.code for one in cases.check_decision(desk, case.uid, Verdict("grant"))}
    named = cases.check_decision(desk, case.uid, Verdict("grant", grounds=("kin",)))
    assert "no_ground" not in {one.code for one in named}


def test_a_permit_takes_its_unit_of_the_quota_of_the_service_that_gives_it(desk, person):
    """It was that of the service which the list of kinds names, whatever service gave the permit."""
    with_trial(desk, TEXT.replace('permit = "rvp"', 'permit = "rvp"\nquota = "kandas"'))
    given = {"service": "trial", "person": person.uid, "applied_on": FILED}
    case = cases.open_case(desk, Case(**given), (), {"purpose": "study"}).value
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code, issued_on=FILED if paper.valid_days else None)
    with pytest.raises(Refused) as refused:
        cases.decide(desk, case.uid, Verdict("grant", valid_until=date(2027, 1, 1)))
    assert refused.value.findings[0].code == "quota.exhausted"
    quotas.allot(desk, Pot(Stream.KANDAS, "550000000", 2026), 1, "letter")
    cases.decide(desk, case.uid, Verdict("grant", valid_until=date(2027, 1, 1)))
    assert made_by(desk, case)[0].reservation
