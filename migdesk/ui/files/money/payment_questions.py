"""What is asked about money: a new payment, its receipt, that it is not levied or cancelled; what obliges to stay."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from migdesk.domain.case import Case
from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Choice, Day, Flag, Ref, Spec, Text, Whole, spec
from migdesk.domain.finding import Finding
from migdesk.domain.payment import Obligation, ObligationState, PaidBy, Payment
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.payments import obligations, payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.services.payments.receipts import Receipt
from migdesk.ui.entry.editor import Section
from migdesk.ui.entry.people import with_people
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.questions import sum_fields
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.files.questions.hosts import with_hosts
from migdesk.ui.look.words import number, said
from migdesk.ui.workplace import Workplace

_NEW, _NEW_BUTTON = N_("New payment"), N_("Put into the register")
_NEW_LEAD = N_("A sum by the law: the MRP and the source are shown as you type.")
_MADE, _MADE_MANY = N_("Payment {number}: {tenge} ₸."), N_("{n} payments, {tenge} ₸ in all.")
_PERSON = Spec("person", Ref(N_("Whom it is about"), required=True, to=Person.table), True)
_PARTY = Spec("party", Ref(N_("Employer"), to="party"), True)
_ON = Spec("on", Day(N_("Day of the event"), required=True), True)
_TENGE = Spec("tenge", Whole(N_("Actual sum, tenge"), hint=N_("Where the rule gives only the most")), True)
_MONTHS = Spec(
    "months",
    Whole(N_("Payments, one a month"), required=True, min=1, max=payments.MOST_MONTHS),
    True,
)
_RECEIPT, _RECEIPT_BUTTON = N_("Receipt of payment {number}"), N_("Record the receipt")
_PAID_DONE = N_("Payment {number} is paid: {tenge} ₸.")
_PAID_PART = N_("Payment {number}: {tenge} ₸ are paid, {rest} ₸ are still to be paid.")
_LEFT = N_("still to be paid: {rest} ₸")
_PAID = Spec("paid", Whole(N_("Paid, tenge; all that is left when empty")), True)
_OBLIGE = Spec("oblige", Flag(N_("Begin the obligation to stay with it")), True)
_WAIVE, _WAIVE_BUTTON = N_("Payment {number} is not levied"), N_("Not levied")
_WAIVE_LEAD = N_("By which act; that of a special regime is proposed.")
_WAIVED = N_("Payment {number} is not levied.")
_CANCEL, _CANCEL_BUTTON = N_("Cancel payment {number}"), N_("Cancel the payment")
_CANCEL_LEAD = N_("It stays readable and counts no more.")
_CANCELLED = N_("Payment {number} is cancelled.")
_WHY = Spec("why", Text(N_("Reason"), required=True, max=300), False)
_END, _END_BUTTON = N_("End the obligation to stay"), N_("End it")
_END_LEAD = N_("Broken: the support received since its first day is to be repaid. Released: nothing is.")
_BEGIN, _BEGIN_LEAD = (
    N_("Begin an obligation to stay"),
    N_("Its length is a dated value of the law, not verified."),
)
_BEGUN = N_("Obligation to stay until {day}.")
_BROKEN, _RELEASED = (
    N_("The obligation is broken: {tenge} ₸ to be repaid."),
    N_("Released from the obligation."),
)


class PaymentDialog(FormDialog):
    """Shows the fields that the chosen sum asks for, and no others."""

    def __init__(self, work: Workplace, question: Question) -> None:
        super().__init__(work, question)
        self._desk = work.desk
        self.form.changed.connect(self._rule_changed)
        self.show_asked()

    def _rule_changed(self, name: str) -> None:
        if name in ("rule", "on"):
            self.show_asked()
        if name == "rule":
            rule = self._rule()
            self.form.set_values({"months": rule.months if rule else 1})

    def _rule(self) -> Any:
        values = self.form.values()
        return payments.rule_on(self._desk, values["rule"] or "", values["on"] or self._desk.today)

    def show_asked(self) -> None:
        """The fields of the sum that is chosen."""
        rule = self._rule()
        for name, box in self.form.boxes.items():
            if name.startswith(sum_fields.PLACE):
                box.setVisible(bool(rule) and name.removeprefix(sum_fields.PLACE) in rule.asks)
        self.form.boxes["tenge"].setVisible(bool(rule) and rule.ceiling)
        self.form.boxes["months"].setVisible(bool(rule) and rule.months > 1)
        self.form.boxes["party"].setVisible(bool(rule) and rule.paid_by == PaidBy.EMPLOYER)


def ask_payment(work: Workplace, known: Demand | None = None) -> PaymentDialog:
    """Ask for a new payment; `known` is what the page it is asked on tells."""
    desk = work.desk
    asked = sum_fields.all_asked(desk)
    specs = [sum_fields.spec_of(desk, name, words) for name, words in asked.items()]
    given = tuple((one.name,) for one in specs)
    begin = known or Demand(rule="", person="")
    question = Question(
        key=f"person.payment/{begin.person}",
        title=_NEW,
        button=_NEW_BUTTON,
        lead=_NEW_LEAD,
        specs=(_PERSON, spec(Payment, "rule"), *specs, _TENGE, _PARTY, _MONTHS, _ON, spec(Payment, "due_on")),
        sections=(
            Section(
                "", (("person",), ("rule",), *given, ("tenge",), ("party",), ("months",), ("on", "due_on"))
            ),
        ),
        save=functools.partial(_demand, known=begin),
        words=made_words,
        values={
            "person": begin.person or None,
            "rule": begin.rule,
            "party": begin.party,
            "months": begin.months,
            "on": begin.on or desk.today,
            "due_on": begin.due_on,
            **_shown(desk, asked, begin.given),
        },
        foretell=functools.partial(_foretell, known=begin),
        sources=with_people(work.desk, with_hosts(work)),
    )
    dialog = PaymentDialog(work, question)
    dialog.open()
    dialog.form.go_to("rule" if begin.person else "person")
    return dialog


def _shown(desk: Desk, asked: Mapping[str, tuple[str, ...]], given: Mapping[str, object]) -> dict[str, Any]:
    """Known answers as the fields hold them."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        field = sum_fields.spec_of(desk, name, asked.get(name, ())).field
        is_choice = isinstance(field, Choice)
        found[sum_fields.PLACE + name] = (
            field.read(str(value), today=desk.today) if is_choice else int(str(value))
        )
    return found


