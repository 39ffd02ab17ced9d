"""One box over everything: folded words of names and numbers in full-text tables.

SQLite folds neither Kazakh nor Cyrillic letters; the words are folded in Python, the same way when
written and when asked, so that any script finds any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from migdesk.domain.change import Change
from migdesk.domain.letters import index_terms, search_terms
from migdesk.domain.spelling_pairs import alike_keys
from migdesk.store import stoplists
from migdesk.store.database import LIVE, Store
from migdesk.store.engine import Connection

_HELD = {"number", "person", "annulled_on"}
_NAMES = {"surname", "given", "patronymic", "surname_latin", "given_latin", "document_name", "other_names"}
_SEARCHED: dict[str, set[str]] = {
    "person": {*_NAMES, "iin", "annulled_on"},
    "document": _HELD,
    "arrival": _HELD,
    "cases": {*_HELD, "certificate"},
    "permit": _HELD,
    "arrival_detail": {"value", "arrival", "annulled_on"},
    "party": {"name", "head", "number", "annulled_on"},
    "stop_row": {*stoplists.SEARCHED},
}
"""Fields whose change is one of somebody's words, table by table; any other leaves his words as they are."""
_IS_WORD = "(v.key GLOB '*_name' OR v.key GLOB '*_number')"
_CHUNK = 400
_QUOTE = '"'

_PERSON_WORDS = f"""
SELECT p.id, p.annulled_on,
  p.surname || ' ' || p.given || ' ' || p.patronymic || ' ' || p.surname_latin || ' ' || p.given_latin
  || ' ' || p.document_name || ' ' || replace(replace(p.other_names, '(maiden)', ''), '(former)', ''), p.iin,
  (SELECT group_concat(d.number, ' ') FROM document d WHERE d.person = p.uid AND d.annulled_on IS NULL),
  (SELECT group_concat(a.number, ' ') FROM arrival a WHERE a.person = p.uid AND a.annulled_on IS NULL),
  (SELECT group_concat(c.number || ' ' || c.certificate, ' ') FROM cases c
    WHERE c.person = p.uid AND c.annulled_on IS NULL),
  (SELECT group_concat(m.number, ' ') FROM permit m WHERE m.person = p.uid AND m.annulled_on IS NULL),
  (SELECT group_concat(v.value, ' ') FROM arrival a JOIN arrival_detail v ON v.arrival = a.uid
    WHERE a.person = p.uid AND a.annulled_on IS NULL AND v.annulled_on IS NULL AND {_IS_WORD})
FROM person p WHERE p.uid IN ({{marks}})
"""

_PARTY_WORDS = """
SELECT p.id, p.annulled_on, p.name || ' ' || p.head, p.number FROM party p WHERE p.uid IN ({marks})
"""


