"""Fitting text: at blanks first, then in smaller letters, at last inside a word; never cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from migdesk.paper.fonts import Face

SMALLEST = 0.7
"""Letters may shrink to this share of their size and no further: smaller ones cannot be read."""

_NEARLY = 0.9
"""A line that would fit in letters this much smaller is shrunk rather than broken: it looks better."""

_STEPS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, SMALLEST)
_PIECE = re.compile(r"[^-/,;@_]*[-/,;@_]+|[^-/,;@_]+")


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of a text in the size in which they fit."""

    size: float
    lines: tuple[str, ...]


@lru_cache(maxsize=20_000)
def wrap(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """Lines no wider than `width` points: broken at blanks and line ends, inside a word only when it must be."""
    lines: list[str] = []
    limit = width / size
    for paragraph in text.split("\n"):
        line = ""
        for word in filter(None, paragraph.split(" ")):
            candidate = f"{line} {word}" if line else word
            if face.width(candidate) <= limit:
                line = candidate
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, face, limit)
            lines += full
        lines.append(line)
    return tuple(lines)


def _broken(word: str, face: Face, limit: float) -> list[str]:
    """A word in parts that fit: after hyphens and commas where there are any, else between letters."""
    if face.width(word) <= limit:
        return [word]
    parts = [""]
    for piece in _PIECE.findall(word):
        if face.width(parts[-1] + piece) <= limit:
            parts[-1] += piece
            continue
        if parts[-1]:
            parts.append("")
        for letter in piece:
            if parts[-1] and face.width(parts[-1] + letter) > limit:
                parts.append("")
            parts[-1] += letter
    return parts


@lru_cache(maxsize=20_000)
def longest_word(text: str, face: Face) -> float:
    """Width at 1 pt of the widest word, or part of a word up to a hyphen or comma."""
    return max((face.width(part) for word in text.split() for part in _PIECE.findall(word)), default=0.0)


def flow(text: str, face: Face, size: float, width: float) -> Fitted:
    """As many lines as needed; letters shrink only so far that no word has to be broken."""
    if "\n" not in text:
        whole = face.width(text) * size
        if whole * _NEARLY <= width:
            return Fitted(size if whole <= width else size * width / whole * 0.999, (text,))
    need = longest_word(text, face) * size
    fitting = size if need <= width else size * max(SMALLEST, width / need * 0.999)
    return Fitted(fitting, wrap(text, face, fitting, width))


def fit(text: str, face: Face, size: float, room: tuple[float, float], *, shrink: bool) -> Fitted | None:
    """Lines within a room of width and height; `None` when the text does not fit.

    At full size words are never broken; in the smallest letters they may be.
    """
    width, height = room
    for step in _STEPS if shrink else _STEPS[:1]:
        smaller = size * step
        if longest_word(text, face) * smaller > width and step > SMALLEST:
            continue
        lines = wrap(text, face, smaller, width)
        if len(lines) * line_height(smaller) <= height + 0.01 or (len(lines) == 1 and smaller <= height):
            return Fitted(smaller, lines)
    return None


def line_height(size: float) -> float:
    """Distance of base lines in points."""
    return size * 1.25
