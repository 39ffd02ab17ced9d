"""Decisions: what granting, extending, ending or refusing does to a case, its permits and its quota units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.case import Case, CaseState
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, block
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person
from migdesk.domain.quota import Reservation, ReservationState, Stream
from migdesk.i18n import N_
from migdesk.rules.law import MRP, NotInForce
from migdesk.rules.procedure import Procedure
from migdesk.services import checks, dependants, permits, quotas
from migdesk.services.desk import Desk
from migdesk.services.members import persons_of
from migdesk.store.writer import Tx


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision as the clerk gives it: code, day, protocol of the commission and its day, codes of grounds."""

    code: str
    on: date | None = None
    protocol: str = ""
    protocol_on: date | None = None
    grounds: tuple[str, ...] = ()
    valid_until: date | None = None


def check_permits(desk: Desk, case: Case, procedure: Procedure, verdict: Verdict) -> list[Finding]:
    """What is wrong or odd about the permits that a grant or an extension would make, and whom a change touches."""
    if verdict.code in ("extend", "terminate"):
        checked = _check_extensions(desk, case, procedure, verdict) if verdict.code == "extend" else []
        return [*checked, *_others_touched(desk, case, procedure)]
    if verdict.code != "grant" or procedure.permit is None:
        return []
    found: list[Finding] = []
    for draft in _drafts(desk, case, procedure, verdict):
        found += [one for one in permits.check_permit(desk, draft) if one not in found]
    return found


def _others_touched(desk: Desk, case: Case, procedure: Procedure) -> list[Finding]:
    """Permits of people who are not of the case and whom the change of its permits touches."""
    people = persons_of(desk, case)
    uids = {person.uid for person in people}
    held = [permit for person in people if (permit := _last_permit(desk, person, procedure))]
    touched = {one.permit.uid: one for old in held for one in dependants.of_permit(desk, old, uids)}
    return [one.as_finding() for one in touched.values()]


def _check_extensions(desk: Desk, case: Case, procedure: Procedure, verdict: Verdict) -> list[Finding]:
    """The window of filing and the new end, for everybody who has a permit to extend."""
    filed = case.applied_on or desk.today
    found: list[Finding] = []
    for person in persons_of(desk, case):
        old = _last_permit(desk, person, procedure)
        for one in permits.check_extension(desk, old, verdict.valid_until, filed) if old else ():
            told = replace(one, field="valid_until") if one.field == "until" else one
            found += [told] if told not in found else []
    return found


def _drafts(desk: Desk, case: Case, procedure: Procedure, verdict: Verdict) -> list[Permit]:
    """A permit for each person of the case, from the day of the decision."""
    until = _valid_until(desk, procedure, verdict, verdict.on)
    return [
        Permit(
            person=person.uid,
            kind=procedure.permit or "",
            category=case.category,
            employer=case.party,
            region=case.region,
            applied_on=case.applied_on,
            granted_on=verdict.on,
            valid_from=verdict.on,
            valid_until=until,
            case=case.uid,
        )
        for person in persons_of(desk, case)
    ]


def used_law(desk: Desk, case: Case, procedure: Procedure, verdict: Verdict) -> list[dict[str, object]]:
    """The figures of law a decision rests on: the term it was due in, the term it gives, the fee and the limit."""
    decision = procedure.decision(verdict.code)
    filed, decided = case.applied_on or desk.today, verdict.on or desk.today
    named = [
        (procedure.term, filed),
        (decision.term if decision and not verdict.valid_until else None, decided),
        *((procedure.fee, filed), (MRP if procedure.fee else None, filed)),
    ]
    found = []
    for code, on in named:
        try:
            found += [desk.law.quote(code, on)] if code else []
        except NotInForce:
            continue
    if procedure.quota is None:
        return found
    pot = quotas.Pot(Stream(procedure.quota), case.region or desk.office.region, decided.year, case.category)
    return [*found, *quotas.quote_limit(desk, pot, decided)]


def _decided(case: Case, verdict: Verdict) -> Case:
    return replace(
        case,
        state=OUTCOMES[verdict.code],
        decided_on=verdict.on,
        protocol=verdict.protocol,
        protocol_on=verdict.protocol_on,
        grounds=" ".join(verdict.grounds),
    )


