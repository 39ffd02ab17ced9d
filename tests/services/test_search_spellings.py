"""The search box and the lists find a name in the spelling of the other language, those as typed first."""

from __future__ import annotations

import pytest

from migdesk.domain.listing import Query
from migdesk.services.listing import open_list
from migdesk.services.people import people
from tests import make


@pytest.fixture
def three(desk):
    """The same surname in three spellings, and somebody else."""
    names = ("Турсунов", "Тұрсынов", "Тюрсунов", "Тасболатов")
    return [people.save_person(desk, make.person(surname=name, given="Арман")).value.uid for name in names]


def found(desk, text, limit=50):
    return [one.person.uid for one in people.find_people(desk, text, limit=limit)]


@pytest.mark.parametrize("typed", ["Тұрсынов", "турсунов", "TURSYNOV", "Турсын", "Тұрсын Арман"])
def test_each_spelling_finds_the_others(desk, three, typed):
    assert set(found(desk, typed)) == set(three[:3])
    assert len(open_list(desk, Query("people", words=typed)).ids()) == 3


def test_those_spelled_as_typed_come_first(desk, three):
    assert found(desk, "Турсунов", limit=1) == [three[0]]
    assert found(desk, "Тұрсынов", limit=1) == [three[1]]


def test_it_is_said_that_the_name_was_found(desk, three):
    matched = {one.person.uid: one.matched for one in people.find_people(desk, "Турсунов")}
    assert matched == dict.fromkeys(three[:3], "name")
