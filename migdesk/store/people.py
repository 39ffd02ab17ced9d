"""What belongs to a person: documents, family, events; and who might be the same person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import lru_cache

from migdesk.domain.case import Case
from migdesk.domain.current_document import by_rule
from migdesk.domain.errors import NotFound
from migdesk.domain.letters import fold
from migdesk.domain.person import Person, TravelDocument
from migdesk.store.database import LIVE, Store
from migdesk.store.rows import columns_sql, from_row
from migdesk.store.search import phrase


def by_iin(store: Store, iin: str) -> Person | None:
    """The person with an IIN."""
    found = store.select(Person, f"iin = ? AND iin <> '' AND {LIVE}", (iin,)) if iin else []
    return found[0] if found else None


def by_document(store: Store, number: str) -> list[Person]:
    """Persons who hold, or held, a document of this number."""
    return _people(
        store,
        f"SELECT person FROM document WHERE number = ? AND {LIVE}",
        (number,),
    )


def by_rowids(store: Store, ids: list[int]) -> list[Person]:
    """Persons by row, in the order of the list."""
    if not ids:
        return []
    marks = ",".join("?" * len(ids))
    rows = store.rows(f"SELECT id, {columns_sql(Person)} FROM person WHERE id IN ({marks})", ids)
    found = {row[0]: from_row(Person, row[1:]) for row in rows}
    return [found[row_id] for row_id in ids if row_id in found]


def row_of(store: Store, uid: str) -> int:
    """The row of a person, which no op changes or takes away.

    Raises:
        NotFound: nobody has this uid.
    """
    found = store.value("SELECT id FROM person WHERE uid = ?", (uid,))
    if found is None:
        raise NotFound(uid)
    return int(found)


def documents_of(store: Store, person_uid: str, on: date) -> list[TravelDocument]:
    """Documents of a person, the one that counts on a day first: see `current_document`."""
    return by_rule(store.live(TravelDocument, person=person_uid), on)


def numbers_of(store: Store, uids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The document numbers of some persons, asked for at once; a person without any is left out."""
    marks = ",".join("?" * len(uids))
    sql = f"SELECT person, number FROM document WHERE person IN ({marks}) AND number <> '' AND {LIVE}"
    found: defaultdict[str, list[str]] = defaultdict(list)
    for person, number in store.rows(sql, tuple(uids)) if uids else ():
        found[person].append(number)
    return {person: tuple(numbers) for person, numbers in found.items()}


def cases_of(store: Store, person_uid: str) -> list[Case]:
    """Cases of a person, and those he is named in; the newest first."""
    named = f"SELECT [case] FROM case_member WHERE person = ? AND {LIVE}"
    return store.select(
        Case, f"(person = ? OR uid IN ({named})) AND {LIVE}", (person_uid, person_uid), "id DESC"
    )


def candidates(store: Store, person: Person, numbers: tuple[str, ...]) -> list[Person]:
    """People who may be the same: same number, same or neighbouring birth date, same folded names.

    Cheap blocks by index only; a fuller comparison decides.
    """
    found: dict[str, Person] = {}
    same_iin = by_iin(store, person.iin)
    for one in [same_iin] if same_iin else []:
        found[one.uid] = one
    for number in numbers:
        found |= {one.uid: one for one in by_document(store, number)}
    for day in _birth_dates(person):
        if len(found) < 200:
            found |= {
                one.uid: one
                for one in store.select(Person, f"birth_date = ? AND {LIVE}", (day,))
                if _alike(one, person)
            }
    found |= {one.uid: one for one in _same_names(store, person)}
    found.pop(person.uid, None)
    return list(found.values())


def _birth_dates(person: Person) -> list[str]:
    born = person.birth_date
    if born is None:
        return []
    days = [str(born)]
    if born.is_full and born.day <= 12 and born.day != born.month:
        days.append(f"{born.year:04}-{born.day:02}-{born.month:02}")
    return days


def _alike(one: Person, other: Person) -> bool:
    """A cheap look before the full comparison: some name begins with the same letter."""
    letters = {word[:1] for word in _words(one)}
    return not _words(other) or bool(letters & {word[:1] for word in _words(other)})


def _words(person: Person) -> frozenset[str]:
    return folded(person.surname, person.given, person.surname_latin, person.given_latin)


def folded(*names: str) -> frozenset[str]:
    """The folded words of some names."""
    return frozenset().union(*map(_folded, filter(None, names)))


@lru_cache(maxsize=1 << 15)
def _folded(name: str) -> tuple[str, ...]:
    """Names come again and again; each is folded once."""
    return tuple(fold(name).split())


def _same_names(store: Store, person: Person) -> list[Person]:
    surname, given = person.surname or person.surname_latin, person.given or person.given_latin
    if not (surname and given):
        return []
    terms = [word for word in fold(f"{surname} {given}").split() if word]
    expression = " AND ".join(map(phrase, terms))
    ids = store.rows("SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT 50", (expression,))
    return by_rowids(store, [row[0] for row in ids])


def _people(store: Store, query: str, args: tuple[object, ...]) -> list[Person]:
    return store.select(Person, f"uid IN ({query}) AND {LIVE}", args)
