"""Appointment: a person is expected at the office on a day, at a time, at a window."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Code, Day, Note, Ref, Text, Whole
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


class VisitState(StrEnum):
    """What became of an appointment."""

    DUE = "due"
    CAME = "came"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"

    @classmethod
    def labels(cls) -> dict[VisitState, str]:
        """What a person reads."""
        return {
            cls.DUE: N_("expected"),
            cls.CAME: N_("here"),
            cls.DONE: N_("served"),
            cls.NO_SHOW: N_("did not come"),
            cls.CANCELLED: N_("called off"),
        }


VISIT_TRANSITIONS: dict[VisitState, frozenset[VisitState]] = {
    VisitState.DUE: frozenset({VisitState.CAME, VisitState.DONE, VisitState.NO_SHOW, VisitState.CANCELLED}),
    VisitState.CAME: frozenset({VisitState.DONE, VisitState.DUE}),
    VisitState.NO_SHOW: frozenset({VisitState.CAME, VisitState.DONE, VisitState.DUE}),
    VisitState.DONE: frozenset(),
    VisitState.CANCELLED: frozenset(),
}
"""Who was taken for absent may come late; a slip of the hand goes back to expected."""

HOLDING = frozenset({VisitState.DUE, VisitState.CAME, VisitState.DONE})
"""States in which an appointment keeps its time from others."""


@record
class Appointment(Record):
    """One appointment; who has no file yet is named as given."""

    table: ClassVar[str] = "appointment"
    title: ClassVar[str] = N_("Appointment")

    number: Annotated[str, Text(N_("Number"), max=40, series=True)] = ""
    person: Annotated[str | None, Ref(N_("Person"), to="person")] = None
    name: Annotated[str, Text(N_("Name"), required=True)] = ""
    phone: Annotated[str, Text(N_("Phone"), max=40)] = ""
    day: Annotated[date | None, Day(N_("Day"), required=True)] = None
    at: Annotated[str, Text(N_("Time"), required=True, max=5)] = ""
    minutes: Annotated[int | None, Whole(N_("Minutes"), min=1, max=600)] = None
    service: Annotated[str, Code(N_("Service"), list="procedures")] = ""
    purpose: Annotated[str, Text(N_("What for"))] = ""
    window: Annotated[str, Text(N_("Window or officer"), max=40)] = ""
    state: Annotated[VisitState | None, Choice(N_("State"), required=True, options=VisitState)] = (
        VisitState.DUE
    )
    note: Annotated[str, Note(N_("Note"))] = ""

    @property
    def begins(self) -> int:
        """Minutes since midnight; 0 for a time that cannot be read."""
        return minutes_of(self.at)

    @property
    def span(self) -> tuple[int, int]:
        """Its beginning in minutes since midnight, and its length in minutes."""
        return self.begins, self.minutes or 1


_TIME = re.compile(r"(\d{1,2})(?:[:.\-ч ]?(\d{2}))?")


def read_time(text: str) -> str:
    """A time of the day as people type it: 9, 930, 9.30, 9:30 → 09:30.

    Raises:
        ValueError: it is none.
    """
    found = _TIME.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise ValueError(text)
    return f"{hour:02d}:{minute:02d}"


def minutes_of(time: str) -> int:
    """Minutes since midnight of a time that was read."""
    hour, _colon, minute = time.partition(":")
    return int(hour) * 60 + int(minute) if hour.isdecimal() and minute.isdecimal() else 0


def time_of(minutes: int) -> str:
    """The time so many minutes after midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When an office receives: times of the day, the length of a slot in minutes, and its windows.

    These are choices of the office and of no act; an empty lunch means none.
    """

    opens: str = "09:00"
    closes: str = "18:00"
    lunch_from: str = "13:00"
    lunch_to: str = "14:00"
    minutes: int = 20
    windows: tuple[str, ...] = ("1",)

    def slots(self) -> list[str]:
        """The times at which somebody may be asked to come."""
        first, last = minutes_of(self.opens), minutes_of(self.closes)
        times = (time_of(at) for at in range(first, last - self.minutes + 1, self.minutes))
        return [at for at in times if not self.is_lunch(at, self.minutes)]

    def is_lunch(self, at: str, minutes: int) -> bool:
        """Whether a visit would fall into the break."""
        if not self.lunch_from or not self.lunch_to:
            return False
        begins = minutes_of(at)
        return begins < minutes_of(self.lunch_to) and begins + minutes > minutes_of(self.lunch_from)

    def is_open(self, at: str, minutes: int) -> bool:
        """Whether a visit lies inside the hours."""
        begins = minutes_of(at)
        return begins >= minutes_of(self.opens) and begins + minutes <= minutes_of(self.closes)
