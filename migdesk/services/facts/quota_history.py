"""Whether somebody was in a regional quota before: by a case, by units used, by what was told of older times."""

from __future__ import annotations

from collections.abc import Collection

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case, CaseState
from migdesk.domain.detail import Detail
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.quota import Quota, Reservation, ReservationState, Stream, Waiting
from migdesk.services.desk import Desk
from migdesk.store import people as shelf

BEFORE = "quota_before"
"""The detail of an arrival, typed or imported, that says so of times before this register."""

_STREAMS = (Stream.KANDAS, Stream.RESETTLER)
"""People are included in these; the other streams count permits."""


def was_included(desk: Desk, case: Case, person: str) -> bool:
    """Inclusion counts for the person in either stream, however the register knows of it; that of this case not."""
    return _by_case(desk, case, person) or _by_units(desk, case, person) or _by_history(desk, person)


def has_status(desk: Desk, person: str) -> bool:
    """Whether the register has a status of kandas of a person, in force or run out; not one given elsewhere."""
    held = desk.store.live(Permit, person=person, kind="kandas")
    return any(one.state in (PermitState.GRANTED, PermitState.EXTENDED) for one in held)


def _by_case(desk: Desk, case: Case, person: str) -> bool:
    """A granted case of a service that takes a unit and gives no permit."""
    services = [one.code for one in desk.procedures if one.quota and not one.permit]
    found = shelf.cases_of(desk.store, person)
    return any(
        one.uid != case.uid and one.service in services and one.state is CaseState.GRANTED for one in found
    )


def _by_units(desk: Desk, case: Case, person: str) -> bool:
    """Units used for the person without a case, as by an office that began with its ledger."""
    used = desk.store.live(Reservation, person=person, state=ReservationState.USED)
    own = _units_of(desk, case)
    return any(one.uid not in own and _is_inclusion(desk, one) for one in used)


def _units_of(desk: Desk, case: Case) -> Collection[str | None]:
    """Units that this very case holds, by itself or by its place in the waiting list."""
    waited = desk.store.live(Waiting, case=case.uid) if case.uid else []
    return {case.reservation, *(one.reservation for one in waited)}


def _is_inclusion(desk: Desk, one: Reservation) -> bool:
    quota = desk.store.find(Quota, one.quota or "")
    return quota is not None and quota.stream in _STREAMS


def _by_history(desk: Desk, person: str) -> bool:
    arrivals = desk.store.live(Arrival, person=person)
    return any(
        row.value == "1" for one in arrivals for row in desk.store.live(Detail, arrival=one.uid, key=BEFORE)
    )
