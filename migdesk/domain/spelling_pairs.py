"""Names that Kazakh, Russian and a passport's Latin spell with other vowels: Тұрсынов, Турсунов, TURSYNOV.

The search key (`letters.fold`) sees through letters that stand for each other alone: қ and к, ғ and г, ө and о, ң
and н, һ and х, і, ы and и. What depends on the letters around is here: after у or о a closed vowel is heard as у
(Тұрсын, Турсун; Жүсіп, Жусуп), a soft ә or ү is written а or я, у or ю (Ләззат, Лаззат, Ляззат; Дүйсен, Дюсен).
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORTEST = 5
"""Letters of a word from which its other spellings are looked for: the beginning of a name finds very many anyhow."""

_MOST = 16
"""Spellings of one word that are looked for."""

_VOWELS = "aeiou"
_ROUND = "uo"
_PART = re.compile("[aeiou]+|[^aeiou]+")
_SOFT = {
    "a": ("lnsk", ("a", "ia")),
    "ia": ("lnsk", ("ia", "a")),
    "u": ("dgklnst", ("u", "iu")),
    "iu": ("dgklnst", ("iu", "u", "ui")),
    "ui": ("dgklnst", ("ui", "iu", "u")),
}
"""Vowels inside a name: the consonants after which they are soft, and how they are spelled then."""


@lru_cache(maxsize=1 << 12)
def alike_keys(key: str) -> tuple[str, ...]:
    """The keys under which a name may be kept that is asked for by this one; its own comes first."""
    if len(key) < _SHORTEST or not key.isalpha():
        return (key,)
    parts = _PART.findall(key)
    found = [("", "")]
    for place, part in enumerate(parts):
        is_inside = 0 < place < len(parts) - 1
        found = [
            (made + one, one[-1] if one[0] in _VOWELS else vowel)
            for made, vowel in found
            for one in (_ways(part, made[-1], vowel) if is_inside else (part,))
        ][:_MOST]
    return tuple(dict.fromkeys(made for made, _vowel in found))


def _ways(part: str, before: str, vowel: str) -> tuple[str, ...]:
    """How a part may be spelled after the letter before it; `vowel` is that of the syllable before, if any."""
    if part in ("i", "u") and vowel and vowel in _ROUND:
        return (part, "u" if part == "i" else "i")
    after, ways = _SOFT.get(part, ("", ()))
    return ways if before in after and ways else (part,)
