"""Sums of the quota ledger, on one day or on every day from one on.

A pot's year begins for all its lines: what was given or taken before 1 January of it counts from that day.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from migdesk.domain.quota import SIGNS, AllotmentKind, Balance, PartnerKind, Quota, Reservation, Skip, Waiting
from migdesk.store.database import Store

PotKey = tuple[str, int, str, str, str, str]
"""Stream, year, region, category, activity, country: those that do not divide a pot are empty."""

_SIGNED = " ".join(f"WHEN '{kind}' THEN {sign} * units" for kind, sign in SIGNS.items())
_ADJUSTS = f"CASE WHEN kind = '{AllotmentKind.ADJUST}' THEN units ELSE 0 END"
_MOVES = f"CASE WHEN partner_is = '{PartnerKind.REGION}' THEN CASE kind {_SIGNED} END ELSE 0 END"
_LAPSES = "date(held_until, '+1 day')"
_ENDS = (
    "CASE WHEN used_on IS NOT NULL THEN released_on "
    f"ELSE min(coalesce(released_on, {_LAPSES}), coalesce({_LAPSES}, released_on)) END"
)
"""The first day on which units of a reservation are back in the pot; nothing while they are out for good."""
_COMES_BACK = "(released_on IS NOT NULL OR (held_until IS NOT NULL AND used_on IS NULL))"
"""Whether there is such a day; quicker to ask than the day itself."""

_DAYS = f"""
SELECT day, sum(given), sum(taken), sum(adjusted), sum(moved) FROM (
  SELECT max(given_on, :start) AS day, CASE kind {_SIGNED} END AS given, 0 AS taken,
    {_ADJUSTS} AS adjusted, {_MOVES} AS moved
  FROM allotment WHERE quota IN (SELECT value FROM json_each(:pots)) AND annulled_on IS NULL
  UNION ALL
  SELECT max(reserved_on, :start), 0, units, 0, 0
  FROM reservation WHERE quota IN (SELECT value FROM json_each(:pots)) AND annulled_on IS NULL
  UNION ALL
  SELECT max({_ENDS}, reserved_on, :start), 0, -units, 0, 0
  FROM reservation WHERE quota IN (SELECT value FROM json_each(:pots)) AND annulled_on IS NULL
    AND {_COMES_BACK}
) GROUP BY day ORDER BY day
"""
_TAKEN = f"""
SELECT
  coalesce(sum(CASE WHEN used_on IS NULL OR used_on > :on THEN units END), 0),
  coalesce(sum(CASE WHEN used_on <= :on THEN units END), 0)
FROM reservation
WHERE quota = :quota AND max(reserved_on, :start) <= :on AND (NOT {_COMES_BACK} OR {_ENDS} > :on)
  AND annulled_on IS NULL
"""
_EXPIRED = """
SELECT coalesce(sum(units), 0) FROM reservation
WHERE quota = ? AND state = 'held' AND held_until < ? AND annulled_on IS NULL
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Sums at the end of a day, until the next day on which something changes.

    `adjusted` is what acts changed in the published limit, `moved` what other regions gave to it or took.
    """

    day: date
    given: int = 0
    taken: int = 0
    adjusted: int = 0
    moved: int = 0

    def limit(self, published: int | None) -> int | None:
        """What may be allotted and taken; nothing where neither an order nor an act of the office says it."""
        if published is None and not self.adjusted:
            return None
        return (published or 0) + self.adjusted + self.moved


def find_pot(store: Store, key: PotKey) -> Quota | None:
    """The pot of a key."""
    where = "stream = ? AND year = ? AND region = ? AND category = ? AND activity = ? AND country = ?"
    found = store.select(Quota, f"{where} AND annulled_on IS NULL", key)
    return found[0] if found else None


def pots_beside(store: Store, key: PotKey) -> list[Quota]:
    """The pots that share one published limit: divided by activity and country, and not divided."""
    where = "stream = ? AND year = ? AND region = ? AND category = ? AND annulled_on IS NULL"
    return store.select(Quota, where, key[:4])


def standings(store: Store, pots: Sequence[Quota]) -> list[Standing]:
    """How the sums of pots of one year together stood on each day on which one of them changed."""
    if not pots:
        return []
    found, now = list[Standing](), Standing(date.min)
    args = {"pots": json.dumps([pot.uid for pot in pots]), "start": _start(pots[0]).isoformat()}
    for day, given, taken, adjusted, moved in store.rows(_DAYS, args):
        now = Standing(
            date.fromisoformat(day),
            now.given + int(given),
            now.taken + int(taken),
            now.adjusted + int(adjusted),
            now.moved + int(moved),
        )
        found.append(now)
    return found


def standing_on(found: Sequence[Standing], day: date) -> Standing:
    """How sums stood on a day."""
    before = [one for one in found if one.day <= day]
    return before[-1] if before else Standing(day)


def balance(store: Store, pot: Quota, on: date, published: int | None) -> Balance:
    """The sums of a pot on a day; `published` is the limit by the order, before the office's adjustments."""
    day = max(on, _start(pot))
    now = standing_on(standings(store, [pot]), day)
    args = {"on": day.isoformat(), "quota": pot.uid, "start": _start(pot).isoformat()}
    held, used = store.rows(_TAKEN, args)[0]
    expired = int(store.value(_EXPIRED, (pot.uid, on.isoformat())))
    return Balance(now.limit(published), now.given, int(held), int(used), expired)


