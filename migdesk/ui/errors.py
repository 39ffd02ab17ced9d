"""What becomes of an error: words for people, a crash file for us, and the window goes on.

A crash file holds versions, the trace and the last log lines, never the values: an exception of ours
says only its code, any other only its type.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePath
from types import TracebackType

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from migdesk import about
from migdesk.domain.errors import Cancelled, MigDeskError
from migdesk.i18n import N_
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.messages import Notice

_CRASH = N_(
    "Something went wrong in the program. What you typed is kept. A report without personal data was saved."
)
_OPEN = N_("Open its folder")
_LOG_LINES = 50


def notice_of(error: Exception, folder: Path) -> Notice:
    """What to tell a person; an unexpected error leaves a crash file in the folder."""
    if isinstance(error, Cancelled):
        return Notice(Tone.INFO, error.words())
    if isinstance(error, MigDeskError):
        return Notice(Tone.BAD, error.words())
    write_crash(error, folder)
    return Notice(Tone.BAD, said(_CRASH), said(_OPEN), lambda: open_folder(folder))


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def write_crash(error: BaseException, folder: Path) -> Path:
    """Write a crash file; returns where. The folder is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    path = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    parts = [about.diagnostics(), f"{now:%Y-%m-%d %H:%M:%SZ}", _trace(error), _log_tail(folder)]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def _trace(error: BaseException) -> str:
    """Places and types of an error and of what caused it, without messages: they may hold names."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        lines.extend(
            f"{_inside(one.filename)}:{one.lineno} {one.name}"
            for one in traceback.extract_tb(seen.__traceback__)
        )
        code = f" {seen}" if isinstance(seen, MigDeskError) else ""
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}{code}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def _inside(filename: str) -> str:
    """A path from the package on: the folders above it may hold a person's name."""
    parts = Path(filename).parts
    for root in ("migdesk", "site-packages"):
        if root in parts:
            return PurePath(*parts[len(parts) - 1 - parts[::-1].index(root) :]).as_posix()
    return parts[-1]


def _log_tail(folder: Path) -> str:
    log = folder / "migdesk.log"
    if not log.is_file():
        return "no log"
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:])


class Catcher(QObject):
    """Takes what nobody caught, in any thread, writes it down, and tells the window.

    `caught` carries the notice to show.
    """

    caught = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder

    def install(self) -> Callable[[], None]:
        """Stand in for Python's own hooks; returns what puts the old ones back."""
        hook, thread_hook = sys.excepthook, threading.excepthook

        def take_from_thread(args: threading.ExceptHookArgs) -> None:
            self.take(args.exc_type, args.exc_value, args.exc_traceback)

        def put_back() -> None:
            sys.excepthook, threading.excepthook = hook, thread_hook

        sys.excepthook, threading.excepthook = self.take, take_from_thread
        return put_back

    def take(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None = None
    ) -> None:
        """Write down and tell; asking Python to end is obeyed."""
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        if isinstance(error, Exception):
            self.caught.emit(notice_of(error, self._folder))
        elif error is not None:
            write_crash(error, self._folder)
