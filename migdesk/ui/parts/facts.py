"""Facts of a record: label and value, line by line; a value may be a pill or open another file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from migdesk.domain.fields import spec
from migdesk.domain.record import Record
from migdesk.services.desk import Desk
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said, shown
from migdesk.ui.parts.blocks import link, text
from migdesk.ui.parts.pills import Pill, PillLabel

_TWO_FROM = 640
_LABEL = 150


@dataclass(frozen=True, slots=True)
class Fact:
    """An English label, the value as people read it, and what opens when it is clicked."""

    label: str
    words: str
    open: Callable[[], object] | None = None
    pill: Pill | None = None


def fact_of(desk: Desk, rec: Record, name: str, **more: Any) -> Fact:
    """A field of a record by its own description."""
    field = spec(type(rec), name).field
    value = getattr(rec, name)
    words = desk.lists.show(field, value) if isinstance(value, str) else shown(field, value)
    return Fact(field.label, words, **more)


def facts_of(desk: Desk, rec: Record, *names: str) -> list[Fact]:
    """Several fields of a record; empty ones are left out."""
    found = (fact_of(desk, rec, name) for name in names)
    return [one for one in found if one.words]


class Facts(QWidget):
    """Facts in one column, or in two when there is room."""

    def __init__(self, facts: Sequence[Fact], *, most: int = 2) -> None:
        super().__init__()
        self._most = most
        self._columns = 0
        self._cells = [(_label(one), _value(one)) for one in facts if one.words or one.pill]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(6)
        self._lay_out(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns from 640 pixels on."""
        super().resizeEvent(event)
        self._lay_out(min(self._most, 2) if self.width() >= _TWO_FROM else 1)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        lines = -(-len(self._cells) // columns)
        for at, (label, value) in enumerate(self._cells):
            line, side = at % lines, at // lines
            self._grid.addWidget(label, line, side * 2, Qt.AlignmentFlag.AlignTop)
            place = Qt.AlignmentFlag.AlignTop
            if not isinstance(value, Label):
                place |= Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(value, line, side * 2 + 1, place)
        for side in range(2):
            self._grid.setColumnStretch(side * 2 + 1, 1 if side < columns else 0)


def _label(fact: Fact) -> Label:
    label = Label(fact.label, "muted").wrapped()
    label.setFixedWidth(_LABEL)
    return label


def _value(fact: Fact) -> QWidget:
    if fact.pill:
        made: QWidget = PillLabel(fact.pill)
    elif fact.open:
        button = link(fact.words)
        run = fact.open
        button.clicked.connect(lambda _checked=False: run())
        made = button
    else:
        made = text(fact.words)
    made.setAccessibleName(f"{said(fact.label)}: {fact.words}")
    return made
