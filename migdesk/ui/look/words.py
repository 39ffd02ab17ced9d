"""How the window says things: messages, numbers and dates in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QDate, QLocale

from migdesk.domain.fields import Field, Whole
from migdesk.domain.money import grouped
from migdesk.i18n import _, current_language

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Every language by its own name."""

_LOCALES = {"kk": "kk_KZ", "ru": "ru_KZ", "en": "en_GB"}


@runtime_checkable
class Speaks(Protocol):
    """A widget or action that says its words anew when the language changes."""

    def retranslate(self) -> None:
        """Say everything again in the current language."""


def said(message: str, **values: object) -> str:
    """A message in the current language with its values filled in; nothing for no message."""
    if not message:
        return ""
    return _(message).format(**values) if values else _(message)


def number(value: int) -> str:
    """A whole number with its thousands grouped: `1 234 567`."""
    return grouped(value)


def shown(field: Field, value: Any) -> str:
    """A value of a field as a person reads it in the window."""
    if value is None:
        return ""
    return number(value) if isinstance(field, Whole) and field.grouped else field.show(value)


def locale() -> QLocale:
    """How dates and numbers are written in the current language."""
    return QLocale(_LOCALES[current_language()])


def long_date(day: date) -> str:
    """`2026 ж. 23 қараша, дүйсенбі`: the day with its month and weekday in words."""
    return locale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
