"""An employer's application: what it says of its permits, and the further regions in which they hold.

A permit for several regions, possible since 01.07.2023, needs the consent of each further region within that region's
own quota (order 30.06.2023 No. 279 [V]). The unit of a further region stands in the ledger with the number of the
first permit of the chain as its reason: extensions and replacements go on with it, a revocation returns it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from migdesk.domain.case import Case, CasePaper
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, block
from migdesk.domain.party import Party
from migdesk.domain.permit import Permit
from migdesk.domain.quota import Quota, Reservation, ReservationState
from migdesk.i18n import N_
from migdesk.rules.procedure import EXTEND, GRANT, Procedure
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.facts.permit_service import first_of, last_granted
from migdesk.services.quotas import quota_guard, quotas
from migdesk.store import quotas as ledger
from migdesk.store.writer import Tx

POSITION, ACTIVITY, CATEGORY = "position", "activity", "category"
CONSENT = "regions_consent"
"""Code of the paper by which further regions consent."""

REGIONS = ("region_2", "region_3")
"""Keys of the questions that a service of employers may ask: the position, the activity, further regions of work."""


def particulars(desk: Desk, case: Case, service: Procedure) -> dict[str, str]:
    """What the answers say of every permit of an application; the activity else is that of the employer."""
    answers = case_answers.answers_of(desk.store, case, service)
    employer = desk.store.find(Party, case.party) if case.party else None
    activity = str(answers.get(ACTIVITY) or (employer.activity if employer else ""))
    return {POSITION: str(answers.get(POSITION) or ""), ACTIVITY: activity}


def further_regions(desk: Desk, case: Case, service: Procedure) -> list[str]:
    """The regions named beside that of the case, each once."""
    answers = case_answers.answers_of(desk.store, case, service)
    own = (case.region or desk.office.region)[:2]
    named = (f"{str(answers[key])[:2]}0000000" for key in REGIONS if answers.get(key))
    return [one for one in dict.fromkeys(named) if one[:2] != own]


def regions_of(desk: Desk, case: Case, service: Procedure, person: str) -> list[str]:
    """All regions in which the permit of a person of a case holds, that of the case first.

    An application to extend names none: the permit goes on in those whose units stand with its chain.
    """
    own = case.region or desk.office.region
    named = further_regions(desk, case, service)
    kinds = {one.does: one.permit for one in service.decisions}
    held = last_granted(desk, person, kinds.get(EXTEND) or "") if GRANT not in kinds else None
    for unit in _units_beside(desk, held) if held and not named else ():
        named.append(desk.store.get(Quota, unit.quota or "").region)
    return [own, *(one for one in dict.fromkeys(named) if one[:2] != own[:2])]


def check_regions(answers: Mapping[str, Any], case: Case) -> list[Finding]:
    """What is odd about the regions of an application: one that is named twice."""
    named = [str(answers[key])[:2] for key in REGIONS if answers.get(key)]
    all_named = [*named, *([case.region[:2]] if case.region else [])]
    if len(set(all_named)) == len(all_named):
        return []
    return [block("region_twice", N_("A region of work is named twice."), "details.region_2")]


def check_consent(desk: Desk, case: Case, service: Procedure) -> list[Finding]:
    """A block where further regions are named and their consent did not come in; nothing where none are."""
    regions = further_regions(desk, case, service)
    asked = any(one.code == CONSENT for one in service.papers)
    if not regions or not asked or desk.store.live(CasePaper, case=case.uid, code=CONSENT):
        return []
    names = ", ".join(desk.lists.label("kato", one) for one in regions)
    message = N_("The consent of further regions is missing: {regions}.")
    return [block("regions.consent", message, "papers", regions=names, codes=CONSENT)]


def refuse_short(desk: Desk, pots: Iterable[quotas.Pot], day: date) -> None:
    """Before permits are written: all their units must be free together, told in one number.

    Raises:
        Refused: a pot has fewer free units than are asked, on that day or a later one.
    """
    for pot, units in Counter(pots).items():
        try:
            quota_guard.refuse_taken(desk, pot, ledger.find_pot(desk.store, pot.key), units, day)
        except Refused as problem:
            region = desk.lists.label("kato", pot.region)
            message = N_("Outside the quota of {region}.")
            about = block("quota.outside", message, "units", region=region)
            raise Refused([*problem.findings, about]) from None


def take_further(desk: Desk, tx: Tx, permit: Permit, pots: Iterable[quotas.Pot]) -> None:
    """Use the units of further regions for a permit that was just written.

    Raises:
        Refused: a region has no free unit.
    """
    day = permit.granted_on or desk.today
    for pot in pots:
        quotas.take(desk, tx, quotas.Hold(pot, 1, permit.person, permit.number, day), None)


def let_go_further(desk: Desk, tx: Tx, permit: Permit, why: str, on: date) -> None:
    """Return the units of further regions with those of a permit's own."""
    for unit in _units_beside(desk, permit):
        quotas.let_go(desk, tx, unit, why, on)


def _units_beside(desk: Desk, permit: Permit) -> list[Reservation]:
    """The units of further regions that stand with the first permit of a chain."""
    first = first_of(desk, permit)
    if not first.number:
        return []
    found = desk.store.live(Reservation, reason=first.number, state=ReservationState.USED, order="id")
    return [unit for unit in found if unit.uid != permit.reservation]
