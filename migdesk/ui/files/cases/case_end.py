"""The end of what a case gave: which decision, on what legal grounds, from which day."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.case import Case, CaseState
from migdesk.domain.change import Done
from migdesk.domain.fields import Day, Spec, Text
from migdesk.i18n import N_
from migdesk.services.cases import cases
from migdesk.services.cases.case_file import DecisionWords
from migdesk.services.desk import Desk
from migdesk.services.matter import Verdict
from migdesk.services.records import CaseView
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine, tick, ticked
from migdesk.ui.workplace import Workplace

_END, _GROUNDS = N_("End what was given…"), N_("Legal grounds")
_TITLE, _BUTTON = N_("Case {number}: {decision}"), N_("Record the decision")
_TERMINATE = "terminate"

_SPECS = (
    Spec("on", Day(N_("Decided on"), required=True), True),
    Spec("protocol", Text(N_("Commission protocol"), max=60), False),
    Spec("appeal_until", Day(N_("Appeal until")), True),
    Spec("words", Text(N_("Circumstances, beside the grounds"), max=2000), False),
)


class GroundTicks(QWidget):
    """The legal grounds of one decision, to be ticked."""

    def __init__(self, view: CaseView, decision: str) -> None:
        super().__init__()
        self.lines: dict[str, TickLine] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(_GROUNDS, "strong"))
        for one in view.grounds:
            if one.decision == decision:
                line = TickLine(Shape.TICK, LineWords(one.title, one.clause))
                self.lines[one.code] = line
                column.addWidget(line)

    def values(self) -> dict[str, object]:
        """What a decision names."""
        return {"grounds": tuple(code for code, line in self.lines.items() if line.isChecked())}

    def typed(self) -> str:
        """Which are ticked, for a draft."""
        return ticked(self.lines)

    def set_typed(self, text: str) -> None:
        """Tick those of a draft."""
        tick(self.lines, text)


def end_actions(work: Workplace, view: CaseView) -> list[Action]:
    """The end of what a granted case gave; nothing where the service knows no end."""
    ends = [one for one in view.file.decisions if one.does == _TERMINATE]
    if view.file.case.state is not CaseState.GRANTED:
        return []
    return [Action("case.end", _END, partial(ask_end, work, view, one), "annul") for one in ends[:1]]


def ask_end(work: Workplace, view: CaseView, decision: DecisionWords) -> FormDialog:
    """Ask for grounds and day, then end it; the permits of the case are revoked with it."""
    case = view.file.case

    def save(desk: Desk, values: dict[str, Any]) -> Done[Case]:
        return cases.decide(desk, case.uid, Verdict(decision.code, **values))

    words = said(_TITLE, number=case.number, decision=decision.title)
    question = Question(
        key=f"case.end/{case.uid}",
        title=words,
        button=_BUTTON,
        specs=_SPECS,
        sections=(Section("", (("on",), ("protocol",), ("appeal_until",), ("words",))),),
        save=save,
        words=lambda _done: words,
        values={"on": work.desk.today},
        more=GroundTicks(view, decision.code),
        width=NARROW,
    )
    return ask(work, question)
