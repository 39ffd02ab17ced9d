"""The window from start to end: opens the office, dresses the window, runs until it is closed."""

from __future__ import annotations

import gc
import logging
from contextlib import suppress
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from migdesk import logs
from migdesk.domain.errors import MigDeskError
from migdesk.i18n import LANGUAGES, N_, current_language
from migdesk.services import opening, parked
from migdesk.services.desk import Clock, Desk
from migdesk.ui.application import Application
from migdesk.ui.assembly import make_window
from migdesk.ui.ending import Ending
from migdesk.ui.errors import Catcher, bug_of
from migdesk.ui.later import Warmer
from migdesk.ui.look import theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.memory import memory_of
from migdesk.ui.opening import Door
from migdesk.ui.parts.messages import Notice
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.tasks import Tasks

LANGUAGE, THEME = "language", "theme"
"""Keys under which the office remembers what was chosen in its window; see `own`."""

_READ_ONLY = N_(
    "This office may only be read here: nothing can be saved. Ask for the right to write to its folder."
)
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
    unless `passphrase` fits; one that cannot be opened says why and what to do. `language` was chosen on the
    command line; it is spoken, and not remembered.
    """
    application = Application()
    application.speak(language or current_language())
    tasks, ending = Tasks(), Ending(application.qt)
    door = Door(Clock(on), tasks, passphrase=passphrase, speak=application.speak)
    problem: MigDeskError | None = None
    try:
        while (desk := door.open(home, problem)) is not None:
            try:
                if language is None:
                    _speak_as_before(desk, application, tasks)
                return _stay(desk, application, tasks, pretended=on is not None, debug=debug)
            except MigDeskError as error:
                home, problem = desk.home, error
            except Exception as error:  # noqa: BLE001 - a bug of ours: told in a window, not to a console
                home, problem = desk.home, bug_of(error, desk.home)
            finally:
                desk.close()
        return 0
    finally:
        tasks.close()
        ending.stop()


def _stay(desk: Desk, application: Application, tasks: Tasks, *, pretended: bool, debug: bool) -> int:
    with suppress(OSError):  # an office on a disk that nobody can write is read without a log
        logs.start(desk.home, debug=debug)
    catcher = Catcher(desk.home)
    put_back = catcher.install()
    try:
        application.show_theme(_theme_of(desk))
        memory = memory_of(desk.home, desk.operator)
        window = make_window(desk, tasks, memory, pretended=pretended)
        catcher.caught.connect(window.tell)
        connect(window, application, desk, tasks)
        _LOG.info("window of %s", desk.office.code)
        gc.freeze()  # a full pass over laws and window would stop it for 60 ms (measured)
        window.show()
        Warmer(window, window.work.warm)
        if not opening.may_write(desk):
            window.tell(Notice(Tone.WARN, said(_READ_ONLY)))
        code = application.qt.exec()
        _let_go(window)
        memory.write()
        tasks.close()
        return code
    finally:
        put_back()


def _let_go(window: OfficeWindow) -> None:
    """The window is gone before its threads and its office are: nothing of it asks any more."""
    if window.isVisible():
        window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def _speak_as_before(desk: Desk, application: Application, tasks: Tasks) -> None:
    """The language its window spoke last; a new office keeps the one it was made in."""
    kept = _recall(desk, LANGUAGE)
    if kept in LANGUAGES:
        application.speak(kept)
    else:
        tasks.run(parked.remember, desk, own(desk, LANGUAGE), current_language())


def connect(window: OfficeWindow, application: Application, desk: Desk, tasks: Tasks) -> None:
    """Language and colours follow what is chosen in the window, and are remembered."""

    def speak(code: str) -> None:
        application.speak(code)
        window.work.language_changed.emit()
        tasks.run(parked.remember, desk, own(desk, LANGUAGE), code)

    def dress(name: str) -> None:
        application.show_theme(name)
        tasks.run(parked.remember, desk, own(desk, THEME), name)

    window.language_wanted.connect(speak)
    window.theme_wanted.connect(dress)


def _theme_of(desk: Desk) -> str:
    kept = _recall(desk, THEME)
    return kept if kept in theme.THEMES else "light"


def own(desk: Desk, key: str) -> str:
    """The key under which the choice of this operator is kept: another one chooses for himself."""
    return f"{key}/{desk.operator}"


def _recall(desk: Desk, key: str) -> str:
    """What this operator chose; at first what was chosen before each had a choice of his own."""
    return parked.recall(desk, own(desk, key)) or parked.recall(desk, key) or ""
