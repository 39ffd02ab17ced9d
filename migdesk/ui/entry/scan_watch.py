"""Notices a document scanner typing: it looks like a keyboard, only much faster than any clerk.

Wherever the cursor is, a burst that begins like a machine-readable zone is taken out of the keyboard's way,
and the field gets back what stood in it before.
"""

from __future__ import annotations

import time
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.mrz_zone import SHAPES, read_zone
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.entry.picking import PickInput

GAP = 0.05
"""Seconds between two keys of a scanner; nobody types twelve letters so fast."""

_REST_MS = 120
_AFTER = 0.1
_FIRST, _FIRST_RUSSIAN = "PIACV", "ЗШФСМ"
_SURE = 28
_WHOLE = {width: lines * width for lines, width in SHAPES.values()}
_LEAST = 60


def looks_like_zone(text: str) -> bool:
    """Whether a pasted text is, or holds, a machine-readable zone."""
    return len(text) >= _LEAST and "<<" in text and read_zone(text).format is not None


def begins_a_zone(text: str) -> bool:
    """Whether keys typed so far, too fast for a person, can only be the beginning of a zone."""
    upper = text.upper()
    if upper[:1] in _FIRST:
        plain = all(char in "<0123456789" or "A" <= char <= "Z" for char in upper)
        return plain and ((len(text) > 2 and text[1] == "<") or "<<" in text or len(text) >= _SURE)
    if text[:1] in _FIRST_RUSSIAN:
        return len(text) > 4 and ("ББ" in text or text[1] == "Б")
    return False


class Typed(Protocol):
    """What is asked of an editor that is watched."""

    changed: SignalInstance

    def value(self) -> Any:
        """What it means."""

    def set_value(self, value: Any) -> None:
        """Show a value."""

    def typed(self) -> str:
        """What is on the screen."""

    def set_typed(self, text: str) -> None:
        """Show a text."""

    def widget(self) -> QWidget:
        """The widget that gets the keys."""


class ScanWatch(QObject):
    """Watches the editors it is given; `scanned` carries the lines of a zone, however they came."""

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._last = 0.0
        self._ended = 0.0
        self._is_scan = False
        self._editor: Any = None
        self._before: tuple[Any, str] = (None, "")
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._finish)

    def watch(self, editor: Typed) -> None:
        """Look at the keys of an editor before it does."""
        editor.widget().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of a scanner and pasted zones do not reach the editor."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Paste):
                return self._take_paste()
            return self._take_key(watched, event)
        return False

    def _take_paste(self) -> bool:
        text = QApplication.clipboard().text()
        if looks_like_zone(text):
            self.scanned.emit(text)
            return True
        return False

    def _take_key(self, editor: QObject, event: QKeyEvent) -> bool:
        now = time.monotonic()
        patience = _REST_MS / 1000 if self._is_scan else GAP
        if now - self._last > patience or (editor is not self._editor and not self._is_scan):
            self._forget()
        self._last = now
        if event.key() in ENTER:
            return self._take_line_end(now)
        char = event.text()
        others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if not char or not char.isprintable() or event.modifiers() & others:
            return self._is_scan
        if not self._text:
            self._remember(editor)
        self._text += char
        if not self._is_scan and begins_a_zone(self._text):
            self._is_scan = True
            self._put_back("")
        if not self._is_scan:
            return False
        self._go_on()
        return True

    def _take_line_end(self, now: float) -> bool:
        """A line end of the scanner, or the one it sends after the last sign."""
        if self._is_scan:
            self._text += "\n"
            self._go_on()
            return True
        if now - self._ended < _AFTER:
            self._ended = 0.0
            return True
        self._forget()
        return False

    def _go_on(self) -> None:
        """A zone whose first line tells its width ends with its last sign; any other ends with silence."""
        first, _end, rest = self._text.partition("\n")
        whole = _WHOLE.get(len(first))
        if rest and whole and len(self._text.replace("\n", "")) >= whole:
            self._finish()
        else:
            self._rest.start()

    def _remember(self, editor: Any) -> None:
        self._editor = editor
        self._before = (editor.value(), editor.typed())

    def _put_back(self, more: str) -> None:
        """The editor as it was before the burst, with what turned out to be ordinary typing after it."""
        editor = self._editor
        if editor is None:
            return
        value, text = self._before
        if isinstance(editor, PickInput):
            editor.close_list()
        if more or value in (None, ""):
            editor.set_typed(text + more)
        else:
            editor.set_value(value)
        editor.changed.emit()

    def _finish(self) -> None:
        text, was_scan = self._text, self._is_scan
        self._rest.stop()
        if was_scan and ("<" in text or text.count("Б") > 2):
            self._forget()
            self.scanned.emit(text.strip("\n"))
        elif was_scan:
            self._put_back(text.replace("\n", " ").strip())
            self._forget()
        self._ended = time.monotonic()

    def _forget(self) -> None:
        if self._is_scan and self._rest.isActive():
            self._finish()
            return
        self._text, self._is_scan, self._editor = "", False, None
