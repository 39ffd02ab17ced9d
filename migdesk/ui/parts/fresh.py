"""What shows the register keeps up with it: asked again when something changed, but only while it is seen."""

from __future__ import annotations

from PySide6.QtCore import QTimer, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from migdesk.domain.change import ChangeSet


class FreshView(QWidget):
    """A page, or a file, with a `refresh` that asks again and clears `is_stale`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_stale = True
        self._tables: frozenset[str] = frozenset()

    def refresh(self) -> None:
        """Ask again; each view asks for its own."""
        self.is_stale = False

    def keep_fresh(
        self, changed: SignalInstance, day_changed: SignalInstance, tables: frozenset[str]
    ) -> None:
        """Follow the changes of the desk in these tables, and the turn of the day."""
        self._tables = tables
        changed.connect(self._hear)
        day_changed.connect(self.become_stale)

    def become_stale(self) -> None:
        """Ask again in a turn of the event loop of its own: others hear of the same change."""
        self.is_stale = True
        QTimer.singleShot(0, self, self._refresh_stale)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while it was hidden is asked now."""
        super().showEvent(event)
        if self.is_stale:
            self.refresh()

    def _hear(self, changes: ChangeSet) -> None:
        if changes.tables & self._tables:
            self.become_stale()

    def _refresh_stale(self) -> None:
        if self.is_stale and self.isVisible():
            self.refresh()
