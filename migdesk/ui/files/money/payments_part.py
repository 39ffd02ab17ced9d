"""Payments inside another file: of a person with the obligations to stay, of a case."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.fields import Whole
from migdesk.domain.listing import Column, Look
from migdesk.domain.payment import Obligation, ObligationState, Payment, PaymentState
from migdesk.i18n import N_
from migdesk.services import owed, waiting_fees
from migdesk.services.payments import money_sums
from migdesk.services.payments.payments import Demand
from migdesk.services.records import CaseView
from migdesk.ui.files.money.payment_questions import ask_begin, ask_payment, made_words
from migdesk.ui.files.pieces.short_list import ShortList, column, record_rows, settled, show
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.parts.actions import Action, Button, Command
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Kind, Workplace

TITLE, BOUND = N_("Payments"), N_("Obligations to stay")
_NEW, _BEGIN = N_("New payment…"), N_("Begin an obligation…")
_PUT = N_("Put the fee into the register")
_NONE = N_("No payments")
_HOW = N_("What a decision makes due comes here by itself.")
_NOT_BOUND = N_("Nobody is bound")
_FEW = 4
_HIDDEN = ("number", "paid_on", "receipt", "paid_by")
_COLUMNS = (
    column(Payment, "rule", 200),
    column(Payment, "tenge", 90),
    Column("rest", Whole(N_("Left, ₸")), 90, "right"),
    column(Payment, "state", 110, Look.STATE),
    column(Payment, "due_on", 120, Look.DUE),
    column(Payment, "number", 140),
    column(Payment, "paid_on", 100),
    column(Payment, "receipt", 120),
    column(Payment, "paid_by", 110),
)


def rows_of(work: Workplace, name: str, payments: Sequence[Payment], *, few: int = 0) -> QWidget:
    """The payments as a list; one opens in a tab."""
    rows = [
        tuple(
            settled(one.due_on, runs=one.state is PaymentState.DUE)
            if at.key == "due_on"
            else getattr(one, at.key)
            for at in _COLUMNS
        )
        for one in payments
    ]
    words = Words("payments", _NONE, _HOW)
    what = ShortList(name, TITLE, _COLUMNS, rows, [one.uid for one in payments], words, _HIDDEN)
    return show(work, what, lambda uid: work.open(Kind.PAYMENT, uid), whole=True, few=few)


def sums_of(payments: Sequence[Payment]) -> str:
    """What is due and what was paid, in tenge, by direction."""
    return money_sums.words_of(money_sums.of_payments(payments))


class PaymentsPart(QWidget):
    """The payments of a person, their sums, and what binds him to stay."""

    def __init__(
        self, work: Workplace, person: str, payments: Sequence[Payment], bound: Sequence[Obligation]
    ) -> None:
        super().__init__()
        new = functools.partial(ask_payment, work, Demand(rule="", person=person))
        self.new = Command(Action("person.payment", _NEW, new, "add", in_bar=False), self)
        self.begin = Command(
            Action(
                "person.obligation", _BEGIN, functools.partial(ask_begin, work, person), "add", in_bar=False
            ),
            self,
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S)
        lines.addWidget(Button(self.new), 0, Qt.AlignmentFlag.AlignLeft)
        sums = Label("", "muted")
        sums.show_text(sums_of(payments))
        lines.addWidget(sums)
        lines.addWidget(rows_of(work, "file.payments", payments))
        lines.addWidget(Label(BOUND, "section"))
        if not any(one.state is ObligationState.OPEN for one in bound):
            lines.addWidget(Button(self.begin), 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(_bound(work, bound))
        lines.addStretch(1)


def _bound(work: Workplace, bound: Sequence[Obligation]) -> QWidget:
    columns = (
        column(Obligation, "region", 180),
        column(Obligation, "began_on", 110),
        column(Obligation, "ends_on", 120),
        column(Obligation, "state", 120, Look.STATE),
        column(Obligation, "to_repay", 140),
    )
    uids = [one.uid for one in bound]
    what = ShortList(
        "file.obligations", BOUND, columns, record_rows(columns, bound), uids, Words("lock", _NOT_BOUND)
    )
    return show(work, what, lambda uid: work.open(Kind.OBLIGATION, uid), whole=True)


def case_card(work: Workplace, view: CaseView) -> list[QWidget]:
    """The sums of a case; nothing while there are none."""
    sums = view.file.sums
    return [card(rows_of(work, "file.sums", sums, few=_FEW), title=TITLE)] if sums else []


def fee_card(work: Workplace, view: CaseView) -> list[QWidget]:
    """That the fee of a case waits for the register, and the act that puts it there; nothing of any other."""
    if not view.waiting:
        return []
    told = FindingsView()
    told.show_findings(view.waiting)
    parts: list[QWidget] = [told]
    if any(one.code == waiting_fees.READY for one in view.waiting):
        run = functools.partial(put_fees, work, view.file.case.uid)
        put = Action("case.fee", _PUT, run, "add", in_bar=False)
        parts.append(Button(Command(put, told)))
    return [card(*parts, title=TITLE)]


def put_fees(work: Workplace, case: str | None = None) -> None:
    """Put waiting fees into the register, of a case or of all open ones."""
    work.do(waiting_fees.put, case, words=made_words, failed=work.tell_error)


def case_actions(work: Workplace, view: CaseView) -> list[Action]:
    """A payment of this case, with what it knows."""
    case = view.file.case
    known = Demand(rule="", person=case.person or "", case=case.uid, party=case.party, region=case.region)

    def begin() -> None:
        service = work.desk.find_procedure(case.service, case.applied_on or work.desk.today)
        fee = owed.by_filing(work.desk, case, service) if service else []
        ask_payment(work, fee[0].demand if fee and not view.file.sums else known)

    return [Action("case.payment", _NEW, begin, "payments")]
