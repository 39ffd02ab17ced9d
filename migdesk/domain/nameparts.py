"""The parts of a name: which word is the surname, the given name, the father's name, as far as it shows.

Works on search keys (`letters.fold`): Серікұлы, Rustam o‘g‘li and Иванович are patronymics in any script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from migdesk.domain.letters import fold, romanise
from migdesk.domain.scripts import mixed

_MOST, _LONGEST = 8, 40  # words of a name, letters of a word

# Kazakh, Uzbek, Kyrgyz, Azerbaijani words for son and daughter, as keys; then the Slavic endings
_CHILD_OF = frozenset({"uli", "kizi", "gizi", "ogli", "ugli", "oglu", "uglu", "ulu", "ogil"})
_DAUGHTER = re.compile(r"(?<=\w\w)(қызы|кызы|қизи|кизи|kyzy|qyzy|kyzi|qizi|kizi|gyzy)\b", re.IGNORECASE)
_TURKIC = re.compile(r"(?<=...)(?:(?<!g)uli|kizi|gizi|ogli|ugli|oglu)$")
_ZODA = re.compile(r"(?<=...)(?:zoda|zade|zada)$")
_TITLES = frozenset({"mr", "mrs", "ms", "mis", "dr"})
_BASIC = re.compile("[A-Za-z]")
_APART = re.compile(r"[\s.,;/()]+")
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# Иванович, Ивановна, Ільінічна; Ukrainian Іванівна; Belarusian Іванавіч, Іванаўна
_SLAVIC = re.compile(r"(?<=..)(?:[aoe]vich|[oei]vna|[ae][uo]na|ichna|ich)$")


class Role(StrEnum):
    """Which part of a full name a word is, as far as known."""

    SURNAME = "s"
    GIVEN = "g"
    FATHER = "p"
    UNKNOWN = "?"


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One word of a name: its role, its key, and how it was written; a patronymic's key is the father's name."""

    role: Role
    key: str
    written: str = field(default="", compare=False)


Name = tuple[Part, ...]


def full_name(surname: str, given: str, patronymic: str) -> Name:
    """A name whose parts are known; a patronymic inside the given name is found."""
    fathers = [Part(Role.FATHER, _father(key)) for key, _as in _words(patronymic) if key not in _CHILD_OF]
    parts = [
        *_tagged(_words(surname), Role.SURNAME, slavic=False),
        *_tagged(_words(given), Role.GIVEN, slavic=bool(surname)),
    ]
    return (*parts, *fathers)


def free_name(text: str) -> Name:
    """A name in one string: the order of its parts is not known, patronymics show by their endings."""
    words = [word for word in _words(text) if word[0] not in _TITLES] or _words(text)
    parts = _tagged(words, Role.UNKNOWN, slavic=len(words) > 2)
    if len(parts) > 2 and all(part.role is Role.UNKNOWN for part in parts) and _ZODA.search(parts[-1].key):
        parts[-1] = Part(Role.FATHER, _father(parts[-1].key))
    return tuple(parts)


def _words(text: str) -> list[tuple[str, str]]:
    """The words as keys, each with how it is written; Chinese characters are written in pinyin.

    A word whose letters are of two alphabets, as `Еpлан` with a Latin p, is read in one.
    """
    if not text:
        return []
    apart = _DAUGHTER.sub(r" \1", text[: _LONGEST * _MOST])
    for word in mixed(apart) if _BASIC.search(apart) else ():
        apart = apart.replace(word.word, word.spelling)
    keys, words = fold(apart).split(), apart.split()
    if len(words) != len(keys):
        words = (romanise(apart) if _CHINESE.search(apart) else _APART.sub(" ", apart)).split()
    if len(words) != len(keys):
        words = keys
    pairs = list(zip(keys, words, strict=True))
    if len(apart) <= _LONGEST:
        return pairs[:_MOST]
    return [(key[:_LONGEST], word[:_LONGEST]) for key, word in pairs[:_MOST]]


def _tagged(words: list[tuple[str, str]], role: Role, *, slavic: bool) -> list[Part]:
    """Words with their role; `-ович` counts as a patronymic only beside other words: Jovanović is a surname."""
    parts: list[Part] = []
    for word, written in words:
        if word in _CHILD_OF and parts:
            parts[-1] = Part(Role.FATHER, parts[-1].key)
        elif _TURKIC.search(word) or (slavic and _SLAVIC.search(word)):
            parts.append(Part(Role.FATHER, _stem(word)))
        else:
            parts.append(Part(role, word, written))
    return parts


def with_fathers_of(name: Name, other: Name) -> Name:
    """A name of two words whose last is a patronymic, as it is beside a name with one: Асан Серикович, Асан Серікұлы.

    Alone `-ович` may as well be a surname, and it is one where the other name has it for a surname too.
    """
    if len(name) != 2 or any(part.role is Role.FATHER for part in name):
        return name
    last = name[-1]
    father = _SLAVIC.sub("", last.key)
    is_father = (
        father != last.key and last.role is Role.UNKNOWN and last.key not in {part.key for part in other}
    )
    if not is_father or not any(part.role is Role.FATHER for part in other):
        return name
    return (name[0], Part(Role.FATHER, father))


def _stem(word: str) -> str:
    return _SLAVIC.sub("", _TURKIC.sub("", word))


def _father(word: str) -> str:
    """The father's name in a word known to be a patronymic: Каримзода is the son of Карим."""
    return _ZODA.sub("", _stem(word))


_SON_WORDS, _DAUGHTER_WORDS = {"uli", "ogli", "ugli", "oglu", "uglu", "ulu", "ogil"}, {"kizi", "gizi"}
_SON, _OF_DAUGHTER = (
    re.compile(r"(?<=...)(?:(?<!g)uli|ogli|oglu|[aoe]vich)$"),
    re.compile(r"(?:kizi|gizi|[oei]vna|[ae][uo]na)$"),
)


def told_sex(text: str) -> str | None:
    """`m` or `f` by the patronymic of a full name: Серікұлы, Рустам қизи, Ивановна; nothing without one."""
    words = [key for key, _written in _words(text)]
    son = any(word in _SON_WORDS or _SON.search(word) for word in words[1:])
    daughter = any(word in _DAUGHTER_WORDS or _OF_DAUGHTER.search(word) for word in words)
    return None if son == daughter else "m" if son else "f"
