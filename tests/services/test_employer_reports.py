"""Monthly reports of employers: who owes one, until the 30th or the end of a shorter month, and which came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.party import Party
from migdesk.domain.permit import Permit, PermitState
from migdesk.services import matter
from migdesk.services.cases import cases
from migdesk.services.terms import employer_reports
from tests import make

INDICATORS = {"foreigners": 3, "trained": 1, "replaced": 0, "citizens": 118, "jobs": 2}


@pytest.fixture
def employer(desk):
    """An employer with two workers from March 2026 to February 2027, one of them revoked in June."""
    with desk.write(Op.SAVE_PERSON) as tx:
        party = tx.put(Party(name="ЖШС Құрылыс"))
        for number, revoked in enumerate((None, date(2026, 6, 10))):
            person = tx.put(make.person(iin="", given=f"N{number}"))
            permit = Permit(
                kind="labour_permit",
                category="3",
                number=f"L-{number}",
                person=person.uid,
                employer=party.uid,
                valid_from=date(2026, 3, 15),
                valid_until=date(2027, 2, 14),
                state=PermitState.REVOKED if revoked else PermitState.GRANTED,
                revoked_on=revoked,
            )
            tx.put(permit)
    return party


def report(desk, employer, month, filed):
    worker = employer_reports.speaker_of(desk, employer)
    case = Case(service="employer_report", person=worker, party=employer.uid, applied_on=filed)
    return cases.open_case(desk, case, (), {"month": month, **INDICATORS}).value


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 10, 1), date(2026, 10, 30)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2021, 12, 1), None),
    ],
)
def test_a_report_is_due_on_the_thirtieth(desk, month, due):
    assert employer_reports.due_day(desk, month) == due


def test_who_has_permits_in_a_month_owes_its_report(desk, employer):
    def owed(month):
        return [(one.party.uid, one.permits) for one in employer_reports.of_month(desk, month)]

    assert owed(date(2026, 2, 1)) == []
    assert owed(date(2026, 3, 1)) == [(employer.uid, 2)]
    assert owed(date(2026, 6, 1)) == [(employer.uid, 2)]
    assert owed(date(2026, 7, 1)) == [(employer.uid, 1)]
    assert owed(date(2027, 3, 1)) == []


def test_a_report_counts_for_the_month_it_names(desk, employer):
    case = report(desk, employer, date(2026, 10, 31), date(2026, 11, 3))
    november, october, *_ = employer_reports.of_employer(desk, employer)
    assert (november.case, november.days_late(desk.today)) == (None, 0)
    assert october.case is not None and october.case.uid == case.uid
    assert october.days_late(desk.today) == 4
    [state] = employer_reports.of_month(desk, date(2026, 10, 1))
    assert state.case == replace(case)
    assert [one.month.month for one in employer_reports.of_employer(desk, employer)] == [11, 10, 9, 8, 7, 6]


def test_an_accepted_report_makes_no_permit(desk, employer):
    case = report(desk, employer, date(2026, 11, 1), date(2026, 11, 20))
    cases.receive_paper(desk, case.uid, "report")
    cases.decide(desk, case.uid, matter.Verdict("accept"))
    assert desk.store.live(Permit, case=case.uid) == []
    assert employer_reports.of_employer(desk, employer)[0].case is not None
