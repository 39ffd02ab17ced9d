"""Figures of reports: sums by index, never row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

from migdesk.store.database import Store


def arrivals_by_week(store: Store, until: date, weeks: int) -> list[tuple[date, int]]:
    """Arrivals of each of the last weeks; a week is named by its Monday."""
    rows = store.rows(
        "SELECT date(arrived_on, 'weekday 0', '-6 days') AS monday, count(*) FROM arrival "
        "WHERE arrived_on > date(?, ?) AND arrived_on <= ? AND annulled_on IS NULL GROUP BY monday",
        (until.isoformat(), f"-{weeks * 7} days", until.isoformat()),
    )
    counts = {date.fromisoformat(row[0]): int(row[1]) for row in rows}
    last = until.toordinal() - until.weekday()
    mondays = [date.fromordinal(last - 7 * back) for back in range(weeks - 1, -1, -1)]
    return [(monday, counts.get(monday, 0)) for monday in mondays]


_AGE = (
    "CAST(substr({day}, 1, 4) AS INTEGER) - CAST(substr(p.birth_date, 1, 4) AS INTEGER) "
    "- (length(p.birth_date) = 10 AND substr({day}, 6) < substr(p.birth_date, 6))"
)
_GROUP = (
    "CASE WHEN p.birth_date IS NULL THEN 'unknown' WHEN {age} < :working_from THEN 'minor' "
    "WHEN {age} >= :pension_from THEN 'pension' ELSE 'working' END"
)
_ARRIVED = f"""
SELECT CASE p.exit_country WHEN '' THEN p.citizenship ELSE p.exit_country END, substr(ad.place, 1, 2),
  {_GROUP.format(age=_AGE.format(day="t.arrived_on"))}, p.education, count(*)
FROM arrival t JOIN person p ON p.uid = t.person LEFT JOIN address ad ON ad.uid = t.address
WHERE t.arrived_on BETWEEN :since AND :until AND t.annulled_on IS NULL AND p.citizenship <> 'KAZ'
GROUP BY 1, 2, 3, 4
"""
_GRANTED = f"""
SELECT CASE p.exit_country WHEN '' THEN p.citizenship ELSE p.exit_country END,
  substr(CASE t.region WHEN '' THEN :region ELSE t.region END, 1, 2),
  {_GROUP.format(age=_AGE.format(day="t.granted_on"))}, p.education, count(*)
FROM permit t JOIN person p ON p.uid = t.person
WHERE t.kind = 'kandas' AND t.granted_on BETWEEN :since AND :until AND t.annulled_on IS NULL
  AND t.extends IS NULL
GROUP BY 1, 2, 3, 4
"""
_TOTALS = """
SELECT 'families', count(DISTINCT t.family) FROM arrival t JOIN person p ON p.uid = t.person
  WHERE t.arrived_on BETWEEN :since AND :until AND t.annulled_on IS NULL AND p.citizenship <> 'KAZ'
UNION ALL SELECT 'extended', count(*) FROM permit
  WHERE kind = 'kandas' AND granted_on BETWEEN :since AND :until AND extends IS NOT NULL
  AND annulled_on IS NULL
UNION ALL SELECT 'refused', coalesce(sum(persons), 0) FROM cases
  WHERE service = 'kandas_status' AND state = 'refused' AND decided_on BETWEEN :since AND :until
  AND annulled_on IS NULL
"""
_JOURNAL = """
SELECT t.notified_on, t.channel, h.name, h.number,
  trim(CASE WHEN p.surname_latin || p.given_latin <> '' THEN p.surname_latin || ' ' || p.given_latin
    ELSE p.surname || ' ' || p.given END),
  p.citizenship, d.number, t.entered_on, ad.place, ad.line, t.stay_until,
  max(0, julianday(t.notified_on) - julianday(t.notice_due)),
  (SELECT o.operator FROM change c JOIN op o ON o.id = c.op WHERE c.uid = t.uid AND c.created = 1)
FROM arrival t JOIN person p ON p.uid = t.person LEFT JOIN party h ON h.uid = t.host
  LEFT JOIN document d ON d.uid = t.document LEFT JOIN address ad ON ad.uid = t.address
WHERE t.notified_on BETWEEN ? AND ? AND t.annulled_on IS NULL ORDER BY t.notified_on, t.id
"""

WORKING_FROM, PENSION_FROM = 16, 63
"""Ages of the summary's groups; no source read so far gives the Ministry's own, so the report says these."""


def arrived(store: Store, since: date, until: date) -> list[tuple[str, str, str, str, int]]:
    """Foreign arrivals of a period: country of exit, region (two digits), age group, education, persons."""
    return _figures(store, _ARRIVED, {"since": since.isoformat(), "until": until.isoformat()})


def granted(store: Store, since: date, until: date, region: str) -> list[tuple[str, str, str, str, int]]:
    """Kandas statuses first granted in a period, grouped as `arrived`; `region` is the office's own."""
    days = {"since": since.isoformat(), "until": until.isoformat()}
    return _figures(store, _GRANTED, days | {"region": region})


def _figures(store: Store, sql: str, args: dict[str, Any]) -> list[tuple[str, str, str, str, int]]:
    bounds = {"working_from": WORKING_FROM, "pension_from": PENSION_FROM}
    return [(row[0], row[1] or "", row[2], row[3], int(row[4])) for row in store.rows(sql, args | bounds)]


def totals(store: Store, since: date, until: date) -> dict[str, int]:
    """Families that arrived, statuses extended, and persons refused in a period."""
    rows = store.rows(_TOTALS, {"since": since.isoformat(), "until": until.isoformat()})
    return {row[0]: int(row[1]) for row in rows}


def notices(store: Store, since: date, until: date) -> list[tuple[Any, ...]]:
    """Notices received in a period, in order: one row each, the address still as code and line."""
    return store.rows(_JOURNAL, (since.isoformat(), until.isoformat()))
