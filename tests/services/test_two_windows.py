"""Two windows save at one moment: what stands against an op is looked for again once nobody else writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.person import Person
from migdesk.services.arrivals import arrivals, departures, groups, moves
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.groups import GroupDraft, GroupRow
from migdesk.services.arrivals.moves import Move, Return
from migdesk.services.desk import Desk
from migdesk.services.people import people
from migdesk.services.stays import crossings
from migdesk.services.upkeep import journal
from tests import make

CAME, LEFT = date(2026, 11, 20), date(2026, 11, 21)


def draft(**given) -> ArrivalDraft:
    return ArrivalDraft((Member(make.person(**given), (make.document(),)),), make.arrival(), make.address())


def register(**given) -> Callable[[Desk], object]:
    return lambda desk: arrivals.register_arrival(desk, draft(**given))


def register_group(desk: Desk) -> object:
    one = draft()
    row = GroupRow(one.members[0])
    return groups.register_group(desk, GroupDraft(rows=(row,), arrival=one.arrival, address=one.address))


def saved_between(desk, other, mine, theirs) -> list[str]:
    """What refuses an op before which another window writes, after the op was found sound."""
    write = desk.write

    def late(op, **given):
        desk.write = write
        theirs(other)
        return write(op, **given)

    desk.write = late
    with pytest.raises(Invalid) as refused:
        mine(desk)
    return [one.code for one in refused.value.findings if one.severity == "block"]


@pytest.mark.parametrize("mine", [register(), register_group], ids=["arrival", "group"])
def test_a_new_person_is_registered_by_one_of_two_windows(desk, other, mine):
    assert saved_between(desk, other, mine, register()) == ["known_person"]
    assert [one.full_name for one in desk.store.live(Person)] == [make.person().full_name]


def test_the_other_window_stops_nobody_who_registers_another_person(desk, other):
    write = desk.write
    desk.write = lambda op, **given: (register()(other), write(op, **given))[1]
    register(surname="Ахметов", given="Ерлан", surname_latin="AKHMETOV", given_latin="YERLAN")(desk)
    assert len(desk.store.live(Person)) == 2


@pytest.fixture
def here(desk) -> Arrival:
    return arrivals.register_arrival(desk, draft()).value.arrivals[0]


def test_a_known_person_gets_no_second_open_arrival(desk, other, here):
    person = desk.store.get(Person, here.person)
    again = ArrivalDraft(
        (Member(person),),
        make.arrival(arrived_on=make.TODAY),
        make.address(line="Абай к-сі, 1"),
    )
    left = Departure(person=person.uid, arrival=here.uid, kind=DepartureKind.ADDRESS, left_on=LEFT)
    departures.register_departure(desk, left)

    def theirs(window):
        arrivals.register_arrival(window, replace(again, address=make.address(line="Абай к-сі, 2")))

    assert saved_between(desk, other, lambda one: arrivals.register_arrival(one, again), theirs) == [
        "still_here"
    ]


def test_nobody_moves_twice_from_one_address(desk, other, here):
    def move(line: str):
        to = make.address(line=line)
        return lambda window: moves.register_move(window, Move(here.uid, make.TODAY, to))

    assert saved_between(desk, other, move("Абай к-сі, 1"), move("Абай к-сі, 2")) == ["left_already"]
    assert len(desk.store.live(Arrival, left_on=None)) == 1


def test_nobody_leaves_or_returns_twice(desk, other, here):
    def leave(window: Desk) -> None:
        gone = Departure(person=here.person, arrival=here.uid, kind=DepartureKind.ABROAD, left_on=LEFT)
        departures.register_departure(window, gone)

    def come_back(window: Desk) -> None:
        moves.register_return(window, Return(here.person or "", make.TODAY, make.TODAY))

    assert saved_between(desk, other, leave, leave)
    assert len(desk.store.live(Departure)) == 1
    assert saved_between(desk, other, come_back, come_back) == ["return_without_departure"]
    assert len(desk.store.live(Arrival, left_on=None)) == 1


def test_undo_takes_back_the_op_that_is_meant_or_none(desk, other):
    mine = people.save_person(desk, make.person()).changes.op_uid
    people.save_person(other, make.person(surname="Ахметов"))
    with pytest.raises(Refused) as refused:
        journal.undo_last(desk, meant=mine)
    (said,) = refused.value.findings
    assert said.code == journal.NOT_MEANT and "Ахметов" in said.words()
    assert len(desk.store.live(Person)) == 2
    journal.undo_last(desk)
    assert [one.surname for one in desk.store.live(Person)] == [make.person().surname]
    assert journal.undo_last(desk, meant=mine).value.uid == mine


def test_nobody_crosses_the_border_twice_on_the_same_days(desk, other, here):
    def cross(window: Desk) -> None:
        days = {"entered_on": date(2026, 3, 1), "left_on": date(2026, 3, 9)}
        crossings.register_crossing(window, Stay(person=here.person, **days))

    assert saved_between(desk, other, cross, cross)
    assert len(desk.store.live(Stay, entered_on=date(2026, 3, 1))) == 1
