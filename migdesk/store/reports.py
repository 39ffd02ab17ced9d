"""Figures of reports: sums by index, never row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from migdesk.store.database import Store
from migdesk.store.told import NAME


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


# The plus keeps the index of days out: grouping then follows the index of figures without sorting
_ARRIVED = """
SELECT figure, count(*) FROM arrival
WHERE figure <> '' AND +arrived_on BETWEEN :since AND :until AND annulled_on IS NULL GROUP BY figure
"""
_GRANTED = """
SELECT figure, count(*) FROM permit
WHERE kind = 'kandas' AND extends IS NULL AND granted_on BETWEEN :since AND :until AND annulled_on IS NULL
GROUP BY figure
"""
_TOTALS = """
SELECT 'families', count(DISTINCT family) FROM arrival
  WHERE family IS NOT NULL AND figure <> '' AND +arrived_on BETWEEN :since AND :until AND annulled_on IS NULL
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

Figures = list[tuple[str, str, str, str, int]]
"""Country of exit, region (two digits), age group, education, persons."""


@dataclass(frozen=True, slots=True)
class Ages:
    """Full years from which people are of working age, and of pension age."""

    working: int
    pension: int

    def group(self, years: str) -> str:
        """The group of somebody's full years; nothing is an unknown age."""
        if not years:
            return "unknown"
        return (
            "minor" if int(years) < self.working else "pension" if int(years) >= self.pension else "working"
        )


def arrived(store: Store, since: date, until: date, ages: Ages) -> Figures:
    """Foreign arrivals of a period."""
    return _grouped(store.rows(_ARRIVED, _period(since, until)), "", ages)


def granted(store: Store, since: date, until: date, ages: Ages, region: str) -> Figures:
    """Kandas statuses first granted in a period; `region` is the office's own, for permits that name none."""
    return _grouped(store.rows(_GRANTED, _period(since, until)), region[:2], ages)


def _period(since: date, until: date) -> dict[str, str]:
    return {"since": since.isoformat(), "until": until.isoformat()}


def _grouped(rows: Iterable[tuple[Any, ...]], own_region: str, ages: Ages) -> Figures:
    """Figures with ages in groups."""
    counted = Counter[tuple[str, str, str, str]]()
    for figure, persons in rows:
        country, region, years, education = figure.split("/")
        counted[country, region or own_region, ages.group(years), education] += persons
    return [(*key, persons) for key, persons in counted.items()]


def totals(store: Store, since: date, until: date) -> dict[str, int]:
    """Families that arrived, statuses extended, and persons refused in a period."""
    rows = store.rows(_TOTALS, _period(since, until))
    return {row[0]: int(row[1]) for row in rows}


_PAYMENTS = """
SELECT rule, paid_by, region, sum(n), sum(due), sum(paid_n), sum(paid), sum(waived), sum(rest) FROM (
  SELECT rule, paid_by, region, 1 AS n, tenge AS due, 0 AS paid_n, 0 AS paid,
    CASE state WHEN 'waived' THEN tenge - coalesce(paid, 0) ELSE 0 END AS waived,
    CASE state WHEN 'due' THEN max(0, tenge - coalesce(paid, 0)) ELSE 0 END AS rest
  FROM payment WHERE counted_on BETWEEN :since AND :until AND state <> 'cancelled' AND annulled_on IS NULL
  UNION ALL SELECT rule, paid_by, region, 0, 0, 1, paid - coalesce((SELECT sum(r.tenge)
    FROM payment_part r WHERE r.payment = payment.uid AND r.annulled_on IS NULL), 0), 0, 0
  FROM payment WHERE paid_on BETWEEN :since AND :until AND state = 'paid' AND annulled_on IS NULL
  UNION ALL SELECT rule, paid_by, region, 0, 0, 1, r.tenge, 0, 0
  FROM payment_part r JOIN payment ON payment.uid = r.payment
  WHERE r.paid_on BETWEEN :since AND :until AND r.annulled_on IS NULL AND payment.annulled_on IS NULL
) GROUP BY rule, paid_by, region
"""

Sums = list[tuple[str, str, str, tuple[int, ...]]]
"""Rule, payer, region; how many became due and their tenge, how many receipts and theirs, tenge not levied,
and tenge that are still to be paid of what became due."""


def payments(store: Store, since: date, until: date) -> Sums:
    """Sums of the register of payments in a period."""
    rows = store.rows(_PAYMENTS, _period(since, until))
    return [(rule, payer, region, tuple(map(int, sums))) for rule, payer, region, *sums in rows]


def notices(store: Store, since: date, until: date) -> list[tuple[Any, ...]]:
    """Notices received in a period, in order: one row each, the address still as code and line."""
    return store.rows(_JOURNAL, (since.isoformat(), until.isoformat()))


_RETURNED = """EXISTS (SELECT 1 FROM departure d
  WHERE d.person = t.person AND d.kind <> 'address' AND d.annulled_on IS NULL
    AND d.left_on <= coalesce(t.entered_on, t.arrived_on) AND NOT EXISTS (SELECT 1 FROM arrival o
      WHERE o.person = t.person AND o.annulled_on IS NULL AND coalesce(o.entered_on, o.arrived_on) >= d.left_on
        AND (o.arrived_on, o.id) < (t.arrived_on, t.id)))"""
"""Whether an arrival is the first after a departure from the country: `happened.returns` in SQL."""
_MOVEMENTS = f"""
SELECT t.arrived_on AS day, CASE WHEN t.moved_from IS NOT NULL THEN 'moved'
    WHEN {_RETURNED} THEN 'returned' ELSE 'arrived' END,
  t.number, {NAME}, p.citizenship, '', ad.place, ad.line, h.name, t.source, 1 AS came, t.id AS row
FROM arrival t JOIN person p ON p.uid = t.person
  LEFT JOIN party h ON h.uid = t.host LEFT JOIN address ad ON ad.uid = t.address
WHERE t.arrived_on BETWEEN :since AND :until AND t.annulled_on IS NULL
UNION ALL
SELECT t.left_on, t.kind, t.number, {NAME}, p.citizenship, t.to_country, t.to_place, '', '', t.source, 0, t.id
FROM departure t JOIN person p ON p.uid = t.person
WHERE t.left_on BETWEEN :since AND :until AND t.annulled_on IS NULL
ORDER BY day, came, row
"""


def movements(store: Store, since: date, until: date) -> list[tuple[Any, ...]]:
    """Arrivals and departures of a period by their days; places still as codes."""
    return [row[:-2] for row in store.rows(_MOVEMENTS, _period(since, until))]
