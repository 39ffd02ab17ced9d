"""Arrivals: a whole family in one op, with the terms that begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Done, Op
from migdesk.domain.current_document import current_of
from migdesk.domain.earlier import Earlier
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.finding import Finding, block
from migdesk.domain.kin import Began
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Family, Membership, Person, TravelDocument
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.services import checks, panels, stay_ends
from migdesk.services.arrivals import crowding, earlier, parties
from migdesk.services.checked_ops import checked_op
from migdesk.services.checks import WithIin
from migdesk.services.desk import Desk
from migdesk.services.facts import facts
from migdesk.services.people import growth, kinship, people, spellings
from migdesk.services.stays import crossings, overlaps
from migdesk.services.stoplists import stop_checks
from migdesk.services.terms.arrival_terms import grounded, with_terms
from migdesk.store import people as shelf
from migdesk.store.writer import Tx

HEAD = "head"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a family that arrives: his own data; the rest is entered once for all."""

    person: Person
    documents: tuple[TravelDocument, ...] = ()
    relation: str = ""
    details: tuple[tuple[str, Any], ...] = ()
    """His own values of the purpose's fields, over those of all."""
    apart: bool = False
    """Somebody said that he is another person than the one in the register who looks the same."""
    earlier: Earlier | None = None
    """Of somebody known: what becomes of an arrival that is still open."""


@dataclass(frozen=True, slots=True)
class ArrivalDraft:
    """What the intake screen, a workbook row or a JSON file hands over. The first member is the head."""

    members: tuple[Member, ...]
    arrival: Arrival
    address: Address | None = None
    host: Party | None = None
    host_address: Address | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """Values of the purpose's own fields by key; of all members."""


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
    findings += panels.check_details(desk, code := panel_of(draft), draft.details)
    if draft.address:
        findings += check_address(desk, draft.address)
    if draft.host:
        findings += check_host(desk, draft.host, draft.host_address)
    for number, member in enumerate(draft.members):
        found = checks.check_person(desk, member.person, member.documents, with_iin=with_iin)
        found += checks.check_birth(member.person, draft.arrival)
        found += panels.check_details(desk, code, dict(member.details))
        if number and not member.relation:
            found.append(block("missing", N_("The relation to the head is not given."), "relation"))
        elif member.relation and not desk.lists.has("relations", member.relation):
            found.append(
                block("unknown_code", N_("“{code}” is not in the list."), "relation", code=member.relation)
            )
        elif number:
            found += kinship.check_kin(desk, member.person, draft.members[0].person, member.relation)
        findings += _placed(found, f"members.{number}")
    for number, one in kinship.check_alike(desk, [member.relation for member in draft.members]):
        findings += _placed([one], f"members.{number}")
    findings += _same_twice(draft)
    findings += _crowd(desk, draft) + _again(desk, draft)
    findings += _legal(desk, draft) + _listed(desk, draft)
    if duplicates:
        findings += warn_of_duplicates(desk, draft)
    return findings


def panel_of(draft: ArrivalDraft) -> str:
    """The purpose whose fields are asked: the arrival's own, or the one for the ground of whoever comes first."""
    citizenship = draft.members[0].person.citizenship if draft.members else ""
    return panels.code_of(grounded(draft.arrival, citizenship))


def _crowd(desk: Desk, draft: ArrivalDraft) -> list[Finding]:
    """A warning when those who come would live with more people than the office's limit allows."""
    address = draft.address or desk.store.find(Address, draft.arrival.address or "")
    if address is None or draft.arrival.rev:
        return []
    return crowding.warn_of_crowd(desk, address, draft.host or draft.arrival.host, len(draft.members))


def _again(desk: Desk, draft: ArrivalDraft) -> list[Finding]:
    """What is odd about those who were registered before, and what has to be said of where they live."""
    address = draft.address or desk.store.find(Address, draft.arrival.address or "")
    found: list[Finding] = []
    for one in draft.members:
        if one.person.rev:
            found += _placed(crossings.remark_again(desk, one.person, draft.arrival), "arrival")
            told = earlier.check(desk, one.person, draft.arrival, address, one.earlier)
            found += [new for new in told if new not in found]
    return found


def check_address(desk: Desk, address: Address) -> list[Finding]:
    """What is wrong with the address of an arrival."""
    return _placed([*faults(address), *checks.check_codes(desk, address)], "address")


