"""What may be asked when an entry of the law is copied to be changed: its fields by kind, and what they were.

The table that is copied is the one of the pack's file, so everything that is not asked stays word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from migdesk.domain.datafile import Keys
from migdesk.domain.errors import BadFile, NotFound, Refused
from migdesk.domain.fields import Choice, Code, Day, Field, Flag, Spec, Text, Whole
from migdesk.domain.finding import Confidence, Severity, block
from migdesk.domain.law_pack import LawPack
from migdesk.i18n import LANGUAGES, N_
from migdesk.rules.catalogue import Entry
from migdesk.rules.pack import Kind, Unit
from migdesk.services import law
from migdesk.services.desk import Desk
from migdesk.services.laws.law_reading import Line

DAY = "day"
"""The list of single days in a pack; in the catalogue they are holidays like the others."""

LISTS = ("citizens", "grounds", "permits", "terms", "suspends", "waives", "closes", "eases", "services")
"""What is typed as words with commas between them."""

_TITLES = {"kk": N_("In Kazakh"), "ru": N_("In Russian"), "en": N_("In English")}
_PAPER = {
    "kk": N_("The paper, in Kazakh"),
    "ru": N_("The paper, in Russian"),
    "en": N_("The paper, in English"),
}
_NUMBERS = N_("A number, such as 4325 or 0.5")
_COMMAS = N_("With commas between")

ACT = (
    Spec("act", Text(N_("Act"), required=True, max=300), False),
    Spec("article", Text(N_("Article"), max=300), False),
    Spec("address", Text(N_("Where it was read"), max=300), False),
    Spec("confidence", Choice(N_("How far it was checked"), required=True, options=Confidence), False),
)
"""The source of what is changed: nothing is changed without one."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An entry of the law that is to be changed: its list in a pack, its table, what is asked and what it was."""

    name: str
    table: Mapping[str, Any]
    specs: tuple[Spec, ...]
    values: Mapping[str, Any]
    kind: Kind
    code: str


def copy_of(desk: Desk, line: Line) -> Copy:
    """An entry with all that may be changed in it.

    Raises:
        NotFound: the pack it stands in is gone.
        Refused: a sum that follows a figure: the figure is to be changed.
    """
    entry = line.entry
    name, table = _raw(desk, line)
    if "follows" in table:
        message = N_("This sum follows the figure “{code}”: change that one.")
        raise Refused([block("law.follows", message, None, code=table["follows"])])
    asked = _quota(table, desk.office.region) if name == Kind.QUOTA else dict(_ASKED[name](table, entry))
    if name not in (DAY, Kind.SETTING):
        asked["since"] = Day(N_("From"), required=True), None
    if name not in (DAY, Kind.SETTING, Kind.VALUE, Kind.QUOTA):
        asked["until"] = Day(N_("Until")), None
    specs = tuple(Spec(key, field, field.empty is None) for key, (field, _value) in asked.items())
    values = {key: value for key, (_field, value) in asked.items()} | {"confidence": Confidence.REPORTED}
    return Copy(name, table, (*specs, *ACT), values, entry.kind, entry.code)


def own_tables(pack: LawPack) -> Mapping[str, Any]:
    """The tables of a pack of the office, just as its text has them; none where this program cannot read it.

    Which those are is told by the doctor and above the law: it does not stop other changes of the law.
    """
    try:
        top = Keys.parse(pack.content, pack.file_name)
    except BadFile:
        return {}
    return {key: top.raw(key) for key in top}


def _raw(desk: Desk, line: Line) -> tuple[str, dict[str, Any]]:
    """The list an entry stands in and its table: of several of its code the last that began by its first day."""
    entry = line.entry
    if line.is_own:
        known = desk.store.live(LawPack, code=entry.pack)
        pack = own_tables(known[0]) if known else {}
    else:
        pack = law.raw_packs().get(entry.pack, {})
    name = DAY if entry.code.startswith("day.") else entry.kind.value
    found = [one for one in pack.get(name, ()) if _is_it(name, one, entry)]
    if not found:
        raise NotFound(entry.code)
    return name, deepcopy(max(found, key=lambda one: one.get("from", date.min)))


