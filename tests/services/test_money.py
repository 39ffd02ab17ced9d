"""Money of a family from the grant to the repayment: part payments, double support, the calendar, who is bound."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.arrival import Departure, DepartureKind
from migdesk.domain.case import Case
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import Severity
from migdesk.domain.listing import Query
from migdesk.domain.office import CalendarDay
from migdesk.domain.payment import Obligation, Payment, PaymentState
from migdesk.rules.pack import Kind
from migdesk.services import listing, reporting, waiting_fees
from migdesk.services.arrivals import arrivals, departures
from migdesk.services.cases import cases
from migdesk.services.laws import choices
from migdesk.services.matter import Verdict
from migdesk.services.payments import money_sums, obligations, paid_parts, payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.services.payments.receipts import Receipt
from migdesk.services.quotas import quotas
from migdesk.services.upkeep import journal
from tests import make
from tests.services.test_arrivals import family
from tests.services.test_labour import employer, opened, pot, ready, workers  # noqa: F401 - fixtures
from tests.services.test_law_editing import change
from tests.services.test_owed import KANDAS, UNTIL, asked_for, of_case

RELOCATION, RENT, DUTY = "support.relocation", "support.rent", "duty.permanent_residence"


@pytest.fixture
def arrived(desk):
    return arrivals.register_arrival(desk, family()).value


@pytest.fixture
def granted(desk, arrived):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    case = asked_for(desk, arrived)
    cases.decide(desk, case.uid, Verdict("grant"))
    return case


def due(desk, person, rule=RELOCATION, **given) -> Payment:
    return payments.demand_payment(desk, Demand(rule, person, **given)).value[0]


def codes(findings):
    return [one.code for one in findings]


def later(desk, monkeypatch, day):
    monkeypatch.setattr(type(desk.clock), "today", lambda _clock: day)


def test_a_part_leaves_the_rest_due_everywhere(desk, arrived):
    person = arrived.people[0].uid
    sum_ = due(desk, person, given={"persons": "1"}, due_on=make.TODAY)
    part = receipts.pay(desk, sum_.uid, "R-1", tenge=100_000)
    assert (codes(part.findings), part.value.state, part.value.rest) == (
        ["payment.part"],
        PaymentState.DUE,
        202_750,
    )
    assert payments.count_unpaid(desk).number == 1
    [sums] = money_sums.of_list(desk, Query("payments", listing.TO_PAY))
    assert (sums.by_state, sums.rest, sums.paid) == (True, 202_750, 100_000)
    rest = receipts.pay(desk, sum_.uid, "R-2")
    assert (rest.value.state, rest.value.paid, rest.findings) == (PaymentState.PAID, 302_750, ())
    parts = [(one.receipt, one.tenge) for one in paid_parts.parts_of(desk, rest.value)]
    assert parts == [("R-1", 100_000), ("R-2", 202_750)]
    journal.undo_last(desk)
    journal.undo_last(desk)
    assert paid_parts.parts_of(desk, desk.store.get(Payment, sum_.uid)) == []


def test_a_part_counts_in_its_own_period(desk, arrived):
    found = due(desk, arrived.people[0].uid, DUTY, on=date(2026, 9, 1))
    receipts.pay(desk, found.uid, "R-1", on=date(2026, 9, 10), tenge=7_300)
    receipts.pay(desk, found.uid, "R-2", on=date(2026, 10, 5))

    def paid(since, until):
        report = reporting.run(desk, "payments", since, until)
        return [row[4] for row in report.sections[0].rows]

    assert paid(date(2026, 9, 1), date(2026, 9, 30)) == [7_300]
    assert paid(date(2026, 10, 1), date(2026, 10, 31)) == [10_000]


def test_a_fee_paid_in_part_is_not_paid(desk, arrived):
    person = arrived.people[0]
    asked = Case(service="pmzh", person=person.uid, applied_on=date(2026, 11, 20))
    case = cases.open_case(desk, asked, [person.uid]).value
    [duty] = of_case(desk, case)
    receipts.pay(desk, duty.uid, "R-1", tenge=10_000)
    told = cases.check_decision(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    assert "fee.unpaid" in codes(told)
    with pytest.raises(Refused):
        payments.cancel(desk, duty.uid, "slip")
    waived = payments.waive(desk, duty.uid, "act").value
    assert (waived.state, waived.paid) == (PaymentState.WAIVED, 10_000)


def test_a_fee_whose_mrp_is_not_known_is_told_and_added_later(desk, arrived, monkeypatch):
    later(desk, monkeypatch, date(2027, 1, 12))
    person = arrived.people[0]
    filed = cases.open_case(
        desk, Case(service="pmzh", person=person.uid, applied_on=desk.today), [person.uid]
    )
    waits = [one for one in filed.findings if one.code == waiting_fees.WAITS]
    assert [one.values["year"] for one in waits] == [2027]
    assert of_case(desk, filed.value) == []
    assert codes(waiting_fees.check_case(desk, filed.value)) == [waiting_fees.WAITS]
    with pytest.raises(Invalid):
        waiting_fees.put(desk)
    change(desk, "mrp", Kind.VALUE, figure="4500", since=date(2027, 1, 1))
    assert codes(waiting_fees.check_case(desk, filed.value)) == [waiting_fees.READY]
    [fee] = waiting_fees.put(desk).value
    assert (fee.tenge, fee.case) == (4 * 4500, filed.value.uid)
    assert waiting_fees.check_case(desk, filed.value) == []


def test_rent_of_next_year_goes_by_the_mrp_of_its_year(desk, granted):
    rent = [one for one in of_case(desk, granted) if one.rule == RENT]
    told = payments.check_demand(
        desk, Demand(RENT, rent[0].person, {"persons": 3, "settlement": "urban"}, months=12)
    )
    assert "payment.later_mrp" in codes(told)
    assert [payments.awaits_mrp(desk, one) for one in rent] == [False, False] + [True] * 10
    change(desk, "mrp", Kind.VALUE, figure="4600", since=date(2027, 1, 1))
    now = [desk.store.get(Payment, one.uid) for one in rent]
    assert [one.tenge for one in now] == [25 * 4325] * 2 + [25 * 4600] * 10
    assert now[2].counted_on == now[2].due_on == date(2027, 1, 23)


@pytest.mark.parametrize("case", [True, False])
def test_support_granted_twice_is_said(desk, granted, case):
    person = granted.person
    again = Demand(RELOCATION, person, {"persons": 3}, case=granted.uid if case else None)
    [found] = payments.check_demand(desk, again)
    assert (found.code, found.severity) == (
        ("payment.granted", Severity.BLOCK) if case else ("payment.granted_before", Severity.WARN)
    )
    assert of_case(desk, granted)[0].number in found.words()


def test_what_nobody_pays_enters_no_register(desk, arrived):
    person = arrived.people[0].uid
    [found] = payments.check_demand(desk, Demand("solvency.permanent_residence", person, {"persons": 1}))
    assert (found.code, found.field) == ("payment.not_payable", "rule")
    [found] = payments.check_demand(desk, Demand("mrp", person))
    assert (found.severity, found.field) == (Severity.BLOCK, "rule")


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"on": date(2026, 12, 1)}, "on"),
        ({"on": date(2026, 11, 20), "due_on": date(2026, 11, 19)}, "due_on"),
        ({"due_on": date(2199, 1, 1)}, "due_on"),
    ],
)
def test_days_out_of_order_are_refused_at_their_field(desk, arrived, days, field):
    [found] = payments.check_demand(desk, Demand(DUTY, arrived.people[0].uid, **days))
    assert (found.field, found.severity) == (field, Severity.BLOCK)


def test_a_receipt_before_its_ground_is_remarked(desk, arrived):
    found = due(desk, arrived.people[0].uid, DUTY, on=date(2026, 11, 20))
    told = receipts.check_receipt(desk, found.uid, Receipt("R-1", date(2026, 11, 2)))
    assert [(one.code, one.field) for one in told] == [("payment.before", "paid_on")]


def test_nobody_is_bound_twice_on_the_same_days(desk, arrived):
    head, other = arrived.people[0].uid, arrived.people[1].uid
    obligations.begin(desk, head, on=date(2026, 11, 20))
    with pytest.raises(Refused) as refused:
        obligations.begin(desk, head, on=date(2026, 1, 10))
    assert "20.11.2026" in refused.value.findings[0].words()
    assert codes(obligations.begin(desk, other, on=date(2026, 11, 20)).findings) == ["obligation.family"]


def test_one_ground_binds_a_family_once(desk, arrived, granted):
    head, other = arrived.people[0].uid, arrived.people[1].uid
    obligations.begin(desk, head, case=granted.uid)
    with pytest.raises(Refused):
        obligations.begin(desk, other, case=granted.uid)


def test_an_obligation_far_ahead_is_refused_with_words(desk, arrived):
    with pytest.raises(Invalid) as refused:
        obligations.begin(desk, arrived.people[0].uid, on=date(2194, 1, 1))
    assert [one.field for one in refused.value.findings] == ["began_on"]


def test_what_is_to_be_repaid_is_told_when_the_family_leaves(desk, arrived, granted):
    """What the state paid to the employer is no support of the person."""
    once, rent, *_more = of_case(desk, granted)
    receipts.record_receipt(desk, once.uid, Receipt("R-1", oblige=True))
    receipts.pay(desk, rent.uid, "R-2", tenge=50_000)
    receipts.pay(desk, due(desk, once.person, "support.employer").uid, "R-3")
    received = 210 * 4325 + 50_000
    [bound] = desk.store.live(Obligation)
    assert obligations.to_repay(desk, bound) == received
    [kin] = obligations.check_leaving(desk, arrived.people[1].uid, make.TODAY)
    assert (kin.code, kin.values["tenge"]) == ("obligation.kin_leaves", received)
    assert obligations.check_left(desk, bound) == []
    gone = Departure(
        person=once.person,
        arrival=arrived.arrivals[0].uid,
        kind=DepartureKind.FOR_GOOD,
        left_on=make.TODAY,
    )
    departures.register_departure(desk, gone)
    [left] = obligations.check_left(desk, bound)
    assert left.values["tenge"] == received
    assert obligations.end(desk, bound.uid, "left", broken=True).value.to_repay == received
    with pytest.raises(Refused) as ended:
        obligations.end(desk, bound.uid, "again", broken=True)
    assert "23.11.2026" in ended.value.findings[0].words()


def test_what_is_to_be_paid_stands_first_the_nearest_day_above(desk, granted):
    once, first, second, *_more = of_case(desk, granted)
    receipts.pay(desk, first.uid, "R-1")
    opened_list = listing.open_list(desk, Query("payments"))
    order = [opened_list.uid(row) for row in opened_list.ids()]
    assert (order[0], order[1], order[-1]) == (once.uid, second.uid, first.uid)
    assert once.due_on == make.TODAY
    assert [one.uid for one in payments.payments_of(desk, once.person)] == order


def test_what_is_owed_and_what_the_state_pays_are_not_added_up(desk, granted):
    due(desk, granted.person, DUTY)
    fees, support = money_sums.of_list(desk, Query("payments"))
    assert (fees.by_state, fees.rest) == (False, 4 * 4325)
    assert (support.by_state, support.rest) == (True, (210 + 12 * 25) * 4325)
    assert money_sums.of_payments(payments.payments_of(desk, granted.person)) == [fees, support]
    assert "17\u00a0300 ₸" in fees.words()


def test_the_last_day_of_a_fee_follows_the_calendar(desk, employer, workers):  # noqa: F811
    quotas.allot(desk, pot(), 1, "letter")
    case = ready(desk, employer, workers[:1])
    cases.decide(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    cases.do_step(desk, case.uid, "fee_notice")
    assert [one.due_on for one in of_case(desk, case)] == [date(2026, 12, 7)]
    choices.save_calendar_day(desk, CalendarDay(day=date(2026, 12, 2), works=False, reason="storm"))
    assert [one.due_on for one in of_case(desk, case)] == [date(2026, 12, 8)]
    journal.undo_last(desk)
    assert [one.due_on for one in of_case(desk, case)] == [date(2026, 12, 7)]
