"""Appointments: who is expected when, who came, who did not, and which time is free next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from migdesk.domain.appointment import (
    HOLDING,
    VISIT_TRANSITIONS,
    Appointment,
    VisitState,
    minutes_of,
    read_time,
)
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, NotFound, Refused, refuse_if_blocked
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.person import Person
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.rules.workdays import DayOff
from migdesk.services import checks
from migdesk.services.desk import Desk
from migdesk.services.office_hours import get_hours
from migdesk.store import appointments as shelf
from migdesk.store.writer import Tx

_FAR = 120
"""Days ahead in which a free time is looked for."""

_LATE_DAYS = 30
"""Days back in which a missed appointment is still of interest."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at one window, and who is booked; nobody for a free one."""

    at: str
    window: str
    visit: Appointment | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A day: its slots by time and window, the visits that lie in none, and why nobody works, if so."""

    day: date
    windows: tuple[str, ...]
    slots: tuple[Slot, ...]
    others: tuple[Appointment, ...] = ()
    day_off: DayOff | None = None

    @property
    def visits(self) -> tuple[Appointment, ...]:
        """Everybody of the day by time, also those who called off."""
        found = {one.visit.uid: one.visit for one in self.slots if one.visit}
        found |= {one.uid: one for one in self.others}
        return tuple(sorted(found.values(), key=lambda one: (one.at, one.window, one.number)))


@dataclass(frozen=True, slots=True)
class VisitCounts:
    """A day in numbers; `missed` are those of the last 30 days who did not come and have no new time."""

    expected: int
    came: int
    done: int
    no_show: int
    missed: int


def book(desk: Desk, visit: Appointment) -> Done[Appointment]:
    """Give somebody a time.

    Raises:
        Invalid: what is wrong, field by field; a time that is taken among it.
        Refused: somebody else was given this time a moment ago.
    """
    asked = _tidy(desk, visit)
    findings = check_visit(desk, asked)
    refuse_if_blocked(findings)
    with desk.write(Op.BOOK_VISIT) as tx:
        _refuse_taken(tx, asked)
        saved = tx.put(replace(asked, number=desk.next_number(tx, "V", 5), state=VisitState.DUE))
    return Done(saved, tx.changes, tuple(findings))


def move(desk: Desk, uid: str, day: date, at: str, window: str = "") -> Done[Appointment]:
    """Give somebody another time; who did not come is expected again.

    Raises:
        NotFound: there is no such appointment.
        Invalid: the time is taken or outside the hours.
        Refused: it was called off, or the person was served.
    """
    old = get_visit(desk, uid)
    if not VISIT_TRANSITIONS[old.state or VisitState.DUE]:
        message = N_("This appointment is over: {state}. Make a new one.")
        raise Refused([block("visit_over", message, "state", state=_state_words(old))])
    asked = _tidy(desk, replace(old, day=day, at=at, window=window or old.window, state=VisitState.DUE))
    findings = check_visit(desk, asked)
    refuse_if_blocked(findings)
    with desk.write(Op.MOVE_VISIT) as tx:
        _refuse_taken(tx, asked)
        saved = tx.put(asked)
    return Done(saved, tx.changes, tuple(findings))


def mark(desk: Desk, uid: str, state: VisitState, note: str = "") -> Done[Appointment]:
    """Say what became of an appointment.

    Raises:
        NotFound: there is no such appointment.
        Refused: from its state it cannot become this; nobody came on a day still ahead.
    """
    old = get_visit(desk, uid)
    if state not in VISIT_TRANSITIONS[old.state or VisitState.DUE]:
        message = N_("This appointment is {state}: it cannot become what was asked.")
        raise Refused([block("visit_state", message, "state", state=_state_words(old))])
    if old.day and old.day > desk.today and state not in (VisitState.CANCELLED, VisitState.DUE):
        raise Refused([block("visit_ahead", N_("The day of this appointment is still ahead."), "day")])
    with desk.write(Op.MARK_VISIT) as tx:
        saved = tx.put(old, state=state, note="\n".join(part for part in (old.note, note) if part))
    return Done(saved, tx.changes)


def cancel(desk: Desk, uid: str, reason: str = "") -> Done[Appointment]:
    """Call an appointment off; its time is free again.

    Raises:
        NotFound: there is no such appointment.
        Refused: it is over.
    """
    return mark(desk, uid, VisitState.CANCELLED, reason)


def get_visit(desk: Desk, key: str) -> Appointment:
    """An appointment by uid or number.

    Raises:
        NotFound: none has it.
    """
    found = desk.store.named(Appointment, key)
    if found is None or found.is_annulled:
        raise NotFound(key)
    return found


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
    if not hours.is_open(visit.at, minutes):
        message = N_("The office receives from {opens} to {closes}.")
        findings.append(block("not_open", message, "at", opens=hours.opens, closes=hours.closes))
    elif hours.is_lunch(visit.at, minutes):
        message = N_("From {start} to {end} is the break.")
        findings.append(block("lunch", message, "at", start=hours.lunch_from, end=hours.lunch_to))
    if visit.window not in hours.windows:
        known = ", ".join(hours.windows)
        findings.append(
            block("no_window", N_("There is no such window; there are: {known}."), "window", known=known)
        )
    return [*findings, *_meetings(desk, visit)]


def _meetings(desk: Desk, visit: Appointment) -> list[Finding]:
    """Who has this time already, and whether this person has another time on the day."""
    found: list[Finding] = []
    for other in of_day(desk, visit.day or desk.today):
        if other.uid == visit.uid or other.state not in HOLDING:
            continue
        if _meet(visit, other):
            found.append(block("taken", N_("This time is taken: {name}."), "at", name=other.name))
        elif visit.person and other.person == visit.person:
            message = N_("The same person is expected on this day at {at}.")
            found.append(warn("same_day", message, "person", at=other.at))
    return found


def next_free(
    desk: Desk, after: date | None = None, at: str = "", window: str = ""
) -> tuple[date, Slot] | None:
    """The next free time on or after a day (later than `at` on that day), with its day; nothing within four months.

    On the present day nothing earlier than this moment is offered.
    """
    first = max(after or desk.today, desk.today)
    for day in (first + timedelta(days=n) for n in range(_FAR)):
        least = _least(desk, day, at if day == first else "")
        for one in board(desk, day).slots:
            if one.visit is None and minutes_of(one.at) >= least and window in ("", one.window):
                return day, one
    return None


def board(desk: Desk, day: date) -> Board:
    """The slots of a day, with who is booked; on a day off there are none, but visits remain to be seen."""
    hours, visits = get_hours(desk), of_day(desk, day)
    off = desk.law.calendar.day_off(day)
    held = [one for one in visits if one.state is not VisitState.CANCELLED]
    slots = [] if off else [Slot(at, window) for at in hours.slots() for window in hours.windows]
    placed: set[str] = set()
    shown = []
    for slot in slots:
        here = [one for one in held if _covers(one, slot, hours.minutes)]
        best = next((one for one in here if one.state in HOLDING), next(iter(here), None))
        if best:
            placed.add(best.uid)
        shown.append(replace(slot, visit=best))
    others = tuple(one for one in visits if one.uid not in placed)
    return Board(day, hours.windows, tuple(shown), others, off)


def of_day(desk: Desk, day: date) -> list[Appointment]:
    """Every appointment of a day by time."""
    return desk.store.live(Appointment, day=day, order="at, id")


def list_visits(desk: Desk, since: date, until: date) -> list[Appointment]:
    """Every appointment of a period by day and time."""
    return shelf.between(desk.store, since, until)


def of_person(desk: Desk, uid: str) -> list[Appointment]:
    """The appointments of a person, the latest day first."""
    return desk.store.live(Appointment, person=uid, order="day DESC, at DESC")


def missed(desk: Desk) -> list[Appointment]:
    """Who was expected in the last 30 days, did not come, and has no new time since; the latest first."""
    since = desk.today - timedelta(days=_LATE_DAYS)
    found = shelf.missed(desk.store, since, desk.today)
    return [one for one in found if not _came_later(desk, one)]


def count_visits(desk: Desk, day: date | None = None) -> VisitCounts:
    """A day in numbers."""
    states = [one.state for one in of_day(desk, day or desk.today)]
    return VisitCounts(
        expected=states.count(VisitState.DUE),
        came=states.count(VisitState.CAME),
        done=states.count(VisitState.DONE),
        no_show=states.count(VisitState.NO_SHOW),
        missed=len(missed(desk)),
    )


def visit_of(person: Person) -> Appointment:
    """A blank appointment of a person of the register, named as his file names him."""
    return Appointment(person=person.uid, name=person.full_name, phone=person.phone[:40])


def _came_later(desk: Desk, visit: Appointment) -> bool:
    """Whether the same person was given another time after the one missed."""
    if visit.person is None:
        return False
    later = (one for one in of_person(desk, visit.person) if one.state in HOLDING and one.uid != visit.uid)
    return any((one.day, one.at) > (visit.day, visit.at) for one in later if one.day and visit.day)


def _tidy(desk: Desk, visit: Appointment) -> Appointment:
    """Time, window, length and name as they are kept."""
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
        name=" ".join(visit.name.split()) or (person.full_name if person else ""),
    )


def _refuse_taken(tx: Tx, visit: Appointment) -> None:
    """Under the lock: another window may have given this time away since it was checked."""
    for other in tx.live(Appointment, day=visit.day):
        if other.uid != visit.uid and other.state in HOLDING and _meet(visit, other):
            raise Refused([block("taken", N_("This time is taken: {name}."), "at", name=other.name)])


def _meet(one: Appointment, other: Appointment) -> bool:
    if one.window != other.window or one.day != other.day:
        return False
    return _overlap((one.begins, one.minutes or 1), (other.begins, other.minutes or 1))


def _covers(visit: Appointment, slot: Slot, minutes: int) -> bool:
    is_here = visit.window == slot.window
    return is_here and _overlap((visit.begins, visit.minutes or minutes), (minutes_of(slot.at), minutes))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[0] + other[1] and other[0] < one[0] + one[1]


def _least(desk: Desk, day: date, at: str) -> int:
    """The earliest minute that is still ahead."""
    least = minutes_of(at) + 1 if at else 0
    if day == desk.today and desk.clock.pretended is None:
        now = desk.clock.now().astimezone()
        least = max(least, now.hour * 60 + now.minute)
    return least


def _state_words(visit: Appointment) -> str:
    return choice_label(visit.state or VisitState.DUE)


def by_windows(slots: Iterable[Slot], windows: Sequence[str]) -> list[tuple[str, tuple[Slot, ...]]]:
    """Slots as lines of the board: a time, and a slot for each window."""
    lines: dict[str, dict[str, Slot]] = {}
    for one in slots:
        lines.setdefault(one.at, {})[one.window] = one
    return [(at, tuple(found[window] for window in windows)) for at, found in lines.items()]
