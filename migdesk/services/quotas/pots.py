"""Pots of the quota as they stand: sums, limits by day, forecast, and a light with its reasons. Writes nothing.

An order sets its limit for a region and category; pots that are divided further by activity or country share that
limit, unless an order gave a share its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, refuse_if_blocked
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, Severity, Source, block, warn
from migdesk.domain.quota import Balance, Quota, Stream
from migdesk.i18n import N_
from migdesk.rules.pack import COUNTRY, QuotaLimit
from migdesk.services.desk import Desk
from migdesk.store import quotas as ledger
from migdesk.store.quotas import PotKey

FEW = 10
"""Below a tenth of what is allotted the light is amber."""


@dataclass(frozen=True, slots=True)
class Pot:
    """Which pot is meant; category, activity (section of OKED) and country are empty where it is not divided."""

    stream: Stream
    region: str
    year: int
    category: str = ""
    activity: str = ""
    country: str = ""

    @property
    def key(self) -> PotKey:
        """By what the pot is found."""
        return self.stream, self.year, self.region, self.category, self.activity, self.country


class Light(StrEnum):
    """Whether units may be given: plenty, with a thought, not at all."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @classmethod
    def labels(cls) -> dict[Light, str]:
        """What a person reads."""
        return {cls.GREEN: N_("yes, enough"), cls.AMBER: N_("with a thought"), cls.RED: N_("no")}


@dataclass(frozen=True, slots=True)
class PotState:
    """A pot's sums on a day, the act behind its limit, and when it runs out at the present rate.

    `reasons` are why the light is not green; `waiting` says how many wait in line for it.
    """

    pot: Pot
    balance: Balance
    forecast: date | None
    source: Source | None
    reasons: tuple[Finding, ...] = ()
    waiting: int = 0

    @property
    def light(self) -> Light:
        """The worst of the reasons."""
        if any(one.severity is Severity.BLOCK for one in self.reasons):
            return Light.RED
        return Light.AMBER if self.reasons else Light.GREEN


@dataclass(frozen=True, slots=True)
class Limits:
    """Pots that share a published limit, and the orders that set it, each in force until the next."""

    pots: Sequence[Quota]
    steps: Sequence[QuotaLimit]

    def on(self, day: date) -> QuotaLimit | None:
        """The order in force on a day."""
        return next((one for one in reversed(self.steps) if one.since <= day), None)


def check_pot(desk: Desk, pot: Pot, *, on: date | None = None, units: int = 1) -> PotState:
    """The sums of a pot and whether `units` may be given; writes nothing. An unknown pot has only its limit.

    Raises:
        Invalid: the region, category, activity or country is none.
    """
    refuse_unknown(desk, pot)
    day = max(on or desk.today, date(pot.year, 1, 1))
    found = ledger.find_pot(desk.store, pot.key)
    published = limit_on(desk, pot, day)
    limit = published.units if published else None
    source = published.citation.source if published else None
    balance = ledger.balance(desk.store, found, day, limit) if found else Balance(limit, 0, 0, 0)
    if found is None:
        return PotState(pot, balance, None, source, tuple(_reasons(pot, balance, None, units)))
    ends = forecast(desk, found, balance, day)
    line = len(ledger.waiting(desk.store, found))
    reasons = [*_reasons(pot, balance, ends, units), *_line(line)]
    return PotState(pot, balance, ends, source, tuple(reasons), line)


def list_pots(desk: Desk, year: int, *, on: date | None = None) -> list[PotState]:
    """Every pot of a year that the office has touched, with its sums on a day, today when none is named."""
    return [check_pot(desk, pot_of(one), on=on) for one in ledger.pots(desk.store, year)]


def pot_of(found: Quota) -> Pot:
    """The pot of a record."""
    assert found.stream is not None
    assert found.year is not None
    return Pot(found.stream, found.region, found.year, found.category, found.activity, found.country)


def pot_for(desk: Desk, pot: Pot, activity: str, country: str) -> Pot:
    """Of the pots of a limit the one most closely divided that fits an activity (OKED) and a country.

    Nothing is chosen by them where the office did not divide its units so.
    """
    section = section_of(desk, activity)
    fitting = [
        one
        for one in map(pot_of, ledger.pots_beside(desk.store, pot.key))
        if one.activity in ("", section) and one.country in ("", country)
    ]
    return max(fitting, key=lambda one: (bool(one.activity) + bool(one.country), one.activity), default=pot)


def section_of(desk: Desk, activity: str) -> str:
    """The section of OKED, a letter, in which an activity stands; nothing for one that is not in the list."""
    rows, code = desk.lists.items("oked"), activity.strip()
    while code in rows and (parent := rows[code].more.get("parent")):
        code = parent
    if code in rows:
        return code
    return section_of(desk, code[:2]) if code[:2] != code and code[:2] in rows else ""


def limits_of(desk: Desk, pot: Pot) -> list[Limits]:
    """The limits of a pot: that of its region and category, and that of its share where an order names it."""
    category = pot.category or None
    beside = ledger.pots_beside(desk.store, pot.key)
    found = [Limits(beside, desk.law.quota_steps(pot.stream, pot.region, pot.year, category))]
    divided = (pot.activity, pot.country)
    own = desk.law.quota_steps(pot.stream, pot.region, pot.year, category, divided) if any(divided) else []
    if own:
        found.append(Limits([one for one in beside if pot_of(one) == pot], own))
    return found


