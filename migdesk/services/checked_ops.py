"""Ops that are written only when nothing stands against them at the moment they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from migdesk.domain.change import Op
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.finding import Finding
from migdesk.services.desk import Desk
from migdesk.store import journal
from migdesk.store.writer import Tx

T = TypeVar("T")
Used = Callable[[T, list[Finding]], Iterable[Mapping[str, object]]]
"""What the journal keeps of the law that an op rests on."""


@contextmanager
def prepared_op(
    desk: Desk,
    op: Op,
    prepare: Callable[[], tuple[T, list[Finding]]],
    used: Used[T] | None = None,
) -> Iterator[tuple[Tx, T, list[Finding]]]:
    """One op, what it is written from, and what is said of that.

    It is prepared before the office is locked, where it holds up nobody; and once more inside the lock when another
    window wrote between the two: what it found there, nobody can change any more. `used` is what the journal keeps of
    the law, as in `Desk.write`.

    Raises:
        Invalid: what is wrong; nothing was written.
    """
    seen = journal.newest(desk.store)
    ready = prepare()
    refuse_if_blocked(ready[1])

    def sure() -> Iterator[Mapping[str, object]]:
        nonlocal ready
        if journal.newest(desk.store) != seen:
            ready = prepare()
            refuse_if_blocked(ready[1])
        yield from used(*ready) if used else ()

    with desk.write(op, used=sure()) as tx:
        yield tx, *ready


@contextmanager
def checked_op(
    desk: Desk, op: Op, check: Callable[[], list[Finding]], used: Used[None] | None = None
) -> Iterator[tuple[Tx, list[Finding]]]:
    """As `prepared_op`, where what is written is known beforehand.

    Raises:
        Invalid: what is wrong; nothing was written.
    """
    with prepared_op(desk, op, lambda: (None, check()), used) as (tx, _nothing, findings):
        yield tx, findings
