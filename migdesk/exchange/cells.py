"""Raw cell → the Python value its column is read for, or a value with a remark. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Final

from migdesk.domain.dates import PartialDate, is_relative, show_day
from migdesk.domain.field import DROPPED, INVISIBLE, has_invisible
from migdesk.domain.fields import Choice, Day, Moment, PartialDay, Text, Whole
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.exchange.daytext import DayAnswers, DayText, read_day_text
from migdesk.exchange.sheet import SheetColumn, fold_header
from migdesk.i18n import LANGUAGES, N_, language


def identity_column(key: str) -> SheetColumn:
    """The hidden columns that every exported list has besides its own: uid and rev."""
    return SheetColumn(key, key, Text(key.strip("_")), {"en": key.strip("_")}, as_text=True)


class Clear(Enum):
    """What a cell holds that asks to empty the field; a blank cell leaves the field as it is."""

    CLEAR = "<clear>"

    def __repr__(self) -> str:
        """As it is typed."""
        return self.value


CLEAR: Final = Clear.CLEAR
CLEAR_WORDS = {"kk": "<тазалау>", "ru": "<очистить>", "en": "<clear>"}
"""What a person types into a cell to empty the field, in each language."""

_CLEARING = frozenset(CLEAR_WORDS.values())
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SCIENTIFIC = re.compile(r"^\d([.,]\d+)?[eEеЕ]\+?\d{1,2}$")
_EXACT_NUMBERS_END = 10**15
_FIRST_LIKELY, _LAST_LIKELY = date(1920, 1, 1), date(2100, 12, 31)
_FIRST_YEAR, _LAST_YEAR = 1870, 2199
_YEARS_AHEAD = 20


@dataclass(frozen=True, slots=True, repr=False)
class Remarked:
    """A value with what must be said about its cell. A blocked cell has `None` or the text as it stands."""

    value: object
    finding: Finding


Converter = Callable[[object], object]
"""A cell that is not blank → value or `Remarked`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What converters need to know besides the column."""

    today: date
    from_1904: bool = False


def converter(column: SheetColumn, reading: Reading, answers: DayAnswers) -> Converter:
    """How the cells of a column are read. Findings name the column's key as their field."""
    match column.field:
        case Day() | PartialDay():
            return _Days(column, reading, answers)
        case Moment():
            return _moment(column)
        case Whole():
            return _whole
        case Choice() as field:
            return _choice(column, field)
        case _:
            return _text(column)


def _whole(raw: object) -> object:
    if isinstance(raw, float) and raw.is_integer():
        return int(raw)
    return _clean(raw) if isinstance(raw, str) else raw


def _clean(text: str) -> object:
    text = text.strip()
    return CLEAR if text[:1] == "<" and text.casefold() in _CLEARING else text


def _text(column: SheetColumn) -> Converter:
    key = column.key
    digits, guarded = column.digits, bool(column.digits or column.as_text)

    def read(raw: object) -> object:
        if isinstance(raw, str):
            if not raw.isprintable() or has_invisible(raw):
                return _odd_text(raw, key)
            return _number_text(raw.strip(), key, digits) if guarded else _clean(raw)
        if isinstance(raw, bool):
            return "TRUE" if raw else "FALSE"
        if isinstance(raw, float):
            return _number(raw, key, digits)
        return _became_date(raw, key)

    return read


def _odd_text(raw: str, key: str) -> object:
    text = INVISIBLE.sub("", raw).strip()
    if _CONTROL.search(text):
        return Remarked(
            text,
            warn(
                "control_characters", N_("The text has characters that cannot be printed. Type it anew."), key
            ),
        )
    if len(text) != len(raw.strip()):
        return Remarked(text, note("invisible_characters", DROPPED, key))
    return _clean(text)


def _number_text(text: str, key: str, digits: int) -> object:
    if _SCIENTIFIC.match(text):
        return Remarked(text, _scientific(key, text))
    if digits and text.isdecimal() and digits - 3 <= len(text) < digits:
        return Remarked(text, _lost_zeros(key, text, digits))
    return _clean(text)


def _scientific(key: str, given: str) -> Finding:
    return block(
        "scientific",
        N_("“{given}” is a number that lost its last digits. Type it anew as text."),
        key,
        given=given,
    )


def _lost_zeros(key: str, given: str, digits: int) -> Finding:
    return block(
        "lost_zeros",
        N_("“{given}” has {n} digits instead of {digits}: zeros at the beginning were probably lost."),
        key,
        given=given,
        n=len(given),
        digits=digits,
    )


def _number(raw: float, key: str, digits: int) -> object:
    if abs(raw) >= _EXACT_NUMBERS_END:
        return Remarked(None, _scientific(key, f"{raw:.10E}"))
    if not raw.is_integer():
        return f"{raw:.15g}"
    text = str(int(raw))
    if digits and digits - 3 <= len(text) < digits:
        return Remarked(text, _lost_zeros(key, text, digits))
    return text


def _became_date(raw: object, key: str) -> object:
    shown = show_day(raw) if isinstance(raw, date) else str(raw)
    return Remarked(
        None,
        block(
            "became_date",
            N_("The spreadsheet made the date or time {shown} of what was typed. Type it anew as text."),
            key,
            shown=shown,
        ),
    )


