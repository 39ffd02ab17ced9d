"""Sample offices for the bench: made once, kept until the code that makes them changes."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from migdesk import paths
from migdesk.domain.office import Office
from migdesk.i18n import load_catalogues, set_language
from migdesk.services import sample
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.progress import Progress
from migdesk.services.sample import register
from migdesk.services.upkeep.office import init_office
from migdesk.store import migrations
from migdesk.store.database import FILE
from migdesk.store.engine import Connection, dbapi

TODAY = date(2026, 11, 23)
Say = Callable[[str], None]
Statement = tuple[str, Sequence[Any]]


def made_by() -> str:
    """A mark of everything that decides what a sample office holds."""
    package = Path(sample.__file__).parent
    sources = [*package.glob("*.py"), package.parents[1] / "domain" / "letters.py"]
    sources += [paths.resources() / "lists" / name for name in ("sample.toml", "names.csv")]
    digest = hashlib.sha256(migrations.fingerprint().encode())
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def ready(folder: Path, persons: int, say: Say) -> Path:
    """The folder of an office with so many persons; made now if there is none that fits."""
    home = folder / f"{persons}-{made_by()}"
    if home.exists():
        return home
    for older in folder.glob(f"{persons}-*"):
        shutil.rmtree(older)
    partial = folder / f"making-{persons}"
    shutil.rmtree(partial, ignore_errors=True)
    start = time.monotonic()

    def tell(done: int, total: int, _text: str) -> None:
        if done == total or done % 10_000 < register.CHUNK:
            say(f"making an office of {total} persons: {done * 100 // total} %")

    office = Office(code="PVL", name="Павлодар облысы", region="550000000")
    desk = init_office(partial, office, clock=Clock(TODAY), operator="bench")
    register.fill(desk, persons, Progress(tell))
    desk.close()
    partial.rename(home)
    say(f"an office of {persons} persons was made in {time.monotonic() - start:.0f} s")
    return home


@contextmanager
def copied(home: Path, scratch: Path) -> Iterator[Path]:
    """A copy of an office that may be written to; gone afterwards."""
    copy = scratch / "office"
    copy.mkdir(parents=True)
    try:
        shutil.copyfile(home / FILE, copy / FILE)
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


@contextmanager
def opened(home: Path) -> Iterator[Desk]:
    """An office as the program opens it, in Russian."""
    load_catalogues(paths.resources() / "locale")
    set_language("ru")
    desk = open_desk(home, clock=Clock(TODAY), operator="bench")
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def bare_engine(home: Path) -> Iterator[Connection]:
    """The engine on the office's file, without any of our code: durable, with the same cache."""
    connection = dbapi.connect(str(home / FILE), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-64000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    try:
        yield connection
    finally:
        connection.close()


def asked_by(desk: Desk, work: Callable[[], Any]) -> list[Statement]:
    """The reading statements that a piece of work asks of the store, to be asked again without our code."""
    asked: list[Statement] = []
    ways: dict[str, Any] = {name: getattr(desk.store, name) for name in ("rows", "each", "value")}

    def noting(plain: Any) -> Callable[..., Any]:
        def note(sql: str, args: Sequence[Any] = ()) -> Any:
            asked.append((sql, args))
            return plain(sql, args)

        return note

    for name, plain in ways.items():
        setattr(desk.store, name, noting(plain))
    try:
        work()
    finally:
        for name in ways:
            delattr(desk.store, name)
    return asked


def ask_again(connection: Connection, statements: Sequence[Statement]) -> None:
    """The same statements by the bare engine."""
    for sql, args in statements:
        connection.execute(sql, args).fetchall()
