"""The words by which people are found are written again when one of them changes, and not when anything else does."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.detail import Detail
from migdesk.domain.fields import specs
from migdesk.domain.party import Party
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.register import BY_TABLE
from migdesk.store import search
from tests import make


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    opened = make.desk(tmp_path_factory.mktemp("words") / "office")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held(desk):
    """One record of each kind that has words, by its table."""
    with desk.write(Op.SAVE_PERSON) as tx:
        person = tx.put(make.person())
        arrival = tx.put(make.arrival(person=person.uid, number="A-1"))
        return {
            one.table: one.uid
            for one in (
                person,
                arrival,
                tx.put(make.document(person=person.uid)),
                tx.put(Case(person=person.uid, number="C-1")),
                tx.put(Permit(person=person.uid, number="P-1", kind="x")),
                tx.put(Detail(arrival=arrival.uid, key="school_name", value="Лицей")),
                tx.put(make.host()),
            )
        }


WORDS = (
    *(
        (Person, name, "Zhaqsy")
        for name in ("surname", "given", "patronymic", "surname_latin", "given_latin")
    ),
    *((Person, name, "Zhaqsy") for name in ("document_name", "other_names")),
    (Person, "iin", "900517400016"),
    (TravelDocument, "number", "ZZ7654321"),
    (Arrival, "number", "A-77"),
    (Case, "number", "C-77"),
    (Case, "certificate", "K-77"),
    (Permit, "number", "P-77"),
    (Detail, "value", "Gimnaziya"),
    (Party, "name", "Zhaqsy"),
    (Party, "head", "Zhaqsy"),
    (Party, "number", "123456"),
)


def found(desk, cls, words):
    table = "party_search" if cls is Party else "person_search"
    return search.find_ids(desk.store, table, words, 5)


@pytest.mark.parametrize(("cls", "name", "words"), WORDS, ids=lambda one: getattr(one, "table", str(one)))
def test_a_changed_word_is_found_from_then_on(desk, held, cls, name, words):
    before = desk.store.get(cls, held[cls.table])
    assert not found(desk, cls, words)
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(before, **{name: words})
    assert len(found(desk, cls, words)) == 1
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(desk.store.get(cls, before.uid), **{name: getattr(before, name)})
    assert not found(desk, cls, words)


def test_each_field_with_words_is_a_field():
    for table, names in search._SEARCHED.items():
        assert names <= {one.name for one in specs(BY_TABLE[table])}


@pytest.mark.parametrize(
    ("cls", "name", "value"),
    [
        (Person, "phone", "+7 701 000 00 00"),
        (TravelDocument, "expires_on", date(2033, 1, 1)),
        (Arrival, "left_on", make.TODAY),
        (Party, "phone", "+7 701 000 00 00"),
    ],
    ids=lambda one: getattr(one, "table", str(one)),
)
def test_what_is_no_word_leaves_the_words_alone(desk, held, cls, name, value):
    table = "party" if cls is Party else "person"
    sound = list(search.unsound(desk.store))
    desk.store.connection.execute(f"DELETE FROM {table}_search")
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(desk.store.get(cls, held[cls.table]), **{name: value})
    assert list(search.unsound(desk.store)) == [*sound, f"{table}: 1"]
    search.rebuild(desk.store.connection)
