"""Children of families who soon come of age: a reminder of the program, which no act asks for."""

from __future__ import annotations

from datetime import date, timedelta

from migdesk.domain.kin import OF_AGE, birthday
from migdesk.domain.person import Person
from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.services.desk import Desk
from migdesk.store import births

AHEAD = "family.of_age_ahead"
"""The value that says how many days before the day the office is reminded."""


def age(desk: Desk) -> int:
    """With how many full years somebody comes of age."""
    return int(desk.law.value(OF_AGE, desk.today))


def horizon(desk: Desk) -> date:
    """Until which day the office is reminded today."""
    return desk.today + timedelta(days=int(desk.law.value(AHEAD, desk.today)))


def reminders(desk: Desk, *, limit: int) -> list[OpenTerm]:
    """Members of families who live here and come of age soon, the nearest first."""
    found = births.members_of_age(desk.store, age(desk), desk.today, horizon(desk), limit)
    return [_reminder(desk, person) for person in found]


def find_reminder(desk: Desk, person: Person, *, in_family: bool) -> OpenTerm | None:
    """The reminder about one person; nothing when he is far from the day, past it, or alone."""
    if person.birth_date is None or not in_family:
        return None
    on = birthday(person.birth_date, age(desk))
    return _reminder(desk, person) if desk.today < on <= horizon(desk) else None


def _reminder(desk: Desk, person: Person) -> OpenTerm:
    assert person.birth_date
    on = birthday(person.birth_date, age(desk))
    return OpenTerm(TermKind.OF_AGE, on, person.uid, person.uid, person.full_name)
