"""Cases: an application on its way through a public service, from filing to decision and certificate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.case import CASE_TRANSITIONS, Case, CasePaper, CaseState, CaseStep
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, NotFound, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, blocking, warn
from migdesk.domain.person import Family, Person
from migdesk.domain.record import faults
from migdesk.i18n import N_, pick
from migdesk.rules.procedure import Procedure
from migdesk.services import checks, facts
from migdesk.services import members as members_of_case
from migdesk.services.decisions import CARRY_OUT, OUTCOMES, used_law
from migdesk.services.decisions import Verdict as Verdict
from migdesk.services.desk import Desk
from migdesk.services.members import check_members, persons_of, usual, with_members, write_members
from migdesk.services.verdicts import check_verdict, remarks


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a case: its words, when it was done, until when it should be."""

    code: str
    title: str
    done_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PaperState:
    """One paper of a case's checklist."""

    code: str
    title: str
    required: bool
    received_on: date | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its checklist, its line of steps, and the decisions that its service offers."""

    case: Case
    person: Person
    people: tuple[Person, ...]
    title: str
    papers: tuple[PaperState, ...]
    steps: tuple[StepState, ...]
    decisions: tuple[tuple[str, str], ...]
    grounds: tuple[tuple[str, str, str], ...]

    @property
    def lacking(self) -> tuple[PaperState, ...]:
        """Required papers that have not come in."""
        return tuple(one for one in self.papers if one.required and not one.received_on)


def check_case(desk: Desk, case: Case, members: Sequence[str] = ()) -> list[Finding]:
    """What is wrong or odd about an application before it is taken; `members` are the people it is for."""
    findings = [*faults(case), *checks.check_codes(desk, case)]
    if case.applied_on and case.applied_on > desk.today:
        findings.append(block("in_future", N_("The day of filing is in the future."), "applied_on"))
    if case.person and not desk.store.live(Person, uid=case.person):
        findings.append(block("not_found", N_("There is no such person."), "person"))
    if case.family and not desk.store.live(Family, uid=case.family):
        findings.append(block("not_found", N_("There is no such family."), "family"))
    if case.person and not findings and _open_before(desk, case):
        findings.append(warn("open_already", N_("The person has an open case of this service."), "service"))
    if members and not blocking(findings):
        findings += check_members(desk, case, members)
    return [*findings, *facts.ask_about_case(desk, case)]


def open_case(desk: Desk, case: Case, members: Sequence[str] = ()) -> Done[Case]:
    """Take an application: number, and the day by which it must be decided.

    `members` are the people it is for; nobody named means the whole family where the service is for families,
    the applicant elsewhere. How many `persons` it is for follows from them.

    Raises:
        Invalid: what is wrong, field by field.
        NotFound: the service did not exist on the day of filing.
    """
    refuse_if_blocked(check_case(desk, case))
    assert case.applied_on is not None
    chosen = list(dict.fromkeys(members)) or usual(desk, case)
    findings = check_case(desk, case, chosen)
    refuse_if_blocked(findings)
    procedure = desk.get_procedure(case.service, case.applied_on)
    due = checks.find_due(desk, procedure.term, case.applied_on) if procedure.term else None
    with desk.write(Op.OPEN_CASE) as tx:
        opened = tx.put(
            replace(
                with_members(desk, case, chosen),
                number=desk.next_number(tx, "C", 5),
                due_on=due,
                region=case.region or desk.office.region,
            )
        )
        write_members(tx, opened, chosen)
    return Done(opened, tx.changes, tuple(findings))


def open_file(desk: Desk, uid: str) -> CaseFile:
    """A case with everything its window shows.

    Raises:
        NotFound: no such case.
    """
    case = get_case(desk, uid)
    procedure = desk.get_procedure(case.service, case.applied_on or desk.today)
    received = {one.code: one.received_on for one in desk.store.live(CasePaper, case=case.uid)}
    done = {one.code: one.done_on for one in desk.store.live(CaseStep, case=case.uid)}
    return CaseFile(
        case=case,
        person=desk.store.get(Person, case.person or ""),
        people=tuple(persons_of(desk, case)),
        title=pick(procedure.title),
        papers=tuple(
            PaperState(one.code, pick(one.title), one.required, received.get(one.code))
            for one in procedure.papers
        ),
        steps=tuple(_steps(desk, case, procedure, done)),
        decisions=tuple((one.code, pick(one.title)) for one in procedure.decisions),
        grounds=tuple((one.decision, one.code, pick(one.title)) for one in procedure.grounds),
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


def receive_paper(
    desk: Desk, uid: str, code: str, *, pages: int | None = None, note: str = ""
) -> Done[CasePaper]:
    """Tick a paper of the checklist.

    Raises:
        Invalid: the service asks for no such paper, or it came in already.
        Refused: the case is decided.
    """
    case = _open_case(desk, uid)
    procedure = desk.get_procedure(case.service, case.applied_on or desk.today)
    if code not in {one.code for one in procedure.papers}:
        known = ", ".join(one.code for one in procedure.papers)
        raise Invalid(
            [block("unknown_paper", N_("“{code}” is none of: {known}."), "paper", code=code, known=known)]
        )
    with desk.write(Op.RECEIVE_PAPER) as tx:
        if tx.live(CasePaper, case=case.uid, code=code):
            raise Invalid([block("received", N_("This paper came in already."), "paper")])
        paper = tx.put(CasePaper(case=case.uid, code=code, received_on=desk.today, pages=pages, note=note))
    return Done(paper, tx.changes)


def do_step(desk: Desk, uid: str, code: str, *, on: date | None = None, note: str = "") -> Done[CaseStep]:
    """Mark a step as done on a day.

    Raises:
        Invalid: the service has no such step, it was done already, or the day is in the future.
        Refused: the case is decided.
    """
    case = _open_case(desk, uid)
    day = on or desk.today
    procedure = desk.get_procedure(case.service, case.applied_on or day)
    if code not in {one.code for one in procedure.steps}:
        known = ", ".join(one.code for one in procedure.steps)
        raise Invalid(
            [block("unknown_step", N_("“{code}” is none of: {known}."), "step", code=code, known=known)]
        )
    if day > desk.today or (case.applied_on and day < case.applied_on):
        raise Invalid([block("bad_day", N_("A step is done between the filing and today."), "on")])
    with desk.write(Op.DO_STEP) as tx:
        if tx.live(CaseStep, case=case.uid, code=code):
            raise Invalid([block("done_already", N_("This step was done already."), "step")])
        step = tx.put(CaseStep(case=case.uid, code=code, done_on=day, note=note))
    return Done(step, tx.changes)


def choose_members(desk: Desk, uid: str, members: Iterable[str]) -> Done[Case]:
    """Say anew who of the applicant's family the case is for.

    Raises:
        NotFound: no such case.
        Refused: the case is decided.
        Invalid: somebody is not of the applicant's family, or the law refuses somebody.
    """
    return members_of_case.choose_members(desk, get_case(desk, uid), members)


def check_decision(desk: Desk, uid: str, verdict: Verdict) -> list[Finding]:
    """What `decide` would refuse or remark; writes nothing.

    Raises:
        NotFound: no such case.
        Refused: the case is decided.
    """
    case = _case_to_decide(desk, uid, verdict)
    procedure = desk.get_procedure(case.service, case.applied_on or desk.today)
    return check_verdict(desk, case, procedure, verdict)


def decide(desk: Desk, uid: str, verdict: Verdict) -> Done[Case]:
    """Decide a case.

    A grant takes the quota units and makes the permits with their certificate number; an extension lets new
    permits begin where the old ones end; a termination revokes them; a refusal returns what was held. What was
    remarked, such as steps nobody marked, is kept in the journal with the decision.

    Raises:
        Invalid: papers are missing, a ground is not of this service, the day contradicts.
        Refused: the case is decided, there is nothing to extend or to end, or the quota has not enough free
            units; nothing was written.
    """
    case = _case_to_decide(desk, uid, verdict)
    day = verdict.on or desk.today
    verdict = replace(verdict, on=day)
    procedure = desk.get_procedure(case.service, case.applied_on or day)
    findings = check_verdict(desk, case, procedure, verdict)
    refuse_if_blocked(findings)
    used = [*used_law(desk, case, procedure, verdict), *remarks(findings, verdict)]
    with desk.write(Op.DECIDE_CASE, used=used) as tx:
        decided = tx.put(CARRY_OUT[verdict.code](desk, tx, case, procedure, verdict))
    return Done(decided, tx.changes, tuple(findings))


def _steps(desk: Desk, case: Case, procedure: Procedure, done: dict[str, date | None]) -> list[StepState]:
    found = []
    for step in procedure.steps:
        start = done.get(step.after) if step.after else case.applied_on
        due = checks.find_due(desk, step.term, start) if step.term and start else None
        found.append(StepState(step.code, pick(step.title), done.get(step.code), due))
    return found


def _open_case(desk: Desk, uid: str) -> Case:
    case = get_case(desk, uid)
    assert case.state is not None
    if case.state is not CaseState.OPEN or case.is_annulled:
        raise _closed()
    return case


def _case_to_decide(desk: Desk, uid: str, verdict: Verdict) -> Case:
    """An open case, or a granted one of which the status is ended; whether the service offers it comes later."""
    case = get_case(desk, uid)
    assert case.state is not None
    outcome = OUTCOMES.get(verdict.code, CaseState.REFUSED)
    if case.is_annulled or outcome not in CASE_TRANSITIONS[case.state]:
        raise _closed()
    return case


def _closed() -> Refused:
    return Refused([block("case.closed", N_("This case is decided already."), "state")])


def _open_before(desk: Desk, case: Case) -> bool:
    found = desk.store.live(Case, person=case.person, service=case.service, state=CaseState.OPEN)
    return any(one.uid != case.uid for one in found)
