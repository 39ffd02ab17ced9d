"""What rules ask about is what services gather: a rule over a fact that nobody gives can never hold."""

from __future__ import annotations

import ast
import tomllib
from typing import Any

from migdesk import paths
from migdesk.rules.facts import FACTS
from tests.house.repository import PACKAGE, tree

NOT_GATHERED_YET = {
    "asylum_days_since_arrival",
    "employer_branch_staff",
    "employer_is_branch",
    "employer_is_small",
    "employer_labour_immigrants",
    "employer_share_12",
    "employer_share_34",
    "entry_was_illegal",
    "vacancy_published_days",
}
"""The register has no fields for these: their rules are shown and judged in worked cases only, as the README says."""


def gathered() -> set[str]:
    constants = (
        node for node in ast.walk(tree(PACKAGE / "services" / "facts.py")) if isinstance(node, ast.Constant)
    )
    return {node.value for node in constants if isinstance(node.value, str)} & set(FACTS)


def asked(condition: Any) -> set[str]:
    if isinstance(condition, list):
        return set[str]().union(*map(asked, condition))
    if not isinstance(condition, dict):
        return set()
    own = {condition["fact"]} if "fact" in condition else set()
    return own.union(*map(asked, condition.values()))


def test_every_fact_a_rule_asks_about_is_gathered() -> None:
    rules = tomllib.loads((paths.resources() / "rules" / "checks.toml").read_text(encoding="utf-8"))["rule"]
    used = set[str]().union(*(asked(rule["when"]) for rule in rules))
    assert used - gathered() == NOT_GATHERED_YET


def test_no_fact_is_declared_for_nobody() -> None:
    assert set(FACTS) - gathered() == NOT_GATHERED_YET
