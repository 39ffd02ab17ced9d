"""Applications that do not stop the stay clock: what waits for a decision while the stay runs out.

No act was read by which an application that is not decided prolongs a stay; the term of the service says only until
when the answer is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from migdesk.domain.arrival import StayBasis
from migdesk.domain.case import CaseState
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.permit import PermitState
from migdesk.i18n import N_
from migdesk.rules.stay_question import StayJudgement
from migdesk.services import stay_ends
from migdesk.services.lists import read_list
from migdesk.services.people.people import PersonFile


@dataclass(frozen=True, slots=True)
class Pending:
    """An application whose grant would be a ground of stay: its number, and when its decision is due."""

    number: str
    due: date | None


def remarks(file: PersonFile, stay: StayJudgement, day: date) -> Iterator[Finding]:
    """That the stay runs on, or ran out, while an application waits; grave when it ended before the decision."""
    last = stay.last_lawful_day
    if last is None:
        return
    for one in pending(file, day):
        values = {"number": one.number, "day": show_day(last), "due": show_day(one.due) or "—"}
        if last < day:
            message = N_("The application {number} does not stop the stay clock: the stay ended on {day}.")
            yield block("status.pending", message, "cases", **values)
        elif one.due is None or last < one.due:
            message = N_(
                "The application {number} does not stop the stay clock: the stay ends on {day},"
                " the decision is due on {due}."
            )
            yield warn("status.pending", message, "cases", **values)
        else:
            message = N_(
                "The application {number} does not stop the stay clock; its decision is due on {due},"
                " before the stay ends on {day}."
            )
            yield note("status.pending", message, "cases", **values)


def pending(file: PersonFile, day: date) -> Iterator[Pending]:
    """Open applications, filed by a day, for what would be a ground of stay."""
    services = _services()
    for case in file.cases:
        filed = case.applied_on is None or case.applied_on <= day
        if case.state is CaseState.OPEN and case.service in services and filed:
            yield Pending(case.number, case.due_on)
    for permit in file.permits:
        gives = read_list(stay_ends.KINDS).get(permit.kind)
        if permit.state is PermitState.APPLIED and gives and gives.more.get("stay") and not permit.case:
            yield Pending(permit.number, None)


def _services() -> frozenset[str]:
    """Services that give or extend a permit which is a ground of stay."""
    found = set[str]()
    for kind in read_list(stay_ends.KINDS).values():
        if kind.more.get("stay") and kind.more["stay"] != StayBasis.CITIZEN:
            found |= {kind.more.get("service", ""), kind.more.get("extension", "")}
    return frozenset(found - {""})
