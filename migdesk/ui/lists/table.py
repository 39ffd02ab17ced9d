"""RecordTable: the model of a list. Ids first, rows on demand, a bounded number of rows in memory."""

from __future__ import annotations

import functools
from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from migdesk.domain.fields import Code
from migdesk.domain.listing import Column, Listing, Look
from migdesk.ui.look.words import said, shown
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.states import due_pill, state_pill
from migdesk.ui.tasks import PATIENCE, Tasks

PAGE = 100
_PAGES_KEPT = 40

Index = QModelIndex | QPersistentModelIndex
Row = tuple[Any, ...]


class State(Enum):
    """What a list can show now."""

    LOADING = auto()
    READY = auto()
    EMPTY = auto()
    FAILED = auto()


class Reading:
    """How the values of a list are said: names of codes, pills, the day terms are counted from."""

    def __init__(
        self,
        today: date,
        names: Callable[[str, str], str] | None = None,
        pills: Mapping[str, Callable[[Any], Pill | None]] | None = None,
    ) -> None:
        self.today = today
        self._names = names
        self._pills = pills or {}

    def words(self, column: Column, value: Any) -> str:
        """A value as a person reads it."""
        if isinstance(column.field, Code) and self._names and value:
            return self._names(column.field.list, value)
        return shown(column.field, value)

    def pill(self, column: Column, value: Any) -> Pill | None:
        """A value that is drawn as a pill; nothing for plain ones."""
        if column.key in self._pills:
            return self._pills[column.key](value)
        if column.look is Look.STATE:
            return state_pill(column.field, value)
        return due_pill(value, self.today) if column.look is Look.DUE else None


