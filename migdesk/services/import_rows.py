"""What a row of a workbook means, who it is about, and what would become of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.batch import RowFate
from migdesk.domain.fields import Unreadable
from migdesk.domain.finding import Finding, Severity, block, note, warn
from migdesk.domain.party import Address, Party, PartyKind
from migdesk.domain.person import Person, TravelDocument
from migdesk.exchange.problem import Problem
from migdesk.exchange.read import Row, SheetReading
from migdesk.exchange.sheet import SheetColumn
from migdesk.i18n import N_
from migdesk.services import arrivals
from migdesk.services.arrivals import ArrivalDraft, Member
from migdesk.services.desk import Desk
from migdesk.store import people as shelf


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row of a preview: where it stands, what would become of it, and why."""

    number: int
    fate: RowFate
    draft: ArrivalDraft | None
    problems: tuple[Problem, ...]
    family: str = ""
    relation: str = ""

    @property
    def name(self) -> str:
        """Who stands in the row, for the preview grid."""
        return self.draft.members[0].person.full_name if self.draft and self.draft.members else ""


class Planner:
    """Turns rows into drafts and finds their fate; remembers what rows share."""

    def __init__(self, desk: Desk, reading: SheetReading) -> None:
        self._desk = desk
        self._reading = reading
        self._columns = reading.spec.by_key
        self._codes: dict[tuple[str, str], str | None] = {}
        self._seen: dict[str, int] = {}

    def plan(self, row: Row) -> RowPlan:
        """The fate of one row with every problem in its cell."""
        problems = list(row.problems)
        if row.uid:
            problems.append(
                row.problem(
                    "uid",
                    note(
                        "from_export",
                        N_(
                            "This row comes from an export: edited exports are not taken back yet; it is skipped."
                        ),
                    ),
                )
            )
            return RowPlan(row.number, RowFate.SKIPPED, None, tuple(problems))
        values = self._values(row, problems)
        if _blocked(problems):
            return RowPlan(row.number, RowFate.FAILED, None, tuple(problems))
        draft = self._draft(values)
        fate, draft, findings = self._judge(row, draft)
        problems += [row.problem(self._key_of(one.field), one) for one in findings]
        if _blocked(problems):
            fate = RowFate.FAILED
        return RowPlan(
            row.number,
            fate,
            draft,
            tuple(problems),
            str(values.get("family.number") or ""),
            str(values.get("membership.relation") or ""),
        )

    def _values(self, row: Row, problems: list[Problem]) -> dict[str, Any]:
        """Values by target; codes are looked up by their words, an unknown one is a problem of its cell."""
        values: dict[str, Any] = {}
        for key, value in row.values.items():
            column = self._columns.get(key)
            if column is None or _has_problem(problems, row, key):
                continue
            if column.list:
                code = self._code(column, str(value))
                if code is None:
                    message = N_("“{value}” is not in the list.")
                    if column.list == "kato":
                        message = N_("“{value}” is no settlement, or several: give its KATO code.")
                    problems.append(row.problem(key, block("unknown_code", message, key, value=str(value))))
                    continue
                value = code
            else:
                try:
                    value = column.field.read(value, today=self._desk.today)
                except Unreadable as wrong:
                    problems.append(row.problem(key, block(wrong.code, wrong.text, key, **wrong.values)))
                    continue
            values[column.target] = value
        problems += [
            row.problem(
                column.key, block("missing", N_("“{label}” is empty."), column.key, label=column.label)
            )
            for column in self._columns.values()
            if column.required
            and column.key not in row.values
            and not self._is_refused(problems, row, column.key)
        ]
        return values

    def _is_refused(self, problems: Iterable[Problem], row: Row, key: str) -> bool:
        return key in self._reading.keys and _has_problem(problems, row, key)

    def _code(self, column: SheetColumn, text: str) -> str | None:
        known = self._codes.get((column.list, text), "?")
        if known == "?":
            known = self._desk.lists.read(column.list, text)
            self._codes[column.list, text] = known
        return known

    def _draft(self, values: Mapping[str, Any]) -> ArrivalDraft:
        person = Person(**_part(values, "person"))
        if full := values.get("person.full_name"):
            person = _named(person, str(full))
        number = values.get("document.number")
        document = TravelDocument(**_part(values, "document")) if number else None
        host = Party(**_part(values, "host")) if values.get("host.name") else None
        if host and len(host.number) == 12 and host.number[4] in "456":
            host = replace(host, kind=PartyKind.ORGANISATION)
        place = values.get("address.place_text")
        address = Address(place=place, line=values.get("address.line", "")) if place else None
        return ArrivalDraft(
            (Member(person, (document,) if document else ()),),
            Arrival(**_part(values, "arrival")),
            address,
            host,
        )

    def _judge(self, row: Row, draft: ArrivalDraft) -> tuple[RowFate, ArrivalDraft, list[Finding]]:
        person, documents = draft.members[0].person, draft.members[0].documents
        twice = self._twice(row, person, documents)
        if twice:
            return RowFate.FAILED, draft, [twice]
        known, findings = self._known(person, documents)
        if _blocked(findings):
            return RowFate.FAILED, draft, findings
        if known:
            draft = replace(draft, members=(Member(known, documents),))
            findings += _differences(person, known)
            if self._arrived_before(known, draft.arrival):
                same = note(
                    "already_here", N_("This arrival is in the register already."), "arrival.arrived_on"
                )
                return RowFate.UNCHANGED, draft, [*findings, same]
        found = arrivals.check_draft(self._desk, draft, duplicates=False)
        return RowFate.ADDED, draft, [*findings, *found]

    def _twice(self, row: Row, person: Person, documents: Sequence[TravelDocument]) -> Finding | None:
        marks = [person.iin, *(f"{one.issuer}{one.number}" for one in documents)]
        for mark in marks:
            if mark and self._seen.setdefault(mark, row.number) != row.number:
                message = N_("Row {row} has the same number already.")
                where = "person.iin" if mark == person.iin else "document.number"
                return block("same_twice", message, where, row=self._seen[mark])
        return None

    def _known(
        self, person: Person, documents: Sequence[TravelDocument]
    ) -> tuple[Person | None, list[Finding]]:
        """Who in the register the row means: by IIN, by document; two answers stop the row."""
        store = self._desk.store
        by_iin = shelf.by_iin(store, person.iin)
        holders = [one for document in documents for one in shelf.by_document(store, document.number)]
        found = {one.uid: one for one in ([by_iin] if by_iin else []) + holders}
        if len(found) > 1:
            names = ", ".join(one.full_name for one in found.values())
            message = N_("The IIN and the document belong to different people: {names}.")
            return None, [block("ambiguous", message, "person.iin", names=names)]
        if found:
            only = next(iter(found.values()))
            if only.birth_date and person.birth_date and only.birth_date != person.birth_date and not by_iin:
                message = N_("The document belongs to {name}, born on {day}. Compare the papers.")
                day = only.birth_date.show()
                return None, [block("other_holder", message, "document.number", name=only.full_name, day=day)]
            return only, []
        same = shelf.namesakes(store, person)
        if same:
            message = N_("{name} with the same date of birth is in the register: the row was not taken.")
            return None, [block("duplicate", message, "person.birth_date", name=same[0].full_name)]
        return None, []

    def _arrived_before(self, person: Person, arrival: Arrival) -> bool:
        where = "person = ? AND arrived_on = ? AND annulled_on IS NULL"
        day = str(arrival.arrived_on)
        return bool(self._desk.store.select(Arrival, where, (person.uid, day)))

    def _key_of(self, place: str | None) -> str:
        """The column a finding of the services stands for: `members.0.iin` is the column of `person.iin`."""
        name = (place or "").rsplit(".", 1)[-1]
        part = (place or "").split(".", 1)[0]
        wanted = {"members": ("person", "document"), "address": ("address",)}.get(part, (part,))
        for column in self._columns.values():
            owner, _dot, attribute = column.target.partition(".")
            if owner in wanted and attribute in (name, f"{name}_text"):
                return column.key
        return name


