"""`quota`: the ledger answers with the line and what is free, and says no with reasons."""

from __future__ import annotations

import pytest


def ops(office) -> list[str]:
    return [entry["op"] for entry in office("journal").document]


def test_quota_ledger(office, pot, registered):
    assert pot["units"] == 10
    assert pot["pot"]["free"] == 10
    assert pot["findings"] == []
    held = office("quota", "reserve", "kandas", "--units", "3", "--person", registered["uid"]).document
    assert (held["state"], held["person"], held["pot"]["free"]) == ("held", registered["uid"], 7)
    back = office("quota", "release", held["uid"], "--reason", "withdrawn")
    assert (back.code, back.document["state"]) == (0, "released")
    again = office("quota", "release", held["uid"], "--reason", "withdrawn")
    assert (again.code, again.codes) == (1, ["quota.state"])
    moved = office("quota", "transfer", "kandas", "--units", "4", "--to", "AST", "--act", "№ 2").document
    assert (moved["kind"], moved["partner"], moved["pot"]["free"]) == ("transfer_out", "AST", 6)
    received = office("quota", "transfer", "kandas", "--units", "-1", "--to", "AST", "--act", "№ 3").document
    assert received["pot"]["free"] == 7
    (listed,) = office("quota", "list").document
    assert listed["free"] == 7
    assert ops(office)[:2] == ["transfer_quota", "transfer_quota"]


def test_an_overdrawn_quota_is_refused(office, pot):
    said = office("quota", "reserve", "kandas", "--units", "11")
    assert said.code == 1
    assert said.codes == ["quota.exhausted"]
    assert office("check", "quota", "kandas").document["free"] == 10
    assert office("quota", "allot", "kandas", "--units", "999999", "--act", "№").codes == ["quota.over_limit"]
    assert office("quota", "transfer", "kandas", "--units", "99", "--to", "AST", "--act", "№").code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("allot", "kandas", "--units", "0", "--act", "№"), 1),
        (("allot", "kandas", "--units", "5", "--act", " "), 1),
        (("allot", "kandas", "--units", "five", "--act", "№"), 2),
        (("allot", "kandas", "--act", "№"), 2),
        (("allot", "dreams", "--units", "5", "--act", "№"), 2),
        (("reserve", "kandas", "--units", "0"), 2),
        (("reserve", "kandas", "--person", "nobody"), 1),
        (("reserve", "kandas", "--region", "Atlantis"), 1),
        (("release", "nothing", "--reason", "x"), 1),
        (("release", "nothing"), 2),
    ],
)
def test_quota_refusals(office, pot, words, code):
    before = ops(office)
    assert office("quota", *words).code == code
    assert ops(office) == before


def test_a_labour_permit_needs_a_free_unit(office, registered):
    party = office("explain", registered["arrivals"][0]["uid"]).document
    assert party["table"] == "arrival"
    said = office("quota", "reserve", "foreign_labour", "--category", "1")
    assert (said.code, said.codes) == (1, ["quota.exhausted"])


@pytest.mark.parametrize("year", ["0", "99999", "1900", "-5", "2026.5", "двадцать"])
def test_a_year_that_is_none_is_wrong_usage(office, year):
    """Year 0 was taken for this year, and 99999 was a crash."""
    assert office("quota", "reserve", "kandas", "--year", year).code == 2
    assert office("quota", "allot", "kandas", "--year", year, "--units", "1", "--act", "x").code == 2
    assert office("quota", "list", "--year", year).code == 2


@pytest.mark.parametrize("partner", ["PVL", "Павлодар облысы", ""])
def test_units_are_not_handed_to_the_office_itself(office, pot, partner):
    said = office("quota", "transfer", "kandas", "--units", "1", "--to", partner, "--act", "№ 2")
    assert (said.code, said.fields) == (1, {"partner"})
    assert office("check", "quota", "kandas").document["free"] == 10


@pytest.mark.parametrize("where", [("--year", "2027"), ("--region", "750000000")])
def test_units_without_a_known_limit_are_allotted_with_a_warning(office, where):
    said = office("quota", "allot", "kandas", "--units", "50", "--act", "x", *where)
    assert said.code == 0
    assert said.document["pot"]["limit"] is None
    assert said.codes == ["quota.no_limit"]


def test_a_known_limit_is_nothing_to_warn_of(office):
    assert office("quota", "allot", "kandas", "--units", "1", "--act", "x").codes == []


def test_a_pot_divided_by_activity_is_its_own(office, pot):
    built = office("quota", "allot", "kandas", "--activity", "f", "--units", "3", "--act", "№ 5").document
    assert (built["pot"]["activity"], built["pot"]["free"]) == ("F", 3)
    assert office("check", "quota", "kandas", "--activity", "F").document["free"] == 3
    assert office("check", "quota", "kandas").document["free"] == 10
    assert [one["activity"] for one in office("quota", "list").document] == [None, "F"]
    wrong = office("quota", "allot", "kandas", "--activity", "41", "--units", "1", "--act", "№")
    assert (wrong.code, wrong.codes) == (1, ["unknown_activity"])


