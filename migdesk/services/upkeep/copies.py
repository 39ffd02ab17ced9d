"""Before a copy takes the office's place: is it whole, is everything in it of this program, was it changed?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Moment
from migdesk.domain.finding import Finding, note, warn
from migdesk.i18n import N_
from migdesk.store import files, journal, replay, soundness
from migdesk.store.database import Store, check_integrity
from migdesk.store.engine import Damaged

_NAMED = 5
"""Entries and records that are named one by one."""


@dataclass(frozen=True, slots=True)
class Known:
    """Which office a file is of, and how far it goes: how many people it has, and the day of its last entry."""

    uid: str
    code: str
    name: str
    people: int
    until: str

    def values(self, end: str = "") -> dict[str, object]:
        """The same for a sentence; `end` tells two offices in one sentence apart."""
        at = Moment("").show(datetime.fromisoformat(self.until)) if self.until else "—"
        known = {"code": self.code, "name": self.name, "people": self.people, "until": at}
        return {f"{key}{end}": value for key, value in known.items()}


def compare(copy: Known | None, here: Known | None, *, replaces: bool) -> list[Finding]:
    """What a copy brings, and whether it is of the office in whose place it comes, if it `replaces` one at all."""
    if copy is None:
        return []
    if here and here.uid != copy.uid:
        text = N_(
            "This is a backup of another office: {code} “{name}”, people: {people}, last entry {until}. It would "
            "replace {code_here} “{name_here}”, people: {people_here}, last entry {until_here}."
        )
        return [warn("other_office", text, None, **copy.values(), **here.values("_here"))]
    if replaces and not here:
        text = N_(
            "The office that is here cannot be read, so look whether this is its backup: {code} “{name}”, people: "
            "{people}, last entry {until}."
        )
        return [warn("unknown_here", text, None, **copy.values())]
    text = N_("The backup is of the office {code} “{name}”, people: {people}, last entry {until}.")
    found = [note("backup_of", text, None, **copy.values())]
    if here:
        text = N_("The office that was here had people: {people}, last entry {until}.")
        found.append(note("office_before", text, None, **here.values()))
    return found


def whose(file: Path, passphrase: str | None) -> Known | None:
    """Which office a file is of; nothing when there is none, or it cannot be read."""
    if not file.is_file():
        return None
    key = None if files.is_plain(file) else files.fitting(file, passphrase)
    found = files.read_identity(file, key)
    return Known(*found) if found else None


def sealed(target: Path, kept: Path | None) -> list[Finding]:
    """What became of a plain backup that was to be encrypted on its way, and which file stays readable."""
    if files.is_plain(target):
        return []
    text = N_(
        "The backup had no passphrase; the office is encrypted now, with the passphrase given. The backup itself "
        "stays readable for everybody: keep it locked away, or delete it."
    )
    found = [note("sealed", text)]
    if kept and files.is_plain(kept):
        text = N_(
            "The office that was here had no passphrase: {name} stays readable. Delete it once all is well."
        )
        found.append(note("kept_in_clear", text, None, name=kept.name))
    return found


def look_through(source: Path, partial: Path, passphrase: str | None) -> list[Finding]:
    """What must be told about a copy that may be taken; `source` is how people know it, `partial` what is read.

    Raises:
        BadFile: no office, damaged, another passphrase, newer, or with parts that are not of this program.
    """
    try:
        if files.holds_office(partial, passphrase):
            copy = files.open_store(partial, passphrase, in_parts=True)
            try:
                if not files.missing_tables(copy) and not list(check_integrity(copy)):
                    _refuse_strange(source, copy)
                    copy.fold()
                    return list(_changed_from_outside(copy))
            finally:
                copy.close()
    except files.Newer as newer:
        text = N_("This copy is of a newer MigDesk (its schema is {theirs}, this one knows {ours}).")
        hint = N_("Install the newer program on this machine; nothing was changed.")
        raise BadFile(source, "", text, hint=hint, **newer.values) from None
    except Damaged:
        pass
    raise _unsound(source, partial)


def _refuse_strange(source: Path, copy: Store) -> None:
    """A trigger of somebody else would write along with every save: such a copy is not taken at all."""
    found = soundness.look(copy)
    changed = [part for part in found.changed if part.kind != "table"]
    if strange := [part.words for part in (*found.foreign, *found.extra, *changed)]:
        raise BadFile(
            source,
            ", ".join(strange[:_NAMED]),
            N_("The copy has parts that are not of this program, which may change what is saved."),
            hint=N_("Take an older one, and tell the head."),
        )


def _changed_from_outside(copy: Store) -> list[Finding]:
    found = []
    entries = list(islice(journal.broken_links(copy), _NAMED))
    if entries:
        text = N_("The journal of this copy was changed from outside: {entries}. Tell the head.")
        found.append(warn("journal_changed", text, None, entries=", ".join(filter(None, entries)) or "0"))
    records = list(replay.differences(copy, _NAMED))
    if records:
        text = N_("Records of this copy are not what its journal says: {records}. Tell the head.")
        found.append(warn("records_changed", text, None, records=", ".join(records)))
    return found


def _unsound(source: Path, partial: Path) -> BadFile:
    if files.is_plain(partial) or not partial.stat().st_size:
        return BadFile(source, "", N_("The backup is damaged."), hint=N_("Take an older one."))
    return BadFile(
        source,
        "",
        N_("The backup cannot be opened: it has another passphrase, or is damaged."),
        hint=N_("Give its passphrase with --passphrase-file; if it is right, take an older backup."),
    )
