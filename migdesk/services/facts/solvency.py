"""Solvency of those who apply for permanent residence: what the bank certificate must show on the day of filing.

1320 MRP of the day for each member of 16 and older, and, without an agreement on housing, the price of 15 square
metres for each member of the family (resolution 26.11.2003 No. 1185 [V2]). Both figures are dated
values of the packs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from migdesk.domain.case import Case, CaseMember
from migdesk.domain.errors import Invalid
from migdesk.domain.money import Tenge
from migdesk.domain.person import Person
from migdesk.rules.law import NotInForce
from migdesk.services.desk import Desk

AMOUNT, METRES, ADULT = "solvency.permanent_residence", "solvency.metres", "solvency.member_age"
"""The sum for one member, the square metres of housing for one, and the age from which a member must prove it."""

SERVICE = "pmzh"


def facts_of(desk: Desk, case: Case, answered: Mapping[str, object], on: date) -> dict[str, object]:
    """The sum that is needed, of it for housing, with the numbers of people it was counted for.

    Nothing for another service, on a day without an MRP, or when nobody who must prove it is known.
    """
    if case.service != SERVICE:
        return {}
    people = _people(desk, case)
    members = _number(answered, "solvency_members") or _grown(desk, people, on)
    household = _number(answered, "solvency_household") or len(people)
    found: dict[str, object] = {"solvency_members": members or None, "solvency_household": household or None}
    try:
        needed = desk.law.amount(AMOUNT, on, {"persons": members}).tenge if members else 0
        metres = int(desk.law.value(METRES, on))
    except (Invalid, NotInForce):
        return found
    if not needed:
        return found
    price = _number(answered, "solvency_metre_price")
    housing = 0
    if answered.get("solvency_housing_agreement") is not True and price and household:
        housing = metres * household * price
    whole, balance = int(needed) + housing, _number(answered, "solvency_balance")
    found |= {"solvency_needed": Tenge(whole), "solvency_housing": Tenge(housing)}
    return found if balance is None else {**found, "solvency_short_by": Tenge(max(0, whole - balance))}


def _people(desk: Desk, case: Case) -> list[Person]:
    chosen = [one.person for one in desk.store.live(CaseMember, case=case.uid)] if case.uid else []
    found = (desk.store.find(Person, uid) for uid in dict.fromkeys((case.person, *chosen)) if uid)
    return [one for one in found if one]


def _grown(desk: Desk, people: list[Person], on: date) -> int:
    """Members of the case who must prove it themselves; one whose birth date is not known counts."""
    least = int(desk.law.value(ADULT, on))
    return sum(one.birth_date is None or one.birth_date.age_on(on) >= least for one in people)


def _number(answered: Mapping[str, object], name: str) -> int | None:
    value = answered.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
