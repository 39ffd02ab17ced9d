"""How alike two names of several words are: which word stands for which, and what is left over.

Order, patronymics, and names written together or apart differ between the papers of one person; one word that is
another name outweighs all others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise

from migdesk.domain.letters import fold
from migdesk.domain.likeness import OTHER, SAME, SOUNDS, VARIANT, has_half, likeness, of_parts
from migdesk.domain.nameparts import Name, Part, Role, with_fathers_of
from migdesk.domain.palladius import syllables
from migdesk.domain.pinyin import is_pinyin

_SQUASH_FROM, _SQUASH = 0.85, 1.5
_HALF = 2
_SURNAME = re.compile(r"(?:[oe]v|in)a?$|sk(?:i|aia|a)$")


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
    half: bool = False


def match_names(one: Name, other: Name) -> NameMatch:
    """Align the parts of two names and weigh them: one part that is another name outweighs the rest."""
    one, other = with_fathers_of(one, other), with_fathers_of(other, one)
    mine, theirs = _core(one), _core(other)
    if not mine or not theirs:
        return NameMatch(0.0, single=True)
    mine, theirs = _apart_alike(mine, theirs) or (_joined(mine, theirs), _joined(theirs, mine))
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
        exact=worst_pair[2] == SAME and not extra,
        single=single,
        reordered=reordered or _crossed(mine, theirs, pairs),
        extra=extra,
        father=father,
        father_missing=father is None and not as_surname and _has_father(one) != _has_father(other),
        father_as_surname=as_surname,
        parent=worst_pair[2] < OTHER and (_is_parent(one, other) or _is_parent(other, one)),
        differing=_role_of(worst_pair) if worst_pair[2] < OTHER else None,
        pinyin=worst_pair[2] == SOUNDS and _in_pinyin(mine) != _in_pinyin(theirs),
        half=worst_pair[2] < SAME and _is_half(*worst_pair[:2]),
    )


def _is_half(one: Part, other: Part) -> bool:
    role = _common(one, other)
    return role is not Role.GIVEN and (has_half(one, other, role) or has_half(other, one, role))


def _in_pinyin(parts: list[Part]) -> bool:
    return all(is_pinyin(part.key) for part in parts)


def may_reach(one: Name, other: Name, least: float) -> bool:
    """Whether `match_names` may give a score of `least`, or finds one father's name: far cheaper, never false then.

    Every part is paired with one of the other name, so the worst pair is no better than the best partner of any part,
    and the whole no better than with all other pairs the same. Names that are joined, cut or read anew are let pass.
    """
    one, other = with_fathers_of(one, other), with_fathers_of(other, one)
    mine, theirs = _core(one), _core(other)
    if not mine or not theirs:
        return False
    if len(mine) != len(theirs) or len(mine) == 1 or _is_read_anew(one, other, mine, theirs):
        return True
    same = [SAME] * (len(mine) - 1)
    for part in mine:
        best = max(of_parts(part, another, _common(part, another)) for another in theirs)
        if best < OTHER and _weighed([best, *same], 0, SAME, single=False, alone=False) < least:
            return (_fathers(one, other) or 0) > VARIANT
    return True


def _is_read_anew(one: Name, other: Name, mine: list[Part], theirs: list[Part]) -> bool:
    """Whether a father's name may stand for a surname, or the blanks of two names lie elsewhere."""
    if _has_father(one) != _has_father(other):
        name, others = (one, theirs) if _has_father(one) else (other, mine)
        father = next(part for part in name if part.role is Role.FATHER)
        if _in_pinyin(others) and any(likeness(father.key, part.key) >= OTHER for part in others):
            return True
    return "".join(part.key for part in mine) == "".join(part.key for part in theirs)


def _core(name: Name) -> list[Part]:
    core = [part for part in name if part.role is not Role.FATHER]
    return core or list(name)


def _has_father(name: Name) -> bool:
    return any(part.role is Role.FATHER for part in name)


def _apart_alike(mine: list[Part], theirs: list[Part]) -> tuple[list[Part], list[Part]] | None:
    """The same letters with other blanks: Abdulaziz Al Saud and ABDUL AZIZ ALSAUD, parted where both are."""
    if sum(len(part.key) for part in mine) != sum(len(part.key) for part in theirs):
        return None
    if "".join(part.key for part in mine) != "".join(part.key for part in theirs):
        return None
    own, other = _cuts(mine), _cuts(theirs)
    shared = own & other
    return None if own == other or len(shared) < _HALF else (_cut(mine, shared), _cut(theirs, shared))


def _cuts(parts: list[Part]) -> set[int]:
    return set(accumulate(len(part.key) for part in parts))


def _cut(parts: list[Part], places: set[int]) -> list[Part]:
    done, held, place = [], [], 0
    for part in parts:
        held.append(part)
        place += len(part.key)
        if place in places:
            done.append(held[0] if len(held) == 1 else _all_together(held))
            held = []
    return done


def _all_together(parts: list[Part]) -> Part:
    key = "".join(part.key for part in parts)
    return Part(parts[0].role, key, "".join(part.written for part in parts))


def _joined(parts: list[Part], others: list[Part]) -> list[Part]:
    """Words written apart here and together there are one: Abdul Aziz and Abdulaziz."""
    if len(parts) <= len(others):
        return parts
    if len(others) == 1 and is_pinyin(others[0].key):
        # Chinese passports may write all of a name as one word
        for words in (parts, parts[::-1]):
            whole = "".join(part.key for part in words)
            if likeness(whole, others[0].key) >= OTHER:
                return [Part(others[0].role, whole)]
    for place in range(len(parts) - 1):
        together = _together(parts[place], parts[place + 1])
        if any(_is_whole(together, parts[place : place + 2], part) for part in others):
            return [*parts[:place], together, *parts[place + 2 :]]
    return parts


def _is_whole(together: Part, halves: list[Part], other: Part) -> bool:
    """Whether two words make up a third that neither of them is alone; an initial is no half of a name."""
    if any(len(half.key) < _HALF for half in halves) or of_parts(together, other, other.role) <= VARIANT:
        return False
    return all(of_parts(half, other, other.role) <= VARIANT for half in halves)


def _together(one: Part, other: Part) -> Part:
    return Part(one.role, fold(one.key + other.key), one.written + other.written)


Pair = tuple[Part, Part, float]


def _common(one: Part, other: Part) -> Role:
    """The role of two words that stand for each other: known if either is, a given name if either may be one."""
    roles = {one.role, other.role}
    if Role.GIVEN in roles:
        return Role.GIVEN
    return Role.SURNAME if Role.SURNAME in roles else Role.UNKNOWN


def _aligned(mine: list[Part], theirs: list[Part]) -> list[Pair]:
    """Each part of the shorter name with its likest partner; equal likeness prefers equal roles."""
    chinese = all(syllables(part.written) for part in (*mine, *theirs))
    table = sorted(
        (
            (of_parts(a, b, _common(a, b), chinese=chinese), a.role == b.role, -abs(i - j), i, j)
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
