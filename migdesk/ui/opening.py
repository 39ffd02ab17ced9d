"""The door of an office: open it, ask for its passphrase, make it when there is none, say why it stays shut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from migdesk.domain.errors import MigDeskError, StoreProblem
from migdesk.services import opening
from migdesk.services.desk import Clock, Desk
from migdesk.services.opening import Found
from migdesk.ui.tasks import Tasks

# A door that opens at once asks nothing: its dialogs are imported where they are asked.


class Door:
    """Opens the office of a folder, or of another that the person chooses when it stays shut.

    `speak` changes the language of all windows.
    """

    def __init__(
        self,
        clock: Clock,
        tasks: Tasks,
        *,
        passphrase: str | None = None,
        speak: Callable[[str], object] = lambda _code: None,
    ) -> None:
        self._clock, self._tasks = clock, tasks
        self._passphrase = passphrase
        self._speak = speak

    def open(self, home: Path, problem: MigDeskError | None = None) -> Desk | None:
        """The desk of a folder; nothing when the person gave up. `problem` is why it was closed a moment ago."""
        while True:
            if problem is None:
                try:
                    return self._enter(home)
                except MigDeskError as error:
                    problem = error
            from migdesk.ui.dialogs.problem import ProblemDialog, Way  # noqa: PLC0415

            told = ProblemDialog(home, problem, self._clock, self._tasks)
            told.exec()
            if told.way is Way.CLOSE:
                return None
            home, problem = told.home, None

    def _enter(self, home: Path) -> Desk | None:
        """Open, make or unlock.

        Raises:
            StoreProblem: newer than this program, locked by another, damaged.
        """
        found = opening.look_into(home)
        if found is Found.OFFICE:
            return opening.open_whole(home, clock=self._clock, passphrase=self._passphrase)
        if found is Found.NOTHING:
            from migdesk.ui.dialogs.first_run import FirstRun  # noqa: PLC0415

            first = FirstRun(home, self._clock, self._tasks, self._speak)
            first.exec()
            return first.desk
        refused = None
        if self._passphrase:
            try:
                return opening.open_whole(home, clock=self._clock, passphrase=self._passphrase)
            except StoreProblem as problem:
                refused = problem
        from migdesk.ui.dialogs.passphrase import PassphraseDialog  # noqa: PLC0415

        asked = PassphraseDialog(home, self._clock, self._tasks, refused)
        asked.exec()
        if asked.gave_up:
            raise asked.gave_up
        return asked.desk
