"""What stands against a decision, and what the clerk should look at before it is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from migdesk.domain.arrival import Arrival, Departure, DepartureKind
from migdesk.domain.case import Case, CasePaper, CaseState, CaseStep
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding, Severity, block, note, warn
from migdesk.i18n import N_, pick
from migdesk.rules.procedure import AGAINST, FAVOURABLE, REFUSE, Decision, Ground, Paper, Procedure, Step
from migdesk.services import owed
from migdesk.services.asked_values import PLACE
from migdesk.services.cases.decisions import appeal_until, check_permits
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers, facts, members, session_outcomes
from migdesk.services.facts.appeal_terms import UNKNOWN
from migdesk.services.matter import Matter, Verdict
from migdesk.services.terms import monitoring

_DECISION = "decision"
_AFTER_WORK = (*FAVOURABLE, REFUSE)
"""Decisions made at the end of the way: a refusal of the filing comes before it, an end of the status after."""


def check_verdict(matter: Matter) -> list[Finding]:
    """What is wrong or odd about a decision. An incomplete package stops a grant: it is not even accepted then."""
    findings = [*_check_days(matter), *_check_papers(matter), *_check_ages(matter), *_check_answers(matter)]
    findings += [*_check_grounds(matter), *check_permits(matter)]
    if matter.decision.does in FAVOURABLE:
        told = facts.ask_at_decision(matter.desk, matter.case, matter.day)
        known = {(one.code, one.words()) for one in findings}
        findings += [one for one in told if (one.code, one.words()) not in known]
        findings += _check_presence(matter)
    findings += [*_check_agenda(matter), *_check_way(matter), *monitoring.check_end(matter)]
    return [*findings, *_consequences(matter)]


def offered(service: Procedure, verdict: Verdict) -> Decision:
    """The decision of the service that a verdict names.

    Raises:
        Invalid: the service has no such decision.
    """
    found = service.decision(verdict.code)
    if found:
        return found
    known = ", ".join(sorted(one.code for one in service.decisions))
    message = N_("“{code}” is none of: {known}.")
    raise Invalid([block("unknown_decision", message, _DECISION, code=verdict.code, known=known)])


def remarks(findings: Iterable[Finding], verdict: Verdict) -> list[dict[str, object]]:
    """The warnings a decision was made in spite of, as the journal keeps them."""
    return [
        {
            "on": verdict.on.isoformat() if verdict.on else None,
            "kind": "remark",
            "code": one.code,
            "severity": one.severity.value,
            "values": {name: str(value) for name, value in one.values.items()},
        }
        for one in findings
        if one.severity is Severity.WARN
    ]


def _check_days(matter: Matter) -> list[Finding]:
    findings: list[Finding] = []
    case, verdict, day = matter.case, matter.verdict, matter.day
    if day > matter.desk.today or (case.applied_on and day < case.applied_on):
        findings.append(block("bad_day", N_("A decision is made between the filing and today."), "on"))
    if verdict.protocol_on and verdict.protocol_on > day:
        findings.append(block("bad_day", N_("The protocol is later than the decision."), "protocol_on"))
    if case.state is CaseState.OPEN and case.due_on and day > case.due_on:
        findings.append(warn("late", N_("The decision was due on {due}."), "on", due=show_day(case.due_on)))
    return findings


def _check_presence(matter: Matter) -> list[Finding]:
    """Whom a grant is about and who left the country for good, without an arrival since."""
    findings, store = [], matter.desk.store
    for person in members.persons_of(matter.desk, matter.case):
        left = [
            one.left_on
            for one in store.live(Departure, person=person.uid, kind=DepartureKind.FOR_GOOD)
            if one.left_on and one.left_on <= matter.day
        ]
        came = [one.arrived_on for one in store.live(Arrival, person=person.uid) if one.arrived_on]
        if left and max(left) >= max(came, default=max(left)):
            message = N_("{name} left the country for good on {day}: look whether a grant is still right.")
            day = show_day(max(left))
            findings.append(warn("left_for_good", message, "members", name=person.full_name, day=day))
    return findings


def _check_papers(matter: Matter) -> list[Finding]:
    if matter.decision.does not in _AFTER_WORK:
        return []
    found = missing_papers(matter.desk, matter.case, matter.service)
    stops = matter.decision.does in FAVOURABLE
    return [replace(one, severity=Severity.BLOCK) if stops else one for one in found]


def missing_papers(desk: Desk, case: Case, service: Procedure) -> list[Finding]:
    """A warning that names the required papers which have not come in."""
    received = {one.code for one in desk.store.live(CasePaper, case=case.uid)}
    lacking = [one for one in service.papers if one.required and one.code not in received]
    if not lacking:
        return []
    titles = "; ".join(pick(one.title) for one in lacking)
    codes = " ".join(one.code for one in lacking)
    return [warn("papers_missing", N_("Papers are missing: {papers}."), "papers", papers=titles, codes=codes)]


def _check_ages(matter: Matter) -> list[Finding]:
    """Papers that were too old on the day of filing: they stop a grant where somebody read how old they may be."""
    if matter.decision.does not in FAVOURABLE:
        return []
    received = {one.code: one for one in matter.desk.store.live(CasePaper, case=matter.case.uid)}
    found = []
    for paper in matter.service.papers:
        held = received.get(paper.code)
        told = age_of(paper, held.issued_on, matter.case.applied_on) if held else None
        if told:
            stops = paper.citation.confidence.is_sure
            found.append(replace(told, severity=Severity.BLOCK) if stops else told)
    return found


def age_of(paper: Paper, issued: date | None, filed: date | None) -> Finding | None:
    """A finding about a paper that was older on the day of filing than it may be."""
    if paper.valid_days is None or issued is None or filed is None:
        return None
    days = (filed - issued).days
    if days <= paper.valid_days:
        return None
    message = N_("“{paper}” was {days} days old on the day of filing: at most {most} are allowed.")
    values = {"paper": pick(paper.title), "days": days, "most": paper.valid_days}
    return Finding(Severity.WARN, "paper_old", message, "papers", values, paper.citation.source)


def _check_answers(matter: Matter) -> list[Finding]:
    """Questions of the service without an answer: nothing is granted before they have one."""
    if matter.decision.does not in FAVOURABLE:
        return []
    answers = case_answers.answers_of(matter.desk.store, matter.case, matter.service)
    lacking = case_answers.lacking(matter.service, answers)
    if not lacking:
        return []
    labels, codes = "; ".join(label for label, _key in lacking), " ".join(key for _label, key in lacking)
    message = N_("Questions without an answer: {labels}.")
    return [block("unanswered", message, PLACE, labels=labels, codes=codes)]


def _check_way(matter: Matter) -> list[Finding]:
    """Steps that nobody marked before the decision, and a commission of which no protocol is named."""
    if matter.decision.does not in _AFTER_WORK:
        return []
    done = {one.code for one in matter.desk.store.live(CaseStep, case=matter.case.uid)}
    way = _before_decision(matter.service)
    findings = []
    undone = [one for one in way if one.required and one.code not in done]
    if undone:
        titles, codes = "; ".join(pick(one.title) for one in undone), " ".join(one.code for one in undone)
        message = N_("Steps that nobody marked as done: {steps}.")
        findings.append(warn("steps_undone", message, "steps", steps=titles, codes=codes))
    if not matter.verdict.protocol and any(one.required and one.by == "commission" for one in way):
        message = N_("A commission examines such cases: its protocol is not named.")
        findings.append(warn("no_protocol", message, "protocol"))
    return findings


def _check_agenda(matter: Matter) -> list[Finding]:
    """A case on the agenda of an open session waits for it; one that ends before it is examined leaves the agenda."""
    found = []
    for one in session_outcomes.going_on(matter.desk, matter.case):
        values = {"number": matter.case.number, "session": one.session.number}
        if matter.decision.does in _AFTER_WORK:
            message = N_(
                "Case {number} stands on the agenda of session {session}, which is still open: "
                "close the session first, or take the case off its agenda."
            )
            found.append(block("on_agenda", message, "decision", **values))
        else:
            message = N_("Case {number} is taken off the agenda of session {session}.")
            found.append(note("off_agenda", message, "decision", **values))
    return found


def _before_decision(procedure: Procedure) -> list[Step]:
    codes = [one.code for one in procedure.steps]
    end = codes.index(_DECISION) if _DECISION in codes else len(codes)
    return list(procedure.steps[:end])


def _check_grounds(matter: Matter) -> list[Finding]:
    """A decision against somebody, and any other that has legal grounds, names one of the list."""
    verdict = matter.verdict
    legal: dict[str, Ground] = {one.code: one for one in matter.service.grounds_of(verdict.code)}
    known = ", ".join(legal)
    if not verdict.grounds:
        if not legal and matter.decision.does not in AGAINST:
            return []
        return [block("no_ground", N_("Name a legal ground: {known}."), "grounds", known=known)]
    findings = []
    for code in verdict.grounds:
        if code not in legal:
            message = N_("“{code}” is none of: {known}.")
            findings.append(block("unknown_ground", message, "grounds", code=code, known=known or "-"))
        elif legal[code].citation.confidence == "unverified":
            message = N_("The ground rests on an unverified source: compare it with the act before signing.")
            source = legal[code].citation.source
            findings.append(Finding(Severity.WARN, "unverified_ground", message, "grounds", source=source))
    return findings


def _for_all(matter: Matter) -> list[Finding]:
    """A case has one decision: who is refused alone gets a case of his own."""
    people = members.persons_of(matter.desk, matter.case) if matter.decision.does == REFUSE else []
    if len(people) < 2:
        return []
    message = N_(
        "The refusal is for all people of the case: {names}. To refuse one of them, untick that person here and open "
        "a case for that person alone."
    )
    return [note("for_all", message, "members", names="; ".join(one.full_name for one in people))]


def _consequences(matter: Matter) -> list[Finding]:
    """What the decision brings along, said before it is recorded: amounts that become due, the term of an appeal."""
    found = [*_for_all(matter), *owed.check(matter)]
    given = matter.verdict.appeal_until
    if given and matter.decision.does not in AGAINST:
        message = N_("An appeal is against a decision that goes against the applicant.")
        found.append(block("appeal.in_favour", message, "appeal_until"))
    elif given and given < matter.day:
        found.append(block("bad_day", N_("The last day is before the first day."), "appeal_until"))
    elif matter.decision.does in AGAINST:
        until = appeal_until(matter)
        if until:
            message = N_("An appeal may be filed until {day}.")
            found.append(note("appeal_until", message, None, day=show_day(until)))
        else:
            found.append(note("appeal_unknown", UNKNOWN, "appeal_until"))
    return found
