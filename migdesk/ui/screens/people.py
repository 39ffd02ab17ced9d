"""People: everybody of the register, found by any script; the file of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.ui.files.people import person_file
from migdesk.ui.later import Later
from migdesk.ui.lists.filters import (
    View,
    by_growth,
)
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, pick
from migdesk.ui.workplace import Workplace

_DUPLICATES = N_("Possible duplicates")
_HOSTS = N_("Receiving persons")
_LIGHTS = Later("screens.many_lights:of_list")
_CASES = Later("files.cases.many_cases:of_list")


def _acts(work: Workplace) -> list[Action]:
    """The work list of files that may be of one person."""
    found: list[Action] = []
    if work.listens(work.hosts_wanted):
        found.append(Action("people.hosts", _HOSTS, work.hosts_wanted.emit, "people"))
    if work.listens(work.duplicates_wanted):
        seek = work.duplicates_wanted
        found.append(Action("people.duplicates", _DUPLICATES, lambda: seek.emit(""), "people", "Ctrl+D"))
    return found


def _many(work: Workplace, view: RecordView, query: Callable[[], Query]) -> list[Action]:
    """What is done with many rows at once."""
    return [_LIGHTS(work, SPEC.title, view, query), _CASES(work, view, query)]


SPEC = ListSpec(
    name="people",
    title=N_("People"),
    file=person_file.SPEC,
    watches=frozenset({"person", "document", "membership"}),
    empty=Words("people", N_("Nobody here"), N_("Take away a filter, or register an arrival with F7.")),
    views=(
        View("all", N_("All")),
        *by_growth(),
        View("no_iin", N_("Without IIN"), (Filter("iin", Test.EMPTY),)),
    ),
    filters=(
        pick(Person, "citizenship"),
        pick(Person, "ethnicity"),
    ),
    fronts=(
        Front("name", 230, N_("Person")),
        Front("citizenship", 126),
        Front("birth_date", 100, N_("Born")),
        Front("iin", 118, N_("IIN")),
    ),
    order="name",
    arrival_first=True,
    acts=_acts,
    many=_many,
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page of the side bar."""
    return ListPage(work, frame, SPEC)
