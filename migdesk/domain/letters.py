"""One table of letters: transliteration, search keys, sound keys and the Kazakh order.

A migrant is written in Kazakh on one paper, in Russian on the next and in the Latin of whichever
country issued the passport. Everything here reads the same table, so that a spelling that one key
sees through is seen through by all.

The `icao` column is Doc 9303 part 3, section 6 B; letters it does not list (Kazakh, Uzbek, Tajik,
Tatar) follow the nearest letter it does. The `ru` column is the practice of Russia's passports, which
adopted the same table; Kazakh letters go by the Russian letter that replaces them. The `kz` column is
the practice of Kazakhstan's passports as seen in names: unverified, no act was found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from migdesk.domain import arabic, palladius
from migdesk.domain.cyrillic import propose

SCHEMES = ("icao", "kz", "ru")

# letter, then icao kz ru fold; one column = all the same, `-` = nothing
_CYRILLIC = """
а a|ә a|б b|в v|г g|ғ g|ґ g|ҕ g|ѓ g|д d|ђ d|е e|ё e yo e e|є ie ye e e|ж zh zh zh j|җ zh zh zh j
ҷ j j dzh j|ҹ j j dzh j|џ dz j dz j|з z|ҙ z|ѕ dz|и i|і i|ї i|ӣ i|й i|ј j|к k|қ k|ҡ k|ҝ k|ќ k|л l|љ lj
м m|н n|ң n|ҥ n|њ nj|о o|ө o|п p|р r|с s|ҫ s|т t|ћ c c ch c|у u|ў u o u o|ұ u|ү u|ӯ u|ѫ u|ф f
х kh kh kh h|ҳ h h kh h|һ h h kh h|ц ts|ч ch ch ch c|ш sh|щ shch shch shch shc|ъ ie - ie -|ы y y y i
ь -|э e|ю iu yu iu iu|я ia ya ia ia|ѵ y y y i
"""

# Latin letters that are not their base letter with a mark: icao, fold
_LATIN = """
ä ae a|å aa a|æ ae ae|ç c c|č c c|ć c c|đ d d|ð d d|ə a a|ğ g g|ı i i|ł l l|ñ n n|ŋ n n|ö oe o|ø oe o
œ oe o|ß ss s|ş s sh|ș s sh|š s sh|þ th t|ü ue u|ý y i|ÿ y i|ž z j|ħ h h|ŧ t t|ĳ ij i|ŀ l l
"""

_ORDER = "аәбвгғґѓдђеёєжҗзҙѕийӣјкқҡќлљмнңњоөпрсҫтћуўұүӯфхҳһцчҷџшщъыіїьэюя"
_APOSTROPHES = "'`´ʹʺʻʼʽʾʿˈ‘’‚‛′‵＇"
_HYPHENS = "-‐‑‒–—―−֊"
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff\x00"
    + "".join(map(chr, range(0x202A, 0x202F)))
)
_VOWELS = frozenset("аәеёиіоөуұүыэюяєїўӯӣ")


def _rows(table: str) -> list[list[str]]:
    entries = [entry.split() for entry in table.replace("\n", "|").split("|") if entry]
    return [["" if cell == "-" else cell for cell in entry] for entry in entries]


def _latin_columns() -> dict[str, dict[str, str]]:
    columns: dict[str, dict[str, str]] = {scheme: {} for scheme in SCHEMES}
    for letter, *cells in _rows(_CYRILLIC):
        for number, scheme in enumerate(SCHEMES):
            columns[scheme][letter] = cells[number] if len(cells) > 1 else cells[0]
    for letter, icao, _fold in _rows(_LATIN):
        columns["icao"][letter] = columns["ru"][letter] = icao
        columns["kz"][letter] = icao[0] if letter in "äöü" else icao
    columns["icao"] |= arabic.LETTERS
    for column in columns.values():
        column["i̇"] = "i"  # the Turkish capital with a dot, made small
    return columns


def _accented() -> dict[str, str]:
    """Latin letters with a mark → the bare letter, as ICAO does with nearly all of them."""
    found = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            found[chr(code)] = base
    return found


def _fold_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: " " for code in range(1, 0x80) if not chr(code).isalnum()}
    letters = {chr(code): chr(code) for code in range(ord("a"), ord("z") + 1)}
    letters |= {"y": "i", "w": "v", "c": "q", "q": "k"}
    letters |= {letter: letters.get(base, base) for letter, base in _accented().items()}
    letters |= {letter: key for letter, _icao, key in _rows(_LATIN)}
    letters |= {letter: cells[-1] for letter, *cells in _rows(_CYRILLIC)}
    for letter, key in letters.items():
        table[ord(letter)] = key
        if len(letter.upper()) == 1:
            table[ord(letter.upper())] = key
    for char in _APOSTROPHES + _HYPHENS + _INVISIBLE + "".join(map(chr, range(0x300, 0x370))):
        table[ord(char)] = None
    return table | {0xA0: " ", 0x2007: " ", 0x202F: " ", 0x3000: " "}


_LATIN_OF = _latin_columns()
_ACCENTED = _accented()
_FOLD = _fold_table()
_UNMARKED = str.maketrans(_ACCENTED)
_DOUBLE = re.compile(r"([a-z ])\1+")
# the glide before `e` goes: Жумабаев = ZHUMABAYEV, Ерлан = YERLAN
_GLIDE = re.compile(r"ei(?=e)|(?<![^ aou])i(?=e)")


def fold(text: str) -> str:
    """The search key of a name: equal for the same name in Kazakh, Russian or any passport's Latin.

    Lower-case ASCII letters, digits and single blanks. Қасымова, Касымова, Kassymova and Qasymova are
    `kasimova`; Жұмабаев, Zhumabayev, Dzhumabaev and Jumabaev are `jumabaev`. The key of a name's beginning
    is nearly always the beginning of its key, so it serves type-ahead.
    """
    key = text.translate(_FOLD)
    if not key.isascii():
        key = _fold_rest(text)
    # Cyrillic ч is already `c` here, a Latin C is `q`: CH is ч, any other C a K
    key = key.replace("qh", "c").replace("q", "k").replace("kh", "h").replace("zh", "j").replace("dj", "j")
    key = key.replace("ph", "f").replace("th", "t").replace("gh", "g")
    if "x" in key:
        key = key.replace("alex", "aleks").replace("maxi", "maksi").replace("felix", "feliks")
        key = key.replace("x", "h")
    if "ie" in key:
        key = _GLIDE.sub("", key)
    if _DOUBLE.search(key):
        key = _DOUBLE.sub(r"\1", key)
    return key.replace("c", "ch").strip()


def spelled(text: str) -> str:
    """A text as it is written, letter by letter: case, ё, blanks and signs do not count, everything else does."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return "".join(char for char in plain if char.isalnum())


