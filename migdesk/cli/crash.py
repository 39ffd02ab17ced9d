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
    """The traceback without messages and without the folders above the program."""
    seen: BaseException | None = error
    while seen is not None:
        for one in traceback.extract_tb(seen.__traceback__):
            yield f"{_inside(one.filename)}:{one.lineno} {one.name}"
        yield f"{type(seen).__module__}.{type(seen).__qualname__}"
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _inside(filename: str) -> str:
    """A path from the package on: the folders above it may hold a person's name."""
    parts = Path(filename).parts
    for root in ("migdesk", "site-packages"):
        if root in parts:
            return Path(*parts[len(parts) - 1 - parts[::-1].index(root) :]).as_posix()
    return parts[-1] if parts else filename
