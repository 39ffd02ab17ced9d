"""Chinese names in Cyrillic and in Latin: Чжан Вэй is ZHANG WEI, Сюй Цян is XU QIANG.

Russian and Kazakh papers write Chinese syllables by the Palladius system, passports by pinyin. The two have hardly
a letter in common, but each syllable of one is exactly one of the other, so both are brought to the Cyrillic.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST_WORD = 24

# endings of syllables, pinyin then Palladius; the last row follows j, q, x and y only
_HARD = """
a а|o о|e э|ai ай|ei эй|ao ао|ou оу|an ань|en энь|ang ан|eng эн|ong ун|u у|ua уа|uo о|uai уай|ui уй|uan уань|un унь
uang уан|i и|ia я|ie е|iao яо|iu ю|ian янь|in инь|iang ян|ing ин|iong юн
"""
_SOFT = "u юй|ue юэ|uan юань|un юнь"

# beginnings and the endings each may have
_SYLLABLES = """
b б: a o ai ei ao an en ang eng u i ie iao ian in ing
p п: a o ai ei ao ou an en ang eng u i ie iao ian in ing
m м: a o e ai ei ao ou an en ang eng u i ie iao iu ian in ing
f ф: a o ei ou an en ang eng u
d д: a e ai ei ao ou an ang eng ong u uo ui uan un i ie iao iu ian ing
t т: a e ai ao ou an ang eng ong u uo ui uan un i ie iao ian ing
n н: a e ai ei ao ou an en ang eng ong u uo uan i ie iao iu ian in iang ing
l л: a e ai ei ao ou an ang eng ong u uo uan un i ia ie iao iu ian in iang ing
g г: a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
k к: a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang
h х: a e ai ei ao ou an en ang eng ong u ua uo uai uan un uang
zh чж: a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang i
ch ч: a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang i
sh ш: a e ai ei ao ou an en ang eng u ua uo uai ui uan un uang i
r ж: e ao ou an en ang eng ong u uo ui uan un i
z цз: a e ai ei ao ou an en ang eng ong u uo ui uan un
c ц: a e ai ao ou an en ang eng ong u uo ui uan un
s с: a e ai ao ou an en ang eng ong u uo ui uan un
j цз: i ia ie iao iu ian in iang ing iong
q ц: i ia ie iao iu ian in iang ing iong
x с: i ia ie iao iu ian in iang ing iong
"""
_WHOLE = """
zi цзы|ci цы|si сы|hui хуэй|er эр|a а|o о|e э|ai ай|ei эй|ao ао|ou оу|an ань|en энь|ang ан|yi и|ya я|ye е|yao яо|you ю
yan янь|yin инь|yang ян|ying ин|yong юн|yu юй|yue юэ|yuan юань|yun юнь|wu у|wa ва|wo во|wai вай|wei вэй|wan вань
wen вэнь|wang ван|weng вэн|nü нюй|lü люй|nv нюй|lv люй|nue нюэ|lue люэ
"""


def _pairs(table: str) -> dict[str, str]:
    return dict(entry.split() for entry in table.replace("\n", "|").split("|") if entry)


def _table() -> dict[str, str]:
    hard, soft = _pairs(_HARD), _pairs(_SOFT)
    found = _pairs(_WHOLE)
    for row in _SYLLABLES.strip().splitlines():
        begins, endings = row.split(":")
        latin, cyrillic = begins.split()
        found |= {latin + ending: cyrillic + hard[ending] for ending in endings.split()}
        if latin in "jqx":
            found |= {latin + ending: cyrillic + other for ending, other in soft.items()}
    return found


_OF_PINYIN = _table()
_OF_CYRILLIC = {syllable: syllable for syllable in _OF_PINYIN.values()} | {"хой": "хуэй"}
for _syllable in list(_OF_CYRILLIC):
    # э is often typed as е, where that is no other syllable
    _OF_CYRILLIC.setdefault(_syllable.replace("э", "е"), _syllable)
_PINYIN_OF = {syllable: latin for latin, syllable in reversed(_OF_PINYIN.items())}
_SIGNS = re.compile("[-'’ʼъ]")
# what hardly a Turkic or Slavic name has: these make a word of Latin letters Chinese
_CHINESE_LOOK = re.compile(r"zh|q|x|[aeiou]ng|uo|iao|iu|ua|ui|ei|ou")
_MOST_WORDS, _MOST_SYLLABLES = 3, 4


@lru_cache(maxsize=65_536)
def syllables(word: str) -> tuple[str, ...]:
    """The Chinese syllables of a word, in Palladius; empty when it is not wholly of such syllables."""
    if not word or len(word) > _LONGEST_WORD:
        return ()
    found: tuple[str, ...] = ()
    for piece in _SIGNS.split(word.lower()):
        latin = piece.isascii() or "ü" in piece
        if not (parted := _parted(piece, _OF_PINYIN if latin else _OF_CYRILLIC)):
            return ()
        found += parted
    return found


def _parted(word: str, table: dict[str, str]) -> tuple[str, ...]:
    """The longest syllables first; one that begins with a vowel stands after an apostrophe, never here."""
    for size in range(min(6, len(word)), 0, -1):
        if (found := table.get(word[:size])) is None:
            continue
        if size == len(word):
            return (found,)
        if word[size] not in "aoeаоэ" and (rest := _parted(word[size:], table)):
            return (found, *rest)
    return ()


def other_script(word: str) -> str:
    """The Chinese syllables of a word in the other script: Чжан is zhang, QIANG is цян; nothing for other words."""
    latin = word.isascii()
    if latin and not _CHINESE_LOOK.search(word.lower()):
        return ""
    read = syllables(word)
    return "".join(read if latin else map(_PINYIN_OF.__getitem__, read))


def in_cyrillic(words: list[str]) -> list[str] | None:
    """A Chinese name of Latin words in Cyrillic; nothing when it does not look like one."""
    parted = [syllables(word) for word in words]
    if not 2 <= len(words) <= _MOST_WORDS or not all(parted):
        return None
    if not any(len(one) == 1 for one in parted) or sum(map(len, parted)) > _MOST_SYLLABLES:
        return None
    if not any(_CHINESE_LOOK.search(word.lower()) for word in words):
        return None
    return ["".join(one) for one in parted]
