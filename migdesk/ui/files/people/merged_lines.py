"""Lines of a person's file about other files of the same person: those that went into it, those that may be his."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from migdesk.domain.dates import show_day
from migdesk.i18n import N_
from migdesk.services.people.merging import Merged
from migdesk.ui.look.labels import ElidedLabel
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import link
from migdesk.ui.workplace import Workplace

_MERGED, _TAKE_APART = N_("Merged from {name}, on {day}, by {who}"), N_("Take apart…")
_TWICE = N_("May be in the register twice: {n}. Compare…")


def day_of(at: str) -> str:
    """The day of a moment of the journal."""
    return show_day(datetime.fromisoformat(at).astimezone().date())


def merged_lines(work: Workplace, merged: Merged) -> list[QWidget]:
    """Where a part of the file came from, and the way back."""
    name = merged.gone.full_name
    words = ElidedLabel("", "muted")
    words.show_text(said(_MERGED, name=name, day=day_of(merged.entry.at), who=merged.entry.operator))
    apart = link(said(_TAKE_APART))
    apart.setAccessibleName(f"{said(_TAKE_APART)} {name}")
    apart.clicked.connect(lambda _on=False: work.apart_wanted.emit(merged.gone.uid))
    return [words, apart]


def twice_line(work: Workplace, person: str, n: int) -> QWidget:
    """The way to his own pairs."""
    twice = link(said(_TWICE, n=n))
    twice.clicked.connect(lambda _on=False: work.duplicates_wanted.emit(person))
    return twice
