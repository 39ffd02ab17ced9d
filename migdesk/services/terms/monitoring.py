"""Watched cases, such as a quarantine: a dated check every day, a prolongation, what is missing today.

A service is watched when it asks for two days, `watched_from` and `watched_until`: then a check is awaited on each
day between them while the case is open. Several on one day may be entered: nobody was there in the morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from migdesk.domain.case import Case, CaseState
from migdesk.domain.case_check import WATCHED_FROM, WATCHED_UNTIL, CaseCheck, CheckOutcome
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.field import plain_text
from migdesk.domain.finding import Finding, Severity, block, warn
from migdesk.domain.record import faults, tidied
from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.i18n import N_, Worded
from migdesk.rules.procedure import FAVOURABLE, TERMINATE, Procedure
from migdesk.services.checked_ops import checked_op, prepared_op
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.matter import Matter
from migdesk.services.reasons import reason
from migdesk.store import watches as shelf

MOST_DAYS = "watch.most_days"
"""More days than this count as a slip of the pen: a limit of the program, which the office may set anew."""
_NAMED = 5
"""So many days are named; of more it is said how many there are."""
_UNTIL = f"details.{WATCHED_UNTIL}"
_NOT_WATCHED = N_(
    "Nobody is checked daily in this case: the service asks for no days, or they are not answered."
)


@dataclass(frozen=True, slots=True)
class Watch:
    """The days of a watched case, its checks from the first, and the days up to today that have none."""

    case: Case
    since: date
    until: date
    checks: tuple[CaseCheck, ...]
    missing: tuple[date, ...]

    @property
    def breaches(self) -> int:
        """How many breaches were recorded."""
        return sum(one.outcome is CheckOutcome.BREACH for one in self.checks)


def is_watched(service: Procedure) -> bool:
    """Whether the people of a service are checked every day."""
    return service.field(WATCHED_FROM) is not None and service.field(WATCHED_UNTIL) is not None


def check_days(desk: Desk, answers: Mapping[str, Any], place: str = _UNTIL) -> list[Finding]:
    """What is wrong with the days of a watch; `place` is the field of its last day."""
    since, until = answers.get(WATCHED_FROM), answers.get(WATCHED_UNTIL)
    if not isinstance(since, date) or not isinstance(until, date):
        return []
    if until < since:
        message = N_("The last day is before the first, {day}.")
        return [block("before_start", message, place, day=show_day(since))]
    most = desk.law.value_entry(MOST_DAYS, desk.today)
    days = (until - since).days + 1
    if days > most.amount:
        message = N_("From {day} these are {days} days, more than {most}: look at the year.")
        values = {"day": show_day(since), "days": days, "most": f"{most.amount:f}"}
        return [replace(block("too_long", message, place, **values), source=most.citation.source)]
    return []


def check_answers(
    desk: Desk, service: Procedure, held: Mapping[str, Any], answers: Mapping[str, Any]
) -> list[Finding]:
    """What is wrong with answers that come to those that are `held`: days that run already have acts of their own."""
    if not is_watched(service):
        return []
    now = {**held, **answers}
    since, until = held.get(WATCHED_FROM), held.get(WATCHED_UNTIL)
    runs = isinstance(since, date) and isinstance(until, date) and since <= min(until, desk.today)
    changed = [key for key in (WATCHED_FROM, WATCHED_UNTIL) if now.get(key) != held.get(key)]
    if runs and changed:
        message = N_(
            "The days run since {day}: prolong them for a later last day, decide for an earlier one. "
            "A case that was opened by mistake is withdrawn."
        )
        return [block("watch.runs", message, f"details.{key}", day=show_day(since)) for key in changed]
    return check_days(desk, now)


def check_end(matter: Matter) -> list[Finding]:
    """What is odd about the end of a watch: days without a check, a release before the last day or after a breach."""
    decision, day = matter.decision, matter.day
    watch = watch_of(matter.desk, matter.case) if matter.case.state is CaseState.OPEN else None
    if watch is None or decision.does not in (*FAVOURABLE, TERMINATE):
        return []
    found = []
    if missing := [one for one in watch.missing if one <= day]:
        message = N_("Days without a check, {n}: {days}.")
        found.append(warn("watch.unchecked", message, "checks", n=len(missing), days=_listed(missing)))
    if decision.does == TERMINATE:
        return found
    if day < watch.until:
        early = next((one for one in matter.service.decisions if one.does == TERMINATE), None)
        message = N_("The last day is {day}. An earlier end has a decision of its own: “{title}”.")
        title = Worded(early.title) if early else "—"
        found.append(warn("watch.early", message, "decision", day=show_day(watch.until), title=title))
    if breaches := _breaches(watch):
        message = N_("A breach is recorded: {days}. Look whether this decision is right.")
        found.append(warn("watch.breach", message, "decision", days=_listed(breaches)))
    return found


def _breaches(watch: Watch) -> list[date]:
    return [one.day for one in watch.checks if one.outcome is CheckOutcome.BREACH and one.day]


def _listed(days: Sequence[date]) -> str:
    shown = ", ".join(map(show_day, days[:_NAMED]))
    return f"{shown}, …" if len(days) > _NAMED else shown


def watch_of(desk: Desk, case: Case) -> Watch | None:
    """The watch of a case; nothing where its service asks for none, or its days are not answered yet."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today)
    if service is None or not is_watched(service):
        return None
    answers = case_answers.answers_of(desk.store, case, service)
    since, until = answers.get(WATCHED_FROM), answers.get(WATCHED_UNTIL)
    if not isinstance(since, date) or not isinstance(until, date):
        return None
    checks = tuple(desk.store.live(CaseCheck, case=case.uid, order="day, id"))
    seen = {one.day for one in checks if one.outcome is not CheckOutcome.PROLONGED}
    last = min(until, desk.today if case.state is CaseState.OPEN else case.decided_on or desk.today)
    days = (since + timedelta(days=n) for n in range((last - since).days + 1))
    return Watch(case, since, until, checks, tuple(day for day in days if day not in seen))


