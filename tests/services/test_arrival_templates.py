"""Templates of arrivals at a receiving person: kept under a name, without anything of a person."""

from __future__ import annotations

import json
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.saved_view import SavedView
from migdesk.services import views
from migdesk.services.arrivals import arrival_templates, arrivals, parties
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.upkeep import journal
from tests import make


@pytest.fixture
def student(desk):
    """Somebody registered at a university."""
    host = parties.save_party(desk, make.host(name="Торайғыров университеті")).value
    arrival = make.arrival(
        host=host.uid,
        purpose="study",
        basis=StayBasis.VISA,
        channel="eqonaq",
        from_country="UZB",
        border_point="Жібек жолы",
        transport="автобус 12",
        entered_on=date(2026, 11, 19),
        arrived_on=date(2026, 11, 20),
        visa_category="C9",
        visa_number="KZ0001234567",
        note="өзі туралы",
    )
    details = {"school_name": "Торайғыров университеті", "enrolment_number": "418-н"}
    members = (Member(make.person(), (make.document(),)),)
    draft = ArrivalDraft(members, arrival, make.address(line="Ломов к-сі, 64"), details=details)
    return arrivals.register_arrival(desk, draft, duplicates=False).value.arrivals[0]


def test_a_template_has_what_is_of_the_place_and_nothing_of_the_person(desk, student):
    kept = arrival_templates.keep(desk, student.uid, " Жатақхана ").value
    assert (kept.name, kept.host) == ("Жатақхана", student.host)
    assert arrival_templates.get_template(desk, kept.uid).values == {
        "arrival.host": student.host,
        "arrival.purpose": "study",
        "arrival.basis": StayBasis.VISA,
        "arrival.channel": "eqonaq",
        "arrival.from_country": "UZB",
        "arrival.border_point": "Жібек жолы",
        "arrival.transport": "автобус 12",
        "address.place": make.address().place,
        "address.line": "Ломов к-сі, 64",
        "details.school_name": "Торайғыров университеті",
    }


def test_the_same_name_replaces_and_another_is_a_second_one(desk, student):
    first = arrival_templates.keep(desk, student.uid, "Б").value
    assert arrival_templates.keep(desk, student.uid, "Б").value.uid == first.uid
    arrival_templates.keep(desk, student.uid, "А")
    assert [one.name for one in arrival_templates.of_host(desk, student.host)] == ["А", "Б"]
    assert views.all_views(desk) == []


def test_a_template_is_called_otherwise_taken_away_and_brought_back(desk, student):
    kept = arrival_templates.keep(desk, student.uid, "А").value
    arrival_templates.keep(desk, student.uid, "Б")
    assert arrival_templates.rename(desk, kept.uid, "В").value.name == "В"
    with pytest.raises(Refused):
        arrival_templates.rename(desk, kept.uid, "б")
    arrival_templates.forget(desk, kept.uid)
    with pytest.raises(NotFound):
        arrival_templates.forget(desk, kept.uid)
    journal.undo_last(desk)
    assert [one.name for one in arrival_templates.of_host(desk, student.host)] == ["Б", "В"]


def test_no_template_without_a_name_or_a_receiving_person(desk, student):
    with pytest.raises(Invalid):
        arrival_templates.keep(desk, student.uid, " ")
    alone = ArrivalDraft((Member(make.person(given="Болат")),), make.arrival(), make.address())
    made = arrivals.register_arrival(desk, alone, duplicates=False).value.arrivals[0]
    with pytest.raises(Refused):
        arrival_templates.keep(desk, made.uid, "А")
    with pytest.raises(NotFound):
        arrival_templates.keep(desk, "nobody", "А")


@pytest.mark.parametrize(
    "content", ["", "[]", "{", json.dumps({"arrival.basis": "moon", "arrival.number": "1"})]
)
def test_a_damaged_template_says_only_what_is_understood(desk, student, content):
    kept = arrival_templates.keep(desk, student.uid, "А").value
    with desk.write(Op.KEEP_TEMPLATE) as tx:
        tx.put(desk.store.get(SavedView, kept.uid), content=content)
    assert arrival_templates.get_template(desk, kept.uid).values == {"arrival.host": student.host}
    assert desk.store.get(Arrival, student.uid).number
