"""Keeps the draft of a group at every cell that is left, and brings it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from migdesk.domain.change import Done
from migdesk.domain.dates import show_moment
from migdesk.services import parked
from migdesk.services.arrivals import groups
from migdesk.services.arrivals.groups import GroupDraft, RegisteredGroup
from migdesk.services.desk import Desk
from migdesk.services.workbooks.pasting import CellReader
from migdesk.ui.groups.draft import Kept, read_draft, write_draft
from migdesk.ui.groups.rows import GroupBook
from migdesk.ui.workplace import Workplace

KEY, ASIDE = "group/new", "group/aside"
_PINS = "group/pins"


class GroupKeeper(QObject):
    """`back` carries the `Kept` draft that was found; `nothing` comes when there is none."""

    back = Signal(object)
    nothing = Signal()

    def __init__(
        self,
        work: Workplace,
        reader: CellReader,
        content: Callable[[], tuple[GroupBook, str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._reader = reader
        self._content = content
        self._last = ""
        self._is_over = False

    def find(self, key: str = KEY) -> None:
        """Look for what was typed and not saved."""
        self._work.tasks.read(parked.find_draft, self._work.desk, key, done=self._found)

    def keep(self) -> None:
        """Keep everything now, if it is not kept already."""
        if self._is_over:
            return
        book, place = self._content()
        if book.is_blank:
            if self._last:
                self._last = ""
                self._work.tasks.run(parked.drop_draft, self._work.desk, KEY)
            return
        text = write_draft(book, place, self._now())
        if text != self._last:
            self._last = text
            self._work.tasks.run(parked.keep_draft, self._work.desk, KEY, text)

    def stop(self) -> None:
        """What is being saved now is no draft any more; see `go_on`."""
        self._is_over = True

    def go_on(self) -> None:
        """It was not saved after all, or the next group begins."""
        self._is_over = False
        self._last = ""

    def set_aside(self, then: Callable[[], object]) -> None:
        """Put the draft away so that an empty one can begin; `find(ASIDE)` brings it back."""
        aside = write_draft(*self._content(), self._now())
        self._work.tasks.run(parked.keep_draft, self._work.desk, ASIDE, aside, done=lambda _none: then())

    def pins(self) -> list[str]:
        """Fields that were pinned last."""
        return self._work.memory.recall(_PINS).split()

    def keep_pins(self, names: list[str]) -> None:
        """Remember the pins."""
        self._work.memory.keep(_PINS, " ".join(names))

    def _now(self) -> str:
        return show_moment(self._work.desk.clock.now())

    def _found(self, text: str | None) -> None:
        kept = read_draft(text, self._reader) if text else None
        if isinstance(kept, Kept):
            self.back.emit(kept)
        else:
            self.nothing.emit()


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
