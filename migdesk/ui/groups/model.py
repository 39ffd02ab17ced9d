"""The rows of a group as a table: one more row than there are people, free for the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from migdesk.domain.fields import Code
from migdesk.domain.finding import Finding, Severity
from migdesk.i18n import N_
from migdesk.services.workbooks.pasting import CellReader
from migdesk.ui.groups.history import History, Step
from migdesk.ui.groups.rows import COLUMNS, GroupBook, Row, field_at, new_row, proposals
from migdesk.ui.intake import scan
from migdesk.ui.intake.sheet import DETAILS, Cell, cell_of
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.plain_table import Index

STATE = 0
"""The column of the mark; the cells follow it."""

_STATE, _ROW = N_("State"), N_("Row {n}")
_GOOD, _LOOK, _CORRECT, _WAIT = N_("good"), N_("look"), N_("correct"), N_("checking")
_KNOWN = N_("in the register")
_SHORT = {
    "relation": N_("Relation"),
    "person.patronymic": N_("Patronymic"),
    "person.birth_date": N_("Born on"),
    "person.iin": N_("IIN"),
    "document.number": N_("Document No."),
}
_CELL = N_("{label}, row {n}: {words}")
_EMPTY = N_("empty")

Label = Callable[[str, str], str]
"""What a code of a list is called."""


class GroupModel(QAbstractTableModel):
    """`typed` carries the row and the cell that somebody changed (nothing for a row as a whole)."""

    typed = Signal(int, str)

    def __init__(self, reader: CellReader, label: Label, today: Callable[[], Any], spell: scan.Spell) -> None:
        super().__init__()
        self.book = GroupBook()
        self.history = History()
        self.reader = reader
        self._label = label
        self._today = today
        self._spell = spell

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The people and a free row."""
        return 0 if parent.isValid() else len(self.book.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The mark and the cells."""
        return 0 if parent.isValid() else len(COLUMNS) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into; the mark only says."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual if index.column() == STATE else usual | Qt.ItemFlag.ItemIsEditable

    def row(self, at: int) -> Row | None:
        """A row; nothing for the free one."""
        return self.book.rows[at] if 0 <= at < len(self.book.rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell; with its remarks as tooltip and for screen readers."""
        row = self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            told = self.remarks(index.row(), index.column()) if row else []
            return "\n".join(one.words() for one in told) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the cells, numbers of the rows."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return self._spoken(self.index(section, STATE)) if spoken else str(section + 1)
        return said(_STATE) if section == STATE else self.title(section)

    def title(self, column: int) -> str:
        """What a column is called."""
        name = COLUMNS[column - 1]
        return said(_SHORT.get(name, field_at(name).label))

    def words(self, at: int, column: int) -> str:
        """The text of a cell."""
        row = self.row(at)
        if row is None:
            return ""
        if column == STATE:
            pill = self.pill(at)
            return pill.words if pill else ""
        name = COLUMNS[column - 1]
        cell = row.cell(name)
        return cell.text if cell.value in (None, "") else self._shown(name, cell.value)

    def pill(self, at: int) -> Pill | None:
        """The mark of a row."""
        row = self.row(at)
        if row is None or row.is_blank:
            return None
        state = row.state()
        if state is Severity.BLOCK:
            return Pill(Tone.BAD, said(_CORRECT))
        if row.look is None:
            return Pill(Tone.PLAIN, said(_WAIT))
        if state is Severity.WARN:
            return Pill(Tone.WARN, said(_LOOK))
        return Pill(Tone.OK, said(_KNOWN if row.is_known else _GOOD))

    def remarks(self, at: int, column: int) -> list[Finding]:
        """What is said of a cell, or of the row as a whole at its mark."""
        row = self.row(at)
        if row is None:
            return []
        name = "" if column == STATE else COLUMNS[column - 1]
        return [one for place, one in row.findings() if (place if place in COLUMNS else "") == name]

    def offered(self, at: int, column: int) -> str:
        """What a blank cell offers in grey."""
        value = self.offer(at, column)
        return self._shown(COLUMNS[column - 1], value) if value not in (None, "") else ""

    def offer(self, at: int, column: int) -> Any:
        """The value behind the grey words; the free row offers nothing until somebody types in it."""
        row = self.row(at)
        if row is None or column == STATE or not row.cell(COLUMNS[column - 1]).is_blank:
            return None
        name = COLUMNS[column - 1]
        if name in DETAILS:
            return self.book.shared.get(name, Cell()).value
        return proposals(self.book.rows, at, self._spell).get(name)

    def put(self, at: int, column: int, cell: Cell, remark: Finding | None = None) -> None:
        """Something was typed; in the free row that makes a new one."""
        name = COLUMNS[column - 1]
        row = self.row(at)
        if row is None:
            if cell.is_blank:
                return
            self.add_rows([new_row(self._label("document_kinds", "passport"))])
            row = self.book.rows[-1]
            at = len(self.book.rows) - 1
        if row.cell(name) == cell and name not in row.remarks and remark is None:
            return
        row.put(name, cell, remark)
        self._tell_more(row, name)
        self._changed(at)
        self.typed.emit(at, name)

    def put_text(self, at: int, column: int, text: str) -> None:
        """A text from outside: read as an import reads it."""
        name = COLUMNS[column - 1]
        value, told = self.reader.read(name, text)
        if value in (None, "") or told is not None:
            self.put(at, column, Cell(" ".join(text.split()), value), told)
        else:
            self.put(at, column, Cell(self._shown(name, value), value))

    def set_read(self, row: Row, name: str, text: str, value: Any, told: Finding | None) -> None:
        """A pasted cell; who pastes many shows them all at once with `show_looks`."""
        is_plain = value not in (None, "") and told is None
        row.put(name, Cell(self._shown(name, value) if is_plain else " ".join(text.split()), value), told)
        self._tell_more(row, name)

    def put_value(self, at: int, name: str, value: Any) -> None:
        """A value that was not typed."""
        self.put(at, COLUMNS.index(name) + 1, Cell(self._shown(name, value), value))

    def fill(self, at: int, said_values: dict[str, Any]) -> None:
        """Values of a document or a file into the blank cells of a row."""
        row = self.book.rows[at]
        hidden = {name: value for name, value in said_values.items() if name not in COLUMNS}
        for name, value in said_values.items():
            if name in COLUMNS and row.cell(name).is_blank:
                row.put(name, Cell(self._shown(name, value), value))
        for name, value in hidden.items():
            if row.sheet.cell(name).is_blank:
                row.sheet.put(name, cell_of(name, value, self._shown(name, value)))
        row.changed()
        self._changed(at)
        self.typed.emit(at, "")

    def add_rows(self, rows: Sequence[Row]) -> int:
        """New rows at the end, the first of them in the free row, where the cursor may be; its place."""
        first = len(self.book.rows)
        self.beginInsertRows(QModelIndex(), first + 1, first + len(rows))
        self.book.rows.extend(rows)
        self.endInsertRows()
        return first

    def remove(self, places: Iterable[int]) -> list[tuple[int, Row]]:
        """Take rows out; the answer brings them back."""
        removed = []
        for at in sorted(set(places), reverse=True):
            if at < len(self.book.rows):
                self.beginRemoveRows(QModelIndex(), at, at)
                removed.append((at, self.book.rows.pop(at)))
                self.endRemoveRows()
        self.typed.emit(-1, "")
        return removed[::-1]

    def put_back(self, removed: Sequence[tuple[int, Row]]) -> None:
        """Bring removed rows back to their places."""
        for at, row in removed:
            place = min(at, len(self.book.rows))
            self.beginInsertRows(QModelIndex(), place, place)
            self.book.rows.insert(place, row)
            self.endInsertRows()
        self.typed.emit(-1, "")

    def show_book(self, book: GroupBook) -> None:
        """Another book: a new one, or that of a draft."""
        self.history.forget()
        self.beginResetModel()
        self.book = book
        self.endResetModel()

    def remember(self) -> None:
        """Somebody is about to change something: Ctrl+Z brings back what stands here now."""
        self.history.remember(self.book)

    def step_back(self, *, forward: bool = False) -> Step | None:
        """Take the last act back, or do it again; nothing when there is none."""
        self.beginResetModel()
        step = self.history.redo(self.book) if forward else self.history.undo(self.book)
        self.endResetModel()
        if step:
            self.typed.emit(-1, "")
        return step

    def show_looks(self) -> None:
        """The marks changed."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def _changed(self, at: int) -> None:
        self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))

    def _tell_more(self, row: Row, name: str) -> None:
        """An IIN tells birth date and sex."""
        if name != "person.iin" or row.cell(name).is_blank:
            return
        for other, value in scan.from_iin(row.cell(name).text, self._today()).items():
            if other == name or row.cell(other).is_blank:
                row.put(other, Cell(self._shown(other, value), value))

    def _shown(self, name: str, value: Any) -> str:
        kind = field_at(name)
        return self._label(kind.list, str(value)) if isinstance(kind, Code) and value else kind.show(value)

    def _spoken(self, index: Index) -> str:
        at, column = index.row(), index.column()
        words = self.words(at, column) or said(_EMPTY)
        if column == STATE:
            return f"{said(_ROW, n=at + 1)}: {words}"
        told = " ".join(one.words() for one in self.remarks(at, column))
        spoken = said(_CELL, label=self.title(column), n=at + 1, words=words)
        return f"{spoken}. {told}" if told else spoken
