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
from migdesk.domain.finding import Finding, Severity, block, blocking, warn
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.rules.procedure import Procedure
from migdesk.services import checks
from migdesk.services.asked_values import PLACE
from migdesk.services.cases import cases
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.papers import printing, printing_many
from migdesk.services.papers.answers import UNANSWERED as UNANSWERED
from migdesk.services.papers.answers import refuse_unanswered
from migdesk.services.papers.printing_many import Together
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
        return self.words_but("")

    def words_but(self, code: str) -> str:
        """The same without what is said of everybody and told once."""
        told = (one for one in self.findings if one.severity is not Severity.NOTE and one.code != code)
        return " ".join(one.words() for one in told)


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
    waits = unanswered(desk, order)
    for done, uid in enumerate(wanted, start=1):
        progress.step(done, len(wanted))
        told = cases.check_case(desk, _for(order, uid), [uid], order.answers)
        said = [] if blocking(told) else waits
        found.append(Line(desk.store.get(Person, uid), (*map(_stricter, told), *said)))
    return found


def unanswered(desk: Desk, order: Order) -> list[Finding]:
    """A warning that names the questions of the service for which a paper or a decision waits."""
    service = desk.find_procedure(order.case.service, order.case.applied_on or desk.today)
    lacking = case_answers.lacking(service, order.answers) if service else []
    if not lacking:
        return []
    labels, codes = "; ".join(label for label, _key in lacking), " ".join(key for _label, key in lacking)
    message = N_("Not answered yet: {labels}. The paper or the decision waits for it.")
    return [warn(UNANSWERED, message, PLACE, labels=labels, codes=codes)]


def refuse_unprintable(desk: Desk, order: Order, form: str) -> None:
    """Refuse a paper of which the shared answers leave blank what it orders; asked before any case is opened.

    Raises:
        Refused: names the questions.
    """
    refuse_unanswered(printing.get_form(form, desk.today), order.answers)


def refuse_targets(target: Path | None, folder: Path | None) -> None:
    """Look at the places of the papers before any case is opened; without a target only the folder.

    Raises:
        BadFile: one of them cannot be written.
    """
    printing_many.refuse_targets(target, folder)


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
    if not good:
        message = N_("For none of these people a case can be opened.")
        refused = [told for one in lines for told in blocking(one.findings)]
        raise Invalid([block("nobody", message, None), *refused])
    filed = order.case.applied_on or desk.today
    procedure = desk.get_procedure(order.case.service, filed)
    due = checks.find_due(desk, procedure.term, filed) if procedure.term else None

    def check() -> list[Finding]:
        return [told for one in plan(desk, order, good) for told in one.findings]

    with checked_op(desk, Op.OPEN_CASES, check) as (tx, _findings):
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
