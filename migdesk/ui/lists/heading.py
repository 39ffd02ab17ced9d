"""The heading of a list: words that never lose their end unsaid, the sort sign, the menu of columns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QToolTip, QWidget

from migdesk.i18n import N_
from migdesk.ui.lists.table import RecordTable
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.words import said

_SIDE, _SIGN = 10, 12
CORNER = 26
"""Pixels at the right end of the heading, below the button that chooses the columns."""

_SORT_BY, _SHOWN, _AS_AT_FIRST = N_("Sort by"), N_("Columns shown"), N_("Columns as at first")


class Heading(QHeaderView):
    """Draws the headings; `sort_wanted` carries a column, `reset_wanted` asks for the columns as at first."""

    sort_wanted = Signal(int)
    hide_wanted = Signal(int, bool)
    reset_wanted = Signal()

    def __init__(self, model: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._records = model
        self._pressed = False
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(48)
        self.setFixedHeight(theme.ROW)
        self.sectionClicked.connect(self.sort_wanted)

    def is_dragged(self) -> bool:
        """Whether a person is changing a width with the mouse now."""
        return self._pressed

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        self._pressed = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ended."""
        super().mouseReleaseEvent(event)
        self._pressed = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a border fits the column to its words; that too is a choice to remember."""
        self._pressed = True
        super().mouseDoubleClickEvent(event)
        self._pressed = False

    def needed(self, section: int) -> int:
        """Pixels the words of a heading and the sort sign take."""
        words = said(self._records.columns[section].label)
        corner = CORNER - _SIDE if section == self._last() else 0
        return fonts.width(words, theme.BODY, fonts.SEMIBOLD) + 2 * _SIDE + _SIGN + theme.XS + 2 + corner

    def _last(self) -> int:
        """The column at the right end; -1 for none."""
        shown = (self.logicalIndex(at) for at in range(self.count() - 1, -1, -1))
        return next((at for at in shown if not self.isSectionHidden(at)), -1)

    def cornered(self) -> int:
        """The column whose words keep clear of the corner; -1 while another end of the list is in sight."""
        last = self._last()
        return last if last == self.logicalIndexAt(self.viewport().width() - 1) else -1

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        colours = theme.current()
        column = self._records.columns[section]
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours.line))
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        sign = _SIGN + theme.XS if sorted_here else 0
        room = rect.adjusted(_SIDE, 0, -_SIDE, -1)
        room.setRight(min(room.right(), self.viewport().width() - CORNER))
        words_room = (
            room.adjusted(sign, 0, 0, 0) if column.align == "right" else room.adjusted(0, 0, -sign, 0)
        )
        painter.setFont(fonts.font(theme.BODY, fonts.SEMIBOLD))
        painter.setPen(QColor(colours.text if sorted_here else colours.muted))
        words = painter.fontMetrics().elidedText(
            said(column.label), Qt.TextElideMode.ElideRight, words_room.width()
        )
        side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
        painter.drawText(words_room, int(side | Qt.AlignmentFlag.AlignVCenter), words)
        if sorted_here:
            wide = painter.fontMetrics().horizontalAdvance(words)
            left = room.right() - wide - sign if column.align == "right" else room.left() + wide + theme.XS
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            place = QRectF(left, room.center().y() - _SIGN / 2 + 1, _SIGN, _SIGN)
            icons.paint(painter, "up" if up else "down", place, colours.text)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of columns by right click."""
        self.menu().exec(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """A heading whose end is left out says it as a tooltip."""
        if isinstance(event, QHelpEvent):
            section = self.logicalIndexAt(event.pos())
            if 0 <= section < len(self._records.columns):
                hidden = self.needed(section) - _SIGN > self.sectionSize(section)
                words = said(self._records.columns[section].label) if hidden else ""
                QToolTip.showText(event.globalPos(), words, self)
                return True
        return super().event(event)

    def menu(self) -> QMenu:
        """Sort by …, which columns are shown, and back to the start: all for the keyboard too."""
        made = QMenu(self)
        sorts = made.addMenu(said(_SORT_BY))
        shows = made.addMenu(said(_SHOWN))
        for section, column in enumerate(self._records.columns):
            if column.sortable:
                sort = sorts.addAction(said(column.label))
                sort.triggered.connect(lambda _on=False, at=section: self.sort_wanted.emit(at))
            show = QAction(said(column.label), shows)
            show.setCheckable(True)
            show.setChecked(not self.isSectionHidden(section))
            show.setEnabled(self.isSectionHidden(section) or self.count() - self.hiddenSectionCount() > 1)
            show.toggled.connect(lambda on, at=section: self.hide_wanted.emit(at, not on))
            shows.addAction(show)
        made.addSeparator()
        made.addAction(said(_AS_AT_FIRST)).triggered.connect(lambda _on=False: self.reset_wanted.emit())
        return made
