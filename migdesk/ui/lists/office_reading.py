"""How the lists of an office are said: a term that is closed is a plain date, an op has its words."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from migdesk.domain.change import Op
from migdesk.domain.fields import choice_label
from migdesk.domain.listing import Column, Listing, Look
from migdesk.i18n import current_language
from migdesk.ui.lists.table import Reading
from migdesk.ui.memory import Memory
from migdesk.ui.parts.pills import Pill

_COUNTED = timedelta(days=60)
"""Days to a date are counted so far ahead; later ones are shown as a date."""

_BORN = ("birth_date", "birth_estimated")
"""The day of birth is shown with the mark of an estimate, which has a column of its own for exports."""

Settle = Callable[[Mapping[str, Any]], Collection[str]]
"""From the values of a row: which of its due days no longer run."""


class Settled(date):
    """A due day that no longer runs: what was due is done, or does not matter any more."""


class OfficeReading(Reading):
    """Says values by the lists of an office; `titles` gives those of the official forms of a day by their code."""

    def __init__(
        self,
        today: date,
        names: Callable[[str, str], str],
        titles: Callable[[date, str], Mapping[str, str]] = lambda _on, _language: {},
    ) -> None:
        super().__init__(today, names)
        self._titles = titles

    def form(self, code: str) -> str:
        """The title of a form in the current language; its code for one this program does not know."""
        return self._titles(self.today, current_language()).get(code, code)

    def words(self, column: Column, value: Any) -> str:
        """A value as a person reads it."""
        if column.key == "code" and value:
            return op_words(str(value))
        if column.key == "form" and value:
            return self.form(str(value))
        return super().words(column, value)

    def pill(self, column: Column, value: Any) -> Pill | None:
        """Days are counted only for terms that run and are near."""
        if column.look is Look.DUE and (
            isinstance(value, Settled) or (value is not None and value - self.today > _COUNTED)
        ):
            return None
        return super().pill(column, value)


def hide_at_first(memory: Memory, name: str, keys: Sequence[str]) -> None:
    """Columns that wait in the menu until a person has arranged this list himself."""
    if keys and not memory.recall(f"columns/{name}"):
        memory.keep(f"columns/{name}", json.dumps({"hidden": list(keys)}))


def op_words(code: str) -> str:
    """What was done, in the current language; the code itself for one this program does not know."""
    return choice_label(Op(code)) if code in set(Op) else code


@dataclass(frozen=True, slots=True)
class Front:
    """A column that stands first: its key, pixels at 100 %, and a heading shorter than its field's label."""

    key: str
    width: int = 0
    label: str = ""


class Arranged:
    """A list with some columns first and its closed terms marked."""

    def __init__(self, listing: Listing, fronts: Sequence[Front], settle: Settle | None = None) -> None:
        self._listing = listing
        self._settle = settle
        keys = [column.key for column in listing.columns]
        by_key = {front.key: front for front in fronts}
        order = [*by_key, *(key for key in keys if key not in by_key)]
        self._places = [keys.index(key) for key in order]
        self.columns = tuple(_dressed(listing.columns[at], by_key.get(keys[at])) for at in self._places)
        self._keys = order
        self._born = [order.index(key) for key in _BORN] if set(_BORN) <= set(order) else []

    def first(self, limit: int) -> list[int]:
        """Row ids of the first page."""
        return self._listing.first(limit)

    def ids(self) -> array[int]:
        """All row ids."""
        return self._listing.ids()

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Values in the order of the columns."""
        return [self._arranged(row) for row in self._listing.rows(ids)]

    def uid(self, row_id: int) -> str:
        """Identity of the record behind a row."""
        return self._listing.uid(row_id)

    def _arranged(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = [row[at] for at in self._places]
        if self._settle:
            settled = self._settle(dict(zip(self._keys, values, strict=True)))
            for at, key in enumerate(self._keys):
                if key in settled and values[at] is not None:
                    values[at] = Settled(values[at].year, values[at].month, values[at].day)
        if self._born and values[self._born[0]] and values[self._born[1]]:
            values[self._born[0]] = replace(values[self._born[0]], estimated=True)
        return tuple(values)


def _dressed(column: Column, front: Front | None) -> Column:
    if front is None:
        return column
    field = replace(column.field, label=front.label) if front.label else column.field
    return replace(column, field=field, width=front.width or column.width)
