"""The office itself: make it, keep a copy, bring one back, name its operators."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain, count
from pathlib import Path

from migdesk import paths
from migdesk.domain.change import Op
from migdesk.domain.errors import BadFile, Invalid, Refused, refuse_if_blocked
from migdesk.domain.finding import block
from migdesk.domain.office import Office, Operator, Setting, check_office
from migdesk.domain.place import Place
from migdesk.i18n import N_
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.store import drafts, files, places
from migdesk.store.database import FILE, check_integrity
from migdesk.store.engine import Damaged, guarded


def init_office(
    home: Path,
    office: Office,
    *,
    clock: Clock | None = None,
    operator: str = "",
    passphrase: str | None = None,
) -> Desk:
    """Make the office of a folder, with the shipped classifier of places, and open it; its code in capitals.

    Raises:
        Invalid: code, name or region is missing, or the region is none.
        StoreProblem: there is an office already, or the folder cannot be written.
    """
    office = replace(office, code=office.code.upper())
    refuse_if_blocked(check_office(office))
    regions = {place.code for place in shipped_places() if place.level == 1}
    if office.region not in regions:
        raise Invalid(
            [
                block(
                    "unknown_region",
                    N_("“{code}” is not the code of a region."),
                    "region",
                    code=office.region,
                )
            ]
        )
    with files.making(home / FILE, passphrase) as store:
        desk = Desk(home, store, clock=clock, operator=operator)
        with desk.write(Op.INIT_OFFICE) as tx:
            places.replace_all(tx.connection, shipped_places())
            places.index(tx.connection)
            tx.put(office)
            tx.put(Operator(login=desk.operator, name=desk.operator))
    return open_desk(home, clock=clock, operator=operator, passphrase=passphrase)


def shipped_places() -> Iterable[Place]:
    """The classifier of places that came with the program."""
    file = paths.resources() / "lists" / "kato.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Place(
                code=row["code"],
                level=int(row["level"]),
                parent=row["parent"],
                kk=row["kk"],
                ru=row["ru"],
                en=row["en"],
                kind=row["kind"],
                valid_from=row["valid_from"],
                valid_to=row["valid_to"],
                confidence=row["confidence"],
            )


def take_places(desk: Desk, newer: list[Place], on: date) -> tuple[int, int]:
    """Bring in a newer official classifier: how many places it has, and how many old codes it closed.

    Old codes stay readable for events of their days.
    """
    with desk.write(Op.TAKE_PLACES) as tx:
        taken = places.replace_all(tx.connection, newer)
        closed = places.close_missing(tx.connection, [place.code for place in newer], on.isoformat())
        places.index(tx.connection)
        tx.put(Setting(key=f"kato.{on.isoformat()}", value=f"{taken}/{closed}"))
    return taken, closed


def back_up(desk: Desk, target: Path) -> Path:
    """A consistent copy of the office's file, checked by opening it.

    Raises:
        StoreProblem: the target cannot be written.
        Invalid: there is a file of that name already, or the name is one of the office's own.
    """
    if target.exists():
        raise Invalid([block("exists", N_("There is a file of that name already."), "file")])
    if paths.belongs_to_office(target) and target.parent.resolve() == desk.home.resolve():
        raise Invalid([block("own_name", N_("This name belongs to the office's own files."), "file")])
    desk.store.backup_to(target)
    return target


def restore(
    home: Path, source: Path, *, clock: Clock | None = None, passphrase: str | None = None
) -> Path | None:
    """Put a backup in the office's place; the old file stays beside it. The answer is where the old one is.

    With a passphrase a plain backup is encrypted on the way: an office never loses its passphrase silently.

    Raises:
        BadFile: the backup is no whole office file, or has another passphrase.
        Refused: the office is encrypted, the backup is not, and no passphrase is given.
        StoreProblem: newer, another program has the old office open, no room.
    """
    if not source.is_file():
        raise BadFile(source, "", N_("There is no such file."))
    target, partial = home / FILE, home / (FILE + ".restoring")
    try:
        with guarded():
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _fetch(source, partial)
        is_plain = files.is_plain(partial)
        _refuse_unsound(source, partial, None if is_plain else passphrase)
        if is_plain:
            _keep_encrypted(partial, target, passphrase)
        kept = _kept_name(home, clock or Clock()) if target.exists() else None
        if kept:
            files.set_aside(target, kept, passphrase)
        # logs of the old file would be played into the new one
        files.remove_logs(target)
        with guarded():
            partial.replace(target)
    finally:
        files.remove(partial)
    return kept


def _fetch(source: Path, partial: Path) -> None:
    """Copy a backup beside the office, with the log that lies beside it when somebody copied it by hand."""
    files.remove(partial)
    for end in ("", "-wal"):
        part = source.with_name(source.name + end)
        if end and not part.is_file():
            continue
        try:
            content = part.open("rb")
        except OSError:
            raise BadFile(
                part, "", N_("The file cannot be read."), hint=N_("Ask for the right to read it.")
            ) from None
        with content, guarded():
            files.keep(content, partial.with_name(partial.name + end))


def _keep_encrypted(partial: Path, target: Path, passphrase: str | None) -> None:
    """A plain backup takes the passphrase given; without one it does not replace an encrypted office."""
    if passphrase:
        files.encrypt(partial, passphrase)
    elif target.is_file() and files.looks_encrypted(target):
        message = N_(
            "This office is encrypted and the backup is not. Give the passphrase with --passphrase-file: "
            "the backup will be encrypted with it."
        )
        raise Refused([block("would_be_plain", message, "passphrase")])


def _refuse_unsound(source: Path, partial: Path, passphrase: str | None) -> None:
    """A file that is no office with nothing wrong in it; an empty file is a database too, but no office."""
    try:
        sound = files.holds_office(partial, passphrase)
        if sound:
            copy = files.open_store(partial, passphrase)
            try:
                sound = not list(check_integrity(copy))
                copy.fold()
            finally:
                copy.close()
    except Damaged:
        sound = False
    if not sound and (files.is_plain(partial) or not partial.stat().st_size):
        raise BadFile(source, "", N_("The backup is damaged."), hint=N_("Take an older one."))
    if not sound:
        raise BadFile(
            source,
            "",
            N_("The backup cannot be opened: it has another passphrase, or is damaged."),
            hint=N_("Give its passphrase with --passphrase-file; if it is right, take an older backup."),
        )


def _kept_name(home: Path, clock: Clock) -> Path:
    """A name that is free: two offices may be brought back within one second."""
    moment = clock.now().strftime("%Y%m%d-%H%M%S")
    ends = chain([""], (f"-{number}" for number in count(2)))
    names = (home / f"office-before-restore-{moment}{end}.sqlite" for end in ends)
    return next(name for name in names if not name.exists())


def keep_draft(desk: Desk, key: str, content: str) -> None:
    """Keep what is typed so far."""
    drafts.keep_draft(desk.store, key, content, desk.clock.now().isoformat())


def find_draft(desk: Desk, key: str) -> str | None:
    """What was typed and not yet saved."""
    found = drafts.find_draft(desk.store, key)
    return found[0] if found else None


def drop_draft(desk: Desk, key: str) -> None:
    """Forget a draft: it was saved, or the clerk threw it away."""
    drafts.drop_draft(desk.store, key)


def remember(desk: Desk, key: str, value: str) -> None:
    """Keep a habit of the window, where the office may be written."""
    if not desk.store.is_read_only:
        drafts.remember(desk.store, key, value)


def recall(desk: Desk, key: str) -> str | None:
    """A kept habit of the window."""
    return drafts.recall(desk.store, key)
