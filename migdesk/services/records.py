"""Records as people look at them: one with everything around it, read in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case, CaseState
from migdesk.domain.change import Change, Entry
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import Field, Ref, specs
from migdesk.domain.finding import Finding, Source
from migdesk.domain.party import Address, Party
from migdesk.domain.permit import Permit
from migdesk.domain.person import Membership, Person, TravelDocument
from migdesk.domain.printout import Printout
from migdesk.domain.quota import Quota, Reservation
from migdesk.domain.record import Record
from migdesk.domain.register import BY_TABLE
from migdesk.domain.scan import Attachment
from migdesk.domain.terms import ClosedTerm, OpenTerm
from migdesk.i18n import _, pick
from migdesk.services import owed, panels, waiting_fees
from migdesk.services.arrivals import crowding, verifying
from migdesk.services.arrivals.verifying import Verified
from migdesk.services.cases import case_file
from migdesk.services.cases.case_file import CaseFile
from migdesk.services.desk import Desk
from migdesk.services.facts.members import household
from migdesk.services.laws import explaining
from migdesk.services.payments import fees
from migdesk.services.people import attachments, growth, notes, shielded
from migdesk.services.people.growth import Growth
from migdesk.services.terms import ended_terms
from migdesk.services.upkeep import journal
from migdesk.store import journal as book
from migdesk.store import people as shelf
from migdesk.store import terms


@dataclass(frozen=True, slots=True)
class ArrivalFile:
    """An arrival with who came, who came along, where to, with whom, what is due, and what is missing."""

    arrival: Arrival
    person: Person
    document: TravelDocument | None
    address: Address | None
    host: Party | None
    companions: tuple[tuple[Arrival, Person], ...]
    at_address: int
    terms: tuple[OpenTerm, ...]
    growth: Growth
    details: Mapping[str, Any]
    verified: Verified | None
    closed: tuple[ClosedTerm, ...] = ()

    @property
    def lacking(self) -> tuple[str, ...]:
        """The English labels of what is missing for an official paper."""
        return self.growth.labels


@dataclass(frozen=True, slots=True)
class GroundWords:
    """A legal ground of a decision: code, decision, words, clause, and the act it stands in."""

    code: str
    decision: str
    title: str
    clause: str
    source: Source


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case's file with its employer, its permits, its open term, and the law behind its grounds.

    `relatives` are whom it may be for, once decided whom it was for; `asked` is what its sums ask for still.
    """

    file: CaseFile
    relatives: tuple[tuple[Membership, Person], ...]
    party: Party | None
    permits: tuple[Permit, ...]
    terms: tuple[OpenTerm, ...]
    grounds: tuple[GroundWords, ...]
    source: Source
    gives_permit: bool
    scans: tuple[Attachment, ...]
    asked: Mapping[str, tuple[str, ...]]
    waiting: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PermitFile:
    """A permit with its holder, employer, case, quota unit, and the permits before and after it."""

    permit: Permit
    person: Person
    employer: Party | None
    case: Case | None
    before: Permit | None
    after: Permit | None
    unit: Reservation | None
    pot: Quota | None
    terms: tuple[OpenTerm, ...]
    waits: Finding | None = None
    """Why it is not handed out yet."""


