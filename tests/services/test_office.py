"""The office: lists, places, choices, calendar days, drafts."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.change import Change, ChangeSet, Op
from migdesk.domain.errors import Invalid
from migdesk.domain.office import CalendarDay
from migdesk.domain.place import Place
from migdesk.i18n import language
from migdesk.services import arrivals, choices, law, office
from migdesk.services.office import init_office
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


def test_drafts_and_habits_are_kept(desk):
    office.keep_draft(desk, "arrival/new", '{"surname": "Қасым"}')
    assert office.find_draft(desk, "arrival/new") == '{"surname": "Қасым"}'
    office.drop_draft(desk, "arrival/new")
    assert office.find_draft(desk, "arrival/new") is None
    office.remember(desk, "people/widths", "[1,2]")
    assert office.recall(desk, "people/widths") == "[1,2]"
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
