"""The end of each stay, kept with the open arrival: counted anew in the op that changes what it depends on.

A list of a hundred thousand, the terms of the day and a filter read the kept day; the file of a person works it out
again and shows why. It depends on the crossings, the permits and the citizenship of a person and on the law: every
op that writes one of them settles it before it is over (`Desk.write`), one that changes the law by `law_counted`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import NamedTuple, Protocol

from migdesk.domain.arrival import Arrival, Stay, StayBasis
from migdesk.domain.change import Op
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person
from migdesk.rules.law import Law
from migdesk.rules.presence import Crossing, Span, plus
from migdesk.rules.stay import OWN_CITIZEN
from migdesk.rules.stay_end import Ground, last_day_of, last_lawful_day
from migdesk.rules.stay_question import StayQuestion
from migdesk.services import shortened
from migdesk.services.lists import read_list
from migdesk.services.shortened import Cut
from migdesk.store.database import Store
from migdesk.store.writer import Tx

KINDS = "permit_kinds"
"""The list that says which kinds of permit are a ground of stay, and which days no window counts."""
FIELD, RULE = "stay_ends_on", "stay"
"""The kept day of an arrival, and what the law that gives it is called among the effects of another law."""
_AT_ONCE = 400
_COVERING = frozenset({StayBasis.VISA, StayBasis.RVP, StayBasis.PMZH})
"""Grounds of entry whose days no window counts."""
_HELD = frozenset({PermitState.GRANTED, PermitState.EXTENDED, PermitState.REVOKED})


class Office(Protocol):
    """What is asked of an open office; the desk, which itself settles stays, has it."""

    @property
    def store(self) -> Store:
        """The office's file."""

    @property
    def law(self) -> Law:
        """The law in force."""

    @property
    def today(self) -> date:
        """The day that counts."""

    def write(self, op: Op) -> AbstractContextManager[Tx]:
        """One op."""


class Entry(NamedTuple):
    """One crossing of the border, in and out, with the ground given at the entry and the day until which it holds."""

    entered: date
    left: date | None
    basis: StayBasis | None
    valid_until: date | None


class Held(NamedTuple):
    """What a permit says of the days it covers."""

    kind: str
    granted: date | None
    since: date | None
    until: date | None
    number: str
    revoked: bool = False


class Begun(NamedTuple):
    """An open arrival: its ground and the day written in its document, for somebody of whom no crossing is known."""

    uid: str
    person: str
    citizenship: str
    basis: StayBasis | None
    stay_until: date | None
    kept: date | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An open arrival whose kept end of stay is another than it should be."""

    uid: str
    person: str
    before: date | None
    after: date | None


def settle(desk: Office, tx: Tx) -> None:
    """Give the open arrivals of everybody whom an op touched the end of stay they have by now."""
    if not tx.stays_of:
        return
    people = sorted(tx.stays_of)
    for start in range(0, len(people), _AT_ONCE):
        for one in list(stale(desk.store, desk.law, tx.today, people[start : start + _AT_ONCE])):
            tx.settle(Arrival, one.uid, FIELD, _iso(one.before), _iso(one.after))


def recount(desk: Office) -> int:
    """Count every kept end of stay anew, as one op; how many changed. For an office that missed an op or a day."""
    found = list(stale(desk.store, desk.law, desk.today))
    if found:
        with desk.write(Op.RECOUNT_STAYS) as tx:
            for one in found:
                tx.settle(Arrival, one.uid, FIELD, _iso(one.before), _iso(one.after))
    return len(found)


def of_new(desk: Office, citizenship: str, arrival: Arrival) -> date | None:
    """The end of stay of somebody new, of whom this arrival is all that is known."""
    entered = arrival.entered_on
    entries = [Entry(entered, arrival.left_on, arrival.basis, arrival.stay_until)] if entered else []
    begun = Begun("", "", citizenship, arrival.basis, arrival.stay_until, None)
    return _end(desk.law, begun, entries, (), desk.today)


def ground_of(desk: Office, person: Person, ends: date) -> Ground | None:
    """The permit by which a stay lasts until a day; nothing when it lasts by its entry."""
    found = grounds(_permits(desk.store, [person.uid]).get(person.uid, ()))
    return next((one for one in found if last_day_of(desk.law, person.citizenship, one) == ends), None)


_OPEN = """
SELECT t.uid, t.person, p.citizenship, t.basis, t.stay_until, t.stay_ends_on
FROM arrival t JOIN person p ON p.uid = t.person
WHERE t.left_on IS NULL AND t.annulled_on IS NULL
"""


def stale(store: Store, law: Law, on: date, people: Sequence[str] | None = None) -> Iterator[Kept]:
    """The open arrivals, of some people or of all, whose kept end of stay is not what a law makes it."""
    if people is None:
        rows = store.each(_OPEN)
    else:
        rows = iter(store.rows(f"{_OPEN} AND t.person IN ({_marks(people)})", people))
    while some := [_begun(row) for row in islice(rows, _AT_ONCE)]:
        persons = list({one.person for one in some})
        entries, permits = _entries(store, persons), _permits(store, persons)
        cuts = shortened.cuts_of(store, persons)
        for one in some:
            after = _end(law, one, entries.get(one.person, ()), permits.get(one.person, ()), on)
            if (held := cuts.get(one.person)) and one.citizenship != OWN_CITIZEN:
                after = _cut_short(
                    law, one, entries.get(one.person, ()), permits.get(one.person, ()), held, on
                )
            if after != one.kept:
                yield Kept(one.uid, one.person, one.kept, after)


def _end(law: Law, begun: Begun, entries: Sequence[Entry], permits: Sequence[Held], on: date) -> date | None:
    if begun.citizenship == OWN_CITIZEN:
        return None
    asked = question(begun.citizenship, entries, permits)
    if not entries:
        asked = StayQuestion(begun.citizenship, begun.basis or StayBasis.VISA_FREE, (), begun.stay_until)
    return last_lawful_day(law, asked, grounds(permits), on)


def _cut_short(
    law: Law, begun: Begun, entries: Sequence[Entry], permits: Sequence[Held], cuts: Sequence[Cut], on: date
) -> date | None:
    """The end of a stay that a decision shortened."""
    entered = max((one.entered for one in entries), default=None)
    cut = shortened.in_force(cuts, entered, on)
    if cut is None:
        return _end(law, begun, entries, permits, on)
    later = [one for one in permits if one.granted and one.granted > cut.decided]
    last = _end(law, begun, entries, [one for one in permits if one not in later], on)
    return shortened.shorten(law, begun.citizenship, last, cut, grounds(later), entered, on).last


def question(citizenship: str, entries: Sequence[Entry], permits: Iterable[Held]) -> StayQuestion:
    """What the law is asked about a stay by its entry alone: all crossings, and the days that no window counts."""
    own = citizenship == OWN_CITIZEN
    last = max(entries, key=lambda one: one.entered, default=None)
    basis = (last.basis if last else None) or StayBasis.VISA_FREE
    return StayQuestion(
        citizenship=citizenship,
        basis=StayBasis.CITIZEN if own else basis,
        crossings=tuple(Crossing(one.entered, one.left) for one in entries),
        valid_until=last.valid_until if last and basis is not StayBasis.VISA_FREE else None,
        covered=tuple(covered(entries, permits)),
    )


def covered(entries: Iterable[Entry], permits: Iterable[Held]) -> Iterator[Span]:
    """The days that a visa or a residence permit covers: a permit by its days, an entry on a visa by those of it."""
    for one in permits:
        if one.kind in _outside() and one.since and one.granted and not _is_empty(one):
            yield one.since, one.until or date.max
    for entry in entries:
        if entry.basis in _COVERING:
            until = entry.valid_until or entry.left or date.max
            yield entry.entered, max(until, entry.entered)


def grounds(permits: Iterable[Held]) -> tuple[Ground, ...]:
    """The permits that are a ground of stay."""
    known = _bases()
    return tuple(
        Ground(one.kind, known[one.kind], one.since, one.until, one.number, one.revoked)
        for one in permits
        if one.kind in known and not _is_empty(one)
    )


def entries_of(stays: Iterable[Stay]) -> list[Entry]:
    """The crossings of a person's file, the earliest first."""
    found = [
        Entry(one.entered_on, one.left_on, one.basis, one.valid_until) for one in stays if one.entered_on
    ]
    return sorted(found, key=lambda one: one.entered)


