"""How alike two words of names are: letters that are confused between countries' spellings.

Works on search keys (`letters.fold`), so scripts and most passport practices are equal already. What is
left is spelling: JUMABOYEV for Жұмабаев, KHANAT for Қанат, NUERBOLATI for Нұрболат, ZHANG for Чжан.
"""

from __future__ import annotations

import re
from functools import lru_cache

from migdesk.domain.letters import fold
from migdesk.domain.nameparts import Part, Role
from migdesk.domain.palladius import syllables
from migdesk.domain.pinyin import sounds
from migdesk.domain.variants import relation

OTHER, VARIANT = 0.72, 0.89  # likeness below which two names are others, above which spellings of one
SAME, _SPELLING, SOUNDS = 1.0, 0.97, 0.82
_DOUBTFUL = VARIANT - 0.01
_INITIAL = 0.8
_OTHER_NAME = 0.6
_NOTHING_ALIKE = 0.3
_SHORT, _LONG = 4, 5
_HALF = 3
_NO_READING: tuple[tuple[str, ...], str] = ((), "")
_KNOWN: dict[str | None, float] = {"one": _SPELLING, "forms": _DOUBTFUL, "two": _OTHER_NAME}

# letters by what it costs to take one for the other; here c is ч, w is ш, q is ц
_NEAR = {
    0.3: "ao ou ae ei ij kh kg gh uv bp dt sz fp bv jz sw qs cq ck",
    0.4: "qk cj jw wc",
    0.5: "eo io hw hs",
    0.6: "iu",
}
_SUBSTITUTE = {
    pair: cost for cost, pairs in _NEAR.items() for two in pairs.split() for pair in (two, two[1] + two[0])
}
_INSERT = {"i": 0.4, "e": 0.4, "a": 0.5, "o": 0.5, "u": 0.5, "h": 0.5, "v": 0.6, "g": 0.6, "c": 0.6}

# ё is е in most keys, and IO or YO in many passports
_YO = re.compile(r"(?<![aeiou])io(?=[^aeiou])")

# what a name may begin with instead: KHANAT and Қанат, Гасанов and HASANOV; Ерлан and Арлан are two names
_FIRST = frozenset({"hk", "gh", "gk", "uv", "ou", "cj", "ij", "cq"})
# ÇELIK and ŞAHIN lose their marks in passports; nothing else may differ then
_UNMARKED = frozenset({"ck", "sw"})

# Каримов and Каримзода, Қасымов and Қасым: the state and the fashion of the day change the ending of a surname
_ENDING = re.compile(r"(?<=...)(?:[oe]va?|ina?|zoda|zade|zada|uli|kizi)$")
_FEMININE = {
    Role.SURNAME: re.compile(r"(?:[oe]v|in|sk)a$"),
    # a word of unknown role may be a given name, and those end in -in: Карина, Амина, Валентина
    Role.UNKNOWN: re.compile(r"(?:[oe]v|sk)a$"),
}


def likeness(one: str, other: str, role: Role = Role.UNKNOWN) -> float:
    """0 to 1 for two keys: 1 the same, over 0.9 spelling variants, under 0.72 other names; initials between.

    Only a surname has a man's and a woman's form: Никитин and Никитина are one, Карин and Карина are two names.
    """
    if one == other:
        return SAME
    if len(one) == 1 or len(other) == 1:
        return _INITIAL if one[:1] == other[:1] else _KNOWN.get(relation(one, other), 0.0)
    return _likeness(min(one, other), max(one, other), role)


def of_parts(one: Part, other: Part, role: Role, *, chinese: bool = False) -> float:
    """The same for two words of names, which tell more as they were written: Чжан is ZHANG.

    Between two `chinese` names one syllable is never another spelling of the next: FAN is not FANG.
    """
    alike = likeness(one.key, other.key, role)
    if alike == SAME and not chinese:
        return SAME
    if (
        alike < OTHER
        and role is not Role.GIVEN
        and (has_half(one, other, role) or has_half(other, one, role))
    ):
        return _DOUBTFUL
    mine, theirs = _readings(one.written), _readings(other.written)
    if mine is None and theirs is None:
        return alike
    spoken, my_key = mine or _NO_READING
    answered, their_key = theirs or _NO_READING
    if spoken and answered:
        if spoken == answered:
            return max(alike, _SPELLING)
        if chinese:
            # Вань is often typed as Ван, which is another name
            return SOUNDS if alike == SAME else min(alike, _OTHER_NAME)
    if alike < _DOUBTFUL and (_is_read(my_key, other.key, role) or _is_read(their_key, one.key, role)):
        return _DOUBTFUL
    return alike


