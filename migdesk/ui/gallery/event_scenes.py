"""Pictures of events: somebody who crossed, moved and left, with a corrected day; the small questions; the files."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.domain.arrival import Departure, DepartureKind, EventSource, Stay
from migdesk.domain.finding import blocking
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.party import Address, PartyRole
from migdesk.domain.protection import PersonNote, Visibility
from migdesk.services import listing, parked, records
from migdesk.services.arrivals import annulments, crowding, departures, events, hosts, moves
from migdesk.services.arrivals.events import Next
from migdesk.services.arrivals.moves import Move, Return
from migdesk.services.desk import Desk
from migdesk.services.people import notes, people
from migdesk.services.stays import crossings
from migdesk.ui.files.events import templates
from migdesk.ui.files.events.event_dialog import EventDialog
from migdesk.ui.files.events.event_questions import QUESTIONS
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.files.people.timeline_part import TimelinePart
from migdesk.ui.gallery.scenes import asked_over, file_content, window_over
from migdesk.ui.screens.drafts import ask_draft
from migdesk.ui.workplace import Kind

Scene = Callable[[], QWidget]
_HERE = (Filter("left_on", Test.EMPTY), Filter("entered_on", Test.FILLED))
_FAR, _NEAR = 60, 30


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them, over a sample office in which somebody's events are entered first, before any window looks."""
    _much_happened(desk)
    _struck(desk)
    _busiest(desk)
    scenes: dict[str, Scene] = {
        f"ask-event-{one.value.replace('_', '-')}": functools.partial(_asked, desk, one)
        for one in (Next.NOTICE, Next.MOVE, Next.LEFT_FOR_GOOD, Next.CROSSING)
    }
    scenes["ask-event-return"] = functools.partial(_back, desk)
    scenes["ask-event"] = functools.partial(_chosen, desk)
    scenes["ask-draft"] = functools.partial(_drafts, desk)
    scenes["person-timeline"] = functools.partial(_timeline, desk)
    scenes["file-departure"] = functools.partial(_file, desk, Kind.DEPARTURE)
    scenes["file-note"] = functools.partial(_file, desk, Kind.NOTE)
    scenes["file-arrival-annulled"] = functools.partial(_annulled, desk)
    scenes["departures"] = functools.partial(_departures, desk)
    scenes["hosts"] = functools.partial(_hosts, desk)
    scenes["file-host"] = functools.partial(_host, desk)
    scenes["intake-at-host"] = functools.partial(_at_host, desk)
    scenes["ask-template"] = functools.partial(_template, desk)
    scenes["file-crossing"] = functools.partial(_file, desk, Kind.STAY)
    return scenes


@functools.cache
def _here(desk: Desk, at: int) -> str:
    """Somebody who lives here and came some weeks ago, with the family if there is one."""
    opened = listing.open_list(desk, Query("arrivals", _HERE))
    found = (records.open_arrival(desk, opened.uid(row)) for row in opened.first(200))
    since = desk.today - timedelta(_FAR)
    long_here = [one for one in found if one.arrival.arrived_on and one.arrival.arrived_on < since]
    wanted = sorted(long_here, key=lambda one: len(one.companions), reverse=True)[at]
    return wanted.person.uid


@functools.cache
def _much_happened(desk: Desk) -> str:
    """A move, a departure that was corrected, a return, a crossing long before."""
    person = _here(desk, 1)
    file = people.open_file(desk, person)
    here = events.open_arrival(file)
    assert here and here.entered_on
    moved = desk.today - timedelta(_NEAR)
    place = records.open_arrival(desk, here.uid).address
    address = Address(place=place.place if place else "", line="Абай к-сі, 12-4")
    new = moves.register_move(desk, Move(here.uid, moved, address, here.host, EventSource.WORD)).value
    left = Departure(
        person=person,
        arrival=new.uid,
        kind=DepartureKind.ABROAD,
        left_on=moved + timedelta(10),
        to_country="UZB",
        source=EventSource.PAPER,
    )
    saved = departures.register_departure(desk, left).value
    departures.correct_departure(desk, replace(saved, left_on=moved + timedelta(12)))
    back = moved + timedelta(20)
    moves.register_return(desk, Return(person, back, back, "Жібек жолы", EventSource.PAPER))
    before = here.entered_on - timedelta(_NEAR)
    stay = Stay(person=person, entered_on=before, left_on=before + timedelta(7), source=EventSource.WORD)
    crossings.register_crossing(desk, stay)
    text = "Жаңа мекенжайын өзі айтты, телефоны өзгерген."
    notes.write(
        desk, PersonNote(person=person, visibility=Visibility.OFFICE, text=text, written_on=desk.today)
    )
    return person


