"""Field: what every kind of field has, and why a value cannot be read; the kinds are in `domain.fields`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from migdesk.i18n import _


class Unreadable(ValueError):
    """A typed or imported value that a field cannot take; `text` says why, in English with placeholders."""

    def __init__(self, code: str, text: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.values = values

    def words(self) -> str:
        """The reason in the current language."""
        return _(self.text).format(**self.values)


@dataclass(frozen=True, slots=True)
class Field:
    """What every kind has: label (English message), hint for the editor, whether it must be filled."""

    label: str
    hint: str = ""
    required: bool = False

    sql: ClassVar[str] = "TEXT"
    empty: ClassVar[Any] = ""

    def read(self, raw: object, *, today: date) -> Any:
        """The value a person typed or a workbook holds; `empty` for nothing.

        Raises:
            Unreadable: says why.
        """
        return plain_text(raw)

    def show(self, value: Any) -> str:
        """The value as a person reads it."""
        return "" if value is None else str(value)

    def to_sql(self, value: Any) -> Any:
        """The value as the store keeps it."""
        return value

    def from_sql(self, stored: Any) -> Any:
        """The value the store kept."""
        return stored


INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Signs that are pasted along unseen: a search misses them, and some turn the text after them round."""


def plain_text(raw: object) -> str:
    """Text of a cell: outer blanks and unseen signs go, inner blanks become one, a whole float loses its `.0`."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    text = str(raw)
    return " ".join((text if text.isprintable() else INVISIBLE.sub("", text)).split())
