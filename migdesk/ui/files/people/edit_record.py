"""Edit what is in front (F2): a person, an arrival, a receiving person, in a small window with its fields."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Done
from migdesk.domain.fields import Spec, spec
from migdesk.domain.party import Address
from migdesk.domain.person import Person, TravelDocument
from migdesk.i18n import N_
from migdesk.services import panels, records
from migdesk.services.arrivals import arrivals
from migdesk.services.asked_values import PLACE
from migdesk.services.desk import Desk
from migdesk.services.people import people, shielded
from migdesk.services.records import ArrivalFile
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.parties.edit_party import ask_party
from migdesk.ui.files.questions.addresses import ADDRESS, address_spec, corrected_address
from migdesk.ui.files.questions.form_dialog import WIDE, Fresh, Question, ask
from migdesk.ui.files.questions.hosts import with_hosts
from migdesk.ui.files.questions.other_names import OtherNamesPart
from migdesk.ui.files.questions.panel_fields import details_typed, is_detail, panel_sections, panel_specs
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Kind, Target, Workplace

_PERSON_TITLE, _ARRIVAL_TITLE = N_("Edit: {name}"), N_("Correct the arrival {number}")
_SAVE = N_("Save")
_PERSON_DONE, _ARRIVAL_DONE = N_("Saved: {name}"), N_("Arrival {number} corrected.")
_NEW_DOCUMENT = N_("New travel document")
_TOGETHER = N_("A corrected address is also that of the family who came along.")
_PREFIX = "document."

_PERSON_SECTIONS = (
    Section(
        N_("Person"),
        (
            ("surname", "given"),
            ("patronymic", "document_name"),
            ("surname_latin", "given_latin"),
            ("birth_date", "birth_estimated"),
            ("sex", "citizenship"),
            ("iin", "phone"),
        ),
    ),
    Section(
        N_("Origin and life"),
        (
            ("ethnicity", "marital"),
            ("birth_country", "birth_place"),
            ("exit_country", "email"),
            ("education", "speciality"),
            ("job", "biometric_ref"),
            ("note",),
        ),
    ),
)
_PERSON_NAMES = [name for section in _PERSON_SECTIONS for row in section.rows for name in row]
_DOCUMENT_FIELDS = ("kind", "number", "issuer", "issued_on", "expires_on", "issued_by")
_DOCUMENT_SECTION = Section(
    _NEW_DOCUMENT,
    tuple(
        (f"{_PREFIX}{one}", f"{_PREFIX}{other}")
        for one, other in zip(_DOCUMENT_FIELDS[::2], _DOCUMENT_FIELDS[1::2], strict=True)
    ),
)
_ARRIVAL_SECTIONS = (
    Section(
        "",
        (
            ("purpose", "from_country"),
            ("entered_on", "arrived_on"),
            ("border_point", "transport"),
            ("basis", "visa_category"),
            ("visa_number", "stay_until"),
            ("channel", "address.rka"),
            ("notified_on", "registered_on"),
            ("address.place", "address.line"),
            ("previous_address", "host"),
            ("source", "registered_source"),
            ("note",),
        ),
    ),
)


def ask_edit(work: Workplace, target: Target) -> None:
    """Read the record, then ask; not where it lies in a file that is closed at this desk."""
    failed = work.tell_error
    if target.kind is Kind.PERSON:
        work.tasks.read(
            _person,
            work.desk,
            target.uid,
            done=lambda person: _ask_person(work, person, target),
            failed=failed,
        )
    elif target.kind is Kind.ARRIVAL:
        work.tasks.read(
            _arrival, work.desk, target.uid, done=lambda file: _ask_arrival(work, file, target), failed=failed
        )
    elif target.kind is Kind.PARTY:
        ask_party(work, target.uid)


def _person(desk: Desk, uid: str) -> Person:
    person = people.get_person(desk, uid)
    shielded.refuse(desk, person.uid)
    return person


def _arrival(desk: Desk, uid: str) -> ArrivalFile:
    file = records.open_arrival(desk, uid)
    shielded.refuse(desk, file.person.uid)
    return file


def _ask_person(work: Workplace, person: Person, target: Target) -> None:
    others = OtherNamesPart(work.sources(), person)

    def laid(person: Person) -> Fresh:
        values = {name: getattr(person, name) for name in _PERSON_NAMES} | {f"{_PREFIX}kind": "passport"}
        return Fresh(values, partial(_save_person, person), partial(others.show_person, person))

    found = laid(person)
    question = Question(
        key=f"person.edit/{person.uid}",
        title=said(_PERSON_TITLE, name=person.full_name),
        button=_SAVE,
        specs=[*(spec(Person, name) for name in _PERSON_NAMES), *map(_document_spec, _DOCUMENT_FIELDS)],
        sections=(*_PERSON_SECTIONS, _DOCUMENT_SECTION),
        save=found.save,
        words=lambda done: with_warnings(
            said(_PERSON_DONE, name=done.value.full_name),
            [one for one in done.findings if one.code == people.DUPLICATE],
        ),
        values=found.values,
        width=WIDE,
        more=others,
        start=target.field,
        again=lambda desk: laid(people.get_person(desk, person.uid)),
    )
    others.watch(ask(work, question).form)


def _save_person(person: Person, desk: Desk, values: dict[str, Any]) -> Done[Person]:
    own = {name: value for name, value in values.items() if not name.startswith(_PREFIX)}
    paper = {name.removeprefix(_PREFIX): value for name, value in values.items() if name.startswith(_PREFIX)}
    document = replace(TravelDocument(), **paper) if paper["number"] else None
    return people.save_person(desk, replace(person, **own), document)


def _document_spec(name: str) -> Spec:
    """A field of a document that need not be there at all, so none of its fields is required."""
    found = spec(TravelDocument, name)
    return Spec(f"{_PREFIX}{name}", replace(found.field, required=False), found.optional)


def _ask_arrival(work: Workplace, file: ArrivalFile, target: Target) -> None:
    arrival = file.arrival
    sections = (*_ARRIVAL_SECTIONS, *panel_sections(panels.code_of(arrival)))
    names = [name for section in sections for row in section.rows for name in row]

    def laid(file: ArrivalFile) -> Fresh:
        return Fresh({name: _arrival_value(file, name) for name in names}, partial(_save_arrival, file))

    found = laid(file)
    question = Question(
        key=f"arrival.edit/{arrival.uid}",
        title=said(_ARRIVAL_TITLE, number=arrival.number),
        button=_SAVE,
        specs=[
            *(_arrival_spec(name) for name in names if not is_detail(name)),
            *panel_specs(panels.code_of(arrival)),
        ],
        sections=sections,
        save=found.save,
        words=lambda done: said(_ARRIVAL_DONE, number=done.value.number),
        values=found.values,
        lead=said(_TOGETHER) if file.companions else "",
        sources=with_hosts(work),
        width=WIDE,
        start=target.field,
        again=lambda desk: laid(records.open_arrival(desk, arrival.uid)),
    )
    ask(work, question)


def _save_arrival(file: ArrivalFile, desk: Desk, values: dict[str, Any]) -> Done[Arrival]:
    own = {name: value for name, value in values.items() if "." not in name}
    arrival = replace(file.arrival, **own)
    moved = corrected_address(file.address or Address(), values)
    return arrivals.correct_arrival(desk, arrival, moved, details_typed(values, panels.code_of(arrival)))


def _arrival_value(file: ArrivalFile, name: str) -> Any:
    prefix, dot, rest = name.partition(".")
    if prefix == PLACE:
        return file.details.get(rest)
    return getattr(file.address or Address(), rest) if dot else getattr(file.arrival, name)


def _arrival_spec(name: str) -> Spec:
    return address_spec(name) if name.startswith(ADDRESS) else spec(Arrival, name)
