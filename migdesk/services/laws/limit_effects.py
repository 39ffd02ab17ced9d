"""Which limits of quotas another law would change, and how they stand to what the office has given and taken.

A limit is asked of the law whenever it is needed and written nowhere, so a change of law shows here and in every
check at once; a decision of an earlier day is still judged by the order of that day.
"""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.quota import Quota
from migdesk.rules.law import Law
from migdesk.rules.pack import COUNTRY
from migdesk.services.desk import Desk
from migdesk.store import quotas as ledger

_Key = tuple[str, int, str, str, str, str]
"""Stream, year, region, category, section of OKED, country: those that do not divide a quota are empty."""


@dataclass(frozen=True, slots=True)
class LimitChange:
    """The last limit of a quota in its year by the law that holds and by another; what the office has of it.

    `taken` are units held and used.
    """

    code: str
    region: str
    before: int | None
    after: int | None
    allotted: int
    taken: int


def limit_changes(desk: Desk, law: Law, held: Law | None = None) -> list[LimitChange]:
    """Every quota of this year and later, of the office's region, its pots and the country, that changes.

    `held` is what counts as the law that held, when it is another than that of the office.
    """
    known_before = desk.law if held is None else held
    pots = {_key_of(one): one for one in desk.store.live(Quota)}
    asked = set(pots)
    for table in (table for known in (known_before, law) for pack in known.packs for table in pack.quotas):
        if table.year >= desk.today.year:
            divided = table.category or "", table.activity, table.origin
            asked |= {
                (table.stream, table.year, region, *divided) for region in (desk.office.region, COUNTRY)
            }
    found = (_change(desk, (known_before, law), key, pots.get(key)) for key in sorted(asked))
    return [one for one in found if one]


def _key_of(pot: Quota) -> _Key:
    return str(pot.stream or ""), pot.year or 0, pot.region, pot.category, pot.activity, pot.country


def _change(desk: Desk, laws: tuple[Law, Law], key: _Key, pot: Quota | None) -> LimitChange | None:
    stream, year, region, category, *divided = key
    before, after = (
        [
            (one.since, one.units)
            for one in known.quota_steps(
                stream, region, year, category or None, divided=(divided[0], divided[1])
            )
        ]
        for known in laws
    )
    if before == after:
        return None
    sums = ledger.balance(desk.store, pot, desk.today, after[-1][1] if after else None) if pot else None
    return LimitChange(
        ".".join(["quota", stream, str(year), *(part for part in (category, *divided) if part)]),
        region,
        before[-1][1] if before else None,
        after[-1][1] if after else None,
        sums.allotted if sums else 0,
        sums.reserved + sums.used if sums else 0,
    )
