"""The folder where a scanner puts its files: what waits there, and taking it into a file.

What was taken in is moved to a folder beside, never deleted: whoever looks after the machine empties it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from migdesk.domain.change import Done
from migdesk.domain.errors import BadFile
from migdesk.domain.finding import warn
from migdesk.domain.scan import HEAD, Attachment, media_of
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import attachments

TAKEN = "taken"
"""Folder inside that of the scanner, where files lie after they were taken in."""

_QUIET = 2.0
"""Seconds without a change after which a scanner has finished writing a file."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files of a scanner that wait, the oldest first; `there` is false while the folder cannot be reached."""

    folder: Path
    files: tuple[Path, ...] = ()
    there: bool = True


def look(folder: Path, now: float) -> Waiting:
    """What waits in a folder at a moment (seconds since 1970); only whole files of kinds that are kept.

    Run away from the window: a folder on another machine may take its time.
    """
    try:
        found = [(path.stat().st_mtime, path) for path in folder.iterdir() if _is_scan(path)]
    except OSError:
        return Waiting(folder, there=False)
    return Waiting(folder, tuple(path for changed, path in sorted(found) if now - changed >= _QUIET))


def take_in(desk: Desk, owner: str, paths: Sequence[Path], kind: str) -> Done[tuple[Attachment, ...]]:
    """Keep files of a scanner in a file, then move them away; one that cannot be moved is a warning.

    Raises:
        BadFile: a file cannot be read.
        Invalid: what is wrong with which file; none was moved.
        NotFound: no such person or case.
    """
    done = attachments.attach_files(desk, owner, paths, kind)
    left = [path.name for path in paths if not _put_away(path)]
    message = N_("{name} was taken in, but could not be moved to the folder “{folder}”.")
    told = [warn("not_moved", message, "file", name=name, folder=TAKEN) for name in left]
    return replace(done, findings=(*done.findings, *told))


def take_all(desk: Desk, owner: str, folder: Path, kind: str) -> Done[tuple[Attachment, ...]]:
    """Keep everything that waits in a scanner's folder in a file.

    Raises:
        BadFile: the folder cannot be reached, or nothing waits in it; or see `take_in`.
    """
    waiting = look(folder, desk.clock.now().timestamp())
    if not waiting.there:
        raise BadFile(folder, "", N_("The folder of the scanner cannot be reached."))
    if not waiting.files:
        raise BadFile(folder, "", N_("No new file of the scanner waits here."))
    return take_in(desk, owner, waiting.files, kind)


def _is_scan(path: Path) -> bool:
    if path.name.startswith(".") or not path.is_file():
        return False
    with path.open("rb") as file:
        return bool(media_of(file.read(HEAD)))


def _put_away(path: Path) -> bool:
    """Move a file; the name of another one there is left to that one."""
    room = path.parent / TAKEN
    try:
        room.mkdir(exist_ok=True)
        target, n = room / path.name, 1
        while target.exists():
            n += 1
            target = room / f"{path.stem}-{n}{path.suffix}"
        path.rename(target)
    except OSError:
        return False
    return True
