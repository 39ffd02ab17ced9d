"""What papers show of a session of a commission: members, agenda, votes, and what it does to the quota."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from migdesk.domain.case import CasePaper
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Refused
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import block
from migdesk.domain.papertext import AgendaRow, SeatRow, SessionFacts
from migdesk.domain.quota import Stream
from migdesk.domain.session import Recommendation, SeatRole, Session, SessionMember, SessionState, Vote
from migdesk.i18n import N_, _, pick
from migdesk.services.cases import session_file
from migdesk.services.cases.session_checks import grounds_of
from migdesk.services.cases.session_file import Item, SessionFile
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.quotas import pots
from migdesk.services.quotas.pots import Pot

_SEATS, _SIGNERS, _AGENDA, _FACTS = "seats", "signers", "agenda", "facts"

PROTOCOL = "session_protocol"
_SETTLEMENT = "settlement"
_LEFT = N_("{stream}: {free} units free before, {asked} recommended, {left} left")


def refuse_open(session: Session, form: str) -> None:
    """A protocol is of a session that was closed.

    Raises:
        Refused: it still goes on, or was called off.
    """
    if form == PROTOCOL and session.state is not SessionState.CLOSED:
        message = N_("This session is not closed yet: its protocol has no number.")
        raise Refused([block("session.open", message, "state")])


def roots(desk: Desk, file: SessionFile) -> dict[str, Callable[[], object]]:
    """What makes the roots of papers of a session."""
    return {
        Session.table: lambda: file.session,
        _SEATS: lambda: seats(file.members),
        _SIGNERS: lambda: seats([one for one in file.members if one.present]),
        _AGENDA: lambda: agenda(desk, file),
        _FACTS: lambda: facts(desk, file),
    }


def seats(members: Iterable[SessionMember]) -> list[SeatRow]:
    """Members in their order."""
    return [
        SeatRow(
            n,
            one.name,
            one.post,
            choice_label(one.role or SeatRole.MEMBER),
            _(N_("present")) if one.present else _(N_("absent")),
        )
        for n, one in enumerate(members, start=1)
    ]


def agenda(desk: Desk, file: SessionFile) -> list[AgendaRow]:
    """The cases in their order."""
    return [_row(desk, n, one) for n, one in enumerate(file.items, start=1)]


def facts(desk: Desk, file: SessionFile) -> SessionFacts:
    """What the paper counts."""
    names = {role: "; ".join(one.name for one in file.members if one.role is role) for role in SeatRole}
    return SessionFacts(
        chair=names[SeatRole.CHAIR],
        secretary=names[SeatRole.SECRETARY],
        members=len(file.voting),
        present=len(file.present),
        needed=file.needed,
        families=len(file.items),
        persons=file.persons,
        quota="; ".join(_quotas(desk, file)),
    )


def _row(desk: Desk, n: int, one: Item) -> AgendaRow:
    case = one.case
    service = case_answers.service_of(desk, case)
    answers = case_answers.answers_of(desk.store, case, service)
    place = str(answers.get(_SETTLEMENT) or case.region)
    return AgendaRow(
        n=n,
        service=pick(service.title) if service else case.service,
        filed=f"{case.number}, {show_day(case.applied_on)}",
        name=one.person.full_name,
        persons=case.persons or 1,
        country=desk.lists.label("countries", one.person.citizenship),
        place=desk.lists.label("kato", place) if place else "",
        papers=str(len(desk.store.live(CasePaper, case=case.uid))),
        due=show_day(case.due_on),
        outcome=choice_label(one.item.recommendation) if one.item.recommendation else "",
        reason=_reason(desk, one),
        votes=" / ".join(str(one.count(vote)) for vote in Vote),
    )


def _reason(desk: Desk, one: Item) -> str:
    known = {ground.code: ground for ground in grounds_of(desk, one.case)}
    parts = []
    for code in one.item.grounds.split():
        ground = known.get(code)
        clause = pick(ground.clause) if ground and ground.clause else ""
        parts.append((pick(ground.title) if ground else code) + (f" ({clause})" if clause else ""))
    return "; ".join(part for part in (*parts, one.item.words) if part)


def _quotas(desk: Desk, file: SessionFile) -> list[str]:
    """Units free on the day of the session, and what the recommendations would leave, for each pot."""
    day = file.session.held_on or desk.today
    asked: dict[Pot, int] = {}
    for one in file.items:
        service = desk.get_procedure(one.case.service, one.case.applied_on or day)
        if service.quota is None or one.item.recommendation is not Recommendation.FAVOUR:
            continue
        pot = Pot(Stream(service.quota), one.case.region or desk.office.region, day.year, one.case.category)
        asked[pot] = asked.get(pot, 0) + (one.case.persons or 1)
    told = []
    for pot, units in asked.items():
        free = pots.check_pot(desk, pot, on=day).balance.free
        told.append(
            _(_LEFT).format(stream=choice_label(pot.stream), free=free, asked=units, left=free - units)
        )
    return told


def open_for(desk: Desk, key: str, form: str) -> SessionFile:
    """The session a paper is printed for.

    Raises:
        NotFound: no such session.
        Refused: its protocol is asked for before it is closed.
    """
    file = session_file.open_file(desk, key)
    refuse_open(file.session, form)
    return file
