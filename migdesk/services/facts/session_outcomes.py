"""What commissions recommended about a case: read by decisions and by the rules."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.case import Case
from migdesk.domain.session import NATIONALITY, RECEPTION, Recommendation, Session, SessionItem, SessionState
from migdesk.services.desk import Desk

_FACTS = {RECEPTION: "commission_reception", NATIONALITY: "commission_nationality"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The recommendation of one commission about one case, with its session."""

    session: Session
    item: SessionItem

    @property
    def recommendation(self) -> Recommendation:
        """What was recommended; a closed session has one for each of its cases."""
        return self.item.recommendation or Recommendation.POSTPONE


def outcomes(desk: Desk, case: Case) -> dict[str, Outcome]:
    """The last recommendation of each commission, by its code; sessions that still go on say nothing yet."""
    if not case.uid:
        return {}
    found: dict[str, Outcome] = {}
    held = [
        (session, item)
        for item in desk.store.live(SessionItem, case=case.uid)
        if (session := desk.store.find(Session, item.session or ""))
        and session.state is SessionState.CLOSED
        and not session.is_annulled
    ]
    for session, item in sorted(held, key=lambda one: (one[0].held_on or desk.today, one[0].number)):
        found[session.commission] = Outcome(session, item)
    return found


def going_on(desk: Desk, case: Case) -> list[Outcome]:
    """The open sessions on whose agenda a case stands: what they will recommend is not known yet."""
    found = [
        Outcome(session, item)
        for item in desk.store.live(SessionItem, case=case.uid)
        if (session := desk.store.find(Session, item.session or ""))
        and session.state is SessionState.OPEN
        and not session.is_annulled
    ]
    return sorted(found, key=lambda one: one.session.number)


def facts_of(desk: Desk, case: Case) -> dict[str, object]:
    """What the rules may ask: the recommendation of each commission, where there was one."""
    found = outcomes(desk, case)
    return {
        fact: found[code].recommendation.value if code in found else None for code, fact in _FACTS.items()
    }


def session_facts(session: Session) -> dict[str, object]:
    """What the rules may ask about a session."""
    return {"session_commission": session.commission, "session_has_video": bool(session.video)}
