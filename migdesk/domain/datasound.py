"""What no data file of this program holds: numbers and dates beyond any that are meant, and signs nobody sees.

A date of the year 9999 or a count of a milliard is a slip of the pen, or worse: counted with, it would stop the
program far from the file it stands in. Signs that are not seen make a title read otherwise than it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from migdesk.domain.field import INVISIBLE
from migdesk.i18n import N_

FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST_TEXT = 4000
LARGEST = 10**12
_DECIMALS = 6
"""Digits after the point: a percentage or a count of MRP has two."""
DEEPEST, TOO_DEEP = 24, N_("Tables stand inside each other at most {most} deep.")
_LONGEST_KEY = 100
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_IN_LINE = frozenset({"title", "act", "article", "label", "unit", "version", "mark"})


@dataclass(frozen=True, slots=True)
class Unsound:
    """What is wrong with a value of a file, as an English message, and its place: `term[3].title.kk`."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    place: str = ""

    def inside(self, key: str) -> Unsound:
        """The same, seen from the table or list around it."""
        dot = "." if self.place and not self.place.startswith("[") else ""
        return replace(self, place=f"{key}{dot}{self.place}")


def unsound(table: Mapping[str, object], *, one_line: bool = False) -> Unsound | None:
    """The first value of a file that it cannot hold; with `one_line` titles and names of acts have no second line."""
    return _of_table(table, 0, _IN_LINE if one_line else frozenset(), False)


def _of(value: object, depth: int, lines: frozenset[str], one: bool) -> Unsound | None:
    """What is wrong with a value or the first inside it; most are sound, so a place is only named on the way back."""
    if isinstance(value, str):
        return _of_text(value, one)
    if isinstance(value, dict | list) and depth > DEEPEST:
        return Unsound(TOO_DEEP, {"most": DEEPEST})
    if isinstance(value, dict):
        return _of_table(value, depth, lines, one)
    if isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            if found := _of(inner, depth + 1, lines, one):
                return found.inside(f"[{number}]")
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        years = {"year": value.year, "first": FIRST_YEAR, "last": LAST_YEAR}
        return Unsound(N_("The year {year} is outside {first} to {last}."), years)
    if isinstance(value, int | Decimal) and not _is_plain(value):
        message = N_("A number is at most {most} here, with {digits} digits after the point.")
        return Unsound(message, {"most": LARGEST, "digits": _DECIMALS})
    return None


def _of_table(table: Mapping[str, object], depth: int, lines: frozenset[str], one: bool) -> Unsound | None:
    for key, value in table.items():
        if len(key) > _LONGEST_KEY:
            return Unsound(N_("The name of a key has at most {most} letters."), {"most": _LONGEST_KEY})
        if sign := _unseen(key):
            return Unsound(N_("The name of a key has a sign nobody sees: {sign}."), {"sign": sign})
        if found := _of(value, depth + 1, lines, one or key in lines):
            return found.inside(key)
    return None


def _of_text(text: str, one_line: bool) -> Unsound | None:
    if len(text) > LONGEST_TEXT:
        return Unsound(N_("A text has at most {most} letters."), {"most": LONGEST_TEXT})
    if one_line and "\n" in text:
        return Unsound(N_("This is written on one line."))
    if sign := _unseen(text):
        return Unsound(N_("This text has a sign nobody sees, {sign}: write it anew."), {"sign": sign})
    return None


def _unseen(text: str) -> str:
    """The first sign of a text that is not seen, as its number: `U+202E`; a new line is no such sign."""
    if text.isascii() and text.isprintable():
        return ""
    found = _CONTROL.search(text) or INVISIBLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def _is_plain(number: int | Decimal) -> bool:
    """Whether a number is of a size that law or a form has: every sum with it is exact and quick."""
    if isinstance(number, int):
        return -LARGEST <= number <= LARGEST
    return number.is_finite() and number.copy_abs() <= LARGEST and number == round(number, _DECIMALS)
