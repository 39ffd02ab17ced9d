"""What a clerk answered before a paper was printed: kept with its line of the register, so a reprint is the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from migdesk.domain.case import Case
from migdesk.domain.errors import Refused
from migdesk.domain.finding import block
from migdesk.domain.printout import Printout
from migdesk.i18n import N_, pick
from migdesk.paper.template import FormTemplate
from migdesk.paper.values import Ask
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers

UNANSWERED = "unanswered"
"""Code of what is said of questions for which a paper or a decision waits."""


def packed(form: FormTemplate, answers: Mapping[str, object]) -> str:
    """Answers to a form's questions as the register keeps them; nothing when it asks nothing."""
    asked = {one.key for one in form.asks}
    kept = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in sorted(answers.items())
        if key in asked
    }
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def refuse_unanswered(form: FormTemplate, answers: Mapping[str, object]) -> None:
    """Refuse a paper that would be printed with a blank where it says what is ordered.

    Raises:
        Refused: names the questions that are open.
    """
    lacking = [one for one in form.asks if one.required and answers.get(one.key) in (None, "")]
    if lacking:
        labels, codes = "; ".join(pick(one.label) for one in lacking), " ".join(one.key for one in lacking)
        message = N_("Not answered yet: {labels}. Without that the paper is not printed.")
        raise Refused([block(UNANSWERED, message, "ask", labels=labels, codes=codes)])


def last_given(desk: Desk, form: FormTemplate, about: str) -> dict[str, object]:
    """The answers of the newest print of a form about a record; what the form asks no more is left out."""
    found = desk.store.live(Printout, form=form.code, about=about, order="id DESC", limit=1)
    return unpacked(form, found[0].answers) if found else {}


def answers_of_case(desk: Desk, form: FormTemplate, case: Case) -> dict[str, object]:
    """What a case answers already of what a form asks, by the same keys; a choice by its code, the rest in words."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today)
    if service is None:
        return {}
    kept = case_answers.answers_of(desk.store, case, service)
    words = {one.key: one.words for one in case_answers.told(desk, service, kept)}
    asked = {one.key: one for one in form.asks if kept.get(one.key) not in (None, "")}
    return {key: _printed(ask, kept[key], words[key]) for key, ask in asked.items()}


def _printed(ask: Ask, value: object, words: str) -> object:
    if ask.kind == "day" and isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if str(value) in ask.options else words


def unpacked(form: FormTemplate, kept: str) -> dict[str, object]:
    """Answers as the register keeps them; what the form asks no more is left out."""
    given = json.loads(kept) if kept else {}
    kinds = {one.key: one.kind for one in form.asks}
    return {
        key: date.fromisoformat(value) if kinds[key] == "day" and value else value
        for key, value in given.items()
        if key in kinds
    }
