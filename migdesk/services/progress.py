"""Progress: how a long service tells where it is, and learns that it should stop. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable

from migdesk.domain.errors import Cancelled


class Progress:
    """Counts steps of a long task; `cancelled` may be set from another thread."""

    def __init__(self, tell: Callable[[int, int, str], None] | None = None) -> None:
        self._tell = tell
        self.cancelled = False

    def step(self, done: int, total: int, text: str = "") -> None:
        """Tell where the task is.

        Raises:
            Cancelled: the operator stopped it; the transaction rolls back.
        """
        if self.cancelled:
            raise Cancelled
        if self._tell:
            self._tell(done, total, text)


SILENT = Progress()
"""For callers who do not watch."""
