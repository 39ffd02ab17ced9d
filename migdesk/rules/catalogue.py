"""Everything the packs say as one list: for `rules list`, `rules show` and the doctor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from migdesk.domain.datafile import Texts
from migdesk.domain.finding import Confidence
from migdesk.i18n import pick
from migdesk.rules.amounts import plain_number
from migdesk.rules.conditions import Condition, Name
from migdesk.rules.pack import AmountRule, Citation, Kind, Pack, Regime, Special


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated thing a pack says, ready to be shown: `values` holds only what JSON can."""

    kind: Kind
    code: str
    pack: str
    version: str
    since: date
    until: date | None
    texts: Texts
    values: dict[str, object]
    citation: Citation

    def as_row(self) -> dict[str, object]:
        """A line of `rules list`, its title in the current language."""
        return {
            "code": self.code,
            "kind": self.kind.value,
            "title": pick(self.texts),
            "pack": self.pack,
            "from": self.since.isoformat() if self.since > date.min else None,
            "until": self.until.isoformat() if self.until else None,
            "confidence": self.citation.confidence.value,
        }

    def as_json(self) -> dict[str, object]:
        """The answer of `rules show`: values, texts in three languages, source with all that is known."""
        cited = self.citation
        return self.as_row() | {
            "version": self.version,
            "values": self.values,
            "texts": dict(self.texts),
            "source": cited.source.as_json()
            | {"address": cited.source.address, "read": cited.read.isoformat(), "mark": cited.mark},
        }

    @property
    def is_unverified(self) -> bool:
        """Whether nobody has compared it with the act yet."""
        return self.citation.confidence is Confidence.UNVERIFIED


def entries_of(pack: Pack) -> Iterator[Entry]:
    """Every entry of a pack: rules, terms, amounts, regimes and special ones, values, quotas, holidays, settings."""
    for kind, code, since, until, texts, values, citation in _rows(pack):
        yield Entry(kind, code, pack.id, pack.version, since, until, texts, values, citation)


_Row = tuple[Kind, str, date, date | None, Texts, dict[str, object], Citation]


def _rows(pack: Pack) -> Iterator[_Row]:
    for rule in pack.rules:
        values: dict[str, object] = {
            "severity": rule.severity.value,
            "judged_on": rule.judged_on.value,
            "field": rule.field,
            "when": _condition(rule.when),
            "asks": {"facts": sorted(rule.asks.facts), "text": dict(rule.asks.text)} if rule.asks else None,
        }
        yield Kind.RULE, rule.code, rule.since, rule.until, rule.text, values, rule.citation
    for term in pack.terms:
        values = {
            "starts": term.starts,
            "length": term.length,
            "unit": term.unit.value,
            "roll": term.roll.value,
            "before": term.before,
            "remind": list(term.remind),
            "remark": dict(term.remark) if term.remark else None,
        }
        yield Kind.TERM, term.code, term.since, term.until, term.title, values, term.citation
    for amount in pack.amounts:
        yield (
            *(Kind.AMOUNT, amount.code, amount.since, amount.until, amount.title),
            *(_amount(amount), amount.citation),
        )
    for regime in pack.regimes:
        yield (
            *(Kind.REGIME, regime.code, regime.since, regime.until, regime.title),
            *(_regime(regime), regime.citation),
        )
    for one in pack.specials:
        yield Kind.SPECIAL, one.code, one.since, one.until, one.title, special_values(one), one.citation
    yield from _plain_rows(pack)


