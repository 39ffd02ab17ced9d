"""What a chain of permits says to the rules: when it began, how long it runs, how often it was extended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from migdesk.domain.case import Case
from migdesk.domain.permit import Permit, PermitState
from migdesk.rules.procedure import EXTEND, GRANT, Procedure
from migdesk.services.desk import Desk
from migdesk.services.facts import filing_days
from migdesk.services.facts.permit_service import first_of

RUN_ON = ("labour_immigrant", "self_employment")
"""Kinds of which the law limits the whole time, extensions counted."""


def run_on(
    desk: Desk, case: Case, service: Procedure | None, answered: Mapping[str, object], on: date
) -> dict[str, object]:
    """Of a service that both gives and extends, what a permit in force says: that this is an extension of it.

    The months of some kinds run on from the first permit, so those that are asked for are added to them.
    """
    kinds = {one.does: one.permit for one in service.decisions} if service else {}
    kind = kinds.get(EXTEND)
    if kind is None or GRANT not in kinds:
        return {}
    held = desk.store.live(Permit, person=case.person, kind=kind, order="valid_until DESC, id DESC")
    others = (one for one in held if one.in_force_on(on) and not (one.case and one.case == case.uid))
    last = next(others, None)
    if last is None or last.valid_until is None:
        return {}
    facts = {"permit_is_extension": True, **filing_days.of_end(desk, case.service, last.valid_until, on)}
    asked, since = answered.get("permit_months"), first_of(desk, last).valid_from
    if kind in RUN_ON and isinstance(asked, int) and since:
        facts["permit_months"] = months(desk, since, last.valid_until) + asked
    return facts


def months(desk: Desk, since: date, until: date) -> int:
    """Months asked for, a begun one counted; a month ends on the same day of the next."""
    full = (until.year - since.year) * 12 + until.month - since.month
    return full + (until > desk.law.calendar.add_months(since, max(0, full)).due)


def begin(desk: Desk, permit: Permit, extends: Permit | None) -> date | None:
    """Where the months of a permit begin: those of some kinds run on from the first one without a break."""
    if extends and permit.kind in RUN_ON:
        return first_of(desk, extends).valid_from
    return permit.valid_from


def extensions(desk: Desk, permit: Permit) -> int:
    """How many times it was extended before."""
    count, earlier = 0, permit.extends
    while earlier:
        count += 1
        before = desk.store.find(Permit, earlier)
        earlier = before.extends if before else None
    return count


def last_ended(desk: Desk, permit: Permit) -> date | None:
    """The last day of another permit of its kind that the person had."""
    others = desk.store.live(Permit, person=permit.person, kind=permit.kind)
    ends = [
        other.valid_until
        for other in others
        if other.uid != permit.uid and other.valid_until and other.state is not PermitState.REFUSED
    ]
    return max(ends, default=None)
