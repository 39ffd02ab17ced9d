"""The panel of a purpose: beneath it in the intake, in the arrival's file, and in the window that edits it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migdesk.domain.arrival import Arrival
from migdesk.services import panels
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.ui.files.people.edit_record import ask_edit
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.workplace import Kind, Target
from tests import make
from tests.ui.counter import CONTROL, zone


@pytest.fixture
def desk(new_desk):
    return new_desk


def type_purpose(clerk, words):
    page = clerk.page
    page.form.go_to("arrival.purpose")
    page.form.boxes["arrival.purpose"].input.set_typed("")
    clerk.type(f"{words}\n")


def test_enter_goes_from_the_purpose_through_its_panel(clerk):
    page = clerk.open()
    type_purpose(clerk, "study")
    places = []
    while clerk.place() != "arrival.entered_on":
        places.append(clerk.place())
        clerk.enter()
    assert places == [
        "details.school_name",
        "details.course",
        "details.enrolment_number",
        "details.enrolment_on",
        "details.studies_until",
        "arrival.from_country",
    ]
    assert [box.isVisible() for box in page.form.panel.boxes.values()] == [True] * 5


def test_what_is_typed_is_saved_with_the_arrival(clerk, desk):
    page = clerk.open()
    clerk.scan(zone())
    type_purpose(clerk, "study")
    clerk.type("Торайғыров университеті\n")
    clerk.type("3 курс\n")
    page.typing.fill(-1, "arrival.arrived_on", make.TODAY)
    clerk.press(Qt.Key.Key_Return, CONTROL)
    (arrival,) = desk.store.live(Arrival)
    assert panels.details_of(desk.store, arrival) == {
        "school_name": "Торайғыров университеті",
        "course": "3 курс",
    }


def test_another_purpose_says_what_would_be_dropped_and_the_first_brings_it_back(clerk):
    page = clerk.open()
    type_purpose(clerk, "study")
    clerk.type("ПМУ\n")
    type_purpose(clerk, "work")
    assert "details.contract_number" in page.form.boxes
    assert "details.school_name" not in page.form.boxes
    assert "School or university" in page.form.panel._dropped.text()
    assert page.book.draft().details == {"contract_number": "", "contract_on": None, "position": ""}
    type_purpose(clerk, "study")
    assert page.form.boxes["details.school_name"].input.typed() == "ПМУ"
    assert not page.form.panel._dropped.isVisible()


def test_a_draft_keeps_the_panel_and_the_cursor_in_it(clerk):
    clerk.open()
    clerk.scan(zone())
    type_purpose(clerk, "study")
    clerk.type("Торай")
    clerk.press(Qt.Key.Key_Escape)
    page = clerk.open()
    assert clerk.place() == "details.school_name"
    assert page.form.boxes["details.school_name"].input.typed() == "Торай"


def test_a_returning_person_is_offered_the_details_of_the_last_time(clerk, desk):
    member = Member(make.person(), (make.document(),))
    draft = ArrivalDraft(
        (member,),
        make.arrival(purpose="study"),
        make.address(),
        make.host(),
        details={"school_name": "ПМУ"},
    )
    person = arrivals.register_arrival(desk, draft).value.people[0]
    page = clerk.open(person.uid)
    clerk.enter(2)
    assert page.form.boxes["details.school_name"].value() == "ПМУ"


def test_few_need_two_fields_and_enter_goes_round_them(clerk):
    page = clerk.open()
    page.form.go_to("person.birth_place")
    clerk.enter()
    assert clerk.place() == "person.phone"
    page.form.go_to("person.birth_date")
    clerk.type("1990\n")
    page.form.go_to("person.phone")
    clerk.enter()
    assert clerk.place() == "person.birth_estimated"
    clerk.enter()
    assert clerk.place().startswith("family/")
    page.form.go_to("address.line")
    clerk.enter()
    assert clerk.place() == "arrival.host"
    assert page.form.boxes["address.rka"].isVisible()


def test_the_rka_and_an_estimated_birth_are_saved(clerk, desk):
    page = clerk.open()
    clerk.scan(zone())
    page.typing.fill(0, "person.birth_estimated", True)
    for name, value in (
        ("arrival.purpose", "kandas"),
        ("arrival.arrived_on", make.TODAY),
        ("address.place", "551010000"),
        ("address.rka", "0201300089643"),
    ):
        page.typing.fill(-1, name, value)
    draft = page.book.draft()
    assert draft.members[0].person.birth_estimated is True
    assert draft.address.rka == "0201300089643"


def registered(desk, purpose="transit"):
    draft = ArrivalDraft(
        (Member(make.person(), (make.document(),)),),
        make.arrival(purpose=purpose),
        make.address(),
        make.host(),
    )
    return arrivals.register_arrival(desk, draft).value.arrivals[0]


def test_the_window_of_an_arrival_edits_the_details_and_begins_where_asked(clerk, desk):
    arrival = registered(desk)
    ask_edit(clerk.window.work, Target(Kind.ARRIVAL, arrival.uid, "details.to_country"))
    settle()
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog))
    assert dialog.form.focused() == "details.to_country"
    dialog.form.boxes["details.to_country"].set_value("KGZ")
    dialog.save()
    settle()
    kept = desk.store.get(Arrival, arrival.uid)
    assert panels.details_of(desk.store, kept) == {"to_country": "KGZ"}
    assert kept.state.value == "complete"


def test_a_citizen_who_moves_is_asked_for_the_coupon_whatever_his_purpose(clerk, desk):
    page = clerk.open()
    page.form.boxes["person.citizenship"].input.set_value("KAZ")
    page.form.boxes["person.citizenship"].changed.emit("person.citizenship")
    type_purpose(clerk, "other")
    page.form.go_to("address.place")
    assert page.form.panel.purpose == "internal_migrant"
    assert page.book.draft().details.keys() >= {"previous_place", "move_reason"}
    page.form.boxes["person.citizenship"].input.set_value("UZB")
    page.form.boxes["person.citizenship"].changed.emit("person.citizenship")
    page.form.boxes["person.citizenship"].left.emit("person.citizenship")
    assert page.form.panel.purpose == "other" and not page.form.panel.boxes
