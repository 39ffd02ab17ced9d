"""A list of rows that are already here: previews, short lists inside a page."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from migdesk.domain.listing import Column, Query


class Given:
    """A `Listing` over rows in memory; the uid of a row is its place when none are given."""

    def __init__(
        self, columns: tuple[Column, ...], rows: Sequence[tuple[Any, ...]], uids: Sequence[str] = ()
    ) -> None:
        self.columns = columns
        self._rows = rows
        self._uids = uids
        self._order: Sequence[int] = range(len(rows))

    def sorted_by(self, order: str) -> Given:
        """The same rows in the order of a column; `-key` turns it round, empty values stand last."""
        made = Given(self.columns, self._rows, self._uids)
        at = next(
            (at for at, column in enumerate(self.columns) if column.key == order.removeprefix("-")), None
        )
        if at is not None:
            filled = [row for row in self._order if self._rows[row][at] not in (None, "")]
            empty = [row for row in self._order if self._rows[row][at] in (None, "")]
            filled.sort(key=lambda row: self._rows[row][at], reverse=order.startswith("-"))
            made._order = filled + empty
        return made

    def first(self, limit: int) -> list[int]:
        """The first rows."""
        return list(self._order[:limit])

    def ids(self) -> array[int]:
        """All rows."""
        return array("q", self._order)

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Values of these rows."""
        return [self._rows[at] for at in ids]

    def uid(self, row_id: int) -> str:
        """Identity of a row."""
        return self._uids[row_id] if self._uids else str(row_id)


def opener(given: Given) -> Callable[[Query], Given]:
    """What opens these rows in the order of a query."""
    return lambda query: given.sorted_by(query.order)