@dataclass(frozen=True, slots=True)
class PrintoutFile:
    """A printed paper, the record it is about, its other copies, and the number of the paper that replaced it."""

    printout: Printout
    about: Record | None
    person: Person | None
    copies: tuple[Printout, ...]
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class FieldChange:
    """One field of one record: its English label, and what it was and is, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, repr=False)
class RecordChange:
    """What an op did to one record: English title of its kind, its name or number, and its fields."""

    title: str
    name: str
    table: str
    uid: str
    created: bool
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class OpFile:
    """One line of the journal with what it changed; `more` records are not spelled out."""

    entry: Entry
    changes: tuple[RecordChange, ...]
    more: int
    undoable: bool


def open_arrival(desk: Desk, uid: str) -> ArrivalFile:
    """An arrival with everything its file shows.

    Raises:
        NotFound: no such arrival.
    """
    store = desk.store
    arrival = store.get(Arrival, uid)
    person = store.get(Person, arrival.person or "")
    documents = shelf.documents_of(store, person.uid, desk.today)
    document = next((one for one in documents if one.uid == arrival.document), None)
    details = panels.details_of(store, arrival)
    address = store.find(Address, arrival.address) if arrival.address else None
    return ArrivalFile(
        arrival=growth.arrival_with_state(person, documents, arrival, details),
        person=person,
        document=document or (documents[0] if documents else None),
        address=address,
        host=store.find(Party, arrival.host) if arrival.host else None,
        companions=tuple(_companions(desk, arrival)),
        at_address=crowding.count_living(desk, address) if address else 0,
        terms=tuple(one for one in terms.terms_of(store, person.uid) if one.record_uid == arrival.uid),
        growth=growth.of_arrival(person, documents, arrival, details),
        details=details,
        verified=verifying.find_verified(desk, arrival),
        closed=tuple(ended_terms.of_arrival(desk, arrival)),
    )


def open_case(desk: Desk, uid: str) -> CaseView:
    """A case with everything its file shows.

    Raises:
        NotFound: no such case, or its service did not exist on the day of filing.
    """
    store = desk.store
    file = case_file.open_file(desk, uid)
    case = file.case
    service = desk.get_procedure(case.service, case.applied_on or desk.today)
    return CaseView(
        file=file,
        relatives=tuple(_relatives(desk, file)),
        party=store.find(Party, case.party) if case.party else None,
        permits=tuple(store.live(Permit, case=case.uid)),
        terms=tuple(_terms_of(desk, case)),
        grounds=tuple(
            GroundWords(one.code, one.decision, pick(one.title), pick(one.clause), one.citation.source)
            for one in service.grounds
        ),
        source=service.citation.source,
        gives_permit=any(one.permit for one in service.decisions),
        scans=tuple(attachments.list_of(desk, case.uid)),
        asked=owed.asked(desk, case, service) if case.state is CaseState.OPEN else {},
        waiting=tuple(waiting_fees.check_case(desk, case)),
    )


def open_permit(desk: Desk, uid: str) -> PermitFile:
    """A permit with everything its file shows.

    Raises:
        NotFound: no such permit.
    """
    store = desk.store
    permit = store.get(Permit, uid)
    unit = store.find(Reservation, permit.reservation) if permit.reservation else None
    after = store.live(Permit, extends=uid)
    return PermitFile(
        permit=permit,
        person=store.get(Person, permit.person or ""),
        employer=store.find(Party, permit.employer) if permit.employer else None,
        case=store.find(Case, permit.case) if permit.case else None,
        before=store.find(Permit, permit.extends) if permit.extends else None,
        after=after[0] if after else None,
        unit=unit,
        pot=store.find(Quota, unit.quota) if unit and unit.quota else None,
        terms=tuple(one for one in terms.terms_of(store, permit.person or "") if one.record_uid == uid),
        waits=fees.not_issued(desk, permit) if permit.runs else None,
    )


def open_printout(desk: Desk, uid: str) -> PrintoutFile:
    """A line of the print register.

    Raises:
        NotFound: no such paper.
    """
    store = desk.store
    printout = store.get(Printout, uid)
    about = _about(desk, printout.about)
    holder = about.uid if isinstance(about, Person) else getattr(about, "person", None)
    copies = store.live(Printout, number=printout.number) if printout.number else []
    newer = store.live(Printout, replaces=printout.number, limit=1) if printout.number else []
    return PrintoutFile(
        printout,
        about,
        store.find(Person, holder) if holder else None,
        tuple(one for one in copies if one.uid != uid),
        newer[0].number if newer else "",
    )


def open_op(desk: Desk, uid: str, *, limit: int = 40) -> OpFile:
    """A line of the journal with its first changed records, field by field.

    Raises:
        NotFound: no such line.
    """
    entry = book.find_entry(desk.store, uid)
    if entry is None:
        raise NotFound(uid)
    last = journal.find_undoable(desk)
    return OpFile(
        entry=entry,
        changes=tuple(_told(desk, one) for one in book.changes_of(desk.store, uid, limit)),
        more=max(entry.changes - limit, 0),
        undoable=last is not None and last.uid == uid,
    )


def _terms_of(desk: Desk, case: Case) -> list[OpenTerm]:
    known = terms.terms_of(desk.store, case.person or "", desk.today)
    return [one for one in known if one.record_uid == case.uid]


def _relatives(desk: Desk, file: CaseFile) -> list[tuple[Membership, Person]]:
    known = household(desk, file.case)
    if file.case.state is CaseState.OPEN:
        return known
    places = {person.uid: membership for membership, person in known}
    return [(places.get(one.uid, Membership()), one) for one in file.people]


def _companions(desk: Desk, arrival: Arrival) -> list[tuple[Arrival, Person]]:
    """Others of the same family who came on the same day."""
    if not arrival.family or arrival.arrived_on is None:
        return []
    found = desk.store.live(Arrival, family=arrival.family, arrived_on=arrival.arrived_on)
    return [(one, desk.store.get(Person, one.person or "")) for one in found if one.uid != arrival.uid]


def _about(desk: Desk, uid: str) -> Record | None:
    try:
        return explaining.get_record(desk, uid)
    except NotFound:
        return None


def _told(desk: Desk, change: Change) -> RecordChange:
    cls = BY_TABLE[change.table]
    if notes.is_hidden(desk, rec := desk.store.find(cls, change.uid)) or shielded.hides(desk, rec):
        return RecordChange(cls.title, _(cls.title), change.table, change.uid, change.created, ())
    fields = []
    for one in specs(cls):
        if one.name not in change.after and one.name not in change.before:
            continue
        before, after = change.before.get(one.name), change.after.get(one.name)
        if before != after and not (before in (None, "") and after in (None, "")):
            fields.append(
                FieldChange(one.field.label, _words(desk, one.field, before), _words(desk, one.field, after))
            )
    return RecordChange(
        cls.title, _name(desk, change.uid, cls), change.table, change.uid, change.created, tuple(fields)
    )


def _words(desk: Desk, field: Field, stored: object) -> str:
    """A stored value as a person reads it; another record by its name."""
    if stored in (None, ""):
        return ""
    if isinstance(field, Ref):
        cls = BY_TABLE.get(field.to)
        return _name(desk, str(stored), cls) if cls else ""
    return desk.lists.show(field, field.from_sql(stored))


def _name(desk: Desk, uid: str, cls: type[Record]) -> str:
    """What people call a record: a name, else a number, else the title of its kind."""
    found = desk.store.find(cls, uid)
    if isinstance(found, Person):
        return found.full_name
    if isinstance(found, Address):
        return ", ".join(part for part in (desk.lists.place_text(found.place), found.line) if part)
    for attribute in ("name", "number", "code", "key"):
        if words := str(getattr(found, attribute, "") or ""):
            return words
    return _(cls.title)
