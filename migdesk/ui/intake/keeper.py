"""Keeps the draft of one intake, brings it back, and remembers the last record for F8."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from migdesk.domain.dates import show_moment
from migdesk.services import parked
from migdesk.services.desk import Desk
from migdesk.ui.intake.draft import Kept, read_draft, read_values, write_draft, write_values
from migdesk.ui.intake.sheet import Book
from migdesk.ui.workplace import Workplace

_PAUSE_MS = 700
_BEFORE, _ASIDE = "intake.before", "intake.aside"
_PINS = "intake/pins"


class IntakeKeeper(QObject):
    """Writes through the one writer, at every field exit and at every pause in typing.

    `back` carries the `Kept` draft that was found; `nothing` comes when there is none. `waiting` counts what
    other windows left that are no more: each comes back with the next empty form.
    """

    back = Signal(object)
    nothing = Signal()

    def __init__(
        self, work: Workplace, key: str, content: Callable[[], tuple[Book, str]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._work = work
        self.key = key
        self._content = content
        self._last = ""
        self._is_over = False
        self.waiting = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def find(self) -> None:
        """Look for what was typed and not saved."""
        self._work.tasks.read(_find, self._work.desk, self.key, done=self._found)

    def later(self) -> None:
        """Something was typed: keep it at the next pause."""
        if not self._is_over:
            self._pause.start()

    def keep(self) -> None:
        """Keep everything now, if it is not kept already."""
        self._pause.stop()
        if self._is_over:
            return
        book, place = self._content()
        if book.is_blank:
            if self._last:
                self._last = ""
                self._work.tasks.run(parked.drop_draft, self._work.desk, self.key)
            return
        text = write_draft(book, place, "")
        if text != self._last:
            self._last = text
            at = show_moment(self._work.desk.clock.now())
            kept = write_draft(book, place, at)
            self._work.tasks.run(parked.keep_draft, self._work.desk, self.key, kept)

    def stop(self) -> None:
        """What is being saved now is no draft any more; see `go_on`."""
        self._pause.stop()
        self._is_over = True

    def go_on(self) -> None:
        """It was not saved after all, or the next record begins."""
        self._is_over = False
        self._last = ""

    def set_aside(self, then: Callable[[], object]) -> None:
        """Put the draft away so that an empty one can begin; it can be brought back."""
        book, place = self._content()
        at = show_moment(self._work.desk.clock.now())
        aside = write_draft(book, place, at)
        self._work.tasks.run(parked.keep_draft, self._work.desk, _ASIDE, aside, done=lambda _none: then())

    def drop(self) -> None:
        """Forget the draft: it was set aside."""
        self._last = ""
        self._work.tasks.run(parked.drop_draft, self._work.desk, self.key)

    def bring_back(self) -> None:
        """Take the draft that was set aside."""
        self._work.tasks.read(_find, self._work.desk, _ASIDE, done=self._found)

    def remember(self, values: Mapping[str, Any]) -> None:
        """This record is now the one before."""
        self._work.tasks.run(parked.remember, self._work.desk, _BEFORE, write_values(values))

    def recall(self, take: Callable[[dict[str, Any]], object]) -> None:
        """Ask for the record before."""
        self._work.tasks.read(
            parked.recall, self._work.desk, _BEFORE, done=lambda text: take(read_values(text))
        )

    def pins(self) -> list[str]:
        """Fields that were pinned last."""
        return self._work.memory.recall(_PINS).split()

    def keep_pins(self, names: list[str]) -> None:
        """Remember the pins."""
        self._work.memory.keep(_PINS, " ".join(names))

    def _found(self, found: tuple[str | None, int]) -> None:
        text, self.waiting = found
        kept = read_draft(text) if text else None
        if isinstance(kept, Kept):
            self.back.emit(kept)
        else:
            self.nothing.emit()


def _find(desk: Desk, key: str) -> tuple[str | None, int]:
    """The draft, and how many more wait that other windows left."""
    return parked.find_draft(desk, key), parked.count_waiting(desk, key)
