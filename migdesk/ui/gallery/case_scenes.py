"""Pictures of cases: questions, a late step with its reason, a refusal under appeal, and their small windows."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.listing import Filter, Query, Test
from migdesk.services import listing
from migdesk.services.cases import appeals, cases
from migdesk.services.desk import Desk
from migdesk.services.matter import Verdict
from migdesk.services.people import people
from migdesk.services.records import open_arrival
from migdesk.ui.files.cases import case_appeal, case_questions
from migdesk.ui.files.cases.case_file import CaseContent
from migdesk.ui.files.cases.new_case import ask_new_case
from migdesk.ui.files.questions.workers import ask_worker
from migdesk.ui.gallery.scenes import asked_over, file_content, window_over
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Kind

Scene = Callable[[], QWidget]


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them, over cases that are opened for it."""
    work, refused, employers = _on_its_way(desk), _refused(desk), _of_employer(desk)
    return {
        "case-way": functools.partial(open_case, desk, work),
        "case-why": functools.partial(_why, desk, work),
        "case-appeal": functools.partial(open_case, desk, refused),
        "ask-case-new": functools.partial(_new, desk),
        "ask-case-worker": functools.partial(_worker, desk, employers),
        "case-employer": functools.partial(open_case, desk, employers),
        "ask-case-answers": functools.partial(_answers, desk, work),
        "ask-case-appeal": functools.partial(_appeal, desk, refused),
    }


def people_of(desk: Desk) -> list[str]:
    """Some people of the sample office who may be the applicants of a picture."""
    query = Query("arrivals", (Filter("citizenship", Test.IS, "UZB"),), order="-arrived_on")
    found = listing.open_list(desk, query)
    return [open_arrival(desk, found.uid(row)).person.uid for row in found.first(6)]


def _on_its_way(desk: Desk) -> str:
    """A permit for foreign labour: one step late, papers missing, questions answered in part."""
    case = Case(
        service="kandas_status",
        person=people_of(desk)[0],
        applied_on=desk.today - timedelta(days=24),
        channel="csc",
    )
    opened = cases.open_case(desk, case).value
    day = desk.today - timedelta(days=22)
    cases.do_step(desk, opened.uid, "registration", on=day)
    cases.receive_paper(desk, opened.uid, "application")
    cases.answer(desk, opened.uid, {"move_reason": "kinship"})
    return opened.uid


def _refused(desk: Desk) -> str:
    case = Case(service="rvp", person=people_of(desk)[1], applied_on=desk.today, channel="csc")
    opened = cases.open_case(desk, case, (), {"purpose": "work"}).value
    words = "Паспорт 01.02.2027 дейін жарамды."
    cases.decide(desk, opened.uid, Verdict("refuse", grounds=("passport_short",), words=words))
    appeals.file_appeal(desk, opened.uid, body="Павлодар облысының полиция департаменті")
    return opened.uid


def _open(desk: Desk, uid: str) -> tuple[OfficeWindow, CaseContent]:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.CASE, uid)
    content = file_content(window)
    assert isinstance(content, CaseContent)
    return window, content


def open_case(desk: Desk, uid: str) -> QWidget:
    """The office's window with a case in it."""
    return _open(desk, uid)[0]


def _why(desk: Desk, uid: str) -> QWidget:
    window, content = _open(desk, uid)
    for why in content.whys.values():
        why.toggle()
        break
    QApplication.processEvents()
    return window


def _answers(desk: Desk, uid: str) -> QWidget:
    window, content = _open(desk, uid)
    return asked_over(window, case_questions.ask_answers(window.work, content.file))


def _appeal(desk: Desk, uid: str) -> QWidget:
    window, content = _open(desk, uid)
    return asked_over(window, case_appeal.ask_outcome(window.work, content.file.case))


def _of_employer(desk: Desk) -> str:
    """An application of an employer for three workers in two regions, with the staff it told of."""
    workers = people_of(desk)[3:6]
    host = next(one.host for one in desk.store.live(Arrival, person=workers[0]) if one.host)
    case = Case(
        service="foreign_labour_permit",
        person=workers[0],
        party=host,
        category="3",
        applied_on=desk.today - timedelta(days=2),
        channel="elicense",
    )
    answers = {
        "position": "Электргазбен дәнекерлеуші",
        "exemption": "none",
        "vacancy_code": "2026-118-4402",
        "vacancy_on": desk.today - timedelta(days=21),
        "region_2": "230000000",
        "citizens_34": 118,
        "foreigners_34": 6,
    }
    return cases.open_case(desk, case, workers, answers).value.uid


def _worker(desk: Desk, uid: str) -> QWidget:
    window, content = _open(desk, uid)
    return asked_over(window, ask_worker(window.work, content.file))


def _new(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.show()
    dialog = ask_new_case(window.work, people.get_person(desk, people_of(desk)[2]))
    dialog.form.set_values({"service": "foreign_labour_permit"})
    dialog.form.changed.emit("service")
    return asked_over(window, dialog)
