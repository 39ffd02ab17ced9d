"""`session`: sessions of commissions - call, agenda, votes, close with a protocol, list and show."""

from __future__ import annotations

import argparse

from migdesk.cli import session_given
from migdesk.cli.call import Call
from migdesk.cli.output import Answer, changed, day_words, findings_document, record_document, table
from migdesk.cli.parser import Verbs, WrongUsage, add_group, add_verb, day
from migdesk.cli.session_lines import (
    counts,
    document,
    head,
    lines,
    more,
    recommended,
    votes_document,
    waiting_document,
    waiting_lines,
)
from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import blocking
from migdesk.domain.session import (
    Recommendation,
    Session,
    SessionState,
)
from migdesk.i18n import N_, _
from migdesk.services.cases import case_file, session_file, sessions
from migdesk.services.cases.session_checks import check_closing
from migdesk.services.desk import Desk

_SESSION = N_("number or uid of the session")
_CASE = N_("number or uid of the case")
_MEMBER = N_("a member: ROLE=NAME or ROLE=NAME;POST; roles are chair, member, secretary; may be given again")
_COMMISSION = N_("code of the commission: reception, nationality")
_WHO = N_("name or uid of a member, or the beginning of the name; may be given again")
_HEADS = (N_("Number"), N_("Commission"), N_("Day of the session"), N_("State"), N_("Protocol number"))


def add(verbs: Verbs) -> None:
    """Add the verb with its own verbs."""
    group = add_group(verbs, "session", _(N_("sessions of commissions: agenda, votes, protocol")))
    needs = _(N_("Needs an office."))
    made = add_verb(group, "open", _(N_("call a session of a commission")), open_session, needs=needs)
    made.add_argument("commission", metavar="COMMISSION", help=_(_COMMISSION))
    made.add_argument(
        "--held", type=day, metavar="DATE", help=_(N_("day of the session; today when left out"))
    )
    _add_particulars(made)
    _add_seats(made)
    seats = add_verb(group, "members", _(N_("say who is there; add members")), seat, needs=needs)
    seats.add_argument("session", metavar="SESSION", help=_(_SESSION))
    _add_seats(seats)
    seats.add_argument("--present", action="append", default=[], metavar="NAME", help=_(_WHO))
    seats.add_argument("--away", action="append", default=[], metavar="NAME", help=_(_WHO))
    seats.add_argument("--drop", action="append", default=[], metavar="NAME", help=_(_WHO))
    added = add_verb(group, "add", _(N_("put cases on the agenda")), add_cases, needs=needs)
    added.add_argument("session", metavar="SESSION", help=_(_SESSION))
    added.add_argument("cases", nargs="*", metavar="CASE", help=_(_CASE))
    added.add_argument(
        "--waiting", action="store_true", help=_(N_("all cases that wait for this commission"))
    )
    dropped = add_verb(group, "drop", _(N_("take a case off the agenda")), drop, needs=needs)
    dropped.add_argument("session", metavar="SESSION", help=_(_SESSION))
    dropped.add_argument("case", metavar="CASE", help=_(_CASE))
    _add_vote(group, needs)
    _add_end(group, needs)


def _add_particulars(made: argparse.ArgumentParser) -> None:
    for name, words in (
        ("begins", N_("when it begins, such as 9:30")),
        ("place", N_("where it is held")),
        ("video", N_("reference of the video recording")),
        ("note", N_("a remark")),
    ):
        made.add_argument(f"--{name}", default="", metavar="TEXT", help=_(words))


def _add_seats(made: argparse.ArgumentParser) -> None:
    made.add_argument("--member", action="append", default=[], metavar="ROLE=NAME", help=_(_MEMBER))
    made.add_argument(
        "--absent",
        action="append",
        default=[],
        metavar="ROLE=NAME",
        help=_(N_("a member who is not there; as --member")),
    )


