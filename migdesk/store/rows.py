"""Record ↔ row, through the record's own field descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from migdesk.domain.fields import Ref, Spec, specs
from migdesk.domain.letters import sort_key
from migdesk.domain.record import Record

R = TypeVar("R", bound=Record)

_WORDS = re.compile(r"[^\W_]+")


def house_key(place: str, line: str) -> str:
    """One key for all spellings of one house and flat; nothing without a street, where a whole village would fit."""
    words = _WORDS.findall(line.casefold())
    return f"{place} {' '.join(words)}" if words else ""


DERIVED: dict[str, dict[str, Callable[[Any], object]]] = {
    "address": {"house_key": lambda address: house_key(address.place, address.line)},
    "person": {"sort_key": lambda person: sort_key(person.full_name)},
    "party": {"sort_key": lambda party: sort_key(party.name)},
    "permit": {"ends_on": lambda permit: permit.ends_on.isoformat() if permit.ends_on else ""},
}
"""Columns the store keeps beside the record's own, for order and search; made anew at every write."""


def column_names(cls: Any) -> tuple[str, ...]:
    """Columns of a record's table in the order of its fields, after `uid` and `rev`."""
    return _column_names(cls)


@cache
def _column_names(cls: Any) -> tuple[str, ...]:
    return ("uid", "rev", *field_names(cls))


def field_names(cls: Any) -> tuple[str, ...]:
    """The columns of `column_names` without `uid` and `rev`."""
    return _field_names(cls)


@cache
def _field_names(cls: Any) -> tuple[str, ...]:
    return tuple(one.name for one in specs(cls))


def columns_sql(cls: Any) -> str:
    """The columns of `column_names` as SQL names them."""
    return _columns_sql(cls)


@cache
def _columns_sql(cls: Any) -> str:
    return quoted(column_names(cls))


def computed_names(cls: Any) -> frozenset[str]:
    """The fields of a record that the program works out and nobody writes by hand."""
    return _computed_names(cls)


@cache
def _computed_names(cls: Any) -> frozenset[str]:
    return frozenset(one.name for one in specs(cls) if one.field.computed)


@cache
def _writers(
    cls: Any,
) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """What takes all fields of a record at once, and which of them are not stored as they are."""
    fields = specs(cls)
    unlike = [(at, one.field.to_sql) for at, one in enumerate(fields) if not _is_plain(one)]
    return attrgetter(*(one.name for one in fields)), tuple(unlike)


def _is_plain(one: Spec) -> bool:
    """Kinds that are stored as they are need no call: most fields are text."""
    return type(one.field).to_sql is Ref.to_sql


def stored(rec: Record) -> list[Any]:
    """The record's fields as the store keeps them, in the order of `field_names`."""
    take, unlike = _writers(_any(type(rec)))
    values = list(take(rec))
    for at, convert in unlike:
        values[at] = convert(values[at])
    return values


def to_values(rec: Record) -> dict[str, Any]:
    """The record's fields by name as the store keeps them, without `uid` and `rev`."""
    return dict(zip(field_names(type(rec)), stored(rec), strict=True))


def derived(rec: Record) -> dict[str, object]:
    """The store's own columns for a record."""
    return {name: make(rec) for name, make in DERIVED.get(rec.table, {}).items()}


def derived_names(cls: type[Record]) -> tuple[str, ...]:
    """Names of the store's own columns of a record's table."""
    return tuple(DERIVED.get(cls.table, ()))


@cache
def _readers(cls: Any) -> dict[str, Callable[[Any], Any]]:
    """How fields are read that are not stored as they are."""
    return {
        one.name: one.field.from_sql for one in specs(cls) if type(one.field).from_sql is not Ref.from_sql
    }


def from_row(cls: type[R], row: Sequence[Any]) -> R:
    """A record from a row whose columns are `column_names(cls)`."""
    values = dict(zip(column_names(cls), row, strict=True))
    for name, read in _readers(_any(cls)).items():
        values[name] = read(values[name])
    return cls(**values)


def _any(cls: Any) -> Any:
    """A class as the caches take it."""
    return cls


def quoted(names: Sequence[str]) -> str:
    """Column names for SQL; some are SQL's own words (`case`).

    In brackets, never in double quotes: those SQLite takes for a text when no such column is there, and the
    engine's binding has no way to forbid it.
    """
    return ", ".join(f"[{name}]" for name in names)
