"""The tab of possible duplicates, for the whole register or for one person."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migdesk.ui.duplicates.page import TITLE, DuplicatesPage
from migdesk.ui.look.words import said
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow


def open_duplicates(window: OfficeWindow, uid: str = "") -> None:
    """Open the tab; one that is open already comes to the front."""

    def build(frame: PageFrame) -> QWidget:
        page = DuplicatesPage(window.work, frame, uid)
        window.closing.connect(page.stop)
        return page

    key = f"duplicates/{uid}" if uid else "duplicates"
    window.open_tab(Page(key, "people", TITLE, build, help="duplicates"), said(TITLE))
