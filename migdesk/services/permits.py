"""Permits: issue against a quota unit, extend, revoke."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from migdesk.domain.arrival import Stay
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.permit import TRANSITIONS, Permit, PermitState
from migdesk.domain.person import Person
from migdesk.domain.quota import Reservation, ReservationState, Stream
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.services import checks, dependants, facts, quotas
from migdesk.services.desk import Desk
from migdesk.store.writer import Tx

KINDS = "permit_kinds"
"""The list that says what each kind of permit is: its service, its categories, the letters of its numbers."""

_TO_LIVE = frozenset({"rvp", "pmzh"})
"""Grounds of stay that are given to people who are here; visas and work are granted before the entry too."""

_WHY_NOT = {
    PermitState.EXTENDED: N_("This permit was extended already: extend the one that replaced it."),
    PermitState.REVOKED: N_("This permit was revoked already."),
}


def check_permit(desk: Desk, permit: Permit) -> list[Finding]:
    """What is wrong or odd about a permit before it is issued."""
    findings = [*faults(permit), *checks.check_codes(desk, permit)]
    start, end = permit.valid_from, permit.valid_until
    if start is None:
        findings.append(block("missing", N_("“{label}” is empty."), "valid_from", label=N_("Valid from")))
    if end is None and _said(desk, permit.kind, "ends"):
        findings.append(block("missing", N_("“{label}” is empty."), "valid_until", label=N_("Valid until")))
    if start and end and end < start:
        findings.append(block("before_start", N_("The permit would end before it begins."), "valid_until"))
    findings += _check_category(desk, permit)
    findings += _check_number(desk, permit)
    if permit.applied_on and permit.applied_on > desk.today:
        findings.append(block("in_future", N_("The day of filing is in the future."), "applied_on"))
    person = next(iter(desk.store.live(Person, uid=permit.person)), None) if permit.person else None
    if permit.person and person is None:
        findings.append(block("not_found", N_("There is no such person."), "person"))
    elif person:
        findings += [*_check_start(desk, permit, person), *_check_overlap(desk, permit)]
        findings += facts.ask_about_permit(desk, permit, _said(desk, permit.kind, "service"))
    return findings


def issue(desk: Desk, permit: Permit) -> Done[Permit]:
    """Issue a permit: official number, quota unit used, all in one op.

    Raises:
        Invalid: what is wrong, field by field.
        Refused: no unit of the quota is free.
    """
    findings = check_permit(desk, permit)
    refuse_if_blocked(findings)
    pot = _pot(desk, permit)
    used = quotas.quote_limit(desk, pot, desk.today) if pot else ()
    with desk.write(Op.ISSUE_PERMIT, used=used) as tx:
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
    return desk.next_number(tx, number_letters(desk, kind), 5)


def number_letters(desk: Desk, kind: str) -> str:
    """What stands before the year in the numbers of a kind of permit."""
    return _said(desk, kind, "letters") or "P"


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
    findings = check_extension(desk, old, until, desk.today)
    refuse_if_blocked(findings)
    with desk.write(Op.EXTEND_PERMIT) as tx:
        new = replace(old, valid_until=until, granted_on=desk.today, applied_on=desk.today)
        extended = write_extended(desk, tx, old, new)
    return Done(extended, tx.changes, (*findings, *dependants.findings(desk, extended)))


def check_extension(desk: Desk, old: Permit, until: date | None, filed: date) -> list[Finding]:
    """What is wrong or odd about an extension asked for on a day: its end, and the window in which it is filed."""
    findings: list[Finding] = []
    if old.valid_until and until and until <= old.valid_until:
        findings.append(block("before_start", N_("The new end must be later than the old one."), "until"))
    if old.valid_until and filed > old.valid_until:
        findings.append(warn("expired", N_("The permit has expired already."), "valid_until"))
    service = _said(desk, old.kind, "extension") or _said(desk, old.kind, "service")
    asked = replace(old, applied_on=filed)
    if old.valid_until:
        asked = replace(asked, valid_from=old.valid_until + timedelta(days=1), valid_until=until)
    return [*findings, *facts.ask_about_permit(desk, asked, service, extends=old)]


def write_extended(desk: Desk, tx: Tx, old: Permit, new: Permit) -> Permit:
    """Put a permit that goes on where an old one ends, inside an op that is being written.

    It keeps the old one's quota unit and takes none of its own.

    Raises:
        Refused: the old one is not in force, or has no end.
    """
    _refuse_transition(old, PermitState.EXTENDED)
    if old.valid_until is None:
        raise Refused([block("no_end", N_("This permit has no end to extend."), "valid_until")])
    tx.put(replace(old, state=PermitState.EXTENDED))
    return tx.put(
        replace(
            new,
            uid="",
            rev=0,
            number=permit_number(desk, tx, old.kind),
            state=PermitState.GRANTED,
            valid_from=old.valid_until + timedelta(days=1),
            reservation=old.reservation,
            extends=old.uid,
        )
    )


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
        revoked = write_revoked(desk, tx, permit, grounds, desk.today)
    return Done(revoked, tx.changes, tuple(_going_on(desk, revoked)))


def _going_on(desk: Desk, revoked: Permit) -> list[Finding]:
    """Permits that rest on a revoked one and stay in force: whether they end too was not read in any act."""
    store, granted = desk.store, PermitState.GRANTED
    longer = [one.number for one in store.live(Permit, extends=revoked.uid, state=granted)]
    found = []
    if longer:
        message = N_("Its extension stays in force: {numbers}. If it ends too, revoke it.")
        found.append(warn("permit.goes_on", message, "extends", numbers=", ".join(longer)))
    return [*found, *dependants.findings(desk, revoked)]


def write_revoked(desk: Desk, tx: Tx, permit: Permit, grounds: str, on: date) -> Permit:
    """End a permit and return its quota unit, inside an op that is being written."""
    _refuse_transition(permit, PermitState.REVOKED)
    revoked = tx.put(replace(permit, state=PermitState.REVOKED, revoked_on=on, grounds=grounds))
    unit = desk.store.find(Reservation, permit.reservation) if permit.reservation else None
    if unit and unit.state is not ReservationState.RELEASED and not _is_held(tx, permit, on):
        quotas.let_go(desk, tx, unit, grounds)
    return revoked


def _is_held(tx: Tx, permit: Permit, on: date) -> bool:
    """Whether the quota unit of a permit goes on under another one: an extension shares it."""
    sharing = tx.live(
        Permit,
        person=permit.person,
        reservation=permit.reservation,
        state=(PermitState.GRANTED, PermitState.EXTENDED),
    )
    return any(one.uid != permit.uid and (one.valid_until or on) >= on for one in sharing)


def _take_unit(desk: Desk, tx: Tx, permit: Permit) -> Reservation | None:
    pot = _pot(desk, permit)
    if pot is None:
        return None
    held = desk.store.find(Reservation, permit.reservation) if permit.reservation else None
    if held is None:
        held = quotas.hold(desk, tx, pot, 1, person=permit.person, reason=permit.kind)
    return quotas.use(desk, tx, held)


def _pot(desk: Desk, permit: Permit) -> quotas.Pot | None:
    """The pot of which a permit takes a unit; an extension keeps the unit it has."""
    stream = _stream(desk, permit)
    if stream is None or permit.extends:
        return None
    return quotas.Pot(stream, permit.region or desk.office.region, desk.today.year, permit.category)


def _said(desk: Desk, kind: str, key: str) -> str:
    """What the list says of a kind of permit; nothing when it says nothing, or does not know the kind."""
    row = desk.lists.items(KINDS).get(kind)
    return row.more.get(key, "") if row else ""


def _stream(desk: Desk, permit: Permit) -> Stream | None:
    """The quota of which a permit takes a unit: that of its service, unless its category is outside it."""
    service = desk.find_procedure(_said(desk, permit.kind, "service"), permit.applied_on or desk.today)
    categories = _said(desk, permit.kind, "categories")
    category = desk.lists.items(categories).get(permit.category) if categories else None
    if service is None or service.quota is None or (category and category.more.get("outside_quota")):
        return None
    return Stream(service.quota)


def _check_category(desk: Desk, permit: Permit) -> list[Finding]:
    """Kinds with categories are given to an employer for a worker of one of them."""
    categories = _said(desk, permit.kind, "categories")
    if not categories:
        return []
    findings = []
    if not desk.lists.has(categories, permit.category):
        findings.append(
            block("unknown_category", N_("“{code}” is not in the list."), "category", code=permit.category)
        )
    if not permit.employer:
        findings.append(block("missing", N_("“{label}” is empty."), "employer", label=N_("Employer")))
    return findings


def _check_number(desk: Desk, permit: Permit) -> list[Finding]:
    """A number given elsewhere may not be one of the office's own; a visa of a family may have one for all."""
    same = desk.store.live(Permit, number=permit.number) if permit.number else []
    if not any(one.uid != permit.uid for one in same):
        return []
    is_own = permit.number.startswith(f"{desk.office.code}-") or any(
        one.person == permit.person for one in same
    )
    said = N_("There is a permit with the number “{number}” already.")
    return [(block if is_own else warn)("number_taken", said, "number", number=permit.number)]


