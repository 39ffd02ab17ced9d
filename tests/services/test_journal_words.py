"""Lines of the journal as people read them: whom and what an op touched, and why undo goes no further."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.change import NOT_UNDOABLE, Op
from migdesk.domain.errors import Refused
from migdesk.domain.listing import Query
from migdesk.domain.protection import NoteKind, PersonNote
from migdesk.domain.quota import Stream
from migdesk.services import listing, particulars
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member, register_arrival
from migdesk.services.papers import printing
from migdesk.services.people import notes, people
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from migdesk.services.upkeep import journal
from migdesk.services.workbooks import exporting
from tests import make

NAME = "Қасымова Айгүл"


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def person(desk) -> str:
    draft = ArrivalDraft(
        (Member(make.person(), (make.document(),)),),
        make.arrival(),
        make.address(),
        make.host(name="ЖШС Жұлдыз"),
    )
    return register_arrival(desk, draft).value.people[0].uid


def said(desk) -> str:
    return journal.entries(desk, limit=1)[0].words


def test_an_arrival_is_told_by_person_and_number(desk, person):
    assert said(desk) == f"Arrival registered: {NAME}, PVL-2026-000001"
    entry = journal.entries(desk)[0]
    assert journal.told(entry) == f"{entry.words} · {journal.when(entry)} · tester"
    assert NAME not in repr(entry)


def test_what_belongs_to_a_person_is_told_by_the_person(desk, person):
    note = PersonNote(person=person, written_on=make.TODAY, matter=NoteKind.VICTIM, text="құпия")
    notes.write(desk, note)
    assert said(desk) == f"Note on a person written: {NAME}"
    people.save_person(desk, replace(people.get_person(desk, person), phone="1"))
    assert said(desk) == f"Person saved: {NAME}"


def test_what_belongs_to_nobody_is_told_by_its_own_name(desk):
    particulars.save_signer(desk, replace(desk.signer, name="Ж. Ахметова"))
    assert said(desk) == "Operator saved: Ж. Ахметова (tester)"
    with desk.write(Op.MAKE_SAMPLE) as tx:
        tx.put(make.person())
    assert said(desk) == "Sample office made"


def test_a_paper_is_told_by_its_number_and_its_person(desk, person, tmp_path):
    done = printing.print_form(desk, "registration_slip", person, tmp_path / "p.pdf", lang="kk")
    assert said(desk) == f"Paper printed: {NAME}, {done.value.printout.number}"


def test_an_undo_is_told_with_what_it_took_back(desk, person):
    coming = journal.coming(desk)
    assert coming.why_not is None
    assert coming.words.startswith(f"Arrival registered: {NAME}, PVL-2026-000001 · ")
    journal.undo_last(desk)
    assert said(desk) == f"Undone: Arrival registered: {NAME}, PVL-2026-000001"


def test_undo_says_at_which_op_it_stops_of_whom_when_and_why(desk, person, tmp_path):
    """It said that there was nothing to undo."""
    number = printing.print_form(
        desk, "registration_slip", person, tmp_path / "p.pdf", lang="kk"
    ).value.printout.number
    with pytest.raises(Refused) as refused:
        journal.undo_last(desk)
    entry = journal.entries(desk)[0]
    words = refused.value.words()
    for part in (number, NAME, "tester", journal.when(entry), "event annul", "event correct"):
        assert part in words
    assert words == journal.coming(desk).words


def test_a_reason_is_given_only_of_what_undo_stops_at():
    assert set(journal._WHY) < NOT_UNDOABLE


def test_an_office_in_which_nothing_was_done_has_nothing_to_undo(desk):
    coming = journal.coming(desk)
    assert (coming.entry, coming.words) == (None, "There is nothing that can be undone.")


def test_the_list_of_the_journal_says_the_same_and_finds_by_name(desk, person, tmp_path):
    quotas.allot(desk, Pot(Stream.KANDAS, "550000000", 2026), 5, "№ 1")
    note = PersonNote(person=person, written_on=date(2026, 11, 20), matter=NoteKind.VICTIM, text="құпия")
    notes.write(desk, note)
    everything = listing.open_list(desk, Query("journal", columns=("code", "about")))
    rows = everything.rows(everything.first(10))
    assert rows[0] == ("save_note", NAME)
    assert rows[2] == ("register_arrival", f"{NAME}, PVL-2026-000001")
    found = listing.open_list(desk, Query("journal", words="касымова", columns=("code",)))
    assert found.rows(found.first(10)) == [("save_note",), ("register_arrival",)]
    assert listing.open_list(desk, Query("journal", words="ешкім")).count() == 0
    assert exporting.export_list(desk, Query("journal", words="касымова"), tmp_path / "j.csv") == 2
