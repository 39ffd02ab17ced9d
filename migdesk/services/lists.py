"""Closed lists: codes with their words in three languages, and type-ahead over them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from migdesk import paths
from migdesk.domain.fields import Code, Field
from migdesk.domain.finding import Confidence, Finding, Source, note
from migdesk.domain.letters import fold, spelled
from migdesk.domain.payment import AMOUNTS, ANSWERS, answers_in
from migdesk.domain.place import Place
from migdesk.i18n import N_, pick
from migdesk.rules.law import Law
from migdesk.rules.pack import Kind
from migdesk.rules.procedure import Procedure
from migdesk.store import places
from migdesk.store.database import Store

_CODE, _ASKED = "=", "law_asked"
"""What stands before a code among the words of a list: letters of another alphabet never make one up."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a closed list."""

    code: str
    kk: str
    ru: str
    en: str
    more: dict[str, str]

    @property
    def texts(self) -> dict[str, str]:
        """The words in each language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}

    @property
    def label(self) -> str:
        """The words in the current language."""
        return pick(self.texts)

    @property
    def words(self) -> tuple[str, ...]:
        """Everything people write for it: its names, and the other words its list knows."""
        also = self.more.get("also", "")
        return (self.kk, self.ru, self.en, *(also.split("|") if also else ()))

    @property
    def source(self) -> Source | None:
        """Where the row was read and how far it was checked; nothing where its whole table has one source."""
        told = self.more.get("source")
        if not told:
            return None
        acts = {"en": told, "kk": self.more.get("source_kk", ""), "ru": self.more.get("source_ru", "")}
        return Source(acts, confidence=Confidence(self.more["confidence"]))


@cache
def read_list(name: str) -> dict[str, Item]:
    """A shipped list by its name: `countries` and `oked` from tables, the rest from TOML.

    A TOML list begins with the source of every row that names none of its own.
    """
    folder = paths.resources() / "lists"
    table = folder / f"{name}.csv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            rows = [dict(row) for row in csv.DictReader(file)]
    else:
        data = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        whole = {key: value for key, value in data.items() if key != "row"}
        rows = [
            {key: _one_text(value) for key, value in (row if "source" in row else whole | row).items()}
            for row in data["row"]
        ]
    return {item.code: item for item in map(_item, rows)}


def _titled(code: str, title: Mapping[str, str]) -> Item:
    return Item(code, title["kk"], title["ru"], title["en"], {})


def options_of(services: Iterable[Procedure]) -> dict[str, dict[str, Item]]:
    """The answers that fields of services offer by themselves in any of their periods, by the name of their list."""
    found: dict[str, dict[str, Item]] = {}
    for one in (field for service in services for field in service.fields):
        if one.options and isinstance(one.field, Code):
            of_field = found.setdefault(one.field.list, {})
            of_field |= {item.code: _titled(item.code, item.title) for item in one.options}
    return found


def _one_text(value: object) -> str:
    """A value of a list as text; several texts (`also`: other words people write) are joined by a bar."""
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def _item(row: dict[str, str]) -> Item:
    known = {key: row.pop(key, "") for key in ("code", "kk", "ru", "en")}
    return Item(**known, more=row)


def find_in(items: Iterable[Item], text: str, *, limit: int = 20) -> list[tuple[str, str]]:
    """Codes and words of the rows that fit what is typed, in any language or by code, best first."""
    wanted = fold(text)
    scored = []
    for order, item in enumerate(items):
        rank = _rank(item, wanted)
        if rank is not None:
            scored.append((rank, order, item))
    return [(item.code, item.label) for _rank_, _order, item in sorted(scored, key=lambda s: s[:2])[:limit]]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text means in a list: the code, if there is one; and the row, when no name of it is written so."""

    code: str | None
    corrected: str = ""

    def told(self, given: str, field: str | None = None) -> list[Finding]:
        """A note that something else was read than was written."""
        if not self.corrected:
            return []
        return [note("read_as", _READ_AS, field, given=given.strip(), read=self.corrected)]


_READ_AS = N_("“{given}” was read as “{read}”.")


