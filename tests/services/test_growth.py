"""How far a file has grown, who says that it is verified, and what takes that back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.change import Op
from migdesk.domain.errors import Refused
from migdesk.domain.person import Completeness, Person
from migdesk.services import arrivals, documents, growth, journal, people, verifying
from migdesk.services.arrivals import ArrivalDraft, Member
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
