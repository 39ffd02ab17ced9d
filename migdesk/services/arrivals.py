"""Arrivals and departures: a whole family in one op, with the terms that begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, refuse_if_blocked
from migdesk.domain.finding import Finding, block
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Completeness, Family, Membership, Person, TravelDocument
from migdesk.domain.record import missing
from migdesk.domain.terms import NOTICE_TERM, REGISTRATION_TERM
from migdesk.i18n import N_
from migdesk.services import checks, facts, people
from migdesk.services.checks import WithIin
from migdesk.services.desk import Desk
from migdesk.store import people as shelf
from migdesk.store.writer import Tx

HEAD = "head"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a family that arrives: his own data; the rest is entered once for all."""

    person: Person
    documents: tuple[TravelDocument, ...] = ()
    relation: str = ""


@dataclass(frozen=True, slots=True)
class ArrivalDraft:
    """What the intake screen, a workbook row or a JSON file hands over. The first member is the head."""

    members: tuple[Member, ...]
    arrival: Arrival
    address: Address | None = None
    host: Party | None = None
    host_address: Address | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """What a registration made."""

    arrivals: tuple[Arrival, ...]
    people: tuple[Person, ...]
    family: Family | None


def check_draft(
    desk: Desk, draft: ArrivalDraft, *, duplicates: bool = True, with_iin: WithIin | None = None
) -> list[Finding]:
    """Everything that can be said before saving; fields of the n-th member are named `members.n.field`.

    `with_iin` answers who has an IIN for callers who asked for many at once; the register does otherwise.
    """
    findings: list[Finding] = []
    if not draft.members:
        findings.append(block("missing", N_("There is nobody to register."), "members"))
    findings += _placed(checks.check_arrival(desk, draft.arrival), "arrival")
    if draft.address:
        address = [*missing(draft.address), *checks.check_codes(desk, draft.address)]
        findings += _placed(address, "address")
    if draft.host:
        findings += check_host(desk, draft.host, draft.host_address)
    for number, member in enumerate(draft.members):
        found = checks.check_person(desk, member.person, member.documents, with_iin=with_iin)
        if number and not member.relation:
            found.append(block("missing", N_("The relation to the head is not given."), "relation"))
        elif member.relation and not desk.lists.has("relations", member.relation):
            found.append(
                block("unknown_code", N_("“{code}” is not in the list."), "relation", code=member.relation)
            )
        findings += _placed(found, f"members.{number}")
    findings += _same_twice(draft)
    findings += _legal(desk, draft)
    if duplicates:
        findings += warn_of_duplicates(desk, draft)
    return findings


def check_host(desk: Desk, host: Party, address: Address | None = None) -> list[Finding]:
    """What is wrong or odd about the host of a draft; fields are named `host.field`."""
    return _placed(checks.check_party(desk, host, address), "host")


def _legal(desk: Desk, draft: ArrivalDraft) -> list[Finding]:
    """What the law says: remarks on the arrival once, remarks on a person at the person."""
    found: dict[tuple[str, str], Finding] = {}
    arrival = with_terms(desk, draft.arrival)
    for number, member in enumerate(draft.members):
        for one in facts.ask_about_arrival(desk, arrival, member.person, member.documents):
            own = one.field in ("iin", "expires_on")
            place = f"members.{number}" if own else "arrival"
            found.setdefault((one.code, place), *_placed([one], place))
    return list(found.values())


def warn_of_duplicates(desk: Desk, draft: ArrivalDraft) -> list[Finding]:
    """A warning for each new member who may be in the register already."""
    findings = []
    for number, member in enumerate(draft.members):
        if member.person.rev == 0:
            likely = people.likely_same(desk, member.person, member.documents)
            findings += _placed(people.warn_of_likely(likely), f"members.{number}")
    return findings


def with_terms(desk: Desk, arrival: Arrival) -> Arrival:
    """The arrival with the due dates of the notice and of the registration by the immigrant."""
    notice, registration = _due_dates(desk, arrival)
    return replace(arrival, notice_due=notice, registration_due=registration)


