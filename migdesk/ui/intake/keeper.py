"""Keeps the draft of one intake or group, brings it back, and remembers the last record for F8."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from migdesk.domain.dates import show_moment
from migdesk.services import parked
from migdesk.services.desk import Desk
from migdesk.ui.intake.draft import Kept, read_draft, read_values, write_draft, write_values
from migdesk.ui.intake.sheet import Book
from migdesk.ui.workplace import Workplace

_PAUSE_MS = 700
_BEFORE = "intake.before"


class Typed(Protocol):
    """What is typed into a page, as far as its keeper asks."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing worth keeping."""


B = TypeVar("B", bound=Typed)
K = TypeVar("K")


class DraftKeeper(QObject, Generic[B, K]):
    """Writes through the one writer, at every field exit and at every pause in typing.

    `back` carries the draft that was found; `nothing` comes when there is none. `waiting` counts what other
    windows left that are no more: each comes back with the next empty form.
    """

    ASIDE: ClassVar[str]
    """Under which key lies what was put away so that an empty page could begin."""
    PINS: ClassVar[str]
    back = Signal(object)
    nothing = Signal()

    def __init__(
        self, work: Workplace, key: str, content: Callable[[], tuple[B, str]], parent: QObject
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

    @abstractmethod
    def written(self, book: B, place: str, at: str) -> str:
        """A draft as text; `at` is the moment as people read it."""

    @abstractmethod
    def read(self, text: str) -> K | None:
        """A draft from its text; nothing when another edition of the program wrote it."""

    def find(self) -> None:
        """Look for what was typed and not saved."""
        self._work.tasks.read(_find, self._work.desk, self.key, done=self._found)

    def bring_back(self) -> None:
        """Take the draft that was set aside."""
        self._work.tasks.read(_find, self._work.desk, self.ASIDE, done=self._found)

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
                self.drop()
            return
        text = self.written(book, place, "")
        if text != self._last:
            self._last = text
            self._work.tasks.run(
                parked.keep_draft, self._work.desk, self.key, self.written(book, place, self._now())
            )

    def stop(self) -> None:
        """What is being saved now is no draft any more; see `go_on`."""
        self._pause.stop()
        self._is_over = True

    def go_on(self) -> None:
        """It was not saved after all, or the next record begins."""
        self._is_over = False
        self._last = ""

    def set_aside(self, then: Callable[[], object]) -> None:
        """Put the draft away so that an empty one can begin; see `bring_back`."""
        aside = self.written(*self._content(), self._now())
        self._work.tasks.run(parked.keep_draft, self._work.desk, self.ASIDE, aside, done=lambda _none: then())

    def drop(self) -> None:
        """Forget the draft: it was set aside, or nothing stands there any more."""
        self._last = ""
        self._work.tasks.run(parked.drop_draft, self._work.desk, self.key)

    def pins(self) -> list[str]:
        """Fields that were pinned last."""
        return self._work.memory.recall(self.PINS).split()

    def keep_pins(self, names: list[str]) -> None:
        """Remember the pins."""
        self._work.memory.keep(self.PINS, " ".join(names))

    def _now(self) -> str:
        return show_moment(self._work.desk.clock.now())

    def _found(self, found: tuple[str | None, int]) -> None:
        text, self.waiting = found
        kept = self.read(text) if text else None
        if kept is None:
            self.nothing.emit()
        else:
            self.back.emit(kept)


class IntakeKeeper(DraftKeeper[Book, Kept]):
    """Keeps one intake, and the record before it."""

    ASIDE, PINS = "intake.aside", "intake/pins"

    def written(self, book: Book, place: str, at: str) -> str:
        """The intake as text."""
        return write_draft(book, place, at)

    def read(self, text: str) -> Kept | None:
        """An intake from its text."""
        return read_draft(text)

    def remember(self, values: Mapping[str, Any]) -> None:
        """This record is now the one before."""
        self._work.tasks.run(parked.remember, self._work.desk, _BEFORE, write_values(values))

    def recall(self, take: Callable[[dict[str, Any]], object]) -> None:
        """Ask for the record before."""
        self._work.tasks.read(
            parked.recall, self._work.desk, _BEFORE, done=lambda text: take(read_values(text))
        )


def _find(desk: Desk, key: str) -> tuple[str | None, int]:
    """The draft, and how many more wait that other windows left."""
    return parked.find_draft(desk, key), parked.count_waiting(desk, key)
