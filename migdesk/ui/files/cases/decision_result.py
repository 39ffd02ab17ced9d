"""How a case was decided, in its file."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from migdesk.domain.case import Case
from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label, spec
from migdesk.domain.permit import Permit
from migdesk.i18n import N_
from migdesk.services.records import CaseView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.states import state_pill
from migdesk.ui.workplace import Kind, Workplace

_TITLE, _GROUNDS, _PERMIT = N_("Decision"), N_("Legal grounds"), N_("Permit")


class DecisionResult(QFrame):
    """How a case was decided."""

    def __init__(self, work: Workplace, view: CaseView) -> None:
        super().__init__()
        mark(self, look="card")
        case = view.file.case
        titles = {one.code: one.title for one in view.grounds}
        said_so = {one.code: one.title for one in view.file.decisions}
        facts = [
            Fact(N_("State"), "", pill=state_pill(spec(Case, "state").field, case.state)),
            Fact(_TITLE, said_so.get(case.decision, "")),
            Fact(spec(Case, "decided_on").field.label, show_day(case.decided_on)),
            Fact(spec(Case, "protocol").field.label, _protocol(case)),
            Fact(spec(Case, "certificate").field.label, case.certificate),
            Fact(_GROUNDS, "; ".join(titles.get(code, code) for code in case.grounds.split())),
            Fact(spec(Case, "circumstances").field.label, case.circumstances),
        ]
        facts += [_permit_fact(work, permit) for permit in view.permits]
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        lines.setSpacing(theme.S)
        lines.addWidget(Label(_TITLE, "section"))
        lines.addWidget(Facts(facts, most=1))


def _protocol(case: Case) -> str:
    return ", ".join(part for part in (case.protocol, show_day(case.protocol_on)) if part)


def _permit_fact(work: Workplace, permit: Permit) -> Fact:
    return Fact(_PERMIT, _permit_words(permit), lambda: work.open(Kind.PERMIT, permit.uid))


def _permit_words(permit: Permit) -> str:
    state = choice_label(permit.state) if permit.state else ""
    return ", ".join(part for part in (permit.number, state) if part)
