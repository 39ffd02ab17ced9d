"""Words for the codes of the law: titles of entries, values of lists, figures of a day.

The law may be that of an office or the shipped one alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from migdesk.domain.arrival import StayBasis
from migdesk.domain.dates import show_day
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import Code, Field, choice_label
from migdesk.domain.money import grouped
from migdesk.domain.session import Recommendation
from migdesk.i18n import LANGUAGES, N_, Worded, _, pick, placeholders
from migdesk.rules.amounts import plain_number
from migdesk.rules.catalogue import Entry
from migdesk.rules.conditions import LOOKED_UP, Name
from migdesk.rules.pack import COUNTRY, Kind, Unit
from migdesk.rules.procedure import Procedure
from migdesk.services.desk import Desk
from migdesk.services.law import Law
from migdesk.services.lists import Item, options_of, read_list

FACTS, STARTS, UNITS, ASKED = "facts", "law_starts", "law_units", "law_asked"
"""Lists of the words for what the rules name by codes."""

_CHOICES: Mapping[str, type[StrEnum]] = {"stay_basis": StayBasis, "recommendations": Recommendation}
_REGIMES, _SERVICES, _REGIONS = "regimes", "procedures", "regions"
_WHOLE_COUNTRY = N_("The whole country")
_GIVEN = "…"
"""Stands in a text for what is different from person to person."""


@dataclass(frozen=True)
class Book:
    """The law on the day it is read, with the services whose questions feed its rules."""

    law: Law
    services: Sequence[Procedure]
    on: date
    region: str = ""
    """KATO code of the office's region, which stands first where regions are listed."""

    @classmethod
    def of(cls, desk: Desk) -> Book:
        """The law of an office today."""
        return cls(desk.law, desk.procedures, desk.today, desk.office.region)

    def label(self, name: str, code: str) -> str:
        """Words for a code of a list; the code itself when the list lacks it."""
        if name in _CHOICES:
            return choice_label(_CHOICES[name](code))
        if name == _REGIMES:
            return self.title(Kind.REGIME, code, self.on)
        if name == _REGIONS and code == COUNTRY:
            return _(_WHOLE_COUNTRY)
        if name == _SERVICES:
            return pick(self._titles[code]) if code in self._titles else code
        items = self._options.get(name) or read_list(name)
        return items[code].label if code in items else code

    def title(self, kind: Kind, code: str, on: date) -> str:
        """The title of an entry as it was on a day, or the nearest there is; what a text looks up is filled in."""
        known = self._entries.get((kind, code), ())
        held = [entry for entry in known if entry.since <= on] or known
        return self.text(held[-1], on) if held else code

    def named(self, code: str, on: date) -> str:
        """The title of whatever a code names, an entry or a service; the code itself when nothing has it."""
        kinds = (kind for kind in Kind if (kind, code) in self._entries)
        kind = next(kinds, None)
        return self.title(kind, code, on) if kind else self.label(_SERVICES, code)

    def text(self, entry: Entry, on: date | None = None) -> str:
        """The text of an entry with the figures of a day, and dots for what differs from person to person."""
        return self.filled(entry.texts, on or self.day_of(entry))

    def in_languages(self, entry: Entry) -> dict[str, str]:
        """The text of an entry in every language it has."""
        on = self.day_of(entry)
        return {code: self.filled({code: words}, on) for code, words in entry.texts.items()}

    def filled(self, texts: Mapping[str, str], on: date) -> str:
        """A text of the pack with what stands in its braces."""
        words = pick(texts)
        named = placeholders(words) if "{" in words else ()
        return words.format(**{name: self._standing_for(name, on) for name in named}) if named else words

    def _standing_for(self, name: str, on: date) -> str:
        kind, code = self._by_placeholder.get(name, (Kind.VALUE, ""))
        found = self._number(kind, code, on)
        return _GIVEN if found is None else str(plain_number(found))

    def figure(self, kind: str, code: str, on: date) -> str:
        """What a condition looks up: the figure of a day, and what it is called; the fact beside it says its unit."""
        if kind not in LOOKED_UP:
            return self.fact(code)
        sort = Kind(kind)
        number, title = self._number(sort, code, on), self.title(sort, code, on)
        if number is None:
            return f"«{title}»"
        return f"{plain_number(number)} («{title}»)"

    def _number(self, kind: Kind, code: str, on: date) -> Decimal | None:
        try:
            return Decimal(self.law.term(code, on).length) if kind is Kind.TERM else self.law.value(code, on)
        except NotFound:
            return None

    def unit(self, unit: str, figure: object) -> str:
        """A figure with its unit; a unit of an office's own pack as it is written there."""
        if isinstance(figure, int | Decimal) and not isinstance(figure, bool):
            figure = grouped(figure)
        if unit in set(Unit):
            return f"{figure} {choice_label(Unit(unit))}"
        item = read_list(UNITS).get(unit)
        return item.label.format(n=figure) if item else f"{figure} {unit}"

    @cached_property
    def facts(self) -> Mapping[str, Item]:
        """The titles of the facts that no question of a service answers as it is."""
        return {**read_list(FACTS), **answered(self.services)}

    def fact(self, name: str) -> str:
        """What a fact is called."""
        item = self.facts.get(name)
        return item.label if item else name

    def numbered(self, name: str, code: str) -> str:
        """Words for a code of a list; a code that people say themselves, such as 2 or C9, stands before them."""
        words = self.label(name, code)
        return f"{code} ({words})" if code[-1:].isdigit() and words != code else words

    def value(self, fact: str, value: object) -> str:
        """A value of a fact in words."""
        if isinstance(value, str) and (own := self.facts.get(f"{fact}.{value}")):
            return own.label
        item = self.facts.get(fact)
        of_list = item.more.get("list", "") if item else ""
        return self.numbered(of_list, str(value)) if of_list else plain(value)

    def day_of(self, entry: Entry) -> date:
        """Today, or the nearest day on which the entry holds."""
        return max(entry.since, min(self.on, entry.until or self.on))

    @cached_property
    def _entries(self) -> Mapping[tuple[Kind, str], Sequence[Entry]]:
        found: dict[tuple[Kind, str], list[Entry]] = defaultdict(list)
        for entry in sorted(self.law.entries(), key=lambda one: one.since):
            found[entry.kind, entry.code].append(entry)
        return dict(found)

    @cached_property
    def _by_placeholder(self) -> Mapping[str, tuple[Kind, str]]:
        return {
            Name(kind, code).placeholder: (kind, code) for kind, code in self._entries if kind in LOOKED_UP
        }

    @cached_property
    def _options(self) -> Mapping[str, Mapping[str, Item]]:
        return options_of(self.services)

    @cached_property
    def _titles(self) -> Mapping[str, Mapping[str, str]]:
        return {one.code: one.title for one in self.services}


def answered(services: Sequence[Procedure]) -> dict[str, Item]:
    """The title and the list of every fact that the question of a service answers just as it is given."""
    fields = (one for service in services for one in service.fields if one.fact and not one.days)
    return {str(one.fact): _asked(str(one.fact), one.field) for one in fields}


def _asked(fact: str, field: Field) -> Item:
    label = field.label
    texts = label.texts if isinstance(label, Worded) else dict.fromkeys(LANGUAGES, label)
    more = {"list": field.list} if isinstance(field, Code) else {}
    return Item(fact, texts["kk"], texts["ru"], texts["en"], more)


def plain(value: object) -> str:
    """Yes or no, a day, or the value as it stands."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    try:
        return show_day(date.fromisoformat(value)) if isinstance(value, str) else str(value)
    except ValueError:
        return str(value)
