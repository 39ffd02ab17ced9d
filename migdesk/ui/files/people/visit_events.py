"""The appointments of a person in his file: those still ahead as lines of the band, all of them in the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QWidget

from migdesk.domain.appointment import Appointment, VisitState
from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui.files.pieces.timeline import Event
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import link
from migdesk.ui.workplace import Kind, Target, Workplace

_EXPECTED = N_("Expected on {day} at {at}, window {window}, No. {number}")
_BOOKED = N_("Appointment at {at}: {state}")
_TONES = {
    VisitState.DUE: Tone.INFO,
    VisitState.CAME: Tone.WARN,
    VisitState.DONE: Tone.OK,
    VisitState.NO_SHOW: Tone.BAD,
}
_MOST = 2


def coming(desk: Desk, visits: Iterable[Appointment]) -> list[Appointment]:
    """The next appointments from today on, the nearest first."""
    ahead = [one for one in visits if one.state is VisitState.DUE and (one.day or date.min) >= desk.today]
    return sorted(ahead, key=lambda one: (one.day or date.max, one.at))[:_MOST]


def visit_line(work: Workplace, visit: Appointment) -> QWidget:
    """When somebody is expected; opens the board at that time."""
    words = said(_EXPECTED, day=show_day(visit.day), at=visit.at, window=visit.window, number=visit.number)
    made = link(words)
    made.clicked.connect(lambda _on=False: work.open(Kind.VISIT, visit.uid))
    return made


def visit_event(visit: Appointment) -> Event:
    """An appointment among the events of a person."""
    state = visit.state or VisitState.DUE
    words = said(_BOOKED, at=visit.at, state=choice_label(state))
    detail = " · ".join(part for part in (visit.number, visit.purpose) if part)
    target = Target(Kind.VISIT, visit.uid)
    return Event(visit.day or date.min, words, detail, "clock", _TONES.get(state, Tone.PLAIN), target)
