"""Which tone a state has, and how days to a date are said: the words inside the pills of a table."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from migdesk.domain.fields import Field, choice_label
from migdesk.i18n import N_
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.pills import Pill

TONES: dict[str, Tone] = {
    "granted": Tone.OK,
    "complete": Tone.OK,
    "verified": Tone.OK,
    "used": Tone.OK,
    "added": Tone.OK,
    "green": Tone.OK,
    "done": Tone.OK,
    "paid": Tone.OK,
    "applied": Tone.INFO,
    "open": Tone.INFO,
    "held": Tone.INFO,
    "due": Tone.WARN,
    "broken": Tone.BAD,
    "changed": Tone.INFO,
    "reported": Tone.INFO,
    "derived": Tone.INFO,
    "library": Tone.INFO,
    "unverified": Tone.WARN,
    "incomplete": Tone.WARN,
    "skipped": Tone.WARN,
    "amber": Tone.WARN,
    "refused": Tone.BAD,
    "revoked": Tone.BAD,
    "terminated": Tone.BAD,
    "failed": Tone.BAD,
    "red": Tone.BAD,
}
"""Tone of a stored state; a state not named here is plain."""

_SOON = 7
_LATE_ONE, _LATE = N_("1 day over"), N_("{n} days over")
_TODAY = N_("due today")
_LEFT_ONE, _LEFT = N_("1 day left"), N_("{n} days left")


def state_pill(field: Field, value: Any) -> Pill | None:
    """A state as a pill; nothing for no state."""
    if not value:
        return None
    words = choice_label(value) if isinstance(value, StrEnum) else field.show(value)
    return Pill(TONES.get(str(value), Tone.PLAIN), words)


def due_pill(day: date | None, today: date) -> Pill | None:
    """How many days a term still has, or is over; nothing for no term."""
    if day is None:
        return None
    days = (day - today).days
    if days < 0:
        return Pill(Tone.BAD, said(_LATE_ONE) if days == -1 else said(_LATE, n=-days))
    if days == 0:
        return Pill(Tone.WARN, said(_TODAY))
    words = said(_LEFT_ONE) if days == 1 else said(_LEFT, n=days)
    return Pill(Tone.INFO if days <= _SOON else Tone.OK, words)
