"""`check workdays|deadline|stay|amount`: the law as shipped, without an office."""

from __future__ import annotations

import json

import pytest

SOURCE = {"act", "article", "confidence"}


def test_a_month(ask):
    said = ask("check", "workdays", "2026-12")
    assert said.code == 0
    assert set(said.document) == {"working_days", "days_off", "findings"}
    assert said.document["working_days"] == 22
    assert {"date": "2026-12-16", "reason": "Independence Day"} in said.document["days_off"]
    assert said.document["working_days"] + len(said.document["days_off"]) == 31


def test_a_term_of_a_rule(ask):
    said = ask("check", "deadline", "notice.arrival", "--from", "2026-11-20")
    assert said.code == 0
    assert {"due", "unit", "length", "skipped", "extended_by", "source"} <= set(said.document)
    assert said.document["due"] == "2026-11-25"
    assert (said.document["unit"], said.document["length"]) == ("working_days", 3)
    assert [day["date"] for day in said.document["skipped"]] == ["2026-11-21", "2026-11-22"]
    assert set(said.document["source"]) == SOURCE


def test_a_term_of_days(ask):
    said = ask("check", "deadline", "--length", "3", "--unit", "calendar_days", "--from", "2026-11-20")
    assert said.document["due"] == "2026-11-23"
    assert said.document["source"] is None
    worked = ask("check", "deadline", "--length", "0", "--unit", "working_days", "--from", "2026-11-21")
    assert worked.document["due"] == "2026-11-21"


def test_a_term_outside_the_calendar_is_a_no(ask):
    said = ask("check", "deadline", "--length", "99999", "--unit", "working_days", "--from", "2026-11-20")
    assert said.code == 1
    assert said.codes == ["term.length"]


def test_a_rule_not_in_force_is_a_no(ask):
    said = ask("check", "deadline", "notice.arrival", "--from", "1995-01-01")
    assert said.code == 1
    assert said.codes == ["not_in_force"]


STAY = {
    "citizenship": "UZB",
    "basis": "visa_free",
    "crossings": [{"entered": "2026-11-01", "left": "2026-11-05"}, {"entered": "2026-11-10", "left": None}],
}


def test_the_next_entry_of_so_many_days_by_flag_and_by_key(ask):
    said = ask("check", "stay", "-", "--on", "2026-11-23", "--reentry", "30", given=STAY)
    assert said.document["reentry"]["on"] == "2026-11-23"
    key = ask("check", "stay", "-", "--on", "2026-11-23", given={**STAY, "reentry": 30})
    assert key.document == said.document
    assert ask("check", "stay", "-", "--reentry", "31", given=STAY).document["reentry"]["on"] is None


@pytest.mark.parametrize("days", ["0", "-3", "many", "367", ""])
def test_days_of_a_next_entry_that_are_no_number_are_refused(ask, days):
    said = ask("check", "stay", "-", "--reentry", days, given=STAY)
    assert said.code == 1
    assert said.document["findings"][0]["field"] == "reentry"


def test_an_overstay_names_its_step_of_the_code(ask):
    said = ask("check", "stay", "-", "--on", "2026-12-20", given=STAY)
    assert said.document["overstay"]["days"] == 11
    assert said.document["overstay"]["step"]["mrp_count"] == 25


def test_a_lawful_stay(ask):
    said = ask("check", "stay", "-", "--on", "2026-11-23", given=STAY)
    assert said.code == 0
    keys = {"lawful", "regime", "last_lawful_day", "per_entry", "window", "extended_by", "why"}
    assert set(said.document) == keys
    assert said.document["lawful"] is True
    assert set(said.document["per_entry"]) == {"limit", "used", "last_day"}
    assert set(said.document["window"]) == {"limit", "days", "used", "remaining", "method"}


def test_an_overstay_is_a_no(ask, tmp_path):
    file = tmp_path / "stay.json"
    file.write_text(json.dumps(STAY), encoding="utf-8")
    said = ask("check", "stay", file, "--on", "2027-05-01")
    assert said.code == 1
    assert said.document["lawful"] is False
    assert "block" in {one["severity"] for one in said.document["why"]}


