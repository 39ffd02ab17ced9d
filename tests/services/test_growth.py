"""How far a file has grown, who says that it is verified, and what takes that back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.change import Op
from migdesk.domain.errors import Refused
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.person import Completeness, Person
from migdesk.services import listing, records
from migdesk.services.arrivals import arrivals, moves, verifying
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.moves import Move
from migdesk.services.papers import printing
from migdesk.services.people import documents, growth, people
from migdesk.services.sample import register
from migdesk.services.upkeep import journal
from tests import make

COMPLETE, INCOMPLETE, VERIFIED = Completeness.COMPLETE, Completeness.INCOMPLETE, Completeness.VERIFIED


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path / "office")
    yield opened
    opened.close()


@pytest.fixture
def made(desk):
    member = Member(make.person(), (make.document(),))
    draft = ArrivalDraft((member,), make.arrival(), make.address(), make.host())
    return arrivals.register_arrival(desk, draft).value


def states(desk, made):
    person, arrival = made.people[0], made.arrivals[0]
    return desk.store.get(Person, person.uid).state, desk.store.get(type(arrival), arrival.uid).state


def test_what_is_missing_is_counted_of_what_is_asked():
    grown = growth.of_arrival(make.person(sex=None), (), make.arrival(purpose=""))
    assert [one.place for one in grown.lacking] == [
        "person.sex",
        "document.number",
        "arrival.purpose",
        "address.place",
        "arrival.host",
    ]
    assert (grown.asked, grown.percent) == (10, 50)
    assert growth.of_person(make.person(), (make.document(),)).percent == 100


def test_an_act_verifies_an_arrival_with_its_person_and_says_who_and_when(desk, made):
    verifying.verify_arrival(desk, made.arrivals[0].uid)
    assert states(desk, made) == (VERIFIED, VERIFIED)
    told = verifying.find_verified(desk, desk.store.get(Person, made.people[0].uid))
    assert told.operator == "tester" and told.at.startswith("20")
    assert journal.entries(desk)[0].op is Op.VERIFY_FILE
    journal.undo_last(desk)
    assert states(desk, made) == (COMPLETE, COMPLETE)
    assert verifying.find_verified(desk, desk.store.get(Person, made.people[0].uid)) is None


def test_nobody_verifies_twice_or_what_is_incomplete(desk, made):
    verifying.verify_person(desk, made.people[0].uid)
    with pytest.raises(Refused):
        verifying.verify_person(desk, made.people[0].uid)
    person = desk.store.get(Person, made.people[0].uid)
    people.save_person(desk, replace(person, sex=None))
    with pytest.raises(Refused) as refused:
        verifying.verify_person(desk, person.uid)
    assert refused.value.findings[0].code == "incomplete"


@pytest.mark.parametrize(
    ("given", "after"),
    [
        ({"phone": "+77010000000"}, VERIFIED),
        ({"surname": "Қасенова"}, COMPLETE),
        ({"given_latin": "AYGUL"}, COMPLETE),
        ({"sex": None}, INCOMPLETE),
    ],
)
def test_a_changed_identity_falls_back(desk, made, given, after):
    verifying.verify_arrival(desk, made.arrivals[0].uid)
    person = desk.store.get(Person, made.people[0].uid)
    people.save_person(desk, replace(person, **given))
    assert states(desk, made) == (after, after)


def test_a_new_document_falls_back(desk, made):
    verifying.verify_arrival(desk, made.arrivals[0].uid)
    documents.save_document(desk, make.document(person=made.people[0].uid, number="N7654321"))
    assert states(desk, made) == (COMPLETE, COMPLETE)


@pytest.mark.parametrize(("given", "after"), [({"note": "x"}, COMPLETE), ({}, VERIFIED)])
def test_a_corrected_arrival_falls_back_and_its_person_does_not(desk, made, given, after):
    verifying.verify_arrival(desk, made.arrivals[0].uid)
    arrival = desk.store.get(type(made.arrivals[0]), made.arrivals[0].uid)
    arrivals.correct_arrival(desk, replace(arrival, **given))
    assert states(desk, made) == (VERIFIED, after)


def file_of(desk, made):
    return people.open_file(desk, made.people[0].uid)


def test_the_state_of_a_person_counts_his_arrival_in(desk, made):
    """The file said complete beside a bar of 90 %: the receiving person was missing, and no paper was printed."""
    moved = moves.register_move(
        desk, Move(made.arrivals[0].uid, make.TODAY, make.address(line="Абай к-сі, 1"))
    ).value
    assert states(desk, made)[0] is INCOMPLETE
    file = file_of(desk, made)
    assert (file.person.state, file.growth.percent, file.growth.labels) == (
        INCOMPLETE,
        90,
        ("Receiving person",),
    )
    assert records.open_arrival(desk, moved.uid).growth == file.growth
    listed = listing.open_list(desk, Query("people", (Filter("state", Test.IS, INCOMPLETE.value),)))
    assert [listed.uid(one) for one in listed.ids()] == [made.people[0].uid]
    with pytest.raises(Refused) as refused:
        verifying.verify_person(desk, made.people[0].uid)
    assert refused.value.findings[0].values["labels"] == "Receiving person"
    with pytest.raises(Refused):
        printing.preview(desk, "registration_slip", moved.uid)
    arrivals.correct_arrival(desk, replace(moved, host=made.arrivals[0].host))
    assert states(desk, made)[0] is COMPLETE
    assert printing.preview(desk, "registration_slip", moved.uid)


def test_a_known_person_who_comes_with_less_is_incomplete_again(desk, made):
    verifying.verify_arrival(desk, made.arrivals[0].uid)
    person = desk.store.get(Person, made.people[0].uid)
    came = make.arrival(entered_on=None, arrived_on=make.TODAY, purpose="work")
    again = arrivals.register_arrival(
        desk, ArrivalDraft((Member(person),), came, make.address()), duplicates=False
    )
    assert again.value.people[0].state is INCOMPLETE
    assert states(desk, made)[0] is INCOMPLETE


def test_the_sample_says_of_every_file_what_its_growth_says(tmp_path):
    desk = make.desk(tmp_path / "sample")
    register.fill(desk, 60)
    for arrival in desk.store.live(Arrival):
        file = records.open_arrival(desk, arrival.uid)
        assert arrival.state is file.growth.state
        assert file.person.state is people.open_file(desk, file.person.uid).growth.state
    desk.close()


@pytest.mark.parametrize(("basis", "lacks"), [(StayBasis.PMZH, False), (StayBasis.VISA_FREE, True)])
def test_a_resident_may_live_in_housing_of_his_own(basis, lacks):
    grown = growth.of_arrival(make.person(), (make.document(),), make.arrival(basis=basis, address="a"))
    assert ("Receiving person" in grown.labels) is lacks
