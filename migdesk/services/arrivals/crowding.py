"""Crowded addresses: how many people are registered at one house or flat, against the limit an office set itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.finding import Finding, warn
from migdesk.domain.office import Office
from migdesk.domain.party import Address, Party, PartyRole
from migdesk.i18n import N_
from migdesk.services import particulars
from migdesk.services.desk import Desk
from migdesk.store import arrivals as homes

CROWDED = "crowded"
"""The code of the warning."""


def field_of(role: PartyRole) -> str:
    """The field of the office that holds the limit for a kind of receiving person."""
    return f"crowd_{role.value}"


def limit_of(desk: Desk, role: PartyRole | None) -> int | None:
    """How many may live at an address of this kind of receiving person before the office wants to be told.

    No act was read that sets a number, so there is none until the office sets its own.
    """
    limit: int | None = getattr(desk.office, field_of(role or PartyRole.HOST))
    return limit


def is_watched(desk: Desk) -> bool:
    """Whether the office set a limit of any kind."""
    return any(limit_of(desk, role) is not None for role in PartyRole)


def set_limits(desk: Desk, limits: Mapping[PartyRole, int | None]) -> Done[Office]:
    """Set the office's own limits by kind of receiving person; nothing for a kind ends its warnings.

    Raises:
        Invalid: a limit is out of range.
        Stale: the office was changed since it was read.
    """
    values: dict[str, Any] = {field_of(role): limit for role, limit in limits.items()}
    return particulars.save_office(desk, replace(desk.office, **values))


def count_living(desk: Desk, address: Address) -> int:
    """How many people are registered at this house and flat now, however it was written."""
    return homes.count_in_house(desk.store, address)


def warn_of_crowd(desk: Desk, address: Address, host: str | Party | None, coming: int) -> list[Finding]:
    """A warning at the address when more people than the office's limit would live there with those who come."""
    if not is_watched(desk) or not (address.uid or address.line.strip()):
        return []
    party = desk.store.find(Party, host) if isinstance(host, str) else host
    limit = limit_of(desk, party.role if party else None)
    if limit is None:
        return []
    living = count_living(desk, address)
    if living + coming <= limit:
        return []
    message = N_(
        "At this address {n} people are registered already; with those who come {all}. "
        "The limit of {limit} is the office's own, set in its settings; no act was read that sets one."
    )
    values = {"n": living, "all": living + coming, "limit": limit}
    return [warn(CROWDED, message, "address.line", **values)]
