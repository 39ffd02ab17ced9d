"""Notices a scanner that reads the code of a personal card, wherever the keyboard is in the window.

A scanner types far faster than anybody. The keys reach the field that has the keyboard as they come; when they turn
out to be a label, the field gets back what stood in it.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from migdesk.domain.label import is_misread, read_label

_GAP = 0.05
"""Seconds between two keys of a scanner."""

_SIGNS = 9
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OTHERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class LabelWatch(QObject):
    """Watches all keys of a window; `scanned` carries a label, or what looks like one with a wrong sign."""

    scanned = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._text = ""
        self._last = 0.0
        self._field: QLineEdit | None = None
        self._before = ""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window in sight has a handle, through which all its keys come."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return not isinstance(watched, QWidget) and self._take(event)
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            handle = watched.windowHandle()
            watched.removeEventFilter(self)
            handle.installEventFilter(self)
        return False

    def _take(self, event: QKeyEvent) -> bool:
        now = time.monotonic()
        if now - self._last > _GAP:
            self._begin()
        self._last = now
        if event.key() in _ENTER:
            return self._end()
        if event.text().isprintable() and not event.modifiers() & _OTHERS:
            self._text += event.text()
        return False

    def _begin(self) -> None:
        self._text = ""
        focus = QApplication.focusWidget()
        self._field = focus if isinstance(focus, QLineEdit) else None
        self._before = self._field.text() if self._field else ""

    def _end(self) -> bool:
        """The line end after a scan; any other is for whoever has the keyboard."""
        text, self._text = self._text, ""
        if len(text) != _SIGNS or not (read_label(text) or is_misread(text)):
            return False
        if self._field and self._field is QApplication.focusWidget():
            self._field.setText(self._before)
            self._field.textEdited.emit(self._before)
        self.scanned.emit(text)
        return True
