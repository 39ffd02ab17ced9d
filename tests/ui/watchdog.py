"""Measures how long the thread of the window is away from its event loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QTimer

LIMIT = 0.05
"""Seconds a window may be away from its loop without anybody feeling it."""


class Watchdog:
    """`with Watchdog() as dog: …`; `longest` is then the longest absence in seconds.

    Inside, only do what a person does and wait with `qtbot`: other work in the test counts too.
    """

    def __init__(self) -> None:
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

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def assert_stays_alive(act: Callable[[], object], *, limit: float = LIMIT, tries: int = 4) -> None:
    """Fail when the window stands still every time.

    A neighbour on the machine may stop us once; what the program does itself it does each time. So `act`
    must begin from the beginning, not from what an earlier try has already fetched.
    """
    absences = []
    for _try in range(tries):
        with Watchdog() as dog:
            act()
        absences.append(dog.longest)
        if dog.longest <= limit:
            return
    said = ", ".join(f"{seconds * 1000:.0f}" for seconds in absences)
    raise AssertionError(f"the window stood still for {said} ms")