def _check_start(desk: Desk, permit: Permit, person: Person) -> list[Finding]:
    """A permit before its holder was born cannot be; one to live here seldom begins before he first came."""
    start, born = permit.valid_from, person.birth_date
    if start and born and start < born.earliest():
        return [block("before_birth", N_("The permit would begin before the birth."), "valid_from")]
    if not start or _said(desk, permit.kind, "stay") not in _TO_LIVE:
        return []
    entries = [one.entered_on for one in desk.store.live(Stay, person=person.uid) if one.entered_on]
    first = min(entries, default=start)
    if start >= first:
        return []
    message = N_("The permit would begin before the first entry of {day}.")
    return [warn("before_entry", message, "valid_from", day=show_day(first))]


def _check_overlap(desk: Desk, permit: Permit) -> list[Finding]:
    others = desk.store.live(Permit, person=permit.person, kind=permit.kind, state=PermitState.GRANTED)
    start = permit.valid_from
    if start and any(other.in_force_on(start) for other in others if other.uid != permit.uid):
        return [
            warn("overlap", N_("The person has a permit of this kind already on that day."), "valid_from")
        ]
    return []


def _refuse_transition(permit: Permit, target: PermitState) -> None:
    assert permit.state is not None
    if permit.is_annulled or target not in TRANSITIONS[permit.state]:
        message = _WHY_NOT.get(permit.state, N_("This permit is not in force any more."))
        raise Refused([block("permit.state", message, "state")])
