"""Keeps the intake form and its book the same: what is typed, tidied, filled in, offered in grey."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.earlier import EarlierWay
from migdesk.domain.fields import Code, Ref
from migdesk.domain.ids import clean_document_number
from migdesk.domain.party import PartyKind
from migdesk.services.arrivals import parties
from migdesk.services.desk import Desk
from migdesk.services.people import spellings
from migdesk.ui.intake import scan as intake_scan
from migdesk.ui.intake.answers import Offers
from migdesk.ui.intake.family_grid import put
from migdesk.ui.intake.form import IntakeForm
from migdesk.ui.intake.grid_line import CELLS
from migdesk.ui.intake.sheet import (
    ALL,
    DETAILS,
    DOCUMENT,
    HOST,
    LEFT_ON,
    MEMBER,
    NEW_HOST,
    PERSON,
    SHARED,
    VISA,
    WAY,
    WHY,
    Book,
    Cell,
    Sheet,
    cell_of,
)

_HABITS = ("purpose", "from_country", "border_point", "basis", "channel", "host")
"""Fields of the last arrival that a returning person is likely to have again."""


_PASSPORT = "passport"


class IntakeTyping(QObject):
    """`touched` carries the member (-1 for what all share) and the cell; `settled` comes when a field is left."""

    touched = Signal(int, str)
    settled = Signal()

    def __init__(self, desk: Desk, form: IntakeForm, offers: Offers) -> None:
        super().__init__(form)
        self._desk = desk
        self._form = form
        self._offers = offers
        self._spell = functools.partial(spellings.propose, desk.store)
        self._habits: dict[str, Any] = {}
        self._basis: StayBasis | None = None
        self._offered: dict[str, Any] = {}
        self._is_elsewhere = False
        self.book = Book()
        form.changed.connect(self._changed)
        form.left.connect(self._left)
        form.family.changed.connect(self._cell_changed)
        form.family.left.connect(self._cell_left)
        form.family.details_wanted.connect(self.show_member)
        self.show_book(Book())

    def show_book(self, book: Book) -> None:
        """Begin with another book: a new one, or that of a draft."""
        self.book = book
        self._offers.host_text = str(book.value("host.name"))
        if book.is_blank:
            self._habits, self._basis = {}, None
        self._is_elsewhere = False
        for sheet in book.members:
            self._begin(sheet)
        self._form.show_book(book)
        self._form.scan_box.forget()
        self._follow()
        self.offer()

    def show_member(self, at: int) -> None:
        """Show all fields of a member above the grid."""
        if at >= len(self.book.members):
            return
        self.book.current = at
        self._form.show_member(self.book)
        self.offer()
        self._form.go_to("document.number")
        self.settled.emit()

    def add_member(self) -> int:
        """A new member at the end."""
        self.book.members.append(self._begin(Sheet()))
        self._form.members_changed(self.book)
        return len(self.book.members) - 1

    def remove_member(self, at: int) -> Sheet | None:
        """Take a member off; the head stays."""
        if not 0 < at < len(self.book.members):
            return None
        removed = self.book.members.pop(at)
        self.book.current = 0 if self.book.current == at else self.book.current - (self.book.current > at)
        self._form.members_changed(self.book)
        self._form.show_member(self.book)
        self.offer()
        self.touched.emit(-1, "")
        return removed

    def put_back(self, at: int, sheet: Sheet) -> None:
        """Bring a removed member back to his place."""
        self.book.members.insert(at, sheet)
        self._form.members_changed(self.book)
        self.offer()
        self.settled.emit()

    def fill(self, at: int, name: str, value: Any) -> None:
        """Write a value into a cell of a member (-1 shared), on the sheet and on the screen."""
        field = ALL[name].field
        label = self._offers.name(field.list, value) if isinstance(field, Code) and value else ""
        cell = cell_of(name, value, label)
        if at < 0:
            self.book.shared[name] = cell
        else:
            self.book.members[at].put(name, cell)
        self._show(at, name, cell)
        self.touched.emit(at, name)

    def use_habits(self, last: Arrival | None, address: dict[str, Any]) -> None:
        """Offer what the last arrival of a known head had."""
        self._habits = dict(address)
        if last:
            self._habits |= {f"arrival.{name}": getattr(last, name) for name in _HABITS}
        self.offer()

    def use_basis(self, basis: StayBasis | None) -> None:
        """Offer the ground of stay that the law has for the citizenship."""
        if basis is not self._basis:
            self._basis = basis
            self.offer()

    def ask_earlier(self, *, is_elsewhere: bool) -> None:
        """Ask what becomes of an open arrival elsewhere once there is one, and as long as an answer stands there."""
        if is_elsewhere != self._is_elsewhere:
            self._is_elsewhere = is_elsewhere
            self._follow_earlier()

    def offer(self) -> None:
        """Say in grey what the blank fields will most likely hold."""
        book, head = self.book, self.book.members[0]
        for at, sheet in enumerate(book.members):
            offered = intake_scan.proposals(sheet, head if at else None, self._spell)
            if at == book.current:
                self._offered = offered
                self._form.offer(offered, (*DOCUMENT, *PERSON))
            if at:
                self._form.family.propose(at, offered)
        self._form.family.propose(len(book.members), {})
        shared = self._shared_offers(head)
        self._offered = {**self._offered, **shared}
        self._form.offer(shared, (*SHARED, *self._form.panel.boxes))

    def offered_words(self, name: str) -> str:
        """What a blank field of the form offers now, as a person reads it."""
        value = self._offered.get(name)
        if value in (None, ""):
            return ""
        field = ALL[name].field
        if isinstance(field, Code):
            return self._offers.name(field.list, value)
        return self._offers.title(field.to, value) if isinstance(field, Ref) else field.show(value)

    def _begin(self, sheet: Sheet) -> Sheet:
        """Most people show a passport; that stands there from the start."""
        if sheet.is_blank:
            label = self._offers.name("document_kinds", _PASSPORT)
            sheet.put("document.kind", cell_of("document.kind", _PASSPORT, label))
        return sheet

    def _shared_offers(self, head: Sheet) -> dict[str, Any]:
        entered = self.book.value("arrival.entered_on")
        offered: dict[str, Any] = {
            "arrival.from_country": head.value("person.citizenship"),
            "arrival.arrived_on": entered,
            "arrival.basis": self._basis,
            "host.kind": PartyKind.INDIVIDUAL,
        }
        offered |= {name: value for name, value in self._habits.items() if value not in (None, "")}
        blank = (name for name in offered if self.book.shared.get(name, Cell()).is_blank)
        return {name: offered[name] for name in blank}

    def _changed(self, name: str) -> None:
        cell = self._form.cell(name)
        if name in MEMBER:
            at = self.book.current
            self.book.members[at].put(name, cell)
            if name in CELLS or name.endswith("_latin"):
                self._form.family.show_member(at, self.book.members[at])
            self.touched.emit(at, name)
        else:
            self.book.shared[name] = cell
            self._follow(name)
            self.touched.emit(-1, name)

    def _left(self, name: str) -> None:
        """The field was tidied when it was left: take it as it stands now."""
        cell = self._form.cell(name)
        if name in MEMBER:
            at = self.book.current
            self.book.members[at].put(name, cell)
            self._tidy(at, name)
            self._form.family.show_member(at, self.book.members[at])
        else:
            self.book.shared[name] = cell
            if name == "host.name" and (kind := parties.kind_of_name(cell.text)):
                self.fill(-1, "host.kind", kind)
        self._form.show_panel(self.book)
        self.offer()
        self.settled.emit()

    def _cell_changed(self, at: int, name: str) -> None:
        cell, is_new = self._form.family.cell(at, name), at == len(self.book.members)
        if is_new:
            self.book.members.append(self._begin(Sheet()))
        self.book.members[at].put(name, cell)
        if is_new:
            self._form.members_changed(self.book)
        if at == self.book.current and name in self._form.boxes:
            put(self._form.boxes[name].input, cell)
        self.touched.emit(at, name)

    def _cell_left(self, at: int, name: str) -> None:
        if at < len(self.book.members):
            self.book.members[at].put(name, self._form.family.cell(at, name))
            self._tidy(at, name)
            self.offer()
            self.settled.emit()

    def _tidy(self, at: int, name: str) -> None:
        """An IIN tells birth date and sex; a document number is kept in capitals without blanks."""
        text = self.book.members[at].cell(name).text
        if name == "person.iin" and text:
            told = intake_scan.from_iin(text, self._desk.today)
            for cell, value in told.items():
                if cell == name or self.book.members[at].cell(cell).is_blank:
                    self.fill(at, cell, value)
        elif name == "document.number" and text and clean_document_number(text) != text:
            self.fill(at, name, clean_document_number(text))

    def _show(self, at: int, name: str, cell: Cell) -> None:
        if at >= 0 and name in CELLS:
            self._form.family.show_cell(at, name, cell)
        if at in (-1, self.book.current) and name in self._form.boxes:
            put(self._form.boxes[name].input, cell)
        if at < 0:
            self._follow(name)

    def _follow(self, name: str = "") -> None:
        """Fields that belong to one answer come and go with it."""
        visa = self.book.value("arrival.basis") is StayBasis.VISA
        is_new = self.book.value("arrival.host") == NEW_HOST
        self._form.show_rows(VISA, shown=visa)
        self._form.show_rows(HOST, shown=is_new)
        self._follow_earlier()
        if not name or (name == "arrival.purpose" and self.book.value(name)):
            self._form.show_panel(self.book)
        if name == "arrival.host" and is_new and self.book.shared.get("host.name", Cell()).is_blank:
            self.fill(-1, "host.name", self._offers.host_text)
            kind = parties.kind_of_name(self._offers.host_text)
            self.fill(-1, "host.kind", kind or PartyKind.INDIVIDUAL)

    def _follow_earlier(self) -> None:
        way = self.book.value(WAY)
        self._form.show_rows((WAY,), shown=self._is_elsewhere or way is not None)
        self._form.show_rows((LEFT_ON,), shown=way is EarlierWay.LEFT)
        self._form.show_rows((WHY,), shown=way is EarlierWay.BOTH)

    def codes(self) -> Iterable[tuple[str, str]]:
        """Lists and codes in use now, to be offered first next time."""
        cells = [sheet.cells for sheet in self.book.members] + [self.book.shared]
        for one in cells:
            for name, cell in one.items():
                field = ALL[name].field
                if isinstance(field, Code) and cell.value and name in (*PERSON, *DOCUMENT, *SHARED, *DETAILS):
                    yield field.list, str(cell.value)
