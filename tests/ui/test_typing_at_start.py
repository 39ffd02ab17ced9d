"""Whoever types before the first page has loaded keeps the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from migdesk.ui.assembly import make_window
from migdesk.ui.memory import Forgetful
from migdesk.ui.screens.home import HomePage


def test_the_search_box_keeps_the_keyboard_when_the_day_is_shown(qtbot, desk, tasks):
    window = make_window(desk, tasks, Forgetful())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.focus_search()
    assert QApplication.focusWidget() is window.search
    page = window.findChild(HomePage)
    qtbot.waitUntil(lambda: page.cards["overdue"].figure() != "…")
    assert QApplication.focusWidget() is window.search
