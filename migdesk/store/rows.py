"""Record ↔ row, through the record's own field descriptions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from migdesk.domain.fields import Ref, Spec, specs
from migdesk.domain.letters import sort_key
from migdesk.domain.record import Record

R = TypeVar("R", bound=Record)

DERIVED: dict[str, dict[str, Callable[[Any], object]]] = {
    "person": {"sort_key": lambda person: sort_key(person.full_name)},
    "party": {"sort_key": lambda party: sort_key(party.name)},
}
"""Columns the store keeps beside the record's own, for order and search; made anew at every write."""


def column_names(cls: Any) -> tuple[str, ...]:
    """Columns of a record's table in the order of its fields, after `uid` and `rev`."""
    return _column_names(cls)


@cache
def _column_names(cls: Any) -> tuple[str, ...]:
    return ("uid", "rev", *(one.name for one in specs(cls)))


@cache
def _converters(cls: Any) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    return tuple((one.name, _or_none(one)) for one in specs(cls))


def _or_none(one: Spec) -> Callable[[Any], Any] | None:
    """Kinds that are stored as they are need no call: most fields are text."""
    kind = type(one.field)
    plain = kind.to_sql is _BASE_TO_SQL
    return None if plain else one.field.to_sql


_BASE_TO_SQL = Ref.to_sql


def to_values(rec: Record) -> dict[str, Any]:
    """The record's fields as the store keeps them, without `uid` and `rev`."""
    return {
        name: (convert(getattr(rec, name)) if convert else getattr(rec, name))
        for name, convert in _converters(_any(type(rec)))
    }


def derived(rec: Record) -> dict[str, object]:
    """The store's own columns for a record."""
    return {name: make(rec) for name, make in DERIVED.get(rec.table, {}).items()}


def derived_names(cls: type[Record]) -> tuple[str, ...]:
    """Names of the store's own columns of a record's table."""
    return tuple(DERIVED.get(cls.table, ()))


@cache
def _readers(cls: Any) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    return tuple(
        (one.name, None if type(one.field).from_sql is Ref.from_sql else one.field.from_sql)
        for one in specs(cls)
    )


def from_row(cls: type[R], row: Sequence[Any]) -> R:
    """A record from a row whose columns are `column_names(cls)`."""
    values = {
        name: (read(stored) if read else stored)
        for (name, read), stored in zip(_readers(_any(cls)), row[2:], strict=True)
    }
    return cls(uid=row[0], rev=row[1], **values)


def _any(cls: Any) -> Any:
    """A class as the caches take it."""
    return cls


def quoted(names: Sequence[str]) -> str:
    """Column names for SQL; some are SQL's own words (`case`)."""
    return ", ".join(f'"{name}"' for name in names)
