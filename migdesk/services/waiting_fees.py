"""Fees that fall due with a filing and could not be put into the register: told at the filing, put there later.

Where the MRP of the year of filing is not published, a sum by last year's figure would be wrong, and nothing is
written. So that the fee is not forgotten, the filing says it, the case says it as long as it waits, and once the MRP
is in the packs of law one act puts the fees of all open cases into the register.
"""

from __future__ import annotations

from collections.abc import Iterator

from migdesk.domain.case import Case, CaseState
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, NotFound
from migdesk.domain.finding import Finding, block, blocking, note, warn
from migdesk.domain.money import Tenge
from migdesk.domain.payment import Payment
from migdesk.i18n import N_, Worded
from migdesk.rules.law import MRP
from migdesk.rules.procedure import Procedure
from migdesk.services import owed
from migdesk.services.desk import Desk
from migdesk.services.owed import Owed
from migdesk.services.payments import payments

WAITS, READY = "fee.waits", "fee.ready"


def check_filing(desk: Desk, case: Case) -> list[Finding]:
    """That the fee of an application waits for the MRP of its year, and what is to be done; at the filing."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today) if case.service else None
    if service is None or not case.person:
        return []
    found = (_told(desk, one) for one in owed.by_filing(desk, case, service))
    return [one for one in found if one and one.code == WAITS][:1]


def check_case(desk: Desk, case: Case) -> list[Finding]:
    """Of a case that stands open: its fee waits for the MRP still, or can be put into the register now."""
    found: list[Finding] = []
    for one in _unwritten(desk, case):
        told = _told(desk, one)
        if told and told not in found:
            found.append(told)
    return found


def _told(desk: Desk, one: Owed) -> Finding | None:
    """Whether a fee waits for its MRP, or is ready; nothing of one that asks for more."""
    day, title = one.demand.on or desk.today, Worded(one.rule.title)
    if not desk.law.value_entry(MRP, day).is_published(day):
        message = N_(
            "{title}: not in the register of payments, the MRP of {year} is not known. Enter the MRP on the page "
            "Law, or take in the pack that has it; then put the fee into the register from the page of the case, or "
            "with: migdesk payment fees."
        )
        return warn(WAITS, message, None, title=title, year=day.year)
    if one.missing or blocking(payments.check_demand(desk, one.demand)):
        return None
    tenge = Tenge(payments.worked_out(desk, one.demand)[0].tenge or 0)
    message = N_("{title}, {tenge} ₸: not in the register of payments yet. Put it there.")
    return note(READY, message, None, title=title, tenge=tenge)


def put(desk: Desk, case: str | None = None) -> Done[tuple[Payment, ...]]:
    """Put the waiting fees into the register, of a case or of all open ones, as far as their MRP is known.

    Raises:
        NotFound: no such case.
        Invalid: no fee waits that could be put there.
    """
    cases = [desk.store.get(Case, case)] if case else desk.store.live(Case, state=CaseState.OPEN)
    ready = [one for each in cases for one in _unwritten(desk, each) if _is_ready(desk, one)]
    if not ready:
        message = N_("No fee waits that could be put into the register.")
        raise Invalid([block("fee.none_waits", message)])
    with desk.write(Op.DEMAND_PAYMENT) as tx:
        made = tuple(one for each in ready for one in payments.write_demand(desk, tx, each.demand))
    return Done(made, tx.changes)


def _is_ready(desk: Desk, one: Owed) -> bool:
    told = _told(desk, one)
    return told is not None and told.code == READY


def _unwritten(desk: Desk, case: Case) -> Iterator[Owed]:
    """The fees of the filing of an open case that are not in the register."""
    service = _service(desk, case)
    if service is None or case.state is not CaseState.OPEN:
        return
    for one in owed.by_filing(desk, case, service):
        if not desk.store.live(Payment, case=case.uid, rule=one.rule.code, person=one.demand.person):
            yield one


def _service(desk: Desk, case: Case) -> Procedure | None:
    try:
        return desk.get_procedure(case.service, case.applied_on or desk.today)
    except NotFound:
        return None
