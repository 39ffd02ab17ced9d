"""Days whose work an act moved, in the settings: declared, with the due days that move said before, taken back."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.fields import Day, Spec, specs
from migdesk.domain.finding import Finding
from migdesk.domain.office import CalendarDay
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.laws import choices, law_outlook
from migdesk.services.upkeep import rights
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, clear, column, link, text
from migdesk.ui.parts.blocks import row as beside
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.workplace import Workplace

_DAYS = N_(
    "Days off and working days that were moved by an act after this program came out. Due dates follow at once. "
    "A holiday of every year is abolished on the page Law: choose it there and change it by its act."
)
_ADD, _SAVED, _NO_DAYS = N_("Add the day"), N_("Calendar day saved: {day}"), N_("No day was moved yet.")
_OFF, _WORKS = N_("day off"), N_("working day")
_DROP, _DROPPED = N_("Take back"), N_("The calendar of the program holds again for {day}")
_DROP_OF = N_("Take back {day}")
_ONLY_HEADS = N_("Only the head of the office does this: {names}.")
_INSTEAD = Spec(
    "instead",
    Day(N_("Moved with it"), hint=N_("The day that is worked, or off, instead; empty when there is none")),
    True,
)
_FORM = (Section("", (("day", "works"), ("instead",), ("reason",), ("act",))),)
_REST_MS = 200


def load_outlook(desk: Desk, days: list[CalendarDay]) -> list[Finding]:
    """What some days would change; what is still missing is no news while somebody types."""
    try:
        return law_outlook.told(law_outlook.outlook(desk, choices.law_with_days(desk, days)))
    except Invalid:
        return []


class CalendarPage(QWidget):
    """`told` carries what was done, in words."""

    told = Signal(str)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._foretell)
        self.form = Form((*specs(CalendarDay), _INSTEAD), _FORM, work.sources())
        self.add = PushButton()
        mark(self.add, look="primary")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda _on=False: self.save())
        self.form.save_wanted.connect(self.save)
        self.form.ended.connect(self.add.setFocus)
        self.form.changed.connect(lambda _name: self._rest.start())
        self.form.setMinimumHeight(250)
        self.foretold = FindingsView()
        self._because = Label("", "muted").wrapped()
        self._days = QVBoxLayout()
        self._days.setSpacing(theme.XS)
        line = QHBoxLayout()
        line.addWidget(self._because, 1)
        line.addWidget(self.add)
        parts = (Label(_DAYS, "muted").wrapped(), self.form, self.foretold, line, card(self._days))
        inner = column(*parts, stretch=True)
        inner.setContentsMargins(0, 0, theme.M, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inner))
        self.refresh()

    def refresh(self) -> None:
        """The days as they are now."""
        self.add.setText(said(_ADD))
        desk = self._work.desk
        self.add.setEnabled(desk.is_head)
        self._because.show_text("" if desk.is_head else said(_ONLY_HEADS, names=rights.names_of_heads(desk)))
        self._work.tasks.read(choices.own_days, desk, done=self._show)

    def days(self) -> list[CalendarDay]:
        """The day that is typed, and the one that moves with it."""
        values = dict(self.form.values())
        instead: date | None = values.pop("instead")
        day = CalendarDay(**values)
        return [day, replace(day, day=instead, works=not day.works)] if instead else [day]

    def save(self) -> None:
        """Write the days; due dates are counted anew from now on."""
        problems = self.form.problems()
        if problems:
            self.form.show_findings(problems)
            return
        days = self.days()
        self._work.do(
            choices.save_calendar_day,
            *days,
            words=lambda _done: self._tell(said(_SAVED, day=_listed(days))),
            failed=self._refused,
            done=self._saved,
        )

    def drop(self, day: CalendarDay) -> None:
        """Take back what was declared of a day."""
        self._work.do(
            choices.drop_calendar_day,
            day.day,
            words=lambda _done: self._tell(said(_DROPPED, day=show_day(day.day))),
            done=lambda _done: self.refresh(),
        )

    def _foretell(self) -> None:
        if self.form.problems():
            self.foretold.show_findings([])
        else:
            self._work.tasks.read(
                load_outlook, self._work.desk, self.days(), done=self.foretold.show_findings
            )

    def _saved(self, _done: Done[CalendarDay]) -> None:
        self.form.clear()
        self.foretold.show_findings([])
        self.refresh()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            self.form.show_findings(error.findings)
        else:
            self._work.tell_error(error)

    def _tell(self, words: str) -> str:
        self.told.emit(words)
        return words

    def _show(self, days: list[CalendarDay]) -> None:
        clear(self._days)
        for one in days:
            self._days.addWidget(self._line(one))
        if not days:
            self._days.addWidget(Label(_NO_DAYS, "muted"))

    def _line(self, one: CalendarDay) -> QWidget:
        kind = said(_WORKS if one.works else _OFF)
        words = text(" · ".join(part for part in (show_day(one.day), kind, one.reason, one.act) if part))
        drop = link(said(_DROP))
        drop.setAccessibleName(said(_DROP_OF, day=show_day(one.day)))
        drop.setEnabled(self._work.desk.is_head)
        drop.clicked.connect(functools.partial(self._drop_clicked, one))
        return beside(words, drop, stretch=0)

    def _drop_clicked(self, one: CalendarDay, _on: bool = False) -> None:
        self.drop(one)


def _listed(days: Sequence[CalendarDay]) -> str:
    return ", ".join(show_day(one.day) for one in days)
