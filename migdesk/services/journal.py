"""The journal: what was done, whether its chain holds, and taking back the last op as a new one."""

from __future__ import annotations

from migdesk.domain.change import Change, Done, Entry, Op
from migdesk.domain.errors import Refused, Stale
from migdesk.domain.finding import block
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store import journal as book


def find_undoable(desk: Desk) -> Entry | None:
    """The op that undo would take back now; an op that numbered or printed something official is a wall."""
    return book.last_undoable(desk.store)


def undo_last(desk: Desk) -> Done[Entry]:
    """Take back the newest undoable op.

    Raises:
        Refused: there is nothing to take back.
        Stale: a later op changed one of its fields, or another window takes it back at this moment.
    """
    entry = find_undoable(desk)
    if entry is None:
        raise Refused([block("nothing_to_undo", N_("There is nothing that can be undone."))])
    _refuse_a_right(desk, entry)
    with desk.write(Op.UNDO) as tx:
        if find_undoable(desk) != entry:
            raise Stale
        tx.undo(entry.uid, book.changes_backwards(desk.store, entry.uid))
    return Done(entry, tx.changes)


def _refuse_a_right(desk: Desk, entry: Entry) -> None:
    """Taking back would give or take the right to restricted notes, which only those who have it may do."""
    if entry.op is not Op.SAVE_OPERATOR or desk.signer.reads_restricted:
        return
    right = "reads_restricted"
    changes = book.changes_of(desk.store, entry.uid)
    if any(bool(one.before.get(right)) != bool(one.after.get(right)) for one in changes):
        message = N_("Only those who may read restricted notes give that right to others.")
        raise Refused([block("no_right", message)])


def entries(desk: Desk, *, limit: int = 100) -> list[Entry]:
    """The newest journal entries."""
    return book.entries(desk.store, limit)


def changes_of(desk: Desk, op_uid: str) -> list[Change]:
    """What one op changed."""
    return book.changes_of(desk.store, op_uid)


def broken_links(desk: Desk) -> list[str]:
    """Ops whose place in the hash chain no longer holds; empty when the journal is whole."""
    return list(dict.fromkeys(book.broken_links(desk.store)))
