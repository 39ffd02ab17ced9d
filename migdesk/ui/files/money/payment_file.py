"""The file of a payment, and that of an obligation to stay: what, whose, why, and what can be done with it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.case import Case
from migdesk.domain.dates import show_day
from migdesk.domain.fields import spec
from migdesk.domain.finding import Finding, Source
from migdesk.domain.money import grouped_text
from migdesk.domain.party import Party
from migdesk.domain.payment import Obligation, ObligationState, Payment, PaymentPart, PaymentState
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.payments import obligations, paid_parts, payments
from migdesk.ui.files.money.payment_questions import ask_cancel, ask_end, ask_receipt, ask_waive
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.why_date import TermsRail
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card, column, link
from migdesk.ui.parts.facts import Fact, Facts, fact_of, facts_of
from migdesk.ui.parts.findings_view import FindingsView, source_words
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.reasons import confidence_pill
from migdesk.ui.parts.states import due_pill, state_pill
from migdesk.ui.workplace import Kind, Workplace

_DETAILS, _WORKED, _ACT = N_("Details"), N_("How the sum was worked out"), N_("Act")
_RECEIPT, _WAIVE, _CANCEL = N_("Record the receipt…"), N_("Not levied…"), N_("Cancel…")
_MRP = N_("{count} × {mrp} ₸")
_LEFT, _LATER = N_("Left to pay, tenge"), N_("MRP of a later year")
_RECEIPTS, _PART = N_("Receipts"), N_("{receipt}: {tenge} ₸")
_END = N_("Broken or released…")
_REPAY = N_("Received since it began, tenge")


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment with whom and what it is about, and the act behind the sum."""

    payment: Payment
    person: Person
    party: Party | None
    case: Case | None
    permit: Permit | None
    source: Source | None
    parts: tuple[PaymentPart, ...] = ()
    awaits_mrp: bool = False


@dataclass(frozen=True, slots=True)
class ObligationView:
    """An obligation with whom it binds, its case, and what was received since it began."""

    bound: Obligation
    person: Person
    case: Case | None
    received: int
    left: tuple[Finding, ...] = ()


def load_payment(desk: Desk, uid: str) -> PaymentView:
    """Everything the file shows.

    Raises:
        NotFound: no such payment.
    """
    store = desk.store
    payment = store.get(Payment, uid)
    rule = payments.rule_on(desk, payment.rule, payment.counted_on or desk.today)
    return PaymentView(
        payment,
        store.get(Person, payment.person or ""),
        store.find(Party, payment.party) if payment.party else None,
        store.find(Case, payment.case) if payment.case else None,
        store.find(Permit, payment.permit) if payment.permit else None,
        rule.citation.source if rule else None,
        tuple(paid_parts.parts_of(desk, payment)),
        payments.awaits_mrp(desk, payment),
    )


def load_obligation(desk: Desk, uid: str) -> ObligationView:
    """Everything the file shows.

    Raises:
        NotFound: no such obligation.
    """
    bound = desk.store.get(Obligation, uid)
    case = desk.store.find(Case, bound.case) if bound.case else None
    person, received = desk.store.get(Person, bound.person or ""), obligations.to_repay(desk, bound)
    return ObligationView(bound, person, case, received, tuple(obligations.check_left(desk, bound)))


class _Content(QWidget):
    """A band and cards; what can be done stands in the band."""

    def __init__(self, band: Band, parts: Sequence[QWidget], acts: Sequence[Action]) -> None:
        super().__init__()
        self._acts = acts
        band.add_actions(acts[0] if acts else None, acts[1:])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(column(band, *parts, stretch=True)))

    def acts(self) -> Sequence[Action]:
        """What can be done here."""
        return self._acts

    def enter(self) -> None:
        """Enter does what the first button says."""
        if self._acts:
            self._acts[0].run()


def _band(opened: Opened, title: str, pills: list, person: Person) -> Band:  # type: ignore[type-arg]
    band = Band(title, [one for one in pills if one], kind="title" if opened.wide else "section")
    name = link(person.full_name)
    name.clicked.connect(lambda _on=False: opened.work.open(Kind.PERSON, person.uid))
    band.add_widget(name)
    return band


