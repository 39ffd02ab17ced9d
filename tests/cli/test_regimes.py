"""Special regimes by the command line: the quarantine of 2020-2021 day by day, and a new regime from file to undo."""

from __future__ import annotations

import pytest

from tests.cli.conftest import DAY
from tests.cli.documents import arrival

INDIAN = {
    "person": {
        "surname": "Sharma",
        "given": "Ravi",
        "birth_date": "1985-02-03",
        "sex": "m",
        "citizenship": "IND",
    },
    "documents": [{"number": "Z1234567", "issuer": "IND", "expires_on": "2020-06-30"}],
    "arrival": {
        "purpose": "work",
        "basis": "visa",
        "entered_on": "2020-02-01",
        "arrived_on": "2020-02-01",
        "stay_until": "2020-03-20",
    },
}

PACK = """
id = "own.amnesty"
version = "{version}"
title = {{ kk = "Рақымшылық", ru = "Амнистия", en = "Amnesty" }}
[[source]]
id = "s"
act = "Act 900"
read = 2026-11-20
confidence = "reported"
mark = "V2"
[[special]]
code = "amnesty.2026"
from = 2026-11-01
until = 2027-03-01
announced = 2026-11-20
to = {to}
waives = ["fine.overstay"]
closes = ["visa_free", "csc"]
title = {{ kk = "Рақымшылық", ru = "Амнистия", en = "Amnesty" }}
source = "s"
[special.covers]
grounds = ["visa", "visa_free"]
permits = ["rvp"]
documents = true
ends = {{ from = 2026-10-01, until = 2027-02-28 }}
[[special.papers]]
code = "pcr"
title = {{ kk = "ПТР", ru = "ПЦР", en = "PCR test" }}
services = ["rvp"]
[[special.fields]]
key = "isolation"
kind = "text"
label = {{ kk = "а", ru = "б", en = "Isolation" }}
services = ["rvp"]
"""


@pytest.fixture
def office(ask, home):
    """Run a verb of the office on a day, by default that of tests."""

    def run(*argv: object, given: object = b"", on: str = DAY):
        return ask("--home", home, "--on", on, *argv, given=given)

    return run


@pytest.fixture
def pack(tmp_path):
    def write(version: str = "1", to: str = "2027-03-01", more: str = ""):
        file = tmp_path / f"{version}.toml"
        text = PACK.format(version=version, to=to)
        file.write_text(text + more, encoding="utf-8")
        return file

    return write


@pytest.fixture
def visitor(office):
    said = office("register", "-", given=arrival(**INDIAN))
    assert said.code == 0, said.out
    return said.document["uid"]


def test_a_visa_that_ended_on_20_03_2020_is_judged_on_each_day_as_the_acts_said(office, visitor):
    """Lawful to 05.06.2021 by all acts together; by what was announced by the day itself not always."""

    def lawful(on: str, announced: str | None = None) -> tuple[bool, str | None]:
        by = ("--announced-by", announced) if announced else ()
        stay = office("status", visitor, *by, on=on).document["stay"]
        return stay["lawful"], stay["last_lawful_day"]

    days = ("2020-03-20", "2020-04-20", "2020-08-06", "2020-11-02", "2021-06-05")
    assert {lawful(day) for day in days} == {(True, "2021-06-05")}
    assert lawful("2021-06-06") == (False, "2021-06-05")
    told = {day: lawful(day, day) for day in ("2020-04-20", "2020-04-21", "2020-07-10", "2020-08-05")}
    assert told == {
        "2020-04-20": (True, "2020-04-20"),
        "2020-04-21": (False, "2020-04-20"),
        "2020-07-10": (True, "2020-07-10"),
        "2020-08-05": (True, "2020-08-05"),
    }
    assert lawful("2020-08-06", "2020-08-06") == (False, "2020-08-05")
    assert lawful("2020-08-06", "2020-09-21") == (True, "2020-11-01")
    assert lawful("2020-11-02", "2020-11-01") == (False, "2020-11-01")
    assert lawful("2021-01-06", "2021-01-18") == (False, "2021-01-05")
    assert lawful("2021-01-06", "2021-01-19") == (True, "2021-06-05")