def _wanted(desk: Desk, values: dict[str, Any], known: Demand) -> Demand:
    rule = payments.rule_on(desk, values["rule"] or "", values["on"] or desk.today)
    given = sum_fields.typed(values)
    asks = rule.asks if rule else {}
    return replace(
        known,
        rule=values["rule"] or "",
        person=values["person"] or "",
        given={name: value for name, value in given.items() if name in asks},
        on=values["on"],
        party=values["party"] if rule and rule.paid_by == PaidBy.EMPLOYER else known.party,
        due_on=values["due_on"],
        tenge=values["tenge"] if rule and rule.ceiling else None,
        months=values["months"] or 1 if rule and rule.months > 1 else 1,
    )


def _demand(desk: Desk, values: dict[str, Any], known: Demand) -> Done[tuple[Payment, ...]]:
    return payments.demand_payment(desk, _wanted(desk, values, known))


def _foretell(desk: Desk, values: dict[str, Any], known: Demand) -> Sequence[Finding]:
    return (
        payments.foretell(desk, _wanted(desk, values, known)) if values["rule"] and values["person"] else ()
    )


def made_words(done: Done[tuple[Payment, ...]]) -> str:
    """What was put into the register."""
    made, whole = done.value, sum(one.tenge or 0 for one in done.value)
    words = said(_MADE, number=made[0].number, tenge=number(whole))
    return words if len(made) == 1 else said(_MADE_MANY, n=len(made), tenge=number(whole))


def ask_receipt(work: Workplace, payment: Payment) -> FormDialog:
    """Ask for the receipt; what the first support obliges to is asked with it."""
    rule = payments.rule_on(work.desk, payment.rule, payment.counted_on or work.desk.today)
    obliges = bool(rule and rule.obliges) and obligations.holding(work.desk, payment.person or "") is None

    def receipt(values: dict[str, Any]) -> Receipt:
        number_, oblige = values["receipt"] or "", bool(values.get("oblige"))
        return Receipt(number_, values["paid_on"], values["paid"], oblige)

    def save(desk: Desk, values: dict[str, Any]) -> Done[Payment]:
        return receipts.record_receipt(desk, payment.uid, receipt(values))

    def foretell(desk: Desk, values: dict[str, Any]) -> Sequence[Finding]:
        return receipts.check_receipt(desk, payment.uid, receipt(values))

    rows: tuple[tuple[str, ...], ...] = (("receipt",), ("paid_on",), ("paid",))
    question = Question(
        key=f"payment.receipt/{payment.uid}",
        title=said(_RECEIPT, number=payment.number),
        button=_RECEIPT_BUTTON,
        lead=_about(work, payment),
        specs=[spec(Payment, "receipt"), spec(Payment, "paid_on"), _PAID, _OBLIGE],
        sections=(Section("", (*rows, ("oblige",)) if obliges else rows),),
        save=save,
        words=_paid_words,
        values={
            "paid_on": work.desk.today,
            "oblige": obliges and obligations.begins_with(work.desk, payment),
        },
        foretell=foretell,
        width=NARROW,
        start="receipt",
    )
    return ask(work, question)


