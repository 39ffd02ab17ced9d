"""Entry bans that the office keeps: who may not enter on a day, asked behind every door by which people come in.

A ban is a granted case of the service `entry_ban` with its first and last day and its act; it holds until its last
day or until the case is ended. What is said of it, and whether it stops a registration, stands in the packs
(`entry_ban.in_force`, `entry_ban.likely`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from migdesk.domain.case import Case, CaseDetail, CaseState
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, Severity
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.stay_facts import SHORTENED
from migdesk.rules.pack import JudgedOn
from migdesk.services import checks
from migdesk.services.desk import LAW, Desk
from migdesk.services.people import people
from migdesk.services.shortened import Cut, of_cases

SERVICE, TERM = "entry_ban", "entry_ban.longest"
SURE, LIKELY = "sure", "likely"
"""How far the person who comes is the one of the ban: his own file, or a file that may be his."""
_OF_CASES = (Case.table, CaseDetail.table)
_OF_BANS = (*_OF_CASES, *LAW)
"""Where the law has a longest term, a ban without a last day ends by it."""


@dataclass(frozen=True, slots=True)
class Ban:
    """One ban as it was written down; without a last day when the law has no term for it."""

    person: str
    case: str
    number: str
    since: date
    until: date | None
    act: str

    def holds_on(self, day: date) -> bool:
        """Whether the person may not enter on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def bans_of(desk: Desk, person: str, on: date) -> list[Ban]:
    """The bans of one person that hold on a day, the longest first."""
    held = [one for one in _roll(desk).get(person, ()) if one.holds_on(on)]
    return sorted(held, key=lambda one: one.until or date.max, reverse=True)


def facts_of(desk: Desk, person: Person, documents: Iterable[TravelDocument], on: date) -> dict[str, object]:
    """What rules may ask about the ban of somebody who comes on a day; nothing where there is none.

    Somebody who has no file yet is compared with the files of those who are banned, by the one matching of people.
    """
    if not _roll(desk):
        return {}
    if person.uid and (own := bans_of(desk, person.uid, on)):
        return _said(own[0], SURE, person)
    if person.uid:
        return {}
    for likely in people.likely_same(desk, person, tuple(documents)):
        if held := bans_of(desk, likely.person.uid, on):
            return _said(held[0], LIKELY, likely.person)
    return {}


def check_entry(desk: Desk, person: str, on: date) -> list[Finding]:
    """What the law says when somebody of the register enters again on a day; the same words as at an arrival."""
    known = desk.store.find(Person, person)
    facts = facts_of(desk, known, (), on) if known else {}
    return desk.law.check(facts, {JudgedOn.EVENT: on}) if facts else []


def remark_entry(desk: Desk, person: str, on: date) -> list[Finding]:
    """As `check_entry`, of a crossing that the border tells of: it happened, so it is remarked and never refused."""
    return [replace(one, severity=Severity.WARN, field="entered_on") for one in check_entry(desk, person, on)]


def about(desk: Desk, person: str, day: date, *, here: bool) -> list[Finding]:
    """What the standing of a person says of bans and of a stay that was shortened; nothing for most people."""
    found = remark_entry(desk, person, day) if _roll(desk) else []
    if not here:
        return found
    for case, leave_by in _shortened(desk).get(person, ()):
        facts = {"shortened_act": case.number, "shortened_until": show_day(leave_by)}
        found += desk.law.check(
            {**facts, "shortened_days_over": (day - leave_by).days}, {JudgedOn.EVENT: day}
        )
    return found


def cuts_of(desk: Desk, person: str) -> list[Cut]:
    """The decisions by which the stay of somebody ends earlier."""
    return of_cases(_shortened(desk).get(person, ()))


def _said(ban: Ban, how: str, person: Person) -> dict[str, object]:
    return {
        "entry_ban": how,
        "entry_ban_name": person.full_name,
        "entry_ban_until": show_day(ban.until) if ban.until else "—",
        "entry_ban_act": ban.act or ban.number,
    }


def _roll(desk: Desk) -> dict[str, list[Ban]]:
    """Bans by person."""
    return desk.keep("bans", _OF_BANS, partial(_read_bans, desk))


def _read_bans(desk: Desk) -> dict[str, list[Ban]]:
    found: dict[str, list[Ban]] = {}
    for case in desk.store.live(Case, service=SERVICE, state=CaseState.GRANTED):
        if ban := _read(desk, case):
            found.setdefault(ban.person, []).append(ban)
    return found


def _shortened(desk: Desk) -> dict[str, list[tuple[Case, date]]]:
    """Granted cases by which a stay ends earlier, with the last day to leave, by person."""
    return desk.keep("shortened stays", _OF_CASES, partial(_read_shortened, desk))


def _read_shortened(desk: Desk) -> dict[str, list[tuple[Case, date]]]:
    found: dict[str, list[tuple[Case, date]]] = {}
    for case in desk.store.live(Case, service=SHORTENED, state=CaseState.GRANTED):
        told = desk.store.live(CaseDetail, case=case.uid, key="leave_by")
        if case.person and (day := _day(told[0].value if told else "")):
            found.setdefault(case.person, []).append((case, day))
    return found


def _read(desk: Desk, case: Case) -> Ban | None:
    answers = {one.key: one.value for one in desk.store.live(CaseDetail, case=case.uid)}
    since = _day(answers.get("ban_from", ""))
    if since is None or case.person is None:
        return None
    until = _day(answers.get("ban_until", "")) or checks.find_due(desk, TERM, since)
    return Ban(case.person, case.uid, case.number, since, until, answers.get("act", ""))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
