"""Permits: issue against a quota unit, extend, revoke."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.permit import TRANSITIONS, Permit, PermitState
from migdesk.domain.quota import Reservation, ReservationState, Stream
from migdesk.domain.record import missing
from migdesk.i18n import N_
from migdesk.services import checks, facts, quotas
from migdesk.services.desk import Desk
from migdesk.store.writer import Tx

QUOTA_STREAMS: dict[str, Stream] = {
    "labour_permit": Stream.FOREIGN_LABOUR,
    "labour_immigrant": Stream.LABOUR_IMMIGRANT,
}
"""Kinds of permit that take a unit of a quota; a transfer inside a corporation takes none."""

OUTSIDE_QUOTA = frozenset({"ict"})
"""Categories of a labour permit that take no unit (labour dossier, 1.5)."""


SERVICES = {
    "labour_permit": "foreign_labour_permit",
    "labour_immigrant": "labour_immigrant_permit",
    "rvp": "rvp",
}
"""The public service behind a kind of permit, as rules name it."""

EXTENSIONS = {"labour_permit": "foreign_labour_extension"}
"""Extensions that are a service of their own."""


NUMBER_LETTERS = {"kandas": "K", "labour_permit": "L", "labour_immigrant": "LI", "rvp": "R", "pmzh": "PR"}
"""What stands before the year in the number of a kind of permit; P for the others."""


def check_permit(desk: Desk, permit: Permit) -> list[Finding]:
    """What is wrong or odd about a permit before it is issued."""
    findings = [*missing(permit), *checks.check_codes(desk, permit)]
    start, end = permit.valid_from, permit.valid_until
    if start is None:
        findings.append(block("missing", N_("“{label}” is empty."), "valid_from", label=N_("Valid from")))
    if start and end and end < start:
        findings.append(block("before_start", N_("The permit would end before it begins."), "valid_until"))
    if permit.kind == "labour_permit":
        findings += _check_labour(permit)
    if permit.person:
        findings += _check_overlap(desk, permit)
        findings += facts.ask_about_permit(desk, permit, SERVICES.get(permit.kind, ""))
    return findings


def issue(desk: Desk, permit: Permit) -> Done[Permit]:
    """Issue a permit: official number, quota unit used, all in one op.

    Raises:
        Invalid: what is wrong, field by field.
        Refused: no unit of the quota is free.
    """
    findings = check_permit(desk, permit)
    refuse_if_blocked(findings)
    with desk.write(Op.ISSUE_PERMIT) as tx:
        issued = write_granted(desk, tx, permit)
    return Done(issued, tx.changes, tuple(findings))


def write_granted(desk: Desk, tx: Tx, permit: Permit) -> Permit:
    """Number a permit and take its quota unit, inside an op that is being written."""
    unit = _take_unit(desk, tx, permit)
    return tx.put(
        replace(
            permit,
            number=permit.number or permit_number(desk, tx, permit.kind),
            state=PermitState.GRANTED,
            granted_on=permit.granted_on or desk.today,
            reservation=unit.uid if unit else permit.reservation,
        )
    )


def permit_number(desk: Desk, tx: Tx, kind: str) -> str:
    """The next number of the office's series for a kind of permit."""
    office = desk.office.code
    number = tx.next_number(f"permit/{kind}/{office}/{desk.today.year}")
    return f"{office}-{NUMBER_LETTERS.get(kind, 'P')}{desk.today.year}-{number:05d}"