def check_check(desk: Desk, check: CaseCheck, watch: Watch) -> list[Finding]:
    """What is wrong or odd about a check."""
    findings = list(faults(check))
    if check.outcome is CheckOutcome.PROLONGED:
        findings.append(
            block("prolong", N_("A prolongation has an act of its own: prolong the checks."), "outcome")
        )
    if check.day is None:
        return findings
    if check.day > desk.today:
        findings.append(block("in_future", N_("This day is in the future."), "day"))
    elif check.day < watch.since:
        message = N_("The checks begin on {day}.")
        findings.append(block("before_start", message, "day", day=show_day(watch.since)))
    elif check.day > watch.until:
        message = N_("The last day was {day}: release the person, or prolong.")
        findings.append(warn("after_end", message, "day", day=show_day(watch.until)))
    same = [one for one in watch.checks if one.uid != check.uid]
    if any((one.day, one.outcome, one.note) == (check.day, check.outcome, check.note) for one in same):
        findings.append(block("twice", N_("This check stands here already."), "day"))
    return findings


def record_check(desk: Desk, key: str, check: CaseCheck) -> Done[CaseCheck]:
    """Enter what was found on a day; who checked is the operator when nobody is named.

    Raises:
        NotFound: no such case.
        Refused: the case is decided, or nobody is checked in it.
        Invalid: the day is in the future or before the first, or the same stands there already.
    """

    def prepare() -> tuple[CaseCheck, list[Finding]]:
        watch = _open_watch(desk, key)
        found = replace(check, case=watch.case.uid, day=check.day or desk.today)
        found = tidied(replace(found, by=found.by or desk.signer.name))
        return found, check_check(desk, found, watch)

    with prepared_op(desk, Op.CHECK_CASE, prepare) as (tx, found, findings):
        saved = tx.put(found)
    return Done(saved, tx.changes, tuple(findings))


def correct_check(desk: Desk, check: CaseCheck) -> Done[CaseCheck]:
    """Other words of a check that was entered; the old ones stay in the journal.

    Raises:
        Refused: it tells of a prolongation, which a later one follows instead.
        Invalid: the day contradicts.
        Stale: it was changed since it was read.
    """
    asked = tidied(check)

    def look() -> list[Finding]:
        watch = watch_of(desk, desk.store.get(Case, asked.case or ""))
        was = desk.store.get(CaseCheck, asked.uid)
        if watch is None or was.outcome is CheckOutcome.PROLONGED:
            raise Refused([block("not_watched", _NOT_WATCHED, "case")])
        return check_check(desk, asked, watch)

    with checked_op(desk, Op.CORRECT_CHECK, look) as (tx, findings):
        saved = tx.put(asked)
    return Done(saved, tx.changes, tuple(findings))


def annul_check(desk: Desk, uid: str, why: str) -> Done[CaseCheck]:
    """Nobody was checked then after all.

    Raises:
        NotFound: no such check.
        Invalid: no reason is given.
    """
    why, held = reason(why), desk.store.get(CaseCheck, uid)
    if held.outcome is CheckOutcome.PROLONGED:
        raise Refused(
            [block("not_watched", N_("A prolongation is taken back by undo, or followed by another."), None)]
        )
    with desk.write(Op.CORRECT_CHECK) as tx:
        saved = tx.annul(held, why)
    return Done(saved, tx.changes)


