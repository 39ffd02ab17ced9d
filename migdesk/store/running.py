"""Whether a program that left something behind still runs: what it left may be taken up or cleared away."""

from __future__ import annotations

import os
import sys

_MAY_ASK, _STILL_ACTIVE, _DENIED = 0x1000, 259, 5
"""Windows: the right to ask how a process ended, the answer of one that has not, the refusal of a foreign one."""


def is_running(pid: int) -> bool:
    """Whether this machine has a process of that number; one of another user is one too."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _is_running_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _is_running_on_windows(pid: int) -> bool:
    """There a signal of 0 would end the other program."""
    import ctypes  # noqa: PLC0415 - on Windows only

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    found = kernel.OpenProcess(_MAY_ASK, False, pid)
    if not found:
        return bool(ctypes.get_last_error() == _DENIED)  # type: ignore[attr-defined,unused-ignore]
    try:
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(found, ctypes.byref(code))
        return code.value == _STILL_ACTIVE
    finally:
        kernel.CloseHandle(found)
