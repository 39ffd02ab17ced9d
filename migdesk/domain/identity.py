"""Who somebody is as far as files tell, and under which keys the same person is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from migdesk.domain.dates import PartialDate
from migdesk.domain.ids import clean_document_number, read_number
from migdesk.domain.letters import phonetic
from migdesk.domain.nameparts import Name, Part, Role, free_name, full_name
from migdesk.domain.other_names import plain
from migdesk.domain.palladius import syllables
from migdesk.domain.person import Person

_SHORTEST_NUMBER = 5


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Identity:
    """What is known of a person when looking for the same one elsewhere; anything may be missing.

    `name` is a full name in one string, for those who have no parts; `other_names` are former names and
    other spellings, parted by `;` or `,`. Sex is `m` or `f`, citizenship a three-letter code.
    """

    surname: str = ""
    given: str = ""
    patronymic: str = ""
    surname_latin: str = ""
    given_latin: str = ""
    name: str = ""
    other_names: str = ""
    birth: PartialDate | None = None
    sex: str | None = None
    iin: str = ""
    documents: tuple[str, ...] = ()
    citizenship: str = ""


def identity_of(person: Person, numbers: tuple[str, ...]) -> Identity:
    """Who a person of the register is, with the numbers of his documents."""
    return Identity(
        surname=person.surname,
        given=person.given,
        patronymic=person.patronymic,
        surname_latin=person.surname_latin,
        given_latin=person.given_latin,
        name=person.document_name,
        other_names=person.other_names,
        birth=person.birth_date,
        sex=person.sex.value if person.sex else None,
        iin=person.iin,
        documents=numbers,
        citizenship=person.citizenship,
    )


@lru_cache(maxsize=16_384)
def names_of(identity: Identity) -> tuple[Name, ...]:
    """The different names of a person: Cyrillic, Latin, in one string, former."""
    first = full_name(identity.surname, identity.given, identity.patronymic)
    latin = full_name(identity.surname_latin, identity.given_latin, "")
    known = [
        first,
        () if set(latin) <= set(first) else latin,
        free_name(identity.name),
        *(free_name(part) for part in plain(identity.other_names).replace(",", ";").split(";")[:8]),
    ]
    return tuple(name for name in dict.fromkeys(known) if name)


def written(identity: Identity) -> set[str]:
    """The names as they are written, without case."""
    pairs = ((identity.surname, identity.given), (identity.surname_latin, identity.given_latin))
    written = {" ".join(pair).casefold().strip() for pair in pairs} | {identity.name.casefold().strip()}
    return written - {""}


def born_of(identity: Identity) -> PartialDate | None:
    """The birth date, or the one a valid IIN tells."""
    if identity.birth or not identity.iin:
        return identity.birth
    reading = read_number(identity.iin, date.max)
    return PartialDate.of(reading.birth_date) if reading.valid and reading.birth_date else None


@lru_cache(maxsize=16_384)
def numbers_of(documents: tuple[str, ...]) -> frozenset[str]:
    """Document numbers as they are compared; too short ones say nothing."""
    cleaned = (clean_document_number(number) for number in documents)
    return frozenset(number for number in cleaned if len(number) >= _SHORTEST_NUMBER)


def blocks(identity: Identity) -> tuple[str, ...]:
    """Keys under which the same person is looked for: two files that share none need not be compared.

    By number (`i` IIN, `n` document, `h` half of a document number with the year of birth), by birth date as
    it is and with day and month swapped (`b`), by sound of each name with the year (`y`) or with day and month
    of birth (`d`), and by sound of two names together (`p`). Keys hold personal data: they stay in the store.
    """
    keys = [f"n:{number}" for number in numbers_of(identity.documents)]
    if identity.iin:
        keys.append(f"i:{identity.iin}")
    sounds = _sounds(identity)
    keys += [f"p:{a}:{b}" for place, a in enumerate(sounds) for b in sounds[place + 1 :]][:28]
    if born := born_of(identity):
        keys += _birth_blocks(born, sounds)
        for number in numbers_of(identity.documents):
            half = len(number) // 2
            keys += [f"h:{number[:half]}:{born.year}", f"h:{number[half:]}:{born.year}"]
    elif len(sounds) == 1:
        keys.append(f"p:{sounds[0]}")
    return tuple(dict.fromkeys(keys))


def sought(identity: Identity) -> tuple[str, ...]:
    """Keys by which somebody is looked for among those of whom less is known, down to one name and no birth date."""
    return tuple(dict.fromkeys((*blocks(identity), *(f"p:{sound}" for sound in _sounds(identity)))))


def _sounds(identity: Identity) -> list[str]:
    """How the names sound; the father's only where it is one of two, as in Ғабдуллаұлы Өмірзақ."""
    own = [[part for part in name if part.role is not Role.FATHER] for name in names_of(identity)]
    parts = [
        part
        for name, shown in zip(names_of(identity), own, strict=True)
        for part in (shown if len(shown) > 1 else name)
    ]
    return sorted({phonetic(part.key) for part in parts} | _chinese_sounds(parts))


def _chinese_sounds(parts: list[Part]) -> set[str]:
    """Чжан and ZHANG have no sound in common until both are in Cyrillic."""
    return {phonetic("".join(read)) for part in parts if (read := syllables(part.written))}


def _birth_blocks(born: PartialDate, sounds: list[str]) -> list[str]:
    keys = [f"y:{born.year}:{sound}" for sound in sounds]
    if born.is_full:
        keys += [f"d:{born.month:02}{born.day:02}:{sound}" for sound in sounds]
        keys.append(f"b:{born}")
        if born.day <= 12 and born.day != born.month:
            keys.append(f"b:{born.year:04}-{born.day:02}-{born.month:02}")
    return keys
