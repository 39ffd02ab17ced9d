"""Imports that were taken: what became of the rows of one, and whether it can still be undone as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.batch import Batch, BatchRow
from migdesk.domain.change import Op
from migdesk.services.desk import Desk
from migdesk.services.upkeep import journal

_MOST = 500


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One import with the rows that need to be told about (at most 500, `more` says how many others)."""

    batch: Batch
    rows: tuple[BatchRow, ...]
    more: int
    op: str
    """The op that wrote it while undo would take that back, else nothing."""


def open_batch(desk: Desk, uid: str) -> BatchFile:
    """An import by its uid.

    Raises:
        NotFound: nothing has it.
    """
    batch = desk.store.get(Batch, uid)
    rows = desk.store.live(BatchRow, batch=uid, order='"row"')
    newest = desk.store.live(Batch, order="id DESC", limit=1)
    last = journal.find_undoable(desk)
    is_last = bool(newest) and newest[0].uid == uid
    op = last.uid if is_last and last and last.op is Op.IMPORT_WORKBOOK else ""
    return BatchFile(batch, tuple(rows[:_MOST]), max(len(rows) - _MOST, 0), op)
