"""Pictures of lists as their user arranged them, and of a paper whose data have changed."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.arrival import Arrival
from migdesk.domain.listing import Filter, Test
from migdesk.domain.person import Person
from migdesk.domain.saved_view import SavedView
from migdesk.services import views
from migdesk.services.desk import Desk
from migdesk.services.papers import printing
from migdesk.services.people import people
from migdesk.ui.gallery.scenes import window_over
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.workplace import Kind, Target

Scene = Callable[[], QWidget]

_NARROW, _SCROLLED = 130, 260
_SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_SLIP = "registration_slip"
_VIEWS = (
    ("people", "Өзбекстаннан", Filter("citizenship", Test.IS, "UZB")),
    ("people", "ЖСН жоқ ересектер", Filter("iin", Test.EMPTY)),
    ("arrivals", "Оқуға келгендер", Filter("purpose", Test.IS, "study")),
)


def typed(desk: Desk) -> dict[str, Scene]:
    """The scenes by name."""
    return {
        "list-frozen": functools.partial(_frozen, desk),
        "list-hidden": functools.partial(_hidden, desk),
        "print-changed": functools.partial(_changed, desk),
    }


def _pin(desk: Desk) -> None:
    for of_list, name, asked in _VIEWS:
        content = views.written(views.Asked(own=(asked,), whole=(asked,)))
        views.keep_view(desk, SavedView(of_list=of_list, name=name, content=content, pinned=True))


def _frozen(desk: Desk) -> QWidget:
    """Pinned views on the side bar, and a list scrolled sideways below its names."""
    _pin(desk)
    window = window_over(desk)
    window.show()
    page = window.open("people").body()
    assert isinstance(page, ListPage)
    QApplication.processEvents()
    heading = page.list.rows.heading
    for section in range(heading.count()):
        heading.setSectionHidden(section, False)
        heading.resizeSection(section, max(heading.sectionSize(section), _NARROW))
    QApplication.processEvents()
    page.list.rows.horizontalScrollBar().setValue(_SCROLLED)
    return window


def _hidden(desk: Desk) -> QWidget:
    """Three people are selected, and a filter shows one of them."""
    window = window_over(desk)
    window.show()
    page = window.open("people").body()
    assert isinstance(page, ListPage)
    QApplication.processEvents()
    rows = page.list.rows
    rows.selectRow(0)
    for row in range(3):
        index = page.list.model.index(row, 0)
        rows.selectionModel().select(index, _SELECT)
    page.words.setText(desk.store.get(Person, page.list.model.uid(1)).surname)
    page.apply()
    QApplication.processEvents()
    return window


def _changed(desk: Desk) -> QWidget:
    """A paper printed before its data were corrected."""
    window = window_over(desk)
    window.show()
    arrival = desk.store.live(Arrival, purpose="kandas", order="id DESC", limit=1)[0]
    with tempfile.TemporaryDirectory() as folder:
        printing.print_form(desk, _SLIP, arrival.uid, Path(folder) / "slip.pdf", lang="kk")
    person = desk.store.get(Person, arrival.person or "")
    people.save_person(desk, replace(person, surname_latin=f"{person.surname_latin}A"))
    last = printing.standing_of(desk, _SLIP, arrival.uid, lang="kk")
    assert last
    window.work.print_wanted.emit(Target(Kind.PRINTOUT, last.last.uid))
    return window
