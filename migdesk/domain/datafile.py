"""Reading a data file strictly: every missing, wrong or unknown key is named by file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from migdesk.domain.errors import BadFile
from migdesk.i18n import LANGUAGES, N_, _

Texts = Mapping[str, str]
"""A text per language: `{kk, ru, en}`."""


class Keys:
    """One table of a data file. Ask for every key it may have, then call `end`: what is left is refused."""

    def __init__(self, table: Mapping[str, Any], file: str, place: str = "") -> None:
        self._table = table
        self._left = set(table)
        self.file = file
        self.place = place

    @classmethod
    def parse(cls, text: str, file: str) -> Keys:
        """The top table of a TOML text; `file` is only the name that messages use.

        Raises:
            BadFile: not TOML.
        """
        try:
            return cls(tomllib.loads(text), file)
        except (tomllib.TOMLDecodeError, RecursionError) as problem:
            raise BadFile(
                file, "", N_("The file cannot be read as TOML: {problem}."), problem=str(problem)
            ) from None

    def at(self, key: str) -> str:
        """Where a key stands, as messages name it: `column[2].width`."""
        return f"{self.place}.{key}" if self.place else key

    def bad(self, key: str, text: str, /, **values: object) -> BadFile:
        """The error to raise for a key."""
        return BadFile(self.file, self.at(key), text, hint="", **values)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._table

    def _take(self, key: str, kinds: tuple[type, ...], wanted: str, default: Any) -> Any:
        self._left.discard(key)
        if key not in self._table:
            if default is None:
                raise self.bad(key, N_("This key is missing."))
            return default
        value = self._table[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and not {bool, object} & {*kinds}):
            raise self.bad(key, N_("Expected {wanted}."), wanted=_(wanted))
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required when no default is given. So with all the others."""
        return str(self._take(key, (str,), N_("a text"), default))

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return int(self._take(key, (int,), N_("a whole number"), default))

    def number(self, key: str, default: float | None = None) -> float:
        """A number."""
        return float(self._take(key, (int, float), N_("a number"), default))

    def numbers(self, key: str, count: int, default: Sequence[float] | None = None) -> tuple[float, ...]:
        """Exactly `count` numbers."""
        given = self._take(key, (list, tuple), N_("a list of numbers"), default)
        if len(given) != count or not all(isinstance(one, int | float) for one in given):
            raise self.bad(key, N_("Expected {count} numbers."), count=count)
        return tuple(float(one) for one in given)

    def flag(self, key: str, default: bool = False) -> bool:
        """Yes or no."""
        return bool(self._take(key, (bool,), N_("true or false"), default))

    def day(self, key: str) -> date | None:
        """A date, or nothing."""
        found = self._take(key, (date, str), N_("a date"), "")
        if isinstance(found, str) and found:
            raise self.bad(key, N_("Expected {wanted}."), wanted=_(N_("a date")))
        return found or None

    def strings(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        given = self._take(key, (list, tuple), N_("a list of texts"), default)
        if not all(isinstance(one, str) for one in given):
            raise self.bad(key, N_("Expected {wanted}."), wanted=_(N_("a list of texts")))
        return tuple(given)

    def one_of(self, key: str, options: Sequence[str], default: str | None = None) -> str:
        """A text that is one of a fixed few."""
        found = self.text(key, default)
        if found not in options:
            raise self.bad(key, N_("Expected one of: {known}."), known=", ".join(options))
        return found

    def texts(self, key: str, languages: Sequence[str] = LANGUAGES, *, optional: bool = False) -> Texts:
        """A text in each of the languages.

        Raises:
            BadFile: a language is missing, empty or unknown.
        """
        given = self._take(key, (dict,), N_("a text in each language"), {} if optional else None)
        if not given:
            return {}
        for code in languages:
            if not isinstance(given.get(code), str) or not given[code].strip():
                raise self.bad(f"{key}.{code}", N_("The text in this language is missing."))
        for code in given:
            if code not in languages:
                raise self.bad(f"{key}.{code}", N_("This key is not known here."))
        return dict(given)

    def plain(self, key: str) -> Any:
        """Whatever stands under a key, unchecked."""
        return self._take(key, (object,), N_("a value"), None)

    def table(self, key: str) -> Keys:
        """A table under the key; empty when it is not there."""
        return Keys(self._take(key, (dict,), N_("a table"), {}), self.file, self.at(key))

    def tables(self, key: str) -> list[Keys]:
        """The tables of an array of tables; none when it is not there."""
        given = self._take(key, (list,), N_("tables"), [])
        if not all(isinstance(one, dict) for one in given):
            raise self.bad(key, N_("Expected {wanted}."), wanted=_(N_("tables")))
        return [Keys(one, self.file, f"{self.at(key)}[{n}]") for n, one in enumerate(given, 1)]

    def names(self) -> tuple[str, ...]:
        """All keys of the table, as they stand; marks them as asked for."""
        self._left.clear()
        return tuple(self._table)

    def end(self) -> None:
        """Refuse what nobody asked for.

        Raises:
            BadFile: names the first unknown key.
        """
        for key in self._table:
            if key in self._left:
                raise self.bad(key, N_("This key is not known here."))
