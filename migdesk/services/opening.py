"""Before an office is open: what lies in its folder, what to do when it cannot be opened, a sample to look at."""

from __future__ import annotations

import shutil
from enum import StrEnum
from itertools import chain, count
from pathlib import Path

from migdesk.domain.errors import MigDeskError, StoreProblem
from migdesk.i18n import LANGUAGES, N_
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.progress import SILENT, Progress
from migdesk.store import drafts, files
from migdesk.store.database import FILE, Store
from migdesk.store.engine import Damaged

LANGUAGE_HABIT = "language"
"""Key under which the window remembers the language chosen in it."""
_PAPERS = "papers"


class Found(StrEnum):
    """What a folder holds."""

    NOTHING = "nothing"
    OFFICE = "office"
    LOCKED = "locked"


def look_into(home: Path) -> Found:
    """Whether a folder holds an office, and whether its file is encrypted; a damaged file looks the same.

    Raises:
        StoreProblem: the file may not be read.
    """
    try:
        if not (home / FILE).is_file():
            return Found.NOTHING
        return Found.LOCKED if is_sealed(home / FILE) else Found.OFFICE
    except OSError:
        raise StoreProblem(
            N_("The office's file may not be read."),
            hint=N_("Ask for the right to read its folder, then try again."),
        ) from None


def is_sealed(file: Path) -> bool:
    """Whether an office's file or a copy of it needs a passphrase, or is damaged.

    Raises:
        OSError: it cannot be read.
    """
    return bool(file.stat().st_size) and not files.is_plain(file)


def open_whole(home: Path, *, clock: Clock | None = None, passphrase: str | None = None) -> Desk:
    """Open an office that is one: a file without any office in it is told at once, not on the first page.

    Raises:
        StoreProblem: newer, locked, damaged, wrong passphrase, no office inside.
    """
    desk = open_desk(home, clock=clock, passphrase=passphrase)
    try:
        _known = desk.office  # not an `assert`: Python runs none with -O
    except BaseException:
        desk.close()
        raise
    return desk


def remembered_language(home: Path, passphrase: str | None) -> str | None:
    """The language last chosen in the office's window; nothing when the office cannot be asked.

    Reads without migrating: asking for help must not change an office.
    """
    file = home / FILE
    try:
        if not file.is_file():
            return None
        store = Store(file, files.fitting(file, passphrase))
        try:
            found = drafts.recall(store, LANGUAGE_HABIT)
        finally:
            store.close()
    except (MigDeskError, OSError):
        return None
    return found if found in LANGUAGES else None


def is_damaged(problem: MigDeskError) -> bool:
    """Whether a backup is the way on: the file itself is at fault, not the disk, a neighbour or the program."""
    return isinstance(problem, Damaged)


def may_write(desk: Desk) -> bool:
    """Whether anything can be saved: an office may lie on a disk that nobody can write."""
    return not desk.store.is_read_only


def first_free(folder: Path) -> Path:
    """The folder itself, or one with a number: a sample is never put where something was."""
    others = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return next(one for one in chain([folder], others) if not one.exists())


def sample_home(home: Path) -> Path:
    """A folder beside that of an office, where nothing is yet."""
    return first_free(home.with_name(f"{home.name}-sample"))


def make_sample(
    home: Path, *, clock: Clock | None = None, persons: int | None = None, progress: Progress = SILENT
) -> Desk:
    """Make a sample office beside a folder, with one working day and its papers in it, and open it.

    What was stopped or failed halfway is taken away again.

    Raises:
        Cancelled: the person stopped it.
        StoreProblem: the folder beside cannot be written.
    """
    from migdesk.services.sample import day  # noqa: PLC0415 - papers and workbooks, at no other start

    room = sample_home(home)
    try:
        day.make(room, room / _PAPERS, persons=persons or day.PERSONS, clock=clock, progress=progress)
    except MigDeskError:
        shutil.rmtree(room, ignore_errors=True)
        raise
    return open_desk(room, clock=clock)
