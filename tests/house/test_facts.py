"""What rules ask about is what services gather: a rule over a fact that nobody gives can never hold."""

from __future__ import annotations

import ast
import tomllib
from typing import Any

from migdesk import paths
from migdesk.rules.facts import FACTS
from migdesk.services.law import load_procedures
from tests.house.repository import PACKAGE, tree


def shipped() -> list[dict[str, Any]]:
    packs = sorted((paths.resources() / "rules").glob("*.toml"))
    texts = [one.read_text(encoding="utf-8") for one in packs if not one.name.endswith(".cases.toml")]
    return [rule for text in texts for rule in tomllib.loads(text).get("rule", ())]


def asked_of_the_clerk() -> set[str]:
    """Facts that no record holds: without the answer of a case the rules over them are questions to the clerk."""
    return {fact for rule in shipped() for fact in rule.get("asks", {}).get("facts", ())}


def gathered() -> set[str]:
    modules = [tree(path) for path in (PACKAGE / "services" / "facts").glob("*.py")]
    constants = (node for one in modules for node in ast.walk(one) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)} & set(FACTS)


def asked(condition: Any) -> set[str]:
    if isinstance(condition, list):
        return set[str]().union(*map(asked, condition))
    if not isinstance(condition, dict):
        return set()
    own = {condition["fact"]} if "fact" in condition else set()
    return own.union(*map(asked, condition.values()))


def answered() -> set[str]:
    """Facts that the questions of public services feed."""
    return {field.fact for service in load_procedures() for field in service.fields if field.fact}


def test_every_fact_a_rule_asks_about_is_gathered() -> None:
    for rule in shipped():
        asks = set(rule.get("asks", {}).get("facts", ()))
        assert asked(rule["when"]) - gathered() - answered() <= asks, rule["code"]
        assert asks <= asked(rule["when"]), rule["code"]


def test_no_fact_is_declared_for_nobody() -> None:
    assert set(FACTS) == gathered() | answered() | asked_of_the_clerk()
