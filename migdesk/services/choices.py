"""What an office decides for itself: questions the law leaves open, and days its calendar moved."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.finding import Source
from migdesk.domain.office import CalendarDay
from migdesk.i18n import pick
from migdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question the sources leave open: what is asked, why, what may be answered, what holds now."""

    code: str
    title: str
    text: str
    options: tuple[str, ...]
    default: str
    chosen: str
    source: Source


def open_questions(desk: Desk) -> list[OpenQuestion]:
    """Every open question of the packs with the office's answer, in the current language."""
    return [
        OpenQuestion(
            one.code,
            pick(one.title),
            pick(one.text),
            one.options,
            one.default,
            desk.law.setting(one.code),
            one.citation.source,
        )
        for one in desk.law.settings()
    ]


def own_days(desk: Desk) -> list[CalendarDay]:
    """Days whose work the office changed, the latest first."""
    return desk.store.select(CalendarDay, "annulled_on IS NULL", (), "day DESC")
