"""Contacts: the same flight, the same border point, the same list, the same house; nothing entered for it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from migdesk.domain.arrival import Departure, DepartureKind
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.protection import Unaccompanied
from migdesk.services.arrivals import arrivals, companions, departures, groups
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.companions import Tie
from migdesk.services.arrivals.groups import GroupDraft, GroupRow
from migdesk.services.families import minors
from migdesk.services.papers import companions_paper
from migdesk.services.upkeep import rights
from migdesk.store.list_cells import MASK
from tests import make

DAY = date(2026, 11, 20)


def came(desk, given, line, **more):
    values = {"entered_on": DAY, "arrived_on": DAY, **more}
    draft = ArrivalDraft(
        (Member(make.person(given=given), (make.document(),)),),
        make.arrival(**values),
        make.address(line=line),
    )
    return arrivals.register_arrival(desk, draft, duplicates=False).value


def told(desk, uid, *days):
    return [
        (one.person.given, one.tie, one.since, one.until) for one in companions.of_person(desk, uid, *days)
    ]


def test_the_same_flight_ties_and_another_through_the_same_point_does_not(desk):
    mine = came(desk, "Асан", "Абай к-сі, 1", border_point="Алматы әуежайы", transport="KC 121").people[0]
    came(desk, "Бақыт", "Абай к-сі, 2", border_point="Алматы әуежайы", transport="kc-121")
    came(desk, "Виктор", "Абай к-сі, 3", border_point="Алматы әуежайы", transport="KC 999")
    came(desk, "Гүлнар", "Абай к-сі, 4", border_point="алматы  әуежайы")
    came(desk, "Дәурен", "Абай к-сі, 5", border_point="Қорғас")
    assert told(desk, mine.uid) == [
        ("Бақыт", Tie.TRANSPORT, DAY, DAY),
        ("Гүлнар", Tie.CROSSING, DAY, DAY),
    ]


def test_one_house_ties_for_the_days_that_both_lived_there(desk):
    mine = came(desk, "Асан", "Абай к-сі, 7").people[0]
    other = came(desk, "Бақыт", "Абай  к-сі 7", entered_on=date(2026, 11, 1), arrived_on=date(2026, 11, 2))
    left = Departure(
        person=other.people[0].uid,
        arrival=other.arrivals[0].uid,
        kind=DepartureKind.ABROAD,
        left_on=date(2026, 11, 22),
    )
    departures.register_departure(desk, left)
    came(desk, "Гүлнар", "Абай к-сі, 7", entered_on=date(2026, 11, 21), arrived_on=date(2026, 11, 21))
    assert told(desk, mine.uid) == [
        ("Гүлнар", Tie.ADDRESS, date(2026, 11, 21), None),
        ("Бақыт", Tie.ADDRESS, DAY, date(2026, 11, 22)),
    ]
    assert told(desk, mine.uid, date(2026, 11, 23)) == [("Гүлнар", Tie.ADDRESS, date(2026, 11, 21), None)]
    assert told(desk, mine.uid, None, date(2026, 11, 19)) == []


def test_a_list_entered_in_one_act_ties_where_neither_flight_nor_point_is_known(desk):
    rows = tuple(
        GroupRow(Member(make.person(given=given), (make.document(),)))
        for given in ("Асан", "Бақыт", "Гүлнар")
    )
    made = groups.register_group(desk, GroupDraft(rows, make.arrival(), make.address())).value
    came(desk, "Дәурен", "Абай к-сі, 9")
    found = companions.of_person(desk, made.people[0].uid)
    assert {(one.person.given, one.tie) for one in found} == {
        ("Бақыт", Tie.LIST),
        ("Гүлнар", Tie.LIST),
        ("Бақыт", Tie.ADDRESS),
        ("Гүлнар", Tie.ADDRESS),
    }
    assert companions.people_of(found) == [made.people[1].uid, made.people[2].uid]


def test_the_list_is_written_as_paper_and_as_data(desk, tmp_path):
    mine = came(desk, "Асан", "Абай к-сі, 7", transport="KC 121").people[0]
    came(desk, "Бақыт", "Абай к-сі, 8", transport="KC 121")
    found = companions.of_person(desk, mine.uid)
    for ending in (".pdf", ".json"):
        assert companions_paper.save(desk, mine.uid, found, tmp_path / f"list{ending}") == 1
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    assert "Бақыт" in json.dumps(json.loads((tmp_path / "list.json").read_text("utf-8")), ensure_ascii=False)


def test_nobody_has_no_contacts(desk):
    with pytest.raises(NotFound):
        companions.of_person(desk, "nobody")


def test_a_child_who_came_alone_is_a_contact_without_phone_and_house(desk):
    mine = came(desk, "Асан", "Абай к-сі, 7").people[0]
    born = make.person(given="Нұрлан", birth_date=PartialDate(2014, 4, 4), marital="")
    here = make.arrival(entered_on=DAY, arrived_on=DAY)
    draft = ArrivalDraft((Member(born, (make.document(),)),), here, make.address(line="Абай к-сі, 7"))
    child = arrivals.register_arrival(desk, draft, duplicates=False).value.people[0]
    rights.give_right(desk, "protector")
    minors.say(desk, Unaccompanied(person=child.uid, since=DAY))
    [one] = [one for one in companions.of_person(desk, mine.uid) if one.tie is Tie.ADDRESS]
    assert (one.person.given, one.person.phone, one.where) == ("Нұрлан", MASK, MASK)
    with pytest.raises(Refused):
        companions.of_person(desk, child.uid)
