"""The days of a stay as a strip: half a year back, the days ahead, and what each of them is.

The strip shows how the answer of `status` comes about: days of presence that the window counts, days that a visa or
permit covers, the last lawful day, the days over it, and from when a visit is possible again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from migdesk.i18n import N_
from migdesk.rules.presence import Span, days_of, plus, unite
from migdesk.rules.stay import OWN_CITIZEN, usable
from migdesk.rules.stay_question import Reading, StayQuestion
from migdesk.rules.stay_return import Return, next_return
from migdesk.services.desk import Desk
from migdesk.services.people.people import PersonFile
from migdesk.services.stays import status
from migdesk.services.stays.status import Status

_LENGTH, _AHEAD, _MARGIN, _MOST = 180, 30, 6, 400
USUAL_RETURN = 30
"""Days of the visit that is asked about first."""


class DayKind(StrEnum):
    """What a day of the strip is."""

    AWAY = "away"
    USED = "used"
    COVERED = "covered"
    UNCOUNTED = "uncounted"
    OVER = "over"
    AHEAD = "ahead"

    @classmethod
    def labels(cls) -> dict[DayKind, str]:
        """What a person reads."""
        return {
            cls.AWAY: N_("not here"),
            cls.USED: N_("here, counted"),
            cls.COVERED: N_("here, covered by a visa or permit"),
            cls.UNCOUNTED: N_("here, before the count begins"),
            cls.OVER: N_("here after the last lawful day"),
            cls.AHEAD: N_("may still stay"),
        }


@dataclass(frozen=True, slots=True)
class Strip:
    """The days from `first` on, each with its kind, and the days that are marked.

    `counted_from` is the first day of the window of today; `used` and `limit` are nothing without a window.
    """

    first: date
    kinds: tuple[DayKind, ...]
    today: date
    counted_from: date
    last_lawful: date | None
    again: Return | None
    used: int | None = None
    limit: int | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def last(self) -> date:
        """The last day shown."""
        return plus(self.first, len(self.kinds) - 1)

    def kind(self, day: date) -> DayKind:
        """What a day of the strip is."""
        return self.kinds[(day - self.first).days]


def draw_strip(desk: Desk, file: PersonFile, found: Status, days: int = USUAL_RETURN) -> Strip | None:
    """The strip of a person on the day of a status; nothing for a citizen or one of whom no crossing is known.

    `days` is the length of the visit whose next possible day is marked; a shorter one where an entry gives less.
    """
    asked = status.stay_question(desk, file, found.permits, found.on)
    if asked.citizenship == OWN_CITIZEN or not asked.crossings:
        return None
    stay, on = found.stay, found.on
    limit = stay.per_entry.limit if stay.per_entry else days
    again = next_return(desk.law, asked, min(days, limit), on)
    length = stay.window.days if stay.window else _LENGTH
    first = plus(on, 1 - length)
    ahead = [plus(on, _AHEAD)]
    if stay.last_lawful_day and found.left_on is None:
        ahead.append(plus(stay.last_lawful_day, _MARGIN))
    if again.on:
        ahead.append(plus(again.on, _MARGIN))
    last = min(max(ahead), plus(first, _MOST))
    return Strip(
        first=first,
        kinds=_kinds(desk, asked, found, first, last),
        today=on,
        counted_from=first,
        last_lawful=None if found.left_on and stay.lawful is not False else stay.last_lawful_day,
        again=again if again.on else None,
        used=stay.window.used if stay.window else None,
        limit=stay.window.limit if stay.window else None,
        readings=stay.readings,
    )


def find_return(desk: Desk, file: PersonFile, found: Status, days: int) -> Return:
    """When a person may come next for so many days without a visa, asked on the day of a status."""
    return next_return(desk.law, status.stay_question(desk, file, found.permits, found.on), days, found.on)


def _kinds(desk: Desk, asked: StayQuestion, found: Status, first: date, last: date) -> tuple[DayKind, ...]:
    visits = unite(usable(asked.crossings, found.on)[0])
    present = days_of(visits, found.on)
    entered = visits[-1].entered if visits else found.on
    regime = desk.law.regime(asked.citizenship, asked.basis, entered)
    begins = regime.count_from if regime and regime.window else date.min
    days = (plus(first, at) for at in range((last - first).days + 1))
    return tuple(_kind(day, found, present, asked.covered, begins, entered) for day in days)


def _kind(
    day: date, found: Status, present: list[Span], covered: tuple[Span, ...], begins: date, entered: date
) -> DayKind:
    last = found.stay.last_lawful_day
    if day > found.on:
        here = found.left_on is None and found.stay.lawful is True
        return DayKind.AHEAD if here and (last is None or day <= last) else DayKind.AWAY
    if not _within(day, present):
        return DayKind.AWAY
    if found.stay.lawful is False and last is not None and day > last and day >= entered:
        return DayKind.OVER
    if _within(day, covered):
        return DayKind.COVERED
    return DayKind.USED if day >= begins else DayKind.UNCOUNTED


def _within(day: date, spans: list[Span] | tuple[Span, ...]) -> bool:
    return any(first <= day <= last for first, last in spans)


def runs(strip: Strip) -> list[tuple[DayKind, date, date]]:
    """The strip as stretches of one kind, for those who hear it: kind, first and last day."""
    found: list[tuple[DayKind, date, date]] = []
    for at, kind in enumerate(strip.kinds):
        day = strip.first + timedelta(days=at)
        if found and found[-1][0] is kind:
            found[-1] = (kind, found[-1][1], day)
        else:
            found.append((kind, day, day))
    return found
