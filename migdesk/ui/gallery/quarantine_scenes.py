"""Pictures of a quarantine: its daily checks, a check that is asked, contacts, and a case for each of many."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from migdesk.domain.case import Case
from migdesk.domain.case_check import CaseCheck, CheckOutcome
from migdesk.domain.person import Person
from migdesk.services.arrivals import companions
from migdesk.services.cases import cases
from migdesk.services.desk import Desk
from migdesk.services.terms import monitoring
from migdesk.ui.files.cases.case_file import CaseContent
from migdesk.ui.files.cases.many_cases import ask_many_cases
from migdesk.ui.files.cases.watch_part import ask_check
from migdesk.ui.files.people.contacts import ask_contacts
from migdesk.ui.gallery.case_scenes import open_case, people_of
from migdesk.ui.gallery.scenes import asked_over, file_content, window_over
from migdesk.ui.workplace import Kind

Scene = Callable[[], QWidget]
_SERVICE = "quarantine_order"


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them, over a quarantine that is opened for it."""
    people = people_of(desk)
    watched = _watched(desk, people[2])
    return {
        "quarantine-case": functools.partial(open_case, desk, watched),
        "ask-quarantine-check": functools.partial(_check, desk, watched),
        "ask-contacts": functools.partial(_contacts, desk, people),
        "ask-many-cases": functools.partial(_many, desk, people),
    }


def _answers(desk: Desk) -> dict[str, Any]:
    return {
        "act": "Облыстың бас мемлекеттік санитариялық дәрігерінің № 14 қаулысы",
        "act_on": desk.today - timedelta(days=5),
        "ground": "contact",
        "quarantine_place": "Павлодар қ., Ломов к-сі, 40-үй, 12-пәтер",
        "watched_from": desk.today - timedelta(days=4),
        "watched_until": desk.today + timedelta(days=10),
    }


def _watched(desk: Desk, person: str) -> str:
    first = desk.today - timedelta(days=4)
    case = Case(service=_SERVICE, person=person, applied_on=first, channel="paper")
    made = cases.open_case(desk, case, (), _answers(desk)).value
    found = ((0, CheckOutcome.PRESENT, ""), (1, CheckOutcome.ABSENT, "Есік ашылмады, көршілері көрмеген."))
    for days, outcome, words in (*found, (2, CheckOutcome.BREACH, "Дүкенде жүргенін инспектор көрді.")):
        check = CaseCheck(
            day=first + timedelta(days=days), outcome=outcome, by="Сәрсенбаева Г. Т.", note=words
        )
        monitoring.record_check(desk, made.uid, check)
    return made.uid


def _check(desk: Desk, uid: str) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.CASE, uid)
    content = file_content(window)
    assert isinstance(content, CaseContent)
    return asked_over(window, ask_check(window.work, content.file))


def _contacts(desk: Desk, people: list[str]) -> QWidget:
    window = window_over(desk)
    window.show()
    uid = max(people, key=lambda one: len(companions.of_person(desk, one)))
    return asked_over(window, ask_contacts(window.work, desk.store.get(Person, uid)))


def _many(desk: Desk, people: list[str]) -> QWidget:
    window = window_over(desk)
    window.show()
    return asked_over(window, ask_many_cases(window.work, people, _SERVICE))
