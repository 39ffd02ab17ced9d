"""Conditions of a list as plain values, to be kept under a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from migdesk.domain.listing import Condition, Filter, Group, Test


def as_plain(conditions: Iterable[Condition]) -> list[dict[str, Any]]:
    """What JSON can hold."""
    return [_plain(one) for one in conditions]


def from_plain(raw: Iterable[dict[str, Any]], keys: frozenset[str]) -> tuple[Condition, ...]:
    """The conditions that were kept.

    Raises:
        ValueError, KeyError, TypeError: damaged, or about a column that the list (with these keys) has not.
    """
    return tuple(_read(one, keys) for one in raw)


def _plain(one: Condition) -> dict[str, Any]:
    if isinstance(one, Group):
        return {"either": one.either, "parts": as_plain(one.parts)}
    value = list(one.value) if isinstance(one.value, tuple) else one.value
    made = {"key": one.key, "test": one.test.value, "value": value, "not": one.negated}
    return {name: part for name, part in made.items() if part not in (None, False)}


def _read(raw: dict[str, Any], keys: frozenset[str]) -> Condition:
    if "parts" in raw:
        return Group(from_plain(raw["parts"], keys), bool(raw["either"]))
    if raw["key"] not in keys:
        raise KeyError(raw["key"])
    value = raw.get("value")
    value = tuple(value) if isinstance(value, list) else value
    return Filter(raw["key"], Test(raw["test"]), value, bool(raw.get("not")))
