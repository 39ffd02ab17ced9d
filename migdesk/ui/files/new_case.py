"""Open a case for a person: the service, the day of filing, how it came, for how many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from migdesk.domain.case import Case
from migdesk.domain.change import Done
from migdesk.domain.fields import spec
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services import cases, people
from migdesk.services.desk import Desk
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.edit_record import with_hosts
from migdesk.ui.files.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Kind, Workplace

_TITLE, _BUTTON = N_("New case: {name}"), N_("Open the case")
_OPENED = N_("Case {number} opened.")
_FIELDS = ("service", "applied_on", "channel", "persons", "category", "party")


def ask_new_case(work: Workplace, person: Person) -> FormDialog:
    """Ask for what a new case needs; when it is open, its file comes up."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Case]:
        family = _whole_family(desk, person, values["persons"] or 1)
        return cases.open_case(desk, replace(Case(person=person.uid, family=family), **values))

    def words(done: Done[Case]) -> str:
        work.open(Kind.CASE, done.value.uid)
        return said(_OPENED, number=done.value.number)

    question = Question(
        title=said(_TITLE, name=person.full_name),
        button=_BUTTON,
        specs=[spec(Case, name) for name in _FIELDS],
        sections=(
            Section("", (("service",), ("applied_on", "channel"), ("persons", "category"), ("party",))),
        ),
        save=save,
        words=words,
        values={"applied_on": work.desk.today, "persons": 1},
        sources=with_hosts(work),
        width=NARROW,
    )
    return ask(work, question)


def _whole_family(desk: Desk, person: Person, persons: int) -> str | None:
    """The family that applies together: the person's own, when the case is for as many as it has."""
    members = people.open_file(desk, person.uid).family
    return members[0][0].family if persons > 1 and len(members) == persons else None
