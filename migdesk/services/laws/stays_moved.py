"""Which stays end on another day when only special regimes change: over a million of them in seconds.

A stay that no regime moved before ends on the kept day by its entry or by a permit, and the new regimes move that day
as they move any other: many people share a ground, a citizenship and a day. Only stays that a regime may have moved
already, or whose end rests on several crossings or permits, are judged one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from migdesk.domain.arrival import StayBasis
from migdesk.rules.law import Law
from migdesk.rules.specials import Lasting, Specials
from migdesk.services import permit_ends, stay_ends
from migdesk.services.stay_ends import Kept
from migdesk.store.database import Store

_AT_ONCE = 400
_ROWS = """
SELECT t.uid, t.person, p.citizenship, coalesce(t.basis, ''), t.stay_ends_on, coalesce(t.entered_on, ''),
  (SELECT group_concat(coalesce(s.basis, ''), ',') FROM stay s
   WHERE s.person = t.person AND s.annulled_on IS NULL AND s.entered_on IS NOT NULL),
  (SELECT group_concat(
     CASE WHEN m.state IN ('granted', 'extended') AND m.revoked_on IS NULL
     THEN m.kind || ' ' || coalesce(m.valid_until, '') ELSE ' ' END, ',')
   FROM permit m WHERE m.person = t.person AND m.annulled_on IS NULL),
  coalesce(ad.place, '')
FROM arrival t JOIN person p ON p.uid = t.person LEFT JOIN address ad ON ad.uid = t.address
WHERE t.left_on IS NULL AND t.annulled_on IS NULL AND t.stay_ends_on BETWEEN ? AND ?
"""


class _Row(NamedTuple):
    """An open arrival; `crossed` are the grounds of its person's entries, `permits` the kinds and days of permits."""

    uid: str
    person: str
    citizenship: str
    basis: str
    kept: str
    entered: str
    crossed: str | None
    permits: str | None
    place: str


def moved(store: Store, law: Law, held: Law, on: date) -> Iterator[tuple[Kept, str]]:
    """The open arrivals whose kept end of stay another law moves, each with the place where the person lives.

    Both laws have the same stay regimes and answers; `held` is the one by which the days were kept.
    """
    span = span_of(law.specials, held.specials)
    if span is None:
        return
    shared = _Shared(law.specials, held.specials.reach(), span[1])
    rows = map(_Row._make, store.each(_ROWS, (span[0].isoformat(), span[1].isoformat())))
    while some := list(islice(rows, _AT_ONCE * 10)):
        others: dict[str, _Row] = {}
        for row in some:
            after = shared.end_of(row)
            if after is None:
                others[row.uid] = row
            elif after.isoformat() != row.kept:
                yield Kept(row.uid, row.person, date.fromisoformat(row.kept), after), row.place
        people = list(dict.fromkeys(one.person for one in others.values()))
        for found in _one_by_one(store, law, on, people):
            if found.uid in others:
                yield found, others[found.uid].place


class _Shared:
    """The ends of stays that many people share: by their ground or permit, citizenship and kept day."""

    def __init__(self, specials: Specials, before: tuple[date, date] | None, farthest: date) -> None:
        self._specials = specials
        self._before = tuple(day.isoformat() for day in before) if before else None
        self._farthest = farthest
        self._known: dict[tuple[str, str, str, str], date] = {}

    def end_of(self, row: _Row) -> date | None:
        """The day on which a stay ends now; nothing when it has to be judged by itself."""
        ground = row.basis if row.crossed is None else row.crossed
        moved_before = self._before and self._before[0] <= row.kept <= self._before[1]
        if moved_before or "," in ground or row.kept < row.entered:
            return None
        if row.permits is None:
            return self._lasts(ground or StayBasis.VISA_FREE.value, "", row.citizenship, row.kept)
        kind, _space, until = row.permits.partition(" ")
        if "," in row.permits or until != row.kept or stay_ends.basis_of(kind) is None:
            return None
        # the entry may be moved too, but never further than the farthest day
        after = self._lasts("", kind, row.citizenship, row.kept)
        return after if after >= self._farthest else None

    def _lasts(self, ground: str, kind: str, citizenship: str, kept: str) -> date:
        key = (ground, kind, citizenship, kept)
        found = self._known.get(key)
        if found is None:
            thing = Lasting(ground=ground, citizenship=citizenship)
            if kind:
                thing = permit_ends.of_permit(kind, citizenship)
            found = self._known[key] = self._specials.lasts(thing, date.fromisoformat(kept))[0]
        return found


def span_of(new: Specials, old: Specials) -> tuple[date, date] | None:
    """From the first day that a changed regime touches to the last to which any regime may lead."""
    mine, its = list(new), list(old)
    first = [one.covers.ends[0] for one in (*mine, *its) if (one in mine) is not (one in its)]
    ends = [reach[1] for reach in (new.reach(), old.reach()) if reach]
    return (min(first), max(ends)) if first and ends else None


def _one_by_one(store: Store, law: Law, on: date, people: Sequence[str]) -> Iterator[Kept]:
    for start in range(0, len(people), _AT_ONCE):
        yield from stay_ends.stale(store, law, on, people[start : start + _AT_ONCE])
