"""What is wrong or odd about an appointment: the hours of the office, and whom it would meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from migdesk.domain.appointment import HOLDING, Appointment, OfficeHours, read_time
from migdesk.domain.errors import Invalid
from migdesk.domain.field import DROPPED, has_invisible
from migdesk.domain.fields import plain_text, spec
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.person import Person, check_scripts
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.services import checks
from migdesk.services.desk import Desk
from migdesk.services.terms.office_hours import get_hours


class Reads(Protocol):
    """A store, or a write in progress."""

    def live(self, cls: type[Appointment], **given: Any) -> list[Appointment]:
        """Records that count, with the values given."""


def tidy(desk: Desk, visit: Appointment) -> Appointment:
    """Time, window, length and name as they are kept.

    Raises:
        Invalid: the time is none.
    """
    hours = get_hours(desk)
    try:
        at = read_time(visit.at)
    except ValueError:
        message = N_("“{given}” is not a time. Write it as 9:30.")
        raise Invalid([block("not_a_time", message, "at", given=visit.at)]) from None
    person = desk.store.find(Person, visit.person) if visit.person else None
    return replace(
        visit,
        at=at,
        window=visit.window.strip() or hours.windows[0],
        minutes=visit.minutes or hours.minutes,
        name=plain_text(visit.name) or (person.full_name if person else ""),
    )


def check_visit(desk: Desk, visit: Appointment) -> list[Finding]:
    """What is wrong or odd about an appointment."""
    findings = [*faults(visit), *checks.check_codes(desk, visit)]
    hours = get_hours(desk)
    day, minutes = visit.day, visit.minutes or hours.minutes
    if day is None or any(one.field in ("at", "day") for one in findings):
        return findings
    if day < desk.today:
        findings.append(block("in_past", N_("The day is over."), "day"))
    if off := desk.law.calendar.day_off(day):
        message = N_("The office does not work on this day: {reason}.")
        findings.append(block("day_off", message, "day", reason=off.reason()))
    findings += check_time(hours, visit.at, minutes)
    findings += check_window(hours, visit.window)
    return [*findings, *meetings(desk.store, visit)]


def check_typed(visit: Appointment) -> list[Finding]:
    """What is odd about the name of somebody without a file, as it was typed."""
    unseen = [note("invisible_characters", DROPPED, "name")] if has_invisible(visit.name) else []
    if visit.person:
        return unseen
    label = spec(Appointment, "name").field.label
    return [*unseen, *check_scripts("name", plain_text(visit.name), label)]


def check_time(hours: OfficeHours, at: str, minutes: int) -> list[Finding]:
    """Whether the office receives then."""
    if not hours.is_open(at, minutes):
        message = N_("The office receives from {opens} to {closes}.")
        return [block("not_open", message, "at", opens=hours.opens, closes=hours.closes)]
    if hours.is_lunch(at, minutes):
        message = N_("From {start} to {end} is the break.")
        return [block("lunch", message, "at", start=hours.lunch_from, end=hours.lunch_to)]
    return []


def check_window(hours: OfficeHours, window: str) -> list[Finding]:
    """Whether the office has such a window."""
    if window in hours.windows:
        return []
    known = ", ".join(hours.windows)
    return [block("no_window", N_("There is no such window; there are: {known}."), "window", known=known)]


def meetings(reads: Reads, visit: Appointment) -> list[Finding]:
    """Who has this time already, and whether this person has another time on the day."""
    found: list[Finding] = []
    for other in held(reads, visit):
        if is_taken_by(visit, other):
            found.append(block("taken", N_("This time is taken: {name}."), "at", name=other.name))
        elif not is_same_person(visit, other):
            continue
        elif overlap(visit.span, other.span):
            message = N_(
                "The same person is expected at this time already, at window {window}, No. {number}."
            )
            found.append(block("booked_twice", message, "at", window=other.window, number=other.number))
        else:
            message = N_("The same person is expected on this day at {at}.")
            found.append(warn("same_day", message, "person", at=other.at))
    return found


def held(reads: Reads, visit: Appointment) -> Iterator[Appointment]:
    """The other appointments of its day that keep their time."""
    for other in reads.live(Appointment, day=visit.day):
        if other.uid != visit.uid and other.state in HOLDING:
            yield other


def is_taken_by(visit: Appointment, other: Appointment) -> bool:
    """Whether both want one window at one time."""
    return visit.window == other.window and visit.day == other.day and overlap(visit.span, other.span)


def is_same_person(visit: Appointment, other: Appointment) -> bool:
    """Whether both are of one person: of one file, or of one name and phone where one of them has no file."""
    if visit.person and other.person:
        return visit.person == other.person
    return bool(visit.phone) and (visit.name.casefold(), visit.phone) == (other.name.casefold(), other.phone)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two times, each its beginning and its length in minutes, meet."""
    return one[0] < other[0] + other[1] and other[0] < one[0] + one[1]


def of_day(desk: Desk, day: date) -> list[Appointment]:
    """Every appointment of a day by time."""
    return desk.store.live(Appointment, day=day, order="at, id")
