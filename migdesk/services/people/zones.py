"""What the machine-readable zone of a document says of a record: fill what is blank, tell what is otherwise.

Nothing typed is ever overwritten. One reading for all doors: the intake, the group, the command line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from migdesk.domain.fields import spec
from migdesk.domain.finding import Finding, Severity, warn
from migdesk.domain.ids import clean_document_number
from migdesk.domain.letters import transliterate
from migdesk.domain.mrz import MrzReading, read_mrz
from migdesk.domain.person import Person, Sex, TravelDocument
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.lists import Lists, read_list

ZONE_SAYS = N_("The machine-readable zone says “{told}”.")
_KIND = {"P": "passport", "A": "id_card", "C": "id_card", "I": "id_card"}
_CELLS = {
    "document_code": ("document.kind",),
    "issuer": ("document.issuer",),
    "number": ("document.number",),
    "expires_on": ("document.expires_on",),
    "nationality": ("person.citizenship",),
    "surname": ("person.surname_latin", "person.given_latin"),
    "birth_date": ("person.birth_date",),
    "sex": ("person.sex",),
    "optional": ("person.iin",),
}
"""Parts of a zone, as its findings name them, and what they fill."""


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """A person and a document that came with its zone; `typed` names what was given besides, as `person.sex`."""

    person: Person
    document: TravelDocument
    typed: frozenset[str]


def is_visa(reading: MrzReading) -> bool:
    """Whether a zone is that of a visa, not of a travel document."""
    return reading.document_code.startswith("V")


def country_of(lists: Lists, code: str) -> str:
    """The country a zone's code stands for (`D` is Germany); nothing for a code the list lacks."""
    item = lists.items("countries").get(code)
    return (item.more.get("same_as") or item.code) if item else ""


def read_cells(reading: MrzReading, lists: Lists) -> dict[str, Any]:
    """The values of a zone under the names of the cells; of a visa only those of its holder."""
    found: dict[str, Any] = {
        "person.surname_latin": reading.surname,
        "person.given_latin": reading.given_names,
        "person.birth_date": reading.birth_date,
        "person.sex": Sex(reading.sex) if reading.sex else None,
        "person.citizenship": country_of(lists, reading.nationality),
        "person.iin": reading.iin or "",
    }
    if not is_visa(reading):
        found |= {
            "document.kind": _KIND.get(reading.document_code[:1], ""),
            "document.number": reading.number,
            "document.issuer": country_of(lists, reading.issuer),
            "document.expires_on": reading.expires_on,
        }
    return {name: value for name, value in found.items() if value not in (None, "")}


def alike(name: str, typed: Any, said: Any) -> bool:
    """Whether two values of a cell are the same for a person: case, blanks and marks on letters do not count."""
    if typed == said:
        return True
    if not isinstance(typed, str) or not isinstance(said, str):
        return False
    if name == "document.number":
        return clean_document_number(typed) == clean_document_number(said)
    if name.endswith("_latin"):
        return latin_letters(typed) == latin_letters(said)
    return " ".join(typed.split()).casefold() == " ".join(said.split()).casefold()


def latin_letters(name: str) -> str:
    """A name as a zone has it, without blanks and signs."""
    return re.sub("[^A-Z]", "", transliterate(name, "latin")[0].upper())


def fill(desk: Desk, said: Said) -> tuple[Person, TravelDocument, list[Finding]]:
    """A person and his document with what the zone says and nobody typed; findings name `person.sex`, `document.mrz`.

    What the zone says otherwise than is typed is a warning at its field. A part whose check digit does not fit, or
    that is no value at all, fills nothing.
    """
    if not said.document.mrz:
        return said.person, said.document, []
    reading = read_mrz(said.document.mrz, desk.today, frozenset(read_list("countries")))
    findings = list(_of_zone(reading))
    if reading.format is None:
        return said.person, said.document, findings
    cells = read_cells(reading, desk.lists)
    for one in reading.findings:
        if one.severity is Severity.BLOCK:
            for name in _CELLS.get(one.field or "", ()):
                cells.pop(name, None)
    person, told = _filled(desk, said.person, "person", cells, said.typed)
    document, more = _filled(desk, said.document, "document", cells, said.typed)
    return person, document, [*findings, *told, *more]


def _filled(
    desk: Desk, rec: Any, owner: str, cells: dict[str, Any], typed: frozenset[str]
) -> tuple[Any, list[Finding]]:
    blank: dict[str, Any] = {}
    findings = []
    for cell, value in cells.items():
        whose, _dot, name = cell.partition(".")
        if whose != owner:
            continue
        if cell not in typed and _is_blank(rec, name):
            blank[name] = value
        elif not alike(cell, getattr(rec, name), value):
            shown = desk.lists.show(spec(type(rec), name).field, value)
            findings.append(warn("zone_differs", ZONE_SAYS, cell, told=shown))
    return replace(rec, **blank), findings


def _is_blank(rec: Record, name: str) -> bool:
    """Whether nothing stands there; the kind of a new document is only the usual one."""
    value = getattr(rec, name)
    return value in (None, "") or (name == "kind" and not rec.rev)


def _of_zone(reading: MrzReading) -> Iterator[Finding]:
    """What is wrong with the zone itself: it stops nothing, but somebody should compare it with the page."""
    for one in reading.findings:
        is_block = one.severity is Severity.BLOCK
        yield replace(one, severity=Severity.WARN if is_block else one.severity, field="document.mrz")
    if reading.format and is_visa(reading):
        yield warn(
            "zone_of_visa", N_("This is the zone of a visa, not of a travel document."), "document.mrz"
        )
