"""The kept end of stay: written by every op it depends on, by nobody's hand, and the same as the file works out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay, StayBasis
from migdesk.domain.case import Case, CaseState
from migdesk.domain.change import Op
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.services import listing, stay_ends
from migdesk.services.arrivals import arrivals, departures
from migdesk.services.day import list_terms
from migdesk.services.laws import choices, law_effects
from migdesk.services.people import people
from migdesk.services.permits import permits
from migdesk.services.stays import crossings
from migdesk.services.stays.status import Light, person_status
from migdesk.services.upkeep import doctor, journal
from migdesk.store import replay
from tests import make
from tests.services.test_status import codes, entered, register

ENTERED = date(2026, 11, 10)
LAST = date(2026, 12, 9)


def came(desk, citizenship="DEU", **given) -> Arrival:
    person = register(desk, citizenship, **{**entered(ENTERED), **given})
    return desk.store.live(Arrival, person=person.uid)[0]


def ends(desk, arrival: Arrival) -> date | None:
    """What is kept; the file of the person must say the same."""
    kept = desk.store.get(Arrival, arrival.uid)
    if kept.left_on is None:
        assert kept.stay_ends_on == person_status(desk, arrival.person or "").stay.last_lawful_day
    return kept.stay_ends_on


def rvp(arrival: Arrival, since: date, until: date, kind: str = "rvp") -> Permit:
    return Permit(person=arrival.person, kind=kind, valid_from=since, valid_until=until)


def test_a_visa_free_stay_has_its_end_and_is_a_term_of_the_day(desk):
    arrival = came(desk)
    assert (ends(desk, arrival), arrival.stay_until) == (LAST, None)
    assert [(one.kind, one.due) for one in list_terms(desk)] == [("stay", LAST)]


@pytest.mark.parametrize(
    ("citizenship", "basis", "until", "expected"),
    [
        ("KAZ", StayBasis.CITIZEN, None, None),
        ("BTN", StayBasis.VISA_FREE, None, None),
        ("DEU", StayBasis.VISA, date(2027, 5, 1), date(2027, 5, 1)),
        ("DEU", StayBasis.PMZH, None, None),
        ("RUS", StayBasis.VISA_FREE, None, ENTERED + timedelta(days=89)),
    ],
)
def test_the_end_is_that_of_the_regime_of_the_entry(desk, citizenship, basis, until, expected):
    assert ends(desk, came(desk, citizenship, basis=basis, stay_until=until)) == expected


def test_without_a_known_crossing_the_day_of_the_document_is_watched(desk):
    arrival = came(desk, entered_on=None, basis=StayBasis.VISA, stay_until=date(2027, 2, 1))
    assert desk.store.get(Arrival, arrival.uid).stay_ends_on == date(2027, 2, 1)


def test_a_list_is_filtered_by_it_whether_or_not_a_day_was_typed(desk):
    arrival = came(desk)
    came(desk, "RUS")
    ends_soon = Filter("stay_ends_on", Test.UNTIL, "today+30")
    found = listing.open_list(desk, Query("arrivals", (ends_soon,)))
    assert [found.uid(row) for row in found.first(9)] == [arrival.uid]


def test_the_typed_day_is_never_overwritten(desk):
    arrival = came(desk, stay_until=date(2026, 12, 31))
    assert (ends(desk, arrival), arrival.stay_until) == (LAST, date(2026, 12, 31))


def test_an_earlier_stay_shortens_it_and_undo_gives_it_back(desk):
    arrival = came(desk)
    for since, until in ((date(2026, 7, 1), date(2026, 7, 30)), (date(2026, 8, 10), date(2026, 9, 8))):
        crossings.register_crossing(desk, Stay(person=arrival.person, entered_on=since, left_on=until))
    assert ends(desk, arrival) == LAST
    more = Stay(person=arrival.person, entered_on=date(2026, 10, 1), left_on=date(2026, 10, 20))
    crossings.register_crossing(desk, more)
    assert ends(desk, arrival) == ENTERED + timedelta(days=9)
    journal.undo_last(desk)
    assert ends(desk, arrival) == LAST


def test_a_permit_carries_the_stay_and_its_revocation_ends_it(desk):
    arrival = came(desk)
    permit = permits.issue(desk, rvp(arrival, date(2026, 12, 1), date(2027, 11, 30))).value
    assert ends(desk, arrival) == date(2027, 11, 30)
    permits.revoke(desk, permit.uid, "бас тартты")
    assert ends(desk, arrival) == LAST


def test_a_permit_that_begins_after_a_gap_does_not_carry_it(desk):
    arrival = came(desk)
    permits.issue(desk, rvp(arrival, LAST + timedelta(days=2), date(2027, 11, 30)))
    assert ends(desk, arrival) == LAST


def test_an_overstay_is_counted_from_the_end_of_the_last_permit(desk):
    """It was counted from the end of the visa-free days before it, and met a graver step of the code."""
    arrival = came(desk, **entered(date(2026, 1, 10)))
    permits.issue(desk, rvp(arrival, date(2026, 2, 1), date(2026, 11, 19)))
    found = person_status(desk, arrival.person).stay
    assert (ends(desk, arrival), found.lawful) == (date(2026, 11, 19), False)
    assert found.overstay and (found.overstay.days, found.overstay.step.mrp_count) == (4, 10)


def test_days_under_an_earlier_visa_are_not_counted(desk):
    arrival = came(desk)
    visited = Stay(
        person=arrival.person,
        entered_on=date(2026, 6, 1),
        left_on=date(2026, 8, 29),
        basis=StayBasis.VISA,
        valid_until=date(2026, 9, 30),
    )
    crossings.register_crossing(desk, visited)
    assert ends(desk, arrival) == LAST


def test_another_citizenship_is_another_end(desk):
    arrival = came(desk)
    person = desk.store.get(Person, arrival.person)
    people.save_person(desk, replace(person, citizenship="RUS"))
    assert ends(desk, arrival) == ENTERED + timedelta(days=89)


def test_a_departure_closes_the_term_and_its_annulment_opens_it(desk):
    arrival = came(desk)
    left = Departure(person=arrival.person, kind=DepartureKind.ABROAD, left_on=date(2026, 11, 20))
    done = departures.register_departure(desk, left).value
    assert list_terms(desk) == []
    departures.annul_departure(desk, done.uid, "қате")
    assert ends(desk, arrival) == LAST
    assert [one.kind for one in list_terms(desk)] == ["stay"]


def test_a_corrected_day_of_entry_moves_it(desk):
    arrival = came(desk)
    arrivals.correct_arrival(desk, replace(arrival, entered_on=date(2026, 11, 5)))
    assert ends(desk, arrival) == date(2026, 12, 4)


def test_an_answer_to_an_open_question_is_an_effect_of_the_law_and_is_written(desk):
    arrival = came(desk)
    other = desk.law.choosing("stay.entry_day", "day_0")
    shown = [(one.field, one.before, one.after) for one in law_effects.effects(desk, other)]
    assert shown == [("stay_ends_on", LAST, LAST + timedelta(days=1))]
    choices.choose(desk, "stay.entry_day", "day_0")
    assert ends(desk, arrival) == LAST + timedelta(days=1)


def test_a_copy_read_before_stays_good_to_write_and_brings_no_old_day_back(desk):
    old = came(desk)
    permits.issue(desk, rvp(old, date(2026, 12, 1), date(2027, 11, 30)))
    arrivals.correct_arrival(desk, replace(old, note="түзетілді"))
    assert ends(desk, old) == date(2027, 11, 30)


def test_the_doctor_finds_a_day_that_was_changed_from_outside_and_counts_it_anew(desk):
    arrival = came(desk)
    with desk.write(Op.CORRECT_ARRIVAL) as tx:
        tx.settle(Arrival, arrival.uid, stay_ends.FIELD, "2026-12-09", "2030-01-01")
    looked = {one.name: one.ok for one in doctor.examine(desk)}
    assert (looked["ends of stay"], looked["journal and tables agree"]) == (False, True)
    assert any("1" in one for one in doctor.mend(desk))
    assert ends(desk, arrival) == LAST
    assert list(replay.differences(desk.store)) == []


def test_an_application_does_not_stop_the_clock(desk):
    arrival = came(desk)
    late = LAST + timedelta(days=5)
    case = Case(service="rvp", person=arrival.person, applied_on=make.TODAY, due_on=late, number="PVL-C1")
    with desk.write(Op.OPEN_CASE) as tx:
        tx.put(replace(case, state=CaseState.OPEN))
    told = next(one for one in person_status(desk, arrival.person).findings if one.code == "status.pending")
    assert "09.12.2026" in told.words() and "14.12.2026" in told.words()
    after = person_status(desk, arrival.person, LAST + timedelta(days=1))
    assert after.light is Light.RED and "status.pending" in codes(after)
