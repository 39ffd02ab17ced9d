"""A change of law made by the head changes exactly the days, sums and limits it should, asked by the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.documents import arrival

ACT = ("--act", "Order No. 10 of 20.11.2026")
STAY = {
    "citizenship": "DEU",
    "basis": "visa_free",
    "crossings": [{"entered": "2026-10-01"}],
}


def switched(office, code: str, *words: str) -> str:
    """Write a change down and switch its pack on; the answer is the pack."""
    said = office("rules", "amend", code, *words, *ACT)
    assert said.code == 0, said.out
    assert office("rules", "on", said.document["code"], "--why", "order 10").code == 0
    return said.document["code"]


@pytest.fixture
def asked(office, tmp_path):
    """What the checks say of a fixed set of questions, by name."""
    stay = tmp_path / "stay.json"
    stay.write_text(json.dumps(STAY), encoding="utf-8")
    questions = {
        f"mrp {day}": ("check", "amount", "mrp", "--with", "count=1", "--on", day)
        for day in ("2026-12-31", "2027-01-01", "2027-06-01")
    }
    questions |= {
        f"{rule} {day}": ("check", "deadline", rule, "--from", day)
        for rule in ("notice.arrival", "kandas.decision")
        for day in ("2026-11-19", "2026-11-20", "2026-12-14")
    }
    questions |= {
        f"{stream} {region} {day}": ("check", "quota", stream, "--region", region, "--on", day)
        for stream in ("kandas", "resettler")
        for region in ("550000000", "110000000")
        for day in ("2026-11-19", "2026-11-20")
    }
    questions |= {
        f"support {day}": ("check", "amount", "support.relocation", "--with", "persons=2", "--on", day)
        for day in ("2026-12-31", "2027-01-01")
    }
    questions |= {f"stay {day}": ("check", "stay", stay, "--on", day) for day in ("2026-11-19", "2026-12-20")}

    def ask() -> dict[str, object]:
        return {name: answer(office(*words).document) for name, words in questions.items()}

    return ask


def answer(document: dict[str, object]) -> object:
    """The day, sum, limit or judgement that a person reads, or that none can be told."""
    for key in ("due", "tenge", "limit", "error"):
        if key in document:
            return document[key]
    return document["lawful"], document["last_lawful_day"]


def changed(before: dict[str, object], after: dict[str, object]) -> dict[str, tuple[object, object]]:
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def test_a_new_mrp_changes_the_sums_of_its_year_alone(office, asked):
    before = asked()
    switched(office, "mrp", "--set", "figure=4600", "--from", "2027-01-01")
    assert changed(before, asked()) == {
        "mrp 2027-01-01": ("invalid", 4600),
        "mrp 2027-06-01": ("invalid", 4600),
        "support 2027-01-01": ("invalid", 140 * 4600),
    }
    shown = office("check", "amount", "mrp", "--with", "count=1", "--on", "2027-01-01").document
    assert (shown["findings"], shown["mrp_source"]["act"]) == ([], ACT[1])


def test_a_raised_quota_changes_its_region_from_its_day_alone(office, asked):
    before = asked()
    words = ("--set", "region=550000000", "units=1500", "--from", "2026-11-20")
    switched(office, "quota.kandas.2026", *words)
    assert changed(before, asked()) == {"kandas 550000000 2026-11-20": (977, 1500)}


def test_a_moved_holiday_changes_the_days_that_count_it_alone(office, asked):
    before = asked()
    words = ("2026-12-16", "--instead", "2026-12-17", "--reason", "Moved", "--act", "Order 5")
    assert office("calendar", "on", *words).code == 0
    assert changed(before, asked()) == {}
    assert (
        office("check", "deadline", "notice.arrival", "--from", "2026-12-15").document["due"] == "2026-12-21"
    )
    assert (
        office("check", "deadline", "notice.arrival", "--from", "2026-12-16").document["due"] == "2026-12-22"
    )
    assert office("undo").code == 0
    assert office("calendar", "off", "2026-11-24", "--reason", "x").code == 0
    moved = changed(before, asked())
    assert moved.pop("notice.arrival 2026-11-19") == ("2026-11-24", "2026-11-25")
    assert moved.pop("notice.arrival 2026-11-20") == ("2026-11-25", "2026-11-26")
    assert {name.partition(" ")[0] for name in moved} <= {"kandas.decision"}


def test_a_new_special_regime_changes_the_stays_and_terms_it_covers_alone(office, asked):
    before = asked()
    words = ("code=quarantine.2026_11", "covers.grounds=visa_free", "covers.permits=", "waives=")
    words += ("covers.citizens=DEU", "to=2026-12-31")
    switched(office, "quarantine.2020_03", "--set", *words, "--from", "2026-10-20", "--until", "2026-12-31")
    after = asked()
    assert set(changed(before, after)) == {"stay 2026-11-19", "stay 2026-12-20"}
    assert before["stay 2026-11-19"][0] is False
    assert after["stay 2026-11-19"] == after["stay 2026-12-20"] == (True, "2026-12-31")


def test_the_light_of_a_person_follows(office, registered):
    uid = registered["people"][0]["uid"] if "people" in registered else registered["uid"]
    before = office("status", uid).document
    words = ("2026-11-24", "--reason", "Declared off", "--act", "Order 5")
    foreseen = office("calendar", "off", *words, "--check").document["effects"]
    assert office("calendar", "off", *words).code == 0
    after = office("status", uid).document
    assert before.keys() == after.keys()
    assert before.get("light") == after.get("light")
    assert {one["field"] for one in foreseen} <= {"notice_due", "registration_due"}
    assert all(one["before"] < one["after"] for one in foreseen)


def test_what_it_would_change_is_told_and_nothing_written(office, registered):
    words = ("rules", "amend", "notice.arrival", "--set", "length=9", "--from", "2026-01-01", *ACT, "--check")
    told = office(*words).document
    assert {one["rule"] for one in told["effects"]} == {"notice.arrival"}
    assert [one["code"] for one in told["findings"]] == ["law.days"]
    assert office("rules", "own").document == []
    assert "Due days that change" in office(*words).out


def test_whom_a_rule_touched(office, registered):
    told = office("rules", "touched", "notice.arrival").document
    assert told["running"] == len(told["records"]) == 1
    assert office("rules", "touched", "nothing").code == 1


def test_without_changes_the_keys_are_listed(office):
    told = office("rules", "amend", "support.rent").document
    assert told["rows.0"] == "15"
    assert {"since", "until", "act", "confidence"} <= set(told)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mrp", "--set", "figure=four", "--from", "2027-01-01"), "is not a number"),
        (("mrp", "--set", "figure=4600"), "“From” is empty."),
        (("mrp", "--set", "nothing=1", "--from", "2027-01-01"), "There is no “nothing” here"),
        (("nothing", "--set", "figure=1"), "Nothing found for nothing."),
        (("quota.kandas.2026", "--set", "region=Pavlodar", "units=5", "--from", "2026-11-20"),
         "“Pavlodar” is not the code of a region."),
        (("notice.arrival", "--from", "2026-11-20", "--until", "2026-01-01", "--set", "length=4"),
         "(until) The last day is before the first day."),
        (("constitution", "--from", "2027-01-01", "--set", "days=13-40"), "is not a day of the year"),
    ],
    ids=["number", "day", "key", "code", "region", "period", "holiday"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(call, home, words, said):
    told = call("--home", home, "--on", "2026-11-23", "rules", "amend", *words, *ACT)
    assert told.code in (1, 2)
    assert said in told.out + told.err


def test_a_clerk_changes_no_law(office, working_as):
    assert office("operator", "role", "tester", "head").code == 0
    working_as("clerk")
    for words in (
        ("rules", "amend", "mrp", "--set", "figure=1", "--from", "2027-01-01", *ACT),
        ("calendar", "off", "2026-12-18", "--reason", "x"),
        ("calendar", "drop", "2026-12-18"),
    ):
        assert office(*words).code == 1
    assert office("rules", "own").document == []


def test_days_of_the_calendar_are_listed_and_taken_back(office):
    assert office("calendar", "off", "2026-12-18", "--instead", "2026-12-19", "--reason", "x").code == 0
    assert [(one["day"], one["works"]) for one in office("calendar", "list").document] == [
        ("2026-12-19", True),
        ("2026-12-18", False),
    ]
    assert office("calendar", "drop", "2026-12-18", "--check").code == 0
    assert office("calendar", "drop", "2026-12-18").document[0]["dropped"]
    assert office("calendar", "drop", "2026-12-18").code == 1
    assert [one["day"] for one in office("calendar", "list").document] == ["2026-12-19"]
    assert office("calendar", "on", "2026-12-20", "--instead", "2026-12-20", "--reason", "x").code == 1


def test_a_pack_written_down_here_is_taken_in_elsewhere(office, ask, tmp_path, made_office):
    code = switched(office, "mrp", "--set", "figure=4600", "--from", "2027-01-01")
    file = tmp_path / "given.toml"
    assert office("rules", "give", code, "--to", file).code == 0
    other = Path(shutil.copytree(made_office, tmp_path / "other"))
    there = ("--home", other, "--on", "2026-11-23")
    assert ask(*there, "rules", "take", file).document["code"] == code
    file.write_text(file.read_text(encoding="utf-8").replace("4600", "4700"), encoding="utf-8")
    assert "changed after it was sealed" in ask(*there, "rules", "take", file).out


def test_a_year_without_a_calendar_says_so_even_when_a_pack_moves_one_of_its_days(office, tmp_path):
    pack = tmp_path / "own.toml"
    pack.write_text(
        'id = "own.days"\nversion = "1"\ntitle = { kk = "а", ru = "б", en = "c" }\n'
        '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "verified"\nmark = "V"\n'
        '[[day]]\non = 2029-03-02\ntitle = { kk = "а", ru = "б", en = "c" }\nsource = "s"\n',
        encoding="utf-8",
    )
    assert office("rules", "take", pack).code == 0
    assert office("rules", "on", "own.days", "--why", "x").code == 0
    for year in (2028, 2029):
        for words in (("deadline", "notice.arrival", "--from", f"{year}-03-01"), ("workdays", f"{year}-03")):
            told = office("check", *words)
            assert told.code == 1
            assert [one["code"] for one in told.document["findings"]] == ["calendar.not_covered"]
            assert str(year) in told.document["text"]


def test_the_answers_of_one_person_are_still_there(office):
    """The register of an office under changed law takes an arrival as before."""
    switched(office, "notice.arrival", "--set", "length=5", "--from", "2026-11-20")
    said = office("register", "-", given=arrival())
    assert said.code == 0


def test_a_region_is_said_and_what_cannot_be_is_refused_as_an_answer_not_as_a_file(office):
    """An order names many regions: none is taken in silence, and the office's own is what is shown."""
    shown = office("rules", "amend", "quota.kandas.2026").document
    assert (shown["region"], shown["units"]) == ("550000000", "977")
    quota, term = ("rules", "amend", "quota.kandas.2026"), ("rules", "amend", "notice.arrival")
    for words, field in (
        ((*quota, "--set", "units=1500", "--from", "2026-12-01"), "region"),
        ((*quota, "--set", "region=551010000", "units=1500", "--from", "2026-12-01"), "region"),
        ((*term, "--set", "length=5", "--from", "2027-01-01", "--until", "2026-01-01"), "until"),
    ):
        said = office(*words, *ACT, "--check")
        assert (said.code, [one["field"] for one in said.document["findings"]]) == (1, [field])
    raised = office(
        *quota, "--set", "region=550000000", "units=1500", "--from", "2026-12-01", *ACT, "--check"
    )
    assert [(one["region"], one["after"]) for one in raised.document["limits"]] == [("550000000", 1500)]


def test_how_far_a_figure_was_checked_is_one_answer_wherever_it_is_asked(office):
    """Past the year a figure was published for nobody has checked it, and why is said."""
    for on, told in (("2026-11-23", "verified"), ("2027-01-05", "unverified")):
        assert office("rules", "show", "mrp", "--on", on).document["confidence"] == told
        assert office("rules", "amend", "mrp", "--on", on).document["confidence"] == told


def test_a_figure_that_is_not_published_for_the_day_is_told_to_people(call):
    shown = call("rules", "show", "mrp", "--on", "2027-01-05").out
    assert "No figure is published for 2027" in shown and "[V]" not in shown
