"""Typefaces of papers: which letters they have, how wide a text is, and making it clean before it is set.

Forms are set in IBM Plex Serif, report tables in Fira Sans, which lacks only ₸ and ✓: these come from
Plex. Slips in Arabic letters and in Chinese have faces of their own. reportlab would draw an empty box for
a letter a face lacks, so every text is asked about first.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from migdesk import paths

_FILES = {
    "serif": ("IBM Plex Serif", 400),
    "serif-medium": ("IBM Plex Serif", 500),
    "serif-bold": ("IBM Plex Serif", 700),
    "sans": ("Fira Sans", 400),
    "sans-bold": ("Fira Sans", 600),
    "arabic": ("IBM Plex Sans Arabic", 400),
    "arabic-bold": ("IBM Plex Sans Arabic", 700),
}
_SHIPPED = {"han": "slips-han.ttf"}
_JOINED = ("arabic", "arabic-bold")
_PRIVATE = range(0xE000, 0xF900)
_FALLBACK = {"sans": "serif", "sans-bold": "serif-bold"}

_CLEAN = {
    0x09: " ",
    0x0D: None,
    0xAD: None,
    0x200B: None,
    0x200E: None,
    0x200F: None,
    0x2060: None,
    0xFEFF: None,
    0x2007: "\u00a0",
    0x2009: "\u00a0",
    0x200A: "\u00a0",
    0x202F: "\u00a0",
    0x2010: "-",
    0x2011: "-",
    0x2028: "\n",
    0x2029: "\n",
    0x85: "\n",
    0x0B: "\n",
    0x0C: "\n",
}

_registering = threading.Lock()


@dataclass(frozen=True, eq=False)
class Face:
    """One face under the name reportlab knows it by; widths and heights are per point of size."""

    name: str
    widths: Mapping[int, float]
    letters: frozenset[str]
    ascent: float
    descent: float

    def width(self, text: str) -> float:
        """Width of a line at 1 pt; multiply by the size."""
        return _width(self, text)

    def lacks(self, text: str) -> str:
        """The letters of a text that the face does not have, each once, in order; line breaks aside."""
        if self.letters.issuperset(text):
            return ""
        return "".join(dict.fromkeys(letter for letter in text if letter not in self.letters))


@lru_cache(maxsize=20_000)
def _width(face: Face, text: str) -> float:
    # a letter the face lacks is refused before it is drawn; until then it takes some room
    widths = face.widths
    return sum(widths.get(ord(letter), 0.6) for letter in text)


@cache
def face(name: str) -> Face:
    """A face by its short name (`serif`, `sans-bold`, `arabic`, `han`, …), registered once.

    Raises:
        FileNotFoundError: the font package is not installed.
    """
    # reportlab takes 0.1 s to import: only when something is printed
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    internal = f"MigDesk-{name}"
    with _registering:
        font = TTFont(internal, _file(name))
        pdfmetrics.registerFont(font)
        if name in _JOINED:
            _name_glyphs(font)
    glyphs = font.face.charToGlyph
    widths = {code: font.face.charWidths.get(code, font.face.defaultWidth) / 1000 for code in glyphs}
    letters = frozenset(chr(code) for code in glyphs if code >= 32 and code not in _PRIVATE) | {"\n"}
    return Face(internal, widths, letters, font.face.ascent / 1000, font.face.descent / 1000)


def _file(name: str) -> str:
    if name in _SHIPPED:
        return str(paths.resources() / "fonts" / _SHIPPED[name])
    import fontpkg  # noqa: PLC0415 - it looks through the installed packages

    family, weight = _FILES[name]
    return str(fontpkg.path(family, weight))


class Shaper(NamedTuple):
    """What joins the letters of a face: HarfBuzz's font, and the letter that stands for every glyph."""

    font: Any
    units: int
    letters: Mapping[int, str]


def _name_glyphs(font: Any) -> None:
    """Give glyphs that only joining brings up a private code by their number, as reportlab draws by code."""
    known = font.face
    for glyph in range(1, min(known.numGlyphs, len(_PRIVATE))):
        if glyph not in known.glyphToChar:
            code = _PRIVATE[glyph]
            known.glyphToChar[glyph] = [code]
            known.charToGlyph[code] = glyph
            known.charWidths[code] = known.hmetrics[glyph][0]


@cache
def shaper(in_face: Face) -> Shaper:
    """HarfBuzz for a face of Arabic letters."""
    import uharfbuzz  # noqa: PLC0415 - only for slips in Arabic letters
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415

    registered: Any = pdfmetrics.getFont(in_face.name)
    known = registered.face
    loaded: Any = uharfbuzz.Face(known._ttf_data)
    letters = {glyph: chr(min(codes)) for glyph, codes in known.glyphToChar.items()}
    return Shaper(uharfbuzz.Font(loaded), loaded.upem, letters)


def fallback(name: str) -> Face | None:
    """The face that helps out where a face lacks a sign; forms have none."""
    other = _FALLBACK.get(name)
    return face(other) if other else None


def clean(text: str) -> str:
    """Text as it is set: letters composed, odd blanks made plain, invisible signs dropped.

    Nothing that can be seen is lost: what a face lacks is refused later, never dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.translate(_CLEAN))


def spelled(letters: str) -> str:
    """Letters for a message: visible ones as they are, the others by code (`U+0007`)."""
    return " ".join(
        letter if letter.isprintable() and not unicodedata.combining(letter) else f"U+{ord(letter):04X}"
        for letter in letters
    )
