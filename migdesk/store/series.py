"""Series: the office's counters, against the numbers that stand in its records."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.store.database import Store
from migdesk.store.engine import Connection

_NUMBERED = ("arrival", "departure", "cases", "permit", "payment", "printout", "batch")

_HIGHEST = """
SELECT series, max(CAST(substr(number, length(series) + 1) AS INTEGER)) AS highest FROM (
  SELECT number, rtrim(number, '0123456789') AS series FROM [{table}] WHERE substr(number, 1, ?) = ?)
WHERE series LIKE '%-' AND length(number) BETWEEN length(series) + 1 AND length(series) + 9 GROUP BY series
"""


@dataclass(frozen=True, slots=True)
class SetBack:
    """A series that would give numbers a second time: what it gave last, and the highest that stands somewhere."""

    name: str
    last: int
    highest: int


def numbered(series: str, count: int, digits: int) -> str:
    """A number of a series, which is named by what all its numbers begin with: `PVL-C2026-00017`."""
    return f"{series}{count:0{digits}d}"


def coming(store: Store, series: str, digits: int, ahead: int = 0) -> str:
    """The number that a series would give next, or after so many others."""
    last = store.value("SELECT last FROM series WHERE name = ?", (series,)) or 0
    return numbered(series, int(last) + 1 + ahead, digits)


def list_set_back(store: Store, office: str) -> list[SetBack]:
    """Series of an office, by its code, that stand before a number that was given already."""
    begin = f"{office}-"
    last: dict[str, int] = {name: count for name, count in store.rows("SELECT name, last FROM series")}
    found: dict[str, int] = {}
    for table in _NUMBERED:
        for name, highest in store.rows(_HIGHEST.format(table=table), (len(begin), begin)):
            found[name] = max(int(highest), found.get(name, 0))
    return [
        SetBack(name, last.get(name, 0), highest)
        for name, highest in sorted(found.items())
        if last.get(name, 0) < highest
    ]


def bring_forward(connection: Connection, one: SetBack) -> None:
    """Let a series go on after the highest number that was given."""
    connection.execute(
        "INSERT INTO series(name, last) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET last = excluded.last",
        (one.name, one.highest),
    )
