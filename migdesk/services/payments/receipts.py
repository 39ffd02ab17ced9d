"""Receipts: that a sum was paid, whole or in part; what is not paid yet stays due.

A payment is settled by the receipt over its rest. A receipt over less is kept beside it with its own day and number,
so that a period counts what was paid within it, and a payment says every receipt it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, Refused, refuse_if_blocked
from migdesk.domain.field import plain_text
from migdesk.domain.finding import Finding, Severity, block, note, warn
from migdesk.domain.money import Tenge
from migdesk.domain.payment import Payment, PaymentPart, PaymentState
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.rules.amounts import NOT_PUBLISHED, Amount
from migdesk.services.checked_ops import prepared_op
from migdesk.services.desk import Desk
from migdesk.services.payments import fees, obligations
from migdesk.services.payments.paid_parts import parts_of
from migdesk.store.writer import Tx

COUNTED_ON_PAYMENT = "payment"
"""What a rule says whose sum is worked out by the MRP of the day on which it is paid."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a sum was paid: number of the receipt, its day, the sum when it is not the whole rest.

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
    return _received(desk, due_payment(desk, uid), receipt)[1]


def record_receipt(desk: Desk, uid: str, receipt: Receipt) -> Done[Payment]:
    """Record a receipt; by a rule that counts on the payment the sum is worked out by the MRP of that day.

    The payment stays due with its rest until all of it is paid. With the last fee of a case its step of the payment
    is done.

    Raises:
        NotFound: no such payment.
        Refused: it was paid, waived or cancelled already.
        Invalid: no receipt, a day in the future, no sum, no MRP published for the day.
    """
    day, number = receipt.on or desk.today, plain_text(receipt.number)

    def prepare() -> tuple[Payment, list[Finding]]:
        return _received(desk, due_payment(desk, uid), receipt)

    with prepared_op(desk, Op.RECORD_PAYMENT, prepare) as (tx, counted, findings):
        paid = counted.rest if receipt.tenge is None else receipt.tenge
        if paid < counted.rest:
            tx.put(PaymentPart(payment=counted.uid, receipt=number, paid_on=day, tenge=paid))
            done = tx.put(replace(counted, paid=(counted.paid or 0) + paid))
        else:
            settled = replace(counted, state=PaymentState.PAID, paid_on=day, receipt=number)
            done = tx.put(replace(settled, paid=(counted.paid or 0) + paid))
            fees.mark_paid(desk, tx, done, day)
        if receipt.oblige:
            obligations.write_begun(desk, tx, obligations.of_payment(desk, replace(done, paid_on=day)))
    return Done(done, tx.changes, tuple(findings))


def pay(
    desk: Desk, uid: str, receipt: str, *, on: date | None = None, tenge: int | None = None
) -> Done[Payment]:
    """Record a receipt that begins no obligation.

    Raises:
        NotFound, Refused, Invalid: as `record_receipt`.
    """
    return record_receipt(desk, uid, Receipt(receipt, on, tenge))


def settle_covered(desk: Desk, tx: Tx, payment: Payment) -> None:
    """A sum that a law brought down to what was paid of it, or below: its last receipt is the one that settles it."""
    parts = parts_of(desk, payment) if payment.state is PaymentState.DUE and not payment.rest else []
    if not parts:
        return
    tx.annul(parts[-1], "replaced")
    day, number = parts[-1].paid_on, parts[-1].receipt
    done = tx.put(payment, state=PaymentState.PAID, paid_on=day, receipt=number)
    fees.mark_paid(desk, tx, done, day or desk.today)


def due_payment(desk: Desk, uid: str) -> Payment:
    """A payment that is still to be paid.

    Raises:
        NotFound: no such payment.
        Refused: it was paid, waived or cancelled already.
    """
    payment = desk.store.get(Payment, uid)
    if payment.state is not PaymentState.DUE or payment.is_annulled:
        message = N_("The payment {number} is settled already.")
        raise Refused([block("payment.settled", message, "state", number=payment.number)])
    return payment


