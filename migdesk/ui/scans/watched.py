"""The scanner's folder of this machine: how many new files wait there, looked at away from the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from migdesk.i18n import N_
from migdesk.services.people import scanner
from migdesk.services.people.scanner import Waiting
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import ElidedLabel
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import link
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_folder
from migdesk.ui.scans.taking import ask_scanned
from migdesk.ui.workplace import Workplace

FOLDER = "scans/folder"
"""Under which this machine remembers the folder: it is no matter of the office."""

_EVERY_MS = 4_000
_NONE = N_("New files of a scanner are offered here when its folder is chosen.")
_WAITING, _NOTHING = N_("New files from the scanner: {n}"), N_("No new files from the scanner.")
_GONE = N_("The folder of the scanner cannot be reached: {folder}")
_TAKE, _CHOOSE, _TITLE = N_("Take them in…"), N_("Folder of the scanner…"), N_("Folder of the scanner")


class ScannerLine(FlowRow):
    """Says what waits, takes it in, and chooses the folder."""

    def __init__(self, work: Workplace, owner: str) -> None:
        self._work = work
        self._is_asking = False
        self._waiting = Waiting(Path())
        self.told = ElidedLabel("", "muted")
        self.take = PushButton(said(_TAKE))
        mark(self.take, look="primary")
        self.folder = link(said(_CHOOSE))
        super().__init__(self.told, self.take, self.folder)
        self.take.clicked.connect(lambda _on=False: ask_scanned(work, owner, self._waiting.files))
        self.folder.clicked.connect(lambda _on=False: self.choose())
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._show(self._waiting)

    def showEvent(self, event: QShowEvent) -> None:
        """In sight the folder is looked at, now and again."""
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight it is left alone."""
        super().hideEvent(event)
        self._timer.stop()

    def look(self) -> None:
        """Ask what waits, unless the last answer is still to come: a folder far away may take its time."""
        folder = self._work.memory.recall(FOLDER)
        if not folder or self._is_asking:
            return
        self._is_asking = True
        now = self._work.desk.clock.now().timestamp()
        self._work.tasks.read(
            scanner.look, Path(folder), now, done=self._show, failed=self._failed, patience=0
        )

    def choose(self) -> None:
        """Ask for the folder."""
        window: QWidget = self._work.window or self
        folder = ask_folder(window, _TITLE, Path(self._work.memory.recall(FOLDER) or Path.home()))
        if folder:
            self._work.memory.keep(FOLDER, str(folder))
            self.look()

    def _show(self, waiting: Waiting) -> None:
        self._is_asking = False
        self._waiting = waiting
        if not self._work.memory.recall(FOLDER):
            words = said(_NONE)
        elif not waiting.there:
            words = said(_GONE, folder=waiting.folder)
        else:
            words = said(_WAITING, n=len(waiting.files)) if waiting.files else said(_NOTHING)
        self.told.show_text(words)
        self.take.setVisible(bool(waiting.files))

    def _failed(self, error: Exception) -> None:
        self._is_asking = False
        self._work.tell_error(error)
