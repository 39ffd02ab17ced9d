"""`event` and `depart --check`: what may come next, moves, returns, crossings, corrections."""

from __future__ import annotations

import pytest

from migdesk.services.desk import open_desk
from migdesk.services.parked import keep_draft
from tests.cli.documents import arrival


def events_of(office, uid, *more):
    return [(one["on"], one["title"], one["struck"]) for one in office("event", "list", uid, *more).document]


def test_next_events_are_named(office, registered):
    found = [one["event"] for one in office("event", "next", registered["uid"]).document]
    assert found == [
        "notice",
        "registration",
        "move",
        "left_address",
        "left_country",
        "left_for_good",
        "crossing",
    ]


def test_what_a_departure_would_end_is_said_and_nothing_written(office, registered):
    uid = registered["uid"]
    said = office("depart", uid, "--kind", "for_good", "--check")
    assert said.code == 0
    assert said.codes == ["ends.arrival", *["ends.term"] * 3, "coupon"]
    assert len(office("event", "next", uid).document) == 7
    assert office("depart", uid, "--left", "2026-11-01", "--check").fields == {"left_on"}


def test_a_move_a_departure_and_a_return(office, registered):
    uid = registered["uid"]
    moved = office("event", "move", uid, "--place", "551010000", "--line", "Абай, 1", "--source", "word")
    assert moved.code == 0
    assert (moved.document["registration_due"], moved.document["source"]) == ("2026-11-30", "word")
    assert office("depart", uid, "--kind", "abroad", "--source", "paper").document["source"] == "paper"
    assert office("event", "return", uid).document["arrived_on"] == "2026-11-23"
    assert office("event", "return", uid).codes == ["return_without_departure"]
    titles = [title for _on, title, _struck in events_of(office, uid)]
    assert "Moved to the address" in titles
    assert "Left the country" in titles


def test_a_family_moves_together(office):
    child = {"person": {"surname": "Қасымов", "birth_date": "2018", "sex": "m", "citizenship": "UZB"}}
    said = office("register", "-", given=arrival(members=[{**child, "relation": "son"}])).document
    office("event", "move", said["uid"], "--place", "551010000", "--line", "Абай, 1", "--family")
    son = said["arrivals"][1]["person"]
    assert "Moved to the address" in [title for _on, title, _struck in events_of(office, son)]


def test_a_crossing_is_entered_corrected_and_annulled(office, registered):
    uid = registered["uid"]
    made = office("event", "crossing", uid, "--entered", "2026-09-01", "--left", "2026-09-10").document
    assert office("event", "correct", made["uid"], "--left", "2026-09-12").document["left_on"] == "2026-09-12"
    assert ("2026-09-10", "Left the country", True) in events_of(office, uid, "--struck")
    assert ("2026-09-10", "Left the country", True) not in events_of(office, uid)
    assert office("event", "annul", made["uid"], "--why", "error").code == 0
    assert office("event", "annul", made["uid"], "--why", "error").code == 1


def test_a_departure_is_corrected_and_annulled_by_its_number(office, registered):
    uid = registered["uid"]
    number = office("depart", uid, "--left", "2026-11-21").document["number"]
    assert office("event", "correct", number, "--left", "2026-11-22").document["left_on"] == "2026-11-22"
    assert ("2026-11-21", "Left the address", True) in events_of(office, uid, "--struck")
    assert office("event", "correct", number, "--entered", "2026-11-22").fields == {"entered"}
    assert office("event", "annul", number, "--why", "error").code == 0
    assert "move" in [one["event"] for one in office("event", "next", uid).document]


def test_notice_and_registration(office, registered):
    uid = registered["uid"]
    assert office("event", "notice", uid, "--channel", "paper").document["notified_on"] == "2026-11-23"
    marked = office("event", "registered", uid, "--day", "2026-11-22", "--source", "portal").document
    assert (marked["registered_on"], marked["registered_source"]) == ("2026-11-22", "portal")


@pytest.mark.parametrize(
    ("argv", "fields"),
    [
        (("move", "--place", "551010000", "--line", "Абай", "--day", "2026-11-01"), {"moved_on"}),
        (("crossing", "--entered", "2026-11-22"), {"entered_on"}),
        (("crossing", "--entered", "2026-09-02", "--left", "2026-09-01"), {"left_on"}),
        (("notice", "--channel", "pigeon"), {"channel"}),
        (("registered", "--day", "2026-11-24"), {"on"}),
    ],
)
def test_refusals_name_the_field(office, registered, argv, fields):
    said = office("event", argv[0], registered["uid"], *argv[1:])
    assert said.code == 1
    assert fields <= said.fields


