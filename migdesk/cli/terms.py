"""`check workdays|deadline|stay|amount|quota`: days, sums and units, by the law of the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.checks import add_check
from migdesk.cli.given import Given
from migdesk.cli.key_value import answers
from migdesk.cli.keys import region_code
from migdesk.cli.output import (
    Answer,
    day_words,
    finding_lines,
    findings_document,
    pairs,
    source_words,
    table,
    yes_no,
)
from migdesk.cli.parser import Verbs, WrongUsage, day
from migdesk.domain.errors import BadFile
from migdesk.domain.finding import Source
from migdesk.domain.money import grouped, grouped_text
from migdesk.domain.quota import Stream
from migdesk.i18n import N_, _
from migdesk.services.laws import asking
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot, PotState

STREAMS = [stream.value for stream in Stream]
_SHOWN = 31
"""Days off that a person is shown; a script gets all."""

UNIT_WORDS = {
    "working_days": N_("working days"),
    "calendar_days": N_("calendar days"),
    "months": N_("months"),
}


def add(verbs: Verbs) -> None:
    """Add the checks of days, sums and units to the verbs of `check`."""
    month = add_check(verbs, "workdays", _(N_("working days of a month")), check_workdays, ask_workdays)
    month.add_argument("month", nargs="?", metavar="YYYY-MM", help=_(N_("the month")))
    _add_deadline(verbs)
    stay = add_check(
        verbs, "stay", _(N_("whether a foreigner may be here, and until when")), check_stay, ask_stay
    )
    stay.add_argument(
        "file", nargs="?", metavar="FILE", help=_(N_("a JSON document with citizenship, basis, crossings"))
    )
    stay.add_argument(
        "--reentry", metavar="N", help=_(N_("the next day on which a visit of so many days is possible"))
    )
    amount = add_check(verbs, "amount", _(N_("a fee, fine or support by its rule")), check_amount, ask_amount)
    amount.add_argument("rule", nargs="?", metavar="RULE", help=_(N_("code of the rule; see: rules list")))
    amount.add_argument(
        "--with",
        dest="with_",
        nargs="+",
        metavar="KEY=VALUE",
        action="extend",
        help=_(N_("what the rule asks for")),
    )
    _add_quota(verbs)


def _add_deadline(verbs: Verbs) -> None:
    made = add_check(
        verbs,
        "deadline",
        _(N_("the last day of a term, with the days off it skips")),
        check_deadline,
        ask_deadline,
    )
    made.add_argument("rule", nargs="?", metavar="RULE", help=_(N_("code of the rule; see: rules list")))
    made.add_argument(
        "--from", dest="from_", type=day, metavar="DATE", help=_(N_("day of the event; it is not counted"))
    )
    made.add_argument("--length", metavar="N", help=_(N_("length of the term when no rule is named")))
    made.add_argument("--unit", choices=asking.UNITS, help=_(N_("how that length is counted")))


def _add_quota(verbs: Verbs) -> None:
    made = add_check(
        verbs,
        "quota",
        _(N_("units of a quota: limit, allotted, reserved, used, free")),
        check_quota,
        ask_quota,
    )
    made.epilog = _(N_("Needs an office."))
    made.add_argument("stream", nargs="?", choices=STREAMS, metavar="STREAM", help=", ".join(STREAMS))
    made.add_argument(
        "--region", metavar="CODE", help=_(N_("KATO code or name; the office's region when left out"))
    )
    made.add_argument("--year", metavar="Y", help=_(N_("this year when left out")))
    made.add_argument("--category", metavar="C", help=_(N_("category of foreign labour")))
    made.add_argument("--activity", metavar="A", help=_(N_("section of OKED, a letter")))
    made.add_argument("--country", metavar="XXX", help=_(N_("country of origin")))
    made.add_argument("--units", metavar="N", help=_(N_("how many units are asked; one when left out")))


def check_workdays(call: Call) -> Answer:
    """One month of the command line."""
    return ask_workdays(call, call.given("month"))


def ask_workdays(call: Call, given: Given) -> Answer:
    """How a month is worked."""
    words = given.text("month").strip()
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", words)
    if not found or not 1 <= int(found[2]) <= 12 or found[1] == "0000":
        raise given.fail("month", N_("A month is expected, such as 2025-03."))
    month = asking.month(call.law, int(found[1]), int(found[2]))
    return Answer(month.as_json(), _month_lines(month))


def _month_lines(month: asking.Month) -> Iterator[str]:
    yield _(N_("Working days: {n}")).format(n=month.working_days)
    yield from _day_lines((day.on, day.reason()) for day in month.days_off)
    yield from finding_lines(month.findings)


def _day_lines(days: Iterable[tuple[date, str]]) -> Iterator[str]:
    yield from (f"  {day_words(day)}  {reason}" for day, reason in days)


def check_deadline(call: Call) -> Answer:
    """One deadline of the command line."""
    args = call.args
    start = args.from_.isoformat() if args.from_ else None
    values = {"rule": args.rule, "from": start, "length": args.length, "unit": args.unit}
    given = Given({key: value for key, value in values.items() if value is not None})
    return ask_deadline(call, given)


def ask_deadline(call: Call, given: Given) -> Answer:
    """The last day of a rule's term, or of a term of so many days."""
    start = given.day("from")
    if "rule" in given:
        for name in ("length", "unit"):
            if name in given:
                raise given.fail(name, N_("A rule has its own length and unit."))
        found = asking.deadline(call.law, given.text("rule"), start)
    else:
        if "length" not in given:
            raise given.fail("rule", N_("Name a rule, or give length and unit."))
        found = asking.count(call.law, given.whole("length"), given.choice("unit", asking.UNITS), start)
    return Answer(found.as_json(), _deadline_lines(found))


