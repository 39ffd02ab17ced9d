"""Checks before a save: what is missing, what contradicts, what the lists do not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Code, specs
from migdesk.domain.finding import Finding, block, blocking, warn
from migdesk.domain.ids import compare_iin, read_number
from migdesk.domain.party import Address, Party, PartyKind
from migdesk.domain.person import Person, TravelDocument, check_names
from migdesk.domain.record import Record, faults, unfit
from migdesk.i18n import N_
from migdesk.rules.law import Law, NotInForce
from migdesk.services.desk import Desk
from migdesk.store import people as shelf


def check_codes(desk: Desk, rec: Record) -> list[Finding]:
    """A block for every code that its list does not know."""
    cls: Any = type(rec)
    return [
        block("unknown_code", N_("“{code}” is not in the list."), name, code=code)
        for name, of_list in _codes(cls)
        if (code := getattr(rec, name)) and not desk.lists.has(of_list, code)
    ]


@cache
def _codes(cls: Any) -> tuple[tuple[str, str], ...]:
    """The fields of a record that hold codes, each with its list."""
    return tuple((one.name, one.field.list) for one in specs(cls) if isinstance(one.field, Code))


WithIin = Callable[[str], Person | None]
"""Who of the register has an IIN."""


def check_person(
    desk: Desk,
    person: Person,
    documents: Iterable[TravelDocument] = (),
    *,
    with_iin: WithIin | None = None,
) -> list[Finding]:
    """What is wrong or odd about a person and the documents that come with him, as `document` and `documents.1`.

    `with_iin` answers who has an IIN for callers who asked for many at once; the register does otherwise.
    """
    findings = [*faults(person), *check_codes(desk, person), *check_names(person)]
    if not person.full_name:
        findings.append(block("missing", N_("“{label}” is empty."), "surname", label=N_("Surname")))
    born = person.birth_date
    if born and born.earliest() > desk.today:
        findings.append(block("in_future", N_("The date of birth is in the future."), "birth_date"))
    elif born and born.age_on(desk.today) > 120:
        findings.append(block("too_old", N_("The age would be over 120."), "birth_date"))
    if person.sex is None:
        findings.append(warn("missing_sex", N_("The sex is not given."), "sex"))
    if person.iin:
        findings += _check_iin(desk, person, with_iin or partial(shelf.by_iin, desk.store))
    for number, document in enumerate(documents):
        told = check_document(desk, document)
        if born and document.issued_on and document.issued_on < born.earliest():
            message = N_("The document was issued before the birth.")
            told.append(warn("before_birth", message, "issued_on"))
        place = f"documents.{number}" if number else "document"
        findings += [replace(one, field=f"{place}.{one.field}") for one in told]
    return findings


def check_birth(person: Person, arrival: Arrival) -> list[Finding]:
    """A block when somebody came before he was born."""
    came = min((day for day in (arrival.entered_on, arrival.arrived_on) if day), default=None)
    if came is None or person.birth_date is None or person.birth_date.earliest() <= came:
        return []
    message = N_("The birth is later than the entry or arrival of {day}.")
    return [block("born_later", message, "birth_date", day=show_day(came))]


def check_document(desk: Desk, document: TravelDocument) -> list[Finding]:
    """What is wrong or odd about a travel document."""
    findings = [*faults(document), *check_codes(desk, document)]
    issued, expires = document.issued_on, document.expires_on
    if issued and issued > desk.today:
        findings.append(block("in_future", N_("The date of issue is in the future."), "issued_on"))
    if issued and expires and expires <= issued:
        findings.append(
            block("before_start", N_("The document would end before it was issued."), "expires_on")
        )
    elif expires and expires < desk.today:
        findings.append(warn("document_expired", N_("The document has expired."), "expires_on"))
    return findings


def check_party(desk: Desk, party: Party, address: Address | None = None) -> list[Finding]:
    """What is wrong or odd about a receiving person or employer."""
    findings = [*faults(party), *check_codes(desk, party)]
    if party.number:
        reading = read_number(party.number, desk.today)
        if not reading.valid:
            findings.append(
                block(
                    "bad_number", N_("“{number}” is not a valid IIN or BIN."), "number", number=party.number
                )
            )
        elif (reading.kind == "bin") != (party.kind is PartyKind.ORGANISATION):
            message = N_(
                "“{number}” is an IIN, yet the kind says organisation. Correct the kind or the number."
            )
            if reading.kind == "bin":
                message = N_(
                    "“{number}” is a BIN, yet the kind says individual. Correct the kind or the number."
                )
            findings.append(warn("kind_of_number", message, "kind", number=party.number))
    if address:
        findings += [*unfit(address), *check_codes(desk, address)]
    return findings


def check_arrival(desk: Desk, arrival: Arrival) -> list[Finding]:
    """What is wrong or odd about the dates and codes of an arrival."""
    findings = [*faults(arrival), *check_codes(desk, arrival)]
    arrived, entered = arrival.arrived_on, arrival.entered_on
    if arrived and arrived > desk.today:
        findings.append(block("in_future", N_("The date of arrival is in the future."), "arrived_on"))
    if arrived and entered and entered > arrived:
        findings.append(block("before_start", N_("The border was crossed after the arrival."), "entered_on"))
    if arrived and arrival.stay_until and arrival.stay_until < arrived:
        findings.append(block("before_start", N_("The stay would end before the arrival."), "stay_until"))
    if arrival.notified_on and arrival.notified_on > desk.today:
        findings.append(block("in_future", N_("The day of the notice is in the future."), "notified_on"))
    if arrived and arrival.notified_on and arrival.notified_on < arrived:
        findings.append(block("before_start", N_("The notice was given before the arrival."), "notified_on"))
    registered, came = arrival.registered_on, entered or arrived
    if registered and registered > desk.today:
        findings.append(
            block("in_future", N_("The day of the registration is in the future."), "registered_on")
        )
    if registered and came and registered < came:
        findings.append(block("before_start", N_("The registration is before the arrival."), "registered_on"))
    return findings


def find_due(desk: Desk, term: str, start: date) -> date | None:
    """The last day of a term that began on a day; nothing when the law had no such term then.

    Raises:
        NotFound: no pack knows the term.
    """
    return last_day(desk.law, term, start)


@lru_cache(maxsize=4096)
def last_day(law: Law, term: str, start: date) -> date | None:
    """As `find_due` by any law; worked out once for all who came on one day.

    Another calendar, setting or pack is another law.
    """
    try:
        return law.deadline(term, start).due
    except NotInForce:
        return None


def _check_iin(desk: Desk, person: Person, with_iin: WithIin) -> list[Finding]:
    findings: list[Finding] = []
    reading = read_number(person.iin, desk.today)
    if not reading.valid or reading.read_as != person.iin:
        told = [replace(one, field="iin") for one in reading.findings]
        invalid = block("bad_number", N_("“{number}” is not a valid IIN."), "iin", number=person.iin)
        return told if blocking(told) else [*told, invalid]
    if reading.kind == "bin":
        message = N_("This is the BIN of an organisation: a person has an IIN.")
        return [block("kind_of_number", message, "iin")]
    findings += compare_iin(reading, person.birth_date, person.sex.value if person.sex else None)
    other = with_iin(person.iin)
    if other and other.uid != person.uid:
        findings.append(
            block(
                "iin_taken", N_("{name} has this IIN already. Open that file."), "iin", name=other.full_name
            )
        )
    return findings
