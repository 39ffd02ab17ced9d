"""Support that somebody, or the family, was granted before: each kind once [V-news].

The relocation subsidy is “once”, the certificate “to a family, once”, rent is for twelve months. A second grant on
the ground of one case is refused; one on another ground is remarked with the first, since what counts as another
ground was not read.
"""

from __future__ import annotations

from collections.abc import Sequence

from migdesk.domain.case import Case
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.money import Tenge
from migdesk.domain.payment import PaidBy, Payment, PaymentState
from migdesk.domain.person import Person
from migdesk.i18n import N_, Worded
from migdesk.rules.pack import AmountRule
from migdesk.services.desk import Desk
from migdesk.store import families as shelf

TWICE, BEFORE = "payment.granted", "payment.granted_before"


def check_granted(
    desk: Desk, rule: AmountRule, person: str, case: str | None, months: int = 1
) -> list[Finding]:
    """Which support of this kind there is already: a block on the same ground, a warning on another."""
    if rule.paid_by != PaidBy.STATE:
        return []
    known = of_kind(desk, rule, person)
    same = [one for one in known if case and one.case == case]
    if same and len(same) + months > rule.months:
        message = N_(
            "{title}: granted on the ground of this case already, payment {number} of {day}, {tenge} ₸."
        )
        return [block(TWICE, message, "rule", **_values(desk, rule, same))]
    if len(known) - len(same) + months > rule.months and known != same:
        message = N_(
            "{title}: {name} was granted it before, payment {number} of {day}, {tenge} ₸, case: {case}. "
            "It is granted once."
        )
        return [
            warn(BEFORE, message, "rule", **_values(desk, rule, [one for one in known if one not in same]))
        ]
    return []


def of_kind(desk: Desk, rule: AmountRule, person: str) -> list[Payment]:
    """Payments by a rule to a person, or to his family where it is granted to families, that were not cancelled."""
    return [
        one
        for one in desk.store.live(Payment, person=_whose(desk, rule, person), rule=rule.code, order="id")
        if one.state in (PaymentState.DUE, PaymentState.PAID)
    ]


def family_people(desk: Desk, person: str) -> list[str]:
    """A person and the family he is in today."""
    family = shelf.family_on(desk.store, person, desk.today) if person else None
    kin = [one.uid for _place, one in shelf.members_on(desk.store, family, desk.today)] if family else []
    return list(dict.fromkeys([person, *kin]))


def _whose(desk: Desk, rule: AmountRule, person: str) -> list[str]:
    return family_people(desk, person) if rule.for_family else [person]


def _values(desk: Desk, rule: AmountRule, found: Sequence[Payment]) -> dict[str, object]:
    first = found[0]
    case = desk.store.find(Case, first.case) if first.case else None
    return {
        "title": Worded(rule.title),
        "name": desk.store.get(Person, first.person or "").full_name,
        "number": first.number,
        "day": show_day(first.counted_on),
        "tenge": Tenge(first.tenge or 0),
        "case": case.number if case else "—",
    }
