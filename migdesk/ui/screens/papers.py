"""Papers: the print register. Every paper that left the office, with its number, edition and copies."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Filter, Test
from migdesk.i18n import N_
from migdesk.ui.files.pieces import plain_files
from migdesk.ui.lists.filters import View
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec
from migdesk.ui.workplace import Workplace

SPEC = ListSpec(
    name="printouts",
    title=N_("Papers"),
    file=plain_files.PRINTOUT,
    watches=frozenset({"printout"}),
    empty=Words(
        "papers", N_("Nothing was printed yet"), N_("Choose a person, an arrival or a case and press Ctrl+P.")
    ),
    views=(
        View("all", N_("All")),
        View(
            "today",
            N_("Today"),
            (Filter("printed_at", Test.FROM, "today"),),
        ),
        View(
            "week",
            N_("Last 7 days"),
            (Filter("printed_at", Test.FROM, "today-6"),),
        ),
        View("replaced", N_("Replaced"), (Filter("replaced", Test.FILLED),)),
    ),
    fronts=(
        Front("number", 150),
        Front("form", 220),
        Front("copy", 70),
        Front("printed_at", 140),
        Front("replaced", 150),
    ),
    words=lambda text: (Filter("number", Test.CONTAINS, text.upper()),),
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page of the side bar."""
    return ListPage(work, frame, SPEC)
