"""What a scanned document, or a file of the register, says beside what is typed: fill, compare, propose.

Nothing typed is ever overwritten: an empty cell is filled, an equal one is left, a different one becomes a
`Difference` that a person settles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from migdesk.domain.dates import PartialDate
from migdesk.domain.ids import read_number
from migdesk.domain.person import Person, Sex, TravelDocument
from migdesk.services.people.zones import alike as alike
from migdesk.services.people.zones import is_visa as is_visa
from migdesk.services.people.zones import latin_letters
from migdesk.services.people.zones import read_cells as read_cells
from migdesk.ui.intake.sheet import DOCUMENT, PERSON, RELATION, Book, Cell, Sheet, from_record

_GENERATION = 15
"""Years between member and head from which a child or a parent is proposed rather than a spouse."""

Spell = Callable[[str, str, str], str]
"""Proposes a name in the other script, for a citizenship."""


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """A cell in which something else is typed than the document, or the file, says."""

    name: str
    value: Any


def file_cells(person: Person, documents: Iterable[TravelDocument]) -> dict[str, Any]:
    """The values of a known person and of his current document under the names of the cells."""
    found = from_record(PERSON, person)
    current = next(iter(documents), None)
    if current:
        found |= from_record(DOCUMENT, current)
    return {name: value for name, value in found.items() if value not in (None, "")}


def differences(sheet: Sheet, said: dict[str, Any]) -> list[Difference]:
    """Cells that hold something else than is said; blank ones are none."""
    return [
        Difference(name, value)
        for name, value in said.items()
        if not sheet.cell(name).is_blank and not alike(name, sheet.cell(name).value, value)
    ]


def member_for(members: list[Sheet], current: int, said: dict[str, Any]) -> int:
    """Which member a scanned document belongs to; the number of members for a new one."""
    number = said.get("document.number")
    for at, one in enumerate(members):
        if number and alike("document.number", one.value("document.number"), number):
            return at
    order = [current, *(at for at in range(len(members)) if at != current)]
    if not number:  # a visa says no document: it belongs to somebody who is here already
        return next((at for at in order if _is_same(members[at], said)), current)
    for at in order:
        if not members[at].zone and (members[at].is_blank or _is_same(members[at], said)):
            return at
    return len(members)


def is_stranger(book: Book, said: dict[str, Any]) -> bool:
    """Whether a document that is no member's is the first thing done at a known head: the next visitor's, mostly.

    Not when anything was typed, nor when it is of somebody whom the register has in the family of the head.
    """
    head = book.members[0]
    if len(book.members) > 1 or head.known is None or head.zone or not all(_blank(book.shared)):
        return False
    filled = {"document.kind", *file_cells(head.known, head.held)}
    if any(name not in filled and not cell.is_blank for name, cell in head.cells.items()):
        return False
    if differences(head, file_cells(head.known, head.held)):
        return False
    names = ("surname_latin", "given_latin", "birth_date")
    of_family = (
        all(alike(f"person.{name}", getattr(one.person, name), said.get(f"person.{name}")) for name in names)
        for one in head.relatives
    )
    return not any(of_family)


def _blank(cells: dict[str, Cell]) -> Iterable[bool]:
    return (one.is_blank for one in cells.values())


def _is_same(sheet: Sheet, said: dict[str, Any]) -> bool:
    """Typed by hand before the scan: the names, or birth date and sex, fit and nothing else was scanned."""
    names = ("person.surname_latin", "person.given_latin")
    typed = [name for name in names if not sheet.cell(name).is_blank]
    if len(typed) == len(names):
        return all(alike(name, sheet.value(name), said.get(name, "")) for name in names)
    born = sheet.value("person.birth_date")
    if born is not None:
        return bool(born == said.get("person.birth_date"))
    cyrillic = [sheet.value(name) for name in ("person.surname", "person.given")]
    if any(cyrillic):
        return _latin_start(cyrillic[0]) == _latin_start(said.get(names[0], ""))
    return True


def _latin_start(name: str) -> str:
    return latin_letters(name)[:3]


def proposals(sheet: Sheet, head: Sheet | None, spell: Spell) -> dict[str, Any]:
    """What may be offered in grey for the blank cells of a member; `head` for members after the first.

    `spell` is given a name, the other script and the citizenship.
    """
    offered: dict[str, Any] = {}
    citizenship = sheet.value("person.citizenship") or sheet.value("document.issuer")
    if citizenship:
        offered |= {"person.citizenship": citizenship, "document.issuer": citizenship}
    offered |= _name_proposals(sheet, citizenship, spell)
    if head is not None:
        offered |= _from_head(sheet, head, offered)
    return {
        name: value
        for name, value in offered.items()
        if value not in (None, "") and sheet.cell(name).is_blank
    }


def _name_proposals(sheet: Sheet, citizenship: str, spell: Spell) -> dict[str, Any]:
    offered = {}
    for part in ("surname", "given"):
        cyrillic, latin = sheet.value(f"person.{part}"), sheet.value(f"person.{part}_latin")
        if latin and not cyrillic:
            offered[f"person.{part}"] = spell(latin, "cyrillic", citizenship)
        elif cyrillic and not latin:
            offered[f"person.{part}_latin"] = spell(cyrillic, "latin", citizenship)
    return offered


def _from_head(sheet: Sheet, head: Sheet, offered: dict[str, Any]) -> dict[str, Any]:
    """The surname and the states of the head, the likeliest relation, the sex a relation says."""
    found: dict[str, Any] = {
        name: offered.get(name) or head.value(name)
        for name in ("person.surname", "person.citizenship", "document.issuer")
    }
    relation = sheet.value(RELATION)
    found["person.sex"] = _SEX_OF.get(relation)
    found[RELATION] = relation_of(sheet, head)
    return found


_SEX_OF = {"son": Sex.MALE, "father": Sex.MALE, "daughter": Sex.FEMALE, "mother": Sex.FEMALE}
_SEX_OF |= {"brother": Sex.MALE, "sister": Sex.FEMALE}


def relation_of(sheet: Sheet, head: Sheet) -> str:
    """The likeliest relation to the head by age and sex; nothing when these do not tell."""
    born, his = sheet.value("person.birth_date"), head.value("person.birth_date")
    sex, head_sex = sheet.value("person.sex"), head.value("person.sex")
    if not isinstance(born, PartialDate) or not isinstance(his, PartialDate) or sex is None:
        return ""
    younger = born.year - his.year
    if younger >= _GENERATION:
        return "son" if sex is Sex.MALE else "daughter"
    if younger <= -_GENERATION:
        return "father" if sex is Sex.MALE else "mother"
    return "spouse" if head_sex and sex is not head_sex else ""


def from_iin(text: str, today: date) -> dict[str, Any]:
    """What a valid IIN tells: the number as it is kept, the birth date, the sex; nothing for another number."""
    reading = read_number(text, today)
    if not reading.valid or reading.kind != "iin":
        return {}
    found: dict[str, Any] = {"person.iin": reading.read_as}
    if reading.birth_date:
        found["person.birth_date"] = PartialDate.of(reading.birth_date)
    if reading.sex:
        found["person.sex"] = Sex(reading.sex)
    return found


Fill = Callable[[str, Any], None]


def fill_blank(sheet: Sheet, said: dict[str, Any], fill: Fill) -> list[str]:
    """Fill the blank cells of a member; returns their names."""
    unasked = {"document.kind"} if sheet.cell("document.number").is_blank else set()
    filled = [name for name in said if name in unasked or sheet.cell(name).is_blank]
    for name in filled:
        fill(name, said[name])
    return filled