def has_half(double: Part, other: Part, role: Role) -> bool:
    """Whether a word is one of the two a hyphen joins: Иванова of Иванова-Петрова, before or after a marriage."""
    if "-" not in double.written or "-" in other.written:
        return False
    halves = [fold(half) for half in double.written.split("-")]
    return len(halves) == 2 and any(
        len(half) >= _HALF and likeness(half, other.key, role) > VARIANT for half in halves
    )


def _is_read(reading: str, key: str, role: Role) -> bool:
    return bool(reading) and likeness(reading, key, role) > VARIANT


@lru_cache(maxsize=65_536)
def _readings(written: str) -> tuple[tuple[str, ...], str] | None:
    """What else a word may be: Chinese syllables, and the key with a Turkish C, as in CAVID, Джавид."""
    low = written.lower()
    turkish = fold(low.replace("c", "j")) if "c" in low and "ch" not in low else ""
    read = syllables(written)
    return (read, turkish) if read or turkish else None


@lru_cache(maxsize=200_000)
def _likeness(one: str, other: str, role: Role) -> float:
    if known := relation(one, other):
        return _KNOWN[known]
    alike = _spelled(_compact(one), _compact(other), role)
    if alike < VARIANT and (_YO.search(one) or _YO.search(other)):
        # Doniyor has no ё: Данияр
        alike = max(alike, _spelled(_compact(one, yo=False), _compact(other, yo=False), role))
    return SOUNDS if 0 < alike < SOUNDS and sounds(one) & sounds(other) else alike


def _spelled(one: str, other: str, role: Role) -> float:
    """The likeness of two keys in one sign for one sound."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - 26 ms, needed by comparisons only

    if one == other:
        return _SPELLING
    if Indel.normalized_similarity(one, other) < _NOTHING_ALIKE:
        return 0.0
    forms = _FEMININE.get(role)
    if forms and one.removesuffix("a") == other.removesuffix("a") and forms.search(max(one, other)):
        return 0.95
    alike = 1 - _distance(one, other) / max(len(one), len(other))
    if one.removesuffix("a") == other.removesuffix("a") or not _begin_alike(one, other):
        # Александр and Александра: a man and a woman, however long the name
        alike = min(alike, _DOUBTFUL)
    if len(one) <= _SHORT and len(other) <= _SHORT:
        # Хан and Хон: in a short name each letter tells
        alike = min(alike, _DOUBTFUL)
    if alike >= _DOUBTFUL or role is Role.GIVEN or one[:3] != other[:3]:
        return alike
    if _ENDING.sub("", one) == _ENDING.sub("", other):
        return _DOUBTFUL
    return alike


def _begin_alike(one: str, other: str) -> bool:
    """Whether two names may be one by their first letters; an `i` is put before two consonants."""
    if one[0] == other[0]:
        return True
    first = min(one[0], other[0]) + max(one[0], other[0])
    if first == "ao":
        # ORIPOV is Арипов; Орман and Арман are two names
        return min(len(one), len(other)) > _LONG
    if first in _FIRST or "i" + one == other or one == "i" + other:
        return True
    return first in _UNMARKED and one[1:] == other[1:]


def _compact(key: str, *, yo: bool = True) -> str:
    """One sign for one sound; the `vu` of Chinese papers is a vowel: WULAZI for Ораз."""
    if key.startswith("vu"):
        key = key[1:]
    if yo and "io" in key:
        key = _YO.sub("e", key)
    key = key.replace("sch", "w")
    return key.replace("sh", "w").replace("ch", "c").replace("ts", "q").replace("cj", "j")


def _distance(one: str, other: str) -> float:
    """Edit distance in which confused letters cost less than one; the first letter and a last `a` count more."""
    above = [0.0]
    for place, char in enumerate(other):
        above.append(above[-1] + _weight(_INSERT.get(char, 1.0), first=place == 0))
    for row_number, mine in enumerate(one):
        drop = _weight(_INSERT.get(mine, 1.0), first=row_number == 0)
        row = [above[0] + drop]
        for place, theirs in enumerate(other):
            first = row_number == 0 or place == 0
            change = 0.0 if mine == theirs else _weight(_SUBSTITUTE.get(mine + theirs, 1.0), first=first)
            insert = _weight(_INSERT.get(theirs, 1.0), first=place == 0)
            row.append(min(above[place] + change, above[place + 1] + drop, row[place] + insert))
        above = row
    gendered = one[-1] != other[-1] and "a" in (one[-1], other[-1])
    return above[-1] + 0.5 * gendered


def _weight(cost: float, *, first: bool) -> float:
    return 1.5 * cost if first else cost
