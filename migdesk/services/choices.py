"""What an office decides for itself: questions the law leaves open, and days its calendar moved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, NotFound, refuse_if_blocked
from migdesk.domain.finding import Source, block
from migdesk.domain.office import CalendarDay, Setting
from migdesk.domain.record import missing
from migdesk.i18n import N_, pick
from migdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question the sources leave open: what is asked, why, what may be answered, what holds now."""

    code: str
    title: str
    text: str
    options: dict[str, str]
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
            {code: pick(words) for code, words in one.options.items()},
            one.default,
            desk.law.setting(one.code),
            one.citation.source,
        )
        for one in desk.law.settings()
    ]


def choose(desk: Desk, key: str, value: str) -> Done[Setting]:
    """Answer a question that the sources leave open with one of the answers its pack offers.

    Raises:
        NotFound: no pack asks this.
        Invalid: it offers no such answer; `Law.setting` would go on with the default.
    """
    question = next((one for one in desk.law.settings() if one.code == key), None)
    if question is None:
        raise NotFound(key)
    if value not in question.options:
        message = N_("“{value}” is none of the answers: {known}.")
        raise Invalid(
            [block("unknown_option", message, "value", value=value, known=", ".join(question.options))]
        )
    with desk.write(Op.SAVE_SETTING) as tx:
        found = tx.live(Setting, key=key)
        setting = tx.put(replace(found[0], value=value) if found else Setting(key=key, value=value))
    return Done(setting, tx.changes)


def own_days(desk: Desk) -> list[CalendarDay]:
    """Days whose work the office changed, the latest first."""
    return desk.store.live(CalendarDay, order="day DESC")


def save_calendar_day(desk: Desk, day: CalendarDay) -> Done[CalendarDay]:
    """Declare a day off or a working day, with its reason and act; due dates follow at once.

    Raises:
        Invalid: the day or its reason is missing.
    """
    refuse_if_blocked(missing(day))
    with desk.write(Op.SAVE_CALENDAR) as tx:
        for old in tx.live(CalendarDay, day=day.day):
            if old.uid != day.uid:
                tx.annul(old, "replaced")
        saved = tx.put(day)
    return Done(saved, tx.changes)