def _plain_rows(pack: Pack) -> Iterator[_Row]:
    for value in pack.values:
        for entry in value.entries:
            shown: dict[str, object] = {"is": plain_number(entry.amount), "unit": value.unit}
            yield Kind.VALUE, value.code, entry.since, entry.until, value.title, shown, entry.citation
    for quota in pack.quotas:
        divided = (quota.category, quota.activity, quota.origin)
        code = ".".join(["quota", quota.stream, str(quota.year), *(one for one in divided if one)])
        shown = {"unit": quota.unit, "regions": dict(quota.regions)}
        yield Kind.QUOTA, code, quota.since, None, pack.title, shown, quota.citation
    for holiday in pack.holidays:
        shown = {
            "day": f"{holiday.month:02}-{holiday.day:02}",
            "moves": holiday.moves,
            "works": not holiday.off,
        }
        yield Kind.HOLIDAY, holiday.code, holiday.since, holiday.until, holiday.title, shown, holiday.citation
    for day in pack.days:
        code = f"day.{day.on.isoformat()}"
        yield Kind.HOLIDAY, code, day.on, day.on, day.title, {"works": not day.off}, day.citation
    for setting in pack.settings:
        shown = {"default": setting.default, "options": list(setting.options), "open": dict(setting.text)}
        yield Kind.SETTING, setting.code, date.min, None, setting.title, shown, setting.citation


def _amount(amount: AmountRule) -> dict[str, object]:
    rows = [
        {name: sorted(words) for name, words in row.words.items()}
        | {name: list(ends) for name, ends in row.ranges.items()}
        | {"mrp": plain_number(row.mrp), "note": dict(row.note) if row.note else None}
        | ({"source": row.citation.source.as_json()} if row.citation else {})
        for row in amount.rows
    ]
    asks = {name: list(options) or "whole" for name, options in amount.asks.items()}
    return {
        "asks": asks,
        "defaults": dict(amount.defaults),
        "per": amount.per,
        "rows": rows,
        "paid_by": amount.paid_by,
        "counted_on": amount.counted_on,
        "ceiling": amount.ceiling,
        "share": amount.share,
        "for_family": amount.for_family,
        "months": amount.months,
        "obliges": amount.obliges,
        "payable": amount.payable,
    }


def _regime(regime: Regime) -> dict[str, object]:
    window = regime.window
    return {
        "basis": regime.basis,
        "citizens": sorted(regime.citizens),
        "ends": regime.ends,
        "per_entry": regime.per_entry,
        "window": {"limit": window.limit, "days": window.days} if window else None,
        "window_source": window.citation.source.as_json() if window else None,
        "count_from": regime.count_from.isoformat(),
        "remind": list(regime.remind),
        "only_if": {regime.only_if.setting: regime.only_if.option} if regime.only_if else None,
        "remark": dict(regime.remark) if regime.remark else None,
    }


def special_values(one: Special) -> dict[str, object]:
    """What a special regime says, ready for JSON."""
    covers = one.covers
    first, last = covers.ends
    prolongs = one.to or one.days
    return {
        "announced": one.announced.isoformat(),
        "covers": {
            "grounds": sorted(covers.grounds),
            "permits": sorted(covers.permits),
            "terms": sorted(covers.terms),
            "documents": covers.documents,
            "citizens": sorted(covers.citizens),
        },
        "ends": [first.isoformat(), last.isoformat() if last < date.max else None] if prolongs else None,
        "to": one.to.isoformat() if one.to else None,
        "days": one.days,
        "suspends": sorted(one.suspends),
        "waives": sorted(one.waives),
        "closes": sorted(one.closes),
        "eases": sorted(one.eases),
        "papers": [{"code": paper.code, "services": sorted(paper.services)} for paper in one.papers],
        "fields": [{"key": field.key, "services": sorted(field.services)} for field in one.fields],
        "remark": dict(one.remark) if one.remark else None,
    }


def _condition(condition: Condition) -> dict[str, object]:
    if condition.parts:
        return {condition.word: [_condition(part) for part in condition.parts]}
    operand = condition.operand
    if isinstance(operand, Name):
        operand = {operand.kind: operand.code}
    elif isinstance(operand, tuple):
        operand = list(operand)
    elif isinstance(operand, date):
        operand = operand.isoformat()
    return {"fact": condition.fact, condition.word: True if operand is None else operand}
