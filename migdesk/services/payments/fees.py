"""The fee of a service: whether it was paid before the permit or its issue, and for how many months.

A service names its `fee` and the step `fee_before` which nothing is done unpaid. Where that step is the decision
itself, as for the advance tax of labour immigrants and the state duty (Law 477-IV art. 43-2 and 46-50 [V]), nothing
is granted before the receipt; else the permit is decided, and not handed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from migdesk.domain.case import Case, CaseStep
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.payment import Payment, PaymentState
from migdesk.domain.permit import Permit
from migdesk.i18n import N_, pick
from migdesk.rules.law import NotInForce
from migdesk.rules.procedure import DECISION, Procedure, Step
from migdesk.services import checks
from migdesk.services.desk import Desk
from migdesk.services.facts.permit_service import service_of
from migdesk.store.writer import Tx

PAYMENT = "payment"
"""Code of the step of a service that is done with the receipt of its fee; its term says by when."""

MONTHS = "months"
"""What a tax paid by months asks for."""

SETTLED = (PaymentState.PAID, PaymentState.WAIVED)


def months_between(desk: Desk, start: date, end: date) -> int:
    """So many months, each begun one counted, last from a day to another."""
    months = 1
    while desk.law.calendar.add_months(start, months).due < end:
        months += 1
    return months


def check_permit(desk: Desk, permit: Permit) -> list[Finding]:
    """A block where a permit is given before its fee is paid, in a case or, for a tax by months, without one."""
    fee = _before(desk, permit)
    if fee is None:
        return []
    try:
        rule = desk.law.amount_rule(fee, permit.granted_on or desk.today)
    except NotInForce:
        return []
    held = _unused(desk, permit, fee)
    values = {"title": pick(rule.title)}
    if MONTHS in rule.asks and permit.valid_from and permit.valid_until:
        needed = months_between(desk, permit.valid_from, permit.valid_until)
        paid = sum(int(one.answers.get(MONTHS, 0)) for one in held)
        message = N_("{title}: {needed} months are paid before the permit is given, receipts cover {paid}.")
        unpaid = block("fee.unpaid", message, "fee", needed=needed, paid=paid, **values)
        return [unpaid] if paid < needed else []
    if held or permit.case is None:
        return []
    message = N_("{title}: it is paid before the permit is given. Record the receipt first.")
    return [block("fee.unpaid", message, "fee", **values)]


def _before(desk: Desk, permit: Permit) -> str | None:
    """The fee that is paid before a permit is given; nothing where none is, or only before the issue."""
    filed = permit.applied_on or permit.granted_on or desk.today
    service = desk.find_procedure(service_of(desk, permit), filed)
    return service.fee if service and service.fee_before == DECISION else None


def _unused(desk: Desk, permit: Permit, rule: str) -> list[Payment]:
    """Settled fees of the holder that no other permit rests on, of the same case or of none."""
    found = desk.store.live(Payment, person=permit.person, rule=rule, state=SETTLED, permit=None)
    return [one for one in found if one.case in (None, permit.case)]


def tie(desk: Desk, tx: Tx, permit: Permit) -> None:
    """Tie the receipts to the permit that rests on them: they pay for no other."""
    fee = _before(desk, permit)
    if fee is None:
        return
    left = 1
    if permit.valid_from and permit.valid_until:
        left = months_between(desk, permit.valid_from, permit.valid_until)
    for one in _unused(desk, permit, fee):
        if left > 0:
            tx.put(one, permit=permit.uid)
            left -= int(one.answers.get(MONTHS, left))


def unpaid_of(desk: Desk, case: Case, service: Procedure) -> list[Payment]:
    """Fees of a case that are neither paid nor waived."""
    if service.fee is None:
        return []
    return desk.store.live(Payment, case=case.uid, rule=service.fee, state=PaymentState.DUE)


def check_step(desk: Desk, case: Case, service: Procedure, code: str) -> list[Finding]:
    """A block where a step is not done before the fees of the case are paid."""
    unpaid = unpaid_of(desk, case, service) if code == service.fee_before else []
    if not unpaid:
        return []
    message = N_("Not before the fee is paid: {numbers}. Record the receipts first.")
    return [block("fee.unpaid", message, "step", numbers=", ".join(one.number for one in unpaid))]


def due_of(desk: Desk, service: Procedure, start: date) -> date | None:
    """By when a fee is paid: by the term of the step of the payment, from the notice or, before it, the decision."""
    step = step_of(service)
    return checks.find_due(desk, step.term, start) if step and step.term else None


def filed_with(desk: Desk, payment: Payment) -> tuple[Case | None, Procedure | None]:
    """The case and the service of which a payment is the fee; nothing of any other payment."""
    case = desk.store.find(Case, payment.case) if payment.case else None
    service = desk.find_procedure(case.service, case.applied_on or desk.today) if case else None
    return (case, service) if service and service.fee == payment.rule else (None, None)


def step_of(service: Procedure) -> Step | None:
    """The step of the payment, where the service says by when."""
    return next((one for one in service.steps if one.code == PAYMENT and one.term), None)


def start_of(desk: Desk, case: Case, step: Step, payment: Payment) -> tuple[date | None, bool]:
    """The day from which the term of a fee runs, and whether it is that of the notice: else it became due then."""
    told = desk.store.live(CaseStep, case=case.uid, code=step.after) if step.after else []
    return (told[0].done_on, True) if told else (payment.counted_on, False)


def not_issued(desk: Desk, permit: Permit) -> Finding | None:
    """A permit that was decided and is not handed out yet: its fee is not paid, or the step of the issue not done.

    Only where the service hands it out after the payment (rules of orders No. 559 and 279 [V]: the fee within 10
    working days of the notice, the issue on the working day after).
    """
    case = desk.store.find(Case, permit.case) if permit.case else None
    service = desk.find_procedure(case.service, case.applied_on or desk.today) if case else None
    if case is None or service is None or service.fee_before in (None, DECISION):
        return None
    if desk.store.live(CaseStep, case=case.uid, code=service.fee_before):
        return None
    unpaid = [one for one in unpaid_of(desk, case, service) if one.permit in (None, permit.uid)]
    if unpaid:
        message = N_("The permit {number} is decided, not issued: the fee {payment} is not paid.")
        if any(one.paid for one in unpaid):
            message = N_("The permit {number} is decided, not issued: the fee {payment} is not paid in full.")
        values = {"number": permit.number, "payment": ", ".join(one.number for one in unpaid)}
        return warn("status.permit_unpaid", message, "permits", **values)
    message = N_("The permit {number} is decided, not issued: mark the issue when it is handed out.")
    return warn("status.permit_not_issued", message, "permits", number=permit.number)


def begin_term(desk: Desk, tx: Tx, case: Case, service: Procedure, done: CaseStep) -> None:
    """The step after which the fee is paid was done: its term runs from that day."""
    step = step_of(service)
    if step is None or step.after != done.code or done.done_on is None:
        return
    due = due_of(desk, service, done.done_on)
    for payment in unpaid_of(desk, case, service):
        tx.put(payment, due_on=due)


def mark_paid(desk: Desk, tx: Tx, payment: Payment, day: date) -> None:
    """With the last fee of a case its step of the payment is done."""
    case, service = filed_with(desk, payment)
    if case is None or service is None or case.decided_on is None:
        return
    left = [one for one in unpaid_of(desk, case, service) if one.uid != payment.uid]
    has_step = any(one.code == PAYMENT for one in service.steps)
    if not left and has_step and not tx.live(CaseStep, case=case.uid, code=PAYMENT):
        tx.put(CaseStep(case=case.uid, code=PAYMENT, done_on=day))


def counted(payments: Sequence[Payment]) -> int:
    """The sum of payments, in tenge: what was paid, else what is due."""
    return sum((one.paid if one.paid is not None else one.tenge) or 0 for one in payments)


def corrected(payment: Payment, now: Payment) -> Payment:
    """A fee that is still due with the sum that other answers give."""
    return replace(
        payment,
        given=now.given,
        mrp_count=now.mrp_count,
        mrp=now.mrp,
        tenge=now.tenge,
        counted_on=now.counted_on,
    )
