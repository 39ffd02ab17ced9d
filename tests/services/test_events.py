"""Events of a stay: what may come next, what a departure ends, moves, returns, crossings, and corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.appointment import Appointment, VisitState
from migdesk.domain.arrival import Arrival, Departure, DepartureKind, EventSource, Stay, StayBasis
from migdesk.domain.case import Case
from migdesk.domain.earlier import MOVED, Earlier, EarlierWay
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Severity, blocking
from migdesk.domain.party import Address, PartyRole
from migdesk.domain.person import Person
from migdesk.domain.quota import Reservation, ReservationState, Stream
from migdesk.services import day
from migdesk.services.arrivals import arrivals, crowding, departures, events, moves
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.events import Next, Said
from migdesk.services.arrivals.moves import Move, Return
from migdesk.services.cases import cases
from migdesk.services.laws import explaining
from migdesk.services.people import people
from migdesk.services.quotas import quotas
from migdesk.services.stays import crossings
from migdesk.services.terms import appointments
from migdesk.services.upkeep import doctor, journal
from tests import make
from tests.services.test_arrivals import codes, family

ELSEWHERE = Address(place="551010000", line="Абай к-сі, 1")


@pytest.fixture
def here(desk) -> Arrival:
    """A foreigner who came on Friday the 20th."""
    return arrivals.register_arrival(desk, family()).value.arrivals[0]


def leaves(arrival, **given):
    values = {"kind": DepartureKind.FOR_GOOD, "left_on": make.TODAY}
    return Departure(person=arrival.person, arrival=arrival.uid, **{**values, **given})


def told(findings):
    return {(one.code, one.field) for one in findings}


def kinds(desk, arrival):
    return events.possible(people.open_file(desk, arrival.person))


def refused(run, *args):
    with pytest.raises(Invalid) as problem:
        run(*args)
    return told(problem.value.findings)


def test_next_events_follow_from_what_happened(desk, here):
    assert kinds(desk, here)[:2] == [Next.NOTICE, Next.REGISTRATION]
    assert Next.RETURN not in kinds(desk, here)
    departures.register_departure(desk, leaves(here))
    assert kinds(desk, here) == [Next.RETURN, Next.ARRIVAL, Next.CROSSING]


def test_who_never_came_may_only_arrive_or_cross(desk):
    person = people.save_person(desk, make.person()).value
    assert events.possible(people.open_file(desk, person.uid)) == [Next.ARRIVAL, Next.CROSSING]


def test_a_departure_says_which_arrival_and_terms_it_ends_before_it_is_saved(desk, here):
    findings = departures.check_departure(desk, leaves(here))
    assert [one.code for one in findings][:3] == ["ends.arrival", "ends.term", "ends.term"]
    assert "coupon" in {one.code for one in findings}
    assert people.open_file(desk, here.person).departures == ()
    assert len(people.open_file(desk, here.person).terms) == 3
    departures.register_departure(desk, leaves(here))
    assert people.open_file(desk, here.person).terms == ()


def held(desk, person):
    pot = quotas.Pot(Stream.KANDAS, "550000000", 2026)
    quotas.allot(desk, pot, 5, "№ 1")
    return quotas.reserve(desk, quotas.Hold(pot, 2, person=person)).value


def test_a_departure_for_good_gives_back_what_was_held(desk, here):
    unit = held(desk, here.person)
    assert ("ends.quota", None) in told(departures.check_departure(desk, leaves(here)))
    departures.register_departure(desk, leaves(here))
    assert desk.store.get(Reservation, unit.uid).state is ReservationState.RELEASED


def test_a_departure_for_a_while_keeps_what_is_held_and_says_so(desk, here):
    unit = held(desk, here.person)
    done = departures.register_departure(desk, leaves(here, kind=DepartureKind.ABROAD))
    assert ("keeps.quota", None) in told(done.findings)
    assert desk.store.get(Reservation, unit.uid).state is ReservationState.HELD


def test_a_departure_says_which_case_stays_open(desk, here):
    case = cases.open_case(
        desk, Case(service="kandas_status", person=here.person, applied_on=make.TODAY)
    ).value
    findings = departures.check_departure(desk, leaves(here))
    kept = next(one for one in findings if one.code == "keeps.case")
    assert kept.values["number"] == case.number
    assert kept.severity is Severity.WARN


def test_a_departure_from_the_country_calls_appointments_off(desk, here):
    visit = appointments.book(
        desk, Appointment(person=here.person, name="Қасымова", day=date(2026, 11, 25), at="10:00")
    ).value
    stays = departures.check_departure(desk, leaves(here, kind=DepartureKind.ADDRESS))
    assert "ends.visit" not in {one.code for one in stays}
    assert ("ends.visit", None) in told(departures.check_departure(desk, leaves(here)))
    departures.register_departure(desk, leaves(here))
    assert desk.store.get(Appointment, visit.uid).state is VisitState.CANCELLED


def test_a_departure_before_the_arrival_ends_nothing(desk, here):
    assert told(departures.check_departure(desk, leaves(here, left_on=date(2026, 11, 19)))) == {
        ("before_start", "left_on")
    }


def test_a_departure_is_corrected_and_the_old_day_stays_struck(desk, here):
    saved = departures.register_departure(desk, leaves(here, left_on=date(2026, 11, 21))).value
    departures.correct_departure(desk, replace(saved, left_on=date(2026, 11, 22)))
    assert desk.store.get(Arrival, here.uid).left_on == date(2026, 11, 22)
    assert desk.store.live(Stay, person=here.person)[0].left_on == date(2026, 11, 22)
    struck = [one for one in events.struck_events(desk, here.person) if isinstance(one.record, Departure)]
    assert [one.record.left_on for one in struck] == [date(2026, 11, 21)]


def test_a_departure_from_the_country_is_corrected_to_one_from_the_address(desk, here):
    saved = departures.register_departure(desk, leaves(here)).value
    departures.correct_departure(desk, replace(saved, kind=DepartureKind.ADDRESS))
    assert desk.store.live(Stay, person=here.person)[0].left_on is None
    assert desk.store.get(Arrival, here.uid).left_on == make.TODAY


def test_an_annulled_departure_opens_again_what_it_ended(desk, here):
    saved = departures.register_departure(desk, leaves(here)).value
    assert refused(departures.annul_departure, desk, saved.uid, " ") == {("missing", "annulled_why")}
    departures.annul_departure(desk, saved.uid, "қате")
    assert desk.store.get(Arrival, here.uid).left_on is None
    assert people.open_file(desk, here.person).departures == ()
    assert departures.register_departure(desk, leaves(here)).value.number != saved.number


def test_a_departure_before_a_later_arrival_is_not_annulled(desk, here):
    saved = departures.register_departure(desk, leaves(here, left_on=date(2026, 11, 21))).value
    moves.register_return(desk, Return(here.person, make.TODAY, make.TODAY))
    assert refused(departures.annul_departure, desk, saved.uid, "қате") == {("arrived_since", None)}


def test_a_move_closes_the_old_arrival_and_begins_five_working_days(desk, here):
    """Monday the 23rd is not counted: the 30th is the fifth working day, the 26th the third."""
    move = Move(here.uid, make.TODAY, ELSEWHERE, here.host, EventSource.WORD)
    new = moves.register_move(desk, move).value
    old = desk.store.get(Arrival, here.uid)
    assert (old.left_on, new.arrived_on, new.moved_from) == (make.TODAY, make.TODAY, old.uid)
    assert (new.notice_due, new.registration_due) == (date(2026, 11, 26), date(2026, 11, 30))
    assert new.previous_address.endswith("Лермонтов к-сі, 5-12")
    assert (new.purpose, new.source, new.notified_on) == (old.purpose, EventSource.WORD, None)
    assert people.open_file(desk, here.person).departures[0].kind is DepartureKind.ADDRESS
    rules = {one["field"]: one["rule"] for one in explaining.explain(desk, new.uid)["rules"]}
    assert rules == {
        "notice_due": "notice.address_change",
        "registration_due": "stay.reregistration",
        "stay_ends_on": "treaty",
    }
    term = next(one for one in people.open_file(desk, here.person).terms if one.kind == "registration")
    assert day.explain_term(desk, term).event == "moved to the address"


def test_a_move_before_july_2026_has_no_new_registration(desk):
    arrived = date(2026, 6, 1)
    draft = family(arrival=make.arrival(entered_on=arrived, arrived_on=arrived))
    old = arrivals.register_arrival(desk, draft).value.arrivals[0]
    new = moves.register_move(desk, Move(old.uid, date(2026, 6, 30), ELSEWHERE)).value
    assert new.registration_due is None
    assert new.notice_due == date(2026, 7, 3)


def test_a_corrected_move_keeps_the_terms_of_a_move(desk, here):
    new = moves.register_move(desk, Move(here.uid, date(2026, 11, 21), ELSEWHERE)).value
    corrected = arrivals.correct_arrival(desk, replace(new, arrived_on=make.TODAY)).value
    assert corrected.registration_due == date(2026, 11, 30)


def test_the_family_moves_along(desk):
    made = arrivals.register_arrival(desk, family()).value.arrivals
    moves.register_move(desk, Move(made[0].uid, make.TODAY, ELSEWHERE, also=(made[1].uid, made[2].uid)))
    new = desk.store.live(Arrival, left_on=None)
    assert {one.moved_from for one in new} == {one.uid for one in made}
    assert len({one.address for one in new}) == 1


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"moved_on": date(2026, 11, 19)}, ("before_start", "moved_on")),
        ({"moved_on": date(2026, 11, 24)}, ("in_future", "moved_on")),
        ({"moved_on": None}, ("missing", "moved_on")),
        (
            {"address": Address(place="551010000", line="лермонтов К-СІ 5 12")},
            ("same_address", "address.line"),
        ),
        ({"address": Address(line="Абай")}, ("missing", "address.place")),
    ],
)
def test_what_is_wrong_with_a_move_is_said_at_its_field(desk, here, given, wrong):
    values = {"moved_on": make.TODAY, "address": ELSEWHERE, **given}
    assert wrong in refused(moves.register_move, desk, Move(here.uid, **values))
    assert desk.store.get(Arrival, here.uid).left_on is None


def test_nobody_moves_who_left(desk, here):
    departures.register_departure(desk, leaves(here))
    assert refused(moves.register_move, desk, Move(here.uid, make.TODAY, ELSEWHERE)) == {
        ("left_already", "moved_on")
    }


def test_a_return_is_a_new_arrival_at_the_last_address_with_its_own_terms(desk, here):
    departures.register_departure(desk, leaves(here, left_on=date(2026, 11, 21), to_country="UZB"))
    back = moves.register_return(desk, Return(here.person, make.TODAY, make.TODAY)).value
    assert (back.address, back.host, back.purpose) == (here.address, here.host, here.purpose)
    assert back.notice_due == date(2026, 11, 26)
    assert back.registration_due == date(2026, 12, 23)
    assert back.from_country == "UZB"
    days = [(one.entered_on, one.left_on) for one in people.open_file(desk, here.person).stays]
    assert days == [(make.TODAY, None), (date(2026, 11, 20), date(2026, 11, 21))]


def test_a_return_without_a_departure_is_refused_at_its_field(desk, here):
    assert refused(moves.register_return, desk, Return(here.person, make.TODAY, make.TODAY)) == {
        ("return_without_departure", "entered_on")
    }


@pytest.mark.parametrize(
    ("entered", "wrong"),
    [(date(2026, 11, 21), ("before_start", "entered_on")), (None, ("missing", "entered_on"))],
)
def test_a_return_before_the_departure_is_refused_at_its_field(desk, here, entered, wrong):
    departures.register_departure(desk, leaves(here, left_on=date(2026, 11, 22)))
    assert wrong in refused(moves.register_return, desk, Return(here.person, entered, make.TODAY))


def test_a_stranger_does_not_return(desk):
    person = people.save_person(desk, make.person()).value
    assert refused(moves.register_return, desk, Return(person.uid, make.TODAY, make.TODAY)) == {
        ("never_here", "arrived_on")
    }


def test_a_crossing_that_is_no_arrival_counts_for_the_stay_and_begins_no_term(desk, here):
    crossings.register_crossing(
        desk, Stay(person=here.person, entered_on=date(2026, 9, 1), left_on=date(2026, 9, 10))
    )
    file = people.open_file(desk, here.person)
    assert [one.entered_on for one in file.stays] == [date(2026, 11, 20), date(2026, 9, 1)]
    assert len(file.arrivals) == 1
    assert len(file.terms) == 3


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"entered_on": date(2026, 11, 21)}, ("overlap", "entered_on")),
        ({"entered_on": date(2026, 11, 1)}, ("overlap", "entered_on")),
        ({"entered_on": date(2026, 11, 24)}, ("in_future", "entered_on")),
        ({"entered_on": date(2026, 9, 2), "left_on": date(2026, 9, 1)}, ("before_start", "left_on")),
        ({"entered_on": date(1980, 9, 2), "left_on": date(1980, 9, 3)}, ("before_birth", "entered_on")),
    ],
)
def test_what_is_wrong_with_a_crossing_is_said_at_its_field(desk, here, given, wrong):
    stay = Stay(person=here.person, **given)
    assert wrong in refused(crossings.register_crossing, desk, stay)


def test_who_leaves_and_enters_on_one_day_was_not_here_twice(desk, here):
    stay = Stay(person=here.person, entered_on=date(2026, 11, 1), left_on=date(2026, 11, 20))
    assert crossings.register_crossing(desk, stay).findings == ()


def test_a_corrected_entry_is_followed_by_its_arrival(desk, here):
    stay = desk.store.live(Stay, person=here.person)[0]
    crossings.correct_crossing(desk, replace(stay, entered_on=date(2026, 11, 18)))
    arrival = desk.store.get(Arrival, here.uid)
    assert (arrival.entered_on, arrival.registration_due) == (date(2026, 11, 18), date(2026, 12, 18))
    struck = [one for one in events.struck_events(desk, here.person) if isinstance(one.record, Stay)]
    assert [one.record.entered_on for one in struck] == [date(2026, 11, 20)]


def test_a_corrected_arrival_takes_its_stay_along(desk, here):
    """The stay kept the old day, and the days of stay were counted from it."""
    arrivals.correct_arrival(desk, replace(here, entered_on=date(2026, 11, 18)))
    assert [one.entered_on for one in desk.store.live(Stay, person=here.person)] == [date(2026, 11, 18)]


def test_an_entry_after_the_arrival_is_refused_at_its_field(desk, here):
    stay = desk.store.live(Stay, person=here.person)[0]
    assert refused(crossings.correct_crossing, desk, replace(stay, entered_on=date(2026, 11, 21))) == {
        ("before_start", "entered_on")
    }


def test_only_a_crossing_without_an_arrival_is_annulled(desk, here):
    stay = desk.store.live(Stay, person=here.person)[0]
    assert refused(crossings.annul_crossing, desk, stay.uid, "қате") == {("has_arrival", None)}
    other = crossings.register_crossing(
        desk, Stay(person=here.person, entered_on=date(2026, 9, 1), left_on=date(2026, 9, 2))
    ).value
    crossings.annul_crossing(desk, other.uid, "қате")
    assert len(people.open_file(desk, here.person).stays) == 1
    assert [one.record.uid for one in events.struck_events(desk, here.person)] == [other.uid]


def test_notice_and_registration_are_dated_and_sourced(desk, here):
    events.give_notice(desk, Said(here.uid, make.TODAY, channel="paper"))
    done = events.mark_registered(desk, Said(here.uid, make.TODAY, source=EventSource.PORTAL)).value
    assert (done.notified_on, done.channel) == (make.TODAY, "paper")
    assert (done.registered_on, done.registered_source) == (make.TODAY, EventSource.PORTAL)
    assert [one.kind for one in people.open_file(desk, here.person).terms] == ["stay"]
    assert events.struck_events(desk, here.person) == []


@pytest.mark.parametrize("run", [events.give_notice, events.mark_registered])
def test_an_event_without_a_day_is_refused(desk, here, run):
    assert refused(run, desk, Said(here.uid, None)) == {("missing", "on")}


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 11, 24), "in_future"), (date(2026, 11, 1), "before_start")]
)
def test_a_registration_on_an_impossible_day_is_refused(desk, here, on, code):
    assert refused(events.mark_registered, desk, Said(here.uid, on)) == {(code, "on")}


def again(desk, here, **given):
    person = desk.store.get(Person, here.person)
    draft = ArrivalDraft((Member(person),), make.arrival(**given), ELSEWHERE)
    return told(arrivals.check_draft(desk, draft, duplicates=False))


def comes_again(desk, here, answer, **given):
    """Somebody who is here arrives at another address, and is said to have moved, left, or live at both."""
    member = Member(desk.store.get(Person, here.person), earlier=answer)
    values = {"entered_on": None, "arrived_on": make.TODAY, **given}
    return ArrivalDraft((member,), make.arrival(**values), ELSEWHERE)


def test_a_second_open_arrival_is_refused_until_it_is_said_what_becomes_of_the_first(desk, here):
    draft = comes_again(desk, here, None)
    assert ("still_here", "arrival.arrived_on") in refused(arrivals.register_arrival, desk, draft)


def test_a_second_arrival_recorded_as_a_move_ends_the_first_and_has_the_terms_of_a_move(desk, here):
    done = arrivals.register_arrival(desk, comes_again(desk, here, MOVED))
    new = done.value.arrivals[0]
    assert journal.entries(desk)[0].about.endswith(f", {new.number}")
    assert (new.moved_from, new.entered_on) == (here.uid, here.entered_on)
    assert new.previous_address.endswith("Лермонтов к-сі, 5-12")
    assert desk.store.get(Arrival, here.uid).left_on == make.TODAY
    (gone,) = desk.store.live(Departure, person=here.person)
    assert (gone.arrival, gone.kind, gone.to_place) == (here.uid, DepartureKind.ADDRESS, ELSEWHERE.place)
    kinds = [one.kind for one in people.open_file(desk, here.person).terms]
    assert sorted(kinds) == ["notice", "registration", "stay"]
    journal.undo_last(desk)
    assert journal.entries(desk)[0].about.endswith(f", {new.number}")
    assert desk.store.get(Arrival, here.uid).left_on is None
    assert desk.store.live(Arrival, person=here.person, left_on=None) == [desk.store.get(Arrival, here.uid)]


def test_the_earlier_address_may_have_been_left_on_a_day_of_its_own(desk, here):
    answer = Earlier(EarlierWay.LEFT, left_on=date(2026, 11, 21))
    new = arrivals.register_arrival(desk, comes_again(desk, here, answer)).value.arrivals[0]
    assert (new.moved_from, new.second_home) == (None, "")
    assert desk.store.get(Arrival, here.uid).left_on == date(2026, 11, 21)


def test_who_lives_at_both_addresses_has_the_reason_in_the_journal(desk, here):
    answer = Earlier(EarlierWay.BOTH, why="  вахта  ")
    new = arrivals.register_arrival(desk, comes_again(desk, here, answer)).value.arrivals[0]
    assert desk.store.get(Arrival, here.uid).left_on is None
    assert new.second_home == "вахта"
    written = journal.changes_of(desk, journal.entries(desk)[0].uid)
    assert [one.after["second_home"] for one in written if "second_home" in one.after] == ["вахта"]


@pytest.mark.parametrize(
    ("answer", "given", "told"),
    [
        (Earlier(EarlierWay.LEFT), {}, ("missing", "earlier.left_on")),
        (Earlier(EarlierWay.LEFT, date(2026, 11, 1)), {}, ("before_start", "earlier.left_on")),
        (Earlier(EarlierWay.LEFT, date(2026, 11, 24)), {}, ("after_end", "earlier.left_on")),
        (Earlier(EarlierWay.BOTH, why=" "), {}, ("missing", "earlier.why")),
        (MOVED, {"address": None}, ("missing", "address.place")),
        (MOVED, {"address": make.address()}, ("same_address", "address.line")),
    ],
)
def test_an_answer_that_cannot_stand_is_refused_at_its_field(desk, here, answer, given, told):
    draft = replace(comes_again(desk, here, answer), **given)
    with pytest.raises(Invalid) as refusal:
        arrivals.register_arrival(desk, draft)
    assert {(one.code, one.field) for one in blocking(refusal.value.findings)} == {told}


def test_a_second_arrival_at_the_same_address_is_remarked(desk, here):
    draft = replace(comes_again(desk, here, None), address=make.address(line="лермонтов к-сі 5-12"))
    assert ("here_already", "arrival.arrived_on") in codes(arrivals.register_arrival(desk, draft).findings)


def test_an_arrival_entered_late_is_told_of_the_later_one(desk, here):
    late = {"entered_on": None, "arrived_on": date(2026, 11, 2)}
    assert ("lives_since", "arrival.arrived_on") in again(desk, here, **late)


def test_an_arrival_inside_an_earlier_one_is_remarked_at_its_fields(desk, here):
    departures.register_departure(desk, leaves(here))
    found = again(desk, here, entered_on=date(2026, 11, 21), arrived_on=date(2026, 11, 21))
    assert {("overlap", "arrival.arrived_on"), ("overlap", "arrival.entered_on")} <= found


def test_a_citizen_registers_in_ten_days_and_nobody_gives_notice(desk):
    arrival = make.arrival(purpose="internal_migrant", basis=StayBasis.CITIZEN, entered_on=None)
    draft = family(arrival=arrival, host=None)
    made = arrivals.register_arrival(desk, draft).value.arrivals[0]
    assert (made.notice_due, made.registration_due) == (None, date(2026, 11, 30))
    assert made.state == "complete"


def test_a_crowded_address_is_remarked_only_by_the_offices_own_limit(desk, here):
    draft = family(address=Address(place="551010000", line="Лермонтов к-сі 5 12"))
    assert "crowded" not in {one.code for one in arrivals.check_draft(desk, draft)}
    crowding.set_limits(desk, {PartyRole.HOST: 4})
    found = [one for one in arrivals.check_draft(desk, draft) if one.code == "crowded"]
    assert [(one.field, one.severity) for one in found] == [("address.line", Severity.WARN)]
    assert found[0].values == {"n": 3, "all": 6, "limit": 4}
    assert "the office's own" in found[0].words()
    roomy = family(address=Address(place="551010000", line="Лермонтов к-сі 51-2"))
    assert "crowded" not in {one.code for one in arrivals.check_draft(desk, roomy)}
    nowhere = replace(family(), address=Address(place="551010000"))
    many = replace(nowhere, members=nowhere.members * 2)
    assert "crowded" not in {one.code for one in arrivals.check_draft(desk, many)}


def test_every_event_can_be_undone_and_the_office_stays_sound(desk, here):
    for run in (
        lambda: moves.register_move(desk, Move(here.uid, make.TODAY, ELSEWHERE)),
        lambda: departures.register_departure(desk, leaves(here)),
        lambda: crossings.register_crossing(
            desk, Stay(person=here.person, entered_on=date(2026, 9, 1), left_on=date(2026, 9, 2))
        ),
    ):
        before = len(people.open_file(desk, here.person).terms)
        run()
        journal.undo_last(desk)
        file = people.open_file(desk, here.person)
        assert (len(file.terms), len(file.departures), len(file.stays)) == (before, 0, 1)
    assert all(one.ok for one in doctor.examine(desk))


def test_a_departure_is_not_corrected_to_a_day_behind_the_next_arrival(desk, here):
    """The person would live at two addresses at once, and the departure could then be annulled."""
    moves.register_move(desk, Move(here.uid, date(2026, 11, 21), ELSEWHERE))
    left = desk.store.live(Departure, person=here.person)[0]
    with pytest.raises(Invalid) as refused:
        departures.correct_departure(desk, replace(left, left_on=make.TODAY))
    assert ("arrived_since", "left_on") in [(one.code, one.field) for one in refused.value.findings]
    assert desk.store.get(Departure, left.uid).left_on == date(2026, 11, 21)