def prolong(desk: Desk, key: str, until: date, words: str = "") -> Done[CaseCheck]:
    """A later last day, with the act that says so: the answer of the case changes, and the line of days tells it.

    Raises:
        NotFound: no such case.
        Refused: the case is decided, or nobody is checked in it.
        Invalid: the new day is not after the old one or out of reach, or the words do not fit.
    """

    def prepare() -> tuple[tuple[Case, CaseCheck], list[Finding]]:
        watch, found = _longer(desk, key, until)
        told = " → ".join(map(show_day, (watch.until, until)))
        note = "; ".join(part for part in (told, plain_text(words)) if part)
        entry = CaseCheck(case=watch.case.uid, day=desk.today, by=desk.signer.name, note=note)
        wrong = [replace(one, field="words") for one in faults(entry)]
        return (watch.case, replace(entry, outcome=CheckOutcome.PROLONGED)), [*found, *wrong]

    with prepared_op(desk, Op.PROLONG_WATCH, prepare) as (tx, (case, entry), findings):
        case_answers.write_answers(tx, case, case_answers.service_of(desk, case), {WATCHED_UNTIL: until})
        saved = tx.put(entry)
    return Done(saved, tx.changes, tuple(findings))


def check_longer(desk: Desk, key: str, until: date) -> list[Finding]:
    """What is wrong or odd about a later last day.

    Raises:
        NotFound: no such case.
        Refused: the case is decided, or nobody is checked in it.
    """
    return _longer(desk, key, until)[1]


def _longer(desk: Desk, key: str, until: date) -> tuple[Watch, list[Finding]]:
    watch = _open_watch(desk, key)
    if until <= watch.until:
        message = N_("It lasts until {day} already.")
        return watch, [block("before_start", message, "until", day=show_day(watch.until))]
    found = check_days(desk, {WATCHED_FROM: watch.since, WATCHED_UNTIL: until}, "until")
    more, ordered = (until - watch.until).days, (watch.until - watch.since).days + 1
    if more > ordered and not found:
        message = N_("{more} days more, after {ordered} days that were ordered: look at the day.")
        found.append(warn("watch.long", message, "until", more=more, ordered=ordered))
    return watch, found


def about(desk: Desk, cases: Iterable[Case]) -> Iterator[Finding]:
    """What a person's status says of the open cases in which he is checked: until when, a breach, a late release."""
    for case in cases:
        service = desk.find_procedure(case.service, case.applied_on or desk.today)
        if case.state is not CaseState.OPEN or case.is_annulled or service is None or not is_watched(service):
            continue
        values: dict[str, object] = {"title": Worded(service.title), "number": case.number}
        for code, message, more in _standing(desk, watch_of(desk, case)):
            yield Finding(Severity.WARN, code, message, "cases", values | more, service.citation.source)


def _standing(desk: Desk, watch: Watch | None) -> Iterator[tuple[str, str, dict[str, object]]]:
    if watch is None:
        yield "status.watch_open", N_("{title}, {number}: its days are not answered, nobody is checked."), {}
        return
    day: dict[str, object] = {"day": show_day(watch.until)}
    if watch.until < desk.today:
        yield "status.watch_over", N_("{title}, {number}: the last day was {day}, nothing is decided."), day
    else:
        yield "status.watched", N_("{title}, {number}: until {day}."), day
    if breaches := _breaches(watch):
        message = N_("{title}, {number}: a breach is recorded, {days}.")
        yield "status.watch_breach", message, {"days": _listed(breaches)}


def terms(desk: Desk, since: date, until: date) -> Iterator[OpenTerm]:
    """Today's check of everybody who was not checked yet, and the last day of each, on which a release is due."""
    for one in shelf.open_ones(desk.store, desk.today):
        about = (one.case, one.person, one.name)
        if one.since <= desk.today <= one.until and not one.checked and since <= desk.today <= until:
            yield OpenTerm(TermKind.CHECK, desk.today, *about)
        if since <= one.until <= until:
            yield OpenTerm(TermKind.RELEASE, one.until, *about)


def _open_watch(desk: Desk, key: str) -> Watch:
    case = desk.store.named(Case, key)
    if case is None:
        raise NotFound(key)
    if case.state is not CaseState.OPEN or case.is_annulled:
        raise Refused([block("case.closed", N_("This case is decided already."), "state")])
    watch = watch_of(desk, case)
    if watch is None:
        raise Refused([block("not_watched", _NOT_WATCHED, "case")])
    return watch
