"""`payment`: sums that are due, paid whole or in part, or not levied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migdesk.cli.call import Call
from migdesk.cli.key_value import answers
from migdesk.cli.keys import case_uid, party_uid, permit_uid, person_of
from migdesk.cli.output import (
    Answer,
    changed,
    day_words,
    finding_lines,
    findings_document,
    pairs,
    record_document,
    table,
)
from migdesk.cli.parser import Parser, Verbs, add_group, add_verb, count, day
from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import choice_label
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.money import grouped
from migdesk.domain.payment import PaidBy, Payment, PaymentState
from migdesk.domain.person import Person
from migdesk.i18n import N_, _
from migdesk.services import listing, waiting_fees
from migdesk.services.desk import Desk
from migdesk.services.laws import explaining
from migdesk.services.payments import money_sums, paid_parts, payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.services.payments.receipts import Receipt

_PERSON = N_("uid, IIN, document number or label")


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "payment", _(N_("sums that are due, paid or not levied")))
    _add_demand(group)
    paid = _of_payment(group, "pay", N_("record that a sum was paid"), pay)
    paid.add_argument("--receipt", required=True, metavar="TEXT", help=_(N_("number of the receipt")))
    paid.add_argument(
        "--day", type=day, metavar="DATE", help=_(N_("day of the payment; today when left out"))
    )
    paid.add_argument(
        "--sum", type=count, metavar="TENGE", help=_(N_("the sum paid; all that is left when left out"))
    )
    oblige = N_("begin the obligation to stay with it, where the support obliges to it")
    paid.add_argument("--oblige", action="store_true", help=_(oblige))
    for name, words, run in (
        ("waive", N_("record that a sum is not levied"), waive),
        ("cancel", N_("take a sum that is due out of the register"), cancel),
    ):
        _of_payment(group, name, words, run).add_argument(
            "--why", required=name == "cancel", metavar="TEXT", help=_(N_("the act, or what was wrong"))
        )
    fees = add_verb(group, "fees", _(N_("put fees that waited for their MRP into the register")), put_fees)
    fees.add_argument(
        "--case", metavar="CASE", help=_(N_("number or uid of the case; all open ones without it"))
    )
    _of_payment(group, "show", N_("a payment with its receipts"), show)
    _add_list(group)


def _add_list(group: Verbs) -> None:
    listed = add_verb(group, "list", _(N_("payments of a person, or all that are due")), list_payments)
    add = listed.add_argument
    add("person", nargs="?", metavar="PERSON", help=_(_PERSON))
    add("--state", choices=[one.value for one in PaymentState], help=_(N_("only those in this state")))
    add("--overdue", action="store_true", help=_(N_("only those whose last day is behind")))
    add("--rule", metavar="RULE", help=_(N_("only the sums by this rule")))
    add("--payer", choices=[one.value for one in PaidBy], help=_(N_("only those that come from this pocket")))
    add("--case", metavar="CASE", help=_(N_("number or uid of the case")))


def _add_demand(group: Verbs) -> None:
    made = add_verb(group, "add", _(N_("put a sum that is due into the register")), demand)
    made.add_argument("rule", metavar="RULE", help=_(N_("code of the sum; see: rules list")))
    made.add_argument("person", metavar="PERSON", help=_(_PERSON))
    made.add_argument(
        "--with",
        dest="with_",
        action="append",
        metavar="KEY=VALUE",
        help=_(N_("what the sum is worked out for")),
    )
    made.add_argument("--day", type=day, metavar="DATE", help=_(N_("day of the event; today when left out")))
    made.add_argument("--until", type=day, metavar="DATE", help=_(N_("to be paid by this day")))
    made.add_argument(
        "--months", type=count, default=1, metavar="N", help=_(N_("so many payments, one a month"))
    )
    made.add_argument(
        "--sum", type=count, metavar="TENGE", help=_(N_("the actual sum, where the rule gives the most"))
    )
    made.add_argument("--case", metavar="CASE", help=_(N_("number or uid of the case")))
    made.add_argument("--permit", metavar="PERMIT", help=_(N_("number or uid of the permit")))
    made.add_argument("--employer", metavar="UID|BIN", help=_(N_("employer: uid, IIN or BIN")))
    made.add_argument("--check", action="store_true", help=_(N_("only say what is wrong")))


def _of_payment(group: Verbs, name: str, words: str, run: Any) -> Parser:
    made: Parser = add_verb(group, name, _(words), run)
    made.add_argument("payment", metavar="PAYMENT", help=_(N_("number or uid of the payment")))
    return made


def demand(call: Call) -> Answer:
    """Put a sum into the register.

    Raises:
        Invalid: the rule is unknown on that day, an answer is missing, no MRP is published for it.
        NotFound: no such person, case, permit or employer.
    """
    args, desk = call.args, call.desk
    wanted = Demand(
        rule=args.rule,
        person=person_of(desk, args.person).uid,
        given=answers(args.with_ or ()),
        on=args.day,
        party=party_uid(desk, args.employer),
        case=case_uid(desk, args.case),
        permit=permit_uid(desk, args.permit) if args.permit else None,
        due_on=args.until,
        tenge=args.sum,
        months=args.months,
    )
    if args.check:
        findings = payments.check_demand(desk, wanted)
        return Answer({"findings": findings_document(findings)}, finding_lines(findings))
    done = payments.demand_payment(desk, wanted)
    document = {
        "payments": [_document(one) for one in done.value],
        "findings": findings_document(done.findings),
    }
    return Answer(document, [*_table(desk, done.value), *finding_lines(done.findings)])


def put_fees(call: Call) -> Answer:
    """Put fees into the register that had no MRP when their case was filed.

    Raises:
        NotFound: no such case.
        Invalid: no fee waits that could be put there.
    """
    desk = call.desk
    done = waiting_fees.put(desk, case_uid(desk, call.args.case))
    return Answer({"payments": [_document(one) for one in done.value]}, _table(desk, done.value))


def _payment(call: Call) -> Payment:
    found = explaining.get_record(call.desk, call.args.payment)
    if not isinstance(found, Payment):
        raise NotFound(call.args.payment)
    return found


def pay(call: Call) -> Answer:
    """Record a payment.

    Raises:
        Invalid: no receipt, a day in the future, no MRP published for the day.
        Refused: it is settled already.
    """
    args = call.args
    receipt = Receipt(args.receipt, args.day, args.sum, args.oblige)
    return _changed(call.desk, receipts.record_receipt(call.desk, _payment(call).uid, receipt))


def waive(call: Call) -> Answer:
    """Record that a sum is not levied, by the special regime that waives it when no act is named.

    Raises:
        Refused: it is settled already.
        Invalid: no act is named, and no regime waives it.
    """
    payment = _payment(call)
    why = call.args.why or payments.proposed_waiver(call.desk, payment)
    return _changed(call.desk, payments.waive(call.desk, payment.uid, why))


def cancel(call: Call) -> Answer:
    """Take a sum out of the register.

    Raises:
        Refused: it is settled already.
    """
    return _changed(call.desk, payments.cancel(call.desk, _payment(call).uid, call.args.why))


def show(call: Call) -> Answer:
    """A payment with its receipts.

    Raises:
        NotFound: no such payment.
    """
    desk, payment = call.desk, _payment(call)
    parts = paid_parts.parts_of(desk, payment)
    document = _document(payment) | {"receipts": [record_document(one) for one in parts]}
    lines = [*pairs(_rows(desk, payment)), ""]
    headings = [_(N_("Receipt number")), _(N_("Paid on")), _(N_("Paid, tenge"))]
    told = ([one.receipt, day_words(one.paid_on), grouped(one.tenge or 0)] for one in parts)
    return Answer(document, [*lines, *table(headings, told, right={2})])


def _document(payment: Payment) -> dict[str, object]:
    return record_document(payment) | {"rest": payment.rest, "overpaid": payment.overpaid}


def _rows(desk: Desk, payment: Payment) -> list[tuple[str, str]]:
    name = desk.store.get(Person, payment.person or "").full_name
    rows = [
        *((_(N_("Payment")), payment.number), (_(N_("Person")), name)),
        (_(N_("Sum by the rule")), desk.lists.label("amounts", payment.rule)),
        (_(N_("Sum, tenge")), grouped(payment.tenge or 0)),
        (_(N_("Paid, tenge")), grouped(payment.paid or 0)),
        (_(N_("Left to pay, tenge")), grouped(payment.rest)),
        (_(N_("To be paid by")), day_words(payment.due_on)),
        (_(N_("State")), choice_label(payment.state) if payment.state else "—"),
    ]
    if payment.overpaid:
        rows.insert(6, (_(N_("Overpaid, tenge")), grouped(payment.overpaid)))
    if payments.awaits_mrp(desk, payment):
        rows.append((_(N_("MRP")), _(payments.COUNTED_LATER).format(day=show_day(payment.counted_on))))
    return rows


def _changed(desk: Desk, done: Done[Payment]) -> Answer:
    return changed(done, _rows(desk, done.value), rest=done.value.rest, overpaid=done.value.overpaid)


def list_payments(call: Call) -> Answer:
    """Payments of a person, or all that are due; with their sum.

    Raises:
        NotFound: no such person or case.
    """
    desk, args = call.desk, call.args
    filters = list(listing.OVERDUE if args.overdue else ())
    person = person_of(desk, args.person).uid if args.person else None
    asked = (args.state, args.rule, args.payer, case_uid(desk, args.case), person)
    for key, value in zip(("state", "rule", "paid_by", "case_uid", "person_uid"), asked, strict=True):
        if value:
            filters.append(Filter(key, Test.IS, value))
    opened = listing.open_list(desk, Query("payments", tuple(filters or listing.TO_PAY)))
    found = [desk.store.get(Payment, opened.uid(row)) for row in opened.ids()]
    sums = [one.words() for one in money_sums.of_payments(found)]
    return Answer([_document(one) for one in found], [*_table(desk, found), *sums])


def _table(desk: Desk, found: Sequence[Payment]) -> Sequence[str]:
    headings = [
        *(_(N_("Payment")), _(N_("Person")), _(N_("Sum by the rule")), _(N_("Sum, tenge"))),
        *(_(N_("Left to pay, tenge")), _(N_("MRP of the day")), _(N_("To be paid by"))),
        *(_(N_("State")), _(N_("Receipt number"))),
    ]
    names = {uid: desk.store.get(Person, uid or "").full_name for uid in {one.person for one in found}}
    rows = (
        [
            *(one.number, names[one.person], desk.lists.label("amounts", one.rule)),
            *(grouped(one.tenge or 0), grouped(one.rest), day_words(one.counted_on), day_words(one.due_on)),
            *(choice_label(one.state) if one.state else "—", one.receipt),
        ]
        for one in found
    )
    return list(table(headings, rows, right={3, 4}))
