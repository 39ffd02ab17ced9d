"""Measures how long the thread of the window is away from its event loop.

An absence shorter than `WAIT` counts by the processor time the thread itself spent: on a machine shared with
other tests a neighbour may hold the processor that long. A longer one counts whole, since the thread may be
waiting for a lock or a disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QTimer

LIMIT = 0.05
"""Seconds a window may be away from its loop without anybody feeling it."""


WAIT = 0.25
"""Seconds from which an absence counts whatever its cause."""


class Watchdog:
    """`with Watchdog() as dog: …`; `longest` is then the longest absence in seconds.

    Inside, only do what a person does and wait with `qtbot`: other work in the test counts too.
    """

    def __init__(self) -> None:
        self._last = 0.0
        self._spent = 0.0
        self.longest = 0.0
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> Watchdog:
        self._last, self._spent = time.perf_counter(), time.thread_time()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now, spent = time.perf_counter(), time.thread_time()
        away, worked = now - self._last, spent - self._spent
        self.longest = max(self.longest, away if away >= WAIT else min(away, worked))
        self._last, self._spent = now, spent


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
