"""A small calendar that opens under a date, for those who would rather see the month than type."""

from __future__ import annotations

import calendar
import functools
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import locale, long_date
from migdesk.ui.parts.actions import Action, Command, IconButton

_CELL, _WEEKS = 34, 6
_FIRST, _LAST = date(1870, 1, 1), date(2199, 12, 31)
_MOVES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class Month(QWidget):
    """The days of one month; arrows walk, Page Up and Down change the month, Enter or a click picks."""

    picked = Signal(object)
    moved = Signal()

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day = day
        self._today = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.go(day)

    def go(self, day: date) -> None:
        """Mark another day, within what the register takes."""
        self.day = max(_FIRST, min(day, _LAST))
        self.setAccessibleName(long_date(self.day))
        self.moved.emit()
        self.update()

    def turn(self, months: int) -> None:
        """The same day some months later, or the last day of a shorter month."""
        at = self.day.year * 12 + self.day.month - 1 + months
        year, month = divmod(at, 12)
        self.go(date(year, month + 1, min(self.day.day, calendar.monthrange(year, month + 1)[1])))

    def sizeHint(self) -> QSize:
        """Seven days wide, six weeks high, and a line of weekdays."""
        return QSize(7 * _CELL, (_WEEKS + 1) * _CELL - 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and pick."""
        key = event.key()
        if key in _MOVES:
            self.go(self.day + timedelta(_MOVES[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks."""
        place = event.position()
        week, weekday = int((place.y() - _CELL + 8) // _CELL), int(place.x() // _CELL)
        if 0 <= week < _WEEKS and 0 <= weekday < 7:
            self.go(self._first() + timedelta(week * 7 + weekday))
            self.picked.emit(self.day)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekdays, then six weeks; today in a ring, the marked day filled, other months quiet."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(theme.CAPTION))
        painter.setPen(QColor(colours.muted))
        for weekday in range(7):
            room = QRectF(weekday * _CELL, 0, _CELL, _CELL - 8)
            name = locale().dayName(weekday + 1, locale().FormatType.ShortFormat)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), name)
        for at in range(_WEEKS * 7):
            room = QRectF(at % 7 * _CELL, at // 7 * _CELL + _CELL - 8, _CELL, _CELL).adjusted(2, 2, -2, -2)
            self._paint_day(painter, room, self._first() + timedelta(at), colours)

    def _paint_day(self, painter: QPainter, room: QRectF, day: date, colours: theme.Theme) -> None:
        marked = day == self.day
        painter.setPen(QColor(colours.accent if day == self._today else colours.surface))
        painter.setBrush(QColor(colours.accent if marked else colours.surface))
        painter.drawRoundedRect(room, theme.RADIUS, theme.RADIUS)
        here = day.month == self.day.month
        painter.setFont(
            fonts.font(theme.BODY, fonts.SEMIBOLD if here and day.weekday() < 5 else fonts.REGULAR)
        )
        quiet = not here or day.weekday() > 4
        painter.setPen(QColor(colours.on_accent if marked else colours.muted if quiet else colours.text))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), str(day.day))

    def _first(self) -> date:
        """The Monday the sheet begins with."""
        first = self.day.replace(day=1)
        return first - timedelta(first.weekday())


class DaySheet(QFrame):
    """Opens under its editor; Enter or a click picks, Esc closes. `picked` carries a date."""

    picked = Signal(object)

    def __init__(self, editor: QWidget, day: date, today: date) -> None:
        super().__init__(editor, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mark(self, look="popup")
        self._editor = editor
        self.month = Month(day, today)
        self.month.picked.connect(self._take)
        self.month.moved.connect(self._say_month)
        self._title = Label("", "strong")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        for name, icon, months in ((N_("Month before"), "left", -1), (N_("Next month"), "right", 1)):
            turn = Action(f"day.{icon}", name, functools.partial(self.month.turn, months), icon)
            button = IconButton(Command(turn, self), self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.addWidget(button)
        head.insertWidget(1, self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self.month)
        self._say_month()

    def open(self) -> None:
        """Show it below the editor."""
        self.adjustSize()
        self.move(self._editor.mapToGlobal(QPoint(0, self._editor.height() + 2)))
        self.show()
        self.month.setFocus()

    def _say_month(self) -> None:
        name = locale().standaloneMonthName(self.month.day.month)
        self._title.show_text(f"{name} {self.month.day.year}".capitalize())

    def _take(self, day: date) -> None:
        self.picked.emit(day)
        self.close()
