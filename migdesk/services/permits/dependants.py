"""Whom a change of a permit touches beside its holder: permits that rest on it, and those of the family.

That they are extended or end with it was read in no act [U], so nothing is done for them by itself: they are named
before the change is saved, and the clerk decides for each. Of the kinds that are given to families (`family` in the
list of kinds) those he ticks are changed along, in the same op.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store import families as shelf

_RESTS = N_(
    "Rests on this permit: {name}, {number} until {day}. That it follows was read in no act: decide for it."
)
KINDS = "permit_kinds"
_FAMILY = N_("Of the family, with a permit of the same kind: {name}, {number} until {day}.")


@dataclass(frozen=True, slots=True)
class Dependant:
    """A permit in force that a change touches, and its holder; `rests` when it names the other one itself.

    `may_follow`: it is of a kind that may be changed along.
    """

    permit: Permit
    person: Person
    rests: bool
    may_follow: bool = False

    def as_finding(self) -> Finding:
        """The line that is said before a change is saved."""
        return warn(
            "permit.dependant",
            _RESTS if self.rests else _FAMILY,
            "principal",
            name=self.person.full_name,
            number=self.permit.number,
            day=show_day(self.permit.valid_until) or "—",
        )


def of_permit(desk: Desk, permit: Permit, without: Collection[str] = ()) -> list[Dependant]:
    """Permits in force today that rest on one, then those of the same kind in the holder's families.

    `without` are persons whom the change is about anyway.
    """
    store, granted = desk.store, PermitState.GRANTED
    resting = {
        one.uid: one
        for uid in _chain(desk, permit)
        for one in store.live(Permit, principal=uid, state=granted)
    }
    relatives = {
        person.uid
        for place in shelf.memberships_on(store, permit.person or "", desk.today)
        for _one, person in shelf.members_on(store, place.family or "", desk.today)
    } - {permit.person}
    family = (
        store.live(Permit, person=sorted(relatives), kind=permit.kind, state=granted) if relatives else []
    )
    found = [*resting.values(), *(one for one in family if one.uid not in resting)]
    of_families = {code for code, kind in desk.lists.items(KINDS).items() if kind.more.get("family")}
    return [
        Dependant(one, store.get(Person, one.person or ""), one.uid in resting, one.kind in of_families)
        for one in found
        if one.person not in without and one.in_force_on(desk.today)
    ]


def chosen(desk: Desk, permit: Permit, along: Collection[str]) -> list[Dependant]:
    """The dependants that a clerk wants changed along with a permit, by uid or number.

    Raises:
        Invalid: one of them is no dependant of this permit, or of a kind that is not changed along.
    """
    known = {key: one for one in of_permit(desk, permit) for key in (one.permit.uid, one.permit.number)}
    wrong = [key for key in along if key not in known or not known[key].may_follow]
    if wrong:
        message = N_("Not changed along with this permit: {permits}.")
        raise Invalid([block("permit.not_along", message, "along", permits=", ".join(wrong))])
    return list({known[key].permit.uid: known[key] for key in along}.values())


def findings(desk: Desk, permit: Permit, without: Collection[str] = ()) -> list[Finding]:
    """A line for each permit that a change of this one touches."""
    return [one.as_finding() for one in of_permit(desk, permit, without)]


def _chain(desk: Desk, permit: Permit) -> list[str]:
    """The permit and those it extended, one after the other: others may name an earlier one."""
    found = [permit.uid]
    earlier = permit.extends
    while earlier and earlier not in found:
        found.append(earlier)
        before = desk.store.find(Permit, earlier)
        earlier = before.extends if before else None
    return found
