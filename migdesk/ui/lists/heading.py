"""The heading of a list: words that never lose their end unsaid, the sort sign, the menu of columns.

The first columns may stay while the others are scrolled sideways below them.
"""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHeaderView, QMenu, QToolTip, QWidget

from migdesk.i18n import N_
from migdesk.ui.lists.table import RecordTable
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.words import said

_SIDE, _SIGN, _ROUND = 10, 12, 6
CORNER = 26
"""Pixels at the right end of the heading, below the button that chooses the columns."""

MOST_FROZEN = 3
"""So many columns at the left may stay while scrolling."""
_FROZEN_SHARE = 0.6
"""Of the width of a list that columns which stay may take at most."""

_SORT_BY, _SHOWN, _AS_AT_FIRST = N_("Sort by"), N_("Columns shown"), N_("Columns as at first")
_STAYS, _NONE = N_("Stays while scrolling"), N_("no column")


class Heading(QHeaderView):
    """Draws the headings; `sort_wanted` carries a column, `reset_wanted` asks for the columns as at first.

    `frozen` columns at the left stay while the others are scrolled; `freeze_wanted` carries how many should.
    """

    sort_wanted = Signal(int)
    hide_wanted = Signal(int, bool)
    freeze_wanted = Signal(int)
    reset_wanted = Signal()

    def __init__(self, model: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._records = model
        self._pressed = False
        self._held = -1
        self.frozen = 0
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
        """A drag may begin; a heading that stays covers those scrolled below it."""
        self._held = self._frozen_at(event.position().toPoint().x())
        if self._held >= 0:
            return
        self._pressed = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ended; a click on a heading that stays sorts by it."""
        if self._held >= 0:
            if self._held == self._frozen_at(event.position().toPoint().x()):
                self.sort_wanted.emit(self._held)
            self._held = -1
            return
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

    def frozen_sections(self) -> list[tuple[int, int, int]]:
        """The columns that stay now, as logical section, left edge, width; none while nothing is scrolled away."""
        found: list[tuple[int, int, int]] = []
        left, room = 0, self.viewport().width() * _FROZEN_SHARE
        for section in self.first_shown(self.frozen) if self.offset() else ():
            wide = self.sectionSize(section)
            if left + wide > room:
                break
            found.append((section, left, wide))
            left += wide
        return found

    def frozen_width(self) -> int:
        """Pixels at the left that the columns which stay take now."""
        return sum(wide for _section, _left, wide in self.frozen_sections())

    def section_at(self, x: int) -> int:
        """The column in sight at a place; -1 for none."""
        held = self._frozen_at(x)
        return held if held >= 0 else self.logicalIndexAt(x)

    def first_shown(self, count: int) -> list[int]:
        """The first columns in sight, as many as are asked for."""
        order = (self.logicalIndex(at) for at in range(self.count()))
        return list(islice((at for at in order if not self.isSectionHidden(at)), count))

    def _frozen_at(self, x: int) -> int:
        places = self.frozen_sections()
        return next((section for section, left, wide in places if left <= x < left + wide), -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The headings, and over them those that stay."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for section, left, wide in self.frozen_sections():
            room = QRect(left, 0, wide, self.height())
            # no words reach the first pixels, where the corner of the list is round
            painter.fillRect(room.adjusted(0, _ROUND, 0, 0), QColor(theme.current().surface))
            self.paintSection(painter, room, section)
        painter.end()

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
            section = self.section_at(event.pos().x())
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
        self._add_freezing(made.addMenu(said(_STAYS)))
        made.addSeparator()
        made.addAction(said(_AS_AT_FIRST)).triggered.connect(lambda _on=False: self.reset_wanted.emit())
        return made

    def _add_freezing(self, menu: QMenu) -> None:
        """No column, the first, the first two …, by their names."""
        columns = self._records.columns
        names = [said(columns[at].label) for at in self.first_shown(MOST_FROZEN)]
        group = QActionGroup(menu)
        for count in range(len(names) + 1):
            line = menu.addAction(", ".join(names[:count]) or said(_NONE))
            line.setCheckable(True)
            line.setChecked(count == self.frozen)
            line.triggered.connect(lambda _on=False, count=count: self.freeze_wanted.emit(count))
            group.addAction(line)