def _is_it(name: str, table: Mapping[str, Any], entry: Entry) -> bool:
    """Whether an entry comes from a table; one that a later pack cut begins after its table does."""
    if name == DAY:
        return bool(table["on"] == entry.since)
    if name == Kind.QUOTA:
        return quota_code(table) == entry.code and table["from"] == entry.since
    return (
        table["code"] == entry.code
        and (name != Kind.HOLIDAY or entry.values["day"] in table["days"])
        and table.get("from", date.min) <= entry.since
    )


def quota_code(table: Mapping[str, Any]) -> str:
    """The code under which the catalogue has a quota order."""
    parts = ("category", "activity", "origin", "country")
    return ".".join(
        [
            "quota",
            table["stream"],
            str(table["year"]),
            *(str(table[one]) for one in parts if table.get(one)),
        ]
    )


_Asked = dict[str, tuple[Field, Any]]


def _titles(table: Mapping[str, Any], key: str) -> _Asked:
    known = table.get(key, {})
    return {
        f"{key}.{one}": (Text(_TITLES[one], required=True, max=500), known.get(one, "")) for one in LANGUAGES
    }


def _value(table: Mapping[str, Any], entry: Entry) -> _Asked:
    return {"figure": (Text(N_("Figure"), hint=_NUMBERS, required=True, max=20), str(entry.values["is"]))}


def _term(table: Mapping[str, Any], entry: Entry) -> _Asked:
    return {
        "length": (Whole(N_("Length"), required=True, max=36_525), table["length"]),
        "unit": (Choice(N_("Counted in"), required=True, options=Unit), Unit(table["unit"])),
        "remind": _remind(entry),
    }


def _remind(entry: Entry) -> tuple[Field, Any]:
    """The days ahead on which an office is reminded: those of the entry, said in the file or not."""
    days = entry.values["remind"]
    words = Text(N_("Reminded so many days before"), hint=N_("Such as 30, 7, 3, 1"), required=True, max=80)
    return words, ", ".join(str(one) for one in days) if isinstance(days, list) else ""


def _amount(table: Mapping[str, Any], entry: Entry) -> _Asked:
    """How many MRP: of each row, named by what it is for."""
    if "mrp" in table:
        return {"mrp": (Text(N_("MRP, how many"), hint=_NUMBERS, required=True, max=20), str(table["mrp"]))}
    found: _Asked = {}
    for at, row in enumerate(table["rows"]):
        words = ", ".join(
            f"{key} {_words(value)}" for key, value in row.items() if key not in ("mrp", "note", "source")
        )
        label = words or N_("MRP, how many")
        found[f"rows.{at}"] = Text(label, required=True, max=20), str(row["mrp"])
    return found


def _words(value: object) -> str:
    if isinstance(value, list):
        return (" – " if value and isinstance(value[0], int) else ", ").join(str(one) for one in value)
    return str(value)


def _quota(table: Mapping[str, Any], near: str) -> _Asked:
    """The units of one region: of the office's own, or of the only one; else it is to be said."""
    regions = table["regions"]
    region = near if near in regions else (next(iter(regions)) if len(regions) == 1 else "")
    return {
        "region": (Code(N_("Region"), required=True, list="kato"), region),
        "units": (Whole(N_("Units"), required=True, max=10_000_000), regions.get(region)),
    }


def _setting(table: Mapping[str, Any], entry: Entry) -> _Asked:
    options = ", ".join(table["options"])
    return {"default": (Text(N_("Answer"), hint=options, required=True, max=80), table["default"])}


def _holiday(table: Mapping[str, Any], entry: Entry) -> _Asked:
    days = ", ".join(".".join(reversed(one.split("-"))) for one in table["days"])
    return {
        "days": (Text(N_("Days of the year"), hint=N_("Day and month, as 16.12"), required=True), days),
        "moves": (Flag(N_("On a weekend it gives the next working day off")), table.get("moves", True)),
        "works": (Flag(N_("Abolished: a day like any other from then on")), bool(table.get("works"))),
    }


def _day(table: Mapping[str, Any], entry: Entry) -> _Asked:
    return {
        "on": (Day(N_("Date"), required=True), None),
        "works": (Flag(N_("Working day")), bool(table.get("works"))),
        **_titles(table, "title"),
    }


