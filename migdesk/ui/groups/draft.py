"""A half-typed group as text, so that Esc, a crash or a power cut loses nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migdesk.services.workbooks.pasting import CellReader
from migdesk.ui.groups.rows import GroupBook, Row
from migdesk.ui.intake.sheet import ALL, DETAILS, MEMBER, SHARED, Cell, Sheet

_EDITION = 1


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What a draft holds: the book, where the cursor was, when, and the files some rows stand for."""

    book: GroupBook
    place: str
    at: str
    known: dict[int, str]


def write_draft(book: GroupBook, place: str, at: str) -> str:
    """The draft as text; `at` is the moment as people read it."""
    rows = [
        {
            "cells": _cells_out(one.sheet.cells),
            "family": one.family,
            "apart": one.apart,
            "moved": one.moved,
            "known": one.sheet.known.uid if one.sheet.known else "",
            "zone": one.sheet.zone,
        }
        for one in book.rows
    ]
    return json.dumps(
        {"edition": _EDITION, "at": at, "place": place, "rows": rows, "shared": _cells_out(book.shared)},
        ensure_ascii=False,
    )


def read_draft(text: str | None, reader: CellReader) -> Kept | None:
    """A draft from its text; nothing when another edition of the program wrote it."""
    try:
        raw = json.loads(text or "")
    except ValueError:
        return None
    if not isinstance(raw, dict) or raw.get("edition") != _EDITION:
        return None
    rows = [_row(one, reader) for one in raw["rows"]]
    book = GroupBook(rows, _cells_in(raw["shared"], {**SHARED, **DETAILS}))
    known = {at: str(one["known"]) for at, one in enumerate(raw["rows"]) if one["known"]}
    return Kept(book, str(raw["place"]), str(raw["at"]), known)


def _row(raw: Mapping[str, Any], reader: CellReader) -> Row:
    """A row with the remarks that its texts had."""
    sheet = Sheet(_cells_in(raw["cells"], {**MEMBER, **DETAILS}), zone=str(raw["zone"]))
    row = Row(sheet, str(raw["family"]), bool(raw["apart"]), bool(raw.get("moved")))
    for name, cell in sheet.cells.items():
        if cell.text and cell.value in (None, ""):
            _value, told = reader.read(name, cell.text)
            if told:
                row.remarks[name] = told
    return row


def _cells_out(cells: Mapping[str, Cell]) -> dict[str, list[Any]]:
    return {
        name: [cell.text, ALL[name].field.to_sql(cell.value)]
        for name, cell in cells.items()
        if not cell.is_blank
    }


def _cells_in(raw: Mapping[str, list[Any]], names: Mapping[str, Any]) -> dict[str, Cell]:
    return {
        name: Cell(str(text), ALL[name].field.from_sql(value))
        for name, (text, value) in raw.items()
        if name in names
    }
