"""Series of numbers: what was given, gaps, annulled ones, and an own start that is never lower."""

from __future__ import annotations

import pytest

from migdesk.domain.change import Op
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.number_series import Block, between, words
from migdesk.domain.office import Role
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.papers import number_series
from migdesk.services.upkeep import journal, rights
from migdesk.store import series
from tests import make

ARRIVALS = "PVL-2026-"


def register(desk, name):
    draft = ArrivalDraft((Member(make.person(given=name)),), make.arrival(), make.address())
    return arrivals.register_arrival(desk, draft, duplicates=False).value.arrivals[0]


def test_a_series_shows_its_blocks_gaps_and_annulled_numbers(desk):
    first, *others = (register(desk, name) for name in ("Асан", "Үсен", "Болат", "Серік"))
    with desk.write(Op.CORRECT_ARRIVAL) as tx:
        tx.annul(others[1], "екі рет")
        tx.put(others[0], number="PVL-2025-000007")
    shown = number_series.get_series(desk, "PVL-2026")
    assert (shown.name, shown.of, shown.coming, shown.last) == (ARRIVALS, "Arrival", "PVL-2026-000005", 4)
    assert shown.given == (Block(1, 1), Block(3, 4))
    assert (shown.gaps, shown.voided, shown.skipped) == ((Block(2, 2),), (Block(3, 3),), ())
    assert [one.name for one in number_series.list_series(desk)] == [ARRIVALS]
    assert first.number == "PVL-2026-000001"


def test_an_own_start_is_given_next_journaled_and_no_gap(desk):
    """The counters had no service, window or command."""
    register(desk, "Асан")
    done = number_series.start_from(desk, ARRIVALS, 501)
    assert done.value.coming == "PVL-2026-000501"
    entry = journal.entries(desk)[0]
    assert entry.op is Op.RAISE_SERIES
    assert journal.changes_of(desk, entry.uid)[0].after["value"] == "501"
    assert register(desk, "Үсен").number == "PVL-2026-000501"
    number_series.start_from(desk, ARRIVALS, 600)
    shown = number_series.get_series(desk, ARRIVALS)
    assert (shown.given, shown.gaps) == ((Block(1, 1), Block(501, 501)), ())
    assert shown.skipped == (Block(2, 500), Block(502, 599))


@pytest.mark.parametrize("first", [0, 1, -4, 10**9])
def test_a_start_is_never_lower_than_what_was_given(desk, first):
    register(desk, "Асан")
    with pytest.raises(Refused):
        number_series.start_from(desk, ARRIVALS, first)
    assert register(desk, "Үсен").number == "PVL-2026-000002"


def test_only_a_head_sets_a_start_and_only_of_a_series_of_this_office(desk):
    for name in ("KST-2026-", "PVL-", "PVL-26-", "", "PVL-2026-7"):
        with pytest.raises(NotFound):
            number_series.start_from(desk, name, 9)
    number_series.start_from(desk, "PVL-C2027-", 30)
    assert number_series.get_series(desk, "PVL-C2027").coming == "PVL-C2027-00030"
    assert [one.name for one in number_series.list_series(desk)] == ["PVL-C2027-"]
    rights.set_role(desk, "head", Role.HEAD)
    rights.set_role(desk, desk.operator, Role.CLERK)
    with pytest.raises(Refused):
        number_series.start_from(desk, ARRIVALS, 9)


def test_the_doctor_keeps_an_own_start(desk):
    number_series.start_from(desk, ARRIVALS, 501)
    with desk.write(Op.RAISE_SERIES) as tx:
        tx.connection.execute("DELETE FROM series")
    assert [(one.name, one.last, one.highest) for one in series.list_set_back(desk.store, "PVL")] == [
        (ARRIVALS, 0, 500)
    ]


def test_blocks():
    given = (Block(2, 4), Block(9, 9))
    assert between(given, 10) == (Block(1, 1), Block(5, 8), Block(10, 10))
    assert between((), 0) == ()
    assert words(given) == "2–4, 9"
    assert words([Block(one, one) for one in range(1, 20, 2)]) == "1, 3, 5, 7, 9, 11, … (+4)"