def _deadline_lines(found: asking.Deadline) -> Iterator[str]:
    yield from pairs(
        [
            (_(N_("Due on")), day_words(found.due)),
            (_(N_("Term")), f"{found.length} {_(UNIT_WORDS[found.unit.value])}"),
            (_(N_("Source")), _source(found.source)),
        ]
    )
    if found.skipped:
        yield _(N_("Days off that do not count:"))
        yield from _day_lines((day.on, day.reason()) for day in found.skipped[:_SHOWN])
        if len(found.skipped) > _SHOWN:
            yield _(N_("  … and {n} more")).format(n=len(found.skipped) - _SHOWN)
    yield from finding_lines(found.notes)


def _source(source: Source | None) -> str:
    return source_words(source.as_json()) if source else "—"


def check_stay(call: Call) -> Answer:
    """One question of a file.

    Raises:
        WrongUsage: no file is named.
        BadFile: the file holds no JSON object, or a key of it cannot be read.
    """
    source = call.args.file
    if source is None:
        raise WrongUsage(N_("Name a file, or - for standard input."))
    document = files.read_json(source)
    if not isinstance(document, dict):
        raise BadFile(files.name_of(source), "", N_("An object of names and values is expected."))
    if call.args.on is not None:
        document = document | {"on": call.args.on.isoformat()}
    if call.args.reentry is not None:
        document = document | {"reentry": call.args.reentry}
    return ask_stay(call, Given(document))


def ask_stay(call: Call, given: Given) -> Answer:
    """Whether a foreigner may be here; keys that nobody knows are findings."""
    on = given.day_or_none("on") or call.today
    found = asking.stay(call.law, given.everything(), on)
    again = asking.reentry(call.law, given.everything(), on)
    if again is None:
        return Answer(found.as_json(), _stay_lines(found), found.lawful is True)
    lines = [*_stay_lines(found), *finding_lines(again.why)]
    return Answer(found.as_json() | {"reentry": again.as_json()}, lines, found.lawful is True)


def _stay_lines(found: asking.StayJudgement) -> Iterator[str]:
    lawful = _(N_("cannot be said")) if found.lawful is None else yes_no(found.lawful)
    rows = [(_(N_("Lawful")), lawful), (_(N_("Last lawful day")), day_words(found.last_lawful_day))]
    if found.per_entry:
        words = _(N_("{used} of {limit} days, until {day}"))
        entry = found.per_entry
        rows.append(
            (
                _(N_("This entry")),
                words.format(used=entry.used, limit=entry.limit, day=day_words(entry.last_day)),
            )
        )
    if found.window:
        words, window = _(N_("{used} of {limit} days within {days}; left: {left}")), found.window
        shown = words.format(used=window.used, limit=window.limit, days=window.days, left=window.remaining)
        rows.append((_(N_("Window")), shown))
    yield from pairs(rows)
    yield from finding_lines(found.why)


