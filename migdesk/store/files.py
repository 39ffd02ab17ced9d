"""An office's file as a whole: made, opened, brought up to date, encrypted, set aside."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from migdesk.domain.errors import StoreProblem
from migdesk.domain.passphrase import forms
from migdesk.i18n import N_
from migdesk.paths import make_private
from migdesk.store import migrations
from migdesk.store.database import Store, opened_for_reading, unlock
from migdesk.store.engine import Damaged, dbapi, guarded
from migdesk.store.running import is_running
from migdesk.store.strangers import refuse_strangers

_PLAIN = b"SQLite format 3\x00"
_ABANDONED = 600
"""Seconds after which nobody goes on making an office: it takes less than ten."""
_MAKING = ".making-"
_BESIDE = ("-wal", "-shm", "-journal")


class Newer(StoreProblem):
    """A file of a program newer than this one."""


@contextmanager
def making(path: Path, passphrase: str | None = None) -> Iterator[Store]:
    """A new office's file: built under another name, and given its own when all inside went well.

    A program that is killed meanwhile leaves no office behind, and the next attempt clears away what it left.

    Raises:
        StoreProblem: there is an office already, or the folder cannot be written.
    """
    made = path.with_name(f"{path.name}{_MAKING}{os.getpid()}")
    with guarded():
        if path.exists():
            raise _taken()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        remove(made)
        clear_unfinished(path)
        make_private(made)
    store = Store(made, passphrase)
    try:
        _migrate(store)
        yield store
        store.fold()
        store.close()
        with guarded():
            _give_name(made, path)
    finally:
        store.close()
        remove(made)


def clear_unfinished(path: Path) -> None:
    """Take away what an `init` left that was killed: its process is gone, or it is older than any takes."""
    for left in path.parent.glob(f"{path.name}{_MAKING}*"):
        pid = left.name.rpartition(_MAKING)[2].partition("-")[0]
        with suppress(OSError):
            is_old = time.time() - left.stat().st_mtime > _ABANDONED
            if is_old or not (pid.isdecimal() and is_running(int(pid))):
                left.unlink()


def _give_name(made: Path, path: Path) -> None:
    """Rename, but never over the office that another program made at the same moment.

    Logs whose database is gone would be played into the new one: they step aside.
    """
    for end in _BESIDE:
        if not path.exists() and (left := path.with_name(path.name + end)).is_file():
            left.replace(left.with_name(left.name + ".old"))
    try:
        os.link(made, path)
    except FileExistsError:
        raise _taken() from None
    except OSError:
        made.rename(path)  # memory sticks and some shares have no hard links


def _taken() -> StoreProblem:
    return StoreProblem(
        N_("There is an office in this folder already."),
        hint=N_("Open it, or choose another folder with --home."),
    )


def remove(file: Path) -> None:
    """Take away a database that is not to stay, with its logs."""
    file.unlink(missing_ok=True)
    remove_logs(file)


def remove_logs(file: Path) -> None:
    """Take away what lies beside a database that was not closed."""
    for end in _BESIDE:
        file.with_name(file.name + end).unlink(missing_ok=True)


def keep(content: IO[bytes], target: Path) -> None:
    """Write a copy that only its owner may read.

    Raises:
        OSError: the disk or the folder refuses.
    """
    make_private(target)
    with target.open("wb") as copy:
        shutil.copyfileobj(content, copy, 1 << 20)


def open_store(path: Path, passphrase: str | None = None, *, in_parts: bool = False) -> Store:
    """Open an office's file and bring an older one up to date, after a dated copy of it.

    `in_parts` opens one that lacks tables or has foreign triggers too, for the doctor.

    Raises:
        StoreProblem: none here, newer than this program, locked, damaged, wrong passphrase.
    """
    if not path.exists():
        raise StoreProblem(
            N_("There is no office in this folder."),
            hint=N_("Make one with: migdesk init, or look at a sample one with: migdesk demo"),
        )
    clear_unfinished(path)
    store = Store(path, passphrase)
    try:
        version = store.value("PRAGMA user_version")
        _refuse_unfit(store, version)
        if version < migrations.SCHEMA:
            _copy_before_migration(store, version)
            _migrate(store)
        if not in_parts and (lacking := missing_tables(store)):
            raise Damaged(
                N_("Tables of the office's database are missing: {names}."),
                hint=N_("Restore the last backup with: migdesk restore FILE, or see: migdesk doctor"),
                names=", ".join(lacking),
            )
        if not in_parts:
            refuse_strangers(store)
    except BaseException:
        store.close()
        raise
    return store


def _refuse_newer(version: int) -> None:
    if version > migrations.SCHEMA:
        raise Newer(
            N_(
                "This office was opened with a newer MigDesk (its schema is {theirs}, this one knows {ours})."
            ),
            hint=N_("Install the newer program on this machine; nothing was changed."),
            theirs=version,
            ours=migrations.SCHEMA,
        )


def _refuse_unfit(store: Store, version: int) -> None:
    _refuse_newer(version)
    if version < 1 or not store.value("SELECT count(*) FROM sqlite_master WHERE name = 'op'"):
        # an empty file is a database too: it must not become a new office without anybody in it
        raise Damaged(
            N_("The office's database is damaged."),
            hint=N_("Restore the last backup with: migdesk restore FILE"),
        )
    if version < migrations.SCHEMA and store.is_read_only:
        raise StoreProblem(
            N_("This office was made by an older MigDesk and must be brought up to date first."),
            hint=N_("It may only be read here: copy its folder to a place where it may be written."),
        )


def missing_tables(store: Store) -> list[str]:
    """Tables that every office has and this file lacks."""
    there = {row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return sorted(migrations.TABLES - there)


def is_plain(path: Path) -> bool:
    """Whether a file is a database without a passphrase."""
    with path.open("rb") as content:
        return content.read(len(_PLAIN)) == _PLAIN


def looks_encrypted(path: Path) -> bool:
    """Whether a file is one of an office with a passphrase, as far as that can be seen without it.

    What is encrypted looks like chance: no byte stands out. A damaged plain file is full of blanks and letters.
    """
    with path.open("rb") as content:
        begin = content.read(1 << 16)
    return len(begin) >= 4096 and max(begin.count(byte) for byte in range(256)) < len(begin) / 50


def encrypt(path: Path, passphrase: str) -> None:
    """Put an encrypted copy of a plain database in its place."""
    sealed = path.with_name(path.name + ".sealed")
    remove(sealed)
    try:
        with guarded():
            make_private(sealed)
            connection = dbapi.connect(str(path), isolation_level=None)
            try:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                connection.execute("ATTACH DATABASE ? AS sealed KEY ?", (str(sealed), passphrase))
                connection.execute("SELECT sqlcipher_export('sealed')").fetchall()
                connection.execute(f"PRAGMA sealed.user_version = {version:d}")
                connection.execute("DETACH DATABASE sealed")
            finally:
                connection.close()
            remove(path)
            sealed.replace(path)
    finally:
        remove(sealed)


def fitting(path: Path, passphrase: str | None) -> str | None:
    """The form of a passphrase that opens a file; as given when there is one form only, or none opens it.

    Raises:
        StoreProblem: locked, not readable.
    """
    known = forms(passphrase)
    for form in known if len(known) > 1 and path.is_file() else ():
        store = Store(path, form)
        try:
            store.value("SELECT count(*) FROM sqlite_master")
        except Damaged:
            continue
        finally:
            store.close()
        return form
    return passphrase


def holds_office(path: Path, passphrase: str | None = None) -> bool:
    """Whether a database has a journal with an entry, as every office has from its first moment.

    Raises:
        StoreProblem: damaged, wrong passphrase.
    """
    store = Store(path, passphrase)
    try:
        journal = store.value("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'op'")
        return bool(journal and store.value("SELECT count(*) FROM op"))
    finally:
        store.close()


def read_identity(path: Path, passphrase: str | None = None) -> tuple[str, str, str, int, str] | None:
    """Of which office a file is, without changing a byte of it: uid, code, name, its people, its last entry.

    Nothing when it cannot be read: damaged, another passphrase, no office inside.
    """
    sql = (
        "SELECT o.uid, o.code, o.name, (SELECT count(*) FROM person WHERE annulled_on IS NULL), "
        "coalesce((SELECT at FROM op ORDER BY id DESC LIMIT 1), '') FROM office o WHERE o.annulled_on IS NULL"
    )
    try:
        with guarded():
            connection = opened_for_reading(path, passphrase)
            try:
                found = connection.execute(sql).fetchone()
            finally:
                connection.close()
    except StoreProblem:
        return None
    return tuple(found) if found else None


def set_aside(path: Path, kept: Path, passphrase: str | None = None) -> None:
    """Copy an office's file as it is, damaged or not, while no other program has it open.

    Raises:
        StoreProblem: another program has it open, or there is no room for the copy.
    """
    with guarded():
        connection = dbapi.connect(str(path), timeout=2.0, isolation_level=None)
        try:
            unlock(connection, path, passphrase)
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
                    with file.open("rb") as content:
                        keep(content, copy)
                except OSError:
                    copy.unlink(missing_ok=True)
                    raise


def _migrate(store: Store) -> None:
    """Bring a file up to date; another window may have done it while this one waited for the lock."""
    connection = store.connection
    with guarded():
        connection.execute("BEGIN IMMEDIATE")
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            _refuse_newer(version)
            if version < migrations.SCHEMA:
                migrations.grow(connection, version)
                connection.execute(f"PRAGMA user_version = {migrations.SCHEMA}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _copy_before_migration(store: Store, version: int) -> Path:
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    folder = store.path.parent / "backups"
    with guarded():
        folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"before-schema-{migrations.SCHEMA}-from-{version}-{stamp}.sqlite"
    store.backup_to(target)
    return target
