"""What is asked about a session of a commission: particulars, members, who is there, cases, votes, its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.fields import Choice, Spec, Text, choice_label, spec
from migdesk.domain.finding import Finding
from migdesk.domain.session import Recommendation, Session, SessionItem, SessionMember, Vote
from migdesk.i18n import N_, pick
from migdesk.services.cases import session_file, sessions
from migdesk.services.cases.session_checks import check_closing, grounds_of
from migdesk.services.cases.session_file import Item, SessionFile
from migdesk.services.desk import Desk
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Fresh, Question, ask, laid
from migdesk.ui.files.questions.people_ticks import PeopleTicks, Relative
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Kind, Workplace

_NEW, _NEW_BUTTON = N_("New session of a commission"), N_("Call the session")
_NEW_LEAD = N_("It begins with the members of the last session of this commission, none of them present yet.")
_CALLED = N_("Session {number} is called.")
_CHANGE, _SAVE = N_("Session {number}"), N_("Save")
_CHANGED = N_("Session {number} was changed.")
_MEMBER, _MEMBER_SAVED = N_("Member of the commission"), N_("{name}: saved.")
_VOTE, _VOTE_BUTTON = N_("Votes on case {number}, {name}"), N_("Write the votes")
_VOTE_LEAD = N_(
    "Without a recommendation it is that of the majority. To refuse, tick a ground or give the reasons."
)
_VOTED = N_("Case {number}: {outcome}")
_NO_OUTCOME = N_("no recommendation yet")
_GROUNDS = N_("Legal grounds")
_CLOSE, _CLOSE_BUTTON = N_("Close session {number}"), N_("Close the session")
_CLOSE_LEAD = N_("The steps of its cases are done by it, and their decisions name the protocol.")
_CLOSED = N_("Session {number} is closed: protocol {protocol}.")
_OFF, _OFF_BUTTON, _OFF_DONE = (
    N_("Call session {number} off"),
    N_("Call the session off"),
    N_("Session {number} is called off; its cases wait for another."),
)
_PARTICULARS = ("held_on", "begins", "ends", "place", "video", "note")


def ask_session(work: Workplace, commission: str = "") -> FormDialog:
    """Ask for a new session; its file opens."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Session]:
        return sessions.open_session(desk, Session(**values))

    def words(done: Done[Session]) -> str:
        work.open(Kind.SESSION, done.value.uid)
        return said(_CALLED, number=done.value.number)

    names = ("commission", "held_on", "begins", "place", "video", "note")
    question = Question(
        key="session.new",
        title=_NEW,
        button=_NEW_BUTTON,
        lead=_NEW_LEAD,
        specs=[spec(Session, name) for name in names],
        sections=(Section("", (("commission",), ("held_on", "begins"), ("place",), ("video",), ("note",))),),
        save=save,
        words=words,
        values={"commission": commission, "held_on": work.desk.today},
        start="commission",
    )
    return ask(work, question)


def ask_particulars(work: Workplace, session: Session) -> FormDialog:
    """Ask for corrected particulars."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Session]:
        return sessions.change(desk, session.uid, **values)

    question = Question(
        key=f"session.edit/{session.uid}",
        title=said(_CHANGE, number=session.number),
        button=_SAVE,
        specs=[spec(Session, name) for name in _PARTICULARS],
        sections=(Section("", (("held_on",), ("begins", "ends"), ("place",), ("video",), ("note",))),),
        save=save,
        words=lambda done: said(_CHANGED, number=done.value.number),
        values={name: getattr(session, name) for name in _PARTICULARS},
    )
    return ask(work, question)


def ask_member(work: Workplace, session: Session, member: SessionMember | None = None) -> FormDialog:
    """Ask for a member: new, or one to correct."""
    known = member or SessionMember(session=session.uid, present=True)
    names = ("name", "post", "role", "present")

    def save(desk: Desk, seat: SessionMember) -> Done[SessionMember]:
        return sessions.save_member(desk, session.uid, seat)

    def again(desk: Desk) -> Fresh:
        return laid(desk.store.get(SessionMember, known.uid), names, save)

    found = laid(known, names, save)
    question = Question(
        key=f"session.member/{session.uid}~{known.uid}",
        title=_MEMBER,
        button=_SAVE,
        specs=[spec(SessionMember, name) for name in names],
        sections=(Section("", (("name",), ("post",), ("role", "present"))),),
        save=found.save,
        words=lambda done: said(_MEMBER_SAVED, name=done.value.name),
        values=found.values,
        again=again if member else None,
    )
    return ask(work, question)


class _Grounds(PeopleTicks):
    """Legal grounds to tick, for a refusal."""

    def __init__(self, desk: Desk, item: Item) -> None:
        lines = [
            Relative(one.code, pick(one.title), pick(one.clause) if one.clause else "")
            for one in grounds_of(desk, item.case)
        ]
        ticked = item.item.grounds.split()
        super().__init__(lines, ticked, title_words=_GROUNDS, first_applies=False)

    def values(self) -> dict[str, object]:
        """What is ticked, under the name of the service's parameter."""
        return {"grounds": self.members()}


