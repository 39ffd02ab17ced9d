"""The receipts of a payment, each with its day, number and sum."""

from __future__ import annotations

from migdesk.domain.payment import Payment, PaymentPart, PaymentState
from migdesk.services.desk import Desk


def parts_of(desk: Desk, payment: Payment) -> list[PaymentPart]:
    """The receipts of a payment, as they came in; the last of a settled one is its own."""
    parts = desk.store.live(PaymentPart, payment=payment.uid, order="paid_on, id")
    if payment.state is not PaymentState.PAID:
        return parts
    last = (payment.paid or 0) - sum(one.tenge or 0 for one in parts)
    own = PaymentPart(payment=payment.uid, receipt=payment.receipt, paid_on=payment.paid_on, tenge=last)
    return [*parts, own]
