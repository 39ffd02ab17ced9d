"""One call of the program: its arguments, its day, and the office opened when a command first needs it."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from functools import cached_property
from pathlib import Path

from migdesk.cli import files, streams
from migdesk.cli.given import Given
from migdesk.cli.output import Answer
from migdesk.domain.change import ChangeSet
from migdesk.domain.errors import MigDeskError
from migdesk.domain.finding import Finding
from migdesk.i18n import N_, _
from migdesk.paths import OFFICE_FILE
from migdesk.services import law
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.law import Law


class Call:
    """What every command gets. The desk is opened on first use and closed by `close`."""

    def __init__(self, args: Namespace, home: Path) -> None:
        self.args = args
        self.home = home
        self.clock = Clock(pretended=args.on)
        self.written: list[ChangeSet] = []
        """What this call wrote into an office, op by op."""
        self.answered: Answer | None = None
        """The answer, once the work is done."""
        self.notes: list[Finding] = []
        """What was read otherwise than it was written."""
        self._opened: list[Desk] = []

    @property
    def today(self) -> date:
        """The day that counts: `--on`, or today."""
        return self.clock.today()

    @cached_property
    def law(self) -> Law:
        """The law of the office of `--home`, or as shipped where there is no office or it does not open.

        What is asked about the law needs no office; but where there is one, its own packs and days count. When it
        does not open, for want of its passphrase say, that is told.

        Raises:
            BadFile: a shipped pack is damaged.
        """
        if not (self.home / OFFICE_FILE).is_file():
            return law.load()
        try:
            return self.desk.law
        except MigDeskError as problem:
            shipped = _(N_("The law is shown as shipped, without the changes of the office: {reason}"))
            streams.say(shipped.format(reason=problem.words()))
            return law.load()

    @cached_property
    def desk(self) -> Desk:
        """The office of `--home`.

        Raises:
            StoreProblem: none there, locked, damaged, newer, wrong passphrase.
            BadFile: the passphrase file cannot be read.
        """
        return self.keep(open_desk(self.home, clock=self.clock, passphrase=self.passphrase))

    @cached_property
    def passphrase(self) -> str | None:
        """The first line of the passphrase file, if one is named.

        Raises:
            BadFile: it cannot be read, or its first line is empty.
        """
        return files.read_passphrase(self.args.passphrase_file)

    def keep(self, desk: Desk) -> Desk:
        """Close this desk too when the call ends, and notice what is written through it."""
        self._opened.append(desk)
        desk.watch(self._notice)
        desk.on_corrected = self.notes.append
        return desk

    def _notice(self, changes: ChangeSet) -> None:
        if not changes.elsewhere:
            self.written.append(changes)

    def given(self, *names: str) -> Given:
        """The arguments of the command line by name, as a line of JSON would give them."""
        values = {name: getattr(self.args, name, None) for name in names}
        return Given({key: value for key, value in values.items() if value is not None})

    def close(self) -> None:
        """Close every office that was opened."""
        for desk in self._opened:
            desk.close()
        self._opened.clear()
