"""Verified: somebody compared a complete file with the papers and says so; who and when stands in the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Refused
from migdesk.domain.finding import block
from migdesk.domain.person import Completeness, Person
from migdesk.i18n import N_, _
from migdesk.services import panels
from migdesk.services.desk import Desk
from migdesk.services.people import growth
from migdesk.services.people.growth import Growth
from migdesk.store import journal
from migdesk.store import people as shelf

_VERIFIED = Completeness.VERIFIED


@dataclass(frozen=True, slots=True)
class Verified:
    """By whom and when (UTC, ISO) a file was verified."""

    operator: str
    at: str


def verify_person(desk: Desk, uid: str) -> Done[Person]:
    """Mark a person's complete file as compared with the papers.

    Raises:
        NotFound: nobody has this uid.
        Refused: something is missing, or it is verified already.
    """
    person = desk.store.get(Person, uid)
    documents = shelf.documents_of(desk.store, uid, desk.today)
    last = growth.last_arrival(desk.store, uid)
    details = panels.details_of(desk.store, last) if last else None
    _refuse(growth.of_file(person, documents, last, details), person.state)
    with desk.write(Op.VERIFY_FILE) as tx:
        saved = tx.put(replace(person, state=_VERIFIED))
    return Done(saved, tx.changes)


def verify_arrival(desk: Desk, uid: str) -> Done[Arrival]:
    """Mark a complete arrival as compared with the papers, and with it its person's file.

    Raises:
        NotFound: no such arrival.
        Refused: something is missing, or it is verified already.
    """
    arrival = desk.store.get(Arrival, uid)
    person = desk.store.get(Person, arrival.person or "")
    documents = shelf.documents_of(desk.store, person.uid, desk.today)
    details = panels.details_of(desk.store, arrival)
    _refuse(growth.of_arrival(person, documents, arrival, details), arrival.state)
    with desk.write(Op.VERIFY_FILE) as tx:
        tx.put(replace(person, state=_VERIFIED))
        saved = tx.put(replace(arrival, state=_VERIFIED))
    return Done(saved, tx.changes)


def find_verified(desk: Desk, record: Person | Arrival) -> Verified | None:
    """Who verified a file that counts as verified now, and when."""
    if record.state is not _VERIFIED:
        return None
    for entry in journal.entries_of(desk.store, [record.uid]):
        changes = journal.changes_of(desk.store, entry.uid, record=record.uid)
        if any(one.after.get("state") == _VERIFIED.value for one in changes):
            return Verified(entry.operator, entry.at)
    return None


def _refuse(grown: Growth, state: Completeness | None) -> None:
    if state is _VERIFIED:
        raise Refused([block("verified_already", N_("This file is verified already."), "state")])
    if grown.lacking:
        labels = ", ".join(_(label) for label in grown.labels)
        message = N_("Only a complete file can be verified. Missing: {labels}.")
        raise Refused([block("incomplete", message, "state", labels=labels)])
