"""Rows of 36 or 28 pixels, the same in every list of the window, those opened later too."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from migdesk.ui.memory import Memory
from migdesk.ui.table_view import RecordView

COMPACT = "rows/compact"
"""Key under which the window remembers low rows; nothing means ordinary ones."""


class RowHeight(QObject):
    """Gives every list the height that was chosen."""

    def __init__(self, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = memory

    def apply(self, *_which: object) -> None:
        """To the lists there are now; called after each opening of a page."""
        compact = bool(self._memory.recall(COMPACT))
        for widget in QApplication.allWidgets():
            if isinstance(widget, RecordView):
                widget.set_compact(compact)
