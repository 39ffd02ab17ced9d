"""Permits: issue against a quota unit, extend, revoke."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from migdesk.domain.arrival import Stay
from migdesk.domain.case import Case
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.permit import TRANSITIONS, Permit, PermitState
from migdesk.domain.person import Person
from migdesk.domain.quota import Reservation, ReservationState
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.services import checks, work_regions
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.facts import facts
from migdesk.services.facts.permit_service import said_of, service_of, stream_of
from migdesk.services.payments import fees
from migdesk.services.permits import dependants
from migdesk.services.quotas import quotas
from migdesk.services.reasons import reason
from migdesk.store.writer import Tx

_TO_LIVE = frozenset({"rvp", "pmzh"})
"""Grounds of stay that are given to people who are here; visas and work are granted before the entry too."""

_EXTENDED_ALONG = N_("Extended along: {name}, {number} until {day}.")
_REVOKED_ALONG = N_("Revoked along: {name}, {number}.")

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
    if end is None and said_of(desk, permit.kind, "ends"):
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
        findings += facts.ask_about_permit(desk, permit, service_of(desk, permit))
        findings += fees.check_permit(desk, permit)
    return findings


def issue(desk: Desk, permit: Permit) -> Done[Permit]:
    """Issue a permit: official number, quota unit used, all in one op.

    Raises:
        Invalid: what is wrong, field by field.
        Refused: no unit of the quota is free.
    """

    def used(*_ready: object) -> Iterable[Mapping[str, object]]:
        pot = pot_of(desk, permit)
        return quotas.quote_limit(desk, pot, permit.granted_on or desk.today) if pot else ()

    with checked_op(desk, Op.ISSUE_PERMIT, partial(check_permit, desk, permit), used) as (tx, findings):
        issued = write_granted(desk, tx, permit)
    return Done(issued, tx.changes, tuple(findings))


def write_granted(desk: Desk, tx: Tx, permit: Permit) -> Permit:
    """Number a permit and take its quota unit, inside an op that is being written."""
    unit = _take_unit(desk, tx, permit)
    held = unit.uid if unit else permit.reservation
    number = permit.number or permit_number(desk, tx, permit.kind)
    on = permit.granted_on or desk.today
    granted = tx.put(
        replace(permit, number=number, state=PermitState.GRANTED, granted_on=on, reservation=held)
    )
    fees.tie(desk, tx, granted)
    return granted


def permit_number(desk: Desk, tx: Tx, kind: str) -> str:
    """The next number of the office's series for a kind of permit."""
    return desk.next_number(tx, number_letters(desk, kind), 5)


def number_letters(desk: Desk, kind: str) -> str:
    """What stands before the year in the numbers of a kind of permit."""
    return said_of(desk, kind, "letters") or "P"


def extend(desk: Desk, uid: str, until: date, along: Collection[str] = ()) -> Done[Permit]:
    """Extend a permit: a new one that begins the day after the old one ends.

    Permits of dependants named in `along`, by uid or number, are extended to the same day in the same op.

    Raises:
        NotFound: no such permit.
        Refused: it is not in force, or has no end.
        Invalid: the new end is not later, here or for one of those named.
    """
    old = desk.store.get(Permit, uid)
    _refuse_transition(old, PermitState.EXTENDED)
    followers = dependants.chosen(desk, old, along)
    findings = [*check_extension(desk, old, until, desk.today), *_check_along(desk, followers, until)]
    refuse_if_blocked(findings)
    with desk.write(Op.EXTEND_PERMIT) as tx:
        extended = write_extended(desk, tx, old, _until(desk, old, until))
        for one in followers:
            longer = _until(desk, one.permit, until)
            if one.rests:
                longer = replace(longer, principal=extended.uid)
            new = write_extended(desk, tx, one.permit, longer)
            findings.append(_changed_along(one, _EXTENDED_ALONG, new))
    return Done(extended, tx.changes, (*findings, *dependants.findings(desk, extended)))


def _until(desk: Desk, permit: Permit, until: date) -> Permit:
    return replace(permit, valid_until=until, granted_on=desk.today, applied_on=desk.today)


def _check_along(desk: Desk, followers: Iterable[dependants.Dependant], until: date) -> Iterator[Finding]:
    """What is wrong or odd about extending the permits of dependants along, each with its holder."""
    for one in followers:
        ends = one.permit.valid_until
        values = {"name": one.person.full_name, "number": one.permit.number}
        if ends is None:
            yield block(
                "no_end", N_("{name}, {number}: this permit has no end to extend."), "along", **values
            )
        elif until <= ends:
            message = N_("{name}, {number}: the new end must be later than {day}.")
            yield block("before_start", message, "along", **values, day=show_day(ends))
        else:
            for told in check_extension(desk, one.permit, until, desk.today):
                yield replace(told, field="along")


