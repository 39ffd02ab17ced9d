"""The files of a departure and of a crossing: looked at, corrected by a new fact, annulled with a reason."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from migdesk.domain.arrival import Arrival, Departure, Stay
from migdesk.domain.dates import show_day
from migdesk.i18n import N_
from migdesk.services.arrivals import departures
from migdesk.services.arrivals.event_files import EventFile, open_departure, open_stay
from migdesk.services.desk import Desk
from migdesk.services.stays import crossings
from migdesk.ui.files.events.event_questions import Annulled, ask_leaving, ask_stay, ask_why
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.plain_files import PlainContent
from migdesk.ui.files.pieces.short_list import ShortList, record_rows, show
from migdesk.ui.files.pieces.short_list import column as field_column
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card, link
from migdesk.ui.parts.facts import Facts, fact_of, facts_of
from migdesk.ui.parts.panel import Words
from migdesk.ui.parts.pills import Pill
from migdesk.ui.workplace import Kind, Target, Workplace

_CORRECT, _ANNUL, _PRINT = N_("Correct…"), N_("Annul…"), N_("Print")
_ANNUL_DEPARTURE, _ANNUL_STAY = N_("Annul the departure {number}"), N_("Annul the crossing of {day}")
_ANNULLED = N_("Annulled: {name}")
_OPEN_PERSON = N_("Open the person's file")
_ENDED, _BEGAN, _STRUCK = (
    N_("Arrivals that it ended"),
    N_("Arrival that began with it"),
    N_("Corrected since"),
)
_DETAILS = N_("Details")
_IS_ANNULLED = N_("annulled")
_SHOWN = {
    Departure: ("kind", "left_on", "to_country", "to_place", "border_point", "move_reason", "source", "note"),
    Stay: ("entered_on", "left_on", "border_point", "basis", "valid_until", "source"),
}


def build(opened: Opened) -> QWidget:
    """The content of either file."""
    work, file = opened.work, opened.data
    assert isinstance(file, EventFile)
    event = file.event
    pills = [Pill(Tone.BAD, said(_IS_ANNULLED), "annul")] if event.is_annulled else []
    band = Band(file.person.full_name, pills, kind="title" if opened.wide else "section")
    names = ("number", "kind", "left_on") if isinstance(event, Departure) else ("entered_on", "left_on")
    band.add_facts([fact_of(work.desk, event, name) for name in names])
    person = link(said(_OPEN_PERSON))
    person.clicked.connect(lambda _on=False: work.open(Kind.PERSON, file.person.uid))
    band.add_widget(person)
    acts = [] if event.is_annulled else _actions(work, file, opened.target)
    if acts:
        band.add_actions(None, acts)
    shown = (*_SHOWN[type(event)], "annulled_on", "annulled_why")
    parts: list[QWidget] = [card(Facts(facts_of(work.desk, event, *shown)), title=_DETAILS)]
    if file.arrivals:
        title = _ENDED if isinstance(event, Departure) else _BEGAN
        parts += [Label(title, "section"), _arrivals(work, title, file)]
    if file.struck:
        parts.append(card(*(_struck_line(one.title, show_day(one.on)) for one in file.struck), title=_STRUCK))
    return PlainContent(band, parts, acts)


def _struck_line(title: str, day: str) -> QWidget:
    line = Label("", "muted")
    font = line.font()
    font.setStrikeOut(True)
    line.setFont(font)
    line.show_text(f"{day} {said(title)}")
    return line


def _arrivals(work: Workplace, title: str, file: EventFile) -> QWidget:
    columns = tuple(
        field_column(Arrival, name, 130) for name in ("number", "purpose", "arrived_on", "left_on")
    )
    rows = record_rows(columns, file.arrivals)
    empty = Words("arrivals", N_("No arrivals here"))
    what = ShortList("file.ended", title, columns, rows, [one.uid for one in file.arrivals], empty)
    return show(work, what, lambda uid: work.open(Kind.ARRIVAL, uid), whole=True)


def _actions(work: Workplace, file: EventFile, target: Target) -> list[Action]:
    event, name = file.event, file.person.full_name
    if isinstance(event, Departure):
        correct, annul = _departure_runs(work, event, name)
    else:
        correct, annul = _stay_runs(work, event, name)
    found = [
        Action("event.correct", _CORRECT, correct, "edit"),
        Action("event.annul", _ANNUL, annul, "annul"),
    ]
    if isinstance(event, Departure) and work.listens(work.print_wanted):
        found.append(Action("event.print", _PRINT, lambda: work.print_wanted.emit(target), "print"))
    return found


def _departure_runs(work: Workplace, event: Departure, name: str) -> tuple[Any, Any]:
    def annul(desk: Desk, why: str) -> Any:
        return departures.annul_departure(desk, event.uid, why)

    title = said(_ANNUL_DEPARTURE, number=event.number)
    what = Annulled(f"departure.annul/{event.uid}", title, said(_ANNULLED, name=name))
    return (
        lambda: ask_leaving(work, name, event, departures.correct_departure),
        lambda: ask_why(work, what, annul),
    )


def _stay_runs(work: Workplace, event: Stay, name: str) -> tuple[Any, Any]:
    def annul(desk: Desk, why: str) -> Any:
        return crossings.annul_crossing(desk, event.uid, why)

    title = said(_ANNUL_STAY, day=show_day(event.entered_on))
    what = Annulled(f"stay.annul/{event.uid}", title, said(_ANNULLED, name=name))
    return (
        lambda: ask_stay(work, name, event, crossings.correct_crossing),
        lambda: ask_why(work, what, annul),
    )


_WATCHES = frozenset({"departure", "stay", "arrival", "person"})
_spec = partial(
    FileSpec, build=build, name=lambda data: data.person.full_name, watches=_WATCHES, help="events"
)
DEPARTURE = _spec(kind=Kind.DEPARTURE, icon="right", title=Departure.title, load=open_departure)
STAY = _spec(kind=Kind.STAY, icon="pin", title=Stay.title, load=open_stay)
