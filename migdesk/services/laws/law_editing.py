"""A change of law written down in the window: a copied entry, changed by an act, in a pack of the office.

One pack holds what one act changes, as long as it is not switched on: what is added later by the same act, when the
first pack counts already, begins another one, so that nothing that counts stops counting meanwhile. The pack's text
passes the same strict reader as a file that somebody brought, and can be given on as a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import count
from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid, NotFound, refuse_if_blocked
from migdesk.domain.fields import Text
from migdesk.domain.finding import Confidence, Finding, block
from migdesk.domain.law_pack import LawPack
from migdesk.domain.letters import fold
from migdesk.domain.tomltext import write_toml
from migdesk.i18n import LANGUAGES, N_
from migdesk.rules.pack import COUNTRY, Kind
from migdesk.services.desk import Desk
from migdesk.services.laws import law_packs
from migdesk.services.laws.law_copies import ACT, DAY, LISTS, Copy, copy_of, own_tables, quota_code
from migdesk.services.laws.law_outlook import Foretold, outlook, told
from migdesk.services.laws.law_reading import Line, Wanted, read_law
from migdesk.services.lists import read_list

MARKS = {
    Confidence.VERIFIED: "V",
    Confidence.REPORTED: "V2",
    Confidence.DERIVED: "D",
    Confidence.LIBRARY: "L",
    Confidence.UNVERIFIED: "U",
}
_LONGEST_CODE = 60
_DAY_MONTH = re.compile(r"\b(\d{1,2})\.(\d{1,2})\b\.?")
_NOT_NUMBER = N_("“{given}” is not a number.")


def pack_with(desk: Desk, copy: Copy, values: Mapping[str, Any]) -> LawPack:
    """The pack of an act with a changed entry in it; writes nothing.

    Raises:
        Invalid: something is missing or is no number; names the field.
        BadFile: what came out is no pack; names the key and the line.
    """
    refuse_if_blocked(list(_faults(copy, values)))
    entry = _changed(copy, values)
    act = _act(values)
    known = _pack_of(desk, act["act"])
    top = deepcopy(dict(own_tables(known))) if known else _begun(desk, act["act"])
    top["version"] = _version(desk, str(top["version"]) if known else "")
    entry = _cited(entry, copy.name, _source(desk, top, act))
    top[copy.name] = _put(copy.name, list(top.get(copy.name, ())), entry)
    return law_packs.read_pack_file(f"{top['id']}.toml", write_toml(top))


def _act(values: Mapping[str, Any]) -> dict[str, str]:
    """The act as it is typed or pasted, each part on one line and without signs that nobody sees."""
    given = {spec.name: str(values.get(spec.name) or "") for spec in ACT}
    seen = {key: (one if one.isprintable() else " " for one in words) for key, words in given.items()}
    return {key: " ".join("".join(words).split()) for key, words in seen.items()}


def pack_corrected(desk: Desk, pack: LawPack, copy: Copy, values: Mapping[str, Any]) -> LawPack:
    """A later version of a pack of the office, in which an entry that was copied from it reads otherwise.

    Raises:
        Invalid, BadFile: as `pack_with`.
    """
    refuse_if_blocked(list(_faults(copy, values)))
    act = _act(values)
    top = deepcopy(dict(own_tables(pack)))
    top["version"] = _version(desk, str(top["version"]))
    entry = _cited(_changed(copy, values), copy.name, _source(desk, top, act))
    was = _identity(copy.name, copy.table)
    others = [one for one in top[copy.name] if _identity(copy.name, one) != was]
    top[copy.name] = _put(copy.name, others, entry)
    return law_packs.read_pack_file(f"{top['id']}.toml", write_toml(top))


def foretell(desk: Desk, copy: Copy, values: Mapping[str, Any]) -> list[Finding]:
    """What a change would bring along, while it is typed; writes nothing."""
    try:
        return told(try_it(desk, copy, values))
    except Invalid as problem:
        return list(problem.findings)


def try_it(desk: Desk, copy: Copy, values: Mapping[str, Any]) -> Foretold:
    """What a change would bring along; writes nothing.

    Raises:
        Invalid, BadFile: as `pack_with`.
    """
    return outlook(desk, law_packs.law_with(desk, pack_with(desk, copy, values)))


def amend(desk: Desk, copy: Copy, values: Mapping[str, Any]) -> Done[LawPack]:
    """Take the changed entry in, in the pack of its act, switched off.

    Raises:
        Invalid, BadFile: as `pack_with`.
        Refused: who works here is not the head of the office.
    """
    return law_packs.take_pack(desk, pack_with(desk, copy, values))


def abolition(desk: Desk, day_of_year: str, since: date) -> tuple[Copy, dict[str, Any]]:
    """The holiday that falls on a day of the year (`12-16`), copied to be abolished from a day on.

    Raises:
        NotFound: there is no holiday on that day of the year then.
    """
    lines = [
        line for line in read_law(desk, Wanted(kind=Kind.HOLIDAY, on=since)) if _falls_on(line, day_of_year)
    ]
    if not lines:
        raise NotFound(day_of_year)
    copy = copy_of(desk, lines[-1])
    return copy, {**copy.values, "days": day_of_year, "works": True, "since": since}


def _falls_on(line: Line, day_of_year: str) -> bool:
    values = line.entry.values
    return values.get("day") == day_of_year and not values["works"]


def _faults(copy: Copy, values: Mapping[str, Any]) -> Iterator[Finding]:
    for spec in copy.specs:
        given = values.get(spec.name)
        if spec.field.required and (given is None or not str(given).strip()):
            yield block("missing", N_("“{label}” is empty."), spec.name, label=spec.field.label)
    since, until = values.get("since"), values.get("until")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        yield block("period", N_("The last day is before the first day."), "until")
    region = values.get("region")
    if (
        copy.name == Kind.QUOTA
        and region
        and region not in {COUNTRY, *read_list("regions"), *copy.table["regions"]}
    ):
        yield block("unknown_region", N_("“{code}” is not the code of a region."), "region", code=region)


def _changed(copy: Copy, values: Mapping[str, Any]) -> dict[str, Any]:
    """The table of the copy with the values that were given."""
    table = deepcopy(dict(copy.table))
    for name in ("from", "until", "on", "announced"):
        table.pop(name, None)
    if copy.name == Kind.QUOTA:
        table["regions"] = {}
    for spec in copy.specs:
        if spec not in ACT:
            _set(table, spec.name, values.get(spec.name), isinstance(spec.field, Text))
    if copy.name == Kind.VALUE:
        entry = {"from": table.pop("from"), "is": table.pop("is")}
        table["entries"] = [entry]
    if copy.name == Kind.QUOTA:
        table["regions"] = {table.pop("region"): table.pop("units")}
    if copy.name == Kind.SPECIAL:
        _tidy_special(table)
    if any(table.get(key) != copy.table.get(key) for key in ("length", "unit")):
        table.pop("remark", None)  # what was open about the length is not open about the new one
    return table


def _tidy_special(table: dict[str, Any]) -> None:
    """Leave out what says nothing: an empty span of days, a paper that nobody is asked for."""
    covers = table.setdefault("covers", {})
    if not covers.get("ends"):
        covers.pop("ends", None)
    if not covers.get("documents"):
        covers.pop("documents", None)
    paper = table.pop("paper", {})
    if paper.get("services"):
        titles = {one: paper[one] for one in LANGUAGES if paper.get(one)}
        first = {"code": f"{table['code']}.paper", "title": titles, "services": paper["services"]}
        table["papers"] = [first, *table.get("papers", [])[1:]]
    elif "papers" in table and len(table["papers"]) < 2:
        table.pop("papers")


def _set(table: dict[str, Any], name: str, value: Any, is_text: bool) -> None:
    """Put a value where its name leads: `covers.ends.from`, `title.kk`, `rows.2`."""
    if name.startswith("rows."):
        table["rows"][int(name.removeprefix("rows."))]["mrp"] = _number(value, name)
        return
    *way, key = {"since": "from", "figure": "is"}.get(name, name).split(".")
    for part in way:
        table = table.setdefault(part, {})
    if name in ("figure", "mrp"):
        table[key] = _number(value, name)
    elif name == "days" and is_text:
        # packs write 03-08, which to one is the eighth of March and to another the third of August
        _set_list(table, key, _DAY_MONTH.sub(lambda day: f"{day[2]:0>2}-{day[1]:0>2}", str(value or "")))
    elif name == "remind":
        table[key] = _days_ahead(str(value or ""))
    elif key in LISTS:
        _set_list(table, key, str(value or ""))
    elif value in (None, ""):
        table.pop(key, None)
    else:
        table[key] = value if not hasattr(value, "value") else value.value


def _days_ahead(words: str) -> list[int]:
    """Days ahead as they are typed, the farthest first."""
    parts = [part for part in re.split(r"[,;\s]+", words) if part]
    if not parts or not all(part.isdecimal() for part in parts):
        message = N_("Days ahead are expected here, the farthest first, such as [30, 7, 3, 1].")
        raise Invalid([block("not_days", message, "remind")])
    return sorted({int(part) for part in parts}, reverse=True)


def _set_list(table: dict[str, Any], key: str, words: str) -> None:
    parts = [part for part in re.split(r"[,;\s]+", words) if part]
    if parts:
        table[key] = parts
    else:
        table.pop(key, None)


def _number(value: object, name: str) -> Decimal:
    given = re.sub(r"\s", "", str(value or "")).replace(",", ".")
    try:
        number = Decimal(given)
    except InvalidOperation:
        raise Invalid([block("not_a_number", _NOT_NUMBER, name, given=str(value))]) from None
    if not number.is_finite() or number < 0:
        raise Invalid([block("not_a_number", _NOT_NUMBER, name, given=str(value))])
    return number


def _pack_of(desk: Desk, act: str) -> LawPack | None:
    """The pack of an act that is not switched on yet."""
    for pack in (one for one in desk.store.live(LawPack, in_use=False) if not one.is_service):
        sources = own_tables(pack).get("source", ())
        if sources and all(one.get("act") == act for one in sources):
            return pack
    return None


def _begun(desk: Desk, act: str) -> dict[str, Any]:
    """A new pack of an act, with a code that no pack of the office ever had."""
    plain = "_".join(re.findall(r"[a-z0-9]+", fold(act)))[:_LONGEST_CODE].strip("_") or "act"
    taken = {one.code for one in desk.store.live(LawPack)}
    codes = (f"own.{plain}" if number == 1 else f"own.{plain}_{number}" for number in count(1))
    code = next(one for one in codes if one not in taken)
    title = act.replace("{", "(").replace("}", ")")
    return {"id": code, "version": "", "title": dict.fromkeys(LANGUAGES, title), "source": []}


def _version(desk: Desk, before: str) -> str:
    """Today's day; with a number behind it when the pack was written today already."""
    today = f"{desk.today:%Y.%m.%d}"
    if before != today and not before.startswith(f"{today}."):
        return today
    return f"{today}.{int(before.removeprefix(today).strip('.') or 1) + 1}"


