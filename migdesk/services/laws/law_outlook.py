"""What another law would change in this office, in words: due days, sums, limits of quotas, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from migdesk.domain.fields import spec
from migdesk.domain.finding import Finding, note, warn
from migdesk.domain.money import Tenge, signed
from migdesk.domain.person import Person
from migdesk.i18n import N_, _
from migdesk.rules.law import Law
from migdesk.services.desk import Desk
from migdesk.services.laws import service_effects
from migdesk.services.laws.law_effects import Effect, effects
from migdesk.services.laws.limit_effects import LimitChange, limit_changes
from migdesk.services.laws.service_effects import CaseChange

MOST_NAMED = 300
"""Changes that are named one by one; all are counted."""


class Foretold(NamedTuple):
    """Due days and sums that another law gives anew, limits of quotas, and cases whose service changes."""

    effects: list[Effect]
    limits: list[LimitChange]
    cases: list[CaseChange]


def outlook(desk: Desk, law: Law) -> Foretold:
    """What another law would change in this office."""
    return Foretold(
        list(effects(desk, law)), limit_changes(desk, law), service_effects.case_changes(desk, law, desk.law)
    )


def told(found: Foretold) -> list[Finding]:
    """The same as remarks: how many days and sums, each limit, and the cases whose papers change."""
    changed, limits, cases = found
    days = sum(one.field != "tenge" for one in changed)
    sums = [one for one in changed if one.field == "tenge"]
    remarks = []
    if days:
        remarks.append(note("law.days", N_("Due days that change: {n}"), None, n=days))
    if sums:
        difference = sum(_tenge(one.after) - _tenge(one.before) for one in sums)
        message = N_("Sums to be paid that change: {n}, together by {tenge} ₸")
        remarks.append(note("law.sums", message, None, n=len(sums), tenge=signed(difference)))
    more = [paid - _tenge(one.after) for one in sums if isinstance(paid := one.along.get("paid"), int)]
    if over := [tenge for tenge in more if tenge > 0]:
        message = N_(
            "Sums brought below what was paid of them: {n}. They count as paid, {tenge} ₸ are overpaid."
        )
        remarks.append(warn("law.overpaid", message, None, n=len(over), tenge=Tenge(sum(over))))
    remarks += [*told_limits(limits), *service_effects.told(cases)]
    if not remarks:
        remarks.append(note("law.nothing", N_("No due day, sum or limit of this office changes.")))
    return remarks


def told_limits(limits: Iterable[LimitChange]) -> list[Finding]:
    """The limits of quotas that change, as remarks."""
    remarks = []
    for one in limits:
        was, will = (_(N_("none")) if units is None else str(units) for units in (one.before, one.after))
        message = N_("Quota {code}, {region}: {before} → {after}")
        shown = {"code": one.code, "region": one.region, "before": was, "after": will}
        remarks.append(note("law.limit", message, None, **shown))
        if one.after is not None and one.allotted > one.after:
            message = N_("More is allotted than that: {allotted}")
            remarks.append(warn("law.over", message, None, allotted=one.allotted))
    return remarks


def _tenge(value: date | int | None) -> int:
    return value if isinstance(value, int) else 0


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One change by name: what changes (an English message), whose it is, the rule, and the two days or sums."""

    what: str
    name: str
    code: str
    before: date | int | None
    after: date | int | None


def named(desk: Desk, found: Iterable[Effect], most: int = MOST_NAMED) -> list[EffectLine]:
    """The first changes with the names of those they touch."""
    return list(_named(desk, list(found)[:most]))


def _named(desk: Desk, found: Iterable[Effect]) -> Iterator[EffectLine]:
    for one in found:
        person = desk.store.find(Person, one.person)
        label = spec(one.table, one.field).field.label
        yield EffectLine(label, person.full_name if person else "", one.code, one.before, one.after)
