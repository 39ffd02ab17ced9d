"""Reading a table of a data file strictly: every mistake names the file and the key, nothing is ignored.

Packs, their worked cases and procedures are read through `Node`, so a slip in any of them is told the
same way: `terms.toml: term[3].length: ...`.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn

from migdesk.domain.errors import BadFile
from migdesk.i18n import LANGUAGES, N_

Texts = Mapping[str, str]

_CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")


def read_toml(name: str, text: str) -> Node:
    """The top table of a file; decimals stay exact.

    Raises:
        BadFile: the text is not TOML; the reason says line and column.
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadFile(
            name, "", N_("The file cannot be read as TOML: {problem}."), problem=str(problem)
        ) from None
    return Node(name, "", data)


class Node:
    """One table of a file with its place; each key is taken once, and `close` refuses what is left."""

    def __init__(self, file: str, place: str, data: dict[str, Any]) -> None:
        self.file = file
        self.place = place
        self._data = data
        self._left = set(data)

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def __iter__(self) -> Iterator[str]:
        """Names of all keys in the order of the file."""
        return iter(self._data)

    def where(self, key: str) -> str:
        """The dotted place of a key."""
        return f"{self.place}.{key}" if self.place and key else self.place or key

    def fail(self, key: str, reason: str, /, **values: object) -> NoReturn:
        """Refuse the file because of this key."""
        raise BadFile(self.file, self.where(key), reason, hint="", **values)

    def close(self) -> None:
        """Refuse keys that nobody asked for: they are slips of the pen."""
        for key in sorted(self._left):
            self.fail(key, N_("This key is not known here."))

    def raw(self, key: str) -> Any:
        """Whatever stands under a key.

        Raises:
            BadFile: the key is missing.
        """
        if key not in self._data:
            self.fail(key, N_("This key is missing."))
        self._left.discard(key)
        return self._data[key]

    def text(self, key: str) -> str:
        """A line of text that is not empty."""
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip():
            self.fail(key, N_("A text is expected here."))
        return value

    def code(self, key: str) -> str:
        """A code: small Latin letters, digits and `_`, in parts joined by dots."""
        value = self.text(key)
        if not _CODE.fullmatch(value):
            self.fail(
                key, N_("“{given}” is not a code: use small Latin letters, digits, _ and dots."), given=value
            )
        return value

    def text_or(self, key: str, default: str) -> str:
        """A line of text, which may be left out or empty."""
        if key not in self._data:
            return default
        value = self.raw(key)
        if not isinstance(value, str):
            self.fail(key, N_("A text is expected here."))
        return value

    def choice(self, key: str, options: Collection[str]) -> str:
        """One of a few words."""
        value = self.raw(key)
        if not isinstance(value, str) or value not in options:
            self.fail(key, N_("Expected one of: {known}."), known=", ".join(options))
        return value

    def whole(self, key: str, least: int = 0) -> int:
        """A whole number of at least `least`."""
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.fail(key, N_("A whole number of at least {least} is expected here."), least=least)
        return value

    def number(self, key: str) -> Decimal:
        """An exact number of at least zero."""
        value = self.raw(key)
        exact = exact_number(value)
        if exact is None or exact < 0:
            self.fail(key, N_("A number of at least {least} is expected here."), least=0)
        return exact

    def flag(self, key: str, default: bool = False) -> bool:
        """`true` or `false`, which may be left out."""
        if key not in self._data:
            return default
        value = self.raw(key)
        if not isinstance(value, bool):
            self.fail(key, N_("Expected one of: {known}."), known="true, false")
        return value

    def day(self, key: str) -> date:
        """A date without a time, written `2026-07-01` without quotes."""
        value = self.raw(key)
        if isinstance(value, datetime) or not isinstance(value, date):
            self.fail(key, N_("A date is expected here, written as 2026-07-01 without quotes."))
        return value

    def day_or_none(self, key: str) -> date | None:
        """A date, or nothing when the key is left out."""
        return self.day(key) if key in self._data else None

    def span(self) -> tuple[date, date | None]:
        """The first day `from` and the last day `until` (inclusive; left out: still in force)."""
        since, until = self.day("from"), self.day_or_none("until")
        if until is not None and until < since:
            self.fail("until", N_("The last day is before the first day."))
        return since, until

    def texts(self, key: str) -> dict[str, str]:
        """Words in all three languages with the same placeholders, each a plain name."""
        value = self.raw(key)
        if not isinstance(value, dict):
            self.fail(key, N_("Texts in kk, ru and en are expected here."))
        inner = Node(self.file, self.where(key), value)
        found = {code: inner.text(code) for code in LANGUAGES}
        inner.close()
        self._same_placeholders(key, found)
        return found

    def _same_placeholders(self, key: str, found: dict[str, str]) -> None:
        named = {}
        for code, words in found.items():
            try:
                parts = list(string.Formatter().parse(words))
            except ValueError:
                self.fail(f"{key}.{code}", N_("A brace is not closed."))
            named[code] = {part[1] for part in parts if part[1] is not None}
        if len({frozenset(names) for names in named.values()}) > 1:
            self.fail(key, N_("The three languages have different placeholders."))
        for name in named["en"]:
            if not name.isidentifier():
                self.fail(key, N_("A placeholder must be a plain name: {given}."), given=name or "{}")

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts without repetition; nothing when left out."""
        if key not in self._data:
            return ()
        value = self.raw(key)
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self.fail(key, N_("A list of texts is expected here."))
        for position, one in enumerate(value):
            if one in value[:position]:
                self.fail(f"{key}[{position + 1}]", N_("“{given}” stands here twice."), given=one)
        return tuple(value)

    def node(self, key: str) -> Node:
        """An inner table."""
        value = self.raw(key)
        if not isinstance(value, dict):
            self.fail(key, N_("A table is expected here."))
        return Node(self.file, self.where(key), value)

    def nodes(self, key: str) -> Iterator[Node]:
        """The tables of a list, counted from 1; none when the key is left out."""
        value = self.raw(key) if key in self._data else []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fail(key, N_("A list of tables is expected here."))
        for position, one in enumerate(value, start=1):
            yield Node(self.file, f"{self.where(key)}[{position}]", one)


def exact_number(value: object) -> Decimal | None:
    """A TOML number as an exact decimal; nothing for anything else, infinity included."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    exact = Decimal(value)
    return exact if exact.is_finite() else None