def build_payment(opened: Opened) -> QWidget:
    """The file of a payment."""
    work, view = opened.work, opened.data
    assert isinstance(view, PaymentView)
    payment, desk = view.payment, work.desk
    runs = payment.state is PaymentState.DUE
    pills = [state_pill(spec(Payment, "state").field, payment.state)]
    pills.append(due_pill(payment.due_on, desk.today) if runs else None)
    band = _band(opened, desk.lists.label("amounts", payment.rule), pills, view.person)
    facts = [fact_of(desk, payment, name) for name in ("number", "tenge", "due_on", "paid_on", "receipt")]
    if payment.rest and payment.paid:
        facts.insert(2, Fact(_LEFT, number(payment.rest)))
    if payment.overpaid:
        facts.insert(2, Fact(N_("Overpaid, tenge"), number(payment.overpaid)))
    band.add_facts(facts)
    worked = facts_of(desk, payment, "given", "counted_on")
    worked.insert(0, Fact(N_("MRP"), said(_MRP, count=payment.mrp_count, mrp=grouped_text(payment.mrp))))
    if view.awaits_mrp:
        worked.append(Fact(_LATER, said(payments.COUNTED_LATER, day=show_day(payment.counted_on))))
    if view.source:
        worked.append(Fact(_ACT, source_words(view.source)))
    details = facts_of(desk, payment, "paid_by", "paid", "region", "why", "note")
    details += _about(work, view)
    parts: list[QWidget] = [card(Facts(worked, most=1), title=_WORKED)]
    if view.source:
        parts.append(confidence_pill(view.source))
    if len(view.parts) > 1 or (payment.rest and view.parts):
        parts.insert(0, card(Facts([_part(one) for one in view.parts], most=1), title=_RECEIPTS))
    if runs:
        parts.append(_why(work, TermKind.PAYMENT, payment.due_on, payment.uid, view.person))
    return _Content(band, [*parts, card(Facts(details), title=_DETAILS)], _payment_acts(work, payment))


def _why(work: Workplace, kind: TermKind, due: date | None, uid: str, person: Person) -> QWidget:
    """The term of a payment or an obligation with “why this date?”."""
    return TermsRail(work, [OpenTerm(kind, due, uid, person.uid, person.full_name)] if due else [])


def _part(one: PaymentPart) -> Fact:
    """One receipt of several: its day, number and sum."""
    return Fact(show_day(one.paid_on), said(_PART, receipt=one.receipt, tenge=number(one.tenge or 0)))


def _about(work: Workplace, view: PaymentView) -> list[Fact]:
    """Employer, case and permit, each opens."""
    found = []
    party, case, permit = view.party, view.case, view.permit
    if party:
        found.append(Fact(N_("Employer"), party.name, lambda: work.open(Kind.PARTY, party.uid)))
    if case:
        found.append(Fact(N_("Case"), case.number, lambda: work.open(Kind.CASE, case.uid)))
    if permit:
        found.append(Fact(N_("Permit"), permit.number, lambda: work.open(Kind.PERMIT, permit.uid)))
    return found


def _payment_acts(work: Workplace, payment: Payment) -> list[Action]:
    if payment.state is not PaymentState.DUE:
        return []
    told = (
        ("payment.receipt", _RECEIPT, ask_receipt, "ok"),
        ("payment.waive", _WAIVE, ask_waive, "annul"),
        ("payment.cancel", _CANCEL, ask_cancel, "close"),
    )
    return [Action(key, words, functools.partial(run, work, payment), icon) for key, words, run, icon in told]


def build_obligation(opened: Opened) -> QWidget:
    """The file of an obligation to stay."""
    work, view = opened.work, opened.data
    assert isinstance(view, ObligationView)
    bound, desk = view.bound, work.desk
    pills = [state_pill(spec(Obligation, "state").field, bound.state)]
    band = _band(opened, said(Obligation.title), pills, view.person)
    band.add_facts([fact_of(desk, bound, name) for name in ("region", "began_on", "ends_on")])
    details = facts_of(desk, bound, "ended_on", "to_repay", "why")
    if bound.state is ObligationState.OPEN:
        details.insert(0, Fact(_REPAY, number(view.received)))
    case = view.case
    if case:
        details.append(Fact(N_("Case"), case.number, lambda: work.open(Kind.CASE, case.uid)))
    told = FindingsView()
    told.show_findings(view.left)
    runs = bound.state is ObligationState.OPEN
    parts: list[QWidget] = [told, card(Facts(details), title=_DETAILS)]
    if runs:
        parts.insert(1, _why(work, TermKind.OBLIGATION, bound.ends_on, bound.uid, view.person))
    acts = [Action("obligation.end", _END, functools.partial(ask_end, work, bound), "annul")]
    return _Content(band, parts, acts if runs else [])


PAYMENT = FileSpec(
    kind=Kind.PAYMENT,
    icon="payments",
    title=N_("Payment"),
    load=load_payment,
    build=build_payment,
    name=lambda data: data.payment.number,
    watches=frozenset({"payment", "payment_part", "person", "party", "cases", "permit"}),
    help="payments",
)
OBLIGATION = FileSpec(
    kind=Kind.OBLIGATION,
    icon="lock",
    title=N_("Obligation to stay"),
    load=load_obligation,
    build=build_obligation,
    name=lambda data: data.person.full_name,
    watches=frozenset({"obligation", "payment", "person", "cases", "departure"}),
    help="payments",
)
