"""Clock, memory and the shape of a figure: what every job of the bench shares."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Figures = dict[str, dict[str, float]]
"""Line → `ours` and `bare`, in seconds or megabytes."""

Times = tuple[list[float], list[float]]
"""Seconds of ours and of the bare side."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a step is given: the office (not to be written to), its size, how often to repeat, a folder."""

    home: Path
    persons: int
    rounds: int
    scratch: Path


def timed(work: Callable[[], Any]) -> float:
    """Seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(ours: Sequence[Callable[[], Any]], bare: Sequence[Callable[[], Any]]) -> Times:
    """Both sides of each pair one after the other, who goes first changing, so that noise meets both."""
    times: Times = ([], [])
    for at, pair in enumerate(zip(ours, bare, strict=True)):
        for side in (0, 1) if at % 2 else (1, 0):
            times[side].append(timed(pair[side]))
    return times


def middle(line: str, times: Times) -> Figures:
    """The medians of both sides as a line."""
    return {line: {"ours": statistics.median(times[0]), "bare": statistics.median(times[1])}}


def slow_end(line: str, times: Times) -> Figures:
    """The time under which nineteen of twenty stay, of both sides, as a line."""
    return {line: {"ours": _p95(times[0]), "bare": _p95(times[1])}}


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]


def medians(runs: Sequence[Figures]) -> Figures:
    """Several runs of one job as one."""
    sides = {(line, side) for run in runs for line, figures in run.items() for side in figures}
    found: Figures = {}
    for line, side in sides:
        values = [run[line][side] for run in runs if side in run.get(line, {})]
        found.setdefault(line, {})[side] = statistics.median(values)
    return found


def peak_memory() -> float:
    """The most memory this process ever held, in megabytes; of this program only, not of who started it."""
    if sys.platform == "win32":
        return _windows_peak()
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def _windows_peak() -> float:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [("cb", wintypes.DWORD), ("faults", wintypes.DWORD)] + [
            (f"size{at}", ctypes.c_size_t) for at in range(8)
        ]

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    windll: Any = ctypes.windll
    windll.kernel32.GetCurrentProcess.restype = wintypes.HANDLE
    ask = windll.psapi.GetProcessMemoryInfo
    ask.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
    ask(windll.kernel32.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
    return float(counters.size0) / 1024 / 1024
