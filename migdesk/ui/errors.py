"""What becomes of an error: words for people, a crash file for us, and the window goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from migdesk import crash
from migdesk.domain.errors import Cancelled, MigDeskError
from migdesk.domain.finding import Finding, warn
from migdesk.i18n import N_
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.messages import Notice

_CRASH = N_(
    "Something went wrong in the program. What you typed is kept. A report without personal data was saved."
)
_OPEN = N_("Open its folder")
BUG = N_("Something went wrong in the program.")
_LOG = logging.getLogger(__name__)


def notice_of(error: Exception, home: Path) -> Notice:
    """What to tell a person; an unexpected error leaves a crash file in the office's folder."""
    if isinstance(error, Cancelled):
        return Notice(Tone.INFO, error.words())
    if isinstance(error, MigDeskError):
        return Notice(Tone.BAD, error.words())
    kept = crash.write(error, home)
    if kept is None:
        return Notice(Tone.BAD, said(BUG))
    return Notice(Tone.BAD, said(_CRASH), said(_OPEN), lambda: open_folder(kept.parent))


def finding_of(error: Exception, home: Path) -> Finding:
    """What to say in place of what could not be read; an unexpected error leaves a crash file."""
    code = error.code if isinstance(error, MigDeskError) else "bug"
    return warn(code, "{words}", None, words=notice_of(error, home).words)


def bug_of(error: Exception, home: Path) -> MigDeskError:
    """What to tell where a bug keeps the window from opening: nothing of the error's own words.

    It is written down in the office's folder and in its log, by place and kind only.
    """
    _LOG.error("the window could not be made", exc_info=error)
    kept = crash.write(error, home)
    hint = N_(
        "A report without personal data was saved as {file}. Give it to whoever looks after the program."
    )
    return MigDeskError(BUG, hint=hint if kept else "", file=str(kept or ""))


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class Catcher(QObject):
    """Takes what nobody caught, in any thread, writes it down, and tells the window.

    `caught` carries the notice to show.
    """

    caught = Signal(object)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home

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
            self.caught.emit(notice_of(error, self._home))
        elif error is not None:
            crash.write(error, self._home)
