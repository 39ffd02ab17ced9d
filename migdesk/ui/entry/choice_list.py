"""The list that opens under an editor: what fits the typed letters, name at the left, code at the right.

It is a child of the window and never takes the focus, so typing goes on in the editor.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from migdesk.i18n import N_
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.drop_list import DropList, Index, paint_ground

Choices = Sequence[tuple[str, str]]
"""(code, name in the reader's language), best first."""

_LINE = 28
_MOST_LINES = 9
_WIDEST = 620
_SIDES = 2 * theme.S + 24
"""Pixels beside the words: the margins and the bar."""
_NOTHING = N_("Nothing found")


class _Lines(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: Choices = ()

    def show_choices(self, choices: Choices) -> None:
        """Show others."""
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One line each, or one that says that there is nothing."""
        return 0 if parent.isValid() else max(len(self.choices), 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The name."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.choices[index.row()][1] if self.choices else said(_NOTHING)

    def wide(self, show_codes: bool) -> int:
        """Pixels the longest line takes."""
        lines = (
            fonts.width(name) + (fonts.width(code, theme.SMALL) + theme.M if show_codes else 0)
            for code, name in self.choices
        )
        return max(lines, default=0) + _SIDES

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing cannot be chosen."""
        return super().flags(index) if self.choices else Qt.ItemFlag.NoItemFlags


class _LinePainter(QStyledItemDelegate):
    def __init__(self, lines: _Lines, show_codes: bool) -> None:
        super().__init__(lines)
        self._lines = lines
        self._show_codes = show_codes

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line of 28 pixels."""
        return QSize(120, _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, name, code."""
        colours = theme.current()
        room: QRect = option.rect
        paint_ground(painter, option)
        room = room.adjusted(theme.S, 0, -theme.S, 0)
        code = self._lines.choices[index.row()][0] if self._show_codes and self._lines.choices else ""
        if code and fonts.width(str(index.data() or "")) + fonts.width(code, theme.SMALL) < room.width():
            painter.setFont(fonts.font(theme.SMALL))
            painter.setPen(QColor(colours.muted))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), code)
            room.adjust(0, 0, -fonts.width(code, theme.SMALL) - theme.M, 0)
        ink = colours.text if self._lines.choices else colours.muted
        fonts.write(painter, room, str(index.data() or ""), fonts.font(), ink)


class ChoiceList(QFrame):
    """Opens under its editor; `picked` carries code and name."""

    picked = Signal(str, str)

    def __init__(self, editor: QWidget, *, show_codes: bool) -> None:
        super().__init__(editor)
        self._editor = editor
        self._show_codes = show_codes
        mark(self, look="popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines = _Lines(self)
        self._view = DropList(self._lines)
        self._view.setItemDelegate(_LinePainter(self._lines, show_codes))
        self._view.clicked.connect(self._click)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 3, 1, 3)
        column.addWidget(self._view)
        self.hide()

    def open(self, choices: Choices, chosen: str = "") -> None:
        """Show what may be chosen, the best marked, or the one that is chosen by now."""
        self._lines.show_choices(choices)
        self.setParent(self._editor.window())
        self._place()
        self.show()
        self.raise_()
        if choices:
            row = next((at for at, (code, _name) in enumerate(choices) if code == chosen), 0)
            self._view.setCurrentIndex(self._lines.index(row, 0))
            if not row:
                self._view.scrollToTop()

    def close_list(self) -> None:
        """Close it; while closed it belongs to its editor and goes with it."""
        self.hide()
        self.setParent(self._editor)

    def is_open(self) -> bool:
        """Whether it is in sight."""
        return self.isVisible()

    def current(self) -> tuple[str, str] | None:
        """The marked choice."""
        row = self._view.currentIndex().row()
        return self._lines.choices[row] if self.is_open() and 0 <= row < len(self._lines.choices) else None

    def move_mark(self, steps: int) -> None:
        """Mark another choice; the ends do not wrap."""
        row = self._view.currentIndex().row() + steps
        last = len(self._lines.choices) - 1
        self._view.setCurrentIndex(self._lines.index(max(0, min(row, last)), 0))

    def page(self) -> int:
        """Lines in sight at once."""
        return _MOST_LINES

    def _click(self, index: QModelIndex) -> None:
        if self._lines.choices:
            self.picked.emit(*self._lines.choices[index.row()])

    def _place(self) -> None:
        """Below the editor, or above it when there is more room."""
        window = self._editor.window()
        lines = min(self._lines.rowCount(), _MOST_LINES)
        high = lines * _LINE + 8
        corner = self._editor.mapTo(window, QPoint(0, 0))
        below = window.height() - corner.y() - self._editor.height()
        above = corner.y()
        if below >= high or below >= above:
            top, high = corner.y() + self._editor.height() + 2, min(high, below - 4)
        else:
            high = min(high, above - 4)
            top = corner.y() - high - 2
        wide = max(self._editor.width(), min(max(self._lines.wide(self._show_codes), 300), _WIDEST))
        wide = min(wide, window.width() - 2 * theme.S)
        left = min(corner.x(), window.width() - wide - theme.S)
        self.setGeometry(max(left, theme.S), top, wide, high)
