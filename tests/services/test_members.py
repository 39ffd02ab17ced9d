"""Who of a family applies: chosen, counted, decided about, and nobody else."""

from __future__ import annotations

import json
from datetime import date

import pytest

from migdesk.domain.arrival import Departure, DepartureKind
from migdesk.domain.case import Case, CaseMember
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import Severity
from migdesk.domain.permit import Permit, PermitState
from migdesk.paper.pages import count_pages
from migdesk.services.arrivals import arrivals, departures
from migdesk.services.cases import case_file, cases
from migdesk.services.facts.members import household
from migdesk.services.laws import explaining
from migdesk.services.matter import Verdict
from migdesk.services.papers import printing
from migdesk.services.people import people
from migdesk.services.permits import permits
from migdesk.services.quotas import quotas
from migdesk.services.sample import register
from migdesk.services.upkeep import journal
from tests import make
from tests.paper.words import page_text
from tests.services.test_arrivals import family
from tests.services.test_cases import KANDAS, receive_all


@pytest.fixture
def arrived(desk):
    return arrivals.register_arrival(desk, family()).value


def opened(desk, arrived, *given, service="kandas_status", applicant=0):
    case = Case(service=service, person=arrived.people[applicant].uid, applied_on=make.TODAY)
    return cases.open_case(desk, case, [arrived.people[n].uid for n in given]).value


def granted(desk, case):
    receive_all(desk, case)
    return cases.decide(desk, case.uid, Verdict("grant", protocol="7")).value


def names(desk, case):
    return [one.given for one in case_file.open_file(desk, case.uid).people]


def printed(desk, code, case, tmp_path):
    printing.print_form(desk, code, case.uid, tmp_path / "p.pdf", lang="ru")
    content = (tmp_path / "p.pdf").read_bytes()
    return " ".join(page_text(content, n) for n in range(1, count_pages(content) + 1))


@pytest.mark.parametrize(
    ("service", "given", "expected"),
    [
        ("kandas_status", (), ["Айгүл", "Нұрлан", "Әли"]),
        ("kandas_quota", (), ["Айгүл", "Нұрлан", "Әли"]),
        ("rvp", (), ["Айгүл"]),
        ("kandas_status", (0,), ["Айгүл"]),
        ("kandas_status", (2, 0), ["Айгүл", "Әли"]),
        ("rvp", (0, 1), ["Айгүл", "Нұрлан"]),
    ],
)
def test_a_case_is_for_the_family_of_a_family_service_unless_somebody_is_chosen(
    desk, arrived, service, given, expected
):
    case = opened(desk, arrived, *given, service=service)
    assert names(desk, case) == expected
    assert case.persons == len(expected)


def test_the_applicant_comes_first_whoever_heads_the_family(desk, arrived):
    case = opened(desk, arrived, applicant=1)
    assert names(desk, case)[0] == "Нұрлан"
    assert case.persons == 3


def test_a_stranger_or_nobody_of_the_family_is_refused(desk, arrived):
    stranger = arrivals.register_arrival(desk, family(), duplicates=False).value
    case = Case(service="kandas_status", person=arrived.people[0].uid, applied_on=make.TODAY)
    for members, code in (
        ([arrived.people[0].uid, stranger.people[1].uid], "not_of_family"),
        ([arrived.people[1].uid], "no_applicant"),
    ):
        with pytest.raises(Invalid) as refused:
            cases.open_case(desk, case, members)
        assert code in {one.code for one in refused.value.findings}


def test_a_part_of_a_family_gets_the_status_the_units_and_the_papers(desk, arrived, tmp_path):
    """Two of three applied: two units went, the status only to the applicant, and the paper named all three."""
    quotas.allot(desk, KANDAS, 4, "letter")
    granted(desk, opened(desk, arrived, 0, 2, service="kandas_quota"))
    assert quotas.check_pot(desk, KANDAS).balance.used == 2
    case = granted(desk, opened(desk, arrived, 0, 2))
    made = desk.store.live(Permit, case=case.uid)
    assert [one.person for one in made] == [arrived.people[0].uid, arrived.people[2].uid]
    assert [one.principal for one in made] == [None, made[0].uid]
    assert case.certificate == made[0].number
    for code in ("kandas_decision", "kandas_application"):
        text = printed(desk, code, case, tmp_path)
        assert "Әли" in text
        assert "Нұрлан" not in text


