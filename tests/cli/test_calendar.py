"""A holiday of every year is abolished by an act from a day on; before it, and taken back, nothing moves."""

from __future__ import annotations

import pytest

ACT = ("--act", "Law 20.11.2026 No. 1")
MONTHS = ("2026-03", "2026-12", "2027-03", "2027-12")


def worked(office) -> dict[str, int]:
    return {one: office("check", "workdays", one).document["working_days"] for one in MONTHS}


def test_an_abolished_holiday_is_worked_from_its_year_on_and_not_before(office):
    before = worked(office)
    told = office("calendar", "abolish", "12-16", "--from", "2027-01-01", *ACT, "--check")
    assert (told.code, worked(office)) == (0, before)
    said = office("calendar", "abolish", "12-16", "--from", "2027-01-01", *ACT)
    assert (said.code, said.document["in_use"]) == (0, True)
    assert {month: n - before[month] for month, n in worked(office).items() if n != before[month]} == {
        "2027-12": 1
    }
    due = [
        office("check", "deadline", "notice.arrival", "--from", day).document
        for day in ("2026-12-15", "2027-12-15")
    ]
    assert [one["due"] for one in due] == ["2026-12-21", "2027-12-20"]
    own = next(one for one in office("rules", "list").document if one["pack"] == said.document["code"])
    assert (own["from"], own["confidence"]) == ("2027-01-01", "reported")
    assert office("rules", "off", said.document["code"], "--why", "withdrawn").code == 0
    assert worked(office) == before


def test_of_a_feast_of_three_days_one_is_abolished_by_changing_the_entry(office):
    before = worked(office)
    words = ("nauryz", "--set", "days=03-23", "works=yes", "--from", "2027-01-01", *ACT)
    made = office("rules", "amend", *words)
    assert office("rules", "on", made.document["code"], "--why", "x").code == 0
    moved = {month: n - before[month] for month, n in worked(office).items() if n != before[month]}
    assert moved == {"2027-03": 1}


@pytest.mark.parametrize(
    ("words", "code"),
    [(("12-17", "--from", "2027-01-01", *ACT), 1), (("12-16", "--from", "2027-01-01", "--act", " "), 1)],
    ids=["no holiday", "no act"],
)
def test_what_is_no_holiday_or_has_no_act_is_refused(office, words, code):
    assert office("calendar", "abolish", *words).code == code
    assert office("rules", "own").document == []
