"""A bus, a flight, a class list: many people with one arrival, checked row by row, written as one op."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Done, Op
from migdesk.domain.finding import Finding, block, blocking, warn
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services import checks, panels
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import HEAD, ArrivalDraft, Member, Registered
from migdesk.services.arrivals.crowding import CROWDED
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.people import kinship, people, spellings
from migdesk.services.people.people import Likely
from migdesk.store.roll import Roll, find_repeated

_AT_ONCE = 25
"""Rows looked up in one task, so that the marks of a pasted list appear little by little."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One row: who comes, and the mark of the family; rows with the same mark are one."""

    member: Member
    family: str = ""


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """The rows, and what all of them share."""

    rows: tuple[GroupRow, ...]
    arrival: Arrival
    address: Address | None = None
    host: Party | None = None
    host_address: Address | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """Values of the purpose's own fields by key; a row may have others of its own."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """What is said of a row; fields are named as those of its member: `iin`, `document.number`, `relation`."""

    findings: tuple[Finding, ...] = ()
    likely: tuple[Likely, ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether the row cannot be saved as it is."""
        return bool(blocking(self.findings))


@dataclass(frozen=True, slots=True)
class GroupLook:
    """What is said of all: `rows` in their order (nothing for one not looked up yet), `shared` of the part
    above."""

    rows: tuple[RowLook | None, ...]
    shared: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every row was looked up."""
        return None not in self.rows


@dataclass(frozen=True, slots=True)
class RegisteredGroup:
    """What one op made, family by family in the order of their first rows."""

    families: tuple[Registered, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody."""
        return tuple(person for one in self.families for person in one.people)

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """Every arrival, in the order of `people`."""
        return tuple(arrival for one in self.families for arrival in one.arrivals)


class GroupChecks:
    """Remembers what was said of each row, so that typing in one asks the register about that one only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[GroupRow, Arrival, Address | None], RowLook] = {}

    def forget(self) -> None:
        """The register changed: ask again."""
        self._known = {}

    def look(self, draft: GroupDraft, most: int = _AT_ONCE) -> GroupLook:
        """Check a draft as it is now; of rows that were never seen at most so many."""
        arrival = _plain(draft.arrival)
        keys = [
            (replace(row, family=""), arrival, draft.address if row.member.person.rev else None)
            for row in draft.rows
        ]
        unknown = list(dict.fromkeys(key for key in keys if key not in self._known))[:most]
        fresh = dict(self._known)
        roll = _roll(self._desk, [row for row, _arrival, _address in unknown])
        for row, _arrival, address in unknown:
            fresh[row, arrival, address] = _look_at(self._desk, row, arrival, address, roll)
        self._known = {key: fresh[key] for key in keys if key in fresh}
        between = _between(self._desk, draft.rows)
        rows = tuple(
            replace(known, findings=(*known.findings, *between.get(at, ()))) if known else None
            for at, known in enumerate(self._known.get(key) for key in keys)
        )
        return GroupLook(rows, tuple(check_shared(self._desk, draft)))


def check_group(desk: Desk, draft: GroupDraft) -> GroupLook:
    """Everything that can be said of a group before saving it."""
    return GroupChecks(desk).look(draft, most=len(draft.rows))


def check_shared(desk: Desk, draft: GroupDraft) -> list[Finding]:
    """What is wrong with the part above; fields are named `arrival.…`, `address.…`, `host.…`."""
    found = [
        replace(one, field=f"arrival.{one.field}" if one.field else "arrival")
        for one in checks.check_arrival(desk, draft.arrival)
    ]
    found += arrivals.check_address(desk, draft.address) if draft.address else []
    found += arrivals.check_host(desk, draft.host, draft.host_address) if draft.host else []
    return [*found, *panels.check_details(desk, panel_of(draft), draft.details)]


def panel_of(draft: GroupDraft) -> str:
    """The purpose whose fields are asked: the arrival's own, or the one for the ground of whoever comes first."""
    return arrivals.panel_of(ArrivalDraft(tuple(row.member for row in draft.rows[:1]), draft.arrival))


def families_of(rows: Sequence[GroupRow]) -> list[list[int]]:
    """Places of the rows by family, the head first; whoever has no mark comes alone."""
    found: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        found.setdefault(row.family.strip().casefold() or f"\n{at}", []).append(at)
    return list(found.values())


def good_rows(draft: GroupDraft, look: GroupLook) -> list[int]:
    """Rows that can be saved without the others: nothing stops them, nor anybody of their family."""
    stopped = {at for at, one in enumerate(look.rows) if one is None or one.is_blocked}
    return sorted(at for family in families_of(draft.rows) if not stopped & {*family} for at in family)


def group_findings(look: GroupLook) -> list[Finding]:
    """All that is said; fields of the n-th row are named `rows.n.field`."""
    told = list(look.shared)
    for at, row in enumerate(look.rows):
        for one in row.findings if row else ():
            told.append(replace(one, field=f"rows.{at}.{one.field}" if one.field else f"rows.{at}"))
    return told


