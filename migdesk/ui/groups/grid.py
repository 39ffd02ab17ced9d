"""The grid of a group: typed as in a spreadsheet, pasted from one, never in need of the mouse.

Enter and Tab go on from cell to cell, F8 takes the value above, Ctrl+D carries one down the selection,
Ctrl+Del takes rows off, Ctrl+V takes a copied table; Ctrl+Z takes back the last of these.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QTableView

from migdesk.i18n import N_
from migdesk.services.workbooks.pasting import RELATION
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.entry.picking import Sources
from migdesk.ui.entry.scan_watch import ScanWatch, looks_like_zone
from migdesk.ui.groups.cells import HIGH, GroupCells
from migdesk.ui.groups.model import STATE, GroupModel
from migdesk.ui.groups.rows import COLUMNS
from migdesk.ui.intake.sheet import DETAILS, Cell
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.words import said
from migdesk.ui.parts import pills

_TITLE = N_("People of the group")
_MARK_WIDE, _NUMBER, _SIDE, _HEAD = 132, 30, 6, 30
_WIDTHS = {
    "person.surname": 128,
    "person.given": 108,
    "person.patronymic": 120,
    "person.birth_date": 86,
    "person.sex": 72,
    "person.citizenship": 104,
    "document.number": 96,
    "person.iin": 104,
    "family": 58,
    "relation": 96,
    "person.ethnicity": 104,
    "document.kind": 112,
    "document.issuer": 112,
    "document.expires_on": 96,
}
_USUAL = 130
_FIRST = STATE + 1
_LAST_USUAL = COLUMNS.index(RELATION) + 1
_OF_THE_PAGE = Qt.KeyboardModifier.AltModifier


def is_step(event: QKeyEvent) -> bool:
    """Whether a key means taking back, or doing again: the page does it, wherever in it the cursor is."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class GroupGrid(QTableView):
    """`pasted` carries a copied table and the column where it begins; `scanned` a machine-readable zone;
    `moved` the row the cursor is in; `cell_left` that a cell was left; `removed` the rows taken off;
    `came` that the keyboard is here now."""

    pasted = Signal(str, int)
    scanned = Signal(str)
    moved = Signal(int)
    cell_left = Signal()
    removed = Signal(object)
    came = Signal()

    def __init__(self, model: GroupModel, sources: Sources) -> None:
        super().__init__()
        self.people = model
        self._watch = ScanWatch(self)
        self._watch.scanned.connect(self._take_scan)
        self._cells = GroupCells(model, sources, self._watch)
        self._cells.left.connect(self._move_on)
        self._cells.entered.connect(self._go_on)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self._dress()
        self.selectionModel().currentChanged.connect(self._tell_moved)
        model.dataChanged.connect(lambda *_what: self.verticalHeader().viewport().update())
        self.retranslate()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setHorizontalHeader(_Head(Qt.Orientation.Horizontal))
        self.setVerticalHeader(_Head(Qt.Orientation.Vertical))
        self.horizontalHeader().setFixedHeight(_HEAD)
        self.verticalHeader().setFixedWidth(_MARK_WIDE)
        self.verticalHeader().setMinimumSectionSize(HIGH)
        self.verticalHeader().setDefaultSectionSize(HIGH)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.setColumnHidden(STATE, True)
        for at, name in enumerate(COLUMNS, start=_FIRST):
            self.setColumnWidth(at, _WIDTHS.get(name, _USUAL))
            self.setColumnHidden(at, name in DETAILS)

    def place(self) -> tuple[int, str]:
        """Where the cursor is: the row and the cell."""
        index = self.currentIndex()
        return max(index.row(), 0), COLUMNS[max(index.column() - 1, 0)]

    def go_to(self, at: int, name: str = "") -> None:
        """Put the cursor into a cell."""
        column = COLUMNS.index(name) + 1 if name in COLUMNS else _FIRST
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set(min(at, self.people.rowCount() - 1), column)

    def commit(self) -> None:
        """What is being typed counts as typed."""
        editor = self.indexWidget(self.currentIndex())
        here = QApplication.focusWidget()
        if editor is None and here and here is not self and self.isAncestorOf(here):
            editor = here
        if editor:
            self.commitData(editor)
            self.closeEditor(editor, GroupCells.EndEditHint.NoHint)
            self.setFocus()

    def repeat(self) -> None:
        """F8: the value of the cell above, and on."""
        self.commit()
        self.people.remember()
        at, column = self.currentIndex().row(), self.currentIndex().column()
        above = self.people.row(at - 1)
        if above and column >= _FIRST:
            self.people.put(at, column, above.cell(COLUMNS[column - 1]))
            self.cell_left.emit()
            self._move_on(0, 1)

    def fill_down(self) -> None:
        """Ctrl+D: the topmost cell of each selected column into those below; in one cell, that above."""
        self.commit()
        self.people.remember()
        chosen = sorted((one.column(), one.row()) for one in self.selectedIndexes() if one.column() >= _FIRST)
        if len(chosen) == 1:
            chosen.insert(0, (chosen[0][0], chosen[0][1] - 1))
        tops: dict[int, Cell] = {}
        for column, at in chosen:
            row = self.people.row(at)
            if column not in tops:
                tops[column] = row.cell(COLUMNS[column - 1]) if row else Cell()
            elif row:
                self.people.put(at, column, tops[column])
        self.cell_left.emit()

    def remove_rows(self) -> None:
        """Ctrl+Del: the selected rows."""
        self.commit()
        self.people.remember()
        at, column = self.currentIndex().row(), self.currentIndex().column()
        removed = self.people.remove({one.row() for one in self.selectedIndexes()} or {at})
        self._set(min(at, self.people.rowCount() - 1), column)
        if removed:
            self.removed.emit(removed)

    def clear_cells(self) -> None:
        """Del: what stands in the selected cells."""
        self.people.remember()
        for one in self.selectedIndexes():
            if one.column() >= _FIRST and self.people.row(one.row()):
                self.people.put(one.row(), one.column(), Cell())
        self.cell_left.emit()

    def copy(self) -> None:
        """Ctrl+C: the selected cells as lines with tabs."""
        chosen = self.selectedIndexes()
        rows, columns = sorted({one.row() for one in chosen}), sorted({one.column() for one in chosen})
        places = {(one.row(), one.column()) for one in chosen}
        lines = (
            "\t".join(self.people.words(row, column) if (row, column) in places else "" for column in columns)
            for row in rows
        )
        QApplication.clipboard().setText("\n".join(lines))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell it: the part above may fold."""
        super().focusInEvent(event)
        self.came.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a spreadsheet; what begins a word opens the editor of the cell."""
        act = self._act(event)
        if act:
            act()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape or event.modifiers() & _OF_THE_PAGE or is_step(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._paste
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in ENTER:
            return None if control else self._enter
        acts: dict[tuple[Qt.Key, bool], Callable[[], object]] = {
            (Qt.Key.Key_Tab, False): lambda: self._move_on(0, 1),
            (Qt.Key.Key_Backtab, False): lambda: self._move_on(0, -1),
            (Qt.Key.Key_Delete, False): self.clear_cells,
            (Qt.Key.Key_Home, False): lambda: self._set(self.currentIndex().row(), _FIRST),
        }
        return acts.get((Qt.Key(event.key()), control))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from cell to cell; the last one of the free row lets it go on with the page."""
        index = self.currentIndex()
        free = self.people.rowCount() - 1
        if forward and index.row() == free:
            return super().focusNextPrevChild(forward)
        if not forward and index.row() <= 0 and index.column() <= _FIRST:
            return super().focusNextPrevChild(forward)
        self._move_on(0, 1 if forward else -1)
        return True

    def _enter(self) -> None:
        """Enter takes what is offered in grey, and goes on."""
        at, column = self.currentIndex().row(), self.currentIndex().column()
        value = self.people.offer(at, column)
        if value not in (None, ""):
            self.people.remember()
            self.people.put_value(at, COLUMNS[column - 1], value)
        self._go_on()

    def _go_on(self) -> None:
        """Enter: the next cell of those that are usually typed, then the next row; Tab goes through all."""
        is_last = self.currentIndex().column() == _LAST_USUAL
        self._move_on(*((1, _FIRST - _LAST_USUAL) if is_last else (0, 1)))

    def _move_on(self, down: int, right: int) -> None:
        """The cell so many rows down and columns to the right; past the last one the next row begins."""
        index = self.currentIndex()
        at, column = index.row() + down, index.column() + right
        while self.isColumnHidden(column) and _FIRST <= column <= len(COLUMNS):
            column += 1 if right > 0 else -1
        if column > len(COLUMNS):
            at, column = at + 1, _FIRST
        elif column < _FIRST:
            at, column = (at - 1, self._last()) if at > 0 else (0, _FIRST)
        self._set(max(0, min(at, self.people.rowCount() - 1)), column)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cell_left.emit()

    def _last(self) -> int:
        """The last column on show."""
        return max(at for at in range(_FIRST, len(COLUMNS) + 1) if not self.isColumnHidden(at))

    def show_details(self, names: Collection[str]) -> None:
        """Show the cells of these fields of the purpose, and of no others."""
        for name in DETAILS:
            at = COLUMNS.index(name) + 1
            if self.isColumnHidden(at) == (name in names):
                self.setColumnHidden(at, name not in names)

    def shown_names(self) -> list[str]:
        """The cells on show, from the left."""
        return [name for at, name in enumerate(COLUMNS, start=_FIRST) if not self.isColumnHidden(at)]

    def _set(self, at: int, column: int) -> None:
        index = self.people.index(at, max(column, _FIRST))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _paste(self) -> None:
        text = QApplication.clipboard().text()
        if looks_like_zone(text):
            self.scanned.emit(text)
        elif text.strip():
            self.pasted.emit(text, max(self.currentIndex().column(), _FIRST))

    def _take_scan(self, text: str) -> None:
        """A scanner typed into an editor: that is closed without taking anything."""
        self._cells.is_dropped = True
        self.commit()
        self._cells.is_dropped = False
        self.scanned.emit(text)

    def _tell_moved(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.row() != before.row():
            self.moved.emit(now.row())

    def retranslate(self) -> None:
        """Say name and headings in the current language."""
        self.setAccessibleName(said(_TITLE))
        self.horizontalHeader().viewport().update()
        self.viewport().update()


class _Head(QHeaderView):
    """Quiet titles over a line, quiet numbers beside the rows."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        room = rect
        colours = theme.current()
        across = self.orientation() is Qt.Orientation.Horizontal
        edge = colours.edge if across else colours.line
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, QColor(edge))
        words = str(self.model().headerData(section, self.orientation()) or "")
        face = fonts.font(theme.SMALL, fonts.SEMIBOLD if across else fonts.REGULAR)
        fonts.write(painter, room.adjusted(_SIDE, 0, -2, -2), words, face, colours.muted)
        people = self.model()
        pill = people.pill(section) if isinstance(people, GroupModel) and not across else None
        if pill:
            pills.paint(painter, room.adjusted(_NUMBER, 0, -_SIDE, -1), pill, colours)
