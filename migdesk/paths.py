"""Where things are: resources and forms (checkout or installed), and the office's own folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OFFICE_FILE = "office.sqlite"
"""Name of an office's database."""

_HERE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A folder shipped with the program: beside the package in a checkout, inside it when installed."""
    for base in (_HERE.parent, _HERE / "_shipped"):
        if (base / name / ".here").is_file():
            return base / name
    raise FileNotFoundError(f"the folder {name!r} of MigDesk is missing: install the program again")


def resources() -> Path:
    """Folder with rules, procedures, lists, catalogues, sheets, reports, icons and help."""
    return _shipped("resources")


def forms() -> Path:
    """Folder with official forms as data."""
    return _shipped("forms")


def belongs_to_office(file: Path) -> bool:
    """Whether a name is that of an office's database or of the logs beside it: no paper or list may take it."""
    return file.name.casefold().startswith(OFFICE_FILE)


def default_home() -> Path:
    """The office's folder when `--home` is not given: the platform's place for application data."""
    import platformdirs  # noqa: PLC0415 - only when no home was named

    return Path(platformdirs.user_data_dir("MigDesk", appauthor=False))


@contextmanager
def private_files() -> Iterator[None]:
    """Everything made inside may be read by its owner only: papers, lists and copies hold personal data.

    For the whole program, logs and child processes included. Windows gives a person's own folders to nobody
    else, and has no such mask.
    """
    if os.name == "nt":
        yield
        return
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def make_private(file: Path) -> None:
    """Make an empty file that only its owner may read, whatever the mask.

    Raises:
        FileExistsError: it is there already.
    """
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
