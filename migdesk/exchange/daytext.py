"""Dates that were typed as text: which day they mean, and whether that is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from migdesk.domain.dates import PartialDate

_TIME = re.compile(r"[t\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})?$")
_YEAR_WORD = re.compile(r"[\s.]*(г\.?|год|года|ж\.?|жыл|жылы|жылғы)[\s.]*$")
_ISO = re.compile(r"^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$")
_DOTTED = re.compile(r"^(\d{1,2})\s*[.,]\s*(\d{1,2})\s*[.,]\s*(\d{4}|\d{2})$")
_SLASHED = re.compile(r"^(\d{1,2})([/\- ])(\d{1,2})\2(\d{4}|\d{2})$")
_DIGITS = re.compile(r"^(\d{2})(\d{2})(\d{4}|\d{2})$")
_DIGITS_ISO = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[./](\d{4})$")
_YEAR_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_YEAR = re.compile(r"^\d{4}$")
_WORDS = re.compile(r"[^\W\d_]+|\d+")

_MONTHS = (
    "января янв январь қаңтар қаңтардың january jan",
    "февраля фев февр февраль ақпан ақпанның february feb",
    "марта мар март наурыз наурыздың march mar",
    "апреля апр апрель сәуір сәуірдің april apr",
    "мая май мамыр мамырдың may",
    "июня июн июнь маусым маусымның june jun",
    "июля июл июль шілде шілденің july jul",
    "августа авг август тамыз тамыздың august aug",
    "сентября сен сент сентябрь қыркүйек қыркүйектің september sep sept",
    "октября окт октябрь қазан қазанның october oct",
    "ноября ноя нояб ноябрь қараша қарашаның november nov",
    "декабря дек декабрь желтоқсан желтоқсанның december dec",
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_YEAR_WORDS = {"г", "год", "года", "ж", "жыл", "жылы", "жылғы", "of"}


@dataclass(frozen=True, slots=True)
class DayText:
    """What a text says: numbers as written, and how far they are certain.

    `form` names the way of writing; with `two_digits` the year lacks its century; with `swappable` day and
    month may be the other way round; `month_first` says that they certainly are.
    """

    year: int
    month: int
    day: int
    form: str
    two_digits: bool = False
    swappable: bool = False
    month_first: bool = False

    def swapped(self) -> DayText:
        """Day and month the other way round."""
        return DayText(self.year, self.day, self.month, self.form, self.two_digits, self.swappable)

    def as_day(self, year: int | None = None) -> date:
        """The day, in a year of four digits.

        Raises:
            ValueError: no such day.
        """
        return date(year or self.year, self.month, self.day)

    def as_partial(self, year: int | None = None) -> PartialDate:
        """The day as far as known.

        Raises:
            ValueError: no such day.
        """
        return PartialDate(year or self.year, self.month, self.day)


@lru_cache(maxsize=4096)
def read_day_text(text: str, partial: bool) -> DayText | None:
    """What a text means as a date; `None` when it is none. `partial` admits a month or a year alone."""
    words = _YEAR_WORD.sub("", _TIME.sub("", text.strip().casefold())).strip(" .«»\"'")
    found = _numeric(words) or _slashed(words) or _worded(words) or (_short(words) if partial else None)
    if found is None or (not found.day and not partial):
        return None
    try:
        found.as_partial(2000 + found.year if found.two_digits else found.year)
    except ValueError:
        return None
    return found


def _numeric(words: str) -> DayText | None:
    if iso := _ISO.match(words):
        return DayText(int(iso[1]), int(iso[3]), int(iso[4]), "2026-03-05")
    if dotted := _DOTTED.match(words):
        day, month, year = dotted.groups()
        return DayText(int(year), int(month), int(day), "05.03.2026", len(year) == 2)
    if not words.isdecimal():
        return None
    backward = _DIGITS_ISO.match(words)
    if backward and 1870 <= int(backward[1]) <= 2199 and 1 <= int(backward[2]) <= 12:
        return DayText(int(backward[1]), int(backward[2]), int(backward[3]), "20260305")
    if digits := _DIGITS.match(words):
        day, month, year = digits.groups()
        return DayText(int(year), int(month), int(day), "05032026", len(year) == 2)
    return None


def _slashed(words: str) -> DayText | None:
    found = _SLASHED.match(words)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), found[4]
    swappable = first <= 12 and second <= 12 and first != second
    if second > 12 >= first:
        return DayText(int(year), first, second, "03/05/2026", len(year) == 2, month_first=True)
    return DayText(int(year), second, first, f"05{found[2]}03{found[2]}2026", len(year) == 2, swappable)


def _worded(words: str) -> DayText | None:
    parts = [part for part in _WORDS.findall(words) if part not in _YEAR_WORDS]
    months = [_MONTH_OF[part] for part in parts if part in _MONTH_OF]
    numbers = [part for part in parts if part.isdecimal()]
    if len(months) != 1 or len(parts) != 1 + len(numbers) or not 1 <= len(numbers) <= 2:
        return None
    years = [part for part in numbers if len(part) == 4]
    days = [int(part) for part in numbers if len(part) <= 2]
    if len(years) == 1 and len(days) == len(numbers) - 1:
        return DayText(int(years[0]), months[0], days[0] if days else 0, "5 March 2026")
    if len(days) == 2 and len(numbers[1]) == 2:
        return DayText(days[1], months[0], days[0], "5 March 2026", two_digits=True)
    return None


def _short(words: str) -> DayText | None:
    if found := _MONTH_YEAR.match(words):
        return DayText(int(found[2]), int(found[1]), 0, "03.2026")
    if found := _YEAR_MONTH.match(words):
        return DayText(int(found[1]), int(found[2]), 0, "2026-03")
    return DayText(int(words), 0, 0, "2026") if _YEAR.match(words) else None


@dataclass(frozen=True, slots=True)
class DayAnswers:
    """What the operator said about the text dates of one column; `None` is not asked yet.

    `pivot`: years of two digits above it are of the last century. `likely_month_first` is what the other
    dates of the column suggest: used until somebody answers, and remarked at every cell.
    """

    month_first: bool | None = None
    pivot: int | None = None
    likely_month_first: bool = False
