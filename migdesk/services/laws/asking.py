"""Questions that need no office: days and deadlines, stay, sums, what the law and the services say.

Every function takes a `Law`, so that the command line asks the shipped one and a window its office's.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.errors import Invalid, MigDeskError, NotFound
from migdesk.domain.finding import Finding, Severity, block
from migdesk.i18n import N_, pick
from migdesk.rules.amounts import NOT_PUBLISHED
from migdesk.rules.amounts import Amount as Amount
from migdesk.rules.catalogue import Entry
from migdesk.rules.law import MRP, Law, NotInForce
from migdesk.rules.pack import Kind, Unit
from migdesk.rules.pack import in_force as held_on
from migdesk.rules.procedure import APPEAL, Procedure, in_force
from migdesk.rules.procedure_words import as_json
from migdesk.rules.stay_answers import answer_stay
from migdesk.rules.stay_question import StayJudgement as StayJudgement
from migdesk.rules.stay_question import read_question
from migdesk.rules.stay_return import MOST_DAYS, Return, next_return
from migdesk.rules.workdays import NOT_COVERED, DayOff
from migdesk.rules.workdays import Deadline as Deadline
from migdesk.services.facts.appeal_terms import UNKNOWN
from migdesk.services.lists import read_list

UNITS = (Unit.WORKING_DAYS.value, Unit.CALENDAR_DAYS.value)
"""How a term may be counted when no rule names it."""

ACTIVITY = "activity"
"""The key under which a sum asks for a kind of economic activity."""

COUNTRIES = "countries"

_LIKE = 3


class Unknown(MigDeskError):
    """No rule or service has this code: a slip of the pen, told with the codes it looks like."""

    code = "unknown_code"


@dataclass(frozen=True, slots=True)
class Month:
    """The working days of a month and its days off with their reasons."""

    working_days: int
    days_off: tuple[DayOff, ...]
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "working_days": self.working_days,
            "days_off": [day.as_json() for day in self.days_off],
            "findings": [finding.as_json() for finding in self.findings],
        }


def month(law: Law, year: int, number: int) -> Month:
    """How a month is worked.

    Raises:
        Invalid: there is no such month, or its year has no calendar.
    """
    calendar = law.calendar
    worked, off = calendar.working_days(year, number), tuple(calendar.days_off(year, number))
    first = date(year, number, 1)
    doubts = calendar.doubts(first, first)
    _refuse_no_calendar(doubts, "month")
    return Month(worked, off, doubts)


def deadline(law: Law, rule: str, start: date) -> Deadline:
    """The last day of a rule's term that began with an event on `start`.

    Raises:
        Unknown: no term has this code.
        NotFound: the term was not in force on that day.
        Invalid: it ends outside the calendar, touches a year that has none, or nobody entered its length.
    """
    _refuse_unknown(rule, codes(law, Kind.TERM))
    if rule == APPEAL and not law.term(rule, start).length:
        raise Invalid([block("appeal_unknown", UNKNOWN, "rule")])
    return _surely(law.deadline(rule, start))


def count(law: Law, length: int, unit: str, start: date) -> Deadline:
    """The last day of a term of so many days, whatever it is for.

    Raises:
        Invalid: the term is negative, too long, ends outside the calendar, or touches a year that has none.
    """
    if Unit(unit) is Unit.WORKING_DAYS:
        return _surely(law.calendar.add_working_days(start, length))
    return law.calendar.add_calendar_days(start, length)


def _surely(found: Deadline) -> Deadline:
    """A due day; one that rests on a year without a calendar is not told, for it would be a guess.

    The register keeps such a day with a warning, because a term has to stand somewhere until the calendar comes.
    """
    _refuse_no_calendar(found.notes, "from")
    return found


def _refuse_no_calendar(told: Iterable[Finding], field: str) -> None:
    message = N_(
        "No calendar is known for {years}: which days are off cannot be said."
        " Take in a pack of law with the holidays of that time."
    )
    for one in told:
        if one.code == NOT_COVERED:
            raise Invalid([block(NOT_COVERED, message, field, **one.values)])


def stay(law: Law, question: Mapping[str, object], on: date) -> StayJudgement:
    """Whether a foreigner may be here on a day, from the keys of `check stay`.

    Raises:
        Invalid: citizenship, ground, crossings or a term of a document cannot be read, or no country has the code.
    """
    asked = read_question(question)
    if asked.citizenship not in read_list(COUNTRIES):
        message = N_("No country has the code “{code}”.")
        raise Invalid([block("not_a_country", message, "citizenship", code=asked.citizenship)])
    return answer_stay(law, asked, on)


def reentry(law: Law, question: Mapping[str, object], on: date) -> Return | None:
    """When a visit of so many days is possible next, from the key `reentry` of `check stay`; nothing without it.

    Raises:
        Invalid: the number of days, or a key of the question, cannot be read.
    """
    given = question.get("reentry")
    if given is None:
        return None
    days = int(given) if isinstance(given, int | str) and str(given).strip().isdecimal() else 0
    if isinstance(given, bool) or not 1 <= days <= MOST_DAYS:
        message = N_("Give the days of the visit as a number from 1 to {most}.")
        raise Invalid([block("out_of_range", message, "reentry", most=MOST_DAYS)])
    return next_return(law, read_question(question), days, on)


def amount(law: Law, rule: str, on: date, given: Mapping[str, object]) -> Amount:
    """The sum of a rule on a day; `mrp` alone is the plain index times `count`.

    Raises:
        Unknown: no amount has this code.
        NotFound: it was not in force on that day.
        Invalid: something it asks for is missing or unreadable, or no MRP is published for the year.
    """
    _refuse_unknown(rule, {*codes(law, Kind.AMOUNT), MRP})
    if ACTIVITY in given:
        given = {**given, ACTIVITY: section_of(str(given[ACTIVITY]))}
    found = law.amount(rule, on, given)
    guessed = [one for one in found.findings if one.code == NOT_PUBLISHED]
    if guessed:
        raise Invalid([replace(one, severity=Severity.BLOCK, field="on") for one in guessed])
    return found


def section_of(activity: str) -> str:
    """The OKED section, a letter, of a code such as `41.20` or `F41`; fees name sections only."""
    code = activity.strip().upper()
    division = code.lstrip("ABCDEFGHIJKLMNOPQRSTU")[:2]
    known = read_list("oked").get(division)
    return str(known.more["parent"]) if known else code


def rule(law: Law, code: str, on: date) -> dict[str, object]:
    """What a code says on a day: values, texts in three languages, source.

    Raises:
        Unknown: no entry has this code.
        NotFound: nothing of it was in force on that day.
    """
    _refuse_unknown(code, codes(law))
    return law.show_rule(code, on)


def entry(law: Law, code: str, on: date) -> Entry:
    """The entry that `rule` tells of a code and a day.

    Raises:
        Unknown: no entry has this code.
        NotFound: nothing of it was in force on that day.
    """
    shown = rule(law, code, on)
    known = (one for one in law.entries() if one.code == code and one.kind.value == shown["kind"])
    return next(one for one in known if held_on(one, on))


def codes(law: Law, *kinds: Kind) -> set[str]:
    """Codes of all entries, or of those of some kinds."""
    return {entry.code for entry in law.entries() if not kinds or entry.kind in kinds}


def list_procedures(procedures: Iterable[Procedure]) -> list[dict[str, object]]:
    """A row for every period of every public service, titles in the current language."""
    return [
        {
            "code": one.code,
            "title": pick(one.title),
            "version": one.version,
            "from": one.since.isoformat(),
            "until": one.until.isoformat() if one.until else None,
            "applicant": one.applicant,
            "confidence": one.citation.confidence.value,
        }
        for one in procedures
    ]


def procedure(law: Law, procedures: Iterable[Procedure], code: str, on: date) -> dict[str, object]:
    """A public service as it is on a day, its terms and its fee spelled out by the law of that day.

    Raises:
        Unknown: no service has this code.
        NotInForce: the program does not know it on that day.
    """
    known = list(procedures)
    _refuse_unknown(code, {one.code for one in known}, N_("There is no service “{code}”."))
    for one in known:
        if one.code == code and (held := in_force(one, on)):
            found = law.specials.asking(held, on)
            return as_json(found) | {
                "terms": [_of_day(law, term, on) for term in sorted(found.terms())],
                "fee": _of_day(law, found.fee, on) if found.fee else None,
            }
    raise NotInForce(code, on)


def _of_day(law: Law, code: str, on: date) -> dict[str, object]:
    """A rule of a service; one that says nothing on the day is told by its code alone."""
    try:
        return law.show_rule(code, on)
    except NotFound:
        return {"code": code, "values": None}


def _refuse_unknown(code: str, known: Iterable[str], text: str = N_("There is no rule “{code}”.")) -> None:
    names = sorted(known)
    if code in names:
        return
    near = difflib.get_close_matches(code, names, n=_LIKE) or [one for one in names if code and code in one]
    if near:
        raise Unknown(text, hint=N_("Did you mean: {near}?"), code=code, near=", ".join(near[:_LIKE]))
    raise Unknown(text, hint=N_("All are shown by the verb “list”."), code=code)
