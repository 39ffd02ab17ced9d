"""The office itself: make it, keep a copy, bring one back, name its operators."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import chain, count
from pathlib import Path

from migdesk import paths
from migdesk.domain.change import Op
from migdesk.domain.errors import BadFile, Invalid, Refused, StoreProblem, refuse_if_blocked
from migdesk.domain.finding import Finding, Severity, block
from migdesk.domain.office import Office, Operator, Role, Setting, check_office
from migdesk.domain.passphrase import settled
from migdesk.domain.place import Place
from migdesk.domain.record import tidied
from migdesk.i18n import N_
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.givenfile import open_given
from migdesk.services.laws import law_counted
from migdesk.services.upkeep.copies import compare, look_through, sealed, whose
from migdesk.store import files, places
from migdesk.store.database import FILE
from migdesk.store.engine import guarded


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
    office = replace(tidied(office), code=office.code.upper())
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
    passphrase = settled(passphrase)
    with files.making(home / FILE, passphrase) as store:
        desk = Desk(home, store, clock=clock, operator=operator)
        with desk.write(Op.INIT_OFFICE) as tx:
            places.replace_all(tx.connection, shipped_places())
            places.index(tx.connection)
            tx.put(office)
            tx.put(Operator(login=desk.operator, name=desk.operator, role=Role.HEAD))
            law_counted.remember(tx)
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
        StoreProblem: the target cannot be written, its folder is not there.
        Invalid: there is a file or folder of that name already, or the name is one of the office's own.
    """
    if target.is_dir():
        raise Invalid([block("folder", N_("This is a folder: name a file in it."), "file")])
    if target.exists():
        raise Invalid([block("exists", N_("There is a file of that name already."), "file")])
    if not target.parent.is_dir():
        raise StoreProblem(N_("There is no such folder: {folder}."), folder=str(target.parent))
    if paths.belongs_to_office(target) and target.parent.resolve() == desk.home.resolve():
        raise Invalid([block("own_name", N_("This name belongs to the office's own files."), "file")])
    desk.store.backup_to(target)
    return target


def restore(
    home: Path,
    source: Path,
    *,
    clock: Clock | None = None,
    passphrase: str | None = None,
    told: Callable[[list[Finding]], object] = list,
) -> Path | None:
    """Put a backup in the office's place; the old file stays beside it. The answer is where the old one is.

    With a passphrase a plain backup is encrypted on the way: an office never loses its passphrase silently.
    Before anything is replaced, `told` hears of which office the backup is and whether it was changed from outside,
    and may raise; afterwards, what became of a backup that was encrypted on the way.

    Raises:
        BadFile: the backup is no whole office file, has another passphrase, is newer than this program, or has
            triggers, views or tables that are not of it.
        Refused: the office is encrypted, the backup is not, and no passphrase is given.
        StoreProblem: another program has the old office open, no room.
    """
    open_given(source).close()
    target, partial = home / FILE, home / (FILE + ".restoring")
    try:
        files.clear_unfinished(target)
        _fetch(source, partial)
        is_plain = files.is_plain(partial)
        passphrase = settled(passphrase) if is_plain else files.fitting(partial, passphrase)
        told(_said_of(source, partial, target, passphrase))
        if is_plain:
            _keep_encrypted(partial, target, passphrase)
        kept = _kept_name(home, clock or Clock()) if target.exists() else None
        if kept:
            files.set_aside(target, kept, passphrase)
        files.remove_logs(target)  # those of the old file would be played into the new one
        with guarded():
            partial.replace(target)
    finally:
        files.remove(partial)
    if is_plain and passphrase:
        told(sealed(target, kept))
    return kept


def _said_of(source: Path, partial: Path, target: Path, passphrase: str | None) -> list[Finding]:
    """What is to be known of a backup before it takes a place: was it changed, whose is it, whose place is it."""
    found = look_through(source, partial, None if files.is_plain(partial) else passphrase)
    copy, here = whose(partial, passphrase), whose(target, passphrase)
    return [*found, *compare(copy, here, replaces=target.exists())]


def restore_unchanged(
    home: Path,
    source: Path,
    *,
    clock: Clock | None = None,
    passphrase: str | None = None,
    told: Callable[[list[Finding]], object] = list,
) -> Path | None:
    """Put a backup in the office's place unless it is of another office or was changed: then the person is asked.

    Raises:
        Doubtful: says what is doubtful; nothing was replaced.
        BadFile, Refused, StoreProblem: as `restore`.
    """

    def doubt(found: list[Finding]) -> None:
        if any(one.severity is Severity.WARN for one in found):
            raise Doubtful(found)
        told(found)

    return restore(home, source, clock=clock, passphrase=passphrase, told=doubt)


class Doubtful(Invalid):
    """A backup of another office, or changed from outside: it may be taken, but only by somebody who knows it."""

    code = "doubtful"


def _fetch(source: Path, partial: Path) -> None:
    """Copy a backup beside the office, with the log that lies beside it when somebody copied it by hand."""
    with guarded():
        partial.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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


def _kept_name(home: Path, clock: Clock) -> Path:
    """A name that is free: two offices may be brought back within one second."""
    moment = clock.now().strftime("%Y%m%d-%H%M%S")
    ends = chain([""], (f"-{number}" for number in count(2)))
    names = (home / f"office-before-restore-{moment}{end}.sqlite" for end in ends)
    return next(name for name in names if not name.exists())
