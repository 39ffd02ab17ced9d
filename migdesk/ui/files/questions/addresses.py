"""The fields of an address inside the window of another record: an arrival's, a receiving person's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from migdesk.domain.fields import Spec, spec
from migdesk.domain.party import Address
from migdesk.services.arrivals import parties

ADDRESS = "address."
"""How the names of these fields begin."""


def address_spec(name: str) -> Spec:
    """A field of an address that need not be there, so none of its fields is required."""
    found = spec(Address, name.removeprefix(ADDRESS))
    return Spec(name, replace(found.field, required=False), found.optional)


def corrected_address(address: Address, values: Mapping[str, Any]) -> Address | None:
    """A new address of the values typed, or nothing when they are the old ones."""
    line = {name.removeprefix(ADDRESS): value for name, value in values.items() if name.startswith(ADDRESS)}
    return parties.corrected_address(address, line)
