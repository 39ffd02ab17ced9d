"""The office itself: make it, keep a copy, bring one back, name its operators and choices."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain, count
from pathlib import Path

from migdesk import paths
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import BadFile, Invalid, refuse_if_blocked
from migdesk.domain.finding import block
from migdesk.domain.office import CalendarDay, Office, Operator, Setting
from migdesk.domain.place import Place
from migdesk.domain.record import missing
from migdesk.i18n import N_
from migdesk.services.desk import Clock, Desk
from migdesk.store import drafts, places
from migdesk.store.database import FILE, check_integrity, create, holds_office, open_store, set_aside


def init_office(
    home: Path,
    office: Office,
    *,
    clock: Clock | None = None,
    operator: str = "",
    passphrase: str | None = None,
) -> Desk:
    """Make the office of a folder, with the shipped classifier of places, and open it.

    Raises:
        Invalid: code, name or region is missing, or the region is none.
        StoreProblem: there is an office already, or the folder cannot be written.
    """
    refuse_if_blocked(missing(office))
    regions = {place.code for place in shipped_places() if place.level == 1}
    if office.region not in regions:
        raise Invalid(
            [
                block(
                    "unknown_region",
                    N_("“{code}” is not the code of a region."),
                    "region",
                    code=office.region,
                )
            ]
        )
    desk = Desk(home, create(home / FILE, passphrase), clock=clock, operator=operator)
    with desk.write(Op.INIT_OFFICE) as tx:
        places.replace_all(tx.connection, shipped_places())
        places.index(tx.connection)
        tx.put(office)
        tx.put(Operator(login=desk.operator, name=desk.operator))
    return desk


def shipped_places() -> Iterable[Place]:
    """The classifier of places that came with the program."""
    file = paths.resources() / "lists" / "kato.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Place(
                code=row["code"],
                level=int(row["level"]),
                parent=row["parent"],
                kk=row["kk"],
                ru=row["ru"],
                en=row["en"],
                kind=row["kind"],
                valid_from=row["valid_from"],
                valid_to=row["valid_to"],
                confidence=row["confidence"],
            )


def take_places(desk: Desk, newer: list[Place], on: date) -> tuple[int, int]:
    """Bring in a newer official classifier: how many places it has, and how many old codes it closed.

    Old codes stay readable for events of their days.
    """
    with desk.write(Op.TAKE_PLACES) as tx:
        taken = places.replace_all(tx.connection, newer)
        closed = places.close_missing(tx.connection, [place.code for place in newer], on.isoformat())
        places.index(tx.connection)
        tx.put(Setting(key=f"kato.{on.isoformat()}", value=f"{taken}/{closed}"))
    return taken, closed


def back_up(desk: Desk, target: Path) -> Path:
    """A consistent copy of the office's file, checked by opening it.

    Raises:
        StoreProblem: the target cannot be written.
        Invalid: there is a file of that name already.
    """
    if target.exists():
        raise Invalid([block("exists", N_("There is a file of that name already."), "file")])
    desk.store.backup_to(target)
    return target


def restore(
    home: Path, source: Path, *, clock: Clock | None = None, passphrase: str | None = None
) -> Path | None:
    """Put a backup in the office's place; the old file stays beside it. The answer is where the old one is.

    Raises:
        BadFile: the backup is no whole office file.
        StoreProblem: newer, wrong passphrase, another program has the old office open, no room.
    """
    if not source.is_file():
        raise BadFile(source, "", N_("There is no such file."))
    target, partial = home / FILE, home / (FILE + ".restoring")
    home.mkdir(parents=True, exist_ok=True)
    try:
        partial.write_bytes(source.read_bytes())
        if not _is_whole_office(partial, passphrase):
            raise BadFile(source, "", N_("The backup is damaged."), hint=N_("Take an older one."))
        kept = _kept_name(home, clock or Clock()) if target.exists() else None
        if kept:
            set_aside(target, kept, passphrase)
        # logs of the old file would be played into the new one
        for end in ("-wal", "-shm", "-journal"):
            target.with_name(target.name + end).unlink(missing_ok=True)
        partial.replace(target)
    finally:
        for end in ("", "-wal", "-shm"):
            partial.with_name(partial.name + end).unlink(missing_ok=True)
    return kept


def _is_whole_office(path: Path, passphrase: str | None) -> bool:
    """Whether a file is an office with nothing wrong in it; an empty file is a database too, but no office."""
    if not holds_office(path, passphrase):
        return False
    copy = open_store(path, passphrase)
    problems = list(check_integrity(copy))
    copy.close()
    return not problems


def _kept_name(home: Path, clock: Clock) -> Path:
    """A name that is free: two offices may be brought back within one second."""
    moment = clock.now().strftime("%Y%m%d-%H%M%S")
    ends = chain([""], (f"-{number}" for number in count(2)))
    names = (home / f"office-before-restore-{moment}{end}.sqlite" for end in ends)
    return next(name for name in names if not name.exists())


def choose(desk: Desk, key: str, value: str) -> Done[Setting]:
    """Decide a setting that the law leaves open, or a habit of the office."""
    found = desk.store.select(Setting, "key = ? AND annulled_on IS NULL", (key,))
    with desk.write(Op.SAVE_SETTING) as tx:
        setting = tx.put(replace(found[0], value=value) if found else Setting(key=key, value=value))
    return Done(setting, tx.changes)


def save_calendar_day(desk: Desk, day: CalendarDay) -> Done[CalendarDay]:
    """Declare a day off or a working day, with its reason and act; due dates follow at once.

    Raises:
        Invalid: the day or its reason is missing.
    """
    refuse_if_blocked(missing(day))
    with desk.write(Op.SAVE_CALENDAR) as tx:
        for old in tx.select(CalendarDay, "day = ? AND annulled_on IS NULL", (str(day.day),)):
            tx.annul(old, "replaced")
        saved = tx.put(day)
    return Done(saved, tx.changes)


def keep_draft(desk: Desk, key: str, content: str) -> None:
    """Keep what is typed so far."""
    drafts.keep_draft(desk.store, key, content, desk.clock.now().isoformat())


def find_draft(desk: Desk, key: str) -> str | None:
    """What was typed and not yet saved."""
    found = drafts.find_draft(desk.store, key)
    return found[0] if found else None


def list_drafts(desk: Desk) -> list[tuple[str, str]]:
    """Keys and times of unsaved forms, newest first."""
    return drafts.list_drafts(desk.store)


def drop_draft(desk: Desk, key: str) -> None:
    """Forget a draft: it was saved, or the clerk threw it away."""
    drafts.drop_draft(desk.store, key)


def remember(desk: Desk, key: str, value: str) -> None:
    """Keep a habit of the window."""
    drafts.remember(desk.store, key, value)


def recall(desk: Desk, key: str) -> str | None:
    """A kept habit of the window."""
    return drafts.recall(desk.store, key)
