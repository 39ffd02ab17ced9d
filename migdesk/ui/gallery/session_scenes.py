"""Pictures of sessions of commissions: the list, one session, and the small windows that ask."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.domain.case import Case
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.session import SeatRole, Session, SessionMember, Vote
from migdesk.services import listing
from migdesk.services.cases import cases, session_file, sessions
from migdesk.services.cases.session_file import SessionFile
from migdesk.services.desk import Desk
from migdesk.services.records import open_arrival
from migdesk.ui.files.sessions import session_questions as questions
from migdesk.ui.files.sessions import session_ticks as ticks
from migdesk.ui.gallery.scenes import asked_over, file_content, window_over
from migdesk.ui.screens.sessions import open_sessions
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Kind, Workplace

Scene = Callable[[], QWidget]

_CHAIR, _MEMBER, _SECRETARY = SeatRole.CHAIR, SeatRole.MEMBER, SeatRole.SECRETARY
_SEATS = (
    SessionMember(name="Ахметова Айгүл Бекқызы", post="басқарма басшысы", role=_CHAIR, present=True),
    SessionMember(name="Оспанов Дәурен Қайратұлы", post="ішкі саясат басқармасы", role=_MEMBER, present=True),
    SessionMember(name="Нұрланова Сәуле Талғатқызы", post="білім басқармасы", role=_MEMBER, present=True),
    SessionMember(name="Абдрахманов Ерлан", post="полиция департаменті", role=_MEMBER),
    SessionMember(name="Ким Виктория Сергеевна", post="бас маман", role=_SECRETARY, present=True),
)


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them, over sessions that are called for it."""
    held, waits = _held(desk)
    return {
        "sessions": functools.partial(_list, desk),
        "session": functools.partial(_session, desk, held.session.uid),
        "session-waiting": functools.partial(_session, desk, waits),
        "ask-session-vote": functools.partial(_asked, desk, lambda work: _vote(work, held)),
        "ask-session-close": functools.partial(_asked, desk, lambda work: questions.ask_close(work, held)),
        "ask-session-cases": functools.partial(_asked, desk, lambda work: _cases(work, waits)),
        "ask-session-present": functools.partial(_asked, desk, lambda work: ticks.ask_present(work, held)),
        "ask-session-new": functools.partial(_asked, desk, questions.ask_session),
        "ask-session-member": functools.partial(
            _asked, desk, lambda work: questions.ask_member(work, held.session)
        ),
    }


def _held(desk: Desk) -> tuple[SessionFile, str]:
    """A session with one case voted on and one that is not, and another that nobody filled yet."""
    filed = desk.today - timedelta(days=4)
    people = _people(desk)
    opened = [
        cases.open_case(desk, Case(service=service, person=person, applied_on=filed)).value
        for person, service in zip(people, ("kandas_status", "kandas_nationality"), strict=False)
    ]
    opened.append(
        cases.open_case(desk, Case(service="kandas_status", person=people[-1], applied_on=filed)).value
    )
    asked = Session(
        commission="reception", held_on=desk.today, begins="10:00", place="Лермонтов көшесі, 51, 12-кабинет"
    )
    session = sessions.open_session(desk, asked, _SEATS).value
    sessions.add_cases(desk, session.uid, [opened[0], opened[2]])
    file = session_file.open_file(desk, session.uid)
    votes = [(one.uid, Vote.FOR) for one in file.present]
    sessions.vote(desk, file.items[0].item.uid, sessions.Ballot(votes))
    other = sessions.open_session(desk, Session(commission="nationality", held_on=desk.today)).value
    return session_file.open_file(desk, session.uid), other.uid


def _people(desk: Desk) -> list[str]:
    opened = listing.open_list(desk, Query("arrivals", (Filter("purpose", Test.IS, "kandas"),)))
    found = [open_arrival(desk, opened.uid(row)).person.uid for row in opened.first(12)]
    return list(dict.fromkeys(found))[:3]


def _list(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.show()
    open_sessions(window)
    QApplication.processEvents()
    return window


def _session(desk: Desk, uid: str) -> QWidget:
    window: OfficeWindow = window_over(desk)
    window.show()
    window.work.open(Kind.SESSION, uid)
    file_content(window)
    return window


def _asked(desk: Desk, ask: Callable[[Workplace], QDialog]) -> QWidget:
    window = window_over(desk)
    window.show()
    dialog = ask(window.work)
    return asked_over(window, dialog)


def _vote(work: Workplace, file: SessionFile) -> QDialog:
    return questions.ask_vote(work, file, file.items[1])


def _cases(work: Workplace, uid: str) -> QDialog:
    return ticks.ask_cases(work, session_file.get_session(work.desk, uid))
