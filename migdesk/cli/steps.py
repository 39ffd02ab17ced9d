"""Progress of a long command: one line on the terminal that is rewritten, and nothing in a script."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from migdesk.services.progress import Progress

_PAUSE = 0.2
"""Seconds between two lines: more often nobody can read."""


@contextmanager
def steps(title: str) -> Iterator[Progress]:
    """A progress that shows its steps on stderr when a person watches."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    shown = [0.0]

    def tell(done: int, total: int, text: str) -> None:
        now = time.monotonic()
        if now - shown[0] >= _PAUSE:
            shown[0] = now
            share = f"{done}/{total}" if total else str(done)
            sys.stderr.write(f"\r\x1b[K{title} {share} {text}")
            sys.stderr.flush()

    try:
        yield Progress(tell)
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
