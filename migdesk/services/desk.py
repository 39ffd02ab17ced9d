"""Desk: one open office, the first argument of every service.

It holds the store, the law in force, the closed lists, the clock and the operator; it is the only place
where time, uids and files of rules come into the program.
"""

from __future__ import annotations

import json
import platform
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import TypeVar

from migdesk.domain.change import HEADS_ONLY, ChangeSet, Op
from migdesk.domain.errors import NotFound, Refused, StoreProblem
from migdesk.domain.finding import Finding, block
from migdesk.domain.office import Office, Operator, Role
from migdesk.i18n import N_
from migdesk.rules.law import Law, NotInForce
from migdesk.rules.procedure import Procedure, of_day
from migdesk.services import account, law, permit_ends, stay_ends
from migdesk.services.kept import Kept
from migdesk.services.lists import Lists
from migdesk.store import journal, series
from migdesk.store.database import FILE, Store
from migdesk.store.files import fitting, open_store
from migdesk.store.writer import Signature, Tx

Watcher = Callable[[ChangeSet], None]
T = TypeVar("T")

LAW = frozenset({"setting", "calendar_day", "law_pack"})
"""Tables of what an office adds to the law."""
_KEPT = LAW | {"office", "operator"}
"""Tables of what every desk reads once and keeps."""


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
        self.operator = operator or account.login()
        self.machine = platform.node() or "machine"
        self._watchers: list[Watcher] = []
        self.on_corrected: Callable[[Finding], object] | None = None
        """Who is told of words that the lists read otherwise than they are written."""
        self._kept = Kept()
        self._own: set[str] = set()
        self._heard: int | None = None
        self._hearing = threading.Lock()
        # uids must differ, not be secret; asking the system for each took a tenth of an import
        self._chance = Random(secrets.randbits(256)).getrandbits

    @property
    def today(self) -> date:
        """The day that counts."""
        return self.clock.today()

    @property
    def office(self) -> Office:
        """This office.

        Raises:
            StoreProblem: the file holds none.
        """
        return self.keep("office", _KEPT, self._read_office)

    def _read_office(self) -> Office:
        found = self.store.live(Office)
        if not found:
            raise StoreProblem(
                N_("This file holds no office."),
                hint=N_("Restore the last backup with: migdesk restore FILE"),
            )
        return found[0]

    @property
    def signer(self) -> Operator:
        """Who works at this desk, with the name that papers show; the login until a name is given."""
        return self.keep("signer", _KEPT, self._read_signer)

    def _read_signer(self) -> Operator:
        known = self.store.live(Operator, login=self.operator)
        return known[0] if known else Operator(login=self.operator, name=self.operator)

    @property
    def heads(self) -> list[Operator]:
        """Who heads this office: those of that role, or who made it while nobody has it."""
        return self.keep("heads", _KEPT, self._read_heads)

    def _read_heads(self) -> list[Operator]:
        if found := self.store.live(Operator, role=Role.HEAD, order="name, id"):
            return found
        login = journal.first_operator(self.store)
        return self.store.live(Operator, login=login) or [Operator(login=login, name=login)]

    @property
    def is_head(self) -> bool:
        """Whether who works at this desk heads the office."""
        return self.operator in {one.login for one in self.heads}

    @property
    def lists(self) -> Lists:
        """Closed lists and places."""
        return self.keep("lists", _KEPT, self._read_lists)

    def _read_lists(self) -> Lists:
        near, law_of = self.office.region, lambda: self.law
        return Lists(self.store, self.procedures, near=near, law=law_of, told=self._tell_read)

    def _tell_read(self, corrected: Finding) -> None:
        if self.on_corrected:
            self.on_corrected(corrected)

    @property
    def law(self) -> Law:
        """The packs, shipped and the office's own, with its calendar days and its choices where sources are open."""
        return self.keep("law", _KEPT, self._read_law)

    def _read_law(self) -> Law:
        return law.of_office(self.store)

    def keep(self, name: str, tables: Iterable[str], read: Callable[[], T]) -> T:
        """What was read once, read anew when one of the tables it was made from was written, here or elsewhere."""
        if self._heard is None:
            self.hear()
        return self._kept.get(name, tables, read)

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """Public services as data, every period of each, the office's own over the shipped."""
        return self.law.services()

    def find_procedure(self, code: str, on: date) -> Procedure | None:
        """A public service as it was on a day, with what special regimes ask for of what is filed on it.

        Nothing when there is none of this code, or none then.
        """
        found = of_day(self.procedures, code, on)
        return self.law.specials.asking(found, on) if found else None

    def get_procedure(self, code: str, on: date) -> Procedure:
        """A public service as it was on a day.

        Raises:
            NotFound: no such service.
            NotInForce: the program knows it, but not on that day.
        """
        found = self.find_procedure(code, on)
        if found:
            return found
        raise NotInForce(code, on) if any(one.code == code for one in self.procedures) else NotFound(code)

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
        keeps them beside the versions of the packs, so that the decision can be explained years later. They are read
        once nobody else writes.

        Raises:
            StoreProblem: locked, full, damaged.
            Stale: a record was changed since it was read.
            Refused: another window changed the law, the calendar or a setting meanwhile: what was checked was checked
                by a law that holds no more.
        """
        with Tx(self.store, op, lambda: self._sign(op, used), self.new_uid) as tx:
            self._own.add(tx.op_uid)
            yield tx
            stay_ends.settle(self, tx)
            permit_ends.settle(self, tx)
        self._pass_over(tx)
        if tx.changes.changes:
            self.announce(tx.changes)

    def _pass_over(self, tx: Tx) -> None:
        """An op that stands right behind the last that was heard is this desk's own, and need not be read again."""
        with self._hearing:
            if self._heard is not None and tx.place == self._heard + 1:
                self._heard = tx.place
                self._own.discard(tx.op_uid)

    def refuse_by_old_law(self) -> None:
        """Nobody else writes any more when this is asked: what is heard now is the last there is."""
        had_law = self._kept.find("law", _KEPT) is not None
        heard = self.hear()
        if had_law and any(one.tables & LAW for one in heard):
            message = N_(
                "The law, the calendar or a setting of the office was changed in another window a moment ago. "
                "Look at the terms again, then save once more."
            )
            raise Refused([block("law_changed", message)])

    def hear(self) -> list[ChangeSet]:
        """What other windows and programs wrote to this office since it was last asked; watchers are told.

        Asked once a minute and at the start of every write; it costs one look at the end of the journal.

        Raises:
            StoreProblem: locked, damaged.
        """
        with self._hearing:
            newest, heard = journal.newest(self.store), self._heard
            self._heard = newest
            if heard is None or heard == newest:
                return []
            written = journal.written_since(self.store, heard)
            others = [one for one in written if one.op_uid not in self._own]
            self._own -= {one.op_uid for one in written}
        for one in others:
            self.announce(one)
        return others

    def next_number(self, tx: Tx, letters: str, digits: int, *, year: int | None = None) -> str:
        """The office's next number of a year, with the letters of its kind: `PVL-C2026-00001`."""
        return tx.next_number(self._series(letters, year), digits)

    def coming_number(self, letters: str, digits: int, ahead: int = 0) -> str:
        """The number that `next_number` would give now, or after so many others; another window may take it first."""
        return series.coming(self.store, self._series(letters, None), digits, ahead)

    def _series(self, letters: str, year: int | None) -> str:
        return f"{self.office.code}-{letters}{year or self.today.year}-"

    def watch(self, watcher: Watcher) -> None:
        """Be told, after each commit, what it changed."""
        self._watchers.append(watcher)

    def unwatch(self, watcher: Watcher) -> None:
        """Be told no longer."""
        self._watchers.remove(watcher)

    def announce(self, changes: ChangeSet) -> None:
        """Tell every watcher; the law, the office and its people are read anew when they changed."""
        if changes.tables & _KEPT and (known := self._kept.find("lists", _KEPT)):
            known.forget_places()  # fields on the screen go on asking these lists
        self._kept.change(changes.tables)
        for watcher in tuple(self._watchers):
            watcher(changes)

    def close(self) -> None:
        """Close the office's file."""
        self.store.close()

    def _sign(self, op: Op, used: Iterable[Mapping[str, object]]) -> Signature:
        """Once the office is locked for an op.

        Raises:
            Refused: by a law that was replaced meanwhile nothing is written.
        """
        self.refuse_by_old_law()
        if op is not Op.INIT_OFFICE:
            self.refuse_beyond_role(op)
        rests: dict[str, object] = {} if op is Op.INIT_OFFICE else dict(self.law.versions())
        if values := list(used):
            rests["values"] = values
        return Signature(
            operator=self.operator,
            machine=self.machine,
            at=self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            stamp=self._stamp(),
            rules=json.dumps(rests, sort_keys=True, ensure_ascii=False),
            today=self.today,
        )

    def refuse_beyond_role(self, op: Op) -> None:
        """What the role of who works here does not reach, whichever window or command asks.

        Raises:
            Refused: a viewer changes nothing; what holds for the whole office is said by its head.
        """
        names = ", ".join(one.name for one in self.heads) or "—"
        if op in HEADS_ONLY and not self.is_head:
            message = N_("Only the head of the office does this: {names}.")
            raise Refused([block("heads_only", message, None, names=names)])
        if self.signer.role is Role.VIEWER and op is not Op.VIEW_NOTES:
            message = N_(
                "You may look here and change nothing: your role is viewer. The head sets roles: {names}."
            )
            raise Refused([block("viewer", message, None, names=names)])

    def _stamp(self) -> str:
        """A hybrid logical clock reading, later than that of the newest op, even when the machine's clock is not."""
        millis, count = journal.last_stamp(self.store)
        now = int(time.time() * 1000)
        millis, count = (now, 0) if now > millis else (millis, count + 1)
        return f"{millis:013d}-{count:04d}-{self.machine}"


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
    file = home / FILE
    store = open_store(file, fitting(file, passphrase), in_parts=in_parts)
    return Desk(home, store, clock=clock, operator=operator)