def _fold_rest(text: str) -> str:
    """Letters outside the table: compatibility forms first, then the general romanisation."""
    key = unicodedata.normalize("NFKC", text).translate(_FOLD)
    if not key.isascii():
        key = romanise(key).translate(_FOLD)
    return re.sub(r"[^a-z0-9 ]", "", key)


def romanise(text: str) -> str:
    """Chinese, Arabic, Georgian and other scripts in plain Latin; one word a Chinese character."""
    from anyascii import anyascii  # noqa: PLC0415 - large tables, needed for rare scripts only

    words = "".join(char for char in text if char.isascii() or unicodedata.category(char)[0] in "LMN")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", anyascii(words))


_LOOKALIKE = str.maketrans("авекмнорстухіј", "abekmhopctyxij")


def search_terms(text: str) -> tuple[str, ...]:
    """The words of a text as the index keeps them and as a query asks for them.

    Names are folded. A word with a digit keeps its letters and digits without hyphens, and `N12345678`
    also gives `12345678`, so that a number is found with and without its letters. Short groups of
    digits one after another are one number: `9001 0130 0017`, `№ AB 123 4567`.
    """
    found: list[str] = []
    group: list[str] = []
    # letters and their marks in one sign: a text from a Mac has them apart
    whole = text if text.isascii() else unicodedata.normalize("NFC", text)
    for word in [*whole.replace("№", " ").split(), ""]:
        low = word.lower()
        bare = low if low.isalnum() else "".join(char for char in low if char.isalnum())
        if bare.isdecimal() and len(bare) <= 6:
            group.append(bare)
            continue
        found += _grouped(group)
        group = []
        if any(char.isdecimal() for char in bare):
            found += _number_terms(bare)
        else:
            found += fold(word).split()
    return tuple(found)


