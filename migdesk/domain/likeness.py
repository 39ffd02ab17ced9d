"""How alike two names are: letters that are confused between countries' spellings, and the parts of a name.

Works on search keys (`letters.fold`), so scripts and most passport practices are equal already. What is
left is spelling: JUMABOYEV for Жұмабаев, KHANAT for Қанат, NUERBOLATI for Нұрболат; and order, patronymics,
names written together or apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from migdesk.domain.letters import fold
from migdesk.domain.nameparts import Name, Part, Role
from migdesk.domain.pinyin import is_pinyin, sounds

OTHER, VARIANT = 0.72, 0.89  # likeness below which two names are others, above which spellings of one
_SAME, _SPELLING, _SOUNDS = 1.0, 0.97, 0.82
_INITIAL = 0.8
_SQUASH_FROM, _SQUASH = 0.85, 1.5

# letters by what it costs to take one for the other; here c is ч, w is ш, q is ц
_NEAR = {
    0.3: "ao ou ae ei kh kg gh uv bp dt sz fp bv jz ji sw qs cq",
    0.4: "ck qk cj jw wc",
    0.5: "lr iu eo io mn hw hs",
}
_SUBSTITUTE = {
    pair: cost for cost, pairs in _NEAR.items() for two in pairs.split() for pair in (two, two[1] + two[0])
}
_INSERT = {"i": 0.4, "e": 0.4, "a": 0.5, "o": 0.5, "u": 0.5, "h": 0.5, "v": 0.6, "g": 0.6}

_SURNAME = re.compile(r"(?:[oe]v|in)a?$|sk(?:i|aia|a)$")
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
        return _SAME
    if len(one) == 1 or len(other) == 1:
        return _INITIAL if one[:1] == other[:1] else 0.0
    return _likeness(min(one, other), max(one, other), role)


@lru_cache(maxsize=200_000)
def _likeness(one: str, other: str, role: Role) -> float:
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - 26 ms, needed by comparisons only

    written = one, other
    one, other = _compact(one), _compact(other)
    if one == other:
        return _SPELLING
    if Indel.normalized_similarity(one, other) < 0.3:
        return 0.0
    forms = _FEMININE.get(role)
    if forms and one.removesuffix("a") == other.removesuffix("a") and forms.search(max(one, other)):
        return 0.95
    alike = 1 - _distance(one, other) / max(len(one), len(other))
    if one.removesuffix("a") == other.removesuffix("a"):
        # Александр and Александра: a man and a woman, however long the name
        alike = min(alike, VARIANT - 0.01)
    return _SOUNDS if alike < _SOUNDS and sounds(written[0]) & sounds(written[1]) else alike


def _compact(key: str) -> str:
    """One sign for one sound; the `vu` of Chinese papers is a vowel: WULAZI for Ораз."""
    if key.startswith("vu"):
        key = key[1:]
    return key.replace("sh", "w").replace("ch", "c").replace("ts", "q")


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
    return min(1.0, 1.5 * cost) if first else cost


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How two names compare: `score` 0 to 1 and what was seen on the way."""

    score: float
    worst: float = 0.0
    best: float = 0.0
    exact: bool = False
    single: bool = False
    reordered: bool = False
    extra: int = 0
    father: float | None = None
    father_missing: bool = False
    father_as_surname: bool = False
    parent: bool = False
    differing: Role | None = None
    pinyin: bool = False


def match_names(one: Name, other: Name) -> NameMatch:
    """Align the parts of two names and weigh them: one part that is another name outweighs the rest."""
    mine, theirs = _core(one), _core(other)
    if not mine or not theirs:
        return NameMatch(0.0, single=True)
    mine, theirs = _joined(mine, theirs), _joined(theirs, mine)
    pairs = _aligned(mine, theirs)
    pairs, as_surname = _with_father(one, other, mine, theirs, pairs)
    values = [value for _a, _b, value in pairs]
    father = _fathers(one, other)
    worst_pair = min(pairs, key=lambda pair: pair[2])
    extra = abs(len(mine) - len(theirs)) - (1 if as_surname else 0)
    single = len(pairs) == 1 and (father or 0) <= VARIANT
    score = _weighed(values, extra, father, single=single, alone=single and not extra)
    reordered = any({a.role, b.role} == {Role.SURNAME, Role.GIVEN} for a, b, _value in pairs)
    return NameMatch(
        score=max(0.0, score - 0.02 * reordered - 0.04 * as_surname),
        worst=worst_pair[2],
        best=max(values),
        exact=worst_pair[2] == _SAME and not extra,
        single=single,
        reordered=reordered or _crossed(mine, theirs, pairs),
        extra=extra,
        father=father,
        father_missing=father is None and not as_surname and _has_father(one) != _has_father(other),
        father_as_surname=as_surname,
        parent=worst_pair[2] < OTHER and (_is_parent(one, other) or _is_parent(other, one)),
        differing=_role_of(worst_pair) if worst_pair[2] < OTHER else None,
        pinyin=OTHER <= worst_pair[2] < VARIANT and _in_pinyin(mine) != _in_pinyin(theirs),
    )


def _in_pinyin(parts: list[Part]) -> bool:
    return all(is_pinyin(part.key) for part in parts)


def share_a_part(one: Name, other: Name) -> bool:
    """Whether any part of one name is like any part of the other: a cheap test before `match_names`."""
    return any(likeness(mine.key, theirs.key) >= OTHER for mine in one for theirs in other)


def _core(name: Name) -> list[Part]:
    core = [part for part in name if part.role is not Role.FATHER]
    return core or list(name)


def _has_father(name: Name) -> bool:
    return any(part.role is Role.FATHER for part in name)


