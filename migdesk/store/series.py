"""Series: the office's counters, against the numbers that stand in its records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migdesk.domain.fields import Text, specs
from migdesk.domain.register import RECORDS
from migdesk.store.database import Store
from migdesk.store.engine import Connection

STARTS = "series."
"""Settings that begin so hold the own start numbers of a series."""

_HIGHEST = """
SELECT series, max(CAST(substr(number, length(series) + 1) AS INTEGER)) AS highest FROM (
  SELECT [{column}] AS number, rtrim([{column}], '0123456789') AS series FROM [{table}]
  WHERE substr([{column}], 1, ?) = ?)
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


def numbered_columns() -> Iterator[tuple[str, str]]:
    """Where numbers of the office's counters stand, by table and column."""
    for cls in RECORDS:
        for one in specs(cls):
            if isinstance(one.field, Text) and one.field.series:
                yield cls.table, one.name


def own_starts(store: Store) -> dict[str, list[int]]:
    """The numbers with which a head let series go on, by series, the newest last."""
    sql = "SELECT key, value FROM setting WHERE key LIKE ? AND annulled_on IS NULL"
    return {
        key.removeprefix(STARTS): [int(part) for part in value.split(",") if part.isdecimal()]
        for key, value in store.rows(sql, (f"{STARTS}%",))
    }


def counters(store: Store, office: str) -> dict[str, int]:
    """The counters of an office, by its code, with the last number that each gave."""
    begin = f"{office}-"
    return {
        name: last for name, last in store.rows("SELECT name, last FROM series") if name.startswith(begin)
    }


def blocks(store: Store, series: str, *, voided: bool = False) -> list[tuple[int, int, str]]:
    """First and last of the numbers of a series that stand in records one after another, and the first's table.

    `voided`: only of those whose every record is annulled. The database makes the blocks: of a million numbers too.
    """
    parts = [
        f"SELECT '{table}' AS of, [{column}] AS number, annulled_on IS NULL AS counts FROM [{table}] "
        f"WHERE [{column}] <> '' AND [{column}] >= ?1 AND [{column}] < ?1 || ':'"
        for table, column in numbered_columns()
    ]
    sql = f"""
WITH standing AS (
  SELECT CAST(substr(number, length(?1) + 1) AS INTEGER) AS n, min(of) AS of FROM ({" UNION ALL ".join(parts)})
  WHERE length(number) BETWEEN length(?1) + 1 AND length(?1) + 9
    AND substr(number, length(?1) + 1) NOT GLOB '*[^0-9]*'
  GROUP BY n HAVING max(counts) = 0 OR NOT ?2)
SELECT min(n), max(n), min(of) FROM (SELECT n, of, n - row_number() OVER (ORDER BY n) AS island FROM standing)
GROUP BY island ORDER BY 1"""
    return [(int(first), int(last), str(of)) for first, last, of in store.rows(sql, (series, voided))]


def list_set_back(store: Store, office: str) -> list[SetBack]:
    """Series of an office, by its code, that stand before a number that was given already."""
    begin = f"{office}-"
    last: dict[str, int] = {name: count for name, count in store.rows("SELECT name, last FROM series")}
    found = {name: starts[-1] - 1 for name, starts in own_starts(store).items() if starts}
    for table, column in numbered_columns():
        for name, highest in store.rows(_HIGHEST.format(table=table, column=column), (len(begin), begin)):
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
