"""Departures: who left, when, where to, from what it is known; the chosen departure's file at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migdesk.domain.arrival import Departure, DepartureKind, EventSource
from migdesk.domain.listing import Filter, Test
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.ui.files.events import event_files
from migdesk.ui.lists.filters import Filters, View, choice_options, inside_place, past_periods
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.look.words import said
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, MenuSpec, pick
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Workplace

TITLE = N_("Departures")
KEY = "departures"


def _of(kind: DepartureKind) -> Filters:
    return (Filter("kind", Test.IS, kind.value),)


SPEC = ListSpec(
    name="departures",
    title=TITLE,
    file=event_files.DEPARTURE,
    watches=frozenset({"departure", "arrival", "person"}),
    empty=Words("right", N_("No departures here"), N_("Take away a filter, or choose another view.")),
    views=(
        View("all", N_("All")),
        View("today", N_("Today"), (Filter("left_on", Test.IS, "today"),)),
        View("week", N_("Last 7 days"), (Filter("left_on", Test.FROM, "today-6"),)),
        View("address", N_("From the address"), _of(DepartureKind.ADDRESS)),
        View("abroad", N_("From the country"), _of(DepartureKind.ABROAD)),
        View("for_good", N_("For good"), _of(DepartureKind.FOR_GOOD)),
    ),
    filters=(
        MenuSpec("left_on", N_("Left"), lambda _desk: past_periods("left_on")),
        MenuSpec("source", N_("Known from"), lambda _desk: choice_options("source", EventSource)),
        pick(Person, "citizenship"),
        pick(Departure, "to_country"),
        pick(Departure, "to_place", lambda code: inside_place("to_place", code)),
    ),
    fronts=(
        Front("name", 200, N_("Person")),
        Front("left_on", 92, N_("Left")),
        Front("kind", 150),
        Front("to_country", 110),
    ),
    order="-left_on",
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page."""
    return ListPage(work, frame, SPEC)


def open_departures(window: OfficeWindow) -> PageFrame:
    """Open the list in a tab of its own; one that is open already comes to the front."""
    page = Page(KEY, "right", TITLE, lambda frame: body(window.work, frame), help="events")
    return window.open_tab(page, said(TITLE))
