"""A short sound with an error: off, unless the one who types asked for it in the settings."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

KEPT = "sound/errors"
"""Key under which the window remembers the wish; nothing means silence."""

_wish = {"on": False}


def set_on(on: bool) -> None:
    """From now on, in all windows."""
    _wish["on"] = on


def error() -> None:
    """Something was refused, or cannot be read: those who look at the paper hear it."""
    if _wish["on"]:
        QApplication.beep()