def limit_on(desk: Desk, pot: Pot, day: date) -> QuotaLimit | None:
    """The closest limit of a pot by the order in force on a day; a pot of another year has that of its last day."""
    within = min(max(day, date(pot.year, 1, 1)), date(pot.year, 12, 31))
    known = (one.on(within) for one in reversed(limits_of(desk, pot)))
    return next((one for one in known if one), None)


def quote_limit(desk: Desk, pot: Pot, on: date) -> list[dict[str, object]]:
    """What a decision stores of the limit it was made under, ready for JSON; nothing where no order gives one."""
    limit = limit_on(desk, pot, on)
    if limit is None or limit.since > on:
        return []
    values = {"region": limit.region, "category": limit.category, "units": limit.units, "unit": limit.unit}
    source = limit.citation.source.as_json() | {"address": limit.citation.source.address}
    code = f"quota.{limit.stream}.{limit.year}"
    return [{"on": on.isoformat(), "code": code, "kind": "quota", "values": values, "source": source}]


def words_of(desk: Desk, pot: Pot) -> str:
    """Whose quota it is, where, and of which share, in the current language."""
    label = desk.lists.label("labour_categories", pot.category) if pot.category else ""
    category = f"{pot.category} — {label}" if pot.category.isdigit() else label
    divided = (desk.lists.label("oked", pot.activity), desk.lists.label("countries", pot.country))
    parts = (choice_label(pot.stream), desk.lists.label("kato", pot.region), category, *divided)
    return ", ".join(part for part in parts if part)


def burn_down(desk: Desk, pot: Pot) -> list[tuple[date, int]]:
    """Units used by each week's end."""
    found = ledger.find_pot(desk.store, pot.key)
    last = min(max(desk.today, date(pot.year, 1, 1)), date(pot.year, 12, 31))
    return ledger.burn_down(desk.store, found, last) if found else []


def partners(desk: Desk, pot: Pot) -> list[tuple[str, str, int, int]]:
    """With whom units of a pot were exchanged: name, who that is, handed over, received."""
    found = ledger.find_pot(desk.store, pot.key)
    return ledger.partners(desk.store, found, max(desk.today, date(pot.year, 1, 1))) if found else []


def refuse_unknown(desk: Desk, pot: Pot) -> None:
    """Refuse a pot that cannot be.

    Raises:
        Invalid: its category, region, activity or country is in no order or list.
    """
    refuse_if_blocked(_check_category(desk, pot))
    if pot.region != COUNTRY and not desk.lists.has("kato", pot.region):
        message = N_("“{code}” is not the code of a region.")
        raise Invalid([block("unknown_region", message, "region", code=pot.region)])
    if pot.activity and section_of(desk, pot.activity) != pot.activity:
        message = N_("“{code}” is not a section of the classifier of activities (a letter).")
        raise Invalid([block("unknown_activity", message, "activity", code=pot.activity)])
    if pot.country and not desk.lists.has("countries", pot.country):
        message = N_("“{code}” is not in the list.")
        raise Invalid([block("unknown_code", message, "country", code=pot.country)])


def forecast(desk: Desk, found: Quota, balance: Balance, day: date) -> date | None:
    """The day the free units end at the rate of the last 90 days; `None` when they last to the end of the year."""
    span = min(90, (day - date(day.year, 1, 1)).days + 1)
    used = ledger.used_since(desk.store, found, day - timedelta(days=span - 1), day)
    if used <= 0:
        return None
    if balance.free <= 0:
        return day
    days = -(-balance.free * span // used)
    return day + timedelta(days=days) if days <= (date(day.year, 12, 31) - day).days else None


def _check_category(desk: Desk, pot: Pot) -> list[Finding]:
    """A block for a category that no order names; most quotas have none at all."""
    known = desk.law.quota_categories(pot.stream)
    if not pot.category or pot.category in known:
        return []
    if not known:
        message = N_("This quota has no categories: leave “{code}” out.")
        return [block("unknown_category", message, "category", code=pot.category)]
    values = {"code": pot.category, "known": ", ".join(known)}
    return [block("unknown_category", N_("“{code}” is none of: {known}."), "category", **values)]


def _reasons(pot: Pot, sums: Balance, ends: date | None, units: int) -> Iterator[Finding]:
    """Why units cannot be given, or should be given with care."""
    taken = sums.reserved + sums.used
    if sums.free < units:
        message = N_("{units} asked, {free} free in the quota of {year}.")
        yield block("quota.exhausted", message, "units", units=units, free=sums.free, year=pot.year)
    elif sums.limit is not None and taken + units > sums.limit:
        message = N_("The region's limit is {limit}; {taken} are taken already.")
        yield block("quota.over_limit", message, "units", limit=sums.limit, taken=taken)
    elif (sums.free - units) * FEW < sums.allotted:
        message = N_("Under a tenth of what is allotted is left: {free} of {allotted}.")
        yield warn("quota.few", message, "units", free=sums.free, allotted=sums.allotted)
    if sums.limit is None:
        yield no_limit(pot)
    if ends and sums.free >= units:
        message = N_("At the present pace the units end on {day}.")
        yield warn("quota.ends", message, "units", day=show_day(ends))
    if sums.expired:
        message = N_("Went back to the pot with their last day: {n}. Renew or release them.")
        yield warn("quota.expired", message, "units", n=sums.expired)


def no_limit(pot: Pot) -> Finding:
    """That no order known here says how much a region may have."""
    message = N_("No limit is known for this region and {year}: how much may be allotted, only the act says.")
    return warn("quota.no_limit", message, "units", year=pot.year)


def _line(waiting: int) -> Iterator[Finding]:
    if waiting:
        message = N_("In the waiting list: {n}. Units are given in its order.")
        yield warn("quota.line", message, "units", n=waiting)
