"""The crash file of the command line: where in the program a bug struck, and nothing of anybody's data."""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from migdesk import about

_FOLDER = "crashes"


def write(error: BaseException, home: Path) -> Path | None:
    """Keep the places of a bug in the office's folder, or in the folder for temporary files.

    Messages of exceptions are left out: they may quote what somebody typed. Nothing when neither folder
    can be written.
    """
    text = "\n".join([about.diagnostics(), "", *places(error), ""])
    name = f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    folders = [home / _FOLDER] if home.is_dir() else []
    for folder in (*folders, Path(tempfile.gettempdir())):
        try:
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        except OSError:
            continue
        return folder / name
    return None


def places(error: BaseException) -> Iterator[str]:
    """The traceback without messages: kinds of the errors, files, lines, functions."""
    seen: BaseException | None = error
    while seen is not None:
        yield type(seen).__qualname__
        yield from (line.rstrip("\n") for line in traceback.format_tb(seen.__traceback__))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