@functools.cache
def _struck(desk: Desk) -> str:
    """An arrival that did not happen after all."""
    opened = listing.open_list(desk, Query("arrivals", _HERE))
    uids = map(opened.uid, opened.first(200))
    others = (one for one in uids if records.open_arrival(desk, one).person.uid != _much_happened(desk))
    uid = next(one for one in others if not blocking(annulments.check_annulment(desk, one)))
    return annulments.annul_arrival(desk, uid, "Басқа адам тіркелген").value.uid


def _annulled(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.work.open(Kind.ARRIVAL, _struck(desk))
    return window


def _departures(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.work.departures_wanted.emit()
    return window


def _asked(desk: Desk, which: Next) -> QWidget:
    file = people.open_file(desk, _here(desk, 0))
    return _over(desk, lambda work: QUESTIONS[which](work, file))


def _back(desk: Desk) -> QWidget:
    return _over(
        desk, lambda work: QUESTIONS[Next.RETURN](work, people.open_file(desk, _much_happened(desk)))
    )


def _chosen(desk: Desk) -> QWidget:
    file = people.open_file(desk, _here(desk, 0))
    return _over(desk, lambda work: EventDialog(work, file, events.possible(file)).open())


def _drafts(desk: Desk) -> QWidget:
    """Two arrivals begun at the counter, one of a whole family, one without a name yet; a group and a form."""
    names: tuple[dict[str, dict[str, str]], ...] = (
        {"person.surname": {"text": "Ким"}, "person.given": {"text": "Лена"}},
        {},
    )
    members = [{"cells": {name: {**cell, "value": ""} for name, cell in one.items()}} for one in names]
    parked.keep_draft(desk, "intake/new", json.dumps({"members": members}))
    named = [{"cells": {"person.surname": {"text": "Ахмедов", "value": ""}}} for _one in range(3)]
    parked.keep_draft(desk, "intake.aside", json.dumps({"members": named}))
    rows = [{"cells": {"person.surname": ["Бекмуродов", ""]}} for _one in range(12)]
    parked.keep_draft(desk, "group/new", json.dumps({"rows": rows}))
    parked.keep_draft(desk, "form/person.edit/", json.dumps({"title": "Изменение: Ахметов Самат"}))
    return _over(desk, lambda work: ask_draft(work, parked.list_parked(desk)))


def _over(desk: Desk, run: Callable[..., object]) -> QWidget:
    """The window that a question opened; that of the office lives as long."""
    window = window_over(desk)
    window.show()
    run(window.work)
    for _turn in range(30):
        QApplication.processEvents()
    dialog: QDialog = window.findChildren(QDialog)[-1]
    return asked_over(window, dialog)


def _timeline(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.work.open(Kind.PERSON, _much_happened(desk))
    content = file_content(window)
    if isinstance(content, PersonContent) and content.tabs:
        content.tabs.open("timeline")
        QApplication.processEvents()
        for part in content.findChildren(TimelinePart):
            part.tick.click()
            part.timeline.scrollToBottom()
    return window


def _file(desk: Desk, kind: Kind) -> QWidget:
    file = people.open_file(desk, _much_happened(desk))
    known = notes.look(desk, file.person.uid).known
    uids = {Kind.DEPARTURE: file.departures[0].uid, Kind.STAY: file.stays[-1].uid, Kind.NOTE: known[0].uid}
    window = window_over(desk)
    window.work.open(kind, uids[kind])
    return window


@functools.cache
def _busiest(desk: Desk) -> str:
    """The receiving person with most people, over the limit that the office sets."""
    crowding.set_limits(desk, {PartyRole.HOST: 4})
    opened = listing.open_list(desk, Query("parties", order="-here"))
    return opened.uid(opened.first(1)[0])


def _hosts(desk: Desk) -> QWidget:
    _busiest(desk)
    window = window_over(desk)
    window.work.hosts_wanted.emit()
    return window


def _host(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.work.open(Kind.PARTY, _busiest(desk))
    return window


def _at_host(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.work.arrival_at_wanted.emit(_busiest(desk))
    return window


def _template(desk: Desk) -> QWidget:
    newest = hosts.open_host(desk, _busiest(desk)).newest
    return _over(desk, lambda work: templates.ask_keep(work, newest.uid if newest else ""))
