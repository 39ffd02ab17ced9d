"""Whom the pack of a special regime touches before it is switched: by the regime, and by all else that it says.

A pack is switched whole, so its terms, sums and limits are told with what its regime prolongs and does not levy.
Everything is read in one pass and nothing is kept but counts and the first names, so that an office of a million
stays is counted in seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain, islice

from migdesk.domain.arrival import Arrival
from migdesk.domain.payment import Payment, PaymentState
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.specials import Lasting
from migdesk.services import permit_ends
from migdesk.services.desk import Desk
from migdesk.services.laws import law_effects, stays_moved
from migdesk.services.laws.law_effects import Effect
from migdesk.services.laws.limit_effects import LimitChange, limit_changes
from migdesk.store.database import Store

MOST_NAMED = 300
"""Of each sort so many are named; all are counted."""


class Sort(StrEnum):
    """What a regime touches."""

    STAY = "stay"
    PERMIT = "permit"
    DOCUMENT = "document"
    TERM = "term"
    FINE = "fine"
    SUM = "sum"

    @classmethod
    def labels(cls) -> dict[Sort, str]:
        """What a person reads."""
        return {
            cls.STAY: N_("stays"),
            cls.PERMIT: N_("permits"),
            cls.DOCUMENT: N_("documents"),
            cls.TERM: N_("open terms"),
            cls.FINE: N_("sums not levied"),
            cls.SUM: N_("sums to be paid"),
        }


@dataclass(frozen=True, slots=True)
class Touch:
    """One record that is touched: whose, in which region, and its day or sum now and then.

    A fine that is not levied has nothing then.
    """

    sort: Sort
    table: type[Record]
    uid: str
    person: str
    region: str
    before: date | int | None
    after: date | int | None


@dataclass(frozen=True, slots=True)
class NamedTouch:
    """One of those that are named."""

    touch: Touch
    name: str


@dataclass(frozen=True, slots=True)
class Preview:
    """How many of each sort are touched, in each region, the first of each by name; limits of quotas that change."""

    counts: Mapping[Sort, int]
    regions: Mapping[str, Mapping[Sort, int]]
    named: tuple[NamedTouch, ...]
    limits: tuple[LimitChange, ...]


def preview(desk: Desk, law: Law, most: int = MOST_NAMED) -> Preview:
    """Whom another law touches; writes nothing."""
    counts, regions, first = Counter[Sort](), dict[str, Counter[Sort]](), list[Touch]()
    for one in touched(desk, law):
        counts[one.sort] += 1
        regions.setdefault(one.region, Counter())[one.sort] += 1
        if counts[one.sort] <= most:
            first.append(one)
    named = tuple(NamedTouch(one, _name(desk, one.person)) for one in first)
    return Preview(counts, dict(sorted(regions.items())), named, tuple(limit_changes(desk, law)))


def touched(desk: Desk, law: Law) -> Iterator[Touch]:
    """Everything that another law touches, one by one."""
    sorts = chain(_permits(desk, law), _documents(desk, law), _terms(desk, law), _sums(desk, law))
    if law.regimes_like(desk.law):
        yield from _moved(desk, law)
    else:
        sorts = chain(_stays(desk, law), sorts)
    yield from _placed(desk.store, chain(sorts, _fines(desk, law)))


def _moved(desk: Desk, law: Law) -> Iterator[Touch]:
    """Stays by special regimes alone: their place comes with them, there may be a million."""
    for found, place in stays_moved.moved(desk.store, law, desk.law, desk.today):
        region = _region(place)
        yield Touch(Sort.STAY, Arrival, found.uid, found.person, region, found.before, found.after)


def _stays(desk: Desk, law: Law) -> Iterator[Touch]:
    yield from (_touch(Sort.STAY, one) for one in law_effects.stays(desk, law, held=desk.law))


def _permits(desk: Desk, law: Law) -> Iterator[Touch]:
    for one in permit_ends.stale(desk.store, law.specials):
        before, after = one.before or one.written, one.after or one.written
        yield Touch(Sort.PERMIT, Permit, one.uid, one.person, "", before, after)


_DOCUMENTS = """
SELECT d.uid, d.person, p.citizenship, d.expires_on FROM document d JOIN person p ON p.uid = d.person
WHERE d.annulled_on IS NULL AND p.annulled_on IS NULL AND d.expires_on BETWEEN ? AND ?
"""


def _documents(desk: Desk, law: Law) -> Iterator[Touch]:
    span = stays_moved.span_of(law.specials, desk.law.specials)
    if span is None:
        return
    moves: dict[tuple[str, str], tuple[date, date]] = {}
    for uid, person, citizenship, expires in desk.store.each(_DOCUMENTS, [day.isoformat() for day in span]):
        days = moves.get((citizenship, expires))
        if days is None:
            thing, last = Lasting(document=True, citizenship=citizenship), date.fromisoformat(expires)
            before, after = (one.specials.lasts(thing, last)[0] for one in (desk.law, law))
            days = moves[citizenship, expires] = before, after
        if days[0] != days[1]:
            yield Touch(Sort.DOCUMENT, TravelDocument, uid, person, "", *days)


def _terms(desk: Desk, law: Law) -> Iterator[Touch]:
    yield from (_touch(Sort.TERM, one) for one in law_effects.due_days(desk, law, held=desk.law))


def _sums(desk: Desk, law: Law) -> Iterator[Touch]:
    yield from (_touch(Sort.SUM, one) for one in law_effects.sums(desk, law, held=desk.law))


def _touch(sort: Sort, found: Effect) -> Touch:
    return Touch(sort, found.table, found.uid, found.person, "", found.before, found.after)


_FINES = "SELECT uid, person, rule, counted_on, tenge FROM payment WHERE state = ? AND annulled_on IS NULL"


def _fines(desk: Desk, law: Law) -> Iterator[Touch]:
    """Sums that are due and that regimes do not levy for what happened on the day they were counted on."""
    for uid, person, rule, counted, tenge in desk.store.each(_FINES, (PaymentState.DUE.value,)):
        day = date.fromisoformat(counted)
        before, after = (one.specials.waives(rule, day) is not None for one in (desk.law, law))
        if before is not after:
            now, then = (None if waived else tenge for waived in (before, after))
            yield Touch(Sort.FINE, Payment, uid, person, "", now, then)


_AT_ONCE = 400
_PLACES = """
SELECT a.person, ad.place FROM arrival a JOIN address ad ON ad.uid = a.address
WHERE a.person IN ({marks}) AND a.annulled_on IS NULL ORDER BY a.left_on IS NULL, a.id
"""


def _placed(store: Store, found: Iterable[Touch]) -> Iterator[Touch]:
    """The same with the region in which each person lives, or lived last."""
    rows = iter(found)
    while some := list(islice(rows, _AT_ONCE)):
        people = list({one.person for one in some})
        sql = _PLACES.format(marks=", ".join("?" * len(people)))
        regions = {person: _region(place or "") for person, place in store.rows(sql, people)}
        for one in some:
            yield replace(one, region=regions.get(one.person, ""))


def _region(place: str) -> str:
    """The region of a place of KATO; nothing where the place is not known."""
    return f"{place[:2]}0000000" if place else ""


def _name(desk: Desk, person: str) -> str:
    found = desk.store.find(Person, person)
    return found.full_name if found else ""
