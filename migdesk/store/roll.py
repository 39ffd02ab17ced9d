"""Roll: whom of the register the rows of a workbook mean, by number or by birth date and names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from migdesk.domain.person import Person
from migdesk.store.database import LIVE, Store
from migdesk.store.people import folded

_DAYS = 500
"""Birth dates asked for at once."""


class Roll:
    """What the register holds about some people and document numbers, as it stands when it is called."""

    def __init__(self, store: Store, people: Iterable[Person], numbers: Iterable[str]) -> None:
        self._holders = _holders(store, {number for number in numbers if number})
        iins = {one.iin for one in people if one.iin}
        found = store.select(Person, f"iin IN ({_marks(iins)}) AND iin <> '' AND {LIVE}", tuple(iins))
        self._by_iin = {one.iin: one for one in found}
        holders = (one.uid for several in self._holders.values() for one in several)
        self._arrived = _arrived(store, {*(one.uid for one in found), *holders})

    def by_iin(self, iin: str) -> Person | None:
        """The person with one of the IINs asked for."""
        return self._by_iin.get(iin)

    def by_document(self, number: str) -> list[Person]:
        """Persons who hold, or held, a document with one of the numbers asked for."""
        return self._holders.get(number, [])

    def has_arrived(self, person: Person, day: date | None) -> bool:
        """Whether one of the persons found has an arrival of a day."""
        return (person.uid, day.isoformat() if day else None) in self._arrived


def find_namesakes(store: Store, people: Mapping[int, Person]) -> dict[int, int]:
    """Whose birth date and folded names the register has, whatever the script or order: key given → its row.

    The register is asked day by day and each of its people is read once, however many are asked about.
    """
    asked: defaultdict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
    for key, person in people.items():
        words = _name_words(person)
        if words and person.birth_date:
            asked[str(person.birth_date)].append((key, words))
    found: dict[int, int] = {}
    days = sorted(asked)
    for start in range(0, len(days), _DAYS):
        for day, row_id, *names in _born(store, days[start : start + _DAYS]):
            theirs = folded(*names)
            for key, words in asked[day]:
                if words <= theirs or words >= theirs:
                    found.setdefault(key, row_id)
    return found


def find_repeated(people: Mapping[int, Person]) -> dict[int, int]:
    """Who was given before under the same birth date and folded names: key → the earlier key.

    Two who have an IIN each, and not the same, are two people.
    """
    given: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    words = {key: _name_words(person) for key, person in people.items() if person.birth_date}
    found: dict[int, int] = {}
    for key, mine in words.items():
        day = str(people[key].birth_date)
        before = sorted({one for word in mine for one in given[day, word]})
        for one in before:
            if (mine <= words[one] or mine >= words[one]) and not _differ(people[key], people[one]):
                found[key] = one
                break
        for word in mine:
            given[day, word].append(key)
    return found


def _name_words(person: Person) -> frozenset[str]:
    return folded(person.surname, person.given, person.surname_latin, person.given_latin)


def _differ(one: Person, other: Person) -> bool:
    return bool(one.iin and other.iin and one.iin != other.iin)


def _marks(values: Collection[str]) -> str:
    return ",".join("?" * len(values))


def _holders(store: Store, numbers: set[str]) -> dict[str, list[Person]]:
    sql = f"SELECT number, person FROM document WHERE number IN ({_marks(numbers)}) AND {LIVE} ORDER BY id"
    held = store.rows(sql, tuple(numbers))
    uids = {row[1] for row in held}
    if not uids:
        return {}
    people = {
        one.uid: one for one in store.select(Person, f"uid IN ({_marks(uids)}) AND {LIVE}", tuple(uids))
    }
    found: dict[str, list[Person]] = {}
    for number, uid in held:
        if uid in people:
            found.setdefault(number, []).append(people[uid])
    return found


def _arrived(store: Store, uids: Collection[str]) -> set[tuple[str, str | None]]:
    sql = f"SELECT person, arrived_on FROM arrival WHERE person IN ({_marks(uids)}) AND {LIVE}"
    return {(row[0], row[1]) for row in store.rows(sql, tuple(uids))} if uids else set()


def _born(store: Store, days: Sequence[str]) -> list[tuple[Any, ...]]:
    sql = (
        "SELECT birth_date, id, surname, given, surname_latin, given_latin FROM person "
        f"WHERE birth_date IN ({_marks(days)}) AND {LIVE}"
    )
    return store.rows(sql, days)
