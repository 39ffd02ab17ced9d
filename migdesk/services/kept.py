"""Kept: what a desk read once and keeps until a table it was read from changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """What was read once, each with the tables it was made from and how these stood when its reading began.

    What a reader made of records that were replaced meanwhile is not kept for the next.
    """

    def __init__(self) -> None:
        self._read: dict[str, tuple[tuple[int, ...], Any]] = {}
        self._changed: dict[str, int] = {}
        self._next = count(1).__next__

    def get(self, name: str, tables: Iterable[str], read: Callable[[], T]) -> T:
        """What is kept under a name, read anew when one of its tables changed since."""
        stand, known = self._stand(tables), self._read.get(name)
        if known is None or known[0] != stand:
            known = self._read[name] = stand, read()
        kept: T = known[1]
        return kept

    def find(self, name: str, tables: Iterable[str]) -> Any:
        """What is kept under a name and still holds; nothing when it would be read anew."""
        known = self._read.get(name)
        return known[1] if known and known[0] == self._stand(tables) else None

    def change(self, tables: Iterable[str]) -> None:
        """These tables were written: whatever was made from them holds no more."""
        for table in tables:
            self._changed[table] = self._next()

    def _stand(self, tables: Iterable[str]) -> tuple[int, ...]:
        return tuple(self._changed.get(table, 0) for table in tables)
