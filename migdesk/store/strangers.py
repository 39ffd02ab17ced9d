"""Strangers: triggers and views that this program did not make. What one does nobody sees in the journal."""

from __future__ import annotations

import re

from migdesk.i18n import N_
from migdesk.store import figures
from migdesk.store.database import Store
from migdesk.store.engine import Damaged

_NAME = re.compile(r"CREATE TRIGGER (\w+)")
_OWN = {found[1]: sql.split() for sql in figures.STATEMENTS if (found := _NAME.match(sql))}


class Strange(Damaged):
    """A file with something in it that works by itself and is not of this program."""


def list_strangers(store: Store) -> list[str]:
    """Each by kind and name; one of ours that does something else is one too."""
    sql = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
    return [f"{kind} {name}" for kind, name, made in store.rows(sql) if _OWN.get(name) != str(made).split()]


def refuse_strangers(store: Store) -> None:
    """Nothing is written where somebody else's trigger would write along.

    Raises:
        Strange: names each.
    """
    if found := list_strangers(store):
        raise Strange(
            N_("The office's database has parts that are not of this program: {names}."),
            hint=N_("Tell the head. Take them out with: migdesk doctor --mend, or restore the last backup."),
            names=", ".join(found),
        )
