"""Field: what every kind of field has, and why a value cannot be read; the kinds are in `domain.fields`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from migdesk.i18n import N_, _


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
    """What every kind has: label (English message), hint for the editor, whether it must be filled.

    `computed`: the program works it out from other records whenever one of these changes; nobody types it, and an old
    copy of the record that is written again does not bring the old value back.
    """

    label: str
    hint: str = ""
    required: bool = False
    computed: bool = False

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


_JOINED = "\u0590-\u0fff\u1000-\u109f\u1780-\u17ff\ua840-\uabff\ufb1d-\ufdff\ufe70-\ufefc"
"""Letters, Hebrew to Khmer, between which a joiner belongs to the spelling."""

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    f"|(?<![{_JOINED}])[\u200c\u200d]"
)
"""Signs that are pasted along unseen (Unicode: Default_Ignorable_Code_Point): a search misses them, and some turn
the text after them round."""

DROPPED = N_("Invisible characters in the text were left out.")


def has_invisible(raw: object) -> bool:
    """Whether reading a value leaves out what nobody sees."""
    return isinstance(raw, str) and not raw.isascii() and INVISIBLE.search(raw) is not None


def plain_text(raw: object) -> str:
    """Text of a cell: outer blanks and unseen signs go, inner blanks become one, a whole float loses its `.0`."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    text = str(raw)
    return " ".join((text if text.isascii() else INVISIBLE.sub("", text)).split())
