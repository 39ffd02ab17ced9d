"""`payment` and `obligation`: sums that are due and paid, and the stay that support obliges to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migdesk.cli.call import Call
from migdesk.cli.keys import party_uid, permit_uid, person_of, region_code
from migdesk.cli.output import (
    Answer,
    changed,
    day_words,
    finding_lines,
    findings_document,
    record_document,
    table,
)
from migdesk.cli.parser import Parser, Verbs, add_group, add_verb, count, day
from migdesk.cli.terms import answers
from migdesk.domain.case import Case
from migdesk.domain.change import Done
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import choice_label
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.payment import Obligation, PaidBy, Payment, PaymentState
from migdesk.domain.person import Person
from migdesk.i18n import N_, _
from migdesk.services import explaining, listing, obligations, payments
from migdesk.services.payments import Demand, Receipt

_PERSON = N_("uid, IIN, document number or label")


def add(verbs: Verbs) -> None:
    """Add both groups."""
    group = add_group(verbs, "payment", _(N_("sums that are due, paid or not levied")))
    _add_demand(group)
    paid = _of_payment(group, "pay", N_("record that a sum was paid"), pay)
    paid.add_argument("--receipt", required=True, metavar="TEXT", help=_(N_("number of the receipt")))
    paid.add_argument(
        "--day", type=day, metavar="DATE", help=_(N_("day of the payment; today when left out"))
    )
    paid.add_argument("--sum", type=count, metavar="TENGE", help=_(N_("the sum paid, when it differs")))
    oblige = N_("begin the obligation to stay with it, where the support obliges to it")
    paid.add_argument("--oblige", action="store_true", help=_(oblige))
    for name, words, run in (
        ("waive", N_("record that a sum is not levied"), waive),
        ("cancel", N_("take a sum that is due out of the register"), cancel),
    ):
        _of_payment(group, name, words, run).add_argument(
            "--why", required=name == "cancel", metavar="TEXT", help=_(N_("the act, or what was wrong"))
        )
    _add_list(group)
    bound = add_group(verbs, "obligation", _(N_("obligations to stay where support was received")))
    begun = add_verb(bound, "begin", _(N_("bind a person to stay from a day on")), begin)
    begun.add_argument("person", metavar="PERSON", help=_(_PERSON))
    begun.add_argument(
        "--region", default="", metavar="CODE", help=_(N_("the office's region when left out"))
    )
    begun.add_argument("--case", metavar="CASE", help=_(N_("number or uid of the case")))
    begun.add_argument("--from", dest="from_", type=day, metavar="DATE", help=_(N_("today when left out")))
    held = add_verb(bound, "list", _(N_("obligations of a person, or all that hold")), list_obligations)
    held.add_argument("person", nargs="?", metavar="PERSON", help=_(_PERSON))
    ended = add_verb(bound, "end", _(N_("end an obligation before its time")), end)
    ended.add_argument("person", metavar="PERSON", help=_(_PERSON))
    ended.add_argument("--why", required=True, metavar="TEXT", help=_(N_("the reason")))
    ended.add_argument("--broken", action="store_true", help=_(N_("it was broken: say what is to be repaid")))
    ended.add_argument("--day", type=day, metavar="DATE", help=_(N_("today when left out")))


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
        case=_case_uid(call, args.case),
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
        "payments": [record_document(one) for one in done.value],
        "findings": findings_document(done.findings),
    }
    return Answer(document, [*_table(done.value), *finding_lines(done.findings)])


def _case_uid(call: Call, key: str | None) -> str | None:
    if key is None:
        return None
    found = explaining.get_record(call.desk, key)
    if not isinstance(found, Case):
        raise NotFound(key)
    return found.uid


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
    return _changed(payments.record_receipt(call.desk, _payment(call).uid, receipt))


def waive(call: Call) -> Answer:
    """Record that a sum is not levied, by the special regime that waives it when no act is named.

    Raises:
        Refused: it is settled already.
        Invalid: no act is named, and no regime waives it.
    """
    payment = _payment(call)
    why = call.args.why or payments.proposed_waiver(call.desk, payment)
    return _changed(payments.waive(call.desk, payment.uid, why))


def cancel(call: Call) -> Answer:
    """Take a sum out of the register.

    Raises:
        Refused: it is settled already.
    """
    return _changed(payments.cancel(call.desk, _payment(call).uid, call.args.why))


def _changed(done: Done[Payment]) -> Answer:
    payment = done.value
    rows = [
        (_(N_("Payment")), payment.number),
        (_(N_("Sum, tenge")), str(payment.paid if payment.paid is not None else payment.tenge)),
        (_(N_("State")), choice_label(payment.state) if payment.state else "—"),
    ]
    return changed(done, rows)


def list_payments(call: Call) -> Answer:
    """Payments of a person, or all that are due; with their sum.

    Raises:
        NotFound: no such person or case.
    """
    desk, args = call.desk, call.args
    filters = list(listing.OVERDUE if args.overdue else ())
    person = person_of(desk, args.person).uid if args.person else None
    asked = (args.state, args.rule, args.payer, _case_uid(call, args.case), person)
    for key, value in zip(("state", "rule", "paid_by", "case_uid", "person_uid"), asked, strict=True):
        if value:
            filters.append(Filter(key, Test.IS, value))
    opened = listing.open_list(desk, Query("payments", tuple(filters or listing.TO_PAY)))
    found = [desk.store.get(Payment, opened.uid(row)) for row in opened.ids()]
    sums = _(N_("Sum: {tenge} ₸, paid: {paid} ₸"))
    told = sums.format(tenge=opened.total("tenge"), paid=opened.total("paid"))
    return Answer([record_document(one) for one in found], [*_table(found), told])


def _table(found: Sequence[Payment]) -> Sequence[str]:
    headings = [
        *(_(N_("Payment")), _(N_("Sum by the rule")), _(N_("Sum, tenge")), _(N_("MRP of the day"))),
        *(_(N_("To be paid by")), _(N_("State")), _(N_("Receipt number"))),
    ]
    rows = (
        [
            *(one.number, one.rule, str(one.tenge), day_words(one.counted_on)),
            *(day_words(one.due_on), choice_label(one.state) if one.state else "—", one.receipt),
        ]
        for one in found
    )
    return list(table(headings, rows, right={2}))


def begin(call: Call) -> Answer:
    """Bind a person to stay.

    Raises:
        Refused: the law had no such term, or an obligation holds already.
        NotFound: no such person or case.
    """
    args, desk = call.args, call.desk
    person = person_of(desk, args.person).uid
    region, case = region_code(desk, args.region), _case_uid(call, args.case)
    return _bound(obligations.begin(desk, person, region=region, case=case, on=args.from_))


def end(call: Call) -> Answer:
    """End an obligation before its time.

    Raises:
        NotFound: no such person, or no obligation holds him.
        Invalid: no reason, or a day outside it.
    """
    args, desk = call.args, call.desk
    held = obligations.holding(desk, person_of(desk, args.person).uid, args.day)
    if held is None:
        raise NotFound(args.person)
    return _bound(obligations.end(desk, held.uid, args.why, broken=args.broken, on=args.day))


def list_obligations(call: Call) -> Answer:
    """Obligations of a person, or all that hold.

    Raises:
        NotFound: no such person.
    """
    desk, key = call.desk, call.args.person
    person = person_of(desk, key).uid if key else None
    found = obligations.listed(desk, person)
    names = {one.person: desk.store.get(Person, one.person or "").full_name for one in found}
    headings = [_(one) for one in (N_("Person"), N_("Region"), N_("Since"), N_("Until"), N_("State"))]
    rows = [
        [
            names[one.person],
            desk.lists.label("kato", one.region),
            *(day_words(one.began_on), day_words(one.ends_on)),
            choice_label(one.state) if one.state else "—",
        ]
        for one in found
    ]
    return Answer([record_document(one) for one in found], list(table(headings, rows)))


def _bound(done: Done[Obligation]) -> Answer:
    found = done.value
    rows = [
        (_(N_("Since")), day_words(found.began_on)),
        (_(N_("Until")), day_words(found.ends_on)),
        (_(N_("State")), choice_label(found.state) if found.state else "—"),
    ]
    if found.to_repay is not None:
        rows.append((_(N_("To be repaid, tenge")), str(found.to_repay)))
    return changed(done, rows)
