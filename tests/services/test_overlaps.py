"""Dated corrections: nobody lives twice or is here twice at once; what was said once is corrected, not said again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.errors import Invalid
from migdesk.domain.party import Address
from migdesk.services.arrivals import arrivals, departures, events, moves
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.events import Said
from migdesk.services.arrivals.moves import Move, Return
from migdesk.services.stays import crossings
from tests import make

FIRST, SECOND = date(2026, 11, 10), date(2026, 11, 16)


def at(day: int) -> date:
    return date(2026, 11, day)


@pytest.fixture
def here(desk) -> Arrival:
    """Somebody who came on 10 November."""
    arrival = make.arrival(entered_on=FIRST, arrived_on=FIRST)
    draft = ArrivalDraft((Member(make.person(), (make.document(),)),), arrival, make.address(), make.host())
    return arrivals.register_arrival(desk, draft).value.arrivals[0]


@pytest.fixture
def moved(desk, here) -> Arrival:
    """He moved on the 16th."""
    move = Move(here.uid, SECOND, Address(place="551010000", line="Абай к-сі, 6"), here.host)
    return moves.register_move(desk, move).value


@pytest.fixture
def back(desk, here) -> Arrival:
    """He left the country on the 12th and was back on the 16th."""
    leave(desk, here, DepartureKind.ABROAD, at(12))
    return moves.register_return(desk, Return(here.person, SECOND, SECOND)).value


def leave(desk, arrival, kind, on) -> Departure:
    return departures.register_departure(
        desk, Departure(person=arrival.person, arrival=arrival.uid, kind=kind, left_on=on)
    ).value


def refused(run, *args):
    with pytest.raises(Invalid) as problem:
        run(*args)
    return {(one.code, one.field) for one in problem.value.findings if one.severity == "block"}


def only(desk, cls, person):
    return desk.store.live(cls, person=person, order="id")[0]


@pytest.mark.parametrize(
    ("day", "wrong"), [(17, {("arrived_since", "left_on")}), (9, {("before_start", "left_on")})]
)
def test_the_departure_of_a_move_stays_between_both_arrivals(desk, moved, day, wrong):
    gone = only(desk, Departure, moved.person)
    assert refused(departures.correct_departure, desk, replace(gone, left_on=at(day))) == wrong
    assert departures.correct_departure(desk, replace(gone, left_on=at(14))).value.left_on == at(14)


def test_a_move_is_not_corrected_to_a_day_before_the_old_address_was_left(desk, moved):
    """The person lived at two addresses at once, and nothing told of it."""
    assert refused(arrivals.correct_arrival, desk, replace(moved, arrived_on=at(15))) == {
        ("overlap", "arrived_on")
    }
    later = arrivals.correct_arrival(desk, replace(moved, arrived_on=at(18))).value
    assert later.arrived_on == at(18)
    gone = only(desk, Departure, moved.person)
    departures.correct_departure(desk, replace(gone, left_on=at(14)))
    assert arrivals.correct_arrival(desk, replace(later, arrived_on=at(14))).value.arrived_on == at(14)


@pytest.mark.parametrize("day", [17, 20])
def test_an_arrival_is_not_corrected_to_a_day_after_its_end(desk, here, moved, day):
    old = desk.store.get(Arrival, here.uid)
    assert ("before_start", "arrived_on") in refused(
        arrivals.correct_arrival, desk, replace(old, arrived_on=at(day))
    )


def test_the_day_of_leaving_is_corrected_in_the_departure_only(desk, here, moved):
    old = desk.store.get(Arrival, here.uid)
    assert refused(arrivals.correct_arrival, desk, replace(old, left_on=at(20))) == {
        ("in_departure", "left_on")
    }


@pytest.mark.parametrize(("entered", "arrived"), [(11, 11), (11, 16)])
def test_a_return_is_not_corrected_to_a_day_before_the_exit(desk, back, entered, arrived):
    changed = replace(back, entered_on=at(entered), arrived_on=at(arrived))
    assert ("overlap", "entered_on") in refused(arrivals.correct_arrival, desk, changed)
    assert arrivals.correct_arrival(desk, replace(back, entered_on=at(13))).value.entered_on == at(13)


@pytest.mark.parametrize(
    ("day", "wrong"), [(17, ("arrived_since", "left_on")), (9, ("before_start", "left_on"))]
)
def test_an_exit_is_not_corrected_past_the_return_or_before_the_entry(desk, back, day, wrong):
    gone = only(desk, Departure, back.person)
    assert wrong in refused(departures.correct_departure, desk, replace(gone, left_on=at(day)))


def test_an_exit_is_not_corrected_past_a_crossing_without_an_arrival(desk, here):
    """Nobody looked at stays that are no arrival here."""
    gone = leave(desk, here, DepartureKind.ABROAD, at(12))
    crossings.register_crossing(desk, Stay(person=here.person, entered_on=at(14), left_on=at(15)))
    wrong = {("overlap", "left_on")}
    assert refused(departures.correct_departure, desk, replace(gone, left_on=at(16))) == wrong
    assert refused(departures.correct_departure, desk, replace(gone, kind=DepartureKind.ADDRESS)) == wrong
    assert refused(departures.annul_departure, desk, gone.uid, "қате") == {("overlap", None)}
    assert departures.correct_departure(desk, replace(gone, left_on=at(13))).value.left_on == at(13)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"left_on": at(17)}, ("in_departure", "left_on")),
        ({"entered_on": at(13)}, ("before_start", "entered_on")),
    ],
)
def test_a_crossing_with_an_arrival_is_corrected_within_it(desk, back, given, wrong):
    stay = only(desk, Stay, back.person)
    assert wrong in refused(crossings.correct_crossing, desk, replace(stay, **given))


@pytest.mark.parametrize("given", [{"entered_on": at(4)}, {"left_on": at(11)}])
def test_a_crossing_is_not_corrected_over_another(desk, here, given):
    crossings.register_crossing(desk, Stay(person=here.person, entered_on=at(1), left_on=at(5)))
    other = crossings.register_crossing(desk, Stay(person=here.person, entered_on=at(6), left_on=at(7))).value
    assert ("overlap", "entered_on") in refused(crossings.correct_crossing, desk, replace(other, **given))


def test_what_lay_over_another_before_may_be_put_right(desk, here):
    """A file that was merged has two homes at once: a correction of one is no new fault."""
    person = desk.store.find(type(make.person()), here.person)
    draft = ArrivalDraft((Member(person),), make.arrival(entered_on=None, arrived_on=at(12)), make.address())
    second = arrivals.register_arrival(desk, draft, duplicates=False).value.arrivals[0]
    assert arrivals.correct_arrival(desk, replace(second, arrived_on=at(13))).value.arrived_on == at(13)


@pytest.mark.parametrize("run", [events.give_notice, events.mark_registered])
def test_an_event_is_not_said_twice(desk, here, run):
    """The second notice took the place of the first without a word."""
    run(desk, Said(here.uid, at(12)))
    assert refused(run, desk, Said(here.uid, at(13))) == {("said_already", "on")}
    held = desk.store.get(Arrival, here.uid)
    assert at(12) in (held.notified_on, held.registered_on)


@pytest.mark.parametrize("name", ["notified_on", "registered_on"])
def test_what_was_said_is_corrected_and_stays_struck(desk, here, name):
    assert refused(events.correct_arrival, desk, here, {name: at(12)}) == {("not_said", name)}
    run = events.give_notice if name == "notified_on" else events.mark_registered
    held = run(desk, Said(here.uid, at(12))).value
    corrected = events.correct_arrival(desk, held, {name: at(13)}).value
    assert getattr(corrected, name) == at(13)
    struck = events.struck_events(desk, here.person)
    assert [getattr(one.record, name) for one in struck] == [at(12)]


def test_a_notice_before_the_arrival_is_a_slip_of_the_date(desk, here):
    """No act known to the program lets it be given in advance: it is counted from the day of arrival."""
    assert refused(events.give_notice, desk, Said(here.uid, at(9))) == {("before_start", "on")}
    held = events.give_notice(desk, Said(here.uid, at(10))).value
    assert refused(events.correct_arrival, desk, held, {"notified_on": at(9)}) == {
        ("before_start", "notified_on")
    }
    assert refused(arrivals.correct_arrival, desk, replace(held, arrived_on=at(11))) == {
        ("before_start", "notified_on")
    }


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 11, 9), "before_start"), (date(2026, 11, 24), "in_future")]
)
def test_a_registration_is_not_corrected_to_an_impossible_day(desk, here, day, code):
    held = events.mark_registered(desk, Said(here.uid, at(12))).value
    assert refused(events.correct_arrival, desk, held, {"registered_on": day}) == {(code, "registered_on")}
