"""The register of payments: what is due by a rule of law, what was paid with which receipt, what was not levied.

A sum is worked out by the MRP of the day that counts for its rule: that of the event, or that of the payment, when
it is worked out anew as the receipt comes in. Where no MRP is published for that day nothing is written: a sum by
last year's figure would be a wrong sum on an official paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, NotFound, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, Severity, block, blocking, note, warn
from migdesk.domain.listing import Query
from migdesk.domain.payment import PaidBy, Payment, PaymentState
from migdesk.domain.record import faults
from migdesk.i18n import N_, pick
from migdesk.rules.amounts import Amount
from migdesk.rules.law import NotInForce
from migdesk.rules.pack import AmountRule
from migdesk.services import fees, listing, obligations
from migdesk.services.desk import Desk
from migdesk.store.writer import Tx

LETTERS, DIGITS = "M", 5
MOST_MONTHS = 36
COUNTED_ON_PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Demand:
    """What is to be paid: by which rule and answers, whose, in which matter, from which day on.

    `tenge` is given only for a rule that is a ceiling; `months` are so many payments, one each month; `region` is
    that of the office when it is left out.
    """

    rule: str
    person: str
    given: Mapping[str, object] = field(default_factory=dict)
    on: date | None = None
    party: str | None = None
    case: str | None = None
    permit: str | None = None
    due_on: date | None = None
    tenge: int | None = None
    months: int = 1
    region: str = ""


def check_demand(desk: Desk, demand: Demand) -> list[Finding]:
    """What is wrong or odd about a payment that is to become due; writes nothing."""
    about = _about_rule(desk, demand)
    return about if blocking(about) else [*about, *faults(worked_out(desk, demand)[0])]


def foretell(desk: Desk, demand: Demand) -> list[Finding]:
    """The sum with its MRP, day and source, and what is wrong or odd about it; writes nothing."""
    found = check_demand(desk, demand)
    if blocking(found):
        return found
    day = demand.on or desk.today
    amount = desk.law.amount(demand.rule, day, demand.given)
    message = N_("{count} MRP × {mrp} ₸ = {tenge} ₸, by the MRP of {day}.")
    values = {
        "count": f"{amount.mrp_count.normalize():f}",
        "mrp": f"{amount.mrp:f}",
        "tenge": grouped(amount.tenge),
        "day": show_day(day),
    }
    told = Finding(Severity.NOTE, "payment.sum_is", message, None, values, amount.source)
    notes = [Finding(Severity.NOTE, "payment.row", texts=amount.note)] if amount.note else []
    return [told, *notes, *found]


def grouped(tenge: int) -> str:
    """A sum of money as people read it."""
    return f"{tenge:,}".replace(",", "\u00a0")


def demand_payment(desk: Desk, demand: Demand) -> Done[tuple[Payment, ...]]:
    """Put sums that are due into the register.

    Raises:
        Invalid: the rule is unknown or not in force, an answer is missing, no MRP is published for the day.
    """
    findings = check_demand(desk, demand)
    refuse_if_blocked(findings)
    with desk.write(Op.DEMAND_PAYMENT) as tx:
        written = write_demand(desk, tx, demand)
    return Done(written, tx.changes, tuple(findings))


def write_demand(desk: Desk, tx: Tx, demand: Demand) -> tuple[Payment, ...]:
    """The payments of a demand, inside an op that is being written: a decision brings its own."""
    return tuple(
        tx.put(payment, number=desk.next_number(tx, LETTERS, DIGITS)) for payment in worked_out(desk, demand)
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a sum was paid: number of the receipt, its day, the sum when it differs.

    `oblige` begins the obligation to stay with it, where the support obliges to it.
    """

    number: str
    on: date | None = None
    tenge: int | None = None
    oblige: bool = False


def check_receipt(desk: Desk, uid: str, receipt: Receipt) -> list[Finding]:
    """What is wrong or odd about a receipt before it is recorded, and the sum by its day; writes nothing.

    Raises:
        NotFound: no such payment.
        Refused: it was paid, waived or cancelled already.
    """
    return _received(desk, _due(desk, uid), receipt)[1]


