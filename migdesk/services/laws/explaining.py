"""Explain: which rules, on which dates, by which sources and which ops made a record what it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from migdesk.domain.appointment import Appointment
from migdesk.domain.arrival import Arrival, Departure, StayBasis
from migdesk.domain.batch import Batch
from migdesk.domain.case import Case
from migdesk.domain.change import Entry
from migdesk.domain.dates import show_day
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import choice_label, spec
from migdesk.domain.party import Party
from migdesk.domain.payment import Obligation, Payment
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.domain.printout import Printout
from migdesk.domain.protection import NoteViewing, PersonNote, Unaccompanied
from migdesk.domain.quota import Allotment, Quota, Reservation
from migdesk.domain.record import Record
from migdesk.domain.register import RECORDS
from migdesk.domain.terms import ClosedTerm
from migdesk.i18n import N_, _
from migdesk.rules.procedure import EXTEND, GRANT
from migdesk.services import stay_ends
from migdesk.services.desk import Desk
from migdesk.services.payments import fees, obligations
from migdesk.services.people import notes, people
from migdesk.services.stays import prolonged
from migdesk.services.terms import ended_terms
from migdesk.services.terms.arrival_terms import begun_by
from migdesk.store import journal

NUMBERED: tuple[type[Record], ...] = (Arrival, Departure, Case, Permit, Payment, Party, Printout, Batch)
"""Records that people know by their number."""


def get_record(desk: Desk, key: str) -> Record:
    """Any record by its uid, or one that counts by its number; a person also by IIN or document number.

    Raises:
        NotFound: nothing has it.
    """
    for cls in RECORDS:
        found = desk.store.find(cls, key)
        if found and not notes.is_hidden(desk, found):
            return found
    for cls in NUMBERED:
        if named := desk.store.named(cls, key):
            return named
    return people.get_person(desk, key)


def _get_ever(desk: Desk, key: str) -> Record:
    """A record as `get_record` finds it, or the annulled one that had the number: what was done stays told."""
    try:
        return get_record(desk, key)
    except NotFound:
        for cls in NUMBERED:
            if found := desk.store.named(cls, key, ever=True):
                return found
        raise


def entries_about(desk: Desk, key: str) -> list[Entry]:
    """Ops that touched a record, newest first; for a person also those on everything in the file.

    Raises:
        NotFound: nothing has this uid or number.
    """
    rec = _get_ever(desk, key)
    return journal.entries_of(
        desk.store, [rec.uid, *(_file_of(desk, rec) if isinstance(rec, Person) else ())]
    )


def _file_of(desk: Desk, person: Person) -> list[str]:
    file = people.open_file(desk, person.uid)
    parts = (
        file.documents,
        file.arrivals,
        file.departures,
        file.stays,
        file.permits,
        file.cases,
        file.printouts,
    )
    owned = (
        desk.store.live(cls, person=person.uid)
        for cls in (PersonNote, NoteViewing, Unaccompanied, Appointment)
    )
    return [rec.uid for part in (*parts, *owned) for rec in part]


def explain(desk: Desk, key: str) -> dict[str, object]:
    """A record with the rule behind each computed field, and every op that touched it, oldest first.

    Raises:
        NotFound: nothing has this uid or number.
    """
    rec = _get_ever(desk, key)
    return {
        "uid": rec.uid,
        "table": rec.table,
        "title": _(rec.title),
        "number": str(getattr(rec, "number", "")) or None,
        "rules": list(_rules(desk, rec)),
        "changes": [
            _change(desk, rec, entry) for entry in reversed(journal.entries_of(desk.store, [rec.uid]))
        ],
    }


def _rules(desk: Desk, rec: Record) -> Iterator[dict[str, object]]:
    told = _TOLD.get(type(rec))
    return told(desk, rec) if told else iter(())


def _person_rules(desk: Desk, person: Person) -> Iterator[dict[str, object]]:
    """Those of everything in the file, each with the record it is about."""
    for kind in (Arrival, Case, Permit, Payment):
        for owned in desk.store.live(kind, person=person.uid):
            number = {"record": owned.uid, "number": str(getattr(owned, "number", ""))}
            yield from (line | number for line in _rules(desk, owned))


def _arrival_rules(desk: Desk, arrival: Arrival) -> Iterator[dict[str, object]]:
    """The terms that began with it, and the regime of the stay."""
    closed = {f"{one.kind}_due": one for one in ended_terms.of_arrival(desk, arrival)}
    for one in begun_by(arrival):
        line = _term(desk, arrival, one.field, one.code, one.start)
        yield line | _closed(closed[one.field]) if one.field in closed else line
    yield from _stay_rule(desk, arrival)


def _permit_rules(desk: Desk, rec: Permit) -> Iterator[dict[str, object]]:
    """What gave a permit, what moved its end, and the unit of a quota it uses."""
    yield from _given_by(desk, rec)
    person = desk.store.find(Person, rec.person or "")
    if longer := prolonged.of_permit(desk.law, rec, person.citizenship) if person else None:
        for one in longer.by:
            yield _line(rec, "lasts_until", one.code, one.since, one.citation.source.as_json()) | {
                "prolonged": longer.as_json()
            }
    if unit := desk.store.find(Reservation, rec.reservation or ""):
        yield from _quota_rules(desk, unit)


def _given_by(desk: Desk, permit: Permit) -> Iterator[dict[str, object]]:
    """The service that gave a permit, and the longest it may last where the law says so."""
    start, case = permit.valid_from or permit.granted_on, desk.store.find(Case, permit.case or "")
    kind = desk.lists.items("permit_kinds").get(permit.kind)
    code = case.service if case else kind.more.get("service") if kind else None
    service = desk.find_procedure(code, permit.granted_on or start) if code and start else None
    if service is None:
        return
    does = EXTEND if permit.extends else GRANT
    term = next((one.term for one in service.decisions if one.does == does and one.term), None)
    if term:
        yield _term(desk, permit, "valid_until", term, start) | {"service": service.code}
    else:
        yield _line(permit, "kind", service.code, start, service.citation.source.as_json())


def _closed(term: ClosedTerm) -> dict[str, object]:
    """That a term runs no longer, and whether it was missed."""
    words = _(N_("Missed: {what}, due on {due}, {how}.")) if term.is_missed else _(N_("{what}: {how}."))
    return {
        "missed": term.is_missed,
        "closed_on": term.closed_on.isoformat(),
        "closed_by": term.by.value,
        "closed": words.format(what=_(term.title), due=show_day(term.due), how=term.how()),
    }


def _stay_rule(desk: Desk, arrival: Arrival) -> Iterator[dict[str, object]]:
    """The regime by which a stay ends: that of the entry, or of the permit that carries it on."""
    person = desk.store.find(Person, arrival.person or "")
    if person is None or arrival.stay_ends_on is None:
        return
    basis, start = arrival.basis or StayBasis.VISA_FREE, arrival.entered_on or arrival.arrived_on
    if ground := stay_ends.ground_of(desk, person, arrival.stay_ends_on):
        basis, start = ground.basis, ground.since or start
    if start and (regime := desk.law.regime(person.citizenship, basis, start)):
        line = _line(arrival, "stay_ends_on", regime.code, start, regime.citation.source.as_json())
        own, kind = (ground.until, ground.kind) if ground else (arrival.stay_until, None)
        longer = prolonged.of_stay(desk.law, (basis, kind), person.citizenship, own) if own else None
        if longer and longer.lasts == arrival.stay_ends_on:
            line |= {"prolonged": longer.as_json()}
        yield line


def _sum_rule(desk: Desk, payment: Payment) -> Iterator[dict[str, object]]:
    """The rule of a sum and the MRP it was worked out by."""
    on = payment.counted_on
    try:
        source = desk.law.amount_rule(payment.rule, on).citation.source.as_json() if on else None
    except NotFound:
        source = None
    counts = {"given": payment.given, "mrp_count": payment.mrp_count, "mrp": payment.mrp}
    yield _line(payment, "tenge", payment.rule, on, source) | counts


def _payment_rules(desk: Desk, payment: Payment) -> Iterator[dict[str, object]]:
    """The rule of the sum, and the term of a fee; any other sum is due on a day that was named."""
    yield from _sum_rule(desk, payment)
    case, service = fees.filed_with(desk, payment)
    step = fees.step_of(service) if service else None
    if case and step and step.term:
        start, _told = fees.start_of(desk, case, step, payment)
        yield _term(desk, payment, "due_on", step.term, start)


def _obligation_rules(desk: Desk, bound: Obligation) -> Iterator[dict[str, object]]:
    yield _term(desk, bound, "ends_on", obligations.TERM, bound.began_on)


def _case_rules(desk: Desk, case: Case) -> Iterator[dict[str, object]]:
    on = case.applied_on
    if on is None:
        return
    if found := desk.find_procedure(case.service, on):
        yield _line(case, "service", found.code, on, found.citation.source.as_json())
        if found.term:
            yield _term(desk, case, "due_on", found.term, on)


def _quota_rules(desk: Desk, rec: Reservation | Allotment) -> Iterator[dict[str, object]]:
    pot = desk.store.find(Quota, rec.quota or "")
    on = rec.reserved_on if isinstance(rec, Reservation) else rec.given_on
    if pot is None or pot.stream is None or pot.year is None:
        return
    limit = desk.law.quota_limit(pot.stream, pot.region, pot.year, pot.category or None, on)
    if limit:
        yield _line(rec, "units", f"quota.{pot.stream}.{pot.year}", on, limit.citation.source.as_json())


_TOLD: dict[type[Record], Callable[[Desk, Any], Iterator[dict[str, object]]]] = {
    Person: _person_rules,
    Arrival: _arrival_rules,
    Payment: _payment_rules,
    Obligation: _obligation_rules,
    Case: _case_rules,
    Reservation: _quota_rules,
    Allotment: _quota_rules,
    Permit: _permit_rules,
}


def _term(desk: Desk, rec: Record, field: str, rule: str, start: date | None) -> dict[str, object]:
    """The rule of a due date; one that says nothing on that day is told without a source."""
    if start is None:
        return _line(rec, field, rule, None, None)
    try:
        found = desk.law.deadline(rule, start).as_json()
    except NotFound:
        return _line(rec, field, rule, start, None)
    return _line(rec, field, rule, start, found["source"]) | {
        "due": found["due"],
        "length": found["length"],
        "unit": found["unit"],
        "skipped": found["skipped"],
        "extended_by": found["extended_by"],
        "findings": found["findings"],
    }


def _line(rec: Record, field: str, rule: str, on: date | None, source: object) -> dict[str, object]:
    described = spec(type(rec), field).field
    value = getattr(rec, field)
    return {
        "field": field,
        "label": _(described.label),
        "value": described.to_sql(value),
        "rule": rule,
        "from": on.isoformat() if on else None,
        "source": source,
    }


def _change(desk: Desk, rec: Record, entry: Entry) -> dict[str, object]:
    touched = journal.changes_of(desk.store, entry.uid, record=rec.uid)
    return {
        "op": entry.uid,
        "what": entry.op.value,
        "title": choice_label(entry.op),
        "at": entry.at,
        "operator": entry.operator,
        "machine": entry.machine,
        "rules": json.loads(entry.rules or "{}"),
        "fields": sorted({name for change in touched for name in change.after}),
        "created": any(change.created for change in touched),
    }
