"""A long task with a window that shows how far it is and goes away before its answer is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from migdesk.services.progress import Progress
from migdesk.ui.dialogs.progress import ProgressDialog
from migdesk.ui.parts.progress_panel import Watched

Then = Callable[[Any], object]


class Watching:
    """`progress` goes to the service; `end` wraps what takes its answer or its error."""

    def __init__(self, parent: QWidget, message: str) -> None:
        self._watched = Watched(parent)
        self._dialog = ProgressDialog(message, self._watched.cancel, parent)
        self._watched.stepped.connect(self._dialog.show_step)

    @property
    def progress(self) -> Progress:
        """What the service tells its steps."""
        return self._watched.progress

    def end(self, then: Then) -> Then:
        """The same, after the window is closed."""

        def ended(answer: Any) -> None:
            self._dialog.end()
            then(answer)

        return ended