def _part(values: Mapping[str, Any], owner: str) -> dict[str, Any]:
    skip = {"full_name", "place_text", "number"} if owner == "family" else {"full_name", "place_text"}
    return {
        target.partition(".")[2]: value
        for target, value in values.items()
        if target.startswith(f"{owner}.") and target.partition(".")[2] not in skip
    }


def _named(person: Person, full: str) -> Person:
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


def _differences(row: Person, known: Person) -> list[Finding]:
    """Where the row says otherwise than the register, which is kept."""
    message = N_("The register says “{ours}”; it was kept. Correct the file by hand if the row is right.")
    return [
        warn("differs", message, f"person.{name}", ours=str(getattr(known, name)))
        for name in ("surname", "given", "surname_latin", "given_latin", "birth_date", "citizenship", "iin")
        if getattr(row, name) and getattr(known, name) and getattr(row, name) != getattr(known, name)
    ]


def _blocked(problems: Iterable[Problem | Finding]) -> bool:
    findings = (one.finding if isinstance(one, Problem) else one for one in problems)
    return any(finding.severity is Severity.BLOCK for finding in findings)


def _has_problem(problems: Iterable[Problem], row: Row, key: str) -> bool:
    """Whether a cell is refused already: its text then stays as it was read."""
    at = row.address(key)
    return any(one.cell == at and one.finding.severity is Severity.BLOCK for one in problems)
