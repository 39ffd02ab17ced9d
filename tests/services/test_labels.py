"""A file is found by its label, through the search and wherever a person is named; a wrong label says so."""

from __future__ import annotations

import pytest

from migdesk.domain.errors import NotFound, Refused
from migdesk.services.people import labels, merging, people
from migdesk.services.upkeep import journal
from tests import make


@pytest.fixture
def person(desk):
    people.save_person(desk, make.person(surname="Алдыңғы"))
    return people.save_person(desk, make.person()).value


def test_a_typed_label_finds_the_file_first(desk, person):
    label = labels.label(desk, person)
    found = people.find_people(desk, label.lower().replace("-", " "))
    assert [one.person.uid for one in found] == [person.uid]
    assert found[0].matched == "label of the file"
    assert people.get_person(desk, label).uid == person.uid


def test_every_file_has_a_label_of_its_own_that_stays(desk, person):
    before = labels.label(desk, person)
    saved = people.save_person(desk, desk.store.get(type(person), person.uid)).value
    others = {labels.label(desk, people.save_person(desk, make.person()).value) for _n in range(5)}
    assert labels.label(desk, saved) == before
    assert len(others | {before}) == 6


def test_the_card_of_a_merged_file_opens_the_file_it_is_in_now(desk, person):
    other = people.save_person(desk, make.person(given="Айгуль")).value
    label = labels.label(desk, other)
    merging.merge(desk, person.uid, other.uid)
    assert people.get_person(desk, label).uid == person.uid


def test_the_label_of_an_undone_file_finds_nobody(desk, person):
    label = labels.label(desk, person)
    journal.undo_last(desk)
    assert labels.find_holder(desk, label) is None
    with pytest.raises(NotFound):
        people.get_person(desk, label)


def test_a_wrong_sign_and_a_strange_card_are_told_apart(desk, person):
    label = labels.label(desk, person)
    wrong = label[:-1] + ("X" if label[-1] != "X" else "Y")
    told = []
    for text in (wrong, strange(desk)):
        with pytest.raises(Refused) as refusal:
            labels.refuse_misread(text)
        told.append(refusal.value.findings[0].code)
    assert told == ["wrong_label", "unknown_label"]
    assert labels.problem_of("Ахметов") is None


def strange(desk) -> str:
    from migdesk.domain.label import label_of

    return label_of(5_000_000, desk.office.uid)


def letters_only(desk) -> str:
    """The label, all letters, of somebody who is here; people come until one has such a label."""
    for _n in range(60):
        label = labels.label(desk, people.save_person(desk, make.person()).value)
        if label.replace("-", "").isalpha():
            return label
    raise AssertionError


def test_letters_alone_are_a_label_where_a_file_has_it(desk):
    label = letters_only(desk)
    bare = label.replace("-", "").lower()
    assert people.find_people(desk, bare)[0].matched == "label of the file"
    assert labels.label(desk, people.get_person(desk, bare)) == label
    assert labels.problem_of("ахметов") is None


def test_who_names_nobody_by_a_label_hears_what_is_wrong_with_it(desk, person):
    label = labels.label(desk, person)
    wrong = label[:-1] + ("X" if label[-1] != "X" else "Y")
    for key, said in (
        (wrong, "a sign is wrong"),
        (strange(desk), "another office"),
        ("Ахметов", "Nothing found"),
    ):
        with pytest.raises(NotFound) as refusal:
            people.get_person(desk, key)
        assert said in refusal.value.words()


def test_what_may_be_a_label_without_hyphens_is_doubted(desk):
    assert labels.doubt_of("2A3C4D5") is not None
    assert [labels.doubt_of(text) for text in ("ахметов", "2345678")] == [None, None]
