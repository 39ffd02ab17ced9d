"""`case check|checks|prolong`: the daily checks of a watched case, such as a quarantine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migdesk.cli.call import Call
from migdesk.cli.output import Answer, changed, day_words, record_document, table
from migdesk.cli.parser import Verbs, WrongUsage, add_verb, day
from migdesk.domain.case_check import CaseCheck, CheckOutcome
from migdesk.domain.change import Done
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_, _
from migdesk.services.cases import case_file
from migdesk.services.terms import monitoring
from migdesk.services.terms.monitoring import Watch

_CASE = N_("number or uid of the case")
_ENTERED = tuple(one.value for one in CheckOutcome if one is not CheckOutcome.PROLONGED)


def add(group: Verbs) -> None:
    """Add the verbs to the group `case`."""
    made = add_verb(group, "check", _(N_("enter, correct or annul a daily check of a person")), check)
    option = made.add_argument
    option("case", metavar="CASE", help=_(_CASE))
    option("--found", choices=_ENTERED, help=_(N_("what was found; present when left out")))
    option("--day", type=day, metavar="DATE", help=_(N_("day of the check; today when left out")))
    option("--by", metavar="NAME", help=_(N_("who checked; the operator when left out")))
    option("--note", metavar="TEXT", help=_(N_("a remark")))
    option("--correct", metavar="UID", help=_(N_("correct this check: only what is given changes")))
    option("--annul", metavar="UID", help=_(N_("annul this check; give the reason by --note")))

    shown = add_verb(group, "checks", _(N_("the checks of a case, and the days without one")), show)
    shown.add_argument("case", metavar="CASE", help=_(_CASE))

    longer = add_verb(group, "prolong", _(N_("prolong the days of checks, as a quarantine")), prolong)
    longer.add_argument("case", metavar="CASE", help=_(_CASE))
    longer.add_argument("--until", type=day, required=True, metavar="DATE", help=_(N_("new last day")))
    longer.add_argument("--note", default="", metavar="TEXT", help=_(N_("the act that prolongs it")))


def check(call: Call) -> Answer:
    """Enter a check, or correct or annul one.

    Raises:
        WrongUsage: both are asked for.
        NotFound: no such case or check.
        Refused: the case is decided, or nobody is checked in it.
        Invalid: the day contradicts, or no reason is given.
    """
    args, desk = call.args, call.desk
    if args.correct and args.annul:
        raise WrongUsage(N_("Give one of: {names}."), names="--correct, --annul")
    if args.annul:
        return _told(monitoring.annul_check(desk, _held(call, args.annul).uid, args.note or ""))
    given = {"day": args.day, "outcome": args.found, "by": args.by, "note": args.note}
    values = {name: value for name, value in given.items() if value is not None}
    if args.found:
        values["outcome"] = CheckOutcome(args.found)
    if args.correct:
        return _told(monitoring.correct_check(desk, replace(_held(call, args.correct), **values)))
    return _told(monitoring.record_check(desk, args.case, CaseCheck(**values)))


def show(call: Call) -> Answer:
    """The checks of a case.

    Raises:
        NotFound: no such case, or nobody is checked in it.
    """
    case = case_file.get_case(call.desk, call.args.case)
    watch = monitoring.watch_of(call.desk, case)
    if watch is None:
        raise NotFound(call.args.case)
    document = {
        "case": case.number,
        "from": watch.since,
        "until": watch.until,
        "checks": [record_document(one) for one in watch.checks],
        "missing": list(watch.missing),
        "breaches": watch.breaches,
    }
    return Answer(document, _lines(watch))


def prolong(call: Call) -> Answer:
    """Prolong the days of checks.

    Raises:
        NotFound: no such case.
        Refused: the case is decided, or nobody is checked in it.
        Invalid: the new day is not after the old one.
    """
    args = call.args
    return _told(monitoring.prolong(call.desk, args.case, args.until, args.note))


def _held(call: Call, uid: str) -> CaseCheck:
    held = call.desk.store.get(CaseCheck, uid)
    if held.is_annulled or held.case != case_file.get_case(call.desk, call.args.case).uid:
        raise NotFound(uid)
    return held


def _told(done: Done[CaseCheck]) -> Answer:
    one = done.value
    words = choice_label(one.outcome) if one.outcome else ""
    return changed(
        done, [(day_words(one.day), ", ".join(part for part in (words, one.by, one.note) if part))]
    )


def _lines(watch: Watch) -> Iterator[str]:
    yield f"{watch.case.number}: {day_words(watch.since)} – {day_words(watch.until)}"
    headings = [
        _(N_("Day of the check")),
        _(N_("Outcome of the check")),
        _(N_("Who checked")),
        _(N_("Remark")),
        "uid",
    ]
    rows = (
        [day_words(one.day), choice_label(one.outcome) if one.outcome else "", one.by, one.note, one.uid]
        for one in watch.checks
    )
    yield from table(headings, rows)
    if watch.missing:
        days = ", ".join(map(day_words, watch.missing))
        yield _(N_("Days without a check: {days}.")).format(days=days)
