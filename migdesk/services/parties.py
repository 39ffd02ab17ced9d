"""Receiving persons, employers and schools: keep them, find a known one while typing, read one by its uid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.finding import Finding, block, note
from migdesk.domain.ids import read_number
from migdesk.domain.party import Address, Party, PartyKind
from migdesk.i18n import N_
from migdesk.services import checks
from migdesk.services.desk import Desk
from migdesk.store import arrivals as homes
from migdesk.store import search

_MOST = 20
NAMED = N_("Arrivals, cases and permits that name this receiving person: {n}. All of them show the new data.")


def find_parties(desk: Desk, text: str, *, limit: int = _MOST) -> list[Party]:
    """Parties whose name, head or number has words that begin as typed; the newest ones when nothing is typed."""
    if not text.strip():
        return desk.store.live(Party, order="id DESC", limit=limit)
    ids = search.find_ids(desk.store, "party_search", text, limit)
    return desk.store.live(Party, id=ids, order="sort_key")


def save_party(desk: Desk, party: Party, address: Address | None = None) -> Done[Party]:
    """Write a new or changed receiving person, employer or school; an address given takes the old one's place.

    Raises:
        Invalid: what is wrong, field by field; or the number is another one's.
        Stale: it was changed since it was read.
    """
    findings = [*checks.check_party(desk, party, address), *_named_elsewhere(desk, party)]
    same = desk.store.live(Party, number=party.number) if party.number else []
    if other := next((one for one in same if one.uid != party.uid), None):
        message = N_("{name} has this number already.")
        findings.append(block("number_taken", message, "number", name=other.name))
    refuse_if_blocked(findings)
    with desk.write(Op.SAVE_PARTY) as tx:
        place = tx.put(address).uid if address else party.address
        saved = tx.put(party, address=place)
    return Done(saved, tx.changes, tuple(findings))


def corrected_address(address: Address, values: Mapping[str, Any]) -> Address | None:
    """A new address with some values of an old one changed, or nothing when nothing changed.

    Another house has another code of the address register: one that was not given anew is dropped.
    """
    typed = replace(address, **values)
    if typed == address:
        return None
    moved = (typed.place, typed.line) != (address.place, address.line)
    rka = "" if moved and typed.rka == address.rka else typed.rka
    return replace(typed, uid="", rev=0, rka=rka)


def count_naming(desk: Desk, uid: str) -> int:
    """How many arrivals, cases and permits name a party: all of them show its new data after a change."""
    return homes.count_naming(desk.store, uid)


def kind_of(number: str, today: date) -> PartyKind | None:
    """What a valid number says of its holder: a BIN is an organisation's, an IIN an individual's."""
    reading = read_number(number, today)
    if not reading.valid:
        return None
    return PartyKind.ORGANISATION if reading.kind == "bin" else PartyKind.INDIVIDUAL


def _named_elsewhere(desk: Desk, party: Party) -> list[Finding]:
    named = count_naming(desk, party.uid) if party.rev else 0
    if not named:
        return []
    return [note("named_elsewhere", NAMED, None, n=named)]


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
