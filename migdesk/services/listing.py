"""Open a list: the same rows for the window, an export and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from migdesk.domain.listing import Column, Filter, Query, Test
from migdesk.domain.payment import PaymentState
from migdesk.domain.permit import PermitState
from migdesk.domain.relative_days import settled
from migdesk.domain.terms import SOON
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import shielded
from migdesk.store.listing import StoreListing
from migdesk.store.lists import LISTS

NAMES = tuple(LISTS)
"""Lists that exist."""

TITLES: dict[str, str] = {
    "people": N_("People"),
    "arrivals": N_("Arrivals"),
    "departures": N_("Departures"),
    "parties": N_("Receiving persons and employers"),
    "cases": N_("Cases"),
    "sessions": N_("Sessions of commissions"),
    "permits": N_("Permits"),
    "payments": N_("Payments"),
    "reservations": N_("Quota: units taken"),
    "allotments": N_("Quota: units given"),
    "waiting": N_("Quota: waiting list"),
    "printouts": N_("Papers"),
    "batches": N_("Imports"),
    "journal": N_("Journal"),
}
"""English messages of the headings of lists."""

_PAGE = 500


def open_list(desk: Desk, query: Query) -> StoreListing:
    """A list with its filters, words and order applied; reads rows when they are asked for.

    Without the right to restricted entries it does not say where children are who came alone.
    """
    filters = settled(query.filters, columns_of(query.name), desk.today)
    return StoreListing(
        desk.store, replace(query, filters=filters), desk.today, masked=shielded.any_closed(desk)
    )


def columns_of(name: str) -> tuple[Column, ...]:
    """The columns a list has."""
    return tuple(cell.column for cell in LISTS[name].cells)


def has_words(name: str) -> bool:
    """Whether a list can be narrowed by words of the search box."""
    return bool(LISTS[name].words)


def all_rows(
    listing: StoreListing, ids: Sequence[int] | None = None, *, identified: bool = False
) -> Iterator[tuple[Any, ...]]:
    """Every row of a list, or those with the given ids, a page at a time; uid and rev come first if asked for."""
    wanted = listing.ids().tolist() if ids is None else ids
    read = listing.identified_rows if identified else listing.rows
    for start in range(0, len(wanted), _PAGE):
        yield from read(wanted[start : start + _PAGE])


GRANTED = Filter("state", Test.IS, PermitState.GRANTED.value)


IN_FORCE = (GRANTED, Filter("ends_on", Test.FROM, "today"))
"""Permits granted, and not ended yet."""

ENDING = (*IN_FORCE, Filter("ends_on", Test.UNTIL, f"today+{SOON.days}"))
"""Permits in force, and soon to end."""

TO_PAY = (Filter("state", Test.IS, PaymentState.DUE.value),)
"""Payments that are neither paid nor waived."""

OVERDUE = (*TO_PAY, Filter("due_on", Test.UNTIL, "today-1"))
"""Payments whose last day is behind."""

PAID = (Filter("state", Test.IS, PaymentState.PAID.value),)
