"""Rooms of the window that are loaded when somebody first goes there.

A window that loads all its pages, files and dialogs before it is painted lets a person wait twice as long.
What stands as `Later` is loaded on its first use, or by the `Warmer` in idle time, whichever comes first.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, QTimer

_QUIET_MS, _PAUSE_MS = 600, 30
"""Before the first room is loaded in idle time, and between two rooms."""


class Later:
    """Stands for what a module of `migdesk.ui` offers: `Later("screens.quotas:QuotaPage")(work, frame)`."""

    known: list[Later] = []

    def __init__(self, path: str) -> None:
        self.path = path
        self.known.append(self)

    def get(self) -> Any:
        """The thing itself.

        Raises:
            ImportError: no such module.
            AttributeError: the module offers no such thing.
        """
        module, _colon, name = self.path.partition(":")
        return getattr(import_module(f"migdesk.ui.{module}"), name)

    def __call__(self, *args: Any) -> Any:
        """Call it, as it would be called itself."""
        return self.get()(*args)


class Warmer(QObject):
    """Loads what is still to be loaded, one room at a time, so that nobody waits when going there.

    `first` begins what takes its time away from the window.
    """

    def __init__(self, parent: QObject, first: Callable[[], object] = lambda: None) -> None:
        super().__init__(parent)
        self._left = [first, *(room.get for room in Later.known)]
        self._timer = QTimer(self, interval=_QUIET_MS)
        self._timer.timeout.connect(self._load_next)
        self._timer.start()

    def _load_next(self) -> None:
        self._timer.setInterval(_PAUSE_MS)
        if self._left:
            self._left.pop(0)()
        else:
            self._timer.stop()
            gc.freeze()
