"""What is due: open terms of arrivals, permits and cases, by date, from partial indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.store.database import Store


@dataclass(frozen=True, slots=True)
class _Kind:
    table: str
    column: str
    open: str
    citizen: str = "0"


KINDS: dict[str, _Kind] = {
    "notice": _Kind("arrival", "notice_due", "notified_on IS NULL AND left_on IS NULL"),
    "registration": _Kind(
        "arrival",
        "registration_due",
        "registered_on IS NULL AND left_on IS NULL",
        "coalesce(t.basis = 'citizen', 0)",
    ),
    "stay": _Kind("arrival", "stay_ends_on", "left_on IS NULL"),
    "permit": _Kind("permit", "ends_on", "state = 'granted'"),
    "case": _Kind("cases", "due_on", "state = 'open'"),
    "appeal": _Kind("cases", "appeal_until", "appealed_on IS NULL"),
    "payment": _Kind("payment", "due_on", "state = 'due'"),
    "obligation": _Kind("obligation", "ends_on", "state = 'open'"),
}

LAPSING = ("appeal", "obligation")
"""Terms that are over with their last day, whatever was done: nobody owes an appeal, or more years of staying."""

OF_OFFICE = ("payment", "obligation")
"""Terms of money: they say nothing of whether somebody's stay is in order, and stand with his payments."""

_NAME = (
    "CASE WHEN p.surname || p.given <> '' THEN trim(p.surname || ' ' || p.given || ' ' || p.patronymic) "
    "WHEN p.surname_latin || p.given_latin <> '' THEN trim(p.surname_latin || ' ' || p.given_latin) "
    "ELSE p.document_name END"
)


def _where(kind: _Kind) -> str:
    return f"t.{kind.column} IS NOT NULL AND {_prefixed(kind.open)} AND t.annulled_on IS NULL"


def _prefixed(condition: str) -> str:
    return " AND ".join(f"t.{part}" for part in condition.split(" AND "))


def _term(row: Sequence[Any]) -> OpenTerm:
    kind, due, record, person, name, citizen = row
    return OpenTerm(TermKind(kind), date.fromisoformat(due), record, person, name, bool(citizen))


def _begins(name: str, since: date, today: date | None) -> str:
    """The first day of those that are asked for; terms that lapse begin with today."""
    return (max(since, today) if today and name in LAPSING else since).isoformat()


def open_terms(
    store: Store,
    since: date,
    until: date,
    *,
    limit: int = 500,
    today: date | None = None,
) -> list[OpenTerm]:
    """Open terms due between two days, both included, earliest first; with `today` none that lapsed before it."""
    parts, args = [], list[object]()
    for name, kind in KINDS.items():
        parts.append(
            f"SELECT * FROM (SELECT '{name}' AS kind, t.{kind.column} AS due, t.uid, p.uid, {_NAME}, "
            f"{kind.citizen} FROM {kind.table} t JOIN person p ON p.uid = t.person "
            f"WHERE {_where(kind)} AND t.{kind.column} BETWEEN ? AND ? ORDER BY t.{kind.column} LIMIT ?)"
        )
        args += [_begins(name, since, today), until.isoformat(), limit]
    rows = store.rows(" UNION ALL ".join(parts) + " ORDER BY due LIMIT ?", [*args, limit])
    return [_term(row) for row in rows]


def terms_of(store: Store, person_uid: str, today: date | None = None) -> list[OpenTerm]:
    """Open terms of one person, earliest first; with `today` none that lapsed before it."""
    return terms_of_people(store, [person_uid], today)


def terms_of_people(store: Store, persons: Sequence[str], today: date | None = None) -> list[OpenTerm]:
    """Open terms of some people, earliest first; with `today` none that lapsed before it."""
    parts, args = [], list[object]()
    marks = ", ".join("?" * len(persons))
    for name, kind in KINDS.items():
        if name in OF_OFFICE:
            continue
        parts.append(
            f"SELECT '{name}', t.{kind.column} AS due, t.uid, p.uid, {_NAME}, {kind.citizen} FROM {kind.table} t "
            f"JOIN person p ON p.uid = t.person WHERE t.person IN ({marks}) AND {_where(kind)} "
            f"AND t.{kind.column} >= ?"
        )
        args += [*persons, _begins(name, date.min, today)]
    rows = store.rows(" UNION ALL ".join(parts) + " ORDER BY due", args)
    return [_term(row) for row in rows]


def count_terms(
    store: Store,
    since: date,
    until: date,
    *,
    kinds: tuple[str, ...] = tuple(KINDS),
    today: date | None = None,
) -> int:
    """How many open terms are due between two days, both included; with `today` none that lapsed before it."""
    parts, args = [], list[object]()
    for name in kinds:
        kind = KINDS[name]
        parts.append(
            f"SELECT count(*) AS n FROM {kind.table} t "
            f"WHERE {_where(kind)} AND t.{kind.column} BETWEEN ? AND ?"
        )
        args += [_begins(name, since, today), until.isoformat()]
    return int(store.value("SELECT sum(n) FROM (" + " UNION ALL ".join(parts) + ")", args))
