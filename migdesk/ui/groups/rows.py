"""What is typed on the page of a group, without any widget: rows of cells, and the part above them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.earlier import MOVED
from migdesk.domain.fields import Code, Field
from migdesk.domain.finding import Finding, Severity
from migdesk.domain.party import Party
from migdesk.services.arrivals.arrivals import Member
from migdesk.services.arrivals.earlier import STILL_HERE
from migdesk.services.arrivals.groups import GroupDraft, GroupRow, RowLook
from migdesk.services.workbooks.pasting import FAMILY, RELATION, field_of
from migdesk.ui.intake import scan
from migdesk.ui.intake.sheet import (
    ALL,
    DETAILS,
    NEW_HOST,
    SHARED,
    Book,
    Cell,
    Sheet,
    cell_name,
    cell_of,
    details_of,
    without_visa,
)

COLUMNS = (
    "person.surname",
    "person.given",
    "person.patronymic",
    "person.birth_date",
    "person.sex",
    "person.citizenship",
    "document.number",
    "person.iin",
    FAMILY,
    RELATION,
    "person.surname_latin",
    "person.given_latin",
    "person.ethnicity",
    "document.kind",
    "document.issuer",
    "document.expires_on",
    "person.phone",
    *DETAILS,
)
"""The cells of a row, from the left; of the fields of purposes those are shown that some row has of its own."""

CARRIED = ("person.citizenship", "person.ethnicity", "document.issuer")
"""Cells for which a new row offers the value of the row above."""

_PASSPORT = "passport"


def field_at(name: str) -> Field:
    """The field of a cell."""
    return field_of(name)


@dataclass(slots=True, repr=False, eq=False)
class Row:
    """One person of the group; `remarks` are about cells as they were typed or pasted."""

    sheet: Sheet = field(default_factory=Sheet)
    family: str = ""
    apart: bool = False
    moved: bool = False
    """Somebody said that he moved from where he is registered."""
    remarks: dict[str, Finding] = field(default_factory=dict)
    look: RowLook | None = None
    _made: GroupRow | None = None
    _purpose: str = ""

    def cell(self, name: str) -> Cell:
        """What stands in a cell."""
        return Cell(self.family, self.family) if name == FAMILY else self.sheet.cell(name)

    def value(self, name: str) -> Any:
        """What a cell means."""
        return self.family if name == FAMILY else self.sheet.value(name)

    def put(self, name: str, cell: Cell, remark: Finding | None = None) -> None:
        """Something was typed."""
        self.remarks.pop(name, None)
        if remark:
            self.remarks[name] = remark
        if name == FAMILY:
            self.family = cell.text.strip()
        else:
            self.sheet.put(name, cell)
        self.changed()

    def changed(self) -> None:
        """What was said of the row no longer holds."""
        self._made = self.look = None

    @property
    def is_blank(self) -> bool:
        """Whether nobody is in it."""
        return self.sheet.is_blank and not self.family and not self.own_details()

    def own_details(self) -> list[str]:
        """The cells of purposes' fields in which something stands."""
        return [name for name, cell in self.sheet.cells.items() if name in DETAILS and not cell.is_blank]

    def made(self, purpose: str = "") -> GroupRow:
        """What the service is given; of the fields of purposes only those of this one."""
        if self._made is None or self._purpose != purpose:
            sheet, asked = self.sheet, details_of(purpose)
            own = tuple(
                (name.partition(".")[2], sheet.value(name)) for name in self.own_details() if name in asked
            )
            earlier = MOVED if self.moved else None
            relation = str(sheet.value(RELATION))
            member = Member(sheet.person(), sheet.documents(), relation, own, self.apart, earlier)
            self._made, self._purpose = GroupRow(member, self.family), purpose
        return self._made

    def was_asked(self, made: GroupRow) -> bool:
        """Whether an answer about what the service was given still holds."""
        return self._made is made

    def findings(self) -> list[tuple[str, Finding]]:
        """All that is said of the row, with the cell it is about; nothing for the row as a whole."""
        told = [(name, one) for name, one in self.remarks.items()]
        unreadable = {name for name, one in told if one.severity is Severity.BLOCK}
        for one in self.look.findings if self.look else ():
            name = cell_name(one.field or "")
            if name not in unreadable:
                told.append((name, one))
        return told

    def state(self) -> Severity | None:
        """The gravest thing that is said of it."""
        found = {one.severity for _name, one in self.findings()}
        return next((one for one in (Severity.BLOCK, Severity.WARN, Severity.NOTE) if one in found), None)

    def is_elsewhere(self) -> bool:
        """Whether the register has an open arrival of him at another address, and nobody said what becomes of it."""
        return any(one.code == STILL_HERE for _name, one in self.findings())

    @property
    def is_known(self) -> bool:
        """Whether it stands for somebody of the register."""
        return self.sheet.known is not None


