"""Fields of time: a day, a day known in part, a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from migdesk.domain.dates import NoSuchDay, PartialDate, read_day, show_day, show_moment
from migdesk.domain.field import Field, Unreadable, plain_text
from migdesk.i18n import N_


@dataclass(frozen=True, slots=True)
class Day(Field):
    """A calendar day."""

    empty: ClassVar[Any] = None

    def read(self, raw: object, *, today: date) -> date | None:
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        text = plain_text(raw)
        if not text:
            return None
        try:
            return read_day(text, today=today)
        except ValueError as wrong:
            message = N_("“{given}” is not a date. Type it as 05.03.2026 or 05032026.")
            raise _unreadable(wrong, message, text) from None

    def show(self, value: Any) -> str:
        return show_day(value)

    def to_sql(self, value: Any) -> Any:
        return value.isoformat() if value else None

    def from_sql(self, stored: Any) -> Any:
        return date.fromisoformat(stored) if stored else None


@dataclass(frozen=True, slots=True)
class PartialDay(Field):
    """A date of which the day, or day and month, may be unknown."""

    empty: ClassVar[Any] = None

    def read(self, raw: object, *, today: date) -> PartialDate | None:
        if isinstance(raw, PartialDate):
            return raw
        if isinstance(raw, datetime):
            return PartialDate.of(raw.date())
        if isinstance(raw, date):
            return PartialDate.of(raw)
        text = plain_text(raw)
        if not text:
            return None
        try:
            return PartialDate.read(text, today=today)
        except ValueError as wrong:
            message = N_("“{given}” is not a date. Type it as 05.03.1987, 03.1987 or 1987.")
            raise _unreadable(wrong, message, text) from None

    def show(self, value: Any) -> str:
        return value.show() if value else ""

    def to_sql(self, value: Any) -> Any:
        return str(value) if value else None

    def from_sql(self, stored: Any) -> Any:
        return PartialDate.parse(stored) if stored else None


def _unreadable(wrong: ValueError, message: str, text: str) -> Unreadable:
    """Why a text is no day: the part that no calendar has, else how days are typed."""
    if isinstance(wrong, NoSuchDay):
        return Unreadable("not_a_date", wrong.text, given=text, **wrong.values)
    return Unreadable("not_a_date", message, given=text)


@dataclass(frozen=True, slots=True)
class Moment(Field):
    """A moment in UTC, to the second; shown in the office's time."""

    empty: ClassVar[Any] = None

    def read(self, raw: object, *, today: date) -> datetime | None:
        if isinstance(raw, datetime):
            return raw
        text = plain_text(raw)
        try:
            return datetime.fromisoformat(text).astimezone(UTC) if text else None
        except ValueError:
            raise Unreadable("not_a_moment", N_("“{given}” is not a date with time."), given=text) from None

    def show(self, value: Any) -> str:
        return show_moment(value)

    def to_sql(self, value: Any) -> Any:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None

    def from_sql(self, stored: Any) -> Any:
        return datetime.fromisoformat(stored) if stored else None
