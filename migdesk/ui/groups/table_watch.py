"""A copied table belongs into the rows, wherever the cursor is when somebody presses Ctrl+V."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.services.workbooks.pasting import is_table
from migdesk.ui.entry.scan_watch import looks_like_zone


class TableWatch(QObject):
    """Watches fields of one value: `pasted` carries a table or a zone that would have gone into one of them;
    `reached` the field that has the cursor now."""

    pasted = Signal(str)
    reached = Signal(QWidget)

    def watch(self, field: QWidget) -> None:
        """Look at the keys of a field before it does."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+V with rows and columns on the clipboard is no text of a field."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.reached.emit(watched)
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text = QApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
            if text and (is_table(text) or looks_like_zone(text)):
                self.pasted.emit(text)
                return True
        return False