def test_the_family_may_be_chosen_anew_until_the_decision(desk, arrived):
    case = opened(desk, arrived)
    first, _second, third = (one.uid for one in arrived.people)
    assert cases.choose_members(desk, case.uid, [first, third]).value.persons == 2
    journal.undo_last(desk)
    assert len(desk.store.live(CaseMember, case=case.uid)) == case_file.get_case(desk, case.uid).persons == 3
    cases.choose_members(desk, case.uid, [first, third])
    granted(desk, case)
    with pytest.raises(Refused):
        cases.choose_members(desk, case.uid, [first])
    assert {one.person for one in desk.store.live(Permit, case=case.uid)} == {first, third}


def test_an_extension_and_an_end_reach_those_of_the_case_only(desk, arrived):
    granted(desk, opened(desk, arrived))
    longer = opened(desk, arrived, 0, 1)
    receive_all(desk, longer)
    cases.decide(desk, longer.uid, Verdict("extend"))
    cases.decide(desk, longer.uid, Verdict("terminate", grounds=("citizenship",)))
    ended = {one.person for one in desk.store.live(Permit, state=PermitState.REVOKED)}
    assert ended == {one.uid for one in arrived.people[:2]}


def test_who_has_no_permit_to_extend_is_named(desk, arrived):
    granted(desk, opened(desk, arrived, 0))
    case = opened(desk, arrived, 0, 2)
    receive_all(desk, case)
    with pytest.raises(Refused) as refused:
        cases.decide(desk, case.uid, Verdict("extend"))
    assert "Әли" in refused.value.findings[0].words()


def test_what_the_law_says_of_a_member_names_him(desk):
    spouse = arrivals.Member(make.person(given="Анна", ethnicity="russian"), (make.document(),), "spouse")
    head = arrivals.Member(make.person(given="Ержан"), (make.document(),))
    arrived = arrivals.register_arrival(desk, family(members=(head, spouse))).value
    done = cases.open_case(
        desk, Case(service="kandas_quota", person=arrived.people[0].uid, applied_on=make.TODAY)
    )
    [told] = [one for one in done.findings if one.code == "kandas.quota_counts"]
    assert (told.severity, told.field) == (Severity.WARN, "members")
    assert told.words().startswith("Қасымова Анна")


def test_a_member_who_was_included_is_not_included_twice(desk, arrived):
    """Only the applicant was asked whether he had been in a quota before."""
    quotas.allot(desk, KANDAS, 9, "letter")
    granted(desk, opened(desk, arrived, 0, 1, service="kandas_quota"))
    with pytest.raises(Invalid) as refused:
        opened(desk, arrived, 1, 2, service="kandas_quota", applicant=2)
    assert "kandas.quota_once" in {one.code for one in refused.value.findings}
    assert opened(desk, arrived, 2, service="kandas_quota", applicant=2).persons == 1


def test_a_case_stands_in_the_file_of_everybody_it_names(desk, arrived):
    case = opened(desk, arrived, 0, 1)
    found = [people.open_file(desk, one.uid).cases for one in arrived.people]
    assert [[one.uid for one in file] for file in found] == [[case.uid], [case.uid], []]


def test_the_applicant_without_a_family_stands_alone(desk):
    alone = people.save_person(desk, make.person()).value
    case = Case(person=alone.uid, service="kandas_status", applied_on=make.TODAY)
    assert [person.uid for _one, person in household(desk, case)] == [alone.uid]
    assert cases.open_case(desk, case).value.persons == 1


def test_a_decision_without_the_steps_is_remarked_and_the_remark_is_kept(desk, arrived):
    """A case was decided with no step done, without a word."""
    case = opened(desk, arrived, 0)
    receive_all(desk, case)
    cases.do_step(desk, case.uid, "registration")
    asked = cases.check_decision(desk, case.uid, Verdict("grant"))
    told = {one.code: one for one in asked if one.severity is Severity.WARN}
    assert set(told) == {"steps_undone", "no_protocol"}
    assert told["steps_undone"].values["codes"] == "completeness commission"
    done = cases.decide(desk, case.uid, Verdict("grant"))
    assert {one.code for one in done.findings} >= set(told)
    rests = explaining.explain(desk, case.uid)["changes"][-1]["rules"]["values"]
    kept = {one["code"]: one for one in rests if one["kind"] == "remark"}
    assert set(kept) == set(told)
    assert "completeness" in json.dumps(kept["steps_undone"])


