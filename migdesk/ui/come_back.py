"""A window that opens as it was left: its place on the screen, and its open files behind the page of the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QTimer

from migdesk.ui.files.pieces.file_view import FileSpec
from migdesk.ui.later import Later
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Kind, Target, Workplace

PLACE, TABS = "window/place", "window/tabs"
"""Under these the window remembers where it was, and which files were open in it."""
_MOST = 12


class ComeBack(QObject):
    """Keeps both when the window closes. `add` puts the tab of a file that was read behind the others."""

    def __init__(
        self,
        work: Workplace,
        window: OfficeWindow,
        files: Mapping[Kind, Later],
        add: Callable[[Target, str], object],
    ) -> None:
        super().__init__(window)
        self._work, self._window, self._files, self._add = work, window, files, add
        self._waiting: list[Target] = []
        window.closing.connect(self.keep)

    def begin(self) -> None:
        """Place the window, as far as it fits on a screen of today; the files come once it is to be seen."""
        place = self._work.memory.recall(PLACE)
        if place:  # a place that is on no screen any more is moved there by Qt
            self._window.restoreGeometry(QByteArray.fromBase64(place.encode()))
        self._waiting = _targets(self._work.memory.recall(TABS).split(), self._files)
        QTimer.singleShot(0, self, self._read_next)

    def keep(self) -> None:
        """Remember how the window is now."""
        place = bytes(self._window.saveGeometry().toBase64().data()).decode()
        self._work.memory.keep(PLACE, place)
        waiting = [one.key for one in self._waiting]
        self._work.memory.keep(TABS, " ".join([*self._window.tabs(), *waiting]))

    def _read_next(self) -> None:
        """A file comes back when it can be read: its record is there, and this operator may see it."""
        if self._waiting:
            target = self._waiting[0]
            spec: FileSpec = self._files[target.kind].get()

            def show(data: Any) -> None:
                self._add(target, spec.name(data))
                self._go_on()

            desk = self._work.desk
            self._work.tasks.read(
                spec.load, desk, target.uid, done=show, failed=lambda _error: self._go_on(), patience=0
            )

    def _go_on(self) -> None:
        self._waiting.pop(0)
        QTimer.singleShot(0, self, self._read_next)


def _targets(keys: Sequence[str], files: Mapping[Kind, Later]) -> list[Target]:
    """The files among the tabs that were open; drafts and other tabs have their own ways back."""
    found = []
    for key in keys:
        kind, _slash, uid = key.partition("/")
        with suppress(ValueError):
            if Kind(kind) in files and uid:
                found.append(Target(Kind(kind), uid))
    return found[-_MOST:]