def register_group(desk: Desk, draft: GroupDraft) -> Done[RegisteredGroup]:
    """Put a whole group in the register as one op, which undo takes back whole.

    Raises:
        Invalid: what is wrong, row by row (`rows.n.field`); nothing was written.
    """
    written: list[Registered] = []
    with checked_op(desk, Op.REGISTER_GROUP, partial(_whole_check, desk, draft)) as (tx, findings):
        for family in families_of(draft.rows):
            one = _draft_of(draft, family)
            if not written:
                written.append(arrivals.write_draft(desk, tx, one))
                continue
            first = written[0].arrivals[0]
            made = arrivals.write_members(desk, tx, one, address=first.address, host=first.host)
            written.append(made)
        for person in (person for one in written for person in one.people if person.rev == 1):
            spellings.learn(tx, None, person)
    return Done(RegisteredGroup(tuple(written)), tx.changes, tuple(findings))


def _whole_check(desk: Desk, draft: GroupDraft) -> list[Finding]:
    findings = group_findings(check_group(desk, draft))
    if not draft.rows:
        findings.append(block("missing", N_("There is nobody to register."), "rows"))
    return findings


def _draft_of(draft: GroupDraft, family: Sequence[int]) -> ArrivalDraft:
    members = [draft.rows[at].member for at in family]
    head = replace(members[0], relation="")
    given = (draft.arrival, draft.address, draft.host, draft.host_address, draft.details)
    return ArrivalDraft((head, *members[1:]), *given)


def _plain(arrival: Arrival) -> Arrival:
    """What of the shared part matters to a row: where people live does not."""
    return replace(arrival, host=None, address=None, border_point="", transport="", note="")


def _roll(desk: Desk, rows: Sequence[GroupRow]) -> Roll:
    numbers = (document.number for row in rows for document in row.member.documents)
    return Roll(desk.store, (row.member.person for row in rows), numbers)


def _look_at(desk: Desk, row: GroupRow, arrival: Arrival, address: Address | None, roll: Roll) -> RowLook:
    member = row.member
    shared: set[tuple[str, str | None]]
    shared = {(one.code, f"arrival.{one.field}") for one in checks.check_arrival(desk, arrival)}
    shared |= {(one.code, one.field) for one in arrivals.check_address(desk, address)} if address else set()
    draft = ArrivalDraft((member,), arrival, address)
    said = arrivals.check_draft(desk, draft, duplicates=False, with_iin=roll.by_iin)
    found = [_own(one) for one in said if (one.code, one.field) not in shared and one.code != CROWDED]
    if member.person.rev:
        return RowLook((*found, *_twice_here(desk, member.person, arrival)))
    likely = people.likely_same(desk, member.person, member.documents) if _is_told(member.person) else []
    return RowLook((*found, *people.about_likely(likely, apart=member.apart)), tuple(likely))


def _is_told(person: Person) -> bool:
    """Whether there is anything to compare by."""
    return bool(person.full_name or person.iin)


def _own(one: Finding) -> Finding:
    """The member's own names for fields of a draft of one."""
    place = (one.field or "").removeprefix("members.0").removeprefix(".")
    return replace(one, field=place or None)


def _twice_here(desk: Desk, person: Person, arrival: Arrival) -> list[Finding]:
    """A known person whose arrival of this day is in the register already: the list was taken twice."""
    if arrival.arrived_on is None or not desk.store.live(
        Arrival, person=person.uid, arrived_on=arrival.arrived_on
    ):
        return []
    return [block("already_here", N_("This arrival is in the register already."))]


def _between(desk: Desk, rows: Sequence[GroupRow]) -> dict[int, list[Finding]]:
    """What rows say of each other: one number twice, one name and birth date twice, families."""
    found: dict[int, list[Finding]] = {}
    seen: dict[str, int] = {}
    for at, row in enumerate(rows):
        for mark, place in _marks(row.member):
            if seen.setdefault(mark, at) != at:
                message = N_("Row {row} has the same number already.")
                found.setdefault(at, []).append(block("same_twice", message, place, row=seen[mark] + 1))
    persons = {at: row.member.person for at, row in enumerate(rows)}
    for at, before in find_repeated(persons).items():
        if at not in found:
            message = N_("Row {row} has the same name and date of birth already.")
            found.setdefault(at, []).append(warn("same_name", message, "birth_date", row=before + 1))
    for at, told in _relations(desk, rows):
        found.setdefault(at, []).append(told)
    return found


def _marks(member: Member) -> Iterable[tuple[str, str | None]]:
    if member.person.rev:
        yield member.person.uid, None
    if member.person.iin:
        yield member.person.iin, "iin"
    for one in member.documents:
        if one.number:
            yield f"{one.issuer}{one.number}", "document.number"


def _relations(desk: Desk, rows: Sequence[GroupRow]) -> Iterable[tuple[int, Finding]]:
    """The first of a family is its head; the others say how they are related to him."""
    for family in families_of(rows):
        head = rows[family[0]].member.relation
        if head and head != HEAD:
            message = N_("The first row of a family is its head, and needs no relation.")
            if len(family) == 1:
                message = N_("A relation is given, but no other row has the mark of this family.")
            yield family[0], warn("relation_unused", message, "relation")
        for at in family[1:]:
            if not rows[at].member.relation:
                message = N_("The relation to the head is not given.")
                yield at, block("missing", message, "relation")
        for place, told in kinship.check_alike(desk, [rows[at].member.relation for at in family]):
            yield family[place], told
