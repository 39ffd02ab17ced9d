"""Events in the window: what may come next, what is said before saving, files that open, a host and its template."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.change import Op
from migdesk.domain.listing import Filter, Test
from migdesk.domain.party import Party
from migdesk.domain.person import Membership
from migdesk.domain.printout import Printout
from migdesk.domain.protection import PersonNote, Visibility
from migdesk.services import parked, records
from migdesk.services.arrivals import arrival_templates, departures, happened, moves, parties
from migdesk.services.arrivals.moves import Return
from migdesk.services.families import family_events
from migdesk.services.families.family_events import Leaving
from migdesk.services.people import notes, people
from migdesk.services.stays import crossings
from migdesk.services.stays.status import Light, person_status
from migdesk.store import drafts
from migdesk.ui.files.events import templates
from migdesk.ui.files.events.event_dialog import EventDialog
from migdesk.ui.files.events.event_questions import ask_move
from migdesk.ui.files.parties import party_file
from migdesk.ui.files.people.timeline_part import TimelinePart
from migdesk.ui.files.pieces.stay_card import stay_card
from migdesk.ui.intake.page import IntakePage
from migdesk.ui.parts.choice_button import ChoiceButton
from migdesk.ui.screens.drafts import DraftsChip, DraftsDialog, draft_words
from migdesk.ui.screens.hosts import KEY
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.workplace import Kind, Target
from tests.ui.keys import press, type_text
from tests.ui.offices import until
from tests.ui.seen import assert_all_named

HERE = (Filter("left_on", Test.EMPTY), Filter("entered_on", Test.FILLED), Filter("host", Test.FILLED))


@pytest.fixture
def wait(qtbot):
    """Until something holds, answered by other threads."""
    return lambda holds: until(qtbot, holds)


@pytest.fixture
def here(eye) -> Arrival:
    """Somebody who lives at a receiving person."""
    return eye.desk.store.get(Arrival, eye.first("arrivals", *HERE))


def asked(eye, here) -> EventDialog:
    content = eye.file(Kind.PERSON, here.person)
    next(one for one in content.acts() if one.key == "person.event").run()
    found = [one for one in eye.window.findChildren(EventDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_next_events_are_offered_and_a_digit_takes_one(wait, eye, here):
    dialog = asked(eye, here)
    keys = dialog.choices.keys()
    assert {"move", "left_address", "left_country", "left_for_good", "crossing"} <= set(keys)
    assert_all_named(dialog)
    press(dialog, getattr(Qt.Key, f"Key_{keys.index('crossing') + 1}"))
    assert "entered_on" in eye.dialog().form.boxes


def test_arrows_choose_and_enter_goes_on(wait, eye, here):
    dialog = asked(eye, here)
    dialog.activateWindow()
    first = dialog.choices.findChildren(ChoiceButton)[0]
    wait(first.hasFocus)
    eye.press(Qt.Key.Key_Down)
    assert dialog.choices.key() == dialog.choices.keys()[1]
    eye.press(Qt.Key.Key_Return)
    assert eye.dialog().isVisible()


def test_a_departure_says_what_it_ends_before_it_is_saved(wait, eye, here):
    dialog = asked(eye, here)
    dialog.choices.choose("left_for_good")
    dialog.accept()
    question = eye.dialog()
    wait(lambda: here.number in question.foretold.words())
    assert eye.desk.store.live(Departure, person=here.person) == []
    question.save()
    wait(lambda: bool(eye.desk.store.live(Departure, person=here.person)))
    assert eye.desk.store.get(Arrival, here.uid).left_on == eye.desk.today


def test_what_is_wrong_is_said_at_its_field(wait, eye, here):
    dialog = asked(eye, here)
    dialog.choices.choose("left_address")
    dialog.accept()
    question = eye.dialog()
    question.form.set_values({"left_on": here.arrived_on - timedelta(1)})
    question.save()
    wait(lambda: bool(question.form.boxes["left_on"].findings()))
    assert [one.code for one in question.form.boxes["left_on"].findings()] == ["before_start"]
    assert eye.desk.store.get(Arrival, here.uid).left_on is None


def test_a_move_is_typed_and_the_new_arrival_has_its_own_terms(wait, eye, here):
    question = ask_move(eye.window.work, records.open_arrival(eye.desk, here.uid))
    question.form.set_values({"address.place": "551010000", "address.line": "Абай к-сі, 1-1"})
    question.save()
    wait(lambda: eye.desk.store.get(Arrival, here.uid).left_on is not None)
    new = eye.desk.store.live(Arrival, moved_from=here.uid)[0]
    assert new.registration_due is not None
    assert new.person == here.person


def test_the_timeline_opens_departures_and_crossings_and_shows_what_was_corrected(wait, eye, here):
    left = here.arrived_on
    saved = departures.register_departure(
        eye.desk, Departure(person=here.person, arrival=here.uid, kind=DepartureKind.ADDRESS, left_on=left)
    ).value
    departures.correct_departure(eye.desk, replace(saved, left_on=left + timedelta(1)))
    before = here.entered_on - timedelta(40)
    stay = Stay(person=here.person, entered_on=before, left_on=before + timedelta(3))
    crossing = crossings.register_crossing(eye.desk, stay).value
    content = eye.file(Kind.PERSON, here.person)
    part = content.findChild(TimelinePart)
    targets = {one.target for one in part._events if one.target}
    assert {(Kind.DEPARTURE, saved.uid), (Kind.STAY, crossing.uid)} <= {
        (one.kind, one.uid) for one in targets
    }
    count = part.timeline.count()
    part.tick.click()
    wait(lambda: part.timeline.count() == count + 1)
    part.tick.click()
    assert part.timeline.count() == count
    assert len(happened.struck_of(eye.desk, here.person)) == 1


def test_an_arrival_is_annulled_from_its_file_and_stands_struck_on_the_timeline(wait, eye, here):
    """There was no way in the window once a paper had been printed."""
    content = eye.file(Kind.ARRIVAL, here.uid)
    next(one for one in content.acts() if one.key == "arrival.annul").run()
    question = eye.dialog()
    wait(lambda: "no longer count" in question.foretold.words())
    question.form.set_values({"annulled_why": "Басқа адам"})
    question.save()
    wait(lambda: eye.desk.store.get(Arrival, here.uid).is_annulled)
    content = eye.file(Kind.ARRIVAL, here.uid)
    assert list(content.acts()) == []
    part = eye.file(Kind.PERSON, here.person).findChild(TimelinePart)
    assert here.uid not in {one.target.uid for one in part._events if one.target}
    part.tick.click()
    wait(lambda: any(one.struck and one.target.uid == here.uid for one in part.timeline._events.rows if one))


def test_a_move_says_below_that_the_host_stays_behind(wait, eye, here):
    question = ask_move(eye.window.work, records.open_arrival(eye.desk, here.uid))
    host = eye.desk.store.get(Party, here.host).name
    question.form.set_values({"address.place": "551010000", "address.line": "Абай к-сі, 1-1"})
    question.form.changed.emit("address.line")
    wait(lambda: host in question.foretold.words())
    assert eye.desk.store.get(Arrival, here.uid).left_on is None


def test_terms_that_run_no_longer_stand_in_the_files_and_on_the_timeline(wait, eye, here):
    due = here.arrived_on
    with eye.desk.write(Op.CORRECT_ARRIVAL) as tx:
        tx.put(here, notice_due=due, notified_on=None, registration_due=None, registered_on=None)
    left = due + timedelta(2)
    departures.register_departure(
        eye.desk, Departure(person=here.person, arrival=here.uid, kind=DepartureKind.ADDRESS, left_on=left)
    )
    part = eye.file(Kind.PERSON, here.person).findChild(TimelinePart)
    missed = [one for one in part._events if one.title == "Missed: Notice of arrival"]
    assert [(one.day, one.target.uid) for one in missed] == [(due, here.uid)]
    rail = eye.file(Kind.ARRIVAL, here.uid).rail
    words = " ".join(one.text() for one in rail.findChildren(QLabel))
    assert "Missed: Notice of arrival" in words
    assert "closed by the departure of" in words


def test_of_who_left_the_country_no_last_lawful_day_is_said(eye, here):
    gone = Departure(
        person=here.person, arrival=here.uid, kind=DepartureKind.FOR_GOOD, left_on=here.arrived_on
    )
    departures.register_departure(eye.desk, gone)
    status = person_status(eye.desk, here.person)
    assert (status.light, status.left_on) == (Light.GREEN, here.arrived_on)
    card = stay_card(status)
    words = [one.text() for one in card.findChildren(QLabel)]
    assert "Left the country" in words
    assert "Last lawful day" not in words


def test_family_events_and_open_notes_stand_on_the_timeline_and_open_their_family(eye):
    place = next(one for one in eye.desk.store.live(Membership) if one.relation not in ("head", "spouse"))
    family_events.leave(eye.desk, Leaving(place.family, place.person, eye.desk.today))
    notes.write(
        eye.desk,
        PersonNote(
            person=place.person, visibility=Visibility.OFFICE, text="Сұрақ қойды", written_on=eye.desk.today
        ),
    )
    part = eye.file(Kind.PERSON, place.person).findChild(TimelinePart)
    told = {one.title: one for one in part._events}
    assert told["Left the family"].target == Target(Kind.FAMILY, place.family)
    note = told["Note on a person"]
    assert note.detail == "Сұрақ қойды"
    part.timeline.opened.emit(note.target)
    assert "Сұрақ қойды" in [one.text() for one in eye.content().findChildren(QLabel)]


def test_departures_are_a_list_reached_from_the_page_of_arrivals(wait, eye, here):
    """No list had them."""
    gone = Departure(person=here.person, arrival=here.uid, kind=DepartureKind.ABROAD, left_on=eye.desk.today)
    uid = departures.register_departure(eye.desk, gone).value.uid
    eye.open("arrivals")
    eye.window.findChild(object, "arrivals.departures").trigger()
    assert eye.window.current() == "departures"
    page = eye.window.frame("departures").findChild(ListPage)
    page.views["today"].click()
    wait(lambda: page.list.current_uid() == uid)
    page.views["for_good"].click()
    wait(lambda: page.list.current_uid() != uid)


def test_a_return_has_words_of_its_own_on_the_timeline(eye, here):
    """It read “Arrived at the address” like the first arrival."""
    gone = Departure(person=here.person, arrival=here.uid, kind=DepartureKind.ABROAD, left_on=eye.desk.today)
    departures.register_departure(eye.desk, gone)
    moves.register_return(eye.desk, Return(here.person, eye.desk.today, eye.desk.today))
    part = eye.file(Kind.PERSON, here.person).findChild(TimelinePart)
    titles = [one.title.partition(":")[0] for one in part._events if one.icon == "arrivals"]
    assert (titles.count("Returned"), titles.count("Arrived")) == (1, len(titles) - 1)


def test_drafts_are_a_list_beside_the_arrivals_and_one_is_gone_on_with(wait, eye):
    page = eye.open("arrivals")
    chip = page.findChild(DraftsChip)
    assert chip.isHidden()
    body = {"cells": {"person.surname": {"text": "Ким", "value": "Ким"}}, "known": "", "zone": ""}
    content = {"edition": 1, "at": "", "place": "", "current": 0, "members": [body], "shared": {}}
    drafts.keep_draft(
        eye.desk.store, "intake/new@elsewhere:1", json.dumps(content), "2026-11-01T09:00:00+00:00"
    )
    page.refresh()
    chip.refresh()
    wait(lambda: not chip.isHidden())
    assert chip.text().endswith("1")
    chip.click()
    found = []
    wait(lambda: bool(found.extend(eye.window.findChildren(DraftsDialog)) or found))
    assert_all_named(found[0])
    assert "Ким" in draft_words(parked.list_parked(eye.desk)[0])
    found[0].accept()
    wait(lambda: bool(eye.window.findChildren(IntakePage)))
    intake = eye.window.findChildren(IntakePage)[0]
    wait(lambda: intake.form.is_ready and intake.book.members[0].person().surname == "Ким")


@pytest.mark.parametrize("kind", [Kind.DEPARTURE, Kind.STAY])
def test_an_event_is_annulled_in_its_file_with_a_reason(wait, eye, here, kind):
    if kind is Kind.DEPARTURE:
        given = Departure(
            person=here.person, arrival=here.uid, kind=DepartureKind.ADDRESS, left_on=eye.desk.today
        )
        event = departures.register_departure(eye.desk, given).value
    else:
        before = here.entered_on - timedelta(40)
        given = Stay(person=here.person, entered_on=before, left_on=before + timedelta(3))
        event = crossings.register_crossing(eye.desk, given).value
    content = eye.file(kind, event.uid)
    next(one for one in content.acts() if one.key == "event.annul").run()
    question = eye.dialog()
    question.form.set_values({"annulled_why": "қате"})
    question.save()
    wait(lambda: eye.desk.store.get(type(event), event.uid).is_annulled)
    assert eye.desk.store.get(Arrival, here.uid).left_on is None


def test_receiving_persons_are_a_list_in_a_tab(wait, eye):
    eye.window.work.hosts_wanted.emit()
    assert eye.window.current() == KEY
    page = eye.window.frame(KEY).findChild(ListPage)
    wait(lambda: page.list.current_uid() != "")
    page.show_view("school") if hasattr(page, "show_view") else page.views["school"].click()
    assert page.query().filters


def test_a_host_opens_its_arrivals_of_a_year_and_prints_all_its_notices(wait, eye, here, tmp_path):
    content = eye.file(Kind.PARTY, here.host)
    assert {"party.arrival", "party.all", "party.export", "party.notices"} <= {
        one.key for one in content.acts()
    }
    party_file._open_list(eye.window.work, content_party(eye, here), here.arrived_on.year)
    assert eye.window.current() == "arrivals"
    target = tmp_path / "n.pdf"
    party_file.save_notices(eye.window.work, content_party(eye, here), lambda *_given: target)
    wait(target.exists)
    wait(lambda: bool(eye.desk.store.live(Printout, form="notification_arrival")))


def content_party(eye, here):
    return parties.get_party(eye.desk, here.host)


def test_a_new_arrival_at_a_host_is_filled(wait, eye, here):
    eye.window.work.arrival_at_wanted.emit(here.host)
    page = eye.window.findChild(IntakePage)
    wait(lambda: page.form.is_ready and page.book.shared.get("arrival.host") is not None)
    assert page.book.value("arrival.host") == here.host
    assert page.book.value("arrival.purpose")
    assert page.book.value("address.place")
    assert people.open_file(eye.desk, here.person).person


def test_a_template_is_kept_from_an_arrival_and_fills_the_next(wait, eye, here):
    """Only the newest arrival at a receiving person was a template, and nobody could choose another."""
    work = eye.window.work
    dialog = templates.ask_keep(work, here.uid)
    type_text(dialog.form.boxes["name"].input.widget(), "Жатақхана")
    dialog.save()
    wait(lambda: bool(arrival_templates.of_host(eye.desk, here.host)))
    kept = arrival_templates.of_host(eye.desk, here.host)[0]
    work.arrival_at_wanted.emit(f"{here.host}+{kept.uid}")
    page = eye.window.findChild(IntakePage)
    wait(lambda: page.form.is_ready and page.book.shared.get("arrival.host") is not None)
    assert {name: page.book.value(name) for name in kept.values} == kept.values
    page.typing.fill(0, "person.surname", "Асанов")
    page.typing.fill(-1, "arrival.purpose", "tourism")
    menu = page.at_host.menu()
    menu.actions()[0].trigger()
    assert page.book.value("arrival.purpose") == kept.values["arrival.purpose"]
    assert page.book.members[0].value("person.surname") == "Асанов"
    names = [one.text() for one in templates.menu_of(work, here.host, lambda _one: None).actions()]
    assert names[0] == "Жатақхана"
    templates.forget(work, kept)
    wait(lambda: not arrival_templates.of_host(eye.desk, here.host))


def test_questions_have_names_for_readers(wait, eye, here):
    dialog = asked(eye, here)
    assert isinstance(dialog, QDialog)
    dialog.choices.choose("crossing")
    dialog.accept()
    assert_all_named(eye.dialog())
    type_text(eye.dialog().form.boxes["entered_on"].input.widget(), "01.02.2020")


def test_the_intake_asks_a_citizen_what_the_coupon_needs(wait, eye):
    """The fields of an internal migrant come from data, as those of every purpose."""
    eye.window.work.new_arrival_wanted.emit("")
    page = eye.window.findChild(IntakePage)
    wait(lambda: page.form.is_ready)
    page.typing.fill(-1, "arrival.purpose", "internal_migrant")
    page.form.show_panel(page.book)
    wait(lambda: bool(page.form.panel.boxes))
    keys = {name.removeprefix("details.") for name in page.form.panel.boxes}
    assert {"previous_place", "previous_since", "move_reason", "occupation", "children_along"} <= keys
