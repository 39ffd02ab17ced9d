"""Contacts of a person, a case for each of them, and the daily checks in the window of a case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.case_check import CaseCheck, CheckOutcome
from migdesk.domain.person import Person
from migdesk.services.arrivals import companions
from migdesk.services.cases import cases
from migdesk.services.terms import monitoring
from migdesk.ui.files.cases.case_file import CaseContent
from migdesk.ui.files.cases.many_cases import ask_many_cases, print_papers
from migdesk.ui.files.cases.new_case import ask_new_case
from migdesk.ui.files.people.contacts import ask_contacts
from migdesk.ui.workplace import Kind
from tests.ui.seen import assert_all_named, assert_nothing_clipped

SERVICE = "quarantine_order"


def answers(desk):
    return {
        "act": "БСД № 14",
        "act_on": desk.today,
        "ground": "contact",
        "quarantine_place": "Абай к-сі, 7",
        "watched_from": desk.today - timedelta(days=2),
        "watched_until": desk.today + timedelta(days=12),
    }


@pytest.fixture
def two(eye):
    """Two people who live here."""
    found = eye.desk.store.live(Arrival, left_on=None, limit=40)
    return list(dict.fromkeys(one.person for one in found))[:2]


@pytest.fixture
def case(eye, two):
    desk = eye.desk
    made = Case(service=SERVICE, person=two[0], applied_on=desk.today - timedelta(days=2))
    return cases.open_case(desk, made, (), answers(desk)).value


def test_the_check_of_today_is_the_first_thing_to_do(eye, case):
    content = eye.file(Kind.CASE, case.uid)
    assert isinstance(content, CaseContent)
    content.enter()
    dialog = eye.dialog()
    assert dialog.form.boxes["day"].value() == eye.desk.today
    dialog.form.boxes["outcome"].set_value(CheckOutcome.ABSENT)
    dialog.save()
    watch = monitoring.watch_of(eye.desk, case)
    assert [one.outcome for one in watch.checks] == [CheckOutcome.ABSENT]
    content = eye.file(Kind.CASE, case.uid)
    assert content.acts()[0].key == "case.next" and "check" not in content.acts()[0].title
    assert {"case.check", "case.prolong"} <= {one.key for one in content.acts()}
    assert_all_named(content)


def test_the_days_are_prolonged_in_the_window(eye, case):
    monitoring.record_check(eye.desk, case.uid, CaseCheck())
    content = eye.file(Kind.CASE, case.uid)
    next(one for one in content.acts() if one.key == "case.prolong").run()
    dialog = eye.dialog()
    dialog.form.boxes["until"].set_value(eye.desk.today + timedelta(days=20))
    dialog.save()
    assert monitoring.watch_of(eye.desk, case).until == eye.desk.today + timedelta(days=20)


def test_who_gets_no_case_is_said_before_the_others_get_theirs(eye, case, two, tmp_path):
    dialog = ask_many_cases(eye.window.work, two, SERVICE)
    dialog._foretell()
    words = " ".join(label.text() for label in dialog.foretold.findChildren(QLabel))
    assert "1 of 2" in words and eye.desk.store.get(Person, two[0]).full_name in words
    for key, value in answers(eye.desk).items():
        dialog._question.more.boxes[f"details.{key}"].set_value(value)
    assert_nothing_clipped(dialog)
    made = [one for one in eye.desk.store.live(Case, service=SERVICE) if one.uid == case.uid]
    print_papers(eye.window.work, made, SERVICE, tmp_path / "orders.pdf")
    assert (tmp_path / "orders.pdf").is_file() and len(list((tmp_path / "orders").iterdir())) == 1


def test_contacts_open_in_a_window_and_lead_to_their_cases(eye, two):
    person = next(
        one
        for arrival in eye.desk.store.live(Arrival, left_on=None)
        if companions.of_person(eye.desk, (one := eye.desk.store.get(Person, arrival.person)).uid)
    )
    dialog = ask_contacts(eye.window.work, person)
    assert dialog.table is not None and dialog.cases.isEnabled()
    assert_all_named(dialog)
    dialog.open_cases()
    assert eye.dialog().form.boxes["service"].value() in ("", None)


def test_contacts_of_earlier_days_that_come_late_are_dropped(eye, two, monkeypatch):
    """Two readers answer in any order: what was asked for last is shown."""
    asked = []
    work, person = eye.window.work, eye.desk.store.get(Person, two[0])
    monkeypatch.setattr(
        work.tasks, "read", lambda _run, *_args, done, failed, **_named: asked.append((done, failed))
    )
    dialog = ask_contacts(work, person)
    dialog.since.set_value(eye.desk.today)
    dialog.read()
    monkeypatch.undo()
    (early, early_failed), (late, _failed) = asked
    late([])
    shown, words = dialog.table, dialog.counts.text()
    early([None])
    early_failed(ValueError())
    assert dialog.table is shown and dialog.counts.text() == words and dialog.isVisible()


def test_enter_walks_the_questions_of_the_service_and_those_needed_are_marked(eye, two):
    """Enter went from the fields straight to the button: cases were opened, and orders printed, with no answer."""
    ask_many_cases(eye.window.work, two, SERVICE)
    dialog = eye.dialog()
    part = dialog._question.more
    assert all(box.spec.field.required for box in part.boxes.values())
    dialog.form.go_to("channel")
    for box in part.boxes.values():
        eye.press(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is box.input.widget()
    eye.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.button
    dialog._foretell()
    words = " ".join(label.text() for label in dialog.foretold.findChildren(QLabel))
    assert "Act: body, kind, number" in words
    eye.press(Qt.Key.Key_Return)
    assert len(eye.desk.store.live(Case, service=SERVICE)) == 2
    assert "is not printed" in eye.told()


def test_enter_walks_the_questions_of_a_single_case_too(eye, two):
    ask_new_case(eye.window.work, eye.desk.store.get(Person, two[0]), service=SERVICE)
    dialog = eye.dialog()
    part = dialog._question.more
    dialog.form.go_to("party")
    eye.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is next(iter(part.boxes.values())).input.widget()
    dialog.reject()
