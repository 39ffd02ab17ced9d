"""Sessions of commissions in the window: the list, one session by keyboard, and what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case, CaseStep
from migdesk.domain.listing import Filter, Test
from migdesk.domain.session import SeatRole, Session, SessionMember, SessionState, Vote
from migdesk.i18n import LANGUAGES
from migdesk.services.cases import cases, session_file, sessions
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.files.sessions.session_file import SessionContent
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.workplace import Kind
from tests import make
from tests.ui.keys import press
from tests.ui.seen import assert_all_named

CONTROL = Qt.KeyboardModifier.ControlModifier
KANDAS = Filter("purpose", Test.IS, "kandas")
SEATS = (
    SessionMember(name="Ахметова А. Б.", role=SeatRole.CHAIR, present=True),
    SessionMember(name="Оспанов Д. К.", role=SeatRole.MEMBER, present=True),
    SessionMember(name="Ким В. С.", role=SeatRole.SECRETARY, present=True),
)


@pytest.fixture
def case(eye) -> Case:
    person = eye.desk.store.get(Arrival, eye.first("arrivals", KANDAS)).person
    asked = Case(service="kandas_nationality", person=person, applied_on=date(2026, 11, 20))
    return cases.open_case(eye.desk, asked).value


def called(eye, members=SEATS) -> Session:
    asked = Session(commission="nationality", held_on=make.TODAY)
    return sessions.open_session(eye.desk, asked, [replace(one) for one in members]).value


def shown(eye, uid) -> SessionContent:
    content = eye.file(Kind.SESSION, uid)
    assert isinstance(content, SessionContent)
    return content


def first(content) -> str:
    return content.acts()[0].key


def dialog(eye) -> FormDialog:
    settle()
    return eye.window.findChildren(FormDialog)[-1]


def test_a_key_opens_the_list_and_a_session_is_called_there(eye):
    session = called(eye)
    eye.press(Qt.Key.Key_J, CONTROL)
    settle()
    page = eye.window.findChildren(ListPage)[-1]
    assert page.spec.name == "sessions"
    eye.press(Qt.Key.Key_N, CONTROL)
    window = dialog(eye)
    window.form.set_values({"commission": "nationality"})
    window.save()
    made = session_file.list_sessions(eye.desk)[0]
    assert made.uid != session.uid
    members = session_file.open_file(eye.desk, made.uid).members
    assert [one.name for one in members] == [one.name for one in SEATS]
    assert not any(one.present for one in members)


def test_enter_leads_from_an_empty_session_to_a_closed_one(eye, case):
    session = called(eye, ())
    assert first(shown(eye, session.uid)) == "session.member"
    shown(eye, session.uid).enter()
    window = dialog(eye)
    window.form.set_values({"name": SEATS[0].name, "role": SeatRole.CHAIR, "present": False})
    window.save()
    for one in SEATS[1:]:
        sessions.save_member(eye.desk, session.uid, replace(one, present=False))
    content = shown(eye, session.uid)
    assert first(content) == "session.cases"
    content.enter()
    dialog(eye).save()
    file = session_file.open_file(eye.desk, session.uid)
    assert [one.case.uid for one in file.items] == [case.uid]
    content = shown(eye, session.uid)
    assert first(content) == "session.present"
    content.enter()
    window = dialog(eye)
    for line in window._question.more.lines.values():
        line.setChecked(True)
    window.save()
    content = shown(eye, session.uid)
    assert first(content) == "session.vote"
    content.enter()
    window = dialog(eye)
    window.form.set_values(dict.fromkeys(seats(window), Vote.FOR))
    window.save()
    content = shown(eye, session.uid)
    assert first(content) == "session.close"
    content.enter()
    dialog(eye).save()
    assert session_file.get_session(eye.desk, session.uid).state is SessionState.CLOSED
    assert [one.code for one in eye.desk.store.live(CaseStep, case=case.uid)] == ["commission"]


def seats(window):
    """The fields of those who vote."""
    return [name for name in window.form.boxes if name.startswith("vote.")]


def test_votes_are_corrected_in_the_same_window(eye, case):
    session = called(eye)
    sessions.add_cases(eye.desk, session.uid, [case])
    file = session_file.open_file(eye.desk, session.uid)
    sessions.vote(
        eye.desk, file.items[0].item.uid, sessions.Ballot([(one.uid, Vote.FOR) for one in file.present])
    )
    from migdesk.ui.files.sessions.session_questions import ask_vote

    file = session_file.open_file(eye.desk, session.uid)
    window = ask_vote(eye.window.work, file, file.items[0])
    assert {window.form.values()[name] for name in seats(window)} == {Vote.FOR}
    window.form.set_values(
        {**dict.fromkeys(seats(window), Vote.AGAINST), "recommendation": None, "words": "нет"}
    )
    window.save()
    item = session_file.open_file(eye.desk, session.uid).items[0]
    assert (item.count(Vote.AGAINST), item.item.recommendation) == (2, "refuse")


def test_what_stands_against_closing_is_said_in_its_window(eye):
    session = called(eye)
    content = shown(eye, session.uid)
    next(one for one in content.acts() if one.key == "session.close").run()
    window = dialog(eye)
    window.save()
    settle()
    assert window.isVisible()
    assert session_file.get_session(eye.desk, session.uid).state is SessionState.OPEN


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_a_session_has_a_name(eye, case, application, language):
    session = called(eye)
    sessions.add_cases(eye.desk, session.uid, [case])
    application.speak(language)
    content = shown(eye, session.uid)
    assert_all_named(content)
    press(content.parent(), Qt.Key.Key_Return)
    assert_all_named(dialog(eye))
