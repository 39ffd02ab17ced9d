"""What is said of a family: its document and its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from migdesk.cli.output import (
    Answer,
    changed,
    day_words,
    finding_lines,
    findings_document,
    record_document,
    table,
)
from migdesk.cli.people import person_document
from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label
from migdesk.domain.kin import HEAD
from migdesk.domain.person import Person
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.families import families
from migdesk.services.families.families import FamilyFile
from migdesk.services.people import kinship


def after(desk: Desk, done: Any) -> Answer:
    """The family as it is now, with what the checks said."""
    file = families.open_family(desk, done.value.uid)
    told = Done(done.value, done.changes, (*done.findings, *file.findings))
    return changed(told, _head_rows(file), members=_members(desk, file))


def _head_rows(file: FamilyFile) -> list[tuple[str, str]]:
    return [
        (_(N_("Head of family")), file.head.full_name if file.head else "—"),
        (_(N_("Members")), str(len(file.members))),
    ]


def shown(desk: Desk, file: FamilyFile) -> Answer:
    """A family on a day, with what happened to it."""
    document = {
        **record_document(file.family),
        "on": file.on,
        "head": file.head.uid if file.head else None,
        "members": _members(desk, file),
        "also": [{"uid": one.uid, "head": one.head} for one in file.also],
        "findings": findings_document(file.findings),
        "coming_of_age": [{"person": one.person.uid, "on": one.on} for one in file.of_age],
        "events": [
            {
                "on": one.on,
                "what": one.what.value if one.what else "began",
                "people": [person.uid for person in one.people],
                "family": one.other,
            }
            for one in file.events
        ],
    }
    return Answer(document, _lines(desk, file))


def _members(desk: Desk, file: FamilyFile) -> list[dict[str, object]]:
    return [
        {
            **person_document(person),
            "relation": one.relation,
            "head_is": None if one.relation == HEAD else _inverse(desk, file, one.relation),
            "since": one.since,
            "until": one.until,
        }
        for one, person in file.members
    ]


def _inverse(desk: Desk, file: FamilyFile, relation: str) -> str:
    return kinship.inverse(desk, relation, file.head.sex if file.head else None)


def _lines(desk: Desk, file: FamilyFile) -> Iterator[str]:
    headings = [_(N_("Name")), _(N_("To the head")), _(N_("Born")), _(N_("Since")), "uid"]
    rows = (
        [
            person.full_name,
            desk.lists.label(kinship.RELATIONS, one.relation),
            person.born_words,
            day_words(one.since),
            person.uid,
        ]
        for one, person in file.members
    )
    yield f"{_(N_('On the day'))}: {day_words(file.on)}"
    yield from table(headings, rows)
    for other in file.also:
        head = desk.store.find(Person, other.head or "")
        yield f"  {_(N_('Another family'))}: {head.full_name if head else '—'} {other.uid}"
    yield from finding_lines(file.findings)
    for due in file.of_age:
        yield f"  {day_words(due.on)}  {_(N_('of age'))}: {due.person.full_name}"
    for event in file.events:
        what = choice_label(event.what) if event.what else _(N_("the family began"))
        yield f"  {day_words(event.on)}  {what}: {_names(event.people)}"


def _names(people: Iterable[Person]) -> str:
    return ", ".join(one.full_name for one in people)
