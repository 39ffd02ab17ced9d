"""What a register has beside events, all invented: details of purposes, photos, scans, appointments, notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from migdesk.domain.appointment import Appointment, VisitState
from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Op
from migdesk.domain.party import Party
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.photo import Cut, Shape
from migdesk.domain.protection import NoteKind, PersonNote, Visibility
from migdesk.paper.specimen import passport_page, portrait
from migdesk.services import panels
from migdesk.services.desk import Desk
from migdesk.services.people import attachments, growth, notes, photos
from migdesk.services.terms import appointments
from migdesk.services.terms.office_hours import get_hours
from migdesk.store import people as shelf
from migdesk.store.writer import Tx

_DETAILED, _PICTURED, _SCANNED = 240, 8, 4
"""So many of the newest arrivals get details; so many people photos, and scans of a passport."""
_POSTS = ("монтажшы", "электрогазбен дәнекерлеуші", "аспаз", "инженер", "аудармашы")
_LATE, _EARLIER = timedelta(days=3), timedelta(days=20)
_YEARS = 4
_AHEAD, _A_DAY, _VISITS = 14, 10, 9
_SERVICES = ("kandas_status", "rvp", "")
_STATES = {0: VisitState.DONE, 1: VisitState.CAME}

_NOTES = (
    (NoteKind.GENERAL, Visibility.OFFICE, "Қазақ тілі курстары туралы сұрады; кесте берілді."),
    (
        NoteKind.VULNERABLE,
        Visibility.RESTRICTED,
        "Үлгі жазба: емханаға жолдама берілді, анасы жалғыз келген.",
    ),
    (NoteKind.PROTECTION, Visibility.RESTRICTED, "Үлгі жазба: мекенжайын бөгде адамдарға айтпауды өтінді."),
)


def add(desk: Desk, *, restricted: bool = False) -> None:
    """Give a sample office what its screens beside the lists show; the same office gets the same.

    Restricted notes are written where the office has a passphrase, or when they are asked for: in a plain file
    the doctor rightly objects to them.
    """
    newest = desk.store.live(Arrival, left_on=None, order="arrived_on DESC, id DESC", limit=_DETAILED)
    with desk.write(Op.MAKE_SAMPLE) as tx:
        for number, arrival in enumerate(newest, start=1):
            _detail(desk, tx, arrival, number)
    heads = list(dict.fromkeys(one.person or "" for one in newest))
    for number, uid in enumerate(heads[:_PICTURED]):
        _picture(desk, desk.store.get(Person, uid), number)
    open_too = restricted or desk.store.is_encrypted
    for (matter, visibility, text), uid in zip(_NOTES, heads, strict=False):
        if visibility is Visibility.RESTRICTED and not open_too:
            continue
        note = PersonNote(person=uid, written_on=desk.today, matter=matter, visibility=visibility, text=text)
        notes.write(desk, note)
    _appoint(desk, heads)


def _detail(desk: Desk, tx: Tx, arrival: Arrival, number: int) -> None:
    """The details of one arrival, and how complete it is with them."""
    make = _DETAILS.get(arrival.purpose)
    arrived = arrival.arrived_on
    if make is None or arrived is None:
        return
    host = tx.find(Party, arrival.host) if arrival.host else None
    details = make(Random(number), arrived, host.name if host else "")
    person = desk.store.get(Person, arrival.person or "")
    held = tuple(shelf.documents_of(desk.store, person.uid, desk.today))
    panels.put_details(tx, arrival, details)
    state = growth.of_arrival(person, held, arrival, details).state
    if state != arrival.state:
        tx.put(replace(arrival, state=state))


def _study(chance: Random, arrived: date, host: str) -> Mapping[str, Any]:
    course = chance.randint(1, _YEARS)
    until = date(arrived.year + 1 + _YEARS - course, 6, 30)
    return {
        "school_name": host,
        "course": str(course),
        "enrolment_number": f"{chance.randint(100, 999)}-С",
        "enrolment_on": arrived - _EARLIER,
        "studies_until": until,
    }


def _work(chance: Random, arrived: date, _host: str) -> Mapping[str, Any]:
    return {
        "contract_number": f"{chance.randint(10, 480)}/{arrived.year}",
        "contract_on": arrived - _EARLIER,
        "position": chance.choice(_POSTS),
    }


def _business(chance: Random, arrived: date, host: str) -> Mapping[str, Any]:
    return {
        "company_name": host,
        "petition_number": f"Қ-{chance.randint(10, 99)}",
        "petition_on": arrived - _EARLIER,
    }


def _family(chance: Random, _arrived: date, host: str) -> Mapping[str, Any]:
    return {"relative_name": host, "kinship_number": f"{chance.randint(1000, 9999)}"}


def _kandas(chance: Random, _arrived: date, _host: str) -> Mapping[str, Any]:
    return {"wanted_place": "551010000", "citizen_before": chance.random() < 0.1}


def _refuge(chance: Random, arrived: date, _host: str) -> Mapping[str, Any]:
    return {"danger_known_on": arrived - _LATE, "petition_language": chance.choice(("дари", "пушту"))}


_DETAILS: Mapping[str, Callable[[Random, date, str], Mapping[str, Any]]] = {
    "study": _study,
    "work": _work,
    "business": _business,
    "family": _family,
    "kandas": _kandas,
    "refuge": _refuge,
}


def _picture(desk: Desk, person: Person, number: int) -> None:
    """A drawn portrait as photo; for some also the page of the passport."""
    face = portrait(number)
    scan = attachments.look_at(face, "photo.jpg")
    photos.save_photo(desk, person.uid, scan, Cut(Shape.SMALL, photos.open_picture(scan).proportion))
    held = desk.store.live(TravelDocument, person=person.uid, limit=1)
    if number < _SCANNED and held:
        name = f"{person.surname_latin} {person.given_latin}"
        lines = (
            f"P<{held[0].issuer}{name.replace(' ', '<<')}"[:44].ljust(44, "<"),
            held[0].number.ljust(44, "<"),
        )
        page = attachments.look_at(passport_page(name, lines, face), "passport.pdf")
        attachments.attach(desk, person.uid, (page,), "passport")


def _appoint(desk: Desk, people: list[str]) -> None:
    """Two working days of the board; on the present one somebody was served and somebody waits."""
    days = (desk.today + timedelta(n) for n in range(_AHEAD))
    free = [(day, slot) for day in days for slot in appointments.board(desk, day).slots[:_A_DAY:2]]
    with desk.write(Op.MAKE_SAMPLE) as tx:
        for number, (uid, (day, slot)) in enumerate(zip(people, free[:_VISITS], strict=False)):
            person = desk.store.get(Person, uid)
            service = _SERVICES[number % len(_SERVICES)]
            visit = Appointment(
                number=desk.next_number(tx, "V", 5),
                person=uid,
                name=person.full_name,
                phone=person.phone,
                day=day,
                at=slot.at,
                minutes=get_hours(desk).minutes,
                window=slot.window,
                service=service,
                purpose="" if service else "Мекенжайды тіркеу",
                state=_STATES.get(number, VisitState.DUE) if day == desk.today else VisitState.DUE,
            )
            tx.put(visit)
