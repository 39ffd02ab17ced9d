"""Pictures of the grid of a group and of the appointments of a day.

They leave a draft behind and are for sample offices alone.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.domain.appointment import Appointment, OfficeHours, VisitState
from migdesk.domain.person import Person
from migdesk.services import parked
from migdesk.services.desk import Desk
from migdesk.services.terms import appointments, office_hours, visit_checks
from migdesk.ui.gallery.scenes import asked_over, full_life, window_over
from migdesk.ui.groups.keeper import KEY
from migdesk.ui.groups.page import GroupPage
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.visits.page import VisitsPage

Scene = Callable[[], QWidget]

_MOMENT = 0.6
_HEAD = "Фамилия\tИмя\tОтчество\tДата рождения\tПол\tГражданство\tНомер паспорта\tСемья\tРодство\tРост"
_ROWS = (
    "Юсупов\tЖасур\tШухратович\t14.08.1991\tм\tУзбекистан\tFA1234567\t1\t\t180",
    "Юсупова\tНилуфар\tАлишеровна\t02.09.1993\tж\tУзбекистан\tFA1234568\t1\tсупруга\t165",
    "Юсупов\tАзиз\t\t11.01.2018\tм\tУзбекистан\tFA1234569\t1\tсын\t110",
    "Каримов\tБахтиёр\t\t31.02.1985\tм\tУзбекистан\tFA7654321\t\t\t172",
    "Раҳимова\tГулнора\t\t09.05.1979\tж\tНарния\tFA5554433\t\t\t168",
    "Саидов\tДилшод\tРустамович\t03/04/1990\tм\tТаджикистан\t401234567\t\t\t175",
)


_OF_FILE = "…"
_DAY = (
    ("9:00", "1", "Юсупов Жасур", VisitState.DONE),
    ("9:40", "1", "Каримова Гүлнора", VisitState.NO_SHOW),
    ("10:20", "1", _OF_FILE, VisitState.CAME),
    ("10:20", "2", "Саидов Дилшод", None),
    ("11:00", "2", "Волкова Анна", None),
    ("11:20", "1", "Бекмұратов Нұрлан", VisitState.CANCELLED),
)


def typed(desk: Desk) -> dict[str, Scene]:
    """Pages on which somebody types. The day is filled at once: nobody watches the desk yet."""
    if not visit_checks.of_day(desk, desk.today):
        _fill_day(desk)
    return {
        "group": functools.partial(_pasted, desk, at=0),
        "group-wrong": functools.partial(_refused, desk),
        "group-known": functools.partial(_pasted, desk, at=6),
        "group-empty": functools.partial(_empty, desk),
        "group-columns": functools.partial(_columns, desk),
        "visits": functools.partial(_visits, desk),
        "visits-book": functools.partial(_booking, desk),
    }


def _opened(desk: Desk) -> tuple[OfficeWindow, GroupPage]:
    parked.drop_draft(desk, KEY)
    window = window_over(desk)
    window.show()
    window.work.group_wanted.emit()
    page = window.findChild(GroupPage)
    assert isinstance(page, GroupPage)
    _settle()
    return window, page


def _settle() -> None:
    until = time.monotonic() + _MOMENT
    while time.monotonic() < until:
        QApplication.processEvents()


def _empty(desk: Desk) -> QWidget:
    return _opened(desk)[0]


def _known_row(desk: Desk) -> str:
    """Somebody of the register, with one letter less."""
    person = desk.store.get(Person, full_life(desk))
    born = person.born_words
    sex = person.sex.value if person.sex else ""
    return (
        f"{person.surname}\t{person.given}\t{person.patronymic}\t{born}\t{sex}\t{person.citizenship}\t\t\t\t"
    )


def _visits(desk: Desk) -> QWidget:
    """A day with people of every state; somebody did not come last week."""
    window = window_over(desk)
    window.show()
    window.work.visits_wanted.emit()
    page = window.findChild(VisitsPage)
    assert isinstance(page, VisitsPage)
    _settle()
    page.board.go_to("10:20", "1")
    return window


def _fill_day(desk: Desk) -> None:
    office_hours.set_hours(desk, OfficeHours(windows=("1", "2")))
    person = desk.store.get(Person, full_life(desk))
    for at, window, name, state in _DAY:
        visit = Appointment(
            name=name, day=desk.today, at=at, window=window, purpose="РВП", phone="+77011234567"
        )
        if name == _OF_FILE:
            visit = replace(visit, person=person.uid, name=person.full_name, service="kandas_status")
        made = appointments.book(desk, visit).value
        if state:
            appointments.mark(desk, made.uid, state)


def _booking(desk: Desk) -> QWidget:
    window = _visits(desk)
    page = window.findChild(VisitsPage)
    assert isinstance(page, VisitsPage)
    page.book()
    QApplication.processEvents()
    dialog = window.findChildren(QDialog)[-1]
    return asked_over(window, dialog)


def _pasted(desk: Desk, at: int) -> QWidget:
    window, page = _opened(desk)
    for name, value in {
        "arrival.purpose": "family",
        "arrival.entered_on": date(2026, 11, 20),
        "arrival.arrived_on": date(2026, 11, 20),
        "address.place": "551010000",
    }.items():
        page.above.set_value(name, value)
    page.beside.paste("\n".join((_HEAD, *_ROWS, _known_row(desk))), 1)
    page.grid.go_to(at, "person.surname")
    _settle()
    return window


def _columns(desk: Desk) -> QWidget:
    """A column that nobody knows is named."""
    window = _pasted(desk, at=0)
    page = window.findChild(GroupPage)
    assert isinstance(page, GroupPage)
    asked = page.beside.name_columns("", {_HEAD.rpartition("\t")[2]: "", "Телефон": "person.phone"}, ())
    return asked_over(window, asked)


def _refused(desk: Desk) -> QWidget:
    window = _pasted(desk, at=0)
    page = window.findChild(GroupPage)
    assert isinstance(page, GroupPage)
    page.save()
    _settle()
    return window