def test_the_light_of_a_pot_with_its_reasons(office, pot):
    assert office("check", "quota", "kandas").document["light"] == "green"
    few = office("check", "quota", "kandas", "--units", "10").document
    assert (few["light"], [one["code"] for one in few["reasons"]]) == ("amber", ["quota.few"])
    assert office("check", "quota", "kandas", "--units", "11").document["light"] == "red"


def test_dated_lines_and_reservations(office, pot):
    early = office("quota", "reserve", "kandas", "--units", "1", "--day", "2026-05-01")
    assert (early.code, early.codes) == (1, ["quota.exhausted"])
    office("quota", "allot", "kandas", "--units", "2", "--act", "№ 6", "--day", "2026-04-01")
    held = office("quota", "reserve", "kandas", "--day", "2026-05-01", "--until", "2026-05-10").document
    assert (held["reserved_on"], held["held_until"]) == ("2026-05-01", "2026-05-10")
    (listed,) = office("quota", "expired").document
    assert listed["uid"] == held["uid"]
    renewed = office("quota", "renew", held["uid"], "--until", "2026-12-01").document
    assert renewed["held_until"] == "2026-12-01"
    assert office("quota", "expired").document == []
    assert office("quota", "return", "kandas", "--units", "11", "--act", "№ 7").document["pot"]["free"] == 0
    assert office("quota", "return", "kandas", "--units", "1", "--act", "№ 8").codes == ["quota.overdrawn"]


def test_units_handed_to_a_sub_office_come_back(office, pot):
    there = ("--to", "Екібастұз", "--as", "sub_office", "--letter", "№ 9")
    office("quota", "transfer", "kandas", "--units", "4", "--act", "№ 1", *there)
    back = office("quota", "transfer", "kandas", "--units", "-1", "--act", "№ 2", *there).document
    assert (back["partner_is"], back["letter"]) == ("sub_office", "№ 9")
    (partner,) = office("quota", "partners", "kandas").document
    assert (partner["handed_over"], partner["received"]) == (4, 1)
    assert office("quota", "transfer", "kandas", "--units", "-4", "--act", "№ 3", *there).codes == [
        "quota.sub_office"
    ]


def test_the_waiting_list(office, pot, registered):
    added = office("quota", "wait", "add", "kandas", "--person", registered["uid"], "--units", "2").document
    assert (added["state"], added["place"], added["units"]) == ("waiting", 1, 2)
    assert len(added["proof"]["hash"]) == 64
    again = office("quota", "wait", "add", "kandas", "--person", registered["uid"])
    assert (again.code, again.codes) == (1, ["waiting.twice"])
    assert office("quota", "wait", "next", "kandas").document["number"] == added["number"]
    said = office("quota", "reserve", "kandas")
    assert (said.code, said.codes) == (1, ["quota.line"])
    alone = office("quota", "wait", "skip", added["number"], "--reason", "absent", "--words", "келмеді")
    assert (alone.code, alone.codes) == (1, ["waiting.alone"])
    (supposed,) = office("quota", "what-if", "kandas", "--line", "--count", "9").document
    assert [one["outcome"] for one in supposed["lines"]] == ["included"] * 9 + ["left_out"]
    assert (supposed["before"]["free"], supposed["after"]["free"]) == (10, 0)
    taken = office("quota", "wait", "include", added["number"]).document
    assert taken["state"] == "included"
    assert office("check", "quota", "kandas").document["free"] == 8
    assert office("quota", "wait", "next", "kandas").code == 1
    (listed,) = office("quota", "wait", "list", "--ever").document
    assert listed["number"] == added["number"]
    assert office("quota", "wait", "list").document == []
    assert ops(office)[0] == "include_waiting"


def test_what_if_by_categories_writes_nothing(office):
    office("quota", "allot", "foreign_labour", "--category", "3", "--units", "4", "--act", "№ 1")
    before = ops(office)
    found = office("quota", "what-if", "foreign_labour", "--count", "3=5", "--count", "4=1").document
    assert [(one["before"]["category"], one["units"]["included"]) for one in found] == [("3", 4), ("4", 0)]
    assert ops(office) == before
    assert office("quota", "what-if", "foreign_labour", "--category", "3").code == 1


def test_the_quota_of_the_country_is_that_of_the_day(office):
    for day, limit in (("2024-08-23", 2433), ("2024-08-24", 3033)):
        told = office(
            "--on", day, "check", "quota", "kandas", "--region", "000000000", "--year", "2024"
        ).document
        assert told["limit"] == limit
    assert told["source"]["confidence"] == "unverified"


def test_the_waiting_list_on_paper(office, pot, registered, tmp_path):
    office("quota", "wait", "add", "kandas", "--person", registered["uid"])
    target = tmp_path / "line.json"
    done = office(
        "report",
        "run",
        "waiting_list",
        "--from",
        "2026-11-01",
        "--to",
        "2026-11-30",
        "--to-file",
        str(target),
    )
    assert done.code == 0
    assert "PVL-W2026-00001" in target.read_text(encoding="utf-8")
