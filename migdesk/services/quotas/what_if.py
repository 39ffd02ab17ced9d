"""What if these applications were granted now: who would be included, who not, and when the pot would end then.

Nothing is written. Applications are taken in their order against the units free on every day from today on; one that
does not fit does not stop a smaller one behind it, but that one is told to come only past it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from migdesk.domain.case import Case, CaseState
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import block
from migdesk.domain.quota import Balance
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.facts.members import persons_of
from migdesk.services.quotas import pots, quota_guard, waiting
from migdesk.services.quotas.pots import Pot, PotState
from migdesk.store import quotas as ledger


class Outcome(StrEnum):
    """What would become of an application."""

    INCLUDED = "included"
    PAST_OTHERS = "past_others"
    LEFT_OUT = "left_out"

    @classmethod
    def labels(cls) -> dict[Outcome, str]:
        """What a person reads."""
        return {
            cls.INCLUDED: N_("would be included"),
            cls.PAST_OTHERS: N_("fits only past somebody before"),
            cls.LEFT_OUT: N_("would not be included"),
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """One application: what it is called, how many units it needs, its case or entry if there is one."""

    label: str
    units: int
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One application and what would become of it; `free` is what would be left after it."""

    wanted: Wanted
    outcome: Outcome
    free: int


@dataclass(frozen=True, slots=True)
class Supposed:
    """A pot as it is and as it would be."""

    before: PotState
    after: PotState
    lines: tuple[Line, ...]

    def units(self, *outcomes: Outcome) -> int:
        """Units of the applications with these outcomes."""
        return sum(one.wanted.units for one in self.lines if one.outcome in outcomes)


def suppose(desk: Desk, pot: Pot, wanted: Sequence[Wanted]) -> Supposed:
    """Take applications in their order from what is free in a pot; writes nothing.

    Raises:
        Invalid: nothing is asked, or the pot cannot be.
    """
    if not wanted or any(one.units < 1 for one in wanted):
        raise Invalid([block("no_units", N_("Say how many units."), "units")])
    before = pots.check_pot(desk, pot)
    free = _free(desk, pot)
    lines, full = [], False
    for one in wanted:
        fits = one.units <= free
        if fits:
            free -= one.units
        outcome = Outcome.INCLUDED if fits and not full else Outcome.PAST_OTHERS if fits else Outcome.LEFT_OUT
        full = full or not fits
        lines.append(Line(one, outcome, free))
    taken = sum(one.wanted.units for one in lines if one.outcome is not Outcome.LEFT_OUT)
    return Supposed(before, _after(desk, pot, before, taken), tuple(lines))


def _free(desk: Desk, pot: Pot) -> int:
    """What may be taken: free on every day from now on, and within the orders."""
    found = ledger.find_pot(desk.store, pot.key)
    if found is None:
        return 0
    free = quota_guard.lowest_free(desk, found, desk.today)
    return max(0, min([free, *quota_guard.within_limits(desk, pot, desk.today)]))


def _after(desk: Desk, pot: Pot, before: PotState, taken: int) -> PotState:
    sums = before.balance
    after = Balance(sums.limit, sums.allotted, sums.reserved + taken, sums.used, sums.expired)
    found = ledger.find_pot(desk.store, pot.key)
    day = max(desk.today, date(pot.year, 1, 1))
    ends = pots.forecast(desk, found, after, day) if found else None
    return replace(before, balance=after, forecast=ends)


def of_count(units: int, *, each: int = 1) -> list[Wanted]:
    """So many applications of so many units each."""
    return [Wanted(f"№ {n}", each) for n in range(1, units + 1)]


def of_cases(desk: Desk, pot: Pot, chosen: Sequence[str] | None = None) -> list[Wanted]:
    """Open cases that would take units of a pot, in the order of filing; `chosen` are uids, all when not named."""
    found = desk.store.live(Case, state=CaseState.OPEN, order="applied_on, id")
    return [
        Wanted(case.number, len(persons_of(desk, case)), case.uid)
        for case in found
        if (chosen is None or case.uid in chosen) and waiting.pot_of_case(desk, case) == pot
    ]


def of_line(desk: Desk, pot: Pot) -> list[Wanted]:
    """Who waits in line for a pot, in the order of entry."""
    places = waiting.line(desk, pot)
    return [Wanted(f"{one.entry.number} {one.name}", one.entry.units or 1, one.entry.uid) for one in places]
