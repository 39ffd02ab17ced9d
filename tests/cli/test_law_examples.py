"""Days, stays and sums worked out by hand from calendars and acts, asked by the command line.

A row of `tests/data/law_examples.jsonl` is a check, its question and what has to be answered, key by key
(`window.used` is a key inside one); `off` are the days of the month that are not worked, and `refused` stands for a
question that cannot be answered. Working days are those of the production calendars of 2018 to 2027; sums are the
counts of the acts times the MRP of the day.
"""

from __future__ import annotations

import json
from functools import reduce
from pathlib import Path

import pytest

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "law_examples.jsonl").read_text("utf-8").splitlines()
]


def told(answer, key):
    """One key of an answer, or a key inside a key."""
    if key == "off":
        return [int(day["date"][8:]) for day in answer["days_off"]]
    return reduce(lambda inner, part: None if inner is None else inner.get(part), key.split("."), answer)


@pytest.mark.parametrize("verb", ["workdays", "deadline", "amount", "stay"])
def test_what_was_worked_out_by_hand(call, verb):
    rows = [row for row in ROWS if row["check"] == verb]
    given = "".join(json.dumps(row["ask"]) + "\n" for row in rows)
    answers = call("--on", "2026-11-23", "check", verb, "--each", "-", given=given).lines
    wrong = []
    for row, answer in zip(rows, answers, strict=True):
        if row["is"] == "refused":
            wrong += [] if "error" in answer else [(row, answer)]
        else:
            wrong += [
                (row, key, told(answer, key))
                for key, value in row["is"].items()
                if told(answer, key) != value
            ]
    assert wrong == []
    assert len(rows) > 50


def test_nothing_is_guessed(call, ask):
    """A due day in a year without a calendar was answered with a warning, and a sum of 2027 by the MRP of 2026."""
    for words in (
        ("deadline", "notice.arrival", "--from", "2028-01-03"),
        ("deadline", "--length", "15", "--unit", "working_days", "--from", "2027-12-20"),
        ("workdays", "2028-01"),
        ("amount", "support.relocation", "--on", "2027-02-01", "--with", "persons=1"),
    ):
        said = ask("check", *words)
        assert said.code == 1
        [told] = said.document["findings"]
        assert told["severity"] == "block"
        assert told["field"] in ("from", "month", "on")
        assert "202" in told["text"]
    assert (
        ask("check", "deadline", "--length", "5", "--unit", "calendar_days", "--from", "2030-01-01").code == 0
    )


def test_a_country_that_is_none_is_refused(ask, tmp_path):
    """It was answered that nothing is known of its regime."""
    for code in ("ZZZ", "QQQ"):
        question = tmp_path / "stay.json"
        question.write_text(json.dumps({"citizenship": code, "basis": "visa_free", "crossings": []}))
        said = ask("check", "stay", question)
        assert said.code == 1
        assert [one["field"] for one in said.document["findings"]] == ["citizenship"]
