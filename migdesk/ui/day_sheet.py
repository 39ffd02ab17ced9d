"""A small calendar that opens under a date, for those who would rather see the month than type."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from migdesk.ui import theme
from migdesk.ui.style import mark
from migdesk.ui.words import locale


class DaySheet(QFrame):
    """Opens under its editor; Enter or a click picks, Esc closes. `picked` carries a date."""

    picked = Signal(object)

    def __init__(self, editor: QWidget, day: date) -> None:
        super().__init__(editor, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mark(self, look="popup")
        self._editor = editor
        self._month = QCalendarWidget()
        self._month.setLocale(locale())
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setSelectedDate(QDate(day.year, day.month, day.day))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            quiet = QTextCharFormat()
            quiet.setForeground(QColor(theme.current().muted))
            self._month.setWeekdayTextFormat(weekday, quiet)
        self._month.activated.connect(self._take)
        self._month.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        column.addWidget(self._month)

    def open(self) -> None:
        """Show it below the editor."""
        self.adjustSize()
        self.move(self._editor.mapToGlobal(QPoint(0, self._editor.height() + 2)))
        self.show()
        self._month.setFocus()

    def _take(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()
