"""Lists for tests: rows in memory that count what is asked of them, and that may fail or be slow."""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any

from migdesk.domain.fields import Choice, Day, Text, Whole
from migdesk.domain.listing import Column, Look
from migdesk.domain.permit import PermitState

COLUMNS = (
    Column("number", Text("Number"), 120),
    Column("person", Text("Person"), 180),
    Column("until", Day("Valid until"), 100, look=Look.DUE),
    Column("fee", Whole("Fee"), 100, "right"),
    Column("state", Choice("State", options=PermitState), 120, look=Look.STATE, sortable=False),
)
STATES = tuple(PermitState)


class Counted:
    """`size` rows; `asked` holds the ids of every question for rows."""

    columns: tuple[Column, ...] = COLUMNS

    def __init__(self, size: int, *, slow: float = 0.0, turned: bool = False) -> None:
        self.size = size
        self.slow = slow
        self.turned = turned
        self.asked: list[list[int]] = []

    def first(self, limit: int) -> list[int]:
        return list(self.ids()[:limit])

    def ids(self) -> array[int]:
        found = array("q", range(self.size))
        if self.turned:
            found.reverse()
        return found

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        time.sleep(self.slow)
        self.asked.append(list(ids))
        return [
            (f"N{at:07}", f"Person {at}", date(2026, 11, 20 + at % 8), at * 1000, STATES[at % 5])
            for at in ids
        ]

    def uid(self, row_id: int) -> str:
        return f"uid-{row_id}"
