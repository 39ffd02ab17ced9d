"""The window from start to end: opens the office, dresses the window, runs until it is closed."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from migdesk.i18n import current_language
from migdesk.services import office
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.ui import theme
from migdesk.ui.application import Application
from migdesk.ui.assembly import make_window
from migdesk.ui.errors import Catcher
from migdesk.ui.memory import FileMemory
from migdesk.ui.office_window import OfficeWindow
from migdesk.ui.tasks import Tasks

LANGUAGE, THEME = "language", "theme"
"""Keys under which the office remembers what was chosen in its window."""

_LOG = logging.getLogger(__name__)


def run(home: Path, *, on: date | None = None, language: str | None = None, debug: bool = False) -> int:
    """Open the window on the office of a folder and stay until it is closed; the answer is the exit code.

    `language` was chosen on the command line; it is spoken, and not remembered.

    Raises:
        StoreProblem: there is no office, or it cannot be opened.
    """
    desk = open_desk(home, clock=Clock(on))
    application = Application()
    application.speak(language or current_language())
    tasks = Tasks()
    catcher = Catcher(home / "crashes")
    put_back = catcher.install()
    try:
        application.show_theme(_theme_of(desk))
        window = make_window(desk, tasks, FileMemory(home / "window.ini"), pretended=on is not None)
        catcher.caught.connect(window.tell)
        connect(window, application, desk, tasks)
        if debug:
            _LOG.info("window of %s", desk.office.code)
        window.show()
        return application.qt.exec()
    finally:
        put_back()
        tasks.close()
        desk.close()


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
