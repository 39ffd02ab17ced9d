"""Intake (F7): a whole family on one screen, in a tab of its own."""

from __future__ import annotations

import functools

from PySide6.QtWidgets import QWidget

from migdesk.ui.intake.page import TITLE, IntakePage
from migdesk.ui.look.words import said
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Kind


def open_intake(window: OfficeWindow, uid: str = "") -> None:
    """Open the intake in its tab (F7): empty, or for a known person; the one that is open comes to the front."""
    _open(window, f"intake/{uid or 'new'}", uid)


def open_intake_at(window: OfficeWindow, party: str) -> None:
    """Open the intake for somebody new at a receiving person, filled with what the last arrival there had.

    After the receiving person and a plus may come the uid of a template, which fills it instead.
    """
    host, _plus, template = party.partition("+")
    _open(window, f"intake/{host}", "", host, template)


def _open(window: OfficeWindow, key: str, uid: str, host: str = "", template: str = "") -> None:
    def build(frame: PageFrame) -> QWidget:
        page = IntakePage(window.work, frame, uid, host)
        page.at_host.template = template
        page.named.connect(functools.partial(window.rename_tab, key))
        page.finished.connect(functools.partial(_finish, window, key))
        return page

    window.open_tab(Page(key, "add", TITLE, build, help="arrivals" if uid else "family"), said(TITLE))


def _finish(window: OfficeWindow, key: str, uid: str) -> None:
    window.close_tab(key)
    window.work.open(Kind.PERSON, uid)
