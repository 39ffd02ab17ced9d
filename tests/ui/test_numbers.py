"""The box of the window opens whatever has the number typed; the journal opens whatever has a file."""

from __future__ import annotations

import pytest

from migdesk.domain.change import Op
from migdesk.domain.fields import specs
from migdesk.domain.person import Person
from migdesk.domain.quota import Waiting
from migdesk.domain.register import BY_TABLE
from migdesk.ui import assembly
from migdesk.ui.shell.search_popup import find_anything
from migdesk.ui.workplace import FILED, OF_TABLE, Kind

NUMBERED = (
    "arrival",
    "departure",
    "cases",
    "permit",
    "session",
    "payment",
    "appointment",
    "batch",
    "printout",
)


@pytest.fixture
def number_of(desk):
    """A number of a kind of record; where the sample has none, one is written."""

    def find(table: str) -> tuple[str, str]:
        cls = BY_TABLE[table]
        known = next(iter(desk.store.select(cls, "number <> ''", (), "id LIMIT 1")), None)
        if known is None:
            someone = desk.store.live(Person, limit=1)[0].uid
            given = {"person": someone} if any(one.name == "person" for one in specs(cls)) else {}
            with desk.write(Op.SAVE_PERSON) as tx:
                known = tx.put(cls(number="PVL-X2026-00001", **given))
        return known.number, known.uid

    return find


@pytest.mark.parametrize("table", NUMBERED)
def test_a_whole_number_is_found_first_whatever_it_is_of(desk, number_of, table):
    number, uid = number_of(table)
    found = find_anything(desk, number.lower())
    first = found[0]
    assert (first.target.kind, first.target.uid, first.title) == (OF_TABLE[table], uid, number)
    assert first.detail and len(found) == len({hit.target for hit in found})


def test_a_place_in_a_waiting_list_opens_its_person(desk, number_of):
    number, uid = number_of("waiting")
    first = find_anything(desk, number)[0]
    assert (first.target.kind, first.target.uid) == (Kind.PERSON, desk.store.get(Waiting, uid).person)


def test_every_file_that_is_one_record_stands_in_the_table_of_kinds():
    assert set(FILED) == set(Kind) - {Kind.OP, Kind.TERMS}
    assert set(OF_TABLE) <= set(BY_TABLE)
    icons = {kind: later.get().icon for kind, later in assembly.FILES.items() if kind in FILED}
    assert icons == {kind: FILED[kind].icon for kind in icons}
