"""What a window remembers about its own looks: widths of columns, the splitter, which page was open.

Not the office's business, so it lies outside the register: one small file per user and machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSettings


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
