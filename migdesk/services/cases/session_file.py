"""A session of a commission with its members, its agenda and its votes, and the cases that wait for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from migdesk.domain.case import Case, CaseState, CaseStep
from migdesk.domain.errors import NotFound
from migdesk.domain.person import Person
from migdesk.domain.session import (
    SeatRole,
    Session,
    SessionItem,
    SessionMember,
    SessionState,
    SessionVote,
    Vote,
)
from migdesk.i18n import pick
from migdesk.rules.procedure import Procedure, Step
from migdesk.services import checks
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers

QUORUM, SECRETARY_VOTES = "commission.quorum", "commission.secretary_votes"
"""Open questions of the packs: how many must be present, and whether the secretary votes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for a commission: its step, and until when the step should be done."""

    case: Case
    person: Person
    title: str
    step: Step
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Item:
    """A case on the agenda: its words, and how the members voted by their uids."""

    item: SessionItem
    case: Case
    person: Person
    title: str
    votes: Mapping[str, Vote]

    def count(self, vote: Vote) -> int:
        """How many voted so."""
        return sum(one is vote for one in self.votes.values())


@dataclass(frozen=True, slots=True)
class SessionFile:
    """A session with everything its window shows; `needed` members who vote make the quorum."""

    session: Session
    members: tuple[SessionMember, ...]
    items: tuple[Item, ...]
    voting: tuple[SessionMember, ...]
    needed: int

    @property
    def present(self) -> tuple[SessionMember, ...]:
        """Who is there and votes."""
        return tuple(one for one in self.voting if one.present)

    @property
    def has_quorum(self) -> bool:
        """Whether so many are there."""
        return bool(self.voting) and len(self.present) >= self.needed

    def unvoted(self, item: Item) -> tuple[SessionMember, ...]:
        """Who is there, votes, and did not vote on a case."""
        return tuple(one for one in self.present if one.uid not in item.votes)

    @property
    def persons(self) -> int:
        """How many people the cases of the agenda are about."""
        return sum(one.case.persons or 1 for one in self.items)


def open_file(desk: Desk, key: str) -> SessionFile:
    """A session with everything its window shows.

    Raises:
        NotFound: no such session.
    """
    session = get_session(desk, key)
    members = tuple(desk.store.live(SessionMember, session=session.uid, order="id"))
    voting = voting_of(desk, members)
    is_open = session.state is SessionState.OPEN
    needed = needed_of(desk, len(voting)) if is_open else session.needed or needed_of(desk, len(voting))
    rows = desk.store.live(SessionItem, session=session.uid, order="id")
    return SessionFile(session, members, tuple(_item(desk, one) for one in rows), voting, needed)


def get_session(desk: Desk, key: str) -> Session:
    """A session by uid or number.

    Raises:
        NotFound: nothing has it.
    """
    found = desk.store.named(Session, key)
    if found is None or found.is_annulled:
        raise NotFound(key)
    return found


def list_sessions(desk: Desk, commission: str = "", state: SessionState | None = None) -> list[Session]:
    """Sessions, the latest first; of one commission, in one state."""
    found = desk.store.live(Session, order="held_on DESC, id DESC")
    return [one for one in found if commission in ("", one.commission) and state in (None, one.state)]


def voting_of(desk: Desk, members: Sequence[SessionMember]) -> tuple[SessionMember, ...]:
    """Members who vote; the secretary only where the office says so, since no norm was found."""
    all_vote = desk.law.setting(SECRETARY_VOTES) == "yes"
    return tuple(one for one in members if all_vote or one.role is not SeatRole.SECRETARY)


def needed_of(desk: Desk, members: int) -> int:
    """How many of so many members must be present, by the office's answer to the open question."""
    if not members:
        return 1
    answers = {"majority": members // 2 + 1, "two_thirds": -(-members * 2 // 3), "all": members}
    return answers[desk.law.setting(QUORUM)]


def waiting(desk: Desk, commission: str) -> list[Waiting]:
    """Open cases whose next examination is that of a commission and which no open session has, due first."""
    services = sorted(
        {one.code for one in desk.procedures if any(step.commission == commission for step in one.steps)}
    )
    taken = _on_open_agendas(desk, commission)
    found = []
    for case in desk.store.live(Case, service=services, state=CaseState.OPEN) if services else ():
        if case.uid in taken:
            continue
        service = case_answers.service_of(desk, case)
        done = {one.code: one.done_on for one in desk.store.live(CaseStep, case=case.uid)}
        for step in service.steps:
            if step.commission == commission and step.code not in done and _is_wanted(step):
                found.append(_waiting(desk, case, service, step, done))
                break
    return sorted(
        found, key=lambda one: (one.due_on or date.max, one.case.applied_on or date.max, one.case.number)
    )


def step_for(desk: Desk, case: Case, commission: str) -> Step | None:
    """The first step of a case's service that this commission takes and nobody marked yet; else one it took."""
    service = case_answers.service_of(desk, case)
    steps = [one for one in service.steps if one.commission == commission]
    done = {one.code for one in desk.store.live(CaseStep, case=case.uid)}
    left = [one for one in steps if one.code not in done]
    return next(iter([*left, *steps]), None)


def _is_wanted(step: Step) -> bool:
    """A step that is taken only when it is needed waits for nobody: such a case is put on the agenda by hand."""
    return step.required or step.when is not None


def _waiting(
    desk: Desk, case: Case, service: Procedure, step: Step, done: Mapping[str, date | None]
) -> Waiting:
    start = done.get(step.after) if step.after else case.applied_on
    due = checks.find_due(desk, step.term, start) if step.term and start else None
    person = desk.store.get(Person, case.person or "")
    return Waiting(case, person, pick(service.title), step, due or case.due_on)


def _on_open_agendas(desk: Desk, commission: str) -> set[str]:
    opened = desk.store.live(Session, commission=commission, state=SessionState.OPEN)
    return {
        item.case for one in opened for item in desk.store.live(SessionItem, session=one.uid) if item.case
    }


def _item(desk: Desk, item: SessionItem) -> Item:
    case = desk.store.get(Case, item.case or "")
    service = desk.get_procedure(case.service, case.applied_on or desk.today)
    votes = desk.store.live(SessionVote, item=item.uid)
    return Item(
        item,
        case,
        desk.store.get(Person, case.person or ""),
        pick(service.title),
        {one.member: one.vote for one in votes if one.member and one.vote},
    )
