"""Files that a person names: opened in one place, and only what has an end and can be read to it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from migdesk.domain.errors import BadFile
from migdesk.i18n import N_

_SAVE_FIRST = N_("Save what it gives to a file, and name that.")
_NO_FILES: tuple[tuple[Callable[[int], bool], str, str], ...] = (
    (stat.S_ISDIR, N_("This is a folder, not a file."), ""),
    (stat.S_ISFIFO, N_("This is a pipe between programs, not a file."), _SAVE_FIRST),
    (stat.S_ISSOCK, N_("This is a socket between programs, not a file."), _SAVE_FIRST),
    (stat.S_ISCHR, N_("This is a device, not a file."), _SAVE_FIRST),
    (stat.S_ISBLK, N_("This is a device, not a file."), _SAVE_FIRST),
)


def open_given(path: Path) -> BinaryIO:
    """Open a file for reading; a pipe nobody writes to would be waited for without end, so it is never opened.

    Raises:
        BadFile: there is none, it is a folder, a device, a pipe or a socket, or may not be read.
    """
    try:
        refuse_no_file(path)
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise not_read(path, error) from None


def refuse_no_file(path: Path) -> None:
    """Say what stands under a name when it is no file.

    Raises:
        BadFile: a folder, a device, a pipe or a socket.
        OSError: there is nothing, or it may not be looked at.
    """
    mode = path.stat().st_mode
    for fits, text, hint in _NO_FILES:
        if fits(mode):
            raise BadFile(path, "", text, hint=hint)


def not_read(path: Path | str, error: Exception) -> BadFile:
    """Why a file could not be read, in words."""
    if isinstance(error, FileNotFoundError):
        return BadFile(path, "", N_("There is no such file."))
    if isinstance(error, IsADirectoryError):
        return BadFile(path, "", N_("This is a folder, not a file."))
    if isinstance(error, PermissionError):
        return BadFile(path, "", N_("The file cannot be read."), hint=N_("Ask for the right to read it."))
    reason = (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
    return BadFile(path, "", N_("The file cannot be read: {reason}."), reason=reason)
