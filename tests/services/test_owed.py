"""What a decision and a filing make due: the sums, whose they are, what is asked, and what waits for the receipt."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.arrival import Departure, DepartureKind
from migdesk.domain.case import Case, CaseState, CaseStep
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import Severity, blocking
from migdesk.domain.payment import Obligation, PaidBy, Payment, PaymentState
from migdesk.domain.permit import Permit
from migdesk.domain.quota import Stream
from migdesk.services import owed, work_regions
from migdesk.services.arrivals import arrivals, departures, moves
from migdesk.services.arrivals.moves import Move
from migdesk.services.cases import case_file, cases
from migdesk.services.matter import Matter, Verdict
from migdesk.services.payments import obligations, payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.services.payments.receipts import Receipt
from migdesk.services.permits import permits
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from migdesk.services.stays import status
from migdesk.services.upkeep import journal
from tests import make
from tests.services.test_arrivals import family
from tests.services.test_labour import employer, opened, pot, ready, workers  # noqa: F401 - fixtures

KANDAS = Pot(Stream.KANDAS, "550000000", 2026)
HOUSEHOLD = Pot(Stream.LABOUR_IMMIGRANT, "550000000", 2026)
UNTIL = date(2027, 11, 19)


def asked_for(desk, arrived, service="kandas_quota", answers=None, **given):
    people = [one.uid for one in arrived.people]
    case = Case(service=service, person=people[0], applied_on=date(2026, 11, 20), **given)
    made = cases.open_case(desk, case, people, answers).value
    for paper in case_file.open_file(desk, made.uid).lacking:
        cases.receive_paper(desk, made.uid, paper.code, issued_on=date(2026, 11, 20))
    return made


def of_case(desk, case):
    return desk.store.live(Payment, case=case.uid, order="id")


@pytest.fixture
def arrived(desk):
    return arrivals.register_arrival(desk, family()).value


def test_a_grant_makes_relocation_once_and_rent_for_twelve_months_due(desk, arrived):
    """Family of three in a city: 3 x 70 MRP once, 25 MRP a month [V-news]."""
    quotas.allot(desk, KANDAS, 5, "№ 1")
    case = asked_for(desk, arrived)
    found = {one.code: one for one in cases.check_decision(desk, case.uid, Verdict("grant"))}
    assert found["payments_due"].values["codes"] == "support.relocation support.rent"
    assert "× 12" in found["payments_due"].words()
    cases.decide(desk, case.uid, Verdict("grant"))
    once, *rent = of_case(desk, case)
    assert (once.rule, once.given, once.tenge) == ("support.relocation", "persons=3", 210 * 4325)
    assert {(one.given, one.tenge) for one in rent} == {("persons=3 settlement=urban", 25 * 4325)}
    assert [one.due_on for one in rent][:2] == [make.TODAY, date(2026, 12, 23)]
    assert (len(rent), once.paid_by, once.region) == (12, PaidBy.STATE, "550000000")
    last = journal.entries(desk)[0]
    assert last.op is Op.DECIDE_CASE
    assert len([one for one in journal.changes_of(desk, last.uid) if one.table == "payment"]) == 13


def test_a_refusal_makes_nothing_due(desk, arrived):
    case = asked_for(desk, arrived)
    ground = case_file.open_file(desk, case.uid).grounds
    refusal = next(code for decision, code, _title in ground if decision == "refuse")
    cases.decide(desk, case.uid, Verdict("refuse", grounds=(refusal,)))
    assert of_case(desk, case) == []


def test_only_what_the_case_does_not_tell_is_asked(desk):
    """A place that is neither a town nor a village: the clerk says which."""
    quotas.allot(desk, KANDAS, 5, "№ 1")
    home = make.address(place="550000000")
    arrived = arrivals.register_arrival(desk, family(address=home)).value
    case = asked_for(desk, arrived)
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("grant"))
    assert [one.field for one in blocking(refused.value.findings)] == ["given.settlement"]
    cases.decide(desk, case.uid, Verdict("grant", given={"settlement": "rural"}))
    assert {one.tenge for one in of_case(desk, case)} == {210 * 4325, 18 * 4325}


def test_the_actual_sum_of_a_certificate_may_come_later(desk, arrived):
    case = asked_for(desk, arrived, "resettler_certificate", {"use": "buy"})
    told = {one.code: one.field for one in cases.check_decision(desk, case.uid, Verdict("grant"))}
    assert told["owed.sum"] == "given.sum"
    cases.decide(desk, case.uid, Verdict("grant", given={"sum": "6000000"}))
    assert [one.tenge for one in of_case(desk, case)] == [6_000_000]


def light_of(desk, person):
    """What the light tells of the permit of a worker, amber while it is not handed out."""
    found = status.person_status(desk, person.uid)
    told = {one.code: one.severity for one in found.findings if one.code.startswith("status.permit_")}
    assert set(told.values()) <= {Severity.WARN}
    return set(told)


def test_each_worker_owes_a_fee_of_his_own_and_no_permit_is_issued_before_it(desk, employer, workers):  # noqa: F811
    """Category 3, construction, in 2026: 224 MRP for each permit, within 10 working days of the notice."""
    quotas.allot(desk, pot(), 2, "letter")
    case = ready(desk, employer, workers[:2])
    cases.decide(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    fees = of_case(desk, case)
    made = {one.person: one.uid for one in desk.store.live(Permit, case=case.uid)}
    assert {(one.tenge, one.given) for one in fees} == {(224 * 4325, "activity=F category=3 regions=1")}
    assert {one.person: one.permit for one in fees} == made
    assert {one.party for one in fees} == {employer.uid}
    cases.do_step(desk, case.uid, "fee_notice")
    assert {one.due_on for one in of_case(desk, case)} == {date(2026, 12, 7)}
    assert light_of(desk, workers[0]) == {"status.permit_unpaid"}
    with pytest.raises(Invalid) as refused:
        cases.do_step(desk, case.uid, "issue")
    assert [one.code for one in refused.value.findings] == ["fee.unpaid"]
    for fee in of_case(desk, case):
        receipts.pay(desk, fee.uid, f"R-{fee.number}")
    assert [one.done_on for one in desk.store.live(CaseStep, case=case.uid, code="payment")] == [make.TODAY]
    assert light_of(desk, workers[0]) == {"status.permit_not_issued"}
    assert cases.do_step(desk, case.uid, "issue").value.done_on == make.TODAY
    assert light_of(desk, workers[0]) == set()


def test_the_receipt_of_the_fee_comes_after_the_grant_and_no_other_paper(desk, employer, workers):  # noqa: F811
    """The receipt, which is only asked for after a positive decision, was refused like any other paper."""
    quotas.allot(desk, pot(), 1, "letter")
    case = ready(desk, employer, workers[:1])
    cases.decide(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    with pytest.raises(Refused) as refused:
        cases.receive_paper(desk, case.uid, "passport")
    assert refused.value.findings[0].code == "case.closed"
    assert cases.receive_paper(desk, case.uid, "receipt").value.received_on == make.TODAY


def test_a_fee_that_nobody_paid_is_cancelled_with_the_permit(desk, employer, workers):  # noqa: F811
    quotas.allot(desk, pot(), 1, "letter")
    case = ready(desk, employer, workers[:1])
    cases.decide(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    cases.decide(desk, case.uid, Verdict("terminate", grounds=("not_paid",)))
    assert [one.state for one in of_case(desk, case)] == [PaymentState.CANCELLED]


def test_no_paper_comes_into_an_annulled_case(desk, employer, workers):  # noqa: F811
    case = ready(desk, employer, workers[:1])
    with desk.write(Op.DECIDE_CASE) as tx:
        granted = tx.put(case_file.get_case(desk, case.uid), state=CaseState.GRANTED)
        tx.annul(granted, "slip")
    with pytest.raises(Refused) as refused:
        cases.receive_paper(desk, case.uid, "receipt")
    assert [one.code for one in refused.value.findings] == ["case.closed"]


def test_a_seasonal_fee_goes_by_the_days(desk, employer, workers):  # noqa: F811
    quotas.allot(desk, pot(category="seasonal"), 1, "letter")
    case = ready(desk, employer, workers[:1], {"days": 180}, service="seasonal_permit", category="seasonal")
    told = {
        one.code: one for one in cases.check_decision(desk, case.uid, Verdict("grant", valid_until=UNTIL))
    }
    assert f"{24 * 4325:,}".replace(",", "\u00a0") in told["payments_due"].words()


def test_the_tax_of_a_labour_immigrant_comes_before_the_permit(desk, employer, workers):  # noqa: F811
    """4 MRP for each month; due with the filing, worked out anew when the months are corrected."""
    quotas.allot(desk, HOUSEHOLD, 1, "letter")
    given = {"service": "labour_immigrant_permit", "category": "", "channel": "egov"}
    case = ready(desk, employer, workers[:1], {"months": 3}, **given)
    [tax] = of_case(desk, case)
    assert (tax.given, tax.tenge) == ("months=3", 12 * 4325)
    cases.answer(desk, case.uid, {"months": 6})
    assert [one.tenge for one in of_case(desk, case)] == [24 * 4325]
    granted = Verdict("grant", valid_until=date(2027, 5, 23))
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, granted)
    assert [one.values["paid"] for one in refused.value.findings if one.code == "fee.unpaid"] == [0]
    receipts.pay(desk, tax.uid, "R-1")
    longer = cases.check_decision(desk, case.uid, Verdict("grant", valid_until=date(2027, 6, 23)))
    assert [one.values["day"] for one in longer if one.code == "capped"] == ["23.05.2027"]
    cases.decide(desk, case.uid, granted)
    [permit] = desk.store.live(Permit, case=case.uid)
    assert [one.permit for one in of_case(desk, case)] == [permit.uid]


def test_an_extension_without_a_case_needs_months_of_its_own(desk, employer, workers):  # noqa: F811
    """What was paid for the first permit does not pay for the next."""
    quotas.allot(desk, HOUSEHOLD, 1, "letter")
    person = workers[0].uid

    def paid(months):
        wanted = Demand("tax.labour_immigrant", person, {"months": str(months)})
        [tax] = payments.demand_payment(desk, wanted).value
        receipts.pay(desk, tax.uid, f"R-{tax.number}")

    draft = Permit(
        person=person,
        kind="labour_immigrant",
        employer=employer.uid,
        region="550000000",
        valid_from=make.TODAY,
        valid_until=date(2027, 2, 22),
    )
    with pytest.raises(Invalid):
        permits.issue(desk, draft)
    paid(3)
    first = permits.issue(desk, draft).value
    with pytest.raises(Invalid):
        permits.extend(desk, first.uid, date(2027, 4, 22))
    paid(2)
    assert permits.extend(desk, first.uid, date(2027, 4, 22)).value.valid_until == date(2027, 4, 22)


def test_the_state_duty_comes_with_the_filing(desk, arrived):
    """4 MRP for each person [V]."""
    person = arrived.people[0]
    case = Case(service="pmzh", person=person.uid, applied_on=date(2026, 11, 20))
    made = cases.open_case(desk, case, [person.uid]).value
    [duty] = of_case(desk, made)
    assert (duty.rule, duty.tenge, duty.state) == ("duty.permanent_residence", 17_300, PaymentState.DUE)
    told = cases.check_decision(desk, made.uid, Verdict("grant", valid_until=UNTIL))
    assert "fee.unpaid" in {one.code for one in told}


def test_the_first_support_asks_for_the_obligation_and_begins_it_in_one_op(desk, arrived):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    case = asked_for(desk, arrived)
    cases.decide(desk, case.uid, Verdict("grant"))
    once, rent, *_later = of_case(desk, case)
    assert [one.code for one in receipts.check_receipt(desk, once.uid, Receipt("R-1"))] == [
        "obligation.not_begun"
    ]
    done = receipts.record_receipt(desk, once.uid, Receipt("R-1", oblige=True))
    assert [one.code for one in done.findings] == ["obligation.begins"]
    [bound] = desk.store.live(Obligation)
    assert (bound.person, bound.began_on, bound.ends_on) == (once.person, make.TODAY, date(2031, 11, 23))
    assert receipts.check_receipt(desk, rent.uid, Receipt("R-2")) == []
    journal.undo_last(desk)
    assert (desk.store.live(Obligation), obligations.holding(desk, once.person)) == ([], None)


def test_who_is_bound_is_told_before_a_departure_or_another_region(desk, arrived):
    person, home = arrived.people[0], arrived.arrivals[0]
    obligations.begin(desk, person.uid, on=date(2026, 11, 20))
    [support] = payments.demand_payment(
        desk, Demand("support.relocation", person.uid, {"persons": "1"})
    ).value
    receipts.pay(desk, support.uid, "R-1")

    def bound(found):
        return [one.values["tenge"] for one in found if one.code == "obligation.leaves"]

    def leaves(kind, **given):
        gone = Departure(person=person.uid, arrival=home.uid, kind=kind, left_on=make.TODAY, **given)
        return bound(departures.check_departure(desk, gone))

    assert leaves(DepartureKind.FOR_GOOD) == [70 * 4325]
    assert leaves(DepartureKind.ABROAD) == []
    assert leaves(DepartureKind.ADDRESS, to_place="750000000") == [70 * 4325]
    assert leaves(DepartureKind.ADDRESS, to_place="551010000") == []
    for place, told in (("750000000", [70 * 4325]), ("551010000", [])):
        move = Move(home.uid, make.TODAY, make.address(place=place, line="Абай, 1"))
        assert bound(moves.check_move(desk, move)) == told


def test_a_permit_for_two_regions_owes_a_fee_to_each_and_so_does_its_extension(desk, employer, workers):  # noqa: F811
    """Order 30.06.2023 No. 279 [V]: the fee is paid to each region's budget; only all of them let the permit go."""
    atyrau = "230000000"
    for one in (pot(), pot(atyrau)):
        quotas.allot(desk, one, 1, "letter")
    case = ready(desk, employer, workers[:1], {"region_2": atyrau})
    cases.receive_paper(desk, case.uid, "regions_consent")
    verdict = Verdict("grant", valid_until=UNTIL)
    due = next(one for one in cases.check_decision(desk, case.uid, verdict) if one.code == "payments_due")
    assert due.words().count("₸") == 2
    cases.decide(desk, case.uid, verdict)
    fees = of_case(desk, case)
    each = (224 * 4325, "activity=F category=3 regions=1")
    assert [(one.region, one.tenge, one.given) for one in fees] == [
        ("550000000", *each),
        (atyrau, *each),
    ]
    cases.do_step(desk, case.uid, "fee_notice")
    receipts.pay(desk, fees[0].uid, "R-1")
    assert not desk.store.live(CaseStep, case=case.uid, code="payment")
    receipts.pay(desk, fees[1].uid, "R-2")
    assert desk.store.live(CaseStep, case=case.uid, code="payment")
    service = desk.get_procedure("foreign_labour_extension", make.TODAY)
    longer = Case(service=service.code, person=workers[0].uid, region="550000000", applied_on=make.TODAY)
    assert work_regions.regions_of(desk, longer, service, workers[0].uid) == ["550000000", atyrau]
    owed_now = owed.by_decision(Matter(desk, longer, service, service.decision("extend"), Verdict("extend")))
    assert [one.demand.region for one in owed_now] == ["550000000", atyrau]
