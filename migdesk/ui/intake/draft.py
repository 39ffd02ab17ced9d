"""A half-typed intake as text, so that Esc, a crash or a power cut loses nothing; and the record before, for F8."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migdesk.ui.intake.sheet import ALL, DETAILS, MEMBER, SHARED, Book, Cell, Sheet

_EDITION = 1


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What a draft holds: the book, where the cursor was, when, and the files the members were taken from."""

    book: Book
    place: str
    at: str
    known: tuple[str, ...]


def write_draft(book: Book, place: str, at: str) -> str:
    """The draft as text; `at` is the moment as people read it."""
    members = [
        {"cells": _cells_out(one.cells), "known": one.known.uid if one.known else "", "zone": one.zone}
        for one in book.members
    ]
    return json.dumps(
        {
            "edition": _EDITION,
            "at": at,
            "place": place,
            "current": book.current,
            "members": members,
            "shared": _cells_out(book.shared),
        },
        ensure_ascii=False,
    )


def read_draft(text: str) -> Kept | None:
    """A draft from its text; nothing when another edition of the program wrote it."""
    try:
        raw = json.loads(text)
    except ValueError:
        return None
    if not isinstance(raw, dict) or raw.get("edition") != _EDITION:
        return None
    members = [Sheet(_cells_in(one["cells"], MEMBER), zone=one["zone"]) for one in raw["members"]]
    known = tuple(str(one["known"]) for one in raw["members"])
    book = Book(members or [Sheet()], _cells_in(raw["shared"], {**SHARED, **DETAILS}))
    book.current = min(max(int(raw["current"]), 0), len(book.members) - 1)
    return Kept(book, str(raw["place"]), str(raw["at"]), known)


def write_values(values: Mapping[str, Any]) -> str:
    """Values of a finished record, for F8 in the next one."""
    return json.dumps(
        {name: ALL[name].field.to_sql(value) for name, value in values.items() if value not in (None, "")},
        ensure_ascii=False,
    )


def read_values(text: str | None) -> dict[str, Any]:
    """Values of the record before; nothing for none."""
    try:
        raw = json.loads(text or "{}")
    except ValueError:
        return {}
    return {name: ALL[name].field.from_sql(value) for name, value in raw.items() if name in ALL}


def _cells_out(cells: Mapping[str, Cell]) -> dict[str, dict[str, Any]]:
    return {
        name: {"text": cell.text, "value": ALL[name].field.to_sql(cell.value)}
        for name, cell in cells.items()
        if not cell.is_blank
    }


def _cells_in(raw: Mapping[str, Mapping[str, Any]], names: Mapping[str, Any]) -> dict[str, Cell]:
    return {
        name: Cell(str(cell["text"]), ALL[name].field.from_sql(cell["value"]))
        for name, cell in raw.items()
        if name in names
    }