@dataclass(slots=True, repr=False, eq=False)
class GroupBook:
    """The whole page."""

    rows: list[Row] = field(default_factory=list)
    shared: dict[str, Cell] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nobody has typed anything."""
        return all(one.is_blank for one in self.rows) and all(one.is_blank for one in self.shared.values())

    def has_only(self, names: Iterable[str]) -> bool:
        """Whether nothing stands here but these fields above, which stay for the next group."""
        return not self.filled() and self.shared.keys() <= {*names}

    def filled(self) -> list[int]:
        """Places of the rows with somebody in them."""
        return [at for at, one in enumerate(self.rows) if not one.is_blank]

    def counts(self) -> dict[str, int]:
        """People, families, rows to correct and rows to look at."""
        rows = [self.rows[at] for at in self.filled()]
        states = [one.state() for one in rows]
        return {
            "n": len(rows),
            "families": len({one.family.casefold() for one in rows if one.family}),
            "bad": states.count(Severity.BLOCK),
            "odd": states.count(Severity.WARN),
        }

    def draft(self, places: Iterable[int] | None = None) -> GroupDraft:
        """What the service registers: all filled rows, or some of them."""
        chosen = self.filled() if places is None else places
        above = Book([one.sheet for one in self.rows[:1]] or [Sheet()], self.shared)
        host = Party(**above.values(_HOST)) if above.value("arrival.host") == NEW_HOST else None
        arrival = Arrival(**{**above.values(_ARRIVAL), "host": None if host else above.value("arrival.host")})
        drafted = above.draft()
        return GroupDraft(
            tuple(self.rows[at].made(above.panel()) for at in chosen),
            without_visa(arrival),
            drafted.address,
            host,
            details=drafted.details,
        )

    def panel(self) -> str:
        """The purpose whose fields are asked of all."""
        return Book([one.sheet for one in self.rows[:1]] or [Sheet()], self.shared).panel()

    def columns(self, *, everything: bool = False) -> list[str]:
        """The purpose's fields that the rows have cells for: those somebody has of his own, or all of them."""
        used = {name for one in self.rows for name in one.own_details()}
        own = details_of(self.panel())
        return [name for name in own if everything or name in used]

    def dropped(self) -> list[str]:
        """Details that are typed and belong to another purpose than the chosen one: they are not saved."""
        own = details_of(self.panel())
        typed = {name for name, cell in self.shared.items() if not cell.is_blank}
        typed |= {name for one in self.rows for name in one.own_details()}
        return [name for name in DETAILS if name in typed and name not in own]


_HOST = tuple(name for name in SHARED if name.startswith("host."))
_ARRIVAL = tuple(name for name in SHARED if name.startswith("arrival."))


def new_row(label: str) -> Row:
    """A blank row; most people show a passport."""
    row = Row()
    row.sheet.put("document.kind", cell_of("document.kind", _PASSPORT, label))
    return row


def proposals(rows: list[Row], at: int, spell: scan.Spell) -> dict[str, Any]:
    """What may be offered in grey in the blank cells of a row, from its other cells and the row above."""
    row = rows[at] if at < len(rows) else Row()
    offered = scan.proposals(row.sheet, None, spell)
    above = next((one for one in reversed(rows[:at]) if not one.is_blank), None)
    for name in CARRIED if above else ():
        if row.cell(name).is_blank and above:
            offered.setdefault(name, above.value(name))
    if row.family and row.cell(RELATION).is_blank:
        head = next(one for one in rows if one.family.casefold() == row.family.casefold())
        if head is not row:
            offered[RELATION] = scan.relation_of(row.sheet, head.sheet)
    return {name: value for name, value in offered.items() if value not in (None, "")}


def codes(book: GroupBook) -> Iterable[tuple[str, str]]:
    """Lists and codes in use, to be offered first next time."""
    cells = [book.shared, *(one.sheet.cells for one in book.rows)]
    for name, cell in (pair for one in cells for pair in one.items()):
        kind = ALL[name].field
        if isinstance(kind, Code) and cell.value:
            yield kind.list, str(cell.value)
