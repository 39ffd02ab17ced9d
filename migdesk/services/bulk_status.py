"""The light of many people at once: of a family, of a staff, of a list, of the numbers of a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.fields import Choice, Code, Day, Text
from migdesk.domain.finding import Finding, Severity
from migdesk.domain.listing import Column, Query
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person
from migdesk.i18n import N_, _
from migdesk.services import listing
from migdesk.services.bulk import without_collector
from migdesk.services.desk import Desk
from migdesk.services.families import families
from migdesk.services.progress import SILENT, Progress
from migdesk.services.stays import status
from migdesk.services.stays.status import Light, Status
from migdesk.services.workbooks import many_files, number_column
from migdesk.services.workbooks.number_column import NumberCell
from migdesk.store.listing import StoreListing

_STEP = 100
_GRAVITY = {Light.RED: Severity.BLOCK, Light.AMBER: Severity.WARN, Light.GREEN: Severity.NOTE}
OF_PERSONS = ("people", "arrivals", "permits", "cases")
"""Lists whose rows are about a person each."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one of many stands: `asked` is the number or uid that named him, `place` the cell it stands in.

    `trouble` says why there is no answer: nobody has the number, or several have.
    """

    asked: str
    status: Status | None
    trouble: Finding | None = None
    place: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """What makes the light what it is, each once, in words."""
        if self.status is None:
            return (self.trouble.words(),) if self.trouble else ()
        wanted = _GRAVITY[self.status.light]
        told = (one.words() for one in self.status.findings if one.severity is wanted)
        found = tuple(dict.fromkeys(told))
        return found[:1] if self.status.light is Light.GREEN else found

    def permits(self, desk: Desk) -> str:
        """The permits in force, in one line."""
        held = self.status.permits if self.status else ()
        return "; ".join(_permit_words(desk, one) for one in held)


def _permit_words(desk: Desk, permit: Permit) -> str:
    until = Day("").show(permit.ends_on)
    kind = desk.lists.label(status.KINDS, permit.kind)
    return " ".join(part for part in (kind, permit.number, f"→ {until}" if until else "") if part)


def of_people(
    desk: Desk, persons: Sequence[str], on: date | None = None, progress: Progress = SILENT
) -> list[Standing]:
    """The light of people given by uid, in their order; who is not in the register is left out.

    Raises:
        Cancelled: the operator stopped it.
    """
    found = []
    with without_collector():
        for done, file in enumerate(many_files.open_files(desk, persons), start=1):
            found.append(Standing(file.person.uid, status.file_status(desk, file, on)))
            if done % _STEP == 0:
                progress.step(done, len(persons))
    return found


def of_numbers(
    desk: Desk, cells: Sequence[NumberCell], on: date | None = None, progress: Progress = SILENT
) -> list[Standing]:
    """The light of whoever has each number, a row for every cell; unknown numbers are told.

    Raises:
        Cancelled: the operator stopped it.
    """
    named = number_column.find_people(desk, [one.text for one in cells])
    uids = list(dict.fromkeys(one for one in named if isinstance(one, str)))
    known = {one.asked: one.status for one in of_people(desk, uids, on, progress)}
    return [
        Standing(cell.text, known.get(one), None, cell.place)
        if isinstance(one, str)
        else Standing(cell.text, None, one, cell.place)
        for cell, one in zip(cells, named, strict=True)
    ]


def in_family(desk: Desk, key: str, on: date) -> list[str]:
    """Who was in a family on a day, the head first; the family by its uid or by anybody of it.

    Raises:
        NotFound: no such family, and nobody of this name.
        Refused: the person was in no family.
    """
    return [person.uid for _place, person in families.open_family(desk, key, on).members]


def at_party(desk: Desk, uid: str, on: date) -> list[str]:
    """Everybody whom a receiving person or employer answers for on a day: who lives there, who may work there."""
    store = desk.store
    guests = [
        one.person
        for one in store.live(Arrival, host=uid, order="arrived_on, id")
        if (one.arrived_on is None or one.arrived_on <= on) and (one.left_on is None or one.left_on > on)
    ]
    given = store.live(Permit, employer=uid, state=list(_GIVEN))
    workers = [one.person for one in given if one.in_force_on(on)]
    return list(dict.fromkeys(one for one in (*guests, *workers) if one))


_GIVEN = (PermitState.GRANTED, PermitState.EXTENDED, PermitState.REVOKED)


def in_list(desk: Desk, query: Query) -> list[str]:
    """The people of a list, each once: a list of people, or of what each row of is about a person."""
    opened = listing.open_list(desk, query)
    return of_rows(desk, query.name, _uids(opened))


def of_rows(desk: Desk, name: str, uids: Sequence[str]) -> list[str]:
    """The people whom some rows of a list are about, each once."""
    about: dict[str, Any] = {"arrivals": Arrival, "permits": Permit, "cases": Case}
    if name not in about:
        return list(dict.fromkeys(uids))
    found: dict[str, str] = {}
    for start in range(0, len(uids), many_files.PART):
        rows = desk.store.live(about[name], uid=uids[start : start + many_files.PART])
        found |= {one.uid: one.person for one in rows if one.person}
    return list(dict.fromkeys(found[uid] for uid in uids if uid in found))


def _uids(opened: StoreListing) -> list[str]:
    return [str(row[0]) for row in listing.all_rows(opened, identified=True)]


def count(standings: Iterable[Standing]) -> Counter[str]:
    """How many of each light, and how many without an answer (`unknown`)."""
    return Counter(one.status.light.value if one.status else "unknown" for one in standings)


COLUMNS: tuple[Column, ...] = (
    Column("asked", Text(N_("Number in the file")), 130),
    Column("name", Text(N_("Person")), 240),
    Column("iin", Text(N_("IIN")), 110),
    Column("citizenship", Code(N_("Citizenship"), list="countries"), 120),
    Column("light", Choice(N_("Status light"), options=Light), 100),
    Column("reason", Text(N_("Reason")), 420),
    Column("last_lawful_day", Day(N_("Last lawful day")), 110),
    Column("left_on", Day(N_("Left the country")), 110),
    Column("permits", Text(N_("Permits")), 300),
    Column("place", Text(N_("Cell of the file")), 90),
)
"""What an export of lights has."""


def row(desk: Desk, one: Standing) -> tuple[Any, ...]:
    """The values of `COLUMNS`."""
    found, reason = one.status, " ".join(one.reasons)
    if found is None:
        return one.asked, "", "", "", None, reason, None, None, "", one.place
    person: Person = found.person
    given = one.asked if one.place else ""
    last = None if found.left_on else found.stay.last_lawful_day
    ours = (person.full_name, person.iin, person.citizenship, found.light, reason, last, found.left_on)
    return given, *ours, one.permits(desk), one.place


def export(desk: Desk, standings: Sequence[Standing], target: Path) -> int:
    """Write lights to a file whose ending says the kind (.xlsx, .csv, .json); how many rows were written.

    Raises:
        BadFile: another ending, or the file cannot be written.
    """
    from migdesk.exchange.tables import Table  # noqa: PLC0415 - workbook libraries only when one is written
    from migdesk.exchange.write import write_table  # noqa: PLC0415

    table = Table(
        code="lights",
        title=_(N_("Status of many people")),
        columns=COLUMNS,
        rows=_rows(desk, standings),
        total=len(standings),
        show=desk.lists.show,
    )
    return write_table(target, table)


def _rows(desk: Desk, standings: Iterable[Standing]) -> Iterator[tuple[Any, ...]]:
    return (row(desk, one) for one in standings)
