"""The one place that loads the database engine.

`sqlcipher3` is the engine on every machine: the same SQLite everywhere, encrypted when the office has a
passphrase, a plain SQLite file when it has none. sqlite-utils looks for `pysqlite3` before the standard
library; the alias makes it use, and catch the errors of, the same engine.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlcipher3 import dbapi2

from migdesk.domain.errors import MigDeskError, Refused, StoreProblem
from migdesk.domain.finding import block
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


class Damaged(StoreProblem):
    """The file itself is at fault: garbled, not whole, or encrypted with another passphrase."""


@contextmanager
def guarded() -> Iterator[None]:
    """Turn the environment's faults into `StoreProblem`s that say what to do; bugs stay bugs.

    What stands once and was to be written a second time is a `Refused`: two windows may write at one moment.
    """
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


_LOCKED = (
    StoreProblem,
    N_("Another program is using the office's database."),
    N_("Close the other window or wait until its work ends, then try again."),
)
_GARBLED = (
    Damaged,
    N_("The office's database is damaged."),
    N_("Restore the last backup with: migdesk restore FILE"),
)
_PARTLY = (
    Damaged,
    N_("A part of the office's database is missing."),
    N_(
        "See which one with: migdesk doctor. Mend it with: migdesk doctor --mend, or restore the last backup."
    ),
)
_PROBLEMS: tuple[tuple[str, tuple[type[StoreProblem], str, str]], ...] = (
    ("locked", _LOCKED),
    ("busy", _LOCKED),
    (
        "full",
        (
            StoreProblem,
            N_("The disk is full."),
            N_("Free some space and try again: nothing was half written."),
        ),
    ),
    (
        "disk i/o error",
        (
            StoreProblem,
            N_("The disk is full or does not answer."),
            N_("Check the disk and its free space, then try again: nothing was half written."),
        ),
    ),
    (
        "readonly",
        (
            StoreProblem,
            N_("The office's database may only be read here."),
            N_("Ask for the right to write to its folder."),
        ),
    ),
    (
        "not a database",
        (
            Damaged,
            N_("The office's database cannot be opened: the passphrase is wrong, or the file is damaged."),
            N_("Give the passphrase again; if it is right, restore the last backup."),
        ),
    ),
    ("malformed", _GARBLED),
    ("no such table", _PARTLY),
    ("no such column", _PARTLY),
    ("has no column named", _PARTLY),
    (
        "unable to open",
        (
            StoreProblem,
            N_("The office's database cannot be opened."),
            N_("Check that its folder exists and may be written."),
        ),
    ),
)
_TWICE = re.compile(r"unique constraint failed: (?P<table>\w+)\.(?P<column>\w+)")


def _problem(message: str) -> MigDeskError | None:
    lowered = message.lower()
    if twice := _TWICE.search(lowered):
        return _given_twice(twice["column"])
    if "foreign key constraint failed" in lowered:
        return Refused([block("not_found", N_("Something named here is not in the register."))])
    for sign, (kind, text, hint) in _PROBLEMS:
        if sign in lowered:
            return kind(text, hint=hint)
    return None


def _given_twice(column: str) -> MigDeskError:
    if column == "number":
        return StoreProblem(
            N_("The next number was given before: a series of numbers was set back from outside."),
            hint=N_("Bring it forward with: migdesk doctor --mend, then try again. Nothing was written."),
        )
    return Refused([block("taken", N_("Another record has this already."), column)])