def _joined(parts: list[Part], others: list[Part]) -> list[Part]:
    """Words written apart here and together there are one: Abdul Aziz and Abdulaziz."""
    if len(parts) <= len(others):
        return parts
    if len(others) == 1 and is_pinyin(others[0].key):
        # Chinese passports may write all of a name as one word
        for words in (parts, parts[::-1]):
            together = "".join(part.key for part in words)
            if likeness(together, others[0].key) >= OTHER:
                return [Part(others[0].role, together)]
    keys = {part.key for part in others}
    for place in range(len(parts) - 1):
        together = fold(parts[place].key + parts[place + 1].key)
        if together in keys:
            return [*parts[:place], Part(parts[place].role, together), *parts[place + 2 :]]
    return parts


Pair = tuple[Part, Part, float]


def _common(one: Part, other: Part) -> Role:
    """The role of two words that stand for each other: known if either is, a given name if either may be one."""
    roles = {one.role, other.role}
    if Role.GIVEN in roles:
        return Role.GIVEN
    return Role.SURNAME if Role.SURNAME in roles else Role.UNKNOWN


def _aligned(mine: list[Part], theirs: list[Part]) -> list[Pair]:
    """Each part of the shorter name with its likest partner; equal likeness prefers equal roles."""
    table = sorted(
        (
            (likeness(a.key, b.key, _common(a, b)), a.role == b.role, -abs(i - j), i, j)
            for i, a in enumerate(mine)
            for j, b in enumerate(theirs)
        ),
        reverse=True,
    )
    taken_mine: set[int] = set()
    taken_theirs: set[int] = set()
    pairs: list[Pair] = []
    for value, _role, _near, i, j in table:
        if i not in taken_mine and j not in taken_theirs:
            taken_mine.add(i)
            taken_theirs.add(j)
            pairs.append((mine[i], theirs[j], value))
    return pairs


def _with_father(
    one: Name, other: Name, mine: list[Part], theirs: list[Part], pairs: list[Pair]
) -> tuple[list[Pair], bool]:
    """Chinese and Mongolian papers put the father's name where others have a surname."""
    for name, full in ((one, other), (other, one)):
        short, long = (mine, theirs) if name is one else (theirs, mine)
        fathers = [part for part in name if part.role is Role.FATHER]
        if fathers and len(short) == len(long) == 2 and not _has_father(full):
            found = _given_and_father(fathers[0], short, long)
            if found and min(value for _a, _b, value in found) > min(value for _a, _b, value in pairs):
                return found, True
        if len(short) != 1 or len(long) != 2 or not fathers or _has_father(full):
            continue
        free = [part for part in long if all(part not in pair[:2] for pair in pairs)]
        if (
            free
            and (value := likeness(fathers[0].key, free[0].key)) >= OTHER
            and free[0].role is not Role.GIVEN
        ):
            return [*pairs, (fathers[0], free[0], value)], True
    return pairs, False


def _given_and_father(father: Part, own: list[Part], others: list[Part]) -> list[Pair]:
    """Құман Нұрлан Серікұлы as NUERLAN SAILIKE: given name and father's name, the surname left out."""
    for place, part in enumerate(others):
        rest = others[1 - place]
        value = likeness(father.key, part.key)
        if not (is_pinyin(part.key) and is_pinyin(rest.key)) or value < OTHER:
            continue
        given = max(own, key=lambda one: likeness(one.key, rest.key))
        if (alike := likeness(given.key, rest.key)) >= OTHER:
            return [(given, rest, alike), (father, part, min(value, VARIANT - 0.01))]
    return []


def _fathers(one: Name, other: Name) -> float | None:
    mine = [part.key for part in one if part.role is Role.FATHER]
    theirs = [part.key for part in other if part.role is Role.FATHER]
    if not mine or not theirs:
        return None
    return max(likeness(a, b) for a in mine for b in theirs)


def _weighed(values: list[float], extra: int, father: float | None, *, single: bool, alone: bool) -> float:
    steep = [value if value >= _SQUASH_FROM else value - _SQUASH * (_SQUASH_FROM - value) for value in values]
    worst = max(0.0, min(steep))
    score = 0.5 * sum(max(0.0, value) for value in steep) / len(steep) + 0.5 * worst
    if single and not alone:
        score *= 0.75
    score -= 0.04 * max(0, extra) * (not single)
    if father is not None:
        score = score * 0.85 if father < OTHER else 0.92 * score + 0.08 * father
    return score


def _crossed(mine: list[Part], theirs: list[Part], pairs: list[Pair]) -> bool:
    places = sorted((mine.index(a), theirs.index(b)) for a, b, _value in pairs if a in mine and b in theirs)
    return any(one[1] > other[1] for one, other in pairwise(places))


def _is_parent(child: Name, elder: Name) -> bool:
    """Whether the father's name of one is the given name of the other, under one surname."""
    fathers = [part.key for part in child if part.role is Role.FATHER]
    given = [part.key for part in elder if part.role in (Role.GIVEN, Role.UNKNOWN)]
    own = [part.key for part in child if part.role in (Role.GIVEN, Role.UNKNOWN)]
    return any(
        likeness(father, name) > VARIANT and all(likeness(name, mine) < OTHER for mine in own)
        for father in fathers
        for name in given
    )


def _role_of(pair: Pair) -> Role:
    roles = {pair[0].role, pair[1].role} - {Role.UNKNOWN}
    if not roles and all(_SURNAME.search(part.key) for part in pair[:2]):
        return Role.SURNAME
    return roles.pop() if len(roles) == 1 else Role.UNKNOWN
