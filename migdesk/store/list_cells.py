"""What lists are made of: a column with the SQL behind it, and a list of such columns over a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migdesk.domain.fields import Field, Text, Whole, spec
from migdesk.domain.listing import Column, Look
from migdesk.i18n import N_
from migdesk.store.told import NAME

PERSON = "JOIN person p ON p.uid = t.person"
PERSON_WORDS = (
    "t.person IN (SELECT uid FROM person WHERE id IN "
    "(SELECT rowid FROM person_search WHERE person_search MATCH ?))"
)
_NAME_FIELD = Text(N_("Name"))
ALONE = "SELECT u.person FROM unaccompanied u WHERE u.until IS NULL AND u.annulled_on IS NULL"
"""Children who are alone."""
MASK = "***"
"""Stands in a masked cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A column and the SQL behind it; `joined` when it needs more than the base table."""

    column: Column
    sql: str
    joined: bool = False
    is_guarded: bool = False
    """Tells where somebody is found: masked for a child who came alone."""


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list: base table under the name `t`, joins for its rows, and its usual order by an index.

    `asked` are conditions on the base table that may be asked without being a column, by key and SQL.
    """

    table: str
    joins: str
    cells: tuple[Cell, ...]
    order: str
    words: str = ""
    live: str = "t.annulled_on IS NULL"
    asked: Mapping[str, str] = field(default_factory=dict)
    guarded: frozenset[str] = frozenset()
    """Those of `asked` that find nobody who is masked."""


def cell(cls: type, name: str, width: int, sql: str = "", **more: Any) -> Cell:
    """A column for a field of a record; `sql` where it is not of the base table."""
    field = spec(cls, name).field
    align = "right" if isinstance(field, Whole) else "left"
    look, key = more.pop("look", Look.PLAIN), more.pop("key", name)
    column = Column(key, more.pop("field", field), width, align, look=look)
    return Cell(column, sql or f"t.[{name}]", bool(sql), more.pop("is_guarded", False))


def made(key: str, field: Field, width: int, sql: str, *, joined: bool = True) -> Cell:
    """A column that no record has."""
    align = "right" if isinstance(field, Whole) else "left"
    return Cell(Column(key, field, width, align), sql, joined)


def name(sql: str = NAME, *, joined: bool = True) -> Cell:
    """Whom a row is about."""
    return made("name", _NAME_FIELD, 240, sql, joined=joined)
