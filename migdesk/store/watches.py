"""Cases whose people are looked at every day, with their checks: by the index of the answers that make them so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from migdesk.domain.case_check import WATCHED_FROM, WATCHED_UNTIL
from migdesk.store.database import Store

_NAME = (
    "CASE WHEN p.surname || p.given <> '' THEN trim(p.surname || ' ' || p.given || ' ' || p.patronymic) "
    "ELSE trim(p.surname_latin || ' ' || p.given_latin) END"
)
_DAYS = f"""FROM case_detail u JOIN cases c ON c.uid = u.[case] AND c.annulled_on IS NULL
  JOIN case_detail f ON f.[case] = c.uid AND f.key = '{WATCHED_FROM}' AND f.annulled_on IS NULL
  WHERE u.key = '{WATCHED_UNTIL}' AND u.annulled_on IS NULL"""
_OPEN = f"""SELECT c.uid, c.person, {_NAME}, w.since, w.until,
  (SELECT count(*) FROM case_check k WHERE k.[case] = c.uid AND k.annulled_on IS NULL
   AND k.day = ? AND k.outcome <> 'prolonged')
  FROM (SELECT c.uid, f.value AS since, u.value AS until {_DAYS} AND c.state = 'open') w
  JOIN cases c ON c.uid = w.uid JOIN person p ON p.uid = c.person ORDER BY w.until, c.id"""
_REGIONS = f"""SELECT substr(c.region, 1, 2), c.uid, c.applied_on, c.decided_on, c.state, c.persons {_DAYS}"""
_CHECKS = f"""SELECT substr(c.region, 1, 2), k.outcome, count(*) FROM case_check k
  JOIN (SELECT c.uid, c.region {_DAYS}) c ON c.uid = k.[case]
  WHERE k.annulled_on IS NULL AND k.day BETWEEN ? AND ? GROUP BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Watched:
    """An open case that is watched, its days, and whether it was checked on the day that was asked."""

    case: str
    person: str
    name: str
    since: date
    until: date
    checked: bool


def open_ones(store: Store, on: date) -> Iterator[Watched]:
    """Every open case that is watched, the one that ends first before the others."""
    for case, person, name, since, until, checks in store.rows(_OPEN, (on.isoformat(),)):
        days = date.fromisoformat(since), date.fromisoformat(until)
        yield Watched(case, person, name, *days, bool(checks))


def by_region(store: Store, since: date, until: date) -> dict[str, dict[str, int]]:
    """Figures of a period by the first two digits of the region: orders, ends of each kind, checks by outcome."""
    found: dict[str, dict[str, int]] = {}

    def add(region: str, name: str, count: int) -> None:
        sums = found.setdefault(region, {})
        sums[name] = sums.get(name, 0) + count

    first, last = since.isoformat(), until.isoformat()
    for region, _uid, applied, decided, state, persons in store.rows(_REGIONS):
        if applied and first <= applied <= last:
            add(region, "orders", persons or 1)
        if decided and first <= decided <= last and state in ("granted", "terminated"):
            add(region, "released" if state == "granted" else "ended", persons or 1)
        if applied and applied <= last and (state == "open" or (decided and decided > last)):
            add(region, "running", persons or 1)
    for region, outcome, count in store.rows(_CHECKS, (first, last)):
        add(region, outcome, count)
    return found