def ask_vote(work: Workplace, file: SessionFile, item: Item) -> FormDialog:
    """Ask how everybody present votes on a case, and what is recommended; votes written before are corrected."""
    fields = {f"vote.{one.uid}": one for one in file.present}
    specs = [Spec(key, Choice(one.name, options=Vote), True) for key, one in fields.items()]
    specs += [
        Spec(
            "recommendation",
            Choice(spec(SessionItem, "recommendation").field.label, options=Recommendation),
            True,
        ),
        Spec("words", Text(spec(SessionItem, "words").field.label, max=1000), False),
    ]

    def save(desk: Desk, values: dict[str, Any]) -> Done[SessionItem]:
        given = [(one.uid, values[key]) for key, one in fields.items() if values[key]]
        return sessions.vote(
            desk,
            item.item.uid,
            sessions.Ballot(
                given,
                recommendation=values["recommendation"],
                grounds=values["grounds"],
                words=values["words"],
                anew=bool(item.votes) or item.item.recommendation is not None,
            ),
        )

    def words(done: Done[SessionItem]) -> str:
        found = done.value.recommendation
        outcome = choice_label(found) if found else said(_NO_OUTCOME)
        return with_warnings(said(_VOTED, number=item.case.number, outcome=outcome), done.findings)

    keys = list(fields)
    rows = tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))
    question = Question(
        key=f"session.vote/{file.session.uid}~{item.item.uid}",
        title=said(_VOTE, number=item.case.number, name=item.person.full_name),
        button=_VOTE_BUTTON,
        lead=_VOTE_LEAD,
        specs=specs,
        sections=(Section("", rows), Section("", (("recommendation",), ("words",)))),
        save=save,
        words=words,
        values={
            **{key: item.votes.get(one.uid) for key, one in fields.items()},
            "recommendation": item.item.recommendation,
            "words": item.item.words,
        },
        more=_Grounds(work.desk, item),
        width=640,
    )
    return ask(work, question)


def ask_close(work: Workplace, file: SessionFile) -> FormDialog:
    """Ask for what the protocol names, and say before what stands against closing."""
    session = file.session
    names = ("protocol", "ends", "video")

    def save(desk: Desk, values: dict[str, Any]) -> Done[Session]:
        return sessions.close(desk, session.uid, **values)

    def foretell(desk: Desk, values: dict[str, Any]) -> Sequence[Finding]:
        now = session_file.open_file(desk, session.uid)
        return check_closing(desk, now, values["protocol"]) if values["video"] == now.session.video else ()

    def words(done: Done[Session]) -> str:
        told = said(_CLOSED, number=done.value.number, protocol=done.value.protocol)
        return with_warnings(told, done.findings)

    question = Question(
        key=f"session.close/{session.uid}",
        title=said(_CLOSE, number=session.number),
        button=_CLOSE_BUTTON,
        lead=_CLOSE_LEAD,
        specs=[spec(Session, name) for name in names],
        sections=(Section("", (("protocol", "ends"), ("video",))),),
        save=save,
        words=words,
        values={"protocol": "", "ends": session.ends, "video": session.video},
        foretell=foretell,
    )
    return ask(work, question)


def ask_call_off(work: Workplace, session: Session) -> FormDialog:
    """Ask why a session is called off."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Session]:
        return sessions.call_off(desk, session.uid, values["why"])

    question = Question(
        key=f"session.off/{session.uid}",
        title=said(_OFF, number=session.number),
        button=_OFF_BUTTON,
        specs=[Spec("why", Text(N_("Reason"), required=True, max=300), False)],
        sections=(Section("", (("why",),)),),
        save=save,
        words=lambda done: said(_OFF_DONE, number=done.value.number),
        values={},
        width=NARROW,
    )
    return ask(work, question)
