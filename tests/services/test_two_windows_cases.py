"""Cases, papers, votes, checks and files at two windows at once: what one settled, the other does not write over."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.case import Case
from migdesk.domain.case_check import CaseCheck, CheckOutcome
from migdesk.domain.session import Vote
from migdesk.services import bulk_cases
from migdesk.services.arrivals import parties
from migdesk.services.bulk_cases import Order
from migdesk.services.cases import cases, session_file, sessions
from migdesk.services.cases.sessions import Ballot
from migdesk.services.matter import Verdict
from migdesk.services.payments import obligations
from migdesk.services.people import documents, people
from migdesk.services.terms import monitoring
from tests import make
from tests.services.test_monitoring import opened as quarantined
from tests.services.test_parties import firm
from tests.services.test_sessions import FILED, FOUR, called
from tests.services.test_two_windows import saved_between


@pytest.fixture
def person(desk):
    return people.save_person(desk, make.person(), make.document()).value


def status_case(desk, person):
    return cases.open_case(
        desk, Case(service="kandas_status", person=person.uid, applied_on=FILED), [person.uid]
    ).value


def withdraw(case):
    return lambda window: cases.decide(window, case.uid, Verdict("withdraw"))


def test_nobody_gets_two_cases_of_one_order(desk, other, person):
    order = Order(Case(service="quarantine_order", applied_on=date(2026, 11, 21)))
    lines = bulk_cases.plan(desk, order, [person.uid])
    again = saved_between(
        desk,
        other,
        lambda window: bulk_cases.apply(window, order, lines),
        lambda window: bulk_cases.apply(window, order, lines),
    )
    assert again == ["open_already"]
    assert len(desk.store.live(Case)) == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda window, case: cases.answer(window, case.uid, {"move_reason": "work"}),
        lambda window, case: cases.receive_paper(window, case.uid, "autobiography"),
        lambda window, case: cases.do_step(window, case.uid, "registration"),
        lambda window, case: cases.choose_members(window, case.uid, [case.person]),
    ],
    ids=["answer", "paper", "step", "members"],
)
def test_a_case_withdrawn_at_another_window_takes_nothing_more(desk, other, person, write):
    case = status_case(desk, person)
    assert saved_between(desk, other, lambda window: write(window, case), withdraw(case)) == ["case.closed"]


def test_a_case_withdrawn_at_another_window_comes_on_no_agenda(desk, other, person):
    case, session = status_case(desk, person), called(desk)
    add = saved_between(
        desk, other, lambda window: sessions.add_cases(window, session.uid, [case]), withdraw(case)
    )
    assert add == ["case.closed"]


def test_a_member_votes_at_one_window(desk, other, person):
    session = called(desk)
    sessions.add_cases(desk, session.uid, [status_case(desk, person)])
    file = session_file.open_file(desk, session.uid)
    item, ballot = file.items[0].item.uid, Ballot([(file.present[0].uid, Vote.FOR)])

    def write(window):
        sessions.vote(window, item, ballot)

    assert saved_between(desk, other, write, write) == ["voted_twice"]
    call_off = saved_between(
        desk,
        other,
        lambda window: sessions.save_member(window, session.uid, FOUR[0]),
        lambda window: sessions.call_off(window, session.uid, "нет кворума"),
    )
    assert call_off == ["session.closed"]


def test_a_check_is_entered_once(desk, other, person):
    case = quarantined(desk, person.uid)

    def write(window):
        monitoring.record_check(window, case.uid, CaseCheck(outcome=CheckOutcome.PRESENT))

    assert saved_between(desk, other, write, write) == ["twice"]
    prolong = monitoring.prolong
    assert saved_between(
        desk,
        other,
        lambda window: prolong(window, case.uid, date(2026, 12, 10)),
        lambda window: prolong(window, case.uid, date(2026, 12, 20)),
    ) == ["before_start"]


def test_a_document_is_written_once(desk, other, person):
    paper = make.document(person=person.uid, number="ZZ1234567")

    def write(window):
        documents.save_document(window, paper)

    assert saved_between(desk, other, write, write) == ["same_document"]


def test_an_obligation_is_begun_once(desk, other, person):
    def write(window):
        obligations.begin(window, person.uid)

    assert saved_between(desk, other, write, write) == ["obligation.holds"]


def test_a_number_is_given_to_one_party(desk, other):
    def write(window):
        parties.save_party(window, firm(number="150140000012"))

    assert saved_between(desk, other, write, write) == ["number_taken"]
