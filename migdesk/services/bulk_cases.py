"""One service for many people: a case for each of them in one op, looked at person by person before it is done.

Who cannot have a case of the service, and why, is said first; the others get theirs, and one undo takes all back.
Their papers are printed together: a file for each, and one for the printer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from migdesk.domain.case import Case
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding, Severity, block, blocking
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.rules.procedure import Procedure
from migdesk.services import cases, checks, printing_many
from migdesk.services.desk import Desk
from migdesk.services.printing_many import Together
from migdesk.services.progress import SILENT, Progress

MOST = 500
"""So many cases at most are opened in one op: more would hold up every other window."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is opened for everybody: the case without its person, and the answers they share."""

    case: Case
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One of those chosen, and what is said of a case for him."""

    person: Person
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether there will be no case for him."""
        return bool(blocking(self.findings))

    @property
    def words(self) -> str:
        """What stands against it or is odd, in one line."""
        return " ".join(one.words() for one in self.findings if one.severity is not Severity.NOTE)


def services(desk: Desk) -> list[Procedure]:
    """The services that somebody may have alone, those with a paper to print first."""
    known = (desk.find_procedure(one.code, desk.today) for one in desk.procedures)
    alone = {one.code: one for one in known if one and one.applicant == "person"}
    return sorted(alone.values(), key=lambda one: (not one.forms, one.code))


def plan(desk: Desk, order: Order, persons: Iterable[str], progress: Progress = SILENT) -> list[Line]:
    """What would become of each person; writes nothing. Who has an open case of the service gets no second one.

    Raises:
        NotFound: no such person, or the service did not exist on the day of filing.
        Invalid: too many at once.
        Cancelled: the operator stopped it.
    """
    wanted = list(dict.fromkeys(persons))
    if len(wanted) > MOST:
        message = N_("At most {most} people at once; {n} are chosen.")
        raise Invalid([block("too_many", message, None, most=MOST, n=len(wanted))])
    found = []
    for done, uid in enumerate(wanted, start=1):
        progress.step(done, len(wanted))
        told = cases.check_case(desk, _for(order, uid), [uid], order.answers)
        found.append(Line(desk.store.get(Person, uid), tuple(map(_stricter, told))))
    return found


def _stricter(told: Finding) -> Finding:
    """A second open case is odd where somebody looks at it, and a slip in a long list."""
    return replace(told, severity=Severity.BLOCK) if told.code == "open_already" else told


def _for(order: Order, uid: str) -> Case:
    return replace(order.case, person=uid, persons=1)


def apply(desk: Desk, order: Order, lines: Sequence[Line]) -> Done[list[Case]]:
    """Open the cases of all who are not refused, in one op that one undo takes back.

    Raises:
        Invalid: nobody is left for whom a case can be opened, now or when it was looked at again.
    """
    good = [one.person.uid for one in lines if not one.refused]
    again = plan(desk, order, good)
    refused = [told for one in (again if good else lines) for told in blocking(one.findings)]
    if refused or not good:
        message = N_("For none of these people a case can be opened.")
        raise Invalid([*([] if good else [block("nobody", message, None)]), *refused])
    filed = order.case.applied_on or desk.today
    procedure = desk.get_procedure(order.case.service, filed)
    due = checks.find_due(desk, procedure.term, filed) if procedure.term else None
    with desk.write(Op.OPEN_CASES) as tx:
        made = [
            cases.write_opened(desk, tx, replace(_for(order, uid), due_on=due), [uid], order.answers)
            for uid in good
        ]
    return Done(made, tx.changes)


def print_all(
    desk: Desk, made: Sequence[Case], form: str, target: Path, *, folder: Path | None = None, lang: str = ""
) -> Done[Together]:
    """The paper of each of these cases: all in one file for the printer, and in a folder one file for each.

    Raises:
        NotFound: no such form.
        Refused: the form is of another service.
        Invalid: a text does not fit.
        BadFile: a file cannot be written.
    """
    uids = [one.uid for one in made]
    return printing_many.print_together(desk, form, uids, target, lang=lang, folder=folder)
