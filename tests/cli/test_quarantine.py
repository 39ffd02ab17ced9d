"""`case open-many|check|checks|prolong`: a quarantine of everybody who travelled with somebody."""

from __future__ import annotations

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
