"""`case open-many|check|checks|prolong`: a quarantine of everybody who travelled with somebody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.documents import arrival

ANSWERS = {
    "act": "БСД № 14",
    "act_on": "2026-11-20",
    "ground": "contact",
    "quarantine_place": "Абай к-сі, 7",
    "watched_from": "2026-11-22",
    "watched_until": "2026-12-05",
}
GIVEN = [word for key, value in ANSWERS.items() for word in ("--answer", f"{key}={value}")]


@pytest.fixture
def guest(office):
    mine = office("register", "-", given=arrival()).document["uid"]
    second = arrival()
    second["person"]["given"], second["documents"][0]["number"] = "Болат", "FA7654321"
    office("register", "-", given=second)
    return mine


def test_everybody_who_travelled_together_gets_an_order(office, guest, tmp_path):
    many = (
        "case",
        "open-many",
        "quarantine_order",
        "--travelled-with",
        guest,
        *GIVEN,
        "--applied",
        "2026-11-22",
    )
    look = office(*many, "--check").document
    assert (look["would_open"], look["refused"], look["opened"]) == (2, 0, 0)
    target, folder = tmp_path / "orders.pdf", tmp_path / "each"
    made = office(*many, "--to", target, "--folder", folder, "--lang", "kk").document
    assert (made["opened"], made["pages"]) == (2, 2)
    assert {one.stem for one in folder.iterdir()} == set(made["numbers"])
    again = office(*many)
    assert again.code == 1 and "open_already" in again.codes
    assert office("case", "open-many", "quarantine_order").code == 2
    assert office(*many, "--folder", folder).code == 2


def test_a_check_is_entered_corrected_annulled_and_the_days_prolonged(office, guest):
    opened = office("case", "open", "quarantine_order", guest, *GIVEN, "--applied", "2026-11-22").document
    number = opened["number"]
    check = office(
        "case", "check", number, "--found", "absent", "--by", "Омаров", "--note", "есік жабық"
    ).document
    assert (check["outcome"], check["day"], check["by"]) == ("absent", "2026-11-23", "Омаров")
    fixed = office("case", "check", number, "--correct", check["uid"], "--found", "breach").document
    assert (fixed["outcome"], fixed["note"]) == ("breach", "есік жабық")
    shown = office("case", "checks", number).document
    assert (shown["breaches"], shown["missing"]) == (1, ["2026-11-22"])
    assert office("case", "prolong", number, "--until", "2026-12-09", "--note", "№ 15").code == 0
    assert office("case", "checks", number).document["until"] == "2026-12-09"
    assert office("case", "check", number, "--annul", check["uid"]).code == 1
    assert office("case", "check", number, "--annul", check["uid"], "--note", "қате").code == 0
    assert office("case", "check", number, "--day", "2026-11-30").code == 1


def test_nothing_is_opened_before_the_places_and_the_answers_of_the_papers_are_looked_at(
    office, guest, tmp_path
):
    """A folder for the file, a file for the folder, a pipe, no PDF, no answers: each is said with no case open."""
    many = ("case", "open-many", "quarantine_order", "--person", guest, "--applied", "2026-11-22")
    held, pipe = tmp_path / "held", tmp_path / "pipe.pdf"
    held.write_text("x", encoding="utf-8")
    os.mkfifo(pipe)
    good = tmp_path / "good.pdf"
    for places in (
        ("--to", tmp_path),
        ("--to", pipe),
        ("--to", tmp_path / "none" / "a.pdf"),
        ("--to", tmp_path / "a.txt"),
        ("--to", good, "--folder", held),
    ):
        assert office(*many, *GIVEN, *places).code == 3
    asked = office(*many, "--to", good)
    assert (asked.code, asked.codes) == (1, ["unanswered"])
    assert office(*many, "--check").document["people"][0]["findings"][-1]["code"] == "unanswered"
    assert office("find", "--travelled-with", guest).code == 0 and not good.exists()
    assert office(*many, *GIVEN, "--check").document["would_open"] == 1


def test_a_disk_that_fails_later_leaves_open_cases_and_says_how_to_print_them(
    office, guest, tmp_path, monkeypatch
):
    target, rename = tmp_path / "a.pdf", Path.replace

    def fails(self, wanted):
        if Path(wanted) == target:
            raise OSError(28, "No space left on device")
        return rename(self, wanted)

    monkeypatch.setattr(Path, "replace", fails)
    made = office("case", "open-many", "quarantine_order", "--person", guest, *GIVEN, "--to", target)
    assert made.code == 3 and "form print quarantine_order" in made.err
    monkeypatch.setattr(Path, "replace", rename)
    assert office("form", "print", "quarantine_order", "PVL-C2026-00001", "--to", target).code == 0
