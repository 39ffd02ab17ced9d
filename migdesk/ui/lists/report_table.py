"""One table of a report on the screen: as it will stand on paper, its bars beside the rows, totals last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from migdesk.domain.report import ReportColumn, Section, show_cell
from migdesk.i18n import pick
from migdesk.ui.charts import draw as charts
from migdesk.ui.look import fonts, theme
from migdesk.ui.parts.plain_table import SIDE, Index, PlainTable

_MOST = 24
"""Rows shown at once; a longer table scrolls inside."""
_MEASURED = 40
"""Rows whose words are measured to find how wide a column is."""
_NARROWEST, _WIDEST, _BAR_WIDEST = 56, 280, 420
_BAR = 12
_ONE_LINE, _TWO_LINES = 32, 46
_SHARE = int(Qt.ItemDataRole.UserRole)
_WRAP = int(Qt.TextFlag.TextWordWrap)


class ReportModel(QAbstractTableModel):
    """The rows of a section, then its totals; a last column holds the bars, or nothing."""

    def __init__(self, section: Section, language: str) -> None:
        super().__init__()
        self.section = section
        self._language = language
        self._rows = (*section.rows, section.totals) if section.totals else section.rows
        keys = [column.key for column in section.columns]
        self._charted = keys.index(section.chart) if section.chart in keys else -1
        values = [row[self._charted] for row in section.rows] if self._charted >= 0 else []
        self._titles = [column_title(column) for column in section.columns]
        self._titles.append(self._titles[self._charted] if self._charted >= 0 else "")
        self._top = max((value for value in values if isinstance(value, int | float)), default=0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows and totals."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Columns of the section, and that of the bars."""
        return 0 if parent.isValid() else len(self.section.columns) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, weight; for the last column how long its bar is, from 0 to 1."""
        if not index.isValid():
            return None
        if index.column() == len(self.section.columns):
            return self.share(index.row()) if role == _SHARE else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.section.columns[index.column()])
        return self._font(index.row()) if role == Qt.ItemDataRole.FontRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of columns come from the report's data."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._titles):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section < len(self.section.columns):
            return _alignment(self.section.columns[section])
        return None

    def words(self, row: int, column: int) -> str:
        """A cell as the paper has it."""
        return show_cell(self.section.columns[column], self._rows[row][column], self._language)

    def is_total(self, row: int) -> bool:
        """Whether this is the last row, that of the sums."""
        return row >= len(self.section.rows)

    def share(self, row: int) -> float | None:
        """Length of a row's bar beside that of the longest; nothing where there is no bar."""
        if self._charted < 0 or self.is_total(row) or not self._top:
            return None
        value = self._rows[row][self._charted]
        return value / self._top if isinstance(value, int | float) else None

    def _font(self, row: int) -> QFont:
        return fonts.font(theme.BODY, fonts.SEMIBOLD if self.is_total(row) else fonts.REGULAR)


def column_title(column: ReportColumn) -> str:
    """The title of a column; where paper breaks a word, the screen does not."""
    return pick(column.title).replace("-\n", "").replace("\n", " ")


def shared_widths(sections: Sequence[Section], language: str) -> list[list[int]]:
    """Widths of the columns of each section: what stands at the same place in several lines up."""
    needed = [_needed(section, language) for section in sections]
    widest: dict[tuple[int, object], int] = {}
    for section, widths in zip(sections, needed, strict=True):
        for at, (column, wide) in enumerate(zip(section.columns, widths, strict=True)):
            place = (at, column.kind)
            widest[place] = max(widest.get(place, 0), wide)
    return [[widest[at, column.kind] for at, column in enumerate(section.columns)] for section in sections]


def _needed(section: Section, language: str) -> list[int]:
    rows = [*section.rows[:_MEASURED], *([section.totals] if section.totals else [])]
    return [
        _column_width(column, (show_cell(column, row[at], language) for row in rows))
        for at, column in enumerate(section.columns)
    ]


def _column_width(column: ReportColumn, cells: Iterable[str]) -> int:
    title = column_title(column)
    half = fonts.width(title, theme.SMALL, fonts.SEMIBOLD) // 2
    words = [fonts.width(word, theme.SMALL, fonts.SEMIBOLD) for word in title.split()]
    shown = [fonts.width(cell, theme.BODY, fonts.SEMIBOLD) for cell in cells]
    need = max([half, *words, *shown]) + 2 * SIDE + 4
    return min(max(need, _NARROWEST), _WIDEST)