def _grant(desk: Desk, tx: Tx, case: Case, procedure: Procedure, verdict: Verdict) -> Case:
    unit = _use_units(desk, tx, case, procedure)
    decided = _decided(case, verdict)
    if procedure.permit is None:
        return replace(decided, reservation=unit.uid if unit else case.reservation)
    first, *others = _drafts(desk, case, procedure, verdict)
    principal = permits.write_granted(desk, tx, first)
    for draft in others:
        permits.write_granted(desk, tx, replace(draft, principal=principal.uid))
    return replace(decided, certificate=case.certificate or principal.number)


def _extend(desk: Desk, tx: Tx, case: Case, procedure: Procedure, verdict: Verdict) -> Case:
    principal: Permit | None = None
    for old in _last_permits(desk, case, procedure):
        longer = replace(
            old,
            applied_on=case.applied_on,
            granted_on=verdict.on,
            valid_until=_valid_until(desk, procedure, verdict, old.valid_until),
            case=case.uid,
            principal=principal.uid if principal else None,
        )
        made = permits.write_extended(desk, tx, old, longer)
        principal = principal or made
    return replace(_decided(case, verdict), certificate=principal.number if principal else "")


def _terminate(desk: Desk, tx: Tx, case: Case, procedure: Procedure, verdict: Verdict) -> Case:
    for permit in _last_permits(desk, case, procedure):
        permits.write_revoked(desk, tx, permit, " ".join(verdict.grounds), verdict.on or desk.today)
    return _decided(case, verdict)


def _refuse(desk: Desk, tx: Tx, case: Case, procedure: Procedure, verdict: Verdict) -> Case:
    held = desk.store.find(Reservation, case.reservation) if case.reservation else None
    if held and held.state is ReservationState.HELD:
        quotas.let_go(desk, tx, held, "refused")
    return _decided(case, verdict)


CARRY_OUT: dict[str, Callable[[Desk, Tx, Case, Procedure, Verdict], Case]] = {
    "grant": _grant,
    "extend": _extend,
    "terminate": _terminate,
    "refuse": _refuse,
    "refuse_filing": _refuse,
}
"""What each decision of a public service does; `rules.procedure.DECISIONS` are all there are."""

OUTCOMES: dict[str, CaseState] = {
    "grant": CaseState.GRANTED,
    "extend": CaseState.GRANTED,
    "terminate": CaseState.TERMINATED,
    "refuse": CaseState.REFUSED,
    "refuse_filing": CaseState.REFUSED,
}
"""Where each decision leaves the case."""

FAVOURABLE = ("grant", "extend")
"""Decisions that need every paper; the others name a legal ground instead."""


def _last_permits(desk: Desk, case: Case, procedure: Procedure) -> list[Permit]:
    """The granted permit of each person of a case that is to be extended or ended.

    Raises:
        Refused: somebody has none.
    """
    found = []
    for person in persons_of(desk, case):
        held = _last_permit(desk, person, procedure)
        if held is None:
            message = N_("{name} has no permit that could be extended or ended.")
            raise Refused([block("permit.none", message, "members", name=person.full_name)])
        found.append(held)
    return found


def _last_permit(desk: Desk, person: Person, procedure: Procedure) -> Permit | None:
    held = desk.store.live(
        Permit,
        person=person.uid,
        kind=procedure.permit or "",
        state=PermitState.GRANTED,
        order="valid_until DESC, id DESC",
    )
    return held[0] if held else None


def _use_units(desk: Desk, tx: Tx, case: Case, procedure: Procedure) -> Reservation | None:
    """A unit for each person of a service that only includes in a quota; a permit takes its unit when written."""
    if procedure.quota is None or procedure.permit:
        return None
    held = desk.store.find(Reservation, case.reservation) if case.reservation else None
    if held is None or held.state is not ReservationState.HELD:
        pot = quotas.Pot(Stream(procedure.quota), case.region, desk.today.year, case.category)
        held = quotas.hold(desk, tx, pot, len(persons_of(desk, case)), person=case.person, reason=case.number)
    return quotas.use(desk, tx, held)


def _valid_until(desk: Desk, procedure: Procedure, verdict: Verdict, start: date | None) -> date | None:
    """The end the clerk named, else the end of the decision's term as the law of that day counts it."""
    decision = procedure.decision(verdict.code)
    if verdict.valid_until or start is None or decision is None or decision.term is None:
        return verdict.valid_until
    return checks.find_due(desk, decision.term, start)
