"""The file of a case: steps as a line, papers as a checklist, the decision, and the next action first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.case import Case, CaseState
from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid
from migdesk.domain.fields import spec
from migdesk.domain.finding import Severity
from migdesk.i18n import N_
from migdesk.services.cases import cases
from migdesk.services.cases.case_file import CaseFile, PaperState, StepState
from migdesk.services.records import CaseView, open_case
from migdesk.ui.files.cases.case_appeal import appeal_actions, appeal_card
from migdesk.ui.files.cases.case_end import end_actions
from migdesk.ui.files.cases.case_papers import PapersList, ask_day
from migdesk.ui.files.cases.case_questions import answers_card
from migdesk.ui.files.cases.case_steps import StepsLine
from migdesk.ui.files.cases.decision import DecisionPanel
from migdesk.ui.files.cases.decision_result import DecisionResult
from migdesk.ui.files.cases.watch_part import lacks_today, today_action, watch_actions, watch_card
from migdesk.ui.files.money.payments_part import case_actions, case_card, fee_card
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.why_date import TermsRail, WhyLink
from migdesk.ui.files.questions.people_ticks import PeopleTicks
from migdesk.ui.files.questions.workers import ticks_of, worker_actions
from migdesk.ui.later import Later
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card, column, grow, link
from migdesk.ui.parts.facts import Fact, fact_of
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.lazy_tabs import LazyTabs, Tab
from migdesk.ui.parts.states import due_pill, state_pill
from migdesk.ui.parts.tick_line import TickLine
from migdesk.ui.workplace import Kind

_MARK, _DECIDE, _PRINT = N_("Done: {step}"), N_("Decide"), N_("Print")
_STEP_DONE, _PAPER_CAME = N_("Step done: {step}"), N_("Paper received: {paper}")
_LONGEST = 70
"""Letters of a step's name on a button."""
_CHOSEN = N_("Who applies is chosen anew.")
_COURSE, _SCANS = N_("Course of the case"), N_("Scans")
_SCANS_PART = Later("scans.part:ScansPart")
_WATCHES = (
    "attachment case_appeal case_check case_detail case_member case_paper case_step cases "
    "law_pack payment permit person reservation setting"
)


def build(opened: Opened) -> QWidget:
    """The content of the file."""
    return CaseContent(opened)


