"""What is due: open terms of arrivals, permits and cases, by date, from partial indexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.store.database import Store


@dataclass(frozen=True, slots=True)
class _Kind:
    table: str
    column: str
    open: str


KINDS: dict[str, _Kind] = {
    "notice": _Kind("arrival", "notice_due", "notified_on IS NULL AND left_on IS NULL"),
    "registration": _Kind("arrival", "registration_due", "registered_on IS NULL AND left_on IS NULL"),
    "stay": _Kind("arrival", "stay_until", "left_on IS NULL"),
    "permit": _Kind("permit", "valid_until", "state = 'granted'"),
    "case": _Kind("cases", "due_on", "state = 'open'"),
}


_NAME = (
    "CASE WHEN p.surname || p.given <> '' THEN trim(p.surname || ' ' || p.given || ' ' || p.patronymic) "
    "WHEN p.surname_latin || p.given_latin <> '' THEN trim(p.surname_latin || ' ' || p.given_latin) "
    "ELSE p.document_name END"
)


def _where(kind: _Kind) -> str:
    return f"t.{kind.column} IS NOT NULL AND {_prefixed(kind.open)} AND t.annulled_on IS NULL"


def _prefixed(condition: str) -> str:
    return " AND ".join(f"t.{part}" for part in condition.split(" AND "))


def open_terms(
    store: Store, since: date, until: date, *, kinds: tuple[str, ...] = tuple(KINDS), limit: int = 500
) -> list[OpenTerm]:
    """Open terms due between two days, both included, earliest first."""
    parts, args = [], list[object]()
    for name in kinds:
        kind = KINDS[name]
        parts.append(
            f"SELECT * FROM (SELECT '{name}' AS kind, t.{kind.column} AS due, t.uid, p.uid, {_NAME} "
            f"FROM {kind.table} t JOIN person p ON p.uid = t.person "
            f"WHERE {_where(kind)} AND t.{kind.column} BETWEEN ? AND ? ORDER BY t.{kind.column} LIMIT ?)"
        )
        args += [since.isoformat(), until.isoformat(), limit]
    rows = store.rows(" UNION ALL ".join(parts) + " ORDER BY due LIMIT ?", [*args, limit])
    return [OpenTerm(TermKind(row[0]), date.fromisoformat(row[1]), *row[2:]) for row in rows]


def terms_of(store: Store, person_uid: str) -> list[OpenTerm]:
    """Open terms of one person, earliest first."""
    parts, args = [], list[object]()
    for name, kind in KINDS.items():
        parts.append(
            f"SELECT '{name}', t.{kind.column} AS due, t.uid, p.uid, {_NAME} FROM {kind.table} t "
            f"JOIN person p ON p.uid = t.person WHERE t.person = ? AND {_where(kind)}"
        )
        args.append(person_uid)
    rows = store.rows(" UNION ALL ".join(parts) + " ORDER BY due", args)
    return [OpenTerm(TermKind(row[0]), date.fromisoformat(row[1]), *row[2:]) for row in rows]


def count_terms(store: Store, since: date, until: date, *, kinds: tuple[str, ...] = tuple(KINDS)) -> int:
    """How many open terms are due between two days, both included."""
    parts, args = [], list[object]()
    for name in kinds:
        kind = KINDS[name]
        parts.append(
            f"SELECT count(*) AS n FROM {kind.table} t "
            f"WHERE {_where(kind)} AND t.{kind.column} BETWEEN ? AND ?"
        )
        args += [since.isoformat(), until.isoformat()]
    return int(store.value("SELECT sum(n) FROM (" + " UNION ALL ".join(parts) + ")", args))