def _add_vote(group: Verbs, needs: str) -> None:
    made = add_verb(
        group, "vote", _(N_("write the votes on a case and the recommendation")), vote, needs=needs
    )
    add = made.add_argument
    add("session", metavar="SESSION", help=_(_SESSION))
    add("case", metavar="CASE", help=_(_CASE))
    add(
        "votes",
        nargs="*",
        metavar="NAME=VOTE",
        help=_(N_("for, against, abstained or recused; all=VOTE is everybody present who did not vote")),
    )
    add(
        "--recommend",
        choices=[one.value for one in Recommendation],
        help=_(N_("what is recommended; the majority when left out")),
    )
    add(
        "--ground",
        action="append",
        default=[],
        metavar="CODE",
        help=_(N_("legal ground; may be given again")),
    )
    add("--words", default="", metavar="TEXT", help=_(N_("reasons of the commission")))
    add("--anew", action="store_true", help=_(N_("take the earlier votes on this case back first")))


def _add_end(group: Verbs, needs: str) -> None:
    made = add_verb(
        group, "close", _(N_("close a session: protocol, steps of its cases done")), close, needs=needs
    )
    made.add_argument("session", metavar="SESSION", help=_(_SESSION))
    made.add_argument(
        "--protocol", default="", metavar="TEXT", help=_(N_("number of the protocol; the next when left out"))
    )
    made.add_argument("--video", default="", metavar="TEXT", help=_(N_("reference of the video recording")))
    made.add_argument("--ends", default="", metavar="TIME", help=_(N_("when it ended")))
    made.add_argument("--check", action="store_true", help=_(N_("only say what stands against it")))
    off = add_verb(group, "call-off", _(N_("call a session off")), call_off, needs=needs)
    off.add_argument("session", metavar="SESSION", help=_(_SESSION))
    off.add_argument("why", metavar="REASON", help=_(N_("why")))
    listed = add_verb(group, "list", _(N_("sessions, or the cases that wait for one")), list_all, needs=needs)
    listed.add_argument(
        "commission", nargs="?", default="", metavar="COMMISSION", help=_(N_("of one commission"))
    )
    listed.add_argument("--open", action="store_true", help=_(N_("only those being held")))
    listed.add_argument("--waiting", action="store_true", help=_(N_("cases that wait for this commission")))
    shown = add_verb(group, "show", _(N_("a session with its members, agenda and votes")), show, needs=needs)
    shown.add_argument("session", metavar="SESSION", help=_(_SESSION))