def _alignment(column: ReportColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class ReportTable(PlainTable):
    """Shows a section; as high as its rows, up to twenty-four, or as high as there is room with `fills`."""

    def __init__(
        self, section: Section, language: str, widths: Sequence[int], *, fills: bool = False
    ) -> None:
        super().__init__(theme.ROW_COMPACT)
        self.cells = ReportModel(section, language)
        self.setModel(self.cells)
        self.setAccessibleName(section.title)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._head = _Head(widths)
        self.setHorizontalHeader(self._head)
        self._head.measure(self.cells)
        self.setItemDelegate(_Cells(self))
        for at, wide in enumerate(widths):
            self.setColumnWidth(at, wide)
        self._take_height(fills=fills)

    def _take_height(self, *, fills: bool) -> None:
        rows = self.cells.rowCount()
        whole = self._head.height() + min(rows, _MOST) * theme.ROW_COMPACT + 2
        if fills:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            self.setMinimumHeight(min(whole, 200))
        else:
            self.setFixedHeight(whole)
            if rows <= _MOST:
                self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selected rows with their heading."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.copied())
        else:
            super().keyPressEvent(event)

    def copied(self) -> str:
        """The selected rows, or all when none is selected, as lines with tabs."""
        columns = range(len(self.cells.section.columns))
        rows = sorted({index.row() for index in self.selectedIndexes()}) or range(self.cells.rowCount())
        lines = ["\t".join(column_title(column) for column in self.cells.section.columns)]
        lines += ["\t".join(self.cells.words(row, column) for column in columns) for row in rows]
        return "\n".join(lines)


class _Head(QHeaderView):
    """Titles in one line or two, over one line across; the bars take what is left."""

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._widths = widths
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.S)
        self.setStretchLastSection(True)

    def measure(self, model: ReportModel) -> None:
        """Two lines when some title needs them."""
        titles = [column_title(column) for column in model.section.columns]
        fits = all(
            fonts.width(title, theme.SMALL, fonts.SEMIBOLD) <= wide - 2 * SIDE
            for title, wide in zip(titles, self._widths, strict=True)
        )
        self.setFixedHeight(_ONE_LINE if fits else _TWO_LINES)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        colours = theme.current()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours.edge))
        painter.setFont(fonts.font(theme.SMALL, fonts.SEMIBOLD))
        painter.setPen(QColor(colours.muted))
        model, across = self.model(), Qt.Orientation.Horizontal
        words = str(model.headerData(section, across) or "")
        if words:
            side = model.headerData(section, across, Qt.ItemDataRole.TextAlignmentRole)
            inset = 0 if side else theme.M
            room = rect.adjusted(SIDE + inset, 2, -SIDE, -3)
            painter.drawText(room, int(side or Qt.AlignmentFlag.AlignVCenter) | _WRAP, words)


class _Cells(QStyledItemDelegate):
    """Words with air at both sides, a line below each row, a stronger one above the totals, bars."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as its words."""
        return QSize(fonts.width(str(index.data() or "")) + 2 * SIDE, theme.ROW_COMPACT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        colours = theme.current()
        room: QRect = option.rect
        model = index.model()
        assert isinstance(model, ReportModel)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(colours.tint))
        if model.is_total(index.row()):
            painter.fillRect(room.left(), room.top(), room.width(), 1, QColor(colours.edge))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, QColor(colours.line))
        if index.column() == len(model.section.columns):
            _paint_bar(painter, room, model.share(index.row()))
            return
        painter.setFont(index.data(Qt.ItemDataRole.FontRole))
        painter.setPen(QColor(colours.text))
        words_room = room.adjusted(SIDE, 0, -SIDE, -1)
        words = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, words_room.width()
        )
        painter.drawText(words_room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), words)


def _paint_bar(painter: QPainter, room: QRect, share: float | None) -> None:
    if not share:
        return
    colours = theme.current()
    whole = min(room.width() - 2 * SIDE - theme.M, _BAR_WIDEST)
    bar = QRectF(room.left() + SIDE + theme.M, room.center().y() - _BAR / 2, max(share * whole, 1), _BAR)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(charts.brush_of(0, colours))
    painter.drawRoundedRect(bar, min(2.0, bar.width() / 2), 2)
    painter.restore()
