"""The label of a person's file: `K7F-3M2-X`, short enough to be read out and typed when no scanner works.

It is the number of the file, scattered so that neighbours look nothing alike, and a check sign. Each office scatters
in its own way: the card of another office hardly ever fits a file here. No personal data is in it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

SIGNS = "23456789ACDEFHJKMNPRTXY"
"""Digits and capital letters of which no two look alike; 23 of them, a prime, so that the check misses no swap."""

_BASE = len(SIGNS)
_LENGTH = 6
_SPACE: int = _BASE**_LENGTH
_SCATTER = 91_491_211
"""Has no factor in common with the number of labels, so that each file has a label of its own."""

_SHAPE = re.compile(r"([^\W_]{3})([-\s]?)([^\W_]{3})\2([^\W_])")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−_", "-"))
_ALIKE = str.maketrans("BGSZАВСЕНКМРТХУЗ", "8652A8CEHKMPTXY3")
"""Signs that no label has, by the one they are mistaken for, and Cyrillic letters that look like Latin ones."""

_RUSSIAN_KEYS = str.maketrans("ФСВУАРОЛЬТЗКЕЧН", "ACDEFHJKMNPRTXY")
_KAZAKH_KEYS = str.maketrans("ӘІҢҒ,.ҮҰӨ", "23456789-")
"""What a scanner types while the keyboard is set to Russian or Kazakh, by the keys it pressed."""


def label_of(number: int, office: str) -> str:
    """The label of the file with this number in the office of this uid.

    Raises:
        ValueError: no office has so many files.
    """
    if not 0 < number < _SPACE:
        raise ValueError(number)
    value = (number * _SCATTER + _offset(office)) % _SPACE
    signs = "".join(SIGNS[value // _BASE**place % _BASE] for place in reversed(range(_LENGTH)))
    return _written(signs + _check(signs))


def number_of(label: str, office: str) -> int:
    """The number of the file that a label, as `read_label` gives it, has in an office."""
    value = 0
    for sign in label.replace("-", "")[:_LENGTH]:
        value = value * _BASE + SIGNS.index(sign)
    return (value - _offset(office)) * pow(_SCATTER, -1, _SPACE) % _SPACE


def read_label(text: str, *, bare: bool = False) -> str:
    """The label that a typed or scanned text is, written as it is printed; nothing for any other text.

    Small letters, missing hyphens, look-alikes and a keyboard left in Russian or Kazakh do no harm. Letters alone,
    without hyphens, are a name, unless `bare` asks: whoever does, looks whether a file has that label.
    """
    for signs, is_marked in _readings(text):
        is_meant = bare or is_marked or any(char.isdecimal() for char in text)
        if is_meant and _is_sound(signs):
            return _written(signs)
    return ""


def is_misread(text: str) -> bool:
    """Whether a text is written as a label, hyphens and all, and yet is none: a sign is wrong or two are swapped."""
    return not read_label(text) and any(is_marked for _signs, is_marked in _readings(text))


def may_be_misread(text: str) -> bool:
    """Whether a text without hyphens could be a label with a wrong sign; it could be the number of a paper, too."""
    has_both = any(map(str.isdecimal, text)) and any(map(str.isalpha, text))
    return (
        has_both
        and not read_label(text)
        and any(set(signs) <= set(SIGNS) for signs, _marked in _readings(text))
    )


def _is_sound(signs: str) -> bool:
    return set(signs) <= set(SIGNS) and _check(signs[:_LENGTH]) == signs[_LENGTH]


def _readings(text: str) -> Iterator[tuple[str, bool]]:
    """The signs that a text may stand for, and whether its hyphens say that it is meant for a label."""
    upper = text.strip().upper().translate(_DASHES)
    by_key = upper.translate(_KAZAKH_KEYS).translate(_RUSSIAN_KEYS)
    for typed in (upper.translate(_ALIKE), by_key):
        if found := _SHAPE.fullmatch(typed):
            yield found[1] + found[3] + found[4], found[2] == "-"


def _offset(office: str) -> int:
    return int.from_bytes(hashlib.sha256(office.encode()).digest()[:8]) % _SPACE


def _check(signs: str) -> str:
    """Each place has a weight of its own, so that one wrong sign, or any two swapped, change the sum."""
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=2))
    return SIGNS[-total % _BASE]


def _written(signs: str) -> str:
    return f"{signs[:3]}-{signs[3:6]}-{signs[6]}"
