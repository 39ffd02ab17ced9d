"""What stands against a case on an agenda, a vote, and the closing of a session of a commission."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from migdesk.domain.appointment import read_time
from migdesk.domain.case import Case, CaseState, CaseStep
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.session import (
    Recommendation,
    SeatRole,
    Session,
    SessionItem,
    SessionMember,
    SessionState,
    SessionVote,
    Vote,
)
from migdesk.i18n import N_, pick
from migdesk.rules.pack import JudgedOn
from migdesk.rules.procedure import REFUSE, Ground
from migdesk.services.cases.session_file import SessionFile, step_for, voting_of
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.facts.session_outcomes import session_facts


def check_case(desk: Desk, session: Session, case: Case, *, ever: bool = False) -> list[Finding]:
    """What stands against a case on the agenda of a session; `ever` asks only what a new day of it changes."""
    if session.held_on and case.applied_on and case.applied_on > session.held_on:
        message = N_("Case {number} was filed on {day}, after the session.")
        return [block("filed_later", message, "held_on", number=case.number, day=show_day(case.applied_on))]
    if ever:
        return []
    if case.state is not CaseState.OPEN or case.is_annulled:
        return [block("case.closed", N_("Case {number} is decided already."), "case", number=case.number)]
    step = step_for(desk, case, session.commission)
    if step is None:
        service = case_answers.service_of(desk, case)
        message = N_("Case {number} is of a service that this commission does not examine: {service}.")
        values = {"number": case.number, "service": pick(service.title)}
        return [block("other_service", message, "case", **values)]
    if desk.store.live(CaseStep, case=case.uid, code=step.code):
        message = N_("Case {number}: this commission examined it already.")
        return [block("examined", message, "case", number=case.number)]
    return _elsewhere(desk, session, case)


def _elsewhere(desk: Desk, session: Session, case: Case) -> list[Finding]:
    """A case stands on one open agenda of a commission."""
    for item in desk.store.live(SessionItem, case=case.uid):
        other = desk.store.find(Session, item.session or "")
        if other and other.state is SessionState.OPEN and other.commission == session.commission:
            message = N_("Case {number} stands on the agenda of session {session} already.")
            return [block("on_agenda", message, "case", number=case.number, session=other.number)]
    return []


def may_vote(desk: Desk, member: SessionMember) -> bool:
    """Whether a member has a vote."""
    return bool(voting_of(desk, [member]))


def refuse_voted(desk: Desk, member: SessionMember) -> None:
    """Who voted was there and had a vote.

    Raises:
        Refused: the member voted in this session.
    """
    if member.uid and desk.store.live(SessionVote, member=member.uid):
        message = N_("{name} voted in this session: take the votes back first.")
        raise Refused([block("has_voted", message, "present", name=member.name)])


def refuse_closed(session: Session) -> None:
    """Only an open session changes.

    Raises:
        Refused: it is closed or was called off.
    """
    if session.state is not SessionState.OPEN:
        state = choice_label(session.state) if session.state else "-"
        message = N_("This session is not open any more: {state}.")
        raise Refused([block("session.closed", message, "state", state=state)])


def check_votes(
    file: SessionFile, votes: Sequence[tuple[str, Vote]], held: Mapping[str, Vote]
) -> list[Finding]:
    """What stands against these votes beside those a case has: each member votes once, is there and has a vote."""
    names = {one.uid: one for one in file.members}
    voting = {one.uid for one in file.voting}
    times = Counter(member for member, _vote in votes)
    found = []
    for member, count in times.items():
        seat = names.get(member)
        if seat is None:
            found.append(block("no_member", N_("This session has no such member."), "votes"))
        elif member in held or count > 1:
            message = N_("{name} voted on this case already: nobody votes twice.")
            found.append(block("voted_twice", message, "votes", name=seat.name))
        elif member not in voting:
            message = N_("{name} is the secretary and has no vote by the setting of this office.")
            found.append(block("no_vote", message, "votes", name=seat.name))
        elif not seat.present:
            found.append(block("absent", N_("{name} is not marked as present."), "votes", name=seat.name))
    return found


def majority(votes: Iterable[Vote]) -> Recommendation | None:
    """What more votes are for; nothing with equal numbers, or where nobody voted for or against."""
    counts = Counter(votes)
    if counts[Vote.FOR] > counts[Vote.AGAINST]:
        return Recommendation.FAVOUR
    return Recommendation.REFUSE if counts[Vote.AGAINST] > counts[Vote.FOR] else None


def grounds_of(desk: Desk, case: Case) -> list[Ground]:
    """Legal grounds by which a commission may recommend to refuse: those of the refusals of the service."""
    service = case_answers.service_of(desk, case)
    refusals = {one.code for one in service.decisions if one.does == REFUSE}
    return [one for one in service.grounds if one.decision in refusals]


def check_recommendation(desk: Desk, item: SessionItem, votes: Iterable[Vote]) -> list[Finding]:
    """What is wrong or odd about a recommendation: its ground, and whether the votes say the same."""
    case = desk.store.get(Case, item.case or "")
    known = {one.code: one for one in grounds_of(desk, case)}
    codes = item.grounds.split()
    listed = ", ".join(known)
    found = [
        block("unknown_ground", N_("“{code}” is none of: {known}."), "grounds", code=one, known=listed or "-")
        for one in codes
        if one not in known
    ]
    counts = Counter(votes)
    by_votes = majority(counts.elements())
    wanted = item.recommendation
    if wanted is Recommendation.REFUSE and not codes and not item.words:
        message = N_("A recommendation to refuse names a ground or its reasons: {known}.")
        found.append(block("no_ground", message, "grounds", known=listed or "-"))
    if wanted in (Recommendation.FAVOUR, Recommendation.REFUSE) and by_votes and by_votes is not wanted:
        found.append(warn("against_votes", N_("The votes say otherwise."), "recommendation"))
    if counts[Vote.FOR] == counts[Vote.AGAINST] and counts[Vote.FOR]:
        message = N_(
            "The votes are equal. No norm on a casting vote of the chairman was found: name the recommendation."
        )
        found.append(note("equal_votes", message, "recommendation"))
    return found


def check_closing(desk: Desk, file: SessionFile, protocol: str = "") -> list[Finding]:
    """What stands against closing a session, and what to look at before."""
    session = file.session
    found: list[Finding] = []
    if session.held_on and session.held_on > desk.today:
        found.append(block("in_future", N_("The day of the session is still ahead."), "held_on"))
    if not file.has_quorum:
        message = N_("No quorum: {present} of {members} are present, {needed} are needed.")
        values = {"present": len(file.present), "members": len(file.voting), "needed": file.needed}
        found.append(block("no_quorum", message, "members", **values))
    if not file.items:
        found.append(block("no_agenda", N_("No case is on the agenda."), "agenda"))
    found += _check_items(file)
    if not any(one.role is SeatRole.CHAIR and one.present for one in file.members):
        found.append(warn("no_chair", N_("No chairman is marked as present."), "members"))
    if protocol and any(
        one.uid != session.uid
        for one in desk.store.live(Session, commission=session.commission, protocol=protocol)
    ):
        message = N_("Another session of this commission has the protocol number {number}.")
        found.append(warn("protocol_again", message, "protocol", number=protocol))
    if session.held_on:
        found += desk.law.check(session_facts(session), {JudgedOn.EVENT: session.held_on})
    return found


def _check_items(file: SessionFile) -> list[Finding]:
    found: list[Finding] = []
    for one in file.items:
        number = one.case.number
        if one.case.state is not CaseState.OPEN:
            message = N_("Case {number} was decided meanwhile: take it off the agenda.")
            found.append(block("case.closed", message, "agenda", number=number))
        elif one.item.recommendation is Recommendation.POSTPONE:
            continue
        elif missing := file.unvoted(one):
            message = N_("Case {number}: these did not vote: {names}")
            names = "; ".join(member.name for member in missing)
            found.append(block("unvoted", message, "agenda", number=number, names=names))
        elif one.item.recommendation is None:
            message = N_("Case {number} has no recommendation.")
            found.append(block("no_recommendation", message, "agenda", number=number))
        elif not (one.count(Vote.FOR) or one.count(Vote.AGAINST)):
            message = N_("Case {number}: nobody voted for or against.")
            found.append(warn("nobody_decided", message, "agenda", number=number))
    return found


def tidy(session: Session) -> Session:
    """A session with its times as the program writes them.

    Raises:
        Invalid: one of them is no time of the day.
    """
    times: dict[str, Any] = {}
    for name in ("begins", "ends"):
        given = str(getattr(session, name)).strip()
        try:
            times[name] = read_time(given) if given else ""
        except ValueError:
            message = N_("“{given}” is no time of the day, such as 9:30.")
            raise Invalid([block("not_a_time", message, name, given=given)]) from None
    return replace(session, **times)