class Lists:
    """The lists of one office; places come from its own store, since it may bring a newer classifier."""

    def __init__(
        self,
        store: Store,
        procedures: Sequence[Procedure],
        *,
        near: str,
        law: Callable[[], Law],
        told: Callable[[Finding], object] = lambda _corrected: None,
    ) -> None:
        """`law` titles the sums there are; `told` hears of texts that `read` took for something else."""
        self._store = store
        self._near = near
        self._procedures = procedures
        self._places: dict[str, Place | None] = {}
        self._words: dict[str, dict[str, tuple[str, ...]]] = {}
        self._law = law
        self._told = told

    @cached_property
    def _services(self) -> dict[str, Item]:
        return {one.code: _titled(one.code, one.title) for one in self._procedures}

    @cached_property
    def _options(self) -> dict[str, dict[str, Item]]:
        return options_of(self._procedures)

    @cached_property
    def _amounts(self) -> dict[str, Item]:
        """The sums that somebody pays, each with the title it had last."""
        known = (one for one in self._law().entries() if one.kind is Kind.AMOUNT and one.values["payable"])
        return {one.code: _titled(one.code, one.texts) for one in sorted(known, key=lambda one: one.since)}

    def items(self, name: str) -> dict[str, Item]:
        """All rows of a list, by code; not for places."""
        if name in self._options:
            return self._options[name]
        if name in (AMOUNTS, ANSWERS):
            return self._amounts if name == AMOUNTS else {}
        return self._services if name == "procedures" else read_list(name)

    def has(self, name: str, code: str) -> bool:
        """Whether a list has a code."""
        return self.place(code) is not None if name == "kato" else code in self.items(name)

    def label(self, name: str, code: str) -> str:
        """Words for a code in the current language; the code itself when the list lacks it."""
        if not code:
            return ""
        if name == "kato":
            place = self.place(code)
            return place.name if place else code
        if name == ANSWERS:
            return "; ".join(self._answer(*one) for one in answers_in(code).items())
        item = self.items(name).get(code)
        return item.label if item else code

    def _answer(self, name: str, value: str) -> str:
        """One answer to what a sum asks for, with the question: `people: 3`."""
        known = read_list(_ASKED)
        if own := known.get(f"{name}.{value}"):
            return f"{known[name].label}: {own.label}" if name in known else own.label
        of_list = known[name].more.get("list", "") if name in known else ""
        words = self.label(of_list, value) if of_list else value
        return f"{known[name].label if name in known else name}: {words}"

    def show(self, field: Field, value: object) -> str:
        """Any value of any field as a person reads it."""
        if isinstance(field, Code):
            return self.label(field.list, str(value or ""))
        return field.show(value)

    def place(self, code: str) -> Place | None:
        """A place by its code, remembered."""
        try:
            return self._places[code]
        except KeyError:  # asked of the dictionary once: another thread may forget places in between
            found = self._places[code] = places.find_place(self._store, code)
            return found

    def forget_places(self) -> None:
        """The classifier changed: places are asked for anew."""
        self._places.clear()

    def place_chain(self, code: str) -> list[Place]:
        """Region, district, district of the settlement, settlement."""
        return places.chain(self._store, code)

    def place_names(self, code: str) -> list[str]:
        """From the region down, in the current language; English calls a town and its territory by one name."""
        return [name for name, _same in groupby(place.name for place in self.place_chain(code))]

    def place_text(self, code: str) -> str:
        """`Павлодар облысы, Ақсу Қ.Ә., ...` in the current language."""
        return ", ".join(self.place_names(code))

    def regions(self) -> list[Place]:
        """Regions and cities of republican significance."""
        return places.regions(self._store)

    def find(self, name: str, text: str, *, limit: int = 20) -> list[tuple[str, str]]:
        """Codes and words that fit what is typed, in any language or by code, best first."""
        if name == "kato":
            found = places.search_places(self._store, text, near=self._near, limit=limit)
            return [(place.code, self.place_text(place.code)) for place in found]
        return find_in(self.items(name).values(), text, limit=limit)

    def read(self, name: str, text: str) -> str | None:
        """The one code that a typed or imported text means; `None` when none or several do."""
        heard = self.hear(name, text)
        for one in heard.told(text):
            self._told(one)
        return heard.code

    def hear(self, name: str, text: str) -> Heard:
        """What a text means, and whether it had to be corrected for that: a slip, or letters of another alphabet."""
        code = self._read(name, text.strip())
        if not code:
            return Heard(code)
        if name == "kato":
            place = self.place(code)
            is_said = place is None or places.is_named(place, text)
        else:
            item = self.items(name)[code]
            is_said = spelled(text) in {spelled(words) for words in (*item.words, code)}
        return Heard(code, "" if is_said else self.label(name, code))

    def _read(self, name: str, words: str) -> str | None:
        if name == "kato" and len(words) == 9 and words.isdigit():
            return words if self.has("kato", words) else None
        if name != "kato" and words in self.items(name):
            return words
        if name == "kato":
            place = places.read_place(self._store, words, near=self._near)
            return place.code if place else None
        known = self._by_words(name)
        codes = known.get(fold(words), ()) or known.get(_CODE + words.casefold(), ())
        return codes[0] if len(codes) == 1 else None

    def several(self, name: str, text: str) -> tuple[str, ...]:
        """The names of the rows that one and the same text means, in the current language; none when it is clear."""
        codes = () if name == "kato" else self._by_words(name).get(fold(text.strip()), ())
        return tuple(self.label(name, code) for code in codes) if len(codes) > 1 else ()

    def _by_words(self, name: str) -> dict[str, tuple[str, ...]]:
        """Folded words → codes; words that two codes share mean neither. A code is known in full and as written."""
        if name not in self._words:
            found: dict[str, tuple[str, ...]] = {}
            for item in self.items(name).values():
                folded = {fold(words) for words in item.words if words}
                for key in (*folded, _CODE + item.code.casefold()):
                    found[key] = (*found.get(key, ()), item.code)
            self._words[name] = found
        return self._words[name]


def _rank(item: Item, wanted: str) -> int | None:
    names = [*map(fold, item.words), fold(item.code)]
    if not wanted:
        return 2
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(f" {wanted}" in f" {name}" for name in names) else None
