"""One table of a report on the screen: as it will stand on paper, totals last, walked and copied by keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from migdesk.domain.report import Section, show_cell
from migdesk.i18n import N_, pick
from migdesk.ui import fonts, theme
from migdesk.ui.words import said

Index = QModelIndex | QPersistentModelIndex

_TOTAL = N_("Total")
_MOST = 14
"""Rows shown at once; a longer table scrolls inside."""
_NARROWEST, _WIDEST = 64, 300
_HEAD, _SIDE = 42, 10
_IS_TOTAL = Qt.ItemDataRole.UserRole


class ReportModel(QAbstractTableModel):
    """The rows of a section, then its totals."""

    def __init__(self, section: Section, language: str) -> None:
        super().__init__()
        self._section = section
        self._language = language
        totals = section.totals
        self._rows = (*section.rows, totals) if totals else section.rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows and totals."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Columns of the section."""
        return 0 if parent.isValid() else len(self._section.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, weight."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(index.row(), index.column())
        column = self._section.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return self._font(index.row())
        return index.row() >= len(self._section.rows) if role == _IS_TOTAL else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of columns come from the report's data."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._section.columns):
            return None
        column = self._section.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return pick(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def words(self, row: int, column: int) -> str:
        """A cell as the paper has it."""
        value = self._rows[row][column]
        if row >= len(self._section.rows) and value is None and column == 0:
            return said(_TOTAL)
        return show_cell(self._section.columns[column], value, self._language)

    def _font(self, row: int) -> QFont:
        is_total = row >= len(self._section.rows)
        return fonts.font(theme.BODY, fonts.SEMIBOLD if is_total else fonts.REGULAR)


class _Head(QHeaderView):
    """Titles in up to two lines over one line across."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(_NARROWEST)
        self.setFixedHeight(_HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        colours = theme.current()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours.edge))
        painter.setFont(fonts.font(theme.SMALL, fonts.SEMIBOLD))
        painter.setPen(QColor(colours.muted))
        model, across = self.model(), Qt.Orientation.Horizontal
        side = model.headerData(section, across, Qt.ItemDataRole.TextAlignmentRole)
        words = str(model.headerData(section, across) or "")
        room = rect.adjusted(_SIDE, 2, -_SIDE, -3)
        painter.drawText(room, int(side) | int(Qt.TextFlag.TextWordWrap), words)


class _Cells(QStyledItemDelegate):
    """Words with air at both sides, a line below each row, a stronger one above the totals."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        colours = theme.current()
        room: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(colours.tint))
        if index.data(_IS_TOTAL):
            painter.fillRect(room.left(), room.top(), room.width(), 1, QColor(colours.edge))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, QColor(colours.line))
        painter.setFont(index.data(Qt.ItemDataRole.FontRole))
        painter.setPen(QColor(colours.text))
        words_room = room.adjusted(_SIDE, 0, -_SIDE, -1)
        words = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, words_room.width()
        )
        painter.drawText(words_room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), words)


class ReportTable(QTableView):
    """Shows a section; as high as its rows, up to fourteen."""

    def __init__(self, section: Section, language: str) -> None:
        super().__init__()
        self._section = section
        self._model = ReportModel(section, language)
        self.setModel(self._model)
        self.setAccessibleName(section.title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_COMPACT)
        heading = _Head()
        self.setHorizontalHeader(heading)
        self.setItemDelegate(_Cells(self))
        self._share_out(heading)
        rows = min(self._model.rowCount(), _MOST)
        self.setFixedHeight(_HEAD + rows * theme.ROW_COMPACT + 16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selected rows with their heading."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.copied())
        else:
            super().keyPressEvent(event)

    def copied(self) -> str:
        """The selected rows, or all when none is selected, as lines with tabs."""
        columns = range(self._model.columnCount())
        rows = sorted({index.row() for index in self.selectedIndexes()}) or range(self._model.rowCount())
        lines = ["\t".join(pick(column.title) for column in self._section.columns)]
        lines += ["\t".join(self._model.words(row, column) for column in columns) for row in rows]
        return "\n".join(lines)

    def _share_out(self, heading: QHeaderView) -> None:
        """The widest column of words takes what is left."""
        columns = self._section.columns
        widest = max(range(len(columns)), key=lambda at: (not columns[at].is_number, columns[at].width))
        for at, column in enumerate(columns):
            words = [
                pick(column.title),
                *(self._model.words(row, at) for row in range(min(len(self._section.rows), 60))),
            ]
            need = max(fonts.width(text, theme.BODY, fonts.SEMIBOLD) for text in words) + 2 * theme.M + 4
            self.setColumnWidth(at, min(max(need, _NARROWEST), 300))
            mode = QHeaderView.ResizeMode.Stretch if at == widest else QHeaderView.ResizeMode.Interactive
            heading.setSectionResizeMode(at, mode)


def _longest_words(title: str) -> list[str]:
    """A title takes two lines: at least its longest word, and half of all."""
    half = title[: len(title) // 2 + 2]
    return [*title.split(), half]
