"""Desk: one open office, the first argument of every service.

It holds the store, the law in force, the closed lists, the clock and the operator; it is the only place
where time, uids and files of rules come into the program.
"""

from __future__ import annotations

import getpass
import json
import platform
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from random import Random

from migdesk.domain.change import ChangeSet, Op
from migdesk.domain.errors import NotFound, StoreProblem
from migdesk.domain.office import CalendarDay, Office, Operator, Setting
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.procedure import Procedure, in_force
from migdesk.services import law
from migdesk.services.lists import Lists
from migdesk.store import journal
from migdesk.store.database import FILE, Store
from migdesk.store.files import open_store
from migdesk.store.writer import Signature, Tx

Watcher = Callable[[ChangeSet], None]


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the program sees it; `pretended` is the day given with `--on`."""

    pretended: date | None = None

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day that counts."""
        return self.pretended or datetime.now().astimezone().date()


class Desk:
    """One open office."""

    def __init__(self, home: Path, store: Store, *, clock: Clock | None = None, operator: str = "") -> None:
        self.home = home
        self.store = store
        self.clock = clock or Clock()
        self.operator = operator or _login()
        self.machine = platform.node() or "machine"
        self._watchers: list[Watcher] = []
        self._last_stamp: tuple[int, int] | None = None
        self._law: tuple[int, Law] | None = None
        self._law_turn = 0
        # uids must differ, not be secret; asking the system for each took a tenth of an import
        self._chance = Random(secrets.randbits(256)).getrandbits

    @property
    def today(self) -> date:
        """The day that counts."""
        return self.clock.today()

    @cached_property
    def office(self) -> Office:
        """This office.

        Raises:
            StoreProblem: the file holds none.
        """
        found = self.store.live(Office)
        if not found:
            raise StoreProblem(
                N_("This file holds no office."),
                hint=N_("Restore the last backup with: migdesk restore FILE"),
            )
        return found[0]

    @cached_property
    def signer(self) -> Operator:
        """Who works at this desk, with the name that papers show; the login until a name is given."""
        known = self.store.live(Operator, login=self.operator)
        return known[0] if known else Operator(login=self.operator, name=self.operator)

    @cached_property
    def lists(self) -> Lists:
        """Closed lists and places."""
        return Lists(self.store, self.procedures, near=self.office.region)

    @property
    def law(self) -> Law:
        """The packs, with the office's own calendar days and its choices where sources are open.

        Kept with the turn in which its reading began: what a reader made of days and choices that were replaced
        meanwhile is not kept for the next.
        """
        turn, known = self._law_turn, self._law
        if known is None or known[0] != turn:
            days = self.store.live(CalendarDay)
            choices = {one.key: one.value for one in self.store.live(Setting)}
            known = self._law = turn, law.load(own_days=days, choices=choices)
        return known[1]

    @cached_property
    def procedures(self) -> tuple[Procedure, ...]:
        """Public services as data, every period of each."""
        return law.load_procedures()

    def find_procedure(self, code: str, on: date) -> Procedure | None:
        """A public service as it was on a day; nothing when there is none of this code, or none then."""
        known = next((one for one in self.procedures if one.code == code), None)
        return in_force(known, on) if known else None

    def get_procedure(self, code: str, on: date) -> Procedure:
        """A public service as it was on a day.

        Raises:
            NotFound: no such service, or none on that day.
        """
        found = self.find_procedure(code, on)
        if found is None:
            raise NotFound(code)
        return found

    def new_uid(self) -> str:
        """A new identity: a time-ordered UUID (version 7)."""
        chance = self._chance(74)
        value = (int(time.time() * 1000) & (2**48 - 1)) << 80 | 7 << 76 | chance >> 62 << 64
        value |= 2 << 62 | chance & (2**62 - 1)
        digits = f"{value:032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    @contextmanager
    def write(self, op: Op, *, used: Iterable[Mapping[str, object]] = ()) -> Iterator[Tx]:
        """One op: everything inside is written and journalled together, or not at all.

        `used` are the terms, sums and limits of law a decision rests on, as `Law.quote` gives them: the journal
        keeps them beside the versions of the packs, so that the decision can be explained years later.

        Raises:
            StoreProblem: locked, full, damaged.
            Stale: a record was changed since it was read.
        """
        with Tx(self.store, self._signature(op, list(used)), self.new_uid) as tx:
            yield tx
        if tx.changes.changes:
            self.announce(tx.changes)

    def next_number(self, tx: Tx, letters: str, digits: int, *, year: int | None = None) -> str:
        """The office's next number of a year, with the letters of its kind: `PVL-C2026-00001`."""
        return tx.next_number(f"{self.office.code}-{letters}{year or self.today.year}-", digits)

    def watch(self, watcher: Watcher) -> None:
        """Be told, after each commit, what it changed."""
        self._watchers.append(watcher)

    def announce(self, changes: ChangeSet) -> None:
        """Tell every watcher; the law, the office and its people are read anew when they changed."""
        if changes.tables & {"setting", "calendar_day"}:
            self._law_turn += 1
        if "office" in changes.tables:
            self.__dict__.pop("office", None)
        if "operator" in changes.tables:
            self.__dict__.pop("signer", None)
        for watcher in tuple(self._watchers):
            watcher(changes)

    def close(self) -> None:
        """Close the office's file."""
        self.store.close()

    def _signature(self, op: Op, used: list[Mapping[str, object]]) -> Signature:
        rests: dict[str, object] = {} if op is Op.INIT_OFFICE else dict(self.law.versions())
        if used:
            rests["values"] = used
        return Signature(
            op=op,
            operator=self.operator,
            machine=self.machine,
            at=self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            stamp=self._stamp(),
            rules=json.dumps(rests, sort_keys=True, ensure_ascii=False),
            today=self.today,
        )

    def _stamp(self) -> str:
        """A hybrid logical clock reading: never goes back, even when the machine's clock does."""
        millis, count = self._last_stamp or journal.last_stamp(self.store)
        now = int(time.time() * 1000)
        self._last_stamp = (now, 0) if now > millis else (millis, count + 1)
        return f"{self._last_stamp[0]:013d}-{self._last_stamp[1]:04d}-{self.machine}"


def _login() -> str:
    """Who is logged in; a machine may know its users by number only."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "operator"


def open_desk(
    home: Path,
    *,
    clock: Clock | None = None,
    operator: str = "",
    passphrase: str | None = None,
    in_parts: bool = False,
) -> Desk:
    """Open the office of a folder; `in_parts` also one that lacks tables, for the doctor.

    Raises:
        StoreProblem: none there, newer, locked, damaged, wrong passphrase.
    """
    store = open_store(home / FILE, passphrase, in_parts=in_parts)
    return Desk(home, store, clock=clock, operator=operator)
