"""Rows of the store → a report: names for codes, order, groups, percentages, totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from migdesk.domain.dates import show_day
from migdesk.domain.report import (
    REST,
    ColumnKind,
    Names,
    ReportColumn,
    ReportResult,
    ReportSpec,
    Section,
    SectionSpec,
)
from migdesk.i18n import N_, _, current_language, pick


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """What a report says about itself besides its rows."""

    since: date
    until: date
    as_of: date
    office: str = ""
    executor: str = ""
    head: str = ""


def fill_report(
    spec: ReportSpec, rows: Mapping[str, Sequence[Sequence[Any]]], names: Names, frame: ReportFrame
) -> ReportResult:
    """Rows by section key → the report in the current language.

    Raises:
        KeyError: rows of a section are missing (a bug of the caller).
    """
    sections: list[Section] = []
    for one in spec.sections:
        sections += _fill_section(one, [tuple(row) for row in rows[one.key]], names)
    since, until = show_day(frame.since), show_day(frame.until)
    period = since if since == until else f"{since} – {until}"
    return ReportResult(
        spec,
        pick(spec.title),
        period,
        frame.as_of,
        tuple(sections),
        current_language(),
        frame.office,
        frame.executor,
        frame.head,
    )


def _fill_section(spec: SectionSpec, rows: list[tuple[Any, ...]], names: Names) -> list[Section]:
    asked = [column for column in spec.columns if column.is_asked]
    if spec.falling:
        rows = _fallen(spec, rows, [column.key for column in asked])
    named = [tuple(_named(c, value, names) for c, value in zip(asked, row, strict=True)) for row in rows]
    full = _with_computed(spec.columns, named)
    title = pick(spec.title)
    if not spec.group:
        totals = _totals(spec.columns, full) if spec.totals and full else None
        return [Section(title, spec.columns, tuple(full), totals, chart=spec.chart)]
    return _groups(spec, title, full)


def _fallen(spec: SectionSpec, rows: list[tuple[Any, ...]], keys: list[str]) -> list[tuple[Any, ...]]:
    """Rows falling by a column; `rest`, and what is over `top`, summed into one row at the end."""
    by = keys.index(spec.falling)
    ordered = sorted((row for row in rows if row[0] != REST), key=lambda row: (-(row[by] or 0), str(row[0])))
    kept = ordered[: spec.top] if spec.top else ordered
    left = ordered[len(kept) :] + [row for row in rows if row[0] == REST]
    if not left:
        return kept
    sums = [
        sum(row[n] or 0 for row in left) if isinstance(left[0][n], int) else None for n in range(1, len(keys))
    ]
    return [*kept, (REST, *sums)]


def _named(column: ReportColumn, value: Any, names: Names) -> object:
    if column.kind is not ColumnKind.TEXT or value is None:
        return value
    if value in column.labels:
        return pick(column.labels[value])
    if value == REST:
        return _(N_("others"))
    if column.list and value:
        return names(column.list, str(value))
    return str(value)


def _with_computed(
    columns: tuple[ReportColumn, ...], rows: list[tuple[object, ...]]
) -> list[tuple[object, ...]]:
    asked = [column.key for column in columns if column.is_asked]
    wholes = {c.of: sum(_count(row[asked.index(c.of)]) for row in rows) for c in columns if c.of}
    done = []
    for n, row in enumerate(rows, 1):
        given = dict(zip(asked, row, strict=True))
        for column in columns:
            if column.kind is ColumnKind.NUMBER:
                given[column.key] = n
            elif column.kind is ColumnKind.PERCENT:
                given[column.key] = percent(_count(given[column.of]), wholes[column.of])
        done.append(tuple(given[column.key] for column in columns))
    return done


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def percent(part: int, whole: int) -> float | None:
    """Share in percent with one decimal, halves rounded up; nothing of nothing is no share."""
    return (part * 2000 + whole) // (2 * whole) / 10 if whole else None


def _totals(
    columns: tuple[ReportColumn, ...], rows: Sequence[tuple[object, ...]]
) -> tuple[object, ...] | None:
    if not any(column.total for column in columns):
        return None
    found: list[object] = [_total(column, [row[n] for row in rows]) for n, column in enumerate(columns)]
    first_text = next((n for n, column in enumerate(columns) if column.kind is ColumnKind.TEXT), None)
    if first_text is not None:
        found[first_text] = _(N_("Total"))
    return tuple(found)


def _total(column: ReportColumn, values: Sequence[object]) -> object:
    if not column.total:
        return None
    if column.kind is ColumnKind.PERCENT:
        return 100.0 if any(value is not None for value in values) else None
    return sum(_count(value) for value in values)


def _groups(spec: SectionSpec, title: str, rows: list[tuple[object, ...]]) -> list[Section]:
    """One section per value of the group column, in order of first appearance, and the totals of all."""
    at = spec.place(spec.group)
    columns = spec.columns[:at] + spec.columns[at + 1 :]
    by_value: dict[object, list[tuple[object, ...]]] = {}
    for row in rows:
        by_value.setdefault(row[at], []).append(row[:at] + row[at + 1 :])
    sections = [
        Section(str(value or "—"), columns, tuple(found), _totals(columns, found), joined=True)
        for value, found in by_value.items()
    ]
    if not sections:
        return [Section(title, columns, ())]
    everything = [row for found in by_value.values() for row in found]
    head = Section(title, columns, (), joined=False)
    return [head, *sections, Section("", columns, (), _totals(columns, everything), joined=True)]
