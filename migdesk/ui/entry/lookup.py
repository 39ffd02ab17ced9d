"""Find and pick a record: a line to type in, what fits below it, Enter takes."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from migdesk.domain.fields import Ref
from migdesk.i18n import N_
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.picking import Sources
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said

_TITLE = N_("Find: {what}")
_TYPE = N_("Type a name, a number or a date")
_FOUND = N_("What was found")
_NOTHING = N_("Nothing found")


class Lookup(QDialog):
    """Searches the records a field may name; `uid` is the one picked, or nothing."""

    def __init__(self, field: Ref, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._sources = sources
        self._found: Choices = ()
        self._turn = 0
        self.uid = ""
        title = said(_TITLE, what=said(field.label))
        self.setWindowTitle(title)
        self.resize(560, 420)
        self._line = QLineEdit()
        self._line.setPlaceholderText(said(_TYPE))
        self._line.setAccessibleName(title)
        self._line.textEdited.connect(self._ask)
        self._model = QStringListModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setAccessibleName(said(_FOUND))
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.doubleClicked.connect(lambda _index: self._take())
        self._nothing = Label(_NOTHING, "muted")
        self._lay_out()
        self._ask("")

    def _lay_out(self) -> None:
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        mark(buttons.button(standard.Ok), look="primary")
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        found = QFrame()
        mark(found, look="card")
        inside = QVBoxLayout(found)
        inside.setContentsMargins(1, theme.XS, 1, theme.XS)
        inside.addWidget(self._list)
        for part in (self._line, found, self._nothing, buttons):
            column.addWidget(part)

    @classmethod
    def choose(cls, parent: QWidget, field: Ref, sources: Sources) -> str:
        """Open the window and wait; returns the uid picked, or nothing."""
        window = cls(field, sources, parent)
        window.exec()
        return window.uid

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list while the cursor stays in the line; Enter takes."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        if event.key() in steps:
            row = self._list.currentIndex().row() + steps[Qt.Key(event.key())]
            self._mark(max(0, min(row, len(self._found) - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _ask(self, text: str) -> None:
        self._turn += 1
        turn = self._turn
        self._sources.tasks.read(
            self._sources.find, self._field.to, text, done=lambda found: self._show(turn, found)
        )

    def _show(self, turn: int, found: Choices) -> None:
        if turn != self._turn:
            return
        self._found = found
        self._model.setStringList([name for _uid, name in found])
        self._nothing.setVisible(not found)
        self._mark(0)

    def _mark(self, row: int) -> None:
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _take(self) -> None:
        row = self._list.currentIndex().row()
        if 0 <= row < len(self._found):
            self.uid = self._found[row][0]
            self.accept()