def held_of(permits: Iterable[Permit]) -> list[Held]:
    """What the granted permits of a person's file cover; one that was revoked ends the day before."""
    found = []
    for one in permits:
        if one.state in _HELD and not one.is_annulled:
            until, revoked = _until(one.valid_until, one.revoked_on), one.revoked_on is not None
            found.append(Held(one.kind, one.granted_on, one.valid_from, until, one.number, revoked))
    return found


def basis_of(kind: str) -> StayBasis | None:
    """The ground of stay that a kind of permit gives, if any."""
    return _bases().get(kind)


def _is_empty(one: Held) -> bool:
    return one.since is not None and one.until is not None and one.until < one.since


def _until(until: date | None, revoked: date | None) -> date | None:
    return min(until or date.max, plus(revoked, -1)) if revoked else until


@cache
def _bases() -> dict[str, StayBasis]:
    """Kinds of permit that are a ground of stay."""
    return {
        code: StayBasis(kind.more["stay"]) for code, kind in read_list(KINDS).items() if kind.more.get("stay")
    }


@cache
def _outside() -> frozenset[str]:
    """Kinds of permit whose days no window counts."""
    return frozenset(code for code, kind in read_list(KINDS).items() if kind.more.get("outside_window"))


def _begun(row: Sequence[str]) -> Begun:
    uid, person, citizenship, basis, until, kept = row
    return Begun(uid, person, citizenship, StayBasis(basis) if basis else None, _day(until), _day(kept))


def _entries(store: Store, people: Sequence[str]) -> dict[str, list[Entry]]:
    found = defaultdict[str, list[Entry]](list)
    sql = f"""SELECT person, entered_on, left_on, basis, valid_until FROM stay
        WHERE person IN ({_marks(people)}) AND annulled_on IS NULL AND entered_on IS NOT NULL
        ORDER BY entered_on, id"""
    for person, entered, left, basis, until in store.rows(sql, people):
        known = StayBasis(basis) if basis else None
        found[person].append(Entry(date.fromisoformat(entered), _day(left), known, _day(until)))
    return found


def _permits(store: Store, people: Sequence[str]) -> dict[str, list[Held]]:
    found = defaultdict[str, list[Held]](list)
    kinds, states = sorted(_bases().keys() | _outside()), sorted(one.value for one in _HELD)
    sql = f"""SELECT person, kind, granted_on, valid_from, valid_until, revoked_on, number FROM permit
        WHERE person IN ({_marks(people)}) AND kind IN ({_marks(kinds)}) AND state IN ({_marks(states)})
        AND annulled_on IS NULL ORDER BY id"""
    for person, kind, granted, since, until, revoked, number in store.rows(sql, [*people, *kinds, *states]):
        ends = _until(_day(until), _day(revoked))
        found[person].append(Held(kind, _day(granted), _day(since), ends, number, bool(revoked)))
    return found


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
