"""The fields in which two files differ: both values beside each other, keys 1 and 2 choose which one stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from migdesk.i18n import N_
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.words import said
from migdesk.ui.parts.plain_table import SIDE, Index, PlainTable

_TITLE = N_("Fields that differ: keys 1 and 2 choose the value that stays")
_FIELD, _FIRST, _SECOND = N_("Field"), N_("1 – first file"), N_("2 – second file")
_STAYS, _EMPTY = N_("{value}, stays"), N_("empty")
_SIGN, _HIGH, _LABEL = 16, 34, 190
_KEYS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Line:
    """A field: name, English label, both values as people read them; an empty one cannot be chosen."""

    name: str
    label: str
    values: tuple[str, str]

    @property
    def only(self) -> int | None:
        """The side that alone has a value."""
        first, second = self.values
        return None if first and second else 0 if first else 1


class FieldModel(QAbstractTableModel):
    """Fields and, of each, which side stays."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.sides: dict[str, int] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many fields differ."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Label and two values."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words; for screen readers also which value stays."""
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        line = self.lines[index.row()]
        if index.column() == 0:
            return said(line.label)
        words = line.values[index.column() - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        words = words or said(_EMPTY)
        return said(_STAYS, value=words) if self.stays(index) else words

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Which side has which key."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return said((_FIELD, _FIRST, _SECOND)[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def stays(self, index: Index) -> bool:
        """Whether this is the value that stays."""
        return self.sides[self.lines[index.row()].name] == index.column() - 1

    def show_lines(self, lines: Sequence[Line], sides: dict[str, int]) -> None:
        """Other fields."""
        self.beginResetModel()
        self.lines, self.sides = list(lines), dict(sides)
        self.endResetModel()

    def choose(self, row: int, side: int) -> bool:
        """Let the value of a side stay; an empty one never does."""
        line = self.lines[row]
        if line.only not in (None, side):
            return False
        self.sides[line.name] = side
        self.dataChanged.emit(self.index(row, 0), self.index(row, 2))
        return True


class FieldTable(PlainTable):
    """`refused` tells that an empty value was wanted; a click chooses as the keys do."""

    refused = Signal()

    def __init__(self) -> None:
        super().__init__(_HIGH)
        self.fields = FieldModel()
        self.setModel(self.fields)
        self.setItemDelegate(_Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = _Head(Qt.Orientation.Horizontal)
        self.setHorizontalHeader(head)
        head.setFixedHeight(_HIGH)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(0, _LABEL)
        self.clicked.connect(self._take_click)
        self.retranslate()

    def show_lines(self, lines: Sequence[Line], sides: dict[str, int]) -> None:
        """Show other fields; the first one has the cursor."""
        row = self.currentIndex().row()
        same = [line.name for line in lines] == [line.name for line in self.fields.lines]
        self.fields.show_lines(lines, sides)
        if lines:
            self.setCurrentIndex(self.fields.index(max(row, 0) if same else 0, 0))

    def sides(self) -> dict[str, int]:
        """Of each field the side whose value stays."""
        return dict(self.fields.sides)

    def retranslate(self) -> None:
        """Say labels in the current language."""
        self.setAccessibleName(said(_TITLE))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 2 choose, Enter goes on to the next field; Ctrl+Enter is the page's."""
        key, row = Qt.Key(event.key()), self.currentIndex().row()
        if key in _KEYS and row >= 0 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._choose(row, _KEYS[key])
        elif key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if row + 1 < self.fields.rowCount():
                self.setCurrentIndex(self.fields.index(row + 1, 0))
        else:
            super().keyPressEvent(event)

    def room_for_words(self, column: int) -> int:
        """The sign of the value that stays takes its own place."""
        return super().room_for_words(column) - _SIGN - theme.S

    def _take_click(self, index: QModelIndex) -> None:
        if index.column():
            self._choose(index.row(), index.column() - 1)

    def _choose(self, row: int, side: int) -> None:
        if not self.fields.choose(row, side):
            self.refused.emit()


class _Head(QHeaderView):
    """Quiet titles over a line."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        colours = theme.current()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours.edge))
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        left = SIDE + (_SIGN + theme.S if section else 0)
        face = fonts.font(theme.SMALL, fonts.SEMIBOLD)
        fonts.write(painter, rect.adjusted(left, 0, -SIDE, -2), words, face, colours.muted)


class _Cells(QStyledItemDelegate):
    """The value that stays has a tick, a ground and strong words; the other is quiet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(80, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        colours = theme.current()
        room: QRect = option.rect
        model = index.model()
        assert isinstance(model, FieldModel)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(room, QColor(colours.hover))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, QColor(colours.line))
        words = str(index.data() or "")
        if index.column() == 0:
            view = option.widget
            if selected and view and view.hasFocus():
                painter.fillRect(room.left(), room.top(), 3, room.height(), QColor(colours.accent))
            weight = fonts.SEMIBOLD if selected else fonts.REGULAR
            face = fonts.font(theme.BODY, weight)
            fonts.write(painter, room.adjusted(SIDE, 0, -SIDE, -1), words, face, colours.muted)
            return
        stays = model.stays(index)
        if stays:
            painter.fillRect(room.adjusted(0, 0, 0, -1), QColor(colours.tint))
            sign = QRectF(room.left() + SIDE, room.center().y() - _SIGN / 2, _SIGN, _SIGN)
            icons.paint(painter, "ok", sign, colours.accent)
        text = room.adjusted(SIDE + _SIGN + theme.S, 0, -SIDE, -1)
        weight, ink = (fonts.SEMIBOLD, colours.text) if stays else (fonts.REGULAR, colours.muted)
        fonts.write(painter, text, words or "—", fonts.font(theme.BODY, weight), ink)
