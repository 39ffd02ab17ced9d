"""What a purpose of arrival adds to it: its fields with their values, what of them is missing, its papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from migdesk.domain.arrival import Arrival
from migdesk.domain.detail import Detail
from migdesk.domain.finding import Finding, Source, block
from migdesk.i18n import N_, pick
from migdesk.rules.asked import AskedField
from migdesk.rules.law import NotInForce
from migdesk.rules.procedure import Procedure, of_day
from migdesk.rules.purposes import Panel as Panel
from migdesk.services import law
from migdesk.services.asked_values import PLACE, check_values, is_empty, read_values, text_of, value_of
from migdesk.services.desk import Desk
from migdesk.store.writer import Tx

_AT_ARRIVAL, _AT_ENTRY = ("arrival",), ("entry", "border_crossing")
"""Events that begin terms and that an arrival dates."""


class Reads(Protocol):
    """A store, or a write in progress."""

    def live(self, cls: type[Detail], **given: Any) -> list[Detail]:
        """Records that count, with the values given."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A paper that people of a purpose bring along, and where it stands."""

    title: str
    required: bool
    source: Source


def code_of(arrival: Arrival) -> str:
    """The purpose whose panel an arrival has: its own, else the one for its ground of stay.

    Whoever moves within his own country fills the same coupon whatever brought him there.
    """
    known = law.load_panels()
    if arrival.purpose in known or not arrival.basis:
        return arrival.purpose
    return next((code for code, one in known.items() if arrival.basis in one.basis), arrival.purpose)


def find_panel(purpose: str) -> Panel | None:
    """What a purpose adds; nothing for one without a panel."""
    return law.load_panels().get(purpose)


def fields_of(purpose: str) -> tuple[AskedField, ...]:
    """The fields that a purpose adds."""
    panel = find_panel(purpose)
    return panel.fields if panel else ()


def details_of(reads: Reads, arrival: Arrival) -> dict[str, Any]:
    """The values kept with an arrival by key, of the fields that its purpose has."""
    fields = {one.key: one.field for one in fields_of(code_of(arrival))}
    if not fields or not arrival.uid:
        return {}
    rows = reads.live(Detail, arrival=arrival.uid)
    return {row.key: value_of(fields[row.key], row.value) for row in rows if row.key in fields}


def filled(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details that say something."""
    return {key: value for key, value in details.items() if not is_empty(value)}


def read_given(
    purpose: str, given: Mapping[str, object], *, today: date
) -> tuple[dict[str, Any], list[Finding]]:
    """Typed or imported values of a purpose's fields; what cannot be read is a finding at its key."""
    fields = {one.key: one.field for one in fields_of(purpose)}
    return read_values(fields, given, today, lambda key: _unknown(key, purpose, fields))


def check_details(desk: Desk, purpose: str, details: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the values of a purpose's fields; one at a time, at `details.key`."""
    fields = {one.key: one.field for one in fields_of(purpose)}
    return check_values(desk, fields, details, lambda key: _unknown(key, purpose, fields))


def lacking_of(purpose: str, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and place of each field that an official paper waits for and that is empty."""
    return [
        (one.field.label, f"{PLACE}.{one.key}")
        for one in fields_of(purpose)
        if one.field.required and is_empty(details.get(one.key))
    ]


def put_details(tx: Tx, arrival: Arrival, details: Mapping[str, Any]) -> None:
    """Write the values of a new arrival inside an op; nothing is read, so that many are written at once."""
    for key, text in _texts(arrival, details).items():
        tx.put(Detail(arrival=arrival.uid, key=key, value=text))


def write_details(tx: Tx, arrival: Arrival, details: Mapping[str, Any]) -> None:
    """Write the values of a known arrival; what is empty now, or of another purpose, is annulled."""
    wanted = _texts(arrival, details)
    known = {row.key: row for row in tx.live(Detail, arrival=arrival.uid)}
    for key, row in known.items():
        if key not in wanted:
            tx.annul(row, "replaced")
    for key, text in wanted.items():
        tx.put(known.get(key) or Detail(arrival=arrival.uid, key=key), value=text)


def _texts(arrival: Arrival, details: Mapping[str, Any]) -> dict[str, str]:
    """The values of the arrival's purpose as they are kept, without the empty ones."""
    fields = {one.key: one.field for one in fields_of(code_of(arrival))}
    texts = {key: text_of(fields[key], value) for key, value in details.items() if key in fields}
    return {key: text for key, text in texts.items() if text}


def papers_of(procedures: Iterable[Procedure], purpose: str, on: date) -> list[Brought]:
    """The papers that people of a purpose bring: its own, and those of the services it points to, as of a day."""
    panel = find_panel(purpose)
    if panel is None:
        return []
    found = [Brought(pick(one.title), one.required, one.citation.source) for one in panel.papers]
    services = tuple(procedures)
    for service, codes in panel.borrowed:
        procedure = of_day(services, service, on)
        asked = {one.code: one for one in procedure.papers} if procedure else {}
        papers = (asked[code] for code in codes if code in asked)
        found += [Brought(pick(one.title), one.required, one.citation.source) for one in papers]
    return found


def terms_of(desk: Desk, arrival: Arrival) -> list[tuple[str, date | None]]:
    """What the terms of an arrival's purpose are called and their last days, as far as the arrival begins them."""
    panel = find_panel(code_of(arrival))
    begins = {name: arrival.arrived_on for name in _AT_ARRIVAL} | dict.fromkeys(_AT_ENTRY, arrival.entered_on)
    found = []
    for code in panel.terms if panel else ():
        day = arrival.arrived_on or arrival.entered_on or desk.today
        try:
            term = desk.law.term(code, day)
        except NotInForce:
            continue
        start = begins.get(term.starts)
        found.append((pick(term.title), desk.law.deadline(code, start).due if start else None))
    return found


def shown(desk: Desk, purpose: str, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Labels and values of an arrival's details as people read them, in the order of the panel."""
    return [
        (one.field.label, desk.lists.show(one.field, details[one.key]))
        for one in fields_of(purpose)
        if not is_empty(details.get(one.key))
    ]


def _unknown(key: str, purpose: str, known: Iterable[str]) -> Finding:
    message = N_("Arrivals for “{purpose}” have no detail “{name}”. There are: {near}.")
    values = {"purpose": purpose or "-", "name": key, "near": ", ".join(known) or "-"}
    return block("unknown_field", message, f"{PLACE}.{key}", **values)
