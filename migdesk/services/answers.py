"""What a clerk answered before a paper was printed: kept with its line of the register, so a reprint is the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from migdesk.domain.printout import Printout
from migdesk.paper.template import FormTemplate
from migdesk.services.desk import Desk


def packed(form: FormTemplate, answers: Mapping[str, object]) -> str:
    """Answers to a form's questions as the register keeps them; nothing when it asks nothing."""
    asked = {one.key for one in form.asks}
    kept = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in sorted(answers.items())
        if key in asked
    }
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def last_given(desk: Desk, form: FormTemplate, about: str) -> dict[str, object]:
    """The answers of the newest print of a form about a record; what the form asks no more is left out."""
    found = desk.store.live(Printout, form=form.code, about=about, order="id DESC", limit=1)
    given = json.loads(found[0].answers) if found and found[0].answers else {}
    kinds = {one.key: one.kind for one in form.asks}
    return {
        key: date.fromisoformat(value) if kinds[key] == "day" and value else value
        for key, value in given.items()
        if key in kinds
    }
