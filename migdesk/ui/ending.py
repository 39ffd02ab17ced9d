"""Ctrl+C in the terminal and the end of a session close the window as a person would: what is typed is kept."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Those of them that this system has."""


class Ending(QObject):
    """Hears the signals that end a program, from when it is made until `stop`.

    Python runs a handler only when Qt calls Python: the byte that a signal leaves in a socket makes it call. The
    handlers of before are back after the first signal, so that a second one ends a program that hangs.
    """

    def __init__(self, qt: QApplication) -> None:
        super().__init__(qt)
        self._qt = qt
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._there.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._close)
        self._woken = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        self._before = {number: signal.signal(number, _heard) for number in known}

    def stop(self) -> None:
        """Hear no more; what was there before hears again."""
        self._put_back()
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._woken)
        self._here.close()
        self._there.close()

    def _put_back(self) -> None:
        while self._before:
            number, handler = self._before.popitem()
            signal.signal(number, handler)

    def _close(self) -> None:
        self._here.recv(1 << 10)
        self._put_back()
        self._qt.closeAllWindows()


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Nothing here: a handler runs in the middle of anything, and closing a window is more than that allows."""
