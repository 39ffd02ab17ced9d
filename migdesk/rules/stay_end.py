"""The last lawful day of somebody who stays on: by his entry, and by the permits that carry the stay further.

A permit carries the stay on when it begins no later than the day after the last lawful one, or has begun already:
what was unlawful before it stays unlawful, and is no longer what the stay ends by. Special regimes move the last
day of each. Part of `rules.stay`, which says what law this follows and what is open in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from migdesk.domain.arrival import StayBasis
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, Severity
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.presence import plus
from migdesk.rules.specials import Lasting
from migdesk.rules.stay import judge_stay
from migdesk.rules.stay_count import over_stayed, prolonged
from migdesk.rules.stay_question import StayJudgement, StayQuestion

_ENDED = frozenset({"stay.over", "stay.over_disputed", "stay.used_up"})


@dataclass(frozen=True, slots=True)
class Ground:
    """A permit by which somebody may be here: its kind, the ground it gives, its days, and its number.

    A revoked one gave way to something else: where nothing else is known, nor is the end of the stay.
    """

    kind: str
    basis: StayBasis
    since: date | None
    until: date | None
    number: str = ""
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class StayEnd:
    """How a stay ends: on a day, never (`endless`), or nobody knows; and the permit that carries it to its end."""

    last: date | None
    endless: bool = False
    ground: Ground | None = None


def last_lawful_day(law: Law, question: StayQuestion, grounds: Sequence[Ground], on: date) -> date | None:
    """The last lawful day of the visit that goes on; nothing when it has no end or none is known.

    `question` has the ground of the entry alone. Of a stay that was never lawful it is the day before the entry.
    """
    first = _by_entry(law, question)
    entered = max((one.entered for one in question.crossings), default=None)
    return carried(law, question.citizenship, first, grounds, entered or on, on).last


@lru_cache(maxsize=8192)
def _by_entry(law: Law, question: StayQuestion) -> StayEnd:
    """The end by the entry alone; many people of one country came on one day."""
    entered = max((one.entered for one in question.crossings), default=None)
    if entered is None:
        return StayEnd(_of_document(law, question))
    return end_of(judge_stay(law, question, entered), entered)


def _of_document(law: Law, question: StayQuestion) -> date | None:
    """The day written in a document of which no entry is known, moved by special regimes."""
    if question.valid_until is None:
        return None
    thing = Lasting(ground=question.basis, citizenship=question.citizenship)
    return law.specials.lasts(thing, question.valid_until)[0]


def end_of(found: StayJudgement, entered: date) -> StayEnd:
    """How a stay ends that was judged."""
    if found.last_lawful_day is not None:
        return StayEnd(found.last_lawful_day)
    if any(one.code == "stay.used_up" for one in found.why):
        return StayEnd(plus(entered, -1))
    return StayEnd(None, endless=found.lawful is True)


def carried(
    law: Law, citizenship: str, first: StayEnd, grounds: Iterable[Ground], entered: date, on: date
) -> StayEnd:
    """The end that permits give to a stay which ends by its entry as `first` says."""
    end = first
    for one in sorted(grounds, key=lambda ground: ground.since or date.min):
        since = one.since or date.min
        if end.endless:
            return end
        if one.until is not None and (one.until < entered or one.until < since):
            continue
        if since > on and (end.last is None or since > plus(end.last, 1)):
            continue
        if end.last is None and one.revoked:
            continue
        until = last_day_of(law, citizenship, one, entered)
        if until is None:
            return StayEnd(None, endless=True, ground=one)
        if end.last is None or until > end.last:
            end = StayEnd(until, ground=one)
    return end


def last_day_of(law: Law, citizenship: str, ground: Ground, entered: date = date.min) -> date | None:
    """The last day by a permit, moved by special regimes; nothing when it gives a stay without an end."""
    regime = law.regime(citizenship, ground.basis, max(ground.since or entered, entered))
    if ground.until is None or (regime is not None and regime.ends == "never"):
        return None
    if ground.revoked:
        return ground.until
    thing = Lasting(ground=ground.basis, permit=ground.kind, citizenship=citizenship)
    return law.specials.lasts(thing, ground.until)[0]


def carry_on(
    law: Law, citizenship: str, found: StayJudgement, grounds: Iterable[Ground], entered: date, judged: date
) -> StayJudgement:
    """The judgement of a stay by one ground, with its end by all of them; `judged` is the day that is judged."""
    first = end_of(found, entered)
    if any(one.code == "stay.gap" for one in found.why):
        return found
    end = carried(law, citizenship, first, grounds, entered, judged)
    if end.ground is None or (found.lawful is True and first.last is None):
        return found
    why = [one for one in found.why if one.code not in _ENDED]
    why.append(_told(end.ground, end.last))
    if end.last is not None and end.ground.until not in (None, end.last):
        found, why = _by_regimes(law, citizenship, replace(found, why=tuple(why)), end.ground, end.last)
    if end.last is not None and judged > end.last:
        regime = law.regime(citizenship, end.ground.basis, end.ground.since or entered)
        if regime is not None:
            why.append(over_stayed(end.last, judged, regime.citation.source))
        return replace(found, lawful=False, last_lawful_day=end.last, why=tuple(why))
    return replace(found, lawful=True, last_lawful_day=end.last, why=tuple(why))


def _by_regimes(
    law: Law, citizenship: str, found: StayJudgement, ground: Ground, last: date
) -> tuple[StayJudgement, list[Finding]]:
    """The judgement of a stay whose permit lasts longer by special regimes, and what is to be told of it."""
    own = ground.until or last
    thing = Lasting(ground=ground.basis, permit=ground.kind, citizenship=citizenship)
    used = law.specials.lasts(thing, own)[1]
    told = [one for one in found.why if one.code not in ("stay.prolonged", "stay.extended")]
    moved = replace(found, extended_by=tuple(one.code for one in used), own_last_day=own)
    return moved, [*told, *prolonged(own, last, used)]


def _told(ground: Ground, last: date | None) -> Finding:
    message = N_("The stay goes on by the permit {number}, until {day}.")
    if last is None:
        message = N_("The stay goes on by the permit {number}, which gives it no end.")
    values = {"number": ground.number, "day": show_day(last)}
    return Finding(Severity.NOTE, "stay.goes_on", message, "permits", values)
