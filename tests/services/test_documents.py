"""A mistyped document is corrected, one written by mistake is annulled; both stay in the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Invalid, NotFound, Stale
from migdesk.domain.mrz import MrzReading
from migdesk.domain.mrz_make import make_mrz
from migdesk.domain.person import Completeness, Person, TravelDocument
from migdesk.services import records
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.people import documents, people
from migdesk.services.upkeep import journal
from tests import make


def register(desk, person=None, *held):
    draft = ArrivalDraft(
        members=(Member(person or make.person(), held),),
        arrival=make.arrival(),
        address=make.address(),
        host=make.host(),
    )
    return arrivals.register_arrival(desk, draft, duplicates=False).value


@pytest.fixture
def held(desk):
    """The only document of somebody who arrived under it."""
    register(desk, None, make.document(number="AB1234567"))
    return desk.store.live(TravelDocument)[0]


def test_a_mistyped_number_is_corrected_in_one_op(desk, held):
    documents.save_document(desk, replace(held, number="AB7654321"))
    assert [one.number for one in desk.store.live(TravelDocument)] == ["AB7654321"]
    told = records.open_op(desk, journal.entries(desk)[0].uid)
    assert [(one.before, one.after) for one in told.changes[0].fields] == [("AB1234567", "AB7654321")]
    assert people.find_people(desk, "AB7654321")
    assert not people.find_people(desk, "AB1234567")
    journal.undo_last(desk)
    assert documents.get_document(desk, held.uid).number == "AB1234567"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": ""}, "number"),
        ({"kind": "napkin"}, "kind"),
        ({"issued_on": date(2030, 1, 1)}, "issued_on"),
        ({"issued_on": date(2020, 1, 2), "expires_on": date(2020, 1, 1)}, "expires_on"),
    ],
)
def test_a_wrong_correction_is_refused_at_its_field(desk, held, wrong, field):
    with pytest.raises(Invalid) as refused:
        documents.save_document(desk, replace(held, **wrong))
    assert field in {one.field for one in refused.value.findings}
    assert documents.get_document(desk, held.uid) == held


def test_an_expired_document_is_saved_with_a_warning(desk, held):
    done = documents.save_document(desk, replace(held, expires_on=date(2026, 1, 1)))
    assert [(one.code, one.field) for one in done.findings] == [("document_expired", "expires_on")]


def test_the_kept_zone_is_compared(desk, held):
    zone = make_mrz(
        MrzReading(
            format="TD3",
            document_code="P",
            issuer="UZB",
            number="AB1234567",
            nationality="UZB",
            surname="KASSYMOVA",
            given_names="AIGUL",
            birth_date=PartialDate(1990, 5, 17),
            sex="f",
            expires_on=date(2032, 3, 1),
        )
    )
    told = documents.save_document(desk, replace(held, issuer="UZB", number="AB1234568", mrz=zone)).findings
    assert ("zone_differs", "number") in {(one.code, one.field) for one in told}
    again = documents.get_document(desk, held.uid)
    spoilt = documents.save_document(desk, replace(again, mrz=zone.replace("AB1234567", "AB1234568")))
    assert ("zone_unsound", "mrz") in {(one.code, one.field) for one in spoilt.findings}


def test_one_paper_is_one_line_of_a_file(desk, held):
    with pytest.raises(Invalid) as refused:
        documents.save_document(desk, replace(held, uid="", rev=0))
    assert [one.code for one in refused.value.findings] == ["same_document"]


def test_a_number_that_somebody_else_has_is_looked_at_again(desk, held):
    other = register(desk, make.person(given="Болат", given_latin="BOLAT"), make.document(number="X1"))
    mine = people.open_file(desk, other.people[0].uid).documents[0]
    told = documents.save_document(desk, replace(mine, number="AB1234567", issuer=held.issuer)).findings
    assert [one.code for one in told] == ["held_by_other"]


def test_a_stale_document_is_not_written_over(desk, held):
    documents.save_document(desk, replace(held, issued_by="ІІМ"))
    with pytest.raises(Stale):
        documents.save_document(desk, replace(held, number="AB7654321"))


def test_an_annulled_document_is_kept_and_no_longer_counts(desk, held):
    documents.annul_document(desk, held, "басқа адамның паспорты")
    assert desk.store.get(TravelDocument, held.uid).annulled_why == "басқа адамның паспорты"
    (arrival,) = desk.store.live(Arrival)
    assert (arrival.document, arrival.state) == (None, Completeness.INCOMPLETE)
    assert people.open_file(desk, held.person).lacking == ("Travel document",)
    with pytest.raises(NotFound):
        documents.get_document(desk, held.uid)
    journal.undo_last(desk)
    assert documents.get_document(desk, held.uid).number == "AB1234567"
    assert desk.store.live(Arrival)[0].document == held.uid


def test_an_arrival_goes_over_to_the_other_document(desk, held):
    right = documents.save_document(desk, make.document(person=held.person, number="N7")).value
    documents.annul_document(desk, held, "қате")
    (arrival,) = desk.store.live(Arrival)
    assert (arrival.document, arrival.state) == (right.uid, Completeness.COMPLETE)


def test_an_annulment_needs_its_reason(desk, held):
    with pytest.raises(Invalid) as refused:
        documents.annul_document(desk, held, " ")
    assert [one.field for one in refused.value.findings] == ["annulled_why"]


def test_a_complete_person_is_called_complete(desk):
    made = register(desk, None, make.document())
    assert desk.store.get(Person, made.people[0].uid).state is Completeness.COMPLETE
    assert people.open_file(desk, made.people[0].uid).lacking == ()


def test_what_is_filled_in_later_completes_person_and_arrival(desk):
    made = register(desk, make.person(sex=None))
    uid = made.people[0].uid
    assert people.open_file(desk, uid).lacking == ("Sex", "Travel document")
    person = desk.store.get(Person, uid)
    people.save_person(desk, replace(person, sex=make.person().sex), make.document())
    assert desk.store.get(Person, uid).state is Completeness.COMPLETE
    assert desk.store.live(Arrival)[0].state is Completeness.COMPLETE
