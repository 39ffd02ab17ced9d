"""Before a copy takes the office's place: is it whole, is everything in it of this program, was it changed?"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from migdesk.domain.errors import BadFile
from migdesk.domain.finding import Finding, warn
from migdesk.i18n import N_
from migdesk.store import files, journal, replay, soundness
from migdesk.store.database import Store, check_integrity
from migdesk.store.engine import Damaged

_NAMED = 5
"""Entries and records that are named one by one."""


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
