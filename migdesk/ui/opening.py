"""The door of an office: open it, ask for its passphrase, or make it when there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from migdesk.domain.errors import StoreProblem
from migdesk.services import opening
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.opening import Found
from migdesk.ui.dialogs.first_run import FirstRun
from migdesk.ui.dialogs.passphrase import PassphraseDialog
from migdesk.ui.tasks import Tasks


def open_office(
    home: Path,
    clock: Clock,
    tasks: Tasks,
    *,
    passphrase: str | None = None,
    speak: Callable[[str], object] = lambda _code: None,
) -> Desk | None:
    """The desk of a folder; nothing when the person gave up. `speak` changes the language of all windows.

    Raises:
        StoreProblem: newer than this program, locked by another, damaged.
    """
    found = opening.look_into(home)
    if found is Found.OFFICE:
        return open_desk(home, clock=clock, passphrase=passphrase)
    if found is Found.NOTHING:
        first = FirstRun(home, clock, tasks, speak)
        first.exec()
        return first.desk
    refused = None
    if passphrase:
        try:
            return open_desk(home, clock=clock, passphrase=passphrase)
        except StoreProblem as problem:
            refused = problem
    asked = PassphraseDialog(home, clock, tasks, refused)
    asked.exec()
    return asked.desk
