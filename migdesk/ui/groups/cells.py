"""How a cell of the grid is drawn, and the editor that stands in it while somebody types."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from migdesk.domain.finding import Finding, Severity
from migdesk.ui.entry.fields import editor_for
from migdesk.ui.entry.inputs import Input, LineInput
from migdesk.ui.entry.picking import PickInput, Sources
from migdesk.ui.entry.scan_watch import ScanWatch
from migdesk.ui.groups.model import STATE, GroupModel
from migdesk.ui.groups.rows import COLUMNS, field_at
from migdesk.ui.intake.family_grid import put
from migdesk.ui.intake.sheet import Cell
from migdesk.ui.look import fonts, theme
from migdesk.ui.parts import pills
from migdesk.ui.parts.plain_table import Index

HIGH = 32
_SIDE = 6
_FILLED = "filled"
_ANY, _NARROWEST = 16_777_215, 40
_KEYS = {Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class GroupCells(QStyledItemDelegate):
    """`left` carries how the cursor moves on when an editor is left: rows down, columns to the right; `entered`
    comes when it is left with Enter."""

    left = Signal(int, int)
    entered = Signal()

    def __init__(self, model: GroupModel, sources: Sources, watch: ScanWatch) -> None:
        super().__init__(model)
        self._model = model
        self._sources = sources
        self._watch = watch
        self.is_dropped = False
        """Set while what stands in an editor is not to be taken: a scanner typed it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(60, HIGH)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of the cell's field, as in the intake."""
        made = editor_for(field_at(COLUMNS[index.column() - 1]), self._sources)
        widget = made.widget()
        widget.setParent(parent)
        widget.setMinimumWidth(_NARROWEST)
        widget.setMaximumWidth(_ANY)
        widget.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        self._watch.watch(made)
        made.entered.connect(lambda: self._enter(widget))
        return widget

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands in the cell, and in grey what may.

        Asked again whenever a check has marked the rows: by then somebody types in it, and his letters stay.
        """
        made, row = _input(editor), self._model.row(index.row())
        made.propose(self._model.offer(index.row(), index.column()))
        if not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)
            put(made, row.cell(COLUMNS[index.column() - 1]) if row else Cell())
            if isinstance(editor, PickInput):
                editor.selectAll()

    def setModelData(self, editor: QWidget, _model: Any, index: Index) -> None:
        """Take what was typed; words that are not chosen are read as an import reads them."""
        if self.is_dropped:
            return
        self._model.remember()
        made = _input(editor)
        text, value = made.typed(), made.value()
        if text.strip() and (made.problem() or value in (None, "")):
            self._model.put_text(index.row(), index.column(), text)
        else:
            self._model.put(index.row(), index.column(), Cell(text, value))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over its cell."""
        room: QRect = option.rect
        editor.setGeometry(room.adjusted(0, 0, 0, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab, Shift+Tab and the arrows up and down leave a cell as in a spreadsheet."""
        is_press = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if is_press and isinstance(watched, LineInput | PickInput):
            assert isinstance(event, QKeyEvent)
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return False
            is_list = isinstance(watched, PickInput) and key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if key in _KEYS and not is_list:
                if isinstance(watched, PickInput):
                    watched.take_marked()
                self._leave(watched, *_KEYS[key])
                return True
        return super().eventFilter(watched, event)

    def _leave(self, editor: QWidget, down: int, right: int) -> None:
        self._close(editor)
        self.left.emit(down, right)

    def _enter(self, editor: QWidget) -> None:
        self._close(editor)
        self.entered.emit()

    def _close(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell: its words or those offered, and a mark when something is said of it."""
        colours = theme.current()
        room: QRect = option.rect
        at, column = index.row(), index.column()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(colours.tint))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, QColor(colours.line))
        painter.fillRect(room.right(), room.top(), 1, room.height(), QColor(colours.line))
        words_room = room.adjusted(_SIDE, 0, -_SIDE, -1)
        if column == STATE:
            pill = self._model.pill(at)
            if pill:
                pills.paint(painter, words_room, pill, colours)
        else:
            self._paint_words(painter, words_room, at, column)
        view = option.widget
        if option.state & QStyle.StateFlag.State_HasFocus and view:
            painter.setPen(QColor(colours.accent))
            painter.drawRect(room.adjusted(0, 0, -1, -2))
            painter.drawRect(room.adjusted(1, 1, -2, -3))

    def _paint_words(self, painter: QPainter, room: QRect, at: int, column: int) -> None:
        colours = theme.current()
        words, told = self._model.words(at, column), self._model.remarks(at, column)
        grave = _gravest(told)
        if grave:
            tone = theme.Tone.BAD if grave is Severity.BLOCK else theme.Tone.WARN
            ink = colours.ink(tone)
            painter.fillRect(room.adjusted(-_SIDE + 1, 0, _SIDE - 1, 0), QColor(colours.ground(tone)))
            words = f"! {words}" if grave is Severity.BLOCK else words
            fonts.write(painter, room, words or "?", fonts.font(), ink)
            return
        face = fonts.font()
        if words:
            fonts.write(painter, room, words, face, colours.text)
        elif offered := self._model.offered(at, column):
            fonts.write(painter, room, offered, face, colours.muted)


def _input(editor: QWidget) -> Input:
    assert isinstance(editor, LineInput | PickInput)
    return editor


def _gravest(found: list[Finding]) -> Severity | None:
    severities = {one.severity for one in found}
    return next((one for one in (Severity.BLOCK, Severity.WARN) if one in severities), None)
