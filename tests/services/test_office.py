"""The office: lists, places, choices, calendar days, drafts."""

from __future__ import annotations

import os
from datetime import date

import pytest

from migdesk.domain.change import Change, ChangeSet, Op
from migdesk.domain.errors import Invalid, StoreProblem
from migdesk.domain.finding import Severity
from migdesk.domain.office import CalendarDay
from migdesk.domain.place import Place
from migdesk.i18n import language
from migdesk.services import law, parked
from migdesk.services.arrivals import arrivals
from migdesk.services.laws import choices
from migdesk.services.lists import Heard
from migdesk.services.upkeep import office
from migdesk.services.upkeep.office import init_office
from tests import make
from tests.services.test_arrivals import family


@pytest.mark.parametrize("wrong", [{"code": ""}, {"name": ""}, {"region": ""}, {"region": "551010000"}])
def test_an_office_needs_code_name_and_a_region(tmp_path, wrong):
    with pytest.raises(Invalid):
        init_office(tmp_path, make.office(**wrong))


def test_places_are_found_in_three_languages_and_by_code(desk):
    for words in ("Павлодар", "павлодар г", "Pavlodar", "551010000"):
        assert "551010000" in [code for code, _label in desk.lists.find("kato", words)], words
    with language("kk"):
        assert desk.lists.place_text("551010000").startswith("Павлодар облысы")
    assert desk.lists.read("kato", "551010000") == "551010000"
    assert desk.lists.read("kato", "999999999") is None


@pytest.mark.parametrize("words", ["Павлодар", "павлодар қ", "г.павлодар", "pavlodar"])
def test_a_town_comes_before_what_is_only_governed_from_it(desk, words):
    assert desk.lists.find("kato", words)[0][0] == "551010000"


def test_a_code_that_is_typed_whole_comes_first(desk):
    """Its parts are words of other services too."""
    for code in ("kandas_status", "kandas_extension", "kandas_pilot"):
        assert desk.lists.find("procedures", code)[0][0] == code


def test_codes_are_read_from_words_in_any_language(desk):
    for words in ("UZB", "Өзбекстан", "Узбекистан", "uzbekistan", " УЗБЕКИСТАН "):
        assert desk.lists.read("countries", words) == "UZB", words
    assert desk.lists.read("countries", "Нарния") is None
    with language("ru"):
        assert desk.lists.label("countries", "UZB") == "Узбекистан"
        assert [code for code, _label in desk.lists.find("countries", "узбек")] == ["UZB"]


@pytest.mark.parametrize(
    ("words", "code"),
    [("Китай", "CHN"), ("Қытай", "CHN"), ("кнр", "CHN"), ("РФ", "RUS"), ("Киргизия", "KGZ"), ("ОАЭ", "ARE")],
)
def test_countries_are_read_from_what_employers_write(desk, words, code):
    assert desk.lists.read("countries", words) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("казашка", "kazakh"),
        ("казах", "kazakh"),
        ("узбечка", "uzbek"),
        ("русская", "russian"),
        ("қазақ", "kazakh"),
    ],
)
def test_nationalities_are_read_as_women_and_men_call_themselves(desk, words, code):
    assert desk.lists.hear("ethnicities", words) == Heard(code)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Алматы", "750000000"),
        ("г.Алматы", "750000000"),
        ("Алматы қаласы", "750000000"),
        ("Астана", "710000000"),
        ("город Шымкент", "790000000"),
        ("Павлодарская область", "550000000"),
        ("г. Туркестан", "611010000"),
    ],
)
def test_a_city_of_the_republic_and_a_region_come_before_what_bears_their_name(desk, words, code):
    assert desk.lists.hear("kato", words) == Heard(code)


def test_a_name_of_several_places_alike_is_still_not_guessed(desk):
    assert desk.lists.hear("kato", "Абай") == Heard(None)
    assert desk.lists.read("kato", "Акмолинская область, Алматы") == "114879200"


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("countries", "Узбекистанн", "UZB"),
        ("purposes", "оку", "study"),
        ("kato", "Павлодарр", "551010000"),
        ("kato", "Павлодарская область, г. Павлодарр", "551010000"),
    ],
)
def test_a_slip_is_read_and_told(desk, name, words, code):
    heard = desk.lists.hear(name, words)
    assert (heard.code, heard.corrected) == (code, desk.lists.label(name, code))
    [told] = heard.told(words, "here")
    assert (told.severity, told.field) == (Severity.NOTE, "here")


