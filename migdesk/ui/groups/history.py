"""What stood in the rows before each act, so that Ctrl+Z takes back the last one here, not one of the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from migdesk.domain.finding import Finding
from migdesk.ui.groups.rows import COLUMNS, GroupBook, Row
from migdesk.ui.intake.sheet import Sheet

_MOST = 50
"""Acts that can be taken back."""


@dataclass(frozen=True, slots=True, repr=False)
class _Line:
    """A row as it was."""

    row: Row
    sheet: Sheet
    family: str
    apart: bool
    remarks: Mapping[str, Finding]

    def bring_back(self) -> None:
        row = self.row
        row.sheet = replace(self.sheet, cells=dict(self.sheet.cells))
        row.family, row.apart, row.remarks = self.family, self.apart, dict(self.remarks)
        row.changed()


@dataclass(slots=True, repr=False)
class Step:
    """The rows before an act; `above` are the values that the act wrote into the part above."""

    lines: tuple[_Line, ...]
    above: dict[str, Any] = field(default_factory=dict)


class History:
    """The last acts of one book. `remember` comes before each act, and again before the next; nothing twice."""

    def __init__(self) -> None:
        self._past: list[Step] = []
        self._ahead: list[Step] = []
        self._left: tuple[_Line, ...] = ()
        self.place = (0, COLUMNS[0])
        """Where the last step changed something: the row and the cell."""

    def remember(self, book: GroupBook) -> None:
        """Something is about to be typed, pasted, taken off."""
        now = self._lines(book)
        if not self._past or self._past[-1].lines != now:
            self._past = [*self._past[1 - _MOST :], Step(now)]

    def also_above(self, values: Mapping[str, Any]) -> None:
        """The act that was remembered last wrote these above, too."""
        if self._past:
            self._past[-1].above |= values

    def forget(self) -> None:
        """Another book, or rows that are in the register now."""
        self._past, self._ahead, self._left = [], [], ()

    def undo(self, book: GroupBook) -> Step | None:
        """Bring back what stood there before the last act; nothing when there was none."""
        now = self._lines(book)
        while self._past and self._past[-1].lines == now:
            self._past.pop()
        if not self._past:
            return None
        if self._left != now:
            self._ahead = []
        step = self._past.pop()
        self._ahead.append(Step(now))
        self._show(book, step, now)
        return step

    def redo(self, book: GroupBook) -> Step | None:
        """Do again what was taken back last, unless something else was typed since."""
        now = self._lines(book)
        if not self._ahead or self._left != now:
            return None
        step = self._ahead.pop()
        self._past.append(Step(now))
        self._show(book, step, now)
        return step

    def _show(self, book: GroupBook, step: Step, now: tuple[_Line, ...]) -> None:
        self.place = _first_change(now, step.lines)
        here = {id(one.row): one for one in now}
        for line in step.lines:
            if here.get(id(line.row)) != line:
                line.bring_back()
        book.rows[:] = [one.row for one in step.lines]
        self._left = step.lines

    def _lines(self, book: GroupBook) -> tuple[_Line, ...]:
        """The rows as they are; one that did not change is not kept twice."""
        before = {id(one.row): one for one in self._past[-1].lines} if self._past else {}
        made = []
        for row in book.rows:
            sheet = replace(row.sheet, cells=dict(row.sheet.cells))
            line = _Line(row, sheet, row.family, row.apart, dict(row.remarks))
            known = before.get(id(row))
            made.append(known if known == line else line)
        return tuple(made)


def _first_change(before: tuple[_Line, ...], after: tuple[_Line, ...]) -> tuple[int, str]:
    """Where the rows differ first: the row and the cell."""
    for at, (old, new) in enumerate(zip(before, after, strict=False)):
        if old != new:
            names = (name for name in COLUMNS if old.sheet.cell(name) != new.sheet.cell(name))
            return at, next(names, COLUMNS[0])
    return min(len(before), len(after)), COLUMNS[0]
