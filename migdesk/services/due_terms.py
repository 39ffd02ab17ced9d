"""The printed list of what is due: what is overdue first, then what has been announced, each with its step."""

from __future__ import annotations

from datetime import date
from typing import Any

from migdesk.domain.errors import NotFound
from migdesk.domain.party import Party
from migdesk.domain.person import Person
from migdesk.domain.terms import OpenTerm
from migdesk.i18n import N_, _
from migdesk.services import day
from migdesk.services.day import TermWhy
from migdesk.services.desk import Desk

_MOST = 5000
_OVERDUE, _TODAY, _AHEAD = N_("overdue: {n}"), N_("today"), N_("in {n} days")


def lines(desk: Desk, until: date) -> list[tuple[Any, ...]]:
    """Due day, state, step, what, who, phone and ground of every term that is overdue or announced by a day."""
    found = []
    for term in day.list_terms(desk, until=until, limit=_MOST):
        why = _why(desk, term)
        step = why.step(desk.today)
        if term.due >= desk.today and step is None:
            continue
        person = desk.store.find(Person, term.person_uid) or desk.store.find(Party, term.record_uid)
        phone = person.phone if person else ""
        said = (term.due, state(term.due, desk.today), step, _(term.title), term.name, phone, why.rule)
        found.append(said)
    return found


def state(due: date, today: date) -> str:
    """How far off a due day is, in the current language."""
    left = (due - today).days
    if left < 0:
        return _(_OVERDUE).format(n=-left)
    return _(_AHEAD).format(n=left) if left else _(_TODAY)


def _why(desk: Desk, term: OpenTerm) -> TermWhy:
    try:
        return day.explain_term(desk, term)
    except NotFound:
        return TermWhy(term, "", "")
