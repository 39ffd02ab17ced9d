"""The decision of a case: which one, on what legal grounds, when, by which protocol; what stands against it."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from migdesk.domain.errors import Invalid
from migdesk.domain.fields import Day, Spec, Text
from migdesk.domain.finding import Finding, block
from migdesk.i18n import N_
from migdesk.services.cases import cases
from migdesk.services.matter import Verdict
from migdesk.services.records import CaseView, GroundWords
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.files.questions import sum_fields
from migdesk.ui.files.questions.draft_line import DraftLine
from migdesk.ui.files.questions.form_draft import Back, FormKeeper, Slate, save_and_drop
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action, Button, Command
from migdesk.ui.parts.blocks import clear, column
from migdesk.ui.parts.findings_view import FindingsView, source_words
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.reasons import confidence_pill
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine, tick, ticked
from migdesk.ui.workplace import Workplace

_TITLE, _GROUNDS = N_("Decision"), N_("Legal grounds")
_DECIDE = N_("Record the decision")
_CHOOSE = N_("Choose a decision first.")
_NO_GROUND = N_("Tick at least one legal ground.")
_DECIDED = N_("Case {number}: {decision}")
_DRAFT = N_("Decision on the case {number}")

_SPECS = (
    Spec("on", Day(N_("Decided on")), True),
    Spec("protocol", Text(N_("Commission protocol"), max=60), False),
    Spec("protocol_on", Day(N_("Date of the protocol")), True),
    Spec("valid_until", Day(N_("Valid until")), True),
    Spec("appeal_until", Day(N_("Appeal until")), True),
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
        self._group = QButtonGroup(self)
        self.choices = self._choices()
        self.grounds: dict[str, TickLine] = {}
        self._grounds_room = column(gap=2)
        first = ("on", "valid_until") if view.gives_permit else ("on",)
        asked = [sum_fields.spec_of(work.desk, name, words) for name, words in view.asked.items()]
        rows = (
            first,
            *((one.name,) for one in asked),
            ("protocol", "protocol_on"),
            ("appeal_until",),
            ("words",),
        )
        specs = [one for one in (*_SPECS, *asked) if one.name in {name for row in rows for name in row}]
        self.form = Form(specs, (Section("", rows),), work.sources())
        case = view.file.case
        self.form.set_values(
            {"on": work.desk.today, "protocol": case.protocol, "protocol_on": case.protocol_on}
        )
        self.form.left.connect(lambda _name: self._chosen())
        self.form.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._keep_drafts()
        self.command = Command(Action("case.decide", _DECIDE, self.decide, "ok"), self)
        self._lay_out()
        self._bring_back(carried)
        self._show_grounds()
        self._ask_appeal()
        self.keeper.resume()

    def _keep_drafts(self) -> None:
        """What is chosen and typed outlives the window."""
        case = self._view.file.case
        self.keeper = FormKeeper(self._work, f"case.decide/{case.uid}", Slate(self.form, self), self)
        self.keeper.title = said(_DRAFT, number=case.number)
        self.keeper.back.connect(self._show_back)
        self.form.changed.connect(self.keeper.later)
        self.draft = DraftLine()
        self.draft.anew.connect(self._begin_anew)

    def _show_back(self, back: Back) -> None:
        self.draft.show_back(self._work.desk, back.at, "")
        self._chosen()

    def _begin_anew(self) -> None:
        self.keeper.begin_anew()
        self.draft.end()
        self.findings.show_findings(())
        self.begin()

    def typed(self) -> str:
        """What is chosen, for a draft."""
        return json.dumps([self.choice(), ticked(self.grounds)])

    def set_typed(self, text: str) -> None:
        """Bring a draft back; a decision that is not offered any more stays unchosen."""
        choice, grounds = json.loads(text)
        self._group.setExclusive(False)
        for code, line in self.choices.items():
            line.setChecked(code == choice)
        self._group.setExclusive(True)
        self._show_grounds()
        tick(self.grounds, grounds)

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
            appeal_until=values["appeal_until"],
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
        self.keeper.keep()
        self.keeper.stop()
        self._work.do(
            save_and_drop,
            lambda desk, verdict: cases.decide(desk, case.uid, verdict),
            self.verdict(),
            self.keeper.key,
            words=lambda _done: words,
            failed=self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self.keeper.go_on()
        if isinstance(error, Invalid):
            self.findings.show_findings(self.form.show_findings(error.findings))
        else:
            self._work.tell_error(error)

    def _choices(self) -> dict[str, TickLine]:
        """What may be decided, the applicant's own taking back behind the rest."""
        made: dict[str, TickLine] = {}
        for one in sorted(self._view.file.decisions, key=lambda one: one.does in _SELDOM):
            line = TickLine(Shape.CHOICE, LineWords(one.title))
            line.clicked.connect(lambda _on=False: self._chosen())
            self._group.addButton(line)
            made[one.code] = line
        return made

    def _ask_appeal(self) -> None:
        """The last day of an appeal is asked where the chosen decision may be appealed, and empty elsewhere."""
        against = any(one.is_against for one in self._view.file.decisions if one.code == self.choice())
        if not against:
            self.form.boxes["appeal_until"].set_value(None)
        self.form.boxes["appeal_until"].setVisible(against)

    def _chosen(self) -> None:
        """Its grounds, and what stands against it before it is recorded."""
        self._show_grounds()
        self._ask_appeal()
        self.keeper.keep()
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
        lines.addWidget(self.draft)
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

    def hideEvent(self, event: QHideEvent) -> None:
        """Its tab or the window is closed, perhaps from within a field."""
        self.keeper.keep()
        super().hideEvent(event)

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
        tick(self.grounds, " ".join(carried["grounds"]))

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
            line.clicked.connect(lambda _on=False: self.keeper.keep())
            self.grounds[ground.code] = line
            layout.addWidget(line)
        for one in _sources(fitting):
            layout.addWidget(one)


def _sources(grounds: list[GroundWords]) -> list[QWidget]:
    """How far the acts of these grounds were checked, each confidence once."""
    seen = {one.source.confidence: one.source for one in grounds}
    return [confidence_pill(source) for source in seen.values()]
