"""The appeal against a decision in the window of a case: its term, its filing, its outcome."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame

from migdesk.domain.case import AppealOutcome, Case, CaseAppeal
from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Choice, Day, Spec, Text, choice_label
from migdesk.i18n import N_
from migdesk.services.cases import appeals
from migdesk.services.cases.appeals import Ruling
from migdesk.services.cases.case_file import CaseFile
from migdesk.services.desk import Desk
from migdesk.services.facts.appeal_terms import UNKNOWN
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.workplace import Workplace

_APPEAL = N_("Appeal")
_FILE, _SETTLE = N_("Appeal…"), N_("Outcome of the appeal…")
_UNTIL, _FILED, _OUTCOME = N_("Appeal until"), N_("Filed on"), N_("Outcome")
_WAITS = N_("waits for its outcome")
_FILE_TITLE, _FILE_BUTTON = (
    N_("Appeal against the decision of the case {number}"),
    N_("Write down the appeal"),
)
_SETTLE_TITLE, _SETTLE_BUTTON = N_("Outcome of the appeal, case {number}"), N_("Write the outcome")
_SETTLE_LEAD = N_("A reversed decision opens the case again with its papers and steps.")
_FILED_WORDS, _SETTLED_WORDS = N_("Appeal of {day} written down."), N_("Case {number}: {outcome}")

_FILE_SPECS = (
    Spec("on", Day(N_("Filed on"), required=True), True),
    Spec("body", Text(N_("Filed with"), max=200), False),
    Spec("note", Text(N_("Note"), max=400), False),
)
_SETTLE_SPECS = (
    Spec("outcome", Choice(N_("Outcome"), required=True, options=AppealOutcome), True),
    Spec("on", Day(N_("Day of the outcome"), required=True), True),
    Spec("due_on", Day(N_("To be decided anew until")), True),
    Spec("note", Text(N_("Note"), max=400), False),
)


def appeal_card(file: CaseFile) -> list[QFrame]:
    """Where an appeal stands; nothing while nothing was decided against the applicant."""
    if not file.appealable and not file.appeals:
        return []
    facts = [Fact(_UNTIL, show_day(file.case.appeal_until))]
    for one in file.appeals:
        facts.append(Fact(_FILED, ", ".join(part for part in (show_day(one.filed_on), one.body) if part)))
        facts.append(Fact(_OUTCOME, _outcome(one)))
    parts: list[Any] = [Facts(facts, most=1)]
    if file.appealable and file.case.appeal_until is None:
        parts.append(Label(UNKNOWN, "small").wrapped())
    return [card(*parts, title=_APPEAL)]


def _outcome(one: CaseAppeal) -> str:
    if one.outcome is None:
        return said(_WAITS)
    return ", ".join(part for part in (choice_label(one.outcome), show_day(one.outcome_on)) if part)


def appeal_actions(work: Workplace, file: CaseFile) -> list[Action]:
    """File an appeal, or write its outcome."""
    if file.open_appeal:
        return [Action("case.ruling", _SETTLE, lambda: ask_outcome(work, file.case), "cases")]
    if file.appealable:
        return [Action("case.appeal", _FILE, lambda: ask_appeal(work, file.case), "cases")]
    return []


def ask_appeal(work: Workplace, case: Case) -> FormDialog:
    """Ask when and with whom an appeal was filed."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[CaseAppeal]:
        return appeals.file_appeal(desk, case.uid, **values)

    question = Question(
        key=f"case.appeal/{case.uid}",
        title=said(_FILE_TITLE, number=case.number),
        button=_FILE_BUTTON,
        specs=_FILE_SPECS,
        sections=(Section("", (("on",), ("body",), ("note",))),),
        save=save,
        words=lambda done: said(_FILED_WORDS, day=show_day(done.value.filed_on)),
        values={"on": work.desk.today},
        lead="" if case.appeal_until else UNKNOWN,
        width=NARROW,
    )
    return ask(work, question)


def ask_outcome(work: Workplace, case: Case) -> FormDialog:
    """Ask what became of an appeal."""
    told: dict[str, AppealOutcome] = {}

    def save(desk: Desk, values: dict[str, Any]) -> Done[Case]:
        told["outcome"] = values["outcome"]
        return appeals.settle_appeal(desk, case.uid, Ruling(**values))

    def words(_done: Done[Case]) -> str:
        return said(_SETTLED_WORDS, number=case.number, outcome=choice_label(told["outcome"]))

    question = Question(
        key=f"case.outcome/{case.uid}",
        title=said(_SETTLE_TITLE, number=case.number),
        button=_SETTLE_BUTTON,
        specs=_SETTLE_SPECS,
        sections=(Section("", (("outcome",), ("on",), ("due_on",), ("note",))),),
        save=save,
        words=words,
        values={"on": work.desk.today},
        lead=_SETTLE_LEAD,
        width=NARROW,
    )
    return ask(work, question)
