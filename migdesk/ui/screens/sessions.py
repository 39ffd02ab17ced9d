"""Sessions of commissions: those being held, the closed ones; the chosen one beside."""

from __future__ import annotations

import functools

from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Filter, Test
from migdesk.domain.session import SessionState
from migdesk.i18n import N_
from migdesk.ui.files.sessions import session_file
from migdesk.ui.files.sessions.session_questions import ask_session
from migdesk.ui.lists.filters import View, choice_options
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, MenuSpec, lists
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Workplace

TITLE = N_("Sessions of commissions")
KEY = "sessions"
_NEW = N_("New session")


def _of(state: SessionState) -> tuple[Filter, ...]:
    return (Filter("state", Test.IS, state.value),)


SPEC = ListSpec(
    name="sessions",
    title=TITLE,
    file=session_file.SPEC,
    watches=frozenset({"session", "session_item"}),
    empty=Words("people", N_("No sessions here"), N_("Call one with the button above.")),
    views=(
        View("all", N_("All"), ()),
        View("open", N_("Being held"), _of(SessionState.OPEN)),
        View("closed", N_("Closed"), _of(SessionState.CLOSED)),
    ),
    filters=(
        lists("commission", N_("Commission"), "commissions"),
        MenuSpec("state", N_("State"), lambda _desk: choice_options("state", SessionState)),
    ),
    fronts=(
        Front("held_on", 104),
        Front("state", 110),
        Front("commission", 190),
        Front("protocol", 140),
    ),
    order="-held_on",
    acts=lambda work: [
        Action("session.new", _NEW, functools.partial(ask_session, work), "add", "Ctrl+N"),
    ],
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page."""
    return ListPage(work, frame, SPEC)


def open_sessions(window: OfficeWindow) -> PageFrame:
    """Open the list in a tab of its own; one that is open already comes to the front."""
    page = Page(KEY, "people", TITLE, lambda frame: body(window.work, frame), help="commissions")
    return window.open_tab(page, said(TITLE))
