"""Where things are: resources and forms (checkout or installed), and the office's own folder."""

from __future__ import annotations

from pathlib import Path

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


def default_home() -> Path:
    """The office's folder when `--home` is not given: the platform's place for application data."""
    import platformdirs  # noqa: PLC0415 - only when no home was named

    return Path(platformdirs.user_data_dir("MigDesk", appauthor=False))
