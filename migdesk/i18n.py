"""Program words in Kazakh, Russian and English.

Every text a person reads is written in English in the code, marked `N_()` where it is declared and
translated by `_()` where it is shown. Catalogues are `.po` files read at start, with no build step.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

LANGUAGES = ("kk", "ru", "en")

_ENTRY = re.compile(r'^((?:#,.*\n)?)msgid (".*"(?:\n".*")*)\nmsgstr (".*"(?:\n".*")*)$', re.MULTILINE)
_QUOTED = re.compile(r'^"(.*)"$', re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}

_language: ContextVar[str] = ContextVar("language", default="en")
_catalogues: dict[str, dict[str, str]] = {}


def N_(message: str) -> str:
    """Mark a message for translation where it is declared."""
    return message


class Worded(str):
    """A text that a data file carries in each language; as plain text it is the English one.

    Wherever a message is expected it may stand: `_()` says it in the reader's language.
    """

    __slots__ = ("texts",)
    texts: Mapping[str, str]

    def __new__(cls, texts: Mapping[str, str]) -> Worded:
        """A text from its `{kk, ru, en}`."""
        made = super().__new__(cls, texts["en"])
        made.texts = texts
        return made


def _(message: str) -> str:
    """The message in the current language; English if the catalogue has none or spoils a placeholder."""
    if isinstance(message, Worded):
        return pick(message.texts)
    return _catalogue(_language.get()).get(message, message)


def current_language() -> str:
    """Code of the language in force here and now: kk, ru or en."""
    return _language.get()


def set_language(code: str) -> None:
    """Choose the language of this thread for good."""
    if code not in LANGUAGES:
        raise ValueError(f"unknown language: {code}")
    _language.set(code)


@contextmanager
def language(code: str) -> Iterator[None]:
    """Choose the language for one paper, report or command, independently of the window's."""
    if code not in LANGUAGES:
        raise ValueError(f"unknown language: {code}")
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def pick(texts: Mapping[str, str]) -> str:
    """The text of a `{kk, ru, en}` mapping in the current language, as data files carry them."""
    for code in (_language.get(), "en", "ru", "kk"):
        if texts.get(code):
            return texts[code]
    return ""


def placeholders(message: str) -> set[str]:
    """Names in braces; a translation must have the same ones as its source."""
    return {name for _text, name, _spec, _conv in string.Formatter().parse(message) if name is not None}


def read_catalogue(path: Path) -> dict[str, str]:
    """Messages of a `.po` file whose placeholders match the source; fuzzy ones are left out.

    Reads what our catalogues hold, no plurals and contexts: a whole `.po` reader takes four times as long, at
    every start.
    """
    found = {}
    for flags, source, words in _ENTRY.findall(path.read_text(encoding="utf-8")):
        message, said = _joined(source), _joined(words)
        is_sound = "{" not in source + words or placeholders(message) == placeholders(said)
        if message and said and is_sound and "fuzzy" not in flags:
            found[message] = said
    return found


def _joined(lines: str) -> str:
    text = "".join(_QUOTED.findall(lines))
    return _ESCAPED.sub(lambda found: _SIGNS.get(found[1], found[1]), text) if "\\" in text else text


def load_catalogues(folder: Path) -> None:
    """Read `kk.po` and `ru.po` of a folder lazily: a catalogue is parsed when first asked for."""
    _folder.clear()
    _folder.append(folder)
    _catalogues.clear()


_folder: list[Path] = []


def _catalogue(code: str) -> dict[str, str]:
    if code == "en" or not _folder:
        return {}
    if code not in _catalogues:
        _catalogues[code] = read_catalogue(_folder[0] / f"{code}.po")
    return _catalogues[code]
