"""Before an office is open: what lies in its folder, and a sample office beside it to look at first."""

from __future__ import annotations

import shutil
from enum import StrEnum
from itertools import chain, count
from pathlib import Path

from migdesk.domain.errors import MigDeskError
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.progress import SILENT, Progress
from migdesk.services.sample import day
from migdesk.store.database import FILE

_PLAIN = b"SQLite format 3\x00"
_PAPERS = "papers"


class Found(StrEnum):
    """What a folder holds."""

    NOTHING = "nothing"
    OFFICE = "office"
    LOCKED = "locked"


def look_into(home: Path) -> Found:
    """Whether a folder holds an office, and whether its file is encrypted; a damaged file looks the same."""
    file = home / FILE
    if not file.is_file():
        return Found.NOTHING
    with file.open("rb") as content:
        begin = content.read(len(_PLAIN))
    return Found.OFFICE if begin in (b"", _PLAIN) else Found.LOCKED


def sample_home(home: Path) -> Path:
    """A folder beside that of an office, where nothing is yet: a sample never lies where something was."""
    first = home.with_name(f"{home.name}-sample")
    others = (home.with_name(f"{home.name}-sample-{number}") for number in count(2))
    return next(one for one in chain([first], others) if not one.exists())


def make_sample(
    home: Path, *, clock: Clock | None = None, persons: int = day.PERSONS, progress: Progress = SILENT
) -> Desk:
    """Make a sample office beside a folder, with one working day and its papers in it, and open it.

    What was stopped or failed halfway is taken away again.

    Raises:
        Cancelled: the person stopped it.
        StoreProblem: the folder beside cannot be written.
    """
    room = sample_home(home)
    try:
        day.make(room, room / _PAPERS, persons=persons, clock=clock, progress=progress)
    except MigDeskError:
        shutil.rmtree(room, ignore_errors=True)
        raise
    return open_desk(room, clock=clock)
