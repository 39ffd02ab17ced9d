"""Bulk extension: many permits extended in one op, each to its own day, looked at line by line before it is done.

The new end is a day for all, or for each the term of its kind: that of the decision by which a service in force
extends such permits, that of its category in the list of kinds, else the longest term that the packs name for it.
Where the service caps its permits by the travel document, no permit lasts longer than that. Permits of dependants
follow to the day of the one they rest on; of those that may, see `dependants`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, NotFound
from migdesk.domain.finding import Finding, block, blocking, note, warn
from migdesk.domain.listing import Query
from migdesk.domain.permit import TRANSITIONS, Permit, PermitState
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.rules.procedure import EXTEND, Decision
from migdesk.rules.procedure_file import DOCUMENT
from migdesk.services import checks, listing
from migdesk.services.desk import Desk
from migdesk.services.facts.permit_service import said_of, term_of
from migdesk.services.permits import dependants, permits
from migdesk.services.progress import SILENT, Progress
from migdesk.services.workbooks import number_column
from migdesk.services.workbooks.number_column import NumberCell
from migdesk.store import people as shelf

_LONGEST = "{kind}.longest"
"""Code of the term that says how long a permit of a kind may last at most."""
_NO_TERM = N_("The rules name no term by which a permit of this kind is extended: give a day.")
_NO_TERM_OF = N_(
    "The rules name no term by which a permit of this kind and category ({category}) is extended: give a day, in the "
    "window or by --until."
)
_CAPPED = N_("Ends on {day}, not on {asked}: the travel document {number} ends then.")
_FOLLOWS = N_("Follows the permit {number} of {name}.")


@dataclass(frozen=True, slots=True)
class Line:
    """One permit of a bulk extension: its new end, what is said of it, and which line it `follows`, by uid.

    `asked` is what named it when that was a cell of a workbook, `place` the cell; a line without a permit says why.
    """

    permit: Permit | None
    person: Person | None
    until: date | None
    findings: tuple[Finding, ...]
    follows: str = ""
    asked: str = ""
    place: str = ""

    @property
    def refused(self) -> bool:
        """Whether it is not extended."""
        return bool(blocking(self.findings))

    @property
    def words(self) -> str:
        """Everything that is said of it, in one line."""
        return " ".join(one.words() for one in self.findings)


@dataclass(frozen=True, slots=True)
class How:
    """Until when: a day for all, or nothing, which means each by the term of its kind; whether dependants follow."""

    until: date | None = None
    follow: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """A permit that was named, or why none is meant."""

    uid: str
    trouble: Finding | None = None
    asked: str = ""
    place: str = ""


def by_numbers(desk: Desk, cells: Sequence[NumberCell]) -> list[Named]:
    """The permits that numbers of a column mean: by the permit's own number, or the one in force of its holder."""
    found: list[Named] = []
    for cell in cells:
        own = desk.store.live(Permit, number=cell.text)
        named = own[0].uid if len(own) == 1 else _of_holder(desk, cell)
        if isinstance(named, Finding):
            found.append(Named("", named, cell.text, cell.place))
        else:
            found.append(Named(named, None, cell.text, cell.place))
    return found


def in_list(desk: Desk, query: Query) -> list[Named]:
    """The permits of a list."""
    opened = listing.open_list(desk, query)
    return [Named(str(row[0])) for row in listing.all_rows(opened, identified=True)]


def _of_holder(desk: Desk, cell: NumberCell) -> str | Finding:
    person = number_column.find_people(desk, [cell.text])[0]
    if isinstance(person, Finding):
        return person
    held = desk.store.live(Permit, person=person, state=PermitState.GRANTED)
    current = [one for one in held if one.valid_until]
    if len(current) == 1:
        return current[0].uid
    if not current:
        return block("extend.none", N_("This person has no permit with an end."), "permit")
    message = N_("This person has several permits: {numbers}. Name the permit itself.")
    return block("extend.several", message, "permit", numbers=", ".join(one.number for one in current))


def plan(desk: Desk, named: Iterable[Named], how: How, progress: Progress = SILENT) -> list[Line]:
    """What a bulk extension would do, line by line; writes nothing.

    Raises:
        Cancelled: the operator stopped it.
    """
    wanted = list(named)
    chosen = {one.uid for one in wanted if one.uid}
    lines: list[Line] = []
    seen: set[str] = set()
    for done, one in enumerate(wanted, start=1):
        progress.step(done, len(wanted))
        if one.trouble or not one.uid:
            told = (one.trouble,) if one.trouble else ()
            lines.append(Line(None, None, None, told, "", one.asked, one.place))
        elif one.uid not in seen:
            seen.add(one.uid)
            line = _line(desk, desk.store.get(Permit, one.uid), how)
            lines.append(replace(line, asked=one.asked, place=one.place))
            lines += _followers(desk, line, how, chosen | seen)
            seen |= {one.permit.uid for one in lines if one.permit}
    return lines