def _regime(table: Mapping[str, Any], entry: Entry) -> _Asked:
    found: _Asked = {"citizens": (Text(N_("Citizens"), hint=_COMMAS, max=2000), _listed(table, "citizens"))}
    if "per_entry" in table:
        found["per_entry"] = Whole(N_("Days per entry"), required=True, min=1), table["per_entry"]
    found["remind"] = _remind(entry)
    if "window" in table:
        found["window.limit"] = Whole(N_("Days of presence"), required=True, min=1), table["window"]["limit"]
        found["window.days"] = Whole(N_("In so many days"), required=True, min=1), table["window"]["days"]
    return found


def _special(table: Mapping[str, Any], entry: Entry | None) -> _Asked:
    covers = table.get("covers", {})
    ends = covers.get("ends", {})
    found: _Asked = {
        "code": (Text(N_("Code"), required=True, max=80), table["code"]),
        "announced": (Day(N_("Announced on")), None),
        "to": (Day(N_("What it covers lasts to")), None),
        "days": (Whole(N_("Or so many days longer"), min=1), table.get("days")),
        "covers.ends.from": (Day(N_("Of what ends from")), None if not ends else ends.get("from")),
        "covers.ends.until": (Day(N_("Of what ends until")), None if not ends else ends.get("until")),
    }
    labels = {
        "grounds": N_("Grounds of stay"),
        "permits": N_("Kinds of permit"),
        "citizens": N_("Citizens"),
        "terms": N_("Terms it prolongs"),
    }
    found["covers.documents"] = Flag(N_("Travel documents too")), bool(covers.get("documents"))
    for key, label in labels.items():
        found[f"covers.{key}"] = Text(label, hint=_COMMAS, max=2000), _listed(covers, key)
    own = {
        "suspends": N_("Terms that stand still"),
        "waives": N_("Sums not levied"),
        "closes": N_("What it closes"),
        "eases": N_("Rules that only warn"),
    }
    for key, label in own.items():
        found[key] = Text(label, hint=_COMMAS, max=2000), _listed(table, key)
    paper: Mapping[str, Any] = next(iter(table.get("papers", ())), {})
    asked = ", ".join(paper.get("services", ()))
    found["paper.services"] = Text(N_("Services that ask for one more paper"), hint=_COMMAS, max=2000), asked
    for one, label in _PAPER.items():
        found[f"paper.{one}"] = Text(label, max=300), paper.get("title", {}).get(one, "")
    return found | _titles(table, "title")


def blank_special() -> Copy:
    """A special regime that says nothing yet."""
    return special_copy({"code": "", "covers": {}}, {})


def special_copy(table: Mapping[str, Any], act: Mapping[str, Any]) -> Copy:
    """A special regime with everything it says, its days too, and the act it rests on: to be made or corrected."""
    asked = _special(table, None)
    days = {
        "since": (Day(N_("From"), required=True), table.get("from")),
        "until": (Day(N_("Until")), table.get("until")),
        "announced": (Day(N_("Announced on")), table.get("announced")),
        "to": (Day(N_("What it covers lasts to")), table.get("to")),
    }
    asked = {"code": asked.pop("code"), **days, **{key: one for key, one in asked.items() if key not in days}}
    specs = tuple(Spec(key, field, field.empty is None) for key, (field, _value) in asked.items())
    values = {key: value for key, (_field, value) in asked.items()}
    values |= {"confidence": Confidence.REPORTED, **act}
    return Copy(Kind.SPECIAL, deepcopy(dict(table)), (*specs, *ACT), values, Kind.SPECIAL, table["code"])


def _rule(table: Mapping[str, Any], entry: Entry) -> _Asked:
    severity = Choice(N_("How grave"), required=True, options=Severity)
    return {"severity": (severity, Severity(table["severity"])), **_titles(table, "text")}


def _listed(table: Mapping[str, Any], key: str) -> str:
    return ", ".join(table.get(key, ()))


_ASKED: dict[str, Callable[[Mapping[str, Any], Entry], _Asked]] = {
    Kind.VALUE: _value,
    Kind.TERM: _term,
    Kind.AMOUNT: _amount,
    Kind.SETTING: _setting,
    Kind.HOLIDAY: _holiday,
    DAY: _day,
    Kind.REGIME: _regime,
    Kind.SPECIAL: _special,
    Kind.RULE: _rule,
}