def check_host(desk: Desk, host: Party, address: Address | None = None) -> list[Finding]:
    """What is wrong or odd about the host of a draft; fields are named `host.field`."""
    return _placed(checks.check_party(desk, host, address), "host")


def _legal(desk: Desk, draft: ArrivalDraft) -> list[Finding]:
    """What the law says: remarks on the arrival once, remarks on a person at the person."""
    found: dict[tuple[str, str], Finding] = {}
    for number, member in enumerate(draft.members):
        arrival = with_terms(desk, grounded(draft.arrival, member.person.citizenship))
        for one in facts.ask_about_arrival(desk, arrival, member.person, member.documents):
            own = one.field in ("iin", "document.expires_on", "surname")
            place = f"members.{number}" if own else "arrival"
            found.setdefault((one.code, place), *_placed([one], place))
    return list(found.values())


def _listed(desk: Desk, draft: ArrivalDraft) -> list[Finding]:
    """What lists of other bodies say of those who come, each at the person."""
    found: list[Finding] = []
    for number, member in enumerate(draft.members):
        told = stop_checks.at_registration(desk, member.person, member.documents)
        found += _placed(told, f"members.{number}")
    return found


def warn_of_duplicates(desk: Desk, draft: ArrivalDraft) -> list[Finding]:
    """What is said of each new member who may be in the register already; one who surely is stops it."""
    findings = []
    for number, member in enumerate(draft.members):
        if member.person.rev == 0:
            likely = people.likely_same(desk, member.person, member.documents)
            findings += _placed(people.about_likely(likely, apart=member.apart), f"members.{number}")
    return findings


def register_arrival(desk: Desk, draft: ArrivalDraft, *, duplicates: bool = True) -> Done[Registered]:
    """Put a person or a family in the register, with everything that came along, as one op.

    Raises:
        Invalid: what is wrong, member by member and field by field; nothing was written.
        Refused: another window changed the law meanwhile: the terms are to be looked at again.
    """
    desk.refuse_by_old_law()
    check = partial(check_draft, desk, draft, duplicates=duplicates)
    with checked_op(desk, Op.REGISTER_ARRIVAL, check) as (tx, findings):
        before = [tx.find(Person, member.person.uid) for member in draft.members]
        made = write_draft(desk, tx, draft)
        for known, person in zip(before, made.people, strict=True):
            spellings.learn(tx, known, person)
    return Done(made, tx.changes, tuple(findings))


def write_draft(desk: Desk, tx: Tx, draft: ArrivalDraft) -> Registered:
    """Write a checked draft inside an op that is being written."""
    address = tx.put(draft.address).uid if draft.address else draft.arrival.address
    host = _write_host(desk, tx, draft) or draft.arrival.host
    return write_members(desk, tx, draft, address=address, host=host)


def write_members(
    desk: Desk, tx: Tx, draft: ArrivalDraft, *, address: str | None, host: str | None
) -> Registered:
    """Write the people of a checked draft and their arrivals; address and host are in the register already."""
    common = replace(draft.arrival, address=address, host=host)
    asked = [{**draft.details, **dict(member.details)} for member in draft.members]
    written = [
        _write_member(tx, member, common, details)
        for member, details in zip(draft.members, asked, strict=True)
    ]
    family = _write_family(tx, draft, written)
    arrivals, made = [], []
    for (person, document), member, details in zip(written, draft.members, asked, strict=True):
        held = member.documents or ((document,) if document else ())
        is_known = member.person.rev > 0
        answer = member.earlier if is_known else None
        mine = earlier.continued(desk, answer, person.uid, common) if answer else common
        placed = with_terms(desk, grounded(mine, person.citizenship))
        arrival = tx.put(
            placed,
            stay_ends_on=None if is_known else stay_ends.of_new(desk, person.citizenship, placed),
            number=arrival_number(desk, tx),
            person=person.uid,
            document=document.uid if document else None,
            family=family.uid if family else placed.family,
            from_country=placed.from_country or person.exit_country or person.citizenship,
            state=growth.of_arrival(person, held, placed, details).state,
        )
        panels.put_details(tx, arrival, details)
        arrivals.append(arrival)
        if answer:
            earlier.end_others(desk, tx, answer, arrival)
        crossings.write_stay(tx, arrival, is_known=is_known)
        if not is_known:
            tx.stays_of.discard(person.uid)
        # of somebody new this arrival is the only one, and his state was written with him
        made.append(tx.put(growth.settled(tx, person, held)) if is_known else person)
    return Registered(tuple(arrivals), tuple(made), family)