def _line(desk: Desk, permit: Permit, how: How, along: Line | None = None) -> Line:
    person = desk.store.get(Person, permit.person or "")
    told = list(_why_not(permit))
    until: date | None = None
    if not told:
        until, cut = _end_of(desk, permit, along.until if along else how.until)
        told += cut
        told += permits.check_extension(desk, permit, until, desk.today) if until else ()
    if along and along.permit and along.person:
        values = {"number": along.permit.number, "name": along.person.full_name}
        told.insert(0, note("extend.follows", _FOLLOWS, "permit", **values))
    follows = along.permit.uid if along and along.permit else ""
    return Line(permit, person, until, tuple(told), follows)


def _why_not(permit: Permit) -> Iterator[Finding]:
    if permit.state is None or PermitState.EXTENDED not in TRANSITIONS[permit.state]:
        yield block("permit.state", permits.why_not(permit), "state")
    elif permit.valid_until is None:
        yield block("no_end", N_("This permit has no end to extend."), "valid_until")


def _end_of(desk: Desk, permit: Permit, asked: date | None) -> tuple[date | None, list[Finding]]:
    """The new end of one permit, and what is said of it."""
    decision = _extending(desk, permit)
    until = asked or _by_term(desk, permit, decision)
    if until is None:
        return None, [_no_term(desk, permit)]
    if decision is None or DOCUMENT not in decision.caps:
        return until, []
    documents = shelf.documents_of(desk.store, permit.person or "", desk.today)
    ends = documents[0].expires_on if documents else None
    if ends is None or ends >= until:
        return until, []
    values = {"day": show_day(ends), "asked": show_day(until), "number": documents[0].number}
    return ends, [warn("capped", _CAPPED, "until", **values)]


def _no_term(desk: Desk, permit: Permit) -> Finding:
    if not permit.category:
        return block("extend.no_term", _NO_TERM, "until")
    label = desk.lists.label(said_of(desk, permit.kind, "categories"), permit.category) or permit.category
    return block("extend.no_term", _NO_TERM_OF, "until", category=label)


def _extending(desk: Desk, permit: Permit) -> Decision | None:
    """The decision by which a service in force today extends permits of a kind; the service of the kind first."""
    usual = [said_of(desk, permit.kind, key) for key in ("extension", "service")]
    codes = [*usual, *(one.code for one in desk.procedures)]
    for code in dict.fromkeys(filter(None, codes)):
        service = desk.find_procedure(code, desk.today)
        for one in service.decisions if service else ():
            if one.does == EXTEND and one.permit == permit.kind:
                return one
    return None


def _by_term(desk: Desk, permit: Permit, decision: Decision | None) -> date | None:
    assert permit.valid_until
    named = (decision.term if decision else None, term_of(desk, permit.kind, permit.category, extends=True))
    for code in (*named, _LONGEST.format(kind=permit.kind)):
        try:
            if code and (due := checks.find_due(desk, code, permit.valid_until)):
                return due
        except NotFound:
            continue
    return None


def _followers(desk: Desk, line: Line, how: How, chosen: set[str]) -> Iterator[Line]:
    """The permits of dependants: lines of their own when they follow, else a word about each."""
    if line.refused or line.permit is None:
        return
    for one in dependants.of_permit(desk, line.permit):
        if one.permit.uid in chosen:
            continue
        if how.follow and one.may_follow:
            yield _line(desk, one.permit, how, line)
        else:
            yield Line(one.permit, one.person, None, (_left(one.as_finding()),), line.permit.uid)


def _left(told: Finding) -> Finding:
    """A dependant's permit that stays as it is."""
    return block("extend.stays", told.text, "permit", **told.values)


def apply(desk: Desk, lines: Sequence[Line]) -> Done[list[Permit]]:
    """Extend what was planned and not refused, in one op that one undo takes back.

    Raises:
        Invalid: nothing of it can be extended.
        Stale: one of the permits was changed since it was looked at.
    """
    good = [one for one in lines if one.permit and one.until and not one.refused]
    if not good:
        message = N_("None of these permits can be extended.")
        raise Invalid([block("extend.nothing", message, None)])
    made: dict[str, Permit] = {}
    with desk.write(Op.EXTEND_PERMITS) as tx:
        for one in good:
            old = one.permit
            assert old
            longer = replace(old, valid_until=one.until, granted_on=desk.today, applied_on=desk.today)
            if old.principal and (principal := made.get(one.follows)) and _rests(old, principal):
                longer = replace(longer, principal=principal.uid)
            made[old.uid] = permits.write_extended(desk, tx, old, longer)
    return Done(list(made.values()), tx.changes)


def _rests(permit: Permit, principal: Permit) -> bool:
    """Whether a permit names the one that the new principal took the place of."""
    return permit.principal == principal.extends