def test_the_day_may_stand_before_the_verb_or_in_the_file(ask):
    after = ask("check", "stay", "-", "--on", "2027-05-01", given=STAY)
    before = ask("--on", "2027-05-01", "check", "stay", "-", given=STAY)
    inside = ask("check", "stay", "-", given={**STAY, "on": "2027-05-01"})
    assert after.document == before.document == inside.document


def test_a_stay_that_cannot_be_read(ask):
    assert ask("check", "stay", "-", given={**STAY, "citizenship": "Uzbek"}).code == 1
    assert ask("check", "stay", "-", given=[STAY]).code == 3
    assert ask("check", "stay", "-", given="{").code == 3
    said = ask("check", "stay", "-", given=b"")
    assert said.code == 3
    assert said.document["file"] == "stdin"


def test_a_fine(ask):
    said = ask("check", "amount", "fine.overstay", "--on", "2026-05-05", "--with", "days=4")
    assert said.code == 0
    assert {"mrp_count", "mrp", "tenge", "source"} <= set(said.document)
    assert said.document["tenge"] == said.document["mrp_count"] * said.document["mrp"]
    assert set(said.document["source"]) == SOURCE


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("support.relocation", ["persons=4"]),
        ("support.rent", ["persons=3", "settlement=rural"]),
        ("support.mobility_certificate", []),
        ("support.employer", []),
        ("fee.labour_permit", ["category=1", "activity=A", "years=1"]),
        ("fee.seasonal_permit", ["days=60"]),
        ("tax.labour_immigrant", ["months=3"]),
        ("duty.permanent_residence", []),
        ("solvency.permanent_residence", ["persons=2"]),
        ("fine.notice_late", ["subject=small", "repeat=no"]),
        ("fine.overstay", ["days=5"]),
        ("mrp", ["count=3"]),
    ],
)
def test_every_amount_of_the_contract(ask, rule, words):
    said = ask("check", "amount", rule, "--on", "2026-11-23", *(["--with", *words] if words else []))
    assert said.code in (0, 1), said.err
    assert said.code == 0 or {one["field"] for one in said.document["findings"]}, said.document


def test_what_an_amount_asks_for_is_said(ask):
    said = ask("check", "amount", "fine.overstay", "--on", "2026-05-05", "--with", "hours=4")
    assert said.code == 1
    assert said.fields == {"days", "hours"}


@pytest.mark.parametrize(
    "words",
    [
        ("workdays",),
        ("workdays", "2026"),
        ("workdays", "2026-13"),
        ("workdays", "0000-01"),
        ("deadline", "--from", "2026-11-20"),
        ("deadline", "no.such.rule", "--from", "2026-11-20"),
        ("deadline", "notice.arrival"),
        ("deadline", "notice.arrival", "--from", "yesterday"),
        ("deadline", "notice.arrival", "--from", "2026-11-20", "--length", "3"),
        ("deadline", "--length", "x", "--unit", "working_days", "--from", "2026-11-20"),
        ("deadline", "--length", "3", "--unit", "weeks", "--from", "2026-11-20"),
        ("stay",),
        ("amount",),
        ("amount", "no.such.rule"),
        ("amount", "mrp", "--with", "count"),
        ("amount", "mrp", "--with", "count=1", "count=2"),
        ("amount", "mrp", "--on", "2026-02-30"),
        ("quota", "nobody"),
    ],
)
def test_wrong_usage(ask, words):
    said = ask("check", *words)
    assert said.code == 2
    assert said.document["findings"] == []


def test_a_slip_of_the_pen_is_answered_with_the_likely_word(ask):
    said = ask("check", "deadline", "notice.arival", "--from", "2026-11-20")
    assert "notice.arrival" in said.document["text"]


def lines(*questions: object) -> str:
    return "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in questions)


