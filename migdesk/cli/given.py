"""What a question was given: by name, from the command line or from one line of JSON, and read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from migdesk.domain.dates import NoSuchDay, PartialDate, read_iso_day
from migdesk.domain.errors import MigDeskError
from migdesk.i18n import N_, _

_LONGEST = 200_000


class BadKey(MigDeskError):
    """A key is missing or its value cannot be read; the words begin with the key."""

    code = "bad_key"

    def __init__(self, key: str, text: str, /, **values: object) -> None:
        super().__init__(text, hint="", **values)
        self.key = key

    def words(self) -> str:
        """Key and reason."""
        return f"{self.key}: {_(self.text).format(**self.values)}"


class Given:
    """Values by name; each reader says which key is wrong, and `ignored` tells the keys nobody read."""

    def __init__(self, values: Mapping[str, Any], *, place: str = "") -> None:
        self._values = values
        self._place = place
        self._read = set[str]()

    def __contains__(self, key: str) -> bool:
        self._read.add(key)  # a null is what was left out, not what nobody knows
        return self._values.get(key) is not None

    def ignored(self) -> list[str]:
        """Keys that were given and not read."""
        return sorted(set(self._values) - self._read)

    def everything(self) -> Mapping[str, Any]:
        """All values, for a reader that checks the keys itself."""
        self._read.update(self._values)
        return self._values

    def raw(self, key: str) -> Any:
        """The value as it came, or nothing."""
        self._read.add(key)
        return self._values.get(key)

    def fail(self, key: str, text: str, /, **values: object) -> BadKey:
        """The error for a key, for the caller to raise."""
        return BadKey(f"{self._place}.{key}" if self._place else key, text, **values)

    def needed(self, key: str) -> Any:
        """The value as it came.

        Raises:
            BadKey: it is missing.
        """
        value = self.raw(key)
        if value is None:
            raise self.fail(key, N_("This is missing."))
        return value

    def text(self, key: str) -> str:
        """A text; a whole number is taken as its digits.

        Raises:
            BadKey: missing, or something else.
        """
        value = self.needed(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise self.fail(key, N_("A text is expected."))
        if len(value) > _LONGEST:
            raise self.fail(key, N_("The text is too long."))
        return value

    def text_or(self, key: str, default: str) -> str:
        """A text that may be left out."""
        return self.text(key) if key in self else default

    def choice(self, key: str, options: Sequence[str]) -> str:
        """One of a few words.

        Raises:
            BadKey: missing, or another word.
        """
        value = self.text(key).strip().lower()
        if value not in options:
            raise self.fail(key, N_("Expected one of: {known}."), known=", ".join(options))
        return value

    def whole(self, key: str) -> int:
        """A whole number, also written as a text of digits.

        Raises:
            BadKey: missing, or not a whole number.
        """
        value = self.text(key).strip()
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal()):
            raise self.fail(key, N_("A whole number is expected."))
        if len(digits) > 9:
            raise self.fail(key, N_("The number is too large: at most nine digits."))
        return int(value)

    def day(self, key: str) -> date:
        """A date, ISO as every script writes it: what people type for today must not become a day of a file.

        Raises:
            BadKey: missing, or not a date.
        """
        value = self.needed(key)
        try:
            return read_iso_day(value if isinstance(value, str) else "")
        except NoSuchDay as wrong:
            raise self.fail(key, wrong.text, **wrong.values) from None
        except ValueError:
            raise self.fail(key, N_("A date is expected, such as 2026-03-05.")) from None

    def day_or_none(self, key: str) -> date | None:
        """A date that may be left out."""
        return self.day(key) if key in self else None

    def birth_or_none(self, key: str) -> PartialDate | None:
        """A birth date, of which the day, or day and month, may be unknown.

        Raises:
            BadKey: not a date.
        """
        value = self.raw(key)
        if value is None:
            return None
        try:
            return PartialDate.parse(value.strip() if isinstance(value, str) else "")
        except NoSuchDay as wrong:
            raise self.fail(key, wrong.text, **wrong.values) from None
        except ValueError:
            raise self.fail(key, N_("A date is expected, such as 2026-03-05.")) from None

    def inner(self, key: str) -> Mapping[str, Any]:
        """An object of names and values; nothing when left out.

        Raises:
            BadKey: something else.
        """
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.fail(key, N_("An object of names and values is expected."))
        return value

    def rows(self, key: str) -> list[Given]:
        """A list of objects, each read by name.

        Raises:
            BadKey: missing, or something else.
        """
        value = self.needed(key)
        if not isinstance(value, list):
            raise self.fail(key, N_("A list is expected."))
        found = []
        for number, row in enumerate(value):
            if not isinstance(row, dict):
                raise self.fail(f"{key}[{number}]", N_("An object of names and values is expected."))
            place = f"{self._place}.{key}[{number}]" if self._place else f"{key}[{number}]"
            found.append(Given(row, place=place))
        return found

    def texts(self, key: str) -> list[str]:
        """A list of texts.

        Raises:
            BadKey: missing, or something else.
        """
        value = self.needed(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fail(key, N_("A list of texts is expected."))
        return value
