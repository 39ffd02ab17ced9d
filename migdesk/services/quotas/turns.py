"""Whose turn it is in the waiting list of a pot: units are given in the order of entry, whichever window asks."""

from __future__ import annotations

from dataclasses import replace

from migdesk.domain.errors import Refused
from migdesk.domain.finding import block
from migdesk.domain.quota import Quota, Reservation, Waiting, WaitingState
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store import quotas as ledger
from migdesk.store.writer import Tx


def first_of(desk: Desk, found: Quota) -> Waiting | None:
    """Who is next: the earliest entry that was not passed over since somebody was last taken."""
    behind = {one.waiting for one in ledger.pending_skips(desk.store, found)}
    return next((one for one in ledger.waiting(desk.store, found) if one.uid not in behind), None)


def claim(desk: Desk, found: Quota, person: str | None, *, past_line: bool = False) -> Waiting | None:
    """The entry by which somebody takes units of a pot now; nothing where nobody waits.

    Raises:
        Refused: somebody else is next; the head alone passes over the order.
    """
    line = ledger.waiting(desk.store, found)
    first = first_of(desk, found)
    if first is None or (person and first.person == person):
        return first
    if past_line:
        return next((one for one in line if person and one.person == person), None)
    message = N_("In the waiting list {number} is next, {n} wait: pass over somebody only with a reason.")
    raise Refused([block("quota.line", message, "person", number=first.number, n=len(line))])


def settle(desk: Desk, tx: Tx, found: Quota, entry: Waiting, unit: Reservation) -> None:
    """Mark an entry as taken; those passed over for it come before the others again."""
    for skip in ledger.pending_skips(desk.store, found):
        if skip.waiting != entry.uid:
            tx.put(replace(skip, taken=entry.uid))
    done = replace(entry, state=WaitingState.INCLUDED, reservation=unit.uid, ended_on=unit.reserved_on)
    tx.put(done)
