"""The kinds of fields: the one description of an attribute.

The same object tells the store which column to make, the window which editor to show, the workbook
which column to write, and a form what it may print. A kind knows four things about its values:
`read` (typed or imported → value), `show` (value → text), `to_sql` and `from_sql`.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints

from migdesk.domain.field import Field as Field
from migdesk.domain.field import Unreadable as Unreadable
from migdesk.domain.field import plain_text as plain_text
from migdesk.domain.field_days import Day as Day
from migdesk.domain.field_days import Moment as Moment
from migdesk.domain.field_days import PartialDay as PartialDay
from migdesk.domain.money import grouped
from migdesk.i18n import N_, _

TOO_LONG = N_("At most {max} characters; this has {n}.")
OUT_OF_RANGE = N_("{number} is outside {min} to {max}.")


@dataclass(frozen=True, slots=True)
class Text(Field):
    """A line of text of at most `max` characters.

    `series`: numbers of the office stand in it, which one of its counters gives.
    """

    max: int = 200
    series: bool = False

    def read(self, raw: object, *, today: date) -> str:
        text = plain_text(raw)
        if len(text) > self.max:
            raise Unreadable("too_long", TOO_LONG, max=self.max, n=len(text))
        return text


@dataclass(frozen=True, slots=True)
class Note(Field):
    """A longer text with line breaks."""

    max: int = 20_000

    def read(self, raw: object, *, today: date) -> str:
        text = "" if raw is None else str(raw).strip()
        if len(text) > self.max:
            raise Unreadable("too_long", TOO_LONG, max=self.max, n=len(text))
        return text


@dataclass(frozen=True, slots=True)
class Code(Field):
    """A code of a closed list in `resources/lists`; whether the list has it is checked by a service."""

    list: str = ""


@dataclass(frozen=True, slots=True)
class Whole(Field):
    """A whole number between `min` and `max`; sums of money are whole tenge, years are not `grouped`."""

    min: int = 0
    max: int = 10**12
    grouped: bool = True

    sql: ClassVar[str] = "INTEGER"
    empty: ClassVar[Any] = None

    def read(self, raw: object, *, today: date) -> int | None:
        text = plain_text(raw).replace(" ", "")
        if not text:
            return None
        try:
            number = int(text)
        except ValueError:
            raise Unreadable("not_a_number", N_("“{given}” is not a whole number."), given=text) from None
        if not self.min <= number <= self.max:
            raise Unreadable(
                "out_of_range",
                OUT_OF_RANGE,
                number=number,
                min=self.min,
                max=self.max,
            )
        return number

    def show(self, value: Any) -> str:
        if value is None:
            return ""
        return grouped(value) if self.grouped else str(value)


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """One of a fixed few: a `StrEnum` whose members carry their label in `labels()`."""

    options: type[StrEnum] | None = None

    empty: ClassVar[Any] = None

    def read(self, raw: object, *, today: date) -> StrEnum | None:
        text = plain_text(raw)
        if not text:
            return None
        assert self.options is not None
        folded = text.casefold()
        for words in (str, choice_label):
            for option in self.options:
                if words(option).casefold() == folded:
                    return option
        known = ", ".join(choice_label(option) for option in self.options)
        raise Unreadable("not_a_choice", N_("“{given}” is none of: {known}."), given=text, known=known)

    def show(self, value: Any) -> str:
        return choice_label(value) if value else ""

    def to_sql(self, value: Any) -> Any:
        return value.value if value else None

    def from_sql(self, stored: Any) -> Any:
        assert self.options is not None
        return self.options(stored) if stored else None


def choice_label(option: StrEnum) -> str:
    """What a person reads for an option, in the current language."""
    labels = getattr(type(option), "labels", None)
    return _(labels()[option]) if labels else option.value


@dataclass(frozen=True, slots=True)
class Flag(Field):
    """Yes or no."""

    sql: ClassVar[str] = "INTEGER"
    empty: ClassVar[Any] = False

    def read(self, raw: object, *, today: date) -> bool:
        text = plain_text(raw).casefold()
        if text in {"", "0", "no", "нет", "жоқ", "false", "-"}:
            return False
        if text in {"1", "yes", "да", "иә", "true", "x", "х", "✓", "+"}:
            return True
        raise Unreadable("not_yes_no", N_("“{given}” is neither yes nor no."), given=text)

    def show(self, value: Any) -> str:
        return _(N_("yes")) if value else _(N_("no"))

    def to_sql(self, value: Any) -> Any:
        return int(value)

    def from_sql(self, stored: Any) -> Any:
        return bool(stored)


@dataclass(frozen=True, slots=True)
class Ref(Field):
    """The uid of another record; `to` is its table."""

    to: str = ""

    empty: ClassVar[Any] = None

    def read(self, raw: object, *, today: date) -> str | None:
        return plain_text(raw) or None


@dataclass(frozen=True, slots=True)
class Spec:
    """A field in its place: attribute name, kind, and whether `None` is allowed."""

    name: str
    field: Field
    optional: bool


def specs(cls: Any) -> tuple[Spec, ...]:
    """The described attributes of a record or view class, in order of declaration."""
    return _specs(cls)


@cache
def _specs(cls: Any) -> tuple[Spec, ...]:
    found = []
    for name, hint in get_type_hints(cls, include_extras=True).items():
        if get_origin(hint) is not Annotated:
            continue
        inner, *marks = get_args(hint)
        fields = [mark for mark in marks if isinstance(mark, Field)]
        if fields:
            optional = isinstance(inner, types.UnionType) and type(None) in get_args(inner)
            found.append(Spec(name, fields[0], optional))
    return tuple(found)


def spec(cls: type, name: str) -> Spec:
    """One field of a class by its name.

    Raises:
        KeyError: the class has no such field.
    """
    for one in specs(cls):
        if one.name == name:
            return one
    raise KeyError(f"{cls.__name__}.{name}")