@pytest.mark.parametrize(("decision", "ground"), [("refuse_filing", "incomplete"), ("refuse", "commission")])
def test_a_refusal_is_asked_for_the_way_unless_the_filing_is_refused(desk, arrived, decision, ground):
    case = opened(desk, arrived, 0)
    found = cases.check_decision(desk, case.uid, Verdict(decision, grounds=(ground,)))
    remarked = {one.code for one in found if one.severity is Severity.WARN}
    expected = {"papers_missing", "steps_undone", "no_protocol"} if decision == "refuse" else set()
    assert remarked == expected


def test_a_decision_on_the_whole_way_has_no_remark(desk, arrived):
    case = opened(desk, arrived, 0)
    receive_all(desk, case)
    for step in case_file.open_file(desk, case.uid).steps[:-2]:
        cases.do_step(desk, case.uid, step.code)
    verdict = Verdict("grant", protocol="7", protocol_on=date(2026, 11, 23))
    assert cases.check_decision(desk, case.uid, verdict) == []


def test_the_new_end_of_an_extension_is_later_than_the_old_one(desk, arrived):
    """A decision extended a status until a day before the extension began."""
    granted(desk, opened(desk, arrived, 0))
    case = opened(desk, arrived, 0)
    receive_all(desk, case)
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("extend", valid_until=date(2027, 1, 1)))
    assert ("before_start", "valid_until") in {(one.code, one.field) for one in refused.value.findings}


def test_the_permits_that_rest_on_a_revoked_one_are_named(desk, arrived):
    case = granted(desk, opened(desk, arrived, 0, 1))
    first, spouse = desk.store.live(Permit, case=case.uid)
    done = permits.revoke(desk, first.uid, "№ 9")
    [told] = done.findings
    assert (told.code, told.values["number"]) == ("permit.dependant", spouse.number)
    with pytest.raises(Refused) as again:
        permits.revoke(desk, first.uid, "№ 9")
    assert "revoked already" in again.value.findings[0].words()


def test_an_extended_permit_says_which_one_to_extend(desk, arrived):
    granted(desk, opened(desk, arrived, 0))
    [old] = desk.store.live(Permit, person=arrived.people[0].uid)
    longer = permits.extend(desk, old.uid, date(2028, 1, 1)).value
    with pytest.raises(Refused) as refused:
        permits.extend(desk, old.uid, date(2028, 2, 1))
    assert "extended already" in refused.value.findings[0].words()
    [told] = permits.revoke(desk, old.uid, "№ 9").findings
    assert told.values["numbers"] == longer.number


def test_what_is_free_is_said_when_more_is_handed_over(desk):
    """The sum named what would be left with the held units, not what is free."""
    quotas.allot(desk, KANDAS, 10, "letter")
    quotas.reserve(desk, quotas.Hold(KANDAS, 7))
    with pytest.raises(Refused) as refused:
        quotas.transfer(desk, KANDAS, 5, "AST", "letter")
    assert refused.value.findings[0].values["n"] == 3


def test_the_cases_of_the_sample_name_their_people(desk):
    register.fill(desk, 120)
    found = desk.store.live(Case)
    assert max(one.persons for one in found) > 1
    assert [one.persons for one in found] == [len(case_file.open_file(desk, one.uid).people) for one in found]


def test_a_grant_to_somebody_who_left_for_good_is_remarked(desk, arrived):
    """A member of an open case left; the departure named no case, and the grant gave her a permit without a word."""
    case = opened(desk, arrived, 0, 1)
    gone, arrival = arrived.people[1], arrived.arrivals[1]
    leaving = Departure(
        person=gone.uid,
        arrival=arrival.uid,
        kind=DepartureKind.FOR_GOOD,
        left_on=make.TODAY,
        to_country="UZB",
    )
    assert "keeps.case" in {one.code for one in departures.check_departure(desk, leaving)}
    departures.register_departure(desk, leaving)
    receive_all(desk, case)
    told = {one.code: one for one in cases.check_decision(desk, case.uid, Verdict("grant"))}
    assert told["left_for_good"].values["name"] == gone.full_name
