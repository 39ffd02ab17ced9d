"""The page of payments, its windows, the tab of the person, the sums of a case."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.listing import Filter, Test
from migdesk.domain.payment import Obligation, ObligationState, Payment, PaymentState
from migdesk.domain.terms import TermKind
from migdesk.services import day, owed, waiting_fees
from migdesk.services.cases import cases
from migdesk.services.payments import obligations, payments
from migdesk.services.payments.payments import Demand
from migdesk.ui.files.money.payment_questions import PaymentDialog, ask_payment
from migdesk.ui.files.money.payments_part import PaymentsPart
from migdesk.ui.files.pieces.why_date import TermCard, WhyDialog
from migdesk.ui.files.questions import sum_fields
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.parts.actions import Button
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.terms import TermsPage
from migdesk.ui.workplace import Kind
from tests import make
from tests.ui.keys import press
from tests.ui.offices import until
from tests.ui.seen import assert_all_named

CONTROL = Qt.KeyboardModifier.ControlModifier
KANDAS = Filter("purpose", Test.IS, "kandas")


@pytest.fixture
def person(eye) -> str:
    return eye.desk.store.get(Arrival, eye.first("arrivals", KANDAS)).person


def due(eye, person, rule="support.relocation", **given) -> Payment:
    return payments.demand_payment(eye.desk, Demand(rule, person, given)).value[0]


def dialog(eye) -> FormDialog:
    settle()
    return eye.window.findChildren(FormDialog)[-1]


def enter(window) -> None:
    press(window.button, Qt.Key.Key_Return, CONTROL)
    settle()


def test_a_sum_of_old_finds_the_fields_that_its_law_asked_for():
    was = SimpleNamespace(payable=True, asks={"rooms": (), "settlement": ("village",)})
    now = SimpleNamespace(payable=True, asks={"settlement": ("urban", "rural")})
    measure = SimpleNamespace(payable=False, asks={"metres": ()})
    law = SimpleNamespace(packs=[SimpleNamespace(amounts=[was, measure]), SimpleNamespace(amounts=[now])])
    asked = sum_fields.all_asked(SimpleNamespace(law=law))
    assert asked == {"rooms": (), "settlement": ("village", "urban", "rural")}


def test_a_payment_is_asked_with_what_its_rule_asks_and_told_before(eye, person, qtbot):
    page = eye.open("payments")
    before = len(eye.desk.store.live(Payment))
    eye.press(Qt.Key.Key_N, CONTROL)
    window = dialog(eye)
    assert isinstance(window, PaymentDialog)
    shown = window.form.boxes
    assert shown["given.settlement"].isHidden()
    window.form.set_values({"person": person, "rule": "support.rent"})
    window.form.changed.emit("rule")
    assert not shown["given.settlement"].isHidden()
    assert shown["given.days"].isHidden()
    urban = shown["given.settlement"].spec.field.read("urban", today=make.TODAY)
    window.form.set_values({"given.persons": 3, "given.settlement": urban, "months": 2})
    window.form.changed.emit("given.persons")
    until(qtbot, lambda: "25 MRP × 4\u00a0325 ₸ = 108\u00a0125 ₸" in window.foretold.words())
    assert_all_named(window)
    enter(window)
    assert len(eye.desk.store.live(Payment)) == before + 2
    assert isinstance(page, ListPage)


def test_the_sum_of_the_rows_stands_above_them(eye, person, qtbot):
    due(eye, person, persons="2")
    page = eye.open("payments")
    page.views["all"].setChecked(True)
    page.refresh()
    whole = str(sum(one.tenge or 0 for one in eye.desk.store.live(Payment)))
    until(qtbot, lambda: page.total.text() != "")
    assert whole in "".join(one for one in page.total.text() if one.isdigit())


def test_the_payments_need_no_bar_to_the_side(eye, person, application):
    due(eye, person, persons="2")
    eye.window.resize(1366, 768)
    page = eye.open("payments")
    settle()
    heading = page.list.rows.horizontalHeader()
    assert heading.length() <= page.list.rows.viewport().width()


def test_a_receipt_is_recorded_by_keyboard_and_begins_the_obligation(eye, person):
    payment = due(eye, person, persons="1")
    content = eye.file(Kind.PAYMENT, payment.uid)
    assert [one.key for one in content.acts()] == ["payment.receipt", "payment.waive", "payment.cancel"]
    content.enter()
    window = dialog(eye)
    window.form.set_values({"receipt": "R-77", "oblige": True})
    enter(window)
    assert eye.desk.store.get(Payment, payment.uid).state is PaymentState.PAID
    assert obligations.holding(eye.desk, person) is not None


def test_a_part_stays_open_with_its_rest_in_the_file_and_in_the_list(eye, person, qtbot):
    payment = due(eye, person, "duty.permanent_residence")
    content = eye.file(Kind.PAYMENT, payment.uid)
    content.enter()
    window = dialog(eye)
    window.form.set_values({"receipt": "R-1", "paid": 7_300})
    enter(window)
    assert eye.desk.store.get(Payment, payment.uid).state is PaymentState.DUE
    content = eye.file(Kind.PAYMENT, payment.uid)
    shown = " ".join(one.text() for one in content.findChildren(QLabel))
    assert "10\u00a0000" in shown
    assert "R-1: 7\u00a0300 ₸" in shown
    assert content.acts()[0].key == "payment.receipt"
    page = eye.open("payments")
    page.refresh()
    until(qtbot, lambda: "10\u00a0000 ₸" in page.total.text())


def test_a_fee_that_waits_for_its_mrp_is_put_there_from_the_case(eye, person, monkeypatch):
    monkeypatch.setattr(waiting_fees.owed, "write_filed", lambda *_given: None)
    asked = Case(service="pmzh", person=person, applied_on=make.TODAY)
    made = cases.open_case(eye.desk, asked, [person]).value
    content = eye.file(Kind.CASE, made.uid)
    words = "Put the fee into the register"
    next(one for one in content.findChildren(Button) if one.accessibleName() == words).click()
    settle()
    assert [one.tenge for one in eye.desk.store.live(Payment, case=made.uid)] == [17_300]


@pytest.mark.parametrize(("key", "state"), [("payment.waive", "waived"), ("payment.cancel", "cancelled")])
def test_a_payment_is_closed_with_a_reason(eye, person, key, state):
    payment = due(eye, person, persons="1")
    content = eye.file(Kind.PAYMENT, payment.uid)
    next(one for one in content.acts() if one.key == key).run()
    window = dialog(eye)
    window.form.set_values({"why": "act 17"})
    enter(window)
    assert eye.desk.store.get(Payment, payment.uid).state == state


def test_the_persons_file_has_payments_and_what_binds_him(eye, person):
    due(eye, person, persons="1")
    obligations.begin(eye.desk, person)
    content = eye.file(Kind.PERSON, person)
    content.tabs.open("payments")
    settle()
    part = content.findChildren(PaymentsPart)[-1]
    assert_all_named(part)
    bound = eye.desk.store.live(Obligation, person=person)[0]
    of_bound = eye.file(Kind.OBLIGATION, bound.uid)
    of_bound.enter()
    window = dialog(eye)
    window.form.set_values({"why": "moved to Almaty"})
    enter(window)
    assert eye.desk.store.get(Obligation, bound.uid).state is ObligationState.BROKEN


def due_today(eye, person) -> Payment:
    demand = Demand("support.relocation", person, {"persons": "1"}, due_on=eye.desk.today)
    return payments.demand_payment(eye.desk, demand).value[0]


def test_the_files_of_a_payment_and_of_an_obligation_answer_why_this_date(eye, person):
    payment = due_today(eye, person)
    obligations.begin(eye.desk, person)
    bound = eye.desk.store.live(Obligation, person=person)[0]
    for kind, uid, told in (
        (Kind.PAYMENT, payment.uid, "became due"),
        (Kind.OBLIGATION, bound.uid, "support received"),
    ):
        (card,) = eye.file(kind, uid).findChildren(TermCard)
        card.toggle()
        settle()
        assert told in " ".join(one.text() for one in card.findChildren(QLabel))


def test_every_line_of_the_terms_answers_why_this_date(eye, person):
    due_today(eye, person)
    work = eye.window.work
    work.open(Kind.TERMS, "today")
    settle()
    (page,) = eye.window.findChildren(TermsPage)
    kinds = [one.term.kind for one in page.list.lines()]
    page.list.rows.setCurrentIndex(page.list.model.index(kinds.index(TermKind.PAYMENT), 0))
    page.list.explain_current()
    settle()
    (told,) = eye.window.findChildren(WhyDialog)
    assert "became due" in " ".join(one.text() for one in told.findChildren(QLabel))
    told.reject()


def test_a_case_asks_only_for_what_it_does_not_know(eye, person):
    made = cases.open_case(
        eye.desk,
        Case(service="resettler_certificate", person=person, applied_on=make.TODAY),
        (),
        {"use": "buy"},
    ).value
    content = eye.file(Kind.CASE, made.uid)
    assert content.decision.form.boxes["given.sum"].value() is None
    content.decision.form.set_values({"given.sum": 5_000_000})
    assert content.decision.verdict().given == {owed.SUM: "5000000"}


def test_a_case_with_a_fee_first_asks_for_that_payment(eye, person):
    asked = Case(service="pmzh", person=person, applied_on=make.TODAY)
    made = cases.open_case(eye.desk, asked, [person]).value
    content = eye.file(Kind.CASE, made.uid)
    assert [one.rule for one in content.file.sums] == ["duty.permanent_residence"]
    next(one for one in content.acts() if one.key == "case.payment").run()
    window = dialog(eye)
    assert window.form.values()["person"] == person


def test_a_window_of_a_payment_knows_what_its_page_tells(eye, person, qtbot):
    known = Demand("fine.overstay", person, {"days": 5})
    window = ask_payment(eye.window.work, known)
    until(qtbot, lambda: "10 MRP" in window.foretold.words())
    assert window.form.values()["given.days"] == 5


def test_today_counts_what_is_unpaid_and_leads_there(eye, person, qtbot):
    home = eye.open("today")
    days = {"on": date(2026, 11, 16), "due_on": date(2026, 11, 20)}
    late = Demand("duty.permanent_residence", person, **days)
    payments.demand_payment(eye.desk, late)
    home.refresh()
    count = payments.count_unpaid(eye.desk)
    assert count.overdue >= 1
    until(qtbot, lambda: str(count.number) in home.unpaid.text())
    home.unpaid.click()
    settle()
    page = eye.window.findChildren(ListPage)[-1]
    assert (page.spec.name, page.view().key) == ("payments", "overdue")
    terms = [one.kind for one in day.list_terms(eye.desk, until=make.TODAY)]
    assert TermKind.PAYMENT in terms