def extend(desk: Desk, uid: str, until: date) -> Done[Permit]:
    """Extend a permit: a new one that begins the day after the old one ends.

    Raises:
        NotFound: no such permit.
        Refused: it is not in force, or has no end.
        Invalid: the new end is not later.
    """
    old = desk.store.get(Permit, uid)
    _refuse_transition(old, PermitState.EXTENDED)
    if old.valid_until is None:
        raise Refused([block("no_end", N_("This permit has no end to extend."), "valid_until")])
    findings: list[Finding] = []
    if until <= old.valid_until:
        findings.append(block("before_start", N_("The new end must be later than the old one."), "until"))
    if desk.today > old.valid_until:
        findings.append(warn("expired", N_("The permit has expired already."), "valid_until"))
    service = EXTENSIONS.get(old.kind, SERVICES.get(old.kind, ""))
    findings += facts.ask_about_permit(desk, replace(old, applied_on=desk.today), service, extends=old)
    refuse_if_blocked(findings)
    with desk.write(Op.EXTEND_PERMIT) as tx:
        tx.put(replace(old, state=PermitState.EXTENDED))
        new = replace(
            old,
            uid="",
            rev=0,
            number=permit_number(desk, tx, old.kind),
            valid_from=old.valid_until + timedelta(days=1),
            valid_until=until,
            granted_on=desk.today,
            extends=old.uid,
        )
        extended = tx.put(new)
    return Done(extended, tx.changes, tuple(findings))


def revoke(desk: Desk, uid: str, grounds: str) -> Done[Permit]:
    """Revoke a permit and return its quota unit.

    Raises:
        NotFound: no such permit.
        Refused: it is not in force.
        Invalid: no grounds given.
    """
    permit = desk.store.get(Permit, uid)
    _refuse_transition(permit, PermitState.REVOKED)
    if not grounds.strip():
        refuse_if_blocked([block("missing", N_("Name the grounds."), "grounds")])
    with desk.write(Op.REVOKE_PERMIT) as tx:
        revoked = tx.put(replace(permit, state=PermitState.REVOKED, revoked_on=desk.today, grounds=grounds))
        unit = desk.store.find(Reservation, permit.reservation) if permit.reservation else None
        if unit and unit.state is not ReservationState.RELEASED:
            quotas.let_go(desk, tx, unit, grounds)
    return Done(revoked, tx.changes)


def in_force(permits: Iterable[Permit], on: date) -> list[Permit]:
    """The permits that cover a day."""
    return [permit for permit in permits if permit.in_force_on(on)]


def _take_unit(desk: Desk, tx: Tx, permit: Permit) -> Reservation | None:
    stream = QUOTA_STREAMS.get(permit.kind)
    if stream is None or permit.category in OUTSIDE_QUOTA or permit.extends:
        return None
    held = desk.store.find(Reservation, permit.reservation) if permit.reservation else None
    if held is None:
        pot = quotas.Pot(stream, permit.region or desk.office.region, desk.today.year, permit.category)
        held = quotas.hold(desk, tx, pot, 1, person=permit.person, reason=permit.kind)
    return quotas.use(desk, tx, held)


def _check_labour(permit: Permit) -> list[Finding]:
    findings = []
    if permit.category not in ("1", "2", "3", "4", "seasonal", "ict"):
        findings.append(
            block(
                "unknown_category",
                N_("The category of a labour permit is 1, 2, 3, 4, seasonal or ict."),
                "category",
            )
        )
    if not permit.employer:
        findings.append(block("missing", N_("“{label}” is empty."), "employer", label=N_("Employer")))
    return findings


def _check_overlap(desk: Desk, permit: Permit) -> list[Finding]:
    others = desk.store.select(
        Permit,
        "person = ? AND kind = ? AND uid <> ? AND state = 'granted' AND annulled_on IS NULL",
        (permit.person, permit.kind, permit.uid),
    )
    start = permit.valid_from
    if start and any(other.in_force_on(start) for other in others):
        return [
            warn("overlap", N_("The person has a permit of this kind already on that day."), "valid_from")
        ]
    return []


def _refuse_transition(permit: Permit, target: PermitState) -> None:
    assert permit.state is not None
    if permit.is_annulled or target not in TRANSITIONS[permit.state]:
        raise Refused([block("permit.state", N_("This permit is not in force any more."), "state")])
