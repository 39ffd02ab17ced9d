"""The decision of a case: which one, on what legal grounds, when, by which protocol; what stands against it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from migdesk.domain.case import Case
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.fields import Day, Spec, Text, choice_label, spec
from migdesk.domain.finding import Finding, block
from migdesk.domain.permit import Permit
from migdesk.i18n import N_
from migdesk.services import cases
from migdesk.services.cases import Verdict
from migdesk.services.records import CaseView, GroundWords
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.files import sum_fields
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action, Button, Command
from migdesk.ui.parts.blocks import clear, column
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.findings_view import FindingsView, source_words
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.reasons import confidence_pill
from migdesk.ui.parts.states import state_pill
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine
from migdesk.ui.workplace import Kind, Workplace

_TITLE, _GROUNDS = N_("Decision"), N_("Legal grounds")
_DECIDE = N_("Record the decision")
_CHOOSE = N_("Choose a decision first.")
_NO_GROUND = N_("Tick at least one legal ground.")
_DECIDED = N_("Case {number}: {decision}")
_PERMIT = N_("Permit")

_SPECS = (
    Spec("on", Day(N_("Decided on")), True),
    Spec("protocol", Text(N_("Commission protocol"), max=60), False),
    Spec("protocol_on", Day(N_("Date of the protocol")), True),
    Spec("valid_until", Day(N_("Valid until")), True),
    Spec("words", Text(N_("Circumstances, beside the grounds"), max=2000), False),
)
_SELDOM = ("withdraw",)
"""What such a decision does stands behind the others."""


class DecisionPanel(QFrame):
    """Where an open case is decided."""

    def __init__(self, work: Workplace, view: CaseView, carried: Mapping[str, Any]) -> None:
        super().__init__()
        mark(self, look="card")
        self._work = work
        self._view = view
        self.findings = FindingsView()
        self.findings.asked.connect(work.source_wanted)
        self.choices = self._choices()
        self.grounds: dict[str, TickLine] = {}
        self._grounds_room = column(gap=2)
        first = ("on", "valid_until") if view.gives_permit else ("on",)
        asked = [sum_fields.spec_of(work.desk, name, words) for name, words in view.asked.items()]
        rows = (first, *((one.name,) for one in asked), ("protocol", "protocol_on"), ("words",))
        specs = [one for one in (*_SPECS, *asked) if one.name in {name for row in rows for name in row}]
        self.form = Form(specs, (Section("", rows),), work.sources())
        case = view.file.case
        self.form.set_values(
            {"on": work.desk.today, "protocol": case.protocol, "protocol_on": case.protocol_on}
        )
        self.form.left.connect(lambda _name: self._chosen())
        self.form.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.command = Command(Action("case.decide", _DECIDE, self.decide, "ok"), self)
        self._lay_out()
        self._bring_back(carried)
        self._show_grounds()

    def carry(self) -> dict[str, Any]:
        """What is chosen and typed."""
        return {
            "choice": self.choice(),
            "grounds": [code for code, line in self.grounds.items() if line.isChecked()],
            "typed": self.form.typed(),
        }

    def choice(self) -> str:
        """Code of the chosen decision, or nothing."""
        return next((code for code, line in self.choices.items() if line.isChecked()), "")

    def begin(self) -> None:
        """Bring the keyboard here."""
        first = next(iter(self.choices.values()), None)
        chosen = self.choices.get(self.choice(), first)
        if chosen:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def verdict(self) -> Verdict:
        """The decision as it stands on the screen."""
        values = self.form.values()
        return Verdict(
            code=self.choice(),
            on=values["on"],
            protocol=values["protocol"],
            protocol_on=values["protocol_on"],
            grounds=tuple(code for code, line in self.grounds.items() if line.isChecked()),
            valid_until=values.get("valid_until"),
            words=values["words"],
            given=sum_fields.typed(values),
        )

    def decide(self) -> None:
        """Write it, unless something cannot be read; what the law refuses is shown here."""
        self.findings.show_findings(())
        if not self.choice():
            self._work.noticed.emit(Notice(Tone.WARN, said(_CHOOSE)))
            self.begin()
            return
        if self.form.problems():
            self.form.show_findings(self.form.problems())
            return
        if self.grounds and not any(line.isChecked() for line in self.grounds.values()):
            self.findings.show_findings([block("no_ground", _NO_GROUND, "grounds")])
            next(iter(self.grounds.values())).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        case = self._view.file.case
        titles = {one.code: one.title for one in self._view.file.decisions}
        words = said(_DECIDED, number=case.number, decision=titles[self.choice()])
        self._work.do(cases.decide, case.uid, self.verdict(), words=lambda _done: words, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            self.findings.show_findings(self.form.show_findings(error.findings))
        else:
            self._work.tell_error(error)

    def _choices(self) -> dict[str, TickLine]:
        """What may be decided, the applicant's own taking back behind the rest."""
        group = QButtonGroup(self)
        made: dict[str, TickLine] = {}
        for one in sorted(self._view.file.decisions, key=lambda one: one.does in _SELDOM):
            line = TickLine(Shape.CHOICE, LineWords(one.title))
            line.clicked.connect(lambda _on=False: self._chosen())
            group.addButton(line)
            made[one.code] = line
        return made

    def _chosen(self) -> None:
        """Its grounds, and what stands against it before it is recorded."""
        self._show_grounds()
        self.findings.show_findings(())
        if not self.choice() or self.form.problems():
            return
        verdict, uid = self.verdict(), self._view.file.case.uid
        self._work.tasks.read(
            cases.check_decision,
            self._work.desk,
            uid,
            verdict,
            done=functools.partial(self._show_remarks, verdict.code),
            failed=self._refused,
        )

    def _show_remarks(self, choice: str, found: list[Finding]) -> None:
        """A ground that is not ticked yet is no reproach: the clerk has just chosen the decision."""
        if choice == self.choice():
            self.findings.show_findings([one for one in found if one.code != "no_ground"])

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        lines.setSpacing(theme.XS)
        lines.addWidget(Label(_TITLE, "section"))
        for line in self.choices.values():
            lines.addWidget(line)
        lines.addWidget(self._grounds_room)
        lines.addWidget(self.findings)
        inner = self.form.widget()
        assert inner is not None
        inner_layout = inner.layout()
        assert inner_layout is not None
        inner_layout.setContentsMargins(0, theme.S, 0, 0)
        inner.installEventFilter(self)
        self._fit_form()
        lines.addWidget(self.form)
        lines.addSpacing(theme.XS)
        lines.addWidget(Button(self.command, "plain"), 0, Qt.AlignmentFlag.AlignLeft)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fields below each other, or with a remark, need more room than side by side."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit_form()
        return super().eventFilter(watched, event)

    def _fit_form(self) -> None:
        inner = self.form.widget()
        if inner is not None:
            self.form.setFixedHeight(inner.sizeHint().height() + 6)

    def _bring_back(self, carried: Mapping[str, Any]) -> None:
        if not carried:
            return
        if carried["choice"] in self.choices:
            self.choices[carried["choice"]].setChecked(True)
        self.form.set_typed(carried["typed"])
        self._show_grounds()
        for code in carried["grounds"]:
            if code in self.grounds:
                self.grounds[code].setChecked(True)

    def _show_grounds(self) -> None:
        """The grounds of the chosen decision, to be ticked."""
        chosen = self.choice()
        fitting = [one for one in self._view.grounds if one.decision == chosen]
        if [one.code for one in fitting] == list(self.grounds):
            return
        layout = self._grounds_room.layout()
        assert layout is not None
        clear(layout)
        self.grounds = {}
        if fitting:
            layout.addWidget(Label(_GROUNDS, "strong"))
        for ground in fitting:
            line = TickLine(Shape.TICK, LineWords(ground.title, ground.clause))
            line.setToolTip(source_words(ground.source))
            self.grounds[ground.code] = line
            layout.addWidget(line)
        for one in _sources(fitting):
            layout.addWidget(one)


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


def _sources(grounds: list[GroundWords]) -> list[QWidget]:
    """How far the acts of these grounds were checked, each confidence once."""
    seen = {one.source.confidence: one.source for one in grounds}
    return [confidence_pill(source) for source in seen.values()]
