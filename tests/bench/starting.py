"""Job: from the start of a process to a usable window, and what memory it holds with a list open."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from tests.bench.measure import Figures, Job, medians
from tests.bench.offices import TODAY


def windows(job: Job) -> Figures:
    """Cold processes of both sides by turns; each says `painted`, `usable`, and its memory."""
    runs: list[Figures] = []
    for _round in range(job.rounds + 1):
        sides = {
            "ours": _told("tests.bench.window", str(job.home), TODAY.isoformat()),
            "bare": _told("tests.bench.bare_window", str(job.home)),
        }
        runs.append({line: {side: told[line] for side, told in sides.items()} for line in sides["ours"]})
    # the first of them compiled what was not yet
    return medians(runs[1:])


def _told(module: str, *words: str) -> dict[str, float]:
    """What a process tells, line by line: `window.memory 140.5`, or only a name, which is timed here."""
    told: dict[str, float] = {}
    # an installed program is compiled; one that may not keep what it compiled would do so at every start
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", module, *words], stdout=subprocess.PIPE, encoding="utf-8", env=kept
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            name, _blank, value = line.strip().partition(" ")
            told[name] = float(value) if value else time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, module)
    return told
