"""Pinned views of all lists on the side bar: their counts, and the page that a click opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject

from migdesk.domain.errors import NotFound
from migdesk.domain.saved_view import SavedView
from migdesk.services import views
from migdesk.services.desk import Desk
from migdesk.services.views import Counted
from migdesk.ui.later import Later
from migdesk.ui.shell.main_window import MainWindow
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.shell.side_bar import Place
from migdesk.ui.workplace import Workplace

MOST = 6
"""So many pinned views stand on the side bar; more are in the menus of their lists."""

_PAGE_OF = {
    "people": "people",
    "arrivals": "arrivals",
    "cases": "cases",
    "permits": "permits",
    "payments": "payments",
    "printouts": "papers",
    "batches": "exchange",
    "journal": "journal",
}
"""The page of the side bar that shows a list."""

_OPENED = {
    "parties": Later("screens.hosts:open_hosts"),
    "departures": Later("screens.departures:open_departures"),
}
"""What opens a list that has a tab of its own instead."""


@runtime_checkable
class ShowsSaved(Protocol):
    """A page that can be asked for a kept view."""

    def show_saved(self, saved: SavedView) -> None:
        """Show it."""

    def begin(self) -> None:
        """Put the keyboard where it is wanted first."""


def counted(desk: Desk) -> list[Counted]:
    """The views that stand on the side bar, with their counts; those of lists without a page are left out."""
    shown = {*_PAGE_OF, *_OPENED}
    return [one for one in views.count_pinned(desk, MOST) if one.view.of_list in shown]


def places(found: Sequence[Counted]) -> list[tuple[Place, int]]:
    """The views as the side bar shows them."""
    return [(Place(one.view.uid, "star", one.view.name, named=True), one.rows) for one in found]


class Pinned(QObject):
    """Opens the page of a pinned view."""

    def __init__(self, work: Workplace, window: Callable[[], OfficeWindow]) -> None:
        super().__init__(work)
        self._work, self._window = work, window

    def begin(self, window: MainWindow) -> None:
        """The window is made."""
        window.view_wanted.connect(self.open)

    def open(self, uid: str) -> None:
        """Show the list of a pinned view as it asks."""
        try:
            view = views.find_seen(self._work.desk, uid)
        except NotFound as gone:
            self._work.tell_error(gone)
            return
        window = self._window()
        opens = _OPENED.get(view.of_list)
        frame = opens(window) if opens else window.open(_PAGE_OF[view.of_list])
        body = frame.body()
        if isinstance(body, ShowsSaved):
            body.show_saved(view)
            body.begin()