def _changed_along(one: dependants.Dependant, message: str, now: Permit) -> Finding:
    day = show_day(now.valid_until) or "—"
    values = {"name": one.person.full_name, "number": now.number, "day": day}
    return note("permit.along", message, "along", **values)


def check_extension(
    desk: Desk, old: Permit, until: date | None, filed: date, case: Case | None = None
) -> list[Finding]:
    """What is wrong or odd about an extension asked for on a day: its end, and the window in which it is filed.

    The answers of the `case` that asks for it are facts too.
    """
    findings: list[Finding] = []
    if old.valid_until and until and until <= old.valid_until:
        findings.append(block("before_start", N_("The new end must be later than the old one."), "until"))
    if old.valid_until and filed > old.valid_until:
        findings.append(warn("expired", N_("The permit has expired already."), "valid_until"))
    usual = said_of(desk, old.kind, "extension") or said_of(desk, old.kind, "service")
    service = case.service if case else usual
    asked = replace(old, applied_on=filed, case=case.uid if case else old.case)
    if old.valid_until:
        asked = replace(asked, valid_from=old.valid_until + timedelta(days=1), valid_until=until)
    findings += facts.ask_about_permit(desk, asked, service, extends=old)
    return [*findings, *fees.check_permit(desk, asked)]


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
    made = tx.put(
        replace(
            new,
            uid="",
            rev=0,
            number=new.number if new.number not in ("", old.number) else permit_number(desk, tx, old.kind),
            state=PermitState.GRANTED,
            valid_from=old.valid_until + timedelta(days=1),
            reservation=old.reservation,
            extends=old.uid,
        )
    )
    fees.tie(desk, tx, made)
    return made


def revoke(desk: Desk, uid: str, grounds: str, along: Collection[str] = ()) -> Done[Permit]:
    """Revoke a permit and return its quota unit.

    Permits of dependants named in `along`, by uid or number, are revoked on the same day and grounds in the same op.

    Raises:
        NotFound: no such permit.
        Refused: it is not in force.
        Invalid: no grounds given, or one of those named does not depend on it.
    """
    permit = desk.store.get(Permit, uid)
    _refuse_transition(permit, PermitState.REVOKED)
    grounds = reason(grounds, N_("Name the grounds."), of=Permit, name="grounds")
    followers = dependants.chosen(desk, permit, along)
    told = []
    with desk.write(Op.REVOKE_PERMIT) as tx:
        revoked = write_revoked(desk, tx, permit, grounds, desk.today)
        for one in followers:
            ended = write_revoked(desk, tx, one.permit, grounds, desk.today)
            told.append(_changed_along(one, _REVOKED_ALONG, ended))
    return Done(revoked, tx.changes, (*told, *_going_on(desk, revoked)))


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
        work_regions.let_go_further(desk, tx, permit, grounds, on)
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
    pot = pot_of(desk, permit)
    if pot is None:
        return None
    day = min(permit.granted_on or desk.today, desk.today)
    held = desk.store.find(Reservation, permit.reservation) if permit.reservation else None
    if held is None or held.is_expired(day):
        unit, who, why = permit.reservation, permit.person, permit.kind
        return quotas.take(desk, tx, quotas.Hold(pot, 1, who, why, day), unit)
    return quotas.use(desk, tx, held, day)


def pot_of(desk: Desk, permit: Permit) -> quotas.Pot | None:
    """The pot of which a permit takes a unit; an extension keeps the unit it has."""
    stream = stream_of(desk, permit)
    if stream is None or permit.extends:
        return None
    year = (permit.granted_on or desk.today).year
    pot = quotas.Pot(stream, permit.region or desk.office.region, year, permit.category)
    holder = desk.store.find(Person, permit.person or "")
    return quotas.pot_for(desk, pot, permit.activity, holder.citizenship if holder else "")


def _check_category(desk: Desk, permit: Permit) -> list[Finding]:
    """Kinds with categories are given to an employer for a worker of one of them."""
    categories = said_of(desk, permit.kind, "categories")
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
    if not start or said_of(desk, permit.kind, "stay") not in _TO_LIVE:
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
        raise Refused([block("permit.state", why_not(permit), "state")])


def why_not(permit: Permit) -> str:
    """Why a permit that is not in force cannot be changed, as an English message."""
    return _WHY_NOT.get(permit.state, N_("This permit is not in force any more.")) if permit.state else ""
