"""One pack laid over others: for the days it speaks of a code, what it says takes the place of what they said.

Law changes in the middle of cases. An office writes a new figure, term or order down as a pack of its own, in the
same format as the shipped ones; laid over them it holds for its days, and before and after them they go on as they
were. Nothing of the earlier packs is edited, so taking the later one away gives back what was.

A figure holds until the next figure of its code, whichever pack gives that one. A regime takes its citizens out of
the earlier regimes of their ground. A quota order takes the place of the regions it names in an earlier order of
the same first day. A setting or a single day is replaced whole, and so is a special regime said anew from its first
day: what it prolongs cannot be cut at a day. A file of a public service holds whole for its days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from migdesk.rules.pack import (
    AmountRule,
    DatedValue,
    Holiday,
    Pack,
    QuotaTable,
    Regime,
    Rule,
    Special,
    Term,
    ValueEntry,
)
from migdesk.rules.procedure import Procedure

P = TypeVar("P", Term, Regime, Special, AmountRule, Rule, Holiday, Procedure)

_DAY = timedelta(days=1)


def lay_over(packs: Sequence[Pack], later: Pack) -> list[Pack]:
    """The packs with a later one on top; an earlier pack of the same id is replaced whole."""
    below = [_less(pack, later) for pack in packs if pack.id != later.id]
    return _with_one_line_of_figures([*below, later])


def lay_service_over(services: Sequence[Procedure], later: Procedure) -> list[Procedure]:
    """The services with a later file of one: it holds for its days, the earlier files of its code for the others."""
    return [*_cut(services, [later], _same_code), later]


def _less(pack: Pack, later: Pack) -> Pack:
    """What is left of a pack where a later one does not speak."""
    settings, days = {one.code for one in later.settings}, {one.on for one in later.days}
    return replace(
        pack,
        terms=_cut(pack.terms, later.terms, _same_code),
        regimes=tuple(_without_citizens(_cut(pack.regimes, later.regimes, _same_code), later.regimes)),
        specials=_cut(_uncorrected(pack.specials, later.specials), later.specials, _same_code),
        amounts=_cut(pack.amounts, later.amounts, _same_code),
        rules=_cut(pack.rules, later.rules, _same_code),
        holidays=_cut(pack.holidays, later.holidays, _same_day_of_year),
        quotas=tuple(_without_regions(pack.quotas, later.quotas)),
        settings=tuple(one for one in pack.settings if one.code not in settings),
        days=tuple(one for one in pack.days if one.on not in days),
    )


def _uncorrected(earlier: Iterable[Special], later: Iterable[Special]) -> Iterator[Special]:
    """Special regimes but those that a later pack says anew from their first day: a correction, taken whole."""
    corrected = {(one.code, one.since) for one in later}
    return (one for one in earlier if (one.code, one.since) not in corrected)


def _same_code(one: P, other: P) -> bool:
    return not isinstance(one, Holiday) and not isinstance(other, Holiday) and one.code == other.code


def _same_day_of_year(one: Holiday, other: Holiday) -> bool:
    return (one.month, one.day) == (other.month, other.day)


def _cut(earlier: Iterable[P], later: Iterable[P], same: Callable[[P, P], bool]) -> tuple[P, ...]:
    """Entries less the days on which a later entry of the same thing holds."""
    left = list(earlier)
    for new in later:
        left = [piece for old in left for piece in (_outside(old, new) if same(old, new) else (old,))]
    return tuple(left)


def _outside(old: P, new: P) -> Iterator[P]:
    """The parts of an entry before and after the days of another."""
    if (new.until is not None and new.until < old.since) or (old.until is not None and old.until < new.since):
        yield old
        return
    if old.since < new.since:
        yield replace(old, until=new.since - _DAY)
    if new.until is not None and (old.until is None or new.until < old.until):
        yield replace(old, since=new.until + _DAY)


def _inside(old: Regime, new: Regime) -> Regime | None:
    """The part of an entry on the days of another."""
    since = max(old.since, new.since)
    until = min((day for day in (old.until, new.until) if day is not None), default=None)
    return None if until is not None and until < since else replace(old, since=since, until=until)


def _without_citizens(earlier: Iterable[Regime], later: Iterable[Regime]) -> Iterator[Regime]:
    left = list(earlier)
    for new in later:
        left = [piece for old in left for piece in _regime_less(old, new)]
    yield from left


def _regime_less(old: Regime, new: Regime) -> Iterator[Regime]:
    """A regime less the citizens, and the days, of a later one of the same ground and setting."""
    asked = (old.basis, old.only_if) == (new.basis, new.only_if)
    meet = _inside(old, new)
    if not asked or meet is None or bool(old.citizens) != bool(new.citizens):
        yield old
        return
    if old.citizens and not old.citizens & new.citizens:
        yield old
        return
    yield from _outside(old, new)
    if others := old.citizens - new.citizens:
        yield replace(meet, citizens=others)


def _without_regions(earlier: Iterable[QuotaTable], later: Iterable[QuotaTable]) -> Iterator[QuotaTable]:
    named: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for new in later:
        named[_order(new)] |= set(new.regions)
    for old in earlier:
        gone = named[_order(old)]
        if regions := {code: units for code, units in old.regions.items() if code not in gone}:
            yield replace(old, regions=regions)


def _order(table: QuotaTable) -> tuple[object, ...]:
    return table.stream, table.year, table.category, table.activity, table.origin, table.since


def _with_one_line_of_figures(packs: Sequence[Pack]) -> list[Pack]:
    """The packs with each figure lasting to the day before the next of its code in any of them.

    Of two figures with one first day the later pack's holds; the other is left out.
    """
    firsts: dict[str, dict[date, int]] = defaultdict(dict)
    for position, pack in enumerate(packs):
        for value in pack.values:
            firsts[value.code] |= {entry.since: position for entry in value.entries}
    found = [
        replace(pack, values=tuple(_values(pack, position, firsts))) for position, pack in enumerate(packs)
    ]
    figures: dict[str, list[ValueEntry]] = defaultdict(list)
    for value in (value for pack in found for value in pack.values):
        figures[value.code] += value.entries
    return [replace(pack, amounts=tuple(_following(pack.amounts, figures))) for pack in found]


def _following(
    amounts: Iterable[AmountRule], figures: Mapping[str, Sequence[ValueEntry]]
) -> Iterator[AmountRule]:
    """Amounts, those that follow a figure with an entry for each figure that holds now."""
    done: set[str] = set()
    for amount in amounts:
        if amount.follows is None:
            yield amount
        elif amount.code not in done:
            done.add(amount.code)
            for one in sorted(figures[amount.follows], key=lambda entry: entry.since):
                yield replace(amount, since=one.since, until=one.until, citation=one.citation)


def _values(pack: Pack, position: int, firsts: dict[str, dict[date, int]]) -> Iterator[DatedValue]:
    for value in pack.values:
        days = firsts[value.code]
        entries = tuple(
            replace(entry, until=_day_before_next(entry.since, days))
            for entry in value.entries
            if days[entry.since] == position
        )
        if entries:
            yield replace(value, entries=entries)


def _day_before_next(since: date, days: Iterable[date]) -> date | None:
    following = min((day for day in days if day > since), default=None)
    return following - _DAY if following else None
