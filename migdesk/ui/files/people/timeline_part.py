"""A person's timeline with the way to what was said once and corrected since: shown struck when the clerk asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.services.arrivals import happened
from migdesk.services.arrivals.happened import Happened
from migdesk.ui.files.people.person_events import struck_event
from migdesk.ui.files.pieces.timeline import Event, Timeline
from migdesk.ui.look import theme
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action, Button, Command
from migdesk.ui.parts.blocks import row
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine
from migdesk.ui.workplace import Workplace

_STRUCK, _EVENT = N_("Show what was corrected"), N_("Event…")
_CONTACTS = N_("Contacts and co-travellers…")


class TimelinePart(QWidget):
    """The events; above are the next one to enter, who was there too, and a tick that shows corrected ones."""

    def __init__(
        self,
        work: Workplace,
        person: str,
        events: Sequence[Event],
        ask: Callable[[], object],
        others: Callable[[], object],
    ) -> None:
        super().__init__()
        self._work = work
        self._person = person
        self._events = list(events)
        self.tick = TickLine(Shape.TICK, LineWords(said(_STRUCK)))
        self.tick.clicked.connect(lambda _on=False: self._turn())
        button = Button(Command(Action("timeline.event", _EVENT, ask, "add"), self))
        contacts = Button(Command(Action("timeline.contacts", _CONTACTS, others, "people"), self))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self._column.addWidget(row(button, contacts, self.tick, stretch=2, gap=theme.L))
        self.timeline = self._shown(self._events)

    def _shown(self, events: Sequence[Event]) -> Timeline:
        made = Timeline(events, self._work.desk.today)
        made.opened.connect(self._work.target_wanted)
        self._column.addWidget(made, 1)
        return made

    def _turn(self) -> None:
        if self.tick.isChecked():
            self._work.tasks.read(happened.struck_of, self._work.desk, self._person, done=self._show_struck)
        else:
            self._show(self._events)

    def _show_struck(self, struck: Sequence[Happened]) -> None:
        if shiboken6.isValid(self) and self.tick.isChecked():
            self._show([*self._events, *map(struck_event, struck)])

    def _show(self, events: Sequence[Event]) -> None:
        old = self.timeline
        self.timeline = self._shown(events)
        self._column.removeWidget(old)
        old.deleteLater()
