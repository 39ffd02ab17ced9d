"""Open the office's file: passphrase, pragmas, version guard, a dated copy before migrating."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from migdesk.domain.errors import NotFound, StoreProblem
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.store import migrations
from migdesk.store.engine import SQLITE_MINIMUM, Connection, dbapi, guarded
from migdesk.store.rows import columns_sql, from_row

R = TypeVar("R", bound=Record)

FILE = "office.sqlite"
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-64000",
    "PRAGMA temp_store=MEMORY",
)


class Store:
    """One office's file. Connections are one per thread; writing goes through `writer.Tx`."""

    def __init__(self, path: Path, passphrase: str | None = None) -> None:
        self.path = path
        self._passphrase = passphrase
        self._local = threading.local()
        self._all: list[Connection] = []
        self._guard = threading.Lock()

    @property
    def connection(self) -> Connection:
        """This thread's connection, opened on first use.

        Raises:
            StoreProblem: wrong passphrase, damaged, locked, not writable.
        """
        found: Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = _connect(self.path, self._passphrase)
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

    def value(self, sql: str, args: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or `None`."""
        self._settle()
        with guarded():
            row = self.connection.execute(sql, args).fetchone()
        return row[0] if row else None

    def find(self, cls: type[R], uid: str) -> R | None:
        """A record by its uid."""
        found = self.select(cls, "uid = ?", (uid,))
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
        rows = self.rows(f'SELECT {columns_sql(cls)} FROM "{cls.table}" WHERE {where} ORDER BY {order}', args)
        return [from_row(cls, row) for row in rows]

    def close(self) -> None:
        """Close every thread's connection; the last one folds the write-ahead log into the file."""
        with self._guard:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()

    def backup_to(self, target: Path) -> None:
        """A consistent copy while the office works; written beside the target first, then renamed."""
        partial = target.with_name(target.name + ".partial")
        partial.unlink(missing_ok=True)
        try:
            with guarded():
                self.connection.execute("VACUUM INTO ?", (str(partial),))
                partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def create(path: Path, passphrase: str | None = None) -> Store:
    """Make a new office's file.

    Raises:
        StoreProblem: there is one already, or the folder cannot be written.
    """
    if path.exists():
        raise StoreProblem(
            N_("There is an office in this folder already."),
            hint=N_("Open it, or choose another folder with --home."),
        )
    with guarded():
        path.parent.mkdir(parents=True, exist_ok=True)
    store = Store(path, passphrase)
    _migrate(store, 0)
    return store


def open_store(path: Path, passphrase: str | None = None) -> Store:
    """Open an office's file and bring an older one up to date, after a dated copy of it.

    Raises:
        StoreProblem: none here, newer than this program, locked, damaged, wrong passphrase.
    """
    if not path.exists():
        raise StoreProblem(
            N_("There is no office in this folder."),
            hint=N_("Make one with: migdesk init, or look at a sample one with: migdesk demo"),
        )
    store = Store(path, passphrase)
    version = store.value("PRAGMA user_version")
    if version > migrations.SCHEMA:
        store.close()
        raise StoreProblem(
            N_(
                "This office was opened with a newer MigDesk (its schema is {theirs}, this one knows {ours})."
            ),
            hint=N_("Install the newer program on this machine; nothing was changed."),
            theirs=version,
            ours=migrations.SCHEMA,
        )
    if not store.value("SELECT count(*) FROM sqlite_master WHERE name = 'op'"):
        # an empty file is a database too: it must not become a new office without anybody in it
        store.close()
        raise StoreProblem(
            N_("The office's database is damaged."),
            hint=N_("Restore the last backup with: migdesk restore FILE"),
        )
    if version < migrations.SCHEMA:
        _copy_before_migration(store, version)
        _migrate(store, version)
    return store


def holds_office(path: Path, passphrase: str | None = None) -> bool:
    """Whether a database has a journal with an entry, as every office has from its first moment.

    Raises:
        StoreProblem: damaged, wrong passphrase.
    """
    store = Store(path, passphrase)
    try:
        journal = store.value("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'op'")
        return bool(journal and store.value('SELECT count(*) FROM "op"'))
    finally:
        store.close()


def set_aside(path: Path, kept: Path, passphrase: str | None = None) -> None:
    """Copy an office's file as it is, damaged or not, while no other program has it open.

    Raises:
        StoreProblem: another program has it open, or there is no room for the copy.
    """
    with guarded():
        connection = dbapi.connect(str(path), timeout=2.0, isolation_level=None)
        try:
            _unlock(connection, passphrase)
            # folds the log into the file; only one who is alone with it may do that
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
        except dbapi.Error as error:
            if "locked" in str(error) or "busy" in str(error):
                raise
        finally:
            connection.close()
        for end in ("", "-wal"):
            if (file := path.with_name(path.name + end)).exists():
                copy = kept.with_name(kept.name + end)
                try:
                    shutil.copyfile(file, copy)
                except OSError:
                    copy.unlink(missing_ok=True)
                    raise


def _connect(path: Path, passphrase: str | None) -> Connection:
    if dbapi.sqlite_version_info < SQLITE_MINIMUM:
        raise StoreProblem(
            N_("The SQLite of this machine is too old."),
            hint=N_("Install MigDesk again with its own engine."),
        )
    with guarded():
        connection = dbapi.connect(str(path), timeout=5.0, isolation_level=None, check_same_thread=False)
        _unlock(connection, passphrase)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _unlock(connection: Connection, passphrase: str | None) -> None:
    """Give the engine its key; its own lines on standard error about a wrong one help nobody."""
    if passphrase:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA key = '{}'".format(passphrase.replace("'", "''")))


def _migrate(store: Store, version: int) -> None:
    connection = store.connection
    with guarded():
        connection.execute("BEGIN IMMEDIATE")
        try:
            for step in migrations.STEPS[version:]:
                step(connection)
            migrations.follow_fields(connection)
            connection.execute(f"PRAGMA user_version = {migrations.SCHEMA}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _copy_before_migration(store: Store, version: int) -> Path:
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    folder = store.path.parent / "backups"
    with guarded():
        folder.mkdir(exist_ok=True)
    target = folder / f"before-schema-{migrations.SCHEMA}-from-{version}-{stamp}.sqlite"
    store.backup_to(target)
    return target


def check_integrity(store: Store) -> Iterable[str]:
    """What SQLite finds wrong with the file and its foreign keys; nothing when all is well."""
    yield from (row[0] for row in store.rows("PRAGMA integrity_check(20)") if row[0] != "ok")
    yield from (f"{row[0]} row {row[1]} → {row[2]}" for row in store.rows("PRAGMA foreign_key_check"))
