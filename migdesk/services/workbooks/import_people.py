"""Whom the row of a workbook means, and how it names him."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.person import Person, TravelDocument
from migdesk.exchange.sheet import SheetColumn
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store.roll import Roll


def find_known(
    roll: Roll, person: Person, documents: Sequence[TravelDocument]
) -> tuple[Person | None, Finding | None]:
    """Who in the register the row means: by IIN, by document; two answers stop the row."""
    by_iin = roll.by_iin(person.iin)
    holders = [one for document in documents for one in roll.by_document(document.number)]
    found = {one.uid: one for one in ([by_iin] if by_iin else []) + holders}
    if len(found) > 1:
        names = ", ".join(one.full_name for one in found.values())
        message = N_("The IIN and the document belong to different people: {names}.")
        return None, block("ambiguous", message, "person.iin", names=names)
    only = next(iter(found.values()), None)
    if only and only.birth_date and person.birth_date and only.birth_date != person.birth_date and not by_iin:
        message = N_("The document belongs to {name}, born on {day}. Compare the papers.")
        day = only.birth_date.show()
        return None, block("other_holder", message, "document.number", name=only.full_name, day=day)
    return only, None


def linked(row: Person, known: Person) -> tuple[Person, list[Finding]]:
    """The file of a row; one that had no IIN yet gets the row's, so that no second file is ever made for it."""
    if known.iin or not row.iin:
        return known, []
    message = N_("{name} had no IIN yet: the file gets {iin}.")
    told = note("iin_linked", message, "person.iin", name=known.full_name, iin=row.iin)
    return replace(known, iin=row.iin), [told]


def named(person: Person, full: str) -> Person:
    """A whole name in one cell: surname, given name, patronymic; Latin letters go to the Latin block."""
    parts = [*full.split(None, 2), "", "", ""]
    if full.isascii():
        return replace(
            person,
            surname_latin=person.surname_latin or parts[0],
            given_latin=person.given_latin or " ".join(part for part in parts[1:3] if part),
        )
    return replace(
        person,
        surname=person.surname or parts[0],
        given=person.given or parts[1],
        patronymic=person.patronymic or parts[2],
    )


def differences(row: Person, known: Person) -> list[Finding]:
    """Where the row says otherwise than the register, which is kept."""
    message = N_("The register says “{ours}”; it was kept. Correct the file by hand if the row is right.")
    return [
        warn("differs", message, f"person.{name}", ours=str(getattr(known, name)))
        for name in ("surname", "given", "surname_latin", "given_latin", "birth_date", "citizenship", "iin")
        if getattr(row, name) and getattr(known, name) and getattr(row, name) != getattr(known, name)
    ]


def unknown_word(desk: Desk, column: SheetColumn, value: str) -> Finding:
    """Why a text is no row of a list; where it means several, all of them are named."""
    names = desk.lists.several(column.list, value)
    message = N_("“{value}” is not in the list.")
    if column.list == "kato":
        message = N_("“{value}” is no settlement, or several: give its KATO code.")
    elif names:
        message = N_("“{value}” may mean {names}: write one of them.")
    return block("unknown_code", message, column.key, value=value, names="; ".join(names))
