"""A Cyrillic spelling proposed for a name that is known in Latin only.

A passport's Latin does not say everything: K was К or Қ, E was Е or Э, IA was я or иа. The proposal is
the likeliest spelling for this region; a person accepts or corrects it.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['ʻʼ‘’`][^\W\d_]+)*['ʻʼ‘’`]?")
_RUSSIAN_ENDING = re.compile(r"(?:[ое]в|ин|ск[иы]й)(?:а|ич|на)?$|ская$")
_V = "aeiouyäöüūı"

# Steps are tried in order at each place; a letter that fits none takes its row of `_LETTERS`.
_COMMON = (
    ("shch", "щ"),
    ("dzh", "дж"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ph", "ф"),
    ("ck", "к"),
    ("gh", "г"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("ts(?!h)", "ц"),
    ("(?<=^ale)x|(?<=^ma)x(?=i)|(?<=^feli)x", "кс"),
    ("(?<=sk)y$", "ий"),
    ("(?<=sk)[iy]y$", "ий"),
    ("i[iy]$", "ий"),
    ("i[iy]a", "ия"),
    ("i[iy]u", "ию"),
    ("ya", "я"),
    ("yu", "ю"),
    ("yo", "ё"),
    ("ye", "е"),
    ("c(?=[eiy])", "с"),
    ("(?<=kh)ail(?=a?$)", "аил"),
    ("(?<=sm)ail", "аил"),
)
_BY_SCHEME = {
    # the tables of ICAO and of Russia's passports write я and ю as IA and IU
    "icao": (
        ("^ia", "я"),
        ("^iu", "ю"),
        ("(?<=[aeou])ia", "я"),
        ("(?<=[dr])ia(?=n)", "иа"),
        ("ia(?=[^aeiouy]|ev)", "я"),
        ("ia$", "ия"),
        ("iu", "ю"),
        (f"(?<=[aeo{_V[6:]}])y", "й"),
    ),
    # Kazakhstan doubles an S between vowels to keep it voiceless, and writes ы after у as Y
    "kz": ((f"(?<=[{_V}])ss(?=[{_V}])", "с"), ("(?<=[aeo])y", "й")),
}
_BY_SCHEME["ru"] = _BY_SCHEME["icao"]
_LAST = (("(?<=[aeouy])i(?![aeou])", "й"), ("(?<=u)y(?![bcdfghjklmnpqrstvwxz])", "й"))

_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzäəöüūğñışçžýňščćǵáéó",
        "абкдефгхижклмнопкрстуввхызааоуугнышчжйншччгаео",
        strict=True,
    )
)
_KAZAKH = {"q": "қ", "ä": "ә", "ə": "ә", "ö": "ө", "ü": "ү", "ū": "ұ", "ğ": "ғ", "ñ": "ң", "ň": "ң"}


def propose(text: str, scheme: str) -> str:
    """The text with its Latin words respelled; `kz` proposes Kazakh letters, the others Russian ones."""
    return _WORD.sub(lambda found: _cased(found[0], _word(found[0].lower(), scheme)), text)


def _cased(model: str, word: str) -> str:
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _steps(scheme: str) -> list[tuple[re.Pattern[str], str]]:
    rules = (*_COMMON, *_BY_SCHEME[scheme], *_LAST)
    return [(re.compile(pattern), cyrillic) for pattern, cyrillic in rules]


_STEPS = {scheme: _steps(scheme) for scheme in _BY_SCHEME}


def _word(latin: str, scheme: str) -> str:
    plain = re.sub("['ʻʼ‘’`]", "", latin)
    letters = _LETTERS | (_KAZAKH if scheme == "kz" else {})
    done: list[str] = []
    place = 0
    while place < len(plain):
        for pattern, cyrillic in _STEPS[scheme]:
            if found := pattern.match(plain, place):
                done.append(cyrillic)
                place = found.end()
                break
        else:
            done.append(letters.get(plain[place], plain[place]))
            place += 1
    return _harmonise("".join(done)) if scheme == "kz" else "".join(done)


def _harmonise(word: str) -> str:
    """Kazakh vowel harmony: back words take қ ғ, front words і; Russian surname forms stay as they are."""
    if _RUSSIAN_ENDING.search(word):
        return word
    for tail, kazakh in (("кызы", "қызы"), ("улы", "ұлы")):
        if len(word) > len(tail) + 1 and word.endswith(tail):
            return _harmonise(word.removesuffix(tail)) + kazakh
    front, back = set(word) & set("еиіәөүэ"), set(word) & set("аоуұыяю")
    if back and not front:
        return word.replace("к", "қ").replace("г", "ғ")
    if front and not back:
        return word.replace("и", "і")
    return word
