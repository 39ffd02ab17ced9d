"""Words in which letters of two alphabets are mixed: `Karimоv` with a Cyrillic о is found by no search.

The letters that look alike are proposed for each other; the others go by the letter table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from migdesk.domain.letters import transliterate


class Script(StrEnum):
    """The alphabets that are told apart."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"


@dataclass(frozen=True, slots=True, repr=False)
class Mixed:
    """A word of several alphabets: the letters of the fewer kind, theirs, and the word in the other alone."""

    word: str
    letters: str
    script: Script
    spelling: str


_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = {
    Script.LATIN: "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff",
    Script.CYRILLIC: "\u0400-\u052f\u1c80-\u1c8f",
    Script.GREEK: "\u0370-\u03ff\u1f00-\u1fff",
}
_ONE = {script: re.compile(f"[{signs}]") for script, signs in _LETTERS.items()}
_SEVERAL = re.compile(
    "|".join(
        f"[{mine}][\u0300-\u036f]*[{''.join(signs for other, signs in _LETTERS.items() if other != script)}]"
        for script, mine in _LETTERS.items()
    )
)
_LATIN = "AaBCcEeHhIiJjKMOoPpSsTXxYyƏə"
_CYRILLIC = "АаВСсЕеНһІіЈјКМОоРрЅѕТХхҮуӘә"
_GREEK = "ΑαΒΕεΖΗΙικΚΜΝνΟοΡρτΤυΥΧχ"
_ALIKE = {
    (Script.LATIN, Script.CYRILLIC): dict(zip(_LATIN, _CYRILLIC, strict=True)),
    (Script.CYRILLIC, Script.LATIN): dict(zip(_CYRILLIC, _LATIN, strict=True)) | {"У": "Y"},
    (Script.GREEK, Script.LATIN): dict(zip(_GREEK, "AaBEeZHIikKMNvOoPptTuYXx", strict=True)),
    (Script.GREEK, Script.CYRILLIC): dict(zip(_GREEK, "АаВЕеЗНІікКМНвОоРртТиУХх", strict=True)),
}


def mixed(text: str, usual: Script = Script.CYRILLIC) -> list[Mixed]:
    """The words of a text that mix alphabets; `usual` decides where both are as likely."""
    if text.isascii() or not _SEVERAL.search(text):
        return []
    return [_told(word, usual) for word in dict.fromkeys(_WORD.findall(text)) if _SEVERAL.search(word)]


def _told(word: str, usual: Script) -> Mixed:
    of = [next((script for script, letter in _ONE.items() if letter.match(char)), None) for char in word]
    own = _main(word, of, usual)
    odd = [char for char, script in zip(word, of, strict=True) if script not in (own, None)]
    spelled = "".join(
        char if script in (own, None) else _in_script(char, script, own)
        for char, script in zip(word, of, strict=True)
    )
    script = next(script for script in of if script not in (own, None))
    assert script is not None
    return Mixed(word, " ".join(dict.fromkeys(odd)), script, spelled)


def _main(word: str, of: Sequence[Script | None], usual: Script) -> Script:
    """The alphabet of a word: which has more letters that look like none of another, then more letters."""
    plain = Counter(
        script
        for char, script in zip(word, of, strict=True)
        if script and not any(char in alike for (one, _other), alike in _ALIKE.items() if one is script)
    )
    every = Counter(script for script in of if script)
    known = [one for one in (Script.CYRILLIC, Script.LATIN) if one in every]
    return max(known, key=lambda one: (plain[one], every[one], one is usual), default=Script.GREEK)


def _in_script(char: str, script: Script | None, own: Script) -> str:
    """A letter in the alphabet of its word: the one that looks like it, else the one that sounds like it."""
    assert script is not None
    if found := _ALIKE.get((script, own), {}).get(char):
        return found
    return transliterate(char, own.value)[0] if own is not Script.GREEK else char
