"""A stay that a decision shortened ends on the day named there: in the kept day, the terms and the light."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, StayBasis
from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.permit import Permit
from migdesk.domain.terms import TermKind
from migdesk.services import day
from migdesk.services.arrivals import arrivals, departures
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.cases import cases
from migdesk.services.matter import Verdict
from migdesk.services.permits import permits
from migdesk.services.stays import status
from tests import make

OWN, CUT = date(2026, 12, 19), date(2026, 11, 30)


def come(desk, on: date = date(2026, 11, 20)):
    days = {"entered_on": on, "arrived_on": on, "notified_on": on}
    arrival = make.arrival(purpose="business", basis=StayBasis.VISA_FREE, **days)
    return arrivals.register_arrival(
        desk, ArrivalDraft((Member(make.person(citizenship="DEU"), ()),), arrival)
    ).value


def shorten(desk, person, leave_by: date = CUT):
    given = {"basis": "visa_free", "leave_by": leave_by, "act": "order 1"}
    on = date(2026, 11, 21)
    case = cases.open_case(
        desk, Case(service="shortened_stay", person=person, applied_on=on), (), given
    ).value
    cases.receive_paper(desk, case.uid, "act")
    return cases.decide(desk, case.uid, Verdict("shorten_stay", on=on, grounds=("breach_stay",))).value


def kept(desk) -> date | None:
    return desk.store.live(Arrival, left_on=None)[0].stay_ends_on


@pytest.fixture
def person(desk) -> str:
    return come(desk).people[0].uid


def test_the_kept_day_and_the_terms_follow_the_decision(desk, person):
    assert kept(desk) == OWN
    shorten(desk, person)
    assert kept(desk) == CUT
    assert [one.due for one in day.list_terms(desk) if one.kind is TermKind.STAY] == [CUT]


@pytest.mark.parametrize(
    ("on", "lawful", "last", "light"),
    [
        (date(2026, 11, 20), True, OWN, "amber"),
        (date(2026, 11, 30), True, CUT, "amber"),
        (date(2026, 12, 1), False, CUT, "red"),
    ],
)
def test_the_light_follows_from_the_day_of_the_decision_on(desk, person, on, lawful, last, light):
    shorten(desk, person)
    found = status.person_status(desk, person, on)
    assert (found.stay.lawful, found.stay.last_lawful_day, found.light) == (lawful, last, light)


def test_a_day_after_the_own_end_changes_nothing(desk, person):
    shorten(desk, person, date(2027, 3, 1))
    assert kept(desk) == status.person_status(desk, person).stay.last_lawful_day == OWN


def test_a_permit_granted_later_carries_the_stay_on_and_one_of_before_does_not(desk, person):
    days = {"valid_from": date(2026, 11, 21), "valid_until": date(2027, 6, 30)}
    permits.issue(desk, Permit(kind="rvp", person=person, applied_on=date(2026, 11, 20), **days))
    held = desk.store.live(Permit)[0]
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(replace(held, granted_on=date(2026, 11, 20)))
    shorten(desk, person)
    assert kept(desk) == CUT
    assert status.person_status(desk, person, date(2026, 12, 1)).stay.lawful is False
    permits.issue(desk, Permit(kind="rvp", person=person, **{**days, "valid_from": make.TODAY}))
    assert kept(desk) == date(2027, 6, 30)
    assert status.person_status(desk, person, date(2026, 12, 1)).stay.lawful is True


def test_a_new_entry_begins_a_new_stay(desk, person):
    first = desk.store.live(Arrival)[0]
    shorten(desk, person)
    gone = Departure(person=person, arrival=first.uid, kind=DepartureKind.ABROAD, left_on=date(2026, 11, 22))
    departures.register_departure(desk, gone)
    known = replace(make.arrival(purpose="business", basis=StayBasis.VISA_FREE), entered_on=make.TODAY)
    again = ArrivalDraft(
        (Member(status.person_status(desk, person).person, ()),), replace(known, arrived_on=make.TODAY)
    )
    arrivals.register_arrival(desk, again)
    assert kept(desk) == date(2026, 12, 22)
