"""How far a file has grown: what an official paper still waits for, in one place; when it counts as verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from migdesk.domain.arrival import RESIDENTS, Arrival
from migdesk.domain.person import Completeness, Person, TravelDocument
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.services import asked_values, panels

R = TypeVar("R", bound=Record)

IDENTITY = (
    "surname",
    "given",
    "patronymic",
    "surname_latin",
    "given_latin",
    "document_name",
    "birth_date",
    "birth_estimated",
    "sex",
    "citizenship",
    "iin",
)
"""What somebody compared with the papers when he verified a file: a change of it asks him again."""

_KEPT = frozenset({"uid", "rev", "state", "notice_due", "registration_due", "stay_ends_on", "left_on"})
"""Fields of an arrival that change by themselves and not by anybody's hand."""


class Reads(Protocol):
    """A store, or a write in progress."""

    def live(self, cls: type[R], **given: Any) -> list[R]:
        """Records that count, with the values given."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something an official paper waits for: its English label, and the field where it is typed."""

    label: str
    place: str


@dataclass(frozen=True, slots=True)
class Growth:
    """What is missing, of so many things that are asked."""

    lacking: tuple[Lack, ...]
    asked: int

    @property
    def percent(self) -> int:
        """How much is there; a hundred only when nothing is missing."""
        return 100 * (self.asked - len(self.lacking)) // self.asked if self.asked else 100

    @property
    def labels(self) -> tuple[str, ...]:
        """The English labels of what is missing."""
        return tuple(one.label for one in self.lacking)

    @property
    def state(self) -> Completeness:
        """Complete when nothing is missing."""
        return Completeness.INCOMPLETE if self.lacking else Completeness.COMPLETE


def of_person(person: Person, documents: Iterable[TravelDocument]) -> Growth:
    """What a person's own file lacks."""
    return _growth(_asked_of_person(person, documents))


def of_arrival(
    person: Person,
    documents: Iterable[TravelDocument],
    arrival: Arrival,
    details: Mapping[str, Any] | None = None,
) -> Growth:
    """What an arrival lacks, its person's file and the required details of its purpose included."""
    wanted: list[tuple[object, str, str]] = [
        *_asked_of_person(person, documents),
        (arrival.arrived_on, N_("Arrived at the address on"), "arrival.arrived_on"),
        (arrival.purpose, N_("Purpose of arrival"), "arrival.purpose"),
        (arrival.address, N_("Address of stay"), "address.place"),
        (arrival.host or arrival.basis in RESIDENTS, N_("Receiving person"), "arrival.host"),
    ]
    code = panels.code_of(arrival)
    empty = panels.lacking_of(code, details or {})
    for one in panels.fields_of(code):
        if one.field.required:
            place = f"{asked_values.PLACE}.{one.key}"
            wanted.append(((one.field.label, place) not in empty, one.field.label, place))
    return _growth(wanted)


def of_file(
    person: Person,
    documents: Iterable[TravelDocument],
    arrival: Arrival | None = None,
    details: Mapping[str, Any] | None = None,
) -> Growth:
    """What a person's file lacks: what he lacks himself, and what the arrival lacks by which he is or was here.

    Chip, bar, lists, the command line and the papers of that arrival all say this.
    """
    return of_arrival(person, documents, arrival, details) if arrival else of_person(person, documents)


def last_arrival(reads: Reads, person: str) -> Arrival | None:
    """The newest arrival of a person, one that is still open before all others."""
    order = "left_on IS NOT NULL, arrived_on DESC, id DESC"
    found = reads.live(Arrival, person=person, order=order, limit=1)
    return found[0] if found else None


def settled(
    reads: Reads, person: Person, documents: Iterable[TravelDocument], *, changed: bool = False
) -> Person:
    """The person with the state of his whole file as the register has it."""
    last = last_arrival(reads, person.uid) if person.rev else None
    grown = of_file(person, documents, last, panels.details_of(reads, last) if last else None)
    return replace(person, state=_settled(person.state, grown, changed=changed))


def identity_changed(was: Person | None, person: Person) -> bool:
    """Whether anything differs that is compared with papers."""
    return was is not None and any(getattr(was, name) != getattr(person, name) for name in IDENTITY)


def arrival_changed(was: Arrival | None, arrival: Arrival) -> bool:
    """Whether anybody's hand changed an arrival."""
    names = set(Arrival.__dataclass_fields__) - _KEPT
    return was is not None and any(getattr(was, name) != getattr(arrival, name) for name in names)


def with_state(
    person: Person,
    documents: Iterable[TravelDocument],
    *,
    arrival: Arrival | None = None,
    details: Mapping[str, Any] | None = None,
    changed: bool = False,
) -> Person:
    """The person with how far his file has grown, with the arrival that is his newest.

    What was verified stays so until what was compared is `changed`, or something is missing again.
    """
    grown = of_file(person, documents, arrival, details)
    return replace(person, state=_settled(person.state, grown, changed=changed))


def completeness(
    person: Person,
    documents: Iterable[TravelDocument],
    arrival: Arrival,
    details: Mapping[str, Any] | None = None,
) -> tuple[Completeness, tuple[str, ...]]:
    """How far a file has grown, and the English labels of what is still missing for an official paper."""
    grown = of_arrival(person, documents, arrival, details)
    return grown.state, grown.labels


def arrival_with_state(
    person: Person,
    documents: Iterable[TravelDocument],
    arrival: Arrival,
    details: Mapping[str, Any] | None = None,
    *,
    changed: bool = False,
) -> Arrival:
    """The arrival with how far its file has grown; no longer verified when its person's file is not."""
    again = changed or person.state is not Completeness.VERIFIED
    grown = of_arrival(person, documents, arrival, details)
    return replace(arrival, state=_settled(arrival.state, grown, changed=again))


def _settled(state: Completeness | None, grown: Growth, *, changed: bool) -> Completeness | None:
    if state is None:
        return state
    if state is Completeness.VERIFIED and not changed and not grown.lacking:
        return state
    return grown.state


def _asked_of_person(person: Person, documents: Iterable[TravelDocument]) -> list[tuple[object, str, str]]:
    return [
        (person.surname or person.surname_latin, N_("Surname"), "person.surname"),
        (person.given or person.given_latin, N_("Given name"), "person.given"),
        (person.birth_date, N_("Date of birth"), "person.birth_date"),
        (person.sex, N_("Sex"), "person.sex"),
        (person.citizenship, N_("Citizenship"), "person.citizenship"),
        (any(True for _one in documents), N_("Travel document"), "document.number"),
    ]


def _growth(wanted: list[tuple[object, str, str]]) -> Growth:
    lacking = tuple(Lack(label, place) for value, label, place in wanted if not value)
    return Growth(lacking, len(wanted))
