"""What rules ask about is what services gather: a rule over a fact that nobody gives can never hold."""

from __future__ import annotations

import ast
import tomllib
from typing import Any

from migdesk import paths
from migdesk.rules.facts import FACTS
from tests.house.repository import PACKAGE, tree


def shipped() -> list[dict[str, Any]]:
    return tomllib.loads((paths.resources() / "rules" / "checks.toml").read_text(encoding="utf-8"))["rule"]


def asked_of_the_clerk() -> set[str]:
    """Facts the register has no fields for: the rules over them are questions to the clerk."""
    return {fact for rule in shipped() for fact in rule.get("asks", {}).get("facts", ())}


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
    for rule in shipped():
        unknown = asked(rule["when"]) - gathered()
        assert unknown == set(rule.get("asks", {}).get("facts", ())), rule["code"]


def test_no_fact_is_declared_for_nobody() -> None:
    assert set(FACTS) - gathered() == asked_of_the_clerk()
