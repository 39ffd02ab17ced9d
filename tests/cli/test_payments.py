"""`check amount`, `payment` and `obligation`: the sums that the sources work out, the register, the stay."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import DAY

RELOCATION, RENT, CERTIFICATE = "support.relocation", "support.rent", "support.mobility_certificate"
FEE, SEASONAL, TAX = "fee.labour_permit", "fee.seasonal_permit", "tax.labour_immigrant"

EXAMPLES = [
    # support of kandas [V-news]
    (RELOCATION, "2021-06-01", "persons=1", 204_190),
    (RELOCATION, "2023-06-01", "persons=1", 241_500),
    (RELOCATION, "2025-11-07", "persons=100", 27_524_000),
    (RELOCATION, "2026-06-01", "persons=1", 302_750),
    (RENT, "2021-06-01", "persons=1 settlement=rural", 43_755),
    (RENT, "2021-06-01", "persons=5 settlement=urban", 87_510),
    (RENT, "2026-06-01", "persons=1 settlement=rural", 64_875),
    (RENT, "2026-06-01", "persons=5 settlement=urban", 129_750),
    (CERTIFICATE, "2023-06-01", "", 4_002_000),
    (CERTIFICATE, "2024-06-01", "", 4_282_720),
    (CERTIFICATE, "2025-06-01", "", 4_561_120),
    (CERTIFICATE, "2026-06-01", "", 7_028_125),
    ("support.employer", "2025-06-01", "", 1_572_800),
    # fees: resolutions 18.08.2016 No. 459, No. 811 of 2021, 03.10.2025 No. 819 [V]; advance tax [U]
    (FEE, "2017-06-01", "category=1 activity=A", 310_853),
    (FEE, "2017-06-01", "category=4 activity=F", 567_250),
    (SEASONAL, "2017-06-01", "days=365", 54_456),
    (SEASONAL, "2025-06-01", "days=90", 47_184),
    (SEASONAL, "2025-06-01", "days=180", 94_368),
    (SEASONAL, "2025-06-01", "days=270", 141_552),
    (SEASONAL, "2025-06-01", "days=365", 188_736),
    (TAX, "2019-06-01", "months=12", 24 * 2_525),
    (TAX, "2026-06-01", "months=3", 12 * 4_325),
    # permanent residence: duty [V], solvency [V2]
    ("duty.permanent_residence", "2026-06-01", "", 17_300),
    ("fine.overstay", "2023-06-01", "days=5", 34_500),
    ("fine.overstay", "2023-06-01", "days=3", 0),
    ("fine.notice_late", "2021-06-01", "subject=small", 29_170),
    ("fine.registration_late", "2026-01-20", "days=40 repeat=yes", 86_500),
    ("fine.overstay", "2019-06-01", "days=10", 37_875),
]


@pytest.mark.parametrize(("rule", "day", "given", "tenge"), EXAMPLES)
def test_a_worked_example_of_the_sources(ask, rule, day, given, tenge):
    said = ask("check", "amount", rule, "--on", day, *[f"--with={one}" for one in given.split()])
    assert said.document["tenge"] == tenge


@pytest.mark.parametrize(("rule", "day", "given", "tenge"), [one for one in EXAMPLES if one[1] <= DAY][::4])
def test_the_register_has_the_same_sum(office, registered, rule, day, given, tenge):
    answers = [word for one in given.split() for word in ("--with", one)]
    actual = ["--sum", "1000"] if rule == CERTIFICATE else []
    added = office("payment", "add", rule, registered["uid"], "--day", day, *answers, *actual)
    assert [one["tenge"] for one in added.document["payments"]] == [1000 if actual else tenge]


def test_from_the_grant_to_the_receipts_and_the_sums(office, pot, registered):
    """The case says whom and where; the receipt begins the obligation; the list sums up."""
    number = office("case", "open", "kandas_quota", registered["uid"]).document["number"]
    for paper in office("case", "show", number).document["papers"]:
        office("case", "paper", number, paper["code"])
    granted = office("case", "decide", number, "grant", "--protocol", "№ 7", "--with", "settlement=rural")
    assert granted.code == 0
    once, *rent = office("case", "show", number).document["sums"]
    assert (len(rent), once["tenge"], rent[0]["tenge"]) == (12, 70 * 4325, 15 * 4325)
    paid = office("payment", "pay", once["number"], "--receipt", "R-1", "--oblige")
    assert paid.codes == ["obligation.begins"]
    [bound] = office("obligation", "list").document
    assert (bound["began_on"], bound["ends_on"]) == (DAY, "2031-11-23")
    assert len(office("payment", "list", "--case", number, "--rule", RENT).document) == 12
    assert len(office("payment", "list", "--payer", "state", "--state", "paid").document) == 1
    assert office("payment", "list", "--overdue").document == []
    broken = office("obligation", "end", registered["uid"], "--why", "moved", "--broken")
    assert broken.document["to_repay"] == 70 * 4325


def test_the_sums_of_the_register_are_those_of_the_list_and_of_the_report(office, registered, tmp_path):
    uid = registered["uid"]
    for rule, words in ((RELOCATION, "persons=2"), (TAX, "months=3"), ("duty.permanent_residence", "")):
        made = office("payment", "add", rule, uid, *[f"--with={one}" for one in words.split()]).document
        office("payment", "pay", made["payments"][0]["number"], "--receipt", rule)
    office("payment", "add", "duty.permanent_residence", uid)
    paid = office("payment", "list", "--state", "paid").document
    whole = sum(one["paid"] for one in paid)
    assert whole == (140 + 12 + 4) * 4325
    assert office("payment", "list").document[0]["tenge"] == 4 * 4325
    target = tmp_path / "payments.json"
    period = ("--from", "2026-11-01", "--to", "2026-11-30")
    assert office("report", "run", "payments", *period, "--to-file", target).code == 0
    sections = json.loads(target.read_text(encoding="utf-8"))["sections"]
    sums = [
        [sum(int(row[key] or 0) for row in one["rows"]) for key in ("due_tenge", "paid_tenge")]
        for one in sections
    ]
    support, fees = 140 * 4325, whole - 140 * 4325
    to_state, by_state = [fees + 4 * 4325, fees], [support, support]
    everybody = [whole + 4 * 4325, whole]
    assert sums == [to_state, by_state, everybody, to_state, by_state]


def test_a_part_leaves_the_rest_to_the_next_receipt(call, home, office, registered):
    [duty] = office("payment", "add", "duty.permanent_residence", registered["uid"]).document["payments"]
    part = office("payment", "pay", duty["number"], "--receipt", "R-1", "--sum", "7300")
    assert (part.document["state"], part.document["rest"], part.codes) == ("due", 10_000, ["payment.part"])
    assert [one["rest"] for one in office("payment", "list").document] == [10_000]
    assert "10 000" in call("--home", home, "--on", DAY, "payment", "list").out
    done = office("payment", "pay", duty["number"], "--receipt", "R-2").document
    assert (done["state"], done["paid"], done["rest"]) == ("paid", 17_300, 0)
    shown = office("payment", "show", duty["number"]).document["receipts"]
    assert [(one["receipt"], one["tenge"]) for one in shown] == [("R-1", 7_300), ("R-2", 10_000)]


def test_what_cannot_be_ended_is_said_with_words(office, registered):
    uid = registered["uid"]
    nothing = office("obligation", "end", uid, "--why", "moved")
    assert (nothing.code, nothing.codes) == (1, ["obligation.nothing"])
    ahead = office("obligation", "begin", uid, "--from", "2194-01-01")
    assert (ahead.code, ahead.codes) == (1, ["in_future"])
    office("obligation", "begin", uid)
    assert office("obligation", "end", uid, "--why", "moved", "--day", "2030-01-01").codes == ["bad_day"]
    assert office("obligation", "end", uid, "--why", "ill").document["state"] == "released"
    assert office("obligation", "end", uid, "--why", "again").codes == ["obligation.ended"]


def test_a_sum_is_waived_by_its_regime_without_naming_the_act(office, registered):
    """The fines of the first lockdown were not levied (special.toml)."""
    given = ("--with", "days=5", "--day", "2020-05-01")
    added = office("payment", "add", "fine.overstay", registered["uid"], *given).document
    assert "amount.waived" in [one["code"] for one in added["findings"]]
    waived = office("payment", "waive", added["payments"][0]["number"]).document
    assert waived["state"] == "waived"
    assert waived["why"]
    duty = office("payment", "add", "duty.permanent_residence", registered["uid"]).document["payments"][0]
    assert office("payment", "waive", duty["number"]).codes == ["missing"]
