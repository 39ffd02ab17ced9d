"""What an office has under way beside its register, all invented: a waiting list, two sessions, payments, reports.

Few of each: they are there so that no page of the sample office is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from migdesk.domain.case import Case, CaseDetail, CaseState
from migdesk.domain.change import Op
from migdesk.domain.party import Party
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.quota import Stream
from migdesk.domain.session import SeatRole, Session, SessionMember, Vote
from migdesk.services.cases import session_file, sessions
from migdesk.services.desk import Desk
from migdesk.services.payments import payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.services.quotas import waiting
from migdesk.services.quotas.pots import Pot
from migdesk.services.quotas.waiting import Wish
from migdesk.services.terms import employer_reports
from migdesk.store.writer import Tx

_WAITING, _CASES, _PAYMENTS = 4, 3, 8
_HELD_BEFORE, _COMING_IN = timedelta(days=5), timedelta(days=3)
_SEATS = (
    ("А. Төраға", SeatRole.CHAIR),
    ("Б. Мүше", SeatRole.MEMBER),
    ("В. Мүше", SeatRole.MEMBER),
    ("Г. Хатшы", SeatRole.SECRETARY),
)
_RELOCATION = "support.relocation"
_FIGURES = ("foreigners", "trained", "replaced", "citizens", "jobs")


def add(desk: Desk) -> None:
    """Give a sample office what is under way; the same office gets the same."""
    _report(desk)
    _meet(desk)
    _wait(desk)
    _pay(desk)


def _report(desk: Desk) -> None:
    """The monthly reports of employers up to the last month; one of them is late with it."""
    first = desk.today.replace(day=1)
    with desk.write(Op.MAKE_SAMPLE) as tx:
        month = first
        for ago in range(1, employer_reports.MONTHS):
            month = (month - timedelta(days=1)).replace(day=1)
            for number, state in enumerate(employer_reports.of_month(desk, month)):
                if number or ago > 1:
                    _reported(desk, tx, state.party, month, state.permits)


def _reported(desk: Desk, tx: Tx, party: Party, month: date, foreigners: int) -> None:
    speaker = employer_reports.speaker_of(desk, party)
    filed = month.replace(day=28)
    if speaker is None:
        return
    case = tx.put(
        Case(
            service=employer_reports.SERVICE,
            number=desk.next_number(tx, "C", 5, year=filed.year),
            person=speaker,
            party=party.uid,
            applied_on=filed,
            channel="migration_enbek",
            state=CaseState.GRANTED,
            decided_on=filed,
            decision="accept",
        )
    )
    told = {"month": month.isoformat(), **dict.fromkeys(_FIGURES, "0"), "foreigners": str(foreigners)}
    for key, value in told.items():
        tx.put(CaseDetail(case=case.uid, key=key, value=value))


def _meet(desk: Desk) -> None:
    """A session that was held, with its protocol, and one that is called with its agenda."""
    held_on = desk.today - _HELD_BEFORE
    open_cases = desk.store.live(
        Case, service="kandas_status", state=CaseState.OPEN, order="applied_on, id", limit=50
    )
    examined = [one for one in open_cases if session_file.step_for(desk, one, "reception")]
    before = [one for one in examined if one.applied_on and one.applied_on <= held_on][:_CASES]
    seats = [SessionMember(name=name, role=role, present=True) for name, role in _SEATS]
    if before:
        video = "үлгі/отырыс.mp4"
        called = Session(
            commission="reception", held_on=held_on, begins="10:00", place="каб. 12", video=video
        )
        session = sessions.open_session(desk, called, seats).value
        sessions.add_cases(desk, session.uid, before)
        file = session_file.open_file(desk, session.uid)
        for one in file.items:
            sessions.vote(
                desk, one.item.uid, sessions.Ballot([(seat.uid, Vote.FOR) for seat in file.present])
            )
        sessions.close(desk, session.uid, ends="11:30")
    coming = Session(commission="reception", held_on=desk.today + _COMING_IN, begins="10:00", place="каб. 12")
    session = sessions.open_session(desk, coming, None if before else seats).value
    left = session_file.waiting(desk, "reception")[:_CASES]
    if left:
        sessions.add_cases(desk, session.uid, [one.case for one in left])


def _wait(desk: Desk) -> None:
    """Families of resettlers in line for units of the quota."""
    pot = Pot(Stream.RESETTLER, desk.office.region, desk.today.year)
    for uid, family, units in _families(desk):
        wish = Wish(pot, uid, units, family)
        if not waiting.check_wish(desk, wish):
            waiting.enter(desk, wish)


def _families(desk: Desk) -> Iterator[tuple[str, str, int]]:
    sql = """SELECT f.head, f.uid, count(*) FROM family f JOIN arrival a ON a.family = f.uid
        WHERE a.purpose = 'resettler' AND a.left_on IS NULL AND a.annulled_on IS NULL
        GROUP BY f.uid ORDER BY min(a.id) DESC LIMIT ?"""
    yield from desk.store.rows(sql, (_WAITING,))


def _pay(desk: Desk) -> None:
    """Support of those whose status was granted last: some of it received, some overdue, some still due."""
    granted = desk.store.live(
        Permit, kind="kandas", state=PermitState.GRANTED, principal=None, order="granted_on DESC, id DESC"
    )
    for number, permit in enumerate(granted[:_PAYMENTS]):
        on = max(permit.granted_on or desk.today, desk.today.replace(month=1, day=1))
        due = desk.today + timedelta(days=10 * (number % 4) - 15)
        demand = Demand(
            _RELOCATION,
            permit.person or "",
            given={"persons": "1"},
            on=on,
            due_on=max(due, on),
            permit=permit.uid,
        )
        made = payments.demand_payment(desk, demand).value[0]
        if number % 2:
            receipts.pay(desk, made.uid, f"ҮЛГІ-{number}")
