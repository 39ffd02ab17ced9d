"""What stands against a decision, and what the clerk should look at before it is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migdesk.domain.arrival import Arrival, Departure, DepartureKind
from migdesk.domain.case import Case, CasePaper, CaseState, CaseStep
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, Severity, block, warn
from migdesk.i18n import N_, pick
from migdesk.rules.procedure import Ground, Procedure, Step
from migdesk.services import members
from migdesk.services.decisions import FAVOURABLE, Verdict, check_permits
from migdesk.services.desk import Desk

_DECISION = "decision"
_AFTER_WORK = (*FAVOURABLE, "refuse")
"""Decisions made at the end of the way: a refusal of the filing comes before it, an end of the status after."""


def check_verdict(desk: Desk, case: Case, procedure: Procedure, verdict: Verdict) -> list[Finding]:
    """What is wrong or odd about a decision. An incomplete package stops a grant: it is not even accepted then."""
    offered = {one.code for one in procedure.decisions}
    if verdict.code not in offered:
        known = ", ".join(sorted(offered))
        message = N_("“{code}” is none of: {known}.")
        return [block("unknown_decision", message, _DECISION, code=verdict.code, known=known)]
    verdict = replace(verdict, on=verdict.on or desk.today)
    findings = [*_check_days(desk, case, verdict), *_check_papers(desk, case, procedure, verdict)]
    if verdict.code in FAVOURABLE:
        findings += check_permits(desk, case, procedure, verdict)
        findings += _check_presence(desk, case, verdict)
    else:
        findings += [*_check_grounds(procedure, verdict), *check_permits(desk, case, procedure, verdict)]
    return [*findings, *_check_way(desk, case, procedure, verdict)]


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


def _check_days(desk: Desk, case: Case, verdict: Verdict) -> list[Finding]:
    findings: list[Finding] = []
    day = verdict.on or desk.today
    if day > desk.today or (case.applied_on and day < case.applied_on):
        findings.append(block("bad_day", N_("A decision is made between the filing and today."), "on"))
    if verdict.protocol_on and verdict.protocol_on > day:
        findings.append(block("bad_day", N_("The protocol is later than the decision."), "protocol_on"))
    if case.state is CaseState.OPEN and case.due_on and day > case.due_on:
        findings.append(warn("late", N_("The decision was due on {due}."), "on", due=show_day(case.due_on)))
    return findings


def _check_presence(desk: Desk, case: Case, verdict: Verdict) -> list[Finding]:
    """Whom a grant is about and who left the country for good, without an arrival since."""
    findings = []
    for person in members.persons_of(desk, case):
        left = [
            one.left_on
            for one in desk.store.live(Departure, person=person.uid, kind=DepartureKind.FOR_GOOD)
            if one.left_on and verdict.on and one.left_on <= verdict.on
        ]
        came = [one.arrived_on for one in desk.store.live(Arrival, person=person.uid) if one.arrived_on]
        if left and max(left) >= max(came, default=max(left)):
            message = N_("{name} left the country for good on {day}: look whether a grant is still right.")
            day = show_day(max(left))
            findings.append(warn("left_for_good", message, "members", name=person.full_name, day=day))
    return findings


def _check_papers(desk: Desk, case: Case, procedure: Procedure, verdict: Verdict) -> list[Finding]:
    if verdict.code not in _AFTER_WORK:
        return []
    received = {one.code for one in desk.store.live(CasePaper, case=case.uid)}
    lacking = [one for one in procedure.papers if one.required and one.code not in received]
    if not lacking:
        return []
    say = block if verdict.code in FAVOURABLE else warn
    titles = "; ".join(pick(one.title) for one in lacking)
    codes = " ".join(one.code for one in lacking)
    return [say("papers_missing", N_("Papers are missing: {papers}."), "papers", papers=titles, codes=codes)]


def _check_way(desk: Desk, case: Case, procedure: Procedure, verdict: Verdict) -> list[Finding]:
    """Steps that nobody marked before the decision, and a commission of which no protocol is named."""
    if verdict.code not in _AFTER_WORK:
        return []
    done = {one.code for one in desk.store.live(CaseStep, case=case.uid)}
    way = _before_decision(procedure)
    findings = []
    undone = [one for one in way if one.required and one.code not in done]
    if undone:
        titles, codes = "; ".join(pick(one.title) for one in undone), " ".join(one.code for one in undone)
        message = N_("Steps that nobody marked as done: {steps}.")
        findings.append(warn("steps_undone", message, "steps", steps=titles, codes=codes))
    if not verdict.protocol and any(one.required and one.by == "commission" for one in way):
        message = N_("A commission examines such cases: its protocol is not named.")
        findings.append(warn("no_protocol", message, "protocol"))
    return findings


def _before_decision(procedure: Procedure) -> list[Step]:
    codes = [one.code for one in procedure.steps]
    end = codes.index(_DECISION) if _DECISION in codes else len(codes)
    return list(procedure.steps[:end])


def _check_grounds(procedure: Procedure, verdict: Verdict) -> list[Finding]:
    legal: dict[str, Ground] = {one.code: one for one in procedure.grounds if one.decision == verdict.code}
    known = ", ".join(legal)
    if not verdict.grounds:
        return [block("no_ground", N_("Name a legal ground: {known}."), "grounds", known=known)]
    findings = []
    for code in verdict.grounds:
        if code not in legal:
            message = N_("“{code}” is none of: {known}.")
            findings.append(block("unknown_ground", message, "grounds", code=code, known=known))
        elif legal[code].citation.confidence == "unverified":
            message = N_("The ground rests on an unverified source: compare it with the act before signing.")
            source = legal[code].citation.source
            findings.append(Finding(Severity.WARN, "unverified_ground", message, "grounds", source=source))
    return findings
