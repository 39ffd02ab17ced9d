"""Lists: which columns a list has, how it is filtered and ordered; window and export read the same."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from migdesk.domain.fields import Field


class Look(StrEnum):
    """How a cell is drawn: plain text, a pill for a state, a pill that counts days to a date."""

    PLAIN = "plain"
    STATE = "state"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, the field that describes its values, its width in pixels at 100 %."""

    key: str
    field: Field
    width: int = 120
    align: str = "left"
    sortable: bool = True
    look: Look = Look.PLAIN

    @property
    def label(self) -> str:
        """English message of the heading."""
        return self.field.label


class Test(StrEnum):
    """What a filter may ask of a column."""

    IS = "is"
    IN = "in"
    FROM = "from"
    UNTIL = "until"
    CONTAINS = "contains"
    WITHIN = "within"
    EMPTY = "empty"
    FILLED = "filled"

    __test__ = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on a column; values are as the store keeps them (ISO dates, codes).

    A day may be a word instead, such as `today-7`, and the span of `WITHIN` such as `last 7 days`: see
    `relative_days`. `negated` asks for the rows that do not fit.
    """

    key: str
    test: Test
    value: Any = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that count together: all of them, or `either` one of them."""

    parts: tuple[Filter | Group, ...] = ()
    either: bool = False


Condition = Filter | Group


def keys_of(conditions: Iterable[Condition]) -> Iterator[str]:
    """The columns that are asked about, in groups too."""
    for one in conditions:
        if isinstance(one, Group):
            yield from keys_of(one.parts)
        else:
            yield one.key


@dataclass(frozen=True, slots=True)
class Query:
    """Which list, with which filters and words, in which order (`-key` for descending).

    `detailed` asks an export for the details of purposes too, a column each; `columns` are the keys of those
    wanted, in their order, none for all.
    """

    name: str
    filters: tuple[Condition, ...] = ()
    words: str = ""
    order: str = ""
    detailed: bool = False
    columns: tuple[str, ...] = ()


class Listing(Protocol):
    """An open list: ids first, rows on demand. Reads are cheap and safe from any thread."""

    columns: tuple[Column, ...]

    def first(self, limit: int) -> list[int]:
        """Row ids of the first page."""

    def ids(self) -> array[int]:
        """All row ids in order; up to 0.3 s at a million rows."""

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Values in the order of the columns, for these rows in this order."""

    def uid(self, row_id: int) -> str:
        """Identity of the record behind a row."""