def record_receipt(desk: Desk, uid: str, receipt: Receipt) -> Done[Payment]:
    """Record that a sum was paid; by a rule that counts on the payment it is worked out by the MRP of that day.

    With the last fee of a case its step of the payment is done.

    Raises:
        NotFound: no such payment.
        Refused: it was paid, waived or cancelled already.
        Invalid: no receipt, a day in the future, no MRP published for the day.
    """
    payment = _due(desk, uid)
    counted, findings = _received(desk, payment, receipt)
    refuse_if_blocked(findings)
    day = receipt.on or desk.today
    paid = counted.tenge if receipt.tenge is None else receipt.tenge
    with desk.write(Op.RECORD_PAYMENT) as tx:
        done = tx.put(
            replace(counted, state=PaymentState.PAID, paid_on=day, paid=paid, receipt=receipt.number.strip())
        )
        fees.mark_paid(desk, tx, done, day)
        if receipt.oblige:
            obligations.write_begun(desk, tx, obligations.of_payment(desk, done))
    return Done(done, tx.changes, tuple(findings))


def pay(
    desk: Desk, uid: str, receipt: str, *, on: date | None = None, tenge: int | None = None
) -> Done[Payment]:
    """Record a receipt that begins no obligation.

    Raises:
        NotFound, Refused, Invalid: as `record_receipt`.
    """
    return record_receipt(desk, uid, Receipt(receipt, on, tenge))


def _received(desk: Desk, payment: Payment, receipt: Receipt) -> tuple[Payment, list[Finding]]:
    """The payment by the MRP of the day of its receipt, and what is to be said of it."""
    day = receipt.on or desk.today
    findings = _check_receipt(desk, payment, receipt.number, day)
    if day > desk.today:
        return payment, findings
    try:
        counted = _counted_anew(desk, payment, day)
    except Invalid as problem:
        return payment, [*findings, *problem.findings]
    paid = counted.tenge if receipt.tenge is None else receipt.tenge
    if counted.tenge != payment.tenge:
        message = N_("By the MRP of the day of payment the sum is {now} ₸, not {before} ₸.")
        findings.append(note("payment.counted", message, "tenge", now=counted.tenge, before=payment.tenge))
    if paid != counted.tenge:
        message = N_("{paid} ₸ were paid, {due} ₸ were due.")
        findings.append(warn("payment.differs", message, "paid", paid=paid, due=counted.tenge))
    bound = obligations.check_begun_by(desk, replace(payment, paid_on=day), asked=receipt.oblige)
    return counted, [*findings, *bound]


def waive(desk: Desk, uid: str, why: str) -> Done[Payment]:
    """Record that a sum is not levied, by which act.

    Raises:
        NotFound, Refused: as `pay`.
        Invalid: no reason is given.
    """
    return _close(desk, uid, PaymentState.WAIVED, why)


def cancel(desk: Desk, uid: str, why: str) -> Done[Payment]:
    """Take a sum that is due out of the register: it stays readable.

    Raises:
        NotFound, Refused: as `pay`.
        Invalid: no reason is given.
    """
    return _close(desk, uid, PaymentState.CANCELLED, why)


def rule_on(desk: Desk, code: str, on: date) -> AmountRule | None:
    """The rule of a sum on a day; nothing where the law says none."""
    try:
        return desk.law.amount_rule(code, on)
    except NotFound:
        return None


def proposed_waiver(desk: Desk, payment: Payment) -> str:
    """The special regime by which a sum is not levied, in the current language; nothing where none waives it."""
    days = (payment.counted_on or desk.today, desk.today)
    found = next((one for day in days if (one := desk.law.specials.waives(payment.rule, day))), None)
    return ", ".join((pick(found.title), found.citation.source.act)) if found else ""


@dataclass(frozen=True, slots=True)
class Unpaid:
    """How many sums are to be paid by anybody, how many of them are overdue, and their tenge."""

    number: int
    overdue: int
    tenge: int


def count_unpaid(desk: Desk) -> Unpaid:
    """What the first page says of the register."""
    due = listing.open_list(desk, Query("payments", listing.TO_PAY))
    overdue = listing.open_list(desk, Query("payments", listing.OVERDUE))
    return Unpaid(due.count(), overdue.count(), due.total("tenge"))


def payments_of(desk: Desk, person: str) -> list[Payment]:
    """The payments of a person, the latest first."""
    return desk.store.live(Payment, person=person, order="counted_on DESC, id DESC")


def _close(desk: Desk, uid: str, state: PaymentState, why: str) -> Done[Payment]:
    payment = _due(desk, uid)
    if not why.strip():
        raise Invalid([block("missing", N_("Say why: the act, or what was wrong."), "why")])
    with desk.write(Op.CLOSE_PAYMENT) as tx:
        closed = tx.put(replace(payment, state=state, why=why.strip()))
    return Done(closed, tx.changes)


