"""The rows of a list: drawn just in time, walked and copied by keyboard."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from migdesk.i18n import N_
from migdesk.ui.lists.cells import CellPainter
from migdesk.ui.lists.heading import CORNER, Heading
from migdesk.ui.lists.table import RecordTable
from migdesk.ui.look import icons, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import ToolButton

_COLUMNS = N_("Columns and order")


class Rows(QTableView):
    """The rows themselves; fetches just before drawing, so that a quick answer never shows as a blank.

    `begun_anew` comes before rows are selected in place of all that were.
    """

    entered_row = Signal()
    copy_wanted = Signal()
    typed = Signal(str)
    begun_anew = Signal()

    def __init__(self, model: RecordTable) -> None:
        super().__init__()
        self._records = model
        self.heading = Heading(model, self)
        self.setHorizontalHeader(self.heading)
        self.setModel(model)
        self.cells = CellPainter(model)
        self.setItemDelegate(self.cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self._chooser = ToolButton(self)
        mark(self._chooser, look="tiny")
        self._chooser.setFixedSize(20, 20)
        self._chooser.setIcon(icons.icon("columns", "muted"))
        self._chooser.setIconSize(QSize(14, 14))
        self._chooser.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._chooser.clicked.connect(self.open_columns)
        self.set_row_height(theme.ROW)
        self.doubleClicked.connect(lambda _index: self.entered_row.emit())
        self.retranslate()

    def set_row_height(self, height: int) -> None:
        """36 pixels, or 28 for those who want more rows."""
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)

    def open_columns(self) -> None:
        """Open the menu of columns below the heading, from its button or by the menu key."""
        menu = self.heading.menu()
        corner = QPoint(self.width() - menu.sizeHint().width(), self.heading.height())
        menu.exec(self.mapToGlobal(corner))

    def retranslate(self) -> None:
        """Name the button of columns in the current language."""
        self._chooser.setToolTip(said(_COLUMNS))
        self._chooser.setAccessibleName(said(_COLUMNS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button of columns stays in the corner."""
        super().resizeEvent(event)
        self._chooser.move(self.viewport().width() - CORNER + 3, 8)

    def visible_rows(self) -> tuple[int, int]:
        """First and last row in sight."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return max(first, 0), last if last >= 0 else self._records.rowCount() - 1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fetch, then draw."""
        if self._records.rowCount():
            self._records.want(*self.visible_rows())
            self.cells.first_column = self.heading.logicalIndex(0)
            self.cells.cornered_column = self.heading.cornered()
        super().paintEvent(event)
        self._paint_frozen()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is scrolled sideways is drawn whole: the columns that stay do not go along."""
        super().scrollContentsBy(dx, dy)
        if dx and self.heading.frozen:
            self.viewport().update()
            self.heading.viewport().update()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """A cell that is gone to does not stay below the columns that cover it."""
        super().scrollTo(index, hint)
        covered = self.heading.frozen_width() - self.columnViewportPosition(index.column())
        held = {section for section, _left, _wide in self.heading.frozen_sections()}
        if covered > 0 and index.column() not in held:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - covered)

    def _paint_frozen(self) -> None:
        """The cells of the columns that stay, over those scrolled below them."""
        columns = self.heading.frozen_sections()
        if not columns or not self._records.rowCount():
            return
        colours, painter = theme.current(), QPainter(self.viewport())
        first, last = self.visible_rows()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        chosen, current = self.selectionModel(), self.currentIndex()
        for row in range(first, last + 1):
            top, high = self.rowViewportPosition(row), self.rowHeight(row)
            for section, left, wide in columns:
                index = self._records.index(row, section)
                option.rect = QRect(left, top, wide, high)
                option.state = plain
                if chosen.isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                if index == current and self.hasFocus():
                    option.state |= QStyle.StateFlag.State_HasFocus
                painter.fillRect(option.rect, QColor(colours.surface))
                self.cells.paint(painter, option, index)
        edge, bottom = self.heading.frozen_width() - 1, self.rowViewportPosition(last) + self.rowHeight(last)
        painter.fillRect(edge, 0, 1, bottom, QColor(colours.edge))
        painter.end()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Tell it when a person begins a selection anew: rows of the one before may be out of sight."""
        command = super().selectionCommand(index, event)
        if event is not None and command & QItemSelectionModel.SelectionFlag.Clear:
            self.begun_anew.emit()
        return command

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, Home and End go to the ends of the list."""
        keys = event.key()
        if (
            keys in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if self.currentIndex().isValid():
                self.entered_row.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif keys in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            self._go(0 if keys == Qt.Key.Key_Home else self._records.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters typed on a row are for the filter of the page; Qt would jump to a row that happens to be here."""
        if search.isprintable() and search.strip():
            self.typed.emit(search)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is tinted."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key opens the menu of columns; the page adds its own to the right click."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.open_columns()
        else:
            super().contextMenuEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Words whose end is left out are said whole as a tooltip."""
        if isinstance(event, QHelpEvent):
            below = self.indexAt(event.pos())
            index = below.siblingAtColumn(self.heading.section_at(event.pos().x()))
            elided = index.isValid() and self.cells.is_elided(index, self.columnWidth(index.column()))
            QToolTip.showText(event.globalPos(), str(index.data() or "") if elided else "", self)
            return True
        return super().viewportEvent(event)

    def _go(self, row: int) -> None:
        if row >= 0:
            self.begun_anew.emit()
            self.setCurrentIndex(self._records.index(row, max(self.currentIndex().column(), 0)))

    def _hover(self, row: int) -> None:
        if row != self.cells.hovered:
            self.cells.hovered = row
            self.viewport().update()
