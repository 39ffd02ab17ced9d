"""Payments: what is to be paid, what is overdue, what was paid, with the sums; the chosen one at the right."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.payment import PaidBy, PaymentState
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.listing import OVERDUE, PAID, TO_PAY
from migdesk.services.payments import money_sums
from migdesk.ui.files.money import payment_file
from migdesk.ui.files.money.payment_questions import ask_payment
from migdesk.ui.files.money.payments_part import put_fees
from migdesk.ui.lists.filters import View, choice_options, coming_periods
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, MenuSpec, lists
from migdesk.ui.workplace import Workplace

TITLE = N_("Payments")
_NEW, _FEES = N_("New payment"), N_("Enter waiting fees")
_FEES_HINT = N_("Put fees that waited for their MRP into the register")


def _settled(row: Mapping[str, Any]) -> Collection[str]:
    """Only a sum that is still to be paid has a last day that runs."""
    return () if row["state"] is PaymentState.DUE else ("due_on",)


def sums(desk: Desk, query: Query) -> str:
    """The sums of all rows, by direction."""
    return money_sums.words_of(money_sums.of_list(desk, query))


def _of(state: PaymentState) -> tuple[Filter, ...]:
    return (Filter("state", Test.IS, state.value),)


SPEC = ListSpec(
    name="payments",
    title=TITLE,
    file=payment_file.PAYMENT,
    watches=frozenset({"payment", "person", "party", "cases"}),
    empty=Words("payments", N_("No payments here"), N_("What a decision makes due comes here by itself.")),
    views=(
        View("due", N_("To be paid"), TO_PAY),
        View("overdue", N_("Overdue"), OVERDUE),
        View("paid", N_("Paid"), PAID),
        View("waived", N_("Not levied"), _of(PaymentState.WAIVED)),
        View("all", N_("All")),
    ),
    filters=(
        lists("rule", N_("Sum by the rule"), "amounts"),
        MenuSpec("paid_by", N_("Paid by"), lambda _desk: choice_options("paid_by", PaidBy)),
        MenuSpec("due_on", N_("To be paid by"), lambda _desk: coming_periods("due_on")),
    ),
    # no state: each view but the last is of one, and what is settled has nothing left to pay
    fronts=(
        Front("name", 104, N_("Person")),
        Front("rule", 104, N_("For what")),
        Front("tenge", 64, N_("Sum, ₸")),
        Front("rest", 64, N_("Left, ₸")),
        Front("due_on", 100),
    ),
    settle=_settled,
    total=sums,
    acts=lambda work: [
        Action("payment.new", _NEW, functools.partial(ask_payment, work), "add", "Ctrl+N"),
        Action("payment.fees", _FEES, functools.partial(put_fees, work), hint=_FEES_HINT, in_bar=False),
    ],
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page of the side bar."""
    return ListPage(work, frame, SPEC)
