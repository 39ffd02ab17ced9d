"""Dates as people give them: typed as digits, partial, estimated."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from migdesk.i18n import N_, _

_DIGITS = re.compile(r"^(\d{2})(\d{2})(\d{4}|\d{2})$")
_DOTTED = re.compile(r"^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})$")
_WRITTEN = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")
_SHIFT = re.compile(r"^([+-])(\d{1,4})$")
_TODAY = {"today", "сегодня", "бүгін", "."}
_FIRST_YEAR, _LAST_YEAR = 1870, 2199
_NO_YEAR = N_("The year {year} is outside {first} to {last}.")
_NO_MONTH = N_("There is no month {month}: a year has 12.")
_LENGTHS = (
    N_("January {year} has {n} days."),
    N_("February {year} has {n} days."),
    N_("March {year} has {n} days."),
    N_("April {year} has {n} days."),
    N_("May {year} has {n} days."),
    N_("June {year} has {n} days."),
    N_("July {year} has {n} days."),
    N_("August {year} has {n} days."),
    N_("September {year} has {n} days."),
    N_("October {year} has {n} days."),
    N_("November {year} has {n} days."),
    N_("December {year} has {n} days."),
)


class NoSuchDay(ValueError):
    """Something written as a date that no calendar has; `text` says which part of it, as an English message."""

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__("no such day")
        self.text = text
        self.values = values

    def words(self) -> str:
        """Which part, in the current language."""
        return _(self.text).format(**self.values)


def read_day(text: str, *, today: date) -> date:
    """A date typed as `05032026`, `050326`, `5.3.26`, `5/3/2026`, ISO, `today`, `.` or `+30`.

    Two-digit years are of this century: the program records arrivals, not births.

    Raises:
        ValueError: not a date, or outside 1870-2199.
    """
    words = text.strip().lower().rstrip("г").rstrip(" .") or text.strip()
    if words in _TODAY:
        return today
    if shift := _SHIFT.match(words):
        days = int(shift[2])
        return today + timedelta(days=days if shift[1] == "+" else -days)
    if iso := _ISO.match(words):
        return _checked(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _DIGITS.match(words) or _DOTTED.match(words)
    if not found:
        raise ValueError(text)
    year = int(found[3])
    return _checked(year if len(found[3]) == 4 else 2000 + year, int(found[2]), int(found[1]))


def read_iso_day(text: str) -> date:
    """A date of a document or a script: `2026-03-05` and nothing that a person types.

    Raises:
        ValueError: not such a date, or outside 1870-2199.
    """
    iso = _ISO.match(text.strip())
    if not iso:
        raise ValueError(text)
    return _checked(int(iso[1]), int(iso[2]), int(iso[3]))


def read_written_day(text: str) -> date:
    """A date written out in full: ISO, or `05.03.2026` as workbooks have it; nothing that depends on today.

    Raises:
        ValueError: not such a date, or outside 1870-2199.
    """
    if found := _WRITTEN.match(text.strip()):
        return _checked(int(found[3]), int(found[2]), int(found[1]))
    return read_iso_day(text)


def is_relative(text: str) -> bool:
    """Whether a day depends on when it is read (`today`, `+30`): good for typing, not for a file of another day."""
    words = text.strip().lower()
    return words in _TODAY or bool(_SHIFT.match(words))


def _checked(year: int, month: int, day: int) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise NoSuchDay(_NO_YEAR, year=year, first=_FIRST_YEAR, last=_LAST_YEAR)
    if not 1 <= month <= 12:
        raise NoSuchDay(_NO_MONTH, month=month)
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise NoSuchDay(_LENGTHS[month - 1], year=year, n=length)
    return date(year, month, day)


def show_day(day: date | None) -> str:
    """`23.11.2026`, or nothing."""
    return day.strftime("%d.%m.%Y") if day else ""


def show_moment(moment: datetime | None) -> str:
    """`23.11.2026 14:05` by the clock of this machine, or nothing."""
    return moment.astimezone().strftime("%d.%m.%Y %H:%M") if moment else ""


_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}")
_ESTIMATED = N_("{day} (est.)")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A birth date of which the month or the day may be unknown, as many passports have it.

    One that is `estimated` says so wherever it is shown; it stands for the same days, and counts as equal.
    """

    year: int
    month: int = 0
    day: int = 0
    estimated: bool = field(default=False, compare=False, kw_only=True)

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day without a month")
        _checked(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        """ISO, as far as known: `1987`, `1987-03` or `1987-03-12`."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def is_full(self) -> bool:
        """Whether year, month and day are known."""
        return bool(self.day)

    def show(self) -> str:
        """As forms print it: `12.03.1987`, `03.1987`, `1987` or `12.03.1987 (est.)`."""
        parts = [f"{part:02}" for part in (self.day, self.month) if part] + [f"{self.year:04}"]
        return self.said(".".join(parts))

    def said(self, words: str) -> str:
        """Words for this date, with the mark of an estimate in the current language."""
        return _(_ESTIMATED).format(day=words) if self.estimated else words

    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day it can mean."""
        if self.day:
            return date(self.year, self.month, self.day)
        if not self.month or self.month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    def age_on(self, day: date) -> int:
        """Full years on a day; the youngest age it can mean when the date is partial."""
        born = self.latest()
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A full date."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, iso: str) -> PartialDate:
        """From `1987`, `1987-03` or `1987-03-12`.

        Raises:
            ValueError: anything else.
        """
        if not _PARTIAL.fullmatch(iso):
            raise ValueError(iso)
        return cls(*map(int, iso.split("-")))

    @classmethod
    def read(cls, text: str, *, today: date) -> PartialDate:
        """As typed: a full date in any way of `read_day`, `03.1987`, `1987-03`, or `1987`.

        Two-digit years that would lie in the future are of the last century.

        Raises:
            ValueError: not a date.
        """
        words = text.strip()
        if found := re.fullmatch(r"(\d{1,2})[./](\d{4})", words):
            return cls(int(found[2]), int(found[1]))
        if re.fullmatch(r"\d{4}(-\d{2})?", words):
            return cls.parse(words)
        day = read_day(words, today=today)
        two_digits = re.fullmatch(r"\d{6}|\d{1,2}[./\- ]\d{1,2}[./\- ]\d{2}", words)
        if two_digits and day > today:
            day = day.replace(year=day.year - 100)
        return cls.of(day)
