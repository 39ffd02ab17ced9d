"""The law as this program applies it, entry by entry, and whom each entry touched.

What an entry touched is told by the journal, where a decision keeps the terms, sums and limits it rested on; by the
register of payments, which keeps the rule of every sum; and by the due days that run by it now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.case import Case, CaseState
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Confidence
from migdesk.domain.payment import Payment
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.domain.record import Record
from migdesk.rules.catalogue import Entry as Entry
from migdesk.rules.pack import Kind as Kind
from migdesk.rules.pack import in_force
from migdesk.rules.procedure import of_day
from migdesk.services import law
from migdesk.services.desk import Desk
from migdesk.services.terms.arrival_terms import begun_by

MOST_NAMED = 200
"""Records that are named one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a pack, and whether the pack is the office's own."""

    entry: Entry
    is_own: bool

    @property
    def key(self) -> str:
        """Names the entry among all."""
        one = self.entry
        return "|".join((one.pack, one.kind.value, one.code, one.since.isoformat(), _mark(one)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the list: words of code, title, act or pack, a kind, a confidence, a day, a pack."""

    words: str = ""
    kind: Kind | None = None
    confidence: Confidence | None = None
    on: date | None = None
    pack: str = ""


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Touch:
    """A record that an entry touched: what it is, its number, whose, on which day by the law of which it counts."""

    table: type[Record]
    uid: str
    number: str
    name: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Touched:
    """How many decisions, payments and open due days rest on an entry, and the first of them by name."""

    decisions: int
    payments: int
    running: int
    named: tuple[Touch, ...]

    @property
    def total(self) -> int:
        """All together."""
        return self.decisions + self.payments + self.running


def read_law(desk: Desk, wanted: Wanted = EVERYTHING) -> list[Line]:
    """Every entry of the packs as they hold, with the office's own laid over the shipped ones."""
    shipped = {pack.id for pack in law.packs()}
    lines = [Line(entry, entry.pack not in shipped) for entry in desk.law.entries()]
    return [line for line in lines if _fits(line, wanted)]


def newest_first(lines: Iterable[Line], on: date) -> list[Line]:
    """What is in force on a day before all else, the newest above."""
    found = sorted(lines, key=lambda line: line.entry.since, reverse=True)
    return sorted(found, key=lambda line: not in_force(line.entry, on))


def _fits(line: Line, wanted: Wanted) -> bool:
    one = line.entry
    if wanted.kind and one.kind is not wanted.kind:
        return False
    if wanted.confidence and one.citation.confidence is not wanted.confidence:
        return False
    if wanted.pack and one.pack != wanted.pack:
        return False
    if wanted.on and not in_force(one, wanted.on):
        return False
    text = _searched(one)
    return all(word in text for word in wanted.words.casefold().split())


@lru_cache(maxsize=4096)
def _searched_in(words: tuple[str, ...]) -> str:
    return " ".join(words).casefold()


def _searched(one: Entry) -> str:
    source = one.citation.source
    acts = source.acts if isinstance(source.acts, str) else " ".join(source.acts.values())
    return _searched_in((one.code, one.pack, acts, source.address, *one.texts.values()))


def _mark(one: Entry) -> str:
    """Tells entries of one code and day apart: the days of a holiday."""
    return str(one.values.get("day", ""))


def touched_by(desk: Desk, entry: Entry) -> Touched:
    """Whom an entry touched in this office."""
    decided = list(_decisions(desk, entry))
    paid = list(_payments(desk, entry))
    runs = list(_running(desk, entry))
    rows = [*decided, *paid, *runs][:MOST_NAMED]
    return Touched(len(decided), len(paid), len(runs), tuple(_named(desk, rows)))


_Row = tuple[type[Record], str, date | None]

_QUOTED = """
SELECT o.rules, c.tbl, c.uid FROM op o JOIN change c ON c.op = o.id
WHERE o.rules LIKE ? AND c.tbl IN ('cases', 'permit') AND NOT EXISTS (SELECT 1 FROM op u WHERE u.undoes = o.uid)
ORDER BY o.id DESC
"""


def _decisions(desk: Desk, entry: Entry) -> Iterator[_Row]:
    """Cases and permits whose decision quotes the entry; a case with its permit counts once."""
    code = ".".join(entry.code.split(".")[:3]) if entry.kind is Kind.QUOTA else entry.code
    of: dict[str, type[Record]] = {"cases": Case, "permit": Permit}
    seen: set[str] = set()
    for rules, table, uid in desk.store.rows(_QUOTED, (f'%"code": "{code}"%',)):
        if uid in seen:
            continue
        quote = next((one for one in json.loads(rules).get("values", ()) if _is_of(one, entry, code)), None)
        if quote:
            seen.add(uid)
            yield of[table], uid, date.fromisoformat(quote["on"])


def _is_of(quote: dict[str, Any], entry: Entry, code: str) -> bool:
    """Whether what a decision kept is this entry, and not one of other days."""
    if quote.get("code") != code:
        return False
    if entry.kind is Kind.QUOTA:
        region, act = quote["values"].get("region"), quote["source"].get("act")
        regions = entry.values.get("regions")
        return isinstance(regions, dict) and region in regions and act in _acts(entry)
    return in_force(entry, date.fromisoformat(quote["on"]))


def _acts(entry: Entry) -> Iterable[str]:
    acts = entry.citation.source.acts
    return (acts,) if isinstance(acts, str) else acts.values()


def _payments(desk: Desk, entry: Entry) -> Iterator[_Row]:
    if entry.kind is Kind.AMOUNT:
        sql = "SELECT uid, counted_on FROM payment WHERE rule = ? AND annulled_on IS NULL ORDER BY id DESC"
        rows = desk.store.rows(sql, (entry.code,))
    elif entry.kind is Kind.VALUE and entry.code == "mrp":
        sql = "SELECT uid, counted_on FROM payment WHERE annulled_on IS NULL ORDER BY id DESC"
        rows = desk.store.rows(sql)
    else:
        return
    for uid, counted in rows:
        day = date.fromisoformat(counted)
        if in_force(entry, day):
            yield Payment, uid, day


_ARRIVALS = """
SELECT uid, basis, moved_from IS NOT NULL, arrived_on, entered_on FROM arrival
WHERE left_on IS NULL AND annulled_on IS NULL
  AND (notified_on IS NULL AND notice_due IS NOT NULL OR registered_on IS NULL AND registration_due IS NOT NULL)
ORDER BY id DESC
"""
_CASES = "SELECT uid, service, applied_on FROM cases WHERE state = ? AND annulled_on IS NULL ORDER BY id DESC"


def _running(desk: Desk, entry: Entry) -> Iterator[_Row]:
    """Open arrivals and cases whose due day is counted by the entry."""
    if entry.kind is not Kind.TERM:
        return
    for uid, basis, moved, came, crossed in desk.store.rows(_ARRIVALS):
        start = _starts(basis, moved, came, crossed).get(entry.code)
        if start and in_force(entry, start):
            yield Arrival, uid, start
    for uid, service, applied in desk.store.rows(_CASES, (CaseState.OPEN.value,)):
        day = date.fromisoformat(applied) if applied else None
        known = of_day(desk.procedures, service, day) if day else None
        if known and day and known.term == entry.code and in_force(entry, day):
            yield Case, uid, day


@lru_cache(maxsize=4096)
def _starts(basis: str | None, moved: int, came: str | None, crossed: str | None) -> dict[str, date | None]:
    """By code of a term, the day on which it began for all arrivals of one day and ground."""
    arrival = Arrival(
        basis=StayBasis(basis) if basis else None,
        moved_from="moved" if moved else None,
        arrived_on=date.fromisoformat(came) if came else None,
        entered_on=date.fromisoformat(crossed) if crossed else None,
    )
    return {one.code: one.start for one in begun_by(arrival)}


def _named(desk: Desk, rows: Iterable[_Row]) -> Iterator[Touch]:
    for table, uid, on in rows:
        rec = desk.store.find(table, uid)
        person = desk.store.find(Person, getattr(rec, "person", None) or "") if rec else None
        name = person.full_name if person else ""
        yield Touch(table, uid, str(getattr(rec, "number", "") or ""), name, on)


def period(entry: Entry) -> str:
    """From when until when an entry holds, as people read it."""
    since = show_day(entry.since) if entry.since > date.min else "…"
    return f"{since} – {show_day(entry.until) if entry.until else '…'}"
