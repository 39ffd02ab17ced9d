"""Local content: the share of citizens among an employer's staff that a permit for a foreigner needs.

The ratio is citizens / (citizens + foreigners, the requested ones counted), apart for categories 1 and 2 and for 3
and 4 (orders 27.06.2016 No. 559 and 30.06.2023 No. 279 [V]); the figures it is held against are dated values of the
packs. Outstaffed workers count from 01.07.2023 on: the question about them exists since then. How citizens of the
EAEU and holders of a residence permit count was not found, so an office says it by the setting
`labour.exempt_foreigners`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from migdesk.domain.case import Case
from migdesk.domain.permit import Permit
from migdesk.rules.procedure import GRANT
from migdesk.services.desk import Desk

SETTING, AS_FOREIGNERS, AS_CITIZENS = "labour.exempt_foreigners", "foreigners", "citizens"
"""The setting that says how foreigners who need no permit count, and two of its answers; else they do not."""

LABOUR, TRANSFER = "labour_permit", "ict"
_GROUPS = {"12": ("1", "2"), "34": ("3", "4")}
"""Categories that are counted together, by the end of the names of their facts."""


def facts_of(desk: Desk, case: Case, answered: Mapping[str, object], on: date) -> dict[str, object]:
    """The staff as it counts with what is requested, and its shares; nothing for what nobody answered.

    Shares are whole per cent: of citizens rounded down, of transferred foreigners up, so that a share that only
    nearly meets its border does not meet it.
    """
    found: dict[str, object] = {}
    for group, categories in _GROUPS.items():
        citizens, foreigners = (
            _number(answered, f"employer_{who}_{group}") for who in ("citizens", "foreigners")
        )
        if citizens is None or foreigners is None:
            continue
        exempt, way = _number(answered, f"employer_exempt_{group}") or 0, desk.law.setting(SETTING)
        citizens += _outstaffed(answered, "citizens", group) + (exempt if way == AS_CITIZENS else 0)
        foreigners = max(foreigners, _registered(desk, case, categories, on))
        foreigners += _outstaffed(answered, "foreigners", group) + (exempt if way == AS_FOREIGNERS else 0)
        foreigners += _requested(desk, case, on) if case.category in categories else 0
        found |= {f"employer_citizens_{group}": citizens, f"employer_foreigners_{group}": foreigners}
        if citizens + foreigners:
            found[f"employer_share_{group}"] = 100 * citizens // (citizens + foreigners)
    return {**found, **_transferred(desk, case, answered, on)}


def _transferred(desk: Desk, case: Case, answered: Mapping[str, object], on: date) -> dict[str, object]:
    """Managers and specialists of a transfer inside a company against the citizens of the same categories."""
    citizens, foreigners = (
        _number(answered, f"employer_transfer_{who}") for who in ("citizens", "foreigners")
    )
    if citizens is None or foreigners is None:
        return {}
    foreigners = max(foreigners, _registered(desk, case, (TRANSFER,), on)) + _requested(desk, case, on)
    found: dict[str, object] = {"employer_transfer_foreigners": foreigners}
    if citizens:
        found["employer_transfer_share"] = -(-100 * foreigners // citizens)
    elif foreigners:
        found["employer_transfer_share"] = 100 * foreigners
    return found


def _requested(desk: Desk, case: Case, on: date) -> int:
    """The foreigners an application is for; an extension and a replacement ask for nobody new."""
    service = desk.find_procedure(case.service, case.applied_on or on)
    grants = service and any(one.does == GRANT and one.permit == LABOUR for one in service.decisions)
    return (case.persons or 1) if grants else 0


def _registered(desk: Desk, case: Case, categories: tuple[str, ...], on: date) -> int:
    """How many permits of the employer the register itself has in force, those of this case left out."""
    if not case.party:
        return 0
    held = desk.store.live(Permit, employer=case.party, kind=LABOUR)
    return sum(
        one.in_force_on(on) and one.category in categories and (one.case != case.uid or not case.uid)
        for one in held
    )


def _outstaffed(answered: Mapping[str, object], who: str, group: str) -> int:
    return _number(answered, f"employer_outstaffed_{who}_{group}") or 0


def _number(answered: Mapping[str, object], name: str) -> int | None:
    value = answered.get(name)
    return value if isinstance(value, int) else None
