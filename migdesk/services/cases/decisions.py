"""Decisions: what granting, extending, replacing, ending or refusing does to a case, its permits and its quota."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from migdesk.domain.case import Case, CaseState
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, block
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person
from migdesk.domain.quota import Reservation, ReservationState, Stream
from migdesk.i18n import N_
from migdesk.rules.law import MRP, NotInForce
from migdesk.rules.procedure import (
    AGAINST,
    EXTEND,
    GRANT,
    REFUSE,
    REFUSE_FILING,
    REPLACE,
    TERMINATE,
    WITHDRAW,
)
from migdesk.services import checks, work_regions
from migdesk.services.cases import caps
from migdesk.services.cases.caps import End
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.facts.appeal_terms import appeal_day
from migdesk.services.facts.members import is_of_party, persons_of
from migdesk.services.facts.permit_service import entered_number, last_granted, term_of
from migdesk.services.matter import Matter
from migdesk.services.permits import dependants, permits
from migdesk.services.permits.replacing import write_replaced
from migdesk.services.quotas import quotas
from migdesk.store.writer import Tx

_TOUCHING = (EXTEND, REPLACE, TERMINATE)
"""Decisions that change a permit others may rest on."""

REPLACES = "replaces"
"""The key of the field that names the number of the permit that another one takes the place of."""


def check_permits(matter: Matter) -> list[Finding]:
    """What is wrong or odd about the permits that a decision would make, and whom a change touches."""
    if matter.decision.permit is None:
        return []
    checks_of = {EXTEND: _check_extensions, REPLACE: _check_replaced, GRANT: _check_granted}
    look = checks_of.get(matter.decision.does)
    found = look(matter) if look else []
    return [*found, *(_others_touched(matter) if matter.decision.does in _TOUCHING else [])]


def _check_granted(matter: Matter) -> list[Finding]:
    """The permits that would be made, what caps each, and the consent of further regions."""
    found = work_regions.check_consent(matter.desk, matter.case, matter.service)
    for person, draft, end in _drafts(matter):
        told = [*caps.findings_of(person, end), *permits.check_permit(matter.desk, draft)]
        found += [one for one in told if one not in found]
    return found


def _check_replaced(matter: Matter) -> list[Finding]:
    """The new end of a permit that takes the place of another one."""
    found: list[Finding] = []
    for person, old in _held(matter):
        if old:
            end = caps.end_of(matter, person, matter.verdict.valid_until or old.valid_until)
            found += caps.findings_of(person, end)
    return found


def _others_touched(matter: Matter) -> list[Finding]:
    """Permits of people who are not of the case and whom the change of its permits touches."""
    pairs = _held(matter)
    uids = {person.uid for person, _old in pairs}
    held = [permit for _person, permit in pairs if permit]
    touched = {one.permit.uid: one for old in held for one in dependants.of_permit(matter.desk, old, uids)}
    return [one.as_finding() for one in touched.values()]


def _check_extensions(matter: Matter) -> list[Finding]:
    """The window of filing, the new end and what caps it, for everybody who has a permit to extend."""
    desk = matter.desk
    filed = matter.case.applied_on or desk.today
    found: list[Finding] = []
    for person, old in _held(matter):
        if old is None:
            continue
        end = caps.end_of(matter, person, _asked(matter, old), old)
        told = [
            *permits.check_extension(desk, old, end.day, filed, matter.case),
            *caps.findings_of(person, end),
        ]
        told = [replace(one, field="valid_until") if one.field == "until" else one for one in told]
        found += [one for one in told if one not in found]
    return found


def _drafts(matter: Matter) -> list[tuple[Person, Permit, End]]:
    """A permit for each person of the case, from the day of the decision."""
    case, verdict = matter.case, matter.verdict
    said: dict[str, Any] = work_regions.particulars(matter.desk, case, matter.service)
    found = []
    for person in persons_of(matter.desk, case):
        end = caps.end_of(matter, person, _asked(matter))
        draft = Permit(
            person=person.uid,
            kind=matter.decision.permit or "",
            category=case.category,
            employer=case.party,
            region=case.region,
            **said,
            applied_on=case.applied_on,
            granted_on=verdict.on,
            valid_from=verdict.on,
            valid_until=end.day,
            case=case.uid,
        )
        found.append((person, draft, end))
    return found


def used_law(matter: Matter) -> list[dict[str, object]]:
    """The figures of law a decision rests on: terms, fee, payments that become due, the appeal, and the limit."""
    desk, decision = matter.desk, matter.decision
    filed, decided = matter.case.applied_on or desk.today, matter.day
    named = [
        (matter.service.term, filed),
        (decision.term if not matter.verdict.valid_until else None, decided),
        *((decision.fee, filed), (MRP if decision.fee else None, filed)),
        (decision.appeal_term if appeal_day(desk.law, decision, decided) else None, decided),
    ]
    found = [told for code, on in named if code for told in _quoted(desk, code, on)]
    for code in decision.payments:
        found += [{**one, "becomes": "due"} for one in _quoted(desk, code, decided)]
    if decision.quota is None:
        return found
    region = matter.case.region or desk.office.region
    pot = quotas.Pot(Stream(decision.quota), region, decided.year, matter.case.category)
    return [*found, *quotas.quote_limit(desk, pot, decided)]


def _quoted(desk: Desk, code: str, on: date) -> list[dict[str, object]]:
    try:
        return [desk.law.quote(code, on)]
    except NotInForce:
        return []


def appeal_until(matter: Matter) -> date | None:
    """The last day of an appeal against the decision; nothing where it goes in favour, or no term is known."""
    if matter.decision.does not in AGAINST:
        return None
    return matter.verdict.appeal_until or appeal_day(matter.desk.law, matter.decision, matter.day)


def _decided(matter: Matter) -> Case:
    verdict = matter.verdict
    return replace(
        matter.case,
        state=OUTCOMES[matter.decision.does],
        decision=verdict.code,
        decided_on=verdict.on,
        protocol=verdict.protocol,
        protocol_on=verdict.protocol_on,
        grounds=" ".join(verdict.grounds),
        circumstances=verdict.words.strip(),
        appeal_until=appeal_until(matter),
        appealed_on=None,
    )


def _grant(matter: Matter, tx: Tx) -> Case:
    case, desk = matter.case, matter.desk
    unit = _use_units(matter, tx)
    decided = _decided(matter)
    if matter.decision.permit is None:
        return replace(decided, reservation=unit.uid if unit else case.reservation)
    people, drafts, _ends = zip(*_drafts(matter), strict=True)
    beside = _pots_beside(matter, drafts)
    _refuse_short(matter, drafts, beside)
    principal: Permit | None = None
    for person, draft, pots in zip(people, drafts, beside, strict=True):
        rests = principal.uid if principal and not is_of_party(desk, case) else None
        number = entered_number(desk, tx, principal if rests else None, person, matter.day)
        made = permits.write_granted(desk, tx, replace(draft, principal=rests, number=number))
        work_regions.take_further(desk, tx, made, pots)
        principal = principal or made
    assert principal
    return replace(decided, certificate=case.certificate or principal.number)


def _pots_beside(matter: Matter, drafts: Iterable[Permit]) -> list[list[quotas.Pot]]:
    """For each permit the pots of the further regions in which it holds, none for one outside the quota."""
    regions = work_regions.further_regions(matter.desk, matter.case, matter.service)
    found = []
    for draft in drafts:
        own = permits.pot_of(matter.desk, draft)
        found.append([replace(own, region=one, activity="", country="") for one in regions] if own else [])
    return found


def _refuse_short(matter: Matter, drafts: Sequence[Permit], beside: Sequence[list[quotas.Pot]]) -> None:
    """Several permits, or one for several regions: the units are counted together before any is taken.

    Raises:
        Refused: a pot has fewer.
    """
    if len(drafts) == 1 and not beside[0]:
        return
    own = (permits.pot_of(matter.desk, draft) for draft in drafts)
    further = (pot for pots in beside for pot in pots)
    pots = [pot for pot in (*own, *further) if pot]
    work_regions.refuse_short(matter.desk, pots, matter.day)


def _extend(matter: Matter, tx: Tx) -> Case:
    principal: Permit | None = None
    for person, old in _all_held(matter):
        longer = replace(
            old,
            applied_on=matter.case.applied_on,
            granted_on=matter.verdict.on,
            valid_until=caps.end_of(matter, person, _asked(matter, old), old).day,
            case=matter.case.uid,
            principal=principal.uid if principal and not is_of_party(matter.desk, matter.case) else None,
            number=entered_number(matter.desk, tx, principal, person, matter.day),
        )
        made = permits.write_extended(matter.desk, tx, old, longer)
        principal = principal or made
    return replace(_decided(matter), certificate=principal.number if principal else "")


def _replace(matter: Matter, tx: Tx) -> Case:
    """A new permit from the day of the decision; the old one ends with it and leaves it its quota unit."""
    principal: Permit | None = None
    case = matter.case
    for person, old in _all_held(matter):
        new = replace(
            old,
            person=person.uid,
            employer=case.party or old.employer,
            category=case.category or old.category,
            applied_on=case.applied_on,
            granted_on=matter.day,
            valid_until=caps.end_of(matter, person, matter.verdict.valid_until or old.valid_until).day,
            case=case.uid,
            principal=principal.uid if principal and not is_of_party(matter.desk, case) else old.principal,
        )
        made = write_replaced(matter.desk, tx, old, new)
        principal = principal or made
    return replace(_decided(matter), certificate=principal.number if principal else "")


def _terminate(matter: Matter, tx: Tx) -> Case:
    for _person, permit in _all_held(matter) if matter.decision.permit else ():
        permits.write_revoked(matter.desk, tx, permit, " ".join(matter.verdict.grounds), matter.day)
    return _decided(matter)


def _refuse(matter: Matter, tx: Tx) -> Case:
    case, desk = matter.case, matter.desk
    held = desk.store.find(Reservation, case.reservation) if case.reservation else None
    if held and held.state is ReservationState.HELD:
        quotas.let_go(desk, tx, held, "refused")
    return _decided(matter)


CARRY_OUT: dict[str, Callable[[Matter, Tx], Case]] = {
    GRANT: _grant,
    EXTEND: _extend,
    REPLACE: _replace,
    TERMINATE: _terminate,
    REFUSE: _refuse,
    REFUSE_FILING: _refuse,
    WITHDRAW: _refuse,
}
"""What each decision of a public service does; `rules.procedure.BEHAVIOURS` are all there are."""

OUTCOMES: dict[str, CaseState] = {
    GRANT: CaseState.GRANTED,
    EXTEND: CaseState.GRANTED,
    REPLACE: CaseState.GRANTED,
    TERMINATE: CaseState.TERMINATED,
    REFUSE: CaseState.REFUSED,
    REFUSE_FILING: CaseState.REFUSED,
    WITHDRAW: CaseState.WITHDRAWN,
}
"""Where each decision leaves the case."""


def _all_held(matter: Matter) -> list[tuple[Person, Permit]]:
    """The granted permit of each person of a case that is to be extended, replaced or ended.

    Raises:
        Refused: somebody has none.
    """
    found = []
    for person, held in _held(matter):
        if held is None:
            message = N_("{name} has no permit that could be extended, replaced or ended.")
            raise Refused([block("permit.none", message, "members", name=person.full_name)])
        found.append((person, held))
    return found


def _held(matter: Matter) -> list[tuple[Person, Permit | None]]:
    """What each person of the case holds of the kind; of a replacement that names a number, the permit with it."""
    desk, kind = matter.desk, matter.decision.permit or ""
    people = persons_of(desk, matter.case)
    if matter.decision.does == REPLACE and matter.service.field(REPLACES):
        answers = case_answers.answers_of(desk.store, matter.case, matter.service)
        if number := str(answers.get(REPLACES, "")).strip():
            named = desk.store.live(Permit, number=number, kind=kind, state=PermitState.GRANTED)
            return [(person, next(iter(named), None)) for person in people[:1]]
    return [(person, last_granted(desk, person.uid, kind)) for person in people]


def _use_units(matter: Matter, tx: Tx) -> Reservation | None:
    """A unit for each person of a service that only includes in a quota; a permit takes its unit when written."""
    desk, case, decision = matter.desk, matter.case, matter.decision
    if decision.quota is None or decision.permit:
        return None
    pot = quotas.Pot(Stream(decision.quota), case.region, matter.day.year, case.category)
    units, unit, why = len(persons_of(desk, case)), case.reservation, case.number
    return quotas.take(desk, tx, quotas.Hold(pot, units, case.person, why, matter.day), unit)


def _asked(matter: Matter, old: Permit | None = None) -> date | None:
    """The end the clerk named, else that of the term of the decision or of the category, as the law counts it."""
    decision, start = matter.decision, old.valid_until if old else matter.verdict.on
    category = old.category if old else matter.case.category
    kind = decision.permit or ""
    term = decision.term or term_of(matter.desk, kind, category, extends=old is not None)
    if matter.verdict.valid_until or start is None or term is None:
        return matter.verdict.valid_until
    return checks.find_due(matter.desk, term, start)
