"""A paper of one service, or of one decision, is not printed for a case of another."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.errors import Refused
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.printout import Printout
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, case_papers, cases
from migdesk.services.matter import Verdict
from migdesk.services.papers import offering, printing
from tests.services.test_arrivals import family

DECISION = "kandas_decision"


@pytest.fixture
def opened(desk):
    person = arrivals.register_arrival(desk, family()).value.people[0].uid

    def open_case(service):
        case = Case(service=service, person=person, applied_on=date(2026, 11, 20))
        return cases.open_case(desk, case).value

    return open_case


def refused(desk, form, case):
    with pytest.raises(Refused) as found:
        printing.preview(desk, form, case.uid, lang="en")
    return found.value.findings[0]


def test_a_paper_of_another_service_is_refused_and_says_of_which_it_is(desk, opened):
    """A decision on the status of kandas was printed for an inclusion in the quota."""
    case = opened("kandas_quota")
    assert refused(desk, DECISION, case).code == "other_service"
    cases.decide(desk, case.uid, Verdict("refuse", grounds=("included_before",)))
    told = refused(desk, DECISION, case)
    assert told.code == "other_service"
    assert "Assignment" in told.words()
    assert case.number in told.words()
    assert refused(desk, "rvp_application", case).code == "other_service"
    assert desk.store.live(Printout) == []


def test_a_paper_of_another_decision_is_refused(desk, opened):
    """A case that was withdrawn was printed as a grant."""
    case = opened("kandas_status")
    cases.decide(desk, case.uid, Verdict("withdraw"))
    told = refused(desk, DECISION, case)
    assert told.code == "other_decision"
    offered = {one.code for one in offering.for_case(desk, case_file.get_case(desk, case.uid))}
    assert DECISION not in offered
    assert {"kandas_application", "slip_case"} <= offered


def test_by_its_person_a_decision_is_that_of_the_case_which_has_one(desk, opened):
    """The newest case was meant, though it was withdrawn."""
    first = opened("kandas_status")
    cases.decide(desk, first.uid, Verdict("refuse", grounds=("commission",)))
    cases.decide(desk, opened("kandas_status").uid, Verdict("withdraw"))
    assert printing.standing_of(desk, DECISION, first.person, lang="en") is None
    assert printing.preview(desk, DECISION, first.person, lang="en")


def test_what_no_service_names_is_for_every_case(desk, opened):
    assert printing.preview(desk, "slip_lacking", opened("kandas_quota").uid, lang="en")


def test_where_the_program_has_no_paper_of_a_permit_it_says_so(desk, opened):
    """Nothing was offered, and nothing said."""
    told = case_papers.lacking_papers(desk, opened("labour_immigrant_permit"))
    assert ["Permit to a labour immigrant" in one.words() for one in told] == [True]
    assert case_papers.lacking_papers(desk, opened("kandas_status")) == []


def test_a_certificate_of_another_kind_is_refused_with_what_is_lacking(desk, opened):
    case = opened("kandas_status")
    given = {"kind": "labour_permit", "number": "L-1", "category": "3", "person": case.person}
    with desk.write(Op.ISSUE_PERMIT) as tx:
        permit = tx.put(Permit(**given, state=PermitState.GRANTED))
    with pytest.raises(Refused) as found:
        printing.preview(desk, "kandas_certificate", permit.uid, lang="en")
    assert [one.code for one in found.value.findings] == ["other_kind", "no_paper"]
