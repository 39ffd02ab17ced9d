"""A new arrival at a receiving person: filled from a template, or with what the last arrival there had in common."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from migdesk.domain.party import Address
from migdesk.services.arrivals import arrival_templates
from migdesk.services.arrivals.arrival_templates import Template
from migdesk.services.arrivals.hosts import template_of
from migdesk.services.desk import Desk
from migdesk.ui.files.events.templates import TITLE, menu_of
from migdesk.ui.intake.beside import Beside
from migdesk.ui.intake.form import IntakeForm
from migdesk.ui.intake.sheet import ADDRESS, ALL, NEW_HOST, Cell, from_record
from migdesk.ui.intake.typing import IntakeTyping
from migdesk.ui.parts.actions import Action
from migdesk.ui.workplace import Workplace

_HOST = "arrival.host"
_TAKEN = ("purpose", "basis", "channel", "host")


class Filled(Protocol):
    """The page that is filled."""

    form: IntakeForm
    typing: IntakeTyping
    beside: Beside

    def mapToGlobal(self, at: QPoint, /) -> QPoint:
        """Where a place of the page is on the screen."""


class AtHost:
    """Fills one intake page; `template` is the one to begin with, if somebody chose it before."""

    def __init__(self, work: Workplace, page: Filled, host: str) -> None:
        self._work, self._page, self._host = work, page, host
        self.template = ""
        self.action = Action("intake.template", TITLE, self.open_menu, "star", "Ctrl+F8", in_bar=False)

    def begin(self) -> None:
        """Show what is known of an arrival at the receiving person; the clerk may change all of it."""
        self._work.tasks.read(
            values_at, self._work.desk, self._host, self.template, done=lambda values: self.fill(values)
        )

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put the values of a template beneath what is typed of the people."""
        if self._is_typed:
            book = self._page.typing.book
            book.shared.update(cells_of(values))
            self._page.typing.show_book(book)
            self._page.beside.begin()
            self._page.typing.settled.emit()

    def menu(self) -> QMenu | None:
        """The templates of the receiving person on the screen, then those of others; none before there is a form."""
        if not self._is_typed:
            return None
        host = str(self._page.typing.book.value(_HOST) or "")
        use = functools.partial(_use, self.fill)
        return menu_of(self._work, "" if host == NEW_HOST else host, use, others=True)

    def open_menu(self) -> None:
        """Open it at the top of the page (Ctrl+F8)."""
        menu = self.menu()
        if menu:
            menu.popup(self._page.mapToGlobal(QPoint(0, 0)))

    @property
    def _is_typed(self) -> bool:
        """Whether there is a form to be filled, still."""
        return shiboken6.isValid(self._page) and self._page.form.is_ready


def values_at(desk: Desk, host: str, template: str = "") -> dict[str, Any]:
    """The values of a chosen template, else what the last arrival there had in common with the next."""
    if template:
        return dict(arrival_templates.get_template(desk, template).values)
    last = template_of(desk, host)
    values = {f"arrival.{name}": getattr(last.arrival, name) for name in _TAKEN}
    return values | from_record(ADDRESS, last.address or Address())


def cells_of(values: Mapping[str, Any]) -> dict[str, Cell]:
    """What values put into the fields that all who arrive together share."""
    return {name: Cell(value=one) for name, one in values.items() if name in ALL and one not in (None, "")}


def _use(fill: Callable[[Mapping[str, Any]], None], one: Template) -> None:
    fill(one.values)
