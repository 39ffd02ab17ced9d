"""Run a service away from the window, and bring its answer back.

One thread writes, two read. Answers, progress and errors reach the window by a queued signal, in the
language in which the task was asked for.
"""

from __future__ import annotations

import contextvars
import functools
import gc
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from migdesk.services.progress import Progress

PATIENCE = 0.02
"""Seconds a reader is waited for before the window goes on without it; half of one frame is not felt."""

SHARE = 0.0005
"""Seconds a busy thread keeps Python to itself. With Python's own 5 ms a window that asks for it twenty times
to draw a page stood still for a fifth of a second beside a long import; with this it does not (measured)."""

_PROGRESS_EVERY = 0.05
_HARDLY_EVER = 1_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """How far a long task is; `left` is the estimated rest in seconds, or None while unknown."""

    done: int
    total: int
    text: str
    left: float | None = None


class Running:
    """A task under way: its `progress` goes to the service, `cancel` to a person."""

    def __init__(self, tell: Callable[[Step], None]) -> None:
        self._tell = tell
        self._began = time.monotonic()
        self._told = 0.0
        self.progress = Progress(self._step)

    def cancel(self) -> None:
        """Ask the task to stop at its next step; its transaction then rolls back."""
        self.progress.cancelled = True

    def _step(self, done: int, total: int, text: str) -> None:
        """Called in the thread of the task; passes on at most twenty steps a second."""
        now = time.monotonic()
        if now - self._told >= _PROGRESS_EVERY or done >= total:
            self._told = now
            left = (now - self._began) * (total - done) / done if done else None
            self._tell(Step(done, total, text, left))


class InlineExecutor(Executor):
    """Runs at once in the calling thread: for tests."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run now."""
        future: Future[Any] = Future()
        future.set_result(work(*args, **kwargs))
        return future


Call = Callable[[], None]


class Tasks(QObject):
    """Runs services; everything it calls back runs in the thread of the window.

    `fell` carries an error for which nobody asked (no `failed` was given).
    """

    fell = Signal(object)
    _call = Signal(object)

    def __init__(
        self, writer: Executor | None = None, readers: Executor | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SHARE)
        self._writer = writer or ThreadPoolExecutor(1, "migdesk-writer")
        self._readers = readers or ThreadPoolExecutor(2, "migdesk-reader")
        self._call.connect(self._run_here, Qt.ConnectionType.QueuedConnection)

    @classmethod
    def inline(cls, parent: QObject | None = None) -> Tasks:
        """Tasks that run at once, without threads: for tests and pictures."""
        return cls(InlineExecutor(), InlineExecutor(), parent)

    def run(
        self,
        service: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[Step], object] | None = None,
    ) -> Running:
        """Run a service that writes; with `progress` it gets a keyword argument of that name."""
        running = Running(lambda step: self._send(progress, step))
        named = {"progress": running.progress} if progress else {}
        work = functools.partial(_beside_a_window, service) if progress else service
        future = self._submit(self._writer, work, args, named)
        future.add_done_callback(lambda ended: self._bring(ended, done, failed))
        return running

    def read(
        self,
        service: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Run a service that only asks; an answer within `patience` seconds is given before this returns."""
        future = self._submit(self._readers, service, args, {})
        try:
            future.result(patience)
        except TimeoutError:
            future.add_done_callback(lambda ended: self._bring(ended, done, failed))
        else:
            self._answer(future.result(), done, failed)

    def close(self) -> None:
        """Wait for what is being written, then end the threads."""
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _submit(
        self, pool: Executor, service: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]
    ) -> Future[Any]:
        context = contextvars.copy_context()
        return pool.submit(context.run, _tried, service, args, named)

    def _bring(
        self,
        ended: Future[Any],
        done: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
    ) -> None:
        if ended.cancelled() or not shiboken6.isValid(self):
            return
        outcome = ended.result()
        if isinstance(self._writer, InlineExecutor):
            self._answer(outcome, done, failed)
        else:
            self._call.emit(lambda: self._answer(outcome, done, failed))

    def _answer(
        self,
        outcome: _Outcome,
        done: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
    ) -> None:
        if outcome.error is None:
            if done and _is_alive(done):
                done(outcome.value)
        elif failed is None:
            self.fell.emit(outcome.error)
        elif _is_alive(failed):
            failed(outcome.error)

    def _send(self, listener: Callable[[Step], object] | None, step: Step) -> None:
        if listener is None:
            return
        if isinstance(self._writer, InlineExecutor):
            listener(step)
        else:
            self._call.emit(lambda: listener(step) if _is_alive(listener) else None)

    def _run_here(self, call: Call) -> None:
        call()


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None


def _tried(service: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> _Outcome:
    try:
        return _Outcome(value=service(*args, **named))
    except Exception as error:  # noqa: BLE001 - the one door through which a task's errors reach the window
        return _Outcome(error=error)


def _beside_a_window(service: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Run a long service without full passes of the garbage collector, which stop all threads.

    Beside the making of the sample office each took up to 0.3 s, and the window stood still for as long
    (measured). The small passes, some 30 ms, go on.
    """
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, _HARDLY_EVER)
    try:
        return service(*args, **named)
    finally:
        gc.set_threshold(young, middle, old)


def _is_alive(callback: Callable[..., object]) -> bool:
    """A method of a widget that is gone must not be called."""
    while isinstance(callback, functools.partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
