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


def count_table(store: Store, table: str) -> int:
    """Live records of a table."""
    return int(store.value(f'SELECT count(*) FROM "{table}" WHERE annulled_on IS NULL'))


def grouped(store: Store, sql: str, args: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Rows of a grouping query of a report."""
    return store.rows(sql, args)
