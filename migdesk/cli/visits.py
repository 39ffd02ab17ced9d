"""`visit`: appointments - give a time, move it, say who came, list a day, find the next free time."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from migdesk.cli.call import Call
from migdesk.cli.keys import person_of
from migdesk.cli.output import (
    Answer,
    changed,
    day_words,
    finding_lines,
    findings_document,
    record_document,
    table,
)
from migdesk.cli.parser import Verbs, WrongUsage, add_group, add_verb, count, day
from migdesk.domain.appointment import Appointment, OfficeHours, VisitState, minutes_of, read_time
from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_, _
from migdesk.services import reporting
from migdesk.services.terms import appointments, office_hours

_HEADS = (N_("Time"), N_("Counter window"), N_("Name"), N_("What for"), N_("State"), N_("Number"))

_REPORT = "appointments"


def add(verbs: Verbs) -> None:
    """Add the verb with its own verbs."""
    group = add_group(verbs, "visit", _(N_("appointments: book, move, mark, list a day, next free time")))
    needs = _(N_("Needs an office."))
    made = add_verb(group, "book", _(N_("give somebody a time")), book, needs=needs)
    made.add_argument(
        "person", nargs="?", default="", metavar="PERSON", help=_(N_("uid, IIN, document number or label"))
    )
    made.add_argument("--name", default="", metavar="TEXT", help=_(N_("name of who has no file yet")))
    made.add_argument("--phone", default="", metavar="TEXT", help=_(N_("phone")))
    _add_time(made)
    made.add_argument("--service", default="", metavar="CODE", help=_(N_("code of a public service")))
    made.add_argument("--purpose", default="", metavar="TEXT", help=_(N_("what for")))
    made.add_argument("--minutes", type=count, metavar="N", help=_(N_("length; a slot when left out")))
    made.add_argument("--note", default="", metavar="TEXT", help=_(N_("note")))
    moved = add_verb(group, "move", _(N_("give somebody another time")), move, needs=needs)
    moved.add_argument("visit", metavar="NUMBER", help=_(N_("number or uid of the appointment")))
    _add_time(moved)
    marked = add_verb(group, "mark", _(N_("say what became of an appointment")), mark, needs=needs)
    marked.add_argument("visit", metavar="NUMBER", help=_(N_("number or uid of the appointment")))
    marked.add_argument("state", choices=[one.value for one in VisitState], help=_(N_("what became of it")))
    marked.add_argument("--note", default="", metavar="TEXT", help=_(N_("note")))
    _add_looking(group, needs)


def _add_looking(group: Verbs, needs: str) -> None:
    listed = add_verb(group, "list", _(N_("the appointments of a day")), list_day, needs=needs)
    listed.add_argument("--day", type=day, metavar="DATE", help=_(N_("the day; today when left out")))
    listed.add_argument("--missed", action="store_true", help=_(N_("who did not come in the last 30 days")))
    listed.add_argument("--to", metavar="FILE", help=_(N_("write the list as .pdf, .xlsx, .csv or .json")))
    free = add_verb(group, "free", _(N_("the next free time")), find_free, needs=needs)
    free.add_argument("--day", type=day, metavar="DATE", help=_(N_("not before this day")))
    free.add_argument("--window", default="", metavar="TEXT", help=_(N_("window or officer")))
    hours = add_verb(
        group, "hours", _(N_("when the office receives; with options, change it")), hold, needs=needs
    )
    for name in ("opens", "closes", "lunch-from", "lunch-to"):
        hours.add_argument(f"--{name}", metavar="TIME", help=argparse.SUPPRESS)
    hours.add_argument("--minutes", type=count, metavar="N", help=_(N_("minutes of a visit")))
    hours.add_argument("--windows", metavar="A,B", help=_(N_("windows, with commas between")))


def _add_time(made: argparse.ArgumentParser) -> None:
    made.add_argument("--day", type=day, metavar="DATE", help=_(N_("the day; with a time alone, today")))
    made.add_argument(
        "--at",
        default="",
        metavar="TIME",
        help=_(N_("the time, such as 9:30; the next free one when left out")),
    )
    made.add_argument("--window", default="", metavar="TEXT", help=_(N_("window or officer")))


def book(call: Call) -> Answer:
    """Give somebody a time: that asked for, or the next free one.

    Raises:
        Invalid: what is wrong, field by field.
        NotFound: no such person.
        Refused: the time was given away a moment ago.
    """
    args, desk = call.args, call.desk
    known = appointments.visit_of(person_of(desk, args.person)) if args.person else Appointment()
    on, at = _time(call)
    visit = replace(
        known,
        name=args.name or known.name,
        phone=args.phone or known.phone,
        day=on,
        at=at,
        window=args.window,
        minutes=args.minutes,
        service=args.service,
        purpose=args.purpose,
        note=args.note,
    )
    return _told(appointments.book(desk, visit) if at else appointments.book_next(desk, visit, args.day))


def move(call: Call) -> Answer:
    """Give somebody another time.

    Raises:
        Invalid: the time is taken or outside the hours.
        NotFound: no such appointment.
        Refused: it is over.
    """
    args, desk = call.args, call.desk
    on, at = _time(call)
    if on and at:
        return _told(appointments.move(desk, args.visit, on, at, args.window))
    return _told(appointments.move_next(desk, args.visit, args.day, args.window))


def mark(call: Call) -> Answer:
    """Say what became of an appointment.

    Raises:
        NotFound: no such appointment.
        Refused: from its state it cannot become this.
    """
    state = VisitState(call.args.state)
    return _told(appointments.mark(call.desk, call.args.visit, state, call.args.note))


def list_day(call: Call) -> Answer:
    """A day by time, or who did not come; with a file, the list to be printed.

    Raises:
        BadFile: the file cannot be written.
    """
    args, desk = call.args, call.desk
    on = args.day or call.today
    if args.to:
        path = reporting.save(reporting.run(desk, _REPORT, on, on), Path(args.to))
        return Answer({"path": str(path)}, [str(path)])
    visits = appointments.missed(desk) if args.missed else list(appointments.board(desk, on).visits)
    document = {"day": on, "visits": [record_document(one) for one in visits]}
    return Answer(document, _lines(visits, with_day=args.missed))


def find_free(call: Call) -> Answer:
    """The next free time."""
    found = appointments.next_free(call.desk, call.args.day, "", call.args.window)
    if found is None:
        return Answer(
            {"day": None, "at": None, "window": None}, [_(N_("No time is free in the next four months."))]
        )
    on, slot = found
    document = {"day": on, "at": slot.at, "window": slot.window}
    words = _(N_("{day} at {at}, window {window}")).format(day=day_words(on), at=slot.at, window=slot.window)
    return Answer(document, [words])


def hold(call: Call) -> Answer:
    """Show the hours, or change them.

    Raises:
        Invalid: a time that is none, an end before its beginning; a window given up at which people are expected.
    """
    args, desk = call.args, call.desk
    kept = office_hours.get_hours(desk)
    given = {
        "opens": args.opens,
        "closes": args.closes,
        "lunch_from": args.lunch_from,
        "lunch_to": args.lunch_to,
        "minutes": args.minutes,
        "windows": tuple(args.windows.split(",")) if args.windows is not None else None,
    }
    changed_ = {name: value for name, value in given.items() if value is not None}
    if not changed_:
        return Answer(_hours_document(kept), [_hours_words(kept)])
    done = office_hours.set_hours(desk, replace(kept, **changed_))
    document = _hours_document(done.value) | {"findings": findings_document(done.findings)}
    return Answer(document, [_hours_words(done.value), *finding_lines(done.findings)])


def _time(call: Call) -> tuple[date | None, str]:
    """Day and time as given, a time alone is one of today; no time for the next free one.

    Raises:
        WrongUsage: this time of today is over.
    """
    args, desk = call.args, call.desk
    if not args.at or args.day:
        return args.day, args.at
    if _minutes(args.at) < appointments.minute_now(desk):
        raise WrongUsage(N_("This time of today is over. Name the day as well: --day."))
    return call.today, args.at


def _minutes(at: str) -> int:
    """Minutes since midnight; the end of the day for what is no time, which is said elsewhere."""
    try:
        return minutes_of(read_time(at))
    except ValueError:
        return 24 * 60


def _told(done: Done[Appointment]) -> Answer:
    visit = done.value
    rows = [
        (_(N_("Appointment")), visit.number),
        (_(N_("Name")), visit.name),
        (_(N_("Time")), f"{day_words(visit.day)} {visit.at}"),
        (_(N_("Counter window")), visit.window),
        (_(N_("State")), choice_label(visit.state or VisitState.DUE)),
    ]
    return changed(done, rows)


def _lines(visits: list[Appointment], *, with_day: bool) -> Iterator[str]:
    rows = [
        (
            f"{day_words(one.day)} {one.at}" if with_day else one.at,
            one.window,
            one.name,
            one.purpose,
            choice_label(one.state or VisitState.DUE),
            one.number,
        )
        for one in visits
    ]
    yield from table([_(one) for one in _HEADS], rows)


def _hours_document(hours: OfficeHours) -> dict[str, object]:
    return {
        "opens": hours.opens,
        "closes": hours.closes,
        "lunch_from": hours.lunch_from or None,
        "lunch_to": hours.lunch_to or None,
        "minutes": hours.minutes,
        "windows": list(hours.windows),
    }


def _hours_words(hours: OfficeHours) -> str:
    lunch = f"{hours.lunch_from}–{hours.lunch_to}" if hours.lunch_from else "—"
    message = _(N_("{opens}–{closes}, break {lunch}, {minutes} minutes a visit, windows: {windows}"))
    return message.format(
        opens=hours.opens,
        closes=hours.closes,
        lunch=lunch,
        minutes=hours.minutes,
        windows=", ".join(hours.windows),
    )
