"""Columns of a list as its user left them: widths, order, hidden ones, those that stay; else as wide as fits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QModelIndex, QObject

from migdesk.domain.fields import Choice, Note, Text
from migdesk.domain.listing import Look
from migdesk.ui.lists.cells import SIDE, needed
from migdesk.ui.lists.heading import MOST_FROZEN, Heading
from migdesk.ui.lists.table import RecordTable
from migdesk.ui.memory import Memory
from migdesk.ui.parts import pills
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.states import due_pill, state_pill

_NAME = "name"
"""The column that says whose row it is."""
NARROWEST = 104
"""Pixels a column of words keeps in a narrow window; what it leaves out is in its tooltip."""
SCROLL_BAR = 18
"""Pixels kept free at the right for the scroll bar and the frame."""
_MEASURED = 40
"""So many rows say how wide the words of a list are: with more, columns would move while it is scrolled."""


class Columns(QObject):
    """Arranges the columns of one heading and remembers what a person changed."""

    def __init__(self, heading: Heading, model: RecordTable, memory: Memory) -> None:
        super().__init__(heading)
        self._heading = heading
        self._model = model
        self._memory = memory
        self._name = ""
        self._own_widths = False
        self._busy = False
        self._frozen: int | None = None
        self._room = 0
        self._needs: dict[str, int] = {}
        model.dataChanged.connect(self._rows_came)
        heading.hide_wanted.connect(self._hide)
        heading.reset_wanted.connect(self._forget)
        heading.freeze_wanted.connect(self._freeze)
        heading.sectionResized.connect(self._resized)
        heading.sectionMoved.connect(lambda *_moved: self._moved())

    def arrange(self, name: str, room: int) -> None:
        """Bring back the columns of the list with this name."""
        self._name = name
        kept = self._kept()
        self._own_widths = bool(kept.get("widths"))
        self._busy = True
        for at, column in enumerate(self._model.columns):
            self._heading.setSectionHidden(at, column.key in kept.get("hidden", ()))
        places = {column.key: at for at, column in enumerate(self._model.columns)}
        order = [key for key in kept.get("order", ()) if key in places]
        for visual, key in enumerate(order or places):
            self._heading.moveSection(self._heading.visualIndex(places[key]), visual)
        for key, width in kept.get("widths", {}).items():
            if key in places:
                self._heading.resizeSection(places[key], width)
        self._busy = False
        self._frozen = kept.get("frozen")
        self._show_frozen()
        self._room = room
        self.measure()

    def measure(self) -> None:
        """Share the room out by the words that stand in the first rows now."""
        self._needs = {}
        self._take_in(0, self._model.rowCount())
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Share the room out among columns nobody set by hand; those with words take what is left."""
        self._room = room
        if self._own_widths or not self._model.columns or room <= 0:
            return
        widths = {at: self._wanted(at) for at in self.shown()}
        growing = [at for at in widths if self._grows(at)] or list(widths)
        spare = room - SCROLL_BAR - sum(widths.values())
        whole = sum(widths[at] for at in growing)
        for at in growing:
            widths[at] = max(widths[at] + spare * widths[at] // whole, min(widths[at], NARROWEST))
        self._busy = True
        for at, width in (self._by_words(widths, growing) if self._needs else widths).items():
            self._heading.resizeSection(at, width)
        self._busy = False

    def _by_words(self, widths: dict[int, int], growing: list[int]) -> dict[int, int]:
        """The same widths, but what is cut takes what others do not need."""
        room = self._room - SCROLL_BAR
        needs = {at: max(self._least(at), self._needed(at)) for at in widths}
        if sum(needs.values()) > room:
            needs |= {at: max(self._needed(at), min(needs[at], NARROWEST)) for at in growing}
            least = {at: NARROWEST if at in growing else width for at, width in widths.items()}
            return self._cut_widest(needs, least, room)
        over = {at: max(0, width - needs[at]) for at, width in widths.items()}
        spare = sum(over.values()) or 1
        lack = max(0, sum(map(max, widths.values(), needs.values())) - room)
        return {at: max(width, needs[at]) - -(-over[at] * lack // spare) for at, width in widths.items()}

    def _cut_widest(self, needs: dict[int, int], least: dict[int, int], room: int) -> dict[int, int]:
        """Where some must be cut the widest are, though none below its least; what is left goes to cut headings."""
        found, left = dict(needs), room
        for before, at in enumerate(sorted(needs, key=needs.__getitem__)):
            found[at] = min(needs[at], max(left // (len(needs) - before), least[at]))
            left -= found[at]
        for at in found:
            more = min(max(left, 0), max(self._least(at) - found[at], 0))
            found[at], left = found[at] + more, left - more
        return found

    def _needed(self, at: int) -> int:
        """What the words of the first rows take; nothing before they are here."""
        return self._needs.get(self._model.columns[at].key, 0)

    def _rows_came(self, first: QModelIndex, last: QModelIndex) -> None:
        before = dict(self._needs)
        self._take_in(first.row(), last.row() + 1)
        if self._needs != before:
            self.fit(self._room)

    def _take_in(self, first: int, end: int) -> None:
        rows = [row for row in range(first, min(end, _MEASURED)) if self._model.row(row)]
        for at, column in enumerate(self._model.columns if rows else ()):
            widest = max(needed(self._model, self._model.index(row, at)) for row in rows)
            self._needs[column.key] = max(self._needs.get(column.key, 0), widest)

    def shown(self) -> Iterator[int]:
        """Columns in sight, from left to right."""
        for visual in range(self._heading.count()):
            at = self._heading.logicalIndex(visual)
            if not self._heading.isSectionHidden(at):
                yield at

    def _wanted(self, at: int) -> int:
        """Its own width, but never less than what it cannot do without."""
        return max(self._model.columns[at].width, self._least(at))

    def _least(self, at: int) -> int:
        """The width of its heading, or of the longest of its states."""
        column = self._model.columns[at]
        shown: list[Pill | None] = []
        if column.look is Look.STATE and isinstance(column.field, Choice):
            shown = [state_pill(column.field, option) for option in column.field.options or ()]
        elif column.look is Look.DUE:
            today = self._model.reading.today
            shown = [due_pill(today + timedelta(days), today) for days in (-99, -1, 0, 1, 99)]
        widths = [pills.width(pill) + 2 * SIDE for pill in shown if pill]
        return max([self._heading.needed(at), *widths])

    def _grows(self, at: int) -> bool:
        column = self._model.columns[at]
        return column.look is Look.PLAIN and isinstance(column.field, Text | Note)

    def _freeze(self, count: int) -> None:
        """So many columns at the left stay while scrolling, by this user's own choice."""
        self._frozen = count
        self._show_frozen()
        self._keep()

    def _show_frozen(self) -> None:
        """Who chose nothing keeps the columns up to the name, else the first."""
        keys = [self._model.columns[at].key for at in self._heading.first_shown(MOST_FROZEN)]
        usual = keys.index(_NAME) + 1 if _NAME in keys else 1
        self._heading.frozen = usual if self._frozen is None else self._frozen
        self._heading.viewport().update()

    def _hide(self, at: int, hidden: bool) -> None:
        self._heading.setSectionHidden(at, hidden)
        self._show_frozen()
        self._keep()
        self.fit(self._heading.width())

    def _moved(self) -> None:
        if not self._busy:
            self._show_frozen()
            self._keep()

    def _resized(self, _at: int, _before: int, _now: int) -> None:
        if not self._busy and self._heading.is_dragged():
            self._own_widths = True
            self._keep()

    def _keep(self) -> None:
        if self._busy or not self._name:
            return
        columns = self._model.columns
        kept: dict[str, Any] = {
            "order": [columns[self._heading.logicalIndex(at)].key for at in range(len(columns))],
            "hidden": [column.key for at, column in enumerate(columns) if self._heading.isSectionHidden(at)],
        }
        if self._own_widths:
            kept["widths"] = {columns[at].key: self._heading.sectionSize(at) for at in self.shown()}
        if self._frozen is not None:
            kept["frozen"] = self._frozen
        self._memory.keep(f"columns/{self._name}", json.dumps(kept))

    def _forget(self) -> None:
        self._memory.keep(f"columns/{self._name}", "")
        self.arrange(self._name, self._heading.width())

    def _kept(self) -> dict[str, Any]:
        text = self._memory.recall(f"columns/{self._name}")
        try:
            kept = json.loads(text) if text else {}
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}
