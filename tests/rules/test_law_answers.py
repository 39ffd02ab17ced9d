"""Law: what it answers, what it refuses, and what it tells of itself."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migdesk.domain.errors import Invalid, NotFound
from migdesk.domain.finding import Confidence
from migdesk.i18n import LANGUAGES, language
from migdesk.rules.law import Law, NotInForce
from migdesk.rules.load import load_packs
from migdesk.rules.pack import COUNTRY, Kind
from tests.rules.worked import answered

ON = date(2026, 11, 23)


def test_an_unknown_code_is_not_found(law):
    for attempt in (
        lambda: law.value("moon", ON),
        lambda: law.term("moon", ON),
        lambda: law.deadline("moon", ON),
        lambda: law.amount("moon", ON),
        lambda: law.setting("moon"),
        lambda: law.show_rule("moon", ON),
    ):
        with pytest.raises(NotFound) as problem:
            attempt()
        assert not isinstance(problem.value, NotInForce)
        assert "moon" in problem.value.words()


def test_a_known_code_that_was_not_in_force_says_so(law):
    with pytest.raises(NotInForce) as problem:
        law.deadline("stay.registration", date(2026, 6, 30))
    assert "stay.registration" in problem.value.words()
    assert "30.06.2026" in problem.value.words()


def test_a_deadline_tells_its_source_its_event_and_what_is_open(law):
    found = law.deadline("stay.registration", date(2026, 7, 10))
    assert (found.due, found.starts, found.length) == (date(2026, 8, 9), "border_crossing", 30)
    assert found.source.confidence is Confidence.REPORTED
    assert [one.code for one in found.notes] == ["term.open"]
    with language("ru"):
        assert "на день раньше" in found.notes[0].words()


def test_amounts_are_exact_and_rounded_to_whole_tenge(law):
    found = law.amount("support.relocation", ON, {"persons": 3})
    assert (found.mrp_count, found.mrp, found.tenge) == (Decimal(210), Decimal(4325), 908_250)
    text = (
        'id = "p"\nversion = "1"\ntitle = { kk = "а", ru = "б", en = "c" }\n'
        '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "reported"\nmark = "V2"\n'
        '[[value]]\ncode = "mrp"\nunit = "KZT"\ntitle = { kk = "а", ru = "б", en = "c" }\n'
        'entries = [{ from = 2026-01-01, is = 4325, source = "s" }]\n'
        '[[amount]]\ncode = "half"\nfrom = 2026-01-01\nsource = "s"\ntitle = { kk = "а", ru = "б", en = "c" }\n'
        'asks = { days = "whole" }\nper = "days"\nmrp = 0.1\n'
    )
    small = Law.of(load_packs([("p.toml", text)]))
    assert small.amount("half", ON, {"days": "1"}).tenge == 433
    assert small.amount("half", ON, {"days": 3}).mrp_count == Decimal("0.3")
    assert small.amount("half", ON, {"days": 1}).as_json()["mrp_count"] == 0.1


@pytest.mark.parametrize(
    ("given_values", "code", "field"),
    [
        ({}, "amount.missing", "persons"),
        ({"persons": "many"}, "amount.unreadable", "persons"),
        ({"persons": "-1"}, "amount.unreadable", "persons"),
        ({"persons": "9" * 30}, "amount.unreadable", "persons"),
        ({"persons": True}, "amount.unreadable", "persons"),
        ({"persons": 1.5}, "amount.unreadable", "persons"),
        ({"persons": "²"}, "amount.unreadable", "persons"),
        ({"persons": 1, "colour": "red"}, "amount.not_asked", "colour"),
    ],
)
def test_what_an_amount_asks_for_must_be_given(law, given_values, code, field):
    with pytest.raises(Invalid) as problem:
        law.amount("support.relocation", ON, given_values)
    assert [(one.code, one.field) for one in problem.value.findings] == [(code, field)]
    assert field in problem.value.words()


def test_words_of_an_amount_are_read_without_regard_to_case(law):
    rural = law.amount("support.rent", ON, {"persons": "3", "settlement": "RURAL"})
    assert rural == law.amount("support.rent", ON, {"persons": 3, "settlement": "rural"})
    with pytest.raises(Invalid) as problem:
        law.amount("support.rent", ON, {"persons": 3, "settlement": "moon"})
    assert "urban, rural" in problem.value.words()


def test_a_later_quota_order_changes_only_the_regions_it_names(law):
    before = law.quota_limit("kandas", "230000000", 2025, on=date(2025, 6, 1))
    after = law.quota_limit("kandas", "230000000", 2025)
    assert (before.units, after.units) == (100, 103)
    assert law.quota_limit("kandas", "550000000", 2025).units == 1056
    assert law.quota_limit("kandas", "750000000", 2025) is None
    assert law.quota_limit("kandas", COUNTRY, 1950) is None
    assert law.quota_limit("kandas", COUNTRY, 2026, on=date(2025, 1, 1)) is None


def test_an_answer_of_the_office_that_no_longer_exists_falls_back_to_caution(law):
    assert law.setting("stay.entry_day") == "day_1"
    assert answered(law, {"stay.entry_day": "day_0"}).setting("stay.entry_day") == "day_0"
    assert answered(law, {"stay.entry_day": "day_7"}).setting("stay.entry_day") == "day_1"
    assert {one.code for one in law.settings()} >= {"stay.entry_day", "stay.window_method"}


def test_everything_is_listed_and_can_be_shown(law):
    rows = law.list_rules()
    assert {row["kind"] for row in rows} == {kind.value for kind in Kind}
    assert len(rows) == len(law.entries()) > 200
    for entry in law.entries():
        shown = law.show_rule(entry.code, max(entry.since, date(2000, 1, 1)))
        assert json.loads(json.dumps(shown))["code"] == entry.code
        assert set(shown["texts"]) == set(LANGUAGES)
        assert shown["source"]["act"]
        assert shown["confidence"] in set(Confidence)


def test_a_rule_is_shown_as_it_stood_on_a_day(law):
    before = law.show_rule("rvp.decision", date(2020, 1, 1))
    after = law.show_rule("rvp.decision", ON)
    assert (before["values"]["length"], after["values"]["length"]) == (3, 1)
    assert (before["confidence"], after["confidence"]) == ("unverified", "verified")
    assert law.show_rule("mrp", ON)["values"]["mrp_in_tenge"] == 4325
    setting = answered(law, {"stay.china_treaty": "yes"}).show_rule("stay.china_treaty", ON)
    assert setting["values"]["chosen"] == "yes"


def test_the_doctor_learns_what_nobody_has_verified(law):
    codes = {entry.code for entry in law.unverified()}
    assert {"transit.stay", "treaty_unverified", "stay.entry_day"} <= codes
    assert "notice.arrival" not in codes


def test_versions_name_every_pack(law):
    assert set(law.versions()) >= {"terms", "calendar", "stay", "checks", "mrp", "quotas"}
    assert all(law.versions().values())


@given(st.dates())
def test_every_day_has_an_answer_or_a_refusal(law, on):
    for code in ("notice.arrival", "kandas.decision", "pmzh.card", "labour.extension_latest"):
        try:
            assert law.deadline(code, on).length
        except (NotFound, Invalid) as problem:
            assert problem.words()
    for citizenship in ("DEU", "UZB", "XXA"):
        regime = law.regime(citizenship, "visa_free", on)
        assert regime is None or citizenship in regime.citizens


def test_a_figure_after_its_last_published_year_is_told_as_the_last_known(law):
    """The MRP of 2026 was answered for 2027, as verified."""
    on = date(2027, 3, 1)
    found = law.amount("mrp", on, {"count": 10})
    assert (found.tenge, found.source.confidence) == (43_250, Confidence.UNVERIFIED)
    [told] = found.as_json()["findings"]
    assert (told["severity"], told["code"]) == ("warn", "value.not_published")
    assert "2027" in told["text"] and "4\u00a0325" in told["text"]
    assert law.amount("support.relocation", on, {"persons": 1}).mrp_source.confidence is Confidence.UNVERIFIED
    for code in ("mrp", "quota.foreign_labour.percent"):
        shown = law.show_rule(code, on)
        assert (shown["confidence"], shown["source"]["confidence"]) == ("unverified", "unverified")
        assert [one["code"] for one in shown["findings"]] == ["value.not_published"]
        assert law.show_rule(code, ON)["findings"] == []
    assert law.amount("mrp", ON, {"count": 10}).findings == ()
    assert law.show_rule("labour.local_content_12", on)["findings"] == []


@pytest.mark.parametrize(
    ("start", "years"), [(date(2029, 3, 1), "2029"), (date(2017, 3, 1), "2017"), (date(2027, 12, 30), "2028")]
)
def test_a_term_outside_the_calendar_names_the_year_and_is_not_sure(law, start, years):
    found = law.calendar.add_working_days(start, 5)
    [told] = found.notes
    assert (told.code, told.severity.value) == ("calendar.not_covered", "warn")
    assert years in told.words()
    assert not found.is_sure


def test_the_source_of_a_term_outside_the_calendar_is_lowered(law):
    assert law.deadline("notice.arrival", ON).source.confidence is Confidence.REPORTED
    assert law.deadline("notice.arrival", date(2029, 3, 1)).source.confidence is Confidence.UNVERIFIED
    assert law.deadline("stay.registration", date(2029, 3, 1)).source.confidence is Confidence.REPORTED


def test_what_a_decision_quotes_is_plain_and_whole(law):
    quoted = law.quote("notice.arrival", ON)
    assert json.loads(json.dumps(quoted)) == quoted
    assert (quoted["values"]["length"], quoted["pack"], quoted["version"]) == (
        3,
        "terms",
        law.versions()["terms"],
    )
    assert quoted["source"]["act"] and quoted["on"] == "2026-11-23"


def test_categories_of_a_quota_are_those_of_its_orders(law):
    assert law.quota_categories("foreign_labour") == ("1", "2", "3", "4", "seasonal")
    assert law.quota_categories("kandas") == ()


def test_what_the_packs_say_is_listed_once_and_not_at_every_quotation(law):
    assert law.entries() is law.entries()
    assert law.quote("notice.arrival", date(2026, 11, 1))["values"]["length"] == 3
