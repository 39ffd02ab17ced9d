"""The file of a session of a commission: who is there, its agenda with the votes, and the next act first."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from migdesk.domain.case import Case
from migdesk.domain.fields import Choice, Text, Whole, spec
from migdesk.domain.listing import Column, Look
from migdesk.domain.session import Recommendation, Session, SessionMember, SessionState, Vote
from migdesk.i18n import N_
from migdesk.services.cases.session_file import Item, SessionFile, open_file
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.plain_files import PlainContent
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.files.pieces.short_list import column as field_column
from migdesk.ui.files.sessions import session_questions as questions
from migdesk.ui.files.sessions import session_ticks as ticks
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.facts import Facts, fact_of, facts_of
from migdesk.ui.parts.panel import Words
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.states import state_pill
from migdesk.ui.workplace import Kind, Workplace

_MEMBERS, _AGENDA, _DETAILS = N_("Members"), N_("Agenda"), N_("Details")
_NO_MEMBERS = Words("people", N_("No members yet"))
_NO_CASES = Words("cases", N_("No case is on the agenda."))
_QUORUM = N_("{present} of {members} present, {needed} needed")
_THERE, _NOT_THERE = N_("quorum"), N_("no quorum")
_COUNTS = N_("Cases on the agenda: {cases}, people: {persons}")
_ADD, _CASES, _PRESENT, _CLOSE = (
    N_("Add a member"),
    N_("Cases to the agenda"),
    N_("Who is there"),
    N_("Close the session"),
)
_VOTE, _EDIT, _OFF, _PRINT = N_("Vote: case {number}"), N_("Edit"), N_("Call the session off"), N_("Print")
_DROP, _GONE = N_("Take off the agenda"), N_("Take a member out")
_SEATS: tuple[Column, ...] = (
    field_column(SessionMember, "name", 240),
    field_column(SessionMember, "post", 280),
    field_column(SessionMember, "role", 120),
    field_column(SessionMember, "present", 100),
)
_ITEMS: tuple[Column, ...] = (
    field_column(Case, "number", 140),
    Column("name", Text(N_("Surname, given name")), 190),
    Column("service", Text(N_("Service")), 220),
    Column("persons", Whole(N_("Persons")), 76, "right"),
    Column("votes", Text(N_("For / against / abstained / recused")), 190),
    Column("recommendation", Choice(N_("Recommendation"), options=Recommendation), 186, look=Look.STATE),
)


class SessionContent(PlainContent):
    """What a session shows; Enter does what the first button says."""

    def enter(self) -> None:
        """The next act."""
        if first := next(iter(self.acts()), None):
            first.run()


def build(opened: Opened) -> QWidget:
    """One session."""
    work, file = opened.work, opened.data
    assert isinstance(file, SessionFile)
    session = file.session
    pill = state_pill(spec(Session, "state").field, session.state)
    title = work.desk.lists.label("commissions", session.commission)
    quorum = Pill(Tone.OK, said(_THERE)) if file.has_quorum else Pill(Tone.WARN, said(_NOT_THERE))
    band = Band(title, [one for one in (pill, quorum) if one], kind="title" if opened.wide else "section")
    band.add_facts([fact_of(work.desk, session, name) for name in ("number", "held_on", "protocol")])
    words = said(_QUORUM, present=len(file.present), members=len(file.voting), needed=file.needed)
    acts = _actions(opened, file)
    band.add_actions(acts[0] if acts else None, acts[1:])
    seats = [tuple(getattr(one, column.key) for column in _SEATS) for one in file.members]
    members = ShortList(
        "session.members", _MEMBERS, _SEATS, seats, [one.uid for one in file.members], _NO_MEMBERS
    )
    agenda = ShortList(
        "session.agenda",
        _AGENDA,
        _ITEMS,
        [_row(one) for one in file.items],
        [one.item.uid for one in file.items],
        _NO_CASES,
    )
    details = facts_of(work.desk, session, "begins", "ends", "place", "video", "note")
    counts = Label("", "muted")
    counts.say(_COUNTS, cases=len(file.items), persons=file.persons)
    parts: list[QWidget] = [
        card(show(work, agenda, _open_item(work, file), whole=True), counts, title=_AGENDA),
        card(show(work, members, _open_member(work, file), whole=True), title=_MEMBERS),
        *([card(Facts(details), title=_DETAILS)] if details else []),
    ]
    band.add_line(words)
    return SessionContent(band, parts, acts)


def _row(one: Item) -> tuple[object, ...]:
    votes = " / ".join(str(one.count(vote)) for vote in Vote)
    persons = one.case.persons or 1
    return (one.case.number, one.person.full_name, one.title, persons, votes, one.item.recommendation)


def _open_item(work: Workplace, file: SessionFile) -> Callable[[str], object]:
    """Enter on a case votes on it while the session is open, and opens its file later."""
    items = {one.item.uid: one for one in file.items}

    def run(uid: str) -> None:
        if file.session.state is SessionState.OPEN and file.present:
            questions.ask_vote(work, file, items[uid])
        else:
            work.open(Kind.CASE, items[uid].case.uid)

    return run


def _open_member(work: Workplace, file: SessionFile) -> Callable[[str], object]:
    """Enter on a member corrects it while the session is open."""
    members = {one.uid: one for one in file.members}

    def run(uid: str) -> None:
        if file.session.state is SessionState.OPEN:
            questions.ask_member(work, file.session, members[uid])

    return run


def _actions(opened: Opened, file: SessionFile) -> Sequence[Action]:
    """What is to be done next, first; then what else can be done."""
    work, session = opened.work, file.session
    more: list[Action] = []
    if work.listens(work.print_wanted):
        target = opened.target
        more.append(Action("session.print", _PRINT, lambda: work.print_wanted.emit(target), "print"))
    if session.state is not SessionState.OPEN:
        return more
    unvoted = next((one for one in file.items if one.item.recommendation is None), None)
    acts = {
        "member": Action("session.member", _ADD, lambda: questions.ask_member(work, session), "add"),
        "present": Action("session.present", _PRESENT, lambda: ticks.ask_present(work, file), "people"),
        "cases": Action("session.cases", _CASES, lambda: ticks.ask_cases(work, session), "cases"),
        "close": Action("session.close", _CLOSE, lambda: questions.ask_close(work, file), "ok"),
    }
    if unvoted and file.present:
        words = said(_VOTE, number=unvoted.case.number)
        acts["vote"] = Action("session.vote", words, lambda: questions.ask_vote(work, file, unvoted), "ok")
    first = _next(file)
    order = [first, *(key for key in ("cases", "present", "member", "close", "vote") if key != first)]
    own = [acts[key] for key in order if key in acts]
    own.append(Action("session.edit", _EDIT, lambda: questions.ask_particulars(work, session), "edit"))
    if file.items:
        own.append(Action("session.drop", _DROP, lambda: ticks.ask_drop(work, file), "cases"))
    if file.members:
        run = functools.partial(ticks.ask_drop_member, work, file)
        own.append(Action("session.gone", _GONE, run, "people", in_bar=False))
    off = Action("session.off", _OFF, lambda: questions.ask_call_off(work, session), "close")
    return [*own, *more, off]


def _next(file: SessionFile) -> str:
    """The act that a clerk would do now."""
    if not file.members:
        return "member"
    if not file.items:
        return "cases"
    if not file.has_quorum:
        return "present"
    return "vote" if any(one.item.recommendation is None for one in file.items) else "close"


SPEC = FileSpec(
    kind=Kind.SESSION,
    icon="people",
    title=Session.title,
    load=open_file,
    build=build,
    name=lambda data: data.session.number,
    watches=frozenset(
        {
            "session",
            "session_member",
            "session_item",
            "session_vote",
            "cases",
            "case_step",
            "setting",
            "person",
        }
    ),
    help="commissions",
)