def _due_dates(desk: Desk, arrival: Arrival) -> tuple[date | None, date | None]:
    arrived, entered = arrival.arrived_on, arrival.entered_on
    return (
        checks.find_due(desk, NOTICE_TERM, arrived) if arrived else None,
        checks.find_due(desk, REGISTRATION_TERM, entered) if entered else None,
    )


def register_arrival(desk: Desk, draft: ArrivalDraft, *, duplicates: bool = True) -> Done[Registered]:
    """Put a person or a family in the register, with everything that came along, as one op.

    Raises:
        Invalid: what is wrong, member by member and field by field; nothing was written.
    """
    findings = check_draft(desk, draft, duplicates=duplicates)
    refuse_if_blocked(findings)
    with desk.write(Op.REGISTER_ARRIVAL) as tx:
        made = write_draft(desk, tx, draft)
    return Done(made, tx.changes, tuple(findings))


def write_draft(desk: Desk, tx: Tx, draft: ArrivalDraft) -> Registered:
    """Write a checked draft inside an op that is being written."""
    address = tx.put(draft.address).uid if draft.address else draft.arrival.address
    host = _write_host(tx, draft) or draft.arrival.host
    return write_members(desk, tx, draft, address=address, host=host)


def write_members(
    desk: Desk, tx: Tx, draft: ArrivalDraft, *, address: str | None, host: str | None
) -> Registered:
    """Write the people of a checked draft and their arrivals; address and host are in the register already."""
    notice, registration = _due_dates(desk, draft.arrival)
    placed = replace(
        draft.arrival, address=address, host=host, notice_due=notice, registration_due=registration
    )
    written = [_write_member(tx, member) for member in draft.members]
    family = _write_family(tx, draft, written)
    arrivals = []
    for (person, document), member in zip(written, draft.members, strict=True):
        held = member.documents or ((document,) if document else ())
        arrival = tx.put(
            placed,
            number=arrival_number(desk, tx),
            person=person.uid,
            document=document.uid if document else None,
            family=family.uid if family else placed.family,
            from_country=placed.from_country or person.exit_country or person.citizenship,
            state=checks.completeness(person, held, placed)[0],
        )
        arrivals.append(arrival)
        _write_stay(tx, arrival, is_known=member.person.rev > 0)
    return Registered(tuple(arrivals), tuple(person for person, _document in written), family)


def arrival_number(desk: Desk, tx: Tx) -> str:
    """The next register number: office, year, counter."""
    series = f"arrival/{desk.office.code}/{desk.today.year}"
    return f"{desk.office.code}-{desk.today.year}-{tx.next_number(series):06d}"


def register_departure(desk: Desk, departure: Departure) -> Done[Departure]:
    """Record that a person left; closes his arrival, and his stay when he left the country.

    Raises:
        Invalid: no such arrival, or dates that contradict.
    """
    findings = [*missing(departure), *checks.check_codes(desk, departure)]
    arrival = desk.store.find(Arrival, departure.arrival) if departure.arrival else None
    left = departure.left_on
    if left and left > desk.today:
        findings.append(block("in_future", N_("The day of departure is in the future."), "left_on"))
    if arrival and arrival.arrived_on and left and left < arrival.arrived_on:
        findings.append(block("before_start", N_("The person left before arriving."), "left_on"))
    if departure.arrival and arrival is None:
        findings.append(block("not_found", N_("There is no such arrival."), "arrival"))
    refuse_if_blocked(findings)
    with desk.write(Op.REGISTER_DEPARTURE) as tx:
        number = tx.next_number(f"departure/{desk.office.code}/{desk.today.year}")
        saved = tx.put(replace(departure, number=f"{desk.office.code}-D{desk.today.year}-{number:06d}"))
        if arrival:
            tx.put(replace(arrival, left_on=left))
        if departure.kind is not DepartureKind.ADDRESS:
            _close_stays(tx, departure.person or "", left)
    return Done(saved, tx.changes, tuple(findings))


