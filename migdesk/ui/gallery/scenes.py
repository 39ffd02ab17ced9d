"""Pictures of the office's own pages and files, taken in a small sample office on a pretended day.

`screens_for_pictures` gives the scenes over an open desk, `SampleScenes` makes the sample office too.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.case import Case
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.office import Office
from migdesk.services import listing, records
from migdesk.services.cases import case_file, cases
from migdesk.services.desk import Clock, Desk
from migdesk.services.papers import printing
from migdesk.services.people import people
from migdesk.services.sample import extras, register
from migdesk.services.upkeep.office import init_office
from migdesk.ui.assembly import PAGES, make_window
from migdesk.ui.files.cases.case_file import CaseContent
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.files.pieces.file_view import FileView
from migdesk.ui.memory import Forgetful
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.tasks import Tasks
from migdesk.ui.workplace import Kind

TODAY = date(2026, 11, 23)
PERSONS = 300
_TURNS = 8
"""Turns of the event loop after which a file that is read at once stands complete."""

_below: WeakKeyDictionary[QWidget, QWidget] = WeakKeyDictionary()

Scene = Callable[[], QWidget]


def screens_for_pictures(desk: Desk) -> dict[str, Scene]:
    """Every page and file over an open desk, by the name of its picture."""
    scenes: dict[str, Scene] = {
        f"office-{page.key}": functools.partial(_page, desk, page.key) for page in PAGES
    }
    for tab in ("timeline", "documents", "scans", "family", "stay", "cases", "papers", "journal"):
        scenes[f"person-{tab}"] = functools.partial(_person, desk, tab)
    scenes |= {
        "person-why": functools.partial(_person, desk, "timeline", why=True),
        "file-arrival": functools.partial(_file, desk, Kind.ARRIVAL, "arrivals", _NOTICE_DUE),
        "file-case": functools.partial(_file, desk, Kind.CASE, "cases", _OPEN),
        "file-decision": functools.partial(_decision, desk),
        "file-permit": functools.partial(_file, desk, Kind.PERMIT, "permits", _GRANTED),
        "file-party": functools.partial(_file, desk, Kind.PARTY, "parties", ()),
        "file-op": functools.partial(_file, desk, Kind.OP, "journal", ()),
        "file-printout": functools.partial(_file, desk, Kind.PRINTOUT, "printouts", ()),
        "terms": functools.partial(_terms, desk),
    }
    return scenes


_NOTICE_DUE = (
    Filter("notice_due", Test.FILLED),
    Filter("notified_on", Test.EMPTY),
    Filter("left_on", Test.EMPTY),
)
_OPEN = (Filter("state", Test.IS, "open"),)
_GRANTED = (Filter("state", Test.IS, "granted"), Filter("valid_until", Test.FILLED))


def sample_desk(folder: Path, persons: int = PERSONS) -> Desk:
    """A small sample office in an empty folder."""
    office = Office(code="PVL", name="Павлодар облысы", region="550000000")
    desk = init_office(folder, office, clock=Clock(TODAY), operator="А. Серікова")
    register.fill(desk, persons)
    extras.add(desk, restricted=True)
    _work_a_little(desk, folder)
    return desk


def _work_a_little(desk: Desk, folder: Path) -> None:
    """Some open cases on their way and a printed paper, so that no page is empty."""
    arrived = listing.open_list(
        desk, Query("arrivals", (Filter("purpose", Test.IS, "kandas"),), order="-arrived_on")
    )
    people = (records.open_arrival(desk, arrived.uid(row)).person for row in arrived.first(60))
    grown = [one.uid for one in people if one.birth_date and desk.today.year - one.birth_date.year > 18]
    for days, uid in enumerate(grown[::4][:5]):
        case = Case(
            service="kandas_status",
            person=uid,
            applied_on=desk.today - timedelta(days=7 * days),
            channel="csc",
        )
        opened = cases.open_case(desk, case).value
        file = case_file.open_file(desk, opened.uid)
        for paper in file.papers[:days]:
            cases.receive_paper(desk, opened.uid, paper.code)
        for step in file.steps[:days]:
            cases.do_step(desk, opened.uid, step.code)
    for row in arrived.first(3):
        printing.print_form(
            desk, "registration_slip", arrived.uid(row), folder / f"slip-{row}.pdf", lang="kk"
        )


def window_over(desk: Desk) -> OfficeWindow:
    """The window with everything at once: for pictures and tests."""
    return make_window(desk, Tasks.inline(), Forgetful())


def asked_over(window: QWidget, question: QWidget) -> QWidget:
    """The question; the window it was asked over lives as long."""
    _below[question] = window
    QApplication.processEvents()
    return question


class SampleScenes:
    """The scenes, over a sample office that is made when the first of them is asked for."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="migdesk-pictures-", ignore_cleanup_errors=True)
        self._desk: Desk | None = None

    def all(self) -> Mapping[str, Scene]:
        """Every scene by name."""
        return screens_for_pictures(self.desk())

    def desk(self) -> Desk:
        """The sample office."""
        if self._desk is None:
            self._desk = sample_desk(Path(self._folder.name) / "office")
        return self._desk

    def close(self) -> None:
        """Take the sample office away."""
        if self._desk:
            self._desk.close()
        self._folder.cleanup()


def _page(desk: Desk, key: str) -> QWidget:
    window = window_over(desk)
    window.show()
    body = window.open(key).findChild(ListPage)
    if body:
        body.show_file_now()
    file_content(window)
    return window


def _file(desk: Desk, kind: Kind, name: str, filters: tuple[Filter, ...]) -> OfficeWindow:
    opened = listing.open_list(desk, Query(name, filters))
    window = window_over(desk)
    window.show()
    window.work.open(kind, opened.uid(opened.first(1)[0]))
    file_content(window)
    return window


def _person(desk: Desk, tab: str, *, why: bool = False) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.PERSON, full_life(desk))
    content = file_content(window)
    assert isinstance(content, PersonContent) and content.tabs
    content.tabs.open(tab)
    if why:
        for card in content.rail.cards:
            card.toggle()
    return window


def _decision(desk: Desk) -> QWidget:
    window = _file(desk, Kind.CASE, "cases", _OPEN)
    content = file_content(window)
    assert isinstance(content, CaseContent) and content.decision
    content.decision.choices["refuse"].click()
    content.decision.decide()
    return window


def _terms(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.TERMS, "month")
    return window


def file_content(window: OfficeWindow) -> QWidget | None:
    """What the file in the tab in front shows, once it was read and has grown."""
    for _turn in range(_TURNS):
        QApplication.processEvents()
    frame = window.frame(window.current())
    view = frame.findChild(FileView) if frame else None
    return view.content if view else None


def full_life(desk: Desk) -> str:
    """Somebody with a family, a permit, a case and an open term, so that every tab has something to show."""
    opened = listing.open_list(desk, Query("cases"))
    rows = opened.first(400)
    best, most = "", -1
    for row_id in rows:
        person = people.get_person(desk, case_file.get_case(desk, opened.uid(row_id)).person or "")
        file = people.open_file(desk, person.uid)
        score = sum(min(len(part), 2) for part in (file.family, file.permits, file.cases, file.terms))
        if score > most:
            best, most = person.uid, score
    return best
