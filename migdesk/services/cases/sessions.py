"""Sessions of commissions: called, agenda set, votes written, closed with a protocol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from migdesk.domain.case import Case, CaseStep
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import NotFound, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, blocking
from migdesk.domain.record import faults
from migdesk.domain.session import (
    Recommendation,
    Session,
    SessionItem,
    SessionMember,
    SessionState,
    SessionVote,
    Vote,
)
from migdesk.i18n import N_
from migdesk.services import checks
from migdesk.services.cases.session_checks import (
    check_case,
    check_closing,
    check_recommendation,
    check_votes,
    majority,
    may_vote,
    refuse_closed,
    refuse_voted,
    tidy,
)
from migdesk.services.cases.session_file import SessionFile, get_session, open_file, step_for
from migdesk.services.checked_ops import prepared_op
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.reasons import reason
from migdesk.store.writer import Tx

PARTICULARS = ("held_on", "begins", "ends", "place", "video", "note")
"""What may be corrected while a session is open; its commission is not."""


def open_session(
    desk: Desk, session: Session, members: Sequence[SessionMember] | None = None
) -> Done[Session]:
    """Call a session of a commission.

    Without `members` it has those of the last session of this commission, none of them present yet.

    Raises:
        Invalid: what is wrong, field by field.
    """
    asked = tidy(session)
    seats = usual_members(desk, asked.commission) if members is None else members
    findings = [*check_session(desk, asked), *_check_seats(seats)]
    refuse_if_blocked(findings)
    with desk.write(Op.OPEN_SESSION) as tx:
        number = desk.next_number(tx, "S", 5)
        opened = tx.put(replace(asked, number=number, state=SessionState.OPEN, protocol="", needed=None))
        for seat in seats:
            tx.put(replace(seat, session=opened.uid))
    return Done(opened, tx.changes, tuple(findings))


def check_session(desk: Desk, session: Session) -> list[Finding]:
    """What is wrong with the particulars of a session."""
    return [*faults(session), *checks.check_codes(desk, session)]


def usual_members(desk: Desk, commission: str) -> list[SessionMember]:
    """Who sat in the last session of a commission, nobody present yet."""
    before = desk.store.live(Session, commission=commission, order="held_on DESC, id DESC", limit=1)
    rows = [
        one for session in before for one in desk.store.live(SessionMember, session=session.uid, order="id")
    ]
    return [SessionMember(name=one.name, post=one.post, role=one.role) for one in rows]


def change(desk: Desk, uid: str, **given: Any) -> Done[Session]:
    """Correct the particulars of an open session.

    Raises:
        NotFound: no such session.
        Refused: it is closed.
        Invalid: what is wrong, field by field; a case of the agenda was filed later than the new day.
    """

    def prepare() -> tuple[Session, list[Finding]]:
        session = _open(desk, uid)
        asked = tidy(replace(session, **{name: given[name] for name in PARTICULARS if name in given}))
        findings = check_session(desk, asked)
        for item in open_file(desk, uid).items if not blocking(findings) else ():
            findings += check_case(desk, asked, item.case, ever=True)
        return asked, findings

    with prepared_op(desk, Op.CHANGE_SESSION, prepare) as (tx, asked, findings):
        saved = tx.put(asked)
    return Done(saved, tx.changes, tuple(findings))


def save_member(desk: Desk, uid: str, member: SessionMember) -> Done[SessionMember]:
    """Add a member to an open session, or correct one: name, post, role, whether present.

    Raises:
        NotFound: no such session.
        Refused: it is closed; somebody who voted becomes absent or loses his vote.
        Invalid: the name is missing.
    """

    def prepare() -> tuple[SessionMember, list[Finding]]:
        session = _open(desk, uid)
        seat = replace(member, session=session.uid, name=member.name.strip(), post=member.post.strip())
        if not seat.present or not may_vote(desk, seat):
            refuse_voted(desk, seat)
        return seat, faults(seat)

    with prepared_op(desk, Op.CHANGE_SESSION, prepare) as (tx, seat, _findings):
        saved = tx.put(seat)
    return Done(saved, tx.changes)


def attend(desk: Desk, uid: str, present: Iterable[str], absent: Iterable[str] = ()) -> Done[Session]:
    """Say who is there, by the uids of members.

    Raises:
        NotFound: no such session, or somebody is no member of it.
        Refused: it is closed; somebody who voted becomes absent.
    """
    wanted = {**dict.fromkeys(present, True), **dict.fromkeys(absent, False)}

    def prepare() -> tuple[SessionFile, list[Finding]]:
        file = open_file(desk, _open(desk, uid).uid)
        known = {one.uid: one for one in file.members}
        for member, is_there in wanted.items():
            if member not in known:
                return file, [block("no_member", N_("This session has no such member."), "members")]
            if not is_there:
                refuse_voted(desk, known[member])
        return file, []

    with prepared_op(desk, Op.CHANGE_SESSION, prepare) as (tx, file, _findings):
        for member in file.members:
            if wanted.get(member.uid, member.present) is not member.present:
                tx.put(member, present=wanted[member.uid])
    return Done(file.session, tx.changes)


def drop_members(desk: Desk, uid: str, members: Sequence[str]) -> Done[Session]:
    """Take members out of an open session, by their uids.

    Raises:
        NotFound: no such session or member.
        Refused: the session is closed, or one of them voted.
    """
    with desk.write(Op.CHANGE_SESSION) as tx:
        session = _open(desk, uid)
        for seat in [desk.store.get(SessionMember, one) for one in members]:
            refuse_voted(desk, seat)
            if seat.session == session.uid:
                tx.annul(seat, "no member")
    return Done(session, tx.changes)


def add_cases(desk: Desk, uid: str, cases: Sequence[Case]) -> Done[Session]:
    """Put cases on the agenda, all of them or none.

    Raises:
        NotFound: no such session.
        Refused: it is closed; a case is decided, is of a service this commission does not examine, was examined
            already, or stands on another open agenda.
    """
    wanted = list(dict.fromkeys(one.uid for one in cases))

    def prepare() -> tuple[tuple[Session, list[Case]], list[Finding]]:
        session, asked = _open(desk, uid), [desk.store.get(Case, one) for one in wanted]
        findings = [one for case in asked for one in check_case(desk, session, case)]
        if blocking(findings):
            raise Refused(findings)
        return (session, asked), findings

    with prepared_op(desk, Op.SET_AGENDA, prepare) as (tx, (session, asked), findings):
        for case in asked:
            step = step_for(desk, case, session.commission)
            assert step is not None
            tx.put(SessionItem(session=session.uid, case=case.uid, step=step.code))
    return Done(session, tx.changes, tuple(findings))


def drop_cases(desk: Desk, uid: str, items: Sequence[str]) -> Done[Session]:
    """Take cases off the agenda, by the uids of its items, with their votes.

    Raises:
        NotFound: no such session or item.
        Refused: the session is closed.
    """
    with desk.write(Op.SET_AGENDA) as tx:
        session = _open(desk, uid)
        for row in [desk.store.get(SessionItem, one) for one in items]:
            if row.session == session.uid:
                take_off(tx, row)
    return Done(session, tx.changes)


def take_off(tx: Tx, item: SessionItem) -> None:
    """Take a case off an agenda with its votes, inside an op that is being written."""
    _forget_votes(tx, item)
    tx.annul(item, "off the agenda")


@dataclass(frozen=True, slots=True)
class Ballot:
    """How members voted on a case, by their uids, and what was recommended, on which grounds and in which words.

    `anew` takes all earlier votes on the case back first.
    """

    votes: Sequence[tuple[str, Vote]]
    recommendation: Recommendation | None = None
    grounds: Sequence[str] = ()
    words: str = ""
    anew: bool = False


def vote(desk: Desk, item: str, ballot: Ballot) -> Done[SessionItem]:
    """Write how members voted on a case.

    Without a recommendation it is that of the majority once everybody present voted; equal votes have none, since no
    norm on a casting vote was found.

    Raises:
        NotFound: no such item.
        Refused: the session is closed; a member voted already, is absent or has no vote.
        Invalid: a recommendation to refuse names neither a ground nor its reasons, or a ground is not of the service.
    """
    with prepared_op(desk, Op.VOTE_CASE, partial(_voted, desk, item, ballot)) as (tx, asked, findings):
        if ballot.anew:
            _forget_votes(tx, asked)
        for member, one in ballot.votes:
            tx.put(SessionVote(item=asked.uid, member=member, vote=one))
        saved = tx.put(asked)
    return Done(saved, tx.changes, tuple(findings))


def _voted(desk: Desk, item: str, ballot: Ballot) -> tuple[SessionItem, list[Finding]]:
    """The item with what these votes recommend, and what is wrong or odd about that."""
    row = desk.store.get(SessionItem, item)
    file = open_file(desk, _open(desk, row.session or "").uid)
    found = next((one for one in file.items if one.item.uid == row.uid), None)
    if found is None:
        raise NotFound(item)
    held = {} if ballot.anew else dict(found.votes)
    refuse_if_blocked(check_votes(file, ballot.votes, held))
    all_votes = {**held, **dict(ballot.votes)}
    wanted = ballot.recommendation or (None if ballot.anew else row.recommendation)
    if wanted is None and {one.uid for one in file.present} <= all_votes.keys():
        wanted = majority(all_votes.values())
    asked = replace(
        row,
        recommendation=wanted,
        grounds=" ".join(ballot.grounds) or ("" if ballot.anew else row.grounds),
        words=ballot.words.strip() or ("" if ballot.anew else row.words),
    )
    return asked, check_recommendation(desk, asked, all_votes.values())


def close(desk: Desk, uid: str, *, protocol: str = "", video: str = "", ends: str = "") -> Done[Session]:
    """Close a session: its protocol gets a number, the steps of its cases are done, the cases know the protocol.

    A postponed case stays where it is. Without `protocol` the number is the next of the office.

    Raises:
        NotFound: no such session.
        Refused: it is closed already; no quorum; a case has no votes or no recommendation, or was decided meanwhile.
        Invalid: the day of the session is still ahead.
    """

    def prepare() -> tuple[SessionFile, list[Finding]]:
        session = _open(desk, uid)
        asked = tidy(replace(session, video=video or session.video, ends=ends or session.ends))
        file = replace(open_file(desk, uid), session=asked)
        findings = [*check_session(desk, asked), *check_closing(desk, file, protocol)]
        if blocking(findings):
            raise Refused(findings)
        return file, findings

    with prepared_op(desk, Op.CLOSE_SESSION, prepare) as (tx, file, findings):
        number = protocol.strip() or desk.next_number(tx, "SP", 5)
        closed = tx.put(file.session, protocol=number, needed=file.needed, state=SessionState.CLOSED)
        for item in file.items:
            if item.item.recommendation is not Recommendation.POSTPONE:
                _examined(desk, tx, closed, item.item)
    return Done(closed, tx.changes, tuple(findings))


def call_off(desk: Desk, uid: str, why: str) -> Done[Session]:
    """Call an open session off; its cases wait for another one.

    Raises:
        NotFound: no such session.
        Refused: it is closed.
        Invalid: no reason is given.
    """
    session, why = _open(desk, uid), reason(why, N_("Say why the session is called off."), place="note")
    note = "\n".join(part for part in (session.note, why) if part)
    with desk.write(Op.CALL_OFF_SESSION) as tx:
        saved = tx.put(session, state=SessionState.CALLED_OFF, note=note)
    return Done(saved, tx.changes)


def _examined(desk: Desk, tx: Tx, session: Session, item: SessionItem) -> None:
    """The step of a case is done on the day of the session; its decision will name the protocol.

    Of two commissions that examine one case the decision rests on the later step of the way.
    """
    case = desk.store.get(Case, item.case or "")
    if not tx.live(CaseStep, case=case.uid, code=item.step):
        tx.put(CaseStep(case=case.uid, code=item.step, done_on=session.held_on, note=session.protocol))
    steps = [one.code for one in case_answers.service_of(desk, case).steps if one.commission]
    if not case.protocol or item.step == next(reversed(steps), item.step):
        tx.put(case, protocol=session.protocol, protocol_on=session.held_on)


def _open(desk: Desk, key: str) -> Session:
    session = get_session(desk, key)
    refuse_closed(session)
    return session


def _check_seats(seats: Iterable[SessionMember]) -> list[Finding]:
    return [one for seat in seats for one in faults(replace(seat, session="-"))]


def _forget_votes(tx: Tx, item: SessionItem) -> None:
    for one in tx.live(SessionVote, item=item.uid):
        tx.annul(one, "voted anew")
