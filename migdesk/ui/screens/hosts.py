"""Receiving persons: hosts, employers, schools, hotels, how many live there; the file of the chosen one beside."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Filter, Test
from migdesk.domain.party import Address, PartyRole
from migdesk.i18n import N_
from migdesk.ui.files.parties import party_file
from migdesk.ui.lists.filters import Filters, View, inside_place
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.look.words import said
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, pick
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Workplace

TITLE = N_("Receiving persons")
KEY = "hosts"


def _of(role: PartyRole) -> Filters:
    return (Filter("role", Test.IS, role.value),)


SPEC = ListSpec(
    name="parties",
    title=TITLE,
    file=party_file.SPEC,
    watches=frozenset({"party", "address", "arrival", "departure"}),
    empty=Words(
        "people", N_("No receiving persons here"), N_("They come with arrivals. Take away a filter.")
    ),
    views=(
        View("here", N_("With people now"), (Filter("here", Test.FROM, 1),)),
        View("all", N_("All"), ()),
        View("host", N_("Hosts"), _of(PartyRole.HOST)),
        View("employer", N_("Employers"), _of(PartyRole.EMPLOYER)),
        View("school", N_("Schools"), _of(PartyRole.SCHOOL)),
        View("hotel", N_("Hotels"), _of(PartyRole.HOTEL)),
    ),
    filters=(pick(Address, "place", lambda code: inside_place("place", code), N_("Place")),),
    fronts=(
        Front("name", 240, N_("Name")),
        Front("number", 118),
        Front("here", 84),
        Front("before", 84),
    ),
    order="name",
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page."""
    return ListPage(work, frame, SPEC)


def open_hosts(window: OfficeWindow) -> PageFrame:
    """Open the list in a tab of its own; one that is open already comes to the front."""
    page = Page(KEY, "people", TITLE, lambda frame: body(window.work, frame), help="hosts")
    return window.open_tab(page, said(TITLE))
