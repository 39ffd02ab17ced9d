"""The tab of a group: opened from Arrivals and by its key, one at a time."""

from __future__ import annotations

import functools

from PySide6.QtWidgets import QWidget

from migdesk.ui.groups.page import TITLE, GroupPage
from migdesk.ui.look.words import said
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow

TAB = "group/new"


def open_group(window: OfficeWindow) -> None:
    """Open the tab (Ctrl+G), or bring it to the front."""

    def build(frame: PageFrame) -> QWidget:
        page = GroupPage(window.work, frame)
        page.finished.connect(functools.partial(window.close_tab, TAB))
        return page

    window.open_tab(Page(TAB, "people", TITLE, build, help="group"), said(TITLE))
