"""Receiving persons and employers: saved by themselves, found by their number, changed without a second one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.errors import Invalid, Stale
from migdesk.domain.party import Address, Party, PartyKind
from migdesk.services.arrivals import parties
from migdesk.services.upkeep import journal
from tests import make


def firm(**given):
    return Party(**{"name": "«Ромашка» ЖШС", "kind": PartyKind.ORGANISATION, **given})


def test_an_employer_is_saved_and_changed(desk):
    saved = parties.save_party(desk, firm(), make.address()).value
    assert desk.store.get(Address, saved.address).line
    changed = parties.save_party(desk, replace(saved, head="Серікова")).value
    assert (changed.uid, changed.head, changed.address) == (saved.uid, "Серікова", saved.address)
    assert [one.uid for one in parties.find_parties(desk, "ромаш")] == [saved.uid]
    with pytest.raises(Stale):
        parties.save_party(desk, replace(saved, head="Басқа"))
    journal.undo_last(desk)
    assert parties.get_party(desk, saved.uid).head == ""


@pytest.mark.parametrize("wrong", [{"name": ""}, {"number": "150140000018"}])
def test_a_wrong_party_is_not_saved(desk, wrong):
    with pytest.raises(Invalid):
        parties.save_party(desk, firm(**wrong))
    assert desk.store.live(Party) == []


def test_one_number_belongs_to_one_party(desk):
    number = next(f"15014000001{digit}" for digit in range(10) if is_valid(desk, f"15014000001{digit}"))
    first = parties.save_party(desk, firm(number=number)).value
    with pytest.raises(Invalid) as refused:
        parties.save_party(desk, firm(number=number, name="Басқа"))
    assert [one.code for one in refused.value.findings] == ["number_taken"]
    parties.save_party(desk, replace(first, head="Серікова"))


def is_valid(desk, number):
    from migdesk.domain.ids import read_number

    return read_number(number, desk.today).valid
