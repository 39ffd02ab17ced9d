"""What a window remembers about its own looks: its place, open files, widths of columns, the splitter.

Not the office's business, so it lies outside the register: one small file per operator in the office's folder.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSettings

_SHARED = "window.ini"
"""What all operators of an office shared before each had a file of their own."""


class Memory(Protocol):
    """Keeps short texts under a key."""

    def recall(self, key: str) -> str:
        """What was kept, or nothing."""

    def keep(self, key: str, value: str) -> None:
        """Keep a text in place of the one before."""


class Forgetful:
    """Remembers until the window closes: for tests and pictures."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def recall(self, key: str) -> str:
        """What was kept, or nothing."""
        return self._kept.get(key, "")

    def keep(self, key: str, value: str) -> None:
        """Keep a text."""
        self._kept[key] = value


class FileMemory:
    """Remembers in an `.ini` file; a file that cannot be written is no reason to disturb a clerk."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def recall(self, key: str) -> str:
        """What was kept, or nothing."""
        return str(self._settings.value(key, ""))

    def keep(self, key: str, value: str) -> None:
        """Keep a text; written to disk when the window is idle."""
        self._settings.setValue(key, value)

    def write(self) -> None:
        """The program ends: no window is idle any more."""
        self._settings.sync()


def memory_of(home: Path, login: str) -> FileMemory:
    """What the windows of one operator remember in an office; at first what was remembered for all of them."""
    mine = home / f"window-{_file_name(login)}.ini"
    if not mine.exists():
        with suppress(OSError):  # there is none, or a folder that nobody can write: begin with nothing
            shutil.copyfile(home / _SHARED, mine)
    return FileMemory(mine)


def _file_name(login: str) -> str:
    """A login that every system takes as a part of a file name, and that no other login comes to."""
    return "".join(one if one.islower() or one.isdigit() else f"({ord(one):x})" for one in login)