class RecordTable(QAbstractTableModel):
    """Rows of one open `Listing`.

    `state_changed` tells when there is something else to show. `opened` comes when all ids are known.
    """

    state_changed = Signal()
    all_known = Signal()

    def __init__(self, tasks: Tasks, reading: Reading) -> None:
        super().__init__()
        self._tasks = tasks
        self.reading = reading
        self._listing: Listing | None = None
        self.columns: tuple[Column, ...] = ()
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._asked: set[int] = set()
        self._turn = 0
        self.is_complete = False
        self.state = State.LOADING
        self.error: Exception | None = None

    def open(self, listing: Listing) -> None:
        """Show another list: its first page as soon as it is there, then all its ids."""
        self.beginResetModel()
        self._turn += 1
        self._listing, self.columns = listing, listing.columns
        self._ids = array("q")
        self._pages.clear()
        self._asked = set()
        self.is_complete = False
        self.error = None
        self.endResetModel()
        self._set_state(State.LOADING)
        self._ask(listing.first, PAGE, answer=self._take_first)
        self._ask(listing.ids, answer=self._take_all)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows known so far."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Columns of the list."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; nothing while its row is on the way."""
        if not index.isValid() or role not in _ROLES:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[column.align]
        row = self.row(index.row())
        if row is None:
            return None
        value = row[index.column()]
        pill = self.reading.pill(column, value)
        return pill.words if pill else self.reading.words(column, value)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings in the current language."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return said(self.columns[section].label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[self.columns[section].align]
        return None

    def row(self, at: int) -> Row | None:
        """Values of a row, if they are here."""
        page = self._pages.get(at // PAGE)
        return page[at % PAGE] if page is not None and at % PAGE < len(page) else None

    def row_id(self, at: int) -> int:
        """Id of a row."""
        return self._ids[at]

    def uid(self, at: int) -> str:
        """Identity of the record behind a row.

        Raises:
            LookupError: no list is open.
        """
        if self._listing is None:
            raise LookupError("no list is open")
        return self._listing.uid(self._ids[at])

    def rows_of(self, wanted: frozenset[int], done: Callable[[list[int]], object]) -> None:
        """Find where these ids stand now; 50 ms at a million, so not in the window's thread."""
        self._tasks.read(_find, self._ids, wanted, done=done)

    def full_rows(self, rows: Sequence[int], done: Callable[[list[Row]], object]) -> None:
        """Values of any rows, shown or not: for copying."""
        if self._listing is not None:
            self._tasks.read(self._listing.rows, [self._ids[at] for at in rows], done=done)

    def want(self, first: int, last: int) -> None:
        """These rows are about to be drawn: fetch what is missing, and one page around it ahead."""
        seen = range(max(first, 0) // PAGE, min(last, len(self._ids) - 1) // PAGE + 1)
        for page in seen:
            if page in self._pages:
                self._pages.move_to_end(page)
        self._fetch(seen, PATIENCE)
        self._fetch((seen.start - 1, seen.stop), 0)

    def say_again(self) -> None:
        """Language or day changed: every word is said anew."""
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def _fetch(self, pages: Sequence[int], patience: float) -> None:
        """Ask once for all pages of these that are neither here nor on the way."""
        missing = [
            page
            for page in pages
            if 0 <= page * PAGE < len(self._ids) and page not in self._pages and page not in self._asked
        ]
        if missing and self._listing:
            self._asked.update(missing)
            wanted = [at for page in missing for at in self._ids[page * PAGE : (page + 1) * PAGE]]
            answer = functools.partial(self._take_rows, self._asked, missing)
            self._ask(self._listing.rows, wanted, answer=answer, patience=patience)

    def _ask(
        self,
        service: Callable[..., Any],
        *args: Any,
        answer: Callable[..., object],
        patience: float = PATIENCE,
    ) -> None:
        turn = self._turn
        self._tasks.read(
            service,
            *args,
            patience=patience,
            done=functools.partial(self._in_turn, turn, answer),
            failed=functools.partial(self._in_turn, turn, self._fail),
        )

    def _in_turn(self, turn: int, answer: Callable[[Any], object], value: Any) -> None:
        """An answer about a list that is no longer shown is dropped."""
        if turn == self._turn:
            answer(value)

    def _take_first(self, ids: list[int]) -> None:
        if not self.is_complete:
            self._grow(array("q", ids))

    def _take_all(self, ids: array[int]) -> None:
        self.is_complete = True
        if self._ids and ids[: len(self._ids)] != self._ids:
            self._start_again(ids)
        else:
            self._grow(ids)
        if not ids:
            self._set_state(State.EMPTY)
        self.all_known.emit()

    def _start_again(self, ids: array[int]) -> None:
        """Somebody wrote between the first page and the rest."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._asked = set()
        self.endResetModel()

    def _grow(self, ids: array[int]) -> None:
        if len(ids) > len(self._ids):
            short = len(self._ids) // PAGE
            self.beginInsertRows(QModelIndex(), len(self._ids), len(ids) - 1)
            self._ids = ids
            self._pages.pop(short, None)
            self._asked.discard(short)
            self.endInsertRows()
        if ids:
            self._set_state(State.READY)

    def _take_rows(self, asked: set[int], pages: Sequence[int], rows: list[Row]) -> None:
        """Put the rows of some pages in their places, unless they were forgotten meanwhile."""
        if asked is not self._asked:
            return
        for at, page in enumerate(pages):
            self._asked.discard(page)
            self._pages[page] = rows[at * PAGE : (at + 1) * PAGE]
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        last = min((pages[-1] + 1) * PAGE, len(self._ids)) - 1
        self.dataChanged.emit(self.index(pages[0] * PAGE, 0), self.index(last, len(self.columns) - 1))

    def _fail(self, error: Exception) -> None:
        self.error = error
        self._set_state(State.FAILED)

    def _set_state(self, state: State) -> None:
        if state is not self.state or state is State.FAILED:
            self.state = state
            self.state_changed.emit()


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_ALIGNMENT = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}


def _find(ids: array[int], wanted: frozenset[int]) -> list[int]:
    return [at for at, one in enumerate(ids) if one in wanted] if wanted else []
