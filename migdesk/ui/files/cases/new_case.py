"""Open a case for a person: the service, the day of filing, how it came, and who of the family applies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from migdesk.domain.case import Case
from migdesk.domain.change import Done
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.fields import spec
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.cases import cases
from migdesk.services.desk import Desk
from migdesk.services.facts.members import FAMILY, OF_PARTY, household
from migdesk.services.law import Procedure
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.cases.service_part import ServicePart
from migdesk.ui.files.questions.form_dialog import WIDE, FormDialog, Question, ask
from migdesk.ui.files.questions.hosts import with_hosts
from migdesk.ui.files.questions.people_ticks import PeopleTicks, relatives
from migdesk.ui.files.questions.workers import WorkerTicks
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Kind, Workplace

_TITLE, _BUTTON = N_("New case: {name}"), N_("Open the case")
_OPENED = N_("Case {number} opened.")
_FIELDS = ("service", "applied_on", "channel", "category", "party")


def ask_new_case(work: Workplace, person: Person, *, service: str = "", party: str = "") -> FormDialog:
    """Ask for what a new case needs, a service and an employer perhaps chosen; when it is open, its file comes up."""

    people = relatives(work.desk, household(work.desk, Case(person=person.uid)))
    ticks = PeopleTicks(people, ()) if len(people) > 1 else None

    sources = with_hosts(work)
    part = ServicePart(sources, ticks)

    def save(desk: Desk, values: dict[str, Any]) -> Done[Case]:
        members = values.pop("members", [person.uid])
        answers = values.pop("answers")
        refuse_if_blocked(values.pop("problems"))
        return cases.open_case(desk, replace(Case(person=person.uid), **values), members, answers)

    def words(done: Done[Case]) -> str:
        work.open(Kind.CASE, done.value.uid)
        return said(_OPENED, number=done.value.number)

    question = Question(
        key=f"person.case/{person.uid}",
        title=said(_TITLE, name=person.full_name),
        button=_BUTTON,
        specs=[spec(Case, name) for name in _FIELDS],
        sections=(Section("", (("service",), ("applied_on", "channel"), ("category", "party"))),),
        save=save,
        words=words,
        values={"applied_on": work.desk.today, "service": service, "party": party or None},
        sources=sources,
        more=part,
        width=WIDE,
    )
    dialog = ask(work, question)
    dialog.form.ended.connect(part.begin)
    part.ended.connect(dialog.button.setFocus)

    workers: dict[str, WorkerTicks] = {}

    def follow(_name: str) -> None:
        chosen = _service(work.desk, dialog)
        part.show_service(chosen)
        if chosen and chosen.applicant in OF_PARTY:
            values = dialog.form.values()
            asked = {"service": chosen.code, "party": values["party"], "applied_on": values["applied_on"]}
            case = Case(person=person.uid, **asked)
            key = f"{chosen.code} {case.party or ''}"
            if key not in workers:
                workers[key] = WorkerTicks(work.desk, case, sources)
            part.show_people(workers[key])
            return
        part.show_people(ticks)
        if ticks:
            ticks.propose(chosen is not None and chosen.applicant == FAMILY)

    dialog.form.changed.connect(follow)
    if service:
        follow("service")
    return dialog


def _service(desk: Desk, dialog: FormDialog) -> Procedure | None:
    values = dialog.form.values()
    return desk.find_procedure(values["service"], values["applied_on"] or desk.today)
