"""How long a permit may last: the end that was asked for, cut by the document, the contract and other caps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migdesk.domain.case import Case
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, warn
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.rules.procedure import Decision, Procedure
from migdesk.rules.procedure_file import DOCUMENT, FIELD
from migdesk.services import case_answers
from migdesk.services.desk import Desk
from migdesk.store import people as shelf

_CUT = N_("The permit of {name} ends on {day}, not on {asked}: “{label}” ends then.")
_SET = N_("The permit of {name} ends on {day}: “{label}” ends then.")
_OPEN = N_("The file of {name} names no end of a travel document: the permit is not capped by it.")


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a permit, the English label of the cap that decided it, and what was asked for instead."""

    day: date | None
    cap: str = ""
    asked: date | None = None
    unknown: bool = False


def end_of(
    desk: Desk, case: Case, service: Procedure, decision: Decision, person: Person, asked: date | None
) -> End:
    """The earliest of what was asked for and every cap of the decision; `unknown` when a document has no end."""
    caps: list[tuple[date, str]] = []
    unknown = False
    answers = case_answers.answers_of(desk.store, case, service)
    for one in decision.caps:
        if one == DOCUMENT:
            documents = shelf.documents_of(desk.store, person.uid, desk.today)
            end = documents[0].expires_on if documents else None
            unknown = end is None
            caps += [(end, N_("Travel document"))] if end else []
            continue
        field = service.field(one.removeprefix(FIELD))
        day = answers.get(one.removeprefix(FIELD))
        if field and isinstance(day, date):
            caps.append((day, field.field.label))
    first = min(caps, key=lambda cap: cap[0], default=None)
    if first is None or (asked and asked <= first[0]):
        return End(asked, unknown=unknown)
    return End(first[0], first[1], asked, unknown)


def findings_of(person: Person, end: End) -> list[Finding]:
    """What a clerk is told of the end of one permit: which cap decided it, or that a cap is not known."""
    found: list[Finding] = []
    if end.cap:
        values = {"name": person.full_name, "day": show_day(end.day), "label": end.cap}
        if end.asked:
            found.append(warn("capped", _CUT, "valid_until", asked=show_day(end.asked), **values))
        else:
            found.append(warn("capped", _SET, "valid_until", **values))
    if end.unknown:
        found.append(warn("cap_unknown", _OPEN, "valid_until", name=person.full_name))
    return found
