"""Series of numbers of an office, as its head sees them: what was given, what is missing in between, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_SHOWN = 6
"""So many blocks are named one by one; more are only counted."""


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers one after another, the first and the last of them."""

    first: int
    last: int

    def __len__(self) -> int:
        """How many they are."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        """As people write it: `12`, or `12–14`."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """A series: `name` is what all its numbers begin with, `of` whose numbers they are, `coming` the next one.

    `given` are the blocks that stand in the records. `gaps` lie between them and were never given, or their records
    are gone; `skipped` were passed over when a head began with a higher number. The records of `voided` are annulled.
    """

    name: str
    of: str
    coming: str
    last: int
    given: tuple[Block, ...] = ()
    gaps: tuple[Block, ...] = ()
    skipped: tuple[Block, ...] = ()
    voided: tuple[Block, ...] = ()


def between(given: Sequence[Block], last: int) -> tuple[Block, ...]:
    """What is missing from the first number on to the last that was given."""
    found, before = [], 0
    for one in given:
        if one.first > before + 1:
            found.append(Block(before + 1, one.first - 1))
        before = one.last
    return (*found, *((Block(before + 1, last),) if last > before else ()))


def count(blocks: Sequence[Block]) -> int:
    """How many numbers there are in blocks."""
    return sum(map(len, blocks))


def words(blocks: Sequence[Block]) -> str:
    """Blocks as people write them, the first few of many."""
    shown = ", ".join(map(str, blocks[:_SHOWN]))
    return f"{shown}, … (+{count(blocks[_SHOWN:])})" if len(blocks) > _SHOWN else shown
