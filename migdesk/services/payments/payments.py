"""The register of payments: what is due by a rule of law, what was paid with which receipt, what was not levied.

A sum is worked out by the MRP of the day that counts for its rule: that of the event, or that of the payment, when
it is worked out anew as the receipt comes in. Where no MRP is published for that day nothing is written: a sum by
last year's figure would be a wrong sum on an official paper. Of support for months to come the months of a year that
has no MRP yet stand with the last one known, and are counted anew when theirs is published.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.finding import Finding, Severity, block, blocking, note
from migdesk.domain.listing import Query
from migdesk.domain.money import Tenge, grouped
from migdesk.domain.payment import PaidBy, Payment, PaymentState, answers_text
from migdesk.domain.record import faults
from migdesk.i18n import N_, Worded, pick
from migdesk.rules.law import MRP, NotInForce
from migdesk.rules.pack import AmountRule
from migdesk.services import listing
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.payments import granted
from migdesk.services.payments.receipts import (
    COUNTED_ON_PAYMENT,
    by_amount,
    due_payment,
    unpublished,
)
from migdesk.services.reasons import reason
from migdesk.store.money_lists import ORDER_ALONE
from migdesk.store.writer import Tx

LETTERS, DIGITS = "M", 5
MOST_MONTHS, MOST_YEARS = 36, 10
"""How many payments one demand makes, and how many years ahead a last day is no slip of the pen."""

COUNTED_LATER = N_("by the MRP of {day}; counted anew when the MRP of its year is known")
"""What is said of a sum that awaits its MRP."""


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
    days = _about_days(desk, demand)
    about = days if blocking(days) else [*days, *_about_rule(desk, demand)]
    if blocking(about):
        return about
    rule = desk.law.amount_rule(demand.rule, demand.on or desk.today)
    made = worked_out(desk, demand)
    before = granted.check_granted(desk, rule, demand.person, demand.case, demand.months)
    return [*about, *before, *_later_years(desk, made), *faults(made[0])]


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
        "mrp": grouped(amount.mrp),
        "tenge": grouped(amount.tenge),
        "day": show_day(day),
    }
    told = Finding(Severity.NOTE, "payment.sum_is", message, None, values, amount.source)
    notes = [Finding(Severity.NOTE, "payment.row", texts=amount.note)] if amount.note else []
    return [told, *notes, *found]


def demand_payment(desk: Desk, demand: Demand) -> Done[tuple[Payment, ...]]:
    """Put sums that are due into the register.

    Raises:
        Invalid: the rule is unknown or not in force, an answer is missing, no MRP is published for the day.
    """
    check = functools.partial(check_demand, desk, demand)
    with checked_op(desk, Op.DEMAND_PAYMENT, check) as (tx, findings):
        written = write_demand(desk, tx, demand)
    return Done(written, tx.changes, tuple(findings))


def write_demand(desk: Desk, tx: Tx, demand: Demand) -> tuple[Payment, ...]:
    """The payments of a demand, inside an op that is being written: a decision brings its own."""
    return tuple(
        tx.put(payment, number=desk.next_number(tx, LETTERS, DIGITS)) for payment in worked_out(desk, demand)
    )


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
    """How many sums are still to be paid, whole or in part, by anybody, and how many of them are overdue."""

    number: int
    overdue: int


def count_unpaid(desk: Desk) -> Unpaid:
    """What the first page says of the register."""
    due, overdue = (Query("payments", one) for one in (listing.TO_PAY, listing.OVERDUE))
    return Unpaid(listing.open_list(desk, due).count(), listing.open_list(desk, overdue).count())


def payments_of(desk: Desk, person: str) -> list[Payment]:
    """The payments of a person, in the order of the register."""
    return desk.store.live(Payment, person=person, order=ORDER_ALONE)


def _close(desk: Desk, uid: str, state: PaymentState, why: str) -> Done[Payment]:
    payment = due_payment(desk, uid)
    why = reason(why, N_("Say why: the act, or what was wrong."), of=Payment, name="why")
    if payment.paid and state is PaymentState.CANCELLED:
        message = N_("{paid} ₸ of it are paid: it cannot be cancelled. The rest may be marked as not levied.")
        raise Refused([block("payment.paid_in_part", message, "state", paid=Tenge(payment.paid))])
    with desk.write(Op.CLOSE_PAYMENT) as tx:
        closed = tx.put(replace(payment, state=state, why=why))
    return Done(closed, tx.changes)


def _about_days(desk: Desk, demand: Demand) -> list[Finding]:
    """What the calendar refuses: an event that did not happen yet, a last day before it or out of reach."""
    day, due = demand.on or desk.today, demand.due_on
    if day > desk.today:
        message = N_("The day of the event, {day}, is in the future.")
        return [block("in_future", message, "on", day=show_day(day))]
    if due and due < day:
        message = N_("It is to be paid by {due}, before the day of the event, {day}.")
        return [block("payment.due_before", message, "due_on", due=show_day(due), day=show_day(day))]
    if due and due.year > desk.today.year + MOST_YEARS:
        message = N_("It is to be paid by {due}: at most {years} years ahead, look at the year.")
        return [block("payment.due_far", message, "due_on", due=show_day(due), years=MOST_YEARS)]
    return []


def _later_years(desk: Desk, made: Sequence[Payment]) -> list[Finding]:
    """That months of a year without an MRP stand with the last one known."""
    waits = [one for one in made if awaits_mrp(desk, one)]
    if not waits:
        return []
    message = N_(
        "The MRP of {year} is not published yet. Payments of that year, {n} of them, stand with the MRP of {day} "
        "and are counted anew when it is known."
    )
    values = {"year": waits[0].due_on.year if waits[0].due_on else "", "n": len(waits)}
    return [note("payment.later_mrp", message, "on", day=show_day(made[0].counted_on), **values)]


def awaits_mrp(desk: Desk, payment: Payment) -> bool:
    """Whether a sum that counts by the MRP of its payment falls due in a year of which none is published."""
    rule = rule_on(desk, payment.rule, payment.counted_on or desk.today)
    due = payment.due_on
    if payment.state is not PaymentState.DUE or rule is None or rule.counted_on != COUNTED_ON_PAYMENT:
        return False
    return due is not None and not desk.law.value_entry(MRP, due).is_published(due)


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
    if not rule.payable:
        message = N_(
            "“{title}” is a measure of what must be shown: nobody pays it, it is no sum of the register."
        )
        return [block("payment.not_payable", message, "rule", title=Worded(rule.title))]
    found = unpublished(amount, "on")
    if demand.tenge is not None and not (rule.ceiling and 0 < demand.tenge <= amount.tenge):
        message = N_("The rule gives {tenge} ₸; another sum may be given only up to a ceiling.")
        found.append(block("payment.sum", message, "tenge", tenge=Tenge(amount.tenge)))
    if rule.ceiling and demand.tenge is None:
        message = N_("This is the most that is paid: {tenge} ₸. Give the actual sum.")
        found.append(block("payment.ceiling", message, "tenge", tenge=Tenge(amount.tenge)))
    return [*found, *(one for one in amount.findings if one.code == "amount.waived")]


def worked_out(desk: Desk, demand: Demand) -> list[Payment]:
    """The payments of a checked demand, not written."""
    day = demand.on or desk.today
    rule, amount = desk.law.amount_rule(demand.rule, day), desk.law.amount(demand.rule, day, demand.given)
    first = Payment(
        rule=demand.rule,
        given=answers_text(demand.given),
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
    if demand.months == 1:
        return [first]
    start = demand.due_on or day
    dues = [
        desk.law.calendar.add_months(start, month).due if month else start for month in range(demand.months)
    ]
    return [_by_its_mrp(desk, replace(first, due_on=due)) for due in dues]


def _by_its_mrp(desk: Desk, payment: Payment) -> Payment:
    """A payment of a month to come by the MRP of its month, where the rule counts so and that MRP is published."""
    due = payment.due_on
    rule = desk.law.amount_rule(payment.rule, payment.counted_on or desk.today)
    if due is None or rule.counted_on != COUNTED_ON_PAYMENT or rule.ceiling:
        return payment
    try:
        amount = desk.law.amount(payment.rule, due, payment.answers)
    except (NotInForce, Invalid):
        return payment
    if unpublished(amount, "on") or f"{amount.mrp:f}" == payment.mrp:
        return payment
    return by_amount(payment, amount, due)
