"""Departures stand in a list of their own, and with the arrivals in one report by day; a return has its own words."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.arrival import Departure, DepartureKind, EventSource
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.party import Address
from migdesk.services import listing, reporting
from migdesk.services.arrivals import departures, happened, moves
from migdesk.services.arrivals.arrivals import Member, register_arrival
from migdesk.services.arrivals.moves import Move, Return
from migdesk.services.people import people
from tests import make
from tests.services.test_arrivals import family

ELSEWHERE = Address(place="551010000", line="Абай к-сі, 1")


@pytest.fixture
def here(desk):
    draft = family(members=(Member(make.person(), (make.document(),)),))
    return register_arrival(desk, draft).value.arrivals[0]


def left(desk, here, kind, day, **given):
    gone = Departure(person=here.person, arrival=here.uid, kind=kind, left_on=day, **given)
    return departures.register_departure(desk, gone).value


def test_departures_are_a_list_that_is_filtered_and_found(desk, here):
    """There were 13 lists, and none of departures."""
    gone = left(
        desk, here, DepartureKind.ABROAD, date(2026, 11, 22), to_country="UZB", source=EventSource.PAPER
    )
    opened = listing.open_list(desk, Query("departures", words="KASSYMOVA"))
    row = dict(zip((one.key for one in opened.columns), opened.rows(opened.first(5))[0], strict=True))
    assert (row["number"], row["left_on"], row["arrival"]) == (gone.number, gone.left_on, here.number)
    assert (row["kind"], row["to_country"], row["source"]) == (gone.kind, "UZB", EventSource.PAPER)
    for filters, count in (
        ((Filter("left_on", Test.FROM, "today-6"),), 1),
        ((Filter("left_on", Test.IS, "today"),), 0),
        ((Filter("kind", Test.IS, "for_good"),), 0),
        ((Filter("arrival", Test.IS, here.number),), 1),
    ):
        assert listing.open_list(desk, Query("departures", filters)).count() == count
    departures.annul_departure(desk, gone.uid, "error")
    assert listing.open_list(desk, Query("departures")).count() == 0


def test_who_came_and_who_left_stand_in_one_report(desk, here):
    left(desk, here, DepartureKind.ABROAD, date(2026, 11, 21), to_country="UZB")
    back = moves.register_return(desk, Return(here.person, date(2026, 11, 22), date(2026, 11, 22))).value
    moves.register_move(desk, Move(back.uid, date(2026, 11, 23), ELSEWHERE))
    report = reporting.run(desk, "movements", date(2026, 11, 20), make.TODAY)
    told = [(row[1], row[2]) for row in report.sections[0].rows]
    assert told == [
        (date(2026, 11, 20), "Arrived at the address"),
        (date(2026, 11, 21), "Left the country"),
        (date(2026, 11, 22), "Returned and arrived at the address"),
        (date(2026, 11, 23), "Left the address"),
        (date(2026, 11, 23), "Moved to the address"),
    ]
    assert report.sections[1].totals[1] == 5
    nothing = reporting.run(desk, "movements", date(2025, 1, 1), date(2025, 1, 2))
    assert list(nothing.sections[0].rows) == []


def test_only_the_first_arrival_after_leaving_the_country_is_a_return(desk, here):
    left(desk, here, DepartureKind.ABROAD, date(2026, 11, 21))
    back = moves.register_return(desk, Return(here.person, date(2026, 11, 21), date(2026, 11, 22))).value
    left(desk, back, DepartureKind.ADDRESS, date(2026, 11, 22))
    person = people.get_person(desk, here.person)
    draft = family(members=(Member(person),), arrival=make.arrival(entered_on=None, arrived_on=make.TODAY))
    register_arrival(desk, draft)
    file = people.open_file(desk, here.person)
    assert happened.returns(file.arrivals, file.departures) == {back.uid}
    titles = {one.uid: one.title for one in happened.of_file(file) if one.field == "arrived_on"}
    assert [uid for uid, title in titles.items() if title == happened.RETURNED] == [back.uid]
    rows = reporting.run(desk, "movements", date(2026, 11, 20), make.TODAY).sections[0].rows
    assert sum("Returned" in str(row[2]) for row in rows) == 1
