"""Bulk: what only work on a hundred thousand records at once needs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Let Python's cycle collector rest: it would walk all rows made so far again and again (a sixth of the
    time of an import), and records make no cycles."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