def _paid_words(done: Done[Payment]) -> str:
    """What was paid, and what is left where it was a part."""
    paid, rest = number(done.value.paid or 0), number(done.value.rest)
    message = _PAID_PART if done.value.rest else _PAID_DONE
    told = said(message, number=done.value.number, tenge=paid, rest=rest)
    return with_warnings(told, [one for one in done.findings if one.code != "payment.part"])


def _about(work: Workplace, payment: Payment) -> str:
    """What the payment is for, in one line; not an English message any more."""
    title = work.desk.lists.label("amounts", payment.rule)
    whole = f"{title}: {number(payment.tenge or 0)} ₸"
    if payment.paid:
        whole += "; " + said(_LEFT, rest=number(payment.rest))
    return whole.replace("{", "(").replace("}", ")")


def ask_waive(work: Workplace, payment: Payment) -> FormDialog:
    """Ask by which act a sum is not levied; a special regime is proposed."""
    proposed = payments.proposed_waiver(work.desk, payment)
    return _close(work, payment, (_WAIVE, _WAIVE_BUTTON, _WAIVE_LEAD, _WAIVED), payments.waive, proposed)


def ask_cancel(work: Workplace, payment: Payment) -> FormDialog:
    """Ask why a sum is taken out."""
    return _close(work, payment, (_CANCEL, _CANCEL_BUTTON, _CANCEL_LEAD, _CANCELLED), payments.cancel)


def _close(
    work: Workplace, payment: Payment, told: tuple[str, str, str, str], act: Any, proposed: str = ""
) -> FormDialog:
    title, button, lead, done_words = told

    def save(desk: Desk, values: dict[str, Any]) -> Done[Payment]:
        done: Done[Payment] = act(desk, payment.uid, values["why"])
        return done

    question = Question(
        key=f"payment.{act.__name__}/{payment.uid}",
        title=said(title, number=payment.number),
        button=button,
        lead=lead,
        specs=(_WHY,),
        sections=(Section("", (("why",),)),),
        save=save,
        words=lambda done: said(done_words, number=done.value.number),
        values={"why": proposed},
        width=NARROW,
    )
    return ask(work, question)


def ask_begin(work: Workplace, person: str, case: Case | None = None) -> FormDialog:
    """Ask from which day somebody is bound to stay."""
    names = ("began_on", "region")

    def save(desk: Desk, values: dict[str, Any]) -> Done[Obligation]:
        where, uid = values["region"] or "", case.uid if case else None
        return obligations.begin(desk, person, region=where, case=uid, on=values["began_on"])

    question = Question(
        key=f"person.obligation/{person}",
        title=_BEGIN,
        button=_BEGIN,
        lead=_BEGIN_LEAD,
        specs=[spec(Obligation, name) for name in names],
        sections=(Section("", tuple((name,) for name in names)),),
        save=save,
        words=lambda done: said(_BEGUN, day=show_day(done.value.ends_on)),
        values={"began_on": work.desk.today, "region": work.desk.office.region},
        width=NARROW,
    )
    return ask(work, question)


def ask_end(work: Workplace, bound: Obligation) -> FormDialog:
    """Ask how an obligation ends before its time, and why."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Obligation]:
        broken = values["state"] is ObligationState.BROKEN
        return obligations.end(desk, bound.uid, values["why"], broken=broken, on=values["ended_on"])

    def words(done: Done[Obligation]) -> str:
        repay = done.value.to_repay
        return said(_RELEASED) if repay is None else said(_BROKEN, tenge=number(repay))

    def foretell(desk: Desk, values: dict[str, Any]) -> Sequence[Finding]:
        left = obligations.check_leaving(desk, bound.person or "", values["ended_on"] or desk.today)
        return left if values["state"] is ObligationState.BROKEN else ()

    names = ("state", "ended_on")
    question = Question(
        key=f"obligation.end/{bound.uid}",
        title=_END,
        button=_END_BUTTON,
        lead=_END_LEAD,
        specs=[*(spec(Obligation, name) for name in names), _WHY],
        sections=(Section("", (("state",), ("ended_on",), ("why",))),),
        save=save,
        words=words,
        values={"state": ObligationState.BROKEN, "ended_on": work.desk.today},
        foretell=foretell,
        width=NARROW,
    )
    return ask(work, question)
