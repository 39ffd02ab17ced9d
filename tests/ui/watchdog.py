"""Measures how long the thread of the window is away from its event loop."""

from __future__ import annotations

import time
from types import TracebackType

from PySide6.QtCore import QTimer


class Watchdog:
    """`with Watchdog(): …` fails when the loop was not reached for longer than `limit` seconds.

    Inside, only do what a person does and wait with `qtbot.waitUntil`: other work in the test counts too.
    """

    def __init__(self, limit: float = 0.05) -> None:
        self._limit = limit
        self._last = 0.0
        self.longest = 0.0
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> Watchdog:
        self._last = time.perf_counter()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tick()
        self._timer.stop()
        if error is None and self.longest > self._limit:
            raise AssertionError(f"the window stood still for {self.longest * 1000:.0f} ms")

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now
