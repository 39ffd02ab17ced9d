"""Session of a commission: who was there, which cases it examined, how each voted, what it recommended."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Code, Day, Flag, Note, Ref, Text, Whole
from migdesk.domain.record import Record, record
from migdesk.i18n import N_

RECEPTION, NATIONALITY = "reception", "nationality"
"""The two commissions the law on migration names; the list `commissions` has their words."""


class SessionState(StrEnum):
    """Where a session stands; only an open one may change."""

    OPEN = "open"
    CLOSED = "closed"
    CALLED_OFF = "called_off"

    @classmethod
    def labels(cls) -> dict[SessionState, str]:
        """What a person reads."""
        return {
            cls.OPEN: N_("being held"),
            cls.CLOSED: N_("closed"),
            cls.CALLED_OFF: N_("called off"),
        }


class SeatRole(StrEnum):
    """What a member of a commission is in it."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"

    @classmethod
    def labels(cls) -> dict[SeatRole, str]:
        """What a person reads."""
        return {
            cls.CHAIR: N_("chairman"),
            cls.MEMBER: N_("member"),
            cls.SECRETARY: N_("secretary"),
        }


class Vote(StrEnum):
    """How a member voted on a case; who is recused does not take part in it."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"
    RECUSED = "recused"

    @classmethod
    def labels(cls) -> dict[Vote, str]:
        """What a person reads."""
        return {
            cls.FOR: N_("for"),
            cls.AGAINST: N_("against"),
            cls.ABSTAINED: N_("abstained"),
            cls.RECUSED: N_("recused"),
        }


class Recommendation(StrEnum):
    """What a commission recommends; a postponed case comes up again at another session."""

    FAVOUR = "favour"
    REFUSE = "refuse"
    POSTPONE = "postpone"

    @classmethod
    def labels(cls) -> dict[Recommendation, str]:
        """What a person reads."""
        return {
            cls.FAVOUR: N_("recommends to grant"),
            cls.REFUSE: N_("recommends to refuse"),
            cls.POSTPONE: N_("postponed"),
        }


@record
class Session(Record):
    """One session of one commission. `needed` is the quorum as it was counted when the session was closed."""

    table: ClassVar[str] = "session"
    title: ClassVar[str] = N_("Session of a commission")

    number: Annotated[str, Text(N_("Number"), max=30, series=True)] = ""
    commission: Annotated[str, Code(N_("Commission"), required=True, list="commissions")] = ""
    held_on: Annotated[date | None, Day(N_("Day of the session"), required=True)] = None
    begins: Annotated[str, Text(N_("Begins at"), max=5)] = ""
    ends: Annotated[str, Text(N_("Ends at"), max=5)] = ""
    place: Annotated[str, Text(N_("Place of the session"), max=200)] = ""
    video: Annotated[str, Text(N_("Video recording"), max=200)] = ""
    protocol: Annotated[str, Text(N_("Protocol number"), max=60, series=True)] = ""
    needed: Annotated[int | None, Whole(N_("Quorum"), min=1, max=200)] = None
    state: Annotated[SessionState | None, Choice(N_("State"), required=True, options=SessionState)] = (
        SessionState.OPEN
    )
    note: Annotated[str, Note(N_("Note"))] = ""


@record
class SessionMember(Record):
    """A member of the commission at one session, there or not."""

    table: ClassVar[str] = "session_member"
    title: ClassVar[str] = N_("Member of a commission")

    session: Annotated[str | None, Ref(N_("Session"), required=True, to="session")] = None
    name: Annotated[str, Text(N_("Surname, given name"), required=True, max=120)] = ""
    post: Annotated[str, Text(N_("Post"), max=160)] = ""
    role: Annotated[SeatRole | None, Choice(N_("Role"), required=True, options=SeatRole)] = SeatRole.MEMBER
    present: Annotated[bool, Flag(N_("Present"))] = False


@record
class SessionItem(Record):
    """A case on the agenda: the step it waits for, what was recommended and why."""

    table: ClassVar[str] = "session_item"
    title: ClassVar[str] = N_("Item of an agenda")

    session: Annotated[str | None, Ref(N_("Session"), required=True, to="session")] = None
    case: Annotated[str | None, Ref(N_("Case"), required=True, to="cases")] = None
    step: Annotated[str, Text(N_("Step"), required=True, max=60)] = ""
    recommendation: Annotated[Recommendation | None, Choice(N_("Recommendation"), options=Recommendation)] = (
        None
    )
    grounds: Annotated[str, Text(N_("Grounds"), max=400)] = ""
    words: Annotated[str, Note(N_("Reasons of the commission"), max=1000)] = ""


@record
class SessionVote(Record):
    """How one member voted on one case."""

    table: ClassVar[str] = "session_vote"
    title: ClassVar[str] = N_("Vote")

    item: Annotated[str | None, Ref(N_("Item of an agenda"), required=True, to="session_item")] = None
    member: Annotated[str | None, Ref(N_("Member of a commission"), required=True, to="session_member")] = (
        None
    )
    vote: Annotated[Vote | None, Choice(N_("Vote"), required=True, options=Vote)] = None
