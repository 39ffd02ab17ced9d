"""Read an office's file: connections with passphrase and pragmas, and records by what they hold."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import pbkdf2_hmac
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from migdesk.domain.errors import NotFound, StoreProblem
from migdesk.domain.fields import spec
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.paths import OFFICE_FILE, make_private
from migdesk.store.engine import SQLITE_MINIMUM, Connection, dbapi, guarded
from migdesk.store.rows import columns_sql, from_row

R = TypeVar("R", bound=Record)

FILE = OFFICE_FILE
LIVE = "annulled_on IS NULL"
"""What every record fulfils that counts; the indexes say it in these words."""
_FOR_READING = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-64000",
    "PRAGMA temp_store=MEMORY",
)
_PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", *_FOR_READING)


class Store:
    """One office's file. Connections are one per thread; writing goes through `writer.Tx`."""

    def __init__(self, path: Path, passphrase: str | None = None) -> None:
        self.path = path
        self._passphrase = passphrase
        self._local = threading.local()
        self._all: list[Connection] = []
        self._guard = threading.Lock()
        self.is_read_only = False

    @property
    def is_encrypted(self) -> bool:
        """Whether the file cannot be read without a passphrase."""
        return bool(self._passphrase)

    @property
    def connection(self) -> Connection:
        """This thread's connection, opened on first use.

        Raises:
            StoreProblem: wrong passphrase, damaged, locked, not writable.
        """
        found: Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found, self.is_read_only = _connect(self.path, self._passphrase)
            self._local.connection = found
            with self._guard:
                self._all.append(found)
        return found

    def before_reading(self, settle: Callable[[], None] | None) -> None:
        """Let a write in progress on this thread settle what it holds back before anything is read."""
        self._local.settle = settle

    def _settle(self) -> None:
        settle: Callable[[], None] | None = getattr(self._local, "settle", None)
        if settle:
            settle()

    def rows(self, sql: str, args: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a reading query."""
        self._settle()
        with guarded():
            return list(self.connection.execute(sql, args).fetchall())

    def each(self, sql: str, args: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a reading query one by one, for those that would fill the memory."""
        self._settle()
        with guarded():
            yield from self.connection.execute(sql, args)

    def value(self, sql: str, args: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or `None`."""
        self._settle()
        with guarded():
            row = self.connection.execute(sql, args).fetchone()
        return row[0] if row else None

    def find(self, cls: type[R], uid: str) -> R | None:
        """A record by its uid."""
        found = self.select(cls, "uid = ?", (uid,)) if uid else None
        return found[0] if found else None

    def get(self, cls: type[R], uid: str) -> R:
        """A record by its uid.

        Raises:
            NotFound: nothing has it.
        """
        found = self.find(cls, uid)
        if found is None:
            raise NotFound(uid)
        return found

    def select(self, cls: type[R], where: str, args: Sequence[Any] = (), order: str = "id") -> list[R]:
        """Records of one table that fulfil an SQL condition; columns named in it are the record's fields."""
        rows = self.rows(f"SELECT {columns_sql(cls)} FROM [{cls.table}] WHERE {where} ORDER BY {order}", args)
        return [from_row(cls, row) for row in rows]

    def live(self, cls: type[R], *, order: str = "id", limit: int = -1, **given: object) -> list[R]:
        """Records that count, not annulled, whose fields have the values given; by default all, as written.

        `None` asks for an empty field, a collection for any of its values.
        """
        conditions, args = [LIVE], list[object]()
        for name, value in given.items():
            condition, values = _equals(cls, name, value)
            conditions.append(condition)
            args += values
        return self.select(cls, " AND ".join(conditions), args, f"{order} LIMIT {limit:d}")

    def named(self, cls: type[R], key: str, *, ever: bool = False) -> R | None:
        """A record by its uid, annulled or not, or the one that counts by its number; `ever` an annulled too."""
        if not key:
            return None
        # without the first words the index over numbers would be of no use
        where = "number <> '' AND number = ?" + ("" if ever else f" AND {LIVE}")
        return self.find(cls, key) or next(iter(self.select(cls, where, (key,))), None)

    def fold(self) -> None:
        """Write the log into the file, which is to be renamed: closing does it too, but not on a full disk.

        Raises:
            StoreProblem: no room, or another program reads it.
        """
        with guarded():
            is_busy, _log, _folded = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if is_busy:
                raise dbapi.OperationalError("database is locked")

    def close(self) -> None:
        """Close every thread's connection; the last one folds the write-ahead log into the file."""
        with self._guard:
            for connection in self._all:
                with suppress(dbapi.Error):
                    # closing would do it too, but other threads, such as the window's, would stand still meanwhile
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                connection.close()
            self._all.clear()
        self._local = threading.local()

    def backup_to(self, target: Path) -> None:
        """A consistent copy while the office works; written beside the target and checked, then renamed.

        Raises:
            StoreProblem: no room, no right, or what was written does not read back well.
        """
        partial = target.with_name(target.name + ".partial")
        partial.unlink(missing_ok=True)
        try:
            with guarded():
                make_private(partial)
                self.connection.execute("VACUUM INTO ?", (str(partial),))
                _refuse_bad_copy(partial, self._passphrase)
                partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def _refuse_bad_copy(file: Path, passphrase: str | None) -> None:
    copy = _opened(file, "rw", passphrase, ())
    try:
        said = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        copy.close()
    if said != "ok":
        raise StoreProblem(
            N_("The copy does not read back as it was written."),
            hint=N_("Copy to another disk. Then look at the office with: migdesk doctor"),
        )


_IDENTITY: dict[str, Callable[[Any], Any]] = {"uid": str, "id": int}


def _equals(cls: type[Record], name: str, value: object) -> tuple[str, list[object]]:
    """The SQL condition that a field has a value, or one of several."""
    if value is None:
        return f"[{name}] IS NULL", []
    to_sql = _IDENTITY.get(name) or spec(cls, name).field.to_sql
    if isinstance(value, Collection) and not isinstance(value, str):
        return f"[{name}] IN ({','.join('?' * len(value))})", [to_sql(one) for one in value]
    filled = f"[{name}] <> '' AND " if name == "number" and value else ""
    return f"{filled}[{name}] = ?", [to_sql(value)]


def _connect(path: Path, passphrase: str | None) -> tuple[Connection, bool]:
    """A connection, and whether it can only read: an office may lie on a disk that nobody can write."""
    if dbapi.sqlite_version_info < SQLITE_MINIMUM:
        raise StoreProblem(
            N_("The SQLite of this machine is too old."),
            hint=N_("Install MigDesk again with its own engine."),
        )
    with guarded():
        try:
            return _opened(path, "rw", passphrase, _PRAGMAS), not os.access(path, os.W_OK)
        except dbapi.OperationalError as error:
            refuse_gone(path)
            if not {"readonly", "unable"} & set(str(error).split()):
                raise
            return opened_for_reading(path, passphrase), True


def refuse_gone(path: Path) -> None:
    """An office's file is made once, when the office is: nothing is written where it is no more.

    Raises:
        StoreProblem: the folder was removed, or the disk or share with it taken away.
    """
    if not path.is_file():
        raise StoreProblem(
            N_("The office's file is no longer in {folder}."),
            hint=N_("Connect the disk or the network folder again, then try again. Nothing was written."),
            folder=str(path.parent),
        )


def _address(path: Path, mode: str) -> str:
    """An address that never makes a file: what SQLite makes of a missing one would pass for an office."""
    place = path.absolute().as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(place, safe='/:')}?mode={mode}"


def opened_for_reading(path: Path, passphrase: str | None) -> Connection:
    """Read without a log beside the file; only where no log waits, which holds what was written last."""
    log = path.with_name(path.name + "-wal")
    waits = log.is_file() and log.stat().st_size > 0
    return _opened(path, "ro" if waits else "ro&immutable=1", passphrase, _FOR_READING)


def _opened(path: Path, mode: str, passphrase: str | None, pragmas: Iterable[str]) -> Connection:
    connection = dbapi.connect(
        _address(path, mode), timeout=5.0, isolation_level=None, check_same_thread=False, uri=True
    )
    try:
        unlock(connection, path, passphrase)
        for pragma in pragmas:
            connection.execute(pragma)
        # SQLite's own lower() knows no Cyrillic
        connection.create_function("plain", 1, lambda text: str(text or "").casefold(), deterministic=True)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def unlock(connection: Connection, path: Path, passphrase: str | None) -> None:
    """Give the engine its key; its own lines on standard error about a wrong one help nobody."""
    if not passphrase:
        return
    connection.execute("PRAGMA cipher_log_level = NONE")
    salt = _salt_of(path)
    rounds, way = (
        connection.execute(f"PRAGMA cipher_default_{name}").fetchone()[0]
        for name in ("kdf_iter", "kdf_algorithm")
    )
    if salt and way == "PBKDF2_HMAC_SHA512" and not passphrase.startswith("x'"):
        named = f"x'{_derived(passphrase, salt, int(rounds)).hex()}{salt.hex()}'"
    else:
        named = passphrase
    connection.execute("PRAGMA key = '{}'".format(named.replace("'", "''")))


_KEY, _SALT = 32, 16
"""Bytes of a key, and of what an encrypted file begins with, so that no two have one key."""


def _salt_of(path: Path) -> bytes:
    """Nothing while the file is being made."""
    with suppress(OSError), path.open("rb") as content:
        begin = content.read(_SALT)
        return begin if len(begin) == _SALT else b""
    return b""


@lru_cache(maxsize=8)
def _derived(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """The key of a file, worked out once in a program: the engine would for every connection, in 0.1 to 0.4 s."""
    return pbkdf2_hmac("sha512", passphrase.encode(), salt, rounds, _KEY)


def engine_version(store: Store) -> str:
    """The version of SQLite."""
    return str(store.value("SELECT sqlite_version()"))


def check_integrity(store: Store) -> Iterable[str]:
    """What SQLite finds wrong with the file and its foreign keys; nothing when all is well."""
    yield from (row[0] for row in store.rows("PRAGMA integrity_check(20)") if row[0] != "ok")
    yield from (f"{row[0]} row {row[1]} → {row[2]}" for row in store.rows("PRAGMA foreign_key_check"))
