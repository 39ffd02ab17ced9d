"""Roll: whom of the register hundreds of rows mean, by number or by birth date and names, in three questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from migdesk.domain.person import Person
from migdesk.store.database import Store
from migdesk.store.people import by_rowids, folded

_LIVE = "annulled_on IS NULL"


class Roll:
    """What the register holds about some people and document numbers, as it stands when it is called."""

    def __init__(self, store: Store, people: Iterable[Person], numbers: Iterable[str]) -> None:
        people = list(people)
        self._store = store
        self._holders = _holders(store, {number for number in numbers if number})
        self._born = _born(store, {str(one.birth_date) for one in people if one.birth_date})
        iins = {one.iin for one in people if one.iin}
        found = store.select(Person, f"iin IN ({_marks(iins)}) AND iin <> '' AND {_LIVE}", tuple(iins))
        self._by_iin = {one.iin: one for one in found}

    def by_iin(self, iin: str) -> Person | None:
        """The person with one of the IINs asked for."""
        return self._by_iin.get(iin)

    def by_document(self, number: str) -> list[Person]:
        """Persons who hold, or held, a document with one of the numbers asked for."""
        return self._holders.get(number, [])

    def find_namesake(self, person: Person) -> Person | None:
        """Somebody with the same birth date and the same folded names, whatever the script or their order."""
        words = folded(person.surname, person.given, person.surname_latin, person.given_latin)
        for row_id, theirs in self._born[str(person.birth_date)] if words else ():
            if words <= theirs or words >= theirs:
                return by_rowids(self._store, [row_id])[0]
        return None


def _marks(values: Collection[str]) -> str:
    return ",".join("?" * len(values))


def _holders(store: Store, numbers: set[str]) -> dict[str, list[Person]]:
    sql = f"SELECT number, person FROM document WHERE number IN ({_marks(numbers)}) AND {_LIVE} ORDER BY id"
    held = store.rows(sql, tuple(numbers))
    uids = {row[1] for row in held}
    if not uids:
        return {}
    people = {
        one.uid: one for one in store.select(Person, f"uid IN ({_marks(uids)}) AND {_LIVE}", tuple(uids))
    }
    found: dict[str, list[Person]] = {}
    for number, uid in held:
        if uid in people:
            found.setdefault(number, []).append(people[uid])
    return found


def _born(store: Store, days: set[str]) -> defaultdict[str, list[tuple[int, frozenset[str]]]]:
    """By birth date: row and folded names."""
    sql = (
        "SELECT birth_date, id, surname, given, surname_latin, given_latin FROM person "
        f"WHERE birth_date IN ({_marks(days)}) AND {_LIVE} ORDER BY id"
    )
    found = defaultdict[str, list[tuple[int, frozenset[str]]]](list)
    for day, row_id, *names in store.rows(sql, tuple(days)):
        found[day].append((row_id, folded(*names)))
    return found