def _moment(column: SheetColumn) -> Converter:
    def read(raw: object) -> object:
        if isinstance(raw, datetime):
            return raw.astimezone(UTC)
        if isinstance(raw, date):
            return datetime.combine(raw, time()).astimezone(UTC)
        return _clean(raw) if isinstance(raw, str) else Remarked(None, _not_a_day(column.key, raw))

    return read


def choice_words(field: Choice, words: Mapping[str, str]) -> dict[str, str]:
    """Folded word → value: the options, their labels in three languages, and the other words people use."""
    known = {fold_header(word): value for word, value in words.items()}
    for option in field.options or ():
        known[fold_header(option.value)] = option.value
        for code in LANGUAGES:
            with language(code):
                known[fold_header(field.show(option))] = option.value
    return known


def _choice(column: SheetColumn, field: Choice) -> Converter:
    known = choice_words(field, column.words)
    text = _text(column)

    def read(raw: object) -> object:
        value = text(raw)
        return known.get(fold_header(value), value) if isinstance(value, str) else value

    return read


def _not_a_day(key: str, raw: object) -> Finding:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return block("not_a_date", N_("“{given}” is not a date."), key, given=str(raw))


class _Days:
    """Dates: typed ones pass; numbers and texts are read as far as they are certain."""

    def __init__(self, column: SheetColumn, reading: Reading, answers: DayAnswers) -> None:
        self.key = column.key
        self.partial = isinstance(column.field, PartialDay)
        self.reading = reading
        self.answers = answers
        self.epoch = date(1904, 1, 1) if reading.from_1904 else date(1899, 12, 30)

    def __call__(self, raw: object) -> object:
        if isinstance(raw, date):
            return self._typed(raw)
        if isinstance(raw, str):
            return self._text(raw)
        if isinstance(raw, float):
            return self._number(raw)
        return Remarked(None, _not_a_day(self.key, raw))

    def _typed(self, raw: date) -> object:
        day = raw.date() if isinstance(raw, datetime) else raw
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            return Remarked(None, _not_a_day(self.key, show_day(day)))
        return PartialDate.of(day) if self.partial else day

    def _number(self, raw: float) -> object:
        whole = int(raw)
        if self.partial and raw == whole and _FIRST_YEAR <= whole <= _LAST_YEAR:
            return PartialDate(whole)
        day = self._serial(whole)
        if day and _FIRST_LIKELY <= day <= _LAST_LIKELY:
            value = PartialDate.of(day) if self.partial else day
            return Remarked(
                value,
                warn(
                    "date_as_number",
                    N_("{number} is a date without its format; read as {shown}."),
                    self.key,
                    number=whole,
                    shown=show_day(day),
                ),
            )
        text = str(whole)
        if raw == whole and len(text) == 7:
            return Remarked(None, _lost_zeros(self.key, text, 8))
        found = read_day_text(text, False) if raw == whole else None
        return self._found(found, text) if found else Remarked(None, _not_a_day(self.key, raw))

    def _serial(self, days: int) -> date | None:
        # Excel counts a 29 February 1900 that never was
        early = 1 if not self.reading.from_1904 and days < 61 else 0
        try:
            return self.epoch + timedelta(days=days + early)
        except OverflowError:
            return None

    def _text(self, raw: str) -> object:
        text = INVISIBLE.sub("", raw).strip()
        found = read_day_text(text, self.partial)
        if found:
            return self._found(found, text)
        return Remarked(None, _not_a_day(self.key, text)) if is_relative(text) else _clean(text)

    def _found(self, found: DayText, given: str) -> object:
        """The day a text means; what the operator has not said yet is remarked and read as is usual here."""
        asked = self.answers.month_first
        if found.swappable and (self.answers.likely_month_first if asked is None else asked):
            found = found.swapped()
        year = self._year(found)
        try:
            value = found.as_partial(year) if self.partial else found.as_day(year)
        except ValueError:
            return given
        if found.swappable and asked is None:
            return Remarked(value, self._swappable(found, year, given))
        if found.two_digits and self.answers.pivot is None:
            return Remarked(
                value,
                warn(
                    "two_digit_year",
                    N_("“{given}” has a year of two digits; read as {year}."),
                    self.key,
                    given=given,
                    year=year,
                ),
            )
        return value

    def _swappable(self, found: DayText, year: int, given: str) -> Finding:
        return warn(
            "day_month_doubt",
            N_("“{given}” may be {first} or {second}; read as {first}."),
            self.key,
            given=given,
            first=show_day(found.as_day(year)),
            second=show_day(found.swapped().as_day(year)),
        )

    def _year(self, found: DayText) -> int:
        if not found.two_digits:
            return found.year
        if self.answers.pivot is not None:
            return found.year + (1900 if found.year > self.answers.pivot else 2000)
        if self.partial:
            later = (found.year + 2000, found.month, found.day) > self.reading.today.timetuple()[:3]
            return found.year + (1900 if later else 2000)
        ahead = found.year + 2000 > self.reading.today.year + _YEARS_AHEAD
        return found.year + (1900 if ahead else 2000)
