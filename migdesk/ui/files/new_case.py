"""Open a case for a person: the service, the day of filing, how it came, and who of the family applies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from migdesk.domain.case import Case
from migdesk.domain.change import Done
from migdesk.domain.fields import spec
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services import cases
from migdesk.services.desk import Desk
from migdesk.services.members import FAMILY, household
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.files.hosts import with_hosts
from migdesk.ui.files.people_ticks import PeopleTicks, relatives
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Kind, Workplace

_TITLE, _BUTTON = N_("New case: {name}"), N_("Open the case")
_OPENED = N_("Case {number} opened.")
_FIELDS = ("service", "applied_on", "channel", "category", "party")


def ask_new_case(work: Workplace, person: Person) -> FormDialog:
    """Ask for what a new case needs; when it is open, its file comes up."""

    people = relatives(work.desk, household(work.desk, Case(person=person.uid)))
    ticks = PeopleTicks(people, ()) if len(people) > 1 else None

    def save(desk: Desk, values: dict[str, Any]) -> Done[Case]:
        members = values.pop("members", [person.uid])
        return cases.open_case(desk, replace(Case(person=person.uid), **values), members)

    def words(done: Done[Case]) -> str:
        work.open(Kind.CASE, done.value.uid)
        return said(_OPENED, number=done.value.number)

    question = Question(
        title=said(_TITLE, name=person.full_name),
        button=_BUTTON,
        specs=[spec(Case, name) for name in _FIELDS],
        sections=(Section("", (("service",), ("applied_on", "channel"), ("category",), ("party",))),),
        save=save,
        words=words,
        values={"applied_on": work.desk.today},
        sources=with_hosts(work),
        more=ticks,
        width=NARROW,
    )
    dialog = ask(work, question)
    if ticks:
        dialog.form.changed.connect(lambda _name: ticks.propose(_is_for_families(work.desk, dialog)))
    return dialog


def _is_for_families(desk: Desk, dialog: FormDialog) -> bool:
    values = dialog.form.values()
    service = desk.find_procedure(values["service"], values["applied_on"] or desk.today)
    return service is not None and service.applicant == FAMILY