def unpublished(amount: Amount, place: str) -> list[Finding]:
    """A block where the sum rests on the last MRP known: another year has another one."""
    return [
        replace(one, severity=Severity.BLOCK, field=place)
        for one in amount.findings
        if one.code == NOT_PUBLISHED
    ]


def _received(desk: Desk, payment: Payment, receipt: Receipt) -> tuple[Payment, list[Finding]]:
    """The payment by the MRP of the day of its receipt, and what is to be said of it."""
    day = receipt.on or desk.today
    findings = [*_check_number(desk, payment, receipt.number), *_check_day(desk, payment, day)]
    if day > desk.today:
        return payment, findings
    try:
        counted = _counted_anew(desk, payment, day)
    except Invalid as problem:
        return payment, [*findings, *problem.findings]
    if counted.tenge != payment.tenge:
        message = N_("By the MRP of the day of payment the sum is {now} ₸, not {before} ₸.")
        sums = {"now": Tenge(counted.tenge or 0), "before": Tenge(payment.tenge or 0)}
        findings.append(note("payment.counted", message, "tenge", **sums))
    findings += _check_sum(counted, receipt)
    bound = obligations.check_begun_by(desk, replace(payment, paid_on=day), asked=receipt.oblige)
    return counted, [*findings, *bound]


def _check_number(desk: Desk, payment: Payment, number: str) -> Iterator[Finding]:
    wanted = plain_text(number)
    if not wanted:
        yield block("missing", N_("Give the number of the receipt."), "receipt")
        return
    yield from (one for one in faults(PaymentPart(receipt=wanted)) if one.field == "receipt")
    others = [one for one in desk.store.live(Payment, receipt=wanted) if one.uid != payment.uid]
    parts = desk.store.live(PaymentPart, receipt=wanted)
    others += [desk.store.get(Payment, one.payment or "") for one in parts if one.payment != payment.uid]
    if others:
        message = N_("Another payment has this receipt: {number}.")
        yield warn("payment.receipt_taken", message, "receipt", number=others[0].number)
    elif parts:
        yield warn("payment.receipt_twice", N_("This payment has this receipt already."), "receipt")


def _check_day(desk: Desk, payment: Payment, day: date) -> Iterator[Finding]:
    if day > desk.today:
        yield block("in_future", N_("The day of the payment is in the future."), "paid_on")
    elif payment.counted_on and day < payment.counted_on:
        message = N_("The receipt is of {day}, before the sum became due on {due}: look at its day.")
        days = {"day": show_day(day), "due": show_day(payment.counted_on)}
        yield warn("payment.before", message, "paid_on", **days)


def _check_sum(payment: Payment, receipt: Receipt) -> Iterator[Finding]:
    rest = payment.rest
    paid = rest if receipt.tenge is None else receipt.tenge
    sums = {"paid": Tenge(paid), "due": Tenge(rest), "rest": Tenge(rest - paid)}
    if paid < 1 <= rest:
        yield block("payment.no_sum", N_("Give the sum that was paid."), "paid")
    elif paid < rest:
        message = N_("{paid} ₸ of {due} ₸ are paid with it; {rest} ₸ stay to be paid.")
        yield warn("payment.part", message, "paid", **sums)
    elif paid > rest:
        yield warn("payment.differs", N_("{paid} ₸ were paid, {due} ₸ were due."), "paid", **sums)


def _counted_anew(desk: Desk, payment: Payment, day: date) -> Payment:
    """The payment by the MRP of the day on which it is made, where its rule counts so and nothing was paid yet."""
    rule = desk.law.amount_rule(payment.rule, day)
    if rule.counted_on != COUNTED_ON_PAYMENT or payment.counted_on == day or payment.paid:
        return payment
    amount = desk.law.amount(payment.rule, day, payment.answers)
    refuse_if_blocked(unpublished(amount, "paid_on"))
    return by_amount(payment, amount, day)


def by_amount(payment: Payment, amount: Amount, day: date) -> Payment:
    """A payment with the sum that a rule gives by the MRP of a day."""
    count, mrp = f"{amount.mrp_count:f}", f"{amount.mrp:f}"
    return replace(payment, counted_on=day, mrp_count=count, mrp=mrp, tenge=amount.tenge)
