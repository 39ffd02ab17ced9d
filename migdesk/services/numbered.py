"""Records by the number that stands on a paper: any kind of record that gets numbers."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.fields import Text, specs
from migdesk.domain.person import Person
from migdesk.domain.printout import Printout
from migdesk.domain.record import Record
from migdesk.domain.register import RECORDS
from migdesk.services.desk import Desk

_NUMBERED = tuple(
    (cls, one.name)
    for cls in RECORDS
    for one in specs(cls)
    if isinstance(one.field, Text) and one.field.series
)
_MOST = 3


@dataclass(frozen=True, slots=True)
class Numbered:
    """A record that has a number, and whom it is about, as far as it is about somebody."""

    record: Record
    number: str
    name: str
    person: str = ""


def find_numbered(desk: Desk, number: str) -> list[Numbered]:
    """What has exactly this number, in capital letters or not; of a paper its first copy."""
    wanted = number.strip().upper()
    found = [
        (one, str(getattr(one, name)))
        for cls, name in (_NUMBERED if wanted else ())
        for one in desk.store.live(cls, limit=1 if cls is Printout else _MOST, **{name: wanted})
    ]
    return [_told(desk, one, shown) for one, shown in found]


def _told(desk: Desk, record: Record, number: str) -> Numbered:
    person = str(getattr(record, "person", None) or "")
    known = desk.store.find(Person, person) if person else None
    name = known.full_name if known else str(getattr(record, "name", "") or "")
    return Numbered(record, number, name, person)
