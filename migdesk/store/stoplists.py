"""External lists: under which words their rows are found, the rows worth comparing with somebody, what was judged.

The words of a row are its `identity.blocks`: one without any of the keys somebody is sought by cannot be him.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from migdesk.domain.identity import Identity, blocks, sought
from migdesk.domain.stoplist import StopJudgement, StopRow
from migdesk.store.database import LIVE, Store
from migdesk.store.distinct import IDENTITY
from migdesk.store.engine import Connection
from migdesk.store.rows import columns_sql, from_row

SEARCHED = frozenset({"name", "other_names", "birth_date", "document", "iin", "annulled_on"})
"""Fields of a row whose change is one of its words."""
_CHUNK = 400
_QUOTE = '"'
_SIGNS = re.compile(r"[\W_]+")


def words(keys: Iterable[str]) -> list[str]:
    """Keys of somebody as words of a full-text table: letters and digits alone."""
    return [word for key in keys if (word := _SIGNS.sub("", key).lower())]


def write_words(connection: Connection, uids: Sequence[str], *, replace: bool) -> None:
    """Bring the words of some rows up to date; rows out of account have none."""
    for start in range(0, len(uids), _CHUNK):
        chunk = uids[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        found = connection.execute(
            f"SELECT id, {columns_sql(StopRow)} FROM stop_row WHERE uid IN ({marks})", chunk
        ).fetchall()
        if replace:
            connection.executemany("DELETE FROM stop_search WHERE rowid = ?", ((row[0],) for row in found))
        _insert(connection, found)


def rebuild_words(connection: Connection) -> None:
    """Make the words of all rows anew."""
    connection.execute("DELETE FROM stop_search")
    found = connection.execute(f"SELECT id, {columns_sql(StopRow)} FROM stop_row").fetchall()
    _insert(connection, found)


def _insert(connection: Connection, found: Iterable[tuple[object, ...]]) -> None:
    rows = ((row[0], from_row(StopRow, row[1:])) for row in found)
    connection.executemany(
        "INSERT INTO stop_search(rowid, terms) VALUES (?, ?)",
        ((at, " ".join(words(blocks(row.identity)))) for at, row in rows if not row.is_annulled),
    )


def candidates(store: Store, identity: Identity, lists: Sequence[str]) -> list[StopRow]:
    """Rows of some lists that share a number, or the sound of a name with a part of the birth date, with somebody."""
    asked = words(sought(identity))
    if not asked or not lists:
        return []
    expression = " OR ".join(f"{_QUOTE}{word}{_QUOTE}" for word in asked)
    marks = ",".join("?" * len(lists))
    near = "id IN (SELECT rowid FROM stop_search WHERE stop_search MATCH ?)"
    return store.select(StopRow, f"{near} AND stop_list IN ({marks}) AND {LIVE}", (expression, *lists))


@dataclass(frozen=True, slots=True, repr=False)
class Judged:
    """What was found out of a person and an entry: who said so, when, and why."""

    entry: str
    why: str
    operator: str
    at: str


_STILL = f"""
SELECT j.entry, j.why, op.operator, op.at FROM stop_judgement j
JOIN change said ON said.uid = j.uid AND said.created JOIN op ON op.id = said.op
WHERE j.person = ? AND j.annulled_on IS NULL AND NOT EXISTS (
  SELECT 1 FROM change c, json_each(c.after) field
  WHERE c.uid IN (SELECT j.person UNION ALL SELECT d.uid FROM document d WHERE d.person = j.person)
    AND field.key IN ({",".join(f"'{name}'" for name in IDENTITY)}) AND c.op > said.op)
ORDER BY j.id
"""


def judged(store: Store, person: str) -> dict[str, Judged]:
    """Entries a person was said not to be, by their marks; as long as nothing was changed that it rested on."""
    return {row[0]: Judged(*row) for row in store.rows(_STILL, (person,))}


def judgements_of(store: Store, person: str, entry: str) -> list[StopJudgement]:
    """What was written down of a person and an entry, whether it still holds or not."""
    return store.live(StopJudgement, person=person, entry=entry)
