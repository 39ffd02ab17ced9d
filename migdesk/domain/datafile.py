"""Reading a data file strictly: every missing, wrong or unknown key is named by file and key.

Packs, worked cases, procedures, forms, samples, reports and sheets are all read through `Keys`, so a slip in
any of them is told the same way: `terms.toml: term[3].length: …`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from math import isfinite
from typing import Any, TypeVar

from migdesk.domain.dataline import find_line, no_such_day
from migdesk.domain.datasound import DEEPEST, LARGEST, TOO_DEEP, unsound
from migdesk.domain.errors import BadFile
from migdesk.i18n import LANGUAGES, N_, placeholders

Texts = Mapping[str, str]
"""A text per language: `{kk, ru, en}`."""

D = TypeVar("D")
F = TypeVar("F")
S = TypeVar("S", bound=str)

_CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_AT_LINE = re.compile(r"\(at line (\d+), ")
_LONGEST_SHOWN = 80
_DOTTED = re.compile(rf"(?<![\w.-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{2 * DEEPEST}}}")
"""A key of more parts than any table is deep: the reader of TOML takes ever longer over each."""
_MOST_NAMED, _NEAREST = 20, 6
"""Of so many words all are told; of more only the nearest."""


class Required:
    """Stands where no default is given: the key must be there."""


_REQUIRED = Required()


class Keys:
    """One table of a data file. Ask for every key it may have, then call `end`: what is left is refused.

    A key with a default may be left out and then gives it, `None` included; without one it is required.
    Numbers are never negative, infinite or `true`. `in` and iteration look at the names alone.
    """

    def __init__(self, table: Mapping[str, Any], file: str, place: str = "", text: str = "") -> None:
        self._table = table
        self._left = set(table)
        self._text = text
        self.file = file
        self.place = place

    @classmethod
    def parse(cls, text: str, file: str, *, one_line: bool = False) -> Keys:
        """The top table of a TOML text; `file` is only the name that messages use. Decimals stay exact.

        Raises:
            BadFile: not TOML, or a value that no file holds (`datasound`; with `one_line` a title of two lines); the
                reason says where.
        """
        if deep := _DOTTED.search(text):
            bad = BadFile(file, "", TOO_DEEP, most=DEEPEST)
            bad.line = text.count("\n", 0, deep.start()) + 1
            raise bad
        try:
            found = cls(tomllib.loads(text, parse_float=Decimal), file, text=text)
        except ArithmeticError:
            raise BadFile(file, "", N_("A number in the file is longer than any that is meant.")) from None
        except RecursionError:
            raise BadFile(file, "", TOO_DEEP, most=DEEPEST) from None
        except ValueError as problem:
            unread = N_("The file cannot be read as TOML: {problem}.")
            bad = no_such_day(text, file, str(problem)) or BadFile(file, "", unread, problem=str(problem))
            if said := _AT_LINE.search(str(problem)):
                bad.line = int(said[1])
            raise bad from None
        if wrong := unsound(found._table, one_line=one_line):
            raise found.bad(wrong.place, wrong.text, **wrong.values)
        return found

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def at(self, key: str) -> str:
        """Where a key stands, as messages name it: `column[2].width`; the table itself for an empty key."""
        return ".".join(part for part in (self.place, key) if part)

    def bad(self, key: str, text: str, /, **values: object) -> BadFile:
        """The error to raise for a key, with the line on which it stands."""
        problem = BadFile(self.file, self.at(key), text, hint="", **values)
        problem.line = find_line(self._text, problem.place) if self._text and problem.place else None
        return problem

    def end(self) -> None:
        """Refuse what nobody asked for: it is a slip of the pen.

        Raises:
            BadFile: names the first unknown key.
        """
        for key in self._table:
            if key in self._left:
                raise self.bad(key, N_("This key is not known here."))

    def raw(self, key: str, default: object = _REQUIRED) -> Any:
        """Whatever stands under a key, unchecked; decimals as `Decimal`.

        Raises:
            BadFile: the key is missing. So with all that follow, and when the value is not what they ask.
        """
        if key in self._table:
            self._left.discard(key)
            return self._table[key]
        if isinstance(default, Required):
            raise self.bad(key, N_("This key is missing."))
        return default

    def _take(
        self,
        key: str,
        default: D | Required,
        read: Callable[[object], F | None],
        wrong: str,
        **values: object,
    ) -> F | D:
        if key not in self._table and not isinstance(default, Required):
            return default
        found = read(self.raw(key))
        if found is None:
            raise self.bad(key, wrong, **values)
        return found

    def text(self, key: str, default: D | Required = _REQUIRED) -> str | D:
        """A text; blank only where the default is a text too."""
        blank = isinstance(default, str)
        return self._take(key, default, lambda value: _text(value, blank), N_("A text is expected here."))

    def code(self, key: str, default: D | Required = _REQUIRED) -> str | D:
        """A code: small Latin letters, digits and `_`, in parts joined by dots."""
        wrong = N_("“{given}” is not a code: use small Latin letters, digits, _ and dots.")
        return self._take(key, default, _code, wrong, given=str(self._table.get(key))[:_LONGEST_SHOWN])

    def one_of(self, key: str, options: Iterable[S], default: D | Required = _REQUIRED) -> S | D:
        """One of a few words; of a `StrEnum` class, the member with this value."""
        if key not in self._table and not isinstance(default, Required):
            return default
        given, known = self.raw(key), tuple(options)
        for one in known:
            if one == given:
                return one
        raise self._unknown(key, given, known)

    def _unknown(self, key: str, given: object, known: Sequence[str]) -> BadFile:
        """The error of a word that is none of those known; of many, the nearest are named."""
        wrong, shown = N_("Expected one of: {known}."), known
        if isinstance(given, str) and given:
            wrong = N_("“{given}” is not known here. Expected one of: {known}.")
            if len(known) > _MOST_NAMED:
                wrong = N_("“{given}” is not known here. The nearest are: {known}.")
                shown = get_close_matches(given, known, _NEAREST, 0) or known[:_NEAREST]
        return self.bad(key, wrong, given=given, known=", ".join(shown))

    def strings(self, key: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """A list of texts, none of them empty or there twice; may always be left out."""
        found = self._take(key, tuple(default), _strings, N_("A list of texts is expected here."))
        seen = set[str]()
        for position, one in enumerate(found, start=1):
            if one in seen:
                raise self.bad(f"{key}[{position}]", N_("“{given}” stands here twice."), given=one)
            seen.add(one)
        return found

    def whole(
        self, key: str, default: D | Required = _REQUIRED, *, least: int = 0, most: int = LARGEST
    ) -> int | D:
        """A whole number from `least` to `most`."""
        wrong = N_("A whole number of at least {least} is expected here.")
        if most < LARGEST:
            wrong = N_("A whole number from {least} to {most} is expected here.")
        return self._take(
            key, default, lambda value: _whole(value, least, most), wrong, least=least, most=most
        )

    def exact(
        self, key: str, default: D | Required = _REQUIRED, *, least: int = 0, most: int = LARGEST
    ) -> Decimal | D:
        """A number from `least` to `most` just as it is written, for law and money."""
        wrong = N_("A number of at least {least} is expected here.")
        if most < LARGEST:
            wrong = N_("A number from {least} to {most} is expected here.")
        return self._take(
            key, default, lambda value: _exact(value, least, most), wrong, least=least, most=most
        )

    def number(self, key: str, default: D | Required = _REQUIRED) -> float | D:
        """A number for measures, where rounding does no harm."""
        wrong = N_("A number of at least {least} is expected here.")
        return self._take(key, default, _number, wrong, least=0)

    def numbers(self, key: str, count: int, default: D | Required = _REQUIRED) -> tuple[float, ...] | D:
        """Exactly `count` numbers for measures."""
        wrong = N_("{count} numbers of at least {least} are expected here.")
        return self._take(key, default, lambda value: _numbers(value, count), wrong, count=count, least=0)

    def flag(self, key: str, default: bool = False) -> bool:
        """`true` or `false`; may always be left out."""
        wrong = N_("Expected one of: {known}.")
        return self._take(key, default, _flag, wrong, known="true, false")

    def day(self, key: str, default: D | Required = _REQUIRED) -> date | D:
        """A date without a time."""
        wrong = N_("A date is expected here, written as 2026-07-01 without quotes.")
        return self._take(key, default, _day, wrong)

    def span(
        self, since: D | Required = _REQUIRED, until: date | None = None
    ) -> tuple[date | D, date | None]:
        """The first day `from` and the last day `until` (inclusive; `None`: still in force)."""
        first, last = self.day("from", since), self.day("until", until)
        if isinstance(first, date) and last is not None and last < first:
            raise self.bad("until", N_("The last day is before the first day."))
        return first, last

    def texts(
        self,
        key: str,
        default: D | Required = _REQUIRED,
        *,
        languages: Sequence[str] = LANGUAGES,
        slots: bool = False,
    ) -> Texts | D:
        """A text in each of the languages, and in no other.

        Names in braces must be plain and the same in each; with `slots` the caller reads what is in braces.
        """
        wrong = N_("A text in each language is expected here: {known}.")

        def read(value: object) -> Texts | None:
            return self._read_texts(key, value, languages, slots) if isinstance(value, dict) else None

        return self._take(key, default, read, wrong, known=", ".join(languages))

    def _read_texts(self, key: str, table: Mapping[str, Any], languages: Sequence[str], slots: bool) -> Texts:
        inner = self._inner(table, key)
        found = {code: inner.text(code) for code in languages}
        inner.end()
        if not slots:
            self._refuse_placeholders(key, found)
        return found

    def _refuse_placeholders(self, key: str, found: Texts) -> None:
        named = {}
        for code, text in found.items():
            try:
                named[code] = placeholders(text)
            except ValueError:
                raise self.bad(f"{key}.{code}", N_("A brace is not closed.")) from None
        names = set().union(*named.values())
        if any(one != names for one in named.values()):
            raise self.bad(key, N_("The languages have different placeholders."))
        for name in sorted(names):
            if not name.isidentifier():
                raise self.bad(key, N_("A placeholder must be a plain name: {given}."), given=name or "{}")

    def table(self, key: str) -> Keys:
        """The table under the key; an empty one when it is left out."""
        found = self._take(key, {}, _table, N_("A table is expected here."))
        return self._inner(found, key)

    def _inner(self, table: Mapping[str, Any], key: str) -> Keys:
        return Keys(table, self.file, self.at(key), self._text)

    def tables(self, key: str) -> list[Keys]:
        """The tables of a list, placed as `key[1]`, `key[2]`; none when it is left out."""
        found = self._take(key, [], _tables, N_("A list of tables is expected here."))
        return [self._inner(one, f"{key}[{n}]") for n, one in enumerate(found, 1)]


def _text(value: object, blank: bool) -> str | None:
    return value if isinstance(value, str) and (blank or value.strip()) else None


def _code(value: object) -> str | None:
    return value if isinstance(value, str) and _CODE.fullmatch(value) else None


def _strings(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        return None
    return tuple(value)


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _whole(value: object, least: int, most: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        return None
    return value


def _exact(value: object, least: int = 0, most: int = LARGEST) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    exact = Decimal(value)
    return exact if exact.is_finite() and least <= exact <= most else None


def _number(value: object) -> float | None:
    exact = _exact(value)
    return float(exact) if exact is not None and isfinite(exact) else None


def _numbers(value: object, count: int) -> tuple[float, ...] | None:
    found = [_number(one) for one in value] if isinstance(value, list) else []
    sound = tuple(one for one in found if one is not None)
    return sound if len(sound) == len(found) == count else None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _table(value: object) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _tables(value: object) -> list[dict[str, Any]] | None:
    return value if isinstance(value, list) and all(isinstance(one, dict) for one in value) else None
