"""The register of payments: sums by the MRP of the right day, receipts, and what is refused; obligations to stay."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.payment import ObligationState, PaidBy, Payment, PaymentState
from migdesk.services.arrivals import arrivals
from migdesk.services.payments import obligations, paid_parts, payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.services.upkeep import journal
from tests import make
from tests.services.test_arrivals import family

RELOCATION = "support.relocation"


@pytest.fixture
def person(desk):
    return arrivals.register_arrival(desk, family()).value.people[0].uid


def due(desk, person, rule=RELOCATION, **given) -> Payment:
    return payments.demand_payment(desk, Demand(rule, person, **given)).value[0]


def test_a_sum_keeps_the_mrp_it_was_worked_out_by(desk, person):
    found = due(desk, person, given={"persons": "3"}, on=date(2026, 3, 1))
    assert (found.tenge, found.mrp_count, found.mrp, found.paid_by) == (908_250, "210", "4325", PaidBy.STATE)
    assert (found.state, found.number) == (PaymentState.DUE, "PVL-M2026-00001")
    earlier = due(desk, person, given={"persons": "1"}, on=date(2022, 3, 31))
    later = due(desk, person, given={"persons": "1"}, on=date(2022, 4, 1))
    assert (earlier.tenge, later.tenge) == (70 * 3063, 70 * 3180)


def test_a_fee_is_worked_out_anew_by_the_mrp_of_the_payment(desk, person):
    fee = due(
        desk,
        person,
        "fee.labour_permit",
        given={"category": "2", "activity": "A", "years": "1"},
        on=date(2025, 12, 20),
    )
    assert fee.tenge == 158 * 3932
    done = receipts.pay(desk, fee.uid, "R-1", on=date(2026, 1, 12))
    assert (done.value.tenge, done.value.paid, done.value.counted_on) == (
        158 * 4325,
        158 * 4325,
        date(2026, 1, 12),
    )
    assert [one.code for one in done.findings] == ["payment.counted"]


def test_support_keeps_its_day_when_it_is_paid_next_year(desk, person):
    support = due(desk, person, given={"persons": "1"}, on=date(2025, 12, 20))
    assert receipts.pay(desk, support.uid, "R-1", on=date(2026, 1, 12)).value.paid == 70 * 3932


def test_rent_is_a_payment_a_month(desk, person):
    rent = payments.demand_payment(
        desk,
        Demand(
            "support.rent",
            person,
            given={"persons": "3", "settlement": "rural"},
            on=date(2026, 1, 31),
            months=12,
        ),
    ).value
    assert {one.tenge for one in rent} == {18 * 4325}
    assert [one.due_on for one in rent][:3] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    assert len(journal.changes_of(desk, journal.entries(desk)[0].uid)) == 12


@pytest.mark.parametrize(
    ("rule", "given", "field"),
    [
        (RELOCATION, {"on": date(2027, 2, 1), "given": {"persons": "1"}}, "on"),
        (RELOCATION, {"given": {}}, "given.persons"),
        (RELOCATION, {"given": {"persons": "1"}, "tenge": 5}, "tenge"),
        (RELOCATION, {"given": {"persons": "1"}, "on": date(2015, 1, 1)}, "rule"),
        ("support.mobility_certificate", {}, "tenge"),
        ("support.mobility_certificate", {"tenge": 7_028_126}, "tenge"),
        (RELOCATION, {"given": {"persons": "1"}, "months": 0}, "months"),
    ],
)
def test_a_sum_that_the_law_does_not_give_is_refused_at_its_field(desk, person, rule, given, field):
    with pytest.raises(Invalid) as refused:
        due(desk, person, rule, **given)
    assert [one.field for one in refused.value.findings] == [field]


def test_a_ceiling_takes_the_actual_sum(desk, person):
    found = due(desk, person, "support.mobility_certificate", tenge=6_000_000)
    assert found.tenge == 6_000_000


def test_a_fee_is_not_paid_by_an_mrp_nobody_published(desk, person, monkeypatch):
    fee = due(desk, person, "duty.permanent_residence")
    monkeypatch.setattr(type(desk.clock), "today", lambda _clock: date(2027, 2, 1))
    with pytest.raises(Invalid) as refused:
        receipts.pay(desk, fee.uid, "R-1")
    assert [one.field for one in refused.value.findings] == ["paid_on"]
    assert desk.store.get(Payment, fee.uid).state is PaymentState.DUE


def test_a_payment_is_settled_once(desk, person):
    found = due(desk, person, given={"persons": "1"})
    with pytest.raises(Invalid):
        receipts.pay(desk, found.uid, " ")
    with pytest.raises(Invalid):
        receipts.pay(desk, found.uid, "R", on=date(2026, 12, 1))
    more = receipts.pay(desk, found.uid, "R-1", tenge=302_751)
    assert [one.code for one in more.findings] == ["payment.differs"]
    for again in (
        lambda: receipts.pay(desk, found.uid, "R-2"),
        lambda: payments.waive(desk, found.uid, "act"),
        lambda: payments.cancel(desk, found.uid, "slip"),
    ):
        with pytest.raises(Refused):
            again()
    journal.undo_last(desk)
    assert payments.waive(desk, found.uid, "act").value.state is PaymentState.WAIVED


def test_a_receipt_that_another_payment_has_is_remarked(desk, person):
    one, other = (due(desk, person, given={"persons": "1"}) for _time in range(2))
    receipts.pay(desk, one.uid, "R-1")
    assert [found.code for found in receipts.pay(desk, other.uid, "R-1").findings] == [
        "payment.receipt_taken"
    ]


def test_an_obligation_ends_after_its_term_or_before_with_what_is_to_be_repaid(desk, person):
    bound = obligations.begin(desk, person, on=date(2026, 1, 10)).value
    assert bound.ends_on == date(2031, 1, 10)
    receipts.pay(desk, due(desk, person, given={"persons": "1"}).uid, "R-1", on=date(2026, 2, 1))
    fee = due(desk, person, "duty.permanent_residence")
    receipts.pay(desk, fee.uid, "R-2")
    with pytest.raises(Refused):
        obligations.begin(desk, person)
    leaves = obligations.check_leaving(desk, person, make.TODAY)
    assert [one.values["tenge"] for one in leaves] == [70 * 4325]
    assert obligations.check_leaving(desk, person, make.TODAY, "551010000") == []
    assert len(obligations.check_leaving(desk, person, make.TODAY, "750000000")) == 1
    broken = obligations.end(desk, bound.uid, "moved to Almaty", broken=True).value
    assert (broken.state, broken.to_repay) == (ObligationState.BROKEN, 70 * 4325)
    assert obligations.check_leaving(desk, person, make.TODAY) == []
    with pytest.raises(Refused):
        obligations.end(desk, bound.uid, "again", broken=False)


def test_an_obligation_needs_a_term_of_law(desk, person):
    with pytest.raises(Refused):
        obligations.begin(desk, person, on=date(2015, 1, 1))


@pytest.mark.parametrize("tenge", [0, -5])
def test_a_receipt_over_nothing_is_none(desk, person, tenge):
    found = due(desk, person, given={"persons": "1"})
    with pytest.raises(Invalid) as refused:
        receipts.pay(desk, found.uid, "R-1", tenge=tenge)
    assert [one.code for one in refused.value.findings] == ["payment.no_sum"]
    assert desk.store.get(Payment, found.uid).paid is None


@pytest.mark.parametrize("number", ["9" * 60_000, "R-1\x07", "\u200b"], ids=["long", "control", "unseen"])
def test_a_receipt_is_a_line_that_its_field_can_hold(desk, person, number):
    """Such numbers were written, and then the export of the register was refused."""
    fee = due(desk, person, given={"persons": "1"})
    with pytest.raises(Invalid) as refused:
        receipts.pay(desk, fee.uid, number)
    assert [one.field for one in refused.value.findings] == ["receipt"]
    with pytest.raises(Invalid):
        payments.cancel(desk, fee.uid, number)


def test_what_nobody_sees_in_a_receipt_is_left_out(desk, person):
    fee = due(desk, person, given={"persons": "1"})
    assert receipts.pay(desk, fee.uid, "\u202eR-1\n 7", tenge=1).value.paid == 1
    assert paid_parts.parts_of(desk, desk.store.get(Payment, fee.uid))[0].receipt == "R-1 7"
