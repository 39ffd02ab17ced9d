"""The classifier of places (KATO): seeded from the shipped list, replaced by a newer official one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from migdesk.domain.letters import fold, spelled
from migdesk.domain.place import Place
from migdesk.store.database import Store
from migdesk.store.engine import Connection
from migdesk.store.search import match_expression, words

_COLUMNS = "code, level, parent, kk, ru, en, kind, valid_from, valid_to, confidence"


def replace_all(connection: Connection, places: Iterable[Place]) -> int:
    """Put a whole classifier in place of the old one; codes that are gone stay until they are closed."""
    rows = [
        (p.code, p.level, p.parent, p.kk, p.ru, p.en, p.kind, p.valid_from, p.valid_to, p.confidence)
        for p in places
    ]
    connection.executemany(
        f"INSERT INTO place({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(code) DO UPDATE SET level = excluded.level, parent = excluded.parent, "
        "kk = excluded.kk, ru = excluded.ru, en = excluded.en, kind = excluded.kind, "
        "valid_from = excluded.valid_from, "
        "valid_to = excluded.valid_to, confidence = excluded.confidence",
        rows,
    )
    return len(rows)


def close_missing(connection: Connection, codes: Sequence[str], on: str) -> int:
    """Close the places that a newer classifier no longer has, on a day."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS known(code TEXT PRIMARY KEY)")
    connection.execute("DELETE FROM known")
    connection.executemany("INSERT OR IGNORE INTO known VALUES (?)", ((code,) for code in codes))
    cursor = connection.execute(
        "UPDATE place SET valid_to = ? WHERE valid_to = '' AND code NOT IN (SELECT code FROM known)", (on,)
    )
    return int(cursor.rowcount)


def index(connection: Connection) -> None:
    """Make the words of all places in force anew, after the classifier changed."""
    connection.execute("DELETE FROM place_search")
    found = connection.execute("SELECT id, code, kk, ru, en FROM place WHERE valid_to = ''").fetchall()
    connection.executemany(
        "INSERT INTO place_search(rowid, terms) VALUES (?, ?)", ((row[0], words(row[1:])) for row in found)
    )


def find_place(store: Store, code: str) -> Place | None:
    """A place by its code."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM place WHERE code = ?", (code,))
    return Place(*rows[0]) if rows else None


def chain(store: Store, code: str) -> list[Place]:
    """The place and those it lies in: region first."""
    found: list[Place] = []
    place = find_place(store, code)
    while place:
        found.insert(0, place)
        place = find_place(store, place.parent) if place.parent else None
    return found


def search_places(store: Store, text: str, *, near: str = "", limit: int = 20) -> list[Place]:
    """Places whose name in any language, or code, begins with the words typed; the own region first.

    Where people live comes before what is only governed, `г. Павлодар` before `Павлодар Г.А.`: an address is
    looked for. Farms, sidings and other points that are no settlement come last.
    """
    expression = match_expression(text)
    if not expression:
        return []
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM place WHERE id IN "
        "(SELECT rowid FROM place_search WHERE place_search MATCH ? LIMIT 2000) "
        "ORDER BY substr(code, 1, 2) <> ?, kind = 'other', "
        "kind NOT IN ('city', 'city_rep', 'settlement', 'village') OR (kind = 'city' AND level < 3), "
        "level, length(ru), code LIMIT ?",
        (expression, near[:2], limit),
    )
    return [Place(*row) for row in rows]


def regions(store: Store) -> list[Place]:
    """Regions and cities of republican significance in force."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM place WHERE level = 1 AND valid_to = '' ORDER BY code",
    )
    return [Place(*row) for row in rows]


def all_places(store: Store) -> list[Place]:
    """Every place, closed ones included."""
    return [Place(*row) for row in store.rows(f"SELECT {_COLUMNS} FROM place ORDER BY code")]


def count_places(store: Store) -> int:
    """Places known, closed ones included."""
    return int(store.value("SELECT count(*) FROM place"))


def settlements(store: Store, region: str) -> list[Place]:
    """Towns, settlements and villages of a region in force."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM place WHERE code LIKE ? AND level IN (3, 4) AND valid_to = '' "
        "AND kind IN ('city', 'settlement', 'village') ORDER BY code",
        (region[:2] + "%",),
    )
    return [Place(*row) for row in rows]


_MARKERS = re.compile(
    r"(?<!\w)(?:г\.\s?а\.|г\.|қ\.\s?ә\.|қ\.|с\.\s?о\.|с\.|а\.\s?о\.|а\.\s?ә\.|а\.|п\.\s?а\.|п\.|к\.\s?ә\.|к\.|р\.\s?а\."
    r"|(?:город|қаласы|село|ауылы|аулы|поселок|посёлок|кенті|city|village)(?!\w))",
    re.IGNORECASE,
)


def read_place(store: Store, text: str, *, near: str = "") -> Place | None:
    """The settlement that a written name means; the own region first, a town before a village of its name.

    A city of republican significance, and a region named in full, are before all of their name. `Павлодарская
    область, г. Павлодар` is read by its last part, the parts before it say where. Nothing when no settlement, or
    several alike, have the name.
    """
    *before, last = _parts(text)
    name = _bare(last)
    found = search_places(store, _MARKERS.sub(" ", last), near=near, limit=200)
    whole = [one for one in found if one.level == 1 and fold(last) in _whole_names(one)]
    same = [
        one
        for one in found
        if (one.level > 2 or one.kind == _CITY)
        and name
        and name in {_bare(one.kk), _bare(one.ru), _bare(one.en)}
    ]
    for part in before:
        inside = [one for one in same if any(_bare(part) in _named(up) for up in chain(store, one.code)[:-1])]
        same = inside or same
    cities = [one for one in same if one.kind == _CITY]
    own = [one for one in same if one.code[:2] == near[:2]]
    towns = [one for one in own or same if one.kind == "city"]
    best = cities or whole or towns or own or same
    return best[0] if len(best) == 1 else None


def is_named(place: Place, text: str) -> bool:
    """Whether a place is written so in one of its languages, letter by letter, or by its code."""
    last = _parts(text)[-1]
    given = {spelled(last), spelled(_MARKERS.sub(" ", last))}
    names = (place.kk, place.ru, place.en)
    return bool(
        given & {place.code, *map(spelled, names), *(spelled(_MARKERS.sub(" ", one)) for one in names)}
    )


_CITY = "city_rep"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()] or [""]


def _whole_names(place: Place) -> set[str]:
    return {fold(place.kk), fold(place.ru), fold(place.en)}


def _bare(name: str) -> str:
    return fold(_MARKERS.sub(" ", name))


def _named(place: Place) -> set[str]:
    return {_bare(place.kk), _bare(place.ru), _bare(place.en)}
