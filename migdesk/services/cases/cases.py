"""Cases: an application on its way through a public service, from filing to decision and certificate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from migdesk.domain.case import CASE_TRANSITIONS, Case, CasePaper, CaseState, CaseStep
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, blocking, warn
from migdesk.domain.person import Family, Person
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.rules.procedure import DECISION, REFUSE_FILING, WITHDRAW, Paper, Procedure, Step
from migdesk.services import checks, owed, waiting_fees, work_regions
from migdesk.services.cases import sessions
from migdesk.services.cases.case_file import get_case
from migdesk.services.cases.decisions import CARRY_OUT, OUTCOMES, used_law
from migdesk.services.cases.verdicts import age_of, check_verdict, missing_papers, offered, remarks
from migdesk.services.checked_ops import prepared_op
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers, facts, session_outcomes
from migdesk.services.facts import members as members_of_case
from migdesk.services.facts.members import check_members, usual, with_members, write_members
from migdesk.services.matter import Matter, Verdict
from migdesk.services.payments import fees
from migdesk.services.terms import monitoring
from migdesk.store.writer import Tx


def check_case(
    desk: Desk, case: Case, members: Sequence[str] = (), answers: Mapping[str, Any] | None = None
) -> list[Finding]:
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
    if answers and not blocking(findings):
        service = desk.get_procedure(case.service, case.applied_on or desk.today)
        findings += case_answers.check_answers(desk, service, answers)
        findings += [*work_regions.check_regions(answers, case), *monitoring.check_days(desk, answers)]
    asked = replace(case, persons=len(members)) if members else case
    return [*findings, *facts.ask_about_case(desk, asked, answers), *waiting_fees.check_filing(desk, asked)]


def open_case(
    desk: Desk, case: Case, members: Sequence[str] = (), answers: Mapping[str, Any] | None = None
) -> Done[Case]:
    """Take an application: number, answers, and the day by which it must be decided.

    `members` are the people it is for; nobody named means the whole family where the service is for families,
    the applicant elsewhere. How many `persons` it is for follows from them. `answers` are those to the questions
    of the service; what is not known yet may be answered later.

    Raises:
        Invalid: what is wrong, field by field.
        NotFound: the service did not exist on the day of filing.
    """
    given = answers or {}
    asked = replace(case, persons=len(set(members))) if members else case

    def prepare() -> tuple[list[str], list[Finding]]:
        refuse_if_blocked(check_case(desk, asked, (), given))
        chosen = list(dict.fromkeys(members)) or usual(desk, asked)
        return chosen, check_case(desk, asked, chosen, given)

    with prepared_op(desk, Op.OPEN_CASE, prepare) as (tx, chosen, findings):
        filed = asked.applied_on or desk.today
        procedure = desk.get_procedure(asked.service, filed)
        due = checks.find_due(desk, procedure.term, filed) if procedure.term else None
        opened = write_opened(desk, tx, replace(asked, due_on=due), chosen, given)
    return Done(opened, tx.changes, tuple(findings))


def write_opened(desk: Desk, tx: Tx, case: Case, members: Sequence[str], answers: Mapping[str, Any]) -> Case:
    """Number and write an application that was checked, with its people and answers, inside an op."""
    procedure = desk.get_procedure(case.service, case.applied_on or desk.today)
    region = case.region or desk.office.region
    number = desk.next_number(tx, "C", 5)
    opened = tx.put(replace(with_members(desk, case, members), number=number, region=region))
    write_members(tx, opened, members)
    case_answers.write_answers(tx, opened, procedure, answers)
    owed.write_filed(desk, tx, opened, procedure)
    return opened


def answer(desk: Desk, uid: str, answers: Mapping[str, Any]) -> Done[Case]:
    """Answer questions of the service, or correct answers, while the case is open; those not named stay.

    Raises:
        Invalid: an answer is not of this service, or the law refuses it.
        Refused: the case is decided.
    """

    def prepare() -> tuple[Case, list[Finding]]:
        case = _open_case(desk, uid)
        service = case_answers.service_of(desk, case)
        held = case_answers.answers_of(desk.store, case, service)
        findings = case_answers.check_answers(desk, service, answers)
        findings += monitoring.check_answers(desk, service, held, answers)
        refuse_if_blocked(findings)
        return case, [*findings, *facts.ask_about_case(desk, case, {**held, **answers})]

    with prepared_op(desk, Op.ANSWER_CASE, prepare) as (tx, case, findings):
        service = case_answers.service_of(desk, case)
        case_answers.write_answers(tx, case, service, answers)
        owed.write_filed(desk, tx, case, service)
    return Done(case, tx.changes, tuple(findings))


def receive_paper(
    desk: Desk,
    uid: str,
    code: str,
    *,
    pages: int | None = None,
    note: str = "",
    issued_on: date | None = None,
) -> Done[CasePaper]:
    """Tick a paper of the checklist, with its own day where the service says how old it may be.

    A paper that was too old on the day of filing may come in again: the newer one takes its place.

    Raises:
        Invalid: the service asks for no such paper, it came in already, or its day is missing or in the future.
        Refused: the case is decided, and this is no paper that comes after a grant.
    """

    def prepare() -> tuple[Case, list[Finding]]:
        case = get_case(desk, uid)
        paper = _paper_of(desk, case, code)
        if not (paper.later and case.state is CaseState.GRANTED and not case.is_annulled):
            case = _open_case(desk, uid)
        return case, _check_issued(desk, paper, issued_on)

    with prepared_op(desk, Op.RECEIVE_PAPER, prepare) as (tx, case, _findings):
        paper = _paper_of(desk, case, code)
        old = age_of(paper, issued_on, case.applied_on)
        for held in tx.live(CasePaper, case=case.uid, code=code):
            if age_of(paper, held.issued_on, case.applied_on) is None:
                raise Invalid([block("received", N_("This paper came in already."), "paper")])
            tx.annul(held, "replaced")
        came = CasePaper(case=case.uid, code=code, received_on=desk.today, issued_on=issued_on)
        received = tx.put(replace(came, pages=pages, note=note))
    return Done(received, tx.changes, (old,) if old else ())


def _paper_of(desk: Desk, case: Case, code: str) -> Paper:
    procedure = desk.get_procedure(case.service, case.applied_on or desk.today)
    found = next((one for one in procedure.papers if one.code == code), None)
    if found:
        return found
    known = ", ".join(one.code for one in case_answers.service_of(desk, case).papers)
    message = N_("“{code}” is none of: {known}.")
    raise Invalid([block("unknown_paper", message, "paper", code=code, known=known)])


def _check_issued(desk: Desk, paper: Paper, issued: date | None) -> list[Finding]:
    if paper.valid_days and issued is None:
        message = N_("This paper may be at most {days} days old on the day of filing: give its day.")
        return [block("no_day", message, "issued_on", days=paper.valid_days)]
    if issued and issued > desk.today:
        return [block("in_future", N_("The day of the paper is in the future."), "issued_on")]
    return []


def do_step(desk: Desk, uid: str, code: str, *, on: date | None = None, note: str = "") -> Done[CaseStep]:
    """Mark a step as done on a day; those behind the decision also once it is made.

    Raises:
        Invalid: the service has no such step, it was done already, the day is in the future, or a fee is not paid.
        Refused: the case is decided.
    """
    day = on or desk.today
    with prepared_op(desk, Op.DO_STEP, partial(_stepped, desk, uid, code, day)) as (tx, case, findings):
        step = tx.put(CaseStep(case=case.uid, code=code, done_on=day, note=note))
        fees.begin_term(desk, tx, case, _service_on(desk, case, day), step)
    return Done(step, tx.changes, tuple(findings))


def _stepped(desk: Desk, uid: str, code: str, day: date) -> tuple[Case, list[Finding]]:
    """The case of a step, and what stands against doing it on a day."""
    case = get_case(desk, uid)
    service = _service_on(desk, case, day)
    steps = [one.code for one in service.steps]
    if code not in steps:
        message = N_("“{code}” is none of: {known}.")
        return case, [block("unknown_step", message, "step", code=code, known=", ".join(steps))]
    if case.state is not CaseState.OPEN and not _is_behind(service.steps, code):
        raise _closed()
    if day > desk.today or (case.applied_on and day < case.applied_on):
        return case, [block("bad_day", N_("A step is done between the filing and today."), "on")]
    if desk.store.live(CaseStep, case=case.uid, code=code):
        return case, [block("done_already", N_("This step was done already."), "step")]
    looks = any(one.papers for one in service.steps if one.code == code)
    missing = missing_papers(desk, case, case_answers.service_of(desk, case)) if looks else []
    return case, [*missing, *fees.check_step(desk, case, service, code)]


def _service_on(desk: Desk, case: Case, day: date) -> Procedure:
    return desk.get_procedure(case.service, case.applied_on or day)


def _is_behind(steps: Sequence[Step], code: str) -> bool:
    codes = [one.code for one in steps]
    return DECISION in codes and codes.index(code) > codes.index(DECISION)


def choose_members(desk: Desk, uid: str, members: Iterable[str]) -> Done[Case]:
    """Say anew who of the applicant's family the case is for.

    Raises:
        NotFound: no such case.
        Refused: the case is decided.
        Invalid: somebody is not of the applicant's family, or the law refuses somebody.
    """
    return members_of_case.choose_members(desk, get_case(desk, uid), members)


def check_decision(desk: Desk, uid: str, verdict: Verdict) -> list[Finding]:
    """What `decide` would refuse or remark, and what it brings along; writes nothing.

    Raises:
        NotFound: no such case.
        Refused: the case is decided.
    """
    try:
        return check_verdict(_matter(desk, uid, verdict))
    except Invalid as problem:
        return list(problem.findings)


def decide(desk: Desk, uid: str, verdict: Verdict) -> Done[Case]:
    """Decide a case.

    A grant takes the quota units and makes the permits with their certificate number; an extension lets new
    permits begin where the old ones end, a replacement puts new ones in their place; a termination revokes them;
    a refusal returns what was held and begins the term of an appeal. What was remarked, such as steps nobody
    marked, and the amounts that become due are kept in the journal with the decision.

    Raises:
        Invalid: papers or answers are missing, a ground is not of this service, the day contradicts, or the case
            stands on the agenda of an open session.
        Refused: the case is decided, there is nothing to extend or to end, or the quota has not enough free
            units; nothing was written.
    """

    def prepare() -> tuple[Matter, list[Finding]]:
        matter = _matter(desk, uid, verdict)
        return matter, check_verdict(matter)

    with prepared_op(desk, Op.DECIDE_CASE, prepare, _used) as (tx, matter, findings):
        decided = tx.put(CARRY_OUT[matter.decision.does](matter, tx))
        owed.write(matter, tx)
        _mark_decided(tx, matter)
        for one in session_outcomes.going_on(desk, matter.case):
            sessions.take_off(tx, one.item)
    return Done(decided, tx.changes, tuple(findings))


def _used(matter: Matter, findings: list[Finding]) -> list[Mapping[str, object]]:
    return [*used_law(matter), *remarks(findings, matter.verdict)]


def _mark_decided(tx: Tx, matter: Matter) -> None:
    """The decision is a step of the way itself."""
    has_step = any(one.code == DECISION for one in matter.service.steps)
    if not has_step or matter.decision.does in (REFUSE_FILING, WITHDRAW):
        return
    if not tx.live(CaseStep, case=matter.case.uid, code=DECISION):
        tx.put(CaseStep(case=matter.case.uid, code=DECISION, done_on=matter.day))


def _matter(desk: Desk, uid: str, verdict: Verdict) -> Matter:
    """An open case, or a granted one of which the status is ended, with the decision of its service."""
    case = get_case(desk, uid)
    assert case.state is not None
    service = case_answers.service_of(desk, case)
    named = service.decision(verdict.code)
    outcome = OUTCOMES[named.does] if named else CaseState.REFUSED
    if case.is_annulled or outcome not in CASE_TRANSITIONS[case.state]:
        raise _closed()
    verdict = _by_session(case, replace(verdict, on=verdict.on or desk.today))
    return Matter(desk, case, service, offered(service, verdict), verdict)


def _by_session(case: Case, verdict: Verdict) -> Verdict:
    """A decision names the protocol that a closed session of a commission left with the open case."""
    if verdict.protocol or case.state is not CaseState.OPEN:
        return verdict
    return replace(
        verdict,
        protocol=case.protocol,
        protocol_on=verdict.protocol_on or (case.protocol_on if case.protocol else None),
    )


def _open_case(desk: Desk, uid: str) -> Case:
    case = get_case(desk, uid)
    if case.state is not CaseState.OPEN or case.is_annulled:
        raise _closed()
    return case


def _closed() -> Refused:
    return Refused([block("case.closed", N_("This case is decided already."), "state")])


def _open_before(desk: Desk, case: Case) -> bool:
    found = desk.store.live(Case, person=case.person, service=case.service, state=CaseState.OPEN)
    return any(one.uid != case.uid for one in found)
