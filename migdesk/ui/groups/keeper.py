"""Keeps the draft of a group at every cell that is left, and brings it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from migdesk.domain.change import Done
from migdesk.services import parked
from migdesk.services.arrivals import groups
from migdesk.services.arrivals.groups import GroupDraft, RegisteredGroup
from migdesk.services.desk import Desk
from migdesk.services.workbooks.pasting import CellReader
from migdesk.ui.groups.draft import Kept, read_draft, write_draft
from migdesk.ui.groups.rows import GroupBook
from migdesk.ui.intake.keeper import DraftKeeper
from migdesk.ui.workplace import Workplace

KEY = "group/new"


class GroupKeeper(DraftKeeper[GroupBook, Kept]):
    """Keeps the group in front; `reader` reads its cells again."""

    ASIDE, PINS = "group/aside", "group/pins"

    def __init__(
        self,
        work: Workplace,
        reader: CellReader,
        content: Callable[[], tuple[GroupBook, str]],
        parent: QObject,
    ) -> None:
        super().__init__(work, KEY, content, parent)
        self._reader = reader

    def written(self, book: GroupBook, place: str, at: str) -> str:
        """The group as text."""
        return write_draft(book, place, at)

    def read(self, text: str) -> Kept | None:
        """A group from its text."""
        return read_draft(text, self._reader)


def register(desk: Desk, draft: GroupDraft, rest: str) -> Done[RegisteredGroup]:
    """Register, then keep as draft what was left out, or nothing; one task, so that no crash falls between.

    Raises:
        Invalid: what is wrong, row by row; nothing was written and the draft is as it was.
    """
    done = groups.register_group(desk, draft)
    if rest:
        parked.keep_draft(desk, KEY, rest)
    else:
        parked.drop_draft(desk, KEY)
    return done
