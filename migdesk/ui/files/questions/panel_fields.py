"""The fields of a purpose's panel inside the window of an arrival."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from migdesk.domain.fields import Spec
from migdesk.i18n import N_
from migdesk.services.asked_values import PLACE
from migdesk.services.panels import fields_of
from migdesk.ui.entry.editor import Section

_TITLE = N_("For this purpose")


def is_detail(name: str) -> bool:
    """Whether a field of the window belongs to the panel."""
    return name.startswith(f"{PLACE}.")


def panel_specs(purpose: str) -> list[Spec]:
    """The fields a purpose adds; none stops the save, an official paper waits for some."""
    return [
        Spec(f"{PLACE}.{one.key}", replace(one.field, required=False), False) for one in fields_of(purpose)
    ]


def panel_sections(purpose: str) -> tuple[Section, ...]:
    """They stand below the others, two in a row."""
    names = [one.name for one in panel_specs(purpose)]
    rows = tuple(tuple(names[at : at + 2]) for at in range(0, len(names), 2))
    return (Section(_TITLE, rows),) if rows else ()


def details_typed(values: Mapping[str, Any], purpose: str) -> dict[str, Any]:
    """What was typed, of the fields that the purpose has; those of another purpose no longer count."""
    keys = [one.key for one in fields_of(purpose)]
    return {key: values[f"{PLACE}.{key}"] for key in keys if f"{PLACE}.{key}" in values}
