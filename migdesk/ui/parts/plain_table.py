"""A table to read and to choose a row in: no grid, no frame, no editing; what is cut off is said as a tooltip."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QToolTip

from migdesk.ui.look import fonts

Index = QModelIndex | QPersistentModelIndex

SIDE = 10
"""Air at both sides of a cell's words."""


class PlainTable(QTableView):
    """Rows of one height, in pixels at 100 %."""

    def __init__(self, high: int) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)

    def room_for_words(self, column: int) -> int:
        """How wide the words of a cell may be."""
        return self.columnWidth(column) - 2 * SIDE

    def viewportEvent(self, event: Any) -> bool:
        """Words whose end is left out are said whole as a tooltip."""
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = str(index.data() or "")
            is_cut = fonts.width(words) > self.room_for_words(index.column())
            QToolTip.showText(event.globalPos(), words if is_cut else "", self)
            return True
        return super().viewportEvent(event)
