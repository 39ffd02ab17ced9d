"""How long a permit may last: the end that was asked for, cut by the document, the contract and other caps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, note, warn
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.i18n import N_, pick
from migdesk.rules.law import NotInForce
from migdesk.rules.procedure import REPLACE
from migdesk.rules.procedure_file import DOCUMENT, FIELD, MONTHS, TERM, YEARS
from migdesk.services import checks
from migdesk.services.facts import case_answers
from migdesk.services.facts.permit_service import first_of
from migdesk.services.matter import Matter
from migdesk.store import people as shelf

_CUT = N_("The permit of {name} ends on {day}, not on {asked}: “{label}” ends then.")
_SET = N_("The permit of {name} ends on {day}: “{label}” ends then.")
_COUNTED_CUT = N_("The permit of {name} ends on {day}, not on {asked}. {label}: {n}.")
_COUNTED = N_("The permit of {name} ends on {day}. {label}: {n}.")
_OPEN = N_("The file of {name} names no end of a travel document: the permit is not capped by it.")


@dataclass(frozen=True, slots=True)
class Cap:
    """A day after which a permit may not last, its label, and the number it was counted by."""

    day: date
    label: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a permit, the cap that decided it, and what was asked for instead."""

    day: date | None
    cap: Cap | None = None
    asked: date | None = None
    unknown: bool = False


def end_of(matter: Matter, person: Person, asked: date | None, old: Permit | None = None) -> End:
    """The earliest of what was asked for and every cap of the decision; `unknown` when a document has no end.

    Months and years are counted from the day of the decision, those of an extension from the end of the `old` permit;
    a term of the law from the first permit of the chain.
    """
    desk = matter.desk
    found = list(_counted(matter, old))
    unknown = False
    if DOCUMENT in matter.decision.caps:
        documents = shelf.documents_of(desk.store, person.uid, desk.today)
        end = documents[0].expires_on if documents else None
        unknown = end is None
        found += [Cap(end, N_("Travel document"))] if end else []
    first = min(found, key=lambda cap: cap.day, default=None)
    if first is None or (asked and asked <= first.day):
        return End(asked, unknown=unknown)
    return End(first.day, first, asked, unknown)


def _counted(matter: Matter, old: Permit | None) -> Iterator[Cap]:
    """The caps that the answers of the case and the terms of the law give."""
    answers = case_answers.answers_of(matter.desk.store, matter.case, matter.service)
    for one in matter.decision.caps:
        if matter.decision.does == REPLACE and not one.startswith(FIELD):
            continue  # it ends with the permit it takes the place of
        if one.startswith(TERM):
            yield from _by_law(matter, one.removeprefix(TERM), old)
        elif one != DOCUMENT:
            kind, _colon, key = one.partition(":")
            yield from _answered(matter, f"{kind}:", key, answers, old)


def _answered(
    matter: Matter, kind: str, key: str, answers: Mapping[str, Any], old: Permit | None
) -> Iterator[Cap]:
    field, answer = matter.service.field(key), answers.get(key)
    if field is None:
        return
    if kind == FIELD and isinstance(answer, date):
        yield Cap(answer, field.field.label)
    start = old.valid_until if old else matter.day
    if kind in (MONTHS, YEARS) and isinstance(answer, int) and start:
        months = answer * (12 if kind == YEARS else 1)
        yield Cap(matter.desk.law.calendar.add_months(start, months).due, field.field.label, answer)


def _by_law(matter: Matter, code: str, old: Permit | None) -> Iterator[Cap]:
    start = first_of(matter.desk, old).valid_from if old else matter.day
    due = checks.find_due(matter.desk, code, start) if start else None
    if start is None or due is None:
        return
    try:
        term = matter.desk.law.term(code, start)
    except NotInForce:
        return
    yield Cap(due, pick(term.title), term.length)


def findings_of(person: Person, end: End) -> list[Finding]:
    """What a clerk is told of the end of one permit: which cap decided it, or that a cap is not known."""
    found: list[Finding] = []
    if end.cap:
        values = {"name": person.full_name, "day": show_day(end.day), "label": end.cap.label}
        if end.cap.n is not None:
            values["n"] = str(end.cap.n)
        if end.asked:
            message = _CUT if end.cap.n is None else _COUNTED_CUT
            found.append(warn("capped", message, "valid_until", asked=show_day(end.asked), **values))
        elif end.cap.n is None:
            found.append(warn("capped", _SET, "valid_until", **values))
        else:
            found.append(note("capped", _COUNTED, "valid_until", **values))
    if end.unknown:
        found.append(warn("cap_unknown", _OPEN, "valid_until", name=person.full_name))
    return found
