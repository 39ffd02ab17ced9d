"""A place in a window where one widget stands after another: a note while something is read, then what was read."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.ui.parts.status_light import NoteView


class OneAtATime(QVBoxLayout):
    """A note keeps its own height at the top; anything else takes the whole place."""

    def show_only(self, widget: QWidget) -> None:
        """Take away what stood here and show this."""
        while item := self.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        is_note = isinstance(widget, NoteView)
        self.addWidget(widget, 0 if is_note else 1)
        if is_note:
            self.addStretch(1)
