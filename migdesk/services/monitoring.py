"""Watched cases, such as a quarantine: a dated check every day, a prolongation, what is missing today.

A service is watched when it asks for two days, `watched_from` and `watched_until`: then a check is awaited on each
day between them while the case is open. Several on one day may be entered: nobody was there in the morning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from migdesk.domain.case import Case, CaseState
from migdesk.domain.case_check import WATCHED_FROM, WATCHED_UNTIL, CaseCheck, CheckOutcome
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, NotFound, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.record import faults, tidied
from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.i18n import N_
from migdesk.rules.procedure import Procedure
from migdesk.services import case_answers
from migdesk.services.desk import Desk
from migdesk.store import watches as shelf

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


def check_days(answers: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the days of a watch."""
    since, until = answers.get(WATCHED_FROM), answers.get(WATCHED_UNTIL)
    if isinstance(since, date) and isinstance(until, date) and until < since:
        message = N_("The last day is before the first, {day}.")
        return [block("before_start", message, f"details.{WATCHED_UNTIL}", day=show_day(since))]
    return []


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
    watch = _open_watch(desk, key)
    check = tidied(replace(check, case=watch.case.uid, day=check.day or desk.today))
    check = check if check.by else replace(check, by=desk.signer.name)
    findings = check_check(desk, check, watch)
    refuse_if_blocked(findings)
    with desk.write(Op.CHECK_CASE) as tx:
        saved = tx.put(check)
    return Done(saved, tx.changes, tuple(findings))


def correct_check(desk: Desk, check: CaseCheck) -> Done[CaseCheck]:
    """Other words of a check that was entered; the old ones stay in the journal.

    Raises:
        Refused: it tells of a prolongation, which a later one follows instead.
        Invalid: the day contradicts.
        Stale: it was changed since it was read.
    """
    watch, was = watch_of(desk, desk.store.get(Case, check.case or "")), desk.store.get(CaseCheck, check.uid)
    if watch is None or was.outcome is CheckOutcome.PROLONGED:
        raise Refused([block("not_watched", _NOT_WATCHED, "case")])
    check = tidied(check)
    findings = check_check(desk, check, watch)
    refuse_if_blocked(findings)
    with desk.write(Op.CORRECT_CHECK) as tx:
        saved = tx.put(check)
    return Done(saved, tx.changes, tuple(findings))


def annul_check(desk: Desk, uid: str, why: str) -> Done[CaseCheck]:
    """Nobody was checked then after all.

    Raises:
        NotFound: no such check.
        Invalid: no reason is given.
    """
    if not why.strip():
        raise Invalid([block("missing", N_("Say why it is annulled."), "annulled_why")])
    held = desk.store.get(CaseCheck, uid)
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
        Invalid: the new day is not after the old one.
    """
    watch = _open_watch(desk, key)
    if until <= watch.until:
        message = N_("It lasts until {day} already.")
        refuse_if_blocked([block("before_start", message, "until", day=show_day(watch.until))])
    service = desk.get_procedure(watch.case.service, watch.case.applied_on or desk.today)
    told = " → ".join(map(show_day, (watch.until, until)))
    note = "; ".join(part for part in (told, words.strip()) if part)
    entry = CaseCheck(
        case=watch.case.uid, day=desk.today, outcome=CheckOutcome.PROLONGED, by=desk.signer.name, note=note
    )
    with desk.write(Op.PROLONG_WATCH) as tx:
        case_answers.write_answers(tx, watch.case, service, {WATCHED_UNTIL: until})
        saved = tx.put(entry)
    return Done(saved, tx.changes)


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