@pytest.mark.parametrize(("citizen", "last"), [("UZB", "2020-03-30"), ("DEU", "2020-04-29")])
def test_thirty_days_more_in_april_2020_were_for_the_57_states_alone(office, citizen, last):
    came = {"basis": "visa_free", "entered_on": "2020-03-01", "arrived_on": "2020-03-01", "stay_until": None}
    given = {**INDIAN, "person": {**INDIAN["person"], "citizenship": citizen}}
    given["arrival"] = {**INDIAN["arrival"], **came}
    given["documents"] = [{**INDIAN["documents"][0], "issuer": citizen}]
    uid = office("register", "-", given=arrival(**given)).document["uid"]
    stay = office("status", uid, "--announced-by", "2020-04-01", on="2020-04-10").document["stay"]
    assert (stay["lawful"], stay["last_lawful_day"]) == (last > "2020-04-10", last)


def test_both_days_the_regimes_and_those_announced_later_are_told(office, visitor):
    shown = office("status", visitor, "--announced-by", "2020-09-20", on="2020-08-20").document
    assert shown["stay"]["own_last_day"] == "2020-03-20"
    assert shown["stay"]["extended_by"] == ["quarantine.2020_08"]
    assert shown["announced_by"] == "2020-09-20"
    later = ["quarantine.2020_11", "quarantine.2021_01", "quarantine.2021_06"]
    assert [one["code"] for one in shown["announced_later"]] == later
    words = " ".join(one["text"] for one in shown["findings"])
    assert "ends on 20.03.2020, by special regimes it lasts to 05.08.2020" in words
    by_all = office("status", visitor, on="2020-08-20").document
    assert {"quarantine.2020_11", "quarantine.2021_06"} <= {one["code"] for one in by_all["regimes"]}
    assert "status.document_prolonged" in [one["code"] for one in by_all["findings"]]
    assert office("status", visitor, "--announced-by", "2020-09-20", "--known-on", "2026-11-23").code == 2


@pytest.mark.parametrize(
    ("day", "announced", "ends", "later"),
    [
        ("2020-11-20", "2020-11-20", "2021-01-05", ["quarantine.2021_06"]),
        ("2020-12-01", "2020-10-01", "2020-11-01", ["quarantine.2021_01", "quarantine.2021_06"]),
        ("2021-05-01", "2021-01-19", "2021-06-05", []),
        ("2026-11-23", "2020-09-21", "2020-11-01", []),
    ],
)  # fmt: skip
def test_the_term_of_the_stay_ends_as_announced_and_all_later_acts_are_told(
    office, visitor, day, announced, ends, later
):
    shown = office("status", visitor, "--announced-by", announced, on=day).document
    assert shown["stay"]["last_lawful_day"] == ends
    assert [one["due"] for one in shown["deadlines"] if one["kind"] == "stay"] in ([ends], [])
    told = [one["code"] for one in shown["announced_later"] if one["code"].startswith("quarantine")]
    assert told == later


def permit(office, visitor: str) -> dict[str, object]:
    made = office(
        *("permit", "issue", "rvp", visitor, "--from", "2026-01-10", "--until", "2027-01-09"), on="2026-11-23"
    )
    assert made.code == 0, made.out
    return made.document


def test_a_regime_is_taken_tried_switched_on_corrected_and_taken_back(office, visitor, pack):
    permit(office, visitor)
    assert office("regime", "new", pack(), "--check").document["counts"]["permit"] == 1
    assert office("regime", "new", pack()).document["in_use"] is False
    tried = office("regime", "try", "amnesty.2026").document
    assert tried["counts"] == {"stay": 1, "permit": 1, "document": 0, "term": 0, "fine": 0, "sum": 0}
    assert tried["regions"] == [{"region": "550000000", "name": "Pavlodar Region", **tried["counts"]}]
    assert {(one["what"], one["before"], one["after"]) for one in tried["touched"]} == {
        ("permit", "2027-01-09", "2027-03-01"),
        ("stay", "2027-01-09", "2027-03-01"),
    }

    def held() -> tuple[object, ...]:
        found = office("status", visitor, on="2027-02-20").document
        paper = found["permits"][0] if found["permits"] else {}
        return paper.get("valid_until"), paper.get("lasts_until"), found["stay"]["last_lawful_day"]

    assert held() == (None, None, "2027-01-09")
    assert office("regime", "on", "amnesty.2026").code == 1
    assert office("regime", "on", "amnesty.2026", "--why", "Act 900").document["in_use"] is True
    assert held() == ("2027-01-09", "2027-03-01", "2027-03-01")
    terms = office("status", visitor, on="2026-12-20").document["deadlines"]
    assert [one["due"] for one in terms if one["kind"] == "permit"] == ["2027-03-01"]
    assert office("regime", "correct", pack("2", "2027-02-25")).code == 1
    assert office("regime", "correct", pack("2", "2027-02-25"), "--why", "Act 901").document["in_use"] is True
    assert held() == ("2027-01-09", "2027-02-25", "2027-02-25")
    assert office("undo").code == 0
    assert held() == ("2027-01-09", "2027-03-01", "2027-03-01")
    assert office("regime", "off", "amnesty.2026", "--why", "taken back").code == 0
    assert held() == (None, None, "2027-01-09")
    assert office("undo").code == 0
    assert held() == ("2027-01-09", "2027-03-01", "2027-03-01")
    ill = [one["name"] for one in office("doctor").document if not one["ok"]]
    assert ill == []


