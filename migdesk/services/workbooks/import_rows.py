"""What a row of a workbook means, who it is about, and what would become of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.batch import RowFate
from migdesk.domain.earlier import MOVED
from migdesk.domain.fields import Unreadable
from migdesk.domain.finding import Finding, Severity, block, note, warn
from migdesk.domain.party import Address, Party, PartyKind
from migdesk.domain.person import Person, TravelDocument
from migdesk.exchange.problem import Problem
from migdesk.exchange.read import Row, SheetReading
from migdesk.exchange.sheet import SheetColumn
from migdesk.i18n import N_
from migdesk.services.arrivals import arrivals, earlier
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.asked_values import PLACE
from migdesk.services.desk import Desk
from migdesk.services.lists import Heard
from migdesk.services.people import people
from migdesk.services.progress import Progress
from migdesk.services.workbooks.import_people import differences, find_known, linked, named, unknown_word
from migdesk.store.people import by_rowids
from migdesk.store.roll import Roll, find_namesakes, find_repeated

Values = defaultdict[str, dict[str, Any]]
"""What the cells of a row say: record → attribute → value."""


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


@dataclass(slots=True)
class _Told:
    """What a row says by itself, before the register is asked about it."""

    number: int
    problems: list[Problem]
    fate: RowFate = RowFate.ADDED
    draft: ArrivalDraft | None = None
    family: str = ""
    relation: str = ""


_ALREADY_HERE = note("already_here", N_("This arrival is in the register already."), "arrival.arrived_on")
_CAME_MEANWHILE = warn(
    "came_meanwhile",
    N_("Registered since the preview: the arrival was added to that file."),
    "person.surname",
)
_BATCH = 500
"""Rows for which the register is asked at once."""
MOST_MATCHED = 2_000
"""In a workbook of more rows only numbers and whole names with the birth date are looked for; the scan of the
register for duplicates finds the rest afterwards."""


class Planner:
    """Turns rows into drafts and finds their fate; remembers what rows share."""

    def __init__(self, desk: Desk, reading: SheetReading, *, moves: bool = False) -> None:
        self._desk = desk
        self._earlier = MOVED if moves else None
        self._today = desk.today
        self._reading = reading
        self._columns = reading.spec.by_key
        self._required = [column for column in self._columns.values() if column.required]
        self._codes: dict[tuple[str, str], Heard] = {}
        self._addresses: dict[tuple[str, str], Address] = {}
        self._hosts: dict[tuple[object, ...], Party] = {}
        self._hosts_checked: dict[Party, list[Finding]] = {}
        self._matches = True
        self._seen: dict[str, int] = {}
        self._namesakes: dict[int, int] = {}
        self._repeated: dict[int, int] = {}

    def plan_all(self, rows: Iterable[Row], progress: Progress) -> Iterator[RowPlan]:
        """The fate of every row with every problem in its cell; the register is asked for many rows at once.

        Raises:
            Cancelled: the operator stopped it.
        """
        every = [self._tell(row) for row in rows]
        self._matches = len(every) <= MOST_MATCHED
        said = {one.number: one.draft.members[0] for one in every if one.draft}
        persons = {number: member.person for number, member in said.items()}
        self._namesakes = find_namesakes(self._desk.store, persons)
        self._repeated = find_repeated(persons)
        for start in range(0, len(every), _BATCH):
            batch = every[start : start + _BATCH]
            roll = self._roll(said[one.number] for one in batch if one.draft)
            yield from [self._plan(one, roll) for one in batch]
            progress.step(len(every) + start + len(batch), 2 * len(every))

    def plan_again(self, rows: Sequence[RowPlan]) -> list[RowPlan]:
        """The same rows when something was written since they were planned; those to be added are judged anew.

        Only what others may have brought about is asked: whom the register has by now.
        """
        said = {one.number: one.draft.members[0] for one in rows if one.draft and one.fate is RowFate.ADDED}
        new = {number: member.person for number, member in said.items() if not member.person.rev}
        self._namesakes = find_namesakes(self._desk.store, new)
        found: list[RowPlan] = []
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            roll = self._roll(said[one.number] for one in batch if one.number in said)
            found += [self._again(one, roll) if one.number in said else one for one in batch]
        return found

    def _roll(self, members: Iterable[Member]) -> Roll:
        asked = list(members)
        numbers = (document.number for member in asked for document in member.documents)
        return Roll(self._desk.store, (member.person for member in asked), numbers)

    def _again(self, row: RowPlan, roll: Roll) -> RowPlan:
        """A row to be added, by what the register says now: still added, to another file, or not at all."""
        assert row.draft is not None
        member = row.draft.members[0]
        person, documents = member.person, member.documents
        known, refused = find_known(roll, person, documents)
        if person.rev and not known:
            gone = N_("{name} was changed in the register since the preview. Preview the file again.")
            refused = refused or block("gone", gone, "person.surname", name=person.full_name)
        if refused or (refused := self._same_name(row.number, known)):
            return self._replan(row, RowFate.FAILED, row.draft, [refused])
        if not known:
            return row
        known, told = linked(person, known)
        draft = replace(row.draft, members=(replace(member, person=known),))
        told = [] if person.rev else [*told, *differences(person, known)]
        if roll.has_arrived(known, draft.arrival.arrived_on):
            return self._replan(row, RowFate.UNCHANGED, draft, [*told, _ALREADY_HERE])
        elsewhere = earlier.check(self._desk, known, draft.arrival, draft.address, member.earlier)
        if _blocked(elsewhere):
            return self._replan(row, RowFate.FAILED, draft, [*told, *elsewhere])
        told += [] if person.rev else [_CAME_MEANWHILE]
        return self._replan(row, RowFate.ADDED, draft, told)

    def _replan(self, row: RowPlan, fate: RowFate, draft: ArrivalDraft, findings: list[Finding]) -> RowPlan:
        told = [self._reading.problem(row.number, self._key_of(one.field), one) for one in findings]
        return replace(row, fate=fate, draft=draft, problems=(*row.problems, *told))

    def _tell(self, row: Row) -> _Told:
        """What a row says, and what is wrong with it by itself."""
        told = _Told(row.number, list(row.problems))
        if row.uid:
            message = N_(
                "This row comes from an export: edited exports are not taken back yet; it is skipped."
            )
            told.problems.append(row.problem("uid", note("from_export", message)))
            told.fate = RowFate.SKIPPED
            return told
        values = self._values(row, told.problems)
        if _blocked(told.problems):
            told.fate = RowFate.FAILED
            return told
        told.draft = self._draft(values)
        told.family = str(values["family"].get("number") or "")
        told.relation = str(values["membership"].get("relation") or "")
        return told

    def _plan(self, told: _Told, roll: Roll) -> RowPlan:
        fate, draft = told.fate, told.draft
        if draft:
            fate, draft, findings = self._judge(told.number, draft, roll)
            told.problems += [
                self._reading.problem(told.number, self._key_of(one.field), one) for one in findings
            ]
            if _blocked(told.problems):
                fate = RowFate.FAILED
        return RowPlan(told.number, fate, draft, tuple(told.problems), told.family, told.relation)

    def _values(self, row: Row, problems: list[Problem]) -> Values:
        """Values by target; codes are looked up by their words, an unknown one is a problem of its cell."""
        values: Values = defaultdict(dict)
        for key, raw in row.values.items():
            column = self._columns.get(key)
            if column is None or (problems and _has_problem(problems, row, key)):
                continue
            value, told = self._value(column, raw)
            if told:
                problems.append(row.problem(key, told))
            if not told or told.severity is not Severity.BLOCK:
                owner, _dot, attribute = column.target.partition(".")
                values[owner][attribute] = value
        problems += [
            row.problem(
                column.key, block("missing", N_("“{label}” is empty."), column.key, label=column.label)
            )
            for column in self._required
            if column.key not in row.values and not self._is_refused(problems, row, column.key)
        ]
        return values

    def _value(self, column: SheetColumn, raw: object) -> tuple[Any, Finding | None]:
        """The value of a cell, and what must be said of it: a block when it has none."""
        if column.list:
            heard = self._heard(column, str(raw))
            if heard.code is not None:
                return heard.code, next(iter(heard.told(str(raw), column.key)), None)
            return None, unknown_word(self._desk, column, str(raw))
        try:
            value = column.field.read(raw, today=self._today)
            # thousands of rows share their names: one text in memory for each
            return (intern(value) if type(value) is str else value), None
        except Unreadable as wrong:
            return None, block(wrong.code, wrong.text, column.key, **wrong.values)

    def _is_refused(self, problems: Iterable[Problem], row: Row, key: str) -> bool:
        return key in self._reading.keys and _has_problem(problems, row, key)

    def _heard(self, column: SheetColumn, text: str) -> Heard:
        """What a text means in the list of its column, looked up once."""
        if (column.list, text) not in self._codes:
            self._codes[column.list, text] = self._desk.lists.hear(column.list, text)
        return self._codes[column.list, text]

    def _draft(self, values: Values) -> ArrivalDraft:
        full = values["person"].pop("full_name", "")
        person = Person(**values["person"])
        document = TravelDocument(**values["document"]) if values["document"].get("number") else None
        whole = named(person, str(full)) if full else person
        return ArrivalDraft(
            (Member(whole, (document,) if document else (), earlier=self._earlier),),
            Arrival(**values["arrival"]),
            self._address(values["address"]),
            self._host(values["host"]),
            details=values[PLACE],
        )

    def _address(self, told: dict[str, Any]) -> Address | None:
        """Rows that name one address share one record."""
        place, line = told.get("place_text"), told.get("line", "")
        if not place:
            return None
        if (place, line) not in self._addresses:
            self._addresses[place, line] = Address(place=place, line=line)
        return self._addresses[place, line]

    def _host(self, told: dict[str, Any]) -> Party | None:
        """Rows that name one host share one record."""
        if not told.get("name"):
            return None
        key = tuple(told.items())
        if key not in self._hosts:
            host = Party(**told)
            is_firm = len(host.number) == 12 and host.number[4] in "456"
            self._hosts[key] = replace(host, kind=PartyKind.ORGANISATION) if is_firm else host
        return self._hosts[key]

    def _judge(
        self, number: int, draft: ArrivalDraft, roll: Roll
    ) -> tuple[RowFate, ArrivalDraft, list[Finding]]:
        person, documents = draft.members[0].person, draft.members[0].documents
        twice = self._twice(number, person, documents)
        if twice:
            return RowFate.FAILED, draft, [twice]
        known, refused = find_known(roll, person, documents)
        refused = refused or self._same_name(number, known)
        if refused:
            return RowFate.FAILED, draft, [refused]
        findings: list[Finding] = []
        if known:
            known, findings = linked(person, known)
            draft = replace(draft, members=(replace(draft.members[0], person=known),))
            findings += differences(person, known)
            if roll.has_arrived(known, draft.arrival.arrived_on):
                return RowFate.UNCHANGED, draft, [*findings, _ALREADY_HERE]
        found = arrivals.check_draft(
            self._desk, replace(draft, host=None), duplicates=False, with_iin=roll.by_iin
        )
        if known is None and self._matches:
            found += people.warn_of_likely(people.likely_same(self._desk, person, documents))
        return RowFate.ADDED, draft, [*findings, *found, *self._check_host(draft.host)]

    def _check_host(self, host: Party | None) -> list[Finding]:
        """What is wrong with a host, worked out once for all his rows."""
        if host is None:
            return []
        if host not in self._hosts_checked:
            self._hosts_checked[host] = arrivals.check_host(self._desk, host)
        return self._hosts_checked[host]

    def _twice(self, number: int, person: Person, documents: Sequence[TravelDocument]) -> Finding | None:
        marks = [person.iin, *(f"{one.issuer}{one.number}" for one in documents)]
        for mark in marks:
            if mark and self._seen.setdefault(mark, number) != number:
                message = N_("Row {row} has the same number already.")
                where = "person.iin" if mark == person.iin else "document.number"
                return block("same_twice", message, where, row=self._seen[mark])
        return None

    def _same_name(self, number: int, known: Person | None) -> Finding | None:
        """A namesake born on the same day stops a row that no number ties to the register."""
        if known:
            return None
        if number in self._repeated:
            message = N_("Row {row} has the same name and date of birth already.")
            return block("same_twice", message, "person.birth_date", row=self._repeated[number])
        if number not in self._namesakes:
            return None
        same = by_rowids(self._desk.store, [self._namesakes[number]])[0]
        message = N_("{name} with the same date of birth is in the register: the row was not taken.")
        return block("duplicate", message, "person.birth_date", name=same.full_name)

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


def _blocked(problems: Iterable[Problem | Finding]) -> bool:
    findings = (one.finding if isinstance(one, Problem) else one for one in problems)
    return any(finding.severity is Severity.BLOCK for finding in findings)


def _has_problem(problems: Iterable[Problem], row: Row, key: str) -> bool:
    """Whether a cell is refused already: its text then stays as it was read."""
    at = row.address(key)
    return any(one.cell == at and one.finding.severity is Severity.BLOCK for one in problems)
