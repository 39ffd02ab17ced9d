"""The figures of an entry of the law in words, for people who read it in the window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from migdesk.domain.arrival import StayBasis
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_, _, pick
from migdesk.rules.catalogue import Entry
from migdesk.rules.pack import COUNTRY, Kind, Unit
from migdesk.services.desk import Desk

_LABELS = {
    "is": N_("Figure"),
    "length": N_("Length"),
    "starts": N_("Begins with"),
    "roll": N_("On a day off"),
    "severity": N_("How grave"),
    "judged_on": N_("Judged on the day of"),
    "asks": N_("Asks for"),
    "per": N_("For each"),
    "paid_by": N_("Paid by"),
    "counted_on": N_("MRP of the day"),
    "regions": N_("Regions"),
    "day": N_("Day of the year"),
    "works": N_("Working day"),
    "default": N_("Cautious answer"),
    "chosen": N_("Answer of the office"),
    "options": N_("Answers"),
    "open": N_("What is open"),
    "remark": N_("What is open"),
    "basis": N_("Ground of stay"),
    "citizens": N_("Citizens"),
    "per_entry": N_("Days per entry"),
    "window": N_("Days of presence"),
    "announced": N_("Announced on"),
    "covers": N_("What it covers"),
    "to": N_("What it covers lasts to"),
    "days": N_("Or so many days longer"),
    "suspends": N_("Terms that stand still"),
    "waives": N_("Sums not levied"),
    "closes": N_("What it closes"),
    "when": N_("Condition"),
}
_WORKING, _OFF = N_("working day"), N_("day off")
_MRP = N_("{n} MRP")
_MOST_REGIONS = 25


def shown_values(desk: Desk, entry: Entry) -> list[tuple[str, str]]:
    """Label (an English message) and words, line by line; what says nothing is left out."""
    return [(label, words) for label, words in _lines(desk, entry) if words]


def brief(desk: Desk, entry: Entry) -> str:
    """The figure of an entry in a word or two: a sum, a length, the units of the office's region; else nothing."""
    values = entry.values
    if entry.kind is Kind.VALUE:
        return str(values["is"])
    if entry.kind is Kind.TERM:
        return f"{values['length']} {choice_label(Unit(str(values['unit'])))}"
    regions = values.get("regions")
    if isinstance(regions, Mapping):
        own = next((code for code in (desk.office.region, COUNTRY) if code in regions), "")
        return str(regions.get(own, ""))
    if entry.kind is Kind.SETTING:
        return desk.law.setting(entry.code)
    rows = values.get("rows")
    if isinstance(rows, list) and len(rows) == 1:
        return _(_MRP).format(n=rows[0]["mrp"])
    return ""


def _lines(desk: Desk, entry: Entry) -> Iterator[tuple[str, str]]:
    values = entry.values
    if entry.kind is Kind.TERM:
        unit = choice_label(Unit(str(values["unit"])))
        yield _LABELS["length"], f"{values['length']} {unit}"
        yield _LABELS["starts"], str(values["starts"])
        yield _LABELS["remark"], _texts(values["remark"])
        return
    if entry.kind is Kind.VALUE:
        yield _LABELS["is"], f"{values['is']} {values['unit']}"
        return
    if entry.kind is Kind.SETTING:
        yield _LABELS["chosen"], desk.law.setting(entry.code)
    for key, value in values.items():
        if key == "rows" and isinstance(value, list):
            yield from (_row(row) for row in value)
        elif key == "regions" and isinstance(value, Mapping):
            yield from _regions(desk, value)
        elif key == "works" or (key in _LABELS and value not in (None, "", False, [])):
            yield _LABELS[key], _words(key, value)


def _row(row: Mapping[str, object]) -> tuple[str, str]:
    skipped = ("mrp", "note", "source")
    label = ", ".join(f"{key} {_plain(value)}" for key, value in row.items() if key not in skipped)
    words = _(_MRP).format(n=row["mrp"])
    note = _texts(row.get("note"))
    return label or N_("Sum"), f"{words} · {note}" if note else words


def _regions(desk: Desk, regions: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    own = desk.office.region
    order = sorted(regions, key=lambda code: (code != own, code != COUNTRY, code))
    for code in order[:_MOST_REGIONS]:
        yield desk.lists.label("kato", code) or code, str(regions[code])


def _words(key: str, value: object) -> str:
    if key == "works":
        return _(_WORKING if value else _OFF)
    if key == "basis":
        return choice_label(StayBasis(str(value)))
    if key in ("remark", "open"):
        return _texts(value)
    return _plain(value)


def _texts(value: object) -> str:
    return pick(value) if isinstance(value, Mapping) else ""


def _plain(value: object) -> str:
    """Anything in one line."""
    if isinstance(value, Mapping):
        parts = ((key, _plain(one)) for key, one in value.items() if one not in (None, [], False))
        return "; ".join(f"{key}: {words}" for key, words in parts)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_plain(one) for one in value)
    return str(value)
