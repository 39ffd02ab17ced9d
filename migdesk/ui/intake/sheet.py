"""What has been typed on the intake screen, one sheet a member and one for all, without any widget.

A cell keeps the words as typed beside the value they mean, so that nothing typed is lost while it cannot be
read, and a draft comes back exactly as it was left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.earlier import SPECS as EARLIER_SPECS
from migdesk.domain.earlier import Earlier, EarlierWay
from migdesk.domain.fields import Code, Spec, spec
from migdesk.domain.finding import Finding
from migdesk.domain.mrz import MrzReading
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Membership, Person, TravelDocument
from migdesk.domain.record import Record
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.asked_values import PLACE
from migdesk.services.law import load_panels
from migdesk.services.panels import code_of, fields_of
from migdesk.services.terms.arrival_terms import grounded

R = TypeVar("R", bound=Record)

NEW_HOST = "new"
"""Value of the host's field while a receiving person who is not in the register is typed."""

RELATION = "relation"


def _specs(prefix: str, cls: type, names: str) -> dict[str, Spec]:
    found = (spec(cls, name) for name in names.split())
    return {f"{prefix}.{one.name}": Spec(f"{prefix}.{one.name}", one.field, one.optional) for one in found}


DOCUMENT = _specs("document", TravelDocument, "kind number issuer issued_by issued_on expires_on")
PERSON = _specs(
    "person",
    Person,
    "surname given patronymic iin surname_latin given_latin birth_date sex citizenship ethnicity "
    "birth_country birth_place birth_estimated phone",
)
ARRIVAL = _specs(
    "arrival",
    Arrival,
    "purpose from_country entered_on border_point transport arrived_on basis visa_category visa_number stay_until "
    "notified_on channel previous_address host",
)
ADDRESS = _specs("address", Address, "place line rka")
HOST = _specs("host", Party, "kind number name phone")
VISA = ("arrival.visa_category", "arrival.visa_number")
EARLIER = {one.name: one for one in EARLIER_SPECS}
"""What becomes of the arrival at another address that is still open."""
WAY, LEFT_ON, WHY = EARLIER
MEMBER = {**DOCUMENT, **PERSON, RELATION: Spec(RELATION, spec(Membership, RELATION).field, False)}
DETAILS = {
    f"{PLACE}.{one.key}": Spec(f"{PLACE}.{one.key}", one.field, False)
    for panel in load_panels().values()
    for one in panel.fields
}
"""The fields of all purposes; those of the chosen one are shown beneath it."""
SHARED = {**ARRIVAL, **EARLIER, **ADDRESS, **HOST}
ALL = {**MEMBER, **SHARED, **DETAILS}


def details_of(purpose: str) -> dict[str, Spec]:
    """The fields that a purpose adds, as its own panel words them."""
    return {f"{PLACE}.{one.key}": Spec(f"{PLACE}.{one.key}", one.field, False) for one in fields_of(purpose)}


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """What stands in a field: the words on the screen, and what they mean (empty when unreadable)."""

    text: str = ""
    value: Any = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.text.strip() and (self.value is None or self.value is False or self.value == "")


@dataclass(frozen=True, slots=True, repr=False)
class Relative:
    """Somebody of the family that a known person has in the register; the code of the relation to him."""

    person: Person
    relation: str


