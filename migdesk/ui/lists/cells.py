"""How a cell is drawn: one ground and one line over the whole row, pills for states, grey bars while loading."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from migdesk.ui.lists.heading import CORNER
from migdesk.ui.lists.table import RecordTable
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.theme import Theme
from migdesk.ui.parts import pills
from migdesk.ui.parts.pills import Pill

SIDE = 10
"""Pixels between the edge of a cell and its words."""

_PART = 1
"""Widths of words are told in whole pixels, and cut off at their parts."""

Index = QModelIndex | QPersistentModelIndex


class CellPainter(QStyledItemDelegate):
    """Draws the cells of a `RecordTable`; `hovered` is the row under the pointer.

    Numbers of `cornered_column` end where its heading ends, short of the corner.
    """

    def __init__(self, model: RecordTable) -> None:
        super().__init__(model)
        self._model = model
        self.hovered = -1
        self.first_column = 0
        self.cornered_column = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as its words, for fitting a column by double click."""
        return QSize(needed(self._model, index), theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        colours = theme.current()
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._paint_ground(painter, room, state, index, colours)
        words_room = room.adjusted(SIDE, 0, -SIDE, -1)
        if self._model.row(index.row()) is None:
            _paint_skeleton(painter, words_room, index, colours)
            return
        pill = self._pill(index)
        if pill:
            pills.paint(painter, words_room, pill, colours)
            return
        alignment = self._model.data(index, Qt.ItemDataRole.TextAlignmentRole)
        if index.column() == self.cornered_column and alignment & Qt.AlignmentFlag.AlignRight:
            words_room.setRight(words_room.right() - CORNER + SIDE)
        painter.setFont(fonts.font())
        painter.setPen(QColor(colours.text))
        words = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, words_room.width()
        )
        painter.drawText(words_room, int(alignment), words)

    def is_elided(self, index: Index, wide: int) -> bool:
        """Whether the words of a cell do not fit into so many pixels."""
        return self.sizeHint(QStyleOptionViewItem(), index).width() > wide

    def _pill(self, index: Index) -> Pill | None:
        return _pill_of(self._model, index)

    def _paint_ground(
        self, painter: QPainter, room: QRect, state: QStyle.StateFlag, index: Index, colours: Theme
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(colours.tint))
        elif index.row() == self.hovered:
            painter.fillRect(room, QColor(colours.hover))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, QColor(colours.line))
        if state & QStyle.StateFlag.State_HasFocus and index.column() == self.first_column:
            painter.fillRect(room.left(), room.top(), 3, room.height() - 1, QColor(colours.accent))


def needed(model: RecordTable, index: Index) -> int:
    """Pixels that the words or the pill of a cell take, with the air beside them."""
    pill = _pill_of(model, index)
    return (pills.width(pill) if pill else fonts.width(str(index.data() or ""))) + 2 * SIDE + _PART


def _pill_of(model: RecordTable, index: Index) -> Pill | None:
    row = model.row(index.row())
    return model.reading.pill(model.columns[index.column()], row[index.column()]) if row else None


def _paint_skeleton(painter: QPainter, room: QRect, index: Index, colours: Theme) -> None:
    """A grey bar where the words will be; lengths differ so that it reads as text."""
    share = (0.75, 0.5, 0.65, 0.4)[(index.row() + index.column()) % 4]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.sunken))
    painter.drawRoundedRect(QRectF(room.left(), room.center().y() - 4, room.width() * share, 9), 4, 4)
    painter.restore()
