"""The end of a permit: the least of what was asked for, the term of the law, the contract and the passport."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from migdesk.domain.finding import Severity
from migdesk.domain.payment import Payment
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.quota import Stream
from migdesk.services.cases import cases
from migdesk.services.matter import Verdict
from migdesk.services.payments import receipts
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from tests import make
from tests.services.test_labour import (  # noqa: F401 - its fixtures
    FILED,
    PAVLODAR,
    employer,
    made_by,
    opened,
    pot,
    put,
    ready,
    told,
    workers,
)


@pytest.fixture
def worker(desk):
    quotas.allot(desk, Pot(Stream.LABOUR_IMMIGRANT, PAVLODAR, 2026), 1, "letter")
    [one] = put(desk, make.person(citizenship="UZB", iin=""))
    return one


@pytest.mark.parametrize(
    ("months", "contract", "until"),
    [
        (3, date(2027, 10, 1), date(2027, 2, 23)),
        (12, date(2027, 3, 1), date(2027, 3, 1)),
        (12, None, date(2027, 11, 23)),
    ],
)
def test_a_labour_immigrant_gets_the_months_he_asked_for(desk, employer, worker, months, contract, until):  # noqa: F811
    """The contract's end was taken, whatever was asked and paid for."""
    answers = {"months": months, **({"contract_until": contract} if contract else {})}
    given = {"category": "", "service": "labour_immigrant_permit", "channel": "egov"}
    case = ready(desk, employer, [worker], answers, **given)
    [tax] = desk.store.live(Payment, case=case.uid)
    receipts.pay(desk, tax.uid, "R-1")
    cases.decide(desk, case.uid, Verdict("grant"))
    assert [one.valid_until for one in made_by(desk, case)] == [until]


def test_an_end_named_beyond_the_months_asked_for_is_cut_and_told(desk, employer, worker):  # noqa: F811
    given = {"category": "", "service": "labour_immigrant_permit", "channel": "egov"}
    case = ready(desk, employer, [worker], {"months": 3}, **given)
    found = told(cases.check_decision(desk, case.uid, Verdict("grant", valid_until=date(2027, 9, 1))))
    assert "23.02.2027, not on 01.09.2027" in found["capped"].words()


@pytest.mark.parametrize(
    ("category", "answers", "until"),
    [
        ("2", {}, date(2027, 11, 23)),
        ("3", {}, date(2027, 11, 23)),
        ("1", {"years": 2}, date(2028, 11, 23)),
        ("1", {}, None),
    ],
)
def test_a_permit_of_an_employer_is_for_the_term_of_its_category(
    desk,
    employer,  # noqa: F811
    workers,  # noqa: F811
    category,
    answers,
    until,
):
    """12 months in categories 2 to 4, in the first as many years as were asked for (order 28.02.2018 No. 75 [V])."""
    quotas.allot(desk, pot(category=category), 1, "letter")
    case = ready(desk, employer, workers[:1], answers, category=category)
    if until is None:
        assert told(cases.check_decision(desk, case.uid, Verdict("grant")))["missing"].field == "valid_until"
        return
    cases.decide(desk, case.uid, Verdict("grant"))
    assert [one.valid_until for one in made_by(desk, case)] == [until]


@pytest.mark.parametrize(("left", "is_told"), [(61, True), (60, False), (30, False), (29, True)])
def test_an_extension_filed_outside_its_window_is_told_at_the_filing(desk, employer, workers, left, is_told):  # noqa: F811
    """It was told at the decision only. It is taken: a refusal names the window as its ground."""
    for worker in workers[:2]:
        given = {"kind": "labour_permit", "category": "3", "person": worker.uid, "employer": employer.uid}
        days = {"valid_from": date(2026, 1, 1), "valid_until": FILED + timedelta(days=left)}
        put(desk, Permit(**given, **days, state=PermitState.GRANTED, number=f"L-{worker.uid}"))
    case = opened(desk, employer, workers[:2], service="foreign_labour_extension")
    found = [one for one in case.findings if one.code == "labour.extension_window"]
    assert len(found) == (2 if is_told else 0)
    assert all(one.severity is Severity.WARN for one in found)
    if is_told:
        decided = told(cases.check_decision(desk, case.value.uid, Verdict("extend")))
        assert decided["labour.extension_window"].severity is Severity.BLOCK


def test_an_extension_of_category_2_is_for_twelve_months_from_the_old_end(desk, employer, workers):  # noqa: F811
    ends = FILED + timedelta(days=45)
    given = {"kind": "labour_permit", "category": "2", "person": workers[0].uid, "employer": employer.uid}
    days = {"valid_from": date(2026, 1, 1), "valid_until": ends}
    put(desk, Permit(**given, **days, state=PermitState.GRANTED, number="L-1"))
    case = ready(desk, employer, workers[:1], service="foreign_labour_extension", category="2")
    cases.decide(desk, case.uid, Verdict("extend"))
    [new] = made_by(desk, case)
    assert (new.valid_from, new.valid_until) == (ends + timedelta(days=1), ends.replace(year=ends.year + 1))
