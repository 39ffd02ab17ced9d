"""The shipped closed lists: whole, unique, in three languages, with every Kazakh letter."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import pycountry
import pytest

from migdesk import paths
from migdesk.domain.finding import Confidence
from migdesk.services.lists import read_list

LISTS = paths.resources() / "lists"
TOML_LISTS = sorted(path.name for path in LISTS.glob("*.toml") if path.name != "sample.toml")
KAZAKH_LETTERS = "ӘәҒғҚқңӨөҰұҮүһІі"


def rows(name: str) -> list[dict[str, str]]:
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def toml_rows(name: str) -> list[dict[str, object]]:
    return tomllib.loads((LISTS / name).read_text(encoding="utf-8"))["row"]


@pytest.fixture(scope="module")
def kato() -> list[dict[str, str]]:
    return rows("kato")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script by its path; no cache folder is left among the shipped lists."""
    spec = importlib.util.spec_from_file_location("make_lists", LISTS / "make_lists.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        spec.loader.exec_module(module)
    return module


# --- the classifier of places ----------------------------------------------------------------------


def test_kato_has_every_current_object_and_the_retired_districts(kato: list[dict[str, str]]) -> None:
    current = Counter(row["level"] for row in kato if not row["valid_to"])
    assert current == {"1": 20, "2": 228, "3": 2360, "4": 12_986}
    assert sum(1 for row in kato if row["valid_to"]) == 24


def test_kato_counts_of_each_region(kato: list[dict[str, str]], maker: ModuleType) -> None:
    counts = Counter((row["code"][:2], row["level"]) for row in kato if not row["valid_to"])
    for region, expected in maker.KATO_COUNTS.items():
        assert tuple(counts[region, level] for level in "234") == expected, region


def test_kato_codes_are_unique_and_begin_like_their_parents(
    kato: list[dict[str, str]], maker: ModuleType
) -> None:
    by_code = {row["code"]: row for row in kato}
    assert len(by_code) == len(kato)
    for row in kato:
        assert re.fullmatch(r"\d{9}", row["code"])
        if row["level"] == "1":
            assert not row["parent"]
            continue
        parent = by_code[row["parent"]]
        assert row["code"].startswith(maker.significant(parent["code"]))
        assert int(parent["level"]) < int(row["level"])


def test_kato_names_are_whole_in_three_languages(kato: list[dict[str, str]]) -> None:
    assert all(row[language].strip() for row in kato for language in ("kk", "ru", "en"))
    assert not [row["code"] for row in kato if re.search("[A-Za-z\ufffd]", row["kk"] + row["ru"])]
    letters = set("".join(row["kk"] for row in kato))
    assert not set(KAZAKH_LETTERS) - letters


def test_kato_codes_of_the_reform_are_dated(kato: list[dict[str, str]]) -> None:
    """191000000 meant Taldykorgan until 07.06.2022; since then it is Konaev."""
    by_code = {row["code"]: row for row in kato}
    assert by_code["191000000"]["kk"].startswith("Қонаев")
    assert by_code["191000000"]["valid_from"] == "2022-06-08"
    assert {by_code[code]["valid_from"] for code in ("100000000", "330000000", "620000000")} == {"2022-06-08"}
    successors = {row["code"]: row["successor"] for row in rows("kato_successors")}
    assert successors.keys() == {row["code"] for row in kato if row["valid_to"]}
    assert all(not by_code[code]["valid_to"] for code in successors.values())


# --- activities, countries, population, names ------------------------------------------------------


def test_oked_has_all_sections_and_divisions() -> None:
    found = rows("oked")
    assert "".join(row["code"] for row in found if row["level"] == "1") == "ABCDEFGHIJKLMNOPQRSTU"
    divisions = [row for row in found if row["level"] == "2"]
    assert len({row["code"] for row in divisions}) == len(divisions) == 88
    assert all(row["parent"] in "ABCDEFGHIJKLMNOPQRSTU" for row in divisions)
    assert all(row[language] for row in found for language in ("kk", "ru", "en"))


def test_countries_are_those_of_iso_and_of_travel_documents() -> None:
    found = rows("countries")
    by_code = {row["code"]: row for row in found}
    assert len(by_code) == len(found) == 274
    ordinary = {row["code"]: row["alpha2"] for row in found if row["kind"] == "country"}
    assert ordinary == {country.alpha_3: country.alpha_2 for country in pycountry.countries}
    assert {row["code"] for row in found if row["kind"] == "status"} == {"XXA", "XXB", "XXC"}
    assert by_code["D"]["same_as"] == "DEU"
    assert {row["code"] for row in found if row["eaeu"] == "1"} == {"ARM", "BLR", "KAZ", "KGZ", "RUS"}
    assert all(row[language] for row in found for language in ("kk", "ru", "en"))


def test_population_of_regions_sums_up_to_the_country(kato: list[dict[str, str]]) -> None:
    places = {row["code"] for row in kato} | {"000000000"}
    found = rows("population")
    assert {row["region"] for row in found} <= places
    assert len({(row["as_of"], row["region"], row["indicator"]) for row in found}) == len(found)
    for year in range(2018, 2024):
        day = [
            row for row in found if row["as_of"] == f"{year}-01-01" and row["indicator"] == "population_total"
        ]
        regions = sum(int(row["value"]) for row in day if re.fullmatch(r"(?!00)\d\d0{7}", row["region"]))
        assert [regions] == [int(row["value"]) for row in day if row["region"] == "000000000"]


def test_names_have_a_pool_for_every_origin_of_the_sample() -> None:
    kinds = Counter((row["origin"], row["kind"]) for row in rows("names"))
    sample = tomllib.loads((LISTS / "sample.toml").read_text(encoding="utf-8"))
    origins = set(sample["pools"]["kandas"].values()) | set(sample["pools"]["citizens"].values())
    for origin in origins:
        assert all(kinds[origin, kind] >= 20 for kind in ("surname", "given_m", "given_f")), origin
    patterns = [row["cyrillic"] for row in rows("names") if row["kind"].startswith("patronymic")]
    assert patterns
    assert all(pattern.count("{F}") == 1 for pattern in patterns)


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.*")), ids=lambda path: path.name)
def test_list_files_are_utf8_with_plain_line_ends(path: Path) -> None:
    content = path.read_bytes()
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    assert "\ufffd" not in content.decode("utf-8")
    assert content.endswith(b"\n")


# --- hand-written lists ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOML_LISTS)
def test_hand_written_list_is_whole(name: str) -> None:
    found = toml_rows(name)
    codes = [row["code"] for row in found]
    assert len(set(codes)) == len(codes) >= 2
    orders = [row["order"] for row in found]
    assert len(set(orders)) == len(orders)
    for row in found:
        assert all(str(row[language]).strip() == row[language] != "" for language in ("kk", "ru", "en"))
        assert all(isinstance(row[key], date) for key in ("valid_from", "valid_to") if key in row)


@pytest.mark.parametrize("name", [name.removesuffix(".toml") for name in TOML_LISTS])
def test_every_row_of_a_list_names_its_source_and_how_far_it_was_checked(name: str) -> None:
    """15 of 21 purposes, and whole lists, said nothing of where they were read."""
    told = {code: item.source for code, item in read_list(name).items()}
    assert [code for code, source in told.items() if source is None or not source.in_english] == []


def test_a_row_without_a_source_of_its_own_has_that_of_its_list() -> None:
    kinds = read_list("visa_categories")
    own, whole = kinds["B9"].source, kinds["C3"].source
    assert own and whole
    assert (own.in_english, own.confidence) == ("KPMG 12.2024", Confidence.VERIFIED)
    assert "from memory" in whole.in_english and whole.confidence is Confidence.UNVERIFIED


def test_every_table_names_its_source_and_how_far_it_was_checked() -> None:
    told = {row["list"]: row for row in rows("tables")}
    assert sorted(told) == sorted(path.stem for path in LISTS.glob("*.csv") if path.stem != "tables")
    words = [word.value for word in Confidence]
    assert [name for name, row in told.items() if not row["source"] or row["confidence"] not in words] == []


def test_regions_are_those_of_the_classifier(kato: list[dict[str, str]]) -> None:
    top = [row["code"] for row in kato if row["level"] == "1"]
    assert [row["code"] for row in toml_rows("regions.toml")] == sorted(top)


def test_every_relation_has_an_inverse_that_leads_back() -> None:
    relations = {str(row["code"]): row for row in toml_rows("relations.toml")}
    for code, row in relations.items():
        for sex in ("m", "f"):
            inverse = relations[str(row[f"inverse_{sex}"])]
            assert inverse.get("sex", sex) == sex, code
            back = {inverse["inverse_m"], inverse["inverse_f"]}
            assert code in back or row.get("sex"), code
            if row.get("sex"):
                assert inverse[f"inverse_{row['sex']}"] == code
            if "older_by" in row:
                assert inverse.get("younger_by") == row["older_by"], code


def test_four_groups_of_education_as_the_ministry_counts_them() -> None:
    codes = [row["code"] for row in toml_rows("education.toml")]
    assert codes == ["higher", "secondary_special", "general_secondary", "none"]


# --- the sample office's distributions -------------------------------------------------------------


def test_shares_of_the_sample_sum_up_as_published() -> None:
    """One decimal: published percentages sum to 100 within 0.3; releases differ by at most 2 persons."""
    sample = tomllib.loads((LISTS / "sample.toml").read_text(encoding="utf-8"))
    places = {row["code"] for row in rows("kato")} | {"510000000"}
    countries = {row["code"] for row in rows("countries")}
    for one in sample["distribution"]:
        expected, slack = (100, 0.3) if one["unit"] == "percent" else (one["total"], 2)
        assert sum(one["shares"].values()) == pytest.approx(expected, abs=slack + 1e-9), one["code"]
        assert one["source"] and one["confidence"] in [word.value for word in Confidence]
        for key in one["shares"]:
            assert not re.fullmatch(r"\d{9}", key) or key in places, key
            assert not re.fullmatch(r"[A-Z]{3}", key) or key in countries, key
    for one in sample["series"]:
        days = [point["on"] for point in one["points"]]
        assert days == sorted(set(days))


# --- make_lists refuses bad data -------------------------------------------------------------------


def test_bad_places_are_refused_with_their_rows(maker: ModuleType) -> None:
    good = {
        "code": "110000000", "level": "1", "parent_code": "", "name_kk": "Ақмола", "name_ru": "Акмола",
        "name_en": "Akmola", "kind": "region", "valid_from": "", "valid_to": "", "confidence": "verified",
        "source_note": "", "_row": "2",
    }  # fmt: skip
    stray = {**good, "code": "120000001", "level": "2", "parent_code": "110000000", "_row": "3"}
    orphan = {**good, "code": "119000000", "level": "2", "parent_code": "990000000", "_row": "4"}
    nameless = {**good, "name_kk": "", "_row": "5"}
    faults: list[str] = []
    maker.check_kato([good, stray, orphan, nameless], maker.reporter("kato", faults))
    assert "kato.csv, row 3: code 120000001 does not begin like its parent 110000000" in faults
    assert "kato.csv, row 4: parent 990000000 does not exist" in faults
    assert "kato.csv, row 5: 110000000 stands already in row 2" in faults
    assert "kato.csv, row 5: name_kk is empty or has blanks at its ends" in faults


def test_a_population_that_does_not_sum_up_is_refused(maker: ModuleType) -> None:
    part = {"year": "2026", "as_of": "2026-01-01", "region_code": "110000000", "_row": "2"}
    values = {"population_total": "10", "population_urban": "6", "population_rural": "5"}
    faults: list[str] = []
    maker.check_population(
        [{**part, "indicator": key, "value": value} for key, value in values.items()],
        maker.reporter("population", faults),
    )
    assert "population.csv: 2026-01-01 110000000: urban + rural is not population_total" in faults


def test_a_country_that_differs_from_iso_is_refused(maker: ModuleType) -> None:
    row = {
        "alpha2": "KZ", "alpha3": "KAZ", "numeric": "399", "mrz_code": "KAZ", "name_kk": "Қазақстан",
        "name_ru": "Казахстан", "name_en": "Kazakhstan", "mrz_only": "0", "confidence": "verified", "_row": "2",
    }  # fmt: skip
    faults: list[str] = []
    maker.check_countries([row], maker.reporter("countries", faults))
    assert "countries.csv, row 2: KAZ differs from ISO 3166-1" in faults
    assert "countries.csv: UZB of ISO 3166-1 is missing" in faults
