"""Bulk: what only work on a hundred thousand records at once needs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Let Python's cycle collector rest: it would walk all rows made so far again and again (a sixth of the
    time of an import), and records make no cycles.

    Afterwards they go to the oldest generation unwalked; a walk through the youngest would hold up every
    thread for most of a second. What a window has frozen stays frozen.
    """
    was_running, was_frozen = gc.isenabled(), gc.get_freeze_count() > 0
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if not was_frozen:
            gc.unfreeze()
        if was_running:
            gc.enable()
