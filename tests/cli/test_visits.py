"""`visit`: a time is given, moved, marked; a day is listed and printed."""

from __future__ import annotations

import pytest


def book(office, *more):
    return office("visit", "book", "--name", "Юсупов Жасур", *more)


def test_the_next_free_time_is_given_when_none_is_named(office):
    free = office("visit", "free", "--day", "2026-11-28").document
    assert free == {"day": "2026-11-30", "at": "09:00", "window": "1"}
    made = book(office, "--day", "2026-11-28")
    assert made.code == 0, made.err
    assert (made.document["day"], made.document["at"]) == ("2026-11-30", "09:00")
    assert made.document["number"] == "PVL-V2026-00001"
    assert office("visit", "free", "--day", "2026-11-28").document["at"] == "09:20"


def test_a_known_person_is_named_by_his_file(office, registered):
    made = office("visit", "book", registered["uid"], "--day", "2026-11-27", "--at", "9:30")
    assert made.document["name"] == "Қасымова Айгүл"
    assert made.document["person"] == registered["uid"]


def test_a_taken_time_is_refused_at_its_field(office):
    book(office, "--day", "2026-11-27", "--at", "10")
    said = book(office, "--day", "2026-11-27", "--at", "10:10")
    assert said.code == 1 and "at" in said.fields


def test_moved_marked_and_listed(office, tmp_path):
    number = book(office, "--day", "2026-11-23", "--at", "17:00").document["number"]
    assert office("visit", "move", number, "--day", "2026-11-23", "--at", "17:20").document["at"] == "17:20"
    assert office("visit", "mark", number, "no_show").document["state"] == "no_show"
    (listed,) = office("visit", "list").document["visits"]
    assert listed["number"] == number
    assert len(office("visit", "list", "--missed").document["visits"]) == 1
    assert office("visit", "mark", number, "cancelled").code == 1
    file = tmp_path / "күн.pdf"
    assert office("visit", "list", "--to", file).code == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_hours_are_shown_and_changed(office):
    assert office("visit", "hours").document["windows"] == ["1"]
    changed = office("visit", "hours", "--opens", "8:30", "--windows", "A,B", "--minutes", "30").document
    assert (changed["opens"], changed["windows"], changed["minutes"]) == ("08:30", ["A", "B"], 30)
    assert office("visit", "hours", "--closes", "7").code == 1


@pytest.mark.parametrize("words", [("--at", "9:30"), ("--day", "2026-11-27", "--at", "noon")])
def test_half_a_time_is_refused(office, words):
    assert book(office, *words).code in (1, 2)
