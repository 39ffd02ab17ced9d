"""Stays that were shortened by a decision: the visit that goes on ends by the day named there, not later.

The decision touches what was then: a later entry begins a new stay, and a permit granted after it carries the stay
on again. How a stay is shortened was not read in any act; the decision is kept as it was written down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from migdesk.domain.case import Case, CaseState
from migdesk.domain.finding import Source
from migdesk.domain.stay_facts import SHORTENED
from migdesk.rules.law import Law
from migdesk.rules.stay_count import over_stayed
from migdesk.rules.stay_end import Ground, StayEnd, carried
from migdesk.rules.stay_question import StayJudgement
from migdesk.store.database import Store


class Cut(NamedTuple):
    """One decision: its day, and the last day to leave."""

    decided: date
    leave_by: date


def cuts_of(store: Store, people: Sequence[str]) -> dict[str, list[Cut]]:
    """The decisions by person."""
    found = defaultdict[str, list[Cut]](list)
    marks = ", ".join("?" * len(people))
    sql = f"""SELECT c.person, c.decided_on, d.value FROM cases c JOIN case_detail d ON d.[case] = c.uid
        WHERE c.person IN ({marks}) AND c.service = ? AND c.state = ? AND c.decided_on IS NOT NULL
        AND c.annulled_on IS NULL AND d.key = 'leave_by' AND d.annulled_on IS NULL AND d.value <> ''"""
    for person, decided, day in store.rows(sql, [*people, SHORTENED, CaseState.GRANTED.value]):
        found[person].append(Cut(date.fromisoformat(decided), date.fromisoformat(day)))
    return found


def of_cases(cases: Iterable[tuple[Case, date]]) -> list[Cut]:
    """The decisions of granted cases with their last days to leave."""
    return [Cut(case.decided_on, day) for case, day in cases if case.decided_on]


def in_force(cuts: Iterable[Cut], entered: date | None, on: date) -> Cut | None:
    """The decision that holds for the visit which began on a day: the last one; nothing where there is none."""
    held = [one for one in cuts if one.decided <= on and (entered is None or entered <= one.decided)]
    return max(held, default=None)


def shorten(
    law: Law,
    citizenship: str,
    last: date | None,
    cut: Cut,
    later: Iterable[Ground],
    entered: date | None,
    on: date,
) -> StayEnd:
    """The end of a stay which without the decision would end on a day, or never; `later` permits carry it on."""
    first = StayEnd(min(last or date.max, cut.leave_by))
    return carried(law, citizenship, first, later, entered or on, on)


def judge(found: StayJudgement, end: StayEnd, judged: date, source: Source) -> StayJudgement:
    """The judgement of a stay that a decision shortened to another end."""
    if end.endless or end.last is None or end.last == found.last_lawful_day:
        return found
    if judged <= end.last:
        return replace(found, last_lawful_day=end.last)
    why = [one for one in found.why if one.code != "stay.over"]
    why.append(over_stayed(end.last, judged, source))
    return replace(found, lawful=False, last_lawful_day=end.last, why=tuple(why))
