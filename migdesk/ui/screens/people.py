"""People: everybody of the register, found by any script; the file of the chosen one at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Filter, Test
from migdesk.domain.person import Completeness, Person
from migdesk.i18n import N_
from migdesk.ui.files import person_file
from migdesk.ui.lists.filters import (
    View,
)
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, pick
from migdesk.ui.workplace import Workplace

_DUPLICATES = N_("Possible duplicates")


def _acts(work: Workplace) -> list[Action]:
    """The work list of files that may be of one person."""
    if not work.listens(work.duplicates_wanted):
        return []
    return [
        Action("people.duplicates", _DUPLICATES, lambda: work.duplicates_wanted.emit(""), "people", "Ctrl+D")
    ]


SPEC = ListSpec(
    name="people",
    title=N_("People"),
    file=person_file.SPEC,
    watches=frozenset({"person", "document", "membership"}),
    empty=Words("people", N_("Nobody here"), N_("Take away a filter, or register an arrival with F7.")),
    views=(
        View("all", N_("All"), lambda _today: ()),
        View(
            "unfinished",
            N_("Unfinished"),
            lambda _today: (
                Filter("state", Test.IN, (Completeness.DRAFT.value, Completeness.INCOMPLETE.value)),
            ),
        ),
        View("no_iin", N_("Without IIN"), lambda _today: (Filter("iin", Test.EMPTY),)),
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
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page of the side bar."""
    return ListPage(work, frame, SPEC)
