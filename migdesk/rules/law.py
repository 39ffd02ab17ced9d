"""Law: the one object that services hold to ask what the law says on a day.

Asking for a code that no pack has raises `NotFound`; asking for a day on which a known code has nothing in
force raises `NotInForce`, which is a `NotFound`.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from migdesk.domain.errors import BadFile, NotFound
from migdesk.domain.finding import Finding, Severity
from migdesk.domain.office import CalendarDay
from migdesk.rules.amounts import Amount, last_known, plain_number, work_out
from migdesk.rules.catalogue import Entry, entries_of
from migdesk.rules.conditions import Name
from migdesk.rules.counting import count_term
from migdesk.rules.dated import NotInForce as NotInForce
from migdesk.rules.evaluate import judge
from migdesk.rules.pack import (
    AmountRule,
    Dated,
    JudgedOn,
    Kind,
    Pack,
    QuotaLimit,
    Regime,
    Setting,
    Term,
    ValueEntry,
    in_force,
)
from migdesk.rules.procedure import Procedure
from migdesk.rules.specials import Specials
from migdesk.rules.workdays import Calendar, Deadline

MRP = "mrp"
"""Code of the value by which amounts are multiplied: tenge for one monthly calculation index."""

D = TypeVar("D", bound=Dated)


class Law:
    """What the installed packs say, with the office's calendar and its answers to open questions.

    `services` gives the public services, `own_services` the versions of those that are the office's own files.
    """

    def __init__(
        self,
        packs: Sequence[Pack],
        calendar: Calendar,
        settings: Mapping[str, str] | None = None,
        left_out: Iterable[BadFile] = (),
    ) -> None:
        self.packs = tuple(packs)
        self.left_out = tuple(left_out)
        self.services: Callable[[], tuple[Procedure, ...]] = tuple
        self.own_services: Mapping[str, str] = {}
        self.calendar = calendar
        self._chosen = dict(settings or {})
        self._settings = {setting.code: setting for pack in packs for setting in pack.settings}
        self._values: dict[str, list[ValueEntry]] = defaultdict(list)
        self._terms: dict[str, list[Term]] = defaultdict(list)
        self._amounts: dict[str, list[AmountRule]] = defaultdict(list)
        for pack in packs:
            for value in pack.values:
                self._values[value.code].extend(value.entries)
            for term in pack.terms:
                self._terms[term.code].append(term)
            for amount in pack.amounts:
                self._amounts[amount.code].append(amount)
        self._rules = [rule for pack in packs for rule in pack.rules]
        self._regimes = [regime for pack in packs for regime in pack.regimes]
        self.specials = Specials(one for pack in packs for one in pack.specials)
        self._quotas = [quota for pack in packs for quota in pack.quotas]
        self._entries = [entry for pack in packs for entry in entries_of(pack)]

    @classmethod
    def of(
        cls,
        packs: Sequence[Pack],
        own_days: Iterable[CalendarDay] = (),
        settings: Mapping[str, str] | None = None,
        left_out: Iterable[BadFile] = (),
    ) -> Law:
        """The law of some packs, with the calendar they hold; `left_out` are packs that could not be read."""
        return cls(packs, Calendar.of(packs, own_days), settings, left_out)

    def value_entry(self, code: str, on: date) -> ValueEntry:
        """The figure in force on a day, with its source and dates.

        Raises:
            NotFound: no such value, or nothing in force.
        """
        return _pick(self._values.get(code), code, on)

    def value(self, code: str, on: date) -> Decimal:
        """The figure in force on a day, in the unit the value names.

        Raises:
            NotFound: no such value, or nothing in force.
        """
        return self.value_entry(code, on).amount

    def term(self, code: str, on: date) -> Term:
        """The term in force on a day.

        Raises:
            NotFound: no such term, or nothing in force.
        """
        return _pick(self._terms.get(code), code, on)

    def deadline(self, code: str, start: date) -> Deadline:
        """The last day of a term whose event was on `start`, by the rule of that day.

        Raises:
            NotFound: no such term, or nothing in force.
            Invalid: the term ends outside the calendar.
        """
        term = self.term(code, start)
        found = count_term(self.calendar, self.specials, term, start)
        notes = list(found.notes)
        source = term.citation.source
        if term.remark:
            notes.append(Finding(Severity.NOTE, "term.open", source=term.citation.source, texts=term.remark))
        return Deadline(
            due=found.due,
            unit=term.unit,
            length=term.length,
            start=start,
            skipped=found.skipped,
            extended_by=found.extended_by,
            source=source if found.is_sure else source.doubted(),
            starts=term.starts,
            notes=tuple(notes),
        )

    def amount(self, code: str, on: date, given: Mapping[str, object] | None = None) -> Amount:
        """The sum of a rule by the MRP of the day; tenge are whole, half a tenge is rounded up.

        Raises:
            NotFound: no such amount, or nothing in force.
            Invalid: something that is asked for is missing or unreadable.
        """
        rule = self.amount_rule(code, on)
        mrp = self.value_entry(MRP, on)
        found = work_out(rule, mrp, given or {})
        if waived := self.specials.waives(code, on):
            found = found.told(
                Finding(Severity.NOTE, "amount.waived", source=waived.citation.source, texts=waived.title)
            )
        return found if mrp.is_published(on) else found.doubted(last_known(mrp, on))

    def amount_rule(self, code: str, on: date) -> AmountRule:
        """The rule of a sum as it is on a day.

        Raises:
            NotFound: no such amount, or nothing in force.
        """
        return _pick(self._amounts.get(code), code, on)

    def quota_limit(
        self, stream: str, region: str, year: int, category: str | None = None, on: date | None = None
    ) -> QuotaLimit | None:
        """Units of a region (KATO) in a year by the last order in force on a day; without a day by the last.

        A later order replaces the regions it names and leaves the others as they were. Nothing when no
        order gives this region units: the region is not in the quota.
        """
        steps = self.quota_steps(stream, region, year, category)
        return next((one for one in reversed(steps) if on is None or one.since <= on), None)

    def quota_steps(
        self,
        stream: str,
        region: str,
        year: int,
        category: str | None = None,
        divided: tuple[str, str] = ("", ""),
    ) -> list[QuotaLimit]:
        """The units of a region in a year, order by order, each in force until the next.

        `divided` are a section of OKED and a country: the share of one of them, where an order gives it any.
        """
        wanted = (stream, year, category, *divided)
        tables = [
            table
            for table in self._quotas
            if (table.stream, table.year, table.category, table.activity, table.origin) == wanted
            and region in table.regions
        ]
        return [
            QuotaLimit(stream, year, region, category, one.regions[region], one.unit, one.since, one.citation)
            for one in sorted(tables, key=lambda table: table.since)
        ]

    def quota_categories(self, stream: str) -> tuple[str, ...]:
        """The categories that orders give units to in a stream; none when its quota is not divided."""
        return tuple(sorted({one.category for one in self._quotas if one.stream == stream and one.category}))

    def setting(self, code: str) -> str:
        """The office's answer to an open question; the cautious default while it gave none that is known.

        Raises:
            NotFound: no such setting.
        """
        setting = self._settings.get(code)
        if setting is None:
            raise NotFound(code)
        chosen = self._chosen.get(code)
        return chosen if chosen and chosen in setting.options else setting.default

    def choosing(self, code: str, option: str) -> Law:
        """The same law with another answer to an open question."""
        other = copy.copy(self)
        other._chosen = self._chosen | {code: option}
        return other

    def regimes_like(self, other: Law) -> bool:
        """Whether another law has the same regimes and answers: only special regimes may give a stay another end."""
        mine, its = ({one.code: law.setting(one.code) for one in law.settings()} for law in (self, other))
        return self._regimes == other._regimes and mine == its

    def counts_like(self, other: Law) -> bool:
        """Whether another law has the same terms, days off and regimes over terms: it gives every due day alike."""
        over = ([one for one in law.specials if one.covers.terms or one.suspends] for law in (self, other))
        if next(over) != next(over) or self._terms != other._terms:
            return False
        return self.calendar.says == other.calendar.says

    def settings(self) -> list[Setting]:
        """Every open question of the packs."""
        return list(self._settings.values())

    def regime(self, citizenship: str, basis: str, on: date) -> Regime | None:
        """The stay regime of somebody who enters on a day; nothing when the packs do not know one."""
        return next(iter(self._regimes_of(citizenship, basis, on, asked=True)), None)

    def other_regimes(self, citizenship: str, basis: str, on: date) -> list[Regime]:
        """Regimes that would hold if the office had answered an open question otherwise."""
        return self._regimes_of(citizenship, basis, on, asked=False)

    def _regimes_of(self, citizenship: str, basis: str, on: date, *, asked: bool) -> list[Regime]:
        found = [
            regime
            for regime in self._regimes
            if regime.basis == basis
            and in_force(regime, on)
            and (not regime.citizens or citizenship in regime.citizens)
            and self._is_chosen(regime) is asked
        ]
        return sorted(found, key=lambda regime: (regime.only_if is None, not regime.citizens))

    def _is_chosen(self, regime: Regime) -> bool:
        only_if = regime.only_if
        return only_if is None or self.setting(only_if.setting) == only_if.option

    def check(self, facts: Mapping[str, object], dates: Mapping[JudgedOn, date]) -> list[Finding]:
        """What the rules say of facts, each judged on the date it names.

        Raises:
            ValueError: an unknown fact or one of a wrong type.
        """
        found = judge(self._rules, facts, dates, self._operand)
        citizenship = str(facts.get("person_citizenship") or "")
        return self.specials.easing(found, dates.values(), citizenship)

    def _operand(self, name: Name, on: date) -> Decimal | None:
        if name.kind == "value":
            return self._figure(name.code, on)
        terms = (term for term in self._terms.get(name.code, ()) if in_force(term, on))
        return next((Decimal(term.length) for term in terms), None)

    def _figure(self, code: str, on: date) -> Decimal | None:
        return next((one.amount for one in self._values.get(code, ()) if in_force(one, on)), None)

    def versions(self) -> dict[str, str]:
        """Version of each pack and own service by its id: what a decision stores to be explained years later."""
        return {pack.id: pack.version for pack in self.packs} | {**self.own_services}

    def entries(self) -> list[Entry]:
        """Everything the packs say, entry by entry."""
        return self._entries

    def list_rules(self) -> list[dict[str, object]]:
        """A row for every dated entry of every pack, titles in the current language."""
        return [entry.as_row() for entry in self.entries()]

    def show_rule(self, code: str, on: date) -> dict[str, object]:
        """What a code says on a day, with texts in three languages and its source, ready for JSON.

        A code that names both an amount and a value is shown as the amount, with the MRP of the day.

        Raises:
            NotFound: no such code, or nothing in force.
        """
        known = [entry for entry in self._entries if entry.code == code]
        entry = _pick(sorted(known, key=lambda one: [*Kind].index(one.kind)), code, on)
        shown = entry.as_json() | {"findings": []}
        if entry.kind is Kind.AMOUNT and (mrp := self._figure(MRP, on)) is not None:
            shown["values"] = entry.values | {"mrp_in_tenge": plain_number(mrp)}
        doubt = self.doubt(entry, on)
        if doubt:
            doubted = replace(entry, citation=entry.citation.doubted()).as_json()
            shown |= {key: doubted[key] for key in ("confidence", "source")}
            shown["findings"] = [doubt.as_json()]
        if entry.kind is Kind.SETTING:
            shown["values"] = entry.values | {"chosen": self.setting(code)}
        return shown

    def doubt(self, entry: Entry, on: date) -> Finding | None:
        """That a value, or the MRP of an amount, is not published for a day."""
        code = {Kind.VALUE: entry.code, Kind.AMOUNT: MRP}.get(entry.kind)
        figures = [one for one in self._values.get(code or "", ()) if in_force(one, on)]
        return next((last_known(one, on) for one in figures if not one.is_published(on)), None)

    def quote(self, code: str, on: date) -> dict[str, object]:
        """What a decision stores of a code it used: its figures on a day, pack, version and source, for JSON.

        Raises:
            NotFound: no such code, or nothing in force.
        """
        shown = self.show_rule(code, on)
        wanted = ("code", "kind", "pack", "version", "from", "until", "values", "source")
        return {"on": on.isoformat()} | {key: shown[key] for key in wanted}

    def unverified(self) -> list[Entry]:
        """Entries that rest on memory and wait to be compared with the act."""
        return [entry for entry in self.entries() if entry.is_unverified]


def _pick(entries: Sequence[D] | None, code: str, on: date) -> D:
    if not entries:
        raise NotFound(code)
    for entry in entries:
        if in_force(entry, on):
            return entry
    raise NotInForce(code, on)
