"""Ops that are written only when nothing stands against them at the moment they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from migdesk.domain.change import Op
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.finding import Finding
from migdesk.services.desk import Desk
from migdesk.store import journal
from migdesk.store.writer import Tx


@contextmanager
def checked_op(desk: Desk, op: Op, check: Callable[[], list[Finding]]) -> Iterator[tuple[Tx, list[Finding]]]:
    """One op, and what its check says.

    The check is asked before the office is locked, where it holds up nobody; and once more inside the lock when
    another window wrote between the two: what it found there, nobody can change any more.

    Raises:
        Invalid: what is wrong; nothing was written.
    """
    seen = journal.newest(desk.store)
    findings = check()
    refuse_if_blocked(findings)
    with desk.write(op) as tx:
        if journal.newest(desk.store) != seen:
            findings = check()
            refuse_if_blocked(findings)
        yield tx, findings
