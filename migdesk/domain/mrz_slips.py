"""Characters that readers confuse in a machine-readable zone, and the letters of Russia's internal passport.

Nothing is corrected by itself: a check digit of one in ten fits by chance, so a clerk is told what may be meant.
"""

from __future__ import annotations

from migdesk.domain.mrz_zone import check_digit

_CONFUSED = {"0": "OQD", "O": "0", "Q": "0", "D": "0", "1": "IL", "I": "1", "L": "1", "5": "S", "S": "5"}
_CONFUSED |= {"8": "B", "B": "8", "2": "Z", "Z": "2", "6": "G", "G": "6"}
_DIGITS, _LETTERS = str.maketrans("OQDILZSGB", "000112568"), str.maketrans("012568", "OIZSGB")
_RUSSIAN = str.maketrans("ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678<", "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ ")


def as_digits(text: str) -> str:
    """The text with letters that look like digits read as those."""
    return text.translate(_DIGITS)


def as_letters(text: str) -> str:
    """The text with digits that look like letters read as those."""
    return text.translate(_LETTERS)


def one_slip(covered: str, check: str, *, letters: bool) -> tuple[int, str, str] | None:
    """The only confused character that explains a check digit: its place from 1, as it is, as it may be.

    `letters` says that a digit may have been a letter too. Nothing when none or several explain it.
    """
    if not (check.isascii() and check.isdecimal()):
        return None
    found = [
        (place + 1, char, other)
        for place, char in enumerate(covered)
        for other in _CONFUSED.get(char, "")
        if (other.isdecimal() or letters)
        and check_digit(covered[:place] + other + covered[place + 1 :]) == int(check)
    ]
    return found[0] if len(found) == 1 else None


def russian_name(raw: str) -> str:
    """The Cyrillic of a name field of Russia's internal passport, where each letter has one sign of its own."""
    return " ".join(raw.translate(_RUSSIAN).split())
