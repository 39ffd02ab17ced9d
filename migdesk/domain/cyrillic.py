"""A Cyrillic spelling proposed for a name that is known in Latin only.

A passport's Latin does not say everything: K was К or Қ, E was Е or Э, IA was я or иа. The proposal is
the likeliest spelling for this region; a person accepts or corrects it.
"""

from __future__ import annotations

import re
import unicodedata

from migdesk.domain.palladius import in_cyrillic

_COMMAS = "'ʻʼ‘’`"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_COMMAS}][^\W\d_]+)*[{_COMMAS}]?")
_RUSSIAN_ENDING = re.compile(r"(?:[ое]в|ин|ск[иы]й)(?:а|ич|на)?$|ская$")
_V = "aeiouyäöüūı"

# гүл, a flower, in names of women; Смағұл is another word
_GUL = "(?<!sma)gul(?=[bdjkmnstxz]|$)"

# Steps are tried in order at each place; a letter that fits none takes its row of `_LETTERS`.
_COMMON = (
    ("shch", "щ"),
    ("^sch(?=er)", "щ"),
    ("sch", "ш"),
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
    # given names whose Y is ий; in Kazakh names a last Y is ы
    ("(?<=dmitr)y$|(?<=evgen)y$|(?<=vasil)y$|(?<=grigor)y$|(?<=valer)y$|(?<=georg)y$", "ий"),
    ("(?<=anatol)y$|(?<=arkad)y$|(?<=vital)y$|(?<=gennad)y$|(?<=^yur)y$", "ий"),
    ("(?<=tat)[iy]a(?=na$)", "ья"),
    ("^yi(?=[ld])", "йы"),
    ("^y(?=[ıiöü])", "й"),
    ("[yý]a", "я"),
    ("[yý]u", "ю"),
    ("[yý]o", "ё"),
    ("[yý]e", "е"),
    ("c(?=[eiy])", "с"),
    ("(?<=kh)ail(?=a?$)", "аил"),
    ("(?<=sm)ail", "аил"),
    ("^(?=said)sai", "саи"),
    ("^(?=rais)rai", "раи"),
    # Uzbek letters with a comma above, whichever sign stands for it
    (f"o[{_COMMAS}]", "у"),
    (f"g[{_COMMAS}]", "г"),
    (f"[{_COMMAS}]", ""),
)
_BY_SCHEME = {
    # the tables of ICAO and of Russia's passports write я and ю as IA and IU
    "icao": (
        ("^ia", "я"),
        ("^iu", "ю"),
        ("(?<=[aeou])ia", "я"),
        ("(?<=[dr])ia(?=n)", "иа"),
        ("(?<!tat)ia(?=[^aeiouy]|ev)", "я"),
        ("ia$", "ия"),
        ("iu", "ю"),
        (f"(?<=[aeo{_V[6:]}])y(?![aeou])", "й"),
        (_GUL, "гуль"),
    ),
    # Kazakhstan doubles an S between vowels to keep it voiceless, and writes ы after у as Y
    "kz": (
        ("^ia", "я"),
        ("^iu", "ю"),
        ("ia$", "ия"),
        (_GUL, "гүл"),
        ("^nur|(?<=[aei])nur$", "нұр"),
        ("sultan", "сұлтан"),
        (f"g[{_COMMAS}]", "ғ"),
        (f"(?<=[{_V}])ss(?=[{_V}])", "с"),
        ("(?<=[aeo])y(?![aeou])", "й"),
    ),
}
_BY_SCHEME["ru"] = _BY_SCHEME["icao"]
_LAST = (("(?<=[aeouy])i(?![aeou])", "й"), ("(?<=u)y(?![bcdfghjklmnpqrstvwxz])", "й"))

_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzäəöüūğñışçžýňščćǵáéółđø",
        "абкдефгхижклмнопкрстуввхызааоуугнышчжйншччгаеолдо",
        strict=True,
    )
)
_KAZAKH = {"q": "қ", "ä": "ә", "ə": "ә", "ö": "ө", "ü": "ү", "ū": "ұ", "ğ": "ғ", "ñ": "ң", "ň": "ң"}
_NOT_KAZAKH = frozenset("вфцчщёъь")
# a Latin C is дж beside these letters of Azerbaijani and Turkish names
_TURKIC = re.compile("[əıİğ]", re.IGNORECASE)

# whole names whose ь and Э Latin does not show
_KNOWN_NAMES = """
natalya наталья|ilya илья|ilia илья|ilyin ильин|ilyina ильина|ilin ильин|ilina ильина|olga ольга|igor игорь
ulyana ульяна|uliana ульяна|lyubov любовь|liubov любовь|zinaida зинаида|lev лев|eduard эдуард|edgar эдгар|ella элла
elvira эльвира|elmira эльмира|eldar эльдар|eldor эльдор|elina элина|eleonora элеонора
emil эмиль|emma эмма|ernest эрнест|ergash эргаш|ergashev эргашев|ergasheva эргашева
emomali эмомали|erdogan эрдоган|elchin эльчин
"""
_KNOWN = dict(pair.split() for pair in _KNOWN_NAMES.replace("\n", "|").split("|") if pair)


def propose(text: str, scheme: str) -> str:
    """The text with its Latin words respelled; `kz` proposes Kazakh letters, the others Russian ones.

    A name of Chinese syllables is written by the Palladius system: ZHANG WEI is Чжан Вэй.
    """
    words = _WORD.findall(text)
    chinese = iter(in_cyrillic(words) or ())
    turkic = bool(_TURKIC.search(text))

    def spelled(found: re.Match[str]) -> str:
        low = found[0].lower().replace("i\u0307", "i")
        plain = re.sub("c(?!h)", "ǰ", low) if turkic else low
        return _cased(found[0], next(chinese, "") or _KNOWN.get(low) or _word(plain, scheme))

    return _WORD.sub(spelled, text)


def _cased(model: str, word: str) -> str:
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _steps(scheme: str) -> list[tuple[re.Pattern[str], str]]:
    rules = (*_BY_SCHEME[scheme], *_COMMON, *_LAST)
    return [(re.compile(pattern), cyrillic) for pattern, cyrillic in rules]


_STEPS = {scheme: _steps(scheme) for scheme in _BY_SCHEME}


def _word(latin: str, scheme: str) -> str:
    letters = _LETTERS | {"ǰ": "дж"} | (_KAZAKH if scheme == "kz" else {})
    done: list[str] = []
    place = 0
    while place < len(latin):
        for pattern, cyrillic in _STEPS[scheme]:
            if found := pattern.match(latin, place):
                done.append(cyrillic)
                place = found.end()
                break
        else:
            char = latin[place]
            done.append(letters.get(char) or letters.get(unicodedata.normalize("NFD", char)[0], char))
            place += 1
    return _harmonise("".join(done)) if scheme == "kz" else "".join(done)


def _harmonise(word: str) -> str:
    """Kazakh vowel harmony: back words take қ ғ, front words і; Russian surname forms stay as they are."""
    if _RUSSIAN_ENDING.search(word):
        return word
    for tail, kazakh in (("кызы", "қызы"), ("улы", "ұлы")):
        if len(word) > len(tail) + 1 and word.endswith(tail):
            return _harmonise(word.removesuffix(tail)) + kazakh
    if word.endswith("ий") or _NOT_KAZAKH & set(word):
        return word
    front, back = set(word) & set("еиіәөүэ"), set(word) & set("аоуұыяю")
    if back and not front:
        return word.replace("к", "қ").replace("г", "ғ")
    if front and not back:
        return word.replace("и", "і")
    return word
