"""Files that a person names: never a pipe without an end. Loaded with the first file, not at the start."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from migdesk.domain.errors import BadFile


def open_given(path: Path) -> BinaryIO:
    """A file that somebody named, opened for reading.

    Raises:
        BadFile: there is none, or it is a folder, device or pipe, or may not be read.
    """
    from migdesk.exchange import givenfile  # noqa: PLC0415 - a start needs no files

    return givenfile.open_given(path)


def not_read(name: Path | str, error: Exception) -> BadFile:
    """What is told of a file that could not be read."""
    from migdesk.exchange import givenfile  # noqa: PLC0415 - a start needs no files

    return givenfile.not_read(name, error)
