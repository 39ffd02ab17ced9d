"""Days between two periods of a term or a sum on which no pack says anything: a slip of the pen, not law."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from migdesk.domain.errors import BadFile
from migdesk.i18n import N_
from migdesk.rules.pack import AmountRule, Kind, Pack, Term

_DAY = timedelta(days=1)
_REVIVED = timedelta(days=366)
"""What was ended longer ago and begins again was brought back by an act."""


def refuse_gaps(name: str, pack: Pack, packs: Sequence[Pack]) -> None:
    """Refuse a term or a sum of a pack that stops and begins again while no pack speaks of the days between.

    Regimes, rules and special regimes may stop for a time; terms and sums change from one day to the next, or end
    for more than a year.

    Raises:
        BadFile: names the entry and the days.
    """
    periods: dict[tuple[Kind, str], list[Term | AmountRule]] = defaultdict(list)
    for one in packs:
        for term in one.terms:
            periods[Kind.TERM, term.code].append(term)
        for amount in one.amounts:
            periods[Kind.AMOUNT, amount.code].append(amount)
    asked = [(Kind.TERM, term.code) for term in pack.terms]
    asked += [(Kind.AMOUNT, amount.code) for amount in pack.amounts]
    for kind, code in dict.fromkeys(asked):
        for before, after in pairwise(sorted(periods[kind, code], key=lambda one: one.since)):
            if before.until and _DAY < after.since - before.until <= _REVIVED:
                empty = N_("Nothing holds from {first} to {last}: say what does, or let the periods meet.")
                first, last = before.until + _DAY, after.since - _DAY
                place = f"{kind.value} {code}"
                raise BadFile(name, place, empty, first=first.isoformat(), last=last.isoformat())
