"""Sums in MRP: the table of an amount, and the sum for what was given.

MRP counts are exact decimals. The sum in tenge is count x MRP rounded to whole tenge, half a tenge up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from unicodedata import decimal

from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.datasound import LARGEST
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding, Severity, Source, block
from migdesk.domain.money import grouped
from migdesk.domain.payment import PaidBy
from migdesk.i18n import N_, pick
from migdesk.rules.kinds import LONGEST_MONTHS, MOST_MRP
from migdesk.rules.pack import AmountRow, AmountRule, DatedValue, ValueEntry
from migdesk.rules.sources import Cites, cite

NOT_PUBLISHED = "value.not_published"
"""Code of the finding that a figure is only the last one known."""

WHOLE, PRICE = "whole", "price"
COUNTED_ON = ("event", "payment")
_OWN_KEYS = ("mrp", "note", "source")
_YES_NO = {"true": "yes", "false": "no", "1": "yes", "0": "no"}
"""What a script writes where a rule asks for yes or no."""
_CENTS = Decimal("0.01")
_MOST = 1_000_000
"""No count of persons, days or months is larger; more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum that a rule gives: how many MRP, the MRP of the day in tenge, and the whole tenge."""

    code: str
    mrp_count: Decimal
    mrp: Decimal
    tenge: int
    source: Source
    mrp_source: Source
    note: Texts | None = None
    findings: tuple[Finding, ...] = ()

    def doubted(self, why: Finding) -> Amount:
        """The same sum where its MRP is only the last one known."""
        return replace(self.told(why), source=self.source.doubted(), mrp_source=self.mrp_source.doubted())

    def told(self, more: Finding) -> Amount:
        """The same sum with something more to be said of it."""
        return replace(self, findings=(*self.findings, more))

    def as_json(self) -> dict[str, object]:
        """The keys of the public contract, the note in the current language."""
        return {
            "mrp_count": plain_number(self.mrp_count),
            "mrp": plain_number(self.mrp),
            "tenge": self.tenge,
            "source": self.source.as_json(),
            "mrp_source": self.mrp_source.as_json(),
            "note": pick(self.note) if self.note else None,
            "findings": [finding.as_json() for finding in self.findings],
        }


def plain_number(value: Decimal) -> int | float:
    """A decimal as JSON has it: whole numbers without a fraction."""
    return int(value) if value == value.to_integral_value() else float(value)


def read_amounts(keys: Keys, cites: Cites, values: Iterable[DatedValue]) -> Iterator[AmountRule]:
    """An amount from its table; one that `follows` a value of its pack has the days and sources of its figures.

    Raises:
        BadFile: a row names something that is not asked, or a word that is not offered.
    """
    code, title = keys.code("code"), keys.texts("title")
    figures = {value.code: value.entries for value in values}
    follows = keys.one_of("follows", figures, None)
    periods = (
        [(one.since, one.until, one.citation) for one in figures[follows]]
        if follows
        else [(*keys.span(), cite(keys, cites))]
    )
    asks = _read_asks(keys.table("asks"))
    defaults = _read_defaults(keys.table("defaults"), asks)
    per = keys.one_of("per", [name for name, options in asks.items() if not options], None)
    rows = _read_rows(keys, asks, cites)
    paid_by, counted_on = (
        keys.one_of("paid_by", PaidBy, PaidBy.APPLICANT),
        keys.one_of("counted_on", COUNTED_ON, "event"),
    )
    ceiling, for_family = keys.flag("ceiling"), keys.flag("for_family")
    months, obliges = keys.whole("months", 1, least=1, most=LONGEST_MONTHS), keys.flag("obliges")
    payable, share = keys.flag("payable", True), keys.whole("share", None, least=1, most=100)
    if share and (not ceiling or PRICE in asks):
        raise keys.bad("share", N_("Only of a sum that is a ceiling a share of the price is paid."))
    keys.end()
    for since, until, citation in periods:
        yield AmountRule(
            *(code, since, until, asks, defaults, per, rows, title, citation),
            *(follows, paid_by, counted_on, ceiling, for_family, months, obliges, payable, share),
        )


def _read_rows(keys: Keys, asks: Mapping[str, tuple[str, ...]], cites: Cites) -> tuple[AmountRow, ...]:
    if ("mrp" in keys) == ("rows" in keys):
        raise keys.bad("mrp", N_("Either “mrp” or “rows” is expected here."))
    if "mrp" in keys:
        return (AmountRow({}, {}, keys.exact("mrp", most=MOST_MRP)),)
    rows = tuple(_read_row(row, asks, cites) for row in keys.tables("rows"))
    if not rows:
        raise keys.bad("rows", N_("At least one entry is expected here."))
    return rows


def _read_asks(keys: Keys) -> dict[str, tuple[str, ...]]:
    asks: dict[str, tuple[str, ...]] = {}
    for name in keys:
        if name in _OWN_KEYS or not name.isidentifier():
            raise keys.bad(name, N_("This name cannot be asked for."))
        whole = keys.raw(name) == WHOLE
        asks[name] = () if whole else keys.strings(name)
        if not whole and not asks[name]:
            raise keys.bad(name, N_("Expected one of: {known}."), known=f"{WHOLE}, [...]")
    return asks


def _read_defaults(keys: Keys, asks: Mapping[str, tuple[str, ...]]) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for name in keys:
        if name not in asks:
            raise keys.bad(name, N_("This name is not asked for."))
        found[name] = keys.one_of(name, asks[name]) if asks[name] else keys.whole(name, most=_MOST)
    return found


def _read_row(keys: Keys, asks: Mapping[str, tuple[str, ...]], cites: Cites) -> AmountRow:
    words: dict[str, frozenset[str]] = {}
    ranges: dict[str, tuple[int, int]] = {}
    for name in keys:
        if name in _OWN_KEYS:
            continue
        if name not in asks:
            raise keys.bad(name, N_("This name is not asked for."))
        if asks[name]:
            words[name] = _read_words(keys, name, asks[name])
        else:
            ranges[name] = _read_range(keys, name)
    note = keys.texts("note", None)
    own = cite(keys, cites) if "source" in keys else None
    found = AmountRow(words, ranges, keys.exact("mrp", most=MOST_MRP), note, own)
    keys.end()
    return found


def _read_words(keys: Keys, name: str, options: tuple[str, ...]) -> frozenset[str]:
    given = keys.strings(name) if isinstance(keys.raw(name), list) else (keys.text(name),)
    if not given or any(one not in options for one in given):
        raise keys.bad(name, N_("Expected one of: {known}."), known=", ".join(options))
    return frozenset(given)


def _read_range(keys: Keys, name: str) -> tuple[int, int]:
    raw = keys.raw(name)
    ends = raw if isinstance(raw, list) else [raw, raw]
    sound = len(ends) == 2 and all(isinstance(end, int) and not isinstance(end, bool) for end in ends)
    if not sound or ends[0] > ends[1]:
        raise keys.bad(name, N_("A whole number or a range such as [2, 4] is expected here."))
    return ends[0], ends[1]


def work_out(rule: AmountRule, mrp: ValueEntry, given: Mapping[str, object]) -> Amount:
    """The sum of a rule for what was given, by the MRP of the day.

    Raises:
        Invalid: something asked is missing, unreadable or unknown, or no row fits it.
    """
    price, given = _priced(rule, given)
    answers = _answers(rule, given)
    row = next((row for row in rule.rows if _fits(row, answers)), None)
    if row is None:
        raise Invalid([block("amount.no_row", N_("The table has no amount for what was given."))])
    times = answers[rule.per] if rule.per else 1
    count = row.mrp * Decimal(times)
    tenge = int((count * mrp.amount).to_integral_value(ROUND_HALF_UP))
    if tenge > LARGEST:
        message = N_("The sum is larger than any that is paid: look at the numbers given.")
        raise Invalid([block("amount.too_large", message, rule.per)])
    source = (row.citation or rule.citation).source
    if price is not None and price < tenge:
        count, tenge = (Decimal(price) / mrp.amount).quantize(_CENTS, ROUND_HALF_UP), price
    return Amount(rule.code, count, mrp.amount, tenge, source, mrp.citation.source, row.note)


def _priced(rule: AmountRule, given: Mapping[str, object]) -> tuple[int | None, Mapping[str, object]]:
    """The share of a price in tenge, where the rule pays one and a price is given; and what else is given.

    Raises:
        Invalid: the price is no whole number of tenge.
    """
    if rule.share is None or PRICE not in given:
        return None, given
    rest = {name: value for name, value in given.items() if name != PRICE}
    words = _western(str(given[PRICE]).strip())
    if not words.isdecimal() or len(words) > len(str(LARGEST)) or int(words) > LARGEST:
        message = N_("Give “{name}” as a whole number from 0 to {most}.")
        raise Invalid([block("amount.unreadable", message, PRICE, name=PRICE, most=LARGEST)])
    part = Decimal(int(words)) * rule.share / 100
    return int(part.to_integral_value(ROUND_HALF_UP)), rest


def _fits(row: AmountRow, answers: Mapping[str, int | str]) -> bool:
    return all(answers[name] in words for name, words in row.words.items()) and all(
        low <= int(answers[name]) <= high for name, (low, high) in row.ranges.items()
    )


def _answers(rule: AmountRule, given: Mapping[str, object]) -> dict[str, int | str]:
    findings = [_not_asked(rule, name) for name in given if name not in rule.asks]
    answers: dict[str, int | str] = {}
    for name, options in rule.asks.items():
        answer = _answer(given.get(name, rule.defaults.get(name)), options)
        if answer is None:
            findings.append(_wrong(name, options, missing=given.get(name) is None))
        else:
            answers[name] = answer
    if findings:
        raise Invalid(findings)
    return answers


def _not_asked(rule: AmountRule, name: str) -> Finding:
    known = ", ".join((*rule.asks, *((PRICE,) if rule.share else ()))) or "—"
    message = N_("“{name}” is not asked for. Asked: {known}.")
    return block("amount.not_asked", message, name, name=name, known=known)


def _answer(raw: object, options: tuple[str, ...]) -> int | str | None:
    """The answer as the table has it; nothing when it cannot be read."""
    if set(options) == set(_YES_NO.values()):
        raw = _YES_NO.get(str(raw).strip().casefold(), raw)
    words = _western(str(raw).strip()) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    if options:
        return next((option for option in options if option.casefold() == words.casefold()), None)
    if not words.isdecimal() or len(words) > len(str(_MOST)) or int(words) > _MOST:
        return None
    return int(words)


def _western(words: str) -> str:
    """Digits of any script (`٣`, `۳`) as the table has them."""
    return words if words.isascii() else "".join(str(decimal(char, char)) for char in words)


def _wrong(name: str, options: tuple[str, ...], *, missing: bool) -> Finding:
    code = "amount.missing" if missing else "amount.unreadable"
    if options:
        known = ", ".join(options)
        return block(code, N_("Give “{name}” as one of: {known}."), name, name=name, known=known)
    message = N_("Give “{name}” as a whole number from 0 to {most}.")
    return block(code, message, name, name=name, most=_MOST)


def last_known(entry: ValueEntry, on: date) -> Finding:
    """That a figure is asked for a year for which none was published yet."""
    message = N_("No figure is published for {year}: the last known one is {figure}, from {day}.")
    values = {"year": on.year, "figure": grouped(entry.amount), "day": show_day(entry.since)}
    source = entry.citation.source.doubted()
    return Finding(Severity.WARN, NOT_PUBLISHED, message, None, values, source)