def test_each_line(call):
    (month, bad) = call(
        "check", "workdays", "--each", "-", given=lines({"month": "2026-12"}, {"month": 5})
    ).lines
    assert month["working_days"] == 22
    assert set(bad) == {"error"}
    given = lines(
        {"rule": "notice.arrival", "from": "2026-11-20"},
        {"rule": "nothing", "from": "2026-11-20"},
        {"length": 3, "unit": "working_days", "from": "2026-11-20"},
        {"length": True, "unit": "working_days", "from": "2026-11-20"},
    )
    rule, unknown, days, bad = call("check", "deadline", "--each", "-", given=given).lines
    assert rule["due"] == days["due"] == "2026-11-25"
    assert set(unknown) == set(bad) == {"error"}
    given = lines({**STAY, "on": "2026-11-23"}, {**STAY, "basis": "dream"}, {**STAY, "on": "2027-05-01"})
    lawful, bad, over = call("check", "stay", "--each", "-", given=given).lines
    assert lawful["lawful"] is True
    assert set(bad) == {"error"}
    assert over["lawful"] is False
    given = lines(
        {"rule": "fine.overstay", "on": "2026-05-05", "with": {"days": "4"}},
        {"rule": "fine.overstay", "on": "2026-05-05", "with": {"days": 4}},
        {"rule": "fine.overstay", "on": "2026-05-05", "with": ["days"]},
        {"rule": "fine.overstay", "on": "2026-05-05"},
    )
    text, number, bad, missing = call("check", "amount", "--each", "-", given=given).lines
    assert text == number
    assert set(bad) == set(missing) == {"error"}


def test_the_quota_of_an_office(office):
    said = office("check", "quota", "kandas", "--region", "550000000", "--year", "2026")
    assert said.code == 0
    assert {"limit", "allotted", "reserved", "used", "free", "forecast_exhausted_on"} <= set(said.document)
    assert said.document["free"] == 0
    given = lines(
        {"stream": "kandas", "region": "550000000", "year": 2026}, {"stream": "none"}, {"stream": "kandas"}
    )
    asked, bad, usual = office("check", "quota", "--each", "-", given=given).lines
    assert asked == usual == said.document
    assert set(bad) == {"error"}


@pytest.mark.parametrize("words", ["Павлодар", "Павлодар облысы", "Павлодарская область"])
def test_a_region_by_its_name_is_not_its_city(office, words):
    """The city of the same name was asked instead, and the answer was an empty quota."""
    said = office("check", "quota", "kandas", "--region", words, "--year", "2026")
    assert said.document["region"] == "550000000"


def test_a_region_that_is_none(office):
    said = office("check", "quota", "kandas", "--region", "999999999")
    assert said.code == 1
    assert said.codes == ["unknown_region"]
    assert office("check", "quota", "kandas", "--year", "20260").code == 2


@pytest.mark.parametrize("units", ["0", "-1"])
def test_nobody_asks_for_less_than_one_unit(office, units):
    """A negative number of units was answered as if one had been asked for."""
    said = office("check", "quota", "kandas", f"--units={units}")
    assert said.code == 2
    assert said.document["text"].startswith("units: ")


def test_quota_needs_an_office(ask, tmp_path):
    words = ("--home", tmp_path / "none", "check", "quota")
    assert ask(*words, "kandas").code == 4
    assert ask(*words, "--each", "-", given='{"stream": "kandas"}\n').code == 4


def test_a_person_is_not_drowned_in_days_off(call):
    words = ("check", "deadline", "--length", "480", "--unit", "working_days", "--from", "2026-01-01")
    said = call(*words).out.splitlines()
    assert len(said) < 40
    assert said[-1].endswith(" more") or said[-2].endswith(" more")


@pytest.mark.parametrize("activity", ["F", "f", "41", "41.20", "F41.20", "43120"])
def test_an_activity_may_be_named_by_any_of_its_codes(ask, activity):
    asked = ("check", "amount", "fee.labour_permit", "--on", "2026-06-01", "--with", "category=3", "years=1")
    said, plain = ask(*asked, f"activity={activity}"), ask(*asked, "activity=F")
    assert said.code == plain.code == 0
    assert said.document == plain.document
