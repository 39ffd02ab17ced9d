"""A file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from migdesk.domain.errors import BadFile
from migdesk.i18n import N_
from migdesk.paths import belongs_to_office

_PREFIX = ".migdesk-"
_ABANDONED = 3600
"""Seconds after which nobody goes on writing a file."""


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary file beside the wanted one; it takes the wanted name only when nothing was raised.

    Raises:
        BadFile: the folder or the file cannot be written, the disk is full, or the name is an office's own.
    """
    if belongs_to_office(path):
        raise BadFile(
            path, "", N_("This name belongs to the office's own files."), hint=N_("Choose another name.")
        )
    temporary: Path | None = None
    try:
        _refuse_device(path)
        _clear_abandoned(path.parent)
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        temporary.replace(path)
    except OSError as problem:
        raise BadFile(
            path,
            "",
            N_("The file cannot be written: {reason}."),
            hint=N_("Close it in Excel, or choose another name or folder."),
            reason=problem.strerror or type(problem).__name__,
        ) from None
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def _clear_abandoned(folder: Path) -> None:
    """Take away what a killed program left: it holds people's data under a name that nobody sees."""
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()


def refuse_unwritable(path: Path) -> None:
    """Say before anything is done for a file that it could not be written; leaves nothing behind.

    Raises:
        BadFile: as `whole_file`.
    """
    with suppress(_Tried), whole_file(path):
        raise _Tried


class _Tried(Exception):
    """The file could be written, and is dropped again."""


def _refuse_device(path: Path) -> None:
    """A device or pipe is written to, never replaced: a root's `--to /dev/null` would take it from the machine.

    A folder cannot be replaced either, which is told before anything is written or numbered.
    """
    if path.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
