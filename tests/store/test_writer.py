"""One op, one transaction, one journal line per record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.change import Op
from migdesk.domain.errors import Refused, Stale
from migdesk.domain.finding import warn
from migdesk.domain.mrz_zone import Zone
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.services.records import FieldChange, RecordChange
from migdesk.services.upkeep import journal
from migdesk.store.migrations import fingerprint
from tests import make


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path / "office")
    yield opened
    opened.close()


def save(desk, *records):
    with desk.write(Op.SAVE_PERSON) as tx:
        return [tx.put(record) for record in records]


def test_a_record_comes_back_as_it_was_written(desk):
    written = save(desk, make.person(other_names="Умарова", note="екі жол\nвторая"))[0]
    assert desk.store.get(Person, written.uid) == written
    assert written.rev == 1


def test_only_changed_fields_reach_the_journal(desk):
    written = save(desk, make.person())[0]
    changed = save(desk, replace(written, given="Әлия"))[0]
    assert changed.rev == 2
    last = journal.changes_of(desk, journal.entries(desk)[0].uid)
    assert [(dict(one.before), dict(one.after)) for one in last] == [({"given": "Айгүл"}, {"given": "Әлия"})]


def test_an_unchanged_record_writes_nothing(desk):
    written = save(desk, make.person())[0]
    before = len(journal.entries(desk))
    assert save(desk, written)[0].rev == 1
    assert len(journal.entries(desk)) == before


def test_a_stale_copy_is_refused(desk):
    written = save(desk, make.person())[0]
    save(desk, replace(written, given="Әлия"))
    with pytest.raises(Stale):
        save(desk, replace(written, given="Айша"))
    assert desk.store.get(Person, written.uid).given == "Әлия"


def test_an_error_inside_leaves_nothing(desk):
    with pytest.raises(ZeroDivisionError), desk.write(Op.SAVE_PERSON) as tx:
        tx.put(make.person())
        raise ZeroDivisionError
    assert desk.store.select(Person, "1") == []
    assert len(journal.entries(desk)) == 1


def test_one_iin_belongs_to_one_person(desk):
    save(desk, make.person(iin="900517400018"))
    with pytest.raises(Refused) as refused:
        save(desk, make.person(iin="900517400018"))
    assert [(one.code, one.field) for one in refused.value.findings] == [("taken", "iin")]
    assert len(desk.store.select(Person, "1")) == 1


def test_undo_puts_back_and_is_an_op_itself(desk):
    written = save(desk, make.person())[0]
    save(desk, replace(written, given="Әлия", phone="+77011234567"))
    journal.undo_last(desk)
    now = desk.store.get(Person, written.uid)
    assert (now.given, now.phone, now.rev) == ("Айгүл", "", 3)
    journal.undo_last(desk)
    assert desk.store.get(Person, written.uid).is_annulled
    with pytest.raises(Refused):
        journal.undo_last(desk)
    assert [entry.op for entry in journal.entries(desk)] == [
        Op.UNDO,
        Op.UNDO,
        Op.SAVE_PERSON,
        Op.SAVE_PERSON,
        Op.INIT_OFFICE,
    ]


def test_undo_refuses_when_a_later_change_stands_on_it(desk):
    first = save(desk, make.person())[0]
    entry = journal.find_undoable(desk)
    save(desk, replace(first, given="Әлия"))
    with pytest.raises(Stale), desk.write(Op.UNDO) as tx:
        tx.undo(entry.uid, journal.changes_of(desk, entry.uid))
    assert desk.store.get(Person, first.uid).given == "Әлия"


def test_the_chain_holds_and_shows_a_change_from_outside(desk):
    written = save(desk, make.person(), make.person(given="Әсел"))
    assert journal.broken_links(desk) == []
    desk.store.connection.execute(
        "UPDATE change SET after = replace(after, 'Айгүл', 'Айша') WHERE uid = ?", (written[0].uid,)
    )
    assert len(journal.broken_links(desk)) == 1


def test_search_follows_documents_and_names(desk):
    person = save(desk, make.person())[0]
    save(desk, make.document(person=person.uid, number="N12345678"))
    from migdesk.services.people.people import find_people

    for words in ("касым", "Қасы", "KASSY", "қасымова айг", "n12345678", "N 1234"):
        assert [one.person.uid for one in find_people(desk, words)] == [person.uid], words
    assert find_people(desk, "умаров") == []
    save(desk, replace(person, surname="Умарова", surname_latin="UMAROVA"))
    assert [one.person.uid for one in find_people(desk, "умаров")] == [person.uid]
    assert find_people(desk, "касым") == []


def test_numbers_are_given_once_and_come_back_after_a_rollback(desk):
    with desk.write(Op.SAVE_PERSON) as tx:
        assert tx.next_number("PVL-X2026-", 4) == "PVL-X2026-0001"
        tx.put(make.person())
    with pytest.raises(ZeroDivisionError), desk.write(Op.SAVE_PERSON) as tx:
        tx.next_number("PVL-X2026-", 4)
        raise ZeroDivisionError
    with desk.write(Op.SAVE_PERSON) as tx:
        assert tx.next_number("PVL-X2026-", 4) == "PVL-X2026-0002"


def test_repr_holds_no_personal_data(desk):
    person = save(desk, make.person())[0]
    change = journal.changes_of(desk, journal.entries(desk)[0].uid)[0]
    assert "Қасымова" not in repr(person) + repr(change) + repr(TravelDocument(number="N1"))


@pytest.mark.parametrize(
    "made",
    [
        lambda name: OpenTerm(TermKind.STAY, make.TODAY, "r", "p", name),
        lambda name: RecordChange("Person", name, "person", "u", True, ()),
        lambda name: FieldChange("Surname", "", name),
        lambda name: warn("duplicate", "{name} may be the same", name=name),
        lambda name: Zone("TD3", name, True, ()),
    ],
    ids=["term", "record", "field", "finding", "zone"],
)
def test_what_is_shown_of_a_person_is_not_in_its_repr(made):
    """Whatever carries a name may come into the report of a failure."""
    assert "Қасымова" not in repr(made("Қасымова"))


def test_the_schema_number_is_raised_with_every_change():
    """A changed fingerprint needs a raised `SCHEMA`, and an office of the old one among the test data."""
    from migdesk.store.migrations import SCHEMA

    assert FINGERPRINTS[SCHEMA] == fingerprint()


FINGERPRINTS = {1: "7a42246cb23ce6d4", 2: "3fb4d129f8c58659", 3: "fde9be0b1936b003"}
"""Of every released schema."""
