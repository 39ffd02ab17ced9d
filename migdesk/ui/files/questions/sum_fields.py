"""What the sums of law ask for, as fields of a form: a number, or one of the words that a rule allows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from migdesk.domain.fields import Choice, Spec, Whole
from migdesk.i18n import N_
from migdesk.services import owed
from migdesk.services.desk import Desk
from migdesk.services.laws.law_words import asked_name

PLACE = f"{owed.PLACE}."
"""What the names of these fields begin with."""

_SUM = N_("Actual sum, tenge")


def spec_of(desk: Desk, name: str, words: tuple[str, ...]) -> Spec:
    """The field of an asked name; without words it is a whole number."""
    label = _SUM if name == owed.SUM else asked_name(name)
    if not words:
        return Spec(PLACE + name, Whole(label, min=0), True)
    return Spec(PLACE + name, Choice(label, options=_options(desk, name, words)), True)


def typed(values: Mapping[str, Any]) -> dict[str, object]:
    """The answers among the values of a form, by their names; empty ones are left out."""
    given = {key.removeprefix(PLACE): value for key, value in values.items() if key.startswith(PLACE)}
    return {key: str(value) for key, value in given.items() if value not in (None, "")}


def all_asked(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Every name that the payable sums of law ask for on any day, with all its words: a payment may be old."""
    found: dict[str, dict[str, None]] = {}
    for rule in (one for pack in desk.law.packs for one in pack.amounts if one.payable):
        for name, words in rule.asks.items():
            found.setdefault(name, {}).update(dict.fromkeys(words))
    return {name: tuple(words) for name, words in found.items()}


def _options(desk: Desk, name: str, words: tuple[str, ...]) -> type[StrEnum]:
    """The words a rule allows, as people read them."""
    made = StrEnum(name, {f"w_{one}": one for one in words})  # type: ignore[misc]

    def labels(cls: type[StrEnum]) -> dict[StrEnum, str]:
        return {one: owed.asked_word(desk, name, one.value) for one in cls}

    made.labels = classmethod(labels)  # type: ignore[attr-defined]
    return made
