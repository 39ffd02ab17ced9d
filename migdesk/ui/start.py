"""The window from start to end: opens the office, dresses the window, runs until it is closed."""

from __future__ import annotations

import gc
import logging
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from migdesk.i18n import LANGUAGES, current_language
from migdesk.services import office
from migdesk.services.desk import Clock, Desk
from migdesk.ui.application import Application
from migdesk.ui.assembly import make_window
from migdesk.ui.errors import Catcher
from migdesk.ui.look import theme
from migdesk.ui.memory import FileMemory
from migdesk.ui.opening import open_office
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.tasks import Tasks

LANGUAGE, THEME = "language", "theme"
"""Keys under which the office remembers what was chosen in its window."""

_LOG = logging.getLogger(__name__)


def run(
    home: Path,
    *,
    on: date | None = None,
    language: str | None = None,
    debug: bool = False,
    passphrase: str | None = None,
) -> int:
    """Open the window on the office of a folder and stay until it is closed; the answer is the exit code.

    Without an office there the first window offers to make one; an encrypted one asks for its passphrase,
    unless `passphrase` fits. `language` was chosen on the command line; it is spoken, and not remembered.

    Raises:
        StoreProblem: the office cannot be opened: newer, locked by another, damaged.
    """
    application = Application()
    application.speak(language or current_language())
    tasks = Tasks()
    try:
        desk = open_office(home, Clock(on), tasks, passphrase=passphrase, speak=application.speak)
        if desk is None:
            return 0
        if language is None:
            _speak_as_before(desk, application, tasks)
        return _stay(desk, application, tasks, pretended=on is not None, debug=debug)
    finally:
        tasks.close()


def _stay(desk: Desk, application: Application, tasks: Tasks, *, pretended: bool, debug: bool) -> int:
    catcher = Catcher(desk.home / "crashes")
    put_back = catcher.install()
    try:
        application.show_theme(_theme_of(desk))
        window = make_window(desk, tasks, FileMemory(desk.home / "window.ini"), pretended=pretended)
        catcher.caught.connect(window.tell)
        connect(window, application, desk, tasks)
        if debug:
            _LOG.info("window of %s", desk.office.code)
        gc.freeze()  # a full pass over laws and window would stop it for 60 ms (measured)
        window.show()
        code = application.qt.exec()
        _let_go(window)
        return code
    finally:
        put_back()
        tasks.close()
        desk.close()


def _let_go(window: OfficeWindow) -> None:
    """The window is gone before its threads and its office are: nothing of it asks any more."""
    if window.isVisible():
        window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def _speak_as_before(desk: Desk, application: Application, tasks: Tasks) -> None:
    """The language its window spoke last; a new office keeps the one it was made in."""
    kept = office.recall(desk, LANGUAGE)
    if kept in LANGUAGES:
        application.speak(kept)
    else:
        tasks.run(office.remember, desk, LANGUAGE, current_language())


def connect(window: OfficeWindow, application: Application, desk: Desk, tasks: Tasks) -> None:
    """Language and colours follow what is chosen in the window, and are remembered."""

    def speak(code: str) -> None:
        application.speak(code)
        window.work.language_changed.emit()
        tasks.run(office.remember, desk, LANGUAGE, code)

    def dress(name: str) -> None:
        application.show_theme(name)
        tasks.run(office.remember, desk, THEME, name)

    window.language_wanted.connect(speak)
    window.theme_wanted.connect(dress)


def _theme_of(desk: Desk) -> str:
    kept = office.recall(desk, THEME)
    return kept if kept in theme.THEMES else "light"