def test_a_regime_closes_a_ground_and_a_channel_and_asks_for_more_on_its_days(office, visitor, pack):
    assert office("regime", "new", pack()).code == 0
    assert office("regime", "on", "amnesty.2026", "--why", "Act 900").code == 0
    german = {
        **INDIAN,
        "person": {**INDIAN["person"], "surname": "Meyer", "citizenship": "DEU"},
        "documents": [{"number": "C01X00T47", "issuer": "DEU", "expires_on": "2030-01-01"}],
        "arrival": {
            "purpose": "private",
            "basis": "visa_free",
            "entered_on": "2026-11-10",
            "arrived_on": "2026-11-10",
        },
    }
    said = office("register", "-", given=arrival(**german))
    closed = [one for one in said.document["findings"] if one["code"] == "closed.ground"]
    assert [(one["field"], one["source"]["act"]) for one in closed] == [("arrival.basis", "Act 900")]
    filed = office("case", "open", "rvp", visitor, "--channel", "csc", "--applied", "2026-11-22")
    assert filed.code == 0, filed.out
    assert "closed.channel" in filed.codes
    shown = office("case", "show", filed.document["uid"]).document
    assert "pcr" in [one["code"] for one in shown["papers"]]
    asked = office("procedures", "show", "rvp").document
    assert "isolation" in [one["key"] for one in asked["fields"]]
    assert "isolation" not in str(office("procedures", "show", "rvp", on="2027-03-02").document)
    assert office("case", "answer", filed.document["uid"], "isolation=Home").code == 0
    assert office("regime", "off", "amnesty.2026", "--why", "over").code == 0
    assert "pcr" not in str(office("case", "show", filed.document["uid"]).document["papers"])
    assert office("undo").code == 0
    again = office("case", "show", filed.document["uid"]).document
    assert "Home" in str(again)


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ('permits = ["rvp"]', 'permits = ["rpv"]', "special[1].covers.permits"),
        ('waives = ["fine.overstay"]', 'waives = ["fine.oversty"]', "special[1].waives"),
        ('"csc"]', '"cs"]', "special[1].closes"),
        ('services = ["rvp"]', 'services = ["rvp2"]', "special[1].papers[1].services"),
        ("to = 2027-03-01", "to = 2026-03-01", "special[1].to"),
        ("to = 2027-03-01", "", "special[1].to"),
        ("until = 2027-03-01", 'until = "soon"', "special[1].until"),
    ],
)
def test_a_bad_regime_is_refused_by_its_key(office, pack, was, now, place):
    file = pack()
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now, 1), encoding="utf-8")
    said = office("regime", "new", file)
    assert said.code != 0
    assert place in said.out + said.err
    assert office("regime", "list").document[0]["own"] is False


def test_a_regime_of_the_program_is_corrected_and_not_switched(office, tmp_path):
    said = office("regime", "off", "quarantine.2021_06", "--why", "x")
    assert said.code == 1 and "came with the program" in said.out
    assert office("regime", "show", "quarantine.2021_06").document["says"]["to"] == "2021-06-05"
    assert office("regime", "show", "nothing").code == 1
    other = tmp_path / "other.toml"
    other.write_text(
        'id = "own.x"\nversion = "1"\ntitle = { kk = "а", ru = "б", en = "c" }\n', encoding="utf-8"
    )
    assert "no special regime" in office("regime", "new", other).out
