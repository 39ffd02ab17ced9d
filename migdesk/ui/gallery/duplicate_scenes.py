"""Pictures of possible duplicates: the work list with two files side by side, and a merged file taken apart.

They write people and a merge: for sample offices alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.arrival import Arrival, Stay
from migdesk.domain.cyrillic import propose
from migdesk.domain.dates import PartialDate
from migdesk.domain.listing import Query
from migdesk.domain.party import Address
from migdesk.domain.person import Person, Sex, TravelDocument
from migdesk.services import listing
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member, register_arrival
from migdesk.services.desk import Desk
from migdesk.services.families import family_events
from migdesk.services.families.family_events import Joining
from migdesk.services.people import duplicates, merging, people
from migdesk.services.stays import crossings
from migdesk.ui.duplicates.apart import ApartDialog
from migdesk.ui.gallery.scenes import file_content, window_over
from migdesk.ui.workplace import Kind

Scene = Callable[[], QWidget]

_FEW = 5


def typed(desk: Desk) -> dict[str, Scene]:
    """Pictures over files that are there twice; all is written at once, before the first window."""
    uids = _write_twice(desk)
    kept, gone = _merge(desk, uids[0])
    double = _write_double(desk)
    return {
        "duplicates-double": functools.partial(_page, desk, double),
        "duplicates": functools.partial(_page, desk, ""),
        "duplicates-person": functools.partial(_page, desk, uids[-1]),
        "duplicates-merged": functools.partial(_merged, desk, kept),
        "duplicates-apart": functools.partial(_apart, desk, gone),
    }


def _write_twice(desk: Desk) -> list[str]:
    """Some people, who are there once more as another clerk wrote them."""
    opened = listing.open_list(desk, Query("people"))
    uids = [opened.uid(row) for row in opened.first(40 * _FEW)[::40]]
    for at, uid in enumerate(uids):
        _copy(desk, people.get_person(desk, uid), at)
    return uids


def _copy(desk: Desk, person: Person, at: int) -> None:
    again = replace(
        person,
        uid="",
        rev=0,
        iin="",
        photo=None,
        surname=propose(person.surname_latin, "icao").title() or person.surname,
        patronymic="",
        phone=f"+7 701 555 00 0{at}",
        job="Павлодар облыстық ауруханасы, мейіргер" if at % 2 else person.job,
    )
    document = people.open_file(desk, person.uid).document
    people.save_person(desk, again, replace(document, uid="", rev=0, person=None) if document else None)


def _merge(desk: Desk, kept: str) -> tuple[str, str]:
    """A file with another merged into it, edited since: both uids."""
    gone = duplicates.pairs_of(desk, kept)[0].other.uid
    merging.merge(desk, kept, gone)
    document = people.open_file(desk, kept).document
    later = replace(document, uid="", rev=0, number="N77001122") if document else None
    people.save_person(desk, replace(people.get_person(desk, kept), email="a.b@example.org"), later)
    return kept, gone


def _write_double(desk: Desk) -> str:
    """One man twice: two open arrivals, two families with a wife each, crossings that overlap."""
    first, second = (_come(desk, line) for line in ("Абай к-сі, 1", "Лермонтов к-сі, 52, 12-пәтер"))
    for uid, name, left in ((first, "Сауле", 20), (second, "Айша", 25)):
        wife = people.save_person(desk, _person(name, Sex.FEMALE)).value.uid
        family_events.join(desk, Joining(wife, "spouse", desk.today, head=uid))
        entered = desk.today - timedelta(90 if left == 20 else 84)
        stay = Stay(person=uid, entered_on=entered, left_on=entered + timedelta(left))
        crossings.register_crossing(desk, stay)
    return first


def _person(given: str, sex: Sex) -> Person:
    return Person(
        surname="Тоқсанбай", given=given, sex=sex, birth_date=PartialDate(1985, 4, 2), citizenship="UZB"
    )


def _come(desk: Desk, line: str) -> str:
    number = f"FA{len(desk.store.live(Person)):07d}"
    paper = TravelDocument(number=number, issuer="UZB", expires_on=desk.today + timedelta(900))
    arrival = Arrival(purpose="work", arrived_on=desk.today - timedelta(len(line) % 7))
    arrival = replace(arrival, entered_on=arrival.arrived_on)
    address = Address(place=desk.office.region, line=line)
    draft = ArrivalDraft((Member(_person("Болат", Sex.MALE), (paper,)),), arrival, address)
    return register_arrival(desk, draft, duplicates=False).value.people[0].uid


def _page(desk: Desk, uid: str) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.duplicates_wanted.emit(uid)
    QApplication.processEvents()
    return window


def _merged(desk: Desk, kept: str) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.PERSON, kept)
    file_content(window)
    return window


def _apart(desk: Desk, gone: str) -> QWidget:
    dialog = ApartDialog(window_over(desk).work, merging.look_apart(desk, gone))
    for line in list(dialog.rows.values())[:1]:
        line.setChecked(True)
    return dialog
