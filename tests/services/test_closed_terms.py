"""Terms that a move, a departure or a late notice closed, and what the light says of who is not in the country."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, EventSource, Stay, StayBasis
from migdesk.domain.change import Op
from migdesk.domain.finding import Severity
from migdesk.domain.party import Address
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.terms import ClosedBy, TermKind
from migdesk.services.arrivals import arrivals, departures, events, moves
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.events import Said
from migdesk.services.arrivals.moves import Move, Return
from migdesk.services.laws import explaining
from migdesk.services.people import people
from migdesk.services.stays import crossings
from migdesk.services.stays.status import Light, person_status
from migdesk.services.terms import ended_terms
from tests import make

LATE = date(2026, 10, 22)
"""32 days before the day of tests: the notice was due on 28 October, Republic Day moved to the 26th."""
ELSEWHERE = Address(place="551010000", line="Абай к-сі, 1")


def register(desk, citizenship="RUS", came=LATE, **given) -> Arrival:
    person = make.person(citizenship=citizenship)
    arrival = make.arrival(entered_on=came, arrived_on=came, **given)
    draft = ArrivalDraft(
        (Member(person, (make.document(),), apart=True),), arrival, make.address(), make.host()
    )
    return arrivals.register_arrival(desk, draft).value.arrivals[0]


def leave(desk, arrival, kind=DepartureKind.FOR_GOOD, on=make.TODAY):
    departure = Departure(person=arrival.person, arrival=arrival.uid, kind=kind, left_on=on)
    return departures.register_departure(desk, departure).value


def closed(desk, arrival):
    file = people.open_file(desk, arrival.person)
    return {(one.kind, one.by, one.is_missed) for one in ended_terms.of_file(file)}


def found(status, code):
    return [one for one in status.findings if one.code == code]


def test_a_term_missed_before_a_move_stays_told(desk):
    """The notice was 32 days late; after the move the light was green and nothing was told of it."""
    here = register(desk)
    assert person_status(desk, here.person).light is Light.RED
    new = moves.register_move(desk, Move(here.uid, make.TODAY, ELSEWHERE, here.host, EventSource.WORD)).value
    assert closed(desk, here) == {
        (TermKind.NOTICE, ClosedBy.MOVE, True),
        (TermKind.REGISTRATION, ClosedBy.MOVE, True),
    }
    status = person_status(desk, here.person)
    assert status.light is Light.AMBER  # the new address has terms of its own
    told = found(status, "status.missed")
    assert {one.severity for one in told} == {Severity.NOTE}
    assert "closed by the move of 23.11.2026" in told[0].words()
    rules = {one["field"]: one for one in explaining.explain(desk, here.uid)["rules"]}
    assert (rules["notice_due"]["missed"], rules["notice_due"]["closed_by"]) == (True, "move")
    assert "closed" not in explaining.explain(desk, new.uid)["rules"][0]


@pytest.mark.parametrize("kind", DepartureKind)
def test_a_term_closed_by_a_departure_says_so(desk, kind):
    here = register(desk, came=date(2026, 11, 20))
    leave(desk, here, kind)
    assert closed(desk, here) == {
        (TermKind.NOTICE, ClosedBy.DEPARTURE, False),
        (TermKind.REGISTRATION, ClosedBy.DEPARTURE, False),
    }
    assert found(person_status(desk, here.person), "status.missed") == []
    rule = explaining.explain(desk, here.uid)["rules"][0]
    assert rule["closed"] == "Notice of arrival: closed by the departure of 23.11.2026."
    assert rule["missed"] is False


def test_a_notice_given_late_stays_missed_and_one_in_time_is_no_more_told(desk):
    here = register(desk)
    events.give_notice(desk, Said(here.uid, make.TODAY))
    events.mark_registered(desk, Said(here.uid, date(2026, 11, 20)))
    assert closed(desk, here) == {(TermKind.NOTICE, ClosedBy.DONE, True)}
    assert person_status(desk, here.person).light is Light.GREEN


def test_on_a_day_before_the_move_nothing_was_closed_yet(desk):
    here = register(desk)
    moves.register_move(desk, Move(here.uid, make.TODAY, ELSEWHERE, here.host))
    assert person_status(desk, here.person, make.TODAY - timedelta(1)).closed == ()


@pytest.mark.parametrize("kind", [DepartureKind.ABROAD, DepartureKind.FOR_GOOD])
@pytest.mark.parametrize("days", [0, 2, 60])
def test_nothing_is_asked_of_who_left_the_country(desk, kind, days):
    """Two days after leaving he was amber: his stay would end in 23 days."""
    here = register(
        desk, came=date(2026, 11, 20), notified_on=date(2026, 11, 20), registered_on=LATE.replace(month=11)
    )
    leave(desk, here, kind)
    status = person_status(desk, here.person, make.TODAY + timedelta(days))
    assert (status.light, status.left_on) == (Light.GREEN, make.TODAY)
    assert [one.words() for one in status.findings] == ["Left the country on 23.11.2026."]


def test_who_left_the_address_is_still_in_the_country(desk):
    here = register(desk, came=date(2026, 11, 20))
    leave(desk, here, DepartureKind.ADDRESS)
    status = person_status(desk, here.person)
    assert status.left_on is None
    assert found(status, "status.left") == []


def test_who_left_after_the_last_lawful_day_stays_told(desk):
    here = register(desk, "DEU")
    leave(desk, here)
    status = person_status(desk, here.person, make.TODAY + timedelta(30))
    assert status.light is Light.RED
    told = found(status, "status.overstay")[0].words()
    assert told == "Left the country on 23.11.2026, after the last lawful day, 20.11.2026."


def test_who_is_back_is_judged_by_his_new_stay(desk):
    here = register(desk, "DEU", came=date(2026, 11, 1))
    leave(desk, here, DepartureKind.ABROAD, date(2026, 11, 20))
    moves.register_return(desk, Return(here.person, date(2026, 11, 22), date(2026, 11, 22)))
    status = person_status(desk, here.person)
    assert (status.left_on, status.stay.lawful) == (None, True)
    assert person_status(desk, here.person, date(2026, 11, 21)).left_on == date(2026, 11, 20)


def test_a_permit_that_ends_is_nothing_to_who_left(desk):
    here = register(desk, came=date(2026, 11, 20), notified_on=date(2026, 11, 20), registered_on=make.TODAY)
    with desk.write(Op.ISSUE_PERMIT) as tx:
        tx.put(
            Permit(
                person=here.person,
                kind="rvp",
                state=PermitState.GRANTED,
                granted_on=date(2026, 11, 20),
                valid_from=date(2026, 11, 20),
                valid_until=date(2026, 12, 1),
            )
        )
    leave(desk, here)
    status = person_status(desk, here.person)
    assert (status.light, status.terms) == (Light.GREEN, ())


def test_a_crossing_out_is_enough_to_be_away(desk):
    person = people.save_person(desk, make.person(citizenship="RUS"), make.document()).value
    crossings.register_crossing(
        desk, Stay(person=person.uid, entered_on=date(2026, 9, 1), left_on=date(2026, 9, 10))
    )
    assert person_status(desk, person.uid).left_on == date(2026, 9, 10)
    assert person_status(desk, person.uid, date(2026, 9, 9)).left_on is None


def test_a_citizens_term_is_not_that_of_an_immigrant(desk):
    person = make.person(citizenship="KAZ", iin="")
    arrival = make.arrival(purpose="internal_migrant", entered_on=None)
    draft = ArrivalDraft((Member(person, (make.document(),), apart=True),), arrival, make.address())
    made = arrivals.register_arrival(desk, draft).value.arrivals[0]
    assert (made.basis, made.notice_due) == (StayBasis.CITIZEN, None)
    file = people.open_file(desk, made.person)
    assert [one.title for one in file.terms] == ["Registration of the citizen"]
    assert events.title_of(events.Next.REGISTRATION, file) == "Registration of the citizen"
