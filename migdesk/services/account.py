"""Who works here, as the operating system says: a name that nobody gives himself by a variable."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import suppress

_NAMELESS = "operator"
_LONGEST = 257
"""Windows: characters of the longest account name, with its end."""


def login() -> str:
    """The account of this process; the environment is asked only by a system that says nothing itself.

    An account without a name, as in a container, is called by its number.
    """
    with suppress(OSError, AttributeError, ImportError):
        if name := _of_system():
            return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return _NAMELESS


def _of_system() -> str:
    if sys.platform == "win32":
        name = _of_windows()
    else:
        import pwd  # noqa: PLC0415 - Windows has none

        number = os.getuid()
        try:
            name = pwd.getpwuid(number).pw_name
        except KeyError:
            name = f"uid-{number}"
    return name


def _of_windows() -> str:
    """Written after the manual of the system and never run there: a test calls it with a made-up library."""
    import ctypes  # noqa: PLC0415 - on Windows only

    size = ctypes.c_ulong(_LONGEST)
    name = ctypes.create_unicode_buffer(_LONGEST)
    library = ctypes.WinDLL("advapi32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    return name.value if library.GetUserNameW(name, ctypes.byref(size)) else ""
