"""The small window in which the head sees what the law of a newer program changes, and has it counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.finding import Finding
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.laws import law_counted, law_outlook
from migdesk.services.laws.law_outlook import Foretold
from migdesk.services.upkeep import rights
from migdesk.ui.files.questions.form_dialog import WIDE, FormDialog, Question
from migdesk.ui.look.words import number, said
from migdesk.ui.screens.law_amend import once, sight_of
from migdesk.ui.screens.law_touches import Touches, ask_when_known
from migdesk.ui.workplace import Workplace

_TITLE, _WRITE = N_("The law of the newer program"), N_("Count anew")
_LEAD = N_("Every open due day and every sum to be paid follows in the same step, and can be undone.")
_ONLY_HEADS = N_("Only the head of the office does this: {names}.")
_WRITTEN = N_("Counted anew by the law of the program: {n}")


def ask_recount(work: Workplace) -> FormDialog:
    """Whose due days and sums the newer law changes, to be written by the head."""

    foresee = once(law_counted.foresee)

    def foretell(desk: Desk, _values: dict[str, Any]) -> Sequence[Finding]:
        return [*law_outlook.told(foresee(desk)), *law_counted.doubts(desk)]

    def save(desk: Desk, _values: dict[str, Any]) -> Done[Foretold]:
        return law_counted.recount(desk)

    names = "" if work.desk.is_head else f" {said(_ONLY_HEADS, names=rights.names_of_heads(work.desk))}"
    part = Touches(work, sight_of(work, foresee))
    question = Question(
        key="law.recount",
        title=_TITLE,
        button=_WRITE,
        lead=said(_LEAD) + names,
        specs=(),
        sections=(),
        save=save,
        foretell=foretell,
        words=lambda done: said(_WRITTEN, n=number(len(done.value[0]))),
        values={},
        more=part,
        width=WIDE,
    )
    return ask_when_known(work, question, part, may=work.desk.is_head)