class Touched:
    """The people and parties whose words an op may have changed; gathered as it writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._people: dict[str, bool] = {}
        self._parties: dict[str, bool] = {}
        self._listed: dict[str, bool] = {}

    def add(self, changes: Iterable[Change]) -> None:
        """Remember whom some changes are about, and who of them is new and has no words yet."""
        for change in changes:
            if not change.after.keys() & _SEARCHED.get(change.table, set()):
                continue
            if change.table == "person":
                self._people.setdefault(change.uid, change.created)
            elif change.table == "party":
                self._parties.setdefault(change.uid, change.created)
            elif change.table == "stop_row":
                self._listed.setdefault(change.uid, change.created)
            elif change.table == "arrival_detail":
                if holder := _holder_of(self._connection, change.uid):
                    self._people.setdefault(holder, False)
            else:
                for person in _persons_of(self._connection, change):
                    self._people.setdefault(person, False)

    def refresh(self) -> None:
        """Bring their words up to date."""
        for table, query, touched in (
            ("person_search", _PERSON_WORDS, self._people),
            ("party_search", _PARTY_WORDS, self._parties),
        ):
            known = [uid for uid, is_new in touched.items() if not is_new]
            _write_words(self._connection, table, query, known, replace=True)
            _write_words(self._connection, table, query, [uid for uid in touched if touched[uid]])
        for is_new in (False, True):
            listed = [uid for uid, made in self._listed.items() if made is is_new]
            stoplists.write_words(self._connection, listed, replace=not is_new)


def _holder_of(connection: Connection, detail: str) -> str:
    """Whose arrival has a detail that is searched."""
    sql = f"SELECT a.person FROM arrival_detail v JOIN arrival a ON a.uid = v.arrival WHERE v.uid = ? AND {_IS_WORD}"
    row = connection.execute(sql, (detail,)).fetchone()
    return str(row[0]) if row else ""


def _persons_of(connection: Connection, change: Change) -> list[str]:
    found = {str(value) for value in (change.before.get("person"), change.after.get("person")) if value}
    if not change.created:
        row = connection.execute(
            f"SELECT person FROM [{change.table}] WHERE uid = ?", (change.uid,)
        ).fetchone()
        if row and row[0]:
            found.add(row[0])
    return list(found)


def _write_words(
    connection: Connection, table: str, query: str, uids: Sequence[str], *, replace: bool = False
) -> None:
    for start in range(0, len(uids), _CHUNK):
        chunk = uids[start : start + _CHUNK]
        rows = connection.execute(query.format(marks=",".join("?" * len(chunk))), chunk).fetchall()
        if replace:
            connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", ((row[0],) for row in rows))
        connection.executemany(
            f"INSERT INTO {table}(rowid, terms) VALUES (?, ?)",
            ((row[0], words(row[2:])) for row in rows if row[1] is None),
        )


def words(parts: Iterable[str | None]) -> str:
    """The folded words of some texts, each once."""
    found: dict[str, None] = {}
    for part in parts:
        for word in part.split() if part else ():
            found |= dict.fromkeys(_terms_of(word))
    return " ".join(found)


def _terms_of(word: str) -> tuple[str, ...]:
    """Names come again and again and are folded once; a number is met once and would push them out."""
    if word.isdecimal() and word.isascii():
        return (word,)
    return index_terms(word) if word[-1].isdecimal() else _terms_of_name(word)


@lru_cache(maxsize=1 << 15)
def _terms_of_name(word: str) -> tuple[str, ...]:
    return index_terms(word)


def phrase(term: str) -> str:
    """A word as an FTS5 query means it, whatever its letters; the word is one of ours, without quotes."""
    return f"{_QUOTE}{term}{_QUOTE}"


def match_expression(text: str) -> str:
    """An FTS5 query: every word typed must begin some word of the record."""
    return " AND ".join(f"{phrase(term)}*" for term in search_terms(text))


def wide_expression(text: str) -> str:
    """An FTS5 query as `match_expression`, for names also in the spellings of the other languages here."""
    return " AND ".join(_any_of(alike_keys(term)) for term in search_terms(text))


def _any_of(terms: Sequence[str]) -> str:
    asked = " OR ".join(f"{phrase(term)}*" for term in terms)
    return f"({asked})" if len(terms) > 1 else asked


def find_ids(store: Store, table: str, text: str, limit: int) -> list[int]:
    """Row ids of people or parties (`person_search`, `party_search`) that have all the words typed.

    Those who are spelled as typed come first, then those of other spellings, as far as there is room.
    """
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"
    expression = match_expression(text)
    if not expression:
        return []
    found = [row[0] for row in store.rows(sql, (expression, limit))]
    if len(found) == limit or (wide := wide_expression(text)) == expression:
        return found
    return list(dict.fromkeys([*found, *(row[0] for row in store.rows(sql, (wide, limit)))]))[:limit]


_INDEXED = (
    ("person", "person", LIVE),
    ("party", "party", LIVE),
    ("place", "place", "valid_to = ''"),
    ("stop_row", "stop", LIVE),
)
"""Tables with words, what their words are named by, and which of their rows have them."""


def unsound(store: Store) -> Iterator[str]:
    """Tables whose words are not those of their records: `person: 3`, with how many records that concerns."""
    for table, name, where in _INDEXED:
        has, should = f"SELECT id FROM {name}_search_docsize", f"SELECT id FROM {table} WHERE {where}"
        wrong = store.value(
            f"SELECT (SELECT count(*) FROM ({should} EXCEPT {has})) + (SELECT count(*) FROM ({has} EXCEPT {should}))"
        )
        if wrong:
            yield f"{table}: {wrong}"


def rebuild(connection: Connection) -> None:
    """Make all words but those of places anew: after they were lost, or the letter table changed."""
    for table, words_query in (("person", _PERSON_WORDS), ("party", _PARTY_WORDS)):
        connection.execute(f"DELETE FROM {table}_search")
        uids: list[Any] = [row[0] for row in connection.execute(f"SELECT uid FROM {table}").fetchall()]
        _write_words(connection, f"{table}_search", words_query, uids)
    stoplists.rebuild_words(connection)
