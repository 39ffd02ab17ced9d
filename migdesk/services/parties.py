"""Receiving persons and addresses: find a known one while typing, read one that an arrival names."""

from __future__ import annotations

from migdesk.domain.party import Address, Party
from migdesk.services.desk import Desk
from migdesk.store import search

_MOST = 20
_NEWEST = "annulled_on IS NULL"


def find_parties(desk: Desk, text: str, *, limit: int = _MOST) -> list[Party]:
    """Parties whose name, head or number has words that begin as typed; the newest ones when nothing is typed."""
    if not text.strip():
        return desk.store.select(Party, _NEWEST, (), f"id DESC LIMIT {limit:d}")
    ids = search.find_ids(desk.store, "party_search", text, limit)
    marks = ",".join("?" * len(ids))
    return desk.store.select(Party, f"id IN ({marks}) AND {_NEWEST}", ids, "sort_key") if ids else []


def get_party(desk: Desk, uid: str) -> Party:
    """A party by its uid.

    Raises:
        NotFound: nobody has it.
    """
    return desk.store.get(Party, uid)


def get_address(desk: Desk, uid: str) -> Address:
    """An address by its uid.

    Raises:
        NotFound: nothing has it.
    """
    return desk.store.get(Address, uid)
