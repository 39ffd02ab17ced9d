"""The one place that loads the database engine.

`sqlcipher3` is the engine on every machine: the same SQLite everywhere, encrypted when the office has a
passphrase, a plain SQLite file when it has none. sqlite-utils looks for `pysqlite3` before the standard
library; the alias makes it use, and catch the errors of, the same engine.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlcipher3 import dbapi2

from migdesk.domain.errors import StoreProblem
from migdesk.i18n import N_

if TYPE_CHECKING:
    from sqlite_utils import Database

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

dbapi: Any = dbapi2
"""The engine's DB-API module."""

Connection = Any
"""A DB-API connection of the engine; the engine ships no type stubs."""

SQLITE_MINIMUM = (3, 45, 0)


def utils(connection: Connection) -> Database:
    """The connection dressed by sqlite-utils; loaded only when the schema is made or changed (67 ms)."""
    from sqlite_utils import Database  # noqa: PLC0415 - loaded on first use

    return Database(connection, execute_plugins=False)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn the environment's faults into `StoreProblem`s that say what to do; bugs stay bugs."""
    try:
        yield
    except dbapi.Error as error:
        problem = _problem(str(error))
        if problem is None:
            raise
        raise problem from None
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EPERM):
            raise
        raise StoreProblem(
            N_("The office's folder cannot be written."),
            hint=N_("Free some space on the disk or ask for the right to write there, then try again."),
        ) from None


_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    (
        "locked",
        N_("Another program is using the office's database."),
        N_("Close the other window or wait until its work ends, then try again."),
    ),
    (
        "busy",
        N_("Another program is using the office's database."),
        N_("Close the other window or wait until its work ends, then try again."),
    ),
    ("full", N_("The disk is full."), N_("Free some space and try again: nothing was half written.")),
    (
        "disk i/o error",
        N_("The disk does not answer."),
        N_("Check the disk and its free space, then try again: nothing was half written."),
    ),
    (
        "readonly",
        N_("The office's database may only be read here."),
        N_("Ask for the right to write to its folder."),
    ),
    (
        "not a database",
        N_("The office's database cannot be opened: the passphrase is wrong, or the file is damaged."),
        N_("Give the passphrase again; if it is right, restore the last backup."),
    ),
    (
        "malformed",
        N_("The office's database is damaged."),
        N_("Restore the last backup with: migdesk restore FILE"),
    ),
    (
        "unable to open",
        N_("The office's database cannot be opened."),
        N_("Check that its folder exists and may be written."),
    ),
)


def _problem(message: str) -> StoreProblem | None:
    lowered = message.lower()
    for sign, text, hint in _PROBLEMS:
        if sign in lowered:
            return StoreProblem(text, hint=hint)
    return None