def correct_arrival(desk: Desk, arrival: Arrival) -> Done[Arrival]:
    """Write a corrected arrival; what follows from it is computed again, the old values stay in the journal.

    Raises:
        Invalid: what is wrong.
        Stale: it was changed since it was read.
    """
    person = desk.store.get(Person, arrival.person or "")
    documents = shelf.documents_of(desk.store, person.uid)
    corrected = with_terms(desk, arrival)
    if corrected.state in (Completeness.INCOMPLETE, Completeness.COMPLETE):
        corrected = replace(corrected, state=checks.completeness(person, documents, corrected)[0])
    findings = checks.check_arrival(desk, corrected)
    findings += facts.ask_about_arrival(desk, corrected, person, documents)
    refuse_if_blocked(findings)
    with desk.write(Op.CORRECT_ARRIVAL) as tx:
        saved = tx.put(corrected)
    return Done(saved, tx.changes, tuple(findings))


def _placed(findings: Iterable[Finding], place: str) -> list[Finding]:
    return [replace(one, field=f"{place}.{one.field}" if one.field else place) for one in findings]


def _same_twice(draft: ArrivalDraft) -> list[Finding]:
    """One IIN or document on two members is a slip of the hand."""
    findings, seen = [], set[str]()
    for number, member in enumerate(draft.members):
        marks = [member.person.iin, *(f"{one.issuer}{one.number}" for one in member.documents)]
        if any(mark in seen for mark in marks if mark):
            findings.append(block("same_twice", N_("Two members have the same number."), f"members.{number}"))
        seen.update(mark for mark in marks if mark)
    return findings


def _write_host(tx: Tx, draft: ArrivalDraft) -> str | None:
    """The uid of the draft's host: of the party with the same number when the register has it."""
    if draft.host is None:
        return None
    if draft.host.rev == 0 and draft.host.number:
        known = tx.select(Party, "number = ? AND annulled_on IS NULL", (draft.host.number,))
        if known:
            return known[0].uid
    address = tx.put(draft.host_address).uid if draft.host_address else draft.host.address
    return tx.put(draft.host, address=address).uid


def _write_member(tx: Tx, member: Member) -> tuple[Person, TravelDocument | None]:
    person = tx.put(member.person)
    is_known = member.person.rev > 0
    held = tx.select(TravelDocument, "person = ? AND annulled_on IS NULL", (person.uid,)) if is_known else []
    known = {(one.kind, one.number): one for one in held}
    documents = [
        tx.put(one, person=person.uid)
        if one.rev > 0 or (one.kind, one.number) not in known
        else known[one.kind, one.number]
        for one in member.documents
    ]
    kept = documents or held
    return person, kept[0] if kept else None


def _write_family(
    tx: Tx, draft: ArrivalDraft, written: list[tuple[Person, TravelDocument | None]]
) -> Family | None:
    if len(written) < 2:
        return None
    family = tx.put(Family(head=written[0][0].uid, formed_on=draft.arrival.arrived_on))
    for number, ((person, _document), member) in enumerate(zip(written, draft.members, strict=True)):
        relation = member.relation if number else HEAD
        tx.put(
            Membership(
                family=family.uid, person=person.uid, relation=relation, since=draft.arrival.arrived_on
            )
        )
    return family


def _write_stay(tx: Tx, arrival: Arrival, *, is_known: bool) -> None:
    """The stay that begins with a crossing; a known person's crossing may be in the register already."""
    if arrival.entered_on is None:
        return
    same = "person = ? AND entered_on = ? AND annulled_on IS NULL"
    if is_known and tx.select(Stay, same, (arrival.person, arrival.entered_on.isoformat())):
        return
    tx.put(
        Stay(
            person=arrival.person,
            entered_on=arrival.entered_on,
            basis=arrival.basis,
            valid_until=arrival.stay_until,
            arrival=arrival.uid,
        )
    )


def _close_stays(tx: Tx, person: str, left: date | None) -> None:
    for stay in tx.select(Stay, "person = ? AND left_on IS NULL AND annulled_on IS NULL", (person,)):
        if left and stay.entered_on and left < stay.entered_on:
            raise Invalid([block("before_start", N_("The person left before entering."), "left_on")])
        tx.put(replace(stay, left_on=left))
