"""A timeline: dated events of one person, newest first, with what is due above the line of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from migdesk.domain.dates import show_day
from migdesk.i18n import N_
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.theme import Theme, Tone
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Target

Index = QModelIndex | QPersistentModelIndex

ROW, LINE = 46, 26
_DATE, _AXIS = 84, 22
_TODAY = N_("today, {day}")
_NAME = N_("Timeline")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, or is due, on a day; words are in the reader's language.

    `struck` is one that was said once and corrected since.
    """

    day: date
    title: str
    detail: str = ""
    icon: str = "today"
    tone: Tone = Tone.PLAIN
    target: Target | None = None
    struck: bool = False


class _Events(QAbstractListModel):
    """Events newest first; the place of today is a row without an event."""

    def __init__(self, events: Sequence[Event], today: date) -> None:
        super().__init__()
        ordered = sorted(events, key=lambda one: one.day, reverse=True)
        coming = [one for one in ordered if one.day > today]
        self.today = today
        self.rows: list[Event | None] = [*coming, None, *ordered[len(coming) :]]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Events and the line of today."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """An event in one line, as a screen reader says it."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        event = self.rows[index.row()]
        if event is None:
            return said(_TODAY, day=show_day(self.today))
        return f"{show_day(event.day)} {event.title}. {event.detail}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The line of today cannot be chosen."""
        return Qt.ItemFlag.NoItemFlags if self.rows[index.row()] is None else super().flags(index)


class _EventPainter(QStyledItemDelegate):
    def __init__(self, events: _Events) -> None:
        super().__init__(events)
        self._events = events

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines; the line of today is lower."""
        return QSize(200, LINE if self._events.rows[index.row()] is None else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Date, axis with a symbol, words."""
        colours = theme.current()
        room: QRect = option.rect
        event = self._events.rows[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis = room.left() + _DATE + _AXIS / 2
        if event is None:
            self._paint_today(painter, room, colours)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(room, QColor(colours.tint))
            self._paint_axis(painter, room, axis, index.row(), colours)
            self._paint_event(painter, room, axis, event, colours)
        painter.restore()

    def _paint_axis(self, painter: QPainter, room: QRect, axis: float, row: int, colours: Theme) -> None:
        coming = row < self._events.rows.index(None)
        pen = QPen(QColor(colours.line), 2, Qt.PenStyle.DotLine if coming else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        last = row == len(self._events.rows) - 1
        bottom = room.center().y() if last else room.bottom() + 1
        top = room.center().y() if row == 0 else room.top()
        painter.drawLine(QPointF(axis, top), QPointF(axis, bottom))

    def _paint_today(self, painter: QPainter, room: QRect, colours: Theme) -> None:
        middle = room.center().y()
        words = said(_TODAY, day=show_day(self._events.today))
        wide = fonts.width(words, theme.CAPTION, fonts.SEMIBOLD)
        painter.setPen(QPen(QColor(colours.accent), 1))
        left = room.left() + theme.S
        painter.drawLine(QPointF(left + wide + theme.S, middle + 0.5), QPointF(room.right(), middle + 0.5))
        painter.setFont(fonts.font(theme.CAPTION, fonts.SEMIBOLD))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room.adjusted(theme.S, 0, 0, 0), int(side), words)

    def _paint_event(self, painter: QPainter, room: QRect, axis: float, event: Event, colours: Theme) -> None:
        ink = colours.muted if event.tone is Tone.PLAIN else colours.ink(event.tone)
        painter.setPen(QColor(colours.muted))
        painter.setFont(fonts.font(theme.SMALL))
        left_middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        date_room = QRect(room.left() + theme.S, room.top(), _DATE, room.height())
        painter.drawText(date_room, left_middle, show_day(event.day))
        dot = QRectF(axis - 11, room.center().y() - 11, 22, 22)
        painter.setBrush(QColor(colours.ground(event.tone)))
        painter.setPen(QPen(QColor(colours.surface), 2))
        painter.drawEllipse(dot)
        icons.paint(painter, event.icon, dot.adjusted(4, 4, -4, -4), ink)
        words = words_room(room)
        title = QFont(fonts.font())
        title.setStrikeOut(event.struck)
        painter.setFont(title)
        painter.setPen(QColor(colours.muted if event.struck else colours.text))
        half = words.adjusted(0, 4, 0, -words.height() // 2 + 1) if event.detail else words
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            half, left_middle, painter.fontMetrics().elidedText(event.title, elide, half.width())
        )
        if event.detail:
            painter.setFont(fonts.font(theme.SMALL))
            painter.setPen(QColor(colours.muted))
            half = words.adjusted(0, words.height() // 2 - 1, 0, -4)
            painter.drawText(
                half, left_middle, painter.fontMetrics().elidedText(event.detail, elide, half.width())
            )


def words_room(room: QRect) -> QRect:
    """Where the words of an event are."""
    return room.adjusted(_DATE + _AXIS + theme.S, 0, -theme.S, 0)


class Timeline(QListView):
    """Walked by arrows; Enter or a double click sends `opened` with the `Target` of an event."""

    opened = Signal(object)

    def __init__(self, events: Sequence[Event], today: date, *, most: int = 0) -> None:
        super().__init__()
        self._events = _Events(events, today)
        self._events.setParent(self)
        self.setModel(self._events)
        self.setItemDelegate(_EventPainter(self._events))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(said(_NAME))
        self.doubleClicked.connect(self._open)
        if most:
            shown = self._events.rows[:most]
            self.setFixedHeight(sum(LINE if one is None else ROW for one in shown) + 4)

    def count(self) -> int:
        """Events, without the line of today."""
        return len(self._events.rows) - 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Words whose end is left out are said whole as a tooltip."""
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            shown = self._events.rows[index.row()] if index.isValid() else None
            words = _elided(shown, words_room(self.visualRect(index)).width()) if shown else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def _open(self, index: QModelIndex) -> None:
        event = self._events.rows[index.row()]
        if event and event.target:
            self.opened.emit(event.target)


def _elided(event: Event, room: int) -> str:
    fits = fonts.width(event.title) <= room and fonts.width(event.detail, theme.SMALL) <= room
    return "" if fits else "\n".join(filter(None, (event.title, event.detail)))
