"""Kazakh names as Chinese passports spell them: heard as Chinese syllables, then written in pinyin.

Chinese has no syllable that ends in anything but a vowel, n, ng or r, and none that begins with ki or hi: so
Серік becomes SAILIKE, Құман HUAMAN, Шәріп XIALIPU, Шоқан QIAOKAN. From names seen in passports; no table was
published, so what matches here only is never called the same, but shown to a person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from migdesk.domain.letters import phonetic

_SYLLABLES = re.compile(r"(?:(?:sh|ch|ts|[bpmfdtnlgkhjzsrv])?[aeiou]+(?:ng?|r(?![aeiou]))?)+")
_FALSE_SH = re.compile(r"s(?=h)")


def is_pinyin(key: str) -> bool:
    """Whether a search key (`letters.fold`) can be read as Chinese syllables: five letters at least."""
    return len(key) >= 5 and bool(_SYLLABLES.fullmatch(key))


@lru_cache(maxsize=65_536)
def sounds(key: str) -> frozenset[str]:
    """Sound keys of a search key: its own, and those it has if it was spelled in pinyin or from it.

    XI and QI fold as `hi` and `ki`; с and х beside each other fold as ш; ы before с is not heard.
    """
    heard = {key}
    if is_pinyin(key):
        soft = re.sub(r"[hk](?=i)", "sh", key)
        # ZHA may be за, and nothing but N and NG ends a syllable: SENGBATI is Сымбат
        lips = re.sub(r"ng?(?=[bp])", "m", key)
        heard |= {soft, re.sub(r"shi(?=[aeou])", "sh", soft), soft.replace("j", "z"), lips}
    if "sh" in key:
        heard.add(_FALSE_SH.sub("sk", key).replace("skh", "sk"))
    if key.endswith("jan"):
        # з and х beside each other fold as ж: Оразхан
        heard.add(key.removesuffix("jan") + "zkan")
    if key.startswith("is"):
        heard.add(key[1:])
    return frozenset(sound for word in heard if len(sound := phonetic(word)) > 2)
