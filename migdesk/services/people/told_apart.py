"""People as lines to choose from: nobody is chosen for somebody else of the same name."""

from __future__ import annotations

import re

from migdesk.domain.errors import NotFound
from migdesk.domain.person import Person
from migdesk.services.desk import Desk
from migdesk.services.people import labels, people
from migdesk.store import people as shelf

_SHOWN, _LOOKED_AT = 20, 200
_AFTER_NAME = re.compile(r",\s*(?=\d)")


def line_of(desk: Desk, person: Person) -> str:
    """Name and birth date; where others share both, also the number of the document, or the label of the file."""
    parts = [person.full_name, person.born_words]
    if _has_double(desk, person):
        held = shelf.documents_of(desk.store, person.uid, desk.today)
        number = next((one.number for one in held if one.number), "")
        parts.append(number or labels.label(desk, person))
    return ", ".join(part for part in parts if part)


def lines(desk: Desk, text: str) -> list[tuple[str, str]]:
    """(uid, line) of those whom a text finds, by any of their words; a line as it stands finds its own person."""
    name, *rest = _AFTER_NAME.split(text.strip(), maxsplit=1)
    wanted = rest[0].casefold() if rest else ""
    found = people.find_people(desk, name, limit=_LOOKED_AT if wanted else _SHOWN)
    told = ((one.person.uid, line_of(desk, one.person)) for one in found)
    return [one for one in told if wanted in one[1].casefold()][:_SHOWN]


def line_of_uid(desk: Desk, uid: str) -> str:
    """The line of a person of the register; nothing for somebody who is no longer in it."""
    try:
        return line_of(desk, people.get_person(desk, uid))
    except NotFound:
        return ""


def _has_double(desk: Desk, person: Person) -> bool:
    names = {name: getattr(person, name) for name in ("surname", "given", "patronymic")}
    alike = desk.store.live(Person, birth_date=person.birth_date, **names)
    return any(one.uid != person.uid and one.full_name == person.full_name for one in alike)
