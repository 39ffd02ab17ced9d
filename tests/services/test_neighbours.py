"""Two windows on one office: each goes by what the other wrote, and nobody decides by a law that was replaced."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.errors import Refused
from migdesk.domain.office import CalendarDay
from migdesk.domain.terms import NOTICE_TERM
from migdesk.services import checks, parked, particulars
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.desk import Clock, open_desk
from migdesk.services.laws import choices
from migdesk.services.people import people
from migdesk.services.upkeep import office
from migdesk.store import journal, places
from tests import make

ARRIVED = date(2026, 11, 20)
DAY_OFF = CalendarDay(day=date(2026, 11, 24), works=False, reason="Storm", act="akimat 5")


@pytest.fixture
def other(desk):
    opened = open_desk(desk.home, clock=Clock(make.TODAY), operator="tester")
    yield opened
    opened.close()


def draft(**given) -> ArrivalDraft:
    return ArrivalDraft((Member(make.person(**given), (make.document(),), apart=True),), make.arrival())


def test_a_decision_is_judged_by_the_law_of_the_moment_it_is_written(desk, other):
    before = checks.find_due(desk, NOTICE_TERM, ARRIVED)
    choices.save_calendar_day(other, DAY_OFF)
    with pytest.raises(Refused) as refused:
        arrivals.register_arrival(desk, draft())
    assert [one.code for one in refused.value.findings] == ["law_changed"]
    assert desk.store.value("SELECT count(*) FROM arrival") == 0
    again = arrivals.register_arrival(desk, draft()).value.arrivals[0]
    assert before is not None and again.notice_due is not None and again.notice_due > before


def test_what_does_not_touch_the_law_stops_nobody(desk, other):
    checks.find_due(desk, NOTICE_TERM, ARRIVED)
    people.save_person(other, make.person())
    assert arrivals.register_arrival(desk, draft(surname="Ахметов")).value.arrivals


def test_law_office_signer_and_lists_follow_another_window(desk, other):
    assert (desk.office.head, desk.signer.name, desk.law.setting("stay.window_method")) == (
        "",
        "tester",
        other.law.setting("stay.window_method"),
    )
    particulars.save_office(other, replace(other.office, head="Ахметова А."))
    particulars.save_signer(other, replace(other.signer, name="Серікова Алма"))
    choices.choose(other, "stay.window_method", "fixed_from_first_entry")
    desk.hear()
    assert desk.office.head == "Ахметова А."
    assert desk.signer.name == "Серікова Алма"
    assert desk.law.setting("stay.window_method") == "fixed_from_first_entry"


def test_places_of_another_window_are_asked_for_anew_by_fields_that_hold_the_lists(desk, other):
    held, code = desk.lists, "551010000"
    before = held.place(code)
    assert before is not None
    newer = [
        replace(one, ru="Новое имя") if one.code == code else one for one in places.all_places(other.store)
    ]
    office.take_places(other, newer, make.TODAY)
    desk.hear()
    renamed = held.place(code)
    assert renamed is not None and renamed.ru == "Новое имя"


SAVED = {"person", "name_spelling"}
"""What saving a person writes who is spelt otherwise than proposed."""


def test_watchers_hear_of_others_once_and_of_their_own_once(desk, other):
    told: list[tuple[frozenset[str], bool]] = []
    desk.hear()
    desk.watch(lambda changes: told.append((changes.tables, changes.elsewhere)))
    people.save_person(desk, make.person())
    desk.hear()
    assert told == [(SAVED, False)]
    people.save_person(other, make.person(surname="Ахметов"))
    desk.hear()
    desk.hear()
    assert told == [(SAVED, False), (SAVED, True)]


def test_an_op_of_ones_own_is_not_read_again(desk, other, monkeypatch):
    read: list[int] = []
    written_since = journal.written_since
    monkeypatch.setattr(
        journal, "written_since", lambda store, place: read.append(place) or written_since(store, place)
    )
    people.save_person(desk, make.person())
    people.save_person(desk, make.person(surname="Ахметов"))
    assert desk.hear() == [] and read == []
    people.save_person(other, make.person(surname="Серікова"))
    people.save_person(desk, make.person(surname="Иванов"))
    assert len(read) == 1 and desk.hear() == []


def test_a_bulk_op_of_another_window_counts_as_one_that_touched_everything(desk, other, monkeypatch):
    monkeypatch.setattr(journal, "_MOST_LINES", 3)
    desk.hear()
    arrivals.register_arrival(other, draft())
    (heard,) = desk.hear()
    assert heard.tables >= {"person", "quota", "office"}


def test_drafts_and_habits_of_another_window_are_nobodys_news(desk, other):
    desk.hear()
    parked.keep_draft(other, "arrival/new", "{}")
    parked.remember(other, "people/widths", "[1]")
    assert desk.hear() == []


def test_hearing_is_cheap(desk, other):
    people.save_person(other, make.person())
    desk.hear()
    start = time.perf_counter()
    for _ in range(200):
        desk.hear()
    assert (time.perf_counter() - start) / 200 < 0.005
