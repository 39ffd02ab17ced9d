"""From when until when: the usual periods by one key, any other by two dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from migdesk.domain.fields import Day
from migdesk.i18n import N_
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import locale, said
from migdesk.ui.parts.actions import Action, Command, IconButton
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.findings_view import FindingsView

_SINCE, _UNTIL = N_("From"), N_("Until")
_STEPS = N_("Month by month")
_BEFORE, _AFTER = N_("The month before"), N_("The month after")
_PERIODS = {
    "month": N_("This month"),
    "last_month": N_("Last month"),
    "quarter": N_("This quarter"),
    "year": N_("This year"),
    "last_year": N_("Last year"),
}


def period(key: str, today: date) -> tuple[date, date]:
    """First and last day of a usual period."""
    first = today.replace(day=1)
    if key == "month":
        return first, _month_end(first)
    if key == "last_month":
        before = (first - timedelta(days=1)).replace(day=1)
        return before, first - timedelta(days=1)
    if key == "quarter":
        begin = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        return begin, _month_end(date(today.year, begin.month + 2, 1))
    year = today.year - (key == "last_year")
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class PeriodPick(QWidget):
    """`changed` comes when both days can be read and one of them changed."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons: dict[str, QPushButton] = {}
        self.since, self.until = LineInput(Day(_SINCE), today), LineInput(Day(_UNTIL), today)
        self._problems = FindingsView()
        self._last: tuple[date, date] | None = None
        chips = FlowRow(gap=2, lines=2)
        for key in _PERIODS:
            button = PushButton()
            mark(button, look="quiet")
            button.setFont(fonts.font())
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, key=key: self.choose(key))
            self.buttons[key] = button
            chips.flow.addWidget(button)
        days = QHBoxLayout()
        days.setSpacing(theme.S)
        for label, editor in ((_SINCE, self.since), (_UNTIL, self.until)):
            column = QVBoxLayout()
            column.setSpacing(theme.XS)
            column.addWidget(Label(label, "muted"))
            column.addWidget(editor)
            days.addLayout(column)
            editor.setFixedWidth(126)
            editor.left.connect(self._tell)
            editor.entered.connect(self._go_on)
        days.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.S)
        whole.addWidget(chips)
        whole.addLayout(self._month_row())
        whole.addLayout(days)
        whole.addWidget(self._problems)
        self.retranslate()

    def _month_row(self) -> QHBoxLayout:
        """Any month, one after the other."""
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.month = Label()
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        before = Command(Action("period.before", _BEFORE, lambda: self.step(-1), "left", in_bar=False), self)
        after = Command(Action("period.after", _AFTER, lambda: self.step(1), "right", in_bar=False), self)
        self._arrows = (IconButton(before), IconButton(after))
        row.addWidget(self._arrows[0])
        row.addWidget(self.month, 1)
        row.addWidget(self._arrows[1])
        return row

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [*self.buttons.values(), *self._arrows, self.since, self.until]

    def step(self, months: int) -> None:
        """Take the month so many after that of the first day."""
        days = self.days()
        begin = days[0] if days else self._today()
        at = begin.year * 12 + begin.month - 1 + months
        first = date(at // 12, at % 12 + 1, 1)
        self.set_days(first, _month_end(first))
        self._tell()

    def choose(self, key: str) -> None:
        """Take a usual period."""
        since, until = period(key, self._today())
        self.set_days(since, until)
        self._tell()

    def set_days(self, since: date, until: date) -> None:
        """Show two days."""
        self.since.set_value(since)
        self.until.set_value(until)
        self._mark()

    def days(self) -> tuple[date, date] | None:
        """Both days, or nothing while one cannot be read."""
        since, until = self.since.value(), self.until.value()
        return (since, until) if since and until else None

    def retranslate(self) -> None:
        """Say names in the current language."""
        for key, button in self.buttons.items():
            button.setText(said(_PERIODS[key]))
            button.setAccessibleName(said(_PERIODS[key]))
        self.since.setAccessibleName(said(_SINCE))
        self.until.setAccessibleName(said(_UNTIL))
        self._mark()

    def _go_on(self) -> None:
        if self.since.hasFocus():
            self.until.setFocus()
            self.until.selectAll()
        else:
            self._tell()

    def _tell(self) -> None:
        self._problems.show_findings([one for one in (self.since.problem(), self.until.problem()) if one])
        self._mark()
        days = self.days()
        if days and days != self._last:
            self._last = days
            self.changed.emit()

    def _mark(self) -> None:
        self.month.show_text(self._month_words())
        for key, button in self.buttons.items():
            button.setChecked(self.days() == period(key, self._today()))

    def _month_words(self) -> str:
        """The month on show, when it is one."""
        days = self.days()
        if not days or days != (days[0].replace(day=1), _month_end(days[0].replace(day=1))):
            return said(_STEPS)
        month = locale().standaloneMonthName(days[0].month, QLocale.FormatType.LongFormat)
        return f"{month.capitalize()} {days[0].year}"
