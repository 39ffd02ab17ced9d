"""The board of a day: a line for each time, a column for each window; free times are to be seen as such."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from migdesk.domain.appointment import Appointment, VisitState
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_
from migdesk.services.terms.appointments import Board, Slot, by_windows
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts import pills
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.plain_table import Index, PlainTable

TONES = {
    VisitState.DUE: Tone.INFO,
    VisitState.CAME: Tone.WARN,
    VisitState.DONE: Tone.OK,
    VisitState.NO_SHOW: Tone.BAD,
    VisitState.CANCELLED: Tone.PLAIN,
}
_SYMBOLS = {VisitState.CAME: "person"}
_TITLE = N_("Times of the day")
_WINDOW, _FREE = N_("Window {name}"), N_("free")
_SPOKEN, _FREE_SPOKEN = N_("{at}, window {window}: {name}, {state}"), N_("{at}, window {window}: free")
_HIGH, _HEAD, _SIDE, _TIMES = 30, 30, 8, 64
_PILL = 140


def pill_of(visit: Appointment) -> Pill:
    """The state of an appointment."""
    state = visit.state or VisitState.DUE
    return Pill(TONES[state], choice_label(state), _SYMBOLS.get(state, ""))


class BoardModel(QAbstractTableModel):
    """The slots of one day."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, tuple[Slot, ...]]] = []
        self.windows: tuple[str, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many times the day has."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many windows the office has."""
        return 0 if parent.isValid() else len(self.windows)

    def slot(self, index: Index) -> Slot | None:
        """The time at an index."""
        is_there = index.isValid() and index.row() < len(self.lines)
        return self.lines[index.row()][1][index.column()] if is_there else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Who is booked; for screen readers with the time."""
        slot = self.slot(index)
        if slot is None:
            return None
        visit = slot.visit
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if visit is None:
                return said(_FREE_SPOKEN, at=slot.at, window=slot.window)
            state = pill_of(visit).words
            return said(_SPOKEN, at=slot.at, window=slot.window, name=visit.name, state=state)
        if role == Qt.ItemDataRole.DisplayRole:
            return visit.name if visit else said(_FREE)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Windows above, times at the left."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Horizontal:
            return said(_WINDOW, name=self.windows[section])
        return self.lines[section][0]

    def show_board(self, board: Board) -> None:
        """Another day, or the same after a change."""
        self.beginResetModel()
        self.lines, self.windows = by_windows(board.slots, board.windows), board.windows
        self.endResetModel()


class BoardView(PlainTable):
    """`chosen` comes with Enter or a double click; `moved` when the cursor goes elsewhere."""

    chosen = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__(_HIGH)
        self.times = BoardModel()
        self.times.setParent(self)
        self.setModel(self.times)
        self.setItemDelegate(_Cells(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalHeader(_Head(Qt.Orientation.Horizontal))
        self.setVerticalHeader(_Head(Qt.Orientation.Vertical))
        self.verticalHeader().setFixedWidth(_TIMES)
        self.verticalHeader().setMinimumSectionSize(_HIGH)
        self.verticalHeader().setDefaultSectionSize(_HIGH)
        self.horizontalHeader().setFixedHeight(_HEAD)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda *_places: self.moved.emit())
        self.doubleClicked.connect(lambda _index: self.chosen.emit())
        self.retranslate()

    def current(self) -> Slot | None:
        """The time under the cursor."""
        return self.times.slot(self.currentIndex())

    def show_board(self, board: Board) -> None:
        """Show a day; the cursor stays at its time, or goes to the first that is still ahead."""
        before = self.current()
        self.times.show_board(board)
        self.go_to(before.at if before else "", before.window if before else "")

    def go_to(self, at: str, window: str = "") -> None:
        """Put the cursor to a time; to the first for one that is not there."""
        places = [
            (row, column)
            for row, (_at, slots) in enumerate(self.times.lines)
            for column, slot in enumerate(slots)
            if slot.at == at and window in ("", slot.window)
        ]
        row, column = places[0] if places else (0, 0)
        index = self.times.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter books a free time, or opens who is booked; Alt and the arrows are the page's."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.chosen.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say names in the current language."""
        self.setAccessibleName(said(_TITLE))
        self.viewport().update()
        self.horizontalHeader().viewport().update()


class _Head(QHeaderView):
    """Windows over a line; times, full hours in strong letters."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one of them."""
        colours = theme.current()
        across = self.orientation() is Qt.Orientation.Horizontal
        words = str(self.model().headerData(section, self.orientation()) or "")
        is_hour = words.endswith(":00")
        edge = colours.edge if across else colours.line
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(edge))
        if not across and is_hour and section:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, QColor(colours.edge))
        strong = across or is_hour
        size = theme.SMALL if across else theme.BODY
        face = fonts.font(size, fonts.SEMIBOLD if strong else fonts.REGULAR)
        ink = colours.text if is_hour and not across else colours.muted
        fonts.write(painter, rect.adjusted(_SIDE, 0, -2, -2), words, face, ink)


class _Cells(QStyledItemDelegate):
    """A free time is quiet; a booked one has a name and its state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(120, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one time."""
        colours = theme.current()
        room: QRect = option.rect
        model = index.model()
        assert isinstance(model, BoardModel)
        slot = model.slot(index)
        if slot is None:
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(colours.tint))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, QColor(colours.line))
        painter.fillRect(room.right(), room.top(), 1, room.height(), QColor(colours.line))
        if slot.at.endswith(":00") and index.row():
            painter.fillRect(room.left(), room.top(), room.width(), 1, QColor(colours.edge))
        words = room.adjusted(_SIDE, 0, -_SIDE, -1)
        if slot.visit is None:
            fonts.write(painter, words, said(_FREE), fonts.font(), colours.muted)
        else:
            self._paint_visit(painter, words, slot.visit)
        view = option.widget
        if option.state & QStyle.StateFlag.State_Selected and view and view.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.drawRect(room.adjusted(0, 0, -1, -2))

    def _paint_visit(self, painter: QPainter, room: QRect, visit: Appointment) -> None:
        colours = theme.current()
        pill = pill_of(visit)
        wide = min(pills.width(pill), _PILL)
        face = fonts.font(theme.BODY, fonts.SEMIBOLD)
        fonts.write(painter, room.adjusted(0, 0, -wide - _SIDE, 0), visit.name, face, colours.text)
        pills.paint(painter, QRect(room.right() - wide, room.top(), wide, room.height()), pill, colours)
