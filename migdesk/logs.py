"""Logging: one rotating file in the office's folder. What is logged never holds personal data."""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from collections.abc import Iterator
from pathlib import Path, PurePath

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_OURS = "migdesk."


def start(home: Path, *, debug: bool = False) -> None:
    """Write `migdesk.log` under home (1 MB, three old ones kept); with debug also to stderr.

    Raises:
        OSError: the folder cannot be written.
    """
    file = _file(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [
        logging.handlers.RotatingFileHandler(file, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    ]
    if debug:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(_Impersonal(_FORMAT))
    logging.basicConfig(level=logging.DEBUG if debug else logging.INFO, handlers=handlers, force=True)


def last_lines(home: Path, count: int = 50) -> str:
    """The end of the log of an office, for a report of a bug; nothing when there is none."""
    try:
        return "\n".join(_file(home).read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
    except OSError:
        return ""


def places(error: BaseException) -> Iterator[str]:
    """Where an error and what caused it struck, and their types; no messages, which may quote what was typed.

    Our own exceptions say their code besides: it is a word of the program.
    """
    seen: BaseException | None = error
    while seen is not None:
        for one in traceback.extract_tb(seen.__traceback__):
            yield f"{_inside(one.filename)}:{one.lineno} {one.name}"
        kind = type(seen)
        name = f"{kind.__module__}.{kind.__qualname__}"
        code = getattr(kind, "code", "") if kind.__module__.startswith(_OURS) else ""
        yield f"{name} {code}" if isinstance(code, str) and code else name
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _file(home: Path) -> Path:
    return home / "logs" / "migdesk.log"


def _inside(filename: str) -> str:
    """A path from the package on: the folders above it may hold a person's name."""
    parts = PurePath(filename).parts
    for root in ("migdesk", "site-packages"):
        if root in parts:
            return PurePath(*parts[len(parts) - 1 - parts[::-1].index(root) :]).as_posix()
    return parts[-1] if parts else filename


class _Impersonal(logging.Formatter):
    """Writes of an exception where it struck, never its message."""

    def format(self, record: logging.LogRecord) -> str:
        """As usual, but a trace that somebody else made readable before is not taken over."""
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: object) -> str:
        """Places and types."""
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(places(error)) if isinstance(error, BaseException) else ""