def open_session(call: Call) -> Answer:
    """Call a session; without members it has those of the last one.

    Raises:
        WrongUsage: a member without a role.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    seats = session_given.seats(args)
    asked = Session(
        commission=args.commission,
        held_on=args.held or call.today,
        begins=args.begins,
        place=args.place,
        video=args.video,
        note=args.note,
    )
    return _told(desk, sessions.open_session(desk, asked, seats or None))


def seat(call: Call) -> Answer:
    """Say who is there, add members.

    Raises:
        WrongUsage: a member without a role.
        NotFound: no such session or member.
        Refused: the session is closed; somebody who voted becomes absent.
    """
    args, desk = call.args, call.desk
    session = session_file.get_session(desk, args.session)
    for one in session_given.seats(args):
        sessions.save_member(desk, session.uid, one)
    file = session_file.open_file(desk, session.uid)
    present, away, gone = (
        [session_given.member(file, name).uid for name in names]
        for names in (args.present, args.away, args.drop)
    )
    done = sessions.attend(desk, session.uid, present, away)
    return _told(desk, sessions.drop_members(desk, session.uid, gone) if gone else done)


def add_cases(call: Call) -> Answer:
    """Put cases on the agenda.

    Raises:
        WrongUsage: no case is named.
        NotFound: no such session or case.
        Refused: a case does not belong there.
    """
    args, desk = call.args, call.desk
    session = session_file.get_session(desk, args.session)
    wanted = [case_file.get_case(desk, key) for key in args.cases]
    if args.waiting:
        wanted += [one.case for one in session_file.waiting(desk, session.commission)]
    if not wanted:
        raise WrongUsage(N_("Name a case, or say --waiting."))
    return _told(desk, sessions.add_cases(desk, session.uid, wanted))


def drop(call: Call) -> Answer:
    """Take a case off the agenda.

    Raises:
        NotFound: no such session, or the case is not on its agenda.
        Refused: the session is closed.
    """
    desk = call.desk
    file = session_file.open_file(desk, call.args.session)
    return _told(
        desk,
        sessions.drop_cases(
            desk, file.session.uid, [session_given.item(desk, file, call.args.case).item.uid]
        ),
    )


def vote(call: Call) -> Answer:
    """Write votes and what is recommended.

    Raises:
        WrongUsage: a vote that is none.
        NotFound: no such session, member, or the case is not on its agenda.
        Refused: a member voted already, or has no vote.
        Invalid: a refusal without a ground.
    """
    args, desk = call.args, call.desk
    file = session_file.open_file(desk, args.session)
    item = session_given.item(desk, file, args.case)
    done = sessions.vote(
        desk,
        item.item.uid,
        sessions.Ballot(
            session_given.votes(file, item, args.votes, anew=args.anew),
            recommendation=Recommendation(args.recommend) if args.recommend else None,
            grounds=args.ground,
            words=args.words,
            anew=args.anew,
        ),
    )
    now = session_given.item(desk, session_file.open_file(desk, file.session.uid), args.case)
    rows = [(_(N_("Case")), now.case.number), *counts(now)]
    rows.append((_(N_("Recommendation")), recommended(now)))
    return changed(done, rows, votes=votes_document(file, now))


def close(call: Call) -> Answer:
    """Close a session, or only say what stands against it.

    Raises:
        NotFound: no such session.
        Refused: no quorum, cases without votes.
    """
    args, desk = call.args, call.desk
    file = session_file.open_file(desk, args.session)
    if args.check:
        found = check_closing(desk, file, args.protocol)
        words = [one.words() for one in found] or [_(N_("Nothing stands against closing."))]
        return Answer({"findings": findings_document(found)}, words, not blocking(found))
    given = {"protocol": args.protocol, "video": args.video, "ends": args.ends}
    return _told(desk, sessions.close(desk, file.session.uid, **given))


def call_off(call: Call) -> Answer:
    """Call a session off.

    Raises:
        NotFound: no such session.
        Refused: it is closed.
        Invalid: no reason is given.
    """
    desk = call.desk
    session = session_file.get_session(desk, call.args.session)
    return _told(desk, sessions.call_off(desk, session.uid, call.args.why))


def list_all(call: Call) -> Answer:
    """Sessions, the latest first; or the cases that wait.

    Raises:
        WrongUsage: whose cases wait is not said.
    """
    args, desk = call.args, call.desk
    if args.waiting:
        if not args.commission:
            raise WrongUsage(N_("Name the commission: reception, nationality."))
        found = session_file.waiting(desk, args.commission)
        return Answer({"waiting": [waiting_document(one) for one in found]}, waiting_lines(found))
    state = SessionState.OPEN if args.open else None
    known = session_file.list_sessions(desk, args.commission, state)
    rows = [
        (
            one.number,
            desk.lists.label("commissions", one.commission),
            day_words(one.held_on),
            choice_label(one.state or SessionState.OPEN),
            one.protocol or "—",
        )
        for one in known
    ]
    return Answer(
        {"sessions": [record_document(one) for one in known]}, table([_(one) for one in _HEADS], rows)
    )


def show(call: Call) -> Answer:
    """A session with everything known of it.

    Raises:
        NotFound: no such session.
    """
    file = session_file.open_file(call.desk, call.args.session)
    return Answer(document(file), lines(call.desk, file))


def _told(desk: Desk, done: Done[Session]) -> Answer:
    file = session_file.open_file(desk, done.value.uid)
    rows = [*head(desk, file), (_(N_("Agenda")), ", ".join(one.case.number for one in file.items) or "—")]
    return changed(done, rows, **more(file))
