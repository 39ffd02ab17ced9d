"""Which papers belong to a case: the data of the services name the forms of each, and those of each decision.

A form that no service names, such as a slip, is for every case.
"""

from __future__ import annotations

from collections.abc import Iterable

from migdesk.domain.case import Case, CaseState
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, block
from migdesk.i18n import N_, pick
from migdesk.services import certificates
from migdesk.services.desk import Desk


def services_of(desk: Desk, form: str) -> list[str]:
    """Codes of the services that print a form; none where it is for every case."""
    return [one.code for one in desk.procedures if form in one.all_forms()]


def forms_of(desk: Desk, case: Case) -> list[str]:
    """Forms of a case by its service, the next one first: of its decision once it is made, of its filing."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today)
    if service is None:
        return []
    made = service.decision(case.decision) if case.state is not CaseState.OPEN else None
    decisions = (made,) if made else service.decisions
    decided = list(dict.fromkeys(form for one in decisions for form in one.forms))
    filed = list(service.forms)
    return [*filed, *decided] if case.state is CaseState.OPEN else [*decided, *filed]


def refuse_other(desk: Desk, form: str, case: Case, *, of_decision: bool = False) -> None:
    """A paper of one service is not printed for a case of another, nor that of one decision for another.

    Raises:
        Refused: says of which services the paper is, that the case is not decided, or which decision it has.
    """
    known = services_of(desk, form)
    if known and case.service not in known:
        raise Refused([_other_service(desk, known, case), *lacking_papers(desk, case)])
    if of_decision:
        _refuse_undecided(case)
    if not known or form in forms_of(desk, case):
        return
    service = desk.find_procedure(case.service, case.applied_on or desk.today)
    made = service.decision(case.decision) if service else None
    message = N_("This paper is of another decision: case {number} ended with “{decision}”.")
    title = pick(made.title) if made else case.decision or "—"
    raise Refused([block("other_decision", message, "decision", number=case.number, decision=title)])


def _other_service(desk: Desk, known: Iterable[str], case: Case) -> Finding:
    titles = {one.code: pick(one.title) for one in desk.procedures}
    message = N_("This paper belongs to: {known}. Case {number} is of another service: {own}.")
    names = "; ".join(titles[one] for one in dict.fromkeys(known))
    own = titles.get(case.service, case.service)
    return block("other_service", message, "service", known=names, number=case.number, own=own)


def _refuse_undecided(case: Case) -> None:
    """A paper of a decision is for one that was made; no form of an ended status is known."""
    if case.state is CaseState.OPEN:
        raise Refused([block("not_decided", N_("This case is not decided yet."), "state")])
    if case.state is CaseState.TERMINATED:
        message = N_("This paper is for a grant, an extension or a refusal: the status was terminated.")
        raise Refused([block("terminated", message, "state")])


def lacking_papers(desk: Desk, case: Case) -> list[Finding]:
    """What is said where the permits of a case would be printed and the program has no paper of them."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today)
    kinds = dict.fromkeys(one.permit for one in service.decisions if one.permit) if service else {}
    return [told for kind in kinds if (told := certificates.lacking_of(desk, kind))]
