"""The tab of appointments: opened from Today and by its key."""

from __future__ import annotations

import functools

from migdesk.services.terms import appointments
from migdesk.ui.look.words import said
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.visits.page import TITLE, VisitsPage

TAB = "visits"


def open_visit(window: OfficeWindow, uid: str) -> None:
    """Open the tab at one appointment."""
    open_visits(window)
    page = window.findChild(VisitsPage)
    if isinstance(page, VisitsPage):
        page.go_to_visit(appointments.get_visit(window.work.desk, uid))


def open_visits(window: OfficeWindow) -> None:
    """Open the tab (Ctrl+B), or bring it to the front."""
    build = functools.partial(VisitsPage, window.work)
    window.open_tab(Page(TAB, "calendar", TITLE, build, help="appointments"), said(TITLE))