@pytest.mark.parametrize(
    "words", ["УЗБЕКИСТАН", " узбекистан ", "UZB", "Киргизия", "кот-д'ивуар", "Кот д’Ивуар"]
)
def test_case_blanks_and_signs_are_no_slip(desk, words):
    assert desk.lists.hear("countries", words).corrected == ""


def test_a_declared_day_off_moves_due_dates_at_once(desk):
    choices.save_calendar_day(desk, CalendarDay(day=date(2026, 11, 24), reason="боран", act="№ 5"))
    assert arrivals.register_arrival(desk, family()).value.arrivals[0].notice_due == date(2026, 11, 26)


def test_a_newer_classifier_closes_what_it_lacks_and_keeps_it_readable(desk):
    newer = [place for place in office.shipped_places() if place.code != "551010000"]
    newer.append(Place("551010001", 4, "551000000", "Жаңа қала", "Жана", "Zhana", "city"))
    _taken, closed = office.take_places(desk, newer, date(2026, 11, 1))
    assert closed == 1
    assert "551010000" not in [code for code, _label in desk.lists.find("kato", "Павлодар")]
    assert desk.lists.place("551010000") is not None
    assert "551010001" in [code for code, _label in desk.lists.find("kato", "жаңа қала")]


def test_every_window_keeps_its_own_draft_and_what_dead_ones_left_is_offered_one_by_one(desk, monkeypatch):
    """Two windows shared one: whoever wrote last wiped out what was typed in the other."""
    running = {1001, 1002, 1003}
    monkeypatch.setattr(parked, "is_running", lambda pid: pid in running)

    def window(pid):
        monkeypatch.setattr(os, "getpid", lambda: pid)

    for pid in (1001, 1002):
        window(pid)
        parked.keep_draft(desk, "arrival/new", f"typed in {pid}")
    assert parked.find_draft(desk, "arrival/new") == "typed in 1002"
    window(1003)
    assert (parked.find_draft(desk, "arrival/new"), parked.count_waiting(desk, "arrival/new")) == (None, 0)
    running -= {1001, 1002}
    assert parked.find_draft(desk, "arrival/new") == "typed in 1002"
    assert parked.count_waiting(desk, "arrival/new") == 1
    parked.drop_draft(desk, "arrival/new")
    assert parked.find_draft(desk, "arrival/new") == "typed in 1001"
    parked.drop_draft(desk, "arrival/new")
    assert parked.find_draft(desk, "arrival/new") is None


def test_a_draft_of_another_machine_is_offered_once_it_has_been_silent_for_long(desk, monkeypatch):
    parked.keep_draft(desk, "arrival/new", "typed elsewhere")
    monkeypatch.setattr(desk, "machine", "another")
    assert parked.find_draft(desk, "arrival/new") is None
    desk.store.connection.execute("UPDATE draft SET at = '2026-01-01T00:00:00+00:00'")
    assert parked.find_draft(desk, "arrival/new") == "typed elsewhere"


def test_a_draft_that_cannot_be_taken_over_is_shown_all_the_same(desk, monkeypatch):
    desk.store.connection.execute("INSERT INTO draft VALUES ('arrival/new', 'of an older program', '2026')")

    def locked(*_asked):
        raise StoreProblem("locked")

    monkeypatch.setattr(parked.drafts, "take_over", locked)
    assert parked.find_draft(desk, "arrival/new") == "of an older program"


def test_drafts_and_habits_are_kept(desk):
    parked.keep_draft(desk, "arrival/new", '{"surname": "Қасым"}')
    assert parked.find_draft(desk, "arrival/new") == '{"surname": "Қасым"}'
    parked.drop_draft(desk, "arrival/new")
    assert parked.find_draft(desk, "arrival/new") is None
    parked.remember(desk, "people/widths", "[1,2]")
    assert parked.recall(desk, "people/widths") == "[1,2]"
    choices.choose(desk, "stay.window_method", "fixed_from_first_entry")
    assert desk.law.setting("stay.window_method") == "fixed_from_first_entry"


def test_law_that_was_being_read_while_a_choice_was_made_is_not_kept(desk, monkeypatch):
    """A reader's thread kept what it had made of the choices before, and every due date followed it."""
    load, key = law.load, "stay.window_method"
    default = desk.law.setting(key)

    def slow(**given):
        monkeypatch.setattr(law, "load", load)
        made = load(**given)
        choices.choose(desk, key, "fixed_from_first_entry")
        return made

    monkeypatch.setattr(law, "load", slow)
    desk.announce(ChangeSet(Op.SAVE_SETTING, "", (Change("setting", "", {}, {}),)))
    assert desk.law.setting(key) == default != "fixed_from_first_entry"
    assert desk.law.setting(key) == "fixed_from_first_entry"
