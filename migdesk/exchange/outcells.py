"""Value of a record → what a cell holds: real dates, numbers, and text that stays text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from migdesk.domain.dates import PartialDate, show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.fields import Choice, Code, Day, Field, Flag, Moment, Note, PartialDay, Whole
from migdesk.domain.finding import block
from migdesk.i18n import N_, _

OutCell = str | date | datetime | int | float | None
"""What a cell holds; `None` is blank."""

Show = Callable[[Field, Any], str]
"""(field, value) → the text a person reads: names instead of codes of a list."""

LONGEST = 32_767
"""Characters Excel keeps in a cell, counted as it counts them: a rare letter or a picture is two."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would run as a formula were it not marked as text."""

_FIRST_SAFE = date(1900, 3, 1)
_IMPOSSIBLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_MUST_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f]")


class CellKind(StrEnum):
    """How a column is written: its number format and alignment follow from it."""

    TEXT = "text"
    NOTE = "note"
    DAY = "day"
    MOMENT = "moment"
    WHOLE = "whole"


def kind_of(field: Field) -> CellKind:
    """The kind of a field's column."""
    match field:
        case Day() | PartialDay():
            return CellKind.DAY
        case Moment():
            return CellKind.MOMENT
        case Whole():
            return CellKind.WHOLE
        case Note():
            return CellKind.NOTE
        case _:
            return CellKind.TEXT


def out_cell(field: Field, show: Show | None = None) -> Callable[[Any], OutCell]:
    """How the values of a field become cells, in the language of this moment.

    Days before March 1900, which Excel cannot count, become text.
    """
    match field:
        case Day() | PartialDay():
            return _day
        case Moment():
            return _moment
        case Whole():
            return lambda value: value
        case Choice() | Flag():
            return cache(lambda value: field.show(value) or None)
        case Code() if show:
            return cache(lambda value: show(field, value) if value else None)
        case _:
            return lambda value: str(value) if value not in (None, "") else None


def _day(value: date | PartialDate | str | None) -> OutCell:
    if isinstance(value, PartialDate):
        if not value.is_full:
            return value.show()
        value = value.earliest()
    if isinstance(value, date):
        return value if value >= _FIRST_SAFE else show_day(value)
    return value or None


def _moment(value: datetime | None) -> OutCell:
    return value.astimezone().replace(tzinfo=None) if value else None


def check_text(text: str, row: int, label: str) -> None:
    """Refuse what no workbook can hold. Other control characters are kept: they are escaped as `_x0000_`.

    Raises:
        Invalid: longer than a cell takes, or half a character; names row and column.
    """
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > LONGEST:
        message = N_("Row {row}, “{label}”: a cell takes {max} characters at most; this has {n}.")
        raise Invalid([block("cell_too_long", message, None, row=row, label=_(label), max=LONGEST, n=length)])
    if _IMPOSSIBLE.search(text):
        message = N_("Row {row}, “{label}”: the text has a character that no file can hold. Type it anew.")
        raise Invalid([block("impossible_character", message, None, row=row, label=_(label))])


def needs_check(text: str) -> bool:
    """Whether `check_text` can have anything to say: quick, for hundreds of thousands of cells."""
    return not text.isprintable() or len(text) > LONGEST // 2


def escaped(text: str) -> str:
    """A text as workbook XML keeps it: `_x0001_` for control characters, and for what looks like that."""
    return _MUST_ESCAPE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    text = found[0]
    return f"_x005F{text}" if text[0] == "_" else f"_x{ord(text):04X}_"
