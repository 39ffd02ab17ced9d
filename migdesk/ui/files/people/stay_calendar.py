"""The card with the calendar of a stay: the strip, other readings of the law, and the next possible entry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.dates import show_day
from migdesk.domain.fields import Whole
from migdesk.domain.finding import Finding
from migdesk.i18n import N_, pick
from migdesk.services.desk import Desk
from migdesk.services.people.people import PersonFile
from migdesk.services.stays import stay_strip
from migdesk.services.stays.status import Status
from migdesk.services.stays.stay_strip import Strip
from migdesk.ui.charts.stay_strip import StayStrip
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, row, text
from migdesk.ui.workplace import Workplace

_TITLE, _DAYS = N_("Days of the stay"), N_("Next entry for so many days")
_NEVER = N_("No day can be named.")
_BY_SETTING = N_("“{setting}”: by the other reading ({option}) the last lawful day is {day}.")


def stay_calendar(work: Workplace, file: PersonFile, status: Status) -> list[QWidget]:
    """The card; none for a citizen or somebody of whom no crossing is known."""
    strip = stay_strip.draw_strip(work.desk, file, status)
    return [card(StayCalendar(work, file, status, strip), title=_TITLE)] if strip else []


class StayCalendar(QWidget):
    """The strip and what is asked of it."""

    def __init__(self, work: Workplace, file: PersonFile, status: Status, strip: Strip) -> None:
        super().__init__()
        self._work, self._file, self._status = work, file, status
        self.strip = StayStrip(strip)
        self.days = LineInput(Whole(_DAYS, min=1, max=366), lambda: work.desk.today)
        self.days.setAccessibleName(said(_DAYS))
        self.days.set_value(strip.again.days if strip.again else stay_strip.USUAL_RETURN)
        self.days.changed.connect(self._ask)
        self.answer = text("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.strip)
        for reading in self._readings(strip):
            column.addWidget(reading)
        column.addWidget(row(Label(_DAYS), self.days, self.answer, stretch=2))
        self._ask()

    def _readings(self, strip: Strip) -> list[QWidget]:
        """Where the sources disagree: the setting by its name, and the day it would give."""
        return [
            text(
                said(
                    _BY_SETTING,
                    setting=pick(one.title),
                    option=pick(one.words),
                    day=show_day(one.last_lawful_day),
                ),
                "muted",
            )
            for one in strip.readings
        ]

    def _ask(self) -> None:
        days = self.days.value()
        if days is None or self.days.problem():
            self.answer.show_text("")
            return
        self._work.tasks.read(_again, self._work.desk, self._file, self._status, days, done=self._tell)

    def _tell(self, why: Sequence[Finding]) -> None:
        self.answer.show_text(" ".join(one.words() for one in why) or said(_NEVER))


def _again(desk: Desk, file: PersonFile, status: Status, days: int) -> tuple[Finding, ...]:
    return stay_strip.find_return(desk, file, status, days).why