def index_terms(text: str) -> tuple[str, ...]:
    """What an index should hold so that `search_terms` finds it.

    The same, and besides: the parts of hyphenated words, the counter of a register number (`000123` of
    `PVL-2026-000123`), Latin letters without their marks (SAHIN of Şahin), Chinese names in pinyin and in Cyrillic,
    the given name of one in characters as one word.
    """
    words = unicodedata.normalize("NFC", text).split()
    more = [part for word in words for part in (*_split(word), *_unmarked(word), *_chinese(word))]
    return tuple(
        dict.fromkeys([*search_terms(text), *(term for part in more for term in search_terms(part))])
    )


def _unmarked(word: str) -> list[str]:
    bare = word.translate(_UNMARKED)
    return [bare] if bare != word else []


_CHARACTERS = re.compile("[\u3400-\u9fff\uf900-\ufaff]{1,6}")


def _chinese(word: str) -> list[str]:
    found = [word]
    if _CHARACTERS.fullmatch(word):
        spoken = romanise(word).split()
        found = [*spoken, "".join(spoken[1:]), "".join(spoken)]
    return [*found, *map(palladius.other_script, found)] if any(char.isalpha() for char in word) else []


_SHORTEST_COUNTER = 4
_HYPHEN = re.compile(f"[{re.escape(_HYPHENS)}]")


def _split(word: str) -> list[str]:
    parts = _HYPHEN.split(word)
    if any(char.isdecimal() for char in word):
        return parts[-1:] if len(parts) > 1 and len(parts[-1]) >= _SHORTEST_COUNTER else []
    return parts if len(parts) > 1 else []


def _grouped(group: list[str]) -> list[str]:
    joined = "".join(group)
    words = [joined] if len(group) > 1 and 5 <= len(joined) <= 14 else group
    return [ascii_digits(one) for one in words]


def ascii_digits(text: str) -> str:
    """Digits of any script as 0-9; everything else stays."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


_TAIL = re.compile(r"[^\d](\d{5,})$")


def _number_terms(bare: str) -> list[str]:
    plain = ascii_digits(bare).translate(_LOOKALIKE)
    whole = plain if plain.isascii() else fold(plain)
    tail = _TAIL.search(whole)
    return [whole, tail[1]] if tail else [whole] if whole else []


_SOUNDS = str.maketrans(
    {**dict.fromkeys("aeiouv"), "b": "p", "f": "p", "d": "t", "g": "k", "h": "k", "z": "s", "r": "l"}
)


def phonetic(text: str) -> str:
    """The sound key: consonant classes of each word, vowels only as an `a` in front.

    Coarse on purpose, for finding candidates: it joins Нұрболат with NUERBOLATI, Серік with SAILIKE and
    Раушан with RAVSHAN, and many names that have nothing in common.
    """
    return " ".join(_sound(word) for word in fold(text).split())


@lru_cache(maxsize=65_536)
def _sound(word: str) -> str:
    opened = "o" + word[2:] if word.startswith("vu") else word
    key = (
        opened.replace("sh", "j").replace("ch", "j").replace("ts", "s").replace("ng", "n").translate(_SOUNDS)
    )
    if opened[0] in "aeiou":
        key = "a" + key
    return re.sub(r"(.)\1+", r"\1", key) or opened[0]


def _sort_table() -> dict[int, str | None]:
    places = [chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0xFF))]
    latin = "abcdefghijklmnopqrstuvwxyz"
    rank = dict(zip(f"{_ORDER}{latin}0123456789", places, strict=False))
    table: dict[int, str | None] = {ord(char): None for char in f"{_APOSTROPHES}{_INVISIBLE}"}
    table |= {code: " " for code in range(1, 0x80) if not chr(code).isalnum()}
    table |= {ord(char): " " for char in f"{_HYPHENS}\u00a0"}
    for letter, base in {**_ACCENTED, "ə": "a", "ı": "i", "ł": "l", "ø": "o", "đ": "d"}.items():
        table[ord(letter)] = rank[base]
    for letter, place in rank.items():
        table[ord(letter)] = table[ord(letter.upper())] = place
    return table


_SORT = _sort_table()


def sort_key(text: str) -> str:
    """A key whose plain comparison is the order of the Kazakh alphabet.

    Cyrillic first (Kazakh order; Uzbek, Tajik and Ukrainian letters beside their neighbours), then Latin
    without its marks, then digits, then other scripts. Case and apostrophes do not count; a hyphen counts
    as a blank.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_SORT).split())


