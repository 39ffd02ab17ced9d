"""Travel documents of a person: written, corrected, annulled; nothing is deleted."""

from __future__ import annotations

from dataclasses import replace

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import spec
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.mrz import read_mrz
from migdesk.domain.person import Person, TravelDocument
from migdesk.i18n import N_
from migdesk.services import checks, panels
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.lists import read_list
from migdesk.services.people import growth, people
from migdesk.services.people.zones import ZONE_SAYS
from migdesk.services.reasons import reason
from migdesk.store import people as shelf
from migdesk.store.writer import Tx

_OF_DOCUMENT = "document."
_ZONE_SAYS = ("number", "issuer", "expires_on")


def get_document(desk: Desk, uid: str) -> TravelDocument:
    """A document that counts, by its uid.

    Raises:
        NotFound: none has it, or it is annulled.
    """
    found = desk.store.get(TravelDocument, uid)
    if found.is_annulled:
        raise NotFound(uid)
    return found


def save_document(desk: Desk, document: TravelDocument) -> Done[TravelDocument]:
    """Write a corrected document of a person, or a new one; his arrivals become as complete as that makes them.

    Raises:
        NotFound: there is no such person.
        Invalid: what is wrong, field by field; or the person has this document already.
        Stale: it was changed since it was read.
    """

    def check() -> list[Finding]:
        return check_document(desk, desk.store.get(Person, document.person or ""), document)

    with checked_op(desk, Op.SAVE_DOCUMENT, check) as (tx, findings):
        saved = tx.put(document)
        _settle(tx, desk.store.get(Person, document.person or ""))
    return Done(saved, tx.changes, tuple(findings))


def annul_document(desk: Desk, document: TravelDocument, why: str) -> Done[TravelDocument]:
    """Take a document that was written by mistake out of account; arrivals under it go over to another of his.

    Raises:
        Invalid: no reason is given.
        Stale: it was changed since it was read.
    """
    why = reason(why)
    with desk.write(Op.ANNUL_DOCUMENT) as tx:
        person = desk.store.get(Person, document.person or "")
        held = shelf.documents_of(desk.store, person.uid, desk.today)
        kept = [one for one in held if one.uid != document.uid]
        saved = tx.annul(document, why)
        for arrival in tx.live(Arrival, person=person.uid, document=document.uid):
            settled = growth.arrival_with_state(person, kept, arrival, panels.details_of(tx, arrival))
            tx.put(settled, document=kept[0].uid if kept else None)
        _settle(tx, person)
    return Done(saved, tx.changes)


def check_document(desk: Desk, person: Person, document: TravelDocument) -> list[Finding]:
    """What is wrong or odd about one document of a person; fields are those of the document."""
    found = [
        replace(one, field=one.field.removeprefix(_OF_DOCUMENT))
        for one in checks.check_person(desk, person, (document,))
        if one.field and one.field.startswith(_OF_DOCUMENT)
    ]
    return [*found, *_held_twice(desk, document), *_against_zone(desk, document)]


def _held_twice(desk: Desk, document: TravelDocument) -> list[Finding]:
    """One paper is one line of one file; a number that somebody else has too is looked at again."""
    same = desk.store.live(TravelDocument, number=document.number) if document.number else []
    for other in same:
        if other.uid == document.uid or (other.kind, other.issuer) != (document.kind, document.issuer):
            continue
        if other.person == document.person:
            return [block("same_document", N_("This document is in the file already."), "number")]
        name = desk.store.get(Person, other.person or "").full_name
        return [warn("held_by_other", N_("{name} has a document of this number too."), "number", name=name)]
    return []


def _against_zone(desk: Desk, document: TravelDocument) -> list[Finding]:
    """A warning for each field that the kept machine-readable zone says otherwise."""
    if not document.mrz:
        return []
    reading = read_mrz(document.mrz, desk.today, frozenset(read_list("countries")))
    if not reading.valid:
        return [warn("zone_unsound", N_("The check digits of the machine-readable zone do not fit."), "mrz")]
    found = []
    for name in _ZONE_SAYS:
        told, given = getattr(reading, name), getattr(document, name)
        if told and told != given:
            field = spec(TravelDocument, name).field
            found.append(warn("zone_differs", ZONE_SAYS, name, told=desk.lists.show(field, told)))
    return found


def _settle(tx: Tx, person: Person) -> None:
    held = tx.live(TravelDocument, person=person.uid)
    people.settle_arrivals(tx, tx.put(growth.settled(tx, person, held, changed=True)), held)
