"""TOML text → Pack. Every mistake is refused with the file and the key it stands under.

The format of a pack file, key by key (`?` may be left out; `{kk, ru, en}` are all three required)::

    id, version, title{kk,ru,en}
    [[source]]  id, act, article?, address?, read, confidence, mark     act and article plain or {kk, ru, en}
    [[value]]   code, unit, title, yearly?, entries = [{from, is, source}, …]     each holds until the next
    [[term]]    code, from, until?, starts, length, unit, roll?, before?, title, source, remark?
    [[regime]]  code, from, until?, basis, citizens?, ends?, per_entry?, window = {limit, days, source?}?,
                count_from?, only_if = {setting, is}?, title, source, remark?
    [[special]] code, from, until?, announced?, covers = {grounds?, permits?, terms?, documents?, citizens?,
                ends = {from?, until?}?}?, to? or days?, suspends?, waives?, closes?, eases?, title, source,
                remark?,
                papers = [{code, title, services = ["…"], required?, remark?}, …]?,
                fields = [{key, kind, label, services = ["…"], list?, required?}, …]?
    [[amount]]  code, from, until?, title, source, asks = {name = "whole" | ["word", …]}?, defaults = {}?,
                per?, and either mrp or rows = [{<asked name> = …, mrp, note?, source?}, …];
                paid_by? = applicant | employer | state, counted_on? = event | payment, ceiling?,
                share? (of a ceiling: per cent of a price that may be given),
                for_family?, months? (so many payments), obliges? (to stay), payable? (false: only a measure);
                `follows`, the code of a value of the pack, stands for from, until and source of each figure
    [[quota]]   stream, year, category?, activity?, country?, from, unit?, regions = {"KATO" = units}, source
    [[rule]]    code, from, until?, judged_on, severity, when, text, field?, asks = {facts, text}?, source
    [[setting]] code, title, default, options = {code = {kk, ru, en}, …}, text, source
    [[holiday]] code, days = ["MM-DD", …], from, until?, moves?, works? (abolished from then on), title, source
    [[day]]     on, works? (else off), title, source

`from` and `until` are both included. Entries of one code may repeat with other dates, never overlapping.
In a row of an amount, a condition on a whole number is `3` or `[2, 4]` (both ends included), on words
`"rural"` or `["A", "E"]` (any of them); an asked name left out of a row matches everything; the first row
that matches counts. `note` tells what a sum cannot, such as “warning”. `remark` tells what the source
leaves open. A `yearly` figure is published for its own year only; later it is told as the last known one.
A rule that `asks` puts its text to the clerk when facts nobody gives would decide it. `before = true` makes a
term run backwards from its event. Dates, numbers and texts are bounded: `domain.datasound`, `rules.kinds`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from migdesk.domain.datafile import Keys
from migdesk.domain.dataline import located
from migdesk.domain.errors import BadFile
from migdesk.i18n import N_
from migdesk.rules.amounts import read_amounts
from migdesk.rules.conditions import Name, names_of
from migdesk.rules.entries import (
    read_holidays,
    read_quota,
    read_regime,
    read_rule,
    read_setting,
    read_special_day,
    read_term,
    read_value,
)
from migdesk.rules.gaps import refuse_gaps
from migdesk.rules.kinds import MOST_HOLIDAYS
from migdesk.rules.overlay import lay_over
from migdesk.rules.pack import Dated, Kind, Pack, Regime
from migdesk.rules.sources import read_citations
from migdesk.rules.special_file import read_special


def load_packs(files: Iterable[tuple[str, str]]) -> list[Pack]:
    """All packs of an office from (name, text) pairs, checked one by one and then together.

    Raises:
        BadFile: names the file and key; also for a code that two files have for the same days.
    """
    packs: list[Pack] = []
    read: list[tuple[str, str]] = []
    for name, text in files:
        pack = load_pack(name, text)
        if pack.id in [other.id for other in packs]:
            raise BadFile(name, "id", N_("“{given}” stands here twice."), given=pack.id)
        packs.append(pack)
        read.append((name, text))
        with located(text):
            _refuse_overlaps(name, packs)
    for (name, text), pack in zip(read, packs, strict=True):
        with located(text):
            _refuse_dangling(name, pack, packs)
            refuse_gaps(name, pack, packs)
    return packs


def lay_pack_over(packs: Sequence[Pack], name: str, text: str) -> list[Pack]:
    """Packs with one more, read from the text of its file, laid over them: see `rules.overlay`.

    Raises:
        BadFile: names the file and key; also where the pack gives a figure another unit, looks up what no pack
            has, leaves a rule below without what it looks up, or leaves days between two of its periods empty.
    """
    later = load_pack(name, text)
    with located(text):
        return _laid(packs, name, later)


def _laid(packs: Sequence[Pack], name: str, later: Pack) -> list[Pack]:
    units = {value.code: value.unit for pack in packs for value in pack.values if pack.id != later.id}
    for value in later.values:
        if value.unit != units.get(value.code, value.unit):
            wrong = N_("The unit of this figure is {unit}.")
            raise BadFile(name, f"value {value.code}.unit", wrong, unit=units[value.code])
    found = lay_over(packs, later)
    for pack in found:
        _refuse_dangling(name, pack, found)
    refuse_gaps(name, later, found)
    return found


def load_pack(name: str, text: str) -> Pack:
    """One pack from the text of its file; `name` is what a mistake is reported under.

    Raises:
        BadFile: names the key and what is wrong with it.
    """
    with located(text):
        return _read_pack(name, text)


def _read_pack(name: str, text: str) -> Pack:
    top = Keys.parse(text, name, one_line=True)
    pack_id, version, title = top.code("id"), top.text("version"), top.texts("title")
    cites = read_citations(top)
    values = tuple(read_value(one, cites) for one in top.tables("value"))
    pack = Pack(
        id=pack_id,
        version=version,
        title=title,
        citations=tuple(cites.values()),
        values=values,
        terms=tuple(read_term(one, cites) for one in top.tables("term")),
        regimes=tuple(read_regime(one, cites) for one in top.tables("regime")),
        specials=tuple(read_special(one, cites) for one in top.tables("special")),
        amounts=tuple(rule for one in top.tables("amount") for rule in read_amounts(one, cites, values)),
        quotas=tuple(read_quota(one, cites) for one in top.tables("quota")),
        rules=tuple(read_rule(one, cites) for one in top.tables("rule")),
        settings=tuple(read_setting(one, cites) for one in top.tables("setting")),
        holidays=tuple(day for one in top.tables("holiday") for day in read_holidays(one, cites)),
        days=tuple(read_special_day(one, cites) for one in top.tables("day")),
    )
    top.end()
    if len(pack.holidays) > MOST_HOLIDAYS:
        raise top.bad("holiday", N_("A pack has at most {most} days of holidays."), most=MOST_HOLIDAYS)
    _refuse_overlaps(name, [pack])
    return pack


def _refuse_overlaps(name: str, packs: Sequence[Pack]) -> None:
    """Refuse what says two things about one day: the same code, or a citizen under two regimes."""
    groups: dict[tuple[object, ...], list[tuple[date, date | None]]] = defaultdict(list)
    for key, since, until in (row for pack in packs for row in _claims(pack)):
        groups[key].append((since, until))
    for key, spans in groups.items():
        for one, following in pairwise(sorted(spans, key=lambda span: span[0])):
            if one[1] is None or following[0] <= one[1]:
                place = " ".join(str(part) for part in key if part is not None)
                raise BadFile(name, place, N_("Two entries hold on {day}."), day=following[0].isoformat())


_Claim = tuple[tuple[object, ...], date, date | None]


def _claims(pack: Pack) -> Iterator[_Claim]:
    dated: list[tuple[Kind, str, Dated]] = [
        *((Kind.TERM, term.code, term) for term in pack.terms),
        *((Kind.AMOUNT, amount.code, amount) for amount in pack.amounts),
        *((Kind.RULE, rule.code, rule) for rule in pack.rules),
        *((Kind.REGIME, regime.code, regime) for regime in pack.regimes),
        *((Kind.SPECIAL, one.code, one) for one in pack.specials),
    ]
    for kind, code, entry in dated:
        yield (kind.value, code), entry.since, entry.until
    for regime in pack.regimes:
        yield from _regime_claims(regime)
    for value in pack.values:
        yield (Kind.VALUE.value, value.code), value.entries[0].since, None
    for setting in pack.settings:
        yield (Kind.SETTING.value, setting.code), date.min, None
    for quota in pack.quotas:
        yield (
            (
                Kind.QUOTA.value,
                quota.stream,
                quota.year,
                quota.category,
                quota.activity,
                quota.origin,
                quota.since,
            ),
            quota.since,
            quota.since,
        )
    for holiday in pack.holidays:
        key = (Kind.HOLIDAY.value, f"{holiday.month:02}-{holiday.day:02}")
        yield key, holiday.since, holiday.until
    for day in pack.days:
        yield ("day", day.on.isoformat()), day.on, day.on


def _regime_claims(regime: Regime) -> Iterator[_Claim]:
    condition = regime.only_if.option if regime.only_if else None
    for citizen in sorted(regime.citizens) or ["*"]:
        yield ("regime of", citizen, regime.basis, condition), regime.since, regime.until


def _refuse_dangling(name: str, pack: Pack, packs: Sequence[Pack]) -> None:
    """Refuse a rule that looks up a value, or a regime that asks a setting, which no pack has."""
    known = {Name("value", value.code) for other in packs for value in other.values}
    known |= {Name("term", term.code) for other in packs for term in other.terms}
    options = {setting.code: setting.options for other in packs for setting in other.settings}
    for rule in pack.rules:
        for one in sorted(names_of(rule.when) - known, key=lambda one: one.code):
            if one.kind != "fact":
                place = f"rule {rule.code}.when"
                raise BadFile(name, place, N_("There is no value or term “{code}”."), code=one.code)
    for regime in pack.regimes:
        asked = regime.only_if
        if asked and asked.option not in options.get(asked.setting, ()):
            raise BadFile(
                name,
                f"regime {regime.code}.only_if",
                N_("There is no setting “{code}” with this option."),
                code=asked.setting,
            )
