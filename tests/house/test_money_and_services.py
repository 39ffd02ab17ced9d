"""Packs of sums and quotas, and the services: their figures agree with themselves and name what exists."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from migdesk import paths
from migdesk.domain.quota import Stream

RESOURCES = paths.resources()
COUNTRY = "000000000"
SERVICES = sorted(path.stem for path in (RESOURCES / "procedures").glob("*.toml"))
SHARES_NOT_PUBLISHED = {("resettler", 2025): 790}
"""Units of four regions that were published only as a sum."""


def read(folder: str, name: str) -> dict[str, Any]:
    return tomllib.loads((RESOURCES / folder / f"{name}.toml").read_text(encoding="utf-8"))


def codes(name: str) -> set[str]:
    return {row["code"] for row in read("lists", name)["row"]}


def packs() -> list[dict[str, Any]]:
    found = (RESOURCES / "rules").rglob("*.toml")
    return [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in found
        if not path.name.endswith(".cases.toml")
    ]


def test_regional_quotas_sum_up_to_the_published_total() -> None:
    checked = []
    for table in read("rules", "quotas")["quota"]:
        key = (table["stream"], table["year"])
        regions = {code: units for code, units in table["regions"].items() if code != COUNTRY}
        if table["stream"] in ("kandas", "resettler") and len(regions) > 1:
            assert sum(regions.values()) + SHARES_NOT_PUBLISHED.get(key, 0) == table["regions"][COUNTRY], key
            checked.append(key)
    assert checked == [
        ("kandas", 2007),
        ("kandas", 2023),
        ("kandas", 2025),
        ("kandas", 2026),
        ("resettler", 2023),
        ("resettler", 2025),
        ("resettler", 2026),
    ]


def test_categories_of_foreign_labour_sum_up_to_the_published_total() -> None:
    tables = [table for table in read("rules", "quotas")["quota"] if table["stream"] == "foreign_labour"]
    whole = {
        (table["from"], region): units
        for table in tables
        if "category" not in table
        for region, units in table["regions"].items()
    }
    parts: dict[tuple[object, str], list[int]] = {}
    for table in tables:
        for region, units in table["regions"].items() if "category" in table else ():
            parts.setdefault((table["from"], region), []).append(units)
    complete = {key: sum(units) for key, units in parts.items() if len(units) == 5}
    assert len(complete) == 6
    assert complete == {key: whole[key] for key in complete}


def test_regions_of_quotas_are_in_the_list_of_regions() -> None:
    known = codes("regions") | {COUNTRY}
    for table in read("rules", "quotas")["quota"]:
        assert set(table["regions"]) <= known


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_names_only_what_exists(name: str) -> None:
    service = read("procedures", name)
    assert service["code"] == name
    assert set(service["channels"]) <= codes("channels")
    assert service.get("permit", "visa") in codes("permit_kinds")
    assert service.get("quota", "kandas") in [stream.value for stream in Stream]
    amounts = {amount["code"] for pack in packs() for amount in pack.get("amount", [])}
    assert service.get("fee", "mrp") in amounts
    forms = {form for part in (service, *service["decision"]) for form in part.get("forms", [])}
    assert forms <= {path.parent.name for path in paths.forms().glob("*/sample.toml")}


def test_kinds_of_permits_name_services_and_lists_that_exist() -> None:
    for row in read("lists", "permit_kinds")["row"]:
        assert {row[key] for key in ("service", "extension") if key in row} <= set(SERVICES), row["code"]
        assert "categories" not in row or codes(row["categories"])


@pytest.mark.parametrize("name", SERVICES)
def test_terms_of_a_service_are_in_the_packs(name: str) -> None:
    service = read("procedures", name)
    known = {term["code"] for pack in packs() for term in pack.get("term", [])}
    parts = [service, *service["step"], *service["decision"]]
    asked = {part["term"] for part in parts if "term" in part}
    assert asked <= known


@pytest.mark.parametrize("name", SERVICES)
def test_a_refusal_names_a_ground_and_its_source(name: str) -> None:
    service = read("procedures", name)
    cited = {source["id"] for source in service["source"]}
    grounds = {ground["decision"] for ground in service["ground"]}
    does = {decision["code"]: decision.get("does", decision["code"]) for decision in service["decision"]}
    assert {"refuse", "refuse_filing", "terminate"} & set(does.values())
    assert {"grant", "extend", "replace", "terminate"} & set(does.values())
    against = {code for code, one in does.items() if one in ("refuse", "refuse_filing", "terminate")}
    assert against <= grounds
    assert {part["source"] for part in service["paper"] + service["ground"]} <= cited