class CaseContent(QWidget):
    """What a case's file shows, in a tab or beside a list."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._work = opened.work
        self._view: CaseView = opened.data
        self._findings = FindingsView()
        self._findings.asked.connect(self._work.source_wanted)
        self.rail = TermsRail(self._work, self._view.terms, opened.carried.get("terms", ()))
        self.decision: DecisionPanel | None = None
        self._steps: StepsLine | None = None
        self._papers: PapersList | None = None
        self.people: PeopleTicks | None = None
        self._tabs: LazyTabs | None = None
        self.band = self._band()
        if opened.wide:
            self._lay_out_wide()
        else:
            self._lay_out_narrow()

    @property
    def is_open(self) -> bool:
        """Whether the case is still to be decided."""
        return self._view.file.case.state is CaseState.OPEN

    def carry(self) -> dict[str, Any]:
        """What is typed in the decision, and open explanations."""
        return {
            "decision": self.decision.carry() if self.decision else self._opened.carried.get("decision", {}),
            "terms": self.rail.opened(),
            "steps": self._steps.opened() if self._steps else self._opened.carried.get("steps", ()),
            "tab": self._tabs.current() if self._tabs else "",
        }

    def acts(self) -> Sequence[Action]:
        """The next action, then what else can be done."""
        first = self._next()
        return [*([first] if first else []), *self._others()]

    @property
    def tabs(self) -> LazyTabs | None:
        """The tabs; nothing beside a list."""
        return self._tabs

    @property
    def file(self) -> CaseFile:
        """What is shown."""
        return self._view.file

    @property
    def whys(self) -> Mapping[str, WhyLink]:
        """The links that explain the day of a step, by its code."""
        return self._steps.whys if self._steps else {}

    @property
    def steps(self) -> list[TickLine]:
        """The lines of the steps."""
        return self._steps.lines if self._steps else []

    @property
    def papers(self) -> list[TickLine]:
        """The lines of the papers."""
        return self._papers.lines if self._papers else []

    def next_step(self) -> StepState | None:
        """What is to be done next; nothing when only the decision is left, or nothing at all."""
        return self._view.file.next_step

    def enter(self) -> None:
        """Enter does what the first button says."""
        if first := self._next():
            first.run()

    def receive(self, paper: PaperState) -> None:
        """Tick a paper; one whose age counts asks for its day."""
        if paper.valid_days:
            self._reset_ticks()
            ask_day(self._work, self._opened.target.uid, paper)
            return
        self._do(cases.receive_paper, paper.code, words=said(_PAPER_CAME, paper=paper.title))

    def do_step(self, step: StepState) -> None:
        """Mark a step as done today."""
        self._do(cases.do_step, step.code, words=said(_STEP_DONE, step=step.title))

    def _do(self, service: Any, what: str | list[str], *, words: str) -> None:
        self._findings.show_findings(())

        def told(done: Done[Any]) -> str:
            odd = (one.words() for one in done.findings if one.severity is Severity.WARN)
            return " ".join((words, *odd))

        self._work.do(service, self._opened.target.uid, what, words=told, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        """What the law refuses stands in the file; everything else in the strip of messages."""
        self._reset_ticks()
        if isinstance(error, Invalid):
            self._findings.show_findings(error.findings)
        else:
            self._work.tell_error(error)

    def _reset_ticks(self) -> None:
        for part in (self._steps, self._papers):
            if part:
                part.reset()
        chosen = {one.uid for one in self._view.file.people}
        for uid, person in self.people.lines.items() if self.people else ():
            person.setChecked(uid in chosen)

    def _next(self) -> Action | None:
        if lacks_today(self._view.file, self._work.desk.today):
            return today_action(self._work, self._view.file)
        step = self.next_step()
        if self.is_open and (step is None or step.code == "decision"):
            return Action("case.next", _DECIDE, self._to_decision, "cases")
        if step is None:
            return None
        most = _LONGEST if self._opened.wide else _LONGEST // 2
        name = step.title if len(step.title) <= most else step.title[:most].rstrip() + "…"
        words = said(_MARK, step=name)
        return Action("case.next", words, lambda: self.do_step(step), "ok", hint=said(_MARK, step=step.title))

    def _others(self) -> list[Action]:
        target, work = self._opened.target, self._work
        more = [
            *watch_actions(work, self._view.file),
            *worker_actions(work, self._view.file),
            *appeal_actions(work, self._view.file),
            *end_actions(work, self._view),
            *case_actions(work, self._view),
        ]
        if not work.listens(work.print_wanted):
            return more
        return [*more, Action("case.print", _PRINT, lambda: work.print_wanted.emit(target), "print")]

    def _to_decision(self) -> None:
        if self._tabs:
            self._tabs.open("course")
        if self.decision:
            self.decision.begin()

    def _band(self) -> Band:
        file, desk = self._view.file, self._work.desk
        case = file.case
        pill = state_pill(spec(Case, "state").field, case.state)
        due = due_pill(case.due_on, desk.today) if self.is_open else None
        band = Band(
            file.title, [one for one in (pill, due) if one], kind="title" if self._opened.wide else "section"
        )
        person = link(file.person.full_name)
        person.clicked.connect(lambda _on=False: self._work.open(Kind.PERSON, file.person.uid))
        band.add_widget(person)
        band.add_facts(
            [
                fact_of(desk, case, "number"),
                fact_of(desk, case, "applied_on"),
                fact_of(desk, case, "due_on"),
                fact_of(desk, case, "persons"),
                fact_of(desk, case, "channel"),
                fact_of(desk, case, "category"),
                Fact(N_("Employer or host"), self._view.party.name if self._view.party else ""),
            ]
        )
        band.add_actions(self._next(), self._others())
        return band

    def _way(self) -> QWidget:
        opened = self._opened.carried.get("steps", ())
        self._steps = StepsLine(self._work, self._view.file, self.do_step, opened)
        return self._steps

    def _checklist(self) -> QWidget:
        self._papers = PapersList(self._view.file, self.receive)
        return self._papers

    def _decision_card(self) -> QWidget:
        if not self.is_open:
            return DecisionResult(self._work, self._view)
        carried = self._opened.carried.get("decision", {})
        self.decision = DecisionPanel(self._work, self._view, carried)
        return self.decision

    def _people_card(self) -> list[QFrame]:
        """Who of the family applies; nothing where there is nobody else."""
        if len(self._view.relatives) < 2:
            return []
        people, title = ticks_of(self._work, self._view)
        if self.is_open:
            people.chosen.connect(lambda: self._choose(people.members()))
        else:
            people.lock()
        self.people = people
        return [card(people, title=title, gap=2)]

    def _choose(self, members: list[str]) -> None:
        self._do(cases.choose_members, members, words=said(_CHOSEN))

    def _right(self) -> list[QWidget]:
        return [*self._outcome(), *([self.rail] if self._view.terms else [])]

    def _outcome(self) -> list[QWidget]:
        """The decision to be made or made, and the appeal against it."""
        first = [*watch_card(self._work, self._view.file), *appeal_card(self._view.file)]
        return [
            *first,
            *fee_card(self._work, self._view),
            self._decision_card(),
            *case_card(self._work, self._view),
        ]

    def _lay_out_wide(self) -> None:
        self._tabs = LazyTabs(
            [
                Tab("course", _COURSE, self._course),
                Tab("scans", _SCANS, self._scans, len(self._view.scans)),
            ],
            self._opened.carried.get("tab", ""),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(self.band)
        whole.addWidget(self._findings)
        whole.addWidget(self._tabs, 1)

    def _scans(self) -> QWidget:
        part: QWidget = _SCANS_PART(self._work, self._opened.target.uid, self._view.scans)
        return part

    def _course(self) -> QWidget:
        """Who applies, steps, papers, decision, beside each other."""
        made = QWidget()
        columns = QHBoxLayout(made)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(theme.L)
        stages: list[Callable[[], Sequence[QWidget]]] = [
            lambda: [*self._people_card(), self._way()],
            lambda: [*answers_card(self._work, self._view.file), self._checklist()],
            self._right,
        ]
        for stage, share in zip(stages, (4, 4, 4), strict=True):
            inner = column(gap=theme.M, stretch=True)
            columns.addWidget(Scrolled(inner), share)
            lines = inner.layout()
            assert isinstance(lines, QVBoxLayout)
            grow(self, lines, [stage])
        return made

    def _lay_out_narrow(self) -> None:
        parts: list[QWidget] = [self.band, self._findings]
        if self._view.terms:
            parts.append(self.rail)
        inner = column(*parts, gap=theme.M, stretch=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inner))
        lines = inner.layout()
        assert isinstance(lines, QVBoxLayout)
        grow(
            self,
            lines,
            [
                lambda: [*self._people_card(), self._way()],
                lambda: [*answers_card(self._work, self._view.file), self._checklist()],
                self._outcome,
                lambda: [Label(_SCANS, "section"), self._scans()] if self._opened.tab else [],
            ],
        )


SPEC = FileSpec(
    kind=Kind.CASE,
    icon="cases",
    title=N_("Case"),
    load=open_case,
    build=build,
    name=lambda data: f"{data.file.case.number}",
    watches=frozenset(_WATCHES.split()),
    help="cases",
)
