"""What a slip for the person lists: the papers of a service, those still missing, and in which language."""

from __future__ import annotations

from collections.abc import Mapping

from migdesk.domain.case import Case, CasePaper
from migdesk.domain.papertext import PaperRow
from migdesk.domain.person import Person
from migdesk.i18n import pick
from migdesk.paper.template import TONGUE, FormTemplate
from migdesk.paper.tongues import proposed
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers

ASKED, LACKING = "asked", "lacking"
"""Roots of forms: every paper of the service, and those of a case that have not come in."""


def usual_answers(form: FormTemplate, person: Person) -> dict[str, object]:
    """Answers of a clerk who gave none: the first service, and the language that the citizenship suggests.

    No record holds the language of a person, so the clerk may always choose another.
    """
    keys = {ask.key: next(iter(ask.options)) for ask in form.asks if ask.key == "service" and ask.options}
    if any(ask.key == TONGUE for ask in form.asks):
        return {**keys, TONGUE: proposed(person.citizenship, person.ethnicity)}
    return {**keys}


def asked_papers(desk: Desk, case: Case | None, answers: Mapping[str, object]) -> list[PaperRow]:
    """Every paper that the service asks for today, ticked where the case has it; in the current language.

    Raises:
        NotFound: there is no such service on the day.
    """
    service = case.service if case else str(answers.get("service", ""))
    procedure = case_answers.service_of(desk, case) if case else desk.get_procedure(service, desk.today)
    received = {one.code for one in desk.store.live(CasePaper, case=case.uid)} if case else set()
    rows = []
    for n, paper in enumerate(procedure.papers, start=1):
        remark = f" ({pick(paper.remark)})" if paper.remark else ""
        held = paper.code in received
        rows.append(PaperRow(n, pick(paper.title) + remark, code=f"{service}.{paper.code}", held=held))
    return rows


def lacking_papers(desk: Desk, case: Case | None) -> list[PaperRow]:
    """Papers of a case's service that have not come in."""
    return [row for row in asked_papers(desk, case, {}) if not row.held] if case else []
