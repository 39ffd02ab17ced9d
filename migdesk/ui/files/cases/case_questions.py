"""The questions of a service in the windows of a case: asked in one, shown with their answers in the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QFrame

from migdesk.domain.case import CaseState
from migdesk.domain.change import Done
from migdesk.domain.fields import Spec
from migdesk.i18n import N_, pick
from migdesk.services.asked_values import PLACE
from migdesk.services.cases import cases
from migdesk.services.cases.case_file import CaseFile
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.law import Procedure
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, link
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.workplace import Workplace

QUESTIONS = N_("Questions of the service")
_CHANGE, _BUTTON = N_("Answer…"), N_("Save the answers")
_TITLE, _SAVED = N_("Answers of the case {number}"), N_("Answers of the case {number} saved.")
_OPEN = N_("not answered")


def question_specs(service: Procedure, *, marked: bool = False) -> list[Spec]:
    """The questions of a service as fields; none stops the save, a paper or a decision waits for some.

    Those are `marked` where nothing but a mark comes of it.
    """
    fields = (
        (one.code, replace(one.field, required=marked and one.field.required)) for one in service.fields
    )
    return [Spec(f"{PLACE}.{key}", field, False) for key, field in fields]


def question_hints(service: Procedure) -> dict[str, str]:
    """The quiet line about each question, by the name of its field; empty where there is none."""
    return {f"{PLACE}.{one.code}": pick(one.hint) if one.hint else "" for one in service.fields}


def question_sections(service: Procedure) -> tuple[Section, ...]:
    """They stand two in a row."""
    names = [one.name for one in question_specs(service)]
    rows = tuple(tuple(names[at : at + 2]) for at in range(0, len(names), 2))
    return (Section(QUESTIONS, rows),) if rows else ()


def answers_typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, by key."""
    return {name.removeprefix(f"{PLACE}."): values[name] for name in values if name.startswith(f"{PLACE}.")}


def answers_card(work: Workplace, file: CaseFile) -> list[QFrame]:
    """The answers of a case with the way to change them; nothing for a service without questions."""
    if not file.answers:
        return []
    facts = [
        Fact(one.label, one.words or (said(_OPEN) if one.required else ""))
        for one in file.answers
        if one.words or one.required
    ]
    parts: list[Any] = [Facts(facts, most=1)] if facts else [Label(_OPEN, "muted")]
    if file.case.state is CaseState.OPEN:
        change = link(said(_CHANGE))
        change.clicked.connect(lambda _on=False: ask_answers(work, file))
        parts.append(change)
    return [card(*parts, title=QUESTIONS)]


def ask_answers(work: Workplace, file: CaseFile) -> FormDialog:
    """Ask the questions of the service, with the answers there are."""
    desk, case = work.desk, file.case
    service = desk.get_procedure(case.service, case.applied_on or desk.today)
    held = case_answers.answers_of(desk.store, case, service)

    def save(desk: Desk, values: dict[str, Any]) -> Done[Any]:
        return cases.answer(desk, case.uid, answers_typed(values))

    question = Question(
        key=f"case.answers/{case.uid}",
        title=said(_TITLE, number=case.number),
        button=_BUTTON,
        specs=question_specs(service),
        sections=tuple(replace(one, title="") for one in question_sections(service)),
        save=save,
        words=lambda _done: said(_SAVED, number=case.number),
        values={f"{PLACE}.{key}": value for key, value in held.items()},
        sources=work.sources(),
        width=NARROW,  # one below the other: questions are long
    )
    dialog = ask(work, question)
    for name, hint in question_hints(service).items():
        dialog.form.boxes[name].setToolTip(hint)
    return dialog
