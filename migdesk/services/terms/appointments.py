"""Appointments: who is expected when, who came, who did not, and which time is free next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from migdesk.domain.appointment import (
    HOLDING,
    VISIT_TRANSITIONS,
    Appointment,
    VisitState,
    minutes_of,
)
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, NotFound, Refused, refuse_if_blocked
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, Severity, block
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.rules.workdays import DayOff
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.terms.office_hours import get_hours
from migdesk.services.terms.visit_checks import (
    check_time,
    check_typed,
    check_visit,
    check_window,
    meetings,
    of_day,
    overlap,
    tidy,
)
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
    """
    asked = tidy(desk, visit)

    def check() -> list[Finding]:
        return [*check_visit(desk, asked), *check_typed(visit)]

    with checked_op(desk, Op.BOOK_VISIT, check) as (tx, findings):
        saved = _put_new(desk, tx, asked)
    return Done(saved, tx.changes, tuple(findings))


def book_next(desk: Desk, visit: Appointment, after: date | None = None) -> Done[Appointment]:
    """Give somebody the next free time on or after a day, at the window of `visit` when it names one.

    The time is sought under the lock: whoever else asks at the same moment gets another.

    Raises:
        Invalid: the day is over; nothing is free within four months; what else is wrong, field by field.
    """
    if after and after < desk.today:
        raise Invalid([block("in_past", N_("The day is over."), "day")])
    with desk.write(Op.BOOK_VISIT) as tx:
        asked = _at_next_free(desk, visit, after)
        findings = [*check_visit(desk, asked), *check_typed(visit)]
        refuse_if_blocked(findings)
        saved = _put_new(desk, tx, asked)
    return Done(saved, tx.changes, tuple(findings))


def move(desk: Desk, uid: str, day: date, at: str, window: str = "") -> Done[Appointment]:
    """Give somebody another time; who did not come is expected again.

    Raises:
        NotFound: there is no such appointment.
        Invalid: the time is taken or outside the hours.
        Refused: it was called off, or the person was served.
    """
    old = _get_open(desk, uid)
    asked = tidy(desk, replace(old, day=day, at=at, window=window or old.window, state=VisitState.DUE))
    with checked_op(desk, Op.MOVE_VISIT, partial(check_visit, desk, asked)) as (tx, findings):
        saved = tx.put(asked)
    return Done(saved, tx.changes, tuple(findings))


def move_next(desk: Desk, uid: str, after: date | None = None, window: str = "") -> Done[Appointment]:
    """Give somebody the next free time on or after a day, sought under the lock.

    Raises:
        NotFound: there is no such appointment.
        Invalid: nothing is free within four months.
        Refused: it was called off, or the person was served.
    """
    old = _get_open(desk, uid)
    with desk.write(Op.MOVE_VISIT) as tx:
        asked = _at_next_free(desk, replace(old, window=window, state=VisitState.DUE), after)
        findings = check_visit(desk, asked)
        refuse_if_blocked(findings)
        saved = tx.put(asked)
    return Done(saved, tx.changes, tuple(findings))


def _at_next_free(desk: Desk, visit: Appointment, after: date | None) -> Appointment:
    """An appointment at the next time that is free for it, and at which its person is not expected elsewhere."""
    hours, at = get_hours(desk), ""
    refuse_if_blocked(check_window(hours, visit.window) if visit.window else [])
    last = max(after or desk.today, desk.today) + timedelta(days=_FAR)
    while (found := next_free(desk, after, at, visit.window)) and found[0] <= last:
        day, slot = found
        asked = tidy(desk, replace(visit, day=day, at=slot.at, window=slot.window))
        told = [*meetings(desk.store, asked), *check_time(hours, asked.at, asked.minutes or hours.minutes)]
        if not any(one.severity is Severity.BLOCK for one in told):
            return asked
        after, at = day, slot.at
    raise Invalid([block("nothing_free", N_("No time is free in the next four months."), "day")])


def _put_new(desk: Desk, tx: Tx, asked: Appointment) -> Appointment:
    return tx.put(replace(asked, number=desk.next_number(tx, "V", 5), state=VisitState.DUE))


def _get_open(desk: Desk, uid: str) -> Appointment:
    """An appointment that can still be given another time."""
    found = get_visit(desk, uid)
    if not VISIT_TRANSITIONS[found.state or VisitState.DUE]:
        message = N_("This appointment is over: {state}. Make a new one.")
        raise Refused([block("visit_over", message, "state", state=_state_words(found))])
    return found


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


def _covers(visit: Appointment, slot: Slot, minutes: int) -> bool:
    is_here = visit.window == slot.window
    return is_here and overlap((visit.begins, visit.minutes or minutes), (minutes_of(slot.at), minutes))


def _least(desk: Desk, day: date, at: str) -> int:
    """The earliest minute that is still ahead."""
    least = minutes_of(at) + 1 if at else 0
    return max(least, minute_now(desk)) if day == desk.today else least


def minute_now(desk: Desk) -> int:
    """Minutes since midnight by the clock on the wall; 0 on a day that is not the one on the wall."""
    now = desk.clock.now().astimezone()
    return now.hour * 60 + now.minute if now.date() == desk.today else 0


def _state_words(visit: Appointment) -> str:
    return choice_label(visit.state or VisitState.DUE)


def by_windows(slots: Iterable[Slot], windows: Sequence[str]) -> list[tuple[str, tuple[Slot, ...]]]:
    """Slots as lines of the board: a time, and a slot for each window."""
    lines: dict[str, dict[str, Slot]] = {}
    for one in slots:
        lines.setdefault(one.at, {})[one.window] = one
    return [(at, tuple(found[window] for window in windows)) for at, found in lines.items()]
