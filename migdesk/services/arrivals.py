"""Arrivals and departures: a whole family in one op, with the terms that begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.finding import Finding, block
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Family, Membership, Person, TravelDocument
from migdesk.domain.record import faults
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
        findings += check_address(desk, draft.address)
    if draft.host:
        findings += check_host(desk, draft.host, draft.host_address)
    for number, member in enumerate(draft.members):
        found = checks.check_person(desk, member.person, member.documents, with_iin=with_iin)
        found += checks.check_birth(member.person, draft.arrival)
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


def check_address(desk: Desk, address: Address) -> list[Finding]:
    """What is wrong with the address of an arrival."""
    return _placed([*faults(address), *checks.check_codes(desk, address)], "address")


def check_host(desk: Desk, host: Party, address: Address | None = None) -> list[Finding]:
    """What is wrong or odd about the host of a draft; fields are named `host.field`."""
    return _placed(checks.check_party(desk, host, address), "host")


def _legal(desk: Desk, draft: ArrivalDraft) -> list[Finding]:
    """What the law says: remarks on the arrival once, remarks on a person at the person."""
    found: dict[tuple[str, str], Finding] = {}
    arrival = with_terms(desk, draft.arrival)
    for number, member in enumerate(draft.members):
        for one in facts.ask_about_arrival(desk, arrival, member.person, member.documents):
            own = one.field in ("iin", "document.expires_on")
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
    return desk.next_number(tx, "", 6)


def register_departure(desk: Desk, departure: Departure) -> Done[Departure]:
    """Record that a person left an address: closes that arrival. Who leaves the country leaves every address.

    Raises:
        Invalid: the person is not here, left that address before, or dates contradict.
    """
    findings = [*faults(departure), *checks.check_codes(desk, departure)]
    if departure.left_on and departure.left_on > desk.today:
        findings.append(block("in_future", N_("The day of departure is in the future."), "left_on"))
    arrivals, stays = _ended_by(desk, departure)
    findings += _check_leaving(desk, departure, arrivals, is_here=bool(arrivals or stays))
    refuse_if_blocked(findings)
    with desk.write(Op.REGISTER_DEPARTURE) as tx:
        saved = tx.put(replace(departure, number=desk.next_number(tx, "D", 6)))
        for ended in (*arrivals, *stays):
            tx.put(ended, left_on=departure.left_on)
    return Done(saved, tx.changes, tuple(findings))


def _ended_by(desk: Desk, departure: Departure) -> tuple[list[Arrival], list[Stay]]:
    """The open arrivals and stays that a departure closes; one entered late leaves those of a return alone."""
    person, left = departure.person or "", departure.left_on or desk.today
    here = desk.store.live(Arrival, person=person, left_on=None)
    named = [one for one in here if one.uid == departure.arrival]
    if departure.kind is DepartureKind.ADDRESS:
        return named, []
    others = [one for one in here if one not in named and (one.arrived_on or left) <= left]
    stays = desk.store.live(Stay, person=person, left_on=None)
    return named + others, [one for one in stays if (one.entered_on or left) <= left]


def _check_leaving(
    desk: Desk, departure: Departure, arrivals: list[Arrival], *, is_here: bool
) -> list[Finding]:
    """What contradicts: nobody leaves twice, or before coming."""
    named = next((one for one in arrivals if one.uid == departure.arrival), None)
    if named is None and (departure.arrival or not is_here):
        return [_not_here(desk, departure)]
    came, left = named.arrived_on if named else None, departure.left_on
    if came and left and left < came:
        message = N_("The person left before arriving: that was on {day}.")
        return [block("before_start", message, "left_on", day=show_day(came))]
    return []


def _not_here(desk: Desk, departure: Departure) -> Finding:
    """Why a departure closes no arrival: the person left before, or never came."""
    ended = desk.store.live(Departure, person=departure.person, order="left_on DESC, id DESC")
    of_this = [one for one in ended if departure.arrival in (None, one.arrival)]
    if of_this:
        message = N_("The person left already on {day}, departure {number}.")
        last = of_this[0]
        return block("left_already", message, "arrival", day=show_day(last.left_on), number=last.number)
    return block(
        "not_here", N_("The person is not here by the register: there is no open arrival."), "arrival"
    )


def correct_arrival(desk: Desk, arrival: Arrival, address: Address | None = None) -> Done[Arrival]:
    """Write a corrected arrival; what follows from it is computed again, the old values stay in the journal.

    A new `address` is also that of the family who came along to the old one.

    Raises:
        Invalid: what is wrong.
        Stale: it was changed since it was read.
    """
    person = desk.store.get(Person, arrival.person or "")
    documents = shelf.documents_of(desk.store, person.uid)
    moved = replace(arrival, address=desk.new_uid()) if address else arrival
    corrected = checks.arrival_with_state(person, documents, with_terms(desk, moved))
    findings = [*checks.check_arrival(desk, corrected), *checks.check_birth(person, corrected)]
    findings += facts.ask_about_arrival(desk, corrected, person, documents)
    findings += check_address(desk, address) if address else []
    refuse_if_blocked(findings)
    with desk.write(Op.CORRECT_ARRIVAL) as tx:
        if address:
            tx.put(replace(address, uid=moved.address or "", rev=0))
            together = tx.live(Arrival, family=arrival.family, address=arrival.address)
            for one in together if arrival.family and arrival.address else ():
                if one.uid != arrival.uid and one.arrived_on == arrival.arrived_on:
                    tx.put(one, address=moved.address)
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
        known = tx.live(Party, number=draft.host.number)
        if known:
            return known[0].uid
    address = tx.put(draft.host_address).uid if draft.host_address else draft.host.address
    return tx.put(draft.host, address=address).uid


def _write_member(tx: Tx, member: Member) -> tuple[Person, TravelDocument | None]:
    is_known = member.person.rev > 0
    held = tx.live(TravelDocument, person=member.person.uid) if is_known else []
    person = tx.put(checks.with_state(member.person, (*member.documents, *held)))
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
    """The family that arrives: the one they are in already, with who is new in it; else a new one."""
    people = [person for person, _document in written]
    if len(people) < 2:
        return None
    since = draft.arrival.arrived_on
    known = _known_family(tx, people)
    family = known or tx.put(Family(head=people[0].uid, formed_on=since))
    present = {one.person for one in tx.live(Membership, family=family.uid, until=None)} if known else set()
    for number, (person, member) in enumerate(zip(people, draft.members, strict=True)):
        if person.uid not in present:
            relation = member.relation if number else HEAD
            tx.put(Membership(family=family.uid, person=person.uid, relation=relation, since=since))
    return family


def _known_family(tx: Tx, people: list[Person]) -> Family | None:
    """The present family whose head arrives as the head again, or to which all of them belong.

    Relations are to the head of a family, so nobody new joins one under another head.
    """
    for mine in tx.live(Membership, person=people[0].uid, until=None):
        family = tx.find(Family, mine.family or "")
        present = {one.person for one in tx.live(Membership, family=mine.family, until=None)}
        if family and (family.head == people[0].uid or present >= {one.uid for one in people}):
            return family
    return None


def _write_stay(tx: Tx, arrival: Arrival, *, is_known: bool) -> None:
    """The stay that begins with a crossing; a known person's crossing may be in the register already."""
    if arrival.entered_on is None:
        return
    if is_known and tx.live(Stay, person=arrival.person, entered_on=arrival.entered_on):
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
