"""Survey: look at the doubtful columns once before any row is given out, so that a doubt is asked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from migdesk.domain.fields import Day, PartialDay
from migdesk.exchange.book import Cell
from migdesk.exchange.daytext import DayAnswers, DayText, read_day_text
from migdesk.exchange.problem import address
from migdesk.exchange.sheet import SheetColumn


class Doubt(StrEnum):
    """What is not certain about the text dates of a column."""

    DAY_MONTH = "day_month"
    CENTURY = "century"


@dataclass(frozen=True, slots=True)
class ColumnDoubt:
    """One question about one column: how many cells it decides, and the first of them.

    `month_first` is what the column's other dates suggest, or what is usual here: the day first.
    """

    doubt: Doubt
    key: str
    count: int
    cell: str
    example: str
    month_first: bool = False


@dataclass(slots=True)
class ColumnCensus:
    """Text dates of one column by way of writing, and how many of each doubt; `numbers` are numeric cells.

    Dates that may be `partial` are rightly typed as text.
    """

    at: int
    partial: bool = False
    forms: Counter[str] = field(default_factory=Counter)
    day_first: int = 0
    month_first: int = 0
    numbers: int = 0
    counts: Counter[Doubt] = field(default_factory=Counter)
    firsts: dict[Doubt, tuple[str, str]] = field(default_factory=dict)

    def count_day(self, found: DayText, cell: str, text: str) -> None:
        """One text date more."""
        self.forms[found.form] += 1
        self.month_first += found.month_first
        self.day_first += found.form[2] in "/- " and found.day > 12 and not found.month_first
        if found.swappable:
            self._doubt(Doubt.DAY_MONTH, cell, text)
        if found.two_digits:
            self._doubt(Doubt.CENTURY, cell, text)

    def _doubt(self, doubt: Doubt, cell: str, text: str) -> None:
        self.counts[doubt] += 1
        self.firsts.setdefault(doubt, (cell, text))

    def settled(self, answers: DayAnswers) -> DayAnswers:
        """The answers, and what the column itself answers: a 25/03/2026 in it settles that the day is first."""
        if answers.month_first is not None or not self.counts[Doubt.DAY_MONTH]:
            return answers
        if self.day_first and not self.month_first:
            return replace(answers, month_first=False)
        return replace(answers, likely_month_first=self.month_first > self.day_first)


@dataclass(frozen=True, slots=True)
class Census:
    """The surveyed columns by key."""

    columns: Mapping[str, ColumnCensus]

    def answers_for(self, key: str, answers: DayAnswers) -> DayAnswers:
        """How a column's text dates are read."""
        return self.columns[key].settled(answers) if key in self.columns else answers

    def doubts(self, answers: Mapping[str, DayAnswers]) -> tuple[ColumnDoubt, ...]:
        """The questions that neither the operator nor the column itself has answered."""
        found = []
        for key, census in self.columns.items():
            settled = census.settled(answers.get(key, DayAnswers()))
            for doubt, count in census.counts.items():
                if (settled.month_first if doubt is Doubt.DAY_MONTH else settled.pivot) is None:
                    cell, example = census.firsts[doubt]
                    found.append(ColumnDoubt(doubt, key, count, cell, example, settled.likely_month_first))
        return tuple(found)


def take_census(rows: Iterable[tuple[int, list[Cell]]], columns: Sequence[tuple[int, SheetColumn]]) -> Census:
    """Look through the date columns and those where a number may have lost its zeros."""
    found = {column.key: ColumnCensus(at, isinstance(column.field, PartialDay)) for at, column in columns}
    days = [(at, found[column.key]) for at, column in columns if isinstance(column.field, Day | PartialDay)]
    texts = [(at, found[column.key]) for at, column in columns if column.as_text]
    for number, cells in rows:
        width = len(cells)
        for at, census in days:
            cell = cells[at] if at < width else ""
            if isinstance(cell, str) and cell and (day := read_day_text(cell, census.partial)):
                census.count_day(day, address(number, at), cell)
        for at, census in texts:
            if at < width and isinstance(cells[at], float):
                census.numbers += 1
    return Census({key: one for key, one in found.items() if one.forms or one.numbers})
