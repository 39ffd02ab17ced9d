"""Lines that cannot be set letter by letter: joined Arabic letters, two directions in one line, Chinese.

python-bidi puts the letters as the eye meets them, HarfBuzz joins every Arabic word, and each stretch is set
in the face that has it: Latin, Cyrillic and digits always in the serif of forms.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from migdesk.paper.fonts import Face, clean, face, shaper
from migdesk.paper.tongues import FACES

_FOREIGN = 0x600
"""The first letter that the serif of forms cannot have; what is below is never set in another face."""

_ARABIC = re.compile("[\u0600-\u065f\u066a-\u06ef\u06fa-\u06ff\u200c\u200d]+")
_TOUCHING = 0.0005
_JOINERS = "\u200c\u200d"
_ISOLATE, _END = "\u2066", "\u2069"
_MARKS = dict.fromkeys(map(ord, _ISOLATE + _END))
_PAIRS = ("()", "[]", "«»", "‹›")
_OPENS, _CLOSES = "（《“", "，。、；：？！）》”"
_HAN = re.compile(f"[{_OPENS}]*(?:[\u2e80-\u9fff]|[^\\s\u2e80-\u9fff{_OPENS}{_CLOSES}]+)[{_CLOSES}]*|\\S")
"""A piece that no line break divides: a Chinese letter or a foreign word, with the signs that cling to it."""


class Piece(NamedTuple):
    """A stretch of a line in one face, from its left edge and above its base line at 1 pt."""

    x: float
    y: float
    face: Face
    text: str


class Line(NamedTuple):
    """A set line: what stands where, how wide it is at 1 pt, and letters that no face has."""

    pieces: tuple[Piece, ...]
    width: float
    lacking: str = ""


def isolated(value: str) -> str:
    """A value that keeps its own direction inside any sentence, and stays on one line."""
    return f"{_ISOLATE}{value.replace(' ', chr(0xA0))}{_END}"


def set_paragraph(text: str, script: str, width: float, *, bold: bool = False) -> list[Line]:
    """Lines no wider than `width` (at 1 pt), broken at blanks, and between Chinese characters.

    A word wider than the line stands alone on it; the caller sees its width.
    """
    lines: list[Line] = []
    held = ""
    for word, blank in _words(clean(text), script):
        longer = f"{held}{' ' if blank and held else ''}{word}"
        if held and set_line(longer, script, bold).width > width:
            lines.append(set_line(held, script, bold))
            held = word
        else:
            held = longer
    return [*lines, set_line(held, script, bold)] if held else lines


def _words(text: str, script: str) -> list[tuple[str, bool]]:
    """Words with whether a blank came before."""
    if script != "han":
        return [(word, True) for word in text.split(" ") if word]
    return [(one[0], text[one.start() - 1 : one.start()] == " ") for one in _HAN.finditer(text)]


@lru_cache(maxsize=4_000)
def set_line(text: str, script: str, bold: bool = False) -> Line:
    """One line of a script, from its left edge."""
    own, plain = face(FACES[script][bold]), face(FACES["latin"][bold])
    seen = _visual(text) if script == "arabic" else text
    pieces: list[Piece] = []
    x, lacking = 0.0, ""
    for stretch, in_face in _stretches(seen.translate(_MARKS), own, plain):
        bare = stretch.translate(dict.fromkeys(map(ord, _JOINERS)))
        lacking += in_face.lacks(bare)
        if script == "arabic" and in_face is own:
            joined, width = _joined(stretch[::-1], own)
            pieces += [piece._replace(x=x + piece.x) for piece in joined]
            x += width
            continue
        pieces.append(Piece(x, 0, in_face, bare))
        x += in_face.width(bare)
    return Line(tuple(pieces), x, lacking)


def _visual(text: str) -> str:
    """Letters in the order in which they stand from left to right, brackets turned the way they open.

    python-bidi orders but does not mirror. Of a whole pair the left one opens, whatever its direction; half
    a pair, whose other half is on another line, belongs to the Arabic text and is turned. Brackets of one
    kind must not be nested.
    """
    # needed only for slips in Arabic letters
    from bidi import get_display  # noqa: PLC0415

    letters = list(str(get_display(text, base_dir="R")))
    for pair in _PAIRS:
        places = [n for n, letter in enumerate(letters) if letter in pair]
        whole = "".join(letter for letter in text if letter in pair) == pair * (len(places) // 2)
        for n, place in enumerate(places):
            letters[place] = pair[n % 2] if whole else pair[1 - pair.index(letters[place])]
    return "".join(letters)


def _stretches(text: str, own: Face, plain: Face) -> list[tuple[str, Face]]:
    """A line cut where the face changes; every Arabic word stands for itself."""
    found: list[tuple[str, Face]] = []
    for part in re.split(f"({_ARABIC.pattern})", text):
        if _ARABIC.fullmatch(part):
            found.append((part, own))
            continue
        for letter in part:
            in_face = own if ord(letter) >= _FOREIGN and not own.lacks(letter) else plain
            if found and found[-1][1] is in_face and not _ARABIC.fullmatch(found[-1][0]):
                found[-1] = (found[-1][0] + letter, in_face)
            else:
                found.append((letter, in_face))
    return found


def _joined(word: str, in_face: Face) -> tuple[list[Piece], float]:
    """An Arabic word as HarfBuzz joins it, from its left edge, and its width; kerning is left out."""
    import uharfbuzz  # noqa: PLC0415 - needed only for slips in Arabic letters

    buffer: Any = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    buffer.direction = "rtl"
    made = shaper(in_face)
    uharfbuzz.shape(made.font, buffer, {"kern": False})
    pieces: list[Piece] = []
    x = end = 0.0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        letter = made.letters[glyph.codepoint]
        left, up = x + place.x_offset / made.units, place.y_offset / made.units
        if letter != " ":
            if pieces and pieces[-1].y == up and abs(left - end) < _TOUCHING:
                pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + letter)
            else:
                pieces.append(Piece(left, up, in_face, letter))
            end = left + in_face.width(letter)
        x += place.x_advance / made.units
    return pieces, x
