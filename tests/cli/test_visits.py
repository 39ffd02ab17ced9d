"""`visit`: a time is given, moved, marked; a day is listed and printed."""

from __future__ import annotations

import pytest

from migdesk.services.terms import appointments
from tests.paper.words import page_text


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    """The clock on the wall stands at midnight, should the day of the tests be the one on the wall."""
    monkeypatch.setattr(appointments, "minute_now", lambda _desk: 0)


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


@pytest.mark.parametrize(("lang", "words"), [("", "Siz qabulga yozildingiz"), ("tr", "Randevunuz alındı")])
def test_the_slip_of_an_appointment_speaks_the_language_of_the_person(
    office, registered, tmp_path, lang, words
):
    """It spoke the three languages of the office only, unlike the other slips."""
    made = office("visit", "book", registered["uid"], "--day", "2026-11-27", "--at", "9:30").document
    file = tmp_path / "slip.pdf"
    chosen = ("--lang", lang) if lang else ()
    assert office("form", "print", "slip_visit", made["uid"], "--to", file, *chosen).code == 0
    assert words in " ".join(page_text(file.read_bytes(), 1).split())


def test_hours_are_shown_and_changed(office):
    assert office("visit", "hours").document["windows"] == ["1"]
    changed = office("visit", "hours", "--opens", "8:30", "--windows", "A,B", "--minutes", "30").document
    assert (changed["opens"], changed["windows"], changed["minutes"]) == ("08:30", ["A", "B"], 30)
    assert office("visit", "hours", "--closes", "7").code == 1


def test_what_is_no_time_is_refused(office):
    assert book(office, "--day", "2026-11-27", "--at", "noon").code == 1
    assert book(office, "--at", "noon").code == 1


def test_a_time_alone_is_one_of_today(office):
    made = book(office, "--at", "17:40")
    assert made.code == 0, made.err
    assert (made.document["day"], made.document["at"]) == ("2026-11-23", "17:40")
    moved = office("visit", "move", made.document["number"], "--at", "17:20")
    assert (moved.document["day"], moved.document["at"]) == ("2026-11-23", "17:20")


def test_a_time_of_today_that_is_over_wants_a_day(office, monkeypatch):
    monkeypatch.setattr(appointments, "minute_now", lambda _desk: 16 * 60)
    said = book(office, "--at", "9:30")
    assert said.code == 2 and "--day" in said.err


def test_windows_that_get_other_names_tell_who_moves(office):
    number = book(office, "--day", "2026-11-27", "--at", "10").document["number"]
    changed = office("visit", "hours", "--windows", "A").document
    assert [one["code"] for one in changed["findings"]] == ["visits_moved"]
    assert office("visit", "move", number, "--day", "2026-11-27", "--at", "11").document["window"] == "A"
    office("visit", "hours", "--windows", "A,B")
    book(office, "--day", "2026-11-27", "--at", "12", "--window", "B")
    refused = office("visit", "hours", "--windows", "A")
    assert refused.code == 1 and "windows" in refused.fields