def _source(desk: Desk, top: dict[str, Any], act: Mapping[str, str]) -> str:
    """The id of the source in the pack, which is written there when it is not yet."""
    given = {key: value for key, value in act.items() if value}
    for one in top["source"]:
        if {key: one[key] for key in act if key in one} == given:
            return str(one["id"])
    number = len(top["source"]) + 1
    name = "act" if number == 1 else f"act_{number}"
    mark = MARKS[Confidence(act["confidence"])]
    top["source"].append({"id": name, **given, "read": desk.today, "mark": mark})
    return name


def _cited(entry: dict[str, Any], name: str, source: str) -> dict[str, Any]:
    """The entry on its new source alone: what parts of it rested on is not what was changed."""
    if name == Kind.VALUE:
        entry["entries"] = [one | {"source": source} for one in entry["entries"]]
        return entry
    for part in (*entry.get("rows", ()), entry.get("window", {})):
        part.pop("source", None)
    return entry | {"source": source}


def _put(name: str, tables: list[dict[str, Any]], entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The list with the entry: one of the same code and day gives way, figures and regions are joined."""
    same = [one for one in tables if _identity(name, one) == _identity(name, entry)]
    others = [one for one in tables if one not in same]
    for one in same:
        if name == Kind.VALUE:
            kept = [old for old in one["entries"] if old["from"] != entry["entries"][0]["from"]]
            entry["entries"] = sorted([*kept, *entry["entries"]], key=_first_day)
        if name == Kind.QUOTA:
            entry["regions"] = {**one["regions"], **entry["regions"]}
    return [*others, entry]


def _first_day(entry: Mapping[str, Any]) -> date:
    found: date = entry["from"]
    return found


def _identity(name: str, table: Mapping[str, Any]) -> object:
    if name == DAY:
        return table["on"]
    if name == Kind.QUOTA:
        return quota_code(table), table["from"], table.get("source")
    if name in (Kind.VALUE, Kind.SETTING):
        return table["code"]
    return table["code"], table["from"]
