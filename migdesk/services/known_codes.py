"""The codes that a file of a public service may name: those of the rules, the official forms and the closed lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from migdesk import paths
from migdesk.rules.pack import Pack
from migdesk.rules.procedure_file import Known
from migdesk.services.lists import read_list

_ELSEWHERE = ("kato", "procedures")
"""Lists that are not files of their own: places stand in the office's store, services are what is being read."""


def known_codes(packs: Iterable[Pack]) -> Known:
    """What there is in these packs and among the shipped forms and lists."""
    whole = list(packs)
    return Known(
        terms={term.code for pack in whole for term in pack.terms},
        amounts={amount.code for pack in whole for amount in pack.amounts},
        forms={folder.name for folder in paths.forms().iterdir() if folder.is_dir()},
        items=_items,
    )


def _items(name: str) -> Collection[str] | None:
    if name in _ELSEWHERE:
        return ()
    folder = paths.resources() / "lists"
    is_there = any((folder / f"{name}.{ending}").is_file() for ending in ("toml", "csv"))
    return read_list(name).keys() if name and is_there else None