@dataclass(slots=True, repr=False)
class Sheet:
    """The cells of one member, and what is known of him beyond them."""

    cells: dict[str, Cell] = field(default_factory=dict)
    known: Person | None = None
    held: tuple[TravelDocument, ...] = ()
    relatives: tuple[Relative, ...] = ()
    reading: MrzReading | None = None
    visa: MrzReading | None = None
    zone: str = ""

    def cell(self, name: str) -> Cell:
        """A cell; blank when nothing was ever typed."""
        return self.cells.get(name, Cell())

    def value(self, name: str) -> Any:
        """What a cell means; the field's empty value for nothing."""
        value = self.cell(name).value
        return ALL[name].field.empty if value is None else value

    def put(self, name: str, cell: Cell) -> None:
        """Something was typed."""
        self.cells[name] = cell

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed but what the screen put there itself."""
        typed = (name for name in MEMBER if name != "document.kind" and not self.cell(name).is_blank)
        return self.known is None and not self.zone and next(typed, None) is None

    def values(self, names: Iterable[str]) -> dict[str, Any]:
        """Values by field name, for a record."""
        return {name.partition(".")[2]: self.value(name) for name in names}

    def person(self) -> Person:
        """The person as typed; of a known one, what is not on the screen stays."""
        return replace(self.known or Person(), **self.values(PERSON))

    def documents(self) -> tuple[TravelDocument, ...]:
        """The document as typed; one that a known person has already is corrected, never written twice."""
        typed = [name for name in DOCUMENT if name != "document.kind" and not self.cell(name).is_blank]
        if not typed:
            return self.held if self.known else ()
        values = self.values(DOCUMENT)
        same = (one for one in self.held if (one.kind, one.number) == (values["kind"], values["number"]))
        document = next(same, TravelDocument())
        return (replace(document, **values, mrz=self.zone or document.mrz),)

    def title(self) -> str:
        """How the member is called: the name typed so far."""
        return self.person().full_name


@dataclass(slots=True, repr=False)
class Book:
    """The whole screen: members, of whom the first is the head, and what all of them share."""

    members: list[Sheet] = field(default_factory=lambda: [Sheet()])
    shared: dict[str, Cell] = field(default_factory=dict)
    current: int = 0

    def value(self, name: str) -> Any:
        """What a shared cell means."""
        value = self.shared.get(name, Cell()).value
        return ALL[name].field.empty if value is None else value

    def values(self, names: Iterable[str]) -> dict[str, Any]:
        """Values by field name, for a record."""
        return {name.partition(".")[2]: self.value(name) for name in names}

    @property
    def is_blank(self) -> bool:
        """Whether nobody has typed anything."""
        return all(one.is_blank for one in self.members) and all(one.is_blank for one in self.shared.values())

    def draft(self, *, apart: bool = False) -> ArrivalDraft:
        """What the service registers; `apart`: who looks like a file of the register is another person."""
        earlier = self._earlier()
        members = tuple(
            Member(
                one.person(),
                one.documents(),
                str(one.value(RELATION)) if at else "",
                apart=apart,
                earlier=earlier,
            )
            for at, one in enumerate(self.members)
        )
        host = self._new_host()
        arrival = Arrival(**{**self.values(ARRIVAL), "host": None if host else self.value("arrival.host")})
        details = {name.partition(".")[2]: self.value(name) for name in details_of(self.panel())}
        return ArrivalDraft(members, without_visa(arrival), self._address(), host, details=details)

    def panel(self) -> str:
        """The purpose whose fields are asked; for a citizen with another purpose that of a move in the country."""
        purpose, basis = str(self.value("arrival.purpose")), self.value("arrival.basis")
        arrival = Arrival(purpose=purpose, basis=basis)
        if purpose and not basis:
            arrival = grounded(arrival, str(self.members[0].value("person.citizenship")))
        return code_of(arrival)

    def dropped(self) -> list[str]:
        """Details that are typed and belong to another purpose than the chosen one: they are not saved."""
        own = details_of(self.panel())
        return [name for name in DETAILS if name not in own and not self.shared.get(name, Cell()).is_blank]

    def _earlier(self) -> Earlier | None:
        way = self.value(WAY)
        if way is None:
            return None
        left_on = self.value(LEFT_ON) if way is EarlierWay.LEFT else None
        return Earlier(way, left_on, str(self.value(WHY)) if way is EarlierWay.BOTH else "")

    def _address(self) -> Address | None:
        values = self.values(ADDRESS)
        return Address(**values) if any(values.values()) else None

    def _new_host(self) -> Party | None:
        return Party(**self.values(HOST)) if self.value("arrival.host") == NEW_HOST else None


def without_visa(arrival: Arrival) -> Arrival:
    """A visa is written only for those who came by one: its fields are hidden otherwise."""
    if arrival.basis is StayBasis.VISA:
        return arrival
    return replace(arrival, visa_category="", visa_number="")


def cell_of(name: str, value: Any, label: str) -> Cell:
    """A cell for a value that was not typed: `label` is what a code or record is called."""
    if value in (None, ""):
        return Cell()
    kind = ALL[name].field
    return Cell(label if isinstance(kind, Code) else kind.show(value), value)


def split_place(place: str | None) -> tuple[int, str]:
    """`members.2.iin` → member 2 and `iin`; -1 for what all share."""
    first, _dot, rest = (place or "").partition(".")
    if first != "members":
        return -1, place or ""
    number, _dot, name = rest.partition(".")
    return (int(number), name) if number.isdecimal() else (-1, "")


def cell_name(name: str) -> str:
    """The cell of a member's field as the checks name it."""
    for prefix in ("person", "document"):
        if f"{prefix}.{name}" in MEMBER:
            return f"{prefix}.{name}"
    return name


def by_cell(findings: Iterable[Finding]) -> dict[tuple[int, str], list[Finding]]:
    """Findings by member (-1: shared) and cell; an empty cell name is about the member as a whole."""
    sorted_out: dict[tuple[int, str], list[Finding]] = {}
    for one in findings:
        member, name = split_place(one.field)
        sorted_out.setdefault((member, cell_name(name) if member >= 0 else name), []).append(one)
    return sorted_out


def from_record(prefix: Mapping[str, Spec], rec: Record) -> dict[str, Any]:
    """The values of a record under the names of its cells."""
    return {name: getattr(rec, name.partition(".")[2]) for name in prefix}
