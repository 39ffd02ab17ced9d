"""One service for many people: what is asked once, whom it is refused and why, then a case each and the papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from migdesk.domain.case import Case
from migdesk.domain.change import Done
from migdesk.domain.errors import MigDeskError, Refused, refuse_if_blocked
from migdesk.domain.fields import spec
from migdesk.domain.finding import Finding, note, warn
from migdesk.domain.listing import Query
from migdesk.i18n import N_, current_language
from migdesk.services import bulk_cases, bulk_status
from migdesk.services.bulk_cases import Line, Order
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.papers.printing_many import Together
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.cases.service_part import ServicePart
from migdesk.ui.files.questions.form_dialog import WIDE, FormDialog, Question, ask
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.file_dialogs import ask_save
from migdesk.ui.workplace import Workplace

TITLE, _BUTTON = N_("A case for each of {n} people"), N_("Open the cases")
_LEAD = N_(
    "All cases are one act, which one undo takes back until a paper is printed: one PDF for all, one for each."
)
_ACT = N_("Cases of many people…")
_OPENED, _PRINTED = N_("Cases opened: {n}."), N_("Papers printed: {n}, pages: {pages}.")
_WOULD, _NOT = N_("Opened would be {n} of {all}."), N_("No case for {name}: {why}")
_ODD = N_("{name}: {why}")
_WHERE = N_("Papers of all in one PDF")
_FIELDS = ("service", "applied_on", "channel")
_SHOWN = 12
"""So many people are named with what stands against them; the count says how many there are."""


def ask_many_cases(work: Workplace, people: Sequence[str], service: str = "") -> FormDialog:
    """Ask for the service and its answers; before the button it is said who gets no case, and why."""
    part = ServicePart(work.sources(), None)

    def save(desk: Desk, values: dict[str, Any]) -> Done[list[Case]]:
        refuse_if_blocked(values["problems"])
        order = _order(values)
        return bulk_cases.apply(desk, order, bulk_cases.plan(desk, order, people))

    def words(done: Done[list[Case]]) -> str:
        waits = _ask_print(work, done.value)
        return " ".join(part for part in (said(_OPENED, n=number(len(done.value))), waits) if part)

    question = Question(
        key="case.many",
        title=said(TITLE, n=number(len(people))),
        button=_BUTTON,
        specs=[spec(Case, name) for name in _FIELDS],
        sections=(Section("", (("service",), ("applied_on", "channel"))),),
        save=save,
        words=words,
        values={"applied_on": work.desk.today, "service": service},
        lead=_LEAD,
        more=part,
        foretell=partial(_foretell, people=people),
        width=WIDE,
    )
    dialog = ask(work, question)
    dialog.form.ended.connect(part.begin)
    part.ended.connect(dialog.button.setFocus)
    part.changed.connect(dialog.foretell_soon)

    def follow(_name: str = "") -> None:
        values = dialog.form.values()
        part.show_service(
            work.desk.find_procedure(values["service"], values["applied_on"] or work.desk.today)
        )

    dialog.form.changed.connect(follow)
    follow()
    return dialog


def _order(values: dict[str, Any]) -> Order:
    shared = {name: values[name] for name in _FIELDS}
    return Order(replace(Case(), **shared), values["answers"])


def _foretell(desk: Desk, values: dict[str, Any], *, people: Sequence[str]) -> list[Finding]:
    """For how many a case would be opened, for whom not, and which questions a paper or a decision waits for."""
    if not values["service"] or not values["applied_on"]:
        return []
    order = _order(values)
    try:
        lines = bulk_cases.plan(desk, order, people)
    except MigDeskError as error:
        return [warn("refused", error.words().replace("{", "(").replace("}", ")"))]
    good = sum(not one.refused for one in lines)
    told = [one for one in lines if one.words_but(bulk_cases.UNANSWERED)]
    ordered = sorted(told, key=lambda one: not one.refused)
    waits = bulk_cases.unanswered(desk, order)
    return [note("would", _WOULD, None, n=good, all=len(lines)), *waits, *map(_said_of, ordered[:_SHOWN])]


def _said_of(line: Line) -> Finding:
    why = line.words_but(bulk_cases.UNANSWERED)
    return warn("of_one", _NOT if line.refused else _ODD, None, name=line.person.full_name, why=why)


def _ask_print(work: Workplace, made: Sequence[Case]) -> str:
    """Ask where the papers go; what is told of them where they wait for an answer.

    Nothing is asked where the service has none, or the window was closed.
    """
    service = work.desk.find_procedure(made[0].service, made[0].applied_on or work.desk.today)
    if service is None or not service.forms or work.window is None:
        return ""
    answers = case_answers.answers_of(work.desk.store, made[0], service)
    try:
        bulk_cases.refuse_unprintable(work.desk, Order(made[0], answers), service.forms[0])
    except Refused as refused:
        return refused.words()
    name = f"{service.forms[0]}-{work.desk.today.isoformat()}.pdf"
    if path := ask_save(work.window, _WHERE, name, (".pdf",), work.memory):
        print_papers(work, made, service.forms[0], path)
    return ""


def print_papers(work: Workplace, made: Sequence[Case], form: str, path: Path) -> None:
    """Print the papers of all into one file, and each into the folder of the same name beside it."""

    def run(desk: Desk) -> Done[Together]:
        folder = path.with_suffix("")
        return bulk_cases.print_all(desk, made, form, path, folder=folder, lang=current_language())

    def words(done: Done[Together]) -> str:
        return said(_PRINTED, n=number(len(done.value.printouts)), pages=number(done.value.pages))

    work.do(run, words=words)


def of_list(work: Workplace, view: RecordView, query: Callable[[], Query]) -> Action:
    """A case for the people of the rows that are selected, or of the whole list when it is one row or none."""

    def run() -> None:
        chosen = view.chosen()
        asked = replace(query(), columns=())

        def load(desk: Desk) -> list[str]:
            return (
                bulk_status.of_rows(desk, asked.name, chosen) if chosen else bulk_status.in_list(desk, asked)
            )

        work.tasks.read(load, work.desk, done=lambda people: ask_many_cases(work, people))

    return Action("list.cases", _ACT, run, "cases")
