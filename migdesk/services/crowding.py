"""Crowded addresses: how many people are registered at one house or flat, against the limit an office set itself."""

from __future__ import annotations

from migdesk.domain.finding import Finding, warn
from migdesk.domain.party import Address, Party, PartyRole
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store import arrivals as homes

OFF, _PREFIX = "off", "n_"


def limit_of(desk: Desk, role: PartyRole | None) -> int | None:
    """How many may live at an address of this kind of receiving person before the office wants to be told.

    No act was read that sets a number, so there is none until the office makes its choice.
    """
    chosen = desk.law.setting(f"crowd.{role or PartyRole.HOST}")
    return None if chosen == OFF else int(chosen.removeprefix(_PREFIX))


def is_watched(desk: Desk) -> bool:
    """Whether the office set a limit of any kind."""
    return any(limit_of(desk, role) is not None for role in PartyRole)


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
        "At this address {n} people are registered already; with those who come {all}. The office's limit is {limit}."
    )
    values = {"n": living, "all": living + coming, "limit": limit}
    return [warn("crowded", message, "address.line", **values)]