def _due(desk: Desk, uid: str) -> Payment:
    payment = desk.store.get(Payment, uid)
    if payment.state is not PaymentState.DUE or payment.is_annulled:
        message = N_("The payment {number} is settled already.")
        raise Refused([block("payment.settled", message, "state", number=payment.number)])
    return payment


def _about_rule(desk: Desk, demand: Demand) -> list[Finding]:
    """What the law refuses about the rule, its answers and its day."""
    day = demand.on or desk.today
    if not 1 <= demand.months <= MOST_MONTHS:
        message = N_("Give from 1 to {most} months.")
        return [block("bad_months", message, "months", most=MOST_MONTHS)]
    try:
        amount = desk.law.amount(demand.rule, day, demand.given)
        rule = desk.law.amount_rule(demand.rule, day)
    except NotInForce as error:
        return [block("not_in_force", error.text, "rule", **error.values)]
    except Invalid as error:
        return [replace(one, field=f"given.{one.field}" if one.field else "given") for one in error.findings]
    found = _unpublished(amount, "on")
    if demand.tenge is not None and not (rule.ceiling and 0 < demand.tenge <= amount.tenge):
        message = N_("The rule gives {tenge} ₸; another sum may be given only up to a ceiling.")
        found.append(block("payment.sum", message, "tenge", tenge=amount.tenge))
    if rule.ceiling and demand.tenge is None:
        message = N_("This is the most that is paid: {tenge} ₸. Give the actual sum.")
        found.append(block("payment.ceiling", message, "tenge", tenge=amount.tenge))
    return [*found, *(one for one in amount.findings if one.code == "amount.waived")]


def _unpublished(amount: Amount, place: str) -> list[Finding]:
    """A block where the sum rests on the last MRP known: another year has another one."""
    return [
        replace(one, severity=Severity.BLOCK, field=place)
        for one in amount.findings
        if one.code == "value.not_published"
    ]


def worked_out(desk: Desk, demand: Demand) -> list[Payment]:
    """The payments of a checked demand, not written."""
    day = demand.on or desk.today
    rule, amount = desk.law.amount_rule(demand.rule, day), desk.law.amount(demand.rule, day, demand.given)
    first = Payment(
        rule=demand.rule,
        given=" ".join(f"{name}={value}" for name, value in sorted(demand.given.items())),
        paid_by=PaidBy(rule.paid_by),
        person=demand.person,
        party=demand.party,
        case=demand.case,
        permit=demand.permit,
        counted_on=day,
        mrp_count=f"{amount.mrp_count:f}",
        mrp=f"{amount.mrp:f}",
        tenge=amount.tenge if demand.tenge is None else demand.tenge,
        due_on=demand.due_on,
        region=demand.region or desk.office.region,
    )
    start = demand.due_on or day
    monthly = demand.months > 1
    return [
        replace(first, due_on=desk.law.calendar.add_months(start, month).due if month else start)
        if monthly
        else first
        for month in range(demand.months)
    ]


def _counted_anew(desk: Desk, payment: Payment, day: date) -> Payment:
    """The payment by the MRP of the day on which it is made, where its rule counts so."""
    rule = desk.law.amount_rule(payment.rule, day)
    if rule.counted_on != COUNTED_ON_PAYMENT or payment.counted_on == day:
        return payment
    given = dict(part.split("=", 1) for part in payment.given.split())
    amount = desk.law.amount(payment.rule, day, given)
    refuse_if_blocked(_unpublished(amount, "on"))
    return replace(
        payment,
        counted_on=day,
        mrp_count=f"{amount.mrp_count:f}",
        mrp=f"{amount.mrp:f}",
        tenge=amount.tenge,
    )


def _check_receipt(desk: Desk, payment: Payment, receipt: str, day: date) -> list[Finding]:
    findings: list[Finding] = []
    if not receipt.strip():
        findings.append(block("missing", N_("Give the number of the receipt."), "receipt"))
    if day > desk.today:
        findings.append(block("in_future", N_("The day of the payment is in the future."), "on"))
    taken = desk.store.live(Payment, receipt=receipt.strip()) if receipt.strip() else []
    if any(one.uid != payment.uid for one in taken):
        message = N_("Another payment has this receipt: {number}.")
        findings.append(warn("payment.receipt_taken", message, "receipt", number=taken[0].number))
    return findings
