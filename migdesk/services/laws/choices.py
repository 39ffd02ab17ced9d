"""What an office decides for itself: questions the law leaves open, and days its calendar moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, NotFound, refuse_if_blocked
from migdesk.domain.finding import Finding, Source, block
from migdesk.domain.office import CalendarDay, Setting
from migdesk.domain.record import missing
from migdesk.i18n import N_, pick
from migdesk.rules.law import Law
from migdesk.services import law
from migdesk.services.desk import Desk
from migdesk.services.laws.law_counted import refuse_uncounted, write_effects
from migdesk.services.reasons import reason


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
        write_effects(desk, tx)
    return Done(setting, tx.changes)


def own_days(desk: Desk) -> list[CalendarDay]:
    """Days whose work the office changed, the latest first."""
    return desk.store.live(CalendarDay, order="day DESC")


def save_calendar_day(desk: Desk, day: CalendarDay, instead: CalendarDay | None = None) -> Done[CalendarDay]:
    """Declare a day off or a working day, with its reason and act; due dates follow at once.

    A holiday that moves is one step: a day that is worked, and another that is off `instead`.

    Raises:
        Invalid: the day or its reason is missing, or both days are one.
    """
    days = [day, instead] if instead else [day]
    refuse_if_blocked(_faults(days))
    with desk.write(Op.SAVE_CALENDAR) as tx:
        for old in (old for one in days for old in tx.live(CalendarDay, day=one.day)):
            if old.uid not in {one.uid for one in days}:
                tx.annul(old, "replaced")
        saved = [tx.put(one) for one in days]
        write_effects(desk, tx)
    return Done(saved[0], tx.changes)


def _faults(days: Sequence[CalendarDay]) -> list[Finding]:
    found = [one for day in days for one in missing(day)]
    if len({day.day for day in days}) < len(days):
        found.append(block("twice", N_("Give two different days."), "instead"))
    return found


def drop_calendar_day(desk: Desk, day: date, why: str = "") -> Done[CalendarDay]:
    """Take back what the office declared of a day: the calendar of the program holds again.

    Raises:
        NotFound: the office declared nothing of this day.
    """
    found, why = _own_day(desk, day), reason(why) if why.strip() else "dropped"
    with desk.write(Op.SAVE_CALENDAR) as tx:
        dropped = tx.annul(found, why)
        write_effects(desk, tx)
    return Done(dropped, tx.changes)


def _own_day(desk: Desk, day: date) -> CalendarDay:
    found = desk.store.live(CalendarDay, day=day)
    if not found:
        raise NotFound(show_day(day))
    return found[0]


def law_with_days(desk: Desk, days: Sequence[CalendarDay]) -> Law:
    """The law as it would be with some days declared; writes nothing.

    Raises:
        Invalid: a day or its reason is missing, or a day is given twice.
        Refused: due days are not counted by the law of this program, so nobody can say what would change.
    """
    refuse_uncounted(desk)
    refuse_if_blocked(_faults(days))
    given = {day.day for day in days}
    left = [one for one in own_days(desk) if one.day not in given]
    return law.of_office(desk.store, days=[*left, *days])


def law_without_day(desk: Desk, day: date) -> Law:
    """The law as it would be with what the office declared of a day taken back; writes nothing.

    Raises:
        NotFound: the office declared nothing of this day.
        Refused: as `law_with_days`.
    """
    refuse_uncounted(desk)
    dropped = _own_day(desk, day)
    return law.of_office(desk.store, days=[one for one in own_days(desk) if one.uid != dropped.uid])
