"""Reasons of annulment: the same check behind every door."""

from __future__ import annotations

import pytest

from migdesk.domain.arrival import Departure, DepartureKind, Stay
from migdesk.domain.errors import Invalid
from migdesk.services.arrivals import arrivals, departures
from migdesk.services.reasons import reason
from migdesk.services.stays import crossings
from tests import make
from tests.services.test_arrivals import family


@pytest.mark.parametrize(("why", "code"), [("", "missing"), (" \n ", "missing"), ("x" * 201, "too_long")])
def test_a_reason_is_given_and_fits_its_field(why, code):
    with pytest.raises(Invalid) as refused:
        reason(why)
    assert [(one.code, one.field) for one in refused.value.findings] == [(code, "annulled_why")]


def test_a_reason_is_kept_as_its_field_keeps_it(desk):
    """A departure kept 904 characters with the blanks before them, a crossing whatever was typed."""
    here = arrivals.register_arrival(desk, family()).value.arrivals[0]
    stay = Stay(
        person=here.person, entered_on=make.TODAY.replace(year=2020), left_on=make.TODAY.replace(year=2021)
    )
    crossing = crossings.register_crossing(desk, stay).value
    gone = Departure(person=here.person, arrival=here.uid, kind=DepartureKind.ABROAD, left_on=make.TODAY)
    departure = departures.register_departure(desk, gone).value
    doors = {
        "crossing": lambda why: crossings.annul_crossing(desk, crossing.uid, why),
        "departure": lambda why: departures.annul_departure(desk, departure.uid, why),
    }
    for door, annul in doors.items():
        with pytest.raises(Invalid):
            annul("x" * 904)
        assert annul("  by mistake ").value.annulled_why == "by mistake", door
