"""A case with everything its window and `case show` tell: questions, papers, steps, decisions, appeals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from migdesk.domain.case import Case, CaseAppeal, CasePaper, CaseState, CaseStep
from migdesk.domain.errors import NotFound
from migdesk.domain.finding import Finding
from migdesk.domain.payment import Payment
from migdesk.domain.person import Person
from migdesk.i18n import pick
from migdesk.rules.procedure import AGAINST, DECISION, Paper, Procedure
from migdesk.services import checks
from migdesk.services.cases.verdicts import age_of
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.facts.case_answers import Answer
from migdesk.services.facts.members import persons_of
from migdesk.services.terms import monitoring
from migdesk.services.terms.monitoring import Watch


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a case: its words, when it was done, and until when it should be by a term from its `start`."""

    code: str
    title: str
    done_on: date | None
    due_on: date | None
    term: str | None = None
    start: date | None = None
    required: bool = True
    after_decision: bool = False


@dataclass(frozen=True, slots=True)
class PaperState:
    """One paper of a case's checklist; `old` says that it was too old when the case was filed."""

    code: str
    title: str
    required: bool
    received_on: date | None
    issued_on: date | None = None
    valid_days: int | None = None
    old: Finding | None = None
    later: bool = False
    """Whether it may come in after a grant too."""


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """A decision that the service offers: its code, its words, and what it does."""

    code: str
    title: str
    does: str

    @property
    def is_against(self) -> bool:
        """Whether it goes against the applicant, so that it may be appealed."""
        return self.does in AGAINST


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its questions, its checklist, its line of steps, and the decisions that its service offers."""

    case: Case
    person: Person
    people: tuple[Person, ...]
    title: str
    who: tuple[str, ...]
    answers: tuple[Answer, ...]
    papers: tuple[PaperState, ...]
    steps: tuple[StepState, ...]
    decisions: tuple[DecisionWords, ...]
    grounds: tuple[tuple[str, str, str], ...]
    appeals: tuple[CaseAppeal, ...]
    appealable: bool
    payments: tuple[str, ...]
    sums: tuple[Payment, ...] = ()
    """Its payments in the register, as they became due."""
    watch: Watch | None = None
    """Its daily checks, where its service asks for them."""

    @property
    def lacking(self) -> tuple[PaperState, ...]:
        """Required papers that have not come in, or came in too old."""
        return tuple(one for one in self.papers if one.required and (not one.received_on or one.old))

    @property
    def next_step(self) -> StepState | None:
        """What is to be done next: a required step that is open; of a granted case one behind the decision."""
        if self.case.state not in (CaseState.OPEN, CaseState.GRANTED):
            return None
        granted = self.case.state is CaseState.GRANTED
        left = (one for one in self.steps if one.required and one.done_on is None)
        return next((one for one in left if one.after_decision or not granted), None)

    @property
    def open_appeal(self) -> CaseAppeal | None:
        """An appeal without an outcome."""
        return next((one for one in self.appeals if one.outcome is None), None)


def open_file(desk: Desk, uid: str) -> CaseFile:
    """A case with everything its window shows.

    Raises:
        NotFound: no such case.
    """
    case = get_case(desk, uid)
    service = case_answers.service_of(desk, case)
    done = {one.code: one.done_on for one in desk.store.live(CaseStep, case=case.uid)}
    decision = service.decision(case.decision)
    return CaseFile(
        case=case,
        person=desk.store.get(Person, case.person or ""),
        people=tuple(persons_of(desk, case)),
        title=pick(service.title),
        who=tuple(pick(one.title) for one in service.who),
        answers=tuple(case_answers.told(desk, service, case_answers.answers_of(desk.store, case, service))),
        papers=tuple(_papers(desk, case, service)),
        steps=tuple(_steps(desk, case, service, done)),
        decisions=tuple(DecisionWords(one.code, pick(one.title), one.does) for one in service.decisions),
        grounds=tuple((one.decision, one.code, pick(one.title)) for one in service.grounds),
        appeals=tuple(desk.store.live(CaseAppeal, case=case.uid, order="id")),
        appealable=decision is not None and decision.does in AGAINST and case.state is not CaseState.OPEN,
        payments=decision.payments if decision and case.state is CaseState.GRANTED else (),
        sums=tuple(desk.store.live(Payment, case=case.uid, order="id")),
        watch=monitoring.watch_of(desk, case),
    )


def get_case(desk: Desk, key: str) -> Case:
    """A case by uid or number.

    Raises:
        NotFound: nothing has it.
    """
    found = desk.store.named(Case, key)
    if found is None:
        raise NotFound(key)
    return found


def _papers(desk: Desk, case: Case, service: Procedure) -> list[PaperState]:
    """The checklist; a paper that came in stays on it when the answers changed since."""
    received = {one.code: one for one in desk.store.live(CasePaper, case=case.uid)}
    whole = desk.get_procedure(case.service, case.applied_on or desk.today)
    asked = {one.code for one in service.papers}
    wanted = [one for one in whole.papers if one.code in asked or one.code in received]
    return [_paper(one, received.get(one.code), case, asked=one.code in asked) for one in wanted]


def _paper(paper: Paper, held: CasePaper | None, case: Case, *, asked: bool) -> PaperState:
    issued = held.issued_on if held else None
    return PaperState(
        paper.code,
        pick(paper.title),
        paper.required and asked,
        held.received_on if held else None,
        issued,
        paper.valid_days,
        age_of(paper, issued, case.applied_on),
        paper.later,
    )


def _steps(desk: Desk, case: Case, service: Procedure, done: Mapping[str, date | None]) -> list[StepState]:
    found = []
    behind = False
    for step in service.steps:
        start = done.get(step.after) if step.after else case.applied_on
        due = checks.find_due(desk, step.term, start) if step.term and start else None
        made = done.get(step.code)
        found.append(
            StepState(step.code, pick(step.title), made, due, step.term, start, step.required, behind)
        )
        behind = behind or step.code == DECISION
    return found
