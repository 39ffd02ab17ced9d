"""`calendar list|off|on|drop|abolish`: days whose work is another than the calendar of the program has it."""

from __future__ import annotations

from migdesk.cli.call import Call
from migdesk.cli.effect_lines import effects_answer
from migdesk.cli.law_packs import changed
from migdesk.cli.output import Answer, day_words, table
from migdesk.cli.parser import Verbs, add_group, add_verb, day
from migdesk.domain.office import CalendarDay
from migdesk.i18n import N_, _
from migdesk.services.laws import choices, law_editing
from migdesk.services.laws import law_packs as packs


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "calendar", _(N_("days off and working days that an act moved")))
    add_verb(group, "list", _(N_("the days the office declared")), list_days)
    for name, text, run, other in (
        ("off", N_("declare a day off"), declare_off, N_("the day that is worked instead")),
        ("on", N_("declare a working day"), declare_worked, N_("the day that is off instead")),
    ):
        made = add_verb(group, name, _(text), run)
        made.add_argument("day", type=day, metavar="DATE", help=_(N_("the day")))
        made.add_argument("--instead", type=day, metavar="DATE", help=_(other))
        made.add_argument(
            "--reason", required=True, metavar="TEXT", help=_(N_("what people read of the day"))
        )
        made.add_argument("--act", default="", metavar="TEXT", help=_(N_("the act that says so")))
        made.add_argument("--check", action="store_true", help=_(N_("only say what would change")))
    gone = add_verb(
        group, "abolish", _(N_("abolish a holiday of every year, by an act, from a day on")), abolish
    )
    gone.add_argument("holiday", metavar="MM-DD", help=_(N_("day of the year, such as 12-16")))
    gone.add_argument(
        "--from", dest="since", type=day, required=True, metavar="DATE", help=_(N_("first day in force"))
    )
    gone.add_argument("--act", required=True, metavar="TEXT", help=_(N_("the act that says so")))
    gone.add_argument("--check", action="store_true", help=_(N_("only say what would change")))
    dropped = add_verb(group, "drop", _(N_("take back what the office declared of a day")), drop)
    dropped.add_argument("day", type=day, metavar="DATE", help=_(N_("the day")))
    dropped.add_argument("--reason", default="", metavar="TEXT", help=_(N_("why")))
    dropped.add_argument("--check", action="store_true", help=_(N_("only say what would change")))


def list_days(call: Call) -> Answer:
    """The days the office declared, the latest first."""
    return _shown(choices.own_days(call.desk))


def declare_off(call: Call) -> Answer:
    """A day off, and the day that is worked instead.

    Raises:
        Invalid: no reason, or one day twice.
        Refused: who works here is not the head of the office.
    """
    return _declare(call, works=False)


def declare_worked(call: Call) -> Answer:
    """A working day, and the day that is off instead.

    Raises:
        Invalid, Refused: as `declare_off`.
    """
    return _declare(call, works=True)


def _declare(call: Call, *, works: bool) -> Answer:
    args = call.args
    days = [CalendarDay(day=args.day, works=works, reason=args.reason, act=args.act)]
    if args.instead:
        days.append(CalendarDay(day=args.instead, works=not works, reason=args.reason, act=args.act))
    if args.check:
        return effects_answer(call.desk, choices.law_with_days(call.desk, days))
    choices.save_calendar_day(call.desk, *days)
    given = {one.day for one in days}
    return _shown([one for one in choices.own_days(call.desk) if one.day in given])


def abolish(call: Call) -> Answer:
    """A holiday of every year that is none from a day on: a pack of the office by the act, switched on.

    Raises:
        NotFound: no holiday falls on that day of the year then.
        Invalid: no act is named.
        Refused: who works here is not the head of the office.
    """
    args, desk = call.args, call.desk
    copy, values = law_editing.abolition(desk, args.holiday, args.since)
    values["act"] = args.act
    if args.check:
        return effects_answer(desk, packs.law_with(desk, law_editing.pack_with(desk, copy, values)))
    pack = law_editing.amend(desk, copy, values).value
    return changed(packs.switch_pack(desk, pack.code, on=True, why=args.act))


def drop(call: Call) -> Answer:
    """Take back what was declared of a day.

    Raises:
        NotFound: nothing was.
        Refused: who works here is not the head of the office.
    """
    args = call.args
    if args.check:
        return effects_answer(call.desk, choices.law_without_day(call.desk, args.day))
    return _shown([choices.drop_calendar_day(call.desk, args.day, args.reason).value])


def _shown(days: list[CalendarDay]) -> Answer:
    headings = [_(N_("Date")), _(N_("Work")), _(N_("Reason")), _(N_("Act"))]
    rows = [
        [day_words(one.day), _(N_("working day")) if one.works else _(N_("day off")), one.reason, one.act]
        for one in days
    ]
    return Answer([_document(one) for one in days], table(headings, rows))


def _document(one: CalendarDay) -> dict[str, object]:
    return {
        "day": one.day,
        "works": one.works,
        "reason": one.reason,
        "act": one.act,
        "dropped": one.is_annulled,
        "uid": one.uid,
    }