def transliterate(text: str, to: str, scheme: str | None = None) -> tuple[str, str]:
    """A text in the other script, and the scheme used (`icao` unless told otherwise).

    `latin` follows the scheme letter by letter. `cyrillic` is a proposal for a person to check: a passport
    does not say whether its K was К or Қ, its E was Е or Э.

    Raises:
        ValueError: unknown script or scheme.
    """
    chosen = scheme or "icao"
    if chosen not in SCHEMES or to not in ("latin", "cyrillic"):
        raise ValueError(f"{to}/{chosen}")
    plain = unicodedata.normalize("NFC", text)
    if to == "latin":
        return _to_latin(plain, chosen), chosen
    return propose(plain, chosen), chosen


def _to_latin(text: str, scheme: str) -> str:
    column, first = _LATIN_OF[scheme], _FIRST_OF[scheme]
    for alone, letters, begins in _LANGUAGES if scheme == "icao" else ():
        if alone(text.lower()):
            column, first = column | letters, first | begins
    done: list[str] = []
    before = ""
    for place, char in enumerate(arabic.prepared(text) if scheme == "icao" else text):
        low = char.lower()
        latin = column.get(low, _ACCENTED.get(low, char))
        if not before.isalpha():
            latin = first.get(low, latin)
        elif scheme == "kz" and low == "е" and before in _VOWELS:
            latin = "ye"
        if char != low:
            shouted = text[place + 1 : place + 2].isupper() or (text.isupper() and len(text) > 1)
            latin = latin.upper() if shouted else latin.capitalize()
        done.append(latin)
        before = low if low not in _APOSTROPHES else before
    result = "".join(char for char in "".join(done) if char not in _LEFT_OUT[scheme])
    if any(ord(char) > 0x24F and char.isalpha() and char not in _APOSTROPHES for char in result):
        return romanise(result)
    return result


# ICAO's exceptions for Ukrainian and Belarusian, where the letters of a name tell the language: Євген is YEVHEN. The
# ў with ы or і is Belarusian; Uzbek and Tajik have neither beside it
_LANGUAGES: tuple[tuple[Callable[[str], re.Match[str] | None], dict[str, str], dict[str, str]], ...] = (
    (re.compile("[єїґ]").search, {"г": "h", "и": "y"}, {"й": "y", "ю": "yu", "я": "ya"}),
    (re.compile("ў.*[ыі]|[ыі].*ў", re.DOTALL).search, {"г": "h", "ё": "io"}, {}),
)
# Ukrainian letters at the beginning of a word
_FIRST_OF = {"icao": {"є": "ye", "ї": "yi"}, "kz": {"ї": "yi"}, "ru": {}}
# a machine-readable zone has no apostrophes: O'CONNOR is OCONNOR, GʻULOM is GULOM
_LEFT_OUT = {
    "icao": frozenset(_INVISIBLE + _APOSTROPHES),
    "kz": frozenset(_INVISIBLE),
    "ru": frozenset(_INVISIBLE),
}
