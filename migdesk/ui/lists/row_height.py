"""Rows of 36 or 28 pixels, the same in every list of the window, those opened later too."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from migdesk.ui.lists.table_view import COMPACT, RecordView
from migdesk.ui.memory import Memory


class RowHeight(QObject):
    """Gives every list the height that was chosen."""

    def __init__(self, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = memory

    def apply(self) -> None:
        """To the lists there are now; later ones ask the memory themselves."""
        compact = bool(self._memory.recall(COMPACT))
        for window in QApplication.topLevelWidgets():
            for view in window.findChildren(RecordView):
                view.set_compact(compact)