def arrival_number(desk: Desk, tx: Tx) -> str:
    """The next register number: office, year, counter."""
    return desk.next_number(tx, "", 6)


def correct_arrival(
    desk: Desk,
    arrival: Arrival,
    address: Address | None = None,
    details: Mapping[str, Any] | None = None,
) -> Done[Arrival]:
    """Write a corrected arrival; what follows from it is computed again, the old values stay in the journal.

    A new `address` is also that of the family who came along to the old one. Without `details` those of its
    purpose stay; with another purpose the old ones no longer count.

    Raises:
        Invalid: what is wrong.
        Stale: it was changed since it was read.
    """
    person = desk.store.get(Person, arrival.person or "")
    documents = shelf.documents_of(desk.store, person.uid, desk.today)
    arrival = grounded(arrival, person.citizenship)
    moved = replace(arrival, address=desk.new_uid()) if address else arrival
    held = panels.details_of(desk.store, arrival)
    wanted = held if details is None else panels.filled(details)
    before = desk.store.find(Arrival, arrival.uid)
    changed = wanted != held or growth.arrival_changed(before, moved)
    corrected = growth.arrival_with_state(person, documents, with_terms(desk, moved), wanted, changed=changed)
    findings = [*checks.check_arrival(desk, corrected), *checks.check_birth(person, corrected)]
    findings += overlaps.check_corrected(desk, corrected, before)
    findings += facts.ask_about_arrival(desk, corrected, person, documents)
    findings += check_address(desk, address) if address else []
    findings += panels.check_details(desk, panels.code_of(corrected), wanted)
    refuse_if_blocked(findings)
    with desk.write(Op.CORRECT_ARRIVAL) as tx:
        if address:
            tx.put(replace(address, uid=moved.address or "", rev=0))
            together = tx.live(Arrival, family=arrival.family, address=arrival.address)
            for one in together if arrival.family and arrival.address else ():
                if one.uid != arrival.uid and one.arrived_on == arrival.arrived_on:
                    tx.put(one, address=moved.address)
        saved = tx.put(corrected)
        panels.write_details(tx, saved, wanted)
        tx.put(growth.settled(tx, person, documents))
        crossings.correct_stay(tx, saved)
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


def _write_host(desk: Desk, tx: Tx, draft: ArrivalDraft) -> str | None:
    """The uid of the draft's host: of the one whom the register has by this number, or by name and address."""
    if draft.host is None:
        return None
    is_new = draft.host.rev == 0
    if is_new and (known := parties.find_same(desk, draft.host, draft.host_address, draft.address)):
        return known.uid
    address = tx.put(draft.host_address).uid if draft.host_address else draft.host.address
    return tx.put(draft.host, address=address).uid


def _write_member(
    tx: Tx, member: Member, common: Arrival, details: Mapping[str, Any]
) -> tuple[Person, TravelDocument | None]:
    is_known = member.person.rev > 0
    held = tx.live(TravelDocument, person=member.person.uid) if is_known else []
    known = {(one.kind, one.number): one for one in held}
    before = tx.find(Person, member.person.uid) if is_known else None
    is_new = any((one.kind, one.number) not in known for one in member.documents)
    changed = is_new or growth.identity_changed(before, member.person)
    papers, arrival = (*member.documents, *held), grounded(common, member.person.citizenship)
    grown = growth.with_state(member.person, papers, arrival=arrival, details=details, changed=changed)
    person = tx.put(grown)
    documents = [
        tx.put(one, person=person.uid)
        if one.rev > 0 or (one.kind, one.number) not in known
        else known[one.kind, one.number]
        for one in member.documents
    ]
    # what was shown at the counter; a known person who showed nothing new comes under his current document
    return person, documents[0] if documents else current_of(held, tx.today)


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
            began = Began.JOINED if known else None
            place = Membership(
                family=family.uid, person=person.uid, relation=relation, since=since, began=began
            )
            tx.put(place)
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
