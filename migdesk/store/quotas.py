"""Sums of the quota ledger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from migdesk.domain.quota import AllotmentKind, Balance, Quota
from migdesk.store.database import Store

_GIVEN = """
SELECT kind, sum(units) FROM allotment
WHERE quota = ? AND given_on <= ? AND annulled_on IS NULL GROUP BY kind
"""
_TAKEN = """
SELECT
  coalesce(sum(CASE WHEN used_on IS NULL OR used_on > :on THEN units END), 0),
  coalesce(sum(CASE WHEN used_on <= :on THEN units END), 0)
FROM reservation
WHERE quota = :quota AND reserved_on <= :on AND (released_on IS NULL OR released_on > :on)
  AND annulled_on IS NULL
"""


def find_pot(store: Store, stream: str, year: int, region: str, category: str) -> Quota | None:
    """The pot of a stream, year, region and category."""
    found = store.select(
        Quota,
        "stream = ? AND year = ? AND region = ? AND category = ? AND annulled_on IS NULL",
        (stream, year, region, category),
    )
    return found[0] if found else None


def balance(store: Store, pot: Quota, on: date, published: int | None) -> Balance:
    """The sums of a pot on a day; `published` is the limit by the order, before the office's adjustments."""
    given: dict[str, int] = {row[0]: int(row[1]) for row in store.rows(_GIVEN, (pot.uid, on.isoformat()))}
    adjusted = given.get(AllotmentKind.ADJUST, 0)
    limit = None if published is None and not adjusted else (published or 0) + adjusted
    allotted = (
        given.get(AllotmentKind.ALLOT, 0)
        + given.get(AllotmentKind.TRANSFER_IN, 0)
        - given.get(AllotmentKind.TRANSFER_OUT, 0)
    )
    held, used = store.rows(_TAKEN, {"on": on.isoformat(), "quota": pot.uid})[0]
    return Balance(limit, allotted, int(held), int(used))


def used_since(store: Store, pot: Quota, since: date, on: date) -> int:
    """Units used between two days."""
    return int(
        store.value(
            "SELECT coalesce(sum(units), 0) FROM reservation WHERE quota = ? AND used_on BETWEEN ? AND ? "
            "AND released_on IS NULL AND annulled_on IS NULL",
            (pot.uid, since.isoformat(), on.isoformat()),
        )
    )


def pots(store: Store, year: int) -> list[Quota]:
    """Pots of a year."""
    return store.select(Quota, "year = ? AND annulled_on IS NULL", (year,), "stream, region, category")


def burn_down(store: Store, pot: Quota, until: date) -> list[tuple[date, int]]:
    """Units used by the end of each week of the pot's year, for the chart."""
    rows = store.rows(
        "SELECT used_on, sum(units) FROM reservation WHERE quota = ? AND used_on IS NOT NULL "
        "AND used_on <= ? AND released_on IS NULL AND annulled_on IS NULL GROUP BY used_on ORDER BY used_on",
        (pot.uid, until.isoformat()),
    )
    return _by_week(rows, date(pot.year or until.year, 1, 1), until)


def _by_week(rows: list[tuple[Any, ...]], start: date, until: date) -> list[tuple[date, int]]:
    points, total, position = [], 0, 0
    day = start
    while day <= until:
        day = min(day + timedelta(days=7), until + timedelta(days=1))
        while position < len(rows) and date.fromisoformat(rows[position][0]) < day:
            total += int(rows[position][1])
            position += 1
        points.append((day - timedelta(days=1), total))
    return points
