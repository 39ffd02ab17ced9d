"""A sample office in a folder of its own beside a real one, for those who want to look before they begin."""

from __future__ import annotations

import shutil
from itertools import chain, count
from pathlib import Path

from migdesk.domain.errors import MigDeskError
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.progress import SILENT, Progress
from migdesk.services.sample import day

_PAPERS = "papers"


def sample_home(home: Path) -> Path:
    """A folder beside that of an office, where nothing is yet: a sample never lies where something was."""
    first = home.with_name(f"{home.name}-sample")
    others = (home.with_name(f"{home.name}-sample-{number}") for number in count(2))
    return next(one for one in chain([first], others) if not one.exists())


def make_beside(
    home: Path, *, clock: Clock | None = None, persons: int = day.PERSONS, progress: Progress = SILENT
) -> Desk:
    """Make the sample office beside a folder, with one working day in it, and open it.

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