def test_who_left_cannot_move(office, registered):
    office("depart", registered["uid"])
    said = office("event", "move", registered["uid"], "--place", "551010000")
    assert said.fields == {"person"}


def test_a_move_without_a_host_says_so_and_names_the_way_to_one(office, registered):
    uid = registered["uid"]
    there = ("event", "move", uid, "--place", "551010000", "--line", "Абай, 1")
    checked = office(*there, "--check")
    assert (checked.code, checked.codes) == (0, ["host_stays"])
    assert checked.document["findings"][0]["field"] == "host"
    assert "move" in [one["event"] for one in office("event", "next", uid).document]
    moved = office(*there).document
    assert [one["code"] for one in moved["findings"]] == ["host_stays"]
    host = office("party", "-", given={"name": "Жаңа иесі"}).document["uid"]
    named = office("event", "correct", moved["number"], "--host", host)
    assert named.document["host"] == host


def test_a_second_notice_is_refused_and_corrected_instead(office, registered):
    uid, number = registered["uid"], registered["number"]
    assert office("event", "correct", number, "--notice", "2026-11-21").fields == {"notified_on"}
    assert office("event", "notice", uid, "--day", "2026-11-21").code == 0
    again = office("event", "notice", uid, "--day", "2026-11-22")
    assert (again.code, again.codes) == (1, ["said_already"])
    right = office("event", "correct", number, "--notice", "2026-11-22", "--channel", "paper").document
    assert (right["notified_on"], right["channel"]) == ("2026-11-22", "paper")
    assert ("2026-11-21", "Notice of arrival given", True) in events_of(office, uid, "--struck")
    assert office("event", "notice", uid, "--day", "2026-11-19").code == 1


def test_a_correction_takes_only_what_its_event_has(office, registered):
    said = office("event", "correct", registered["number"], "--left", "2026-11-22")
    assert (said.code, said.fields) == (1, {"left"})


def test_an_arrival_is_annulled_by_its_number_after_it_is_said_what_ends(office, registered):
    """It said “Nothing found”, and a printed paper stops undo: a wrong arrival could never be struck."""
    uid, number = registered["uid"], registered["number"]
    asked = office("event", "annul", number, "--reason", "error", "--check")
    assert (asked.code, asked.codes) == (0, ["ends.term"] * 3 + ["ends.stay", "nowhere"])
    assert ("2026-11-20", "Arrived at the address", False) in events_of(office, uid)
    done = office("event", "annul", number, "--reason", "error")
    assert (done.code, done.document["annulled_on"]) == (0, "2026-11-23")
    assert events_of(office, uid) == []
    assert ("2026-11-20", "Arrived at the address", True) in events_of(office, uid, "--struck")
    assert office("undo").code == 0
    assert ("2026-11-20", "Arrived at the address", False) in events_of(office, uid, "--struck")


def test_a_missed_term_stays_in_status_and_explanation(office):
    late = {"purpose": "kandas", "entered_on": "2026-10-22", "arrived_on": "2026-10-22"}
    made = office("register", "-", given=arrival(arrival=late)).document
    office("depart", made["uid"], "--kind", "for_good")
    status = office("status", made["uid"]).document
    assert (status["light"], status["left_on"]) == ("red", "2026-11-23")
    assert [(one["kind"], one["missed"], one["closed_by"]) for one in status["closed"]] == [
        ("notice", True, "departure"),
        ("registration", True, "departure"),
    ]
    rules = office("explain", made["number"]).document["rules"]
    assert rules[0]["closed"].startswith(
        "Missed: Notice of arrival, due on 28.10.2026, closed by the departure"
    )


def test_drafts_of_the_window_are_listed(office, home):
    assert office("drafts").document == []
    desk = open_desk(home)
    keep_draft(desk, "intake/new", '{"members": [{"cells": {"person.surname": {"text": "Ким"}}}]}')
    desk.close()
    found = office("drafts").document
    assert [(one["about"], one["names"]) for one in found] == [("new", ["Ким"])]


def test_a_draft_is_dropped_by_its_key(office, home):
    desk = open_desk(home)
    keep_draft(desk, "form/person.edit/01AB", '{"title": "Edit: Ким", "typed": {"phone": {"is": "+7701"}}}')
    desk.close()
    [one] = office("drafts", "list").document
    assert (one["kind"], one["title"], one["about"]) == ("form", "Edit: Ким", "01AB")
    assert "+7701" not in office("drafts").out
    assert office("drafts", "drop", one["key"]).document["key"] == one["key"]
    assert office("drafts").document == []
    assert office("drafts", "drop", one["key"]).code == 1
