"""Logging: one rotating file in the office's folder. What is logged never holds personal data."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def start(home: Path, *, debug: bool = False) -> None:
    """Write `migdesk.log` under home (1 MB, three old ones kept); with debug also to stderr."""
    folder = home / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(
        folder / "migdesk.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handlers: list[logging.Handler] = [file]
    if debug:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
    logging.basicConfig(level=logging.DEBUG if debug else logging.INFO, handlers=handlers, force=True)
