"""Monthly reports of employers on foreign labour: who owes one, until when, and which came in.

An employer with permits in force in a month reports by its 30th (clause 78 of the rules, edition of 2022 [V]); in a
shorter month by its last day. A report is an application of the service `employer_report`; it counts for the month
that it names.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from migdesk.domain.case import Case, CaseState
from migdesk.domain.party import Party
from migdesk.domain.permit import Permit
from migdesk.rules.law import NotInForce
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.store.further_terms import permits_between

SERVICE, NEED = "employer_report", "employer_need"
MONTH, DAY, LABOUR = "month", "labour.report_day", "labour_permit"
_COUNTS = (CaseState.OPEN, CaseState.GRANTED)
MONTHS = 6


@dataclass(frozen=True, slots=True)
class ReportState:
    """The report of an employer for a month, by the first day of it: how many permits, when due, what came in."""

    party: Party
    month: date
    permits: int
    due: date
    case: Case | None

    def days_late(self, today: date) -> int:
        """Days after the due day: of the report, or until now when none came in."""
        done = (self.case.applied_on if self.case else None) or today
        return max(0, (done - self.due).days)


def due_day(desk: Desk, month: date) -> date | None:
    """The last day of the report for a month; nothing where the law of that day knows no report."""
    last = last_day_of(month)
    try:
        wanted = int(desk.law.value(DAY, last))
    except NotInForce:
        return None
    return month.replace(day=min(wanted, last.day))


def last_day_of(month: date) -> date:
    """The last day of the month of a day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def of_month(desk: Desk, month: date) -> list[ReportState]:
    """Every employer who owes a report for a month, by name, with the report where it came in."""
    due = due_day(desk, month)
    if due is None:
        return []
    first = month.replace(day=1)
    held = permits_between(desk.store, first, last_day_of(first))
    came = {
        one.party: one for one in _reports(desk, desk.store.live(Case, service=SERVICE, state=_COUNTS), first)
    }
    parties = [desk.store.get(Party, uid) for uid in held]
    return [
        ReportState(one, first, held[one.uid], due, came.get(one.uid))
        for one in sorted(parties, key=lambda one: one.name)
    ]


def of_employer(desk: Desk, party: Party) -> list[ReportState]:
    """The reports an employer owed in the last months, the newest first."""
    found, month = [], desk.today.replace(day=1)
    cases = desk.store.live(Case, service=SERVICE, party=party.uid, state=_COUNTS)
    for _ in range(MONTHS):
        due = due_day(desk, month)
        permits = permits_between(desk.store, month, last_day_of(month), party.uid).get(party.uid)
        if due and permits:
            came = next(iter(_reports(desk, cases, month)), None)
            found.append(ReportState(party, month, permits, due, came))
        month = (month - timedelta(days=1)).replace(day=1)
    return found


def speaker_of(desk: Desk, party: Party) -> str | None:
    """A worker of the employer, under whose name a case of the employer is kept; nothing where it has none."""
    held = desk.store.live(
        Permit, employer=party.uid, kind=LABOUR, order="valid_until DESC, id DESC", limit=1
    )
    return held[0].person if held else None


def _reports(desk: Desk, cases: Iterable[Case], month: date) -> list[Case]:
    """The cases that report for a month."""
    return [one for one in cases if _month_of(desk, one) == (month.year, month.month)]


def _month_of(desk: Desk, case: Case) -> tuple[int, int] | None:
    service = desk.find_procedure(SERVICE, case.applied_on or desk.today)
    day = case_answers.answers_of(desk.store, case, service).get(MONTH) if service else None
    return (day.year, day.month) if isinstance(day, date) else None
