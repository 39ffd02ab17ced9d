"""The program's own window in a process of its own, until its first page and then a list are shown.

The program runs as `python -m migdesk` would; only Qt's event loop is replaced by one that watches.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import Future
from typing import Any

_asked: list[Future[Any]] = []


def main(home: str, on: str) -> None:
    # in the order of `python -m migdesk`: Qt looks into the source of every module imported after it
    from migdesk import app

    # isort: split
    from PySide6.QtWidgets import QApplication

    from migdesk.ui.tasks import Tasks

    submit: Any = Tasks._submit

    def noted(*args: Any) -> Future[Any]:
        _asked.append(submit(*args))
        return _asked[-1]

    Tasks._submit = noted  # type: ignore[method-assign]
    QApplication.exec = staticmethod(_watch)  # type: ignore[method-assign]
    sys.exit(app.main(["--home", home, "--on", on, "--lang", "ru"]))


def _watch() -> int:
    """Say when the window is painted, when everything it asked for is shown, and what it holds with a list."""
    from PySide6.QtWidgets import QApplication

    from migdesk.ui.shell.office_window import OfficeWindow
    from tests.bench.measure import peak_memory

    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, OfficeWindow))
    _settle()
    _say("window.painted")
    _quiet()
    _say("window.usable")
    window.open("people")
    _quiet()
    _say(f"window.memory {peak_memory()}")
    # the office is only read: nothing is to be remembered of this window
    os._exit(0)


def _quiet() -> None:
    """Until all that was asked for is answered and painted."""
    while not all(one.done() for one in _asked):
        _settle()
        time.sleep(0.0005)
    _settle()
    if not all(one.done() for one in _asked):
        _quiet()


def _settle() -> None:
    from PySide6.QtWidgets import QApplication

    for _turn in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