def check_amount(call: Call) -> Answer:
    """One sum of the command line.

    Raises:
        WrongUsage: a value without its key.
    """
    values: dict[str, Any] = {"rule": call.args.rule, "with": answers(call.args.with_ or ())}
    named = {key: value for key, value in values.items() if value is not None}
    return ask_amount(call, Given(named))


def ask_amount(call: Call, given: Given) -> Answer:
    """The sum of a rule for what it asks."""
    on = given.day_or_none("on") or call.today
    found = asking.amount(call.law, given.text("rule"), on, given.inner("with"))
    lines = [*_amount_lines(found.as_json()), *finding_lines(found.findings)]
    return Answer(found.as_json(), lines)


def _amount_lines(shown: dict[str, Any]) -> Iterator[str]:
    tenge, mrp = grouped(shown["tenge"]), grouped_text(str(shown["mrp"]))
    yield from pairs(
        [
            (_(N_("Sum")), f"{tenge} ₸"),
            (_(N_("MRP")), f"{shown['mrp_count']} × {mrp}"),
            (_(N_("Source")), source_words(shown["source"])),
            *([(_(N_("Note")), shown["note"])] if shown.get("note") else []),
        ]
    )


def check_quota(call: Call) -> Answer:
    """One pot of the command line."""
    return ask_quota(call, call.given("stream", "region", "year", "category", "activity", "country", "units"))


def ask_quota(call: Call, given: Given) -> Answer:
    """The sums of one pot on a day."""
    desk = call.desk
    on = given.day_or_none("on") or call.today
    year = given.whole("year") if "year" in given else on.year
    if not 1991 <= year <= 2100:
        raise given.fail("year", N_("A year is expected, such as 2026."))
    region = region_code(desk, given.text_or("region", desk.office.region))
    divided = (given.text_or(key, "") for key in ("category", "activity", "country"))
    pot = Pot(Stream(given.choice("stream", STREAMS)), region, year, *divided)
    units = given.whole("units") if "units" in given else 1
    if units < 1:
        raise given.fail("units", N_("At least one is expected here."))
    return pot_answer(quotas.check_pot(desk, pot, on=on, units=units))


def pot_document(state: PotState) -> dict[str, object]:
    """The keys of the public contract for a pot."""
    balance = state.balance
    return {
        "limit": balance.limit,
        "allotted": balance.allotted,
        "reserved": balance.reserved,
        "used": balance.used,
        "free": balance.free,
        "forecast_exhausted_on": state.forecast,
        "stream": state.pot.stream.value,
        "region": state.pot.region,
        "year": state.pot.year,
        "category": state.pot.category or None,
        "activity": state.pot.activity or None,
        "country": state.pot.country or None,
        "expired": balance.expired,
        "waiting": state.waiting,
        "light": state.light.value,
        "reasons": findings_document(state.reasons),
        "source": state.source.as_json() if state.source else None,
    }


def pot_headings() -> list[str]:
    """Over the cells of `pot_cells`; all but the last stand at the right."""
    words = N_("Limit"), N_("Allotted"), N_("Reserved"), N_("Used"), N_("Free"), N_("Runs out")
    return [_(one) for one in words]


def pot_cells(state: PotState) -> list[object]:
    """The sums of a pot, and when it runs out."""
    sums = state.balance
    return [sums.limit, sums.allotted, sums.reserved, sums.used, sums.free, day_words(state.forecast)]


def pot_answer(state: PotState) -> Answer:
    """The sums of a pot as a table of one row."""
    lines = table(pot_headings(), [pot_cells(state)], right={0, 1, 2, 3, 4})
    return Answer(pot_document(state), [*lines, *finding_lines(state.reasons)])