def outstanding(store: Store, pot: Quota, partner: str) -> list[tuple[date, int]]:
    """What a sub-office holds of a pot after each day on which units went there or came back."""
    rows = store.rows(
        f"SELECT given_on, -sum(CASE kind {_SIGNED} END) FROM allotment WHERE quota = ? AND partner = ? "
        "AND partner_is = ? AND annulled_on IS NULL GROUP BY given_on ORDER BY given_on",
        (pot.uid, partner, PartnerKind.SUB_OFFICE),
    )
    total, found = 0, []
    for day, units in rows:
        total += int(units)
        found.append((date.fromisoformat(day), total))
    return found


def partners(store: Store, pot: Quota, on: date) -> list[tuple[str, str, int, int]]:
    """With whom units of a pot were exchanged up to a day: name, who that is, handed over, received."""
    rows = store.rows(
        "SELECT partner, coalesce(partner_is, ''), sum(CASE kind WHEN 'transfer_out' THEN units ELSE 0 END), "
        "sum(CASE kind WHEN 'transfer_in' THEN units ELSE 0 END) FROM allotment "
        "WHERE quota = ? AND partner <> '' AND given_on <= ? AND annulled_on IS NULL "
        "GROUP BY partner, partner_is ORDER BY partner",
        (pot.uid, on.isoformat()),
    )
    return [(str(row[0]), str(row[1]), int(row[2]), int(row[3])) for row in rows]


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
    order = "stream, region, category, activity, country"
    return store.select(Quota, "year = ? AND annulled_on IS NULL", (year,), order)


def expired(store: Store, on: date) -> list[Reservation]:
    """Reservations whose units went back by themselves before a day, longest ago first."""
    where = "state = 'held' AND held_until < ? AND annulled_on IS NULL"
    return store.select(Reservation, where, (on.isoformat(),), "held_until, id")


def burn_down(store: Store, pot: Quota, until: date) -> list[tuple[date, int]]:
    """Units used by the end of each week of the pot's year, for the chart."""
    rows = store.rows(
        "SELECT used_on, sum(units) FROM reservation WHERE quota = ? AND used_on IS NOT NULL "
        "AND used_on <= ? AND released_on IS NULL AND annulled_on IS NULL GROUP BY used_on ORDER BY used_on",
        (pot.uid, until.isoformat()),
    )
    return _by_week(rows, date(pot.year or until.year, 1, 1), until)


def waiting(store: Store, pot: Quota) -> list[Waiting]:
    """Who waits for units of a pot, in the order of their entry."""
    where = "quota = ? AND state = 'waiting' AND annulled_on IS NULL"
    return store.select(Waiting, where, (pot.uid,), "id")


def pending_skips(store: Store, pot: Quota) -> list[Skip]:
    """Entries of a pot that stand behind until somebody else was taken."""
    where = (
        "taken IS NULL AND annulled_on IS NULL AND waiting IN "
        "(SELECT uid FROM waiting WHERE quota = ? AND state = 'waiting' AND annulled_on IS NULL)"
    )
    return store.select(Skip, where, (pot.uid,), "id")


def _start(pot: Quota) -> date:
    return date(pot.year or 1, 1, 1)


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
