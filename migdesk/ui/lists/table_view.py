"""A list on a page: heading, rows, what is shown instead of rows, and what stays when it is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from migdesk.domain.errors import MigDeskError
from migdesk.domain.listing import Listing, Query
from migdesk.i18n import N_
from migdesk.ui.lists import clipboard
from migdesk.ui.lists.columns import Columns
from migdesk.ui.lists.rows import Rows
from migdesk.ui.lists.table import Reading, RecordTable, State
from migdesk.ui.look import theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.memory import Memory
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.tasks import Tasks

_FAILED = N_("The list cannot be shown")
_BUG = N_("Something went wrong in the program.")
_AGAIN = N_("Try again")
_LOADING = N_("One moment…")
_TOO_MANY = N_("At most {n} rows can be copied; export the list instead.")
_NOTHING = Words("inbox", N_("Nothing here"))
ORDER = "order"
"""Under this and the name of a list the window remembers its order."""
COMPACT = "rows/compact"
"""Key under which the window remembers low rows; nothing means ordinary ones."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """What a list on a page is made of: English title, who asks, how values are said, what opens it."""

    title: str
    tasks: Tasks
    reading: Reading
    opener: Callable[[Query], Listing]
    memory: Memory
    empty: Words = _NOTHING


_LEAST = 72
"""Pixels: the heading and a row."""


class RecordView(QFrame):
    """A list of records, ready to be put on a page.

    `opened` carries the uid of the row entered, `current_changed` that of the row moved to (or nothing),
    `told` words for the message strip. Of several selected rows those that a filter hides stay selected: they
    are back with the filter gone, and until then nothing is done with them; `hidden_changed` says how many.
    """

    opened = Signal(str)
    current_changed = Signal(str)
    told = Signal(str)
    hidden_changed = Signal(int)

    def __init__(self, part: ListPart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, look="table")
        self._part = part
        self._query = Query("")
        self.model = RecordTable(part.tasks, part.reading)
        self.model.setParent(self)
        self.rows = Rows(self.model)
        self._kept: frozenset[int] = frozenset()
        self._kept_current = -1
        self._hidden: frozenset[int] = frozenset()
        self._columns = Columns(self.rows.heading, self.model, part.memory)
        self._lay_out()
        self._connect()
        self.set_compact(bool(part.memory.recall(COMPACT)))
        self._show_state()
        self.retranslate()

    def _lay_out(self) -> None:
        self._loading = Panel(Words("clock", _LOADING))
        self._empty = Panel(self._part.empty)
        self._failed = Panel(
            Words("bad", _FAILED, _BUG, Action("table.again", _AGAIN, self.refresh, "refresh"), Tone.BAD)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedLayout()
        column.addLayout(self._stack)
        for page in (self.rows, self._loading, self._empty, self._failed):
            self._stack.addWidget(page)
        self.setFocusProxy(self.rows)
        # what hides behind the rows would ask for more than a small window has beside its filters
        self.setMinimumHeight(_LEAST)

    def _connect(self) -> None:
        self.model.state_changed.connect(self._show_state)
        self.model.all_known.connect(self._find_kept)
        self.rows.entered_row.connect(self._open_current)
        self.rows.copy_wanted.connect(self.copy)
        self.rows.begun_anew.connect(self._begin_anew)
        self.rows.selectionModel().currentRowChanged.connect(self._tell_current)
        heading = self.rows.heading
        heading.sort_wanted.connect(self.sort_by)

    def show_list(self, query: Query) -> None:
        """Show the list a query names; columns come back as this user left them."""
        another = query.name != self._query.name
        self._query = query
        if another:
            self._hide(frozenset())
        self._open()
        if another:
            self._columns.arrange(query.name, self.width())

    def query(self) -> Query:
        """What is shown, with its order."""
        return self._query

    def refresh(self) -> None:
        """Ask again; the selection stays with its records."""
        self._open()

    def sort_by(self, section: int) -> None:
        """Order by a column; a second time turns the order round."""
        column = self.model.columns[section]
        if column.sortable:
            turned = self._query.order == column.key
            self.order_by(f"-{column.key}" if turned else column.key)
            self._part.memory.keep(f"{ORDER}/{self._query.name}", self._query.order)
            self._open()

    def order_by(self, order: str) -> None:
        """The order in which rows are shown when they are asked for next."""
        self._query = replace(self._query, order=order)

    def begin_again(self, order: str) -> None:
        """Columns as they wait in memory, and an order that is not this user's own."""
        self._part.memory.keep(f"{ORDER}/{self._query.name}", "")
        self._columns.arrange(self._query.name, self.width())
        self.order_by(order)
        self._open()

    def kept_order(self, name: str) -> str:
        """The order this user chose in a list by its heading; nothing while he chose none."""
        return self._part.memory.recall(f"{ORDER}/{name}")

    def shown_keys(self) -> tuple[str, ...]:
        """The columns in sight, from left to right."""
        return tuple(self.model.columns[at].key for at in self._columns.shown())

    def set_compact(self, compact: bool) -> None:
        """Rows of 28 pixels instead of 36."""
        self.rows.set_row_height(theme.ROW_COMPACT if compact else theme.ROW)

    def current_uid(self) -> str:
        """Identity of the record under the cursor, or nothing."""
        index = self.rows.currentIndex()
        return self.model.uid(index.row()) if index.isValid() else ""

    def selected_rows(self) -> list[int]:
        """Selected rows from top to bottom."""
        return sorted({row for top, bottom in self._spans() for row in range(top, bottom + 1)})

    def chosen(self) -> list[str]:
        """The records of the selected rows in sight; none for a cursor on one row, which means the whole list."""
        if self.selected_count() == 1 and not self._hidden:
            return []
        return [self.model.uid(row) for row in self.selected_rows()]

    def selected_count(self) -> int:
        """How many rows are selected; cheap even when all of a million are."""
        return sum(bottom - top + 1 for top, bottom in self._spans())

    def copy(self) -> None:
        """Copy the selected rows, or say that they are too many."""
        if self.selected_count() > clipboard.MOST:
            self.told.emit(said(_TOO_MANY, n=number(clipboard.MOST)))
        elif rows := self.selected_rows():
            columns = [(at, self.model.columns[at]) for at in self._columns.shown()]
            self.model.full_rows(rows, lambda values: clipboard.copy(columns, values, self.model.reading))

    def retranslate(self) -> None:
        """Say name, headings and cells in the current language."""
        self.rows.setAccessibleName(said(self._part.title))
        self.model.say_again()
        self._columns.measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns nobody set by hand use the room there is."""
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def _open(self) -> None:
        few = self.selected_count() <= clipboard.MOST
        here = frozenset(self.model.row_id(row) for row in self.selected_rows()) if few else frozenset()
        waiting = self._kept if len(self._kept) > 1 else frozenset()
        self._kept = here | self._hidden | waiting
        current = self.rows.currentIndex()
        if current.isValid():
            self._kept_current = self.model.row_id(current.row())
        self.model.open(self._part.opener(self._query))
        self._mark_order()

    def _spans(self) -> Iterator[tuple[int, int]]:
        selection = self.rows.selectionModel().selection()
        for at in range(selection.count()):
            span = selection.at(at)
            yield span.top(), span.bottom()

    def _mark_order(self) -> None:
        key = self._query.order.removeprefix("-")
        at = next((at for at, column in enumerate(self.model.columns) if column.key == key), -1)
        down = self._query.order.startswith("-")
        self.rows.heading.setSortIndicatorShown(at >= 0)
        self.rows.heading.setSortIndicator(
            at, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        )

    def choose_first(self) -> None:
        """The cursor comes to the first row where it is on none; it takes no part in a selection out of sight."""
        if self.model.rowCount() and not self.rows.currentIndex().isValid():
            first = self.model.index(0, self.rows.heading.logicalIndex(0))
            flags = QItemSelectionModel.SelectionFlag
            several = self._hidden or len(self._kept) > 1
            take = flags.NoUpdate if several else flags.ClearAndSelect | flags.Rows
            self.rows.selectionModel().setCurrentIndex(first, take)

    def _begin_anew(self) -> None:
        self._kept, self._kept_current = frozenset(), -1
        self._hide(frozenset())

    def _hide(self, rows: frozenset[int]) -> None:
        if rows != self._hidden:
            self._hidden = rows
            self.hidden_changed.emit(len(rows))

    def _find_kept(self) -> None:
        if self._kept or self._kept_current >= 0:
            self.model.rows_of(self._kept | {self._kept_current}, self._select_kept)

    def _select_kept(self, rows: list[int]) -> None:
        if not self._kept and self._kept_current < 0:  # another selection was begun meanwhile
            return
        selection = QItemSelection()
        current = QModelIndex()
        last = len(self.model.columns) - 1
        for row in rows:
            if self.model.row_id(row) in self._kept:
                selection.select(self.model.index(row, 0), self.model.index(row, last))
            if self.model.row_id(row) == self._kept_current:
                current = self.model.index(row, 0)
        missing = self._kept.difference(self.model.row_id(row) for row in rows)
        self._hide(missing if len(self._kept) > 1 else frozenset())
        self._kept, self._kept_current = frozenset(), -1
        if current.isValid():
            self.rows.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.rows.scrollTo(current)
        self.rows.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _show_state(self) -> None:
        pages = {State.READY: self.rows, State.EMPTY: self._empty, State.LOADING: self._loading}
        error = self.model.error
        if isinstance(error, MigDeskError):
            self._failed.text.show_text(error.words())
        else:
            self._failed.text.say(_BUG)
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        page = pages.get(self.model.state, self._failed)
        self._stack.setCurrentWidget(page)
        # rows out of sight would swallow Tab: nothing behind them ever gets the keyboard
        proxy = self.rows if page is self.rows else page.focusProxy()
        self.setFocusProxy(proxy)  # type: ignore[arg-type] # the stub knows no `None`, which takes it away
        if had_focus and self.model.state is State.READY:
            self.rows.setFocus()

    def _open_current(self) -> None:
        self.opened.emit(self.current_uid())

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current_uid())
