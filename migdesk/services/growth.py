"""How far a file has grown: what an official paper still waits for, in one place; when it counts as verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.person import Completeness, Person, TravelDocument
from migdesk.i18n import N_
from migdesk.services import panels

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

_KEPT = frozenset({"uid", "rev", "state", "notice_due", "registration_due", "left_on"})
"""Fields of an arrival that change by themselves and not by anybody's hand."""


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
        (arrival.host or arrival.basis is StayBasis.CITIZEN, N_("Receiving person"), "arrival.host"),
    ]
    empty = panels.lacking_of(arrival.purpose, details or {})
    for one in panels.fields_of(arrival.purpose):
        if one.field.required:
            place = f"{panels.PLACE}.{one.key}"
            wanted.append(((one.field.label, place) not in empty, one.field.label, place))
    return _growth(wanted)


def identity_changed(was: Person | None, person: Person) -> bool:
    """Whether anything differs that is compared with papers."""
    return was is not None and any(getattr(was, name) != getattr(person, name) for name in IDENTITY)


def arrival_changed(was: Arrival | None, arrival: Arrival) -> bool:
    """Whether anybody's hand changed an arrival."""
    names = set(Arrival.__dataclass_fields__) - _KEPT
    return was is not None and any(getattr(was, name) != getattr(arrival, name) for name in names)


def person_lacks(person: Person, documents: Iterable[TravelDocument]) -> tuple[str, ...]:
    """The English labels of what a person's own file lacks for an official paper."""
    return of_person(person, documents).labels


def with_state(person: Person, documents: Iterable[TravelDocument], *, changed: bool = False) -> Person:
    """The person with how far his file has grown; a draft stays one.

    What was verified stays so until what was compared is `changed`, or something is missing again.
    """
    state = _settled(person.state, of_person(person, documents), changed=changed)
    return replace(person, state=state)


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
    if state in (None, Completeness.DRAFT):
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
