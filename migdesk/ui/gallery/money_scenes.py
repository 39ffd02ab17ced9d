"""Pictures of payments: the tab of a person, one payment, one obligation, and the small windows that ask."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.case import Case
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.payment import Payment
from migdesk.services import listing, records
from migdesk.services.cases import cases
from migdesk.services.desk import Desk
from migdesk.services.payments import obligations, payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.ui.files.money import payment_questions as questions
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.gallery.scenes import asked_over, file_content, window_over
from migdesk.ui.workplace import Kind, ListWanted, Workplace

Scene = Callable[[], QWidget]

_KANDAS = (Filter("purpose", Test.IS, "kandas"),)


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them, over a person who got support and is bound to stay."""
    payment, bound = _supported(desk)
    rent = Demand("support.rent", payment.person or "", {"persons": 3, "settlement": "urban"}, months=12)
    case = cases.open_case(
        desk,
        Case(service="pmzh", person=payment.person, applied_on=desk.today - timedelta(days=2)),
        [payment.person or ""],
    ).value
    return {
        "page-payments": functools.partial(_page, desk),
        "person-payments": functools.partial(_person, desk, payment.person or ""),
        "file-payment": functools.partial(_file, desk, Kind.PAYMENT, payment.uid),
        "file-obligation": functools.partial(_file, desk, Kind.OBLIGATION, bound),
        "file-case-fee": functools.partial(_file, desk, Kind.CASE, case.uid),
        "ask-payment": functools.partial(_asked, desk, lambda work: questions.ask_payment(work, rent)),
        "ask-receipt": functools.partial(_asked, desk, lambda work: questions.ask_receipt(work, payment)),
        "ask-waive": functools.partial(_asked, desk, lambda work: questions.ask_waive(work, payment)),
        "ask-obligation-end": functools.partial(
            _asked, desk, lambda work: questions.ask_end(work, obligations.listed(desk)[0])
        ),
    }


def _supported(desk: Desk) -> tuple[Payment, str]:
    """A payment that is due, of somebody who got others and is bound; and what binds him."""
    arrived = listing.open_list(desk, Query("arrivals", _KANDAS, order="-arrived_on"))
    person = records.open_arrival(desk, arrived.uid(arrived.first(1)[0])).person.uid
    given = {"persons": 3, "settlement": "urban"}
    rent = payments.demand_payment(desk, Demand("support.rent", person, given, months=12)).value
    receipts.pay(desk, rent[0].uid, "000417")
    part = receipts.pay(desk, rent[1].uid, "000418", tenge=40_000).value
    obligations.begin(desk, person)
    return part, obligations.listed(desk, person)[0].uid


def _page(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.list_wanted.emit(ListWanted("payments", "due"))
    QApplication.processEvents()
    return window


def _file(desk: Desk, kind: Kind, uid: str) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(kind, uid)
    file_content(window)
    return window


def _asked(desk: Desk, ask: Callable[[Workplace], QWidget]) -> QWidget:
    window = window_over(desk)
    window.show()
    return asked_over(window, ask(window.work))


def _person(desk: Desk, uid: str) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.PERSON, uid)
    content = file_content(window)
    if isinstance(content, PersonContent) and content.tabs:
        content.tabs.open("payments")
    QApplication.processEvents()
    return window
