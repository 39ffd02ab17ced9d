"""The part of a group that is entered once: purpose with its own fields, days, address, receiving person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from migdesk.domain.arrival import StayBasis
from migdesk.domain.finding import Finding, blocking
from migdesk.domain.party import PartyKind
from migdesk.ui.entry.fields import FieldBox
from migdesk.ui.entry.lookup import Lookup
from migdesk.ui.entry.picking import Sources
from migdesk.ui.groups.table_watch import TableWatch
from migdesk.ui.intake.answers import Offers
from migdesk.ui.intake.family_grid import put
from migdesk.ui.intake.panel import PurposePanel, put_after
from migdesk.ui.intake.sheet import ALL, DETAILS, HOST, NEW_HOST, SHARED, VISA, Cell
from migdesk.ui.look import theme

_ROWS: tuple[tuple[tuple[str, int], ...], ...] = (
    (
        ("arrival.purpose", 1),
        ("arrival.entered_on", 1),
        ("arrival.arrived_on", 1),
        ("arrival.border_point", 1),
        ("arrival.from_country", 1),
    ),
    (("address.place", 2), ("address.line", 1), ("arrival.host", 2)),
    (
        ("arrival.basis", 1),
        ("arrival.stay_until", 1),
        ("arrival.channel", 1),
        ("arrival.notified_on", 1),
        ("arrival.transport", 1),
    ),
    (("host.kind", 1), ("host.number", 1), ("host.name", 2), ("host.phone", 1)),
    (("arrival.visa_category", 1), ("arrival.visa_number", 1)),
)
_COLUMNS, _NARROW = 5, 760
_PURPOSE, _LAST = "arrival.purpose", _ROWS[-1][-1][0]
PINNED = tuple(name for row in _ROWS[:3] for name, _wide in row)


class AbovePart(QWidget):
    """`changed` while typing and `left` when a field is left carry its name; `passed` comes when Enter leaves
    the last one; `pasted` carries a table that belongs into the rows."""

    changed = Signal(str)
    left = Signal(str)
    passed = Signal()
    pasted = Signal(str)
    reached = Signal(QWidget)
    source_asked = Signal(object)

    def __init__(self, sources: Sources, offers: Offers) -> None:
        super().__init__()
        self._sources = sources
        self._offers = offers
        self.boxes: dict[str, FieldBox] = {}
        self._details: dict[str, Cell] = {}
        """What is typed for purposes, that of others too: it comes back with them."""
        self._tables = TableWatch(self)
        self._tables.pasted.connect(self.pasted)
        self._tables.reached.connect(self.reached)
        self.panel = PurposePanel(sources, _COLUMNS)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.L)
        self._grid.setVerticalSpacing(theme.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        column.setSpacing(theme.S)
        column.addLayout(self._grid)
        column.addWidget(self.panel)
        self._is_narrow: bool | None = None
        for name in (name for row in _ROWS for name, _wide in row):
            self._box(name)
        self._lay_out(narrow=False)
        for name in PINNED:
            self.boxes[name].allow_pin()
        self.panel.changed.connect(self._changed)
        self.panel.left.connect(self.left)
        self.panel.entered.connect(self._go_on)
        self.panel.source_asked.connect(self.source_asked)
        self._follow()

    def _box(self, name: str) -> FieldBox:
        box = FieldBox(SHARED[name], self._sources)
        box.changed.connect(self._changed)
        box.left.connect(self.left)
        box.entered.connect(self._go_on)
        box.source_asked.connect(self.source_asked)
        box.lookup_wanted.connect(self._look_up)
        self._tables.watch(box.input.widget())
        self.boxes[name] = box
        return box

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has two columns."""
        super().resizeEvent(event)
        self._lay_out(narrow=self.width() < _NARROW)

    def _lay_out(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        names = [name for row in _ROWS for name, _wide in row]
        rows = [[(name, 1) for name in names[at : at + 2]] for at in range(0, len(names), 2)]
        for line, fields in enumerate(rows if narrow else _ROWS):
            at = 0
            for name, wide in fields:
                self._grid.addWidget(self.boxes[name], line, at, 1, wide)
                at += wide
        for at in range(_COLUMNS):
            self._grid.setColumnStretch(at, 1 if at < (2 if narrow else _COLUMNS) else 0)

    def cells(self) -> dict[str, Cell]:
        """What stands in the fields."""
        here = {name: Cell(box.input.typed(), box.value()) for name, box in self.boxes.items()}
        found = {**self._details, **here}
        return {name: cell for name, cell in found.items() if not cell.is_blank}

    def show_cells(self, cells: Mapping[str, Cell]) -> None:
        """Show other values."""
        self._offers.host_text = cells.get("host.name", Cell()).text
        self._details = {name: cell for name, cell in cells.items() if name in DETAILS}
        put(self.boxes[_PURPOSE].input, cells.get(_PURPOSE, Cell()))
        self.show_panel(str(self.boxes[_PURPOSE].value() or ""))
        for name, box in self.boxes.items():
            put(box.input, cells.get(name, Cell()))
            box.show_findings(())
        self._follow()

    def offer(self, offered: Mapping[str, Any]) -> None:
        """Say in grey what the blank fields will most likely hold."""
        for name, box in self.boxes.items():
            box.input.propose(offered.get(name))

    def set_value(self, name: str, value: Any) -> None:
        """A value that was not typed."""
        self.boxes[name].set_value(value)
        self._keep_detail(name)
        self._follow(name)

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Put each remark below its field."""
        by_name: dict[str, list[Finding]] = {}
        for one in findings:
            by_name.setdefault(one.field or "", []).append(one)
        for name, box in self.boxes.items():
            box.show_findings(by_name.get(name, ()))

    def stopped(self) -> list[str]:
        """Names of the fields that keep the group from being saved."""
        return [name for name, box in self.boxes.items() if not box.isHidden() and blocking(box.findings())]

    def go_to(self, name: str) -> None:
        """Put the cursor into a field."""
        box = self.boxes.get(name) or self.boxes[_ROWS[0][0][0]]
        box.input.widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def focused(self) -> str:
        """Name of the field with the cursor, or nothing."""
        return next((name for name, box in self.boxes.items() if box.input.widget().hasFocus()), "")

    def pinned(self) -> list[str]:
        """Fields that keep their value for the next group."""
        return [name for name, box in self.boxes.items() if box.is_pinned()]

    def set_pinned(self, names: Sequence[str]) -> None:
        """Pin these."""
        for name in names:
            if name in self.boxes:
                self.boxes[name].set_pinned(True)

    def repeat(self) -> None:
        """F8: the value of the record before, in the field with the cursor."""
        name = self.focused()
        value = self._sources.before(name) if name else None
        if value not in (None, ""):
            self.set_value(name, value)
            self.changed.emit(name)
            self._go_on(name)

    def _changed(self, name: str) -> None:
        self._keep_detail(name)
        if name != _PURPOSE or self.boxes[name].value():
            self._follow(name)
        self.changed.emit(name)

    def _keep_detail(self, name: str) -> None:
        if name in self.panel.boxes:
            self._details[name] = Cell(self.boxes[name].input.typed(), self.boxes[name].value())

    def _follow(self, name: str = "") -> None:
        """Fields that belong to one answer come and go with it."""
        if name in ("", _PURPOSE):
            self.show_panel(str(self.boxes[_PURPOSE].value() or ""))
        is_new = self.boxes["arrival.host"].value() == NEW_HOST
        is_visa = self.boxes["arrival.basis"].value() is StayBasis.VISA
        for names, shown in ((HOST, is_new), (VISA, is_visa)):
            for one in names:
                self.boxes[one].setVisible(shown)
        if name == "arrival.host" and is_new and not self.boxes["host.name"].value():
            self.boxes["host.name"].set_value(self._offers.host_text)
            self.boxes["host.kind"].set_value(PartyKind.INDIVIDUAL)

    def show_panel(self, purpose: str) -> None:
        """The fields of a purpose; what is typed for another stays until the save."""
        if self.panel.purpose == purpose:
            return
        others = {name: box for name, box in self.boxes.items() if name not in DETAILS}
        own = self.panel.show_purpose(purpose)
        self.boxes = put_after(others, _LAST, own)
        for name, box in own.items():
            put(box.input, self._details.get(name, Cell()))
            self._tables.watch(box.input.widget())
        self.panel.setVisible(bool(own))

    def say_dropped(self, names: Sequence[str]) -> None:
        """Name what was typed for another purpose and will not be saved with this one."""
        self.panel.say_dropped([ALL[name].field.label for name in names])
        self.panel.setVisible(bool(self.panel.boxes) or bool(names))

    def _go_on(self, name: str) -> None:
        names = list(self.boxes)
        later = (one for one in names[names.index(name) + 1 :] if not self.boxes[one].isHidden())
        following = next(later, "")
        if following:
            self.go_to(following)
        else:
            self.passed.emit()

    def _look_up(self, name: str) -> None:
        uid = Lookup.choose(self, self.boxes[name].spec.field, self._sources)  # type: ignore[arg-type]
        if uid:
            self.set_value(name, uid)
            self.changed.emit(name)
            self._go_on(name)
