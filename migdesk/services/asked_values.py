"""Values of fields that data ask for: read from what was typed, checked, and kept as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from migdesk.domain.detail import Detail
from migdesk.domain.fields import Code, Field, Unreadable
from migdesk.domain.finding import Finding, block
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.services.desk import Desk

PLACE = "details"
"""Under which findings name what is wrong with a value: `details.school_name`."""

Fields = Mapping[str, Field]
Unknown = Callable[[str], Finding]
"""What is said of a key that nobody asks for."""


def is_empty(value: object) -> bool:
    """Whether nothing was said: a nought is an answer, a flag that is off is none."""
    return value is None or value is False or value == ""


def text_of(field: Field, value: Any) -> str:
    """A value as it is kept."""
    return "" if is_empty(value) else str(field.to_sql(value))


def value_of(field: Field, text: str) -> Any:
    """What a kept text means."""
    return field.from_sql(int(text) if field.sql == "INTEGER" else text)


def read_values(
    fields: Fields, given: Mapping[str, object], today: date, unknown: Unknown
) -> tuple[dict[str, Any], list[Finding]]:
    """Typed or imported values; what cannot be read is a finding at its key."""
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, raw in given.items():
        if key not in fields:
            findings.append(unknown(key))
            continue
        try:
            values[key] = fields[key].read(raw, today=today)
        except Unreadable as problem:
            findings.append(block(problem.code, problem.text, f"{PLACE}.{key}", **problem.values))
    return values, findings


def check_values(desk: Desk, fields: Fields, values: Mapping[str, Any], unknown: Unknown) -> list[Finding]:
    """What is wrong with values; one at a time, at `details.key`."""
    findings: list[Finding] = []
    for key, value in values.items():
        place, field = f"{PLACE}.{key}", fields.get(key)
        if field is None:
            findings.append(unknown(key))
            continue
        if text := text_of(field, value):
            told = faults(Detail(arrival="-", key=key, value=text))
            findings += [_about(one, field, place) for one in told]
            if isinstance(field, Code) and not desk.lists.has(field.list, text):
                findings.append(block("unknown_code", N_("“{code}” is not in the list."), place, code=text))
    return findings


def _about(one: Finding, field: Field, place: str) -> Finding:
    values = {**one.values, "label": field.label} if "label" in one.values else one.values
    return replace(one, field=place, values=values)
