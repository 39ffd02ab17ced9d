"""Why a payment is due by its day, and why an obligation to stay ends on its own."""

from __future__ import annotations

from migdesk.domain.errors import NotFound
from migdesk.domain.payment import Obligation, Payment
from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.i18n import N_, pick
from migdesk.services.desk import Desk
from migdesk.services.payments import fees, obligations
from migdesk.services.terms.further_terms import Ground

KINDS = frozenset({TermKind.PAYMENT, TermKind.OBLIGATION})


def explain(desk: Desk, term: OpenTerm) -> Ground:
    """The rule and the event behind such a term.

    Raises:
        NotFound: its record is gone.
    """
    if term.kind is TermKind.PAYMENT:
        return _of_payment(desk, desk.store.get(Payment, term.record_uid))
    bound = desk.store.get(Obligation, term.record_uid)
    start = bound.began_on or desk.today
    rule = desk.law.term(obligations.TERM, start)
    deadline = desk.law.deadline(obligations.TERM, start)
    return Ground(pick(rule.title), N_("support received"), start, deadline, deadline.source)


def _of_payment(desk: Desk, payment: Payment) -> Ground:
    """A fee is due by the term of its service, from the notice; anything else on the day that was named."""
    day = payment.counted_on or desk.today
    try:
        rule = desk.law.amount_rule(payment.rule, day)
    except NotFound:
        return Ground(desk.lists.label("amounts", payment.rule), N_("became due"), day)
    title = pick(rule.title)
    case, service = fees.filed_with(desk, payment)
    step = fees.step_of(service) if service else None
    if case and step and step.term:
        start, told = fees.start_of(desk, case, step, payment)
        if start:
            event = N_("notice of the fee") if told else N_("decided") if case.decided_on else N_("filed")
            deadline = desk.law.deadline(step.term, start)
            return Ground(title, event, start, deadline, deadline.source)
    return Ground(title, N_("became due"), day, None, rule.citation.source)
