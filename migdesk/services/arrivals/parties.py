"""Receiving persons, employers and schools: keep them, find a known one while typing, read one by its uid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Done, Op
from migdesk.domain.finding import Finding, block, note
from migdesk.domain.ids import read_number
from migdesk.domain.party import Address, Party, PartyKind
from migdesk.i18n import N_
from migdesk.services import checks
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.store import arrivals as homes
from migdesk.store import search

_MOST, _LATEST = 20, 5
_QUOTES = '«»"“”„.,()'
# fmt: off
_FORMS = frozenset((
    "ТОО", "ЖШС", "АО", "АҚ", "ОАО", "ЗАО", "ПАО", "НАО", "КЕАҚ", "ООО", "LLP", "LLC", "JSC", "LTD",
    "ГУ", "ММ", "РГУ", "РММ", "КГУ", "КММ", "РГП", "РМК", "ГКП", "МКК", "ГККП", "МКҚК", "КГКП",
    "КМҚК", "ОО", "ҚБ",
))
# fmt: on
"""Forms of organisations as they are shortened in names, in Kazakh, Russian and English."""
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
    with checked_op(desk, Op.SAVE_PARTY, partial(_check, desk, party, address)) as (tx, findings):
        place = tx.put(address).uid if address else party.address
        saved = tx.put(party, address=place)
    return Done(saved, tx.changes, tuple(findings))


def _check(desk: Desk, party: Party, address: Address | None) -> list[Finding]:
    findings = [*checks.check_party(desk, party, address), *_named_elsewhere(desk, party)]
    same = desk.store.live(Party, number=party.number) if party.number else []
    if other := next((one for one in same if one.uid != party.uid), None):
        message = N_("{name} has this number already.")
        findings.append(block("number_taken", message, "number", name=other.name))
    return findings


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


def kind_of_name(name: str) -> PartyKind | None:
    """A name with the form of a company before or behind it is an organisation's; of another nothing is said.

    A sole entrepreneur (ИП, ЖК) has an IIN: an individual.
    """
    words = [word.strip(_QUOTES).upper() for word in name.split()]
    is_company = len(words) > 1 and (words[0] in _FORMS or words[-1] in _FORMS)
    return PartyKind.ORGANISATION if is_company else None


def find_same(desk: Desk, host: Party, place: Address | None, arrival: Address | None) -> Party | None:
    """The receiving person of the register that a new one is: the same number, or the same name at the same address.

    One who comes without an own address is looked for where people arrived at him, `arrival`.
    """
    if host.number and (known := desk.store.live(Party, number=host.number, limit=1)):
        return known[0]
    here = _house(place or arrival)
    if not here or not host.name.strip():
        return None
    name = " ".join(host.name.split()).casefold()
    for one in find_parties(desk, host.name):
        alike = " ".join(one.name.split()).casefold() == name and one.kind is host.kind
        if alike and not (one.number and host.number) and here in _houses(desk, one):
            return one
    return None


def _houses(desk: Desk, party: Party) -> Iterator[tuple[str, str]]:
    """Where a receiving person lives or works, and where the last of those arrived who name him."""
    if party.address:
        yield _house(desk.store.find(Address, party.address))
    for one in desk.store.live(Arrival, host=party.uid, order="id DESC", limit=_LATEST):
        yield _house(desk.store.find(Address, one.address or ""))


def _house(address: Address | None) -> tuple[str, str]:
    line = " ".join(address.line.split()).casefold() if address else ""
    return (address.place, line) if address and line else ("", "")


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
