"""The list that drops under a box in which somebody types: it never takes the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from migdesk.ui.look import theme

Index = QModelIndex | QPersistentModelIndex


class DropList(QListView):
    """Lines of one height, drawn by whoever opens it."""

    def __init__(self, lines: QAbstractListModel) -> None:
        super().__init__()
        self.setModel(lines)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The chosen line, and the one below the mouse."""
    colours = theme.current()
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(colours.tint))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(colours.hover))
